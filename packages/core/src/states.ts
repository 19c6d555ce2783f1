/**
 * The states of jobs, runs and deliveries, and the one table that says how a delivery moves.
 *
 * Everything that changes a delivery's state (claim, outcome, status callback, sweep, operator) is an event here. The
 * SQL that does the changing names the same states in its WHERE clauses; this table is what it is tested against.
 *
 * An event about an outcome (`accepted` ... `reportFailed`) always concerns one try. The caller must have checked that it
 * is the row's latest try: an outcome or report of an earlier try is stored, and is no event. But that an earlier try told its recipient is
 * one (`accepted`, `reportSent`, `reportDelivered`) for a row that waits as `scheduled` or `unknown`, and takes the place of a claim, of a policy,
 * of a lease that runs out and of any outcome but `accepted`: nobody is told again, or given up, who is known to have been told.
 */

/**
 * A job, as its user scheduled it.
 *
 * - `active`: the scheduler plans its runs. The sweeper moves it to `completed` after the last run, the user to
 *   `paused` or `cancelled`.
 * - `paused`: nothing is planned or sent. The user moves it to `active` or `cancelled`; the sweeper to `completed`
 *   when there was nothing left to do.
 * - `completed`: every run is complete and none will follow. The sweeper moves it back to `active`, or `paused`, when a run of it goes on:
 *   an outcome turned out not to have been sent, or those missed are sent to.
 * - `cancelled`: the user ended it. Only sending to those missed moves it back to `active`; what was cancelled stays so.
 */
export const JOB_STATES = ['active', 'paused', 'completed', 'cancelled'] as const;
/** One of {@link JOB_STATES}. */
export type JobState = (typeof JOB_STATES)[number];

/** Where a job may go from each of its states. */
export const JOB_NEXT: Readonly<Record<JobState, readonly JobState[]>> = {
  active: ['paused', 'completed', 'cancelled'],
  paused: ['active', 'completed', 'cancelled'],
  completed: ['active', 'paused'],
  cancelled: ['active'],
};

/**
 * A run. `paused_at` and `cancelled_at` stand beside the state, in any of these, and do not change it.
 *
 * - `planned`: the occurrence row exists. The scheduler moves it to `expanding`.
 * - `expanding`: its audience is being turned into deliveries, step by step. Whoever does the last step moves it to `sending`.
 * - `sending`: every delivery exists. The sweeper (or the sender of the last one) moves it to `completed` when none is open.
 * - `completed`: expanded, and no row is open. An `unknown` row of it may still be settled; one that goes back to `scheduled`
 *   moves the run to `sending` again.
 */
export const RUN_STATES = ['planned', 'expanding', 'sending', 'completed'] as const;
/** One of {@link RUN_STATES}. */
export type RunState = (typeof RUN_STATES)[number];

/** Where a run may go from each of its states: forwards, one step at a time, but that a row which turned out not to be sent opens it again. */
export const RUN_NEXT: Readonly<Record<RunState, readonly RunState[]>> = {
  planned: ['expanding', 'sending'],
  expanding: ['sending'],
  sending: ['completed'],
  completed: ['sending'],
};

/**
 * A delivery.
 *
 * - `scheduled`: waits for its due time. A sender's claim moves it to `sending`; cancelling its run or job to `cancelled`;
 *   a gate (expiry, suppression, lateness) to `skipped`; and, where a policy or operator sent an `unknown` row back here,
 *   a late accepted outcome or report of the try before moves it on, so that the second send never happens.
 * - `sending`: the intent of try n is committed and the call may be in the air. The sender's outcome moves it on (to
 *   `skipped` where a variable of its content is missing, before any call); a status callback may do so first; when the
 *   lease ran out, the sweeper moves it to `unknown`.
 * - `unknown`: the provider may or may not have accepted. Moved by a status callback, a late outcome, the job's policy
 *   (through the sweeper) or an operator; never by a claim.
 * - `sent`: the provider accepted it. Final, but the provider's report moves it to `delivered` or `failed`.
 * - `delivered`: the provider reported its arrival. Final.
 * - `failed`: will not arrive. Final, but when it was a report that said so, a later report moves it to `delivered`.
 * - `skipped`: a gate said no; the reason is stored. Final.
 * - `cancelled`: taken back before any claim. Final.
 */
export const DELIVERY_STATES = [
  'scheduled',
  'sending',
  'sent',
  'delivered',
  'failed',
  'unknown',
  'skipped',
  'cancelled',
] as const;
/** One of {@link DELIVERY_STATES}. */
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** States with work left for a sender; a run is complete only when none of its rows is in one. */
export const OPEN_STATES = ['scheduled', 'sending'] as const satisfies readonly DeliveryState[];

/** States that count as the recorded end of a delivery. `unknown` is neither open nor final: nothing is to be done until it is settled. */
export const FINAL_STATES = [
  'sent',
  'delivered',
  'failed',
  'skipped',
  'cancelled',
] as const satisfies readonly DeliveryState[];

/** Who declared a delivery failed: the outcome of a call, the provider's later report, the job's policy, or an operator. */
export const FAILED_BY = ['outcome', 'report', 'policy', 'operator'] as const;
/** One of {@link FAILED_BY}. */
export type FailedBy = (typeof FAILED_BY)[number];

/** What can happen to a delivery, and who says so. */
export const DELIVERY_EVENTS = {
  claim: 'a sender committed the intent to send it',
  accepted: 'the call of the latest try was answered: the provider has it',
  retryable: 'the call proved that nothing was accepted, and the attempt budget has more',
  throttled: 'the provider refused for its rate limit; burns no attempt',
  rejected: 'the provider refused for good',
  exhausted: 'the call proved that nothing was accepted, and that was the last attempt',
  outcomeUnknown: 'time-out or reset after the request was written, or the lease ran out while sending',
  reportSent: "the provider's status callback says it took the message",
  reportDelivered: "the provider's status callback says the message arrived (or was read)",
  reportFailed: "the provider's status callback says the message will not arrive",
  cancel: 'its run or job was cancelled',
  skip: 'a gate said no',
  withhold: 'its sender found before the call that it cannot be sent; nothing was written to a provider',
  policyFail: "the job's policy gives up an unknown outcome",
  policyResend: "the job's policy sends again after a time without a report",
  operatorSent: 'an operator knows that it was accepted',
  operatorFailed: 'an operator knows, or decides, that it will not arrive',
  operatorResend: 'an operator orders a second send',
} as const;
/** The name of one of {@link DELIVERY_EVENTS}. */
export type DeliveryEvent = keyof typeof DELIVERY_EVENTS;

/** One line of the table. `failedBy` is set when, and only when, `to` is `failed`; `onlyIfFailedBy` guards a line from `failed`. */
export interface DeliveryTransition {
  readonly from: DeliveryState;
  readonly event: DeliveryEvent;
  readonly to: DeliveryState;
  readonly failedBy?: FailedBy;
  readonly onlyIfFailedBy?: FailedBy;
}

/** The table. What is not in it does not happen. */
export const DELIVERY_TRANSITIONS: readonly DeliveryTransition[] = [
  { from: 'scheduled', event: 'claim', to: 'sending' },
  { from: 'scheduled', event: 'cancel', to: 'cancelled' },
  { from: 'scheduled', event: 'skip', to: 'skipped' },
  // A late truth about the try that was given up: without these lines the row would be sent a second time.
  { from: 'scheduled', event: 'accepted', to: 'sent' },
  { from: 'scheduled', event: 'reportSent', to: 'sent' },
  { from: 'scheduled', event: 'reportDelivered', to: 'delivered' },
  { from: 'scheduled', event: 'reportFailed', to: 'failed', failedBy: 'report' },

  { from: 'sending', event: 'accepted', to: 'sent' },
  { from: 'sending', event: 'retryable', to: 'scheduled' },
  { from: 'sending', event: 'throttled', to: 'scheduled' },
  { from: 'sending', event: 'rejected', to: 'failed', failedBy: 'outcome' },
  { from: 'sending', event: 'exhausted', to: 'failed', failedBy: 'outcome' },
  { from: 'sending', event: 'outcomeUnknown', to: 'unknown' },
  { from: 'sending', event: 'withhold', to: 'skipped' },
  // Callbacks may overtake the write of the outcome, which then only adds the provider's id.
  { from: 'sending', event: 'reportSent', to: 'sent' },
  { from: 'sending', event: 'reportDelivered', to: 'delivered' },
  { from: 'sending', event: 'reportFailed', to: 'failed', failedBy: 'report' },

  // The sender that was given up may still come back with the outcome: a late truth is still the truth.
  { from: 'unknown', event: 'accepted', to: 'sent' },
  { from: 'unknown', event: 'retryable', to: 'scheduled' },
  { from: 'unknown', event: 'throttled', to: 'scheduled' },
  { from: 'unknown', event: 'rejected', to: 'failed', failedBy: 'outcome' },
  { from: 'unknown', event: 'exhausted', to: 'failed', failedBy: 'outcome' },
  { from: 'unknown', event: 'withhold', to: 'skipped' },
  { from: 'unknown', event: 'reportSent', to: 'sent' },
  { from: 'unknown', event: 'reportDelivered', to: 'delivered' },
  { from: 'unknown', event: 'reportFailed', to: 'failed', failedBy: 'report' },
  { from: 'unknown', event: 'policyFail', to: 'failed', failedBy: 'policy' },
  { from: 'unknown', event: 'policyResend', to: 'scheduled' },
  { from: 'unknown', event: 'operatorSent', to: 'sent' },
  { from: 'unknown', event: 'operatorFailed', to: 'failed', failedBy: 'operator' },
  { from: 'unknown', event: 'operatorResend', to: 'scheduled' },

  // Finals move only by what the provider reports later.
  { from: 'sent', event: 'reportDelivered', to: 'delivered' },
  { from: 'sent', event: 'reportFailed', to: 'failed', failedBy: 'report' },
  { from: 'failed', event: 'reportDelivered', to: 'delivered', onlyIfFailedBy: 'report' },
];

/**
 * The answer to an event. `state` is the new state, with who declared it failed when it is `failed`. Otherwise the row
 * stays as it is: `final` (its end is recorded and this does not change it) or `not_allowed` (the event has no meaning
 * in that state).
 */
export type TransitionResult =
  | { readonly ok: true; readonly state: DeliveryState; readonly failedBy?: FailedBy }
  | { readonly ok: false; readonly reason: 'final' | 'not_allowed' };

const byStateAndEvent = new Map(DELIVERY_TRANSITIONS.map((line) => [`${line.from} ${line.event}`, line]));

/**
 * Says where an event takes a delivery.
 *
 * @param state where the delivery is
 * @param event what happened
 * @param failedBy who declared it failed; looked at only when `state` is `failed`
 */
export function transition(state: DeliveryState, event: DeliveryEvent, failedBy?: FailedBy): TransitionResult {
  const line = byStateAndEvent.get(`${state} ${event}`);
  if (line === undefined || (line.onlyIfFailedBy !== undefined && line.onlyIfFailedBy !== failedBy)) {
    return { ok: false, reason: isFinal(state) ? 'final' : 'not_allowed' };
  }
  return line.failedBy === undefined
    ? { ok: true, state: line.to }
    : { ok: true, state: line.to, failedBy: line.failedBy };
}

/** Whether a sender still has work with a delivery in this state. */
export function isOpen(state: DeliveryState): boolean {
  return (OPEN_STATES as readonly DeliveryState[]).includes(state);
}

/** Whether the state is the recorded end of a delivery. */
export function isFinal(state: DeliveryState): boolean {
  return (FINAL_STATES as readonly DeliveryState[]).includes(state);
}

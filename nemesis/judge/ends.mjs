/**
 * Whoever was not told has a reason for it, and the reason is true: what was cancelled somebody cancelled, who was skipped was to be left
 * alone, what failed was tried as often as its policy has it, refused for good by its provider, or given up by its policy in its time, and
 * what still waits was asked for that moment, or was tried.
 */
import { DATED, SCHEDULES } from '../requests.mjs';
import { TIMEOUT_MS } from '../settings.mjs';
import {
  actsOn,
  askedBy,
  isRefusedPayment,
  latestAskedMs,
  mayBeCancelled,
  mayHaveHappened,
  policyOf,
  shown,
} from './asked.mjs';
import { group, placeOf } from './world.mjs';

/** The database's microseconds against our milliseconds. */
const ROUNDED_MS = 1;
const SECOND_MS = 1_000;
/** No policy here puts a try off by more than an hour, and a fifth of it by chance. */
const PUT_OFF_MS = 4_320_000;
/** The code of what a policy gave up. */
const GIVEN_UP = 'unknown_outcome';
/** Outcomes that used up a try, or may have: what nobody knows is used up by whatever sends it again. */
const BURNS = ['retry', 'exhausted', 'rejected', 'accepted', 'unknown'];
/** A look-up settles what a sender may tell of afterwards, which then stands in the record instead. */
const LOOKED_UP = ['payment', 'email_check'];

export function judgeEnds(world, times) {
  return [...judgeDeliveries(world, times), ...judgeCancelled(world)];
}

function judgeDeliveries(world, times) {
  const entryOf = askedBy(world);
  const violations = [];
  for (const delivery of world.deliveries) {
    const isTrue = REASONS[delivery.state];
    if (isTrue === undefined) continue;
    const entry = entryOf(delivery);
    const job = world.jobById.get(`${delivery.account_id}.${delivery.job_id}`);
    const tries = world.attemptsAt.get(placeOf(delivery)) ?? [];
    if (isTrue(delivery, { entry, job, tries, world, times })) continue;
    violations.push({
      kind: `${delivery.state}_without_reason`,
      who: `run ${delivery.run_id} to ${delivery.address}`,
      evidence: { delivery, tries, job, cancels: entry && shown(actsOn(entry, 'cancel', world)) },
    });
  }
  return violations;
}

/** Jobs and runs that were cancelled, also where that left nothing. */
function judgeCancelled(world) {
  const { jobs, runs } = world;
  const entryOf = askedBy(world);
  const cancelledRuns = group(
    runs.filter(({ cancelled }) => cancelled),
    ({ account_id, job_id }) => `${account_id}.${job_id}`,
  );
  return jobs
    .filter(({ account_id, id, status }) => status === 'cancelled' || cancelledRuns.has(`${account_id}.${id}`))
    .filter(({ account_id, id }) => !mayBeCancelled(entryOf({ account_id, job_id: id }), world))
    .map((job) => ({
      ...{ kind: 'cancelled_without_reason', who: `job_${job.id}` },
      evidence: { job, runs: cancelledRuns.get(`${job.account_id}.${job.id}`) },
    }));
}

/** By the state of a delivery, whether it has a reason that is true. Of the other states others ask. */
const REASONS = {
  cancelled: ({ settled_ms }, { entry, world, times }) =>
    mayBeCancelled(entry, world, settled_ms - times.clockAheadMs + ROUNDED_MS),

  /** Nobody here lacks a variable, or has an address that is none, and nothing expires. */
  skipped: ({ code, channel, account_id, address }, { world }) =>
    code === 'suppressed' &&
    channel === 'whatsapp' &&
    world.journal.entries.some(
      (one) =>
        one.act === 'suppress' && mayHaveHappened(one) && one.account.accountId === account_id && one.phone === address,
    ),

  /** What is due and waits all the same is found as unsettled; who waits for a verdict is asked for again and again. */
  scheduled({ due_ms, code }, { entry, tries, world, times }) {
    if (due_ms <= times.endMs || entry === undefined || code === 'awaits_verdict') return true;
    if (DATED.includes(entry.request.kind) || SCHEDULES.includes(entry.request.kind)) return true;
    return due_ms <= Math.max(latestAskedMs(entry, world), ...tries.map(({ ended_ms }) => ended_ms + PUT_OFF_MS));
  },

  failed(delivery, about) {
    const { entry, job, tries, world } = about;
    const policy = policyOf(delivery, entry, job);
    if (policy === undefined) return false;
    // The provider's own ledger has what it reports to have failed after all.
    if ((world.acceptedAt.get(placeOf(delivery)) ?? []).some(({ failed }) => failed !== undefined)) return true;
    const last = tries.find((one) => one.try === delivery.try);
    if (last === undefined) return false;
    const isUsedUp = tries.filter(mayHaveBurned).length >= policy.attempts;
    if (delivery.code === GIVEN_UP) return isGivenUp(delivery, last, policy.unknown, isUsedUp);
    if (last.outcome === 'rejected') return isRefused(delivery, last, about);
    return isUsedUp && (last.outcome === 'exhausted' || LOOKED_UP.includes(delivery.channel));
  },
};

/** A policy gives up what nobody knows when its time is over, and where it sends again instead, when there is no try left for that. */
function isGivenUp({ settled_ms }, last, { action, after }, isUsedUp) {
  if (action === 'hold' || (action === 'resend' && !isUsedUp)) return false;
  // It was not unknown before it was begun.
  return settled_ms >= last.started_ms + after * SECOND_MS - ROUNDED_MS;
}

/** No provider here refuses anybody for good, but who should pay; and a script that runs is ended when it is cancelled. */
function isRefused({ channel, settled_ms }, { code }, { entry, world, times }) {
  if (channel === 'payment') return isRefusedPayment(entry, world);
  const byMs = settled_ms - times.clockAheadMs + ROUNDED_MS;
  return channel === 'script' && code === 'cancelled' && mayBeCancelled(entry, world, byMs);
}

/**
 * Whether a try may have used up one of those that the policy allows. A sender that stood still until its lease was over may tell
 * afterwards that it had not begun: the try was unknown by then, and what sent it again had counted it.
 */
function mayHaveBurned({ outcome, started_ms, ended_ms }) {
  return BURNS.includes(outcome) || ended_ms - started_ms >= TIMEOUT_MS;
}

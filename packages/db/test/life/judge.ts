/**
 * The judge of the model. After every step it compares what Postgres has now with what it had before: whether the step may have done
 * that, and whether the promises hold. What a delivery may become is core's table; whom the provider told is the world's ledger.
 */
import { type DeliveryEvent, type DeliveryState, isFinal, transition } from '@carillon/core';
import type { Step } from './step.ts';
import {
  type Answer,
  type Answered,
  type BatchView,
  type Call,
  NEEDED_SECONDS,
  type RowView,
  rowKey,
  tryKey,
  type World,
} from './world.ts';

const EVENT_OF: Readonly<Record<Answer, DeliveryEvent>> = {
  accepted: 'accepted',
  retryable: 'retryable',
  exhausted: 'exhausted',
  throttled: 'throttled',
  // Nothing was written to a provider, and no attempt is used: as if it had asked to wait.
  tooLate: 'throttled',
  rejected: 'rejected',
  outcomeUnknown: 'outcomeUnknown',
};
const REPORT_EVENT = {
  sent: 'reportSent',
  delivered: 'reportDelivered',
  read: 'reportDelivered',
  failed: 'reportFailed',
} as const satisfies Record<string, DeliveryEvent>;

/** What its sender had in hand when the step began. */
export interface Stored {
  readonly answers: readonly Answered[];
  /** The fence of the lease that a claim is made under. */
  readonly fence?: number | undefined;
}

/** How often each line of core's table was seen: `from event to`. */
export type Seen = Map<string, number>;

/** One delivery before and after a step. */
interface Change {
  readonly batch: number;
  readonly number: number;
  readonly batchBefore: BatchView;
  readonly old: RowView;
  readonly now: RowView;
}

/** Compares what Postgres had and has, and notes what is broken in the world. Call it with the world's `batches` still as they were. */
export function judgeStep(world: World, step: Step, after: readonly BatchView[], stored: Stored, seen: Seen): void {
  after.forEach((batch, index) => {
    const before = world.batches[index];
    if (before?.rows.length !== batch.rows.length) {
      world.broken('I2 unique', `rows of batch ${index} were planned a second time`);
      return;
    }
    batch.rows.forEach((now, at) => {
      const old = before.rows[at] as RowView;
      judgeRow(world, step, { batch: index, number: now.number, batchBefore: before, old, now }, stored, seen);
    });
    judgeBatch(world, before, batch);
  });
  for (const answer of stored.answers) {
    const old = world.rowOf(answer);
    if (answer.answer !== 'accepted' || !old) continue;
    const isStored =
      step.do === 'settle' ? old.state === 'sending' && old.try === answer.try : step.do === 'settle_late';
    if (isStored) world.answered.add(tryKey(answer));
  }
}

function judgeBatch(world: World, before: BatchView, now: BatchView): void {
  if (now.generation < before.generation || now.fence < before.fence)
    world.broken(
      'generation',
      `fence ${before.fence} to ${now.fence}, generation ${before.generation} to ${now.generation}`,
    );
  const counted: Partial<Record<DeliveryState, number>> = {};
  for (const row of now.rows) counted[row.state] = (counted[row.state] ?? 0) + 1;
  for (const [state, count] of Object.entries(now.counts))
    if (count !== (counted[state as DeliveryState] ?? 0))
      world.broken('counts', `${count} ${state} in the batch, ${counted[state as DeliveryState] ?? 0} in its rows`);
  if (now.size !== now.rows.length) world.broken('counts', `size ${now.size} of ${now.rows.length} rows`);
  if (now.counts.sending > 0 && now.leaseInMs === null)
    world.broken('released', 'a row is sending in a batch that nobody holds');
}

function judgeRow(world: World, step: Step, change: Change, stored: Stored, seen: Seen): void {
  const { old, now } = change;
  const key = rowKey(change);
  if (now.attempts < old.attempts || now.attempts > world.spec.maxAttempts)
    world.broken('attempts', `${key} has used ${now.attempts} after ${old.attempts}, of ${world.spec.maxAttempts}`);
  const events = eventsOf(world, step, change, stored);
  const wanted = events.map((event) => ({ event, result: transition(old.state, event, world.failedBy.get(key)) }));
  const done = wanted.find(({ result }) => result.ok && result.state === now.state);
  if (now.try !== old.try + (done?.event === 'claim' ? 1 : 0))
    world.broken('try', `${key} went from try ${old.try} to ${now.try} by ${step.do}`);
  else if (done) {
    const line = `${old.state} ${done.event} ${now.state}`;
    seen.set(line, (seen.get(line) ?? 0) + 1);
    if (done.result.ok && done.result.failedBy) world.failedBy.set(key, done.result.failedBy);
    if (done.event === 'policyResend' || done.event === 'operatorResend')
      world.freed.set(key, [...(world.freed.get(key) ?? []), { try: old.try, at: world.trace.length }]);
    if (done.event === 'claim') judgeClaim(world, change, stored);
  } else if (now.state !== old.state && !isDoubt(step, change))
    world.broken(
      isFinal(old.state) ? 'I7 final' : 'I5 transition',
      `${key} went from ${old.state} to ${now.state} by ${step.do}`,
    );
  else if (isExact(step) && wanted.some(({ result }) => result.ok && result.state !== now.state))
    world.broken('I5 transition', `${key} stayed ${now.state} although ${events.join(', ')} was stored`);
  if (now.state !== old.state) judgeRecord(world, step, change);
}

/** Steps of which it is known what they do to each row, and not only what they may do. */
const isExact = (step: Step): boolean => ['settle', 'settle_late', 'report', 'rescue'].includes(step.do);

/** What is dropped although it may have been sent goes back to `unknown`: the record must not deny it. */
const isDoubt = (step: Step, { old, now }: Change): boolean =>
  step.do === 'drop' && old.state === 'scheduled' && now.state === 'unknown' && old.try > 0;

/** What the step may have made happen to this row. */
function eventsOf(world: World, step: Step, change: Change, { answers }: Stored): DeliveryEvent[] {
  const { batch, number, batchBefore, old } = change;
  const isHere = 'batch' in step && step.batch === batch && (!('number' in step) || step.number === number);
  switch (step.do) {
    // Whom any try is known to have reached is neither told again nor given up.
    case 'claim':
      return isHere ? [known(world, change) ?? 'claim'] : [];
    case 'settle':
    case 'settle_late':
      return answersOf(world, step, change, answers);
    case 'report':
      return isHere && !world.reported.has(`${tryKey(step)}.${step.status}`) ? reportOf(world, step, change) : [];
    case 'rescue':
      return batchBefore.leaseInMs !== null && batchBefore.leaseInMs < 0 && old.state === 'sending'
        ? [known(world, change) ?? 'outcomeUnknown']
        : [];
    case 'policies': {
      if (world.spec.unknownAction === 'hold' || batchBefore.cancelled || world.held) return [];
      const told = known(world, change);
      if (told) return [told];
      return world.spec.unknownAction === 'fail' ? ['policyFail'] : ['policyFail', 'policyResend'];
    }
    case 'hand':
      if (!isHere) return [];
      return [({ sent: 'operatorSent', failed: 'operatorFailed', resend: 'operatorResend' } as const)[step.as]];
    case 'drop':
      if (batchBefore.cancelled) return ['cancel', 'skip'];
      return batchBefore.expiresInMs !== null && batchBefore.expiresInMs <= 0 ? ['skip'] : [];
    default:
      return [];
  }
}

/** What is known of whom the row's tries told, but for one of them: by reports, and by answers that came too late for their own try. */
function known(
  { reported, answered }: World,
  { batch, number, old }: Change,
  except?: number,
): 'reportDelivered' | 'reportSent' | undefined {
  const keys = Array.from({ length: old.try }, (_, n) => n + 1)
    .filter((tried) => tried !== except)
    .map((tried) => tryKey({ batch, number, try: tried }));
  if (keys.some((key) => reported.has(`${key}.delivered`) || reported.has(`${key}.read`))) return 'reportDelivered';
  const isSent = (key: string): boolean =>
    (reported.has(`${key}.sent`) || answered.has(key)) && !reported.has(`${key}.failed`);
  return keys.some(isSent) ? 'reportSent' : undefined;
}

/** What the answers of calls make happen. One of an earlier try settles a row that waits, when it is that somebody was told. */
function answersOf(world: World, step: Step, change: Change, answers: readonly Answered[]): DeliveryEvent[] {
  const { batch, number, old } = change;
  if (step.do === 'settle' && old.state !== 'sending') return [];
  const ours = answers.filter((answer) => answer.batch === batch && answer.number === number);
  const isLateTruth = (answer: Answered): boolean =>
    answer.answer === 'accepted' &&
    answer.try < old.try &&
    ['scheduled', 'unknown'].includes(old.state) &&
    !world.reported.has(`${tryKey(answer)}.failed`);
  if (step.do === 'settle_late' && ours.some(isLateTruth)) return ['accepted'];
  // What a report has moved on by then stays as it is.
  const isOpen = old.state === 'sending' || old.state === 'unknown';
  const told = old.try > 1 && isOpen ? known(world, change) : undefined;
  return ours
    .filter((answer) => answer.try === old.try)
    .map(({ answer }) => (answer === 'accepted' ? 'accepted' : (told ?? EVENT_OF[answer])));
}

/** What a report makes happen: of an earlier try, only what does not contradict what is known of a later one. */
function reportOf(world: World, step: Extract<Step, { do: 'report' }>, change: Change): DeliveryEvent[] {
  const { old } = change;
  const event = REPORT_EVENT[step.status];
  // A history that was made shorter may report what was never tried.
  if (step.try > old.try) return [];
  const isEarlier = step.try < old.try;
  if (event === 'reportFailed') {
    const wasBelieved = world.reported.has(`${tryKey(step)}.sent`) || world.answered.has(tryKey(step));
    if (isEarlier && (old.state !== 'sent' || !wasBelieved)) return [];
    return [(old.try > 1 ? known(world, change, step.try) : undefined) ?? event];
  }
  if (!isEarlier) return [event];
  if (event === 'reportDelivered') return old.state === 'sending' ? [] : [event];
  const isDenied = world.reported.has(`${tryKey(step)}.failed`);
  return ['scheduled', 'unknown'].includes(old.state) && !isDenied ? [event] : [];
}

/** A row that became `sending`: I3 begins here, and I4 is decided. */
function judgeClaim(world: World, { batch, number, batchBefore, old, now }: Change, { fence }: Stored): void {
  world.intents.add(tryKey({ batch, number, try: now.try }));
  const what = `${rowKey({ batch, number })} was claimed`;
  if (old.dueInMs > 0) world.broken('I4 early', `${what} ${old.dueInMs} ms early`);
  if (world.paused) world.broken('I4 paused', `${what} after a pause was acknowledged`);
  if (world.cancelled) world.broken('I4 cancelled', `${what} after a cancel was acknowledged`);
  if (world.held) world.broken('I4 held', `${what} while everything is held`);
  if (batchBefore.expiresInMs !== null && batchBefore.expiresInMs <= 0) world.broken('I4 expired', what);
  if (batchBefore.fence !== fence)
    world.broken('fence', `${what} under fence ${fence}, and it is ${batchBefore.fence}`);
  if (batchBefore.leaseInMs === null || batchBefore.leaseInMs <= NEEDED_SECONDS * 1000)
    world.broken('fence', `${what} under a lease that does not outlast a call`);
}

/** Whether the new state is true, by the ledger. */
function judgeRecord(world: World, step: Step, change: Change): void {
  const { now } = change;
  const told = world.callsOf(change).some((call) => call.accepted);
  if (told && (now.state === 'cancelled' || now.state === 'skipped'))
    world.broken('I5 record', `${rowKey(change)} is ${now.state}, but its receiver was told`);
  if (!told && (now.state === 'sent' || now.state === 'delivered') && step.do !== 'hand')
    world.broken('I5 record', `${rowKey(change)} is ${now.state}, but nobody was told`);
}

/** A provider was called: only with a committed intent. */
export function judgeCall(world: World, call: Call): void {
  if (!world.intents.has(tryKey(call)))
    world.broken('I3 intent', `${tryKey(call)} was called without a committed intent`);
}

/**
 * A call was accepted: the only one of its row, but for those that a policy or a person had given up after they began. Of these nobody can
 * know.
 */
export function judgeAccepted(world: World, call: Call): void {
  for (const other of world.callsOf(call)) {
    if (other === call || !other.accepted) continue;
    const [early, late] = other.try < call.try ? [other, call] : [call, other];
    const isBet = world.freed.get(rowKey(call))?.some((freed) => freed.try === early.try && freed.at > early.beganAt);
    if (!isBet || early.try === late.try)
      world.broken('I2 twice', `${rowKey(call)} was accepted in try ${other.try} and in try ${call.try}`);
  }
  const state = world.rowOf(call)?.state;
  if (state === 'cancelled' || state === 'skipped')
    world.broken('I5 record', `${rowKey(call)} is ${state}, and its receiver was told after that`);
}

/** Whether nothing is left to be done in the world: each row has its end, or only a report or a person can tell it. */
export function isAtEnd(world: World): boolean {
  return (
    world.runState === 'completed' &&
    world.batches.every(
      (batch) =>
        !batch.open &&
        batch.leaseInMs === null &&
        !batch.settles &&
        batch.rows.every(
          (row) =>
            isFinal(row.state) || (row.state === 'unknown' && (world.spec.unknownAction === 'hold' || batch.cancelled)),
        ),
    )
  );
}

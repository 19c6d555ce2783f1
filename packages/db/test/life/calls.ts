/** Steps in which Postgres has no part: calls of the provider, deaths of senders, and what becomes of Redis. */
import { judgeAccepted, judgeCall } from './judge.ts';
import type { Step } from './step.ts';
import { mayCall } from './steps.ts';
import type { Lack } from './turn.ts';
import {
  type Answer,
  CALL_SECONDS,
  type Call,
  type Claimed,
  newSender,
  type Sender,
  tryKey,
  type World,
} from './world.ts';

/** Does such a step. */
export function aside(world: World, step: Step, lack: Lack | undefined): void {
  switch (step.do) {
    case 'call':
      call(world, step, lack);
      return;
    case 'arrive': {
      const call = world.calls.find((each) => tryKey(each) === tryKey(step) && each.arrivesBySeconds !== undefined);
      if (call) arrive(world, call);
      return;
    }
    case 'kill':
      world.senders[step.sender] = newSender();
      return;
    case 'flush':
      world.queue.clear();
      world.orphans.clear();
      world.redisLost = true;
      return;
    case 'snapshot':
      for (const wake of world.past) world.queue.set(wake.id, wake);
      world.redisLost = true;
      return;
    case 'orphan': {
      const wake = [...world.queue.values()].find((each) => each.batch === step.batch);
      if (!wake) return;
      world.queue.delete(wake.id);
      world.orphans.add(wake.id);
    }
  }
}

function call(world: World, step: Extract<Step, { do: 'call' }>, lack: Lack | undefined): void {
  const sender = world.senders[step.sender] as Sender;
  const at = sender.claimed.findIndex((row) => row.batch === step.batch && row.number === step.number);
  const [claimed] = sender.claimed.splice(at, at < 0 ? 0 : 1) as [Claimed?];
  if (!claimed) return;
  if (lack !== 'lease' && !mayCall(world, claimed.lease)) {
    sender.answers.push({ ...claimed, answer: 'tooLate' });
    return;
  }
  const { batch, number, try: tried } = claimed;
  const begun: Call = { batch, number, try: tried, beganAt: world.trace.length, accepted: false };
  if (step.does === 'arrives') begun.arrivesBySeconds = world.seconds + CALL_SECONDS;
  world.calls.push(begun);
  judgeCall(world, begun);
  if (step.does === 'accepts' || step.does === 'silent') accept(world, begun);
  sender.answers.push({ ...claimed, answer: answerTo(world, step, claimed, lack) });
}

function answerTo(world: World, { does }: Extract<Step, { do: 'call' }>, row: Claimed, lack: Lack | undefined): Answer {
  const isLast = row.attempts + 1 >= world.spec.maxAttempts;
  switch (does) {
    case 'accepts':
      return 'accepted';
    case 'refuses':
      return isLast ? 'exhausted' : 'retryable';
    case 'rejects':
      return 'rejected';
    case 'throttles':
      return 'throttled';
    default:
      if (lack === 'unknown') return isLast ? 'exhausted' : 'retryable';
      return 'outcomeUnknown';
  }
}

function accept(world: World, call: Call): void {
  call.accepted = true;
  call.arrivesBySeconds = undefined;
  judgeAccepted(world, call);
}

/** A call that was on its way comes to its end: the provider takes it. */
export const arrive = accept;

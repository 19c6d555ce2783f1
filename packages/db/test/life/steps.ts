/** Which step a world takes next: by a draw, among those that its actors can take. */
import { isFinal } from '@carillon/core';
import type { Behaviour, Reply, Step } from './step.ts';
import {
  type Call,
  type Claimed,
  GRACE_SECONDS,
  type Lease,
  NEEDED_SECONDS,
  type Sender,
  type World,
} from './world.ts';

/** A number that is used up choice by choice. */
class Dice {
  #left: number;
  constructor(draw: number) {
    this.#left = draw;
  }
  below(sides: number): number {
    const side = this.#left % sides;
    this.#left = Math.floor(this.#left / sides);
    return side;
  }
  of<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)] as Item;
  }
}

const ACTORS = [
  ...Array<'sender'>(14).fill('sender'),
  ...Array<'enqueuer'>(3).fill('enqueuer'),
  ...Array<'provider'>(3).fill('provider'),
  ...Array<'sweeper'>(4).fill('sweeper'),
  ...Array<'time'>(2).fill('time'),
  'redis',
  'person',
  'person',
] as const;
const BEHAVIOURS: readonly Behaviour[] = [
  ...Array<'accepts'>(4).fill('accepts'),
  'silent',
  'silent',
  'arrives',
  'arrives',
  'deaf',
  'refuses',
  'refuses',
  'rejects',
  'throttles',
];
const REPLIES: readonly Reply[] = ['heard', 'heard', 'heard', 'heard', 'heard', 'heard', 'lost', 'killed'];

/** The world's next step by a draw. Whoever has nothing to do leaves the turn to others. */
export function choose(world: World, draw: number): Step | undefined {
  const dice = new Dice(draw);
  // The time in which the truth about an earlier try may come is short: the provider speaks more often in it.
  const first = overtaken(world).length > 0 && dice.below(3) === 0 ? 'provider' : dice.of(ACTORS);
  const actors = [first, 'sender', 'enqueuer', 'sweeper', 'time'] as const;
  for (const actor of actors) {
    const step = act(world, actor, dice);
    if (step) return step;
  }
  return undefined;
}

function act(world: World, actor: (typeof ACTORS)[number], dice: Dice): Step | undefined {
  switch (actor) {
    case 'sender':
      return senderStep(world, whoseTurn(world, dice), dice);
    case 'time':
      return { do: 'pass', seconds: dice.of([1, 3, 7, 7, 11, 21, 21]) };
    case 'sweeper':
      return sweepStep(world, dice);
    case 'enqueuer':
      return world.batches.some(
        (batch) => batch.open && !batch.enqueued && (!(batch.paused || batch.cancelled) || dice.below(8) === 0),
      )
        ? { do: 'enqueue', ends: dice.of(['added', 'added', 'added', 'added', 'crashed', 'given_back'] as const) }
        : undefined;
    case 'provider':
      return providerStep(world, dice);
    case 'redis':
      return redisStep(world, dice);
    case 'person':
      return personStep(world, dice);
  }
}

export const holds = (world: World, lease: Lease): boolean => lease.deadlineSeconds > world.seconds;

/** A wake-up is delivered when it is due; now and then a worker's clock is ahead. */
function wakeSteps(world: World, sender: number, dice: Dice): Step[] {
  const early = dice.below(12) === 0;
  return [...world.queue.values()]
    .filter((wake) => early || wake.dueAtSeconds <= world.seconds)
    .map((wake) => ({ do: 'wake', sender, batch: wake.batch, twice: dice.below(6) === 0 }));
}

function leaseSteps(world: World, number: number, lease: Lease, dice: Dice): Step[] {
  const { batch } = lease;
  if (!holds(world, lease)) {
    // Mostly it sees that the lease is over; but it may have stood still since it looked.
    if (dice.below(2) === 0) return [{ do: 'release', sender: number, batch, stale: false }];
    return [
      dice.below(3) === 0
        ? { do: 'release', sender: number, batch, stale: true }
        : { do: 'claim', sender: number, batch, limit: 1 + dice.below(3), reply: dice.of(REPLIES), stale: true },
    ];
  }
  if (lease.unread) return [{ do: 'read_back', sender: number, batch }];
  const steps: Step[] = [];
  if (!lease.exhausted)
    steps.push({ do: 'claim', sender: number, batch, limit: 1 + dice.below(3), reply: dice.of(REPLIES), stale: false });
  // Also before all is claimed: a sender that was asked to stop.
  if (lease.open.size === 0 && (lease.exhausted || dice.below(4) === 0))
    steps.push({ do: 'release', sender: number, batch, stale: false });
  return steps;
}

/** The first sender may stand still with work in hand until somebody else has begun another try of it. */
function whoseTurn({ senders: [first], spec, batches }: World, dice: Dice): number {
  const inHand = spec.standsStill === 'never' ? undefined : first[spec.standsStill][0];
  const isPassed = inHand && (batches[inHand.batch]?.rows[inHand.number - 1]?.try ?? 0) > inHand.try;
  return inHand && !isPassed ? 1 : dice.below(2);
}

function senderStep(world: World, number: number, dice: Dice): Step | undefined {
  const sender = world.senders[number] as Sender;
  const rare = dice.below(24);
  const busy = sender.leases.length > 0;
  if (busy && rare === 0) return { do: 'kill', sender: number };
  if (busy && rare < 3) return { do: 'renew', sender: number };
  const steps: Step[] = [];
  for (const claimed of sender.claimed) steps.push(callOf(claimed, number, dice.of(BEHAVIOURS)));
  if (sender.answers.length > 0) {
    const settle: Step = { do: 'settle', sender: number, reply: dice.of(REPLIES) };
    steps.push(settle, settle);
  }
  if (sender.late.length > 0) steps.push({ do: 'settle_late', sender: number });
  for (const lease of sender.leases) steps.push(...leaseSteps(world, number, lease, dice));
  const wakes = wakeSteps(world, number, dice);
  if (wakes.length > 0) steps.push(dice.of(wakes));
  return steps.length === 0 ? undefined : dice.of(steps);
}

function callOf({ batch, number }: Claimed, sender: number, does: Behaviour): Step {
  return { do: 'call', sender, batch, number, does };
}

/** Whether a call may still begin: its lease outlasts it. */
export const mayCall = (world: World, lease: Lease): boolean => lease.deadlineSeconds - NEEDED_SECONDS >= world.seconds;

/** Mostly where there is something to sweep; else it must leave everything as it is. */
function sweepStep({ batches, redisLost }: World, dice: Dice): Step | undefined {
  const any = dice.below(8) === 0;
  const kinds: ('rescue' | 'free' | 'policies' | 'drop' | 'complete' | 'notice')[] = [];
  if (any || batches.some(({ leaseInMs }) => (leaseInMs ?? 0) < 0)) kinds.push('rescue');
  if (
    any ||
    batches.some((batch) => batch.enqueued && batch.leaseInMs === null && batch.dueInMs < -GRACE_SECONDS * 1000)
  )
    kinds.push('free');
  if (any || batches.some(({ counts }) => counts.unknown > 0)) kinds.push('policies');
  if (any || batches.some(({ cancelled, expiresInMs }) => cancelled || (expiresInMs ?? 1) <= 0)) kinds.push('drop');
  if (any || batches.every(({ open }) => !open)) kinds.push('complete');
  if (redisLost) kinds.push('notice');
  return kinds.length === 0 ? undefined : { do: dice.of(kinds) };
}

function providerStep(world: World, dice: Dice): Step | undefined {
  const onTheWay = world.calls.filter((call) => call.arrivesBySeconds !== undefined);
  const accepted = world.calls.filter((call) => call.accepted);
  if (onTheWay.length > 0 && dice.below(2) === 0) {
    const { batch, number, try: tried } = dice.of(onTheWay);
    return { do: 'arrive', batch, number, try: tried };
  }
  if (accepted.length === 0) return undefined;
  const earlier = overtaken(world);
  const { batch, number, try: tried } = dice.of(earlier.length > 0 && dice.below(2) === 0 ? earlier : accepted);
  return { do: 'report', batch, number, try: tried, status: dice.of(['sent', 'delivered', 'read', 'failed']) };
}

/** Calls that were accepted and given up, of rows that are in a later try. */
function overtaken(world: World): Call[] {
  return world.calls.filter((call) => {
    const row = world.rowOf(call);
    return call.accepted && row !== undefined && row.try > call.try && !isFinal(row.state);
  });
}

function redisStep(world: World, dice: Dice): Step | undefined {
  const what = dice.below(3);
  if (what === 0 && world.past.length > 0) return { do: 'snapshot' };
  const waiting = [...world.queue.values()];
  if (waiting.length === 0) return undefined;
  return what === 1 ? { do: 'flush' } : { do: 'orphan', batch: dice.of(waiting).batch };
}

function personStep(world: World, dice: Dice): Step | undefined {
  if (dice.below(12) === 0) return { do: 'replan' };
  const unknown = world.batches.flatMap((batch, index) =>
    batch.rows.filter((row) => row.state === 'unknown').map((row) => ({ batch: index, number: row.number })),
  );
  if (unknown.length === 0) return undefined;
  const { batch, number } = dice.of(unknown);
  return { do: 'hand', batch, number, as: dice.of(['sent', 'failed', 'resend']) };
}

/** What many worlds of a job meet together: the person's word about the job. Undefined most of the time. */
export function chooseForJob(draw: number): 'pause' | 'resume' | 'cancel' | undefined {
  const dice = new Dice(draw);
  if (dice.below(16) > 0) return undefined;
  const side = dice.below(20);
  return side === 0 ? 'cancel' : side < 10 ? 'pause' : 'resume';
}

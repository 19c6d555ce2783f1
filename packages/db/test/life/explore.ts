/** Explores packs of worlds: each goes its own way by its draws, then comes to an orderly end, and is judged all the while. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { clear, type House, plant } from './house.ts';
import { isAtEnd, type Seen } from './judge.ts';
import { perform } from './perform.ts';
import type { Step } from './step.ts';
import { choose, chooseForJob, holds } from './steps.ts';
import type { Lack, Turn } from './turn.ts';
import { type Sender, type Spec, World } from './world.ts';

/** Worlds of a cohort share a job. */
const COHORT = 8;
/** Steps that are chosen by draws. */
const STEPS = 30;
/** An orderly end takes no longer than this; whoever is not at the end by then was forgotten. */
const ROUNDS = 6;
const END_STEPS = 200;

const specs: fc.Arbitrary<Spec> = fc.noBias(
  fc
    .record({
      single: fc.nat(5).map((side) => side === 0),
      sizes: fc.array(fc.integer({ min: 1, max: 2 }), { minLength: 1, maxLength: 2 }),
      unknownAction: fc.constantFrom('hold' as const, 'fail' as const, 'resend' as const, 'resend' as const),
      maxAttempts: fc.integer({ min: 1, max: 3 }),
      dueInSeconds: fc.tuple(fc.constantFrom(0, 0, 2), fc.constantFrom(0, 2, 12)),
      expiresInSeconds: fc.constantFrom(null, null, 25, 40),
      standsStill: fc.constantFrom('never' as const, 'never' as const, 'claimed' as const, 'answers' as const),
      draws: fc.array(fc.maxSafeNat(), { minLength: STEPS, maxLength: STEPS, size: 'max' }),
    })
    .map((spec) => (spec.single ? { ...spec, sizes: [1] } : spec)),
);

export const drawSpecs = (seed: number, count: number): Spec[] => fc.sample(specs, { seed, numRuns: count });

/** What was explored. */
export class Tally {
  interleavings = 0;
  steps = 0;
  readonly distinct = new Set<string>();
  readonly seen: Seen = new Map();
  readonly byKind = new Map<Step['do'], number>();

  add(worlds: readonly World[]): void {
    for (const world of worlds) {
      this.interleavings += 1;
      this.steps += world.trace.length;
      const { draws, ...made } = world.spec;
      this.distinct.add(
        createHash('sha1')
          .update(JSON.stringify([made, world.trace]))
          .digest('base64'),
      );
      for (const step of world.trace) this.byKind.set(step.do, (this.byKind.get(step.do) ?? 0) + 1);
    }
  }

  toString(): string {
    const kinds = [...this.byKind].sort(([, a], [, b]) => b - a).map(([kind, count]) => `${kind} ${count}`);
    const lines = [...this.seen].sort(([, a], [, b]) => b - a).map(([line, count]) => `${line} ${count}`);
    return `${this.interleavings} interleavings, ${this.distinct.size} of them distinct, of ${this.steps} steps (${kinds.join(', ')}), transitions: ${lines.join(', ')};`;
  }
}

/** How many of these worlds broke which promise. */
export function broken(worlds: readonly World[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { violation } of worlds)
    if (violation) counts.set(violation.invariant, (counts.get(violation.invariant) ?? 0) + 1);
  return counts;
}

export interface ExploreOptions {
  readonly lack?: Lack | undefined;
  /** Whether everything is held for a while. */
  readonly holdAt?: number | undefined;
  /** Each world has a job of its own: for histories that are replayed. */
  readonly apart?: boolean;
}

/** Explores these worlds to their ends; the broken ones stop where they broke. */
export async function explore(
  house: House,
  worlds: readonly World[],
  tally: Tally,
  options: ExploreOptions = {},
): Promise<void> {
  const cohort = options.apart ? 1 : COHORT;
  await plant(house, worlds, cohort);
  const length = Math.max(STEPS, ...worlds.map((world) => world.script?.length ?? 0));
  for (let at = 0; at < length; at += 1)
    await perform(house, turnsAt(worlds, at, cohort, options), tally.seen, options.lack);
  // A replayed history says itself when its hold is lifted and its job goes on; what follows is the same for all.
  await together(house, worlds, { do: 'unhold' }, tally, options);
  await together(house, worlds, { do: 'resume' }, tally, options);
  for (let at = 0; at < END_STEPS; at += 1) {
    const turns = worlds.flatMap((world): Turn[] => {
      if (world.violation || world.ended) return [];
      const step = endStep(world, at);
      return step ? [{ world, step }] : [];
    });
    if (turns.length === 0) break;
    await perform(house, turns, tally.seen, options.lack);
  }
  for (const world of worlds) if (!world.ended) world.broken('I1 forgotten', 'it came to no end');
  tally.add(worlds);
  await clear(house);
}

function together(
  house: House,
  worlds: readonly World[],
  step: { readonly do: 'resume' | 'unhold' },
  tally: Tally,
  { lack }: ExploreOptions,
) {
  const turns = worlds
    .filter(({ violation, paused, held }) => !violation && (step.do === 'resume' ? paused : held))
    .map((world) => ({ world, step }));
  return perform(house, turns, tally.seen, lack);
}

/** What each world does at this place of its history; a person's word is for all worlds of a job. */
function turnsAt(worlds: readonly World[], at: number, cohort: number, { holdAt }: ExploreOptions): Turn[] {
  const forAll: Step | undefined =
    holdAt === undefined
      ? undefined
      : at === holdAt
        ? { do: 'hold' }
        : at === holdAt + 4
          ? { do: 'unhold' }
          : undefined;
  const turns: Turn[] = [];
  let forJob: Step | undefined;
  worlds.forEach((world, index) => {
    if (world.script) {
      const step = world.script[at];
      if (step && !world.violation) turns.push({ world, step });
      return;
    }
    const draw = world.spec.draws[at] ?? 0;
    if (index % cohort === 0) {
      const word = chooseForJob(Math.floor(draw / 65_536));
      forJob = word && { do: word };
    }
    if (world.violation) return;
    const step = forAll ?? forJob ?? choose(world, draw);
    if (step) turns.push({ world, step });
  });
  return turns;
}

/** The way to an orderly end: no more faults, everybody works off what there is, and the sweeper goes round. */
function endStep(world: World, at: number): Step | undefined {
  // Half of the worlds end with the deaths of their senders.
  if (at < 2 && (world.spec.draws[0] ?? 0) % 2 === 0) return { do: 'kill', sender: at };
  const onTheWay = world.calls.find((call) => call.arrivesBySeconds !== undefined);
  if (onTheWay) return { do: 'arrive', batch: onTheWay.batch, number: onTheWay.number, try: onTheWay.try };
  const work = world.senders.map((sender, number) => senderEnd(world, sender, number)).find((step) => step);
  if (work) return work;
  if (isAtEnd(world)) {
    world.ended = true;
    return undefined;
  }
  const wake = [...world.queue.values()].find(({ dueAtSeconds }) => dueAtSeconds <= world.seconds);
  if (wake) return { do: 'wake', sender: 0, batch: wake.batch, twice: false };
  return sweepEnd(world);
}

function senderEnd(world: World, sender: Sender, number: number): Step | undefined {
  const [claimed] = sender.claimed;
  if (claimed) return { do: 'call', sender: number, batch: claimed.batch, number: claimed.number, does: 'accepts' };
  if (sender.answers.length > 0) return { do: 'settle', sender: number, reply: 'heard' };
  if (sender.late.length > 0) return { do: 'settle_late', sender: number };
  // The newest lease of a batch is the one that steps mean.
  const lease = sender.leases.at(-1);
  if (!lease) return undefined;
  const { batch } = lease;
  if (!holds(world, lease)) return { do: 'release', sender: number, batch, stale: false };
  if (lease.unread) return { do: 'read_back', sender: number, batch };
  if (!lease.exhausted) return { do: 'claim', sender: number, batch, limit: 10, reply: 'heard', stale: false };
  return { do: 'release', sender: number, batch, stale: false };
}

const ROUND: readonly Step[] = [
  { do: 'enqueue', ends: 'added' },
  { do: 'pass', seconds: 21 },
  { do: 'rescue' },
  { do: 'notice' },
  { do: 'free' },
  { do: 'enqueue', ends: 'added' },
  { do: 'pass', seconds: 21 },
  { do: 'policies' },
  { do: 'drop' },
  { do: 'complete' },
];

function sweepEnd(world: World): Step | undefined {
  if (world.rounds >= ROUNDS * ROUND.length) {
    world.broken('I1 forgotten', JSON.stringify({ run: world.runState, batches: world.batches }));
    return undefined;
  }
  for (;;) {
    const step = ROUND[world.rounds % ROUND.length] as Step;
    world.rounds += 1;
    if (mayMatter(world, step)) return step;
  }
}

/** Whether a pass may find anything, by what Postgres has; that they leave alone what is none of theirs shows before the end. */
function mayMatter({ batches, redisLost }: World, step: Step): boolean {
  switch (step.do) {
    case 'enqueue':
      return batches.some(({ open, enqueued }) => open && !enqueued);
    case 'rescue':
      return batches.some(({ leaseInMs }) => (leaseInMs ?? 0) < 0);
    case 'notice':
      return redisLost;
    case 'free':
      return batches.some(({ enqueued, leaseInMs }) => enqueued && leaseInMs === null);
    case 'policies':
      return batches.some(({ settles }) => settles);
    case 'drop':
      return batches.some(({ open, cancelled, expiresInMs }) => open && (cancelled || (expiresInMs ?? 1) <= 0));
    case 'complete':
      return batches.every(({ open, settles }) => !open && !settles);
    default:
      return true;
  }
}

/** Makes a broken history as short as it stays broken in the same way; what is left out is waited through. */
export async function shorten(house: House, world: World, options: ExploreOptions): Promise<World> {
  let best = world;
  let script: (Step | undefined)[] = [...world.trace];
  for (let size = Math.ceil(script.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (;;) {
      const candidates: World[] = [];
      for (let from = 0; from < script.length; from += size) {
        const shorter = script.map((step, at) =>
          at >= from && at < from + size && step?.do !== 'hold' && step?.do !== 'unhold' ? undefined : step,
        );
        if (shorter.some((step, at) => step !== script[at])) candidates.push(new World(world.spec, shorter));
      }
      await explore(house, candidates, new Tally(), { ...options, apart: true });
      const broken = candidates.find((each) => each.violation?.invariant === world.violation?.invariant);
      if (!broken) break;
      best = broken;
      script = [...(broken.script as (Step | undefined)[])];
    }
  }
  return best;
}

/** A broken history, for people to read and to replay. */
export function tell(world: World): string {
  const { draws, ...spec } = world.spec;
  const steps = world.trace.map((step, at) => `${String(at + 1).padStart(3)} ${JSON.stringify(step)}`);
  return [`${world.violation?.invariant}: ${world.violation?.detail}`, `world ${JSON.stringify(spec)}`, ...steps].join(
    '\n',
  );
}

/**
 * Does one step in each of many worlds. Steps of one kind go together; each world takes one step at a time, so that what a step changed
 * is what was read before and after it.
 */
import { aside } from './calls.ts';
import { type House, read } from './house.ts';
import { judgeStep, type Seen, type Stored } from './judge.ts';
import { performers } from './performers.ts';
import type { Step } from './step.ts';
import type { Lack, Performer, Turn } from './turn.ts';
import { type Sender, tryKey, type World } from './world.ts';

/** Steps in which Postgres has no part. */
const ASIDE = new Set<Step['do']>(['call', 'kill', 'arrive', 'flush', 'snapshot', 'orphan']);

/** Does all these steps, and judges each. A world may have one of them only. */
export async function perform(house: House, turns: readonly Turn[], seen: Seen, lack?: Lack): Promise<void> {
  const stored = new Map<World, Stored>();
  const groups = new Map<Step['do'], Turn[]>();
  for (const turn of turns) {
    const { world, step } = turn;
    world.trace.push(step);
    if (ASIDE.has(step.do)) {
      aside(world, step, lack);
      continue;
    }
    stored.set(world, inHand(world, step));
    const group = groups.get(step.do);
    if (group) group.push(turn);
    else groups.set(step.do, [turn]);
  }
  const afterwards = await Promise.all(
    [...groups].map(([kind, group]) => (performers[kind as keyof typeof performers] as Performer)(house, group, lack)),
  );
  const touched = [...groups.values()].flat();
  if (touched.length === 0) return;
  const found = await read(
    house,
    touched.map(({ world }) => world),
  );
  for (const { world, step } of touched) {
    const now = found.get(world);
    if (!now) throw new Error(`run ${world.runId} is gone`);
    judgeStep(world, step, now.batches, stored.get(world) as Stored, seen);
    if (step.do === 'report') world.reported.add(`${tryKey(step)}.${step.status}`);
    const before = world.batches;
    world.batches = now.batches;
    world.runState = now.runState;
    for (const after of afterwards) after?.(world, step, before);
  }
}

function inHand(world: World, step: Step): Stored {
  if (!('sender' in step)) return { answers: [] };
  const { answers, late, leases } = world.senders[step.sender] as Sender;
  const fence = 'batch' in step ? leases.findLast((lease) => lease.batch === step.batch)?.row.fence : undefined;
  return { answers: step.do === 'settle' ? [...answers] : [...late], fence };
}

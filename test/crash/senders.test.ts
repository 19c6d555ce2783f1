/** Senders that die at random moments, stand still past their lease, or are replaced under load. */

import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { COMPLETE, judge, KEPT } from './judge.ts';
import { PEOPLE, REPORTED, RESENT, type Stack, startStack, stopPastLease } from './stack.ts';

jest.setTimeout(360_000);

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ api: true });
});
afterEach(() => stack?.endWorkers());
afterAll(() => stack?.stop());

/** A small generator with a seed, so that a failure can be repeated. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

it('tells everybody once although senders are killed three times at random', async () => {
  const seed = Number(process.env.CRASH_SEED ?? Date.now() % 1_000_000);
  const random = seeded(seed);
  process.stdout.write(`senders are killed at random moments; CRASH_SEED=${seed} repeats them\n`);
  const announcement = await stack.announce({ callbacks: REPORTED, policy: RESENT });
  let current = await stack.sender();
  for (let kill = 1; kill <= 3; kill += 1) {
    const next = stack.sender();
    await stack.accepted(announcement, Math.floor((kill - 1 + random()) * (PEOPLE / 4)) + 1);
    current.kill('SIGKILL');
    current = await next;
  }
  await stack.completed(announcement);
  expect(await judge(stack, announcement)).toEqual(COMPLETE);
});

it('sends nothing when a sender goes on after it stood still past its lease', async () => {
  const { announcement, sleeper } = await stopPastLease(stack, { callbacks: REPORTED, policy: RESENT });
  sleeper.kill('SIGCONT');
  expect(await sleeper.stop()).toEqual({ code: 0, signal: null });
  expect(await judge(stack, announcement)).toEqual(COMPLETE);
});

describe('a late riser tells what became of its calls, where nothing may be sent again by itself, when it stood still', () => {
  it.each(['after_claim=stop:15', 'after_write=stop:1500'])('%s', async (at) => {
    const { announcement, sleeper } = await stopPastLease(stack, { at });
    const before = await judge(stack, announcement);
    expect(before).toMatchObject(KEPT);
    expect(before.unknown).toBeGreaterThan(0);
    expect(before.told - before.unknownAccepted + before.unknown).toBe(PEOPLE);
    sleeper.kill('SIGCONT');
    expect(await sleeper.stop()).toEqual({ code: 0, signal: null });
    await stack.completed(announcement);
    const after = await judge(stack, announcement);
    // Only a claim whose answer it no longer waited for stays unknown to it too, and that was not sent.
    expect(after).toMatchObject({ ...KEPT, unknownAccepted: 0 });
    expect(after.unknown).toBeLessThan(before.unknown);
    expect(after.unknown).toBe(PEOPLE - after.told);
  });
});

it('ends senders under load without leaving anything unknown', async () => {
  const announcement = await stack.announce();
  // Each is asked to leave while a claim is under way.
  const start = () => stack.sender({ DRAIN_TIMEOUT_MS: '5000' }, 'before_claim=delay:20');
  let current = await start();
  for (const told of [1_000, 2_500]) {
    const next = start();
    await stack.accepted(announcement, told);
    const leaving = current;
    current = await next;
    expect(await leaving.stop()).toEqual({ code: 0, signal: null });
  }
  await stack.completed(announcement);
  expect(await judge(stack, announcement)).toEqual(COMPLETE);
});

/** A sender killed where it hurts most: around a claim, after a request was written, around the storing of outcomes. */
import { eventually } from '@carillon/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { COMPLETE, judge, KEPT } from './judge.ts';
import { CONNECTIONS, PEOPLE, REPORTED, RESENT, type Stack, startStack } from './stack.ts';
import { strikesOf } from './strikes.ts';

jest.setTimeout(360_000);

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ api: true });
});
afterEach(() => stack?.endWorkers());
afterAll(() => stack?.stop());

describe('leaves no more unknown than connections, and nobody told twice, when a sender is killed', () => {
  it.each(strikesOf('announcements'))('%s', async (_, armed) => {
    const announcement = await stack.announce();
    const doomed = await stack.sender({}, armed);
    expect(await doomed.exited).toEqual({ code: null, signal: 'SIGKILL' });
    await stack.sender();
    await stack.completed(announcement);
    const verdict = await judge(stack, announcement);
    expect(verdict).toMatchObject(KEPT);
    expect(verdict.unknown).toBeLessThanOrEqual(CONNECTIONS);
    // Whoever is not known to have been told is `unknown`, and nobody else is.
    expect(verdict.told - verdict.unknownAccepted + verdict.unknown).toBe(PEOPLE);
  });
});

describe('tells everybody exactly once when a sender is killed and what stays without a report is sent again', () => {
  it.each(strikesOf('announcements'))('%s', async (_, armed) => {
    const announcement = await stack.announce({ policy: RESENT, callbacks: REPORTED });
    const doomed = await stack.sender({}, armed);
    expect(await doomed.exited).toEqual({ code: null, signal: 'SIGKILL' });
    await stack.sender();
    await stack.completed(announcement);
    expect(await judge(stack, announcement)).toEqual(COMPLETE);
  });
});

it('settles what a killed sender left by the reports of the provider, and holds the rest', async () => {
  const announcement = await stack.announce({ callbacks: { ...REPORTED, delayMs: 500 } });
  const doomed = await stack.sender({}, 'after_write=kill:1500');
  await doomed.exited;
  await stack.sender();
  await stack.completed(announcement);
  // The last reports may come after the run's end, which does not wait for them.
  const verdict = await eventually(
    async () => {
      const now = await judge(stack, announcement);
      return now.unknownAccepted === 0 && now;
    },
    { what: 'the reports of all that was accepted' },
  );
  expect(verdict).toMatchObject(KEPT);
  expect(verdict.unknown).toBe(PEOPLE - verdict.told);
  expect(verdict.unknown).toBeLessThanOrEqual(CONNECTIONS);
});

/** What a benchmark's `held` demands: that it is false for each promise that was not kept. */
import { expect, test } from '@jest/globals';
import { isHeld } from '../../bench/balancer.mjs';
import { SUITE } from '../../bench/lib/suite.mjs';
import { judge } from '../../bench/same-second.mjs';

test('of jobs due at the same second: nobody missing, nobody told twice, the last in time', () => {
  const all = { addresses: 100, duplicates: 0 };
  expect(judge(100, all, 4_000)).toEqual({ missing: 0, twice: 0, held: true });
  expect(judge(100, all, 4_001)).toEqual({ missing: 0, twice: 0, held: false });
  expect(judge(100, { ...all, addresses: 97 }, 100)).toEqual({ missing: 3, twice: 0, held: false });
  expect(judge(100, { ...all, duplicates: 2 }, 100)).toEqual({ missing: 0, twice: 2, held: false });
  expect(judge(100, { ...all, addresses: 0 }, null)).toEqual({ missing: 100, twice: 0, held: false });
});

test('of the balancer: followed both ways, few refused, and what is wanted of the senders', () => {
  const phase = { afterSeconds: 30, refusedPercent: 1.99 };
  const followed = ['full', 'cut', 'restored'].map((name) => ({ ...phase, name }));
  const senders = [450, 900, 1_800].map((wanted) => ({ perSecond: wanted, wanted }));
  expect(isHeld({ followed, senders })).toBe(true);
  const withPhase = (n: number, change: Record<string, unknown>) =>
    isHeld({ followed: followed.map((one, index) => (index === n ? { ...one, ...change } : one)), senders });
  for (const n of [1, 2]) {
    expect(withPhase(n, { afterSeconds: 31 })).toBe(false);
    expect(withPhase(n, { afterSeconds: null })).toBe(false);
  }
  for (const n of [0, 1, 2]) expect(withPhase(n, { refusedPercent: 2 })).toBe(false);
  for (const n of [0, 1, 2])
    expect(
      isHeld({ followed, senders: senders.map((one, index) => (index === n ? { ...one, perSecond: 449 } : one)) }),
    ).toBe(false);
});

test('of the API: a rate that was not held counts as none', () => {
  const [goal] = SUITE.api.goals;
  expect(goal?.of({ held: true, requestsPerSecond: 2_000 })).toBe(2_000);
  expect(goal?.of({ held: false, requestsPerSecond: 100 })).toBe(0);
});

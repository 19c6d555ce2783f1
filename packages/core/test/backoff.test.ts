import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { pairRetryDelayMs, retryDelayMs, roundUpToSecond } from '../src/index.ts';

const policies = fc.record({
  attempt: fc.integer({ min: 1, max: 2000 }),
  initialMs: fc.integer({ min: 0, max: 3_600_000 }),
  factor: fc.double({ min: 1, max: 10, noNaN: true }),
  maxMs: fc.integer({ min: 0, max: 86_400_000 }),
  jitter: fc.double({ min: 0, max: 1, noNaN: true }),
});
const randoms = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('retryDelayMs', () => {
  test('doubles from the initial wait up to the cap when there is no jitter', () => {
    const waits = [1, 2, 3, 4, 5, 6].map((attempt) =>
      retryDelayMs({ attempt, initialMs: 5000, factor: 2, maxMs: 60_000, jitter: 0 }, () => 0.7),
    );
    expect(waits).toEqual([5000, 10_000, 20_000, 40_000, 60_000, 60_000]);
  });

  test('takes off up to the share that jitter says', () => {
    const policy = { attempt: 1, initialMs: 10_000, factor: 2, maxMs: 60_000, jitter: 0.4 };
    expect(retryDelayMs(policy, () => 0)).toBe(10_000);
    expect(retryDelayMs(policy, () => 0.5)).toBe(8000);
  });

  test('is a whole number between zero and the cap, whatever the policy', () => {
    fc.assert(
      fc.property(policies, randoms, (policy, random) => {
        const delay = retryDelayMs(policy, () => random);
        expect(Number.isSafeInteger(delay)).toBe(true);
        expect(delay).toBeGreaterThanOrEqual(0);
        expect(delay).toBeLessThanOrEqual(policy.maxMs);
      }),
    );
  });

  test('never gets shorter with another attempt, the same chance given', () => {
    fc.assert(
      fc.property(policies, randoms, (policy, random) => {
        const next = { ...policy, attempt: policy.attempt + 1 };
        expect(retryDelayMs(next, () => random)).toBeGreaterThanOrEqual(retryDelayMs(policy, () => random));
      }),
    );
  });

  test('never returns before Retry-After, and only later when the policy says so', () => {
    fc.assert(
      fc.property(policies, randoms, fc.integer({ min: 1, max: 1e9 }), (policy, random, retryAfterMs) => {
        const own = retryDelayMs(policy, () => random);
        expect(retryDelayMs(policy, () => random, retryAfterMs)).toBe(Math.max(own, retryAfterMs));
      }),
    );
  });

  test('ignores a Retry-After that is no positive number', () => {
    const policy = { attempt: 1, initialMs: 1000, factor: 2, maxMs: 60_000, jitter: 0 };
    for (const nonsense of [Number.NaN, -5, 0, Number.POSITIVE_INFINITY]) {
      expect(retryDelayMs(policy, () => 0, nonsense)).toBe(1000);
    }
  });

  test.each([{ attempt: 0 }, { factor: 0.5 }, { initialMs: -1 }, { jitter: 1.1 }, { maxMs: Number.NaN }])(
    'refuses a policy with %j',
    (fault) => {
      const policy = { attempt: 1, initialMs: 1000, factor: 2, maxMs: 60_000, jitter: 0, ...fault };
      expect(() => retryDelayMs(policy, () => 0)).toThrow(RangeError);
    },
  );
});

test('pairRetryDelayMs waits 1, 4, 16 ... seconds and at most an hour', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 8, 5000].map(pairRetryDelayMs)).toEqual([
    1000, 4000, 16_000, 64_000, 256_000, 1_024_000, 3_600_000, 3_600_000, 3_600_000,
  ]);
});

test('roundUpToSecond gives the first whole second that is not earlier', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_000_000_000_000 }), (instant) => {
      const rounded = roundUpToSecond(instant);
      expect(rounded % 1000).toBe(0);
      expect(rounded - instant).toBeGreaterThanOrEqual(0);
      expect(rounded - instant).toBeLessThan(1000);
    }),
  );
});

import { expect, test } from '@jest/globals';
import { systemClock, systemMonotonic, systemRandom } from '../src/index.ts';

test('the system clock tells milliseconds since 1970', () => {
  const before = Date.now();
  const now = systemClock.now();
  expect(now).toBeGreaterThanOrEqual(before);
  expect(now).toBeLessThanOrEqual(Date.now());
});

test('the monotonic clock does not run backwards', () => {
  const readings = Array.from({ length: 1000 }, () => systemMonotonic.now());
  expect(readings).toEqual([...readings].sort((one, two) => one - two));
});

test('randomness lies in [0, 1)', () => {
  const values = Array.from({ length: 1000 }, () => systemRandom());
  expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
  expect(new Set(values).size).toBeGreaterThan(900);
});

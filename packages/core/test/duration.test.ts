import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseDuration } from '../src/index.ts';

describe('parseDuration', () => {
  test.each([
    [90, 90_000],
    [0, 0],
    [0.5, 500],
    ['PT90S', 90_000],
    ['PT0.25S', 250],
    ['PT1H30M', 5_400_000],
    ['P1DT1S', 86_401_000],
    ['P2W', 1_209_600_000],
    ['PT0S', 0],
  ])('%j is %d ms', (value, ms) => {
    expect(parseDuration(value)).toEqual({ ok: true, ms });
  });

  test('adds its parts', () => {
    const part = fc.integer({ min: 0, max: 1000 });
    fc.assert(
      fc.property(part, part, part, part, (days, hours, minutes, seconds) => {
        expect(parseDuration(`P${days}DT${hours}H${minutes}M${seconds}S`)).toEqual({
          ok: true,
          ms: 1000 * (seconds + 60 * (minutes + 60 * (hours + 24 * days))),
        });
      }),
    );
  });

  test.each([
    ['', 'format'],
    ['P', 'format'],
    ['PT', 'format'],
    ['P1DT', 'format'],
    ['90', 'format'],
    ['-PT5S', 'format'],
    ['PT-5S', 'format'],
    ['PT1.5H', 'format'],
    ['pt5s', 'format'],
    ['PT5S ', 'format'],
    [-1, 'format'],
    [Number.NaN, 'format'],
    [Number.POSITIVE_INFINITY, 'format'],
    ['P1M', 'calendar_unit'],
    ['P1Y', 'calendar_unit'],
    ['P1Y2DT3H', 'calendar_unit'],
    ['P999999999W', 'too_long'],
    [1e12, 'too_long'],
  ])('refuses %j as %s', (value, reason) => {
    expect(parseDuration(value)).toEqual({ ok: false, reason });
  });
});

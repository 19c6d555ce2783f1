import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { afterQuietHours, parseQuietHours, type QuietHours, wallTimeAt } from '../src/index.ts';

const NIGHT: QuietHours = { from: '22:00', to: '07:00' };
const LUNCH: QuietHours = { from: '12:00', to: '13:30' };

describe('parseQuietHours', () => {
  test.each([
    ['22:00', '07:00'],
    ['00:00', '23:59'],
  ])('%s to %s', (from, to) => {
    expect(parseQuietHours(from, to)).toEqual({ ok: true, quietHours: { from, to } });
  });

  test.each([
    ['22:00', '22:00', 'equal'],
    ['24:00', '07:00', 'format'],
    ['22:00', '7:00', 'format'],
    ['22:60', '07:00', 'format'],
    ['22:00:00', '07:00', 'format'],
    ['', '', 'format'],
    ['22:00', '07:00\n', 'format'],
  ])('%j to %j is refused: %s', (from, to, reason) => {
    expect(parseQuietHours(from, to)).toEqual({ ok: false, reason });
  });
});

describe('afterQuietHours', () => {
  test.each([
    ['midday', '2026-06-01T12:00:00Z', 'Europe/Berlin', NIGHT, '2026-06-01T12:00:00Z'],
    ['evening', '2026-06-01T20:30:00Z', 'Europe/Berlin', NIGHT, '2026-06-02T05:00:00Z'],
    ['morning', '2026-06-02T01:00:00Z', 'Europe/Berlin', NIGHT, '2026-06-02T05:00:00Z'],
    ['the first quiet millisecond', '2026-06-01T20:00:00.000Z', 'Europe/Berlin', NIGHT, '2026-06-02T05:00:00Z'],
    ['the last one before', '2026-06-01T19:59:59.999Z', 'Europe/Berlin', NIGHT, '2026-06-01T19:59:59.999Z'],
    ['the last quiet millisecond', '2026-06-02T04:59:59.999Z', 'Europe/Berlin', NIGHT, '2026-06-02T05:00:00Z'],
    ['the first one after', '2026-06-02T05:00:00Z', 'Europe/Berlin', NIGHT, '2026-06-02T05:00:00Z'],
    ['the last day of a year', '2026-12-31T23:00:00Z', 'UTC', NIGHT, '2027-01-01T07:00:00Z'],
    ['within a day', '2026-06-01T12:10:00Z', 'UTC', LUNCH, '2026-06-01T13:30:00Z'],
    ['outside, within a day', '2026-06-01T22:10:00Z', 'UTC', LUNCH, '2026-06-01T22:10:00Z'],
    ['until midnight', '2026-06-01T22:10:00Z', 'UTC', { from: '20:00', to: '00:00' }, '2026-06-02T00:00:00Z'],
    ['a night of 8 hours', '2026-03-28T22:30:00Z', 'Europe/Berlin', NIGHT, '2026-03-29T05:00:00Z'],
    ['a night of 10 hours', '2026-10-24T20:30:00Z', 'Europe/Berlin', NIGHT, '2026-10-25T06:00:00Z'],
    // In Berlin 02:30 does not exist on 29 March 2026: quiet ends as the clocks jump to 03:00, at 01:00Z.
    [
      'an end that is skipped',
      '2026-03-29T00:15:00Z',
      'Europe/Berlin',
      { from: '22:00', to: '02:30' },
      '2026-03-29T01:00:00Z',
    ],
    // On 25 October 2026 it comes twice, at 00:30Z and 01:30Z.
    [
      'an end that comes twice',
      '2026-10-24T22:00:00Z',
      'Europe/Berlin',
      { from: '22:00', to: '02:30' },
      '2026-10-25T00:30:00Z',
    ],
    [
      'between its two comings',
      '2026-10-25T00:45:00Z',
      'Europe/Berlin',
      { from: '22:00', to: '02:30' },
      '2026-10-25T00:45:00Z',
    ],
    ['the hour again', '2026-10-25T01:10:00Z', 'Europe/Berlin', { from: '22:00', to: '02:30' }, '2026-10-25T01:30:00Z'],
    // Santiago puts midnight back to 23:00.
    [
      'midnight put off',
      '2026-04-05T02:30:00Z',
      'America/Santiago',
      { from: '22:00', to: '00:00' },
      '2026-04-05T04:00:00Z',
    ],
    // On 8 May 2011 as well, at 03:00Z: the clock then shows a time before quiet hours, for a minute.
    [
      'set back to before quiet hours',
      '2011-05-08T02:59:59.999Z',
      'America/Santiago',
      { from: '23:01', to: '00:00' },
      '2011-05-08T03:00:00Z',
    ],
    [
      'set back to before quiet hours, from long before',
      '2026-10-25T00:40:00Z',
      'Europe/Berlin',
      { from: '02:20', to: '07:00' },
      '2026-10-25T01:00:00Z',
    ],
    // Apia went from 29 to 31 December 2011 at midnight.
    ['a day left out', '2011-12-30T09:00:00Z', 'Pacific/Apia', NIGHT, '2011-12-30T17:00:00Z'],
  ])('%s', (_, instant, zone, quietHours, expected) => {
    const result = afterQuietHours(Date.parse(instant), zone, quietHours);
    expect(new Date(result).toISOString()).toBe(new Date(expected).toISOString());
  });

  test('throws for an unknown zone and for hours that are none', () => {
    expect(() => afterQuietHours(0, 'Mars/Olympus', NIGHT)).toThrow(RangeError);
    expect(() => afterQuietHours(0, 'UTC', { from: '22:00', to: '22:00' })).toThrow(RangeError);
  });
});

describe('properties', () => {
  const zones = [
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'America/Santiago',
    'Asia/Kathmandu',
    'Pacific/Apia',
  ];
  const minute = fc.integer({ min: 0, max: 1_439 });
  const time = (value: number) =>
    `${String(Math.floor(value / 60)).padStart(2, '0')}:${String(value % 60).padStart(2, '0')}`;
  const hours = fc
    .tuple(minute, minute)
    .filter(([from, to]) => from !== to)
    .map(([from, to]) => ({ from: time(from), to: time(to) }));

  /** A clock change of the zone near a moment of 2011 to 2030, or that moment. */
  function near(zone: string, epochMs: number): number {
    const next = Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(zone).getTimeZoneTransition('next');
    return next === null || next.epochMilliseconds > Date.UTC(2035, 0) ? epochMs : next.epochMilliseconds;
  }

  /** What the clock shows, by another implementation of the calendar. */
  function isQuiet(epochMs: number, zone: string, { from, to }: QuietHours): boolean {
    const shown = Temporal.Instant.fromEpochMilliseconds(epochMs)
      .toZonedDateTimeISO(zone)
      .toPlainTime()
      .toString()
      .slice(0, 5);
    return from < to ? from <= shown && shown < to : shown >= from || shown < to;
  }

  const question = fc
    .record({
      zone: fc.constantFrom(...zones),
      base: fc.integer({ min: Date.UTC(2011, 0), max: Date.UTC(2030, 0) }),
      atChange: fc.boolean(),
      offset: fc.integer({ min: -30 * 3_600_000, max: 30 * 3_600_000 }),
      quietHours: hours,
    })
    .map(({ zone, base, atChange, offset, quietHours }) => ({
      zone,
      instant: (atChange ? near(zone, base) : base) + offset,
      quietHours,
    }));

  test('the answer is the first minute that a walk along the clock finds', () => {
    fc.assert(
      fc.property(question, ({ zone, instant, quietHours }) => {
        let walked = instant;
        while (isQuiet(walked, zone, quietHours)) walked = (Math.floor(walked / 60_000) + 1) * 60_000;
        expect(afterQuietHours(instant, zone, quietHours)).toBe(walked);
      }),
      { numRuns: Number(process.env.RUNS ?? 150) },
    );
  });

  test('never early, never quiet, and asked again the same', () => {
    fc.assert(
      fc.property(question, ({ zone, instant, quietHours }) => {
        const result = afterQuietHours(instant, zone, quietHours);
        expect(result).toBeGreaterThanOrEqual(instant);
        expect(isQuiet(result, zone, quietHours)).toBe(false);
        expect(afterQuietHours(result, zone, quietHours)).toBe(result);
      }),
      { numRuns: 1_000 },
    );
  });

  test('wallTimeAt agrees with another implementation', () => {
    fc.assert(
      fc.property(question, ({ zone, instant }) => {
        const { year, month, day, hour, minute, second } =
          Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
        expect(wallTimeAt(instant, zone)).toEqual({ year, month, day, hour, minute, second });
      }),
      { numRuns: 1_000 },
    );
  });
});

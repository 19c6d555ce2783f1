/** Moments of civil days, how late is too late, and which days a stretch of time touches; compared with another calendar. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import {
  catchEnd,
  catchReachMs,
  civilDaysTouching,
  type DailyTime,
  dayMoment,
  type Lateness,
  latenessEnd,
} from '../src/index.ts';

const HOUR_MS = 3_600_000;
const zones = fc.constantFrom(
  'Pacific/Kiritimati',
  'Pacific/Auckland',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Europe/Berlin',
  'Africa/Casablanca',
  'Antarctica/Troll',
  'America/St_Johns',
  'America/Havana',
  'America/New_York',
  'Pacific/Honolulu',
  'Etc/GMT+12',
);
const days = fc
  .integer({ min: 0, max: 36 * 365 })
  .map((add) => Temporal.PlainDate.from('2002-01-01').add({ days: add }).toString());
const two = (part: number) => part.toString().padStart(2, '0');
const times = fc.record({
  at: fc.tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 15, 30, 59)).map(([h, m]) => `${two(h)}:${two(m)}`),
  gap: fc.constantFrom('later' as const, 'earlier' as const, 'skip' as const),
  repeated: fc.constantFrom('first' as const, 'second' as const),
});

/** The other calendar's answer. */
function byTemporal(day: string, zone: string, time: DailyTime): { epochMs: number; inGap: boolean } {
  const plain = Temporal.PlainDateTime.from(`${day}T${time.at}`);
  const earlier = plain.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const later = plain.toZonedDateTime(zone, { disambiguation: 'later' });
  if (earlier.toPlainDateTime().equals(plain)) {
    return { epochMs: (time.repeated === 'second' ? later : earlier).epochMilliseconds, inGap: false };
  }
  if (time.gap === 'skip') return { epochMs: later.epochMilliseconds, inGap: true };
  return { epochMs: (time.gap === 'earlier' ? earlier : later).epochMilliseconds, inGap: false };
}

test('a day has the moment that the other calendar says, by every rule', () => {
  fc.assert(
    fc.property(days, zones, times, (day, zone, time) => {
      expect(dayMoment(day, zone, time)).toEqual(byTemporal(day, zone, time));
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['Europe/Berlin', '2027-03-28', '02:30'],
  ['America/New_York', '2027-03-14', '02:30'],
  ['Europe/Berlin', '2027-10-31', '02:30'],
])('in %s on %s at %s, where clocks change', (zone, day, at) => {
  for (const gap of ['later', 'earlier', 'skip'] as const) {
    for (const repeated of ['first', 'second'] as const) {
      expect(dayMoment(day, zone, { at, gap, repeated })).toEqual(byTemporal(day, zone, { at, gap, repeated }));
    }
  }
});

test('the days that a stretch of time touches are all those whose moment lies in it, in any zone', () => {
  fc.assert(
    fc.property(days, zones, times, fc.double({ min: -1, max: 1, noNaN: true }), (day, zone, time, place) => {
      const { epochMs } = dayMoment(day, zone, time);
      // A stretch around the moment, which lies at one of its ends or somewhere between.
      const from = epochMs - Math.max(0, place) * 40 * HOUR_MS;
      const to = epochMs + Math.max(0, -place) * 40 * HOUR_MS;
      expect(civilDaysTouching(from, to, time)).toContain(day);
      expect(civilDaysTouching(from, to, time, zone)).toContain(day);
    }),
  );
});

test('no day is touched whose first moment is over, or whose last has not come', () => {
  const time: DailyTime = { at: '09:00', gap: 'later', repeated: 'first' };
  const now = Date.UTC(2027, 4, 10, 12);
  expect(civilDaysTouching(now, now + 36 * HOUR_MS, time)).toEqual(['2027-05-10', '2027-05-11', '2027-05-12']);
  expect(civilDaysTouching(now, now, time, 'Europe/Berlin')).toEqual([]);
  expect(civilDaysTouching(now - 12 * HOUR_MS, now, time, 'Europe/Berlin')).toEqual(['2027-05-10']);
});

describe('lateness', () => {
  const day = '2027-05-10';
  const dueAt = Date.parse('2027-05-10T07:00:00Z');
  test.each<[Lateness, string | null, string]>([
    [{ action: 'send' }, null, '2027-05-10T22:00:00.000Z'],
    [{ action: 'skip' }, '2027-05-10T07:05:00.000Z', '2027-05-10T07:05:00.000Z'],
    [{ action: 'within', ms: 2 * HOUR_MS }, '2027-05-10T09:00:00.000Z', '2027-05-10T09:00:00.000Z'],
    [{ action: 'until', at: '20:00' }, '2027-05-10T18:00:00.000Z', '2027-05-10T18:00:00.000Z'],
  ])('%j', (lateness, end, caught) => {
    const ended = latenessEnd(lateness, dueAt, day, 'Europe/Berlin');
    expect(ended === null ? null : new Date(ended).toISOString()).toBe(end);
    expect(new Date(catchEnd(lateness, dueAt, day, 'Europe/Berlin')).toISOString()).toBe(caught);
  });

  test('who may still be caught lies within the reach', () => {
    const rules = fc.constantFrom<Lateness>(
      { action: 'send' },
      { action: 'skip' },
      { action: 'within', ms: 90 * 60_000 },
      { action: 'until', at: '23:59' },
    );
    fc.assert(
      fc.property(days, zones, times, rules, (civilDay, zone, time, lateness) => {
        const { epochMs } = dayMoment(civilDay, zone, time);
        expect(catchEnd(lateness, epochMs, civilDay, zone) - epochMs).toBeLessThanOrEqual(catchReachMs(lateness));
      }),
    );
  });
});

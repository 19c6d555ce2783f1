import { describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import {
  earliestInstantOf,
  type GapRule,
  INSTANT_LIMIT_MS,
  isZone,
  latestInstantOf,
  parseInstant,
  parseWallTime,
  resolveWallTime,
  type WallTime,
} from '../src/index.ts';

/** Zones with daylight saving in both hemispheres, by half an hour, around Ramadan, with odd offsets, and with none. */
const ZONES = [
  'Africa/Cairo',
  'Africa/Casablanca',
  'Africa/El_Aaiun',
  'Africa/Johannesburg',
  'Africa/Lagos',
  'America/Anchorage',
  'America/Asuncion',
  'America/Bogota',
  'America/Caracas',
  'America/Chicago',
  'America/Havana',
  'America/Los_Angeles',
  'America/Mexico_City',
  'America/New_York',
  'America/Nuuk',
  'America/Phoenix',
  'America/Santiago',
  'America/Sao_Paulo',
  'America/St_Johns',
  'Antarctica/Troll',
  'Asia/Amman',
  'Asia/Beirut',
  'Asia/Dubai',
  'Asia/Gaza',
  'Asia/Jerusalem',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Asia/Pyongyang',
  'Asia/Tehran',
  'Asia/Tokyo',
  'Atlantic/Azores',
  'Australia/Adelaide',
  'Australia/Eucla',
  'Australia/Lord_Howe',
  'Australia/Sydney',
  'Europe/Berlin',
  'Europe/Dublin',
  'Europe/Istanbul',
  'Europe/London',
  'Europe/Moscow',
  'Pacific/Apia',
  'Pacific/Auckland',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
  'Pacific/Norfolk',
  'UTC',
];

const pad = (value: number, length = 2) => String(value).padStart(length, '0');
const textOf = (wall: WallTime) =>
  `${pad(wall.year, 4)}-${pad(wall.month)}-${pad(wall.day)}T${pad(wall.hour)}:${pad(wall.minute)}:${pad(wall.second)}`;
const utc = (epochMs: number) => new Date(epochMs).toISOString();

/** What the other implementation of the calendar says, in our words. */
function byTemporal(wallTime: string, zone: string, gap: GapRule, repeated: 'first' | 'second') {
  const plain = Temporal.PlainDateTime.from(wallTime);
  const earlier = plain.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const later = plain.toZonedDateTime(zone, { disambiguation: 'later' });
  if (earlier.epochMilliseconds === later.epochMilliseconds) {
    return { kind: 'instant', epochMs: earlier.epochMilliseconds };
  }
  if (earlier.toPlainDateTime().equals(plain)) {
    return {
      kind: 'instant',
      epochMs: (repeated === 'second' ? later : earlier).epochMilliseconds,
      note: 'repeated',
    };
  }
  if (gap === 'skip') return { kind: 'skipped', reason: 'gap' };
  return { kind: 'instant', epochMs: (gap === 'earlier' ? earlier : later).epochMilliseconds, note: 'gap' };
}

/** The changes of a zone's clocks in a year range, as the wall time just before each. */
function changesOf(zone: string, fromYear: number, untilYear: number): Temporal.PlainDateTime[] {
  const changes: Temporal.PlainDateTime[] = [];
  let at = Temporal.ZonedDateTime.from({ year: fromYear, month: 1, day: 1, timeZone: zone });
  for (;;) {
    const next = at.getTimeZoneTransition('next');
    if (next === null || next.year >= untilYear) return changes;
    changes.push(next.subtract({ seconds: 1 }).toPlainDateTime(), next.toPlainDateTime());
    at = next;
  }
}

const rules = fc.record({
  gap: fc.constantFrom<GapRule>('later', 'earlier', 'skip'),
  repeated: fc.constantFrom<'first' | 'second'>('first', 'second'),
});

describe('resolveWallTime', () => {
  test.each([
    // New York, clocks forward at 02:00 on 2026-03-08 and back at 02:00 on 2026-11-01.
    ['America/New_York', '2026-03-08T01:59', {}, '2026-03-08T06:59:00.000Z', undefined],
    ['America/New_York', '2026-03-08T02:30', {}, '2026-03-08T07:30:00.000Z', 'gap'],
    ['America/New_York', '2026-03-08T02:30', { gap: 'earlier' }, '2026-03-08T06:30:00.000Z', 'gap'],
    ['America/New_York', '2026-03-08T03:00', {}, '2026-03-08T07:00:00.000Z', undefined],
    ['America/New_York', '2026-11-01T01:30', {}, '2026-11-01T05:30:00.000Z', 'repeated'],
    ['America/New_York', '2026-11-01T01:30', { repeated: 'second' }, '2026-11-01T06:30:00.000Z', 'repeated'],
    ['Asia/Kathmandu', '2026-11-21T09:00', {}, '2026-11-21T03:15:00.000Z', undefined],
    ['Pacific/Chatham', '2026-11-21T09:00', {}, '2026-11-20T19:15:00.000Z', undefined],
    // Lord Howe moves its clocks by half an hour.
    ['Australia/Lord_Howe', '2026-10-04T02:10', {}, '2026-10-03T15:40:00.000Z', 'gap'],
    // Apia left out the whole of 2011-12-30.
    ['Pacific/Apia', '2011-12-30T12:00', {}, '2011-12-30T22:00:00.000Z', 'gap'],
  ] as const)('%s %s %j is %s', (zone, wallTime, chosen, instant, note) => {
    const result = resolveWallTime({ zone, wallTime, ...chosen });
    expect(result).toEqual({ kind: 'instant', epochMs: Date.parse(instant), ...(note ? { note } : {}) });
  });

  test('leaves a wall time in a gap out where the rule says so', () => {
    expect(resolveWallTime({ zone: 'Europe/Berlin', wallTime: '2026-03-29T02:30', gap: 'skip' })).toEqual({
      kind: 'skipped',
      reason: 'gap',
    });
  });

  test('agrees with the other implementation around every change of every zone, to the minute and to the second', () => {
    const kinds = new Map<string, number>();
    for (const zone of ZONES) {
      for (const change of changesOf(zone, 2024, 2028)) {
        for (const seconds of [-7201, -3600, -1800, -1, 0, 1, 899, 1799, 1800, 3599, 3600, 7200]) {
          const wallTime = change.add({ seconds }).toString({ smallestUnit: 'second' });
          for (const gap of ['later', 'earlier', 'skip'] as const) {
            for (const repeated of ['first', 'second'] as const) {
              const ours = resolveWallTime({ wallTime, zone, gap, repeated });
              expect({ zone, wallTime, gap, repeated, ...ours }).toEqual({
                zone,
                wallTime,
                gap,
                repeated,
                ...byTemporal(wallTime, zone, gap, repeated),
              });
              const kind = ours.kind === 'instant' ? (ours.note ?? 'plain') : 'skipped';
              kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
            }
          }
        }
      }
    }
    // The walk would prove nothing if it never met both kinds of change.
    for (const kind of ['plain', 'gap', 'repeated', 'skipped']) expect(kinds.get(kind)).toBeGreaterThan(100);
  });

  test('agrees with the other implementation at any time in any zone', () => {
    const wallTimes = fc.date({
      min: new Date('2000-01-02T00:00:00Z'),
      max: new Date('2039-09-06T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), wallTimes, rules, (zone, date, { gap, repeated }) => {
        const wallTime = date.toISOString().slice(0, 19);
        expect(resolveWallTime({ wallTime, zone, gap, repeated })).toEqual(byTemporal(wallTime, zone, gap, repeated));
      }),
      { numRuns: 2000 },
    );
  });

  test('lies between the earliest and the latest instant of that wall time anywhere', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        fc.date({ min: new Date('2001-01-01'), max: new Date('2038-01-01'), noInvalidDate: true }),
        rules,
        (zone, date, chosen) => {
          const wallTime = date.toISOString().slice(0, 19);
          const parsed = parseWallTime(wallTime);
          const resolved = resolveWallTime({ wallTime, zone, ...chosen });
          if (!parsed.ok) throw new Error(`not read: ${wallTime}`);
          if (resolved.kind === 'skipped') return;
          expect(resolved.epochMs).toBeGreaterThanOrEqual(earliestInstantOf(parsed.wallTime));
          expect(resolved.epochMs).toBeLessThanOrEqual(latestInstantOf(parsed.wallTime));
        },
      ),
    );
  });

  test('makes what knows a zone once, for every zone there is', () => {
    const zones = Intl.supportedValuesOf('timeZone');
    const resolveAll = () => zones.map((zone) => resolveWallTime({ zone, wallTime: '2026-11-21T09:00' }));
    resolveAll();
    expect(zones.length).toBeGreaterThan(400);
    const made = jest.spyOn(Intl, 'DateTimeFormat');
    try {
      resolveAll();
      expect(made).not.toHaveBeenCalled();
    } finally {
      made.mockRestore();
    }
  });

  test('throws for what should have been refused at the border', () => {
    expect(() => resolveWallTime({ wallTime: '2026-11-21', zone: 'UTC' })).toThrow(RangeError);
    expect(() => resolveWallTime({ wallTime: '2026-11-21T09:00', zone: 'Mars/Olympus' })).toThrow(RangeError);
  });
});

test('isZone knows the names of the zone database, in any case, and nothing else', () => {
  for (const zone of [...ZONES, 'Asia/Calcutta', 'US/Pacific', 'Etc/GMT+5', 'europe/berlin']) {
    expect([zone, isZone(zone)]).toEqual([zone, true]);
  }
  for (const name of [
    '',
    '+02:00',
    'Z',
    'Europe/',
    'Europe/Atlantis',
    'UTC ',
    ' UTC',
    'UTC\n',
    'a'.repeat(1000),
    '__proto__',
  ]) {
    expect([name, isZone(name)]).toEqual([name, false]);
  }
});

describe('parseWallTime', () => {
  test('reads what it would write', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2000-01-01'), max: new Date('2039-09-06'), noInvalidDate: true }),
        (date) => {
          const text = date.toISOString().slice(0, 19);
          const result = parseWallTime(text);
          expect(result.ok && textOf(result.wallTime)).toBe(text);
        },
      ),
    );
    expect(parseWallTime('2026-11-21T09:00')).toEqual({
      ok: true,
      wallTime: { year: 2026, month: 11, day: 21, hour: 9, minute: 0, second: 0 },
    });
  });

  test.each([
    ['', 'format'],
    ['2026-11-21', 'format'],
    ['2026-11-21 09:00', 'format'],
    ['2026-11-21T09:00Z', 'format'],
    ['2026-11-21T09:00+01:00', 'format'],
    ['2026-11-21T9:00', 'format'],
    ['2026-11-21T09:00:00.5', 'format'],
    ['2026-11-21T09:00\n', 'format'],
    ['+002026-11-21T09:00', 'format'],
    ['2026-02-29T09:00', 'date'],
    ['2026-04-31T09:00', 'date'],
    ['2026-00-10T09:00', 'date'],
    ['2026-13-10T09:00', 'date'],
    ['2026-11-21T24:00', 'date'],
    ['2026-11-21T09:60', 'date'],
    ['2026-11-21T09:00:60', 'date'],
    ['0026-11-21T09:00', 'too_early'],
    ['1999-12-31T23:59', 'too_early'],
    ['2039-09-08T00:00', 'too_late'],
    ['2040-01-01T00:00', 'too_late'],
  ])('refuses %j as %s', (text, reason) => {
    expect(parseWallTime(text)).toEqual({ ok: false, reason });
  });
});

describe('parseInstant', () => {
  test('reads every instant with any offset', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(2000, 0, 2), max: INSTANT_LIMIT_MS - 1 }),
        fc.integer({ min: -12 * 60, max: 14 * 60 }),
        (epochMs, minutes) => {
          const offset = `${minutes < 0 ? '-' : '+'}${pad(Math.trunc(Math.abs(minutes) / 60))}:${pad(Math.abs(minutes) % 60)}`;
          expect(parseInstant(utc(epochMs + minutes * 60_000).replace('Z', offset))).toEqual({ ok: true, epochMs });
          expect(parseInstant(utc(epochMs))).toEqual({ ok: true, epochMs });
        },
      ),
    );
  });

  test('rounds what is finer than a millisecond up, so that nothing is early', () => {
    expect(parseInstant('2026-11-21T09:00:00.000000001Z')).toEqual({
      ok: true,
      epochMs: Date.parse('2026-11-21T09:00:00.001Z'),
    });
  });

  test('accepts up to the instant from which BullMQ can no longer tell milliseconds apart', () => {
    expect(utc(INSTANT_LIMIT_MS)).toBe('2039-09-07T15:47:35.552Z');
    expect(Number.isSafeInteger((INSTANT_LIMIT_MS - 1) * 4096 + 4095)).toBe(true);
    expect(parseInstant('2039-09-07T15:47:35.551Z').ok).toBe(true);
    expect(parseInstant('2039-09-07T15:47:35.552Z')).toEqual({ ok: false, reason: 'too_late' });
  });

  test.each([
    ['NaN', 'format'],
    ['2026-11-21T09:00', 'format'],
    ['2026-11-21T09:00:00', 'format'],
    ['2026-11-21', 'format'],
    ['1795251600000', 'format'],
    ['Sat, 21 Nov 2026 09:00:00 GMT', 'format'],
    ['2026-11-21T09:00+0100', 'format'],
    ['2026-11-21T09:00+14:01', 'format'],
    ['2026-11-21T09:00-12:01', 'format'],
    ['2026-11-21T09:00+01:60', 'format'],
    ['2026-11-21T09:00Z ', 'format'],
    ['2026-02-30T09:00Z', 'date'],
    ['2026-11-21T23:59:60Z', 'date'],
    ['1999-12-31T23:59:59Z', 'too_early'],
    ['2040-01-01T00:00Z', 'too_late'],
    ['9999-12-31T23:59:59Z', 'too_late'],
  ])('refuses %j as %s', (text, reason) => {
    expect(parseInstant(text)).toEqual({ ok: false, reason });
  });
});

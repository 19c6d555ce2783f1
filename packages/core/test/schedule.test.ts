/** When a job comes again: expressions read, moments found, clocks that change, bounds, and what is refused. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { nextOccurrences, parseCron, parseInterval, type Schedule } from '../src/index.ts';
import { expectAgreement, ownOccurrences } from './scheduleAgreement.ts';
import { cronCases } from './scheduleOracle.ts';

const at = (text: string) => Date.parse(text);
const iso = (instants: readonly number[]) => instants.map((instant) => new Date(instant).toISOString());
const cron = (
  expression: string,
  zone = 'UTC',
  rules: Partial<Extract<Schedule, { type: 'cron' }>> = {},
): Schedule => ({
  type: 'cron',
  expression,
  zone,
  gap: 'later',
  repeated: 'first',
  ...rules,
});

test('a part of the pairs of expression and zone is as others tell it', () => {
  for (const one of cronCases(37)) expectAgreement(one, at('2026-01-01T00:00Z'), at('2028-01-01T00:00Z'), 200);
});

describe('expressions', () => {
  test.each([
    ['0 0 30 2 *', 'never'],
    ['0 0 31 4,6,9,11 *', 'never'],
    ['0 0 29 2 *', '2028-02-29T00:00:00.000Z'],
    ['0 0 L-2 2 *', '2027-02-26T00:00:00.000Z'],
    ['0 0 * * FRI#L', '2026-12-25T00:00:00.000Z'],
    ['0 0 * * fri-sun', '2026-12-04T00:00:00.000Z'],
    ['0 0 * * 7', '2026-12-06T00:00:00.000Z'],
    ['0 0 */10 * MON', '2026-12-21T00:00:00.000Z'],
    ['0 0 1 * MON', '2026-12-01T00:00:00.000Z'],
    ['59 59 23 31 DEC ?', '2026-12-31T23:59:59.000Z'],
    ['0 0 29 FEB MON#5', '2028-02-29T00:00:00.000Z'],
  ])('%s first comes true at %s', (expression, expected) => {
    const next = iso(nextOccurrences(cron(expression), at('2026-11-30T00:00Z'), 1));
    expect(next[0] ?? 'never').toBe(expected);
  });

  test.each([
    ['* * * *', 'expression', 'five fields'],
    ['60 * * * *', 'minute', '"60" is no minute: it takes 0 to 59'],
    ['* 24 * * *', 'hour', '0 to 23'],
    ['* * 0 * *', 'dayOfMonth', '1 to 31'],
    ['* * 15W * *', 'dayOfMonth', '"15W"'],
    ['* * L-31 * *', 'dayOfMonth', 'at most 30'],
    ['* * * 13 *', 'month', 'JAN to DEC'],
    ['* * * * 8', 'dayOfWeek', 'SUN to SAT'],
    ['* * * * L', 'dayOfWeek', '5L'],
    ['* * * * 5#6', 'dayOfWeek', '1 to 5'],
    ['*/0 * * * *', 'minute', 'at least 1'],
    ['30-10 * * * *', 'minute', 'ends before it begins'],
    ['? * * * *', 'minute', '"?"'],
    ['1,,2 * * * *', 'minute', 'An empty item'],
    ['* * * * * * *', 'expression', 'six'],
    [`${'1,'.repeat(200)}1 * * * *`, 'expression', 'longer'],
  ])('%s is refused for its %s', (expression, field, words) => {
    expect(parseCron(expression)).toEqual({ ok: false, field, problem: expect.stringContaining(words) });
  });

  test('nothing that comes in makes reading fail, and what is read has moments in order and within its bounds', () => {
    const field = fc.oneof(
      fc.constantFrom(
        '*',
        '*/7',
        '0',
        '1-5',
        '10,20',
        'L',
        '5L',
        '2#3',
        'MON',
        'jan',
        '3/2',
        '?',
        '59',
        '-',
        '1-',
        'é',
      ),
      fc.string({ maxLength: 4 }),
    );
    fc.assert(
      fc.property(
        fc.array(field, { minLength: 4, maxLength: 7 }),
        fc.integer({ min: 0, max: 4e11 }),
        (fields, offset) => {
          const expression = fields.join(' ');
          if (!parseCron(expression).ok) return;
          const after = at('2020-01-01T00:00Z') + offset;
          const bounds = { startsAtMs: after + 86_400_000, endsAtMs: after + 40 * 86_400_000 };
          const found = nextOccurrences(cron(expression, 'Europe/Berlin', { repeated: 'both', ...bounds }), after, 20);
          expect(found).toEqual([...new Set(found)].sort((one, other) => one - other));
          expect(found.every((one) => one >= bounds.startsAtMs && one <= bounds.endsAtMs)).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('the next moments are the same however they are asked for', () => {
    fc.assert(
      fc.property(fc.constantFrom(...cronCases(7)), fc.integer({ min: 0, max: 3e11 }), (one, offset) => {
        const schedule: Schedule = { type: 'cron', ...one };
        const after = at('2024-01-01T00:00Z') + offset;
        const together = nextOccurrences(schedule, after, 6);
        const single: number[] = [];
        for (let from = after; single.length < 6; ) {
          const [next] = nextOccurrences(schedule, from, 1);
          if (next === undefined) break;
          single.push(next);
          from = next;
        }
        expect(single).toEqual(together);
        // From within the gap between two of them as well.
        const [first, second] = together;
        if (first === undefined || second === undefined) return;
        expect(nextOccurrences(schedule, first + Math.floor((second - first) / 2), 1)).toEqual([second]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('days on which clocks change', () => {
  // Berlin: 28 March 2027 02:00 becomes 03:00, 31 October 2027 03:00 becomes 02:00.
  const day = (expression: string, date: string, rules: object) =>
    iso(
      ownOccurrences(
        cron(expression, 'Europe/Berlin', rules),
        at(`${date}T00:00+01:00`),
        at(`${date}T00:00+01:00`) + 86_400_000,
        100,
      ),
    ).map((text) => text.slice(11, 16));

  test.each([
    ['later', '01:30'],
    ['earlier', '00:30'],
  ] as const)('a wall time that is skipped comes %s', (gap, expected) => {
    expect(day('30 2 * * *', '2027-03-28', { gap })).toEqual([expected]);
  });
  test('or not at all', () => {
    expect(day('30 2 * * *', '2027-03-28', { gap: 'skip' })).toEqual([]);
  });
  test.each([
    ['first', ['00:30']],
    ['second', ['01:30']],
    ['both', ['00:30', '01:30']],
  ] as const)('a wall time that comes twice is told of in the pass %s', (repeated, expected) => {
    expect(day('30 2 * * *', '2027-10-31', { repeated })).toEqual(expected);
  });
  test('what is moved onto another moment comes once', () => {
    expect(day('30 2,3 * * *', '2027-03-28', { gap: 'later' })).toEqual(['01:30']);
  });
  test('every half hour goes on through both passes, and leaves nothing out where clocks go forward', () => {
    expect(day('*/30 * * * *', '2027-10-31', { gap: 'skip', repeated: 'both' })).toHaveLength(48);
    expect(day('*/30 * * * *', '2027-03-28', { gap: 'skip', repeated: 'both' })).toHaveLength(48);
  });
  test('Samoa, which left out a day', () => {
    const apia = (gap: 'later' | 'skip') =>
      iso(
        ownOccurrences(
          cron('0 9 30 12 *', 'Pacific/Apia', { gap }),
          at('2011-12-01T00:00Z'),
          at('2012-01-31T00:00Z'),
          9,
        ),
      );
    expect(apia('later')).toEqual(['2011-12-30T19:00:00.000Z']);
    expect(apia('skip')).toEqual([]);
  });
});

describe('intervals', () => {
  const every = (interval: string | number, anchor: string, more: object = {}): Schedule => ({
    type: 'every',
    interval,
    anchorMs: at(anchor),
    zone: 'Europe/Berlin',
    gap: 'later',
    repeated: 'first',
    ...more,
  });

  test('a month is counted from the anchor, so that the 31st comes back', () => {
    expect(iso(nextOccurrences(every('P1M', '2027-01-31T09:00+01:00'), at('2027-01-31T09:00+01:00'), 4))).toEqual([
      '2027-02-28T08:00:00.000Z',
      '2027-03-31T07:00:00.000Z',
      '2027-04-30T07:00:00.000Z',
      '2027-05-31T07:00:00.000Z',
    ]);
  });

  test('a day keeps its wall time, 24 hours do not', () => {
    const after = at('2027-03-27T09:00+01:00');
    expect(iso(nextOccurrences(every('P1D', '2027-03-27T09:00+01:00'), after, 1))).toEqual([
      '2027-03-28T07:00:00.000Z',
    ]);
    expect(iso(nextOccurrences(every('PT24H', '2027-03-27T09:00+01:00'), after, 1))).toEqual([
      '2027-03-28T08:00:00.000Z',
    ]);
  });

  test('the anchor itself is a moment, and bounds are included', () => {
    const bounded = every(60, '2027-01-01T00:00Z', { endsAtMs: at('2027-01-01T00:02Z') });
    expect(iso(nextOccurrences(bounded, at('2026-12-01T00:00Z'), 9))).toEqual([
      '2027-01-01T00:00:00.000Z',
      '2027-01-01T00:01:00.000Z',
      '2027-01-01T00:02:00.000Z',
    ]);
  });

  test.each([
    [0.5, 'format'],
    [-1, 'format'],
    [0, 'too_short'],
    ['PT0S', 'too_short'],
    ['P', 'format'],
    ['P1DT', 'format'],
    ['1 hour', 'format'],
    ['P11Y', 'too_long'],
  ])('%s is refused: %s', (interval, reason) => {
    expect(parseInterval(interval)).toEqual({ ok: false, reason });
  });

  test('moments are those that Temporal counts', () => {
    const part = (max: number) => fc.integer({ min: 0, max });
    fc.assert(
      fc.property(
        fc.record({ months: part(14), days: part(40), hours: part(30), minutes: part(59) }),
        fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Casablanca', 'UTC'),
        fc.integer({ min: at('2020-01-01T00:00Z') / 1000, max: at('2030-01-01T00:00Z') / 1000 }),
        part(50),
        (parts, zone, anchorSeconds, from) => {
          const duration = Temporal.Duration.from(parts);
          if (duration.blank || parseInterval(duration.toString()).ok === false) return;
          const anchor = Temporal.Instant.fromEpochMilliseconds(anchorSeconds * 1000).toZonedDateTimeISO(zone);
          const nth = (count: number) =>
            anchor.add(
              Temporal.Duration.from({
                months: parts.months * count,
                days: parts.days * count,
                hours: parts.hours * count,
                minutes: parts.minutes * count,
              }),
              // Of the two passes the first, and the gap later, as Temporal does by itself.
            ).epochMilliseconds;
          const expected = [from, from + 1, from + 2].map(nth);
          const schedule = every(duration.toString(), '', { anchorMs: anchorSeconds * 1000, zone });
          const own = nextOccurrences(schedule, (expected[0] as number) - 1, 3);
          expect(own).toEqual(expected.filter((instant) => instant < 2 ** 53 / 4096));
        },
      ),
      { numRuns: 500 },
    );
  });

  test('every second for years is found at once', () => {
    const startedAt = performance.now();
    for (let count = 0; count < 1_000; count += 1) {
      nextOccurrences(every(1, '2000-01-01T00:00Z'), at('2038-01-01T00:00Z') + count, 10);
      nextOccurrences(cron('0 0 30 2 *', 'Europe/Berlin'), at('2026-01-01T00:00Z'), 1);
    }
    // Some 0.1 ms each; stepping by seconds would take minutes.
    expect(performance.now() - startedAt).toBeLessThan(20_000);
  });
});

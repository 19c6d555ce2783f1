/** Civil days, offsets and anniversaries, compared with an independent implementation of the calendar. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import {
  addDays,
  anniversariesAround,
  anniversariesOn,
  anniversaryOf,
  civilDayOf,
  daysBetween,
  formatDayOffset,
  type LeapDayRule,
  parseDayOffset,
} from '../src/index.ts';

const days = fc
  .integer({ min: 0, max: 40 * 365 })
  .map((add) => Temporal.PlainDate.from('2000-01-01').add({ days: add }).toString());
const feb29 = fc.constantFrom<LeapDayRule>('feb28', 'mar1');
const birthdays = fc
  .integer({ min: 0, max: 120 * 365 })
  .map((add) => Temporal.PlainDate.from('1904-01-01').add({ days: add }));
const zones = fc.constantFrom(
  'UTC',
  'Pacific/Kiritimati',
  'Etc/GMT+12',
  'Europe/Berlin',
  'America/St_Johns',
  'Asia/Kathmandu',
);

describe('offsets', () => {
  test.each([
    ['P0D', 0],
    ['-P0D', 0],
    ['P1W', 7],
    ['-P3D', -3],
    ['+P2D', 2],
    ['-P1W2D', -9],
    ['P366D', 366],
  ])('%s are %i days', (text, expected) => {
    expect(parseDayOffset(text)).toEqual({ ok: true, days: expected });
  });

  test.each([
    ['P1M', 'calendar_unit'],
    ['-P1Y', 'calendar_unit'],
    ['P1M2D', 'calendar_unit'],
    ['PT5H', 'time'],
    ['-P1DT1H', 'time'],
    ['PT1M', 'time'],
    ['P367D', 'too_far'],
    ['P53W', 'too_far'],
    ['P', 'format'],
    ['-P', 'format'],
    ['3 days', 'format'],
    ['P-3D', 'format'],
    ['P1.5D', 'format'],
    ['', 'format'],
  ])('%s is refused: %s', (text, reason) => {
    expect(parseDayOffset(text)).toEqual({ ok: false, reason });
  });

  test('are read back as they are written', () => {
    fc.assert(
      fc.property(fc.integer({ min: -366, max: 366 }), (number) => {
        expect(parseDayOffset(formatDayOffset(number))).toEqual({ ok: true, days: number });
      }),
    );
  });

  test('lead to the day that the other calendar says', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: -366, max: 366 }), (day, number) => {
        const expected = Temporal.PlainDate.from(day).add({ days: number }).toString();
        expect(addDays(day, number)).toBe(expected);
        expect(daysBetween(day, expected)).toBe(number);
      }),
    );
  });
});

describe('anniversaries', () => {
  /** The other calendar's anniversary in a year: it takes 29 February to 28 February by itself. */
  const inYear = (birthday: Temporal.PlainDate, year: number, rule: LeapDayRule): string => {
    const day = birthday.with({ year }, { overflow: 'constrain' });
    return (birthday.day === 29 && day.day === 28 && rule === 'mar1' ? day.add({ days: 1 }) : day).toString();
  };

  test('a birthday is told of on one day of every year, and on no other', () => {
    fc.assert(
      fc.property(birthdays, fc.integer({ min: 2001, max: 2038 }), feb29, (birthday, year, rule) => {
        const own = anniversaryOf(birthday.toString());
        const day = inYear(birthday, year, rule);
        expect(anniversariesOn(day, rule)).toContain(own);
        for (const other of [-366, -365, -2, -1, 1, 2, 365, 366].map((add) => addDays(day, add))) {
          const isOwnDay = other === inYear(birthday, Number(other.slice(0, 4)), rule);
          expect(anniversariesOn(other, rule).includes(own)).toBe(isOwnDay);
        }
      }),
    );
  });

  test('29 February comes on the day before or after it in years without one', () => {
    expect(anniversariesOn('2027-02-28', 'feb28')).toEqual(['--02-28', '--02-29']);
    expect(anniversariesOn('2027-02-28', 'mar1')).toEqual(['--02-28']);
    expect(anniversariesOn('2027-03-01', 'mar1')).toEqual(['--03-01', '--02-29']);
    expect(anniversariesOn('2028-02-28', 'feb28')).toEqual(['--02-28']);
    expect(anniversariesOn('2028-02-29', 'feb28')).toEqual(['--02-29']);
    expect(anniversariesOn('2028-03-01', 'mar1')).toEqual(['--03-01']);
  });

  test('an instant whose day in a zone is told of has an anniversary in UTC that is looked for', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(2000, 0, 2), max: Date.UTC(2038, 11, 30) }),
        zones,
        fc.integer({ min: 2001, max: 2038 }),
        feb29,
        (epochMs, zone, year, rule) => {
          const local = Temporal.PlainDate.from(civilDayOf(epochMs, zone));
          const looked = anniversariesAround(anniversariesOn(inYear(local, year, rule), rule));
          expect(looked).toContain(anniversaryOf(civilDayOf(epochMs, 'UTC')));
          expect(looked.length).toBeLessThanOrEqual(5);
        },
      ),
    );
  });

  test('the civil day of an instant is the one of the other calendar', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(2000, 0, 2), max: Date.UTC(2038, 11, 30) }), zones, (epochMs, zone) => {
        const expected = Temporal.Instant.fromEpochMilliseconds(epochMs)
          .toZonedDateTimeISO(zone)
          .toPlainDate()
          .toString();
        expect(civilDayOf(epochMs, zone)).toBe(expected);
      }),
    );
  });
});

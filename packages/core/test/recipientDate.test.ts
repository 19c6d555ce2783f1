import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { EARLIEST_INSTANT_MS, INSTANT_LIMIT_MS, isDateName, parseRecipientDate } from '../src/index.ts';

const pad = (value: number, length = 2) => String(value).padStart(length, '0');

/** What the other implementation of the calendar says of a day. */
function isDay(text: string): boolean {
  try {
    Temporal.PlainDate.from(text, { overflow: 'reject' });
    return true;
  } catch {
    return false;
  }
}

describe('parseRecipientDate', () => {
  test.each([
    ['1990-03-10', { value: '1990-03-10', anniversary: '--03-10', onDay: '1990-03-10', at: null }],
    ['--03-10', { value: '--03-10', anniversary: '--03-10', onDay: null, at: null }],
    ['--02-29', { value: '--02-29', anniversary: '--02-29', onDay: null, at: null }],
    ['2000-02-29', { value: '2000-02-29', anniversary: '--02-29', onDay: '2000-02-29', at: null }],
    ['1900-01-01', { value: '1900-01-01', anniversary: '--01-01', onDay: '1900-01-01', at: null }],
    ['2039-12-31', { value: '2039-12-31', anniversary: '--12-31', onDay: '2039-12-31', at: null }],
  ])('reads the day %s', (text, date) => {
    expect(parseRecipientDate(text)).toEqual({ ok: true, date });
  });

  test.each([
    ['2027-03-08T14:30:00Z', '2027-03-08T14:30:00.000Z'],
    ['2027-03-08T14:30Z', '2027-03-08T14:30:00.000Z'],
    // The day in UTC, which may be the one before or after.
    ['2027-03-08T00:30:00+02:00', '2027-03-07T22:30:00.000Z'],
    ['2026-12-31T23:30:00-03:00', '2027-01-01T02:30:00.000Z'],
    ['2027-03-08T14:30:00.0004Z', '2027-03-08T14:30:00.001Z'],
  ])('reads the instant %s', (text, at) => {
    const onDay = at.slice(0, 10);
    expect(parseRecipientDate(text)).toEqual({
      ok: true,
      date: { value: at, anniversary: `-${onDay.slice(4)}`, onDay, at },
    });
  });

  test.each([
    ['', 'format'],
    ['birthday', 'format'],
    ['10.03.1990', 'format'],
    ['03/10/1990', 'format'],
    ['1990-3-10', 'format'],
    ['90-03-10', 'format'],
    ['-03-10', 'format'],
    ['---03-10', 'format'],
    ['03-10', 'format'],
    [' 1990-03-10', 'format'],
    ['1990-03-10\n', 'format'],
    ['١٩٩٠-٠٣-١٠', 'format'],
    ['+001990-03-10', 'format'],
    // A local time would be another instant in each zone.
    ['2027-03-08T14:30:00', 'format'],
    ['2027-03-08 14:30:00Z', 'format'],
    ['2027-03-08T14:30:00+15:00', 'format'],
    ['1990-13-10', 'date'],
    ['1990-00-10', 'date'],
    ['1990-03-00', 'date'],
    ['1990-04-31', 'date'],
    ['--02-30', 'date'],
    ['--04-31', 'date'],
    ['2027-02-29T10:00:00Z', 'date'],
    ['2027-02-28T24:00:00Z', 'date'],
    ['1900-02-29', 'no_leap_year'],
    ['2027-02-29', 'no_leap_year'],
    ['1899-12-31', 'too_early'],
    ['0000-03-10', 'too_early'],
    ['1999-12-31T23:59:59Z', 'too_early'],
    ['2040-01-01', 'too_late'],
    ['9999-12-31', 'too_late'],
    ['2039-12-31T00:00:00Z', 'too_late'],
  ])('refuses %j as %s', (text, reason) => {
    expect(parseRecipientDate(text)).toEqual({ ok: false, reason });
  });

  test('takes just the days of the calendar, from 1900 to 2039', () => {
    const part = (min: number, max: number) => fc.integer({ min, max });
    fc.assert(
      fc.property(part(1880, 2060), part(0, 13), part(0, 32), (year, month, day) => {
        const text = `${year}-${pad(month)}-${pad(day)}`;
        const read = parseRecipientDate(text);
        expect(read.ok).toBe(isDay(text) && year >= 1900 && year <= 2039);
        if (read.ok) {
          expect(read.date).toEqual({ value: text, anniversary: `-${text.slice(4)}`, onDay: text, at: null });
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('takes without a year just the days that some year has', () => {
    for (let month = 0; month <= 13; month += 1) {
      for (let day = 0; day <= 32; day += 1) {
        const text = `--${pad(month)}-${pad(day)}`;
        expect([text, parseRecipientDate(text).ok]).toEqual([text, isDay(`2024${text.slice(1)}`)]);
      }
    }
  });

  test('reads one instant in any of its spellings into the same date', () => {
    const minutes = fc.integer({ min: -12 * 60, max: 14 * 60 });
    const instant = fc.integer({ min: EARLIEST_INSTANT_MS, max: INSTANT_LIMIT_MS - 1 });
    fc.assert(
      fc.property(instant, minutes, (epochMs, offset) => {
        const local = new Date(epochMs + offset * 60_000).toISOString().slice(0, -1);
        const sign = offset < 0 ? '-' : '+';
        const text = `${local}${sign}${pad(Math.floor(Math.abs(offset) / 60))}:${pad(Math.abs(offset) % 60)}`;
        const at = Temporal.Instant.from(text);
        const day = at.toZonedDateTimeISO('UTC').toPlainDate().toString();
        const value = new Date(at.epochMilliseconds).toISOString();
        expect(parseRecipientDate(text)).toEqual({
          ok: true,
          date: { value, anniversary: `-${day.slice(4)}`, onDay: day, at: value },
        });
      }),
    );
  });

  test('reads its own spelling into the same date, and anything at all without failing', () => {
    const digits = fc.stringMatching(/^[\d:TZ.+-]{0,24}$/);
    fc.assert(
      fc.property(fc.oneof(fc.string(), digits), (text) => {
        const read = parseRecipientDate(text);
        if (read.ok) expect(parseRecipientDate(read.date.value)).toEqual(read);
      }),
    );
  });
});

describe('isDateName', () => {
  test.each(['birthday', 'subscription_expires_at', 'd', 'x9_', 'a'.repeat(64)])('takes %j', (name) => {
    expect(isDateName(name)).toBe(true);
  });

  test.each([
    '',
    'Birthday',
    '_birthday',
    '9th',
    'birth day',
    'birth-day',
    'geburtstag_ü',
    'birthday\n',
    '__proto__',
    'a'.repeat(65),
  ])('refuses %j', (name) => {
    expect(isDateName(name)).toBe(false);
  });
});

/**
 * Civil days and what follows from them: days before and after a date, and the day of a year on which a date comes back. A civil
 * day is a text `YYYY-MM-DD` without a zone; only with one does it become a part of time.
 */
import { wallTimeAt } from './calendar.ts';

/** When 29 February is told of in years without one. */
export type LeapDayRule = 'feb28' | 'mar1';

/** An offset read, in days, or why not: `calendar_unit` (months and years have no fixed length), `time` (hours are no days). */
export type DayOffsetResult =
  | { readonly ok: true; readonly days: number }
  | { readonly ok: false; readonly reason: 'format' | 'calendar_unit' | 'time' | 'too_far' };

const DAY_MS = 86_400_000;
const LEAP_DAY = '--02-29';

/** The furthest that an offset may lie from its date, in days. */
export const DAY_OFFSET_MAX = 366;

const OFFSET_FORM = /^([+-]?)P(?:(\d{1,4})W)?(?:(\d{1,4})D)?$/;
const CALENDAR_FORM = /^[+-]?P(?=\d)(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+D)?(?:T.*)?$/;

/** Reads a number of days as an ISO 8601 duration of weeks and days, with a sign for what is before: `P0D`, `-P3D`, `P1W`. */
export function parseDayOffset(text: string): DayOffsetResult {
  const match = OFFSET_FORM.exec(text);
  if (match === null || text.endsWith('P')) {
    if (/^[+-]?P[^YM]*T/.test(text) && CALENDAR_FORM.test(text.replace('PT', 'P0DT')))
      return { ok: false, reason: 'time' };
    return { ok: false, reason: CALENDAR_FORM.test(text) ? 'calendar_unit' : 'format' };
  }
  const days = Number(match[2] ?? 0) * 7 + Number(match[3] ?? 0);
  if (days > DAY_OFFSET_MAX) return { ok: false, reason: 'too_far' };
  // Never -0, which is not 0 to whoever compares by identity.
  return { ok: true, days: match[1] === '-' && days > 0 ? -days : days };
}

/** The offset as it is written: `-P3D`. */
export function formatDayOffset(days: number): string {
  return `${days < 0 ? '-' : ''}P${Math.abs(days)}D`;
}

/** The day so many days after (or before) another. */
export function addDays(day: string, days: number): string {
  return new Date(epochOf(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** How many days `to` lies after `from`; negative when it is before. */
export function daysBetween(from: string, to: string): number {
  return (epochOf(to) - epochOf(from)) / DAY_MS;
}

/** The civil day of an instant in a zone. @throws RangeError when the zone is unknown */
export function civilDayOf(epochMs: number, zone: string): string {
  const { year, month, day } = wallTimeAt(epochMs, zone);
  return `${year.toString().padStart(4, '0')}-${two(month)}-${two(day)}`;
}

/** The year of a civil day. */
export function yearOf(day: string): number {
  return Number(day.slice(0, 4));
}

/** What comes back every year of a day: `--MM-DD`. */
export function anniversaryOf(day: string): string {
  return `-${day.slice(4)}`;
}

/**
 * The anniversaries that a civil day is told of as: its own, and 29 February on the day that stands for it in years without one.
 * 29 February itself is no day of such a year, so that it is told of once in every year.
 */
export function anniversariesOn(day: string, feb29: LeapDayRule): readonly string[] {
  const own = anniversaryOf(day);
  const standsIn = own === (feb29 === 'feb28' ? '--02-28' : '--03-01') && !isLeapYear(yearOf(day));
  return standsIn ? [own, LEAP_DAY] : [own];
}

/**
 * The anniversaries in UTC of all instants that may have one of `anniversaries` in some zone: zones are at most a day away from
 * UTC, and the year of the instant may have a 29 February where another has none.
 */
export function anniversariesAround(anniversaries: readonly string[]): readonly string[] {
  const around = anniversaries.flatMap((anniversary) =>
    // A leap year and one that is none.
    ['2000', '2001'].flatMap((year) => {
      const day = `${year}${anniversary.slice(1)}`;
      return year === '2001' && anniversary === LEAP_DAY
        ? []
        : [-1, 0, 1].map((days) => anniversaryOf(addDays(day, days)));
    }),
  );
  return [...new Set(around)];
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function epochOf(day: string): number {
  const epochMs = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(epochMs)) throw new RangeError(`not a civil day: ${day.slice(0, 32)}`);
  return epochMs;
}

function two(part: number): string {
  return part.toString().padStart(2, '0');
}

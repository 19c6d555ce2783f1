/**
 * Dates of recipients as accounts write them: a birthday with or without its year, the day a contract ends, the instant at which
 * a subscription expires. Read into one spelling, and into what "whose day is it" is looked up by.
 */
import { parseInstant } from './calendar.ts';

/** A date, read. */
export interface RecipientDate {
  /** In one spelling: `1990-03-10`, `--03-10`, or an instant in UTC, `2027-03-08T14:30:00.000Z`. */
  readonly value: string;
  /** What comes back every year, `--MM-DD`; of an instant its day in UTC. */
  readonly anniversary: string;
  /** The day itself, `YYYY-MM-DD`; null without a year; of an instant its day in UTC. */
  readonly onDay: string | null;
  /** The instant, spelled as `value` is; null of a day. */
  readonly at: string | null;
}

/**
 * Why a text is no usable date. `format`: none of the three forms, or an instant without `Z` or offset; `date`: no such day or
 * time; `no_leap_year`: a 29 February of a year that has none; `too_early`, `too_late`: days outside 1900 to 2039, instants outside
 * what `parseInstant` takes.
 */
export type RecipientDateRefusal = 'format' | 'date' | 'no_leap_year' | 'too_early' | 'too_late';

/** A date read, or why not. */
export type RecipientDateResult =
  | { readonly ok: true; readonly date: RecipientDate }
  | { readonly ok: false; readonly reason: RecipientDateRefusal };

/** Days of earlier years are typing errors: nobody alive was born then. */
const EARLIEST_YEAR = 1900;
/** The last year that instants reach into. */
const LATEST_YEAR = 2039;

/** Of a leap year. */
const DAYS_OF_MONTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const DAY_FORM = /^(\d{4}|-)-(\d\d)-(\d\d)$/;
const NAME_FORM = /^[a-z][a-z0-9_]{0,63}$/;

/** Whether this can be the name of a date, such as `birthday`: a small letter, then up to 63 small letters, digits and `_`. */
export function isDateName(name: string): boolean {
  return NAME_FORM.test(name);
}

/**
 * Reads a date. Nothing is forgiven, not even white space: a day and a month that were taken for each other would be noticed a
 * year later.
 *
 * @param text `YYYY-MM-DD`, `--MM-DD`, or an ISO 8601 instant with `Z` or an offset; fractions below a millisecond round up
 */
export function parseRecipientDate(text: string): RecipientDateResult {
  const match = DAY_FORM.exec(text);
  if (match === null) return readInstant(text);
  const [, year, month, day] = match as unknown as [string, string, string, string];
  const days = DAYS_OF_MONTHS[Number(month) - 1];
  if (days === undefined || day === '00' || Number(day) > days) return { ok: false, reason: 'date' };
  const anniversary = `--${month}-${day}`;
  if (year === '-') return { ok: true, date: { value: anniversary, anniversary, onDay: null, at: null } };
  if (Number(year) < EARLIEST_YEAR) return { ok: false, reason: 'too_early' };
  if (Number(year) > LATEST_YEAR) return { ok: false, reason: 'too_late' };
  if (anniversary === '--02-29' && !isLeapYear(Number(year))) return { ok: false, reason: 'no_leap_year' };
  return { ok: true, date: { value: text, anniversary, onDay: text, at: null } };
}

function readInstant(text: string): RecipientDateResult {
  const read = parseInstant(text);
  if (!read.ok) return read;
  const value = new Date(read.epochMs).toISOString();
  return { ok: true, date: { value, anniversary: `-${value.slice(4, 10)}`, onDay: value.slice(0, 10), at: value } };
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

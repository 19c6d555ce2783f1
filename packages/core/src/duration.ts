/**
 * Lengths of time as people write them in the API: ISO 8601 durations, or seconds.
 */

/** A duration in milliseconds, or why not. `calendar_unit`: years and months have no fixed length. */
export type DurationResult =
  | { readonly ok: true; readonly ms: number }
  | { readonly ok: false; readonly reason: 'format' | 'calendar_unit' | 'too_long' };

const FORM = /^P(?:(\d{1,9})W)?(?:(\d{1,9})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:\.\d{1,9})?)S)?)?$/;
const CALENDAR_FORM = /^P(?=\d)(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+D)?(?:T.*)?$/;

/** Longer than any range of instants that we accept: 40 years. */
const LONGEST_MS = 40 * 366 * 86_400_000;

/**
 * Reads a duration of zero or more.
 *
 * @param value a number of seconds, or an ISO 8601 duration of weeks, days, hours, minutes and seconds (only seconds
 *   may have a fraction), such as `PT90S`; a day is 24 hours. Rounded to milliseconds.
 */
export function parseDuration(value: string | number): DurationResult {
  if (typeof value === 'number') {
    return Number.isFinite(value) && value >= 0 ? bounded(value * 1000) : { ok: false, reason: 'format' };
  }
  const match = FORM.exec(value);
  if (match === null || /[PT]$/.test(value)) {
    return { ok: false, reason: match === null && CALENDAR_FORM.test(value) ? 'calendar_unit' : 'format' };
  }
  const [weeks, days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  return bounded((((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60_000 + seconds * 1000);
}

function bounded(ms: number): DurationResult {
  return ms > LONGEST_MS ? { ok: false, reason: 'too_long' } : { ok: true, ms: Math.round(ms) };
}

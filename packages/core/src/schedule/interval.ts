/**
 * Intervals as people write them: seconds, or an ISO 8601 duration whose years, months, weeks and days are those of a calendar.
 * The n-th moment is counted from the anchor and not from the one before, so that the 31st stays the 31st after a February.
 */
import { type GapRule, resolveWallTime, wallTimeAt } from '../calendar.ts';

/** How far apart. A week is seven days; what is below a day is exact time. */
interface Interval {
  readonly months: number;
  readonly days: number;
  readonly ms: number;
}

/** An interval read, or why not. */
export type IntervalResult =
  | { readonly ok: true; readonly interval: Interval }
  | { readonly ok: false; readonly reason: 'format' | 'too_short' | 'too_long' };

const FORM =
  /^P(?:(\d{1,3})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,8})M)?(?:(\d{1,9})S)?)?$/;

const DAY_MS = 86_400_000;
/** The shortest interval. */
export const INTERVAL_MIN_MS = 1_000;
/** The longest: ten years. */
const LONGEST_MS = 10 * 366 * DAY_MS;

/** Reads whole seconds, or a duration such as `PT15M`, `P1D` or `P1M`; from a second to ten years. */
export function parseInterval(value: string | number): IntervalResult {
  let interval: Interval;
  if (typeof value === 'number') {
    if (!Number.isInteger(value) || value < 0) return { ok: false, reason: 'format' };
    interval = { months: 0, days: 0, ms: value * 1000 };
  } else {
    const match = FORM.exec(value);
    if (match === null || /[PT]$/.test(value)) return { ok: false, reason: 'format' };
    const [years, months, weeks, days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0)) as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    interval = {
      months: years * 12 + months,
      days: weeks * 7 + days,
      ms: ((hours * 60 + minutes) * 60 + seconds) * 1000,
    };
  }
  const longest = interval.months * 31 * DAY_MS + interval.days * DAY_MS + interval.ms;
  if (longest < INTERVAL_MIN_MS) return { ok: false, reason: 'too_short' };
  if (longest > LONGEST_MS) return { ok: false, reason: 'too_long' };
  return { ok: true, interval };
}

/** Moments at equal distance by the clocks of a zone. */
export interface ZonedInterval {
  readonly interval: Interval;
  readonly anchorMs: number;
  readonly zone: string;
  readonly gap: GapRule;
  readonly repeated: 'first' | 'second';
}

/** The first moment at or after `fromMs`, the anchor included; undefined when there is none before `beforeMs`. */
export function nextIntervalInstant(every: ZonedInterval, fromMs: number, beforeMs: number): number | undefined {
  const { months, days, ms } = every.interval;
  const passedMs = fromMs - every.anchorMs;
  const isExact = months === 0 && days === 0;
  // So many have surely passed: a month has 31 days at most, and clocks that were changed since move a moment by a day at most.
  const longest = months * 31 * DAY_MS + days * DAY_MS + ms;
  let count = Math.max(0, isExact ? Math.ceil(passedMs / ms) : Math.floor((passedMs - 2 * DAY_MS) / longest));
  // What is left to pass over is a few, and one in fifty for months that are shorter.
  for (;;) {
    const instant = momentOf(every, count);
    if (instant !== undefined && instant >= beforeMs) return undefined;
    if (instant !== undefined && instant >= fromMs) return instant;
    count += 1;
  }
}

/** The n-th moment after the anchor; undefined where clocks skip it and the rule leaves it out. */
function momentOf({ interval, anchorMs, zone, gap, repeated }: ZonedInterval, count: number): number | undefined {
  if (interval.months === 0 && interval.days === 0) return anchorMs + count * interval.ms;
  if (count === 0) return anchorMs;
  const anchor = wallTimeAt(anchorMs, zone);
  const monthIndex = anchor.month - 1 + count * interval.months;
  const year = anchor.year + Math.floor(monthIndex / 12);
  const month = monthIndex % 12;
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  // Months first, cut off at the end of a shorter one, and days then.
  const date = new Date(Date.UTC(year, month, Math.min(anchor.day, lastDay) + count * interval.days));
  const wallTime = {
    ...anchor,
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
  };
  const resolved = resolveWallTime({ wallTime, zone, gap, repeated });
  return resolved.kind === 'skipped' ? undefined : resolved.epochMs + (anchorMs % 1000) + count * interval.ms;
}

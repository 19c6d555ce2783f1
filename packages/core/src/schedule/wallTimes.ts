/**
 * Which wall times a cron expression asks for. Wall times are counted as if they were UTC, in milliseconds, so that this knows
 * nothing of zones. Goes by months and days, never by seconds, and ends where the caller says.
 */
import type { CronDays, CronExpression } from './cronExpression.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/**
 * The first wall time of the expression in [fromMs, beforeMs).
 * @returns undefined when there is none
 */
export function nextWallTime(expression: CronExpression, fromMs: number, beforeMs: number): number | undefined {
  // Wall times are whole seconds.
  const from = new Date(Math.ceil(fromMs / SECOND_MS) * SECOND_MS);
  let year = from.getUTCFullYear();
  let month = from.getUTCMonth() + 1;
  const firstDay = Date.UTC(year, month - 1, from.getUTCDate());
  const timeOfFirst = nextTimeOfDay(expression, from.getTime() - firstDay);
  // Of the first day only what is left of it counts, of all others everything.
  let earliestDay = timeOfFirst === undefined ? firstDay + DAY_MS : firstDay;
  while (Date.UTC(year, month - 1, 1) < beforeMs) {
    if (expression.months.includes(month)) {
      for (const day of daysOfMonth(expression.days, year, month)) {
        const dayMs = Date.UTC(year, month - 1, day);
        if (dayMs < earliestDay) continue;
        const time = dayMs === firstDay ? timeOfFirst : nextTimeOfDay(expression, 0);
        const found = dayMs + (time as number);
        return found < beforeMs ? found : undefined;
      }
    }
    month += 1;
    if (month > 12) {
      month = 1;
      year += 1;
    }
    earliestDay = Math.max(earliestDay, Date.UTC(year, month - 1, 1));
  }
  return undefined;
}

/** The days of a month on which the expression holds, ascending. */
function daysOfMonth(days: CronDays, year: number, month: number): readonly number[] {
  const length = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const weekdayOfFirst = new Date(Date.UTC(year, month - 1, 1)).getUTCDay();
  const found: number[] = [];
  for (let day = 1; day <= length; day += 1) {
    const weekday = (weekdayOfFirst + day - 1) % 7;
    const byMonth = days.ofMonth === null || days.ofMonth.includes(day) || days.beforeLast.includes(length - day);
    const byWeek =
      days.ofWeek === null ||
      days.ofWeek.includes(weekday) ||
      (days.lastOfWeek.includes(weekday) && day + 7 > length) ||
      days.nthOfWeek.some((nth) => nth.weekday === weekday && nth.nth === Math.ceil(day / 7));
    if (days.mustBoth ? byMonth && byWeek : byMonth || byWeek) found.push(day);
  }
  return found;
}

/** The first time of day at or after `fromMs`, in milliseconds since midnight. */
function nextTimeOfDay({ hours, minutes, seconds }: CronExpression, fromMs: number): number | undefined {
  const hourNow = Math.floor(fromMs / HOUR_MS);
  const minuteNow = Math.floor((fromMs % HOUR_MS) / MINUTE_MS);
  const secondNow = Math.floor((fromMs % MINUTE_MS) / SECOND_MS);
  const earliestOfHour = (minutes[0] as number) * MINUTE_MS + (seconds[0] as number) * SECOND_MS;
  if (hours.includes(hourNow)) {
    const start = hourNow * HOUR_MS;
    if (minutes.includes(minuteNow)) {
      const second = seconds.find((value) => value >= secondNow);
      if (second !== undefined) return start + minuteNow * MINUTE_MS + second * SECOND_MS;
    }
    const minute = minutes.find((value) => value > minuteNow);
    if (minute !== undefined) return start + minute * MINUTE_MS + (seconds[0] as number) * SECOND_MS;
  }
  const hour = hours.find((value) => value > hourNow);
  return hour === undefined ? undefined : hour * HOUR_MS + earliestOfHour;
}

/**
 * From the wall times of a cron expression to instants, by the clocks of a zone.
 *
 * Goes from one change of clocks to the next. Between two of them wall times and instants run side by side. At a change that goes
 * back, the hour that comes twice belongs to the first pass, the second or both; at one that goes forward, wall times that are
 * skipped are read by the clock of before (`later`) or of after the change (`earlier`), or left out.
 */
import type { GapRule, RepeatedRule } from '../calendar.ts';
import type { CronExpression } from './cronExpression.ts';
import { nextWallTime } from './wallTimes.ts';
import { changeBefore, changesBetween, offsetOf, type ZoneChange } from './zoneChanges.ts';

/** An expression by the clocks of a zone. */
export interface ZonedCron {
  readonly expression: CronExpression;
  readonly zone: string;
  readonly gap: GapRule;
  readonly repeated: RepeatedRule;
}

/** Longer than any hour that comes twice, or is skipped; Samoa once skipped a day. */
const LONGEST_SHIFT_MS = 26 * 3_600_000;

/** The first instant of the expression in [fromMs, beforeMs), in milliseconds; undefined when there is none. */
export function nextCronInstant(cron: ZonedCron, fromMs: number, beforeMs: number): number | undefined {
  let from = fromMs;
  let start = changeBefore(cron.zone, from, LONGEST_SHIFT_MS);
  let offset = start?.after ?? offsetOf(cron.zone, from);
  for (const change of changesBetween(cron.zone, from, beforeMs + LONGEST_SHIFT_MS)) {
    const found = firstOfStretch(cron, { from, before: Math.min(change.atMs, beforeMs), offset, start, end: change });
    if (found !== undefined) return found;
    if (change.atMs >= beforeMs) return undefined;
    start = change;
    offset = change.after;
    from = change.atMs;
  }
  return firstOfStretch(cron, { from, before: beforeMs, offset, start, end: undefined });
}

/** Instants between two changes of clocks, or a part of them. */
interface Stretch {
  readonly from: number;
  readonly before: number;
  readonly offset: number;
  /** The change that it begins with, unless that is long ago; and that it ends with. */
  readonly start: ZoneChange | undefined;
  readonly end: ZoneChange | undefined;
}

function firstOfStretch(cron: ZonedCron, stretch: Stretch): number | undefined {
  const { from, before, offset, start, end } = stretch;
  const inWall = (shift: number, low: number, high: number): number | undefined => {
    const wall = nextWallTime(cron.expression, low, high);
    return wall === undefined ? undefined : wall - shift;
  };
  let low = from + offset;
  let high = before + offset;
  // The second pass of what comes twice, and the first.
  if (start !== undefined && start.after < start.before && cron.repeated === 'first') {
    low = Math.max(low, start.atMs + start.before);
  }
  if (end !== undefined && end.after < end.before && cron.repeated === 'second') {
    high = Math.min(high, end.atMs + end.after);
  }
  const candidates = [low < high ? inWall(offset, low, high) : undefined];
  if (cron.gap === 'later' && start !== undefined && start.after > start.before) {
    const gapEnd = Math.min(start.atMs + start.after, before + start.before);
    candidates.push(inWall(start.before, from + start.before, gapEnd));
  }
  if (cron.gap === 'earlier' && end !== undefined && end.after > end.before) {
    const gapStart = Math.max(end.atMs + end.before, from + end.after);
    candidates.push(inWall(end.after, gapStart, Math.min(end.atMs + end.after, before + end.after)));
  }
  const found = candidates.filter((instant) => instant !== undefined);
  return found.length === 0 ? undefined : Math.min(...found);
}

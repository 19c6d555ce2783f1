/**
 * The moments of a job that comes again: by a cron expression or at an interval, within its bounds. Pure: the same schedule and
 * the same instant always give the same answer, so that the next moment is computed from a job's row whenever it is asked for.
 */
import { EARLIEST_INSTANT_MS, type GapRule, INSTANT_LIMIT_MS, type RepeatedRule } from '../calendar.ts';
import { parseCron } from './cronExpression.ts';
import { nextCronInstant } from './cronOccurrences.ts';
import { nextIntervalInstant, parseInterval } from './interval.ts';

/** Epoch milliseconds. */
export interface ScheduleBounds {
  /** First and last moment, both included. */
  readonly startsAtMs?: number | undefined;
  readonly endsAtMs?: number | undefined;
  /** Moments up to then, this one included, are not its own. */
  readonly sinceMs?: number | undefined;
}

/** When a job comes again. Zones are IANA names. */
export type Schedule =
  | (ScheduleBounds & {
      readonly type: 'cron';
      readonly expression: string;
      readonly zone: string;
      readonly gap: GapRule;
      readonly repeated: RepeatedRule;
    })
  | (ScheduleBounds & {
      readonly type: 'every';
      /** Whole seconds, or an ISO 8601 duration. */
      readonly interval: string | number;
      /** What it is counted from; itself a moment. Epoch milliseconds. */
      readonly anchorMs: number;
      readonly zone: string;
      readonly gap: GapRule;
      readonly repeated: 'first' | 'second';
    });

/**
 * The next moments after an instant, at most `count`, ascending, in epoch milliseconds. Fewer, perhaps none, when the bounds allow no
 * more or the expression never comes true (30 February) before instants end, in 2039.
 * @throws RangeError when the expression, the interval or the zone cannot be read; they are checked where they come in
 */
export function nextOccurrences(schedule: Schedule, afterMs: number, count: number): number[] {
  const find = finderOf(schedule);
  const beforeMs = Math.min(INSTANT_LIMIT_MS, (schedule.endsAtMs ?? INSTANT_LIMIT_MS) + 1);
  const { startsAtMs = 0, sinceMs = 0 } = schedule;
  let from = Math.max(afterMs + 1, startsAtMs, sinceMs + 1, EARLIEST_INSTANT_MS);
  const found: number[] = [];
  while (found.length < count && from < beforeMs) {
    const next = find(from, beforeMs);
    if (next === undefined) break;
    found.push(next);
    from = next + 1;
  }
  return found;
}

function finderOf(schedule: Schedule): (fromMs: number, beforeMs: number) => number | undefined {
  if (schedule.type === 'every') {
    const read = parseInterval(schedule.interval);
    if (!read.ok) throw new RangeError(`not an interval (${read.reason}): ${String(schedule.interval).slice(0, 64)}`);
    const every = { ...schedule, interval: read.interval };
    return (fromMs, beforeMs) => nextIntervalInstant(every, fromMs, beforeMs);
  }
  const read = parseCron(schedule.expression);
  if (!read.ok) throw new RangeError(`not a cron expression (${read.problem}): ${schedule.expression.slice(0, 64)}`);
  const cron = { ...schedule, expression: read.expression };
  return (fromMs, beforeMs) => nextCronInstant(cron, fromMs, beforeMs);
}

/**
 * What becomes of a job's next moment, and of those that went by while nothing ran: the one decision that a scheduler takes under
 * the lock of the job's row. Pure, and one run at a time, so that whoever is interrupted decides the rest again, alike.
 */
import { createHash } from 'node:crypto';
import { nextOccurrences, type Schedule } from './occurrences.ts';

/** Moments that went by unplanned: left out, made up for by one run, or by a run each. */
export type MissedRule = 'skip' | 'once' | 'all';

/** A moment that comes while an earlier run of the job is not over: runs beside it, is left out, or waits. */
export type OverlapRule = 'allow' | 'skip' | 'queue';

/** How a job that comes again goes about it. */
export interface ScheduleRules {
  readonly missed: MissedRule;
  /** The most runs that are made up for by `all`, or that wait by `queue`. */
  readonly missedLimit: number;
  readonly maxOccurrences?: number | undefined;
  readonly jitterMs: number;
}

/** Where a job stands. Instants are epoch milliseconds. */
export interface ScheduleState {
  readonly jobId: number;
  /** The next moment that nothing was decided about. */
  readonly nextMs: number;
  /** Runs that were made so far. */
  readonly occurrences: number;
  /** What came until then waited for an earlier run, and was not missed; null when nothing waited. */
  readonly waitedUntilMs: number | null;
}

/** A moment, and when its run is due: later by the jitter. */
export interface Occurrence {
  readonly nominalMs: number;
  readonly dueMs: number;
}

/** The decision. `next` null: nothing comes any more. */
export interface ScheduleDecision {
  /** Moments that get no run; `count` goes up to {@link LEFT_OUT_COUNT_MAX}. */
  readonly leftOut: { readonly count: number; readonly firstMs: number; readonly lastMs: number } | null;
  readonly run: Occurrence | null;
  readonly next: Occurrence | null;
}

/** Left-out moments are counted no further; every second of a year is not worth the time. */
export const LEFT_OUT_COUNT_MAX = 10_000;

/** Decides about the moments from `state.nextMs` on; at most one run. @param missedAfterMs how late a moment may be planned */
export function decideSchedule(
  schedule: Schedule,
  rules: ScheduleRules,
  state: ScheduleState,
  { nowMs, missedAfterMs }: { readonly nowMs: number; readonly missedAfterMs: number },
): ScheduleDecision {
  const left = (rules.maxOccurrences ?? Number.POSITIVE_INFINITY) - state.occurrences;
  if (left <= 0) return { leftOut: null, run: null, next: null };
  const dueOf = (nominalMs: number) => occurrenceOf(schedule, rules, state.jobId, nominalMs);
  const waitedUntilMs = Math.min(state.waitedUntilMs ?? 0, nowMs);
  const waited = state.nextMs <= waitedUntilMs;
  // Up to where moments are made up for, this one excluded, and how many at most.
  let endMs = waited ? waitedUntilMs + 1 : nowMs - missedAfterMs;
  const kept = waited || rules.missed === 'all' ? rules.missedLimit : rules.missed === 'once' ? 1 : 0;
  if (!waited) {
    const last = lastOccurrence(schedule, state.nextMs, endMs);
    // Its jitter keeps it from being over.
    if (last !== undefined && dueOf(last).dueMs >= endMs) endMs = last;
  }
  const past = lastOccurrences(schedule, state.nextMs, endMs, Math.max(kept, 1));
  const runMs = past.length === 0 ? state.nextMs : kept === 0 ? undefined : past[0];
  const resumeMs = runMs ?? (past.at(-1) as number) + 1;
  const leftOut = countBetween(schedule, state.nextMs, resumeMs);
  const run = runMs === undefined ? null : dueOf(runMs);
  const [nextMs] = run !== null && left <= 1 ? [] : nextOccurrences(schedule, runMs ?? resumeMs - 1, 1);
  return { leftOut, run, next: nextMs === undefined ? null : dueOf(nextMs) };
}

/** The first moment after an instant, with its jitter; undefined when there is none. */
export function firstOccurrence(
  schedule: Schedule,
  rules: Pick<ScheduleRules, 'jitterMs'>,
  jobId: number,
  afterMs: number,
): Occurrence | undefined {
  const [nominalMs] = nextOccurrences(schedule, afterMs, 1);
  return nominalMs === undefined ? undefined : occurrenceOf(schedule, rules, jobId, nominalMs);
}

/**
 * A moment with its jitter: at random, but always the same for a job and a moment, and always before the next moment, so that
 * runs keep their order.
 */
export function occurrenceOf(
  schedule: Schedule,
  { jitterMs }: Pick<ScheduleRules, 'jitterMs'>,
  jobId: number,
  nominalMs: number,
): Occurrence {
  if (jitterMs <= 0) return { nominalMs, dueMs: nominalMs };
  const [next] = nextOccurrences(schedule, nominalMs, 1);
  const room = Math.min(jitterMs, next === undefined ? jitterMs : next - nominalMs - 1);
  const share = createHash('sha256').update(`${jobId}:${nominalMs}`).digest().readUIntBE(0, 6) / 2 ** 48;
  return { nominalMs, dueMs: nominalMs + Math.floor(share * (room + 1)) };
}

/** The last moments in [fromMs, beforeMs), at most `count`, ascending. */
function lastOccurrences(schedule: Schedule, fromMs: number, beforeMs: number, count: number): number[] {
  const found: number[] = [];
  for (let end = beforeMs; found.length < count; ) {
    const last = lastOccurrence(schedule, fromMs, end);
    if (last === undefined) break;
    found.unshift(last);
    end = last;
  }
  return found;
}

/** By halving, so that it never walks through years of seconds. */
function lastOccurrence(schedule: Schedule, fromMs: number, beforeMs: number): number | undefined {
  const firstIn = (start: number): number | undefined => {
    const [first] = nextOccurrences(schedule, start - 1, 1);
    return first !== undefined && first < beforeMs ? first : undefined;
  };
  let low = firstIn(fromMs);
  let high = beforeMs;
  while (low !== undefined) {
    const following = firstIn(low + 1);
    if (following === undefined) return low;
    const middle = firstIn(Math.max(following, Math.floor((low + high) / 2)));
    if (middle === undefined) high = Math.floor((low + high) / 2);
    low = middle ?? following;
  }
  return undefined;
}

function countBetween(schedule: Schedule, fromMs: number, beforeMs: number): ScheduleDecision['leftOut'] {
  if (fromMs >= beforeMs) return null;
  const lastMs = lastOccurrence(schedule, fromMs, beforeMs);
  if (lastMs === undefined) return null;
  const bounded = { ...schedule, endsAtMs: lastMs };
  const count = nextOccurrences(bounded, fromMs - 1, LEFT_OUT_COUNT_MAX).length;
  return { count, firstMs: fromMs, lastMs };
}

/**
 * What the status page shows: Postgres's truth, and whether Redis answers. All open pages share one reading of a moment, and
 * the pace of a run is what it did between readings, as long as somebody looks.
 */
import { type Queryable, type RunOverview, readStatus, type Status, type StatusReason } from '@carillon/db';

/** A reason of the page; beside those of the database there is one that only this process knows. */
export type ShownReason = Omit<StatusReason, 'code'> & { readonly code: StatusReason['code'] | 'redis_down' };

/** What is shown. */
export interface Reading extends Omit<Status, 'reasons'> {
  readonly reasons: readonly ShownReason[];
  readonly redisAnswers: boolean;
}

export interface ReaderOptions {
  readonly pool: Queryable;
  readonly redisIsReady: () => boolean;
  readonly lostAfterMs: number;
  /** Monotonic milliseconds. */
  readonly elapsedMs: () => number;
}

/** Readings are shared for so long. */
const SHARED_MS = 500;
const PACE_WINDOW_MS = 30_000;
const PACE_LEAST_MS = 3_000;

const REDIS_DOWN: ShownReason = {
  code: 'redis_down',
  severity: 'critical',
  summary: 'Redis does not answer; sending waits for it. Work is still accepted, and nothing is lost.',
  action: 'Start Redis; it may come back empty.',
  docs: 'docs/operations.md#carillonredisdown',
};

/** Reads the status, or shares what was read a moment ago, unless it must be `fresh`: after an action, and when a page is opened. */
export type Read = (fresh?: 'fresh') => Promise<Reading>;

/** A reader that all open pages share. */
export function createReader(options: ReaderOptions): Read {
  const pace = createPace();
  let latest: { readonly atMs: number; readonly reading: Promise<Reading> } | undefined;
  const read = async (): Promise<Reading> => {
    const status = await readStatus(options.pool, { lostAfterMs: options.lostAfterMs });
    const runs = pace(status.runs, status.nowMs);
    const redisAnswers = options.redisIsReady();
    if (redisAnswers) return { ...status, runs, redisAnswers };
    return {
      ...status,
      runs,
      redisAnswers,
      healthy: false,
      level: 'problem',
      reasons: [REDIS_DOWN, ...status.reasons],
    };
  };
  return (fresh) => {
    const atMs = options.elapsedMs();
    if (latest === undefined || fresh !== undefined || atMs - latest.atMs > SHARED_MS) {
      const reading = read();
      // A failure is not shared with who asks next.
      reading.catch(() => {
        latest = undefined;
      });
      latest = { atMs, reading };
    }
    return latest.reading;
  };
}

/** Remembers how far runs were, and tells their pace of late in place of the average since they began. */
function createPace(): (runs: readonly RunOverview[], nowMs: number) => readonly RunOverview[] {
  const seen = new Map<number, { atMs: number; done: number }[]>();
  return (runs, nowMs) => {
    const open = new Set(runs.map((run) => run.runId));
    for (const runId of seen.keys()) if (!open.has(runId)) seen.delete(runId);
    return runs.map((run) => {
      const left = run.counts.scheduled + run.counts.sending;
      const done = run.size - left;
      const samples = (seen.get(run.runId) ?? []).filter((sample) => nowMs - sample.atMs <= PACE_WINDOW_MS);
      samples.push({ atMs: nowMs, done });
      // What it did before a pause says nothing of what it does after.
      seen.set(run.runId, run.paused ? [] : samples);
      const first = samples[0];
      if (run.finishAtMs === null || first === undefined || nowMs - first.atMs < PACE_LEAST_MS) return run;
      const perSecond = ((done - first.done) * 1_000) / (nowMs - first.atMs);
      return { ...run, perSecond, finishAtMs: perSecond > 0 ? nowMs + (left / perSecond) * 1_000 : null };
    });
  };
}

/** What an operator wants to see at a glance, of the whole installation: holds, open runs and whether Redis was lost. */
import type { RunState } from '@carillon/core';
import type { Queryable } from './pool.ts';

/** A run that is not complete, with its deliveries by state. Instants are epoch milliseconds. */
export interface OpenRun {
  readonly account: string;
  readonly jobId: number;
  readonly job: string;
  readonly runId: number;
  readonly state: RunState;
  readonly dueAtMs: number;
  readonly paused: boolean;
  readonly pauseReason: string | null;
  readonly cancelled: boolean;
  readonly counts: {
    readonly scheduled: number;
    readonly sending: number;
    readonly sent: number;
    readonly delivered: number;
    readonly failed: number;
    readonly unknown: number;
    readonly skipped: number;
    readonly cancelled: number;
  };
}

/** A hold as it stands; without account or channel it concerns them all. */
export interface StandingHold {
  readonly account: string | null;
  readonly channel: string | null;
  readonly reason: string;
  readonly sinceMs: number;
}

/** The state of the installation, on the database's clock. */
export interface Overview {
  readonly nowMs: number;
  /** When Redis was last found without its data; `null` if never. */
  readonly redisLostAtMs: number | null;
  readonly pausedQueues: readonly string[];
  readonly holds: readonly StandingHold[];
  /** The most urgent of them, at most as many as asked for. */
  readonly openRuns: readonly OpenRun[];
  readonly openRunCount: number;
}

const ms = (column: string) => `extract(epoch FROM ${column})::float8 * 1000`;

/** Reads it in four statements; what changes in between may show in one of them only. */
export async function readOverview(db: Queryable, runsAtMost: number): Promise<Overview> {
  const installation = await db.query<{ now_ms: number; lost_ms: number | null; paused: string[]; open_runs: number }>(
    `SELECT ${ms('carillon_now()')} AS now_ms, ${ms('redis_lost_at')} AS lost_ms,
            ARRAY(SELECT queue FROM queue_settings WHERE paused ORDER BY queue) AS paused,
            (SELECT count(*) FROM runs WHERE state <> 'completed') AS open_runs
     FROM installation`,
  );
  const row = installation.rows[0];
  if (!row) throw new Error('the installation row is missing; were the migrations applied?');
  const holds = await db.query<StandingHold>(
    `SELECT a.name AS account, h.channel, h.reason, ${ms('h.created_at')} AS "sinceMs"
     FROM holds h LEFT JOIN accounts a ON a.id = h.account_id ORDER BY h.created_at`,
  );
  // The runs are chosen first, so that only theirs are summed.
  const runs = await db.query<OpenRun>(
    `SELECT a.name AS account, r.job_id AS "jobId", j.name AS job, r.id AS "runId", r.state::text AS state,
            ${ms('r.due_at')} AS "dueAtMs", r.paused_at IS NOT NULL AS paused, r.pause_reason AS "pauseReason",
            r.cancelled_at IS NOT NULL AS cancelled, counts.counts
     FROM (SELECT * FROM runs WHERE state <> 'completed' ORDER BY due_at, account_id, id LIMIT $1) r
     JOIN jobs j ON j.account_id = r.account_id AND j.id = r.job_id
     JOIN accounts a ON a.id = r.account_id
     CROSS JOIN LATERAL (
       SELECT json_build_object(
         'scheduled', coalesce(sum(b.scheduled), 0), 'sending', coalesce(sum(b.sending), 0),
         'sent', coalesce(sum(b.sent), 0), 'delivered', coalesce(sum(b.delivered), 0),
         'failed', coalesce(sum(b.failed), 0), 'unknown', coalesce(sum(b.unknown), 0),
         'skipped', coalesce(sum(b.skipped), 0), 'cancelled', coalesce(sum(b.cancelled), 0)) AS counts
       FROM batches b WHERE b.account_id = r.account_id AND b.run_id = r.id
     ) counts
     ORDER BY r.due_at, r.account_id, r.id`,
    [runsAtMost],
  );
  return {
    nowMs: row.now_ms,
    redisLostAtMs: row.lost_ms,
    pausedQueues: row.paused,
    holds: holds.rows,
    openRuns: runs.rows,
    openRunCount: row.open_runs,
  };
}

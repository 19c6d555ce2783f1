/** Runs as an operator wants to see them: those that go on, and those that ended lately, each with its counts. */
import type { ChannelName } from '@carillon/contracts';
import { DELIVERY_STATES, type RunState } from '@carillon/core';
import type { Queryable } from './pool.ts';

/** A run with its deliveries by state. Instants are epoch milliseconds. */
export interface RunOverview {
  readonly accountId: number;
  readonly account: string;
  readonly jobId: number;
  readonly job: string;
  readonly channel: ChannelName;
  readonly runId: number;
  readonly state: RunState;
  /** The first run of the family, when this one sends to those missed. */
  readonly resendOf: number | null;
  readonly dueAtMs: number;
  readonly completedAtMs: number | null;
  readonly paused: boolean;
  /** Why a sender paused it; null when a person did. */
  readonly pauseReason: string | null;
  readonly cancelled: boolean;
  /** Deliveries planned so far; while the run expands, more are to come. */
  readonly size: number;
  readonly counts: RunTotals;
  /** Deliveries begun and ended a second, on average since it could begin; null before. */
  readonly perSecond: number | null;
  /** When it ends at that pace; null when that cannot be told: paused, cancelled, still expanding, or not begun. */
  readonly finishAtMs: number | null;
}

/** Deliveries of a run by state. */
export interface RunTotals {
  readonly scheduled: number;
  readonly sending: number;
  readonly sent: number;
  readonly delivered: number;
  readonly failed: number;
  readonly unknown: number;
  readonly skipped: number;
  readonly cancelled: number;
}

/** Which runs, at most so many of each kind. */
export interface RunsWanted {
  /** Those of one account; else of all. */
  readonly accountId?: number | undefined;
  readonly open: number;
  readonly finished: number;
}

export interface RunsFound {
  /** Large ones first, then by due time. */
  readonly open: readonly RunOverview[];
  /** How many are open in all, counted up to {@link COUNTED_AT_MOST}. */
  readonly openCount: number;
  /** Ended within a day, the latest first; only runs for more than one person. */
  readonly finished: readonly RunOverview[];
}

const COUNTED_AT_MOST = 10_000;
/** Of each account that many finished runs are looked at before the latest of all are taken. */
const FINISHED_PER_ACCOUNT = 10;

const ms = (column: string) => `extract(epoch FROM ${column})::float8 * 1000`;

/** From `r` (runs), `j` (jobs) and `n.now`; only the batches of the chosen runs are summed. */
const SELECTED = `
  SELECT r.account_id AS "accountId", a.name AS account, r.job_id AS "jobId", j.name AS job, j.channel, r.id AS "runId",
         r.state::text AS state, r.parent_run_id AS "resendOf", ${ms('r.due_at')} AS "dueAtMs",
         ${ms('r.completed_at')} AS "completedAtMs", r.paused_at IS NOT NULL AS paused, r.pause_reason AS "pauseReason",
         r.cancelled_at IS NOT NULL AS cancelled, r.expanded_at IS NOT NULL AS expanded,
         ${ms(`greatest(r.due_at, coalesce(r.expanded_at, r.created_at))`)} AS "beganAtMs", c.size, c.counts, ${ms('r.now')} AS "nowMs"
  FROM chosen r
  JOIN jobs j ON j.account_id = r.account_id AND j.id = r.job_id
  JOIN accounts a ON a.id = r.account_id
  CROSS JOIN LATERAL (
    SELECT (coalesce(sum(b.size), 0) + coalesce((r.kept ->> 'size')::bigint, 0))::float8 AS size, json_build_object(
      ${DELIVERY_STATES.map((state) => `'${state}', coalesce(sum(b.${state}), 0) + coalesce((r.kept ->> '${state}')::bigint, 0)`).join(', ')}) AS counts
    FROM batches b WHERE b.account_id = r.account_id AND b.run_id = r.id
  ) c`;

interface SelectedRun extends Omit<RunOverview, 'perSecond' | 'finishAtMs'> {
  readonly expanded: boolean;
  readonly beganAtMs: number;
  readonly nowMs: number;
}

/** Reads them: open runs by their own index, finished ones by theirs; what ended earlier than a day ago costs nothing. */
export async function readRuns(db: Queryable, wanted: RunsWanted): Promise<RunsFound> {
  const { accountId = null } = wanted;
  const mine = accountId === null ? '$1::int IS NULL' : 'r.account_id = $1';
  const open = await db.query<SelectedRun>(
    `WITH chosen AS MATERIALIZED (
       SELECT r.*, carillon_now() AS now FROM runs r JOIN jobs o ON o.account_id = r.account_id AND o.id = r.job_id
       WHERE ${mine} AND r.state <> 'completed' AND o.kind <> 'notice'
       ORDER BY r.expanded_at IS NULL OR r.people > 1 DESC, r.due_at, r.account_id, r.id LIMIT $2
     ) ${SELECTED} ORDER BY r.expanded_at IS NULL OR r.people > 1 DESC, r.due_at, r.account_id, r.id`,
    [accountId, wanted.open],
  );
  const count = await db.query<{ count: number }>(
    `SELECT count(*) AS count FROM (
       SELECT 1 FROM runs r JOIN jobs o ON o.account_id = r.account_id AND o.id = r.job_id
       WHERE ${mine} AND r.state <> 'completed' AND o.kind <> 'notice' LIMIT ${COUNTED_AT_MOST}) counted`,
    [accountId],
  );
  const finished = await db.query<SelectedRun>(
    `WITH chosen AS MATERIALIZED (
       SELECT f.*, n.now FROM (SELECT carillon_now() AS now) n
       CROSS JOIN (SELECT id FROM accounts WHERE $1::int IS NULL OR id = $1) o
       CROSS JOIN LATERAL (
         SELECT * FROM runs r WHERE r.account_id = o.id AND r.state = 'completed' AND r.people > 1
           AND r.completed_at > n.now - interval '1 day'
         ORDER BY r.completed_at DESC LIMIT ${FINISHED_PER_ACCOUNT}) f
       ORDER BY f.completed_at DESC LIMIT $2
     ) ${SELECTED} ORDER BY r.completed_at DESC`,
    [accountId, wanted.finished],
  );
  return {
    open: open.rows.map(withPace),
    openCount: count.rows[0]?.count ?? 0,
    finished: finished.rows.map(withPace),
  };
}

function withPace({ expanded, beganAtMs, nowMs, ...run }: SelectedRun): RunOverview {
  const left = run.counts.scheduled + run.counts.sending;
  const seconds = ((run.completedAtMs ?? nowMs) - beganAtMs) / 1_000;
  const done = run.size - left;
  const perSecond = done > 0 && seconds > 0 ? done / seconds : null;
  const goesOn = expanded && !run.paused && !run.cancelled && run.completedAtMs === null && left > 0;
  const finishAtMs = goesOn && perSecond !== null ? nowMs + (left / perSecond) * 1_000 : null;
  return { ...run, perSecond, finishAtMs };
}

/** What the wake-ups in Redis are about, for who looks at the queues. */
export interface WakeUpSubject {
  readonly accountId: number;
  readonly batchId: number;
  readonly account: string;
  readonly jobId: number;
  readonly job: string;
  readonly runId: number;
  readonly deliveries: number;
  readonly dueAtMs: number;
}

/** The batches that are enqueued now, the eldest first: there are few, because only a window of them is. */
export async function readEnqueued(
  db: Queryable,
  channels: readonly ChannelName[],
  limit: number,
): Promise<WakeUpSubject[]> {
  const { rows } = await db.query<WakeUpSubject>(
    `SELECT b.account_id AS "accountId", b.id AS "batchId", a.name AS account, b.job_id AS "jobId", j.name AS job,
            b.run_id AS "runId", b.size AS deliveries, ${ms('b.due_at')} AS "dueAtMs"
     FROM (SELECT e.* FROM unnest($1::text[]) AS c (channel) CROSS JOIN LATERAL (
             SELECT * FROM batches WHERE channel = c.channel AND NOT single AND open AND enqueued_at IS NOT NULL
             ORDER BY due_at LIMIT $2) e) b
     JOIN jobs j ON j.account_id = b.account_id AND j.id = b.job_id
     JOIN accounts a ON a.id = b.account_id`,
    [channels, limit],
  );
  return rows;
}

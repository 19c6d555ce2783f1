/**
 * How the installation is, or one account's part of it, from Postgres alone: what is late, what stands still, what nobody
 * knows, and what was sent in the last minutes. Every read is bounded and goes by an index of what is open now; nothing
 * that is over is read, however long the history. What the numbers mean is judged in statusReasons.ts.
 */
import { CHANNEL_NAMES, type ChannelName, sendQueueName } from '@carillon/contracts';
import { readBlockedChecks } from './checkBatches.ts';
import { readRuns } from './overview.ts';
import type { Queryable } from './pool.ts';
import { readSendStatistics } from './sendStatistics.ts';
import {
  type ChannelStatus,
  LOOKED_AT,
  type QueueStatus,
  type Rescues,
  type StatusHold,
  type StatusReading,
} from './statusReading.ts';
import { judgeStatus, type StatusLevel, type StatusReason } from './statusReasons.ts';

/** The numbers and what they mean. */
export interface Status extends StatusReading {
  /** Nothing needs anybody. */
  readonly healthy: boolean;
  readonly level: StatusLevel;
  /** The most urgent first. */
  readonly reasons: readonly StatusReason[];
}

export interface StatusOptions {
  /** The view of one account: nothing of others, and nothing measured for all of them together. */
  readonly accountId?: number | undefined;
  /** From when on something due that nobody begins with is late; default 30 s. */
  readonly lateAfterMs?: number | undefined;
  /** From when on something enqueued that nobody leases may be missing from Redis; default 60 s, as the sweeper's. */
  readonly lostAfterMs?: number | undefined;
  readonly runs?: number | undefined;
  readonly finishedRuns?: number | undefined;
}

const LATE_AFTER_MS = 30_000;
const LOST_AFTER_MS = 60_000;
const SERIES_MINUTES = 10;
const RUNS_SHOWN = 20;
const FINISHED_SHOWN = 5;

const ms = (column: string) => `extract(epoch FROM ${column})::float8 * 1000`;

/** Reads and judges it, in a handful of statements; what changes in between may show in one of them only. */
export async function readStatus(db: Queryable, options: StatusOptions = {}): Promise<Status> {
  const { accountId, lateAfterMs = LATE_AFTER_MS, lostAfterMs = LOST_AFTER_MS } = options;
  const whole = accountId === undefined;
  const { rows: standing } = await db.query<{ now: number; lost: number; restored: number; settled: number }>(
    `SELECT ${ms('carillon_now()')} AS now, ${ms('redis_lost_at')} AS lost, ${ms('restored_at')} AS restored,
            ${ms('restore_settled_at')} AS settled FROM installation`,
  );
  const installation = standing[0];
  if (installation === undefined) throw new Error('the installation row is missing; were the migrations applied?');
  const waiting = await readWaiting(db, accountId, lostAfterMs);
  const unknown = await readUnknown(db, accountId);
  const series = whole ? await readSendStatistics(db, { minutes: SERIES_MINUTES }) : [];
  const found = await readRuns(db, {
    accountId,
    open: options.runs ?? RUNS_SHOWN,
    finished: options.finishedRuns ?? FINISHED_SHOWN,
  });
  const reading: StatusReading = {
    scope: whole ? 'installation' : 'account',
    nowMs: installation.now,
    channels: CHANNEL_NAMES.map((channel) => ({
      ...(waiting.get(channel) ?? nothingWaits(channel)),
      unknown: unknown.get(channel) ?? 0,
      series: series.find((each) => each.channel === channel) ?? null,
    })),
    unplanned: whole ? await readUnplanned(db, lateAfterMs) : { count: 0, oldestMs: null },
    rescues: whole ? await readRescues(db) : [],
    runs: found.open,
    openRuns: found.openCount,
    finishedRuns: found.finished,
    holds: await readHolds(db, accountId),
    queues: await readQueues(db),
    checksBlocked: await readBlockedChecks(db, accountId),
    // How the installation fares is not an account's to know.
    redisLostAtMs: whole ? installation.lost : null,
    restoredAtMs: installation.restored,
    restoreSettledAtMs: installation.settled,
  };
  return { ...reading, ...judgeStatus(reading, { lateAfterMs }) };
}

type Waiting = Omit<ChannelStatus, 'unknown' | 'series'>;

function nothingWaits(channel: ChannelName): Waiting {
  const none = { batches: 0, oldestMs: null };
  return {
    channel,
    due: { deliveries: 0, ...none, more: false },
    late: { deliveries: 0, oldestMs: null },
    held: 0,
    missing: none,
    expiredLeases: none,
  };
}

const COLUMNS = `b.account_id, b.run_id, b.single, b.channel, b.due_at, b.enqueued_at, b.lease_until, b.scheduled,
                 b.paused_at, b.cancelled_at`;

/**
 * The due batches of everybody: each half of the open ones has an index that begins with channel and kind and goes on by due
 * time, so that the eldest are read without the others.
 */
function dueOfAll(): string {
  const half = (enqueued: string) =>
    `(SELECT ${COLUMNS} FROM batches b WHERE b.channel = c.channel AND b.single = k.single AND b.open
        AND b.enqueued_at IS ${enqueued} AND b.due_at <= n.now ORDER BY b.due_at LIMIT ${LOOKED_AT})`;
  return `SELECT d.* FROM n CROSS JOIN unnest($1::text[]) AS c (channel) CROSS JOIN (VALUES (false), (true)) AS k (single)
          CROSS JOIN LATERAL (${half('NULL')} UNION ALL ${half('NOT NULL')}) d WHERE $3::int IS NULL`;
}

/** Those of one account, by its open runs: the others' waiting batches are not even passed. */
function dueOfAccount(): string {
  return `SELECT d.* FROM n CROSS JOIN (
            SELECT id FROM runs WHERE account_id = $3 AND state <> 'completed' ORDER BY id LIMIT ${LOOKED_AT}) r
          CROSS JOIN LATERAL (
            SELECT ${COLUMNS} FROM batches b WHERE b.account_id = $3 AND b.run_id = r.id AND b.open
              AND b.channel = ANY ($1::text[]) AND b.due_at <= n.now ORDER BY b.due_at LIMIT ${LOOKED_AT}) d`;
}

async function readWaiting(
  db: Queryable,
  accountId: number | undefined,
  lostAfterMs: number,
): Promise<Map<ChannelName, Waiting>> {
  const age = (from: string, where: string) => `max(${ms(`n.now - ${from}`)}) FILTER (WHERE ${where})`;
  const sum = (where: string) => `coalesce(sum(w.scheduled) FILTER (WHERE ${where}), 0)::float8`;
  const { rows } = await db.query<{
    channel: ChannelName;
    deliveries: number;
    batches: number;
    oldest: number | null;
    looked_at: number;
    late: number;
    late_oldest: number | null;
    held: number;
    missing: number;
    missing_oldest: number | null;
    expired: number;
    expired_oldest: number | null;
  }>(
    `WITH n AS MATERIALIZED (SELECT carillon_now() AS now),
     due AS MATERIALIZED (${accountId === undefined ? dueOfAll() : dueOfAccount()}),
     worked AS MATERIALIZED (
       SELECT r.account_id, r.run_id FROM (SELECT DISTINCT account_id, run_id FROM due WHERE NOT single) r, n
       WHERE EXISTS (SELECT 1 FROM batches l WHERE l.account_id = r.account_id AND l.run_id = r.run_id AND l.open
                     AND l.lease_until > n.now)
     ),
     w AS MATERIALIZED (
       SELECT due.*, h.held, due.scheduled > 0 AND due.lease_until IS NULL AND due.paused_at IS NULL
                AND due.cancelled_at IS NULL AND NOT h.held AS free, worked.run_id IS NOT NULL AS worked
       FROM due LEFT JOIN worked ON worked.account_id = due.account_id AND worked.run_id = due.run_id
       CROSS JOIN LATERAL (SELECT EXISTS (
         SELECT 1 FROM holds h WHERE (h.account_id IS NULL OR h.account_id = due.account_id)
           AND (h.channel IS NULL OR h.channel = due.channel)) AS held) h
     )
     SELECT w.channel, ${sum('free')} AS deliveries, count(*) FILTER (WHERE free) AS batches,
            ${age('w.due_at', 'free')} AS oldest, count(*) AS looked_at,
            ${sum('free AND NOT worked')} AS late, ${age('w.due_at', 'free AND NOT worked')} AS late_oldest,
            ${sum('held AND w.paused_at IS NULL AND w.cancelled_at IS NULL')} AS held,
            count(*) FILTER (WHERE free AND NOT worked AND ${longAgo()}) AS missing,
            ${age('w.enqueued_at', `free AND NOT worked AND ${longAgo()}`)} AS missing_oldest,
            count(*) FILTER (WHERE w.lease_until < n.now) AS expired, ${age('w.lease_until', 'w.lease_until < n.now')} AS expired_oldest
     FROM w, n GROUP BY w.channel`,
    [CHANNEL_NAMES, lostAfterMs, accountId ?? null],
  );
  return new Map(
    rows.map((row) => [
      row.channel,
      {
        channel: row.channel,
        due: {
          deliveries: row.deliveries,
          batches: row.batches,
          oldestMs: row.oldest,
          more: row.looked_at >= LOOKED_AT,
        },
        late: { deliveries: row.late, oldestMs: row.late_oldest },
        held: row.held,
        missing: { batches: row.missing, oldestMs: row.missing_oldest },
        expiredLeases: { batches: row.expired, oldestMs: row.expired_oldest },
      },
    ]),
  );
}

/** As the sweeper looks for lost wake-ups. */
function longAgo(): string {
  const before = `n.now - $2 * interval '1 millisecond'`;
  return `w.enqueued_at < ${before} AND w.due_at < ${before}`;
}

async function readUnknown(db: Queryable, accountId: number | undefined): Promise<Map<string, number>> {
  const { rows } = await db.query<{ channel: string; unknown: number }>(
    `SELECT channel, sum(unknown)::float8 AS unknown FROM batches
     WHERE unknown > 0 ${accountId === undefined ? '' : 'AND account_id = $1'} GROUP BY channel`,
    accountId === undefined ? [] : [accountId],
  );
  return new Map(rows.map((row) => [row.channel, row.unknown]));
}

async function readUnplanned(db: Queryable, lateAfterMs: number): Promise<StatusReading['unplanned']> {
  const { rows } = await db.query<{ count: number; oldest: number | null }>(
    `WITH n AS MATERIALIZED (SELECT carillon_now() AS now, carillon_now() - $1 * interval '1 millisecond' AS late)
     SELECT count(*) AS count, max(${ms('n.now - u.at')}) AS oldest FROM n CROSS JOIN LATERAL (
       (SELECT next_run_at AS at FROM jobs WHERE next_run_at IS NOT NULL AND status = 'active' AND next_run_at <= n.late
        ORDER BY next_run_at LIMIT ${LOOKED_AT})
       UNION ALL
       (SELECT due_at FROM runs WHERE state IN ('planned', 'expanding') AND state = 'planned' AND due_at <= n.late
          AND paused_at IS NULL AND cancelled_at IS NULL ORDER BY due_at LIMIT ${LOOKED_AT})) u`,
    [lateAfterMs],
  );
  return { count: rows[0]?.count ?? 0, oldestMs: rows[0]?.oldest ?? null };
}

async function readRescues(db: Queryable): Promise<Rescues[]> {
  const { rows } = await db.query<{ kind: string; rows: number; last: number }>(
    `SELECT kind, sum(rows)::float8 AS rows, ${ms('max(at)')} AS last FROM rescues
     WHERE at > carillon_now() - interval '1 hour' GROUP BY kind ORDER BY kind`,
  );
  return rows.map((row) => ({ kind: row.kind, rows: row.rows, lastAtMs: row.last }));
}

/** Writes that the sweeper repaired something, for whoever reads the status. */
export async function recordRescue(db: Queryable, kind: string, rows: number): Promise<void> {
  await db.query('INSERT INTO rescues (at, kind, rows) VALUES (carillon_now(), $1, $2)', [kind, rows]);
}

/** Drops what nobody will look at any more; a week is kept. */
export async function dropOldRescues(db: Queryable): Promise<number> {
  const { rowCount } = await db.query(`DELETE FROM rescues WHERE at < carillon_now() - interval '7 days'`);
  return rowCount ?? 0;
}

async function readHolds(db: Queryable, accountId: number | undefined): Promise<StatusHold[]> {
  const { rows } = await db.query<StatusHold>(
    `SELECT h.id, h.account_id AS "accountId", a.name AS account, h.channel, h.reason, h.created_by AS "createdBy",
            ${ms('h.created_at')} AS "sinceMs"
     FROM holds h LEFT JOIN accounts a ON a.id = h.account_id
     WHERE $1::int IS NULL OR h.account_id IS NULL OR h.account_id = $1 ORDER BY h.created_at LIMIT 100`,
    [accountId ?? null],
  );
  return rows;
}

async function readQueues(db: Queryable): Promise<QueueStatus[]> {
  const { rows } = await db.query<{ queue: string; since: number }>(
    `SELECT queue, ${ms('updated_at')} AS since FROM queue_settings WHERE paused`,
  );
  const paused = new Map(rows.map((row) => [row.queue, row.since]));
  return CHANNEL_NAMES.map((channel) => {
    const name = sendQueueName(channel);
    return { name, channel, paused: paused.has(name), sinceMs: paused.get(name) ?? null };
  });
}

/** A run with deliveries whose outcome nobody knows. */
export interface UnknownOfRun {
  readonly accountId: number;
  readonly account: string;
  readonly job: string;
  readonly runId: number;
  readonly channel: ChannelName;
  readonly unknown: number;
  readonly dueAtMs: number;
}

/** Where the unknown outcomes are, by run, the latest first; at most `limit`. */
export async function readUnknownByRun(db: Queryable, limit: number): Promise<UnknownOfRun[]> {
  const { rows } = await db.query<UnknownOfRun>(
    `SELECT u.account_id AS "accountId", a.name AS account, j.name AS job, u.run_id AS "runId", j.channel, u.unknown,
            ${ms('r.due_at')} AS "dueAtMs"
     FROM (SELECT account_id, run_id, sum(unknown)::float8 AS unknown FROM batches WHERE unknown > 0
           GROUP BY account_id, run_id ORDER BY run_id DESC LIMIT $1) u
     JOIN runs r ON r.account_id = u.account_id AND r.id = u.run_id
     JOIN jobs j ON j.account_id = r.account_id AND j.id = r.job_id
     JOIN accounts a ON a.id = u.account_id
     ORDER BY u.run_id DESC`,
    [limit],
  );
  return rows;
}

/**
 * From a job to its run. Called by the API for what is due soon and by the scheduler for the rest, in a transaction that
 * holds the job's row; the unique occurrence key makes a second planning a no-op.
 */
import {
  isSingleTarget,
  OCCURRENCE_ONCE,
  type StoredPolicy,
  type StoredTrigger,
  storedPolicySchema,
  storedTriggerSchema,
  type Target,
  targetSchema,
} from '@carillon/contracts';
import type pg from 'pg';
import { ensurePartitions } from './partitions.ts';
import { inTransaction, type Queryable } from './pool.ts';

/** What planning needs to know of a job. */
export interface PlannableJob {
  readonly accountId: number;
  readonly jobId: number;
  readonly channel: string;
  readonly providerAccountId: number;
  readonly trigger: StoredTrigger;
  readonly target: Target;
  readonly policy: StoredPolicy;
  readonly contentVersion: number;
}

/** The run of one occurrence; `isNew` is false when it had been planned before. */
export interface PlannedRun {
  readonly runId: number;
  readonly day: string;
  readonly isNew: boolean;
}

/**
 * Creates the run of one occurrence, due at `dueAtMs` at the earliest (`null` is now, by the database's clock). A job for
 * one recipient gets its delivery and batch at once; any other is left for expansion.
 */
export async function planRun(
  client: Queryable,
  job: PlannableJob,
  occurrence: { occurrenceKey: string; dueAtMs: number | null },
): Promise<PlannedRun> {
  // A local moment differs by the recipient's zone, which expansion resolves.
  const single = isSingleTarget(job.target) && job.trigger.type !== 'local';
  const inserted = await client.query<{ id: number; day: string }>(
    `INSERT INTO runs (account_id, job_id, occurrence_key, day, due_at, state, created_at, expanded_at, people)
     SELECT $1, $2, $3, (n.now AT TIME ZONE 'UTC')::date,
            coalesce(to_timestamp($4::float8 / 1000), n.now),
            $5::run_state, n.now, CASE WHEN $5 = 'sending' THEN n.now END, $6
     FROM (SELECT carillon_now() AS now) n
     ON CONFLICT (account_id, job_id, occurrence_key) DO NOTHING
     RETURNING id, day`,
    [
      job.accountId,
      job.jobId,
      occurrence.occurrenceKey,
      occurrence.dueAtMs,
      single ? 'sending' : 'planned',
      single ? 1 : 0,
    ],
  );
  const row = inserted.rows[0];
  if (!row) {
    const known = await client.query<{ id: number; day: string }>(
      'SELECT id, day FROM runs WHERE account_id = $1 AND job_id = $2 AND occurrence_key = $3',
      [job.accountId, job.jobId, occurrence.occurrenceKey],
    );
    const run = known.rows[0];
    if (!run) throw new Error(`run ${occurrence.occurrenceKey} of job ${job.jobId} is neither new nor there`);
    return { runId: run.id, day: run.day, isNew: false };
  }
  await ensurePartitions(client, row.day);
  if (single) await planSingle(client, job, row.id);
  return { runId: row.id, day: row.day, isNew: true };
}

/** The one delivery of a job for one recipient, with a batch of its own; nobody reachable leaves a run without rows. */
async function planSingle(client: Queryable, job: PlannableJob, runId: number): Promise<void> {
  const { rowCount } = await client.query(
    `WITH addressee AS (
       SELECT r.id, r.phone AS address,
              CASE $4 WHEN 'recipient' THEN md5('recipient:' || r.account_id || ':' || r.id)::uuid ELSE r.whatsapp_key END AS key
       FROM recipients r
       WHERE r.account_id = $1 AND r.id = $3 AND r.deleted_at IS NULL AND r.whatsapp_key IS NOT NULL
     ), batch AS (
       INSERT INTO batches (account_id, run_id, job_id, day, channel, provider_account_id, single, size, scheduled,
                            due_at, expires_at, max_attempts, unknown_action, unknown_after_seconds)
       SELECT $1, run.id, run.job_id, run.day, $5, $6, true, 1, 1, run.due_at,
              run.due_at + $7::float8 * interval '1 millisecond', $8, $9, $10
       FROM runs run, addressee WHERE run.account_id = $1 AND run.id = $2
       RETURNING id, day, due_at
     )
     INSERT INTO deliveries (batch_id, run_id, recipient_id, due_at, dedupe_key, account_id, day, content_version, number, address)
     SELECT batch.id, $2, addressee.id, batch.due_at, addressee.key, $1, batch.day, $11, 1, addressee.address
     FROM batch, addressee`,
    [
      job.accountId,
      runId,
      job.target.recipientIds[0],
      job.policy.dedupeBy,
      job.channel,
      job.providerAccountId,
      job.policy.expireAfterMs,
      job.policy.attempts,
      job.policy.unknown.action,
      job.policy.unknown.afterSeconds,
      job.contentVersion,
    ],
  );
  if (rowCount === 0) {
    await client.query('UPDATE runs SET unreachable = 1 WHERE account_id = $1 AND id = $2', [job.accountId, runId]);
  }
}

interface JobRow {
  account_id: number;
  id: number;
  channel: string;
  provider_account_id: number;
  trigger: unknown;
  audience: unknown;
  policy: unknown;
  content_version: number;
  next_run_at_ms: number;
}

/** Columns that {@link plannableOf} reads. */
export const PLANNABLE_COLUMNS = `account_id, id, channel, provider_account_id, trigger, audience, policy, content_version,
  extract(epoch FROM next_run_at)::float8 * 1000 AS next_run_at_ms`;

/** A job's row as planning and expansion need it. */
export function plannableOf(row: JobRow): PlannableJob {
  return {
    accountId: row.account_id,
    jobId: row.id,
    channel: row.channel,
    providerAccountId: row.provider_account_id,
    trigger: storedTriggerSchema.parse(row.trigger),
    target: targetSchema.parse(row.audience),
    policy: storedPolicySchema.parse(row.policy),
    contentVersion: row.content_version,
  };
}

/** A job that could not be planned; it keeps its moment and is met again by the next call. */
export interface PlanFailure {
  readonly accountId: number;
  readonly jobId: number;
  readonly error: unknown;
}

/**
 * Plans the runs of jobs whose next moment comes within the horizon: job row locked, run inserted, next moment advanced,
 * all in one transaction. Any number of schedulers at once; they skip each other's jobs. A job that cannot be planned is
 * undone alone and does not count towards `limit`, so that however many of them never stand in the way of the others.
 * @returns how many were planned, the channels that now have something to enqueue, and the jobs that failed.
 */
export async function planDueJobs(
  pool: pg.Pool,
  wanted: { horizonMs: number; limit: number },
): Promise<{ planned: number; channels: Set<string>; failures: PlanFailure[] }> {
  return await inTransaction(pool, async (client) => {
    const channels = new Set<string>();
    const failures: PlanFailure[] = [];
    let planned = 0;
    while (planned < wanted.limit) {
      const rows = await lockDue(client, { horizonMs: wanted.horizonMs, limit: wanted.limit - planned }, failures);
      if (rows.length === 0) break;
      const done: JobRow[] = [];
      for (const row of rows) {
        await client.query('SAVEPOINT job');
        try {
          const job = plannableOf(row);
          await planRun(client, job, { occurrenceKey: OCCURRENCE_ONCE, dueAtMs: row.next_run_at_ms });
          channels.add(job.channel);
          done.push(row);
        } catch (error) {
          // On a lost connection this fails as well and ends the whole transaction.
          await client.query('ROLLBACK TO SAVEPOINT job');
          failures.push({ accountId: row.account_id, jobId: row.id, error });
        }
        await client.query('RELEASE SAVEPOINT job');
      }
      // now, at and local happen once; there is no next moment.
      await client.query(
        `UPDATE jobs SET next_run_at = NULL
         WHERE (account_id, id) IN (SELECT * FROM unnest($1::int[], $2::bigint[]))`,
        [done.map((row) => row.account_id), done.map((row) => row.id)],
      );
      planned += done.length;
    }
    return { planned, channels, failures };
  });
}

async function lockDue(
  client: Queryable,
  wanted: { horizonMs: number; limit: number },
  leftOut: readonly PlanFailure[],
): Promise<JobRow[]> {
  const { rows } = await client.query<JobRow>(
    `SELECT ${PLANNABLE_COLUMNS} FROM jobs
     WHERE status = 'active' AND next_run_at IS NOT NULL
       AND next_run_at <= carillon_now() + $1 * interval '1 millisecond'
       AND (account_id, id) NOT IN (SELECT * FROM unnest($3::int[], $4::bigint[]))
     ORDER BY next_run_at LIMIT $2 FOR UPDATE SKIP LOCKED`,
    [wanted.horizonMs, wanted.limit, leftOut.map((job) => job.accountId), leftOut.map((job) => job.jobId)],
  );
  return rows;
}

/** What gets stuck, and how it is found: each function is one bounded pass, safe beside any number of others. */
import type { ChannelName } from '@carillon/contracts';
import type pg from 'pg';
import type { Queryable } from './pool.ts';
import { statement } from './statements.ts';

/** A batch that is enqueued and that nobody holds, with what its wake-up is known by. */
export interface EnqueuedBatch {
  readonly accountId: number;
  readonly batchId: number;
  readonly generation: number;
  readonly channel: ChannelName;
  /** It shares its wake-up with others of its moment, so that none can be told to be its own. */
  readonly single: boolean;
  /** How long ago it was due. */
  readonly lateMs: number;
}

/**
 * Finds due batches that were enqueued longer ago than they should need and that nobody holds: their wake-up was lost, or
 * still waits in the queue, which only Redis can tell.
 * @param page.graceMs how long a due batch may wait in the queue before it is asked after
 * @param page.after the last batch of the page before, so that those that only wait never hide the others
 * @param page.withoutSinglesOf channels whose single deliveries are left out
 * @returns at most `limit`, by account and id.
 */
export async function findLongEnqueued(
  pool: pg.Pool,
  page: {
    readonly graceMs: number;
    readonly limit: number;
    readonly after?: Pick<EnqueuedBatch, 'accountId' | 'batchId'> | undefined;
    readonly withoutSinglesOf: readonly ChannelName[];
  },
): Promise<EnqueuedBatch[]> {
  const { rows } = await pool.query<{
    account_id: number;
    id: number;
    generation: number;
    channel: ChannelName;
    single: boolean;
    late_ms: number;
  }>(
    // Materialized, or the order would tempt the planner to walk the primary key through all batches there ever were.
    `WITH enqueued AS MATERIALIZED (
       SELECT account_id, id, generation, channel, single, extract(epoch FROM n.now - due_at)::float8 * 1000 AS late_ms
       FROM batches, (SELECT carillon_now() AS now) n
       WHERE open AND enqueued_at IS NOT NULL AND lease_until IS NULL
         AND due_at < n.now - $1 * interval '1 millisecond' AND enqueued_at < n.now - $1 * interval '1 millisecond'
         AND (account_id, id) > ($2::int, $3::bigint) AND NOT (single AND channel = ANY ($4::text[]))
     )
     SELECT * FROM enqueued ORDER BY account_id, id LIMIT $5`,
    [page.graceMs, page.after?.accountId ?? 0, page.after?.batchId ?? 0, page.withoutSinglesOf, page.limit],
  );
  return rows.map((row) => ({
    accountId: row.account_id,
    batchId: row.id,
    generation: row.generation,
    channel: row.channel,
    single: row.single,
    lateMs: row.late_ms,
  }));
}

/**
 * Frees batches whose wake-up was lost, so that they are enqueued again. What was leased, freed or enqueued anew since it
 * was found is left alone.
 * @returns the channels in which something was freed, with the number of batches.
 */
export async function freeLostBatches(
  pool: pg.Pool,
  batches: readonly Pick<EnqueuedBatch, 'accountId' | 'batchId' | 'generation'>[],
): Promise<Map<string, number>> {
  if (batches.length === 0) return new Map();
  const { rows } = await pool.query<{ channel: string }>(
    `UPDATE batches b SET enqueued_at = NULL
     FROM (SELECT account_id, id FROM batches
           WHERE open AND enqueued_at IS NOT NULL AND lease_until IS NULL
             AND (account_id, id, generation) IN (SELECT * FROM unnest($1::int[], $2::bigint[], $3::int[]))
           ORDER BY account_id, id FOR UPDATE OF batches SKIP LOCKED) lost
     WHERE b.account_id = lost.account_id AND b.id = lost.id
     RETURNING b.channel`,
    [
      batches.map((batch) => batch.accountId),
      batches.map((batch) => batch.batchId),
      batches.map((batch) => batch.generation),
    ],
  );
  return countBy(rows.map((row) => row.channel));
}

/** After Redis lost its data: everything enqueued and not leased is to be enqueued again, without patience. */
export async function freeAllEnqueued(pool: pg.Pool): Promise<Map<string, number>> {
  const { rows } = await pool.query<{ channel: string }>(
    `UPDATE batches b SET enqueued_at = NULL
     FROM (SELECT account_id, id FROM batches
           WHERE open AND enqueued_at IS NOT NULL AND lease_until IS NULL
           ORDER BY account_id, id FOR UPDATE) lost
     WHERE b.account_id = lost.account_id AND b.id = lost.id
     RETURNING b.channel`,
  );
  return countBy(rows.map((row) => row.channel));
}

function countBy(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/** Applies the jobs' policies to outcomes that stayed unknown. Returns the channels to wake and what was done. */
export async function settleUnknowns(
  pool: pg.Pool,
  limit: number,
): Promise<{ failed: number; resent: number; channels: Set<string> }> {
  const { rows } = await pool.query<{ channel: string; failed: number; resent: number }>({
    ...statement('settle_unknowns'),
    values: [limit],
  });
  return {
    failed: rows.reduce((sum, row) => sum + row.failed, 0),
    resent: rows.reduce((sum, row) => sum + row.resent, 0),
    channels: new Set(rows.filter((row) => row.resent > 0).map((row) => row.channel)),
  };
}

/** Ends rows of cancelled runs (as `cancelled`) and of expired batches (as `skipped`). Returns how many rows. */
export async function dropEndedRows(pool: pg.Pool, limit: number): Promise<{ cancelled: number; expired: number }> {
  const cancelled = await dropRows(
    pool,
    // Found before they are put in order: in the order of the key one would walk through all batches that ever were.
    `SELECT account_id, id FROM (
       SELECT b.account_id, b.id FROM runs r JOIN batches b ON b.account_id = r.account_id AND b.run_id = r.id AND b.open
       WHERE r.state <> 'completed' AND r.cancelled_at IS NOT NULL AND b.cancelled_at IS NOT NULL AND b.scheduled > 0
       LIMIT $1) found
     ORDER BY account_id, id`,
    limit,
    'cancelled',
    null,
  );
  const expired = await dropRows(
    pool,
    `SELECT account_id, id FROM (
       SELECT account_id, id FROM batches
       WHERE open AND expires_at IS NOT NULL AND expires_at <= carillon_now() AND scheduled > 0
       LIMIT $1) found
     ORDER BY account_id, id`,
    limit,
    'skipped',
    'expired',
  );
  return { cancelled, expired };
}

async function dropRows(
  pool: pg.Pool,
  find: string,
  limit: number,
  state: 'cancelled' | 'skipped',
  code: string | null,
): Promise<number> {
  const { rows } = await pool.query<{ account_id: number; id: number }>(find, [limit]);
  if (rows.length === 0) return 0;
  const dropped = await pool.query<{ rows: number }>({
    ...statement('drop_rows'),
    values: [rows.map((row) => row.account_id), rows.map((row) => row.id), state, code],
  });
  return dropped.rows.reduce((sum, row) => sum + row.rows, 0);
}

/**
 * Completes runs that are expanded and have nothing left: no open batch, no policy still to come, and no payment that is being looked
 * up. An `unknown` that only a report or a person can settle is a recorded state and does not hold a run open.
 */
export async function completeRuns(pool: pg.Pool, limit: number): Promise<number> {
  const { rowCount } = await pool.query(
    `UPDATE runs r SET state = 'completed', completed_at = carillon_now()
     FROM (
       SELECT r.account_id, r.id FROM runs r
       WHERE r.state = 'sending'
         AND NOT EXISTS (SELECT 1 FROM batches b WHERE b.account_id = r.account_id AND b.run_id = r.id AND b.open)
         AND NOT EXISTS (SELECT 1 FROM batches b WHERE b.account_id = r.account_id AND b.run_id = r.id AND b.settle_at IS NOT NULL)
         AND NOT EXISTS (SELECT 1 FROM batches b WHERE b.account_id = r.account_id AND b.run_id = r.id AND b.unknown > 0
                         AND b.channel = 'payment')
       LIMIT $1 FOR UPDATE SKIP LOCKED
     ) done
     WHERE r.account_id = done.account_id AND r.id = done.id`,
    [limit],
  );
  return rowCount ?? 0;
}

/**
 * Completes jobs that have no further moment and no open run. A statement of its own: who controls a job locks the job
 * first and its runs after, so completing must not hold a run while it asks for the job.
 */
export async function completeJobs(pool: pg.Pool, limit: number): Promise<number> {
  const { rowCount } = await pool.query(
    `UPDATE jobs j SET status = 'completed', updated_at = carillon_now()
     FROM (
       SELECT j.account_id, j.id FROM jobs j
       WHERE j.status IN ('active', 'paused') AND j.next_run_at IS NULL
         -- Behind row-level security the planner cannot see how few of either there are, and would walk through all that ever were:
         -- OFFSET keeps this a look into the index of open runs for each such job, and the order leads to the index of such jobs.
         AND NOT EXISTS (SELECT 1 FROM runs r WHERE r.account_id = j.account_id AND r.job_id = j.id AND r.state <> 'completed' OFFSET 0)
       ORDER BY j.account_id, j.id
       LIMIT $1 FOR UPDATE SKIP LOCKED
     ) done
     WHERE j.account_id = done.account_id AND j.id = done.id AND j.status IN ('active', 'paused')`,
    [limit],
  );
  return rowCount ?? 0;
}

/**
 * Jobs that were completed and have a run that goes on are active again, so that they can be paused and cancelled: a late
 * outcome or a person sent an unknown row back, or those missed are sent to. One that was paused when it was completed is paused again,
 * for so are its runs: else it could not be resumed.
 */
export async function reopenJobs(pool: pg.Pool, limit: number): Promise<number> {
  const { rowCount } = await pool.query(
    `WITH found AS MATERIALIZED (
       SELECT r.account_id, r.job_id FROM runs r
       -- A look at the job of each open run, and no join, for the reason given above.
       WHERE r.state <> 'completed' AND (SELECT j.status FROM jobs j WHERE j.account_id = r.account_id AND j.id = r.job_id) = 'completed'
       LIMIT $1
     )
     UPDATE jobs j
     SET updated_at = carillon_now(),
         status = CASE WHEN (SELECT bool_and(r.paused_at IS NOT NULL) FROM runs r
                             WHERE r.account_id = j.account_id AND r.job_id = j.id AND r.state <> 'completed')
                       THEN 'paused' ELSE 'active' END::job_status
     FROM (
       SELECT j.account_id, j.id FROM found JOIN jobs j ON j.account_id = found.account_id AND j.id = found.job_id
       WHERE j.status = 'completed'
       FOR UPDATE OF j SKIP LOCKED
     ) again
     WHERE j.account_id = again.account_id AND j.id = again.id AND j.status = 'completed'`,
    [limit],
  );
  return rowCount ?? 0;
}

/** How far behind a channel is: due batches that nobody holds, and the age of the eldest. */
export interface ChannelLag {
  readonly channel: string;
  /** Due, open, neither leased nor paused. */
  readonly dueBatches: number;
  /** The deliveries of these that nobody began with. */
  readonly dueDeliveries: number;
  readonly oldestDueMs: number;
  /** Of these, enqueued long ago: their wake-ups still wait, or Redis does not know them any more. */
  readonly missingBatches: number;
}

/** Measures the lag of every channel that has something due. */
export async function readLag(db: Queryable, graceMs: number): Promise<ChannelLag[]> {
  const { rows } = await db.query<{
    channel: string;
    due: number;
    deliveries: number;
    oldest_ms: number;
    missing: number;
  }>(
    `SELECT b.channel, count(*) AS due, sum(b.scheduled)::bigint AS deliveries,
            max(extract(epoch FROM n.now - b.due_at)::float8 * 1000) AS oldest_ms,
            count(*) FILTER (WHERE b.enqueued_at < n.now - $1 * interval '1 millisecond') AS missing
     FROM batches b, (SELECT carillon_now() AS now) n
     WHERE b.open AND b.due_at <= n.now AND b.lease_until IS NULL AND b.paused_at IS NULL AND b.cancelled_at IS NULL
     GROUP BY b.channel`,
    [graceMs],
  );
  return rows.map((row) => ({
    channel: row.channel,
    dueBatches: row.due,
    dueDeliveries: row.deliveries,
    oldestDueMs: row.oldest_ms,
    missingBatches: row.missing,
  }));
}

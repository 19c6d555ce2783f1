/**
 * Rotation: what is older than it has to be kept goes, and leaves the counts of its runs. Whole days go by dropping their partitions,
 * what single accounts keep for a shorter time by deleting the rows of their batches (briefRotation.ts). Both in steps that hold no lock
 * for long: senders must not notice. Runs, idempotency keys of open jobs and the occasions of dates stay, for as long as oldJobs.ts says; a step that was
 * cut short is finished by the next one.
 *
 * Locks: runs, then batches, then their rows.
 */
import type pg from 'pg';
import { inTransaction, type Queryable } from './pool.ts';
import { statement } from './statements.ts';

/** Of one day, children before what they belong to. */
export const PARENTS = ['results', 'reports', 'attempts', 'deliveries'] as const;
/** The days that have partitions. */
export const DAYS = `(SELECT to_date(right(c.relname, 8), 'YYYYMMDD') AS day
           FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'deliveries'::regclass)`;
/** Batches that one step takes away, all those of a run together. */
const BATCHES_PER_STEP = 1_000;
const LOCK_NOT_AVAILABLE = '55P03';

/** What became of it. */
export type Rotation =
  | { readonly kind: 'dropped'; readonly day: string }
  /** A lock was not to be had within its moment; to be tried again soon. */
  | { readonly kind: 'busy'; readonly day: string }
  | { readonly kind: 'nothing' };

/**
 * Drops the eldest day of which nothing has to be kept: nothing in it is open, `unknown` or waiting for a policy, and no account keeps
 * it for longer.
 * @param keepDays of accounts that do not say it themselves
 */
export async function rotateOldestDay(pool: pg.Pool, keepDays: number): Promise<Rotation> {
  const day = await oldestDay(pool, keepDays);
  if (day === undefined) return { kind: 'nothing' };
  while ((await retireStep(pool, day)) > 0) {
    // The next runs.
  }
  // What went on meanwhile, such as a delivery that a person sent back, keeps its day.
  const { rows } = await pool.query('SELECT 1 FROM batches WHERE day = $1 LIMIT 1', [day]);
  if (rows.length > 0) return { kind: 'busy', day };
  try {
    await pool.query('DELETE FROM run_documents WHERE day = $1', [day]);
    for (const parent of PARENTS) await pool.query('SELECT drop_partition($1, $2::date)', [parent, day]);
  } catch (error) {
    if ((error as { code?: unknown }).code === LOCK_NOT_AVAILABLE) return { kind: 'busy', day };
    throw error;
  }
  return { kind: 'dropped', day };
}

/**
 * The eldest day that nothing keeps. Of accounts that keep failures longer than the rest, the rest goes by itself (briefRotation.ts), so what
 * is there beyond its time are failures and what was done in the same day's runs.
 */
async function oldestDay(db: Queryable, keepDays: number): Promise<string | undefined> {
  const { rows } = await db.query<{ day: string }>(
    `SELECT to_char(p.day, 'YYYY-MM-DD') AS day
     FROM ${DAYS} p, (SELECT (carillon_now() AT TIME ZONE 'UTC')::date AS today) n
     WHERE p.day < n.today - $1::int
       -- As values and not as joins, for which all batches would be read where a day is taken for a large part of them.
       AND (SELECT true FROM batches b WHERE b.day = p.day AND (b.open OR b.unknown > 0 OR b.settle_at IS NOT NULL) LIMIT 1) IS NULL
       AND (SELECT true FROM accounts a
            WHERE (a.keep_days IS NOT NULL OR a.keep_failed_days IS NOT NULL) AND greatest(a.keep_days, a.keep_failed_days) > $1
              AND p.day >= n.today - greatest(a.keep_failed_days, coalesce(a.keep_days, $1))
              AND (SELECT true FROM batches b WHERE b.day = p.day AND b.account_id = a.id LIMIT 1)
            LIMIT 1) IS NULL
     ORDER BY p.day LIMIT 1`,
    [keepDays],
  );
  return rows[0]?.day;
}

/** Takes away batches of the day, whatever their account. @returns how many */
async function retireStep(pool: pg.Pool, day: string): Promise<number> {
  return await inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ account_id: number; run_id: number }>(
      `SELECT DISTINCT account_id, run_id FROM (
         SELECT account_id, run_id FROM batches
         WHERE day = $1 AND NOT open AND unknown = 0 AND settle_at IS NULL ORDER BY account_id, run_id LIMIT $2) b ORDER BY 1, 2`,
      [day, BATCHES_PER_STEP],
    );
    const keys = [rows.map((row) => row.account_id), rows.map((row) => row.run_id)];
    return await retire(client, keys, { day, withoutFailures: false });
  });
}

/**
 * Takes away batches of runs, of one day, and adds their counts to those that the runs keep.
 * @param keys account ids and run ids, in order
 * @returns how many batches
 */
export async function retire(
  client: Queryable,
  keys: readonly (readonly number[])[],
  of: { readonly day: string; readonly withoutFailures: boolean },
): Promise<number> {
  if (keys[0]?.length === 0) return 0;
  await client.query(
    `SELECT 1 FROM runs r JOIN unnest($1::int[], $2::bigint[]) AS of (account_id, run_id)
       ON r.account_id = of.account_id AND r.id = of.run_id
     ORDER BY r.account_id, r.id FOR NO KEY UPDATE OF r`,
    [...keys],
  );
  const { rows } = await client.query<{ batches: number }>({
    ...statement('retire_batches'),
    values: [...keys, of.day, of.withoutFailures],
  });
  return rows[0]?.batches ?? 0;
}

/** Forgets audit entries that are older, at most `limit` at once. @returns how many */
export async function dropOldAudit(db: Queryable, keepDays: number, limit: number): Promise<number> {
  const { rowCount } = await db.query(
    `DELETE FROM audit_entries WHERE ctid IN (
       SELECT ctid FROM audit_entries WHERE at < carillon_now() - $1 * interval '1 day' LIMIT $2)`,
    [keepDays, limit],
  );
  return rowCount ?? 0;
}

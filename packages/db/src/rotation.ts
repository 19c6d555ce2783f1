/**
 * Rotation: what is older than it has to be kept goes, and leaves the counts of its runs. Whole days go by dropping their partitions,
 * what single accounts keep for a shorter time by deleting the rows of their batches. Both in steps that hold no lock for long:
 * senders must not notice. Runs, idempotency keys of open jobs and the occasions of dates stay, for as long as oldJobs.ts says; a step that was
 * cut short is finished by the next one.
 *
 * Locks: runs, then batches, then their rows.
 */
import type pg from 'pg';
import { inTransaction, type Queryable } from './pool.ts';
import { statement } from './statements.ts';

/** Of one day, children before what they belong to. */
const PARENTS = ['results', 'reports', 'attempts', 'deliveries'] as const;
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

// What keeps a day is asked for one by one: each has an index that has nothing else, while all in one would be looked for in the whole day.
async function oldestDay(db: Queryable, keepDays: number): Promise<string | undefined> {
  const { rows } = await db.query<{ day: string }>(
    `SELECT to_char(p.day, 'YYYY-MM-DD') AS day
     FROM (SELECT to_date(right(c.relname, 8), 'YYYYMMDD') AS day
           FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'deliveries'::regclass) p,
          (SELECT (carillon_now() AT TIME ZONE 'UTC')::date AS today) n
     WHERE p.day < n.today - $1::int
       AND NOT EXISTS (SELECT 1 FROM batches b WHERE b.day = p.day AND b.open)
       AND NOT EXISTS (SELECT 1 FROM batches b WHERE b.day = p.day AND b.unknown > 0)
       AND NOT EXISTS (SELECT 1 FROM batches b WHERE b.day = p.day AND b.settle_at IS NOT NULL)
       AND NOT EXISTS (
         SELECT 1 FROM accounts a JOIN batches b ON b.account_id = a.id AND b.day = p.day
         WHERE greatest(a.keep_days, a.keep_failed_days) > $1
           AND p.day >= n.today - CASE WHEN b.failed > 0 THEN greatest(a.keep_failed_days, coalesce(a.keep_days, $1)) ELSE coalesce(a.keep_days, $1) END)
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
         WHERE day = $1 AND NOT open AND unknown = 0 AND settle_at IS NULL LIMIT $2) b ORDER BY 1, 2`,
      [day, BATCHES_PER_STEP],
    );
    const keys = [rows.map((row) => row.account_id), rows.map((row) => row.run_id)];
    return await retire(client, keys, { day, withoutFailures: false });
  });
}

async function retire(
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

/** An account that keeps less than the installation does, and from which day on; failures never for less than the rest. */
interface Brief {
  readonly account_id: number;
  readonly sent_before: string;
  readonly failed_before: string;
}

/**
 * Takes away what accounts keep for a shorter time than the installation: deliveries with their attempts, reports and results, a run at a
 * time. Batches with something unknown stay until it is settled.
 * @returns how many runs it took something of; fewer than `limit` when nothing is left
 */
export async function retireBrief(pool: pg.Pool, keepDays: number, limit: number): Promise<number> {
  const { rows: accounts } = await pool.query<Brief>(
    `SELECT id AS account_id, to_char(n.today - keep_days::int, 'YYYY-MM-DD') AS sent_before,
            to_char(n.today - greatest(keep_failed_days, keep_days)::int, 'YYYY-MM-DD') AS failed_before
     FROM accounts, (SELECT (carillon_now() AT TIME ZONE 'UTC')::date AS today) n
     WHERE keep_days < $1 ORDER BY id`,
    [keepDays],
  );
  let runs = 0;
  for (const account of accounts) {
    if (runs >= limit) break;
    runs += await retireOf(pool, account, limit - runs);
  }
  return runs;
}

async function retireOf(pool: pg.Pool, account: Brief, limit: number): Promise<number> {
  const { account_id: accountId, sent_before: sentBefore, failed_before: failedBefore } = account;
  // In the order in which they were made, so that the eldest are met first.
  const { rows } = await pool.query<{ run_id: number; day: string; without_failures: boolean }>(
    `SELECT DISTINCT run_id, to_char(b.day, 'YYYY-MM-DD') AS day, b.day >= $3::date AS without_failures
     FROM (SELECT run_id, day, failed FROM batches
           WHERE account_id = $1 AND day < greatest($2::date, $3::date) AND NOT open AND unknown = 0 AND settle_at IS NULL
             AND day < CASE WHEN failed > 0 THEN $3::date ELSE $2::date END
           ORDER BY id LIMIT $4) b
     ORDER BY 1`,
    [accountId, sentBefore, failedBefore, limit],
  );
  for (const { run_id: runId, day, without_failures: withoutFailures } of rows) {
    await inTransaction(pool, async (client) => {
      await client.query('SELECT 1 FROM runs WHERE account_id = $1 AND id = $2 FOR NO KEY UPDATE', [accountId, runId]);
      const { rows: batches } = await client.query<{ id: number }>(
        `SELECT id FROM batches WHERE account_id = $1 AND run_id = $2 AND day = $3 AND NOT open AND unknown = 0 AND settle_at IS NULL
           AND (NOT $4::boolean OR failed = 0) ORDER BY id FOR UPDATE`,
        [accountId, runId, day, withoutFailures],
      );
      const ids = batches.map(({ id }) => id);
      for (const parent of PARENTS) {
        await client.query(
          `DELETE FROM ${parent} WHERE account_id = $1 AND batch_id = ANY ($2::bigint[]) AND day = $3`,
          [accountId, ids, day],
        );
      }
      await retire(client, [[accountId], [runId]], { day, withoutFailures });
      await client.query(
        `DELETE FROM run_documents WHERE account_id = $1 AND run_id = $2
         AND NOT EXISTS (SELECT 1 FROM batches WHERE account_id = $1 AND run_id = $2)`,
        [accountId, runId],
      );
    });
  }
  return rows.length;
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

/** The daily partitions of deliveries, attempts, reports and results: made ahead, and dropped once nothing can happen there. */
import type pg from 'pg';
import { inTransaction, type Queryable } from './pool.ts';
import { partitionName } from './statements.ts';

/**
 * Makes the day's partitions where they are missing. Fails when the locks for it are not to be had within two seconds, which
 * the function itself limits (55P03); the caller's work is then to be repeated.
 */
export async function ensurePartitions(db: Queryable, day: string): Promise<void> {
  const { rows } = await db.query<{ exists: boolean }>('SELECT to_regclass($1) IS NOT NULL AS exists', [
    partitionName('deliveries', day),
  ]);
  if (rows[0]?.exists) return;
  await db.query('SELECT ensure_partitions($1::date)', [day]);
}

/** Makes the partitions of today and the days ahead. Fails when a lock is not to be had (55P03); the next pass tries again. */
export async function ensurePartitionsAhead(pool: pg.Pool, days: number): Promise<void> {
  await inTransaction(pool, async (client) => {
    await client.query(
      `SELECT ensure_partitions(((carillon_now() AT TIME ZONE 'UTC')::date + ahead)::date) FROM generate_series(0, $1) AS ahead`,
      [days],
    );
  });
}

/** Whether reports about that day can still be stored. */
export async function hasPartition(db: Queryable, day: string): Promise<boolean> {
  const { rows } = await db.query<{ exists: boolean }>('SELECT to_regclass($1) IS NOT NULL AS exists', [
    partitionName('reports', day),
  ]);
  return rows[0]?.exists ?? false;
}

/**
 * Drops the partitions of one day that is older than `keepDays`, when nothing of it is open, `unknown` or waiting for a
 * policy; the batches of the day go with it.
 * @returns the day dropped, or `undefined` when there was none to drop.
 */
export async function dropOldestDay(pool: pg.Pool, keepDays: number): Promise<string | undefined> {
  const { rows } = await pool.query<{ day: string }>(
    `SELECT to_char(to_date(right(c.relname, 8), 'YYYYMMDD'), 'YYYY-MM-DD') AS day
     FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
     WHERE i.inhparent = 'deliveries'::regclass
       AND to_date(right(c.relname, 8), 'YYYYMMDD') < (carillon_now() AT TIME ZONE 'UTC')::date - $1::int
       AND NOT EXISTS (SELECT 1 FROM batches b WHERE b.day = to_date(right(c.relname, 8), 'YYYYMMDD')
                       AND (b.open OR b.unknown > 0 OR b.settle_at IS NOT NULL))
     ORDER BY 1 LIMIT 1`,
    [keepDays],
  );
  const day = rows[0]?.day;
  if (day === undefined) return undefined;
  await inTransaction(pool, async (client) => {
    await client.query(`SET LOCAL lock_timeout = '2s'`);
    await client.query('SELECT drop_partitions($1::date)', [day]);
    await client.query('DELETE FROM batches WHERE day = $1', [day]);
  });
  return day;
}

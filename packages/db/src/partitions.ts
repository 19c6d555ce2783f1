/** The daily partitions of deliveries, attempts, reports and results: made ahead. What is old is dropped by rotation.ts. */
import type pg from 'pg';
import { inTransaction, type Queryable } from './pool.ts';
import { partitionName } from './statements.ts';

/**
 * Makes the day's partitions where they are missing. Fails when the locks for it are not to be had within two seconds, which
 * the function itself limits (55P03); the caller's work is then to be repeated.
 */
export async function ensurePartitions(db: Queryable, day: string): Promise<void> {
  const { rows } = await db.query<{ exists: boolean }>({
    name: 'has_relation',
    text: 'SELECT to_regclass($1) IS NOT NULL AS exists',
    values: [partitionName('deliveries', day)],
  });
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

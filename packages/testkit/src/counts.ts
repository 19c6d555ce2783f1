/** Whether counts add up: what a batch says of its deliveries, and what they are. */
import type pg from 'pg';

/** Every state of a delivery has a column of its name in `batches`. */
const STATES = ['scheduled', 'sending', 'sent', 'delivered', 'failed', 'unknown', 'skipped', 'cancelled'];

/**
 * Batches whose counts do not add up to their size, or are not what their deliveries say; must be none.
 * @param runId only those of one run
 */
export async function findWrongBatches(db: Pick<pg.ClientBase, 'query'>, runId?: number): Promise<{ id: number }[]> {
  const own = STATES.map((state) => `b.${state}`);
  const { rows } = await db.query<{ id: number }>(
    `SELECT b.id, b.account_id, b.run_id, b.size, ${own.join(', ')}, d.*
     FROM batches b LEFT JOIN LATERAL (
       SELECT count(*)::int AS n, ${STATES.map((state) => `count(*) FILTER (WHERE state = '${state}')::int AS d_${state}`).join(', ')}
       FROM deliveries WHERE account_id = b.account_id AND batch_id = b.id AND day = b.day
     ) d ON true
     WHERE ($1::bigint IS NULL OR b.run_id = $1)
       AND (d.n <> b.size OR ${own.join(' + ')} <> b.size
         OR (${own.join(', ')}) IS DISTINCT FROM (${STATES.map((state) => `d_${state}`).join(', ')}))`,
    [runId ?? null],
  );
  return rows;
}

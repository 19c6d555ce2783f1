/**
 * What checks found out: stored before the outcomes that carry it, so that a crash in between can only repeat it. A check that ends
 * without a verdict leaves `unknown`, so that no address waits for ever for a check that is over.
 */
import type pg from 'pg';
import { inTransaction } from './pool.ts';
import { partitionName, statement } from './statements.ts';

/** After a check that found nothing out an address rests so long before the next, unless it is said. */
export const CHECK_REST_MS = 600_000;

/** The verdict of one check, which is a delivery. */
export interface FoundVerdict {
  readonly accountId: number;
  readonly batchId: number;
  readonly number: number;
  readonly verdict: 'deliverable' | 'undeliverable' | 'risky' | 'unknown';
  readonly reason: string;
  /** `rules`, `smtp` or `http`; null where nobody judged. */
  readonly checkedBy: string | null;
  readonly costMicros: number;
}

/** A verdict that is new, with its cost in millionths of the verifier's currency. */
export interface StoredVerdict {
  readonly verdict: FoundVerdict['verdict'];
  readonly currency: string;
  readonly costMicros: number;
}

/**
 * Stores verdicts of checks of one day, with what they cost whom. A verdict that stands already, and one of an address that is
 * checked anew meanwhile, change nothing.
 * @returns those that are new
 */
export async function storeVerdicts(
  pool: pg.Pool,
  found: readonly FoundVerdict[],
  day: string,
  restMs = CHECK_REST_MS,
): Promise<StoredVerdict[]> {
  if (found.length === 0) return [];
  const keys = [found.map((one) => one.accountId), found.map((one) => one.batchId), found.map((one) => one.number)];
  return await inTransaction(pool, async (client) => {
    // In the order of the key and before anything else, as whoever asks for checks does.
    await client.query({
      name: `lock_checked_${day}`,
      text: `SELECT v.address_key FROM address_verdicts v
             WHERE v.address_key IN (
               SELECT d.dedupe_key FROM unnest($1::int[], $2::bigint[], $3::smallint[]) AS f (account_id, batch_id, number)
               JOIN ${partitionName('deliveries', day)} d
                 ON d.account_id = f.account_id AND d.batch_id = f.batch_id AND d.number = f.number AND d.day = $4)
             ORDER BY v.address_key FOR UPDATE`,
      values: [...keys, day],
    });
    const { rows } = await client.query<{ verdict: FoundVerdict['verdict']; currency: string; cost: number }>({
      ...statement('store_verdicts', day),
      values: [
        ...keys,
        found.map((one) => one.verdict),
        found.map((one) => one.reason),
        found.map((one) => one.checkedBy),
        found.map((one) => one.costMicros),
        day,
        restMs,
      ],
    });
    return rows.map(({ verdict, currency, cost }) => ({ verdict, currency, costMicros: cost }));
  });
}

/** A batch of checks with an outcome that nobody knows is looked at again after so long. */
const LOOK_AGAIN_SECONDS = 30;

/**
 * Ends the waiting for checks that are over without a verdict: expired, cancelled, given up or settled by a person. What nobody knows
 * is left open, because a look-up may still tell, and a second check might be paid for twice.
 * @param limit batches in one pass
 * @returns how many batches were looked at
 */
export async function closeChecks(pool: pg.Pool, limit: number, restMs = CHECK_REST_MS): Promise<number> {
  const { rows: batches } = await pool.query<{ account_id: number; id: number; day: string; unknown: number }>(
    `SELECT account_id, id, day, unknown FROM batches
     WHERE channel = 'email_check' AND NOT open AND NOT checks_done AND checks_next_at <= carillon_now()
     ORDER BY checks_next_at LIMIT $1`,
    [limit],
  );
  for (const batch of batches) {
    const { rows } = await pool.query<{ number: number; reason: string }>(
      `SELECT d.number, coalesce(d.code, d.state::text) AS reason
       FROM ${partitionName('deliveries', batch.day)} d
       JOIN address_verdicts v ON v.address_key = d.dedupe_key AND v.check_run_id = d.run_id AND v.state = 'pending'
       WHERE d.account_id = $1 AND d.batch_id = $2 AND d.day = $3 AND d.state IN ('failed', 'skipped', 'cancelled', 'sent', 'delivered')`,
      [batch.account_id, batch.id, batch.day],
    );
    const { account_id: accountId, id: batchId } = batch;
    const ended = rows.map(({ number, reason }) => ({
      accountId,
      batchId,
      number,
      verdict: 'unknown' as const,
      reason,
      checkedBy: null,
      costMicros: 0,
    }));
    await storeVerdicts(pool, ended, batch.day, restMs);
    // Only as it was seen: one that was opened or settled meanwhile is met again.
    await pool.query(
      `UPDATE batches SET checks_done = unknown = 0, checks_next_at = carillon_now() + $3 * interval '1 second'
       WHERE account_id = $1 AND id = $2 AND NOT open AND unknown = $4`,
      [accountId, batchId, LOOK_AGAIN_SECONDS, batch.unknown],
    );
  }
  return batches.length;
}

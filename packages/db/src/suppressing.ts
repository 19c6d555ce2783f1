/**
 * What a provider's refusal means beyond the delivery that it answered: an address that does not exist is suppressed, an
 * endpoint whose owner wants no more is switched off. A suppression is to be written before the outcome itself, so that a
 * crash in between can only repeat it; an endpoint that stays on by a crash is told again by the next notice.
 */

import { formatId } from '@carillon/core';
import type pg from 'pg';
import { recordAudit } from './audit.ts';
import { inTransaction, type Queryable } from './pool.ts';
import { partitionName } from './statements.ts';

/** A delivery whose address was refused for good. */
export interface RefusedDelivery {
  readonly accountId: number;
  readonly batchId: number;
  readonly number: number;
}

/**
 * Suppresses the addresses of these deliveries of one day, in the channel by which they were refused. An address that
 * is suppressed already keeps its reason.
 * @returns how many are new
 */
export async function suppressRefused(
  db: Queryable,
  refused: readonly RefusedDelivery[],
  day: string,
): Promise<number> {
  if (refused.length === 0) return 0;
  const { rowCount } = await db.query({
    name: `suppress_refused_${day}`,
    // In the order of the key, so that two senders that are told of the same addresses never wait for each other crosswise.
    text: `INSERT INTO suppressions (account_id, channel, address_key, address, reason, source, created_at)
           SELECT d.account_id, b.channel, coalesce(d.address_key, d.dedupe_key), d.address, 'refused', 'provider', carillon_now()
           FROM unnest($1::int[], $2::bigint[], $3::smallint[]) AS r (account_id, batch_id, number)
           JOIN ${partitionName('deliveries', day)} d
             ON d.account_id = r.account_id AND d.batch_id = r.batch_id AND d.number = r.number AND d.day = $4
           JOIN batches b ON b.account_id = d.account_id AND b.id = d.batch_id
           ORDER BY 1, 2, 3
           ON CONFLICT (account_id, channel, address_key) DO NOTHING`,
    values: [refused.map((r) => r.accountId), refused.map((r) => r.batchId), refused.map((r) => r.number), day],
  });
  return rowCount ?? 0;
}

/**
 * Switches off a webhook's endpoint, with its audit entry; one that is off already stays as it is.
 * @returns whether it was on
 */
export async function disableEndpoint(
  pool: pg.Pool,
  endpoint: { accountId: number; providerAccountId: number; reason: string; actor: string },
): Promise<boolean> {
  const { accountId, providerAccountId, reason, actor } = endpoint;
  return await inTransaction(pool, async (client) => {
    const { rowCount } = await client.query(
      `UPDATE provider_accounts SET disabled_at = carillon_now(), disabled_reason = $3, updated_at = carillon_now()
       WHERE account_id = $1 AND id = $2 AND channel = 'webhook' AND disabled_at IS NULL`,
      [accountId, providerAccountId, reason],
    );
    if (rowCount === 0) return false;
    const subject = formatId('pvd', providerAccountId);
    await recordAudit(client, { accountId, actor, action: 'provider.disable', subject, detail: { reason } });
    return true;
  });
}

/** What an operator is told in numbers that stand for the whole installation, beside the lag of its channels. */
import type { Queryable } from './pool.ts';

/** Whom a hold concerns. */
export type HoldScope = 'installation' | 'account' | 'channel';

export interface InstallationGauges {
  /** Deliveries whose outcome nobody knows. */
  readonly unknown: number;
  /** Holds that stand; one of an account's channel counts as the account's. */
  readonly holds: Readonly<Record<HoldScope, number>>;
}

/** Reads them in one statement. Batches that ended long ago may still hold unknown rows, so all of them are asked. */
export async function readGauges(db: Queryable): Promise<InstallationGauges> {
  const { rows } = await db.query<{ unknown: number; installation: number; account: number; channel: number }>(
    `SELECT (SELECT coalesce(sum(unknown), 0)::bigint FROM batches WHERE unknown > 0) AS unknown,
            count(*) FILTER (WHERE account_id IS NULL AND channel IS NULL) AS installation,
            count(*) FILTER (WHERE account_id IS NOT NULL) AS account,
            count(*) FILTER (WHERE account_id IS NULL AND channel IS NOT NULL) AS channel
     FROM holds`,
  );
  const { unknown = 0, installation = 0, account = 0, channel = 0 } = rows[0] ?? {};
  return { unknown, holds: { installation, account, channel } };
}

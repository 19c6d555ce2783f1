/** What an operator is told in numbers that stand for the whole installation, beside the lag of its channels. */
import type { Queryable } from './pool.ts';

/** Whom a hold concerns. */
export type HoldScope = 'installation' | 'account' | 'channel';

export interface InstallationGauges {
  /** Deliveries whose outcome nobody knows, by channel; a channel without any is not among them. */
  readonly unknown: ReadonlyMap<string, number>;
  /** Holds that stand; one of an account's channel counts as the account's. */
  readonly holds: Readonly<Record<HoldScope, number>>;
}

/** Reads them. Batches that ended long ago may still hold unknown rows, so all of them are asked. */
export async function readGauges(db: Queryable): Promise<InstallationGauges> {
  const unknown = await db.query<{ channel: string; unknown: number }>(
    'SELECT channel, sum(unknown)::bigint AS unknown FROM batches WHERE unknown > 0 GROUP BY channel',
  );
  const holds = await db.query<Record<HoldScope, number>>(
    `SELECT count(*) FILTER (WHERE account_id IS NULL AND channel IS NULL) AS installation,
            count(*) FILTER (WHERE account_id IS NOT NULL) AS account,
            count(*) FILTER (WHERE account_id IS NULL AND channel IS NOT NULL) AS channel
     FROM holds`,
  );
  return {
    unknown: new Map(unknown.rows.map((row) => [row.channel, row.unknown])),
    holds: holds.rows[0] ?? { installation: 0, account: 0, channel: 0 },
  };
}

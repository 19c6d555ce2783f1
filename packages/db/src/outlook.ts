/** What a provider account has still to send, for telling when something further would be done. */
import type pg from 'pg';
import { inTransaction, type Queryable } from './pool.ts';

/** A provider account's limits, and how much is planned on it. */
export interface ProviderOutlook {
  readonly messagesPerSecond: number;
  /** Null is without a limit. */
  readonly dailyLimit: number | null;
  /** Deliveries that are due by the moment and not sent. */
  readonly backlog: number;
}

/** Reads it from the open batches; a run that is not expanded yet is not in it. */
export async function readProviderOutlook(
  db: Queryable,
  asked: { readonly accountId: number; readonly providerAccountId: number; readonly untilMs: number },
): Promise<ProviderOutlook> {
  const { rows } = await db.query<{ messages_per_second: number; daily_limit: number | null; backlog: number }>(
    `SELECT p.messages_per_second, p.daily_limit,
            (SELECT coalesce(sum(b.scheduled + b.sending), 0) FROM runs r JOIN batches b ON b.run_id = r.id AND b.open
             WHERE r.account_id = $1 AND r.state <> 'completed' AND b.account_id = $1 AND b.provider_account_id = p.id
               AND b.due_at <= to_timestamp($3::float8 / 1000)) AS backlog
     FROM provider_accounts p WHERE p.account_id = $1 AND p.id = $2`,
    [asked.accountId, asked.providerAccountId, asked.untilMs],
  );
  const row = rows[0];
  if (row === undefined) throw new Error(`there is no provider account ${asked.providerAccountId}`);
  return { messagesPerSecond: row.messages_per_second, dailyLimit: row.daily_limit, backlog: Number(row.backlog) };
}

/** Carries the answer of a transaction out of it, past its end. */
class Discarded<T> extends Error {
  readonly result: T;
  constructor(result: T) {
    super('the transaction is discarded');
    this.result = result;
  }
}

/** Does `work` in a transaction of which nothing stays, and returns what it returned. */
export async function inDiscardedTransaction<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  try {
    return await inTransaction(pool, async (client): Promise<never> => {
      throw new Discarded(await work(client));
    });
  } catch (error) {
    if (error instanceof Discarded) return error.result as T;
    throw error;
  }
}

/** Calls whose answer nobody has, because the process died or the answer was lost, of channels whose provider can be asked. */
import type { ChannelName } from '@carillon/contracts';
import type { Queryable } from './pool.ts';
import { statement } from './statements.ts';

/** A restored database has forgotten tries; so many after the last that it knows are looked up. */
const FORGOTTEN_TRIES = 10;

/** One of them, with all that names its calls. */
export interface LostCall {
  readonly accountId: number;
  readonly jobId: number;
  readonly runId: number;
  readonly batchId: number;
  readonly number: number;
  readonly day: string;
  /** The last try, which an outcome has to name. */
  readonly try: number;
  readonly attempts: number;
  readonly providerAccountId: number;
  /**
   * Tries whose outcome nobody knows, the latest first: by hand an unknown one may have been freed for another, and a restore
   * forgets some.
   */
  readonly lostTries: readonly number[];
  /** When the first of them was begun, epoch ms; of tries that a restore forgot, when they were marked. */
  readonly begunAtMs: number;
}

/**
 * Reads a page of them, by account, batch and number.
 * @param page.settledMs how long nobody has known the outcome; a request may be on its way for a while
 * @param page.after the last of the page before
 */
export async function findLostCalls(
  db: Queryable,
  page: {
    readonly channel: ChannelName;
    readonly settledMs: number;
    readonly limit: number;
    readonly after?: Pick<LostCall, 'accountId' | 'batchId' | 'number'> | undefined;
  },
): Promise<LostCall[]> {
  const { rows } = await db.query<{
    account_id: number;
    job_id: number;
    run_id: number;
    batch_id: number;
    number: number;
    day: string;
    try: number;
    attempts: number;
    provider_account_id: number;
    lost: number[];
    restored: boolean;
    begun_at: Date;
  }>(
    `SELECT b.account_id, b.job_id, b.run_id, d.batch_id, d.number, d.day, d.try, d.attempts, b.provider_account_id,
            d.code IS NOT DISTINCT FROM 'restored' AS restored,
            ARRAY(SELECT a.try::int FROM attempts a
                  WHERE a.account_id = d.account_id AND a.batch_id = d.batch_id AND a.number = d.number AND a.day = d.day
                    AND a.outcome = 'unknown' ORDER BY a.try DESC) AS lost,
            coalesce((SELECT min(a.started_at) FROM attempts a
                      WHERE a.account_id = d.account_id AND a.batch_id = d.batch_id AND a.number = d.number AND a.day = d.day
                        AND a.outcome = 'unknown'), d.sending_at, d.settled_at) AS begun_at
     FROM batches b
     JOIN deliveries d ON d.account_id = b.account_id AND d.batch_id = b.id AND d.day = b.day
     WHERE b.unknown > 0 AND b.channel = $6 AND d.state = 'unknown'
       AND d.settled_at <= carillon_now() - $1 * interval '1 millisecond'
       AND (b.account_id, b.id, d.number) > ($2::int, $3::bigint, $4::int)
     ORDER BY b.account_id, b.id, d.number LIMIT $5`,
    [
      page.settledMs,
      page.after?.accountId ?? 0,
      page.after?.batchId ?? 0,
      page.after?.number ?? 0,
      page.limit,
      page.channel,
    ],
  );
  return rows.map((row) => ({
    accountId: row.account_id,
    jobId: row.job_id,
    runId: row.run_id,
    batchId: row.batch_id,
    number: row.number,
    day: row.day,
    try: row.try,
    attempts: row.attempts,
    providerAccountId: row.provider_account_id,
    lostTries: lostTriesOf(row),
    begunAtMs: row.begun_at.getTime(),
  }));
}

function lostTriesOf(row: {
  readonly try: number;
  readonly lost: readonly number[];
  readonly restored: boolean;
}): number[] {
  const known = row.lost.length === 0 && row.try > 0 && !row.restored ? [row.try] : row.lost;
  const forgotten = row.restored
    ? Array.from({ length: FORGOTTEN_TRIES }, (_, more) => row.try + more + 1).reverse()
    : [];
  return [...forgotten, ...known];
}

/**
 * Settles earlier tries of these deliveries, of which the provider has none: they are in doubt no more. To be called before the outcome
 * of the latest try is settled.
 */
export async function clearDoubts(
  db: Queryable,
  calls: readonly Pick<LostCall, 'accountId' | 'batchId' | 'number' | 'try'>[],
  because: { readonly code: string; readonly message: string },
  day: string,
): Promise<void> {
  await db.query({
    ...statement('clear_doubts', day),
    values: [
      calls.map((call) => call.accountId),
      calls.map((call) => call.batchId),
      calls.map((call) => call.number),
      calls.map((call) => call.try),
      because.code,
      because.message,
      day,
    ],
  });
}

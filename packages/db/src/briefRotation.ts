/**
 * What single accounts keep for a shorter time than the installation, or than their failures, goes a run at a time: deliveries with their
 * attempts, reports and results. Batches with something unknown stay until it is settled, and those with a failure for as long as failures
 * are kept; so a round over all of it goes page by page, and remembers where it was.
 */
import type pg from 'pg';
import { inTransaction } from './pool.ts';
import { DAYS, PARENTS, retire } from './rotation.ts';

/** Accounts that are looked at in one pass. */
const ACCOUNTS_PER_PASS = 50;

/** Where a round goes on: with the account, after a run of a day; without a day with all of the account. */
export interface BriefPlace {
  readonly accountId: number;
  readonly day?: string;
  readonly runId?: number;
}

/** One page. */
export interface BriefPage {
  /** Days that accounts keep which do not say it themselves. */
  readonly keepDays: number;
  /** Batches that are looked at, at most. */
  readonly limit: number;
  /** `next` of the page before; undefined begins a round. */
  readonly at?: BriefPlace | undefined;
}

/** How many runs something was taken of; `next` is undefined when this was the last page. */
export interface BriefRetired {
  readonly runs: number;
  readonly next: BriefPlace | undefined;
}

/** An account of which something goes before its day does, and from which day on. */
interface Brief {
  readonly account_id: number;
  readonly sent_before: string;
  readonly failed_before: string;
}

interface Found {
  readonly run_id: number;
  readonly day: string;
  readonly is_over: boolean;
  readonly without_failures: boolean;
}

/** Takes away what accounts no longer keep, of a page of it. */
export async function retireBrief(pool: pg.Pool, { keepDays, limit, at }: BriefPage): Promise<BriefRetired> {
  const { rows: accounts } = await pool.query<Brief>(
    `SELECT id AS account_id, to_char(n.today - coalesce(keep_days, $1)::int, 'YYYY-MM-DD') AS sent_before,
            to_char(n.today - greatest(keep_failed_days, coalesce(keep_days, $1))::int, 'YYYY-MM-DD') AS failed_before
     FROM accounts, (SELECT (carillon_now() AT TIME ZONE 'UTC')::date AS today) n
     WHERE id >= $2 AND (keep_days IS NOT NULL OR keep_failed_days IS NOT NULL)
       AND (keep_days < $1 OR keep_failed_days > coalesce(keep_days, $1)) ORDER BY id LIMIT $3`,
    [keepDays, at?.accountId ?? 0, ACCOUNTS_PER_PASS],
  );
  let runs = 0;
  let left = limit;
  for (const account of accounts) {
    const found = await readPage(pool, account, left, at);
    const over = new Map(found.filter((row) => row.is_over).map((row) => [`${row.day} ${row.run_id}`, row]));
    for (const row of over.values()) await retireRun(pool, account.account_id, row);
    runs += over.size;
    left -= found.length;
    const last = found.at(-1);
    if (left <= 0 && last !== undefined) {
      return { runs, next: { accountId: account.account_id, day: last.day, runId: last.run_id } };
    }
  }
  const last = accounts.length === ACCOUNTS_PER_PASS ? accounts.at(-1) : undefined;
  return { runs, next: last && { accountId: last.account_id + 1 } };
}

/** Batches of the account's old days, by day and run, each with whether it may go. */
async function readPage(
  pool: pg.Pool,
  { account_id: accountId, sent_before: sentBefore, failed_before: failedBefore }: Brief,
  limit: number,
  at: BriefPlace | undefined,
): Promise<Found[]> {
  const place = at?.accountId === accountId ? at : undefined;
  // The account is bounded from both sides: if it were given as one value, an index of all runs would have the order too, and be walked.
  const { rows } = await pool.query<Found>(
    `SELECT b.run_id, to_char(p.day, 'YYYY-MM-DD') AS day, p.day >= $3::date AS without_failures,
            NOT b.open AND b.unknown = 0 AND b.settle_at IS NULL AND (b.failed = 0 OR p.day < $3::date) AS is_over
     FROM (SELECT p.day FROM ${DAYS} p WHERE p.day < $2::date AND p.day >= $4::date ORDER BY p.day) p
     CROSS JOIN LATERAL (
       SELECT * FROM batches b WHERE b.day = p.day AND b.account_id <= $1
         AND (b.account_id, b.run_id) > ($1, CASE WHEN p.day = $4::date THEN $5::bigint ELSE 0 END)
       ORDER BY b.account_id, b.run_id LIMIT $6
     ) b
     ORDER BY p.day, b.run_id LIMIT $6`,
    [accountId, sentBefore, failedBefore, place?.day ?? '-infinity', place?.runId ?? 0, limit],
  );
  return rows;
}

async function retireRun(
  pool: pg.Pool,
  accountId: number,
  { run_id: runId, day, without_failures: withoutFailures }: Found,
): Promise<void> {
  await inTransaction(pool, async (client) => {
    await client.query('SELECT 1 FROM runs WHERE account_id = $1 AND id = $2 FOR NO KEY UPDATE', [accountId, runId]);
    const { rows: batches } = await client.query<{ id: number }>(
      `SELECT id FROM batches WHERE account_id = $1 AND run_id = $2 AND day = $3 AND NOT open AND unknown = 0 AND settle_at IS NULL
         AND (NOT $4::boolean OR failed = 0) ORDER BY id FOR UPDATE`,
      [accountId, runId, day, withoutFailures],
    );
    const ids = batches.map(({ id }) => id);
    for (const parent of PARENTS) {
      await client.query(`DELETE FROM ${parent} WHERE account_id = $1 AND batch_id = ANY ($2::bigint[]) AND day = $3`, [
        accountId,
        ids,
        day,
      ]);
    }
    await retire(client, [[accountId], [runId]], { day, withoutFailures });
    await client.query(
      `DELETE FROM run_documents WHERE account_id = $1 AND run_id = $2
       AND NOT EXISTS (SELECT 1 FROM batches WHERE account_id = $1 AND run_id = $2)`,
      [accountId, runId],
    );
  });
}

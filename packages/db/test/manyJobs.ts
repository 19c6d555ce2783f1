/** Very many jobs of an account, of which each filter of lists means many or few, lately or long ago. */
import type { TestStore } from './rows.ts';

export const MINUTE = 60_000;

/**
 * The last of them is made now, and every one a minute after the one before, give or take five. One in twenty is active and comes again;
 * of the rest all is over. Their moments are in no order.
 */
export async function seedManyJobs(store: TestStore, accountId: number, count: number): Promise<void> {
  const { pool } = store.db;
  await pool.query(
    `INSERT INTO jobs (account_id, name, kind, channel, provider_account_id, status, trigger, audience, policy, user_id, tags,
                       recurring, next_run_at, next_occurrence_at, created_at, planned_at)
     SELECT $1, CASE WHEN n <= $3::int / 4 THEN 'Old ' ELSE 'Job ' END || n,
            CASE WHEN n % 1333 = 0 THEN 'payment' WHEN n % 3 = 0 THEN 'webhook' WHEN n % 7 = 0 THEN 'notice' WHEN n % 11 = 0 THEN 'test'
                 ELSE 'message' END,
            CASE WHEN n % 1333 = 0 THEN 'payment' WHEN n % 3 = 0 THEN 'call' WHEN n % 1601 = 0 THEN 'email' ELSE 'whatsapp' END, $2,
            (CASE WHEN n % 20 = 0 THEN 'active' WHEN n % 1999 = 0 THEN 'paused' ELSE 'completed' END)::job_status,
            '{"type":"every","overlap":"queue"}', '{}', '{}', CASE WHEN n % 5 = 0 THEN 'busy' ELSE 'u-' || n % 1000 END,
            CASE WHEN n % 2000 = 0 THEN ARRAY['common', 'rare'] WHEN n % 2 = 0 THEN ARRAY['common'] ELSE '{}' END,
            n % 20 = 0, CASE WHEN n % 20 = 0 THEN now() + n * interval '1 minute' END, now() + n * interval '1 minute',
            now() + (n - $3::int) * interval '1 minute' + (hashtext(n::text) % 300) * interval '1 second',
            now() + (n::bigint * 7919 % $3::int - $3::int) * interval '1 minute'
     FROM generate_series(1, $3::int) n`,
    [accountId, store.account.providerAccountId, count],
  );
  await pool.query(
    `INSERT INTO contents (account_id, job_id, version, body) SELECT account_id, id, 1, '{"type":"text","text":"Hello"}' FROM jobs WHERE account_id = $1`,
    [accountId],
  );
  // One that every second message names, and one that few do.
  await pool.query(
    `INSERT INTO job_audiences (account_id, audience_id, job_id)
     SELECT account_id, CASE WHEN id % 2 = 0 THEN 1 ELSE 2 END, id FROM jobs
     WHERE account_id = $1 AND kind = 'message' AND (id % 2 = 0 OR id % 1001 = 0)`,
    [accountId],
  );
}

/**
 * A person changes their number while a run by recipient expands, and so comes into a range of keys that is still to be
 * done: the run ends, and the person is told once, at the number that came first.
 */

import { addressKey } from '@carillon/core';
import { beginExpansions, createDatabase, type Database, expandStep } from '@carillon/db';
import { type AccountSeed, createTestDatabase, seedAccount, seedPeople, type TestDatabase } from '@carillon/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ADDRESS_PEPPER, announceIn } from './house.ts';

const PEOPLE = 100;
/** 300 memberships each: 30,000, which makes three steps. */
const AUDIENCES = 300;

let own: TestDatabase;
let db: Database;
let account: AccountSeed;
let audienceIds: number[];

beforeAll(async () => {
  own = await createTestDatabase();
  db = createDatabase({ url: own.url, max: 4, applicationName: 'expansion-moves' });
  account = await seedAccount(db.pool, 'moving', { baseUrl: 'http://127.0.0.1:9' });
  await seedPeople(db.pool, account.accountId, { count: PEOPLE, addressPepper: ADDRESS_PEPPER });
  const { rows } = await db.pool.query<{ id: number }>(
    `WITH made AS (
       INSERT INTO audiences (account_id, name) SELECT $1, 'all-' || n FROM generate_series(1, $2::int) n RETURNING id
     ), members AS (
       INSERT INTO audience_members (account_id, audience_id, recipient_id)
       SELECT $1, made.id, r.id FROM made, recipients r WHERE r.account_id = $1
     )
     SELECT id FROM made`,
    [account.accountId, AUDIENCES],
  );
  audienceIds = rows.map((row) => row.id);
});
afterAll(async () => {
  await db?.close();
  await own?.drop();
});

/** A number whose key lies in the last of three ranges. */
function lateNumber(): { phone: string; key: string } {
  for (let n = 0; ; n++) {
    const phone = `4916${String(300_000_000 + n)}`;
    const key = addressKey(ADDRESS_PEPPER, 'whatsapp', phone);
    if (key.startsWith('f')) return { phone, key };
  }
}

test('by recipient: whoever moves into a later step is told once and counted as a duplicate there', async () => {
  const { runId } = await announceIn(db, account, { target: { audienceIds }, policy: { dedupeBy: 'recipient' } });
  await beginExpansions(db.pool, 1);
  const steps = await db.pool.query<{ lower_key: string }>(
    'SELECT lower_key FROM expansion_steps WHERE run_id = $1 ORDER BY number',
    [runId],
  );
  expect(steps.rows).toHaveLength(3);

  const first = await expandStep(db.pool);
  const told = await db.pool.query<{ recipient_id: number; address: string }>(
    'SELECT recipient_id, address FROM deliveries WHERE account_id = $1 AND run_id = $2 ORDER BY recipient_id',
    [account.accountId, runId],
  );
  expect(told.rows.length).toBe(first?.deliveries);
  const mover = told.rows[0] as { recipient_id: number; address: string };
  const late = lateNumber();
  expect(late.key >= (steps.rows[2]?.lower_key as string)).toBe(true);
  await db.pool.query('UPDATE recipients SET phone = $3, whatsapp_key = $4 WHERE account_id = $1 AND id = $2', [
    account.accountId,
    mover.recipient_id,
    late.phone,
    late.key,
  ]);
  while (await expandStep(db.pool)) {
    // The next one.
  }

  const run = await db.pool.query(
    `SELECT r.state::text, r.people, r.duplicates, r.unreachable,
            (SELECT sum(size) FROM batches b WHERE b.account_id = r.account_id AND b.run_id = r.id) AS size
     FROM runs r WHERE r.id = $1`,
    [runId],
  );
  // Met twice, hence one more than there are, and that one is the duplicate.
  expect(run.rows).toEqual([{ state: 'sending', people: PEOPLE + 1, duplicates: 1, unreachable: 0, size: PEOPLE }]);
  const all = await db.pool.query<{ recipient_id: number; address: string }>(
    'SELECT recipient_id, address FROM deliveries WHERE account_id = $1 AND run_id = $2',
    [account.accountId, runId],
  );
  expect(all.rows).toHaveLength(PEOPLE);
  expect(new Set(all.rows.map((row) => row.recipient_id)).size).toBe(PEOPLE);
  expect(all.rows.filter((row) => row.recipient_id === mover.recipient_id)).toEqual([mover]);
});

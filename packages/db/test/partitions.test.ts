/** Partitions made while a run is planned: a lock that is not to be had is waited for a while, not for ever. */
import { seedAccount } from '@carillon/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ensurePartitions, inTransaction, rotateOldestDay } from '../src/index.ts';
import { openStore, type TestStore } from './rows.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openStore();
});
afterAll(() => store?.close());

test('a lock on the parent fails the planning within seconds, and the next attempt makes the day', async () => {
  const day = '2031-05-06';
  const holder = await store.db.pool.connect();
  try {
    await holder.query('BEGIN');
    await holder.query('LOCK TABLE deliveries IN ACCESS EXCLUSIVE MODE');
    const begunMs = performance.now();
    const attempt = inTransaction(store.db.pool, (client) => ensurePartitions(client, day));
    await expect(attempt).rejects.toMatchObject({ code: '55P03' });
    expect(performance.now() - begunMs).toBeLessThan(10_000);
    await holder.query('ROLLBACK');
  } finally {
    holder.release();
  }
  await inTransaction(store.db.pool, async (client) => {
    await ensurePartitions(client, day);
    // The limit was the function's own: what follows waits as before.
    const { rows } = await client.query<{ limit: string }>(`SELECT current_setting('lock_timeout') AS limit`);
    expect(rows[0]?.limit).toBe('0');
  });
});

test("an old day goes with its batches, and no other day's, once nothing in it is open", async () => {
  const account = await seedAccount(store.db.pool, 'old-days', { baseUrl: 'http://127.0.0.1:9' });
  const insert = (day: string, scheduled: number) =>
    store.db.pool.query(
      `INSERT INTO batches (account_id, run_id, job_id, day, channel, provider_account_id, size, scheduled, skipped, due_at)
       VALUES ($1, 1, 1, $2, 'whatsapp', $3, 1, $4, 1 - $4::int, now())`,
      [account.accountId, day, account.providerAccountId, scheduled],
    );
  await ensurePartitions(store.db.pool, '2021-01-01');
  await ensurePartitions(store.db.pool, '2021-01-02');
  await insert('2021-01-01', 1);
  await insert('2021-01-02', 0);
  expect(await rotateOldestDay(store.db.pool, 1_000)).toEqual({ kind: 'dropped', day: '2021-01-02' });
  expect(await rotateOldestDay(store.db.pool, 1_000)).toEqual({ kind: 'nothing' });
  const { rows } = await store.db.pool.query('SELECT day FROM batches WHERE account_id = $1', [account.accountId]);
  expect(rows).toEqual([{ day: '2021-01-01' }]);
});

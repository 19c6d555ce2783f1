/** What is old goes, its counts stay, and nobody who works meanwhile waits for it. */
import { seedAccount } from '@carillon/testkit';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import {
  type BriefPlace,
  dropOldAudit,
  ensurePartitions,
  hasPartition,
  readRun,
  retireBrief,
  rotateOldestDay,
} from '../src/index.ts';
import { openStore, type TestStore } from './rows.ts';

const KEEP_DAYS = 90;

let store: TestStore;
let accountId: number;
beforeAll(async () => {
  store = await openStore();
});
afterAll(() => store?.close());

const sql = async (text: string, values: unknown[] = []) => (await store.db.pool.query(text, values)).rows;
let counter = 0;
beforeEach(async () => {
  counter += 1;
  ({ accountId } = await seedAccount(store.db.pool, `rotation-${counter}`, { baseUrl: 'http://127.0.0.1:9' }));
});

/** A run that ended so many days ago, with one batch for each list of states. */
async function oldRun(
  daysAgo: number,
  batches: readonly (readonly string[])[],
): Promise<{ runId: number; day: string }> {
  const [{ day }] = (await sql(
    `SELECT to_char((carillon_now() AT TIME ZONE 'UTC')::date - $1::int, 'YYYY-MM-DD') AS day`,
    [daysAgo],
  )) as [{ day: string }];
  await ensurePartitions(store.db.pool, day);
  const [{ id: runId, job_id: jobId }] = (await sql(
    `WITH job AS (
       INSERT INTO jobs (account_id, name, kind, channel, provider_account_id, trigger, audience, policy, status)
       VALUES ($1, 'old', 'message', 'whatsapp', 1, '{"type":"now"}', '{}', '{}', 'completed') RETURNING id)
     INSERT INTO runs (account_id, job_id, occurrence_key, day, due_at, state, people, completed_at)
     SELECT $1, id, 'once', $2, $2::date, 'completed', 4, $2::date FROM job RETURNING id, job_id`,
    [accountId, day],
  )) as [{ id: number; job_id: number }];
  for (const states of batches) {
    const of = (state: string) => states.filter((one) => one === state).length;
    await sql(
      `WITH batch AS (
         INSERT INTO batches (account_id, run_id, job_id, day, channel, provider_account_id, size, scheduled, sent, failed, due_at)
         VALUES ($1, $2, $3, $4, 'whatsapp', 1, $5, 0, $6, $7, $4::date) RETURNING id)
       INSERT INTO deliveries (batch_id, run_id, due_at, dedupe_key, account_id, day, content_version, number, address, state)
       SELECT batch.id, $2, $4::date, gen_random_uuid(), $1, $4, 1, s.number, 'somebody', s.state::delivery_state
       FROM batch, unnest($8::text[]) WITH ORDINALITY AS s (state, number)`,
      [accountId, runId, jobId, day, states.length, of('sent'), of('failed'), states],
    );
  }
  return { runId, day };
}

const deliveriesOf = async (runId: number) =>
  (await sql('SELECT state::text FROM deliveries WHERE run_id = $1 ORDER BY 1', [runId])).map(({ state }) => state);

test('a day that goes leaves the counts of its runs, occasions and idempotency keys', async () => {
  const { runId, day } = await oldRun(KEEP_DAYS + 1, [['sent', 'sent', 'failed'], ['sent']]);
  await sql(
    `INSERT INTO occasions (account_id, job_id, recipient_id, date_name, offset_days, period, value, run_id, made_at)
     SELECT $1, job_id, 1, 'birthday', 0, '2026', '1990-05-06', id, due_at FROM runs WHERE id = $2`,
    [accountId, runId],
  );
  await sql(
    `INSERT INTO idempotency_keys (account_id, key, request_hash, job_id, created_at)
     SELECT $1, 'old', '', job_id, due_at FROM runs WHERE id = $2`,
    [accountId, runId],
  );
  const before = await readRun(store.db.pool, accountId, runId);
  expect(await rotateOldestDay(store.db.pool, KEEP_DAYS)).toEqual({ kind: 'dropped', day });
  expect(await hasPartition(store.db.pool, day)).toBe(false);
  expect(await sql('SELECT 1 FROM batches WHERE run_id = $1', [runId])).toEqual([]);
  expect(await deliveriesOf(runId)).toEqual([]);
  const after = await readRun(store.db.pool, accountId, runId);
  expect(after).toMatchObject({ deliveries: 4, sent: 3, failed: 1, skipped: 0, unknown: 0 });
  expect({ ...after, now_ms: 0 }).toEqual({ ...before, now_ms: 0 });
  expect(
    await sql(`SELECT (SELECT count(*) FROM occasions) AS occasions, (SELECT count(*) FROM idempotency_keys) AS keys`),
  ).toEqual([{ occasions: 1, keys: 1 }]);
});

/** A round, in pages that are smaller than what there is. */
async function retireAll(): Promise<void> {
  let at: BriefPlace | undefined;
  do {
    ({ next: at } = await retireBrief(store.db.pool, { keepDays: KEEP_DAYS, limit: 2, at }));
  } while (at !== undefined);
}

test('an account may keep less, and failures longer than the rest', async () => {
  await sql('UPDATE accounts SET keep_days = 10, keep_failed_days = 30 WHERE id = $1', [accountId]);
  const sent = await oldRun(20, [['sent', 'sent']]);
  const mixed = await oldRun(20, [
    ['sent', 'sent'],
    ['failed', 'sent'],
  ]);
  const failed = await oldRun(31, [['failed']]);
  const recent = await oldRun(9, [['sent']]);
  await retireAll();
  expect(await deliveriesOf(sent.runId)).toEqual([]);
  expect((await deliveriesOf(mixed.runId)).sort()).toEqual(['failed', 'sent']);
  expect(await deliveriesOf(failed.runId)).toEqual([]);
  expect(await deliveriesOf(recent.runId)).toEqual(['sent']);
  expect(await readRun(store.db.pool, accountId, sent.runId)).toMatchObject({ deliveries: 2, sent: 2 });
  expect(await readRun(store.db.pool, accountId, mixed.runId)).toMatchObject({ deliveries: 4, sent: 3, failed: 1 });
  expect(await hasPartition(store.db.pool, sent.day)).toBe(true);
});

test('a day stays for as long as one account keeps it', async () => {
  await sql('UPDATE accounts SET keep_failed_days = 200 WHERE id = $1', [accountId]);
  const { day } = await oldRun(KEEP_DAYS + 5, [['failed']]);
  expect(await rotateOldestDay(store.db.pool, KEEP_DAYS)).toEqual({ kind: 'nothing' });
  await sql('UPDATE accounts SET keep_failed_days = NULL WHERE id = $1', [accountId]);
  expect(await rotateOldestDay(store.db.pool, KEEP_DAYS)).toEqual({ kind: 'dropped', day });
});

test('of an account that keeps failures longer than the installation the rest goes in its time, and with them the day', async () => {
  await sql('UPDATE accounts SET keep_failed_days = 200 WHERE id = $1', [accountId]);
  const { runId, day } = await oldRun(KEEP_DAYS + 7, [
    ['sent', 'sent'],
    ['failed', 'sent'],
  ]);
  const other = await oldRun(KEEP_DAYS + 7, [['sent']]);
  await retireAll();
  expect((await deliveriesOf(runId)).sort()).toEqual(['failed', 'sent']);
  expect(await deliveriesOf(other.runId)).toEqual([]);
  expect(await rotateOldestDay(store.db.pool, KEEP_DAYS)).toEqual({ kind: 'nothing' });
  await sql('UPDATE accounts SET keep_failed_days = 95 WHERE id = $1', [accountId]);
  expect(await rotateOldestDay(store.db.pool, KEEP_DAYS)).toEqual({ kind: 'dropped', day });
  expect(await readRun(store.db.pool, accountId, runId)).toMatchObject({ deliveries: 4, sent: 3, failed: 1 });
});

test('old audit entries go, a bounded number at once', async () => {
  await sql(
    `INSERT INTO audit_entries (account_id, at, actor, action, subject)
     SELECT $1, carillon_now() - n * interval '1 day', 'test', 'test', 'test' FROM unnest(ARRAY[1, 800, 900, 1000]) n`,
    [accountId],
  );
  expect(await dropOldAudit(store.db.pool, 730, 2)).toBe(2);
  expect(await dropOldAudit(store.db.pool, 730, 2)).toBe(1);
  expect(await dropOldAudit(store.db.pool, 730, 2)).toBe(0);
});

/** The longest that somebody waited who reads all days while `work` is done, ms. */
async function longestWait(work: () => Promise<unknown>): Promise<number> {
  let longestMs = 0;
  let done = false;
  const probe = (async () => {
    while (!done) {
      const begunMs = performance.now();
      await store.db.pool.query('SELECT 1 FROM deliveries WHERE account_id = $1 LIMIT 1', [accountId]);
      longestMs = Math.max(longestMs, performance.now() - begunMs);
    }
  })();
  await work();
  done = true;
  await probe;
  return longestMs;
}

/** Does `work` while a long transaction reads the table, so that dropping has to wait for it. */
async function besideLongReader<T>(work: () => Promise<T>): Promise<T> {
  const reader = await store.db.pool.connect();
  try {
    await reader.query('BEGIN');
    await reader.query('SELECT 1 FROM deliveries LIMIT 1');
    return await work();
  } finally {
    await reader.query('ROLLBACK');
    reader.release();
  }
}

test('nobody waits for a second while a day cannot be dropped, and it goes once it can', async () => {
  const { runId, day } = await oldRun(KEEP_DAYS + 2, [['sent']]);
  const waitedMs = await longestWait(() =>
    besideLongReader(async () => {
      for (let turn = 0; turn < 5; turn += 1) {
        expect(await rotateOldestDay(store.db.pool, KEEP_DAYS)).toEqual({ kind: 'busy', day });
      }
    }),
  );
  expect(waitedMs).toBeLessThan(1_000);
  expect(await rotateOldestDay(store.db.pool, KEEP_DAYS)).toEqual({ kind: 'dropped', day });
  expect(await readRun(store.db.pool, accountId, runId)).toMatchObject({ deliveries: 1, sent: 1 });
});

test('the control: who waits for its lock as long as it takes keeps everybody waiting behind it', async () => {
  const { day } = await oldRun(KEEP_DAYS + 3, [['sent']]);
  const waitedMs = await longestWait(() =>
    besideLongReader(async () => {
      const client = await store.db.pool.connect();
      try {
        await client.query(`SET lock_timeout = '2s'`);
        await expect(client.query('SELECT drop_partitions($1::date)', [day])).rejects.toMatchObject({ code: '55P03' });
      } finally {
        await client.query('RESET lock_timeout');
        client.release();
      }
    }),
  );
  expect(waitedMs).toBeGreaterThan(1_000);
});

/**
 * Owners and accounts are told of each cause once, however many sweepers and senders tell it at the same time and however often; and
 * whether that would be seen: with the mark that something was told switched off, it is told again.
 */
import { eventually } from '@carillon/testkit';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  noticeCancelledJobs,
  noticeCompletedJobs,
  noticeCompletedRuns,
  readListeners,
  refuseJob,
} from '../src/index.ts';
import { openStore, seedBatch, type TestStore } from './rows.ts';

const AT_ONCE = 5;
const ROUNDS = 3;

let store: TestStore;
let job: { accountId: number; jobId: number; runId: number };

/** A job that failed, whose owner and account are told. */
beforeEach(async () => {
  store = await openStore();
  const { pool } = store.db;
  const { accountId } = store.account;
  await pool.query(`UPDATE accounts SET owners_told_since = now() - interval '1 hour' WHERE id = $1`, [accountId]);
  await pool.query(
    `INSERT INTO provider_accounts (account_id, channel, name, settings, created_at)
     SELECT $1, channel, channel, '{}', now() - interval '1 hour' FROM unnest(ARRAY['webhook', 'call']) channel`,
    [accountId],
  );
  const { jobId, runId } = await seedBatch(store, { rows: [{ state: 'failed' }] });
  await pool.query(
    `UPDATE jobs SET status = 'completed', updated_at = carillon_now(), notify = '{"webhook": "https://owner.example/told"}' WHERE id = $1`,
    [jobId],
  );
  await pool.query(`UPDATE runs SET state = 'completed', completed_at = carillon_now() WHERE id = $1`, [runId]);
  job = { accountId, jobId, runId };
});
afterEach(() => store?.close());

/** Several at the same time, and again and again; each round is over before the next. */
async function crowd(tell: () => Promise<unknown>): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) await Promise.all(Array.from({ length: AT_ONCE }, tell));
}

/** How many notices there are of a type, by channel: `webhook` is the account's, `call` the owner's. */
async function noticesOf(type: string): Promise<Record<string, number>> {
  const { rows } = await store.db.pool.query<{ channel: string; count: number }>(
    `SELECT j.channel, count(*) AS count FROM events e JOIN jobs j ON j.account_id = e.account_id AND j.event_id = e.id
     WHERE e.type = $1 GROUP BY 1`,
    [type],
  );
  return Object.fromEntries(rows.map(({ channel, count }) => [channel, count]));
}

/** What is written to the columns is not kept. */
async function forget(table: string, columns: readonly string[]): Promise<void> {
  await store.db.pool.query(
    `CREATE FUNCTION forget_${table}() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN ${columns.map((column) => `NEW.${column} := OLD.${column};`).join(' ')} RETURN NEW; END $$`,
  );
  await store.db.pool.query(
    `CREATE TRIGGER forget BEFORE UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION forget_${table}()`,
  );
}

const ONCE = { webhook: 1, call: 1 };

const runs = async () =>
  await noticeCompletedRuns(store.db.pool, { listeners: await readListeners(store.db.pool), limit: 10 });
const jobs = async () =>
  await noticeCompletedJobs(store.db.pool, { listeners: await readListeners(store.db.pool), limit: 10 });
const refuse = async () =>
  await refuseJob(store.db.pool, {
    ...job,
    becomes: 'cancelled',
    reason: 'insufficient_funds',
    actor: 'sender',
    tells: { type: 'payment.refused', subject: 'dlv_1', data: {} },
  });

/** More jobs that ended, each with a run that failed. */
async function seedEnded(count: number, status: 'completed' | 'cancelled'): Promise<void> {
  const { pool } = store.db;
  for (let more = 0; more < count; more += 1) {
    const { jobId, runId } = await seedBatch(store, { rows: [{ state: 'failed' }] });
    await pool.query('UPDATE jobs SET status = $2, updated_at = carillon_now() WHERE id = $1', [jobId, status]);
    await pool.query(`UPDATE runs SET state = 'completed', completed_at = carillon_now() WHERE id = $1`, [runId]);
  }
}

/** A signal that is aborted once it was asked so often. */
function abortedAfter(times: number): AbortSignal {
  let asked = 0;
  return {
    get aborted() {
      asked += 1;
      return asked > times;
    },
  } as AbortSignal;
}

const PASSES = [noticeCompletedRuns, noticeCompletedJobs, noticeCancelledJobs];

test('who is asked to end in the middle of a pass leaves the rest to the next, and each is told once', async () => {
  const { pool } = store.db;
  await seedEnded(14, 'completed');
  await seedEnded(15, 'cancelled');
  const types = ['run.failed', 'job.completed', 'job.cancelled'];
  const told = async () => await Promise.all(types.map(async (type) => (await noticesOf(type)).webhook ?? 0));
  const listeners = await readListeners(pool);
  for (const pass of PASSES) await pass(pool, { listeners, limit: 100, signal: abortedAfter(0) });
  expect(await told()).toEqual([0, 0, 0]);
  // Runs one by one, jobs ten by ten.
  for (const pass of PASSES) await pass(pool, { listeners, limit: 100, signal: abortedAfter(1) });
  expect(await told()).toEqual([1, 10, 10]);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const pass of PASSES) await pass(pool, { listeners, limit: 100 });
  }
  expect(await told()).toEqual([30, 15, 15]);
});

test.each([
  ['completed', noticeCompletedJobs],
  ['cancelled', noticeCancelledJobs],
] as const)('while some of the jobs that were %s are told of, the others can be changed', async (status, pass) => {
  const { pool } = store.db;
  await seedEnded(40, status);
  const listeners = await readListeners(pool);
  const blocker = await pool.connect();
  try {
    // The first telling waits for this.
    await blocker.query('BEGIN; LOCK TABLE events IN EXCLUSIVE MODE');
    const telling = pass(pool, { listeners, limit: 100 });
    await eventually(async () => {
      const { rows } = await pool.query(`SELECT 1 FROM pg_locks WHERE relation = 'events'::regclass AND NOT granted`);
      return rows.length > 0;
    });
    const { rows } = await pool.query(
      'SELECT count(*) AS free FROM (SELECT 1 FROM jobs FOR NO KEY UPDATE SKIP LOCKED) j',
    );
    await blocker.query('ROLLBACK');
    await telling;
    expect(rows[0].free).toBeGreaterThanOrEqual(30);
  } finally {
    blocker.release();
  }
});

test('a run that failed is told once', async () => {
  await crowd(runs);
  expect(await noticesOf('run.failed')).toEqual(ONCE);
});

test('without the mark of the run it is told at every pass', async () => {
  await forget('runs', ['noticed', 'completion_noticed_at']);
  await crowd(runs);
  expect((await noticesOf('run.failed')).call).toBeGreaterThanOrEqual(ROUNDS);
});

test('a job that is completed is told once', async () => {
  await crowd(jobs);
  expect(await noticesOf('job.completed')).toEqual(ONCE);
});

test('without the mark of the job it is told at every pass', async () => {
  await forget('jobs', ['completion_noticed_at']);
  await crowd(jobs);
  expect((await noticesOf('job.completed')).call).toBeGreaterThanOrEqual(ROUNDS);
});

test('a payment that was refused is told once, though many tries of it come to the same', async () => {
  await crowd(refuse);
  expect(await noticesOf('payment.refused')).toEqual(ONCE);
});

test('without the event to be found by its subject the refusal is told every time', async () => {
  await store.db.pool.query(
    `CREATE FUNCTION other_subject() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN NEW.subject := NEW.subject || ' ' || NEW.id; RETURN NEW; END $$`,
  );
  await store.db.pool.query(
    'CREATE TRIGGER other_subject BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION other_subject()',
  );
  await crowd(refuse);
  expect((await noticesOf('payment.refused')).call).toBe(AT_ONCE * ROUNDS);
});

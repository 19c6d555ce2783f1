/**
 * How Postgres finds jobs among very many: every filter of lists, what is due, and what sweepers look for, by the shape of the plan. Each
 * goes by an index and touches a bounded number of rows, however many jobs there are.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type pg from 'pg';
import {
  completeJobs,
  completeRuns,
  dropEndedRows,
  findLongEnqueued,
  freeAllEnqueued,
  type JobFilter,
  planDueJobs,
  planSchedules,
  readLag,
  reopenJobs,
  rescueLeases,
  settleUnknowns,
} from '../src/index.ts';
import { jobsSql } from '../src/jobFilter.ts';
import { Parameters } from '../src/parameters.ts';
import { costOf, explain, inDiscarded, plansOf } from './plans.ts';
import { openStore, type TestStore } from './rows.ts';

const JOBS = 40_000;
const PAGE = 51;
/** What grows with the jobs. */
const LARGE = ['jobs', 'job_tags', 'runs', 'batches'];

let store: TestStore;
beforeAll(async () => {
  store = await openStore();
  const { accountId, providerAccountId } = store.account;
  const { rows } = await store.db.pool.query<{ id: number }>(
    `INSERT INTO accounts (name) VALUES ('other') RETURNING id`,
  );
  const run = `INSERT INTO runs (account_id, job_id, occurrence_key, day, due_at, state, completed_at)`;
  for (const account of [accountId, rows[0]?.id]) {
    // One in twenty is active and comes again, some day; of the rest all is over.
    await store.db.pool.query(
      `INSERT INTO jobs (account_id, name, kind, channel, provider_account_id, status, trigger, audience, policy, user_id, tags,
                         recurring, next_run_at, next_occurrence_at)
       SELECT $1, 'Job ' || n, CASE WHEN n % 3 = 0 THEN 'webhook' WHEN n % 7 = 0 THEN 'notice' ELSE 'message' END, 'whatsapp', $2,
              (CASE WHEN n % 20 = 0 THEN 'active' WHEN n % 1999 = 0 THEN 'paused' ELSE 'completed' END)::job_status,
              '{"type":"every","overlap":"queue"}', '{}', '{}', 'u-' || n % 1000,
              CASE WHEN n % 2000 = 0 THEN ARRAY['common', 'rare'] WHEN n % 2 = 0 THEN ARRAY['common'] ELSE '{}' END,
              n % 20 = 0, CASE WHEN n % 20 = 0 THEN now() + n * interval '1 minute' END, now() + n * interval '1 minute'
       FROM generate_series(1, ${JOBS}) n`,
      [account, providerAccountId],
    );
    await store.db.pool.query(
      `${run} SELECT account_id, id, 'once', '2026-11-20', now(), 'completed', now() FROM jobs WHERE account_id = $1`,
      [account],
    );
  }
  // All of these are over.
  await store.db.pool.query(
    `INSERT INTO batches (account_id, run_id, job_id, day, channel, provider_account_id, size, scheduled, sent, due_at)
     SELECT account_id, id, job_id, day, 'whatsapp', $1, 1, 0, 1, due_at FROM runs`,
    [providerAccountId],
  );
  // But a few.
  await store.db.pool.query(
    `UPDATE runs SET state = 'sending', completed_at = NULL FROM jobs j
     WHERE j.account_id = runs.account_id AND j.id = runs.job_id AND j.status = 'paused'`,
  );
  await store.db.pool.query(
    `INSERT INTO batches (account_id, run_id, job_id, day, channel, provider_account_id, size, scheduled, due_at)
     SELECT account_id, id, job_id, day, 'whatsapp', $1, 1, 1, now() + interval '1 day' FROM runs WHERE state = 'sending'`,
    [providerAccountId],
  );
  await store.db.pool.query('VACUUM ANALYZE jobs, runs, job_tags, batches');
}, 180_000);
afterAll(() => store?.close());

describe('a list', () => {
  const soon = Date.now();
  const filters: readonly (readonly [string, JobFilter])[] = [
    ['everything', {}],
    ['a kind', { kind: 'webhook' }],
    ['messages', { kind: 'message' }],
    ['active', { status: 'active' }],
    ['paused', { status: 'paused' }],
    ['completed', { status: 'completed' }],
    ['cancelled, of which there is none', { status: 'cancelled' }],
    ['a user', { userId: 'u-7' }],
    ['a user who is not there', { userId: 'nobody' }],
    ['the active ones of a user', { userId: 'u-20', status: 'active' }],
    ['a tag that many have', { tag: 'common' }],
    ['a tag that few have', { tag: 'rare' }],
    ['a tag that nobody has', { tag: 'none' }],
    ['a tag and a kind', { tag: 'common', kind: 'webhook' }],
    ['a beginning of names', { namePrefix: 'Job 1234' }],
    ['one that no name has', { namePrefix: 'Nothing' }],
    ['the next run, within some hours', { nextRunAfterMs: soon, nextRunBeforeMs: soon + 10 * 3_600_000 }],
    ['the next run, when there is none', { nextRunAfterMs: soon + 1e11 }],
  ];
  test.each(filters)('of %s goes by an index, and reads little more than its page', async (_, filter) => {
    for (const beforeId of [undefined, JOBS / 2]) {
      const nodes = await inDiscarded(store, async (client) => {
        await client.query('SET LOCAL ROLE carillon_app');
        await client.query(`SELECT set_config('carillon.account_id', $1, true)`, [String(store.account.accountId)]);
        const parameters = new Parameters();
        const { from, key } = jobsSql(parameters, store.account.accountId, { ...filter, beforeId });
        const text = `SELECT j.* FROM ${from} ORDER BY ${key} DESC LIMIT ${parameters.add(PAGE)}`;
        return await explain(client, text, parameters.values);
      });
      const cost = costOf(nodes, LARGE);
      expect({ cost, isLittle: cost.rows < 8 * PAGE }).toEqual({
        cost: { rows: cost.rows, whole: [] },
        isLittle: true,
      });
    }
  });
});

describe('what is looked for again and again', () => {
  test.each([
    [
      'due by a schedule',
      'scheduler',
      (pool: pg.Pool) => planSchedules(pool, { aheadMs: 5_000, missedAfterMs: 60_000, limit: 200 }),
    ],
    ['due once', 'scheduler', (pool: pg.Pool) => planDueJobs(pool, { horizonMs: 300_000, limit: 200 })],
    ['runs that are over', 'sweeper', (pool: pg.Pool) => completeRuns(pool, 200)],
    ['jobs that are over', 'sweeper', (pool: pg.Pool) => completeJobs(pool, 200)],
    ['jobs to be opened again', 'sweeper', (pool: pg.Pool) => reopenJobs(pool, 200)],
    ['rows of runs that were ended', 'sweeper', (pool: pg.Pool) => dropEndedRows(pool, 200)],
    [
      'wake-ups that were lost',
      'sweeper',
      (pool: pg.Pool) => findLongEnqueued(pool, { graceMs: 1_000, limit: 200, withoutSinglesOf: [] }),
    ],
    ['everything that is enqueued', 'sweeper', (pool: pg.Pool) => freeAllEnqueued(pool)],
    ['leases that ran out', 'sweeper', (pool: pg.Pool) => rescueLeases(pool, 200)],
    ['outcomes that a policy settles', 'sweeper', (pool: pg.Pool) => settleUnknowns(pool, 200)],
    ['the lag of channels', 'sweeper', (pool: pg.Pool) => readLag(pool, 1_000)],
  ] as const)('%s, by the %s: by an index, and nothing of what is not due or over', async (_, who, work) => {
    const plans = await plansOf(store, LARGE, work, undefined, who === 'sweeper');
    expect(plans.length).toBeGreaterThan(0);
    for (const { text, nodes } of plans) {
      const cost = costOf(nodes, LARGE);
      expect({ text, cost, isLittle: cost.rows < 400 }).toEqual({
        text,
        cost: { rows: cost.rows, whole: [] },
        isLittle: true,
      });
    }
  });
});

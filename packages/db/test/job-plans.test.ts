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
  listJobs,
  planDueJobs,
  planSchedules,
  readLag,
  reopenJobs,
  rescueLeases,
  settleUnknowns,
} from '../src/index.ts';
import { LOOKED_AT } from '../src/jobLooks.ts';
import { MINUTE, seedManyJobs } from './manyJobs.ts';
import { costOf, expectFewRows, plansOf } from './plans.ts';
import { openStore, type TestStore } from './rows.ts';

const JOBS = 40_000;
const PAGE = 50;
/** What a page costs that is filled at once: its rows, what is shown of each, and some that are not meant. */
const AT_ONCE = 16 * PAGE;
/** What a statement may cost that looks for what is rare: whether an index is of use, along it, each by its key, and how far that was. */
const A_LOOK = 4 * LOOKED_AT + AT_ONCE;
/** What grows with the jobs. */
const LARGE = ['jobs', 'job_tags', 'job_audiences', 'contents', 'runs', 'batches'];

let store: TestStore;
beforeAll(async () => {
  store = await openStore();
  const { accountId, providerAccountId } = store.account;
  const { rows } = await store.db.pool.query<{ id: number }>(
    `INSERT INTO accounts (name) VALUES ('other') RETURNING id`,
  );
  const run = `INSERT INTO runs (account_id, job_id, occurrence_key, day, due_at, state, completed_at)`;
  for (const account of [accountId, rows[0]?.id]) {
    await seedManyJobs(store, account as number, JOBS);
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
  await store.db.pool.query('VACUUM ANALYZE jobs, runs, job_tags, job_audiences, contents, batches');
}, 180_000);
afterAll(() => store?.close());

describe('a list', () => {
  const now = Date.now();
  const past = (share: number): number => now - share * JOBS * MINUTE;
  const busy = now + 20 * MINUTE * 60;
  /** Of each part of a filter what many jobs have, what few have, and what none has. */
  const many: readonly JobFilter[] = [
    { kind: 'message' },
    { kind: 'test' },
    { status: 'completed' },
    { status: 'active' },
    { channel: 'whatsapp' },
    { userId: 'busy' },
    { tag: 'common' },
    { audienceId: 1 },
    { createdBeforeMs: past(0.5) },
    { createdAfterMs: past(0.5) },
    { createdAfterMs: past(0.9), createdBeforeMs: past(0.5) },
  ];
  /** These in an order that is not that of the page; of the last, nothing is among the newest jobs. */
  const wide: readonly JobFilter[] = [
    { namePrefix: 'Job' },
    { plannedBeforeMs: past(0.5) },
    { plannedAfterMs: past(0.5) },
    { nextRunAfterMs: now },
    { nextRunBeforeMs: now + JOBS * MINUTE },
    { namePrefix: 'Old' },
  ];
  const few: readonly JobFilter[] = [
    { kind: 'payment' },
    { status: 'paused' },
    { channel: 'email' },
    { userId: 'u-7' },
    { tag: 'rare' },
    { audienceId: 2 },
    { namePrefix: 'Job 1234' },
    { createdAfterMs: past(0.5), createdBeforeMs: past(0.5) + 30 * MINUTE },
    { plannedAfterMs: past(0.5), plannedBeforeMs: past(0.5) + 30 * MINUTE },
    { nextRunAfterMs: busy, nextRunBeforeMs: busy + 600 * MINUTE },
  ];
  const none: readonly JobFilter[] = [
    { kind: 'script' },
    { status: 'cancelled' },
    { channel: 'script' },
    { userId: 'nobody' },
    { tag: 'none' },
    { audienceId: 3 },
    { namePrefix: 'Nothing' },
    { createdAfterMs: now + 1e9 },
    { createdBeforeMs: now - 1e11 },
    { plannedAfterMs: now + 1e11 },
    { nextRunAfterMs: now + 1e11 },
  ];

  /** What the statements of a page cost, each of its own. */
  async function costsOf(filter: JobFilter, beforeId?: number, without?: string) {
    const plans = await plansOf(
      store,
      LARGE,
      (pool) => listJobs(pool, store.account.accountId, { ...filter, beforeId, limit: PAGE }),
      store.account.accountId,
      true,
      without === undefined ? [] : [`DROP INDEX ${without}`],
    );
    expect(plans.length).toBeGreaterThan(0);
    return plans.map(({ nodes }) => costOf(nodes, LARGE));
  }
  async function expectBounded(filter: JobFilter, most: number): Promise<void> {
    for (const beforeId of [undefined, JOBS / 2]) {
      const costs = await costsOf(filter, beforeId);
      const isBounded = costs.every(({ rows }) => rows <= most);
      expect({ filter, costs, isBounded }).toEqual({
        filter,
        costs: costs.map(({ rows }) => ({ rows, whole: [] })),
        isBounded: true,
      });
    }
  }

  const single = [{}, ...many, ...few, ...none];
  test.each(single)('of %j goes by an index, and reads little more than its page', (filter) =>
    expectBounded(filter, AT_ONCE),
  );
  test.each(wide)('of %j, which many have in another order, ends after a look', (filter) =>
    expectBounded(filter, A_LOOK),
  );

  const all = [...many, ...wide, ...few, ...none];
  test.each(all)('of %j and any other filter ends after a look along each index', async (one) => {
    const after = all.slice(all.indexOf(one) + 1);
    const others = after.filter((other) => !Object.keys(other).some((part) => part in one));
    for (const other of others) await expectBounded({ ...one, ...other }, A_LOOK);
  });

  test.each<[string, JobFilter]>([
    ['jobs_shown_cancelled', { status: 'cancelled' }],
    ['jobs_by_kind', { kind: 'payment' }],
    ['jobs_by_channel', { channel: 'email' }],
    ['jobs_by_user', { userId: 'u-7' }],
    ['jobs_by_creation', { createdBeforeMs: past(0.5) }],
    ['jobs_by_moment', { plannedAfterMs: now + 1e11 }],
    ['jobs_by_next_run', { nextRunAfterMs: now + 1e11 }],
    ['jobs_shown_by_name', { namePrefix: 'Nothing' }],
  ])('without %s costs more than that, as this test can tell', async (index, filter) => {
    const rows = async (without?: string) =>
      Math.max(...(await costsOf(filter, undefined, without)).map((cost) => cost.rows));
    expect(await rows()).toBeLessThanOrEqual(A_LOOK);
    expect(await rows(index)).toBeGreaterThan(A_LOOK);
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
    expectFewRows(plans, LARGE, 400);
  });
});

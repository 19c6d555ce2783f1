/** The sweeper's duties, round by round, on a Redis of its own that is emptied under them. */

import { deriveKey } from '@carillon/core';
import {
  beginExpansions,
  claimDeliveries,
  createDatabase,
  createWakeSource,
  type Database,
  expandStep,
  hasPartition,
  leaseBatch,
  readDatabaseTime,
  writeQueuePaused,
} from '@carillon/db';
import {
  batchWakeUpId,
  createQueues,
  createRedisGuard,
  createWaker,
  type QueueSet,
  type RedisGuard,
  type Waker,
} from '@carillon/queue';
import { createLogger, createMetrics, type Duty, type Metrics } from '@carillon/runtime';
import {
  type AccountSeed,
  createTestDatabase,
  eventually,
  type RedisServer,
  seedAccount,
  seedAnnouncement,
  seedPeople,
  startRedis,
  type TestDatabase,
} from '@carillon/testkit';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { configSchema } from '../src/config.ts';
import { createDuties } from '../src/duties.ts';
import { createGauges } from '../src/gauges.ts';

let own: TestDatabase;
let database: Database;
let server: RedisServer;
let waker: Waker;
let guard: RedisGuard;
let queues: QueueSet;
let metrics: Metrics;
let duties: Map<string, Duty>;
let account: AccountSeed;
let audienceId: number;

beforeAll(async () => {
  own = await createTestDatabase();
  database = createDatabase({ url: own.url, max: 6, applicationName: 'sweeper-test' });
  server = await startRedis({});
  const redis = { url: server.url, prefix: 'carillon' };
  const config = configSchema.parse({
    CARILLON_ENV: 'test',
    DATABASE_URL: own.url,
    REDIS_URL: server.url,
    LOST_AFTER_MS: '1000',
    LAG_ALARM_MS: '5000',
  });
  const source = createWakeSource(database.pool, { window: 16, horizonMs: 300_000 });
  waker = createWaker({ redis, source, random: Math.random, now: Date.now });
  guard = createRedisGuard(redis);
  queues = createQueues(redis);
  metrics = createMetrics({ service: 'sweeper' });
  const logger = createLogger({ service: 'sweeper', level: 'silent' });
  duties = new Map(
    createDuties({ pool: database.pool, waker, guard, logger, metrics, config }).map((duty) => [duty.name, duty]),
  );
  await eventually(async () => guard.isReady() && (await waker.ping()));
  account = await seedAccount(database.pool, 'sweeper', { baseUrl: 'http://127.0.0.1:9' });
  const addressPepper = deriveKey('a secret of the sweeper tests', 'address');
  ({ audienceId } = await seedPeople(database.pool, account.accountId, { count: 1_500, addressPepper }));
}, 120_000);
afterAll(async () => {
  await queues?.close();
  await guard?.close();
  await waker?.close();
  await server?.stop();
  await database?.close();
  await own?.drop();
});

const round = (name: string) => (duties.get(name) as Duty).runOnce();
const waiting = async () => (await queues.queues[0]?.getJobCountByTypes('wait', 'prioritized', 'delayed')) ?? 0;

/** A run of two batches, enqueued. */
async function enqueuedRun(policy: Record<string, unknown> = {}): Promise<{ runId: number; batchIds: number[] }> {
  await database.pool.query('UPDATE batches SET cancelled_at = now() WHERE cancelled_at IS NULL');
  // A wake that an earlier round began must not add to what is counted here.
  await waker.wake('whatsapp');
  await server.flushAll();
  const { runId } = await seedAnnouncement(database.pool, account, { audienceId, policy });
  await beginExpansions(database.pool, 5);
  while (await expandStep(database.pool)) {
    // The next one.
  }
  const { rows } = await database.pool.query<{ id: number }>('SELECT id FROM batches WHERE run_id = $1 ORDER BY id', [
    runId,
  ]);
  await round('marker');
  await waker.wake('whatsapp');
  expect(await waiting()).toBe(2);
  return { runId, batchIds: rows.map((row) => row.id) };
}

describe('an emptied Redis', () => {
  test('is noticed at once: batches are enqueued again, and what was paused is paused again', async () => {
    await enqueuedRun();
    await writeQueuePaused(database.pool, 'send-whatsapp', true);
    await server.flushAll();
    expect(await waiting()).toBe(0);
    await round('marker');
    await eventually(async () => (await waiting()) === 2);
    expect(await queues.queues[0]?.isPaused()).toBe(true);
    expect(await metrics.text()).toMatch(/carillon_rescues_total\{.*kind="redis_lost".*\} [1-9]/);
    await writeQueuePaused(database.pool, 'send-whatsapp', false);
    await server.flushAll();
    await round('marker');
    expect(await queues.queues[0]?.isPaused()).toBe(false);
  });

  test('put back from an old snapshot is noticed too, and its old wake-ups do no harm', async () => {
    await enqueuedRun();
    const snapshot = await server.saveSnapshot();
    await round('marker');
    await server.restoreSnapshot(snapshot);
    await eventually(async () => guard.isReady() && (await waker.ping()));
    const before = await readDatabaseTime(database.pool);
    await round('marker');
    const { rows } = await database.pool.query<{ lost: boolean }>(
      'SELECT redis_lost_at >= to_timestamp($1::float8 / 1000) AS lost FROM installation',
      [before],
    );
    expect(rows[0]?.lost).toBe(true);
    // The old wake-ups and the new ones, which differ by their generation.
    await eventually(async () => (await waiting()) === 4);
  });
});

describe('batches that were enqueued long ago', () => {
  /** As if all of the run's had been enqueued a minute ago. */
  const age = (runId: number) =>
    database.pool.query(
      `UPDATE batches SET due_at = due_at - interval '1 minute', enqueued_at = enqueued_at - interval '1 minute' WHERE run_id = $1`,
      [runId],
    );
  const generations = async (runId: number) =>
    (
      await database.pool.query<{ generation: number }>(
        'SELECT generation FROM batches WHERE run_id = $1 ORDER BY id',
        [runId],
      )
    ).rows.map((row) => row.generation);
  /** A round, and the waking that it began, to its end. */
  const lostRound = async () => {
    const result = await round('lost');
    await waker.wake('whatsapp');
    return result;
  };
  const queue = () => queues.queues[0] as QueueSet['queues'][number];
  const idOf = (batchId: number) => batchWakeUpId({ accountId: account.accountId, batchId, generation: 1 });

  test('are left while their wake-ups wait, in a paused queue as in a long one', async () => {
    const { runId } = await enqueuedRun();
    await age(runId);
    for (const paused of [false, true]) {
      await guard.applySettings(new Map([['send-whatsapp', { paused }]]));
      for (let n = 0; n < 3; n++) await lostRound();
      expect(await waiting()).toBe(2);
      expect(await generations(runId)).toEqual([1, 1]);
    }
    await round('lag');
    const text = await metrics.text();
    expect(text).toMatch(/carillon_long_enqueued_batches\{.*channel="whatsapp".*\} 2/);
    expect(text).toMatch(/carillon_due_unstarted\{.*channel="whatsapp".*\} 1500/);
    expect(text).toMatch(/carillon_missing_from_redis_batches\{.*\} 0/);
    expect(Number(/carillon_oldest_late_seconds\{.*channel="whatsapp".*\} ([\d.]+)/.exec(text)?.[1])).toBeGreaterThan(
      59,
    );
  });

  test('are enqueued again, each whose wake-up was removed', async () => {
    const { runId, batchIds } = await enqueuedRun();
    await age(runId);
    await queue().remove(idOf(batchIds[1] as number));
    expect(await waiting()).toBe(1);
    await lostRound();
    expect(await waiting()).toBe(2);
    expect(await generations(runId)).toEqual([1, 2]);
    const text = await metrics.text();
    expect(text).toMatch(/carillon_missing_from_redis_batches\{.*\} 1/);
    expect(Number(/carillon_missing_from_redis_oldest_seconds\{.*\} ([\d.]+)/.exec(text)?.[1])).toBeGreaterThan(59);
    // It is a finding of one round, not a count of all time.
    await lostRound();
    expect(await metrics.text()).toMatch(/carillon_missing_from_redis_batches\{.*\} 0/);
  });

  test('are enqueued again when only the data of a wake-up is left, in no list', async () => {
    const { runId, batchIds } = await enqueuedRun();
    await age(runId);
    const orphan = idOf(batchIds[0] as number);
    await server.command('ZREM', queue().toKey('prioritized'), orphan);
    expect(await queue().getJob(orphan)).toBeDefined();
    await lostRound();
    expect(await waiting()).toBe(2);
    expect(await generations(runId)).toEqual([2, 1]);
  });

  test('do not hide others behind them, however many only wait', async () => {
    const { runId, batchIds } = await enqueuedRun();
    // More than a round looks at, all of them before the one that was lost.
    const { rows } = await database.pool.query<{ id: number }>(
      `INSERT INTO batches (account_id, run_id, job_id, day, channel, provider_account_id, size, due_at, scheduled, generation, enqueued_at)
       SELECT account_id, run_id, job_id, day, channel, provider_account_id, 1, due_at, 1, 1, enqueued_at
       FROM batches, generate_series(1, 260) WHERE id = $1 RETURNING id`,
      [batchIds[0]],
    );
    await queue().addBulk(rows.map(({ id }) => ({ name: 'batch', data: {}, opts: { jobId: idOf(id), priority: 10 } })));
    await age(runId);
    await queue().remove(idOf(rows.at(-1)?.id as number));
    expect(await lostRound()).toEqual({ more: true });
    expect((await generations(runId)).every((generation) => generation === 1)).toBe(true);
    expect(await lostRound()).toEqual({ more: false });
    // Freed; it is enqueued when the account's window has room for it.
    const found = await database.pool.query<{ id: number }>(
      'SELECT id FROM batches WHERE run_id = $1 AND enqueued_at IS NULL',
      [runId],
    );
    expect(found.rows.map((row) => row.id)).toEqual([rows.at(-1)?.id]);
  });

  test('that are single deliveries are enqueued again, but not while the queue is paused', async () => {
    const { runId } = await enqueuedRun();
    await database.pool.query('UPDATE batches SET single = true WHERE run_id = $1', [runId]);
    await age(runId);
    await writeQueuePaused(database.pool, 'send-whatsapp', true);
    await lostRound();
    expect(await generations(runId)).toEqual([1, 1]);
    await writeQueuePaused(database.pool, 'send-whatsapp', false);
    await lostRound();
    expect(await generations(runId)).toEqual([2, 2]);
  });
});

test('a lease that ran out is settled, its batch enqueued again, and its unknown rows ended by the policy', async () => {
  const { runId, batchIds } = await enqueuedRun({ unknown: { action: 'fail', afterSeconds: 1 } });
  const [first] = batchIds as [number, number];
  const batch = await leaseBatch(
    database.pool,
    { accountId: account.accountId, batchId: first },
    { leaseMs: 5_000, owner: 'test' },
  );
  if (!batch) throw new Error('no lease');
  expect(await claimDeliveries(database.pool, batch, { fromNumber: 1, limit: 30, neededLeaseMs: 100 })).toHaveLength(
    30,
  );
  await round('leases');
  const counts = async () =>
    (
      await database.pool.query<{ sending: number; unknown: number; failed: number }>(
        'SELECT sending, unknown, failed FROM batches WHERE id = $1',
        [first],
      )
    ).rows[0];
  expect(await counts()).toEqual({ sending: 30, unknown: 0, failed: 0 });
  await database.pool.query(`UPDATE batches SET lease_until = now() - interval '1 second' WHERE id = $1`, [first]);
  await queues.queues[0]?.drain(true);
  await round('leases');
  expect(await counts()).toEqual({ sending: 0, unknown: 30, failed: 0 });
  await eventually(async () => (await waiting()) === 1);
  await round('finish');
  expect(await counts()).toMatchObject({ unknown: 30 });
  await database.pool.query(
    `UPDATE deliveries SET settled_at = settled_at - interval '1 minute' WHERE run_id = $1 AND state = 'unknown'`,
    [runId],
  );
  await database.pool.query('UPDATE batches SET settle_at = now() WHERE id = $1', [first]);
  await round('finish');
  expect(await counts()).toEqual({ sending: 0, unknown: 0, failed: 30 });
});

test('holds and unknown outcomes are told in numbers, and repairs from 0 on', async () => {
  const { batchIds } = await enqueuedRun();
  await database.pool.query('UPDATE batches SET scheduled = scheduled - 7, unknown = unknown + 7 WHERE id = $1', [
    batchIds[0],
  ]);
  const { rows } = await database.pool.query<{ unknown: number }>('SELECT sum(unknown)::int AS unknown FROM batches');
  await database.pool.query(
    `INSERT INTO holds (account_id, channel, reason) VALUES (NULL, NULL, 'x'), ($1, 'whatsapp', 'x'), ($1, NULL, 'x')`,
    [account.accountId],
  );
  await round('standing');
  const text = await metrics.text();
  expect(text).toContain(`carillon_unknown_deliveries{channel="whatsapp",service="sweeper"} ${rows[0]?.unknown}`);
  for (const [scope, count] of [
    ['installation', 1],
    ['account', 2],
    ['channel', 0],
  ])
    expect(text).toContain(`carillon_holds{scope="${scope}",service="sweeper"} ${count}`);
  await database.pool.query('DELETE FROM holds');
  await round('standing');
  expect(await metrics.text()).toContain('carillon_holds{scope="installation",service="sweeper"} 0');
  const fresh = createMetrics({ service: 'sweeper' });
  createGauges(fresh);
  expect(await fresh.text()).toContain('carillon_due_unstarted{channel="whatsapp",service="sweeper"} 0');
  expect(await fresh.text()).not.toContain('carillon_unknown_deliveries{');
});

test('partitions of the next days are made', async () => {
  await round('partitions');
  const ahead = new Date((await readDatabaseTime(database.pool)) + 3 * 86_400_000).toISOString().slice(0, 10);
  expect(await hasPartition(database.pool, ahead)).toBe(true);
});

test('people whom a job named by address alone go with it, page by page, whatever jobs go on before and after', async () => {
  const { accountId, providerAccountId } = account;
  const { rows: jobs } = await database.pool.query<{ id: number; people: number }>(
    `INSERT INTO jobs (account_id, name, kind, channel, provider_account_id, trigger, audience, policy, status, updated_at)
     SELECT $1, 'job ' || n, 'message', 'whatsapp', $2, '{}', '{}', '{}', (CASE WHEN n % 2 = 0 THEN 'completed' ELSE 'active' END)::job_status,
            carillon_now() - interval '2 years'
     FROM generate_series(1, 4) n RETURNING id`,
    [accountId, providerAccountId],
  );
  // More than a page of each.
  await database.pool.query(
    `INSERT INTO recipients (account_id, external_id, inline_job_id)
     SELECT $1, 'named ' || id || ' ' || n, id FROM unnest($2::bigint[]) AS j (id), generate_series(1, 1500) n`,
    [accountId, jobs.map(({ id }) => id)],
  );
  while ((await round('strangers'))?.more) {
    // The next page.
  }
  const { rows } = await database.pool.query<{ id: number; people: number }>(
    'SELECT inline_job_id AS id, count(*) AS people FROM recipients WHERE inline_job_id IS NOT NULL GROUP BY 1 ORDER BY 1',
  );
  expect(rows).toEqual([0, 2].map((place) => ({ id: jobs[place]?.id, people: 1_500 })));
});

test('runs and jobs that were over long ago are forgotten, runs first, and counted', async () => {
  const { accountId, providerAccountId } = await seedAccount(database.pool, 'old', { baseUrl: 'http://127.0.0.1:9' });
  await database.pool.query(
    `WITH job AS (
       INSERT INTO jobs (account_id, name, kind, channel, provider_account_id, trigger, audience, policy, status, created_at, updated_at)
       SELECT $1, 'old', 'message', 'whatsapp', $2, '{}', '{}', '{}', 'completed', t.at, t.at
       FROM generate_series(1, 3), (SELECT carillon_now() - interval '2 years' AS at) t RETURNING id, updated_at)
     INSERT INTO runs (account_id, job_id, occurrence_key, day, due_at, state, completed_at)
     SELECT $1, id, 'once', updated_at::date, updated_at, 'completed', updated_at FROM job`,
    [accountId, providerAccountId],
  );
  while ((await round('forgetting'))?.more) {
    // The next page.
  }
  const text = await metrics.text();
  for (const [what, count] of [
    ['runs', 3],
    ['jobs', 3],
    ['occasions', 0],
  ])
    expect(text).toContain(`carillon_forgotten_total{what="${what}",service="sweeper"} ${count}`);
});

test.each([
  ['KEEP_DAYS', { KEEP_DAYS: '90', KEEP_JOB_DAYS: '89' }, false],
  ['KEEP_REQUESTS_HOURS', { KEEP_DAYS: '8', KEEP_JOB_DAYS: '8', KEEP_REQUESTS_HOURS: '193' }, false],
  ['either', { KEEP_DAYS: '8', KEEP_JOB_DAYS: '8', KEEP_REQUESTS_HOURS: '192' }, true],
])('jobs are not kept for less than %s', (name, settings, isGood) => {
  const common = { CARILLON_ENV: 'test', DATABASE_URL: own.url, REDIS_URL: server.url };
  const { success, error } = configSchema.safeParse({ ...common, ...settings });
  expect(success).toBe(isGood);
  if (!isGood)
    expect(error?.issues).toMatchObject([{ path: ['KEEP_JOB_DAYS'], message: expect.stringContaining(name) }]);
});

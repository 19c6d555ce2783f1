/** The scheduler's duties, round by round: jobs become runs, runs become deliveries, deliveries are enqueued; Redis may be away. */

import { deriveKey } from '@carillon/core';
import { createDatabase, createWakeSource, type Database } from '@carillon/db';
import { createQueues, createWaker, type QueueSet, type Waker } from '@carillon/queue';
import { createLogger, createMetrics, type Duty } from '@carillon/runtime';
import {
  type AccountSeed,
  createTestDatabase,
  eventually,
  type FaultProxy,
  seedAccount,
  seedPeople,
  startProxy,
  type TestDatabase,
  testRedis,
} from '@carillon/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createDuties } from '../src/duties.ts';

const PEOPLE = 2_500;
const HORIZON_MS = 60_000;

let own: TestDatabase;
let database: Database;
let proxy: FaultProxy;
let waker: Waker;
let queues: QueueSet;
let duties: Map<string, Duty>;
let account: AccountSeed;
let audienceId: number;

beforeAll(async () => {
  own = await createTestDatabase();
  database = createDatabase({ url: own.url, max: 5, applicationName: 'scheduler-test' });
  const redis = testRedis();
  proxy = await startProxy({ target: redis.url });
  const source = createWakeSource(database.pool, { window: 16, horizonMs: HORIZON_MS });
  waker = createWaker({ redis: { url: proxy.url, prefix: redis.prefix }, source, random: Math.random, now: Date.now });
  queues = createQueues(redis);
  duties = new Map(
    createDuties({
      pool: database.pool,
      waker,
      logger: createLogger({ service: 'scheduler', level: 'silent' }),
      metrics: createMetrics({ service: 'scheduler' }),
      intervalMs: 1_000,
      planHorizonMs: HORIZON_MS,
      expansionParallel: 2,
      schedules: { aheadMs: 5_000, missedAfterMs: 60_000 },
      dates: { intervalMs: 3_600_000, aheadMs: 129_600_000, pageSize: 5_000 },
      checks: { againMs: 1_000, backoffMs: 1_000, passMs: 1_000 },
    }).map((duty) => [duty.name, duty]),
  );
  account = await seedAccount(database.pool, 'scheduler', { baseUrl: 'http://127.0.0.1:9' });
  const addressPepper = deriveKey('a secret of the scheduler tests', 'address');
  ({ audienceId } = await seedPeople(database.pool, account.accountId, { count: PEOPLE, addressPepper }));
});
afterAll(async () => {
  await waker?.close();
  await queues?.close();
  await proxy?.close();
  await database?.close();
  await own?.drop();
});

/** A job as the API leaves it when its moment is further away than the horizon. */
async function jobDueIn(ms: number): Promise<number> {
  const { rows } = await database.pool.query<{ id: number }>(
    `WITH job AS (
       INSERT INTO jobs (account_id, name, kind, channel, provider_account_id, trigger, audience, policy, next_run_at)
       SELECT $1, 'later', 'message', 'whatsapp', $2,
              jsonb_build_object('type', 'at', 'instantMs', floor(extract(epoch FROM carillon_now()) * 1000)::bigint + $4::bigint), $3, '{}',
              carillon_now() + $4::float8 * interval '1 millisecond'
       RETURNING id)
     INSERT INTO contents (account_id, job_id, version, body)
     SELECT $1, id, 1, '{"type":"text","text":"Hello"}' FROM job RETURNING job_id AS id`,
    [account.accountId, account.providerAccountId, JSON.stringify({ audienceIds: [audienceId] }), ms],
  );
  return (rows[0] as { id: number }).id;
}

async function runsOf(jobId: number) {
  const { rows } = await database.pool.query<{ state: string; size: number; enqueued: number }>(
    `SELECT r.state::text, coalesce(sum(b.size), 0) AS size, count(b.enqueued_at) AS enqueued
     FROM runs r LEFT JOIN batches b ON b.run_id = r.id WHERE r.job_id = $1 GROUP BY r.account_id, r.id`,
    [jobId],
  );
  return rows;
}
const round = (name: string) => (duties.get(name) as Duty).runOnce();

test('a job beyond the horizon waits as one row; within it is planned once, expanded and enqueued', async () => {
  const far = await jobDueIn(HORIZON_MS * 10);
  const near = await jobDueIn(HORIZON_MS / 2);
  await round('plan');
  await round('plan');
  expect(await runsOf(far)).toEqual([]);
  expect(await runsOf(near)).toEqual([{ state: 'planned', size: 0, enqueued: 0 }]);
  await round('expand');
  expect(await runsOf(near)).toMatchObject([{ state: 'sending', size: PEOPLE }]);
  await eventually(() => waker.ping());
  await round('enqueue');
  expect(await runsOf(near)).toEqual([{ state: 'sending', size: PEOPLE, enqueued: 3 }]);
  expect(await queues.queues[0]?.getDelayedCount()).toBe(3);
});

test('with Redis away everything but the wake-up happens, and the wake-up when it is back', async () => {
  proxy.setMode('reset');
  await eventually(async () => !(await waker.ping()));
  const job = await jobDueIn(0);
  await round('plan');
  await round('expand');
  await round('enqueue');
  expect(await runsOf(job)).toEqual([{ state: 'sending', size: PEOPLE, enqueued: 0 }]);
  proxy.setMode('pass');
  await eventually(() => waker.ping());
  await round('enqueue');
  expect(await runsOf(job)).toEqual([{ state: 'sending', size: PEOPLE, enqueued: 3 }]);
});

test('five schedulers, round after round, make each run once', async () => {
  const jobs = await Promise.all(Array.from({ length: 10 }, () => jobDueIn(0)));
  const rounds = ['plan', 'expand', 'enqueue'].flatMap((name) => Array.from({ length: 5 }, () => name));
  for (let pass = 0; pass < 2; pass++) await Promise.all(rounds.map(round));
  for (const job of jobs) expect(await runsOf(job)).toMatchObject([{ state: 'sending', size: PEOPLE }]);
}, 120_000);

/** What an operator does in Bull Board, and what Redis's absence does to the dashboard. */
import { QUEUES } from '@carillon/contracts';
import { readQueueSettings } from '@carillon/db';
import { createRedisGuard } from '@carillon/queue';
import { createTestDatabase, eventually, freePort, startRedis, type TestDatabase } from '@carillon/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  afterwards,
  fromOwnPage,
  loggedIn,
  READER,
  seedTea,
  send,
  startDashboard,
  type TestDashboard,
} from './harness.ts';

const QUEUE = 'send-whatsapp';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function change(dashboard: TestDashboard, method: string, path: string, body?: object) {
  const headers = { ...(await loggedIn(dashboard)), ...fromOwnPage(dashboard.url), 'Content-Type': 'application/json' };
  return await send(`${dashboard.url}/queues/api${path}`, method, headers, body && JSON.stringify(body));
}

test('a pause stands in Postgres as soon as it is answered, survives FLUSHALL, and ends with the resume', async () => {
  const redis = await startRedis();
  afterwards(() => redis.stop());
  const dashboard = await startDashboard({ databaseUrl: database.url, redisUrl: redis.url });
  const { pool } = dashboard.database;
  const queue = dashboard.queues.queues[0];
  await eventually(() => dashboard.queues.isReady());
  expect((await change(dashboard, 'PUT', `/queues/${QUEUE}/pause`)).status).toBe(200);
  expect((await readQueueSettings(pool)).get(QUEUE)).toEqual({ paused: true });
  expect(await queue?.isPaused()).toBe(true);

  await redis.flushAll();
  expect(await queue?.isPaused()).toBe(false);
  const guard = createRedisGuard({ url: redis.url, prefix: queue?.opts.prefix ?? '' });
  await eventually(() => guard.isReady());
  expect(await guard.applySettings(await readQueueSettings(pool))).toEqual([QUEUE]);
  await guard.close();
  expect(await queue?.isPaused()).toBe(true);

  expect((await change(dashboard, 'PUT', `/queues/${QUEUE}/resume`)).status).toBe(200);
  expect((await readQueueSettings(pool)).get(QUEUE)).toEqual({ paused: false });
  expect(await queue?.isPaused()).toBe(false);

  const { rows } = await pool.query('SELECT account_id, actor, action, subject FROM audit_entries ORDER BY id');
  expect(rows).toEqual([
    { account_id: 0, actor: 'dashboard', action: 'queue.pause', subject: QUEUE },
    { account_id: 0, actor: 'dashboard', action: 'queue.resume', subject: QUEUE },
  ]);
});

test('pausing and resuming all of them is remembered too, and an unknown queue is not', async () => {
  const dashboard = await startDashboard({ databaseUrl: database.url });
  const { pool } = dashboard.database;
  await eventually(() => dashboard.queues.isReady());
  expect((await change(dashboard, 'PUT', '/queues/pause')).status).toBe(200);
  const all = (paused: boolean) => new Map(QUEUES.map((name) => [name, { paused }]));
  expect(await readQueueSettings(pool)).toEqual(all(true));
  expect((await change(dashboard, 'PUT', '/queues/resume')).status).toBe(200);
  expect(await readQueueSettings(pool)).toEqual(all(false));
  expect((await change(dashboard, 'PUT', '/queues/other/pause')).status).toBe(404);
  expect(new Set((await readQueueSettings(pool)).keys())).toEqual(new Set(QUEUES));
});

test('a pause that Postgres does not take is not made', async () => {
  const own = await createTestDatabase();
  try {
    const dashboard = await startDashboard({ databaseUrl: own.url });
    await eventually(() => dashboard.queues.isReady());
    await dashboard.database.pool.query('ALTER TABLE queue_settings RENAME TO gone');
    expect((await change(dashboard, 'PUT', `/queues/${QUEUE}/pause`)).status).toBe(500);
    expect(await dashboard.queues.queues[0]?.isPaused()).toBe(false);
  } finally {
    await own.drop();
  }
});

test('what Postgres would not know of, or a sender could misread, cannot be set', async () => {
  const dashboard = await startDashboard({ databaseUrl: database.url });
  const queue = dashboard.queues.queues[0];
  const data = { wake: 'batch', accountId: 1, batchId: 2, generation: 3 };
  const job = await queue?.add('batch', data, { jobId: 'b-1-2-g3', delay: 600_000 });
  const refused: [string, string, object?][] = [
    ['POST', `/queues/${QUEUE}/add`, { name: 'x', data: { phone: '+49151' } }],
    ['PATCH', `/queues/${QUEUE}/b-1-2-g3/update-data`, { jobData: { phone: '+49151' } }],
    ['PATCH', `/queues/${QUEUE}/b-1-2-g3/delay`, { delay: 1 }],
    ['PUT', `/queues/${QUEUE}/concurrency`, { concurrency: 1 }],
    ['PUT', `/queues/${QUEUE}/rate-limit`, { max: 1, duration: 1_000 }],
    ['PUT', `/queues/${QUEUE}/obliterate`, {}],
  ];
  for (const [method, path, body] of refused)
    expect({ path, status: (await change(dashboard, method, path, body)).status }).toEqual({ path, status: 405 });
  expect((await queue?.getJob(job?.id ?? ''))?.data).toEqual(data);
  expect(await queue?.getGlobalConcurrency()).toBeNull();

  expect((await change(dashboard, 'PUT', `/queues/${QUEUE}/b-1-2-g3/promote`)).status).toBe(204);
  expect(await job?.getState()).toBe('waiting');
  expect((await change(dashboard, 'PUT', `/queues/${QUEUE}/empty`)).status).toBe(200);
  expect(await queue?.getJob('b-1-2-g3')).toBeUndefined();
});

test('with Redis away the status page stands and says so, and the board answers at once', async () => {
  const dashboard = await startDashboard({
    databaseUrl: database.url,
    redisUrl: `redis://127.0.0.1:${await freePort()}`,
  });
  const browser = await loggedIn(dashboard);
  const status = await send(`${dashboard.url}/`, 'GET', browser);
  expect(status.status).toBe(200);
  expect(status.body).toContain('does not answer; sending waits for it');
  const listed = await send(`${dashboard.url}/queues/api/queues`, 'GET', browser);
  expect({ status: listed.status, body: JSON.parse(listed.body) }).toEqual({
    status: 503,
    body: { error: { key: 'ERRORS.REDIS_UNAVAILABLE' } },
  });
  expect((await change(dashboard, 'PUT', `/queues/${QUEUE}/pause`)).status).toBe(503);
});

test('names and payloads of wake-ups say whose they are, of which job, and when they are due', async () => {
  const dashboard = await startDashboard({ databaseUrl: database.url });
  const { accountId, jobId, batchId } = await seedTea(dashboard.database.pool, 'Labels');
  await dashboard.database.pool.query('UPDATE batches SET enqueued_at = carillon_now()');
  const queue = dashboard.queues.queues[0];
  await queue?.add('batch', { wake: 'batch', accountId, batchId, generation: 3 }, { jobId: 'known', delay: 600_000 });
  await queue?.add(
    'batch',
    { wake: 'batch', accountId, batchId: 9_999, generation: 1 },
    { jobId: 'gone', delay: 600_000 },
  );
  await queue?.add('singles', { wake: 'singles', dueAtMs: 1_795_000_000_000 }, { jobId: 'one', delay: 600_000 });
  const answer = await send(
    `${dashboard.url}/queues/api/queues?activeQueue=${QUEUE}&status=delayed`,
    'GET',
    await loggedIn(dashboard),
  );
  const { queues } = JSON.parse(answer.body) as {
    queues: { name: string; jobs: { id: string; name: string; data: unknown }[] }[];
  };
  const jobs = new Map(queues.find(({ name }) => name === QUEUE)?.jobs.map((job) => [job.id, job]));
  expect(jobs.get('known')?.name).toMatch(/^Tea \(Labels\): 1,000 messages due at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC$/);
  expect(jobs.get('known')?.data).toMatchObject({
    account: 'Labels',
    job: `Tea (job_${jobId})`,
    messages: 1_000,
    enqueuedTimes: 3,
  });
  expect(jobs.get('gone')?.name).toBe(`Batch 9999 of account ${accountId}`);
  expect(jobs.get('one')?.name).toBe('Single messages due at 2026-11-18 11:06:40 UTC');
});

test('who may only look sees the queues and changes nothing in them', async () => {
  const dashboard = await startDashboard({ databaseUrl: database.url });
  await eventually(() => dashboard.queues.isReady());
  const reader = await loggedIn(dashboard, READER);
  const listed = await send(`${dashboard.url}/queues/api/queues`, 'GET', reader);
  const { queues } = JSON.parse(listed.body) as { queues: { readOnlyMode: boolean }[] };
  expect(queues.map((queue) => queue.readOnlyMode)).toEqual(QUEUES.map(() => true));
  for (const path of [`/queues/${QUEUE}/pause`, '/queues/pause', `/queues/${QUEUE}/empty`]) {
    const answer = await send(`${dashboard.url}/queues/api${path}`, 'PUT', {
      ...reader,
      ...fromOwnPage(dashboard.url),
    });
    expect({ path, status: answer.status }).toEqual({ path, status: 403 });
  }
  expect(await dashboard.queues.queues[0]?.isPaused()).toBe(false);
});

test("the board's own pages send the token: their HTTP client copies the cookie that we set into the header that we want", async () => {
  const dashboard = await startDashboard({ databaseUrl: database.url });
  const browser = await loggedIn(dashboard);
  const page = await send(`${dashboard.url}/queues`, 'GET', browser);
  const scripts = [...page.body.matchAll(/src="(static\/js\/[^"]+)"/g)].map(([, path]) => path);
  expect(scripts.length).toBeGreaterThan(0);
  const code = await Promise.all(
    scripts.map(async (path) => (await send(`${dashboard.url}/queues/${path}`, 'GET', browser)).body),
  );
  expect(code.join('')).toContain('xsrfCookieName:"XSRF-TOKEN",xsrfHeaderName:"X-XSRF-TOKEN"');
});

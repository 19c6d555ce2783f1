/** What endpoints are told, round by round, of rows in the states that the product leaves behind. Nothing is sent here. */
import { randomUUID } from 'node:crypto';
import {
  createDatabase,
  createEndpoint,
  type Database,
  deleteEndpoint,
  dropOldEvents,
  providerSecretKey,
} from '@carillon/db';
import { createLogger, createMetrics, type Duty } from '@carillon/runtime';
import { type AccountSeed, createTestDatabase, eventually, seedAccount, type TestDatabase } from '@carillon/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { configSchema } from '../src/config.ts';
import { createNoticeDuties } from '../src/notices.ts';

const KEY = providerSecretKey('a secret of the notice tests');

let own: TestDatabase;
let database: Database;
let duties: Map<string, Duty>;
let account: AccountSeed;
let woken: string[];

const config = configSchema.parse({
  CARILLON_ENV: 'test',
  DATABASE_URL: 'postgresql://unused',
  REDIS_URL: 'redis://unused',
  NOTICE_GATHER_MS: '1000',
});

function dutiesOf(db: Database): Map<string, Duty> {
  const made = createNoticeDuties({
    pool: db.pool,
    waker: {
      async wake(channel) {
        woken.push(channel);
        return { kind: 'ok', added: 0 };
      },
    },
    logger: createLogger({ service: 'sweeper', level: 'silent' }),
    metrics: createMetrics({ service: 'sweeper' }),
    config,
  });
  return new Map(made.map((duty) => [duty.name, duty]));
}

beforeAll(async () => {
  own = await createTestDatabase();
  database = createDatabase({ url: own.url, max: 8, applicationName: 'notices-test', role: 'worker' });
  duties = dutiesOf(database);
});
afterAll(async () => {
  await database?.close();
  await own?.drop();
});

const sql = async (text: string, values: unknown[] = []) => (await database.pool.query(text, values)).rows;
const round = async (): Promise<void> => {
  while ((await duties.get('notices')?.runOnce())?.more) {
    // The next page.
  }
};
const ahead = (interval: string) => sql('UPDATE clock SET ahead = $1::interval', [interval]);

/** An account of its own with an endpoint that takes these types. */
beforeEach(async () => {
  woken = [];
  await ahead('0');
  await sql(`UPDATE provider_accounts SET disabled_at = now() WHERE channel = 'webhook'`);
  account = await seedAccount(database.pool, randomUUID(), { baseUrl: 'http://127.0.0.1:9' });
});

async function listen(eventTypes: readonly string[] | null = null, accountId = account.accountId): Promise<number> {
  const endpoint = {
    accountId,
    url: 'https://example.com',
    eventTypes,
    description: '',
    secret: `whsec_${Buffer.alloc(32).toString('base64')}`,
  };
  const id = (await createEndpoint(database.pool, KEY, endpoint, 'test'))?.id as number;
  // It listens from the next whole millisecond on.
  await eventually(
    async () =>
      (
        await sql(
          `SELECT carillon_now() > created_at + interval '1 millisecond' AS past FROM provider_accounts WHERE id = $1`,
          [id],
        )
      )[0]?.past === true,
    { everyMs: 1, what: 'the endpoint to listen' },
  );
  return id;
}

/** A run of one batch of `scheduled` deliveries. */
async function plan(scheduled = 100, kind = 'message'): Promise<{ runId: number; jobId: number }> {
  const [row] = await sql(
    `WITH job AS (
       INSERT INTO jobs (account_id, name, kind, channel, provider_account_id, trigger, audience, policy)
       VALUES ($1, 'Canteen', $4, 'whatsapp', $2, '{"type":"now"}', '{}', '{}') RETURNING id
     ), run AS (
       INSERT INTO runs (account_id, job_id, occurrence_key, day, due_at, state, people)
       SELECT $1, id, 'once', current_date, carillon_now(), 'sending', $3 FROM job RETURNING id, job_id
     ), batch AS (
       INSERT INTO batches (account_id, run_id, job_id, day, channel, provider_account_id, size, scheduled, due_at)
       SELECT $1, id, job_id, current_date, 'whatsapp', $2, $3, $3, carillon_now() FROM run
     )
     SELECT id AS "runId", job_id AS "jobId" FROM run`,
    [account.accountId, account.providerAccountId, scheduled, kind],
  );
  return row as { runId: number; jobId: number };
}

/** So many of the run's scheduled deliveries come to that state. */
const move = (runId: number, state: string, count: number) =>
  sql(`UPDATE batches SET scheduled = scheduled - $2, ${state} = ${state} + $2 WHERE run_id = $1`, [runId, count]);
const complete = (runId: number) =>
  sql(`UPDATE runs SET state = 'completed', completed_at = carillon_now() WHERE id = $1`, [runId]);
const eventsOf = async (subject?: string) =>
  await sql(`SELECT type, data FROM events WHERE account_id = $1 AND ($2::text IS NULL OR subject = $2) ORDER BY id`, [
    account.accountId,
    subject ?? null,
  ]);
const typesOf = async (subject?: string) => (await eventsOf(subject)).map((event) => event.type);

describe('runs', () => {
  test('tell their start, their failures and their end once each, with exact counts, to every endpoint that takes it', async () => {
    const all = await listen();
    const some = await listen(['run.completed', 'run.paused']);
    const { runId, jobId } = await plan(100);
    await round();
    expect(await typesOf()).toEqual([]);
    await move(runId, 'sent', 60);
    await move(runId, 'failed', 3);
    await round();
    await round();
    expect(await typesOf()).toEqual(['run.started', 'run.failures']);
    await move(runId, 'sent', 30);
    await move(runId, 'failed', 5);
    await move(runId, 'unknown', 2);
    await complete(runId);
    await round();
    await round();
    const events = await eventsOf(`run_${runId}`);
    expect(events.map((event) => event.type)).toEqual([
      'run.started',
      'run.failures',
      'run.failures',
      'run.unknown',
      'run.failed',
      'run.completed',
    ]);
    expect(events[2].data).toMatchObject({ failed: 8, deliveries: 100, final: true });
    expect(events[4].data).toMatchObject({ failed: 8, deliveries: 100 });
    expect(events[5].data).toMatchObject({
      run: `run_${runId}`,
      job: `job_${jobId}`,
      deliveries: 100,
      counts: { scheduled: 0, sending: 0, sent: 90, delivered: 0, failed: 8, unknown: 2, skipped: 0, cancelled: 0 },
      revision: 1,
      cancelled: false,
    });
    const notices = await sql(
      `SELECT provider_account_id AS endpoint, count(*) AS notices FROM jobs WHERE account_id = $1 AND kind = 'notice'
       GROUP BY 1 ORDER BY 1`,
      [account.accountId],
    );
    expect(notices).toEqual([
      { endpoint: all, notices: 6 },
      { endpoint: some, notices: 1 },
    ]);
    expect(new Set(woken)).toEqual(new Set(['webhook']));
  });

  test('are told once by ten sweepers at once', async () => {
    await listen();
    const runs = await Promise.all(Array.from({ length: 8 }, () => plan(10)));
    for (const { runId } of runs) {
      await move(runId, 'failed', 10);
      await complete(runId);
    }
    const sweepers = Array.from({ length: 10 }, () => dutiesOf(database));
    await Promise.all(sweepers.map((one) => one.get('notices')?.runOnce()));
    await round();
    const counted = await sql(
      `SELECT type, count(*) AS events, count(DISTINCT subject) AS runs FROM events WHERE account_id = $1 GROUP BY 1 ORDER BY 1`,
      [account.accountId],
    );
    expect(counted).toEqual(
      ['run.completed', 'run.failed', 'run.failures', 'run.started'].map((type) => ({ type, events: 8, runs: 8 })),
    );
  });

  test('of a hundred thousand failures make a handful of notices', async () => {
    await listen();
    const { runId } = await plan(100_000);
    // 200 looks, a second apart, five hundred failures between them.
    for (let look = 1; look <= 200; look += 1) {
      await move(runId, 'failed', 500);
      await ahead(`${look} seconds`);
      await round();
    }
    await complete(runId);
    await round();
    const failures = (await eventsOf()).filter((event) => event.type === 'run.failures').map(({ data }) => data.failed);
    // Tenfold, a minute after that (and whatever the test itself took), and at the end.
    expect(failures).toEqual([500, 5_000, expect.any(Number), 100_000]);
    expect(failures[2]).toBeGreaterThan(20_000);
    expect(failures[2]).toBeLessThanOrEqual(35_000);
    const [counted] = await sql(`SELECT count(*) AS notices FROM jobs WHERE account_id = $1 AND kind = 'notice'`, [
      account.accountId,
    ]);
    expect(counted.notices).toBe(7);
  });

  test('that are reopened and completed again are told of with the next revision', async () => {
    await listen(['run.completed']);
    const { runId } = await plan(1);
    await move(runId, 'unknown', 1);
    await complete(runId);
    await round();
    await sql(`UPDATE runs SET state = 'sending', completed_at = NULL WHERE id = $1`, [runId]);
    await round();
    await sql('UPDATE batches SET unknown = 0, failed = 1 WHERE run_id = $1', [runId]);
    await complete(runId);
    await round();
    expect((await eventsOf()).map(({ data }) => [data.revision, data.counts.unknown, data.counts.failed])).toEqual([
      [1, 1, 0],
      [2, 0, 1],
    ]);
  });

  test("that the provider paused are told of, a person's pause is not", async () => {
    await listen();
    const [mine, theirs] = [await plan(5), await plan(5)];
    await sql(`UPDATE runs SET paused_at = carillon_now() WHERE id = $1`, [mine.runId]);
    await sql(`UPDATE runs SET paused_at = carillon_now(), pause_reason = 'account_locked' WHERE id = $1`, [
      theirs.runId,
    ]);
    await round();
    await round();
    const events = await eventsOf();
    expect(events.map(({ type, data }) => [type, data.run, data.reason])).toEqual([
      ['run.paused', `run_${theirs.runId}`, 'account_locked'],
    ]);
  });

  test.each(['test', 'notice'])('of kind %s tell nothing', async (kind) => {
    await listen();
    const { runId, jobId } = await plan(2, kind);
    await move(runId, 'failed', 2);
    await round();
    await complete(runId);
    await sql(`UPDATE jobs SET status = 'cancelled', updated_at = carillon_now() WHERE id = $1`, [jobId]);
    await round();
    expect(await typesOf()).toEqual([]);
  });

  test('of notices themselves tell nothing, whatever becomes of them', async () => {
    await listen();
    const { runId } = await plan(1);
    await move(runId, 'sent', 1);
    await complete(runId);
    await round();
    const told = await typesOf();
    expect(told).toEqual(['run.started', 'run.completed']);
    await sql(`UPDATE batches SET scheduled = 0, failed = 1 WHERE account_id = $1 AND channel = 'webhook'`, [
      account.accountId,
    ]);
    await round();
    await sql(
      `UPDATE runs SET state = 'completed', completed_at = carillon_now() WHERE account_id = $1 AND state <> 'completed'`,
      [account.accountId],
    );
    await round();
    expect(await typesOf()).toEqual(told);
  });
});

describe('who is told', () => {
  test('is nobody without an endpoint, and of nothing that happened before there was one', async () => {
    const { runId } = await plan(1);
    await move(runId, 'sent', 1);
    await complete(runId);
    await round();
    await listen();
    await round();
    expect(await typesOf()).toEqual([]);
  });

  test('is nobody whose endpoint was deleted or switched off', async () => {
    const id = await listen();
    await deleteEndpoint(database.pool, { accountId: account.accountId, id }, 'test');
    const { runId } = await plan(1);
    await move(runId, 'sent', 1);
    await round();
    expect(await typesOf()).toEqual([]);
  });

  test('is never another account', async () => {
    const other = await seedAccount(database.pool, randomUUID(), { baseUrl: 'http://127.0.0.1:9' });
    await listen(null, other.accountId);
    const { runId } = await plan(1);
    await move(runId, 'sent', 1);
    await round();
    expect(
      await sql('SELECT 1 FROM events WHERE account_id = ANY($1)', [[account.accountId, other.accountId]]),
    ).toEqual([]);
  });

  test('is told only of what it takes, and the rest is not stored', async () => {
    await listen(['run.failures']);
    const { runId } = await plan(2);
    await move(runId, 'failed', 2);
    await complete(runId);
    await round();
    expect(await typesOf()).toEqual(['run.failures']);
  });
});

test('a cancelled job is told of once', async () => {
  await listen();
  const { jobId } = await plan(1);
  await sql(`UPDATE jobs SET status = 'cancelled', updated_at = carillon_now() WHERE id = $1`, [jobId]);
  await round();
  await round();
  expect(await eventsOf(`job_${jobId}`)).toMatchObject([{ type: 'job.cancelled', data: { job: `job_${jobId}` } }]);
});

test('suppressions are counted together, each once', async () => {
  await listen();
  const suppress = (count: number, reason: string) =>
    sql(
      `INSERT INTO suppressions (account_id, channel, address_key, reason, source, created_at)
       SELECT $1, 'email', gen_random_uuid(), $3, 'test', carillon_now() FROM generate_series(1, $2)`,
      [account.accountId, count, reason],
    );
  await suppress(300, 'unsubscribed');
  await suppress(20, 'refused');
  await round();
  expect(await typesOf()).toEqual([]);
  await ahead('2 seconds');
  await round();
  await round();
  await suppress(1, 'manual');
  await ahead('4 seconds');
  await round();
  expect((await eventsOf(`acc_${account.accountId}`)).map(({ type, data }) => [type, data])).toEqual([
    [
      'suppression.added',
      {
        count: 320,
        added: [
          { channel: 'email', reason: 'refused', count: 20 },
          { channel: 'email', reason: 'unsubscribed', count: 300 },
        ],
      },
    ],
    ['suppression.added', { count: 1, added: [{ channel: 'email', reason: 'manual', count: 1 }] }],
  ]);
});

describe('old events', () => {
  test('are dropped with their notices, once these have ended and their batches are gone', async () => {
    await listen(['job.cancelled']);
    const { jobId } = await plan(1);
    await sql(`UPDATE jobs SET status = 'cancelled', updated_at = carillon_now() WHERE id = $1`, [jobId]);
    await round();
    const left = async () => {
      const [row] = await sql(
        `SELECT (SELECT count(*) FROM events WHERE account_id = $1) AS events,
                (SELECT count(*) FROM jobs WHERE account_id = $1 AND kind = 'notice') AS jobs,
                (SELECT count(*) FROM runs WHERE account_id = $1 AND silent) AS runs`,
        [account.accountId],
      );
      return row;
    };
    const there = { events: 1, jobs: 1, runs: 1 };
    expect(await left()).toEqual(there);
    const duty = duties.get('events') as Duty;
    await duty.runOnce();
    expect(await left()).toEqual(there);
    await ahead(`${config.KEEP_DAYS + 1} days`);
    await duty.runOnce();
    expect(await left()).toEqual(there);
    await sql(`UPDATE runs SET state = 'completed', completed_at = now() WHERE account_id = $1`, [account.accountId]);
    await duty.runOnce();
    expect(await left()).toEqual(there);
    await sql('DELETE FROM batches WHERE account_id = $1', [account.accountId]);
    await dropOldEvents(database.pool, config.KEEP_DAYS, 100);
    expect(await left()).toEqual({ events: 0, jobs: 0, runs: 0 });
  });
});

test('the looks go by their indexes, past runs that are silent or told', async () => {
  await sql(
    `WITH job AS (
       INSERT INTO jobs (account_id, name, kind, channel, provider_account_id, trigger, audience, policy, status, cancel_noticed_at)
       SELECT $1, 'told', 'message', 'whatsapp', $2, '{}', '{}', '{}', 'cancelled', now() FROM generate_series(1, 5000) RETURNING id
     )
     INSERT INTO runs (account_id, job_id, occurrence_key, day, due_at, state, completed_at, silent)
     SELECT $1, id, 'once', current_date, now(), (ARRAY['completed', 'sending'])[1 + id % 2]::run_state,
            CASE WHEN id % 2 = 0 THEN now() END, true FROM job`,
    [account.accountId, account.providerAccountId],
  );
  await sql('ANALYZE jobs, runs');
  const plans = await Promise.all(
    [
      `SELECT 1 FROM runs r WHERE r.account_id = ${account.accountId} AND r.state <> 'completed' AND NOT r.silent AND (r.account_id, r.id) > (0, 0) ORDER BY r.id LIMIT 5`,
      `SELECT 1 FROM runs r WHERE r.account_id = ${account.accountId} AND r.completed_at IS NOT NULL AND NOT r.silent
         AND (r.completion_noticed_at IS NULL OR r.completion_noticed_at < r.completed_at) AND r.completed_at >= now() ORDER BY r.completed_at LIMIT 5`,
      `SELECT 1 FROM jobs j WHERE j.account_id = ${account.accountId} AND j.kind = 'message' AND j.status = 'cancelled' AND j.cancel_noticed_at IS NULL AND j.updated_at >= now()`,
    ].map((query) => sql(`EXPLAIN ${query}`)),
  );
  const names = plans.map((rows) =>
    /using (\w+)|on (\w+_to_notice|runs_watched)/.exec(JSON.stringify(rows))?.slice(1).find(Boolean),
  );
  expect(names).toEqual(['runs_watched', 'runs_to_notice', 'jobs_to_notice']);
});

describe('owners of jobs', () => {
  const owned = async (jobId: number): Promise<void> => {
    const notify = { email: { address: 'ada@town.example', key: randomUUID() }, webhook: 'https://example.com/told' };
    await sql('UPDATE jobs SET notify = $2::jsonb WHERE id = $1', [jobId, JSON.stringify(notify)]);
    await sql(`UPDATE accounts SET owners_told_since = carillon_now() - interval '1 minute' WHERE id = $1`, [
      account.accountId,
    ]);
    await sql(
      `INSERT INTO provider_accounts (account_id, channel, name, settings)
       VALUES ($1, 'email', 'mail', '{}'), ($1, 'call', 'calls', '{}') ON CONFLICT DO NOTHING`,
      [account.accountId],
    );
  };
  const notices = () =>
    sql(
      `SELECT j.name, j.channel, d.address FROM jobs j JOIN runs r ON r.account_id = j.account_id AND r.job_id = j.id
       JOIN deliveries d ON d.account_id = r.account_id AND d.run_id = r.id
       WHERE j.account_id = $1 AND j.kind = 'notice' ORDER BY 1, 2`,
      [account.accountId],
    );

  test('are told by each way, once by ten sweepers at once, though no endpoint listens', async () => {
    const { runId, jobId } = await plan(10);
    await owned(jobId);
    await move(runId, 'failed', 10);
    await complete(runId);
    await sql(`UPDATE jobs SET status = 'completed', updated_at = carillon_now() WHERE id = $1`, [jobId]);
    const sweepers = Array.from({ length: 10 }, () => dutiesOf(database));
    await Promise.all(sweepers.map((one) => one.get('notices')?.runOnce()));
    await round();
    expect(await notices()).toEqual(
      ['job.completed', 'run.failed'].flatMap((name) => [
        { name, channel: 'call', address: 'https://example.com' },
        { name, channel: 'email', address: 'ada@town.example' },
      ]),
    );
    expect((await eventsOf()).map(({ type }) => type).sort()).toEqual(['job.completed', 'run.failed']);
    expect(new Set(woken)).toEqual(new Set(['webhook', 'email', 'whatsapp', 'call']));
  });

  test('of a job that says nothing, and of what ended before anybody said how, are told nothing', async () => {
    const { runId, jobId } = await plan(10);
    const before = await plan(10);
    await move(before.runId, 'failed', 10);
    await complete(before.runId);
    await sql(`UPDATE runs SET completed_at = completed_at - interval '2 minutes' WHERE id = $1`, [before.runId]);
    await owned(before.jobId);
    await move(runId, 'failed', 10);
    await complete(runId);
    await sql(`UPDATE jobs SET status = 'completed', updated_at = carillon_now() WHERE id = $1`, [jobId]);
    await round();
    expect(await notices()).toEqual([]);
    const [left] = await sql('SELECT count(*) AS unmarked FROM runs WHERE id = $1 AND completion_noticed_at IS NULL', [
      runId,
    ]);
    expect(left.unmarked).toBe(0);
  });
});

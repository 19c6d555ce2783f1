/** One key, one job: at once, later, with another body, after a crash, and when the answer to COMMIT is lost. */

import { createDatabase, type Database, moveClock, reapIdempotencyKeys, revokeApiKey } from '@carillon/db';
import {
  createTestDatabase,
  eventually,
  type FaultProxy,
  type SpawnedService,
  spawnService,
  startProxy,
  type TestDatabase,
  testRedis,
} from '@carillon/testkit';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  freshKey,
  jobBody,
  postJob,
  SECRET,
  seedAccounts,
  send,
  startApi,
  type TestAccount,
  type TestApi,
} from './harness.ts';

async function countJobs(db: Database, name: string): Promise<number> {
  const { rows } = await db.pool.query('SELECT count(*)::int AS count FROM jobs WHERE name = $1', [name]);
  return rows[0].count;
}

describe('on one api', () => {
  let proxy: FaultProxy;
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi(async (target) => {
      proxy = await startProxy({ target });
      return proxy.url;
    });
  });
  afterAll(async () => {
    await api?.stop();
    await proxy?.close();
  });

  test('20 clients at once: one job, the same answer for all', async () => {
    const key = freshKey();
    const body = jobBody({ name: 'at once' });
    const answers = await Promise.all(Array.from({ length: 20 }, () => postJob(api.url, api.first, body, key)));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(201));
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
    for (const answer of answers) expect(answer.body).toEqual(answers[0]?.body);
    expect(answers.filter(({ headers }) => headers.get('Idempotency-Replayed') === null)).toHaveLength(1);
    expect(await countJobs(api.direct, 'at once')).toBe(1);
  });

  test('the same content in another order is the same request; other content is refused', async () => {
    const key = freshKey();
    const body = jobBody({ name: 'order' });
    const first = await postJob(api.url, api.first, body, key);
    const reversed = Object.fromEntries(Object.entries(body).reverse());
    const second = await postJob(api.url, api.first, reversed, key);
    expect([second.status, second.body.id]).toEqual([201, first.body.id]);
    expect(second.headers.get('Location')).toBe(first.headers.get('Location'));
    const third = await postJob(api.url, api.first, { ...body, name: 'other' }, key);
    expect([third.status, third.body.code, third.body.field]).toEqual([
      422,
      'idempotency_key_reused',
      'Idempotency-Key',
    ]);
    expect(await countJobs(api.direct, 'other')).toBe(0);
  });

  test('a key belongs to its account; a refused request does not use it up', async () => {
    const key = freshKey();
    expect((await postJob(api.url, api.first, jobBody({ audience: { recipients: ['ghost'] } }), key)).status).toBe(422);
    const mine = await postJob(api.url, api.first, jobBody(), key);
    const theirs = await postJob(api.url, api.second, jobBody(), key);
    expect([mine.status, theirs.status]).toEqual([201, 201]);
    expect(mine.body.id).not.toBe(theirs.body.id);
  });

  test('the answer to COMMIT is lost: asked again, it is the job that was made', async () => {
    const name = 'commit lost';
    const cut = proxy.cutAfter((bytes) => bytes.includes('COMMIT'));
    const answer = await postJob(api.url, api.first, jobBody({ name }));
    await cut.happened;
    expect([answer.status, answer.body.name]).toEqual([201, name]);
    const { rows } = await api.direct.pool.query('SELECT id::int FROM jobs WHERE name = $1', [name]);
    expect(rows).toEqual([{ id: Number(answer.body.id.slice(4)) }]);
  });

  test('the answer to COMMIT is lost and the database stays away: unknown, and the same key tells', async () => {
    const name = 'commit lost for long';
    const key = freshKey();
    const cut = proxy.cutAfter((bytes) => {
      if (!bytes.includes('COMMIT')) return false;
      setTimeout(() => proxy.setMode('reset'), 10);
      return true;
    });
    const lost = await postJob(api.url, api.first, jobBody({ name }), key);
    await cut.happened;
    expect([lost.status, lost.body.code]).toEqual([503, 'unknown_outcome']);
    expect(lost.headers.get('Retry-After')).toMatch(/^\d+$/);
    proxy.setMode('pass');
    const told = await postJob(api.url, api.first, jobBody({ name }), key);
    expect([told.status, told.headers.get('Idempotency-Replayed')]).toEqual([201, 'true']);
    expect(await countJobs(api.direct, name)).toBe(1);
  });

  test('the database is away: 503 with Retry-After and nothing done, then all is well', async () => {
    proxy.setMode('reset');
    const key = freshKey();
    const name = 'away';
    const refused = await postJob(api.url, api.first, jobBody({ name }), key);
    expect([refused.status, refused.body.code]).toEqual([503, 'unavailable']);
    expect(refused.headers.get('Retry-After')).toMatch(/^\d+$/);
    expect((await send(api.url, 'GET', '/v1/jobs', { key: api.first.key })).body.code).toBe('unavailable');
    expect((await send(api.url, 'GET', '/readyz')).status).toBe(503);
    expect((await send(api.url, 'GET', '/healthz')).status).toBe(200);
    proxy.setMode('pass');
    expect(await countJobs(api.direct, name)).toBe(0);
    const answer = await postJob(api.url, api.first, jobBody({ name }), key);
    expect([answer.status, answer.headers.get('Idempotency-Replayed')]).toEqual([201, null]);
    const ready = await send(api.url, 'GET', '/readyz');
    expect([ready.status, ready.body.checks.postgres, ready.body.checks.redis]).toEqual([200, 'ok', 'away']);
  });

  test('the connection falls silent before COMMIT: 503, nothing done, the connection is not used again', async () => {
    const name = 'silent';
    const cut = proxy.cutAfter((bytes) => bytes.includes('insert_job'));
    const refused = await postJob(api.url, api.first, jobBody({ name }));
    await cut.happened;
    expect([refused.status, refused.body.code]).toEqual([503, 'unavailable']);
    expect(await countJobs(api.direct, name)).toBe(0);
    const answers = await Promise.all(Array.from({ length: 12 }, () => postJob(api.url, api.first, jobBody({ name }))));
    expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(201));
    const { rows } = await api.direct.pool.query(
      `SELECT count(*)::int AS stuck FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'`,
    );
    expect(rows).toEqual([{ stuck: 0 }]);
  });

  test('a revoked key ends within seconds', async () => {
    const ask = () => send(api.url, 'GET', '/v1/jobs?limit=1', { key: api.second.key });
    expect((await ask()).status).toBe(200);
    const { rows } = await api.direct.pool.query('SELECT id FROM api_keys WHERE account_id = $1', [
      api.second.accountId,
    ]);
    expect(await revokeApiKey(api.direct.pool, { accountId: api.second.accountId, id: rows[0].id })).toBe(true);
    await eventually(async () => (await ask()).status === 401, { timeoutMs: 4_000, what: 'the refusal' });
  });

  test('keys live as long as their job is open, and 72 hours after', async () => {
    const exists = async (key: string) =>
      (await api.direct.pool.query('SELECT 1 FROM idempotency_keys WHERE key = $1', [key])).rows.length === 1;
    const [open, ended] = [freshKey(), freshKey()];
    await postJob(api.url, api.first, jobBody(), open);
    const { body } = await postJob(api.url, api.first, jobBody(), ended);
    await send(api.url, 'POST', `/v1/jobs/${body.id}/cancel`, { key: api.first.key });
    try {
      await moveClock(api.direct.pool, { aheadMs: 71 * 3_600_000, speed: 1 });
      await reapIdempotencyKeys(api.direct.pool);
      expect([await exists(open), await exists(ended)]).toEqual([true, true]);
      await moveClock(api.direct.pool, { aheadMs: 73 * 3_600_000, speed: 1 });
      await reapIdempotencyKeys(api.direct.pool);
      expect([await exists(open), await exists(ended)]).toEqual([true, false]);
    } finally {
      await moveClock(api.direct.pool, { aheadMs: 0, speed: 1 });
    }
  });
});

describe('on processes', () => {
  let own: TestDatabase;
  let db: Database;
  let account: TestAccount;
  beforeAll(async () => {
    own = await createTestDatabase();
    db = createDatabase({ url: own.url, max: 4, applicationName: 'test' });
    account = (await seedAccounts(db)).first;
  });
  afterAll(async () => {
    await db?.close();
    await own?.drop();
  });

  const start = (options: { failpoints?: string; redisUrl?: string } = {}): Promise<SpawnedService> => {
    const redis = testRedis();
    return spawnService({
      name: 'api',
      env: {
        DATABASE_URL: own.url,
        REDIS_URL: options.redisUrl ?? redis.url,
        REDIS_PREFIX: redis.prefix,
        CARILLON_SECRET: SECRET,
        API_PORT: '0',
      },
      ...(options.failpoints !== undefined && { failpoints: options.failpoints }),
    });
  };

  test.each([
    ['before the commit', 'api_before_commit=kill'],
    ['after the commit, before the answer', 'api_after_commit=kill'],
  ])('killed with -9 %s: the same key makes one job in all', async (name, failpoints) => {
    const key = freshKey();
    const body = jobBody({ name });
    const doomed = await start({ failpoints });
    await expect(postJob(doomed.baseUrl as string, account, body, key)).rejects.toThrow();
    await doomed.exited;
    const made = failpoints.startsWith('api_after') ? 1 : 0;
    await eventually(async () => (await countJobs(db, name)) === made, { what: 'the end of the transaction' });

    const next = await start();
    const answers = await Promise.all([1, 2, 3].map(() => postJob(next.baseUrl as string, account, body, key)));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(await countJobs(db, name)).toBe(1);
    expect((await next.stop()).code).toBe(0);
  });

  test('killed while a second api waits for the same key: the second does the work', async () => {
    const key = freshKey();
    const name = 'waited for';
    const first = await start({ failpoints: 'api_before_commit=stop' });
    const second = await start();
    const stuck = postJob(first.baseUrl as string, account, jobBody({ name }), key).catch(() => undefined);
    const blocked = async () => {
      const { rows } = await db.pool.query(
        `SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return rows[0].waiting > 0;
    };
    const inside = async () => {
      const { rows } = await db.pool.query(
        `SELECT count(*)::int AS inside FROM pg_stat_activity
         WHERE datname = current_database() AND state = 'idle in transaction'`,
      );
      return rows[0].inside > 0;
    };
    await eventually(inside, { what: 'the first request inside its transaction' });
    const waiting = postJob(second.baseUrl as string, account, jobBody({ name }), key);
    await eventually(blocked, { what: 'the second request at the lock' });
    first.kill('SIGKILL');
    const answer = await waiting;
    await stuck;
    expect([answer.status, answer.headers.get('Idempotency-Replayed')]).toEqual([201, null]);
    expect(await countJobs(db, name)).toBe(1);
    await second.stop();
  });

  test('Redis is away: 201 at once, and the batch waits to be enqueued', async () => {
    const api = await start({ redisUrl: 'redis://127.0.0.1:1' });
    const startedMs = performance.now();
    const answer = await postJob(api.baseUrl as string, account, jobBody({ audience: { recipients: ['person-1'] } }));
    expect(answer.status).toBe(201);
    expect(performance.now() - startedMs).toBeLessThan(2_000);
    const { rows } = await db.pool.query('SELECT enqueued_at FROM batches WHERE run_id = $1', [
      answer.body.run.id.slice(4),
    ]);
    expect(rows).toEqual([{ enqueued_at: null }]);
    const ready = await send(api.baseUrl as string, 'GET', '/readyz');
    expect([ready.status, ready.body.checks.postgres]).toEqual([200, 'ok']);
    expect(ready.body.checks.redis).toMatch(/does not answer/);
    expect((await api.stop()).code).toBe(0);
  });

  test('Redis is there: what is due is enqueued soon after the answer', async () => {
    const api = await start();
    await eventually(async () => (await send(api.baseUrl as string, 'GET', '/readyz')).body.checks.redis === 'ok');
    const answer = await postJob(api.baseUrl as string, account, jobBody({ audience: { recipients: ['person-1'] } }));
    await eventually(async () => {
      const { rows } = await db.pool.query('SELECT 1 FROM batches WHERE run_id = $1 AND enqueued_at IS NOT NULL', [
        answer.body.run.id.slice(4),
      ]);
      return rows.length === 1;
    });
    await api.stop();
  });
});

/** An api that is killed in the middle of an import, as a real process: what was committed stays, and nobody waits for it. */
import { request } from 'node:http';
import { createApiKey, createDatabase, type Database, ensureAccount } from '@carillon/db';
import { createTestDatabase, eventually, spawnService, type TestDatabase, testRedis } from '@carillon/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

let own: TestDatabase;
let database: Database;
beforeAll(async () => {
  own = await createTestDatabase();
  database = createDatabase({ url: own.url, max: 2, applicationName: 'test' });
});
afterAll(async () => {
  await database?.close();
  await own?.drop();
});

test('an import of a killed api is interrupted with what was kept, and can be done again', async () => {
  const { id: accountId } = await ensureAccount(database.pool, { name: 'portal', zone: 'UTC', country: 'DE' });
  const { key } = await createApiKey(database.pool, { accountId, name: 'test' });
  const redis = testRedis();
  const env = {
    API_PORT: '0',
    DATABASE_URL: own.url,
    REDIS_URL: redis.url,
    REDIS_PREFIX: redis.prefix,
    CARILLON_SECRET: 'a secret for tests that is long enough',
  };
  const headers = { Authorization: `Bearer ${key}`, 'Content-Type': 'text/csv' };
  const file = `externalId,phone\n${Array.from({ length: 10_000 }, (_, index) => `k${index},\n`).join('')}`;

  const first = await spawnService({ name: 'api', env });
  const upload = request(`${first.baseUrl}/v1/imports?format=csv&audience=All`, {
    method: 'POST',
    headers: { ...headers, 'Idempotency-Key': 'first' },
  });
  upload.on('error', () => {});
  upload.write(file);
  const countKept = async () => {
    const { rows } = await database.pool.query<{ kept: number; members: number }>(
      `SELECT (SELECT count(*) FROM recipients)::int AS kept, (SELECT count(*) FROM audience_members)::int AS members`,
    );
    return rows[0] as { kept: number; members: number };
  };
  await eventually(async () => (await countKept()).kept > 0, { what: 'the first rows' });
  first.kill('SIGKILL');
  await first.exited;

  const second = await spawnService({ name: 'api', env });
  const { rows } = await database.pool.query<{ id: number; state: string }>('SELECT id, state FROM imports');
  expect(rows).toMatchObject([{ state: 'running' }]);
  // The server ends the dead process's session, and with it the lock, as soon as it sees the connection closed.
  const report = await eventually(async () => {
    const response = await fetch(`${second.baseUrl}/v1/imports/imp_${rows[0]?.id}`, { headers });
    const body = (await response.json()) as { state: string; rowsKept: number };
    return body.state !== 'running' && body;
  });
  const { kept, members } = await countKept();
  expect(report).toMatchObject({ state: 'interrupted', rowsKept: kept });
  expect(members).toBe(kept);

  const again = await fetch(`${second.baseUrl}/v1/imports?format=csv&audience=All`, {
    method: 'POST',
    headers: { ...headers, 'Idempotency-Key': 'second' },
    body: file,
  });
  expect(await again.json()).toMatchObject({ state: 'completed', rowsKept: 10_000 });
  expect(await countKept()).toEqual({ kept: 10_000, members: 10_000 });
  expect(await second.stop()).toEqual({ code: 0, signal: null });
});

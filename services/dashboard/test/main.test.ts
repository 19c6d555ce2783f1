/** The dashboard as the process that it is in production. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createTestDatabase, spawnService, type TestDatabase, testRedis } from '@carillon/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { send } from './harness.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test('it starts, asks for a login, tells its health, and stops', async () => {
  const redis = testRedis();
  const service = await spawnService({
    name: 'dashboard',
    env: {
      DATABASE_URL: database.url,
      REDIS_URL: redis.url,
      REDIS_PREFIX: redis.prefix,
      CARILLON_SECRET: 'a secret for tests that is long enough',
      DASHBOARD_PORT: '0',
      DASHBOARD_PASSWORD: 'correct horse battery',
    },
  });
  const url = service.baseUrl ?? '';
  expect((await send(`${url}/`, 'GET')).status).toBe(401);
  expect((await send(`${url}/login`, 'GET')).status).toBe(200);
  const health = await send(`http://127.0.0.1:${service.ready.healthPort}/readyz`, 'GET');
  expect({ status: health.status, body: JSON.parse(health.body) }).toEqual({
    status: 200,
    body: { status: 'ok', checks: { postgres: 'ok' } },
  });
  expect(await service.stop()).toEqual({ code: 0, signal: null });
  expect(service.logs()).not.toContain('correct horse');
});

test('without a password of some length it does not start, and does not repeat what it was given', async () => {
  const script = fileURLToPath(new URL('../dist/main.js', import.meta.url));
  const env = { DATABASE_URL: database.url, REDIS_URL: testRedis().url, DASHBOARD_PASSWORD: 'hunter2' };
  const child = spawn(process.execPath, [script], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let text = '';
  child.stderr.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  const [code] = (await once(child, 'close')) as [number];
  expect(code).toBe(1);
  expect(text).toContain('DASHBOARD_PASSWORD is not usable: it must have at least 12 characters');
  expect(text).toContain('CARILLON_SECRET is missing');
  expect(text).not.toContain('hunter2');
});

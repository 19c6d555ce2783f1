/**
 * What a portal sees when a store is away: with Redis down the announcement is accepted and goes out when Redis is back; with
 * Postgres down nothing is accepted, nothing is half done, and the same request succeeds afterwards.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApiKey, createDatabase, type Database, migrate } from '@carillon/db';
import {
  eventually,
  killSpawnedServices,
  ledgerReader,
  type PostgresServer,
  type RedisServer,
  type SpawnedService,
  seedAccount,
  seedPeople,
  spawnService,
  startPostgres,
  startRedis,
} from '@carillon/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ADDRESS_PEPPER, FLOW_SECRET, QUICK } from './house.ts';

const PEOPLE = 300;
const TIME_LIMIT_MS = 60_000;

let postgres: PostgresServer;
let redis: RedisServer;
let database: Database;
let api: SpawnedService;
let simulator: SpawnedService;
let key: string;
const folder = mkdtempSync(join(tmpdir(), 'carillon-outage-'));

beforeAll(async () => {
  // Servers of its own: they are taken away here.
  [postgres, redis] = await Promise.all([startPostgres({ durable: false, database: 'carillon' }), startRedis({})]);
  await migrate(postgres.url);
  database = createDatabase({ url: postgres.url, max: 4, applicationName: 'outage-test' });
  simulator = await spawnService({ name: 'simulator', env: { SIMULATOR_PORT: '0', SIMULATOR_DATA_DIR: folder } });
  const account = await seedAccount(database.pool, 'outage', { baseUrl: simulator.baseUrl as string });
  await seedPeople(database.pool, account.accountId, { count: PEOPLE, addressPepper: ADDRESS_PEPPER });
  key = (await createApiKey(database.pool, { accountId: account.accountId, name: 'test' })).key;
  const env = { DATABASE_URL: postgres.url, REDIS_URL: redis.url, CARILLON_SECRET: FLOW_SECRET, ...QUICK };
  api = await spawnService({ name: 'api', env: { ...env, API_PORT: '0', CONNECT_TIMEOUT_MS: '500' } });
  await Promise.all(['scheduler', 'sender', 'sweeper'].map((name) => spawnService({ name, env })));
}, TIME_LIMIT_MS);
afterAll(async () => {
  await killSpawnedServices();
  await database?.close();
  await redis?.stop();
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
});

function announce(idempotencyKey: string): Promise<Response> {
  return fetch(`${api.baseUrl}/v1/jobs`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'idempotency-key': idempotencyKey,
    },
    body: JSON.stringify({
      kind: 'message',
      channel: 'whatsapp',
      name: 'outage',
      content: { text: 'Good morning' },
      trigger: { type: 'now' },
      audience: { audiences: ['everybody'] },
      allowSimilar: true,
    }),
  });
}

async function toldOnce(answer: Response): Promise<void> {
  const job = (await answer.json()) as { id: string };
  const ledger = ledgerReader(simulator.baseUrl as string);
  const run = await eventually(
    async () => {
      const runs = await fetch(`${api.baseUrl}/v1/jobs/${job.id}/runs`, {
        headers: { authorization: `Bearer ${key}` },
      });
      const { data } = (await runs.json()) as {
        data?: { id: string; state: string; counts: Record<string, number> }[];
      };
      return data?.[0]?.state === 'completed' ? data[0] : undefined;
    },
    { timeoutMs: 120_000, what: 'the run to complete' },
  );
  expect(run.counts).toMatchObject({ sent: PEOPLE, failed: 0, unknown: 0, scheduled: 0, sending: 0 });
  expect(await ledger.totals(run.id.replace('run_', ''))).toMatchObject({ addresses: PEOPLE, duplicates: 0 });
}

test(
  'with Redis down an announcement is accepted, and goes out when Redis is back',
  async () => {
    await redis.kill();
    const answer = await announce('while-redis-is-down');
    expect(answer.status).toBe(201);
    await redis.start();
    await toldOnce(answer);
  },
  TIME_LIMIT_MS,
);

test(
  'with Postgres down nothing is accepted and nothing is half done; the same key succeeds afterwards',
  async () => {
    await postgres.halt('immediate');
    const refused = await announce('while-postgres-is-down');
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({ code: 'unavailable' });
    await postgres.start();
    const jobs = () => database.pool.query<{ jobs: number }>('SELECT count(*) AS jobs FROM jobs');
    const before = await eventually(() => jobs().catch(() => undefined), { timeoutMs: 10_000 });
    expect(before.rows[0]?.jobs).toBe(1);
    const answer = await eventually(
      async () => {
        const again = await announce('while-postgres-is-down');
        return again.status === 201 ? again : undefined;
      },
      { timeoutMs: 120_000, what: 'the announcement to be accepted' },
    );
    await toldOnce(answer);
    expect((await jobs()).rows[0]?.jobs).toBe(2);
  },
  TIME_LIMIT_MS,
);

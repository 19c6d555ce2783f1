/**
 * Calls whose answer was lost, looked up with a service that has none of them: what goes on, what stays unknown, and what is no longer in
 * doubt.
 */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createCheckChannel } from '@carillon/channels';
import { deriveKey } from '@carillon/core';
import { createDatabase, type Database, findProvider, providerSecretKey, updateProvider } from '@carillon/db';
import { createLogger, createMetrics } from '@carillon/runtime';
import { type AccountSeed, createTestDatabase, seedAccount, type TestDatabase } from '@carillon/testkit';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { createLookups } from '../src/lookups.ts';

const SECRET = 'a secret of the tests of look-ups';
const DAY = '2026-11-20';

let own: TestDatabase;
let db: Database;
let account: AccountSeed;
let service: Server;
let baseUrl: string;
let asked: number;

beforeAll(async () => {
  own = await createTestDatabase();
  db = createDatabase({ url: own.url, max: 3, applicationName: 'lookups-test' });
  account = await seedAccount(db.pool, 'lookups', { baseUrl: 'http://127.0.0.1:9' });
  await db.pool.query('SELECT ensure_partitions($1)', [DAY]);
  service = createServer((_request, response) => {
    asked += 1;
    response.writeHead(404).end(JSON.stringify({ success: false, code: 'unknown_reference' }));
  });
  service.listen(0, '127.0.0.1');
  await once(service, 'listening');
  baseUrl = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
});
afterAll(async () => {
  service?.close();
  await db?.close();
  await own?.drop();
});

let verifier: number;
let counter = 0;
beforeEach(async () => {
  asked = 0;
  counter += 1;
  await db.pool.query('DELETE FROM deliveries');
  const { rows } = await db.pool.query<{ id: number }>(
    `INSERT INTO provider_accounts (account_id, channel, name, settings) VALUES ($1, 'email_check', $2, $3) RETURNING id`,
    [
      account.accountId,
      `verifier ${counter}`,
      JSON.stringify({
        verifier: 'http',
        baseUrl,
        apiKey: '',
        priceMicros: 8_000,
        currency: 'EUR',
        validDays: 30,
        skipDns: true,
      }),
    ],
  );
  verifier = (rows[0] as { id: number }).id;
});

/** A check that is unknown after so many tries, each begun a minute after the one before and the last a minute ago. */
async function lostAfter(...outcomes: readonly string[]): Promise<void> {
  const { rows } = await db.pool.query<{ batch_id: number }>(
    `WITH job AS (
       INSERT INTO jobs (account_id, name, kind, channel, provider_account_id, trigger, audience, policy)
       VALUES ($1, 'checks', 'check', 'email_check', $2, '{"type":"now"}', '{}', $4) RETURNING id
     ), run AS (
       INSERT INTO runs (account_id, job_id, occurrence_key, day, due_at, state, silent, expanded_at)
       SELECT $1, id, 'once', $3, carillon_now(), 'sending', true, carillon_now() FROM job RETURNING job_id, id
     ), batch AS (
       INSERT INTO batches (account_id, run_id, job_id, day, channel, provider_account_id, due_at, size, scheduled, unknown, max_attempts)
       SELECT $1, id, job_id, $3, 'email_check', $2, carillon_now(), 1, 0, 1, 9 FROM run RETURNING id, run_id
     )
     INSERT INTO deliveries (account_id, batch_id, number, day, run_id, due_at, state, try, attempts, sending_at, settled_at, address, dedupe_key, content_version)
     SELECT $1, id, 1, $3, run_id, carillon_now(), 'unknown', $5, $5, carillon_now() - interval '1 minute', carillon_now(),
            'ana@town.example', gen_random_uuid(), 1
     FROM batch RETURNING batch_id`,
    [
      account.accountId,
      verifier,
      DAY,
      JSON.stringify({
        attempts: 9,
        backoff: { initialMs: 1_000, factor: 1, maxMs: 1_000 },
        unknown: { action: 'hold', afterSeconds: 1 },
      }),
      outcomes.length,
    ],
  );
  for (const [index, outcome] of outcomes.entries()) {
    await db.pool.query(
      `INSERT INTO attempts (account_id, batch_id, number, try, day, outcome, started_at, ended_at)
       VALUES ($1, $2, 1, $3, $4, $5, carillon_now() - $6 * interval '1 minute', carillon_now())`,
      [account.accountId, rows[0]?.batch_id, index + 1, DAY, outcome, outcomes.length - index],
    );
  }
}

/** Looks everything up once; what became of the check and of its tries. */
async function lookUp() {
  const channel = createCheckChannel({ connections: 2, timeoutMs: 2_000, connectTimeoutMs: 1_000, allowPrivate: true });
  const duty = createLookups({
    db: db.pool,
    channel,
    provider: async (id) => {
      const provider = await findProvider(db.pool, providerSecretKey(SECRET), id);
      if (provider === undefined) throw new Error('no provider');
      return provider;
    },
    verdicts: undefined,
    onJobRefused: async () => {},
    referenceKey: deriveKey(SECRET, 'reference'),
    intervalMs: 60_000,
    settledMs: 0,
    random: Math.random,
    control: 'none',
    logger: createLogger({ service: 'validator', level: 'silent' }),
    metrics: createMetrics({ service: 'validator' }),
    wake: () => {},
  });
  await duty?.runOnce();
  await channel.close();
  const { rows } = await db.pool.query<{ state: string; code: string | null; tries: string[] }>(
    `SELECT d.state::text, d.code, ARRAY(SELECT a.outcome FROM attempts a WHERE a.batch_id = d.batch_id ORDER BY a.try) AS tries
     FROM deliveries d`,
  );
  return rows[0];
}

test('what the service does not have is tried again', async () => {
  await lostAfter('unknown');
  expect(await lookUp()).toEqual({ state: 'scheduled', code: 'call_lost', tries: ['retry'] });
  expect(asked).toBe(1);
});

test('an earlier try in doubt is in doubt no more, also when the latest is known not to have been done', async () => {
  await lostAfter('unknown', 'throttled');
  expect(await lookUp()).toEqual({ state: 'scheduled', code: 'call_lost', tries: ['retry', 'retry'] });
});

test('whoever answers at a new address is not asked of calls from before, and is of those since', async () => {
  const move = () =>
    updateProvider(
      db.pool,
      providerSecretKey(SECRET),
      { accountId: account.accountId, id: verifier, channels: ['email_check'] },
      () => ({ settings: { baseUrl: `${baseUrl}/new` } }),
      'test',
    );
  await move();
  await lostAfter('unknown');
  expect(await lookUp()).toMatchObject({ state: 'unknown', tries: ['unknown'] });
  expect(asked).toBe(0);
  // The same address again is no move.
  await db.pool.query(`UPDATE provider_accounts SET moved_at = carillon_now() - interval '1 hour' WHERE id = $1`, [
    verifier,
  ]);
  await move();
  expect(await lookUp()).toMatchObject({ state: 'scheduled', tries: ['retry'] });
  expect(asked).toBe(1);
});

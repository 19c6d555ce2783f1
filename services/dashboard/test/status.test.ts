/** The status page, on rows as the other services write them. */
import { ensureAccount } from '@carillon/db';
import { createTestDatabase, freePort, type TestDatabase } from '@carillon/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { loggedIn, send, startDashboard } from './harness.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test('a quiet house says so', async () => {
  const dashboard = await startDashboard({ databaseUrl: database.url });
  const { status, body } = await send(`${dashboard.url}/`, 'GET', await loggedIn(dashboard));
  expect(status).toBe(200);
  for (const text of [
    'It never lost its data.',
    'None: nothing is held back.',
    'No batch is due and waiting.',
    'http-equiv="refresh"',
    'href="/queues"',
    'href="http://api.example/docs"',
    'href="http://ledger.example/"',
  ])
    expect(body).toContain(text);
});

test('open runs with their counts, holds, paused queues, lag and a loss of Redis are shown, and nothing is markup', async () => {
  const dashboard = await startDashboard({ databaseUrl: database.url });
  const { pool } = dashboard.database;
  const { id: account } = await ensureAccount(pool, { name: 'Bells & Co', zone: 'UTC', country: 'DE' });
  const provider = await pool.query<{ id: number }>(
    `INSERT INTO provider_accounts (account_id, channel, name, settings) VALUES ($1, 'whatsapp', 'main', '{}') RETURNING id`,
    [account],
  );
  const job = await pool.query<{ id: number }>(
    `INSERT INTO jobs (account_id, name, kind, channel, provider_account_id, trigger, audience, policy)
     VALUES ($1, '<b>Tea</b>', 'message', 'whatsapp', $2, '{}', '{}', '{}') RETURNING id`,
    [account, provider.rows[0]?.id],
  );
  const run = await pool.query<{ id: number }>(
    `INSERT INTO runs (account_id, job_id, occurrence_key, day, state, due_at)
     VALUES ($1, $2, 'once', '2026-01-01', 'sending', carillon_now() - interval '90 seconds') RETURNING id`,
    [account, job.rows[0]?.id],
  );
  await pool.query(
    `INSERT INTO batches (account_id, run_id, job_id, day, channel, provider_account_id, size, due_at, scheduled, sent, failed)
     SELECT $1, $2, $3, '2026-01-01', 'whatsapp', $4, 1000, carillon_now() - interval '90 seconds', 300, 611, 89
     FROM generate_series(1, 2)`,
    [account, run.rows[0]?.id, job.rows[0]?.id, provider.rows[0]?.id],
  );
  await pool.query(`INSERT INTO holds (account_id, channel, reason) VALUES (NULL, 'whatsapp', 'fire <drill>')`);
  await pool.query(`INSERT INTO queue_settings (queue, paused) VALUES ('send-whatsapp', true)`);
  await pool.query(`UPDATE installation SET redis_lost_at = carillon_now() - interval '10 minutes'`);

  const { body } = await send(`${dashboard.url}/`, 'GET', await loggedIn(dashboard));
  expect(body).toContain('&#60;b&#62;Tea&#60;/b&#62;');
  expect(body).not.toContain('<b>');
  expect(body).toContain('Bells &#38; Co');
  expect(body).toMatch(/600<\/td>.*>1222<\/td>.*>178<\/td>/);
  expect(body).toContain('every account, whatsapp: fire &#60;drill&#62;');
  expect(body).toContain('Paused queues: send-whatsapp');
  expect(body).toContain('<span class="alarm">It lost its data 10 min ago.</span>');
  expect(body).toMatch(/whatsapp<\/td><td class="number">2<\/td><td class="number alarm">9\d s<\/td>/);
});

test('with Postgres away the page says so, with 503', async () => {
  const dashboard = await startDashboard({ databaseUrl: `postgres://x:x@127.0.0.1:${await freePort()}/x` });
  const { status, body } = await send(`${dashboard.url}/`, 'GET', await loggedIn(dashboard));
  expect(status).toBe(503);
  expect(body).toContain('Postgres does not answer.');
});

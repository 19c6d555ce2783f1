/** The status page, on rows as the other services write them. */
import { LATENESS_BOUNDS_MS, placeHold, recordRescue, writeSendStatistics } from '@carillon/db';
import { createTestDatabase, freePort, type TestDatabase } from '@carillon/testkit';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { loggedIn, logIn, READER, seedTea, send, startDashboard } from './harness.ts';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

/** What a person reads: without markup. */
function textOf(body: string): string {
  return body
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');
}

test('a quiet house says so', async () => {
  const dashboard = await startDashboard({ databaseUrl: database.url });
  const { status, body } = await send(`${dashboard.url}/`, 'GET', await loggedIn(dashboard));
  expect(status).toBe(200);
  for (const text of [
    'Fine All is well.',
    'Nothing due is waiting for a sender. No run is open.',
    'None. Nothing is being sent.',
    'None. Nothing is held back.',
    'It never lost its data.',
  ])
    expect(textOf(body)).toContain(text);
  for (const markup of [
    'http-equiv="refresh"',
    'href="/queues"',
    'href="http://api.example/docs"',
    'href="http://ledger.example/"',
  ])
    expect(body).toContain(markup);
});

test('it says what is late, held and paused, and what to do; what others wrote is never markup', async () => {
  const dashboard = await startDashboard({ databaseUrl: database.url });
  const { pool } = dashboard.database;
  await seedTea(pool, 'Bells & Co', '<b>Tea</b>');
  const page = async () => (await send(`${dashboard.url}/`, 'GET', await loggedIn(dashboard))).body;

  const late = await page();
  expect(textOf(late)).toContain('Needs a look Messages are late.');
  expect(textOf(late)).toContain('300 deliveries are due and nobody began with them; the oldest was due 90 s ago.');
  expect(late).toContain('href="http://docs.example/operations.md#carillonlate"');
  expect(late).toContain('&#60;b&#62;Tea&#60;/b&#62;');
  expect(late).not.toContain('<b>');
  expect(late).toContain('Bells &#38; Co');
  expect(textOf(late)).toContain('70 % · 700 of 1,000');
  expect(textOf(late)).toContain('611 sent 89 failed 300 waiting');
  expect(late).toContain('aria-label="700 of 1,000 done"');

  const by = { actor: 'somebody', auditAccountId: undefined };
  await placeHold(pool, { accountId: null, channel: 'whatsapp', reason: 'fire <drill>' }, by);
  await pool.query(`INSERT INTO queue_settings (queue, paused) VALUES ('send-email', true)`);
  await pool.query(`UPDATE installation SET redis_lost_at = carillon_now() - interval '8 minutes'`);
  await recordRescue(pool, 'wake_up', 1_204);
  const held = await page();
  expect(textOf(held)).toContain('Needs a look Some sending is on hold.');
  expect(textOf(held)).toContain('Sending is stopped on purpose: WhatsApp. 300 deliveries wait.');
  expect(held).toContain('fire &#60;drill&#62;');
  expect(textOf(held)).toContain('A queue is paused: E-mail.');
  expect(textOf(held)).toContain('It lost its data 8 min ago.');
  expect(textOf(held)).toContain('1,204 batches enqueued again after Redis lost the wake-up');
  expect(textOf(held)).not.toContain('Messages are late.');
});

test('what was sent of late is drawn and said', async () => {
  const dashboard = await startDashboard({ databaseUrl: database.url });
  const lateness = LATENESS_BOUNDS_MS.map((bound) => (bound === 250 ? 500 : 0)).concat(0);
  await writeSendStatistics(
    dashboard.database.pool,
    [{ channel: 'whatsapp', owner: 'a', accepted: 500, failed: 0, unknown: 0, retried: 0, lateness }],
    1_000,
  );
  const { body } = await send(`${dashboard.url}/`, 'GET', await loggedIn(dashboard));
  expect(body.match(/<svg class="plot"/g)).toHaveLength(2);
  expect(textOf(body)).toMatch(/10 min: 500 .*Due to sent: 225 ms 99 % within 250 ms/);
});

test('the live part and the numbers are to be had by themselves', async () => {
  const dashboard = await startDashboard({ databaseUrl: database.url });
  await seedTea(dashboard.database.pool, 'Bells');
  const browser = await loggedIn(dashboard);
  const live = await send(`${dashboard.url}/status/live`, 'GET', browser);
  expect(live.body).toMatch(/^<section id="headline"/);
  const numbers = JSON.parse((await send(`${dashboard.url}/status.json`, 'GET', browser)).body);
  expect(numbers).toMatchObject({ scope: 'installation', healthy: false, level: 'attention', openRuns: 1 });
  expect(numbers.reasons[0]).toMatchObject({ code: 'late', severity: 'warning' });
  expect((await send(`${dashboard.url}/status.js`, 'GET', browser)).headers['content-type']).toContain('javascript');
});

test('who may only look sees all of it and no button but the way out', async () => {
  const dashboard = await startDashboard({ databaseUrl: database.url });
  await seedTea(dashboard.database.pool, 'Bells');
  expect((await logIn(dashboard, { ...READER, password: 'correct horse battery' })).status).toBe(401);
  const { body } = await send(`${dashboard.url}/`, 'GET', await loggedIn(dashboard, READER));
  expect(textOf(body)).toContain('reader (may look only)');
  expect(textOf(body)).toContain('70 % · 700 of 1,000');
  expect([...body.matchAll(/<form[^>]+action="([^"]+)"/g)].map(([, action]) => action)).toEqual(['/logout']);
  expect(body).not.toContain('class="button');
});

test('unknown outcomes are shown by run', async () => {
  const dashboard = await startDashboard({ databaseUrl: database.url });
  const { runId } = await seedTea(dashboard.database.pool, 'Bells');
  await dashboard.database.pool.query('UPDATE batches SET unknown = 7, scheduled = 293');
  const browser = await loggedIn(dashboard);
  const status = await send(`${dashboard.url}/`, 'GET', browser);
  expect(textOf(status.body)).toContain('Of 7 deliveries nobody knows whether it arrived (7 by WhatsApp).');
  expect(status.body).toContain('href="/unknown"');
  const page = await send(`${dashboard.url}/unknown`, 'GET', browser);
  expect(textOf(page.body)).toMatch(new RegExp(`Tea Bells · WhatsApp · due .* run_${runId} 7 `));
});

test('with Postgres away the page says so, with 503', async () => {
  const dashboard = await startDashboard({ databaseUrl: `postgres://x:x@127.0.0.1:${await freePort()}/x` });
  const { status, body } = await send(`${dashboard.url}/`, 'GET', await loggedIn(dashboard));
  expect(status).toBe(503);
  expect(textOf(body)).toContain('Act now Postgres does not answer.');
});

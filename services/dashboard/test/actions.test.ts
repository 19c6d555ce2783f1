/** What each button does to Postgres and Redis, that it stands in the audit trail, and what is refused with a reason. */
import { readQueueSettings } from '@carillon/db';
import { createTestDatabase, eventually, freePort, type TestDatabase } from '@carillon/testkit';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { loggedIn, post, seedTea, send, startDashboard, type TestDashboard } from './harness.ts';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

async function audited(dashboard: TestDashboard): Promise<string[]> {
  const { rows } = await dashboard.database.pool.query<{ entry: string; from: string | null }>(
    `SELECT account_id || ' ' || actor || ' ' || action || ' ' || subject AS entry, origin AS from FROM audit_entries ORDER BY id`,
  );
  // Who acts, acts from somewhere.
  for (const { from } of rows) expect(from).toMatch(/127\.0\.0\.1/);
  return rows.map(({ entry }) => entry);
}

test('a run is paused, resumed and cancelled', async () => {
  const dashboard = await startDashboard({ databaseUrl: database.url });
  const { pool } = dashboard.database;
  const { accountId, jobId } = await seedTea(pool, 'Bells');
  const path = `/jobs/${accountId}/${jobId}`;
  const flags = async () =>
    (
      await pool.query(
        `SELECT r.paused_at IS NOT NULL AS paused, b.paused_at IS NOT NULL AS batch_paused, r.cancelled_at IS NOT NULL AS cancelled
         FROM runs r JOIN batches b ON b.run_id = r.id`,
      )
    ).rows[0];
  const paused = await post(dashboard, `${path}/pause`);
  expect([paused.status, paused.headers.location]).toEqual([303, '/?done=paused']);
  expect(await flags()).toEqual({ paused: true, batch_paused: true, cancelled: false });
  const page = await send(`${dashboard.url}/?done=paused`, 'GET', await loggedIn(dashboard));
  expect(page.body).toContain('Paused. What was already on its way may still arrive');
  expect(page.body).toContain(`action="${path}/resume"`);

  expect((await post(dashboard, `${path}/resume`)).headers.location).toBe('/?done=resumed');
  expect(await flags()).toEqual({ paused: false, batch_paused: false, cancelled: false });

  const question = await send(`${dashboard.url}${path}/cancel`, 'GET', await loggedIn(dashboard));
  expect(question.body).toContain('300 messages that wait are then not sent');
  expect(question.body).toContain('This cannot be taken back.');
  expect(await flags()).toMatchObject({ cancelled: false });
  expect((await post(dashboard, `${path}/cancel`)).headers.location).toBe('/?done=cancelled');
  expect(await flags()).toMatchObject({ cancelled: true });
  const late = await post(dashboard, `${path}/resume`);
  expect([late.status, late.body.includes('The job is cancelled')]).toEqual([409, true]);
  expect(await audited(dashboard)).toEqual(
    ['job.pause', 'job.resume', 'job.cancel'].map((action) => `${accountId} dashboard ${action} job_${jobId}`),
  );
});

test('those missed are sent to once, and only where somebody was missed', async () => {
  const dashboard = await startDashboard({ databaseUrl: database.url });
  const { pool } = dashboard.database;
  const { accountId, runId, batchId } = await seedTea(pool, 'Bells');
  await pool.query(`SELECT ensure_partitions('2026-01-01')`);
  await pool.query(
    `WITH person AS (
       INSERT INTO recipients (account_id, external_id, phone)
       SELECT $3, 'missed-' || n, '4915' FROM generate_series(1, 3) AS n RETURNING id, right(external_id, 1)::int AS number
     )
     INSERT INTO deliveries (batch_id, run_id, recipient_id, due_at, dedupe_key, account_id, day, state, content_version, number, address, code)
     SELECT $1, $2, person.id, carillon_now(), gen_random_uuid(), $3, '2026-01-01', s.state::delivery_state, 1, number, '4915', 'x'
     FROM unnest(ARRAY['sent', 'failed', 'unknown']) WITH ORDINALITY AS s (state, number) JOIN person USING (number)`,
    [batchId, runId, accountId],
  );
  await pool.query(`UPDATE batches SET scheduled = 0, sent = 911`);
  await pool.query(`UPDATE runs SET state = 'completed', completed_at = carillon_now()`);
  const path = `/runs/${accountId}/${runId}/resend`;
  const browser = await loggedIn(dashboard);
  expect((await send(`${dashboard.url}/`, 'GET', browser)).body).toContain(`href="${path}"`);
  const question = await send(dashboard.url + path, 'GET', browser);
  expect([question.status, question.body.includes('Nobody is included whose outcome is unknown')]).toEqual([200, true]);

  expect((await post(dashboard, path)).headers.location).toBe('/?done=resent');
  const { rows } = await pool.query('SELECT parent_run_id, resend FROM runs WHERE parent_run_id IS NOT NULL');
  expect(rows).toEqual([{ parent_run_id: runId, resend: { includeFailedByReport: false } }]);
  const again = await post(dashboard, path);
  expect([again.status, again.body.includes('Such a run is still going on')]).toEqual([409, true]);

  const nobody = await seedTea(pool, 'Bells', 'Coffee');
  const refused = await post(dashboard, `/runs/${nobody.accountId}/${nobody.runId}/resend`);
  expect([refused.status, refused.body.includes('Nobody was certainly missed')]).toEqual([409, true]);
  expect((await audited(dashboard)).map((entry) => entry.replace(/\d+$/, ''))).toEqual([
    `${accountId} dashboard job.resend job_`,
  ]);
});

test('holds are placed on everything, an account or a channel, and released', async () => {
  const dashboard = await startDashboard({ databaseUrl: database.url });
  const { pool } = dashboard.database;
  const { accountId } = await seedTea(pool, 'Bells & Co');
  const form = await send(`${dashboard.url}/holds/new`, 'GET', await loggedIn(dashboard));
  expect(form.body).toContain(`<option value="${accountId}">Bells &#38; Co</option>`);
  const place = (fields: Record<string, string>) =>
    post(dashboard, '/holds', { fields: { channel: '', account: '', ...fields } });
  expect((await place({ reason: 'drill' })).headers.location).toBe('/?done=held');
  expect((await place({ reason: 'wrong date', account: String(accountId), channel: 'email' })).status).toBe(303);
  const holds = () =>
    pool.query('SELECT id, account_id, channel, reason, created_by FROM holds ORDER BY id').then(({ rows }) => rows);
  expect(await holds()).toEqual([
    { id: 1, account_id: null, channel: null, reason: 'drill', created_by: 'dashboard' },
    { id: 2, account_id: accountId, channel: 'email', reason: 'wrong date', created_by: 'dashboard' },
  ]);
  for (const fields of [
    { reason: ' ' },
    { reason: 'x'.repeat(501) },
    { reason: 'x', channel: 'pigeon' },
    { reason: 'x', account: '4711' },
    { reason: 'x', account: '99999999999' },
    { reason: 'x', account: '1 OR 1' },
  ])
    expect({ fields, status: (await place(fields)).status }).toEqual({ fields, status: 400 });
  expect(await holds()).toHaveLength(2);

  const question = await send(`${dashboard.url}/holds/1/release`, 'GET', await loggedIn(dashboard));
  expect(question.body).toContain('Release the hold on everything?');
  expect(question.body).toContain('300 due deliveries wait');
  await pool.query('UPDATE installation SET restored_at = carillon_now()');
  const unsettled = await post(dashboard, '/holds/1/release');
  expect([unsettled.status, unsettled.body.includes('restore settle')]).toEqual([409, true]);
  await pool.query('UPDATE installation SET restore_settled_at = carillon_now()');
  expect((await post(dashboard, '/holds/1/release')).headers.location).toBe('/?done=released');
  expect((await post(dashboard, '/holds/1/release')).status).toBe(404);
  expect(await holds()).toMatchObject([{ id: 2 }]);
  expect(await audited(dashboard)).toEqual([
    '0 dashboard hold.place hld_1',
    `${accountId} dashboard hold.place hld_2`,
    '0 dashboard hold.release hld_1',
  ]);
});

test('a queue is paused and resumed in Postgres and Redis, and not at all when Redis is away', async () => {
  const dashboard = await startDashboard({ databaseUrl: database.url });
  await eventually(() => dashboard.queues.isReady());
  const { pool } = dashboard.database;
  const isPaused = () => dashboard.queues.queues.find(({ name }) => name === 'send-email')?.isPaused();
  expect((await post(dashboard, '/queue/send-email/pause')).headers.location).toBe('/?done=queue_paused');
  expect([await isPaused(), (await readQueueSettings(pool)).get('send-email')]).toEqual([true, { paused: true }]);
  expect((await post(dashboard, '/queue/send-email/resume')).headers.location).toBe('/?done=queue_resumed');
  expect([await isPaused(), (await readQueueSettings(pool)).get('send-email')]).toEqual([false, { paused: false }]);
  expect((await post(dashboard, '/queue/other/pause')).status).toBe(404);
  expect(await audited(dashboard)).toEqual([
    '0 dashboard queue.pause send-email',
    '0 dashboard queue.resume send-email',
  ]);

  const away = await startDashboard({ databaseUrl: database.url, redisUrl: `redis://127.0.0.1:${await freePort()}` });
  const refused = await post(away, '/queue/send-email/pause');
  expect([refused.status, refused.body.includes('Redis does not answer')]).toEqual([503, true]);
  expect((await readQueueSettings(pool)).get('send-email')).toEqual({ paused: false });
});

test.each([
  '/jobs/1/99/pause',
  '/jobs/x/1/pause',
  '/jobs/0/1/cancel',
  '/runs/1/99/resend',
  '/runs/1/-1/resend',
  '/holds/x/release',
  '/holds/99999999999/release',
])('what is not there is said, and nothing changes: %s', async (path) => {
  const dashboard = await startDashboard({ databaseUrl: database.url });
  const answer = await post(dashboard, path);
  expect([answer.status, answer.body.includes('Nothing was changed')]).toEqual([404, true]);
  expect(await audited(dashboard)).toEqual([]);
});

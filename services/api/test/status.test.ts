/** GET /v1/status: an account sees its own part, an operator account everything. */
import { createApiKey, placeHold, recordRescue } from '@carillon/db';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { jobBody, postJob, send, startApi, type TestApi } from './harness.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(async () => {
  await api?.stop();
});

const status = (key: string) => send(api.url, 'GET', '/v1/status', { key });

test('an account is told of its own runs, what is late and what is held, and nothing of others', async () => {
  const quiet = await status(api.first.key);
  expect([quiet.status, quiet.body.scope, quiet.body.healthy, quiet.body.reasons]).toEqual([200, 'account', true, []]);
  expect((await postJob(api.url, api.first, jobBody({ audience: { recipients: ['person-1'] } }))).status).toBe(201);
  await api.direct.pool.query(`UPDATE batches SET due_at = carillon_now() - interval '1 minute'`);
  await recordRescue(api.direct.pool, 'lease', 2);

  const late = (await status(api.first.key)).body;
  expect(late).toMatchObject({ healthy: false, level: 'attention', openRuns: 1, rescues: [], redisLostAt: null });
  expect(late.reasons[0]).toMatchObject({ code: 'late', severity: 'warning', docs: 'docs/operations.md#carillonlate' });
  expect(late.runs[0]).toMatchObject({ state: 'sending', size: 1, progress: 0, counts: { scheduled: 1 } });
  const foreign = (await status(api.second.key)).body;
  expect(foreign).toMatchObject({ healthy: true, reasons: [], runs: [], openRuns: 0 });
});

test('keys of an operator account are told of the whole installation', async () => {
  const by = { actor: 'test', auditAccountId: undefined };
  await placeHold(api.direct.pool, { accountId: api.first.accountId, channel: null, reason: 'drill' }, by);
  await api.direct.pool.query('UPDATE accounts SET operator = true WHERE id = $1', [api.second.accountId]);
  const { key } = await createApiKey(api.direct.pool, { accountId: api.second.accountId, name: 'night', role: 'read' });
  const { body } = await status(key);
  expect(body).toMatchObject({ scope: 'installation', openRuns: 1, level: 'attention' });
  expect(body.holds).toMatchObject([{ scope: 'account', reason: 'drill' }]);
  expect(body.rescues).toMatchObject([{ kind: 'lease', rows: 2 }]);
  expect(body.reasons.map((reason: { code: string }) => reason.code)).toEqual(['held', 'rescues']);
});

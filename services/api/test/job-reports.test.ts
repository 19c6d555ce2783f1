/** Jobs of kind `report` over HTTP: what is taken and refused by name, and changes. */
import { deriveKey } from '@carillon/core';
import { putProvider } from '@carillon/db';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Answer, freshKey, SECRET, send, startApi, type TestApi } from './harness.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi(undefined, { targets: { allowPrivate: false, allowHttp: false } });
  await putProvider(api.direct.pool, deriveKey(SECRET, 'provider'), {
    channel: 'email',
    accountId: api.first.accountId,
    name: 'mail',
    messagesPerSecond: 10,
    settings: {
      host: '127.0.0.1',
      port: 9,
      security: 'none',
      user: '',
      password: '',
      from: { address: 'reports@town.example' },
      senders: [],
    },
  });
});
afterAll(async () => {
  await api?.stop();
});

const call = (method: string, path: string, body?: unknown): Promise<Answer> =>
  send(api.url, method, path, {
    key: api.first.key,
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': freshKey() },
    body: body === undefined ? undefined : JSON.stringify(body),
  });

const report = { source: { url: 'https://example.com/a/november.pdf' }, subject: 'November', text: 'Dear {{name}}' };
const create = (changes: Record<string, unknown> = {}, parts: Record<string, unknown> = {}): Promise<Answer> =>
  call('POST', '/v1/jobs', {
    kind: 'report',
    name: 'November',
    report: { ...report, ...changes },
    trigger: { type: 'at', at: '2030-01-01T09:00:00Z' },
    audience: { everyone: true },
    ...parts,
  });

test('is stored, shown with the name of its attachment, and can be changed', async () => {
  const made = await create();
  expect(made.body).toMatchObject({
    kind: 'report',
    channel: 'email',
    report: { ...report, fileName: 'november.pdf' },
  });
  const { id, version } = made.body;
  const changed = await call('PATCH', `/v1/jobs/${id}`, {
    version,
    report: { ...report, source: { job: id }, fileName: 'own.csv' },
    audience: { audiences: [`aud_${api.first.audienceId}`] },
  });
  expect(changed.status === 200 ? changed.body.report : changed.body).toMatchObject({
    source: { job: id },
    fileName: 'own.csv',
  });
  const wrong = await call('PATCH', `/v1/jobs/${id}`, { version: version + 1, content: { text: 'x' } });
  expect([wrong.status, wrong.body.field]).toEqual([400, 'content']);
});

test("one of a user's jobs sends nothing of another's", async () => {
  const own = await create({}, { userId: 'u-1' });
  const source = { job: own.body.id };
  expect((await create({ source }, { userId: 'u-1' })).status).toBe(201);
  expect((await create({ source })).status).toBe(201);
  const foreign = await create({ source }, { userId: 'u-2' });
  expect([foreign.status, foreign.body.field]).toEqual([400, 'report.source.job']);
  const changed = await call('PATCH', `/v1/jobs/${(await create({}, { userId: 'u-2' })).body.id}`, {
    version: 1,
    report: { ...report, source },
  });
  expect([changed.status, changed.body.field]).toEqual([400, 'report.source.job']);
});

test.each<[string, Record<string, unknown>, string, string]>([
  ['into a private network', { source: { url: 'https://10.0.0.1/' } }, 'report.source.url', 'private_target'],
  ['by plain HTTP', { source: { url: 'http://example.com/' } }, 'report.source.url', 'validation_failed'],
  ['of a run that is not there', { source: { run: 'run_99999' } }, 'report.source.run', 'validation_failed'],
  ['of an id of something else', { source: { run: 'job_1' } }, 'report.source.run', 'invalid_id'],
  ['of a job that is not there', { source: { job: 'job_99999' } }, 'report.source.job', 'validation_failed'],
  ['with a subject of two lines', { subject: 'a\nb' }, 'report.subject', 'validation_failed'],
  ['with a faulty variable', { text: 'Dear {{name' }, 'report.text', 'validation_failed'],
  ['with a folder in its name', { fileName: '../a.pdf' }, 'report.fileName', 'validation_failed'],
  ['with a name of two lines', { fileName: 'a\r\nb.pdf' }, 'report.fileName', 'validation_failed'],
])('%s is refused by name', async (_, changes, field, code) => {
  const answer = await create(changes);
  expect([answer.status, answer.body.code, answer.body.field]).toEqual([400, code, field]);
});

test('to nobody, and from nothing, is refused', async () => {
  expect((await create({}, { audience: {} })).body.field).toBe('audience');
  expect((await create({ source: {} })).body.field).toMatch(/^report\.source/);
});

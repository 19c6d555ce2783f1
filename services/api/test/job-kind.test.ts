/** A job becomes another kind of thing: taken while nothing of it was begun, with all that the kind consists of, and refused by name else. */
import {
  beatExecutor,
  beginExpansions,
  expandStep,
  planDueJobs,
  planSchedules,
  providerSecretKey,
  putProvider,
} from '@carillon/db';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Answer, freshKey, SECRET, send, startApi, type TestApi } from './harness.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
  const { accountId } = api.first;
  const common = { accountId, messagesPerSecond: 10 };
  await putProvider(api.direct.pool, providerSecretKey(SECRET), {
    ...common,
    channel: 'payment',
    name: 'pay',
    settings: { baseUrl: 'https://pay.example', apiKey: 'any', keyValidSeconds: 86_400 },
  });
  await putProvider(api.direct.pool, providerSecretKey(SECRET), {
    ...common,
    channel: 'email',
    name: 'mail',
    settings: {
      host: 'mail.example',
      port: 25,
      security: 'none',
      user: '',
      password: '',
      from: { address: 'a@town.example' },
      senders: [],
    },
  });
  await api.direct.pool.query(
    `UPDATE recipients SET email = 'p' || id || '@town.example', email_key = md5(id::text)::uuid`,
  );
  await beatExecutor(api.direct.pool, { name: 'test', languages: ['python'], places: 1 });
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
const patch = (id: string, body: Record<string, unknown>): Promise<Answer> => call('PATCH', `/v1/jobs/${id}`, body);
const rowsOf = async (text: string, ...values: unknown[]) => (await api.direct.pool.query(text, values)).rows;
const number = (id: string) => Number(id.slice(4));

const audience = { everyone: true };
const KINDS = {
  message: { channel: 'whatsapp', content: { text: 'Tea at four.' }, audience, allowSimilar: true },
  webhook: { webhook: { url: 'https://example.com/nightly' } },
  payment: { payment: { sender: 'acct_1', receiver: 'acct_2', amount: 1_250, currency: 'EUR' } },
  report: { report: { source: { url: 'https://example.com/a.pdf' }, subject: 'A', text: 'Here.' }, audience },
  script: { script: { language: 'python', source: 'print(1)' } },
} as const;
type Kind = keyof typeof KINDS;
const CHANNELS = { message: 'whatsapp', webhook: 'call', payment: 'payment', report: 'email', script: 'script' };
const ALL = Object.keys(KINDS) as Kind[];
const PAIRS = ALL.flatMap((from) => ALL.filter((to) => to !== from).map((to) => [from, to] as const));

const SOON = { type: 'now' };
const LATER = { type: 'at', at: '2030-01-01T09:00:00Z' };
async function create(kind: Kind, parts: Record<string, unknown> = {}) {
  const made = await call('POST', '/v1/jobs', { kind, name: 'A job', trigger: SOON, ...KINDS[kind], ...parts });
  expect([made.status, made.body.kind]).toEqual([201, kind]);
  return made.body;
}

/** Expands all that is planned, as a scheduler would. */
async function expandAll(): Promise<void> {
  await planDueJobs(api.direct.pool, { horizonMs: 300_000, limit: 100 });
  await beginExpansions(api.direct.pool, 100);
  while ((await expandStep(api.direct.pool)) !== undefined);
}

/** What is planned of a job: for each run its deliveries, by channel, content's version, and what becomes of unknown outcomes. */
const plannedOf = (id: string) =>
  rowsOf(
    `SELECT r.id, b.channel, d.content_version AS version, b.unknown_action AS unknown, count(*)::int AS deliveries
     FROM runs r JOIN batches b ON b.account_id = r.account_id AND b.run_id = r.id
     JOIN deliveries d ON d.account_id = b.account_id AND d.batch_id = b.id
     WHERE r.job_id = $1 GROUP BY 1, 2, 3, 4 ORDER BY 1`,
    number(id),
  );
const UNKNOWN = { message: 'hold', webhook: 'resend', payment: 'hold', report: 'hold', script: 'resend' };
const planned = (kind: Kind, version: number) => ({
  channel: CHANNELS[kind],
  version,
  unknown: UNKNOWN[kind],
  deliveries: 'audience' in KINDS[kind] ? 20 : 1,
});

describe.each(PAIRS)('a %s becomes a %s', (from, to) => {
  test('with its run, which nobody began, planned anew as that', async () => {
    const job = await create(from);
    await expandAll();
    const [run] = await plannedOf(job.id);
    expect(await plannedOf(job.id)).toEqual([{ id: run.id, ...planned(from, 1) }]);
    const changed = await patch(job.id, { version: job.version, kind: to, ...KINDS[to] });
    expect([changed.status, changed.body.detail]).toEqual([200, undefined]);
    expect(changed.body).toMatchObject({ kind: to, channel: CHANNELS[to], contentVersion: 2 });
    expect(changed.body.audience.everyone).toBe('audience' in KINDS[to]);
    // Nothing of the earlier kind is left in what is shown, and what is stored reads as if it had been made so.
    const same = await create(to);
    for (const field of ['content', 'webhook', 'payment', 'report', 'script', 'policy', 'audience'])
      expect([field, changed.body[field]]).toEqual([field, same[field]]);
    await expandAll();
    expect(await plannedOf(job.id)).toEqual([{ id: run.id, ...planned(to, 2) }]);
    expect(api.woken.at(-1)).toBe(CHANNELS[to]);
  });
});

test('before its moment, and beside runs that were asked for and not begun', async () => {
  const job = await create('webhook', { trigger: LATER });
  expect((await call('POST', `/v1/jobs/${job.id}/run`)).status).toBe(201);
  const changed = await patch(job.id, { version: job.version, kind: 'payment', ...KINDS.payment });
  expect(changed.body).toMatchObject({ kind: 'payment', trigger: job.trigger });
  expect(await plannedOf(job.id)).toMatchObject([planned('payment', 2)]);
  const audit = await rowsOf(`SELECT detail FROM audit_entries WHERE subject = $1 AND action = 'job.change'`, job.id);
  expect(audit).toMatchObject([{ detail: { kind: { from: 'webhook', to: 'payment' } } }]);
});

test.each([undefined, { type: 'every', interval: 7_200 }, SOON])(
  'of a job that comes again, with the trigger %p: what is planned comes as the new kind',
  async (trigger) => {
    const job = await create('script', {
      trigger: { type: 'every', interval: 3_600, startsAt: new Date().toISOString() },
    });
    const plan = () => planSchedules(api.direct.pool, { aheadMs: 4_000_000, missedAfterMs: 60_000, limit: 100 });
    await plan();
    expect((await plannedOf(job.id)).length).toBeGreaterThan(0);
    const { version } = (await call('GET', `/v1/jobs/${job.id}`)).body;
    const changed = await patch(job.id, { version, kind: 'webhook', ...KINDS.webhook, trigger });
    expect([changed.status, changed.body.kind]).toEqual([200, 'webhook']);
    await plan();
    const runs = await plannedOf(job.id);
    expect(runs.length).toBeGreaterThan(0);
    for (const run of runs) expect(run).toMatchObject(planned('webhook', 2));
  },
);

test.each([SOON, { type: 'every', interval: 3_600 }])(
  'a job of trigger %p of which something was begun is refused, and stays as it is',
  async (trigger) => {
    const job = await create('webhook', { trigger, ...(trigger !== SOON && { runNow: true }) });
    const [run] = await rowsOf('SELECT id FROM runs WHERE job_id = $1', number(job.id));
    await rowsOf('UPDATE batches SET fence = 1 WHERE run_id = $1', run.id);
    await rowsOf('UPDATE deliveries SET try = 1 WHERE run_id = $1', run.id);
    const before = (await call('GET', `/v1/jobs/${job.id}`)).body;
    const answer = await patch(job.id, { version: before.version, kind: 'payment', ...KINDS.payment });
    expect([answer.status, answer.body.code, answer.body.field]).toEqual([409, 'run_started', 'kind']);
    expect((await call('GET', `/v1/jobs/${job.id}`)).body).toEqual(before);
    expect(await plannedOf(job.id)).toMatchObject([planned('webhook', 1)]);
    // Its own kind is no other one.
    const same = await patch(job.id, { version: before.version, kind: 'webhook', ...KINDS.webhook, name: 'Other' });
    expect([same.status, same.body.name, same.body.contentVersion]).toEqual([200, 'Other', 1]);
  },
);

test('a message goes by another channel in the same way', async () => {
  const job = await create('message');
  const content = { subject: 'Tea', text: 'At four.' };
  const answer = await patch(job.id, {
    version: 1,
    kind: 'message',
    channel: 'email',
    content,
    audience,
    allowSimilar: true,
  });
  expect(answer.body).toMatchObject({ kind: 'message', channel: 'email', content });
  await expandAll();
  expect(await plannedOf(job.id)).toMatchObject([{ channel: 'email', version: 2, deliveries: 20 }]);
});

describe('refused by name is', () => {
  const local = { type: 'local', at: '2030-01-01T09:00' };
  const dated = { type: 'date', date: 'birthday', at: '09:00', repeat: 'yearly' };
  test.each<[string, Kind, Record<string, unknown>, Record<string, unknown>, string]>([
    ['a kind without what it consists of', 'webhook', {}, { kind: 'payment' }, 'payment'],
    ['a message without a channel', 'webhook', {}, { kind: 'message', content: { text: 'a' }, audience }, 'channel'],
    ['a message to nobody', 'webhook', {}, { ...KINDS.message, kind: 'message', audience: undefined }, 'audience'],
    ['parts of another kind', 'webhook', {}, { kind: 'payment', ...KINDS.payment, ...KINDS.script }, 'script'],
    ['parts of another kind than its own', 'webhook', {}, KINDS.payment, 'payment'],
    [
      'a channel of what has its own',
      'message',
      {},
      { kind: 'payment', ...KINDS.payment, channel: 'email' },
      'channel',
    ],
    ['a channel alone', 'message', {}, { channel: 'email' }, 'channel'],
    ['a provider account alone', 'payment', {}, { providerAccount: 'pvd_1' }, 'providerAccount'],
    ['no kind at all', 'payment', {}, { kind: 'letter' }, 'kind'],
    [
      'a trigger that needs recipients',
      'message',
      { trigger: local },
      { kind: 'webhook', ...KINDS.webhook },
      'trigger',
    ],
    ['what follows a date', 'message', { trigger: dated }, { kind: 'report', ...KINDS.report }, 'kind'],
    [
      'a policy that the kind does not have',
      'webhook',
      {},
      { kind: 'payment', ...KINDS.payment, policy: { unknown: { action: 'resend' } } },
      'policy.unknown',
    ],
  ])('%s', async (_, kind, parts, change, field) => {
    const job = await create(kind, { trigger: LATER, ...parts });
    const answer = await patch(job.id, { version: job.version, ...change });
    expect([answer.status, answer.body.field]).toEqual([400, field]);
    expect((await call('GET', `/v1/jobs/${job.id}`)).body).toEqual(job);
  });

  test('a provider account of another channel, and a script that nobody runs', async () => {
    const job = await create('webhook', { trigger: LATER });
    const other = `pvd_${api.first.providerAccountId}`;
    const pay = await patch(job.id, { version: 1, kind: 'payment', ...KINDS.payment, providerAccount: other });
    expect([pay.body.code, pay.body.field]).toEqual(['unknown_provider', 'providerAccount']);
    const script = { language: 'javascript', source: 'console.log(1)' };
    expect((await patch(job.id, { version: 1, kind: 'script', script })).body.code).toBe('executor_unavailable');
    expect((await call('GET', `/v1/jobs/${job.id}`)).body).toEqual(job);
  });
});

/** Jobs of kind `webhook` from the API to somebody's own service and back: real services, a real server, and what is kept. */
import { createApiKey } from '@carillon/db';
import { type AccountSeed, eventually, type SpawnedService } from '@carillon/testkit';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type House, startHouse, wrongBatches } from './house.ts';
import { Target } from './target.ts';

let house: House;
let api: SpawnedService;
let account: AccountSeed;
let key: string;
const target = new Target();

beforeAll(async () => {
  house = await startHouse();
  account = await house.account('calls');
  key = (await createApiKey(house.db.pool, { accountId: account.accountId, name: 'flow' })).key;
  [api] = await Promise.all([
    house.start('api', { API_PORT: '0' }),
    house.start('sender', { CALL_TIMEOUT_MS: '500' }),
    house.start('scheduler'),
    house.start('sweeper'),
    target.start(),
  ]);
  target.secrets = (await call('GET', '/v1/call-settings')).secrets.map(({ secret }: { secret: string }) => secret);
}, 360_000);
afterAll(async () => {
  await target.stop();
  await house?.stop();
});
beforeEach(() => {
  target.arrived.length = 0;
  target.answer = () => ({ status: 200, body: 'done' });
});

let counter = 0;
// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
async function call(method: string, path: string, body?: unknown): Promise<any> {
  counter += 1;
  const response = await fetch(`${api.baseUrl}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'idempotency-key': `flow-${counter}`,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}

const create = (parts: Record<string, unknown> = {}, webhook: Record<string, unknown> = {}) =>
  call('POST', '/v1/jobs', {
    kind: 'webhook',
    name: `Nightly ${counter}`,
    webhook: { url: `${target.url}/nightly`, body: { n: counter }, ...webhook },
    trigger: { type: 'now' },
    policy: { backoff: { initialSeconds: 0.1 } },
    ...parts,
  });

/** The run of a job, once it is over. */
// biome-ignore lint/suspicious/noExplicitAny: an answer of the API
const ended = (job: string): Promise<any> =>
  eventually(
    async () => {
      const [run] = (await call('GET', `/v1/jobs/${job}/runs`)).data;
      return run?.state === 'completed' ? run : false;
    },
    { timeoutMs: 120_000, what: `the end of ${job}` },
  );

test('a job due now calls its URL once, signed, and its result is kept', async () => {
  const job = await create(
    { userId: 'u-1', tags: ['nightly', 'billing'] },
    { method: 'PUT', headers: { 'X-Team': 'billing' }, body: { text: 'Grüße' } },
  );
  expect(job).toMatchObject({
    kind: 'webhook',
    channel: 'call',
    userId: 'u-1',
    tags: ['nightly', 'billing'],
    webhook: { url: `${target.url}/nightly`, method: 'PUT', headerNames: ['x-team'], body: { text: 'Grüße' } },
  });
  const run = await ended(job.id);
  expect(run).toMatchObject({ attempt: 1, deliveries: 1, counts: { sent: 1 } });
  expect(run.result).toMatchObject({
    try: 1,
    status: 200,
    exitCode: null,
    output: 'done',
    error: null,
    truncated: false,
  });
  expect(target.arrived).toHaveLength(1);
  expect(target.arrived[0]).toMatchObject({ method: 'PUT', path: '/nightly', body: '{"text":"Grüße"}' });
  expect(target.arrived[0]?.headers['x-team']).toBe('billing');
  const [delivery] = (await call('GET', `/v1/runs/${run.id}/deliveries`)).data;
  expect(delivery).toMatchObject({ id: target.arrived[0]?.id, recipient: null, address: target.url, state: 'sent' });
  const detail = await call('GET', `/v1/deliveries/${delivery.id}`);
  expect(detail.results).toEqual([run.result]);
  await eventually(async () => (await call('GET', `/v1/jobs/${job.id}`)).status === 'completed', { what: 'its end' });
});

test('a job due later is called at its time and not before', async () => {
  const atMs = Date.now() + 1_500;
  const job = await create({ trigger: { type: 'at', at: new Date(atMs).toISOString() } });
  await ended(job.id);
  expect(target.arrived).toHaveLength(1);
  expect(target.arrived[0]?.atMs).toBeGreaterThanOrEqual(atMs - 5);
});

test('what says "not now", or nothing, is tried again with the same id and bytes', async () => {
  target.answer = (_, nth) =>
    nth === 1 ? { status: 503, body: 'busy' } : nth === 2 ? 'hang' : { status: 201, body: 'at last' };
  const run = await ended((await create()).id);
  expect(run).toMatchObject({ attempt: 3, counts: { sent: 1 }, result: { try: 3, status: 201, output: 'at last' } });
  expect(new Set(target.arrived.map(({ id, body }) => `${id} ${body}`)).size).toBe(1);
  const detail = await call('GET', `/v1/deliveries/${target.arrived[0]?.id}`);
  expect(detail.tries.map((one: { code: string | null }) => one.code)).toEqual(['http_503', 'timeout', null]);
  expect(detail.results.map((one: { status: number | null }) => one.status)).toEqual([503, null, 201]);
});

test('a refusal fails at once, and tries end when they are used up', async () => {
  target.answer = () => ({ status: 422, body: 'no such report' });
  const refused = await ended((await create()).id);
  expect(refused).toMatchObject({
    attempt: 1,
    counts: { failed: 1 },
    result: { status: 422, output: 'no such report' },
  });
  target.answer = () => ({ status: 500 });
  const policy = { attempts: 2, backoff: { initialSeconds: 0.1 } };
  expect(await ended((await create({ policy })).id)).toMatchObject({ attempt: 2, counts: { failed: 1 } });
});

test('a 410 fails the run, and pauses the job with the reason in its trail', async () => {
  target.answer = () => ({ status: 410 });
  const job = await create();
  const jobId = Number(job.id.slice(4));
  await ended(job.id);
  const { rows } = await house.db.pool.query(
    `SELECT actor, action, detail FROM audit_entries WHERE subject = $1 AND action = 'job.pause'`,
    [`job_${jobId}`],
  );
  expect(rows).toEqual([{ actor: 'sender', action: 'job.pause', detail: { reason: 'gone' } }]);
});

test('a rotated secret signs from then on, the one before beside it', async () => {
  const rotated = await call('POST', '/v1/call-settings/rotate', { overlapSeconds: 3600 });
  const [fresh, old] = rotated.secrets;
  expect(target.secrets).toEqual([old.secret]);
  target.secrets = [fresh.secret];
  // Senders read it again within seconds; until then the service refuses what it cannot verify.
  target.refused.length = 0;
  await eventually(
    async () => {
      await ended((await create()).id);
      return target.arrived.length > 0;
    },
    { timeoutMs: 120_000, what: 'a call that the new secret signed' },
  );
  expect(target.arrived[0]?.headers['webhook-signature']?.split(' ')).toHaveLength(2);
});

test('a change of what is called reaches what was not begun, and a cancel ends it', async () => {
  const trigger = { type: 'at', at: new Date(Date.now() + 2_500).toISOString() };
  const [moved, ended_] = await Promise.all([create({ trigger }), create({ trigger })]);
  const changed = await call('PATCH', `/v1/jobs/${moved.id}`, {
    version: moved.version,
    webhook: { url: `${target.url}/other`, method: 'GET' },
    tags: ['moved'],
  });
  expect(changed).toMatchObject({ tags: ['moved'], contentVersion: 2, webhook: { method: 'GET', body: null } });
  await call('POST', `/v1/jobs/${ended_.id}/cancel`);
  expect(await ended(moved.id)).toMatchObject({ deliveries: 1, counts: { sent: 1 } });
  expect(target.arrived.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /other']);
  expect((await call('GET', `/v1/jobs/${ended_.id}`)).status).toBe('cancelled');
});

test('a sender that dies in the middle leaves nothing undone', async () => {
  const victim = await house.start('sender', { SEND_CHANNELS: 'call', CALL_TIMEOUT_MS: '500' }, 'after_write=kill');
  let isDead = false;
  void victim.exited.then(() => {
    isDead = true;
  });
  const jobs: string[] = [];
  // Until the dying one has had its share; the other does the rest, and what was in the air once more.
  while (!isDead && jobs.length < 200) jobs.push((await create()).id);
  expect(isDead).toBe(true);
  for (const job of jobs) expect(await ended(job)).toMatchObject({ counts: { sent: 1 } });
  expect(new Set(target.arrived.map(({ id }) => id)).size).toBe(jobs.length);
});

test('counts add up', async () => {
  expect(await wrongBatches(house)).toEqual([]);
});

/**
 * Calls become payments, at moments all around the one at which they are due, beside a scheduler and senders at work: each is called or
 * paid, as the answer says, once, and never both nor neither.
 */
import { createApiKey, providerSecretKey, putProvider } from '@carillon/db';
import { eventually, type SpawnedService } from '@carillon/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { FLOW_SECRET, type House, startHouse, wrongBatches } from './house.ts';
import { Target } from './target.ts';

const JOBS = 60;
/** When all are due, after they were made; changes come from a quarter of it before to a quarter after. */
const AHEAD_MS = 4_000;

let house: House;
let api: SpawnedService;
let key: string;
const target = new Target();

beforeAll(async () => {
  house = await startHouse();
  const { accountId } = await house.account('kinds');
  await putProvider(house.db.pool, providerSecretKey(FLOW_SECRET), {
    channel: 'payment',
    accountId,
    name: 'pay',
    messagesPerSecond: 1_000,
    settings: { baseUrl: house.simulatorUrl, apiKey: 'any', keyValidSeconds: 86_400 },
  });
  key = (await createApiKey(house.db.pool, { accountId, name: 'flow' })).key;
  await target.start();
  [api] = await Promise.all([
    house.start('api', { API_PORT: '0' }),
    house.start('sender'),
    house.start('sender'),
    house.start('scheduler'),
    house.start('sweeper'),
  ]);
  target.secrets = (await call('GET', '/v1/call-settings')).body.secrets.map(
    ({ secret }: { secret: string }) => secret,
  );
}, 360_000);
afterAll(async () => {
  await target.stop();
  await house?.stop();
});

let counter = 0;
// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
async function call(method: string, path: string, body?: unknown): Promise<{ status: number; body: any }> {
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
  return { status: response.status, body: await response.json() };
}

/** How often a receiver was paid. */
async function paid(to: string): Promise<number> {
  const response = await fetch(`${house.simulatorUrl}/payments/entries?to=${to}`);
  const { entries } = (await response.json()) as { entries: { id?: string; refused?: string; replayed?: true }[] };
  return entries.filter(({ id, refused, replayed }) => id !== undefined && !refused && !replayed).length;
}

test('it is called or paid, once, as the answer of the change says', async () => {
  const at = new Date(Date.now() + AHEAD_MS).toISOString();
  const made = await Promise.all(
    Array.from({ length: JOBS }, async (_, n) => {
      const webhook = { url: `${target.url}/job-${n}` };
      const { status, body } = await call('POST', '/v1/jobs', {
        kind: 'webhook',
        name: `Job ${n}`,
        webhook,
        trigger: { type: 'at', at },
      });
      expect([status, body.detail]).toEqual([201, undefined]);
      return { n, id: body.id as string, version: body.version as number };
    }),
  );
  const changed = await Promise.all(
    made.map(async ({ n, id, version }) => {
      const momentMs = Date.parse(at) + (n / JOBS - 0.5) * AHEAD_MS * 0.5;
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, momentMs - Date.now())));
      const payment = { sender: 'acct_0', receiver: `acct_${n}`, amount: 100, currency: 'EUR' };
      const { status, body } = await call('PATCH', `/v1/jobs/${id}`, { version, kind: 'payment', payment });
      const answer = status === 200 ? 'changed' : (body.code as string);
      expect(['changed', 'run_started', 'invalid_state']).toContain(answer);
      return { n, id, isPaid: answer === 'changed' };
    }),
  );
  // Both came about, or the moments were no test.
  expect(new Set(changed.map(({ isPaid }) => isPaid))).toEqual(new Set([true, false]));
  await eventually(
    async () =>
      (await Promise.all(made.map(async ({ id }) => (await call('GET', `/v1/jobs/${id}`)).body.status))).every(
        (status) => status === 'completed',
      ),
    { timeoutMs: 120_000, what: 'the end of all' },
  );
  for (const { n, isPaid } of changed) {
    const calls = target.arrived.filter(({ path }) => path === `/job-${n}`).length;
    expect({ n, calls, payments: await paid(`acct_${n}`) }).toEqual({
      n,
      calls: isPaid ? 0 : 1,
      payments: isPaid ? 1 : 0,
    });
  }
  expect(await wrongBatches(house)).toEqual([]);
}, 240_000);

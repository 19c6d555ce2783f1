/** Payments from the API to the provider and back: real services, the simulator's provider, and its ledger. */
import { createApiKey, providerSecretKey, putProvider } from '@carillon/db';
import { eventually, type SpawnedService } from '@carillon/testkit';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { FLOW_SECRET, type House, startHouse, wrongBatches } from './house.ts';
import { Receiver } from './receiver.ts';

let house: House;
let api: SpawnedService;
let key: string;
const receiver = new Receiver();

beforeAll(async () => {
  house = await startHouse();
  const { accountId } = await house.account('payments');
  await putProvider(house.db.pool, providerSecretKey(FLOW_SECRET), {
    channel: 'payment',
    accountId,
    name: 'pay',
    messagesPerSecond: 1_000,
    settings: { baseUrl: house.simulatorUrl, apiKey: 'any', keyValidSeconds: 86_400 },
  });
  key = (await createApiKey(house.db.pool, { accountId, name: 'flow' })).key;
  [api] = await Promise.all([
    house.start('api', { API_PORT: '0' }),
    house.start('sender', { PAYMENT_TIMEOUT_MS: '600' }),
    house.start('scheduler'),
    house.start('sweeper', { NOTICES_INTERVAL_MS: '50' }),
    receiver.start(),
  ]);
  const endpoint = await call('POST', '/v1/webhooks', { url: receiver.url, events: ['*'] });
  receiver.secrets.push(endpoint.secret);
}, 360_000);
afterAll(async () => {
  await receiver.stop();
  await house?.stop();
});
beforeEach(() => rules());

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
  return JSON.parse(text);
}

async function rules(...given: object[]): Promise<void> {
  const response = await fetch(`${house.simulatorUrl}/control/payments`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ rules: given }),
  });
  if (!response.ok) throw new Error(await response.text());
}

/** How often a receiver was paid, and how often it was asked to be. */
async function paid(receiverName: string): Promise<{ payments: number; requests: number; bodies: number }> {
  const response = await fetch(`${house.simulatorUrl}/payments/entries?to=${receiverName}`);
  const { entries } = (await response.json()) as {
    entries: { id?: string; refused?: string; replayed?: true; body: string }[];
  };
  const payments = entries.filter(({ id, refused, replayed }) => id !== undefined && !refused && !replayed).length;
  return { payments, requests: entries.length, bodies: new Set(entries.map(({ body }) => body)).size };
}

async function pay(): Promise<{ job: string; to: string }> {
  const to = `acct_${counter}`;
  const made = await call('POST', '/v1/jobs', {
    kind: 'payment',
    name: `Rent ${counter}`,
    payment: { sender: 'acct_0', receiver: to, amount: 1_250, currency: 'EUR' },
    trigger: { type: 'now' },
    policy: { backoff: { initialSeconds: 0.1 } },
  });
  return { job: made.id, to };
}

// biome-ignore lint/suspicious/noExplicitAny: an answer of the API
const ended = (job: string): Promise<any> =>
  eventually(
    async () => {
      const [run] = (await call('GET', `/v1/jobs/${job}/runs`)).data;
      return run?.state === 'completed' ? run : false;
    },
    { timeoutMs: 120_000, what: `the end of ${job}` },
  );

test('a payment is made once, and its answer kept', async () => {
  const { job, to } = await pay();
  const run = await ended(job);
  expect(run).toMatchObject({ attempt: 1, counts: { sent: 1 }, result: { status: 201 } });
  expect(JSON.parse(run.result.output)).toMatchObject({ status: 'paid', amount: 1_250, currency: 'EUR' });
  expect(await paid(to)).toEqual({ payments: 1, requests: 1, bodies: 1 });
});

test.each<[string, object, number]>([
  ['after it was paid', { fault: 'accept_and_reset' }, 1],
  ['after it was paid, by an error', { fault: 'accept_and_500' }, 1],
  ['by a time-out after it was paid', { fault: 'accept_and_hang' }, 1],
  ['before it was paid', { fault: 'reset_before_accept' }, 2],
  ['by a time-out before it was paid', { fault: 'hang' }, 2],
])('an answer that is lost %s is looked up: paid once', async (_, does, requests) => {
  await rules({ match: { times: 1 }, does });
  const { job, to } = await pay();
  expect(await ended(job)).toMatchObject({ counts: { sent: 1, unknown: 0 } });
  // What was not there is asked for again, with the same bytes; what was there is not.
  expect(await paid(to)).toEqual({ payments: 1, requests, bodies: 1 });
});

test('too many, and errors before it was paid, are tried again', async () => {
  await rules({ match: { times: 2 }, does: { status: 429, retryAfterSeconds: 0 } });
  const { job, to } = await pay();
  expect(await ended(job)).toMatchObject({ counts: { sent: 1 } });
  expect(await paid(to)).toEqual({ payments: 1, requests: 3, bodies: 1 });
});

test.each(['insufficient_funds', 'unauthorized'] as const)(
  'a payment refused for %s fails for good, cancels its job, and is told once',
  async (refuse) => {
    await rules({ does: { refuse } });
    const { job, to } = await pay();
    const run = await ended(job);
    expect(run).toMatchObject({ attempt: 1, counts: { failed: 1 }, result: { status: 402 } });
    expect((await call('GET', `/v1/jobs/${job}`)).status).toBe('cancelled');
    const told = await receiver.event(
      ({ type, data }) => type === 'payment.refused' && data.job === job,
      'the refusal',
    );
    expect(told.data).toMatchObject({ job, run: run.id, channel: 'payment', reason: refuse });
    const events = (await call('GET', '/v1/events?type=payment.refused')).data;
    expect(events.filter(({ data }: { data: { job: string } }) => data.job === job)).toHaveLength(1);
    expect((await paid(to)).payments).toBe(0);
  },
);

test('a refusal whose answer was lost is looked up, and does the same', async () => {
  await rules({ does: { refuse: 'insufficient_funds', fault: 'accept_and_reset' } });
  const { job } = await pay();
  expect(await ended(job)).toMatchObject({ counts: { failed: 1 } });
  expect((await call('GET', `/v1/jobs/${job}`)).status).toBe('cancelled');
  await receiver.event(({ type, data }) => type === 'payment.refused' && data.job === job, 'the refusal');
});

test('while look-ups are out of order a lost payment stays unknown, its run open, and nothing is paid twice', async () => {
  const settings = { rules: [{ match: { times: 1 }, does: { fault: 'accept_and_reset' } }], lookup: 'fails' };
  const put = (body: object) =>
    fetch(`${house.simulatorUrl}/control/payments`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  await put(settings);
  const { job, to } = await pay();
  await eventually(async () => (await paid(to)).requests === 1, { what: 'the payment' });
  const metrics = async () => {
    const [run] = (await call('GET', `/v1/jobs/${job}/runs`)).data;
    return run?.counts.unknown === 1 ? run : false;
  };
  const run = await eventually(metrics, { what: 'the doubt', timeoutMs: 120_000 });
  expect(run.state).toBe('sending');
  await put({});
  expect(await ended(job)).toMatchObject({ counts: { sent: 1 } });
  expect(await paid(to)).toEqual({ payments: 1, requests: 1, bodies: 1 });
});

test('counts add up', async () => {
  expect(await wrongBatches(house)).toEqual([]);
});

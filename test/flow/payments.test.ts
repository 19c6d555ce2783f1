/** Payments from the API to the provider and back: real services, the simulator's provider, and its ledger. */
import { createApiKey, providerSecretKey, putProvider } from '@carillon/db';
import { eventually, type SpawnedService } from '@carillon/testkit';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { FLOW_SECRET, type House, startHouse, wrongBatches } from './house.ts';
import { addPayments, ask } from './portal.ts';
import { Receiver } from './receiver.ts';
import { Target } from './target.ts';

let house: House;
let api: SpawnedService;
let key: string;
/** The account's endpoint. */
const receiver = new Receiver();
/** The server of a job's owner. */
const owner = new Target();

beforeAll(async () => {
  house = await startHouse();
  const { accountId } = await house.account('payments');
  await addPayments(house, accountId);
  await putProvider(house.db.pool, providerSecretKey(FLOW_SECRET), {
    channel: 'email',
    accountId,
    name: 'mail',
    messagesPerSecond: 100,
    settings: {
      host: '127.0.0.1',
      port: house.smtpPort,
      security: 'none',
      user: '',
      password: '',
      from: { address: 'payments@town.example' },
      senders: [],
    },
  });
  key = (await createApiKey(house.db.pool, { accountId, name: 'flow' })).key;
  [api] = await Promise.all([
    house.start('api', { API_PORT: '0' }),
    house.start('sender', { PAYMENT_TIMEOUT_MS: '600' }),
    house.start('scheduler'),
    // Two, so that each may tell what the other one does.
    house.start('sweeper', { NOTICES_INTERVAL_MS: '50' }),
    house.start('sweeper', { NOTICES_INTERVAL_MS: '50' }),
    receiver.start(),
    owner.start(),
  ]);
  const endpoint = await call('POST', '/v1/webhooks', { url: receiver.url, events: ['*'] });
  receiver.secrets.push(endpoint.secret);
  owner.secrets = (await call('GET', '/v1/call-settings')).secrets.map(({ secret }: { secret: string }) => secret);
}, 360_000);
afterAll(async () => {
  await Promise.all([receiver.stop(), owner.stop()]);
  await house?.stop();
});
beforeEach(() => rules());

let counter = 0;
// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
async function call(method: string, path: string, body?: unknown): Promise<any> {
  counter += 1;
  const answer = await ask({ baseUrl: api.baseUrl as string, key }, method, path, body);
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
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

async function pay(more: Record<string, unknown> = {}): Promise<{ job: string; to: string }> {
  const to = `acct_${counter}`;
  const made = await call('POST', '/v1/jobs', {
    kind: 'payment',
    name: `Rent ${counter}`,
    payment: { sender: 'acct_0', receiver: to, amount: 1_250, currency: 'EUR' },
    trigger: { type: 'now' },
    policy: { backoff: { initialSeconds: 0.1 } },
    ...more,
  });
  return { job: made.id, to };
}

/** A payment whose owner is told by e-mail and at a URL. */
async function payOwned(): Promise<{ job: string; to: string; email: string }> {
  const email = `owner-${counter}@town.example`;
  return { ...(await pay({ notify: { email, webhook: `${owner.url}/told` } })), email };
}

/** How often a refusal was told of a job, by each way, repeats too; once all that is to be told has come to its end. */
async function toldRefusals(job: string, email: string): Promise<{ account: number; url: number; mail: number }> {
  await receiver.event(({ type, data }) => type === 'payment.refused' && data.job === job, 'the refusal');
  await eventually(
    async () =>
      (await house.db.pool.query(`SELECT 1 FROM runs WHERE silent AND state <> 'completed'`)).rows.length === 0,
    { timeoutMs: 120_000, what: 'the end of all notices' },
  );
  const isIt = ({ type, data }: { type: string; data: { job?: string } }) =>
    type === 'payment.refused' && data.job === job;
  const entries = (await house.ledger.export()) as { to: string; wamid?: string; email?: { subject?: string } }[];
  return {
    account: receiver.received.filter(isIt).length,
    url: owner.arrived.filter(({ body }) => isIt(JSON.parse(body))).length,
    mail: entries.filter((one) => one.to === email && one.wamid && one.email?.subject?.endsWith('was refused')).length,
  };
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
  'a payment refused for %s fails for good, cancels its job, and its owner and account are told once each',
  async (refuse) => {
    await rules({ does: { refuse } });
    const { job, to, email } = await payOwned();
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
    expect(await toldRefusals(job, email)).toEqual({ account: 1, url: 1, mail: 1 });
  },
);

test('a refusal whose answer was lost is looked up, and does the same', async () => {
  await rules({ does: { refuse: 'insufficient_funds', fault: 'accept_and_reset' } });
  const { job, email } = await payOwned();
  expect(await ended(job)).toMatchObject({ counts: { failed: 1 } });
  expect((await call('GET', `/v1/jobs/${job}`)).status).toBe('cancelled');
  expect(await toldRefusals(job, email)).toEqual({ account: 1, url: 1, mail: 1 });
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

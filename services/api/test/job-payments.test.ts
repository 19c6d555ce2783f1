/** Jobs of kind `payment` and their provider accounts over HTTP: what is taken and refused by name, what is shown, and changes. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Answer, freshKey, send, startApi, type TestAccount, type TestApi } from './harness.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(async () => {
  await api?.stop();
});

const call = (method: string, path: string, body?: unknown, account: TestAccount = api.first): Promise<Answer> =>
  send(api.url, method, path, {
    key: account.key,
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': freshKey() },
    body: body === undefined ? undefined : JSON.stringify(body),
  });

const payment = { sender: 'acct_1', receiver: 'acct_2', amount: 1_250, currency: 'EUR', description: 'Rent' };
const create = (parts: Record<string, unknown> = {}, account: TestAccount = api.first): Promise<Answer> =>
  call(
    'POST',
    '/v1/jobs',
    { kind: 'payment', name: 'Rent', payment, trigger: { type: 'at', at: '2030-01-01T09:00:00Z' }, ...parts },
    account,
  );
const settings = { baseUrl: 'https://pay.example.com/', apiKey: 'sk_live_very_secret' };
const provider = (parts: Record<string, unknown> = {}, account: TestAccount = api.first): Promise<Answer> =>
  call('POST', '/v1/providers', { channel: 'payment', name: 'pay', settings, ...parts }, account);

test('without a provider account a payment is refused, and says what to do', async () => {
  const answer = await create({}, api.second);
  expect([answer.status, answer.body.code, answer.body.field]).toEqual([422, 'unknown_provider', 'providerAccount']);
});

test('a provider account keeps its key to itself, and its validity can be changed', async () => {
  const made = await provider();
  expect(made.body).toMatchObject({
    channel: 'payment',
    settings: { baseUrl: 'https://pay.example.com', keyValidSeconds: 86_400 },
    secrets: { apiKey: { set: true } },
  });
  const changed = await call('PATCH', `/v1/providers/${made.body.id}`, {
    channel: 'payment',
    settings: { keyValidSeconds: 3_600 },
  });
  expect(changed.body.settings.keyValidSeconds).toBe(3_600);
  const refused = await call('PATCH', `/v1/providers/${made.body.id}`, {
    channel: 'payment',
    settings: { keyValidSeconds: 5 },
  });
  expect([refused.status, refused.body.field]).toEqual([400, 'settings.keyValidSeconds']);
  const { rows } = await api.direct.pool.query(
    `SELECT settings::text AS text FROM provider_accounts WHERE channel = 'payment'`,
  );
  expect(`${JSON.stringify([made.body, changed.body])} ${rows[0]?.text}`).not.toContain('very_secret');
});

describe('a job', () => {
  test('is stored and shown with what it pays', async () => {
    const made = await create({ userId: 'u-7' });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      kind: 'payment',
      channel: 'payment',
      userId: 'u-7',
      payment,
      policy: { attempts: 5, unknown: { action: 'hold' }, quietHours: 'ignore' },
    });
    expect((await call('GET', `/v1/jobs/${made.body.id}`)).body).toEqual(made.body);
    expect((await call('GET', '/v1/jobs?kind=payment')).body.data).toEqual([made.body]);
  });

  const of = (changes: Record<string, unknown>) => ({ payment: { ...payment, ...changes } });
  test.each<[string, Record<string, unknown>, string]>([
    ['of nothing', of({ amount: 0 }), 'payment.amount'],
    ['of less than nothing', of({ amount: -5 }), 'payment.amount'],
    ['of parts of a cent', of({ amount: 1.5 }), 'payment.amount'],
    ['of too much', of({ amount: 1e15 }), 'payment.amount'],
    ['of an amount in words', of({ amount: '12' }), 'payment.amount'],
    ['in no currency', of({ currency: 'euro' }), 'payment.currency'],
    ['to nobody', of({ receiver: '' }), 'payment.receiver'],
    ['from two lines', of({ sender: 'a\nb' }), 'payment.sender'],
    ['for two lines', of({ description: 'a\nb' }), 'payment.description'],
    ['with something more', of({ iban: 'DE00' }), 'payment.iban'],
    ['with an audience', { audience: { everyone: true } }, 'audience'],
    ['that resends unknowns', { policy: { unknown: { action: 'resend' } } }, 'policy.unknown'],
    ['at a time of recipients', { trigger: { type: 'local', at: '2030-01-01T09:00' } }, 'trigger.type'],
  ])('%s is refused by name', async (_, parts, field) => {
    const answer = await create(parts);
    expect([answer.status, answer.body.field]).toEqual([400, field]);
  });

  test('can be changed until it was begun', async () => {
    const { id, version } = (await create({ trigger: { type: 'now' } })).body;
    const changed = await call('PATCH', `/v1/jobs/${id}`, { version, payment: { ...payment, receiver: 'acct_3' } });
    expect(changed.body).toMatchObject({ contentVersion: 2, payment: { receiver: 'acct_3' } });
    const [run] = (await call('GET', `/v1/jobs/${id}/runs`)).body.data;
    const [delivery] = (await call('GET', `/v1/runs/${run.id}/deliveries`)).body.data;
    expect(delivery).toMatchObject({ address: 'acct_3', contentVersion: 2 });
    const wrong = await call('PATCH', `/v1/jobs/${id}`, {
      version: version + 1,
      webhook: { url: 'https://example.com' },
    });
    expect([wrong.status, wrong.body.field]).toEqual([400, 'webhook']);
  });
});

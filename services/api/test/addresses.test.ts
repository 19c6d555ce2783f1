/** Addresses: what is known of them, confirmations by API and by link, verdicts that are brought along, budget and spend. */
import { addressKey, confirmationToken, deriveKey } from '@carillon/core';
import { inTransaction, requestChecks, storeVerdicts } from '@carillon/db';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Answer, freshKey, SECRET, send, startApi, type TestAccount, type TestApi } from './harness.ts';

const pepper = deriveKey(SECRET, 'address');
const ADA = 'ada@people.example';
const keyOf = (address: string) => addressKey(pepper, 'email', address);
const VERIFIER = {
  verifier: 'http',
  baseUrl: 'http://127.0.0.1:9',
  apiKey: 'a-key-of-the-service',
  priceMicros: 4_000,
  currency: 'EUR',
};

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api?.stop());
beforeEach(async () => {
  await api.direct.pool.query(
    `DELETE FROM account_verdicts; DELETE FROM address_verdicts; DELETE FROM check_charges; DELETE FROM check_spend;
     DELETE FROM provider_accounts WHERE channel = 'email_check'; DELETE FROM audit_entries;
     UPDATE accounts SET check_budget_micros = NULL, check_budget_currency = NULL`,
  );
});

const call = (method: string, path: string, body?: unknown, account: TestAccount = api.first): Promise<Answer> =>
  send(api.url, method, path, {
    key: account.key,
    headers: { 'Idempotency-Key': freshKey(), ...(body !== undefined && { 'Content-Type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
const known = async (address = ADA, account: TestAccount = api.first) =>
  (await call('GET', `/v1/addresses/${encodeURIComponent(address)}`, undefined, account)).body;
const audit = async () => (await call('GET', '/v1/audit?action=address.')).body.data as Record<string, unknown>[];

async function addVerifier(account: TestAccount = api.first): Promise<Answer> {
  return await call('POST', '/v1/providers', { channel: 'email_check', name: 'checks', settings: VERIFIER }, account);
}

/** A check of an address, ended with that verdict. */
async function checked(address: string, verdict: 'deliverable' | 'unknown', account: TestAccount = api.first) {
  const { accountId } = account;
  const { pool } = api.direct;
  await inTransaction(pool, (client) =>
    requestChecks(client, {
      accountId,
      addresses: [{ address, key: keyOf(address) }],
      deadlineMs: Date.now() + 60_000,
    }),
  );
  const { rows } = await pool.query<{ batch_id: number; number: number; day: string }>(
    'SELECT batch_id, number, day FROM deliveries WHERE dedupe_key = $1 ORDER BY batch_id DESC LIMIT 1',
    [keyOf(address)],
  );
  const { batch_id: batchId, number, day } = rows[0] as (typeof rows)[number];
  const costMicros = verdict === 'unknown' ? 0 : VERIFIER.priceMicros;
  const found = { accountId, batchId, number, verdict, reason: 'accepted_email', checkedBy: 'http', costMicros };
  await storeVerdicts(pool, [found], day);
}

describe('an address', () => {
  test('of which nothing is known says so, in any spelling', async () => {
    expect(await known('Ada@People.Example')).toEqual({
      address: 'Ada@people.example',
      standing: 'unchecked',
      own: null,
      check: null,
    });
  });

  test('that is none is refused', async () => {
    expect((await call('GET', '/v1/addresses/nobody')).body).toMatchObject({ code: 'invalid_email', field: 'address' });
  });

  test('shows its check to who pays for it, and to nobody else', async () => {
    await addVerifier();
    await checked(ADA, 'deliverable');
    expect(await known()).toMatchObject({
      standing: 'deliverable',
      check: {
        pending: false,
        verdict: 'deliverable',
        reason: 'accepted_email',
        checkedBy: 'http',
        cost: { amount: 0.004, currency: 'EUR' },
      },
    });
    expect(await known(ADA, api.second)).toMatchObject({ standing: 'unchecked', check: null });
  });

  test('whose check found nothing out is unknown, and one that is under way pending', async () => {
    await addVerifier();
    await checked(ADA, 'unknown');
    expect(await known()).toMatchObject({ standing: 'unknown', check: { cost: { amount: 0, currency: 'EUR' } } });
    await api.direct.pool.query(`UPDATE address_verdicts SET state = 'pending'`);
    expect(await known()).toMatchObject({ standing: 'pending', check: { pending: true } });
  });
});

describe('a confirmation', () => {
  const path = `/v1/addresses/${encodeURIComponent(ADA)}/confirmation`;

  test('is noted once, is for the account alone, and can be taken back', async () => {
    const first = await call('PUT', path);
    expect([first.status, first.body]).toMatchObject([200, { standing: 'confirmed', own: { source: 'api' } }]);
    const again = await call('PUT', path);
    expect(again.body.own.at).toBe(first.body.own.at);
    expect(await known(ADA, api.second)).toMatchObject({ standing: 'unchecked' });
    expect((await audit()).map(({ action }) => action)).toEqual(['address.confirm']);
    expect(JSON.stringify(await audit())).not.toContain(ADA);
    expect((await call('DELETE', path, undefined, api.second)).status).toBe(404);
    expect((await call('DELETE', path)).status).toBe(204);
    expect((await call('DELETE', path)).body).toMatchObject({ code: 'not_found' });
    expect(await known()).toMatchObject({ standing: 'unchecked' });
  });

  test('by link: a look changes nothing, the button confirms to the account of the link', async () => {
    const { body: link } = await call('POST', `/v1/addresses/${encodeURIComponent(ADA)}/confirmation-link`);
    expect(link.url).toBe(`https://carillon.example.com${link.path}`);
    for (let look = 0; look < 3; look++) {
      const page = await send(api.url, 'GET', link.path, { headers: { Accept: 'text/html' } });
      expect([page.status, page.headers.get('Content-Type')]).toEqual([200, 'text/html; charset=utf-8']);
      expect(page.headers.get('Cache-Control')).toBe('no-store');
      expect(page.body).toMatch(/<form method="post"><button/);
      expect(page.body).not.toMatch(/<script|https?:\/\//);
    }
    expect(await known()).toMatchObject({ standing: 'unchecked' });
    const pressed = await Promise.all([1, 2].map(() => send(api.url, 'POST', link.path, { body: '' })));
    expect(pressed.map(({ status }) => status)).toEqual([200, 200]);
    expect(await known()).toMatchObject({ standing: 'confirmed', own: { source: 'link' } });
    expect(await known(ADA, api.second)).toMatchObject({ standing: 'unchecked' });
    expect(await audit()).toMatchObject([
      { action: 'address.confirm', actor: 'recipient', detail: { source: 'link' } },
    ]);
  });

  test('is not made by what is no link of ours', async () => {
    const wanted = { accountId: api.first.accountId, addressKey: keyOf(ADA) };
    const nobody = confirmationToken({ ...wanted, accountId: 2_000_000 }, deriveKey(SECRET, 'confirm'));
    const others = [
      'k1',
      confirmationToken(wanted, deriveKey('another secret of some length', 'confirm')),
      confirmationToken(wanted, deriveKey(SECRET, 'unsubscribe')),
    ];
    for (const token of others) {
      for (const method of ['GET', 'POST']) {
        expect((await send(api.url, method, `/v1/confirm/${token}`)).status).toBe(404);
      }
    }
    // Ours, of an account that is none any more.
    expect((await send(api.url, 'POST', `/v1/confirm/${nobody}`)).status).toBe(404);
    const page = await send(api.url, 'GET', '/v1/confirm/k1', { headers: { Accept: 'text/html' } });
    expect(page.body).toContain('This link does not work');
    expect(await known()).toMatchObject({ standing: 'unchecked' });
  });
});

describe('verdicts that are brought along', () => {
  const bring = (verdicts: unknown[], account?: TestAccount) =>
    call('POST', '/v1/addresses/verdicts', { verdicts }, account);

  test('are stored one by one; each bad one is named, and the last of an address counts', async () => {
    const { status, body } = await bring([
      { address: 'Ada@people.example', verdict: 'deliverable' },
      { address: 'nobody', verdict: 'deliverable' },
      { address: 'bob@people.example', verdict: 'perhaps' },
      { address: ADA, verdict: 'undeliverable', reason: 'bounced', validUntil: '2035-01-01T00:00:00Z' },
      'not an object',
      { address: 'eve@people.example', verdict: 'risky', at: 'yesterday' },
      { address: 'eve@people.example', verdict: 'risky', at: '2035-01-01T00:00:00Z' },
    ]);
    expect([status, body.stored, body.kept, body.bad]).toEqual([200, 1, 0, 5]);
    expect(body.errors.map(({ index, code, field }: Record<string, unknown>) => [index, code, field])).toEqual([
      [1, 'invalid_email', 'address'],
      [2, 'validation_failed', 'verdict'],
      [4, 'validation_failed', null],
      [5, 'invalid_instant', 'at'],
      [6, 'invalid_instant', 'at'],
    ]);
    expect(await known()).toMatchObject({
      standing: 'undeliverable',
      own: { reason: 'bounced', source: 'api', validUntil: '2035-01-01T00:00:00.000Z' },
    });
    expect(await known(ADA, api.second)).toMatchObject({ standing: 'unchecked' });
    expect(await audit()).toMatchObject([{ action: 'address.import', detail: { given: 1, stored: 1 } }]);
  });

  test('leave confirmed addresses and newer verdicts as they are, and count no more once they have ended', async () => {
    await call('PUT', `/v1/addresses/${encodeURIComponent(ADA)}/confirmation`);
    await bring([{ address: 'bob@people.example', verdict: 'risky' }]);
    const { body } = await bring([
      { address: ADA, verdict: 'undeliverable' },
      { address: 'bob@people.example', verdict: 'deliverable', at: '2020-01-01T00:00:00Z' },
      { address: 'eve@people.example', verdict: 'deliverable', validUntil: '2021-01-01T00:00:00Z' },
    ]);
    expect(body).toMatchObject({ stored: 1, kept: 2, bad: 0 });
    expect(await known()).toMatchObject({ standing: 'confirmed' });
    expect(await known('bob@people.example')).toMatchObject({ standing: 'risky' });
    expect(await known('eve@people.example')).toMatchObject({ standing: 'unchecked' });
  });

  test('are at most a thousand', async () => {
    const verdicts = Array.from({ length: 1_001 }, (_, n) => ({ address: `p${n}@people.example`, verdict: 'risky' }));
    expect((await bring(verdicts)).body).toMatchObject({ code: 'validation_failed', field: 'verdicts' });
    expect((await bring(verdicts.slice(0, 1_000))).body).toMatchObject({ stored: 1_000, bad: 0 });
  });
});

describe('money', () => {
  const setBudget = async (checkBudget: unknown) => {
    const { version } = (await call('GET', '/v1/account')).body;
    return await call('PATCH', '/v1/account', { version, checkBudget });
  };

  test('the budget is shown, changed and taken away', async () => {
    expect((await call('GET', '/v1/account')).body.checkBudget).toBeNull();
    expect((await setBudget({ amount: 12.5, currency: 'EUR' })).body.checkBudget).toEqual({
      amount: 12.5,
      currency: 'EUR',
    });
    expect((await setBudget({ amount: -1, currency: 'EUR' })).body).toMatchObject({ field: 'checkBudget.amount' });
    expect((await setBudget({ amount: 1, currency: 'Euro' })).body).toMatchObject({ field: 'checkBudget.currency' });
    expect((await setBudget(null)).body.checkBudget).toBeNull();
  });

  test('what checks cost is told by day, with what is left of the budget', async () => {
    await addVerifier();
    await setBudget({ amount: 1, currency: 'EUR' });
    await checked(ADA, 'deliverable');
    await checked('bob@people.example', 'unknown');
    const { body } = await call('GET', '/v1/address-checks/spend');
    expect(body).toEqual({
      days: [{ day: expect.any(String), currency: 'EUR', charged: 0.004, reserved: 0, asked: 2, shared: 0 }],
      budget: { amount: 1, currency: 'EUR' },
      left: 0.996,
    });
    expect((await call('GET', '/v1/address-checks/spend?from=2026-01-01&to=2025-01-01')).body).toMatchObject({
      field: 'from',
    });
    expect((await call('GET', '/v1/address-checks/spend?from=2020-01-01')).body).toMatchObject({ field: 'from' });
    expect((await call('GET', '/v1/address-checks/spend?from=yesterday')).body).toMatchObject({ field: 'from' });
    expect((await call('GET', '/v1/address-checks/spend', undefined, api.second)).body).toMatchObject({ days: [] });
  });
});

describe('verifiers', () => {
  test('are made by the API, their key goes in and never comes out, and what cannot work is refused', async () => {
    const { status, body } = await addVerifier();
    expect([status, body.channel, body.secrets]).toEqual([201, 'email_check', { apiKey: { set: true } }]);
    expect(JSON.stringify(body)).not.toContain(VERIFIER.apiKey);
    const change = (settings: unknown) =>
      call('PATCH', `/v1/providers/${body.id}`, { channel: 'email_check', settings });
    expect((await change({ priceMicros: 5_000 })).body.settings).toMatchObject({
      priceMicros: 5_000,
      verifier: 'http',
    });
    expect((await change({ heloName: 'checks.example.com' })).body).toMatchObject({ field: 'settings.heloName' });
    const smtp = (settings: object) =>
      call('POST', '/v1/providers', {
        channel: 'email_check',
        name: freshKey(),
        settings: { verifier: 'smtp', heloName: 'checks.example.com', mailFrom: 'us@example.com', ...settings },
      });
    expect((await smtp({})).body.settings).toMatchObject({ port: 25, priceMicros: 0, currency: 'EUR', validDays: 30 });
    expect((await smtp({ heloName: 'not a name' })).body).toMatchObject({
      code: 'validation_failed',
      field: 'settings',
    });
    expect((await smtp({ resolvers: ['nonsense'] })).body).toMatchObject({
      code: 'validation_failed',
      field: 'settings',
    });
  });
});

describe('a job that checks addresses', () => {
  const job = (addressCheck: unknown, more: object = {}) => ({
    kind: 'message',
    name: 'Offers',
    channel: 'email',
    content: { subject: 'Offers', text: 'New ones.' },
    trigger: { type: 'at', at: '2030-01-10T09:00:00Z' },
    audience: { recipients: ['ada', 'bob'] },
    policy: { addressCheck },
    allowSimilar: true,
    ...more,
  });
  beforeAll(async () => {
    await call('POST', '/v1/providers', {
      channel: 'email',
      name: 'mail',
      settings: { host: 'smtp.example.com', from: { address: 'shop@example.com' } },
    });
    for (const name of ['ada', 'bob']) await call('PUT', `/v1/recipients/${name}`, { email: `${name}@people.example` });
  });

  test('is refused where nobody can check, or another channel is meant', async () => {
    expect((await call('POST', '/v1/jobs', job({}))).body).toMatchObject({
      code: 'no_verifier',
      field: 'policy.addressCheck',
    });
    expect((await call('POST', '/v1/jobs/preview', job({}))).body).toMatchObject({ code: 'no_verifier' });
    const whatsapp = { channel: 'whatsapp', content: { text: 'New ones.' } };
    expect((await call('POST', '/v1/jobs', job({}, whatsapp))).body).toMatchObject({
      code: 'validation_failed',
      field: 'policy.addressCheck',
    });
  });

  test('shows its policy, and is looked at so long before its moment', async () => {
    await addVerifier();
    const { status, body } = await call('POST', '/v1/jobs', job({ ahead: 'P3D', wait: 1_800, risky: 'skip' }));
    expect([status, body.policy.addressCheck]).toEqual([
      201,
      { ahead: 259_200, wait: 1_800, risky: 'skip', unknown: 'skip' },
    ]);
    expect(body.addressChecks).toEqual({
      confirmed: 0,
      deliverable: 0,
      undeliverable: 0,
      risky: 0,
      unknown: 0,
      pending: 0,
      unasked: 0,
      blocked: null,
    });
    const look = async () => {
      const { rows } = await api.direct.pool.query('SELECT next_check_at AS at FROM jobs WHERE id = $1', [
        Number(body.id.slice(4)),
      ]);
      return rows[0].at?.toISOString() ?? null;
    };
    expect(await look()).toBe('2030-01-07T09:00:00.000Z');
    await call('PATCH', `/v1/jobs/${body.id}`, { version: 1, policy: { addressCheck: { ahead: 3_600 } } });
    expect(await look()).toBe('2030-01-10T08:00:00.000Z');
    const changed = await call('PATCH', `/v1/jobs/${body.id}`, { version: 2, policy: {} });
    expect([changed.body.policy.addressCheck, changed.body.addressChecks, await look()]).toEqual([null, null, null]);
  });

  test('is previewed with what checks cost, and whether the budget suffices', async () => {
    await addVerifier();
    await call('PUT', '/v1/addresses/ada@people.example/confirmation');
    const preview = async () => (await call('POST', '/v1/jobs/preview', job({}))).body;
    expect(await preview()).toMatchObject({
      deliveries: 2,
      addressChecks: { known: 1, toCheck: 1, cost: { amount: 0.004, currency: 'EUR' }, budgetLeft: null, enough: true },
    });
    const { version } = (await call('GET', '/v1/account')).body;
    await call('PATCH', '/v1/account', { version, checkBudget: { amount: 0.003, currency: 'EUR' } });
    expect(await preview()).toMatchObject({
      addressChecks: { enough: false, budgetLeft: 0.003 },
      warnings: expect.arrayContaining([expect.objectContaining({ code: 'check_budget' })]),
    });
    expect((await call('POST', '/v1/jobs/preview', job(null))).body.addressChecks).toBeNull();
  });
});

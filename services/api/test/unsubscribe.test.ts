/** Unsubscribing by link: a look changes nothing, a POST of any kind does, once; what is no link of ours is the same 404. */
import { addressKey, deriveKey, type Unsubscribe, unsubscribeToken } from '@carillon/core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Answer, SECRET, send, startApi, type TestApi } from './harness.ts';

const key = deriveKey(SECRET, 'unsubscribe');
const pepper = deriveKey(SECRET, 'address');
const ADA = 'ada@people.example';

let api: TestApi;
let named: Unsubscribe;
let token: string;
beforeAll(async () => {
  api = await startApi();
  named = { accountId: api.first.accountId, channel: 'email', addressKey: addressKey(pepper, 'email', ADA), runId: 77 };
  token = unsubscribeToken(named, key);
});
afterAll(() => api?.stop());
beforeEach(async () => {
  await api.direct.pool.query('DELETE FROM suppressions; DELETE FROM audit_entries');
});

const get = (path: string, headers: Record<string, string> = { Accept: 'text/html' }): Promise<Answer> =>
  send(api.url, 'GET', `/v1/unsubscribe/${path}`, { headers });
const post = (path: string, type?: string, body = 'List-Unsubscribe=One-Click'): Promise<Answer> =>
  send(api.url, 'POST', `/v1/unsubscribe/${path}`, {
    headers: type === undefined ? {} : { 'Content-Type': type },
    body,
  });
const suppressions = async (account: { key: string } = api.first): Promise<Record<string, unknown>[]> =>
  (await send(api.url, 'GET', '/v1/suppressions', { key: account.key })).body.data;
const audit = async (): Promise<Record<string, unknown>[]> =>
  (await send(api.url, 'GET', '/v1/audit?action=suppression.', { key: api.first.key })).body.data;

describe('a link', () => {
  test('shows a page with a form to itself, and however often it is looked at, nothing changes', async () => {
    for (let look = 0; look < 3; look++) {
      const { status, body, headers } = await get(token);
      expect([status, headers.get('Content-Type')]).toEqual([200, 'text/html; charset=utf-8']);
      expect(headers.get('Set-Cookie')).toBeNull();
      expect(headers.get('Cache-Control')).toBe('no-store');
      expect(headers.get('Content-Security-Policy')).toContain("form-action 'self'");
      expect(body).toMatch(/<form method="post">.*name="List-Unsubscribe" value="One-Click".*<button/s);
      expect(body).not.toMatch(/<script|https?:\/\//);
    }
    expect((await send(api.url, 'HEAD', `/v1/unsubscribe/${token}`)).status).toBe(200);
    expect(await suppressions()).toEqual([]);
  });

  test('suppresses on POST, once, and says the same each time', async () => {
    await send(api.url, 'PUT', '/v1/recipients/ada', {
      key: api.first.key,
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email: 'Ada@People.example' }),
    });
    const answers = await Promise.all([1, 2, 3].map(() => post(token, 'application/x-www-form-urlencoded')));
    answers.push(await post(token, 'application/x-www-form-urlencoded'));
    expect(new Set(answers.map(({ status, body }) => `${status} ${body}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(200);
    expect(answers[0]?.headers.get('Set-Cookie')).toBeNull();
    const [only, ...others] = await suppressions();
    expect(others).toEqual([]);
    expect(only).toMatchObject({
      channel: 'email',
      address: 'Ada@people.example',
      reason: 'unsubscribed',
      source: 'link',
    });
    expect(await audit()).toMatchObject([
      {
        actor: 'recipient',
        action: 'suppression.create',
        subject: only?.id,
        detail: { channel: 'email', reason: 'unsubscribed', source: 'link', run: 'run_77' },
      },
    ]);
    expect(await suppressions(api.second)).toEqual([]);
  });

  test('of somebody whom nobody knows any more suppresses the key, without an address', async () => {
    const erased = { ...named, addressKey: addressKey(pepper, 'email', 'gone@people.example') };
    expect((await post(unsubscribeToken(erased, key))).status).toBe(200);
    expect(await suppressions()).toMatchObject([{ channel: 'email', address: null, source: 'link' }]);
  });

  test.each([
    ['a form', 'application/x-www-form-urlencoded', 'List-Unsubscribe=One-Click'],
    [
      'multipart',
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n',
    ],
    ['JSON', 'application/json', '{"List-Unsubscribe":"One-Click"}'],
    ['no type', undefined, ''],
    ['8 KB', 'application/octet-stream', 'x'.repeat(8_192)],
  ])('takes %s', async (_name, type, body) => {
    expect((await post(token, type, body)).status).toBe(200);
    expect(await suppressions()).toHaveLength(1);
  });

  test('takes no more than 8 KB, no other method, and does not mind what a tracker adds', async () => {
    const large = await post(token, 'application/octet-stream', 'x'.repeat(8_193));
    expect([large.status, large.body.code]).toEqual([413, 'body_too_large']);
    expect((await send(api.url, 'PUT', `/v1/unsubscribe/${token}`)).status).toBe(405);
    expect(await suppressions()).toEqual([]);
    expect((await post(`${token}?utm_source=mail&x=1`)).status).toBe(200);
    expect(await suppressions()).toHaveLength(1);
  });

  test('works again after an operator has allowed the address', async () => {
    await post(token);
    const [first] = await suppressions();
    await send(api.url, 'DELETE', `/v1/suppressions/${first?.id}`, { key: api.first.key });
    expect(await suppressions()).toEqual([]);
    await post(token);
    expect(await suppressions()).toMatchObject([{ source: 'link' }]);
  });

  test('leaves an earlier reason as it is', async () => {
    await api.direct.pool.query(
      `INSERT INTO suppressions (account_id, channel, address_key, address, reason, source)
       VALUES ($1, 'email', $2, $3, 'refused', 'provider')`,
      [named.accountId, named.addressKey, ADA],
    );
    expect((await post(token)).status).toBe(200);
    expect(await suppressions()).toMatchObject([{ reason: 'refused', source: 'provider' }]);
  });
});

describe('what is no link of ours', () => {
  const others = (): Record<string, string> => {
    const middle = Math.floor(token.length / 2);
    return {
      forged: unsubscribeToken(named, deriveKey('another secret that is long enough', 'unsubscribe')),
      truncated: token.slice(0, -5),
      changed: token.slice(0, middle) + (token[middle] === 'A' ? 'B' : 'A') + token.slice(middle + 1),
      'of another account': token.replace(/^u1\.\w+\./, `u1.${api.second.accountId.toString(36)}.`),
      'of no account': unsubscribeToken({ ...named, accountId: 999_999 }, key),
      'of another channel': unsubscribeToken({ ...named, channel: 'webhook' }, key),
      'of an impossible account': unsubscribeToken({ ...named, accountId: 2 ** 50 }, key),
      nonsense: 'x',
      long: 'x'.repeat(4_000),
      percent: '%00',
    };
  };

  test('is the same 404 to whoever posts, and nothing is written', async () => {
    const answers = new Set<string>();
    for (const [name, path] of Object.entries(others())) {
      const { status, body } = await post(path);
      expect([name, status]).toEqual([name, 404]);
      const { requestId: _, ...rest } = body;
      answers.add(JSON.stringify(rest));
    }
    expect(answers.size).toBe(1);
    expect(await suppressions()).toEqual([]);
    expect(await audit()).toEqual([]);
  });

  test('is the same page to whoever looks with a browser', async () => {
    const pages = new Set<string>();
    for (const [name, path] of Object.entries(others())) {
      // Whether the account is there is asked when something is to be written.
      if (name.endsWith(' account') && name !== 'of another account') continue;
      const { status, body, headers } = await get(path);
      expect([name, status, headers.get('Content-Type')]).toEqual([name, 404, 'text/html; charset=utf-8']);
      pages.add(body);
    }
    expect(pages.size).toBe(1);
  });
});

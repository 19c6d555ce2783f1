/** What people reply by WhatsApp: a word stops messages and another lets them come again, signed, once, in their own order. */
import { addressKey, deriveKey } from '@carillon/core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Answer, postCallback, SECRET, send, startApi, type TestApi } from './harness.ts';

const PHONE = '4915200000001';
const NOON = 1_790_000_000;

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api?.stop());
beforeEach(async () => {
  await api.direct.pool.query('DELETE FROM suppressions; DELETE FROM reply_wishes; DELETE FROM audit_entries');
});

let counter = 0;
const text = (body: string, at = NOON, from = PHONE): object => {
  counter += 1;
  return { from, id: `wamid.${counter}`, timestamp: String(at), type: 'text', text: { body } };
};
const button = (payload: string, title: string): object => ({
  from: PHONE,
  id: 'wamid.button',
  timestamp: String(NOON),
  type: 'button',
  button: { payload, text: title },
});
const interactive = (id: string, title: string): object => ({
  from: PHONE,
  id: 'wamid.interactive',
  timestamp: String(NOON),
  type: 'interactive',
  interactive: { type: 'button_reply', button_reply: { id, title } },
});

function bodyOf(messages: readonly unknown[], more: object = {}): string {
  const value = {
    messaging_product: 'whatsapp',
    metadata: { phone_number_id: '100200300' },
    contacts: [{ profile: { name: 'Somebody' }, wa_id: PHONE }],
    messages,
    ...more,
  };
  return JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [{ id: '1', changes: [{ field: 'messages', value }] }],
  });
}

const reply = (...messages: object[]): Promise<Answer> =>
  postCallback(api.url, api.first.providerAccountId, bodyOf(messages));
const suppressions = async (account: { key: string } = api.first): Promise<Record<string, unknown>[]> =>
  (await send(api.url, 'GET', '/v1/suppressions?limit=200', { key: account.key })).body.data;
const audit = async (): Promise<unknown[]> => {
  const { body } = await send(api.url, 'GET', '/v1/audit?action=suppression.', { key: api.first.key });
  return body.data.map((entry: { action: string; actor: string }) => `${entry.actor} ${entry.action}`).reverse();
};

describe('a word that stops', () => {
  test.each([['STOP'], ['stop'], [' Stop! '], ['"stop".'], ['*STOP*'], ['ｓｔｏｐ'], ['abmelden…'], ['🛑 STOP 🛑']])(
    '%j suppresses the number in the account of the provider',
    async (word) => {
      const answer = await reply(text(word));
      expect([answer.status, answer.body]).toEqual([200, { received: 1 }]);
      expect(await suppressions()).toMatchObject([
        { channel: 'whatsapp', address: `+${PHONE}`, reason: 'unsubscribed', source: 'reply' },
      ]);
      expect(await suppressions(api.second)).toEqual([]);
      expect(await audit()).toEqual(['recipient suppression.create']);
    },
  );

  test('is the key that runs ask for', async () => {
    await reply(text('STOP'));
    const { rows } = await api.direct.pool.query('SELECT address_key FROM suppressions');
    expect(rows).toEqual([{ address_key: addressKey(deriveKey(SECRET, 'address'), 'whatsapp', PHONE) }]);
  });

  test.each([
    ['by its payload', button('STOP', 'No, thank you')],
    ['by its title', button('{"choice":7}', 'Stop')],
    ['among choices', interactive('stop', 'Nothing more')],
  ])('is a button %s', async (_name, message) => {
    await reply(message);
    expect(await suppressions()).toHaveLength(1);
  });

  test.each([['stop by for tea'], ['please stop'], ['nonstop'], ['!!!'], [' '], ['START'], ['x'.repeat(4_000)]])(
    '%j is none',
    async (word) => {
      expect((await reply(text(word))).status).toBe(200);
      expect(await suppressions()).toEqual([]);
    },
  );

  test('comes with statuses, odd neighbours and many at once', async () => {
    const people = Array.from({ length: 300 }, (_, n) => String(4_915_300_000_000 + n));
    const odd = [
      null,
      7,
      { type: 'image', from: PHONE },
      { ...text('STOP'), from: 'nobody' },
      { ...text('STOP'), text: 7 },
    ];
    const statuses = [{ id: 'wamid.1', status: 'sent', timestamp: '1790000000', biz_opaque_callback_data: 'none' }];
    const body = bodyOf([...odd, ...people.map((from) => text('STOP', NOON, from))], { statuses });
    const answer = await postCallback(api.url, api.first.providerAccountId, body);
    expect([answer.status, answer.body]).toEqual([200, { received: 300 }]);
    const { rows } = await api.direct.pool.query('SELECT count(*)::int AS n FROM suppressions');
    expect(rows).toEqual([{ n: 300 }]);
  });

  test('counts only under the signature, and to the number whose callback it is', async () => {
    const body = bodyOf([text('STOP')]);
    const forged = await postCallback(api.url, api.first.providerAccountId, body, `sha256=${'0'.repeat(64)}`);
    expect([forged.status, forged.body.code]).toEqual([401, 'signature_invalid']);
    const other = bodyOf([text('STOP')], { metadata: { phone_number_id: '999' } });
    expect((await postCallback(api.url, api.first.providerAccountId, other)).body).toEqual({ received: 0 });
    expect(await suppressions()).toEqual([]);
  });
});

describe('a word that starts', () => {
  test('takes a reply back, and is not undone by what was said before it', async () => {
    await reply(text('STOP', NOON));
    await reply(text('start', NOON + 60));
    expect(await suppressions()).toEqual([]);
    expect(await audit()).toEqual(['recipient suppression.create', 'recipient suppression.delete']);
    // The provider repeats what it was not sure of, for days.
    await reply(text('STOP', NOON));
    await reply(text('STOP', NOON - 5), text('START', NOON + 60));
    expect(await suppressions()).toEqual([]);
    await reply(text('STOP', NOON + 120));
    await reply(text('START', NOON + 60));
    expect(await suppressions()).toHaveLength(1);
  });

  test.each([
    ['manual', 'api'],
    ['unsubscribed', 'link'],
    ['refused', 'provider'],
    ['complained', 'reply'],
  ])('does not end what is %s by %s', async (reason, source) => {
    const key = addressKey(deriveKey(SECRET, 'address'), 'whatsapp', PHONE);
    await api.direct.pool.query(
      `INSERT INTO suppressions (account_id, channel, address_key, address, reason, source)
       VALUES ($1, 'whatsapp', $2, $3, $4, $5)`,
      [api.first.accountId, key, PHONE, reason, source],
    );
    await reply(text('START'));
    expect(await suppressions()).toMatchObject([{ reason, source }]);
  });
});

describe('doubled and disordered', () => {
  test('the same ten times at once is one', async () => {
    const message = text('STOP');
    const answers = await Promise.all(Array.from({ length: 10 }, () => reply(message)));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect(await suppressions()).toHaveLength(1);
    expect(await audit()).toEqual(['recipient suppression.create']);
  });

  test('the last word counts in whatever order all of them come, and of one second the word that stops', async () => {
    const words = Array.from({ length: 12 }, (_, n) => text(n % 2 === 0 ? 'STOP' : 'START', NOON + n));
    await Promise.all([...words, ...words].reverse().map((message) => reply(message)));
    expect(await suppressions()).toEqual([]);
    await Promise.all([text('STOP', NOON + 90), text('START', NOON + 90)].map((message) => reply(message)));
    expect(await suppressions()).toHaveLength(1);
    await reply(text('STOP', NOON + 91), text('START', NOON + 92));
    expect(await suppressions()).toEqual([]);
  });

  test('what an operator has allowed since stays allowed, until the person says it anew', async () => {
    await reply(text('STOP', NOON));
    const [only] = await suppressions();
    await send(api.url, 'DELETE', `/v1/suppressions/${only?.id}`, { key: api.first.key });
    await reply(text('STOP', NOON));
    expect(await suppressions()).toEqual([]);
    await reply(text('STOP', NOON + 1));
    expect(await suppressions()).toHaveLength(1);
  });
});

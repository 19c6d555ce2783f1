/** Recipients over HTTP, on a real Postgres. */
import { addressKey, deriveKey } from '@carillon/core';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { allPages, type PeopleApi, startPeopleApi } from './people.ts';

let api: PeopleApi;
beforeAll(async () => {
  api = await startPeopleApi();
});
afterAll(async () => {
  await api?.stop();
});

async function storedRow(externalId: string): Promise<Record<string, unknown>> {
  const { rows } = await api.database.pool.query(
    'SELECT * FROM recipients WHERE account_id = $1 AND external_id = $2',
    [api.accountId, externalId],
  );
  return rows[0];
}

describe('one recipient', () => {
  test('is created, read back, replaced whole, and each change is in the audit trail', async () => {
    const ada = {
      name: 'Ada',
      phone: '0151 23456789',
      email: 'Ada.L@Example.com',
      zone: 'Europe/Paris',
      attributes: { level: 3, vip: true, city: 'Köln' },
    };
    const created = await api.call('PUT', '/v1/recipients/ada', ada);
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      ...ada,
      externalId: 'ada',
      phone: '+4915123456789',
      email: 'Ada.L@example.com',
    });
    expect(created.body.id).toMatch(/^rcp_[1-9]\d*$/);
    expect((await api.call('GET', '/v1/recipients/ada')).body).toEqual(created.body);

    const replaced = await api.call('PUT', '/v1/recipients/ada', { name: 'Ada L.' });
    expect(replaced.status).toBe(200);
    expect(replaced.body).toMatchObject({
      id: created.body.id,
      name: 'Ada L.',
      phone: null,
      email: null,
      zone: null,
      attributes: {},
    });
    expect(replaced.body.createdAt).toBe(created.body.createdAt);

    const { rows } = await api.database.pool.query(
      `SELECT actor, action FROM audit_entries WHERE account_id = $1 AND subject = $2 ORDER BY id`,
      [api.accountId, created.body.id],
    );
    expect(rows).toEqual([
      { actor: expect.stringMatching(/^key_\d+$/), action: 'recipient.put' },
      { actor: expect.stringMatching(/^key_\d+$/), action: 'recipient.put' },
    ]);
  });

  test('shares the keyed hash with whoever has the same number in another spelling', async () => {
    const spellings = ['+49 151 1111 2222', '0151/11112222', '0049 (151) 11112222', '015111112222'];
    for (const [index, phone] of spellings.entries()) {
      expect((await api.call('PUT', `/v1/recipients/shared-${index}`, { phone })).status).toBe(201);
    }
    const { rows } = await api.database.pool.query(
      `SELECT phone, whatsapp_key, count(*)::int AS people FROM recipients
       WHERE account_id = $1 AND external_id LIKE 'shared-%' GROUP BY 1, 2`,
      [api.accountId],
    );
    expect(rows).toEqual([{ phone: '4915111112222', whatsapp_key: expect.any(String), people: 4 }]);
    await api.call('PUT', '/v1/recipients/alone', { phone: '+49 151 1111 2223' });
    expect((await storedRow('alone')).whatsapp_key).not.toBe(rows[0].whatsapp_key);
  });

  test('shares the keyed hash of an e-mail address whatever its case, and keeps how it is written to', async () => {
    for (const [index, email] of ['Grace@Example.org', ' grace@example.ORG '].entries()) {
      expect((await api.call('PUT', `/v1/recipients/mail-${index}`, { email })).status).toBe(201);
    }
    await api.call('PUT', '/v1/recipients/mail-other', { email: 'grace+x@example.org' });
    const [first, second, other] = [
      await storedRow('mail-0'),
      await storedRow('mail-1'),
      await storedRow('mail-other'),
    ];
    expect([first.email, second.email]).toEqual(['Grace@example.org', 'grace@example.org']);
    expect(first.email_key).toBe(second.email_key);
    expect(other.email_key).not.toBe(first.email_key);
    // Of the channel too: a WhatsApp key would be another one.
    expect(first.email_key).toBe(addressKey(deriveKey(api.secret, 'address'), 'email', 'grace@example.org'));
    expect(first.whatsapp_key).toBeNull();
  });

  test('is erased by DELETE: name, number, hash and memberships go, and PUT brings it back', async () => {
    const audience = (await api.call('POST', '/v1/audiences', { name: 'erased' })).body;
    const first = await api.call('PUT', '/v1/recipients/gone', {
      name: 'G',
      phone: '+4915122223333',
      email: 'g@example.com',
      attributes: { a: 1 },
    });
    await api.call('PUT', `/v1/audiences/${audience.id}/members/gone`);
    expect((await api.call('DELETE', '/v1/recipients/gone')).status).toBe(204);
    expect(await storedRow('gone')).toMatchObject({
      name: null,
      phone: null,
      whatsapp_key: null,
      email: null,
      email_key: null,
      zone: null,
      attributes: {},
      deleted_at: expect.any(Date),
    });
    expect((await api.call('GET', '/v1/recipients/gone')).status).toBe(404);
    expect((await api.call('DELETE', '/v1/recipients/gone')).body).toMatchObject({ status: 404, code: 'not_found' });
    expect((await api.call('GET', `/v1/audiences/${audience.id}`)).body.members).toBe(0);
    expect((await allPages(api, '/v1/recipients', 200)).map((row) => row.externalId)).not.toContain('gone');

    const back = await api.call('PUT', '/v1/recipients/gone', { name: 'Back' });
    expect(back).toMatchObject({ status: 201, body: { id: first.body.id, name: 'Back', phone: null } });
  });

  test('may have an external id that a path must encode', async () => {
    const externalId = 'Zoë/2 ?#%&+@x.de';
    const path = `/v1/recipients/${encodeURIComponent(externalId)}`;
    expect((await api.call('PUT', path, {})).body.externalId).toBe(externalId);
    expect((await api.call('GET', path)).body.externalId).toBe(externalId);
  });

  test('belongs to its account alone', async () => {
    await api.call('PUT', '/v1/recipients/mine', { name: 'Mine' });
    const other = await api.asOther();
    expect((await other.call('GET', '/v1/recipients/mine')).status).toBe(404);
    expect((await other.call('DELETE', '/v1/recipients/mine')).status).toBe(404);
    expect(await allPages(other, '/v1/recipients', 200)).toEqual([]);
    expect((await other.call('PUT', '/v1/recipients/mine', { name: 'Theirs' })).status).toBe(201);
    expect((await api.call('GET', '/v1/recipients/mine')).body.name).toBe('Mine');
  });
});

test('lists page by page, each recipient once, also of one audience', async () => {
  const ids = Array.from({ length: 25 }, (_, index) => `page-${index}`);
  for (const id of ids) await api.call('PUT', `/v1/recipients/${id}`, {});
  const audience = (await api.call('POST', '/v1/audiences', { name: 'pages' })).body;
  await api.call('POST', `/v1/audiences/${audience.id}/members`, { add: ids.slice(0, 17) });

  const listed = (await allPages(api, '/v1/recipients', 7)).map((row) => row.externalId);
  expect(new Set(listed).size).toBe(listed.length);
  expect(listed).toEqual(expect.arrayContaining(ids));
  const members = (await allPages(api, `/v1/recipients?audience=${audience.id}`, 5)).map((row) => row.externalId);
  expect(members).toEqual(ids.slice(0, 17));

  const { nextCursor } = (await api.call('GET', '/v1/recipients?limit=3')).body;
  const foreign = await api.call('GET', `/v1/recipients?audience=${audience.id}&cursor=${nextCursor}`);
  expect(foreign).toMatchObject({ status: 400, body: { code: 'invalid_cursor', field: 'cursor' } });
});

describe('bad input is refused by code and field, and nothing is written', () => {
  const path = '/v1/recipients/bad';
  const put = (body: unknown, at = path) => ['PUT', at, body] as const;
  const cases: readonly [string, readonly [string, string, unknown?], number, string, string][] = [
    ['no JSON', put('{"name":'), 400, 'malformed_json', 'body'],
    ['a list', put([]), 400, 'validation_failed', 'body'],
    ['an unknown field', put({ nmae: 'x' }), 400, 'validation_failed', 'nmae'],
    ['a name that is a number', put({ name: 7 }), 400, 'validation_failed', 'name'],
    ['an empty name', put({ name: ' ' }), 400, 'validation_failed', 'name'],
    ['a name too long', put({ name: 'x'.repeat(201) }), 400, 'validation_failed', 'name'],
    ['NUL in the name', put('{"name":"a\\u0000b"}'), 400, 'validation_failed', 'name'],
    ['half a surrogate pair', put('{"name":"a\\ud800b"}'), 400, 'validation_failed', 'name'],
    ['a line break in the name', put({ name: 'a\r\nb' }), 400, 'validation_failed', 'name'],
    ['no phone number', put({ phone: 'call me' }), 400, 'invalid_phone', 'phone'],
    ['an empty phone number', put({ phone: '' }), 400, 'invalid_phone', 'phone'],
    ['a phone number too short', put({ phone: '+49 1' }), 400, 'invalid_phone', 'phone'],
    ['an ambiguous phone number', put({ phone: '4915112345678' }), 400, 'invalid_phone', 'phone'],
    ['a phone number with extension', put({ phone: '+49 30 123456 ext. 7' }), 400, 'invalid_phone', 'phone'],
    ['an endless phone number', put({ phone: '1'.repeat(201) }), 400, 'validation_failed', 'phone'],
    ['no e-mail address', put({ email: 'write me' }), 400, 'invalid_email', 'email'],
    ['an empty e-mail address', put({ email: '' }), 400, 'invalid_email', 'email'],
    ['an e-mail address with a name', put({ email: 'Ada <ada@example.com>' }), 400, 'invalid_email', 'email'],
    [
      'a line break in an e-mail address',
      put({ email: 'a@example.com\r\nBcc: b@example.com' }),
      400,
      'invalid_email',
      'email',
    ],
    ['an e-mail address that is a number', put({ email: 7 }), 400, 'validation_failed', 'email'],
    ['an unknown zone', put({ zone: 'Mars/Olympus' }), 400, 'invalid_zone', 'zone'],
    ['an offset for a zone', put({ zone: '+02:00' }), 400, 'invalid_zone', 'zone'],
    ['attributes as a list', put({ attributes: [1] }), 400, 'validation_failed', 'attributes'],
    ['a nested attribute', put({ attributes: { a: { b: 1 } } }), 400, 'validation_failed', 'attributes.a'],
    ['an attribute null', put({ attributes: { a: null } }), 400, 'validation_failed', 'attributes.a'],
    [
      'an attribute __proto__',
      put('{"attributes":{"__proto__":{"x":1}}}'),
      400,
      'validation_failed',
      'attributes.__proto__',
    ],
    ['an infinite attribute', put('{"attributes":{"a":1e999}}'), 400, 'validation_failed', 'attributes.a'],
    ['an attribute too long', put({ attributes: { a: 'x'.repeat(1_001) } }), 400, 'validation_failed', 'attributes.a'],
    ['an attribute key with brackets', put({ attributes: { 'a{}': 1 } }), 400, 'validation_failed', 'attributes.a{}'],
    [
      'too many attributes',
      put({ attributes: Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`a${index}`, 1])) }),
      400,
      'validation_failed',
      'attributes',
    ],
    [
      'attributes too large together',
      put({
        attributes: Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`a${index}`, 'x'.repeat(1_000)])),
      }),
      400,
      'validation_failed',
      'attributes',
    ],
    ['an external id too long', put({}, `/v1/recipients/${'x'.repeat(201)}`), 400, 'validation_failed', 'externalId'],
    ['an external id with NUL', put({}, '/v1/recipients/a%00b'), 400, 'validation_failed', 'externalId'],
    ['an external id with a space around', put({}, '/v1/recipients/%20a'), 400, 'validation_failed', 'externalId'],
    ['an external id that is no UTF-8', put({}, '/v1/recipients/%ff'), 400, 'validation_failed', 'path'],
    ['nobody to read', ['GET', '/v1/recipients/nobody'], 404, 'not_found', 'externalId'],
    ['nobody to delete', ['DELETE', '/v1/recipients/nobody'], 404, 'not_found', 'externalId'],
    ['a limit of zero', ['GET', '/v1/recipients?limit=0'], 400, 'validation_failed', 'limit'],
    ['a limit too high', ['GET', '/v1/recipients?limit=201'], 400, 'validation_failed', 'limit'],
    ['a cursor that is none', ['GET', '/v1/recipients?cursor=abc'], 400, 'invalid_cursor', 'cursor'],
    ['a filter that is none', ['GET', '/v1/recipients?group=x'], 400, 'validation_failed', 'group'],
    ['a recipient id for an audience', ['GET', '/v1/recipients?audience=rcp_1'], 400, 'invalid_id', 'audience'],
    ['an audience that is none', ['GET', '/v1/recipients?audience=aud_999999'], 422, 'unknown_audience', 'audience'],
  ];
  test.each(cases)('%s', async (_name, [method, at, body], status, code, field) => {
    const before = await api.countRows();
    const answer = await api.call(method, at, body);
    expect(answer).toMatchObject({ status, body: { code, field } });
    expect(answer.headers.get('Content-Type')).toMatch(/^application\/problem\+json/);
    expect(await api.countRows()).toEqual(before);
  });
});

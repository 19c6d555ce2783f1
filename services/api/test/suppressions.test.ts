/** Suppressions over HTTP: added once, in any spelling; found, removed with an audit entry, erased, and by the thousand from a file. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { eventually } from '@carillon/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Answer, send, startApi, type TestApi } from './harness.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api?.stop());
beforeEach(async () => {
  await api.direct.pool.query('DELETE FROM suppressions');
});

const call = (method: string, path: string, body?: unknown, key: string = api.first.key): Promise<Answer> =>
  send(api.url, method, path, {
    key,
    ...(body !== undefined && { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
  });
const add = (body: object, key?: string): Promise<Answer> => call('POST', '/v1/suppressions', body, key);
const list = async (query = '', key?: string): Promise<Record<string, unknown>[]> =>
  (await call('GET', `/v1/suppressions${query}`, undefined, key)).body.data;
const upload = (
  body: string | Uint8Array<ArrayBuffer>,
  type = 'text/csv',
  headers: Record<string, string> = {},
): Promise<Answer> =>
  send(api.url, 'POST', '/v1/suppressions/import', {
    key: api.first.key,
    headers: { 'Content-Type': type, ...headers },
    body,
  });
const lastAudit = async (): Promise<Record<string, unknown>> =>
  (await call('GET', '/v1/audit?limit=1')).body.data[0] as Record<string, unknown>;

describe('one address', () => {
  test('is added once, however it is spelled, and keeps its first reason', async () => {
    const first = await add({
      channel: 'whatsapp',
      address: '0151 10200-034',
      reason: 'complained',
      source: 'hotline',
    });
    expect([first.status, first.body]).toEqual([
      201,
      {
        id: expect.stringMatching(/^sup_\d+$/),
        channel: 'whatsapp',
        address: '+4915110200034',
        reason: 'complained',
        source: 'hotline',
        createdAt: expect.any(String),
      },
    ]);
    expect(first.headers.get('Location')).toBe(`/v1/suppressions/${first.body.id}`);
    expect(await lastAudit()).toMatchObject({
      action: 'suppression.create',
      subject: first.body.id,
      actorName: 'test',
      detail: { channel: 'whatsapp', reason: 'complained', source: 'hotline' },
      origin: '127.0.0.1',
    });
    const again = await add({ channel: 'whatsapp', address: '+49 (0)151 10200034' });
    expect([again.status, again.body]).toEqual([200, first.body]);

    const mail = await add({ channel: 'email', address: ' Ada@EXAMPLE.org' });
    expect([mail.status, mail.body]).toMatchObject([
      201,
      { address: 'Ada@example.org', reason: 'manual', source: 'api' },
    ]);
    expect((await add({ channel: 'email', address: 'ada@example.org' })).body).toEqual(mail.body);
    expect(await list()).toEqual([first.body, mail.body]);
    expect((await call('GET', `/v1/suppressions/${mail.body.id}`)).body).toEqual(mail.body);
  });

  test('added by ten at once is one, and new for one of them', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => add({ channel: 'email', address: 'crowd@example.org' })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(9).fill(200), 201]);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
  });

  test.each([
    [{ channel: 'whatsapp', address: '12' }, 'invalid_phone', 'address'],
    [{ channel: 'email', address: 'nobody' }, 'invalid_email', 'address'],
    [{ channel: 'webhook', address: 'https://example.org' }, 'validation_failed', 'channel'],
    [{ channel: 'email', address: 'a@example.org', reason: 'bored' }, 'validation_failed', 'reason'],
    [{ channel: 'email', address: 'a@example.org', source: '' }, 'validation_failed', 'source'],
    [{ channel: 'email', address: 'a@example.org', source: 'x\ny' }, 'validation_failed', 'source'],
    [{ channel: 'email', address: `${'a'.repeat(2_000)}@example.org` }, 'validation_failed', 'address'],
    [{ channel: 'email' }, 'validation_failed', 'address'],
    [{ channel: 'email', address: 'a@example.org', colour: 'red' }, 'validation_failed', 'colour'],
  ])('%j is refused', async (body, code, field) => {
    const answer = await add(body);
    expect([answer.status, answer.body.code, answer.body.field]).toEqual([400, code, field]);
    expect(await list()).toEqual([]);
  });

  test('needs a key that may write; one that reads may look', async () => {
    const reader = (await call('POST', '/v1/keys', { name: 'reader', role: 'read' })).body.key as string;
    expect((await add({ channel: 'email', address: 'a@example.org' }, reader)).status).toBe(403);
    expect(await list('', reader)).toEqual([]);
  });

  test('is removed by an operator, who is named for it, and may then be added again', async () => {
    const { body } = await add({ channel: 'email', address: 'back@example.org', reason: 'unsubscribed' });
    expect((await call('DELETE', `/v1/suppressions/${body.id}`)).status).toBe(204);
    expect(await lastAudit()).toMatchObject({
      action: 'suppression.delete',
      subject: body.id,
      actorName: 'test',
      detail: { channel: 'email', reason: 'unsubscribed', source: 'api' },
    });
    for (const method of ['GET', 'DELETE']) {
      expect((await call(method, `/v1/suppressions/${body.id}`)).body.code).toBe('not_found');
    }
    expect((await add({ channel: 'email', address: 'back@example.org' })).status).toBe(201);
  });

  test('of another account is nobody’s', async () => {
    const { body } = await add({ channel: 'email', address: 'theirs@example.org' }, api.second.key);
    for (const method of ['GET', 'DELETE']) {
      expect((await call(method, `/v1/suppressions/${body.id}`)).body.code).toBe('not_found');
    }
    expect(await list()).toEqual([]);
    expect((await add({ channel: 'email', address: 'theirs@example.org' })).status).toBe(201);
    expect(await list('', api.second.key)).toEqual([body]);
  });

  test('of a recipient who is erased holds on without the address', async () => {
    const put = await call('PUT', '/v1/recipients/erased', { phone: '+4915110200099', email: 'erased@example.org' });
    expect(put.status).toBe(201);
    await add({ channel: 'whatsapp', address: '+4915110200099' });
    await add({ channel: 'email', address: 'erased@example.org' });
    await add({ channel: 'email', address: 'another@example.org' });
    expect((await call('DELETE', '/v1/recipients/erased')).status).toBe(204);
    expect((await list()).map(({ address }) => address)).toEqual([null, null, 'another@example.org']);
    expect(await list('?address=erased@example.org')).toMatchObject([{ channel: 'email', address: null }]);
    expect((await add({ channel: 'email', address: 'erased@example.org' })).status).toBe(200);
  });
});

describe('the list', () => {
  test('is read by pages, channel, reason and address, whatever its spelling', async () => {
    for (let n = 1; n <= 5; n++) await add({ channel: 'email', address: `p${n}@example.org`, reason: 'complained' });
    await add({ channel: 'whatsapp', address: '+4915110200034' });
    const seen: unknown[] = [];
    for (let path = '/v1/suppressions?channel=email&limit=2'; ; ) {
      const { body } = await call('GET', path);
      seen.push(...body.data.map(({ address }: { address: string }) => address));
      if (body.nextCursor === null) break;
      path = `/v1/suppressions?channel=email&limit=2&cursor=${body.nextCursor}`;
    }
    expect(seen).toEqual(['p1@example.org', 'p2@example.org', 'p3@example.org', 'p4@example.org', 'p5@example.org']);
    expect(await list('?reason=manual')).toMatchObject([{ address: '+4915110200034' }]);
    expect(await list('?address=0151%2010200034')).toMatchObject([{ address: '+4915110200034' }]);
    expect(await list('?address=P3%40Example.org')).toMatchObject([{ address: 'p3@example.org' }]);
    expect(await list('?address=p3%40example.org&reason=manual')).toEqual([]);
    expect(await list('?channel=email&address=p3%40example.org')).toHaveLength(1);
  });

  test.each([
    ['channel=webhook', 'validation_failed'],
    ['reason=bored', 'validation_failed'],
    ['address=12', 'invalid_phone'],
    ['channel=email&address=12', 'invalid_email'],
    ['cursor=abc', 'invalid_cursor'],
  ])('?%s is refused', async (query, code) => {
    expect((await call('GET', `/v1/suppressions?${query}`)).body.code).toBe(code);
  });
});

describe('a file', () => {
  test('in CSV keeps the good lines and names the bad ones; once more it only finds them standing', async () => {
    const file = [
      'Channel,address,reason',
      'email,one@example.org,unsubscribed',
      'email,ONE@example.org,',
      '"email","two@example.org",complained',
      'whatsapp,0151 10200034,',
      'whatsapp,nobody,manual',
      'pigeon,three@example.org,manual',
      'email,four@example.org,bored',
      'email,five@example.org',
      '',
      'email,"six@example.org',
    ].join('\n');
    const answer = await upload(file);
    expect([answer.status, answer.body]).toEqual([
      200,
      {
        read: 9,
        added: 3,
        standing: 1,
        bad: 5,
        errors: [
          { line: 6, code: 'invalid_phone', field: 'address', detail: expect.any(String) },
          { line: 7, code: 'validation_failed', field: 'channel', detail: expect.any(String) },
          { line: 8, code: 'validation_failed', field: 'reason', detail: expect.any(String) },
          { line: 9, code: 'wrong_column_count', field: null, detail: expect.any(String) },
          { line: 11, code: 'malformed_csv', field: null, detail: expect.any(String) },
        ],
      },
    ]);
    expect(await lastAudit()).toMatchObject({ action: 'suppression.import', detail: { added: 3, source: 'import' } });
    expect(await list()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ address: 'one@example.org', reason: 'unsubscribed', source: 'import' }),
        expect.objectContaining({ address: 'two@example.org', reason: 'complained' }),
        expect.objectContaining({ address: '+4915110200034', reason: 'manual' }),
      ]),
    );
    expect((await upload(file)).body).toMatchObject({ read: 9, added: 0, standing: 4, bad: 5 });
    expect(await list()).toHaveLength(3);
  });

  test('in NDJSON, packed', async () => {
    const lines = [
      '{"channel":"email","address":"one@example.org"}',
      'no json',
      '{"channel":"email","address":7}',
      '{"channel":"email","address":"two@example.org","colour":"red"}',
    ];
    const packed = new Uint8Array(gzipSync(lines.join('\r\n')));
    const answer = await upload(packed, 'application/x-ndjson', { 'Content-Encoding': 'gzip' });
    expect(answer.body).toMatchObject({ read: 4, added: 1, standing: 0, bad: 3 });
    expect(answer.body.errors.map(({ code }: { code: string }) => code)).toEqual([
      'malformed_json',
      'validation_failed',
      'validation_failed',
    ]);
  });

  test('that is damaged is refused, and what came before the damage is kept', async () => {
    const packed = new Uint8Array(gzipSync('channel,address\nemail,one@example.org\nemail,two@example.org\n'));
    const answer = await upload(packed.slice(0, -6), 'text/csv', { 'Content-Encoding': 'gzip' });
    expect([answer.status, answer.body.code]).toEqual([400, 'validation_failed']);
    expect(await list()).toHaveLength(2);
  });

  test('whose client goes away keeps what had come', async () => {
    const { port } = new URL(api.url);
    const socket = connect(Number(port), '127.0.0.1');
    await once(socket, 'connect');
    const lines = Array.from({ length: 6_000 }, (_, n) => `email,person-${n}@example.org\n`).join('');
    socket.write(
      `POST /v1/suppressions/import HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${api.first.key}\r\n` +
        `Content-Type: text/csv\r\nContent-Length: 9999999\r\n\r\nchannel,address\n${lines}`,
    );
    const count = async () => (await api.direct.pool.query('SELECT count(*)::int AS n FROM suppressions')).rows[0].n;
    // The first chunk is written while the client is still there.
    await eventually(async () => (await count()) >= 5_000, { what: 'a chunk' });
    socket.destroy();
    await eventually(async () => (await count()) === 6_000, { what: 'the rest' });
  });

  test('of 30,000 lines with 200 bad ones', async () => {
    const lines = Array.from({ length: 30_000 }, (_, n) =>
      n % 150 === 0 ? 'email,bad' : `email,person-${n}@example.org`,
    );
    const answer = await upload(`channel,address\n${lines.join('\n')}\n`);
    expect(answer.body).toMatchObject({ read: 30_000, added: 29_800, standing: 0, bad: 200 });
    expect(answer.body.errors).toHaveLength(100);
  });

  test.each([
    ['', 'text/csv', 400, 'validation_failed'],
    ['name,address\n', 'text/csv', 400, 'validation_failed'],
    ['channel\nemail\n', 'text/csv', 400, 'validation_failed'],
    ['channel,address,address\n', 'text/csv', 400, 'validation_failed'],
    ['', 'application/x-ndjson', 400, 'validation_failed'],
    ['{}', 'application/json', 415, 'unsupported_media_type'],
  ])('%j as %s is refused', async (body, type, status, code) => {
    const answer = await upload(body, type);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });
});

/** Imports over HTTP, on a real Postgres: good lines kept, bad ones named, and every way in which an upload can end. */
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { gzipSync } from 'node:zlib';
import { eventually, type FaultProxy, startProxy } from '@carillon/testkit';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { allPages, freshKey, type PeopleApi, startPeopleApi } from './people.ts';

let api: PeopleApi;
let proxy: FaultProxy;
beforeAll(async () => {
  api = await startPeopleApi(async (databaseUrl) => {
    proxy = await startProxy({ target: databaseUrl });
    return proxy.url;
  });
});
afterAll(async () => {
  await api?.stop();
  await proxy?.close();
});

const person = async (externalId: string) => (await api.call('GET', `/v1/recipients/${externalId}`)).body;
const badLines = (id: string) => allPages(api, `/v1/imports/${id}/errors`, 3);

/** An upload whose end is ours to choose. */
function openUpload(key: string, query = 'format=csv') {
  const upload = httpRequest(`${api.url}/v1/imports?${query}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${api.key}`, 'Content-Type': 'text/csv', 'Idempotency-Key': key },
  });
  const answered = new Promise<{ status: number; body: Record<string, unknown> } | undefined>((resolve) => {
    upload.once('error', () => resolve(undefined));
    upload.once('response', async (response) => {
      let text = '';
      for await (const part of response) text += part;
      resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) });
    });
  });
  return { upload, answered };
}

async function importOf(externalId: string): Promise<string> {
  return eventually(
    async () => {
      await person(externalId).then((body) => expect(body.externalId).toBe(externalId));
      const { rows } = await api.database.pool.query<{ id: number }>('SELECT max(id) AS id FROM imports');
      return `imp_${rows[0]?.id}`;
    },
    { what: `the first rows of the import with ${externalId}` },
  );
}

const lines = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${prefix}-${index},+4915${String(100_000_000 + index)}\n`).join('');

describe('CSV', () => {
  test('keeps the good lines with audiences and attributes, and names every bad one', async () => {
    const file = Buffer.concat([
      Buffer.from(
        [
          '\ufeffexternalId,name,phone,zone,audiences,city,note',
          'c1,Ada,+4915123456001,Europe/Berlin,Staff; Berlin,Köln,"says ""hi"",\nand more"',
          'c2,Bob,0151/23456002,,Staff,,',
          '',
          ',Nobody,,,,,',
          'c3,X,not a phone,,,,',
          'c3,X,4915112345678,,,,',
          'c3,X,,Mars/Olympus,,,',
          'c3,X,,',
          'c3,X,,,,,,,',
          'c3,"X" Y,,,,,',
          'c3,X\u0000,,,,,',
          'c4,Lone,,,,,\r',
          '',
        ].join('\n'),
      ),
      Buffer.from([0x63, 0x33, 0x2c, 0xff, 10]),
      Buffer.from(`c3,${'x'.repeat(70_000)},,,,,\n`),
      Buffer.from(`c3,${'x'.repeat(201)},,,,,\nc5,,,,,,\nc6,"open,,,,,`),
    ]);
    const { status, body, headers } = await api.upload(file);
    expect(status).toBe(201);
    expect(body).toMatchObject({ state: 'completed', format: 'csv', rowsRead: 16, rowsKept: 4, rowsBad: 12 });
    expect(body.seconds).toBeGreaterThan(0);
    expect(headers.get('Location')).toBe(`/v1/imports/${body.id}`);
    expect((await badLines(body.id)).map(({ line, code, field }) => [line, code, field])).toEqual([
      [6, 'validation_failed', 'externalId'],
      [7, 'invalid_phone', 'phone'],
      [8, 'invalid_phone', 'phone'],
      [9, 'invalid_zone', 'zone'],
      [10, 'wrong_column_count', null],
      [11, 'wrong_column_count', null],
      [12, 'malformed_csv', null],
      [13, 'validation_failed', 'name'],
      [15, 'invalid_utf8', null],
      [16, 'line_too_long', null],
      [17, 'validation_failed', 'name'],
      [19, 'malformed_csv', null],
    ]);
    expect(await person('c1')).toMatchObject({
      name: 'Ada',
      phone: '+4915123456001',
      zone: 'Europe/Berlin',
      attributes: { city: 'Köln', note: 'says "hi",\nand more' },
    });
    expect(await person('c2')).toMatchObject({ phone: '+4915123456002', zone: null, attributes: {} });
    expect((await person('c3')).code).toBe('not_found');
    const audiences = await allPages(api, '/v1/audiences', 50);
    expect(audiences.map(({ name, members }) => [name, members])).toEqual(
      expect.arrayContaining([
        ['Staff', 2],
        ['Berlin', 1],
      ]),
    );
    expect(JSON.stringify(await badLines(body.id))).not.toContain('4915112345678');
  });

  test('a person who comes twice is kept as the last line says, and stays in the audiences of both', async () => {
    const { body } = await api.upload('externalId,phone,name,audiences\nt1,,First,One\nt1,,Second,Two\n', {
      query: 'format=csv&audience=All%3BEverybody',
    });
    expect(body).toMatchObject({ state: 'completed', rowsRead: 2, rowsKept: 2, rowsBad: 0 });
    expect((await person('t1')).name).toBe('Second');
    const audiences = await allPages(api, '/v1/audiences', 50);
    const ones = audiences.filter(({ name }) => ['One', 'Two', 'All', 'Everybody'].includes(name));
    expect(ones.map(({ members }) => members)).toEqual([1, 1, 1, 1]);
  });

  test('a control character by which the database is handed lists moves nobody’s values to others', async () => {
    const lines = [
      'x1\u001f,,Ann,,x1@example.org,',
      'x2,,B\u001fob,,x2@example.org,',
      'x3,,Cid,,x\u001f3@example.org,',
      'x4,,Dan,UTC\u001f,x4@example.org,',
      'x5,,Eve,UTC,x5@example.org,a\u001fb',
      'x6,,Fay,UTC,x6@example.org,',
    ];
    const { body } = await api.upload(`externalId,phone,name,zone,email,note\n${lines.join('\n')}\n`);
    expect(body.state).toBe('completed');
    const bad = await badLines(body.id);
    expect(bad.slice(0, 4).map(({ line, field }) => [line, field])).toEqual([
      [2, 'externalId'],
      [3, 'name'],
      [4, 'email'],
      [5, 'zone'],
    ]);
    expect(await person('x6')).toMatchObject({ name: 'Fay', zone: 'UTC', email: 'x6@example.org' });
  });

  test('only whom a line names joins an audience, whether all lines name it or some, and people come twice', async () => {
    const lines = ['u1,,Twice', 'u1,,Twice;Each of theirs', 'u2,,', 'u3,,Each of theirs'];
    await api.upload(`externalId,phone,audiences\n${lines.join('\n')}\n`, { query: 'format=csv' });
    await api.upload(`externalId,phone,audiences\nu4,,In all;In one\nu5,,In all\n`, { query: 'format=csv' });
    const audiences = await allPages(api, '/v1/audiences', 200);
    const members = new Map(audiences.map(({ name, members }) => [name, members]));
    expect(['Twice', 'Each of theirs', 'In all', 'In one'].map((name) => members.get(name))).toEqual([1, 2, 2, 1]);
  });

  test('so is everybody who comes again thousands of lines later, whichever lines are stored at the same time', async () => {
    const [people, rounds] = [5_000, 4];
    const file = Array.from(
      { length: people * rounds },
      (_, n) => `turn-${n % people},,Round ${Math.floor(n / people)}\n`,
    );
    const { body } = await api.upload(`externalId,phone,name\n${file.join('')}`);
    expect(body).toMatchObject({
      state: 'completed',
      rowsRead: people * rounds,
      rowsKept: people * rounds,
      rowsBad: 0,
    });
    const { rows } = await api.database.pool.query(
      `SELECT name, count(*)::int AS people FROM recipients WHERE external_id LIKE 'turn-%' GROUP BY name`,
    );
    expect(rows).toEqual([{ name: `Round ${rounds - 1}`, people }]);
  });

  test('replaces known people whole, brings deleted ones back, and writes the key that PUT writes', async () => {
    const put = await api.call('PUT', '/v1/recipients/r1', { phone: '+4915123456100', attributes: { old: 1 } });
    await api.call('PUT', '/v1/recipients/r2', { name: 'Gone' });
    await api.call('DELETE', '/v1/recipients/r2');
    await api.upload('externalId,phone\nr1,0151 23456101\nr2,+49 (151) 23456101\nr3,+49 151 23456100\n');
    expect(await person('r1')).toMatchObject({ id: put.body.id, phone: '+4915123456101', attributes: {} });
    expect(await person('r2')).toMatchObject({ name: null, phone: '+4915123456101' });
    await api.call('PUT', '/v1/recipients/r4', { phone: '+4915123456100' });
    const { rows } = await api.database.pool.query<{ key: string; people: string[] }>(
      `SELECT whatsapp_key AS key, array_agg(external_id ORDER BY external_id) AS people FROM recipients
       WHERE account_id = $1 AND external_id IN ('r1', 'r2', 'r3', 'r4') GROUP BY 1 ORDER BY 2`,
      [api.accountId],
    );
    expect(rows.map((row) => row.people)).toEqual([
      ['r1', 'r2'],
      ['r3', 'r4'],
    ]);
  });

  test('reads e-mail addresses, writes the key that PUT writes, and names those that are none', async () => {
    const file = [
      'externalId,email,name',
      'm1,Marie@Example.com,Marie',
      'm2, marie@example.COM ,Marie too',
      'm3,,Nobody',
      'm4,not an address,X',
      'm5,x@nowhere,X',
    ];
    const { body } = await api.upload(`${file.join('\n')}\n`);
    expect(body).toMatchObject({ state: 'completed', rowsKept: 3, rowsBad: 2 });
    expect((await badLines(body.id)).map(({ line, code, field }) => [line, code, field])).toEqual([
      [5, 'invalid_email', 'email'],
      [6, 'invalid_email', 'email'],
    ]);
    expect(JSON.stringify(await badLines(body.id))).not.toContain('nowhere');
    expect(await person('m1')).toMatchObject({ email: 'Marie@example.com', phone: null, attributes: {} });
    await api.call('PUT', '/v1/recipients/m6', { email: 'MARIE@example.com' });
    const json =
      '{"externalId":"m7","email":"Marie@EXAMPLE.com","attributes":{"a":1}}\n{"externalId":"m8","email":7}\n';
    const second = await api.upload(json, { query: 'format=ndjson' });
    expect(second.body).toMatchObject({ rowsKept: 1, rowsBad: 1 });
    const { rows } = await api.database.pool.query<{ people: string[] }>(
      `SELECT array_agg(external_id ORDER BY external_id) AS people FROM recipients
       WHERE account_id = $1 AND external_id ~ '^m[0-9]$' AND email_key IS NOT NULL GROUP BY email_key`,
      [api.accountId],
    );
    expect(rows).toEqual([{ people: ['m1', 'm2', 'm6', 'm7'] }]);
  });

  test('may be packed, and many chunks long', async () => {
    const file = gzipSync(`externalId,phone\n${lines('gz', 7_000)}`);
    const { body } = await api.upload(file, {
      headers: { 'Content-Encoding': 'gzip' },
      query: 'format=csv&audience=Packed',
    });
    expect(body).toMatchObject({ state: 'completed', rowsRead: 7_000, rowsKept: 7_000 });
    const audiences = await allPages(api, '/v1/audiences', 200);
    expect(audiences.find(({ name }) => name === 'Packed')?.members).toBe(7_000);
  });

  test('that is packed and damaged in the middle keeps what came before', async () => {
    const packed = gzipSync(`externalId,phone\n${lines('torn', 20_000)}`);
    const { body } = await api.upload(packed.subarray(0, packed.length - 20_000), {
      headers: { 'Content-Encoding': 'gzip' },
    });
    expect(body).toMatchObject({ state: 'interrupted', rowsBad: 1 });
    expect(body.rowsKept).toBeGreaterThan(0);
    expect((await badLines(body.id)).map(({ code }) => code)).toEqual(['invalid_compression']);
    expect((await person('torn-0')).externalId).toBe('torn-0');
  });
});

test('NDJSON keeps the good lines and names every bad one', async () => {
  const good = {
    externalId: 'n1',
    name: 'Ny',
    phone: '+4915123456200',
    audiences: ['Ndj', 'Two'],
    attributes: { a: 1 },
    vip: true,
  };
  const file = [
    JSON.stringify(good),
    '{"externalId":"n2","phone":null,"attributes":null,"extra":null}',
    '   ',
    '{"externalId":"n3"',
    '[1]',
    '"n3"',
    '{"phone":"+4915123456200"}',
    '{"externalId":7}',
    '{"externalId":"n3","phone":4915123456200}',
    '{"externalId":"n3","phone":"12"}',
    '{"externalId":"n3","zone":"Nowhere"}',
    '{"externalId":"n3","name":"a\\ud800"}',
    '{"externalId":"n3","x":"a\\u0000"}',
    '{"externalId":"n3","x":{"deep":1}}',
    '{"externalId":"n3","__proto__":{"deep":1}}',
    '{"externalId":"n3","attributes":[1]}',
    '{"externalId":"n3","attributes":{"a":1e999}}',
    '{"externalId":"n3","audiences":[7]}',
    '{"externalId":"n3","audiences":[""]}',
  ].join('\n');
  const { status, body } = await api.upload(file, { query: 'format=ndjson' });
  expect(status).toBe(201);
  expect(body).toMatchObject({ state: 'completed', format: 'ndjson', rowsRead: 18, rowsKept: 2, rowsBad: 16 });
  expect((await badLines(body.id)).map(({ line, code, field }) => [line, code, field])).toEqual([
    [4, 'malformed_json', null],
    [5, 'malformed_json', null],
    [6, 'malformed_json', null],
    [7, 'validation_failed', 'externalId'],
    [8, 'validation_failed', 'externalId'],
    [9, 'validation_failed', 'phone'],
    [10, 'invalid_phone', 'phone'],
    [11, 'invalid_zone', 'zone'],
    [12, 'validation_failed', 'name'],
    [13, 'validation_failed', 'x'],
    [14, 'validation_failed', 'x'],
    [15, 'validation_failed', '__proto__'],
    [16, 'validation_failed', 'attributes'],
    [17, 'validation_failed', 'a'],
    [18, 'validation_failed', 'audiences'],
    [19, 'validation_failed', 'audiences'],
  ]);
  expect(await person('n1')).toMatchObject({ name: 'Ny', phone: '+4915123456200', attributes: { a: 1, vip: true } });
  expect(await person('n2')).toMatchObject({ phone: null, attributes: {} });
});

describe('how an import ends', () => {
  test('a client that leaves in the middle leaves an interrupted import with what was kept', async () => {
    const { upload, answered } = openUpload(freshKey());
    upload.write(`externalId,phone\n${lines('left', 5_000)}left-torn,+4915`);
    const id = await importOf('left-0');
    expect((await api.call('GET', `/v1/imports/${id}`)).body.state).toBe('running');
    upload.destroy();
    await answered;
    const report = await eventually(async () => {
      const { body } = await api.call('GET', `/v1/imports/${id}`);
      return body.state !== 'running' && body;
    });
    expect(report).toMatchObject({ state: 'interrupted', rowsRead: 5_000, rowsKept: 5_000, rowsBad: 0 });
    expect(report.finishedAt).not.toBeNull();
    expect((await person('left-4999')).externalId).toBe('left-4999');
    expect((await person('left-torn')).code).toBe('not_found');
  });

  test('an upload is read no faster than it can be stored', async () => {
    const columns = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const values = columns.map(() => 'x'.repeat(1_000)).join(',');
    const rows = Array.from({ length: 4_000 }, (_, index) => `slow-${index},,${values}\n`);
    const file = `externalId,phone,${columns.join(',')}\n${rows.join('')}`;
    const blocker = await api.database.pool.connect();
    try {
      await blocker.query('BEGIN; LOCK TABLE recipients IN ACCESS EXCLUSIVE MODE');
      const { upload, answered } = openUpload(freshKey());
      let handedOver = 0;
      const feeding = (async () => {
        for (let start = 0; start < file.length; start += 65_536) {
          const part = file.slice(start, start + 65_536);
          if (!upload.write(part)) await once(upload, 'drain');
          handedOver += part.length;
        }
        upload.end();
      })();
      // Nothing is stored, so soon nothing is read: what has left this process stands still, far from the end.
      let last = -1;
      const sent = await eventually(
        () => {
          const before = last;
          last = handedOver;
          return last > 0 && last === before && last;
        },
        { everyMs: 500, what: 'an upload that stands still' },
      );
      expect(sent).toBeLessThan(file.length / 2);
      await blocker.query('ROLLBACK');
      await feeding;
      expect(await answered).toMatchObject({ status: 201, body: { rowsKept: rows.length } });
    } finally {
      await blocker.query('ROLLBACK');
      blocker.release();
    }
  });

  test('the same key answers with the same import, while it runs and afterwards, and another file is not read', async () => {
    const key = freshKey();
    const { upload, answered } = openUpload(key);
    upload.write(`externalId,phone\n${lines('once', 5_000)}`);
    const id = await importOf('once-0');
    const meanwhile = await api.upload('externalId,phone\nonce-other,\n', { key });
    expect(meanwhile).toMatchObject({ status: 200, body: { id, state: 'running' } });
    expect(meanwhile.headers.get('Idempotency-Replayed')).toBe('true');
    upload.end();
    const first = await answered;
    expect(first).toMatchObject({ status: 201, body: { id, state: 'completed', rowsKept: 5_000 } });

    const before = await api.countRows();
    const big = `externalId,phone\n${lines('once-again', 50_000)}`;
    expect(await api.upload(big, { key })).toMatchObject({ status: 200, body: first?.body });
    expect(await api.countRows()).toEqual(before);
    const otherQuery = await api.upload(big, { key, query: 'format=csv&audience=Other' });
    expect(otherQuery).toMatchObject({
      status: 422,
      body: { code: 'idempotency_key_reused', field: 'Idempotency-Key' },
    });
    expect(await api.countRows()).toEqual(before);
  });

  test('twenty clients with one key make one import', async () => {
    const key = freshKey();
    const before = await api.countRows();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => api.upload('externalId,phone\nrace,\n', { key, query: 'format=csv' })),
    );
    const ids = answers.flatMap(({ status, body }) => (status === 200 || status === 201 ? [body.id] : []));
    expect(new Set(ids).size).toBe(1);
    // More than a few at once are put off, and told so.
    for (const { status, headers } of answers.filter(({ status }) => status > 201)) {
      expect(status).toBe(429);
      expect(Number(headers.get('Retry-After'))).toBeGreaterThan(0);
    }
    const after = await api.countRows();
    expect([after.imports, after.recipients]).toEqual([(before.imports ?? 0) + 1, (before.recipients ?? 0) + 1]);
  });

  test('an import whose api was killed is found interrupted, at once', async () => {
    const { rows } = await api.database.pool.query<{ id: number }>(
      `INSERT INTO imports (account_id, format) VALUES ($1, 'csv') RETURNING id`,
      [api.accountId],
    );
    const { body } = await api.call('GET', `/v1/imports/imp_${rows[0]?.id}`);
    expect(body).toMatchObject({ state: 'interrupted', finishedAt: expect.any(String) });
  });

  test('a database that goes away in the middle ends it, the client is told, and what was committed stays', async () => {
    const { upload, answered } = openUpload(freshKey());
    upload.write(`externalId,phone\n${lines('cut', 5_000)}`);
    const id = await importOf('cut-0');
    proxy.setMode('reset');
    proxy.resetAll();
    upload.write(lines('cut-late', 5_000));
    upload.end();
    expect(await answered).toMatchObject({ status: 503, body: { code: 'unknown_outcome' } });
    proxy.setMode('pass');
    const report = await eventually(async () => {
      const { status, body } = await api.call('GET', `/v1/imports/${id}`);
      return status === 200 && body;
    });
    expect(['interrupted', 'failed']).toContain(report.state);
    const { rows } = await api.database.pool.query<{ kept: number }>(
      `SELECT count(*)::int AS kept FROM recipients WHERE external_id LIKE 'cut-%'`,
    );
    expect(report.rowsKept).toBe(rows[0]?.kept);
    expect(report.rowsKept).toBeGreaterThan(0);
  });
});

test("another account's imports are not found", async () => {
  const { body } = await api.upload('externalId,phone\nprivate,\n');
  const other = await api.asOther();
  expect((await other.call('GET', `/v1/imports/${body.id}`)).body.code).toBe('not_found');
  expect((await other.call('GET', `/v1/imports/${body.id}/errors`)).body.code).toBe('not_found');
});

describe('refused as a whole, with nothing written', () => {
  const key = freshKey();
  const head = 'externalId,phone\n';
  test.each<[string, string | Buffer, Parameters<PeopleApi['upload']>[1], number, string, string]>([
    ['no format', head, { query: '' }, 400, 'validation_failed', 'format'],
    ['an unknown format', head, { query: 'format=xml' }, 400, 'validation_failed', 'format'],
    ['an unknown parameter', head, { query: 'format=csv&x=1' }, 400, 'validation_failed', 'x'],
    ['a bad audience name', head, { query: 'format=csv&audience=a%0Ab' }, 400, 'validation_failed', 'audience'],
    [
      'too many audiences',
      head,
      { query: `format=csv&audience=${Array.from({ length: 21 }, (_, i) => i).join(';')}` },
      400,
      'validation_failed',
      'audience',
    ],
    ['JSON', '{}', { type: 'application/json' }, 415, 'unsupported_media_type', 'Content-Type'],
    [
      'NDJSON as CSV',
      '{}',
      { query: 'format=csv', type: 'application/x-ndjson' },
      415,
      'unsupported_media_type',
      'Content-Type',
    ],
    ['another charset', head, { type: 'text/csv; charset=latin1' }, 415, 'unsupported_media_type', 'Content-Type'],
    [
      'an unknown packing',
      head,
      { headers: { 'Content-Encoding': 'br' } },
      415,
      'unsupported_media_type',
      'Content-Encoding',
    ],
    ['gzip that is none', head, { headers: { 'Content-Encoding': 'gzip' } }, 400, 'validation_failed', 'body'],
    ['an empty key', head, { key: '' }, 400, 'idempotency_key_invalid', 'Idempotency-Key'],
    ['a key too long', head, { key: 'k'.repeat(256) }, 400, 'idempotency_key_invalid', 'Idempotency-Key'],
    ['an empty file', '', { key }, 400, 'validation_failed', 'body'],
    ['blank lines only', '\n\r\n\n', {}, 400, 'validation_failed', 'body'],
    ['an empty NDJSON file', '\n', { query: 'format=ndjson' }, 400, 'validation_failed', 'body'],
    ['no column externalId', 'id,phone\n1,\n', {}, 400, 'validation_failed', 'externalId'],
    ['neither column phone nor email', 'externalId,name\n1,a\n', {}, 400, 'validation_failed', 'phone'],
    ['semicolons', 'externalId;phone\n1;\n', {}, 400, 'validation_failed', 'externalId'],
    ['a column twice', 'externalId,phone,a,a\n', {}, 400, 'validation_failed', 'a'],
    ['a column without a name', 'externalId,phone,\n', {}, 400, 'validation_failed', 'body'],
    ['a column __proto__', 'externalId,phone,__proto__\n', {}, 400, 'validation_failed', '__proto__'],
    [
      'too many columns',
      `externalId,phone,${Array.from({ length: 51 }, (_, i) => `a${i}`).join()}\n`,
      {},
      400,
      'validation_failed',
      'attributes',
    ],
    ['a header that is not UTF-8', Buffer.from([0xff, 0x2c, 0x61, 10]), {}, 400, 'validation_failed', 'body'],
    ['a header without end', 'x'.repeat(100_000), {}, 400, 'validation_failed', 'body'],
    ['a header with an open quote', 'externalId,"phone\n', {}, 400, 'validation_failed', 'body'],
    ['UTF-16', Buffer.from('externalId,phone\n1,\n', 'utf16le'), {}, 400, 'validation_failed', 'externalId'],
  ])('%s', async (_name, file, options, status, code, field) => {
    const before = await api.countRows();
    const answer = await api.upload(file, options);
    expect(answer).toMatchObject({ status, body: { code, field } });
    expect(await api.countRows()).toEqual(before);
  });

  test('and its key is still unused', async () => {
    expect((await api.upload(`${head}unused-key,\n`, { key })).status).toBe(201);
  });

  test.each([
    ['/v1/imports/7', 400, 'invalid_id', 'id'],
    ['/v1/imports/imp_999999', 404, 'not_found', 'id'],
    ['/v1/imports/imp_999999/errors', 404, 'not_found', 'id'],
    ['/v1/imports/imp_1/errors?cursor=x', 400, 'invalid_cursor', 'cursor'],
  ])('GET %s', async (path, status, code, field) => {
    expect(await api.call('GET', path)).toMatchObject({ status, body: { code, field } });
  });
});

/** Stored templates over HTTP: versions that never change, names, and rendering; and jobs that are made of them. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Answer, countRows, freshKey, jobBody, postJob, send, startApi, type TestApi } from './harness.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(async () => {
  await api?.stop();
});

function call(method: string, path: string, body?: unknown, key: string = freshKey()): Promise<Answer> {
  return send(api.url, method, path, {
    key: api.first.key,
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

const canteen = (text = 'Dear {{name}}, the canteen opens at {{hour}}.') => ({
  name: `Canteen ${freshKey()}`,
  channel: 'whatsapp',
  content: { text, defaults: { hour: 'eleven' } },
});

describe('storing', () => {
  test('a template, its next versions, and the same once more', async () => {
    const body = canteen();
    const key = freshKey();
    const created = await call('POST', '/v1/templates', body, key);
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({ ...body, version: 1, variables: ['name'] });
    expect(created.headers.get('Location')).toBe(`/v1/templates/${created.body.id}`);
    const replayed = await call('POST', '/v1/templates', body, key);
    expect([replayed.body, replayed.headers.get('Idempotency-Replayed')]).toEqual([created.body, 'true']);

    const path = `/v1/templates/${created.body.id}`;
    const second = await call('PUT', path, { content: { text: 'Closed today.' }, version: 1 });
    expect(second.body).toMatchObject({ version: 2, content: { text: 'Closed today.' }, variables: [] });
    expect((await call('PUT', path, { content: { text: 'Closed today.' } })).body.version).toBe(2);
    const late = await call('PUT', path, { content: { text: 'Open today.' }, version: 1 });
    expect([late.status, late.body.code, late.body.version]).toEqual([409, 'version_conflict', 2]);

    const versions = await call('GET', `${path}/versions`);
    expect(versions.body.data.map((one: { version: number }) => one.version)).toEqual([2, 1]);
    const first = await call('GET', `${path}/versions/1`);
    expect(first.body).toMatchObject({ template: created.body.id, version: 1, content: body.content });
    const { rows } = await api.direct.pool.query('SELECT action FROM audit_entries WHERE subject = $1 ORDER BY id', [
      created.body.id,
    ]);
    expect(rows.map(({ action }) => action)).toEqual(['template.create', 'template.change']);
  });

  test('a name once, until it is deleted; by any number of requests at once', async () => {
    const body = canteen();
    const answers = await Promise.all(Array.from({ length: 6 }, () => call('POST', '/v1/templates', body)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
    expect(answers.filter(({ status }) => status === 409).every((one) => one.body.code === 'name_taken')).toBe(true);
    const id = answers.find(({ status }) => status === 201)?.body.id;
    expect((await call('DELETE', `/v1/templates/${id}`)).status).toBe(204);
    expect((await call('GET', `/v1/templates/${id}`)).status).toBe(404);
    expect((await call('POST', '/v1/templates', body)).status).toBe(201);
  });

  test('changes at the same moment make versions one after the other', async () => {
    const { body } = await call('POST', '/v1/templates', canteen());
    const put = (n: number) => call('PUT', `/v1/templates/${body.id}`, { content: { text: `Text ${n}` } });
    const answers = await Promise.all([1, 2, 3, 4, 5].map(put));
    expect(answers.map((one) => one.body.version).sort()).toEqual([2, 3, 4, 5, 6]);
  });

  test('lists by channel, page by page; another account sees none', async () => {
    const email = { name: freshKey(), channel: 'email', content: { subject: 'Hi {{name}}', html: '<p>{{name}}</p>' } };
    const { body } = await call('POST', '/v1/templates', email);
    const list = await call('GET', '/v1/templates?channel=email');
    expect(list.body.data).toEqual([body]);
    const page = await call('GET', '/v1/templates?limit=1');
    expect(page.body.data).toHaveLength(1);
    expect((await call('GET', `/v1/templates?limit=1&cursor=${page.body.nextCursor}`)).body.data).toHaveLength(1);
    const other = await send(api.url, 'GET', '/v1/templates', { key: api.second.key });
    expect(other.body.data).toEqual([]);
    for (const path of ['', '/versions', '/versions/1']) {
      const foreign = await send(api.url, 'GET', `/v1/templates/${body.id}${path}`, { key: api.second.key });
      expect([foreign.status, foreign.body.code]).toEqual([404, 'not_found']);
    }
  });
});

test('rendering: for values, for a recipient, and what is missing', async () => {
  await api.direct.pool.query(
    `UPDATE recipients SET attributes = '{"city": "Bonn & Köln"}' WHERE external_id = 'person-1'`,
  );
  const { body } = await call('POST', '/v1/templates', {
    name: freshKey(),
    channel: 'email',
    content: { subject: '{{city}}', text: '{{name}}', html: '<b>{{city}}</b>' },
  });
  const preview = (asked: unknown) => call('POST', `/v1/templates/${body.id}/preview`, asked);
  expect((await preview({})).body).toEqual({ version: 1, content: null, missing: ['city', 'name'] });
  expect((await preview({ recipient: 'person-1' })).body.content).toMatchObject({
    subject: 'Bonn & Köln',
    html: '<b>Bonn &amp; Köln</b>',
    text: 'Person 1',
  });
  const both = await preview({ recipient: 'person-1', values: { city: 'Ulm' } });
  expect(both.body.content).toMatchObject({ subject: 'Ulm', text: 'Person 1' });
  expect((await preview({ recipient: 'nobody' })).body.code).toBe('unknown_recipient');
  expect((await preview({ version: 9 })).body).toMatchObject({ code: 'unknown_template', field: 'version' });
});

describe('jobs of a template', () => {
  test('keep what they took, with its version, whatever becomes of it', async () => {
    const { body: template } = await call('POST', '/v1/templates', canteen());
    const content = { storedTemplate: { name: template.name }, defaults: { name: 'colleague' } };
    const { status, body: job } = await postJob(api.url, api.first, jobBody({ content }));
    expect(status).toBe(201);
    const expected = {
      text: template.content.text,
      defaults: { hour: 'eleven', name: 'colleague' },
      storedTemplate: { id: template.id, version: 1 },
    };
    expect(job.content).toEqual(expected);
    await call('PUT', `/v1/templates/${template.id}`, { content: { text: 'Other' } });
    const old = await postJob(
      api.url,
      api.first,
      jobBody({ content: { storedTemplate: { id: template.id, version: 1 } } }),
    );
    expect(old.body.content.text).toBe(template.content.text);
    await call('DELETE', `/v1/templates/${template.id}`);
    const read = await send(api.url, 'GET', `/v1/jobs/${job.id}`, { key: api.first.key });
    expect(read.body.content).toEqual(expected);
  });
});

describe('refused, with nothing written', () => {
  const CASES: readonly (readonly [string, number, string, string, unknown])[] = [
    ['no name', 400, 'validation_failed', 'name', { channel: 'whatsapp', content: { text: 'a' } }],
    ['an unknown channel', 400, 'validation_failed', 'channel', { name: 'x', channel: 'fax', content: { text: 'a' } }],
    ['nothing said', 400, 'validation_failed', 'content', { name: 'x', channel: 'whatsapp', content: {} }],
    [
      'a variable that is not closed',
      400,
      'validation_failed',
      'content.text',
      { name: 'x', channel: 'whatsapp', content: { text: 'Dear {{name' } },
    ],
    [
      'a template of a template',
      400,
      'validation_failed',
      'content.storedTemplate',
      { name: 'x', channel: 'whatsapp', content: { storedTemplate: { name: 'y' } } },
    ],
    [
      'an e-mail without subject',
      400,
      'validation_failed',
      'content.subject',
      { name: 'x', channel: 'email', content: { text: 'a' } },
    ],
  ];
  test.each(CASES)('%s', async (_, status, code, field, body) => {
    const before = await countRows(api.direct);
    const answer = await call('POST', '/v1/templates', body);
    expect({ status: answer.status, code: answer.body.code, field: answer.body.field }).toEqual({
      status,
      code,
      field,
    });
    expect(await countRows(api.direct)).toEqual(before);
  });

  test.each([
    [{ name: 'No such' }, 'content.storedTemplate.name'],
    [{ id: 'tpl_999999' }, 'content.storedTemplate.id'],
  ])('a job of %p', async (storedTemplate, field) => {
    const answer = await postJob(api.url, api.first, jobBody({ content: { storedTemplate } }));
    expect([answer.status, answer.body.code, answer.body.field]).toEqual([422, 'unknown_template', field]);
  });

  test('a job of a template for another channel, of a version it never had, or of another account', async () => {
    const { body } = await call('POST', '/v1/templates', {
      name: freshKey(),
      channel: 'email',
      content: { subject: 'a', text: 'b' },
    });
    const refused = async (storedTemplate: unknown, account = api.first) =>
      (await postJob(api.url, account, jobBody({ content: { storedTemplate } }))).body;
    expect(await refused({ id: body.id })).toMatchObject({
      code: 'unknown_template',
      field: 'content.storedTemplate.id',
    });
    expect(await refused({ id: body.id, version: 4 })).toMatchObject({ field: 'content.storedTemplate.version' });
    expect(await refused({ id: body.id }, api.second)).toMatchObject({ detail: 'There is no template with this id.' });
  });
});

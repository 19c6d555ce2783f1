/** Audiences and their members over HTTP, on a real Postgres. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { allPages, type PeopleApi, startPeopleApi } from './people.ts';

let api: PeopleApi;
beforeAll(async () => {
  api = await startPeopleApi();
  const lines = Array.from({ length: 10_000 }, (_, index) => `p${index},`);
  await api.upload(`externalId,phone\n${lines.join('\n')}\n`);
}, 120_000);
afterAll(async () => {
  await api?.stop();
});

async function makeAudience(name: string): Promise<string> {
  return (await api.call('POST', '/v1/audiences', { name })).body.id;
}

async function memberIds(audience: string): Promise<string[]> {
  return (await allPages(api, `/v1/audiences/${audience}/members`, 200)).map((row) => row.externalId);
}

test('an audience is made once by its name, read, listed and deleted', async () => {
  const created = await api.call('POST', '/v1/audiences', { name: 'Staff' });
  expect(created).toMatchObject({
    status: 201,
    body: { id: expect.stringMatching(/^aud_/), name: 'Staff', members: 0 },
  });
  const again = await api.call('POST', '/v1/audiences', { name: 'Staff' });
  expect(again).toMatchObject({ status: 200, body: { id: created.body.id } });
  for (const name of ['A', 'B', 'C']) await makeAudience(name);
  const listed = (await allPages(api, '/v1/audiences', 2)).map((audience) => audience.name);
  expect(listed).toEqual(expect.arrayContaining(['Staff', 'A', 'B', 'C']));

  await api.call('POST', `/v1/audiences/${created.body.id}/members`, { add: ['p1', 'p2'] });
  expect((await api.call('DELETE', `/v1/audiences/${created.body.id}`)).status).toBe(204);
  expect((await api.call('GET', `/v1/audiences/${created.body.id}`)).status).toBe(404);
  const { rows } = await api.database.pool.query('SELECT FROM audience_members WHERE account_id = $1', [api.accountId]);
  expect(rows).toHaveLength(0);
  expect((await api.call('GET', '/v1/recipients/p1')).status).toBe(200);
});

test('members are added and removed one by one, and repeating it changes nothing', async () => {
  const id = await makeAudience('one by one');
  for (const member of ['p3', 'p1', 'p3']) {
    expect((await api.call('PUT', `/v1/audiences/${id}/members/${member}`)).status).toBe(204);
  }
  expect(await memberIds(id)).toEqual(['p1', 'p3']);
  expect((await api.call('DELETE', `/v1/audiences/${id}/members/p3`)).status).toBe(204);
  expect((await api.call('DELETE', `/v1/audiences/${id}/members/p3`)).status).toBe(204);
  expect(await memberIds(id)).toEqual(['p1']);
});

test('10,000 members change at once', async () => {
  const id = await makeAudience('many');
  const everyone = Array.from({ length: 10_000 }, (_, index) => `p${index}`);
  const added = await api.call('POST', `/v1/audiences/${id}/members`, { add: everyone });
  expect(added).toMatchObject({ status: 200, body: { added: 10_000, removed: 0 } });
  const mixed = await api.call('POST', `/v1/audiences/${id}/members`, { add: ['p5'], remove: everyone.slice(10) });
  expect(mixed.body).toEqual({ added: 0, removed: 9_990 });
  expect((await api.call('GET', `/v1/audiences/${id}`)).body.members).toBe(10);
});

test('unknown recipients are named, and nothing changes', async () => {
  const id = await makeAudience('unknown');
  await api.call('PUT', `/v1/audiences/${id}/members/p1`);
  const answer = await api.call('POST', `/v1/audiences/${id}/members`, {
    add: ['p2', 'nobody', 'p3'],
    remove: ['p1', 'nobody too'],
  });
  expect(answer).toMatchObject({ status: 422, body: { code: 'unknown_recipient', field: 'add[1]' } });
  expect(answer.body.errors).toMatchObject([
    { field: 'add[1]', detail: expect.stringContaining('"nobody"') },
    { field: 'remove[1]', detail: expect.stringContaining('"nobody too"') },
  ]);
  expect(await memberIds(id)).toEqual(['p1']);
});

test("another account's audiences and recipients are not found", async () => {
  const id = await makeAudience('private');
  const other = await api.asOther();
  await other.call('PUT', '/v1/recipients/stranger', {});
  for (const [method, path, body] of [
    ['GET', `/v1/audiences/${id}`],
    ['DELETE', `/v1/audiences/${id}`],
    ['GET', `/v1/audiences/${id}/members`],
    ['PUT', `/v1/audiences/${id}/members/stranger`],
    ['POST', `/v1/audiences/${id}/members`, { add: ['stranger'] }],
  ] as const) {
    expect(await other.call(method, path, body)).toMatchObject({
      status: 404,
      body: { code: 'not_found', field: 'id' },
    });
  }
  expect((await api.call('PUT', `/v1/audiences/${id}/members/stranger`)).body.code).toBe('unknown_recipient');
  expect((await other.call('POST', '/v1/audiences', { name: 'private' })).body.id).not.toBe(id);
});

test.each([
  ['no name', 'POST', '/v1/audiences', {}, 400, 'validation_failed', 'name'],
  ['an empty name', 'POST', '/v1/audiences', { name: '' }, 400, 'validation_failed', 'name'],
  ['a name with a line break', 'POST', '/v1/audiences', { name: 'a\nb' }, 400, 'validation_failed', 'name'],
  ['no change', 'POST', '/v1/audiences/aud_1/members', {}, 400, 'validation_failed', 'add'],
  ['an id that is a number', 'POST', '/v1/audiences/aud_1/members', { add: [7] }, 400, 'validation_failed', 'add[0]'],
  [
    'both',
    'POST',
    '/v1/audiences/aud_1/members',
    { add: ['a'], remove: ['b', 'a'] },
    400,
    'validation_failed',
    'remove[1]',
  ],
  [
    'too many',
    'POST',
    '/v1/audiences/aud_1/members',
    { add: Array(10_001).fill('a') },
    400,
    'validation_failed',
    'add',
  ],
  ['a bare number', 'GET', '/v1/audiences/7', undefined, 400, 'invalid_id', 'id'],
  ['a job id', 'GET', '/v1/audiences/job_7', undefined, 400, 'invalid_id', 'id'],
  ['an unknown audience', 'DELETE', '/v1/audiences/aud_999999', undefined, 404, 'not_found', 'id'],
])('refused: %s', async (_name, method, path, body, status, code, field) => {
  const before = await api.countRows();
  expect(await api.call(method, path, body)).toMatchObject({ status, body: { code, field } });
  expect(await api.countRows()).toEqual(before);
});

/** Webhooks and events over HTTP: endpoints and their secrets, URLs that are refused, isolation, rotation and replay. */

import { deriveKey } from '@carillon/core';
import { createApiKey, findProvider, tell } from '@carillon/db';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Answer, countRows, freshKey, SECRET, send, startApi, type TestAccount, type TestApi } from './harness.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi(undefined, { targets: { allowPrivate: false, allowHttp: false } });
});
afterAll(async () => {
  await api?.stop();
});

const call = (method: string, path: string, body?: unknown, account: { key: string } = api.first): Promise<Answer> =>
  send(api.url, method, path, {
    key: account.key,
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': freshKey() },
    body: body === undefined ? undefined : JSON.stringify(body),
  });

const url = 'https://example.com/hooks';
const create = (parts: Record<string, unknown> = {}, account: TestAccount = api.first): Promise<Answer> =>
  call('POST', '/v1/webhooks', { url, events: ['*'], ...parts }, account);

/** What a sender signs with. */
async function secretsOf(id: string): Promise<readonly string[]> {
  const provider = await findProvider(api.direct.pool, deriveKey(SECRET, 'provider'), Number(id.slice(4)));
  if (provider?.channel !== 'webhook') throw new Error(`${id} is no endpoint`);
  return provider.secrets;
}

describe('endpoints', () => {
  test('are created with a secret that is shown once, read, listed, changed and deleted', async () => {
    const made = await create({ events: ['run.completed', 'run.completed'], description: 'Intranet' });
    expect(made.status).toBe(201);
    const { secret, ...endpoint } = made.body;
    expect(Buffer.from(secret.replace(/^whsec_/, ''), 'base64')).toHaveLength(32);
    expect(endpoint).toMatchObject({ url, events: ['run.completed'], description: 'Intranet', enabled: true });
    expect(made.headers.get('Location')).toBe(`/v1/webhooks/${endpoint.id}`);
    expect((await call('GET', `/v1/webhooks/${endpoint.id}`)).body).toEqual(endpoint);
    expect((await call('GET', '/v1/webhooks')).body.data).toEqual([endpoint]);
    const changed = await call('PATCH', `/v1/webhooks/${endpoint.id}`, { events: ['*', 'run.paused'], enabled: false });
    expect(changed.body).toMatchObject({ url, events: ['*'], description: 'Intranet', enabled: false });
    expect(changed.body.disabledReason).toMatch(/^by key_\d+$/);
    const again = await call('PATCH', `/v1/webhooks/${endpoint.id}`, { enabled: true });
    expect(again.body).toMatchObject({ enabled: true, disabledAt: null, disabledReason: null });
    expect(await secretsOf(endpoint.id)).toEqual([secret]);
    expect((await call('DELETE', `/v1/webhooks/${endpoint.id}`)).status).toBe(204);
    for (const method of ['GET', 'DELETE'])
      expect((await call(method, `/v1/webhooks/${endpoint.id}`)).status).toBe(404);
    expect((await call('GET', '/v1/webhooks')).body.data).toEqual([]);
    expect(await secretsOf(endpoint.id)).toEqual([]);
    const { rows } = await api.direct.pool.query(
      'SELECT action, detail FROM audit_entries WHERE subject = $1 ORDER BY id',
      [endpoint.id],
    );
    expect(rows.map((row) => row.action)).toEqual([
      'webhook.create',
      'webhook.change',
      'webhook.change',
      'webhook.delete',
    ]);
    expect(JSON.stringify(rows)).not.toContain('whsec');
  });

  test('keep their secrets sealed', async () => {
    const { body } = await create();
    const { rows } = await api.direct.pool.query('SELECT settings::text AS text FROM provider_accounts');
    expect(rows.map((row) => row.text).join()).not.toContain(body.secret.slice(6, 30));
    await call('DELETE', `/v1/webhooks/${body.id}`);
  });

  test('are not shown among provider accounts', async () => {
    const { body } = await create();
    const { data } = (await call('GET', '/v1/providers')).body;
    expect(data.map((one: { channel: string }) => one.channel)).toEqual(['whatsapp']);
    expect((await call('GET', `/v1/providers/pvd_${body.id.slice(4)}`)).status).toBe(404);
    await call('DELETE', `/v1/webhooks/${body.id}`);
  });

  test('are at most twenty, also when they come at once', async () => {
    const answers = await Promise.all(Array.from({ length: 24 }, () => create({}, api.second)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(20);
    const refused = answers.filter(({ status }) => status !== 201);
    expect(refused.map(({ status, body }) => [status, body.code, body.field])).toEqual(
      Array(4).fill([409, 'invalid_state', 'url']),
    );
    const first = await call('GET', '/v1/webhooks?limit=15', undefined, api.second);
    const rest = await call('GET', `/v1/webhooks?limit=15&cursor=${first.body.nextCursor}`, undefined, api.second);
    expect([first.body.data.length, rest.body.data.length, rest.body.nextCursor]).toEqual([15, 5, null]);
    for (const { id } of [...first.body.data, ...rest.body.data]) {
      await call('DELETE', `/v1/webhooks/${id}`, undefined, api.second);
    }
  });

  test('need the role admin', async () => {
    const { key } = await createApiKey(api.direct.pool, { accountId: api.first.accountId, name: 'o', role: 'operate' });
    for (const [method, path] of [
      ['GET', '/v1/webhooks'],
      ['GET', '/v1/webhooks/whk_1'],
      ['POST', '/v1/webhooks'],
      ['PATCH', '/v1/webhooks/whk_1'],
      ['DELETE', '/v1/webhooks/whk_1'],
      ['POST', '/v1/webhooks/whk_1/rotate'],
      ['POST', '/v1/webhooks/whk_1/test'],
    ] as const) {
      const answer = await call(method, path, undefined, { key });
      expect([method, path, answer.status]).toEqual([method, path, 403]);
    }
  });
});

describe('URLs that lead into a private network are refused, and nothing is written', () => {
  const PRIVATE = [
    'http://169.254.169.254',
    'https://169.254.169.254/latest/meta-data',
    'https://[2002:a9fe:a9fe::]/',
    'https://[64:ff9b::a9fe:a9fe]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::1]/',
    'https://[fe81::]/',
    'https://[fd00::1]/',
    'https://0177.0.0.1/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://127.1/',
    'https://10.0.0.5:8443/hooks',
    'https://172.16.0.1/',
    'https://192.168.1.1/',
    'https://100.64.0.1/',
    'https://0.0.0.0/',
    'https://localhost/',
    'http://localhost:6379/',
    'https://LOCALHOST./',
    'https://printer/',
    'https://db.internal/',
    'https://router.local/',
    'https://①②⑦.0.0.1/',
  ];
  test.each(PRIVATE)('%s', async (private_) => {
    const before = await countRows(api.direct);
    const answer = await create({ url: private_ });
    expect([answer.status, answer.body.code, answer.body.field]).toEqual([400, 'private_target', 'url']);
    expect(answer.body.detail).toContain('ALLOW_PRIVATE_TARGETS');
    expect(await countRows(api.direct)).toEqual(before);
  });

  test.each([
    ['http://example.com/', 'It must begin with https://.'],
    ['https://user@example.com/', 'It must not hold a user name or a password.'],
    ['https://user:word@10.0.0.1/', 'It must not hold a user name or a password.'],
    ['ftp://example.com/', 'It must begin with https://.'],
    ['example.com', 'It must be a URL.'],
    ['https://', 'It must be a URL.'],
    ['javascript:alert(1)', 'It must begin with https://.'],
  ])('%s is no fit URL', async (unfit, detail) => {
    const answer = await create({ url: unfit });
    expect([answer.status, answer.body.code, answer.body.field]).toEqual([400, 'validation_failed', 'url']);
    expect(answer.body.detail).toBe(detail);
  });

  test('when they change too', async () => {
    const { body } = await create();
    const answer = await call('PATCH', `/v1/webhooks/${body.id}`, { url: 'https://127.0.0.1/' });
    expect([answer.status, answer.body.code, answer.body.field]).toEqual([400, 'private_target', 'url']);
    expect((await call('GET', `/v1/webhooks/${body.id}`)).body.url).toBe(url);
    await call('DELETE', `/v1/webhooks/${body.id}`);
  });
});

test.each([
  [{ events: [] }, 'events'],
  [{ events: ['run.exploded'] }, 'events[0]'],
  [{ events: ['webhook.test'] }, 'events[0]'],
  [{ events: 'run.completed' }, 'events'],
  [{ url: '' }, 'url'],
  [{ url: `https://example.com/${'x'.repeat(2_000)}` }, 'url'],
  [{ description: 'x'.repeat(501) }, 'description'],
  [{ secret: 'whsec_of_my_own' }, 'secret'],
])('a body with %j is refused', async (parts, field) => {
  const answer = await create(parts);
  expect([answer.status, answer.body.code, answer.body.field]).toEqual([400, 'validation_failed', field]);
});

describe('rotation', () => {
  const rotate = (id: string, overlapSeconds?: unknown) =>
    call('POST', `/v1/webhooks/${id}/rotate`, overlapSeconds === undefined ? {} : { overlapSeconds });

  test('lets both sign while they overlap, the newest first, and drops the old one after', async () => {
    const { body: made } = await create();
    const rotated = await rotate(made.id, 60);
    expect(rotated.status).toBe(200);
    expect(rotated.body.secret).not.toBe(made.secret);
    expect(await secretsOf(made.id)).toEqual([rotated.body.secret, made.secret]);
    await api.direct.pool.query(`UPDATE clock SET ahead = interval '61 seconds'`);
    try {
      expect(await secretsOf(made.id)).toEqual([rotated.body.secret]);
    } finally {
      await api.direct.pool.query(`UPDATE clock SET ahead = '0'`);
    }
    await call('DELETE', `/v1/webhooks/${made.id}`);
  });

  test('without an overlap ends all others at once, and a change in between keeps them', async () => {
    const { body: made } = await create();
    const second = (await rotate(made.id)).body.secret;
    await call('PATCH', `/v1/webhooks/${made.id}`, { description: 'later', events: ['run.paused'] });
    expect(await secretsOf(made.id)).toEqual([second, made.secret]);
    const third = (await rotate(made.id, 0)).body.secret;
    expect(await secretsOf(made.id)).toEqual([third]);
    await call('DELETE', `/v1/webhooks/${made.id}`);
  });

  test('never prolongs an overlap, and ends at five secrets', async () => {
    const { body: made } = await create();
    await rotate(made.id, 30);
    for (let turn = 0; turn < 3; turn += 1) expect((await rotate(made.id, 1_000)).status).toBe(200);
    const refused = await rotate(made.id);
    expect([refused.status, refused.body.code, refused.body.field]).toEqual([409, 'invalid_state', 'overlapSeconds']);
    await api.direct.pool.query(`UPDATE clock SET ahead = interval '31 seconds'`);
    try {
      expect(await secretsOf(made.id)).not.toContain(made.secret);
      expect(await secretsOf(made.id)).toHaveLength(4);
    } finally {
      await api.direct.pool.query(`UPDATE clock SET ahead = '0'`);
    }
    await call('DELETE', `/v1/webhooks/${made.id}`);
  });

  test.each([-1, 1.5, '60', 30 * 86_400 + 1])('by %j is refused', async (overlapSeconds) => {
    const answer = await rotate('whk_1', overlapSeconds);
    expect([answer.status, answer.body.field]).toEqual([400, 'overlapSeconds']);
  });
});

describe('events', () => {
  test('of a test are sent to that endpoint alone, once per key, and can be replayed with the same bytes', async () => {
    const { body: one } = await create({ events: ['run.paused'] });
    const { body: other } = await create();
    const key = freshKey();
    const headers = { 'Idempotency-Key': key };
    const woken = api.woken.length;
    const asked = await send(api.url, 'POST', `/v1/webhooks/${one.id}/test`, { key: api.first.key, headers });
    expect([asked.status, asked.body.webhooks]).toEqual([202, [one.id]]);
    const replayed = await send(api.url, 'POST', `/v1/webhooks/${one.id}/test`, { key: api.first.key, headers });
    expect([replayed.body, replayed.headers.get('Idempotency-Replayed')]).toEqual([asked.body, 'true']);
    expect(api.woken.slice(woken)).toEqual(['webhook']);
    const event = (await call('GET', `/v1/events/${asked.body.event}`)).body;
    expect(event).toMatchObject({
      id: asked.body.event,
      type: 'webhook.test',
      subject: one.id,
      data: { webhook: one.id },
    });
    expect(event.notices).toMatchObject([{ webhook: one.id, state: 'scheduled', code: null, try: 0, attempts: 0 }]);
    // To all that take the type: the other one takes every type.
    const again = await call('POST', `/v1/events/${event.id}/replay`, {});
    expect([again.status, again.body]).toEqual([202, { event: event.id, webhooks: [other.id] }]);
    const named = await call('POST', `/v1/events/${event.id}/replay`, { endpoint: one.id });
    expect(named.body.webhooks).toEqual([one.id]);
    const { notices } = (await call('GET', `/v1/events/${event.id}`)).body;
    expect(notices.map((notice: { webhook: string }) => notice.webhook)).toEqual([one.id, other.id, one.id]);
    const { rows } = await api.direct.pool.query(
      `SELECT DISTINCT c.body FROM contents c JOIN jobs j ON j.account_id = c.account_id AND j.id = c.job_id
       WHERE j.kind = 'notice' AND j.event_id = $1`,
      [Number(event.id.slice(4))],
    );
    expect(rows).toHaveLength(1);
    const body = JSON.parse(rows[0].body.body);
    expect(body).toEqual({ type: 'webhook.test', timestamp: event.timestamp, data: event.data });
    expect(Object.keys(body)).toEqual(['type', 'timestamp', 'data']);
    for (const { id } of [one, other]) await call('DELETE', `/v1/webhooks/${id}`);
  });

  test('are listed by type and subject, the newest first, page by page', async () => {
    const { accountId } = api.first;
    for (let n = 1; n <= 3; n += 1) {
      await tell(api.direct.pool, { accountId, type: 'run.failures', subject: `run_90${n % 2}`, data: { failed: n } });
    }
    const list = async (query: string) => (await call('GET', `/v1/events?${query}`)).body;
    const all = await list('type=run.failures');
    expect(all.data.map((event: { data: object }) => event.data)).toEqual([
      { failed: 3 },
      { failed: 2 },
      { failed: 1 },
    ]);
    expect((await list('subject=run_901&type=run.failures')).data).toHaveLength(2);
    const first = await list('type=run.failures&limit=2');
    const rest = await list(`type=run.failures&limit=2&cursor=${first.nextCursor}`);
    expect([...first.data, ...rest.data]).toEqual(all.data);
    expect((await call('GET', `/v1/events?cursor=${first.nextCursor}`)).body.code).toBe('invalid_cursor');
    expect((await call('GET', '/v1/events?type=nonsense')).status).toBe(400);
  });

  test('cannot be sent to an endpoint that is switched off', async () => {
    const { body } = await create();
    const asked = await call('POST', `/v1/webhooks/${body.id}/test`);
    await call('PATCH', `/v1/webhooks/${body.id}`, { enabled: false });
    for (const [path, sent] of [
      [`/v1/webhooks/${body.id}/test`, undefined],
      [`/v1/events/${asked.body.event}/replay`, {}],
      [`/v1/events/${asked.body.event}/replay`, { endpoint: body.id }],
    ] as const) {
      const answer = await call('POST', path, sent);
      expect([path, answer.status, answer.body.code]).toEqual([path, 409, 'invalid_state']);
    }
    await call('DELETE', `/v1/webhooks/${body.id}`);
  });

  test('are replayed by the role operate and by none below', async () => {
    const { body } = await create();
    const asked = await call('POST', `/v1/webhooks/${body.id}/test`);
    for (const [role, status] of [
      ['operate', 202],
      ['write', 403],
    ] as const) {
      const { key } = await createApiKey(api.direct.pool, { accountId: api.first.accountId, name: role, role });
      expect((await call('POST', `/v1/events/${asked.body.event}/replay`, { endpoint: body.id }, { key })).status).toBe(
        status,
      );
    }
    await call('DELETE', `/v1/webhooks/${body.id}`);
  });

  test('notices are no jobs of any list', async () => {
    const jobs = (await call('GET', '/v1/jobs')).body.data;
    expect(jobs).toEqual([]);
    const { rows } = await api.direct.pool.query(`SELECT id FROM jobs WHERE kind = 'notice' LIMIT 1`);
    expect((await call('GET', `/v1/jobs/job_${rows[0].id}`)).status).toBe(404);
  });
});

test("another account's endpoints and events are neither seen nor touched", async () => {
  const { body: mine } = await create();
  const { event } = (await call('POST', `/v1/webhooks/${mine.id}/test`)).body;
  const { body: theirs } = await create({}, api.second);
  const routes = (webhook: string, ofEvent: string) =>
    [
      ['GET', `/v1/webhooks/${webhook}`, undefined],
      ['PATCH', `/v1/webhooks/${webhook}`, { description: 'taken' }],
      ['DELETE', `/v1/webhooks/${webhook}`, undefined],
      ['POST', `/v1/webhooks/${webhook}/rotate`, {}],
      ['POST', `/v1/webhooks/${webhook}/test`, undefined],
      ['GET', `/v1/events/${ofEvent}`, undefined],
      ['POST', `/v1/events/${ofEvent}/replay`, {}],
    ] as const;
  const unknown = routes('whk_999999999', 'evt_999999999');
  for (const [index, [method, path, body]] of routes(mine.id, event).entries()) {
    const foreign = await call(method, path, body, api.second);
    const none = await call(method, unknown[index]?.[1] ?? '', body, api.second);
    expect([path, foreign.status, foreign.body.detail]).toEqual([path, 404, none.body.detail]);
    expect(none.status).toBe(404);
  }
  expect((await call('GET', '/v1/events', undefined, api.second)).body.data).toEqual([]);
  const data = (await call('GET', '/v1/webhooks', undefined, api.second)).body.data;
  expect(data.map((one: { id: string }) => one.id)).toEqual([theirs.id]);
  const crossed = await call('POST', `/v1/events/${event}/replay`, { endpoint: theirs.id });
  expect([crossed.status, crossed.body.field]).toEqual([404, 'endpoint']);
  expect((await call('GET', `/v1/webhooks/${mine.id}`)).body).toMatchObject({ description: '', enabled: true });
});

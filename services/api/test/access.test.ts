/** Accounts, keys and provider accounts over HTTP: who may do what, what is shown, and what ends when. */

import { deriveKey } from '@carillon/core';
import { createAccount, createDatabase, type Database, findProvider } from '@carillon/db';
import { eventually } from '@carillon/testkit';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Answer, freshKey, jobBody, postJob, SECRET, send, serveApp, startApi, type TestApi } from './harness.ts';

let api: TestApi;
let system: Database;
let operatorKey: string;
beforeAll(async () => {
  api = await startApi();
  system = createDatabase({ url: api.databaseUrl, max: 2, applicationName: 'test-system', role: 'worker' });
  const created = await createAccount(system.pool, { name: 'operators', operator: true }, { actor: 'test' });
  operatorKey = created?.key ?? '';
});
afterAll(async () => {
  await system?.close();
  await api?.stop();
});

const call = (method: string, path: string, body?: unknown, key: string = api.first.key): Promise<Answer> =>
  send(api.url, method, path, {
    key,
    ...(body !== undefined && { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
  });

async function keyOf(role: string, more: object = {}): Promise<{ id: string; key: string }> {
  const { status, body } = await call('POST', '/v1/keys', { name: `a ${role}`, role, ...more });
  expect(status).toBe(201);
  return body;
}

const lastAudit = async (): Promise<Record<string, unknown>> =>
  (await call('GET', '/v1/audit?limit=1')).body.data[0] as Record<string, unknown>;

describe('accounts', () => {
  test('one reads and changes its own, by version', async () => {
    const before = (await call('GET', '/v1/account')).body;
    expect(before).toMatchObject({ name: 'first', country: 'DE', quietHours: null, operator: false });
    const changes = { zone: 'Europe/Paris', country: 'FR', quietHours: { from: '22:00', to: '07:00' } };
    const changed = await call('PATCH', '/v1/account', { version: before.version, ...changes });
    expect([changed.status, changed.body]).toMatchObject([200, { ...changes, version: before.version + 1 }]);
    expect((await call('GET', '/v1/account')).body).toEqual(changed.body);

    const late = await call('PATCH', '/v1/account', { version: before.version, zone: 'UTC' });
    expect([late.status, late.body.code, late.body.field]).toEqual([409, 'version_conflict', 'version']);
    const emptied = await call('PATCH', '/v1/account', {
      version: before.version + 1,
      quietHours: null,
      country: 'DE',
    });
    expect(emptied.body).toMatchObject({ quietHours: null, zone: 'Europe/Paris' });
    expect(await lastAudit()).toMatchObject({ action: 'account.change', actorName: 'test' });
  });

  test.each([
    [{ zone: 'Mars/Olympus' }, 'invalid_zone', 'zone'],
    [{ country: 'XX' }, 'validation_failed', 'country'],
    [{ quietHours: { from: '25:00', to: '07:00' } }, 'validation_failed', 'quietHours.from'],
    [{ quietHours: { from: '07:00', to: '07:00' } }, 'validation_failed', 'quietHours.to'],
    [{ colour: 'red' }, 'validation_failed', 'colour'],
    [{}, 'validation_failed', 'body'],
  ])('%j is refused', async (changes, code, field) => {
    const { status, body } = await call('PATCH', '/v1/account', { version: 1, ...changes });
    expect([status, body.code, body.field]).toEqual([400, code, field]);
  });

  test('names and limits are for operators, because a taken name tells who else is there', async () => {
    const { version } = (await call('GET', '/v1/account')).body;
    for (const changes of [{ name: 'second' }, { name: 'free' }, { requestsPerSecond: 5 }]) {
      const { status, body } = await call('PATCH', '/v1/account', { version, ...changes });
      expect([status, body.code]).toEqual([403, 'forbidden']);
    }
  });

  test('operators create and list them; nobody else does', async () => {
    for (const [method, body] of [
      ['GET', undefined],
      ['POST', { name: 'mine' }],
    ] as const) {
      expect((await call(method, '/v1/accounts', body)).body.code).toBe('forbidden');
    }
    const created = await call(
      'POST',
      '/v1/accounts',
      { name: 'third', zone: 'Asia/Tokyo', country: 'JP' },
      operatorKey,
    );
    expect([created.status, created.body.account]).toMatchObject([201, { name: 'third', operator: false }]);
    const { key } = created.body.key;
    expect((await call('GET', '/v1/account', undefined, key)).body).toEqual(created.body.account);
    const again = await call('POST', '/v1/accounts', { name: 'third' }, operatorKey);
    expect([again.status, again.body.code]).toEqual([409, 'name_taken']);

    const names: string[] = [];
    for (let path = '/v1/accounts?limit=2'; ; ) {
      const { body } = await call('GET', path, undefined, operatorKey);
      names.push(...body.data.map((account: { name: string }) => account.name));
      if (body.nextCursor === null) break;
      path = `/v1/accounts?limit=2&cursor=${body.nextCursor}`;
    }
    expect(names).toEqual(['first', 'second', 'operators', 'third']);
    // In both trails: whose it is, and who did it.
    for (const reader of [key, operatorKey]) {
      const { body } = await call('GET', '/v1/audit?action=account.create&limit=1', undefined, reader);
      expect(body.data[0]).toMatchObject({ subject: created.body.account.id, origin: '127.0.0.1' });
    }
  });
});

describe('keys', () => {
  test('are shown once, then only by their beginning', async () => {
    const made = await keyOf('write', { expiresAt: '2038-01-01T00:00:00+01:00' });
    expect(made).toMatchObject({ role: 'write', status: 'active', expiresAt: '2037-12-31T23:00:00.000Z' });
    expect(made.key).toMatch(/^ck_[A-Za-z0-9_-]{32}$/);
    const list = (await call('GET', '/v1/keys?limit=200')).body.data as Record<string, unknown>[];
    const { key, ...rest } = made;
    expect(list.at(-1)).toEqual(rest);
    expect(JSON.stringify(list)).not.toContain(key.slice(10));
  });

  test('each role may what the one before it may, and no more', async () => {
    const keys = Object.fromEntries(
      await Promise.all(['read', 'write', 'operate', 'admin'].map(async (role) => [role, (await keyOf(role)).key])),
    ) as Record<string, string>;
    const statuses = async (method: string, path: string, body?: unknown): Promise<number[]> =>
      Promise.all(Object.values(keys).map(async (key) => (await call(method, path, body, key)).status));
    expect(await statuses('GET', '/v1/jobs')).toEqual([200, 200, 200, 200]);
    await call('POST', '/v1/audiences', { name: 'x' });
    expect(await statuses('POST', '/v1/audiences', { name: 'x' })).toEqual([403, 200, 200, 200]);
    expect(await statuses('GET', '/v1/audit')).toEqual([403, 403, 200, 200]);
    expect(await statuses('GET', '/v1/keys')).toEqual([403, 403, 403, 200]);
    expect(await statuses('GET', '/v1/providers')).toEqual([403, 403, 403, 200]);
  });

  test('one that would end before it begins is refused', async () => {
    const { body } = await call('POST', '/v1/keys', { name: 'x', role: 'read', expiresAt: '2020-01-01T00:00:00Z' });
    expect([body.code, body.field]).toEqual(['moment_in_past', 'expiresAt']);
  });

  test('a rotated one ends at once, or after the overlap; the new one has its name, role and end', async () => {
    const old = await keyOf('read');
    const next = await call('POST', `/v1/keys/${old.id}/rotate`, {});
    expect(next.body).toMatchObject({ name: 'a read', role: 'read', rotatedFrom: old.id, expiresAt: null });
    expect((await call('GET', '/v1/jobs', undefined, next.body.key)).status).toBe(200);
    await eventually(async () => (await call('GET', '/v1/jobs', undefined, old.key)).status === 401, {
      timeoutMs: 1_000,
    });
    expect((await call('POST', `/v1/keys/${old.id}/rotate`, {})).body.code).toBe('invalid_state');

    const later = await call('POST', `/v1/keys/${next.body.id}/rotate`, { overlapSeconds: 1 });
    expect(later.status).toBe(201);
    expect((await call('GET', '/v1/jobs', undefined, next.body.key)).status).toBe(200);
    await eventually(async () => (await call('GET', '/v1/jobs', undefined, next.body.key)).status === 401, {
      timeoutMs: 3_000,
    });
    expect((await call('GET', '/v1/jobs', undefined, later.body.key)).status).toBe(200);
  });

  test('a revoked one is refused within a second by every process, whichever was asked', async () => {
    const other = await serveApp(api.databaseUrl);
    try {
      const { id, key } = await keyOf('read');
      const urls = [api.url, other.url];
      for (const url of urls) expect((await send(url, 'GET', '/v1/jobs', { key })).status).toBe(200);
      expect((await call('DELETE', `/v1/keys/${id}`)).status).toBe(204);
      const revokedMs = performance.now();
      for (const url of urls) {
        await eventually(async () => (await send(url, 'GET', '/v1/jobs', { key })).status === 401, { everyMs: 20 });
      }
      expect(performance.now() - revokedMs).toBeLessThan(1_000);
      expect((await call('DELETE', `/v1/keys/${id}`)).status).toBe(204);
    } finally {
      await other.stop();
    }
  });
});

describe('provider accounts', () => {
  const whatsapp = {
    channel: 'whatsapp',
    name: 'number two',
    settings: {
      baseUrl: 'https://graph.facebook.com/',
      apiVersion: 'v23.0',
      phoneNumberId: '106540352242922',
      accessToken: 'token-of-number-two',
      appSecret: 'app-secret-of-number-two',
      verifyToken: 'verify-of-number-two',
    },
  };
  const email = {
    channel: 'email',
    name: 'mail',
    messagesPerSecond: 20,
    dailyLimit: 5_000,
    settings: {
      host: 'smtp.example.com',
      user: 'u',
      password: 'mail-password',
      from: { address: 'news@bells.example' },
    },
  };
  const secretKey = deriveKey(SECRET, 'provider');

  test('take secrets and show none', async () => {
    for (const wanted of [whatsapp, email]) {
      const created = await call('POST', '/v1/providers', wanted);
      expect([created.status, created.body.enabled]).toEqual([201, true]);
      const read = await call('GET', `/v1/providers/${created.body.id}`);
      expect(read.body).toEqual(created.body);
      expect(JSON.stringify([created.body, (await call('GET', '/v1/providers')).body])).not.toMatch(
        /number-two|mail-password/,
      );
    }
    const list = (await call('GET', '/v1/providers')).body.data as Record<string, unknown>[];
    expect(list.at(-2)).toMatchObject({
      settings: { baseUrl: 'https://graph.facebook.com', apiVersion: 'v23.0', phoneNumberId: '106540352242922' },
      secrets: { accessToken: { set: true }, appSecret: { set: true }, verifyToken: { set: true } },
      messagesPerSecond: 80,
      dailyLimit: null,
    });
    expect(list.at(-1)).toMatchObject({
      settings: { host: 'smtp.example.com', port: 587, security: 'starttls', senders: [] },
      secrets: { password: { set: true } },
      messagesPerSecond: 20,
      dailyLimit: 5_000,
      callbackPath: null,
    });
    expect((await call('POST', '/v1/providers', email)).body.code).toBe('name_taken');
  });

  test('single fields change, and secrets stay; senders find what was stored', async () => {
    const { id } = (await call('POST', '/v1/providers', { ...whatsapp, name: 'changing' })).body;
    const changed = await call('PATCH', `/v1/providers/${id}`, {
      channel: 'whatsapp',
      messagesPerSecond: 7,
      settings: { accessToken: 'a-new-token' },
    });
    expect([changed.status, changed.body.messagesPerSecond]).toEqual([200, 7]);
    expect(await findProvider(api.direct.pool, secretKey, Number(id.slice(4)))).toEqual({
      ...whatsapp.settings,
      baseUrl: 'https://graph.facebook.com',
      accessToken: 'a-new-token',
      channel: 'whatsapp',
      id: Number(id.slice(4)),
      accountId: api.first.accountId,
      messagesPerSecond: 7,
    });
    expect(await lastAudit()).toMatchObject({
      action: 'provider.change',
      subject: id,
      detail: { fields: ['messagesPerSecond', 'accessToken'] },
    });
    const { rows } = await api.direct.pool.query('SELECT settings::text FROM provider_accounts');
    expect(JSON.stringify(rows)).not.toMatch(/number-two|a-new-token|mail-password/);
    const other = await call('PATCH', `/v1/providers/${id}`, { channel: 'email', settings: { port: 25 } });
    expect([other.status, other.body.field]).toEqual([400, 'channel']);
  });

  test('a disabled one is used by no new job, and pauses those that use it, until enabled', async () => {
    const { id } = (await call('POST', '/v1/providers', { ...whatsapp, name: 'ending' })).body;
    const trigger = { type: 'at', at: '2030-01-01T09:00:00Z' };
    const body = jobBody({ providerAccount: id, trigger, content: { text: 'Only of the ending number.' } });
    const job = await postJob(api.url, api.first, body, freshKey());
    expect([job.status, job.body.code]).toEqual([201, undefined]);
    expect((await call('DELETE', `/v1/providers/${id}`)).status).toBe(204);
    expect((await call('GET', `/v1/jobs/${job.body.id}`)).body.status).toBe('paused');
    const refused = await postJob(
      api.url,
      api.first,
      { ...body, content: { text: 'Another one, of another matter.' } },
      freshKey(),
    );
    expect([refused.status, refused.body.code]).toEqual([422, 'unknown_provider']);
    expect((await call('GET', `/v1/providers/${id}`)).body).toMatchObject({
      enabled: false,
      disabledReason: expect.stringMatching(/^by key_\d+$/),
    });
    const enabled = await call('PATCH', `/v1/providers/${id}`, { channel: 'whatsapp', enabled: true });
    expect(enabled.body).toMatchObject({ enabled: true, disabledAt: null, disabledReason: null });
  });

  test('may not name a private network where the installation forbids it', async () => {
    const strict = await startApi(undefined, { targets: { allowPrivate: false, allowHttp: false } });
    try {
      const post = async (body: unknown) =>
        (
          await send(strict.url, 'POST', '/v1/providers', {
            key: strict.first.key,
            headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify(body),
          })
        ).body;
      for (const baseUrl of [
        'https://127.0.0.1',
        'https://169.254.169.254',
        'https://[::1]',
        'https://redis.internal',
        'http://graph.facebook.com',
      ]) {
        const refused = await post({ ...whatsapp, settings: { ...whatsapp.settings, baseUrl } });
        expect([baseUrl, refused.code, refused.field]).toEqual([baseUrl, 'validation_failed', 'settings.baseUrl']);
      }
      for (const host of ['127.0.0.1', '10.0.0.8', '::1', 'localhost', 'postgres', '0x7f.1']) {
        const refused = await post({ ...email, settings: { ...email.settings, host } });
        expect([host, refused.code, refused.field]).toEqual([host, 'validation_failed', 'settings.host']);
      }
      expect((await post(email)).enabled).toBe(true);
    } finally {
      await strict.stop();
    }
  });
});

describe('the audit trail', () => {
  test('says who did what, when, from where and by which request, and is filtered', async () => {
    const from = new Date(Date.now() - 60_000).toISOString();
    const { id } = await keyOf('read');
    const revoked = await call('DELETE', `/v1/keys/${id}`);
    const { body } = await call('GET', `/v1/audit?subject=${id}&since=${from}`);
    expect(body.data.map((entry: { action: string }) => entry.action)).toEqual(['key.revoke', 'key.create']);
    expect(body.data[0]).toMatchObject({
      actor: expect.stringMatching(/^key_\d+$/),
      actorName: 'test',
      origin: '127.0.0.1',
      requestId: revoked.headers.get('X-Request-Id'),
    });
    const until = (await call('GET', `/v1/audit?subject=${id}&until=${from}`)).body.data;
    expect(until).toEqual([]);
    const all = (await call('GET', `/v1/audit?action=key.&actor=${body.data[0].actor}&limit=2`)).body;
    expect(all.data).toHaveLength(2);
    const next = await call(
      'GET',
      `/v1/audit?action=key.&actor=${body.data[0].actor}&limit=2&cursor=${all.nextCursor}`,
    );
    expect(Number(next.body.data[0].id.slice(4))).toBeLessThan(Number(all.data[1].id.slice(4)));
    expect((await call('GET', `/v1/audit?cursor=${all.nextCursor}`)).body.code).toBe('invalid_cursor');
    expect((await call('GET', '/v1/audit?since=yesterday')).body.code).toBe('invalid_instant');
  });

  test('a second account reads its own only', async () => {
    const { body } = await call('GET', '/v1/audit?limit=200', undefined, api.second.key);
    expect(body.data).toEqual([]);
  });
});

describe('limits of requests', () => {
  test('are told in the headers, and refused with the moment to come back', async () => {
    const limited = await startApi(undefined, { requestsPerSecond: 3 });
    try {
      const answers = await Promise.all(
        Array.from({ length: 12 }, () => send(limited.url, 'GET', '/v1/jobs', { key: limited.first.key })),
      );
      const refused = answers.filter(({ status }) => status === 429);
      // Two windows at most: the answers may lie on both sides of a border.
      expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(6);
      expect(refused.length).toBeGreaterThanOrEqual(6);
      expect(refused[0]?.body).toMatchObject({ code: 'too_many_requests', field: 'Authorization' });
      expect(refused[0]?.headers.get('Retry-After')).toBe('1');
      for (const { headers } of answers) {
        expect(headers.get('RateLimit-Limit')).toBe('3');
        expect(headers.get('RateLimit-Policy')).toBe('3;w=1');
        expect(headers.get('RateLimit-Reset')).toBe('1');
        expect(headers.get('RateLimit-Remaining')).toMatch(/^[0-2]$/);
      }
      const other = await send(limited.url, 'GET', '/v1/jobs', { key: limited.second.key });
      expect(other.status).toBe(200);
    } finally {
      await limited.stop();
    }
  });

  test("an account's own limit counts instead", async () => {
    await api.direct.pool.query('UPDATE accounts SET requests_per_second = 2 WHERE id = $1', [api.second.accountId]);
    const told = async () =>
      (await send(api.url, 'GET', '/v1/jobs', { key: api.second.key })).headers.get('RateLimit-Limit');
    await eventually(async () => (await told()) === '2', { timeoutMs: 2_000 });
  });
});

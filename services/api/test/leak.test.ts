/** What somebody finds who gets hold of the database: no API key and no secret of a provider, in no table and no form. */
import { createDatabase, providerSecretKey, putProvider } from '@carillon/db';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { freshKey, SECRET, send, startApi, type TestApi } from './harness.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(async () => {
  await api?.stop();
});

const call = (method: string, path: string, body?: unknown) =>
  send(api.url, method, path, {
    key: api.first.key,
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': freshKey() },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });

/** Every row of every table as text; bytes are hexadecimal. */
async function dump(): Promise<string> {
  const { rows: tables } = await api.direct.pool.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1`,
  );
  expect(tables.length).toBeGreaterThan(25);
  const parts: string[] = [];
  for (const { name } of tables) {
    const { rows } = await api.direct.pool.query<{ row: string }>(`SELECT t::text AS row FROM "${name}" t`);
    parts.push(...rows.map(({ row }) => `${name} ${row}`));
  }
  return parts.join('\n');
}

/** The secret as it is, and as careless hands would write it. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [secret, bytes.toString('hex'), bytes.toString('base64').replace(/=+$/, ''), bytes.toString('base64url')];
}

test('a dump of all tables holds no key and no secret', async () => {
  const secrets: string[] = [api.first.key, api.second.key];
  const hidden = (name: string): string => {
    const secret = `hidden-${name}-9f3c51`;
    secrets.push(secret);
    return secret;
  };
  const key = await call('POST', '/v1/keys', { name: 'portal', role: 'write' });
  const rotated = await call('POST', `/v1/keys/${key.body.id}/rotate`, { overlapSeconds: 60 });
  secrets.push(key.body.key, rotated.body.key);
  const whatsapp = await call('POST', '/v1/providers', {
    channel: 'whatsapp',
    name: 'number',
    settings: {
      baseUrl: 'https://graph.facebook.com',
      apiVersion: 'v23.0',
      phoneNumberId: '100',
      accessToken: hidden('token'),
      appSecret: hidden('app-secret'),
      verifyToken: hidden('verify'),
    },
  });
  const changed = await call('PATCH', `/v1/providers/${whatsapp.body.id}`, {
    channel: 'whatsapp',
    settings: { accessToken: hidden('new-token') },
  });
  const email = await call('POST', '/v1/providers', {
    channel: 'email',
    name: 'mail',
    settings: {
      host: 'smtp.example.com',
      user: 'u',
      password: hidden('password'),
      from: { address: 'news@bells.example' },
    },
  });
  expect([key, rotated, whatsapp, changed, email].map(({ status }) => status)).toEqual([201, 201, 201, 200, 201]);
  const system = createDatabase({ url: api.databaseUrl, max: 1, applicationName: 'test', role: 'worker' });
  try {
    await putProvider(system.pool, providerSecretKey(SECRET), {
      accountId: api.first.accountId,
      channel: 'webhook',
      name: 'endpoint',
      messagesPerSecond: 10,
      settings: { url: 'https://portal.example/hook', secrets: [{ secret: hidden('webhook') }] },
    });
  } finally {
    await system.close();
  }

  const text = await dump();
  // What is looked through is really there.
  for (const known of ['portal', 'smtp.example.com', 'https://portal.example/hook', 'key.rotate', key.body.prefix]) {
    expect(text).toContain(known);
  }
  const found = secrets.filter((secret) => formsOf(secret).some((form) => text.includes(form)));
  expect(found).toEqual([]);
  expect(secrets).toHaveLength(10);
});

test('the search itself finds what is not sealed', async () => {
  await api.direct.pool.query(`UPDATE accounts SET name = $1 WHERE id = $2`, [
    `x ${api.second.key}`,
    api.second.accountId,
  ]);
  const text = await dump();
  expect(formsOf(api.second.key).some((form) => text.includes(form))).toBe(true);
  expect(formsOf(api.first.key).some((form) => text.includes(form))).toBe(false);
});

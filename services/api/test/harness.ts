/** The app on a database of its own, listening, with two accounts that can send, for tests of jobs, runs and callbacks. */
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { deriveKey, encodeReference, type Reference } from '@carillon/core';
import { createApiKey, createDatabase, type Database } from '@carillon/db';
import { createRequestLimits } from '@carillon/queue';
import { createLogger, createMetrics, noTracing } from '@carillon/runtime';
import { createTestDatabase, SEEDED_PROVIDER, seedAccount, seedPeople, testRedis } from '@carillon/testkit';
import { createApp } from '../src/app.ts';
import type { ApiDependencies } from '../src/dependencies.ts';

export const SECRET = 'a secret for tests that is long enough';
const keys = {
  reference: deriveKey(SECRET, 'reference'),
  address: deriveKey(SECRET, 'address'),
  provider: deriveKey(SECRET, 'provider'),
  unsubscribe: deriveKey(SECRET, 'unsubscribe'),
  confirm: deriveKey(SECRET, 'confirm'),
};

/** Settings under which nothing is limited, and everything is local. */
export const TEST_SETTINGS: ApiDependencies['settings'] = {
  horizonMs: 300_000,
  similarity: { windowMs: 86_400_000, share: 0.5, text: 0.8 },
  requestsPerSecond: 1_000_000,
  targets: { allowPrivate: true, allowHttp: true },
  replyWords: { stop: ['STOP', 'ABMELDEN'], start: ['START'] },
  publicUrl: 'https://carillon.example.com',
  trustedProxies: [],
};

/** What came back; the body is parsed when it is JSON. */
export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly body: any;
  readonly headers: Headers;
}

/** An account with its key. */
export interface TestAccount {
  readonly accountId: number;
  readonly providerAccountId: number;
  readonly audienceId: number;
  readonly key: string;
}

export interface TestApi {
  readonly url: string;
  /** A way to the database that no fault of the app's own way touches. */
  readonly direct: Database;
  readonly databaseUrl: string;
  /** The app's own ways to the database, for tests that watch what it asks. */
  readonly database: Database;
  readonly system: Database;
  readonly first: TestAccount;
  readonly second: TestAccount;
  /** Channels that the app wanted to wake. */
  readonly woken: string[];
  metricsText(): Promise<string>;
  stop(): Promise<void>;
}

/** Creates the two accounts in a migrated database. */
export async function seedAccounts(db: Database): Promise<{ first: TestAccount; second: TestAccount }> {
  const make = async (name: string, count: number): Promise<TestAccount> => {
    const account = await seedAccount(db.pool, name, { baseUrl: 'http://127.0.0.1:9' });
    const { audienceId } = await seedPeople(db.pool, account.accountId, { count, addressPepper: keys.address });
    const { key } = await createApiKey(db.pool, { accountId: account.accountId, name: 'test' });
    return { ...account, audienceId, key };
  };
  return { first: await make('first', 20), second: await make('second', 3) };
}

/** An app of its own on a database that is there, listening; for tests of several at once. */
export async function serveApp(databaseUrl: string, settings: Partial<ApiDependencies['settings']> = {}) {
  const connection = {
    url: databaseUrl,
    applicationName: 'test-app',
    connectTimeoutMs: 3_000,
    queryTimeoutMs: 3_000,
  };
  const database = createDatabase({ ...connection, max: 10, role: 'app' });
  const system = createDatabase({ ...connection, max: 6, role: 'worker' });
  const woken: string[] = [];
  const metrics = createMetrics({ service: 'api' });
  const requestLimits = createRequestLimits({ redis: testRedis(), monotonic: () => performance.now() });
  const app = createApp({
    database,
    system,
    metrics,
    keys,
    requestLimits,
    tracer: noTracing,
    settings: { ...TEST_SETTINGS, ...settings },
    logger: createLogger({ service: 'api', level: 'silent' }),
    wake: (channel) => void woken.push(channel),
    ready: {
      needed: [{ name: 'postgres', check: () => database.pool.query('SELECT 1') }],
      reported: [{ name: 'redis', check: () => Promise.reject(new Error('away')) }],
    },
  });
  const server: Server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** The app's own ways to the database, for tests that watch what it asks. */
    database,
    system,
    woken,
    metricsText: () => metrics.text(),
    async stop() {
      server.closeAllConnections();
      server.close();
      requestLimits.close();
      await database.close();
      await system.close();
    },
  };
}

/** @param viaUrl another way for the app to the same database, such as through a proxy */
export async function startApi(
  viaUrl: (url: string) => Promise<string> = async (url) => url,
  settings: Partial<ApiDependencies['settings']> = {},
): Promise<TestApi> {
  const own = await createTestDatabase();
  const direct = createDatabase({ url: own.url, max: 4, applicationName: 'test-direct' });
  const accounts = await seedAccounts(direct);
  const served = await serveApp(await viaUrl(own.url), settings);
  return {
    ...served,
    direct,
    databaseUrl: own.url,
    ...accounts,
    async stop() {
      await served.stop();
      await direct.close();
      await own.drop();
    },
  };
}

/** One request. */
export async function send(
  url: string,
  method: string,
  path: string,
  options: {
    key?: string | undefined;
    headers?: Record<string, string>;
    body?: string | Uint8Array<ArrayBuffer> | undefined;
  } = {},
): Promise<Answer> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { ...(options.key !== undefined && { Authorization: `Bearer ${options.key}` }), ...options.headers },
    ...(options.body !== undefined && { body: options.body }),
  });
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('Content-Type') ?? '');
  return { status: response.status, headers: response.headers, body: isJson && text !== '' ? JSON.parse(text) : text };
}

let counter = 0;
/** A key that nobody has used. */
export function freshKey(): string {
  counter += 1;
  return `test-${process.pid}-${counter}`;
}

/** A body of POST /v1/jobs that is accepted, with parts replaced. */
export function jobBody(parts: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    kind: 'message',
    channel: 'whatsapp',
    name: 'Canteen',
    content: { text: 'The canteen opens at eleven today.' },
    trigger: { type: 'now' },
    audience: { everyone: true },
    // Tests post the same again and again; those of likeness say otherwise.
    allowSimilar: true,
    ...parts,
  };
}

/** Posts a job. */
export async function postJob(
  url: string,
  account: { key: string },
  body: unknown,
  idempotencyKey: string = freshKey(),
): Promise<Answer> {
  return await send(url, 'POST', '/v1/jobs', {
    key: account.key,
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': idempotencyKey },
    body: JSON.stringify(body),
  });
}

/** How many rows each table has, to show that nothing was written. */
export async function countRows(db: Database): Promise<Record<string, number>> {
  const { rows } = await db.pool.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND relname NOT LIKE '\\_%' ORDER BY 1`,
  );
  const counts = rows.map(({ name }) => `(SELECT count(*)::int FROM "${name}") AS "${name}"`);
  const result = await db.pool.query<Record<string, number>>(`SELECT ${counts.join(', ')}`);
  return result.rows[0] as Record<string, number>;
}

/** One status in a callback. */
export interface CallbackStatus {
  readonly reference: Reference | string;
  readonly status: 'sent' | 'delivered' | 'read' | 'failed';
  readonly id?: string;
  readonly errorCode?: number;
}

/** The body of a callback as the provider writes it. */
export function callbackBody(statuses: readonly CallbackStatus[]): string {
  const written = statuses.map(({ reference, status, id, errorCode }) => ({
    id: id ?? 'wamid.1',
    status,
    timestamp: '1790000000',
    biz_opaque_callback_data: typeof reference === 'string' ? reference : encodeReference(reference, keys.reference),
    ...(errorCode !== undefined && { errors: [{ code: errorCode, title: 'failed' }] }),
  }));
  const value = { messaging_product: 'whatsapp', metadata: { phone_number_id: '100200300' }, statuses: written };
  return JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [{ id: '1', changes: [{ field: 'messages', value }] }],
  });
}

/** Posts a callback, signed unless told otherwise. */
export async function postCallback(
  url: string,
  providerAccountId: number,
  body: string,
  signature: string = `sha256=${createHmac('sha256', SEEDED_PROVIDER.appSecret).update(body).digest('hex')}`,
): Promise<Answer> {
  return await send(url, 'POST', `/v1/provider-accounts/pvd_${providerAccountId}/callbacks/whatsapp`, {
    headers: { 'Content-Type': 'application/json', 'X-Hub-Signature-256': signature },
    body,
  });
}

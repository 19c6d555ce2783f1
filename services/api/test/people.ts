/** The app on a database of its own, with an account and its key, for the tests of recipients, audiences and imports. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { deriveKey } from '@carillon/core';
import { createApiKey, createDatabase, type Database, ensureAccount } from '@carillon/db';
import { createRequestLimits } from '@carillon/queue';
import { createLogger, createMetrics, noTracing } from '@carillon/runtime';
import { createTestDatabase, testRedis } from '@carillon/testkit';
import { createApp } from '../src/app.ts';
import { TEST_SETTINGS } from './harness.ts';

/** What came back. */
export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly body: any;
  readonly headers: Headers;
}

export interface PeopleApi {
  readonly url: string;
  readonly database: Database;
  readonly databaseUrl: string;
  readonly accountId: number;
  readonly key: string;
  /** The installation's secret. */
  readonly secret: string;
  /** JSON in and out, as the account. */
  call(method: string, path: string, body?: unknown): Promise<Answer>;
  /** A file into POST /v1/imports. */
  upload(file: string | Uint8Array, options?: UploadOptions): Promise<Answer>;
  /** The same API as another account. */
  asOther(): Promise<PeopleApi>;
  /** How many rows there are, to show that nothing was written. */
  countRows(): Promise<Record<string, number>>;
  stop(): Promise<void>;
}

interface UploadOptions {
  readonly query?: string;
  readonly type?: string;
  readonly key?: string;
  readonly headers?: Record<string, string>;
}

let keys = 0;

/** A key that no other upload of this file has. */
export function freshKey(): string {
  keys += 1;
  return `upload-${process.pid}-${keys}`;
}

/** @param databaseUrl another way to the same database, such as through a proxy */
export async function startPeopleApi(viaUrl: (databaseUrl: string) => Promise<string> = async (url) => url) {
  const own = await createTestDatabase();
  const connection = { url: await viaUrl(own.url), applicationName: 'test', connectTimeoutMs: 3_000 };
  const database = createDatabase({ ...connection, max: 8, role: 'app' });
  const system = createDatabase({ ...connection, max: 4, role: 'worker' });
  const direct = createDatabase({ url: own.url, max: 2, applicationName: 'test-direct' });
  const secret = 'a secret for tests that is long enough';
  const requestLimits = createRequestLimits({ redis: testRedis(), monotonic: () => performance.now() });
  const app = createApp({
    database,
    system,
    settings: TEST_SETTINGS,
    requestLimits,
    tracer: noTracing,
    keys: {
      reference: deriveKey(secret, 'reference'),
      address: deriveKey(secret, 'address'),
      provider: deriveKey(secret, 'provider'),
      unsubscribe: deriveKey(secret, 'unsubscribe'),
      confirm: deriveKey(secret, 'confirm'),
    },
    logger: createLogger({ service: 'api', level: 'silent' }),
    metrics: createMetrics({ service: 'api' }),
    wake: () => {},
    ready: { needed: [], reported: [] },
  });
  const server: Server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const as = async (name: string): Promise<PeopleApi> => {
    const { id: accountId } = await ensureAccount(direct.pool, { name, zone: 'Europe/Berlin', country: 'DE' });
    const { key } = await createApiKey(direct.pool, { accountId, name: 'test' });
    const request = async (path: string, init: RequestInit): Promise<Answer> => {
      const response = await fetch(`${url}${path}`, {
        ...init,
        headers: { Authorization: `Bearer ${key}`, ...(init.headers as Record<string, string>) },
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
    };
    return {
      url,
      database: direct,
      databaseUrl: own.url,
      accountId,
      key,
      secret,
      call: (method, path, body) =>
        request(path, {
          method,
          ...(body !== undefined && {
            body: typeof body === 'string' ? body : JSON.stringify(body),
            headers: { 'Content-Type': 'application/json' },
          }),
        }),
      upload: (file, options = {}) =>
        request(`/v1/imports?${options.query ?? 'format=csv'}`, {
          method: 'POST',
          body: file as NonNullable<RequestInit['body']>,
          headers: {
            'Content-Type': options.type ?? (options.query?.includes('ndjson') ? 'application/x-ndjson' : 'text/csv'),
            'Idempotency-Key': options.key ?? freshKey(),
            ...options.headers,
          },
        }),
      asOther: () => as('other'),
      async countRows() {
        const tables = ['recipients', 'audiences', 'audience_members', 'imports', 'import_errors', 'idempotency_keys'];
        const counts = tables.map((table) => `(SELECT count(*) FROM ${table})::int AS ${table}`).join(', ');
        const { rows } = await direct.pool.query<Record<string, number>>(
          `SELECT ${counts}, (SELECT count(*) FROM audit_entries)::int AS audit_entries`,
        );
        return rows[0] as Record<string, number>;
      },
      async stop() {
        server.closeAllConnections();
        server.close();
        requestLimits.close();
        await database.close();
        await system.close();
        await direct.close();
        await own.drop();
      },
    };
  };
  return as('portal');
}

/** All data of a list, page by page. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
export async function allPages(api: PeopleApi, path: string, limit: number): Promise<any[]> {
  const found = [];
  let cursor: string | null = null;
  do {
    const query = `${path.includes('?') ? '&' : '?'}limit=${limit}${cursor === null ? '' : `&cursor=${cursor}`}`;
    const { body, status } = await api.call('GET', `${path}${query}`);
    if (status !== 200) throw new Error(`${path} answered ${status}: ${JSON.stringify(body)}`);
    found.push(...body.data);
    cursor = body.nextCursor;
  } while (cursor !== null);
  return found;
}

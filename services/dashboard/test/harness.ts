/** A dashboard on real Postgres and Redis, and a browser's part of HTTP: cookies, and where a request says it comes from. */
import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { deriveKey } from '@carillon/core';
import { createDatabase, type Database, ensureAccount } from '@carillon/db';
import { createQueues, type QueueSet } from '@carillon/queue';
import { createLogger } from '@carillon/runtime';
import { testRedis } from '@carillon/testkit';
import { afterEach } from '@jest/globals';
import type { Express } from 'express';
import { createApp } from '../src/app.ts';
import { createBoard } from '../src/board.ts';
import { createLabels } from '../src/labels.ts';
import { listen } from '../src/listen.ts';
import { pauseQueue, rememberPause } from '../src/pause.ts';
import { createReader } from '../src/reading.ts';
import { createSessions, type Role, type Sessions } from '../src/session.ts';

export const USER = 'operator';
const PASSWORD = 'correct horse battery';
/** The login that may look and change nothing. */
export const READER = { user: 'reader', password: 'a horse that only reads' };

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** Runs after the test, the latest first. */
export function afterwards(cleanup: () => Promise<void>): void {
  cleanups.push(cleanup);
}

export interface TestDashboard {
  readonly url: string;
  readonly app: Express;
  readonly boards: Readonly<Record<Role, Express>>;
  readonly sessions: Sessions;
  readonly database: Database;
  readonly queues: QueueSet;
}

export interface DashboardOptions {
  databaseUrl: string;
  redisUrl?: string;
  password?: string;
  attempts?: number;
  now?: () => number;
}

/** Starts one that is stopped after the test. */
export async function startDashboard(options: DashboardOptions): Promise<TestDashboard> {
  const logger = createLogger({ service: 'dashboard', level: 'silent' });
  const redis = testRedis();
  const database = createDatabase({
    url: options.databaseUrl,
    max: 3,
    applicationName: 'test-dashboard',
    connectTimeoutMs: 2_000,
  });
  const queues = createQueues({ url: options.redisUrl ?? redis.url, prefix: redis.prefix });
  const sessions = createSessions({
    key: deriveKey('a secret for tests that is long enough', 'dashboard'),
    operator: { user: USER, password: options.password ?? PASSWORD },
    reader: READER,
    lifetimeMs: 60_000,
    now: options.now ?? Date.now,
    randomBytes,
  });
  const { pool } = database;
  const elapsedMs = () => performance.now();
  const labels = createLabels({ pool, elapsedMs, onError: () => {} });
  const board = { queues, rememberPause: rememberPause(pool), labels, logger };
  const boards = {
    operator: createBoard({ ...board, readOnly: false }),
    reader: createBoard({ ...board, readOnly: true }),
  };
  const app = createApp({
    login: { sessions, secureCookie: false, attempts: options.attempts ?? 1_000, windowSeconds: 60, logger },
    status: {
      pool,
      read: createReader({ pool, redisIsReady: queues.isReady, lostAfterMs: 60_000, elapsedMs }),
      pauseQueue: pauseQueue(pool, queues),
      sessions,
      redisIsReady: queues.isReady,
      apiDocsUrl: 'http://api.example/docs',
      ledgerUrl: 'http://ledger.example/',
      docsUrl: 'http://docs.example/',
      logger,
    },
    boards,
    trustedProxies: 0,
    logger,
  });
  const server = await listen(app, '127.0.0.1', 0);
  afterwards(async () => {
    await server.close();
    await queues.close();
    await database.close();
  });
  return { url: server.url, app, boards, sessions, database, queues };
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  /** The cookies that it sets, by name, with their attributes. */
  readonly cookies: ReadonlyMap<string, string>;
}

/** One request, with exactly these headers. */
export async function send(
  url: string,
  method: string,
  headers: Readonly<Record<string, string>> = {},
  body?: string,
): Promise<Answer> {
  return await new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const cookies = new Map((response.headers['set-cookie'] ?? []).map((line) => [line.split('=')[0] ?? '', line]));
        const text = Buffer.concat(chunks).toString();
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text, cookies });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** What a browser sends with a change that one of the dashboard's own pages makes. */
export function fromOwnPage(url: string): Record<string, string> {
  return { Origin: url, 'Sec-Fetch-Site': 'same-origin' };
}

/** Name and value of a cookie that was set. */
export function pair(answer: Answer, name: string): string {
  const line = answer.cookies.get(name);
  if (line === undefined) throw new Error(`${name} was not set; status ${answer.status}`);
  return line.split(';')[0] ?? '';
}

/** Opens the login form and sends it, as a browser does. */
export async function logIn(dashboard: TestDashboard, fields: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const form = await send(`${dashboard.url}/login`, 'GET', { Accept: 'text/html' });
  const token = /name="token" value="([\w-]+)"/.exec(form.body)?.[1] ?? '';
  const body = new URLSearchParams({ user: USER, password: PASSWORD, token, ...fields }).toString();
  return await send(
    `${dashboard.url}/login`,
    'POST',
    {
      ...fromOwnPage(dashboard.url),
      Cookie: pair(form, `${dashboard.sessions.cookieName}_form`),
      'Content-Type': 'application/x-www-form-urlencoded',
    },
    body,
  );
}

/** The headers of a browser that has logged in; its page's scripts add the token to each change. */
export async function loggedIn(
  dashboard: TestDashboard,
  fields: Readonly<Record<string, string>> = {},
): Promise<{ Cookie: string; 'X-XSRF-TOKEN': string }> {
  const answer = await logIn(dashboard, fields);
  const token = pair(answer, 'XSRF-TOKEN');
  return {
    Cookie: `${pair(answer, dashboard.sessions.cookieName)}; ${token}`,
    'X-XSRF-TOKEN': token.slice('XSRF-TOKEN='.length),
  };
}

/** What `seedTea` made. */
export interface Tea {
  readonly accountId: number;
  readonly jobId: number;
  readonly runId: number;
  readonly batchId: number;
}

/** An account with a job named "Tea", whose run is being sent: one batch with 300 waiting, 611 sent and 89 failed. */
export async function seedTea(pool: Database['pool'], account: string, job = 'Tea'): Promise<Tea> {
  const { id: accountId } = await ensureAccount(pool, { name: account, zone: 'UTC', country: 'DE' });
  const { rows } = await pool.query<{ job_id: number; run_id: number; batch_id: number }>(
    `WITH provider AS (
       INSERT INTO provider_accounts (account_id, channel, name, settings) VALUES ($1, 'whatsapp', $2, '{}') RETURNING id
     ), job AS (
       INSERT INTO jobs (account_id, name, kind, channel, provider_account_id, trigger, audience, policy)
       SELECT $1, $3, 'message', 'whatsapp', id, '{}', '{}', '{}' FROM provider RETURNING id, provider_account_id
     ), run AS (
       INSERT INTO runs (account_id, job_id, occurrence_key, day, state, due_at, expanded_at, people)
       SELECT $1, id, 'once', '2026-01-01', 'sending', n.at, n.at, 1000
       FROM job, (SELECT carillon_now() - interval '90 seconds' AS at) n RETURNING id, job_id
     )
     INSERT INTO batches (account_id, run_id, job_id, day, channel, provider_account_id, size, due_at, scheduled, sent, failed)
     SELECT $1, run.id, job.id, '2026-01-01', 'whatsapp', provider_account_id, 1000, carillon_now() - interval '90 seconds', 300, 611, 89
     FROM run, job RETURNING job_id, run_id, id AS batch_id`,
    [accountId, `main-${job}`, job],
  );
  const row = rows[0];
  if (row === undefined) throw new Error('the job was not created');
  return { accountId, jobId: row.job_id, runId: row.run_id, batchId: row.batch_id };
}

/** Posts a form of one of our pages, as a browser does. */
export async function post(
  dashboard: TestDashboard,
  path: string,
  options: { readonly fields?: Readonly<Record<string, string>>; readonly as?: Readonly<Record<string, string>> } = {},
): Promise<Answer> {
  const browser = await loggedIn(dashboard, options.as);
  const body = new URLSearchParams({ token: browser['X-XSRF-TOKEN'], ...options.fields }).toString();
  const headers = {
    ...fromOwnPage(dashboard.url),
    Cookie: browser.Cookie,
    'Content-Type': 'application/x-www-form-urlencoded',
  };
  return await send(dashboard.url + path, 'POST', headers, body);
}

/** A dashboard on real Postgres and Redis, and a browser's part of HTTP: cookies, and where a request says it comes from. */
import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { deriveKey } from '@carillon/core';
import { createDatabase, type Database } from '@carillon/db';
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
export async function loggedIn(dashboard: TestDashboard): Promise<{ Cookie: string; 'X-XSRF-TOKEN': string }> {
  const answer = await logIn(dashboard);
  const token = pair(answer, 'XSRF-TOKEN');
  return {
    Cookie: `${pair(answer, dashboard.sessions.cookieName)}; ${token}`,
    'X-XSRF-TOKEN': token.slice('XSRF-TOKEN='.length),
  };
}

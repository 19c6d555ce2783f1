/** The dashboard as a process: the queues and the state of the house, for an operator who logged in. */
import { randomBytes } from 'node:crypto';
import { deriveKey } from '@carillon/core';
import { createDatabase } from '@carillon/db';
import { createQueues } from '@carillon/queue';
import { createLogger, createMetrics, runService, startHealthServer, watchPool, watchRedis } from '@carillon/runtime';
import { createApp } from './app.ts';
import { createBoard } from './board.ts';
import { readConfig } from './config.ts';
import { createLabels } from './labels.ts';
import { type Listening, listen } from './listen.ts';
import { pauseQueue, rememberPause } from './pause.ts';
import { createReader } from './reading.ts';
import { createSessions } from './session.ts';

const STATEMENT_TIMEOUT_MS = 5_000;

const config = readConfig();
const logger = createLogger({ service: 'dashboard', level: config.LOG_LEVEL });
const onError = (error: Error): void => logger.warn({ err: error }, 'a connection failed');
const metrics = createMetrics({ service: 'dashboard' });
const { pool, close } = createDatabase({
  url: config.DATABASE_URL,
  max: config.DATABASE_POOL,
  role: 'worker',
  applicationName: 'carillon-dashboard',
  statementTimeoutMs: STATEMENT_TIMEOUT_MS,
  onError,
});
const queues = createQueues({ url: config.REDIS_URL, prefix: config.REDIS_PREFIX, onError });
watchPool(metrics, pool);
watchRedis(metrics, () => queues.isReady());
const sessions = createSessions({
  key: deriveKey(config.CARILLON_SECRET, 'dashboard'),
  operator: { user: config.DASHBOARD_USER, password: config.DASHBOARD_PASSWORD },
  reader:
    config.DASHBOARD_READER_PASSWORD === undefined
      ? undefined
      : { user: config.DASHBOARD_READER_USER, password: config.DASHBOARD_READER_PASSWORD },
  lifetimeMs: config.DASHBOARD_SESSION_SECONDS * 1_000,
  now: Date.now,
  randomBytes,
});
const elapsedMs = (): number => performance.now();
const board = {
  queues,
  rememberPause: rememberPause(pool),
  labels: createLabels({ pool, elapsedMs, onError }),
  logger,
};
const app = createApp({
  login: {
    sessions,
    secureCookie: config.DASHBOARD_SECURE_COOKIE,
    attempts: config.DASHBOARD_LOGIN_ATTEMPTS,
    windowSeconds: config.DASHBOARD_LOGIN_WINDOW_SECONDS,
    logger,
  },
  status: {
    pool,
    read: createReader({ pool, redisIsReady: queues.isReady, lostAfterMs: config.LOST_AFTER_MS, elapsedMs }),
    pauseQueue: pauseQueue(pool, queues),
    sessions,
    redisIsReady: queues.isReady,
    apiDocsUrl: config.DASHBOARD_API_DOCS_URL,
    ledgerUrl: config.DASHBOARD_LEDGER_URL,
    docsUrl: config.DASHBOARD_DOCS_URL,
    logger,
  },
  boards: { operator: createBoard({ ...board, readOnly: false }), reader: createBoard({ ...board, readOnly: true }) },
  trustedProxies: config.DASHBOARD_TRUSTED_PROXIES,
  logger,
});
let server: Listening | undefined;

await runService({
  name: 'dashboard',
  logger,
  drainTimeoutMs: config.DRAIN_TIMEOUT_MS,
  async start() {
    const health = await startHealthServer({
      host: config.HEALTH_HOST,
      port: config.HEALTH_PORT,
      metrics,
      // Redis is none of its needs: the status page is wanted most when Redis is away.
      ready: [{ name: 'postgres', check: () => pool.query('SELECT 1') }],
    });
    server = await listen(app, config.DASHBOARD_HOST, config.DASHBOARD_PORT);
    return { url: server.url, healthPort: health.port };
  },
  async stop() {
    await server?.close();
    await queues.close();
    await close();
  },
});

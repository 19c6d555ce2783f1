/** The api as a process: takes work from portals and reports from providers, and remembers all of it in Postgres. */
import { deriveKey, systemMonotonic, systemRandom } from '@carillon/core';
import { createDatabase, createWakeSource, databaseFailure, providerSecretKey, refuseMovedClock } from '@carillon/db';
import { createRequestLimits, createWaker } from '@carillon/queue';
import { createLogger, createMetrics, runService, startTracing, watchPool, watchRedis } from '@carillon/runtime';
import { createApp } from './app.ts';
import { readConfig } from './config.ts';
import { createServer } from './server.ts';

const config = readConfig();
const logger = createLogger({ service: 'api', level: config.LOG_LEVEL });
const onError = (error: Error): void => logger.warn({ err: error }, 'a connection failed');
const metrics = createMetrics({ service: 'api' });
const tracer = await startTracing({
  service: 'api',
  endpoint: config.OTEL_EXPORTER_OTLP_ENDPOINT,
  samplePercent: config.TRACE_SAMPLE_PERCENT,
  logger,
});
const connection = {
  byIndex: true,
  keep: true,
  url: config.DATABASE_URL,
  applicationName: 'carillon-api',
  connectTimeoutMs: config.CONNECT_TIMEOUT_MS,
  statementTimeoutMs: config.STATEMENT_TIMEOUT_MS,
  // A little more patience than the server has, so that it is the server's answer that is heard.
  queryTimeoutMs: config.STATEMENT_TIMEOUT_MS + 1_000,
  onError,
};
const database = createDatabase({ ...connection, max: config.DATABASE_POOL, role: 'app' });
const system = createDatabase({ ...connection, max: config.DATABASE_SYSTEM_POOL, role: 'worker' });
const waker = createWaker({
  redis: { url: config.REDIS_URL, prefix: config.REDIS_PREFIX, onError },
  source: createWakeSource(system.pool, { window: config.ENQUEUE_WINDOW, horizonMs: config.ENQUEUE_HORIZON_MS }),
  random: systemRandom,
  now: Date.now,
});
const requestLimits = createRequestLimits({
  redis: { url: config.REDIS_URL, prefix: config.REDIS_PREFIX, onError },
  monotonic: systemMonotonic.now,
});
const mayBePrivate = config.ALLOW_PRIVATE_TARGETS ?? config.CARILLON_ENV !== 'production';
watchPool(metrics, database.pool);
watchPool(metrics, system.pool, 'system');
watchRedis(metrics, () => waker.ping());
const app = createApp({
  database,
  system,
  logger,
  tracer,
  metrics,
  requestLimits,
  settings: {
    horizonMs: config.PLAN_HORIZON_MS,
    similarity: { windowMs: config.SIMILAR_WINDOW_MS, share: config.SIMILAR_SHARE, text: config.SIMILAR_TEXT },
    requestsPerSecond: config.REQUESTS_PER_SECOND,
    targets: { allowPrivate: mayBePrivate, allowHttp: mayBePrivate },
    replyWords: { stop: config.STOP_WORDS, start: config.START_WORDS },
    publicUrl: config.PUBLIC_URL?.replace(/\/+$/, ''),
    trustedProxies: (config.TRUSTED_PROXIES ?? '').split(',').flatMap((part) => part.trim() || []),
  },
  keys: {
    reference: deriveKey(config.CARILLON_SECRET, 'reference'),
    address: deriveKey(config.CARILLON_SECRET, 'address'),
    provider: providerSecretKey(config.CARILLON_SECRET),
    unsubscribe: deriveKey(config.CARILLON_SECRET, 'unsubscribe'),
    confirm: deriveKey(config.CARILLON_SECRET, 'confirm'),
  },
  wake: (channel) => void waker.wake(channel),
  ready: {
    needed: [{ name: 'postgres', check: () => database.pool.query('SELECT 1') }],
    reported: [
      {
        name: 'redis',
        check: async () => {
          if (!(await waker.ping())) throw new Error('does not answer; messages wait until it does');
        },
      },
    ],
  },
});
const server = createServer(app);

await runService({
  name: 'api',
  logger,
  drainTimeoutMs: config.DRAIN_TIMEOUT_MS,
  async start() {
    try {
      await refuseMovedClock(system.pool, config.CARILLON_ENV);
    } catch (error) {
      // Without Postgres the api starts all the same, and answers 503 until it is there.
      if (databaseFailure(error) === undefined) throw error;
    }
    return { port: await server.listen(config.API_HOST, config.API_PORT) };
  },
  async stop() {
    await server.close();
    await waker.close();
    requestLimits.close();
    await database.close();
    await system.close();
    await tracer.close();
  },
});

/** The sender as a process: takes wake-ups, leases batches, claims rows, calls the provider, stores what became of it. */
import { createWhatsAppChannel } from '@carillon/channels';
import { deriveKey, systemMonotonic, systemRandom } from '@carillon/core';
import {
  createDatabase,
  createWakeSource,
  pauseRunForProvider,
  providerSecretKey,
  readDatabaseTime,
  recogniseDatabase,
  refuseMovedClock,
} from '@carillon/db';
import { createSendWorker, createTokens, createWaker, readRedisMarker } from '@carillon/queue';
import {
  createLogger,
  createMetrics,
  failpoint,
  runService,
  startHealthServer,
  watchPool,
  watchRedis,
} from '@carillon/runtime';
import { readConfig } from './config.ts';
import { createContext } from './context.ts';
import { createEngine } from './engine.ts';
import { createLeaseKeeper } from './leaseKeeper.ts';
import { createProviderLimits } from './limits.ts';
import { createSenderMetrics } from './metrics.ts';
import { createWakeupHandler } from './wakeup.ts';

const CHANNEL = 'whatsapp';
const CONNECT_TIMEOUT_MS = 3_000;
const DRAIN_CHECK_MS = 20;

const config = readConfig();
const logger = createLogger({ service: 'sender', level: config.LOG_LEVEL });
const onError = (error: Error): void => logger.warn({ err: error }, 'a connection failed');

const database = createDatabase({
  url: config.DATABASE_URL,
  max: config.DATABASE_POOL,
  role: 'worker',
  applicationName: 'carillon-sender',
  // A line that fell silent must not keep a statement, and with it a lease that is renewed on another line, for ever.
  statementTimeoutMs: config.LEASE_MS,
  queryTimeoutMs: config.LEASE_MS + 1_000,
  hotPath: true,
  onError,
});
const redis = { url: config.REDIS_URL, prefix: config.REDIS_PREFIX, onError };
const metrics = createMetrics({ service: 'sender' });
const db = database.pool;
watchPool(metrics, db);

let stop = async (): Promise<void> => {};

await runService({
  name: 'sender',
  logger,
  drainTimeoutMs: config.DRAIN_TIMEOUT_MS,
  async start() {
    const source = createWakeSource(db, { window: config.ENQUEUE_WINDOW, horizonMs: config.ENQUEUE_HORIZON_MS });
    const waker = createWaker({
      redis,
      source,
      random: systemRandom,
      now: Date.now,
      constantGeneration: config.NEGATIVE_CONTROL === 'constant_generation',
    });
    watchRedis(metrics, () => waker.ping());
    const tokens = createTokens({
      redis,
      monotonic: systemMonotonic.now,
      shareWithoutRedis: config.LIMIT_SHARE_PERCENT / 100,
    });
    const channel = createWhatsAppChannel({
      connections: config.SEND_CONNECTIONS,
      timeoutMs: config.SEND_TIMEOUT_MS,
      connectTimeoutMs: Math.min(CONNECT_TIMEOUT_MS, config.SEND_TIMEOUT_MS),
      // Not in the engine: a request is written some turns of the loop after it was handed over.
      ...(config.CARILLON_FAILPOINTS === '' ? {} : { onWritten: () => void failpoint('after_write') }),
    });
    const leases = createLeaseKeeper({
      db,
      leaseMs: config.LEASE_MS,
      monotonic: systemMonotonic,
      logger,
      unchecked: config.NEGATIVE_CONTROL === 'no_fence',
    });
    const engine = createEngine({
      db,
      channel,
      context: createContext(db, systemMonotonic, providerSecretKey(config.CARILLON_SECRET)),
      limits: createProviderLimits(tokens, logger),
      leases,
      metrics: createSenderMetrics(metrics, CHANNEL),
      logger,
      monotonic: systemMonotonic,
      random: systemRandom,
      referenceKey: deriveKey(config.CARILLON_SECRET, 'reference'),
      connections: config.SEND_CONNECTIONS,
      claimRows: config.SEND_CLAIM_ROWS,
      gatherMs: config.SEND_GATHER_MS,
      timeoutMs: config.SEND_TIMEOUT_MS,
      leaseMarginMs: config.LEASE_MARGIN_MS,
      onAccountThrottled(batch, reason) {
        pauseRunForProvider(db, { accountId: batch.accountId, runId: batch.runId, reason })
          .then(
            (paused) => paused && logger.error({ run: batch.runId, reason }, 'the provider refuses; the run is paused'),
          )
          .catch(onError);
      },
    });
    await refuseMovedClock(db, config.CARILLON_ENV);
    const found = await recogniseDatabase(db, { hold: config.CARILLON_HOLD, redis: await readRedisMarker(redis) });
    if (found.kind === 'restored') {
      logger.error({ reason: found.reason }, 'the database was restored from a backup; everything is held');
    }
    const skewMs = (await readDatabaseTime(db)) - Date.now();
    const worker = createSendWorker({
      redis,
      channel: CHANNEL,
      concurrency: config.SEND_BATCHES,
      process: createWakeupHandler({
        db,
        channel: CHANNEL,
        engine,
        leases,
        monotonic: systemMonotonic,
        leaseMs: config.LEASE_MS,
        owner: `sender-${process.pid}`,
        control: config.NEGATIVE_CONTROL,
        untilMs: (instantMs) => instantMs - skewMs - Date.now(),
        postponeSingles: (dueAtMs) =>
          source.giveBack(CHANNEL, { batches: [], singles: [{ dueAtMs, dueInMs: 0, batches: 0 }] }),
        wake: () => void waker.wake(CHANNEL),
      }),
      onFailure: (error) => logger.warn({ err: error }, 'a wake-up failed; the sweeper will repeat it'),
    });
    const health = await startHealthServer({
      host: config.HEALTH_HOST,
      port: config.HEALTH_PORT,
      metrics,
      ready: [
        { name: 'postgres', check: async () => void (await db.query('SELECT 1')) },
        {
          name: 'redis',
          check: async () => {
            if (!(await waker.ping())) throw new Error('Redis does not answer');
          },
        },
      ],
    });
    stop = async () => {
      // Intake first, then claims; what is in the air ends by itself, and its leases go back as it does.
      health.setDraining();
      const idle = worker.stopTaking();
      engine.drain();
      await idle;
      while (engine.busy) await new Promise((resolve) => setTimeout(resolve, DRAIN_CHECK_MS));
      await worker.close();
      await channel.close();
      leases.stop();
      tokens.close();
      await waker.close();
      await health.close();
      await database.close();
    };
    return { port: health.port };
  },
  stop: () => stop(),
});

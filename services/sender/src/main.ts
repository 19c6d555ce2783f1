/**
 * The sender as a process: takes wake-ups, leases batches, claims rows, calls the provider, stores what became of it. Each
 * channel has an engine, a window of calls and a worker of its own; database, leases and limits are shared.
 */
import { hostname } from 'node:os';
import { deriveKey, systemMonotonic, systemRandom, unsubscribeToken } from '@carillon/core';
import {
  createDatabase,
  createWakeSource,
  disableEndpoint,
  type LeasedBatch,
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
  startTracing,
  watchPool,
  watchRedis,
} from '@carillon/runtime';
import { createChannels, type ServedChannel } from './channels.ts';
import { readConfig } from './config.ts';
import { createContext } from './context.ts';
import { createEngine } from './engine.ts';
import { createLeaseKeeper } from './leaseKeeper.ts';
import { createProviderLimits } from './limits.ts';
import { createSenderMetrics } from './metrics.ts';
import { createStatistics } from './statistics.ts';
import { createWakeupHandler } from './wakeup.ts';

const DRAIN_CHECK_MS = 20;
/** The clocks of machines drift apart slowly. */
const SKEW_CHECK_MS = 60_000;

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
const owner = `sender-${hostname()}-${process.pid}`;

let stop = async (): Promise<void> => {};

await runService({
  name: 'sender',
  logger,
  drainTimeoutMs: config.DRAIN_TIMEOUT_MS,
  async start() {
    const tracer = await startTracing({
      service: 'sender',
      endpoint: config.OTEL_EXPORTER_OTLP_ENDPOINT,
      samplePercent: config.TRACE_SAMPLE_PERCENT,
      logger,
    });
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
    const leases = createLeaseKeeper({
      db,
      leaseMs: config.LEASE_MS,
      monotonic: systemMonotonic,
      logger,
      unchecked: config.NEGATIVE_CONTROL === 'no_fence',
    });
    const statistics = createStatistics({ db, owner, intervalMs: config.STATISTICS_MS, logger });
    const context = createContext(db, systemMonotonic, providerSecretKey(config.CARILLON_SECRET), tracer.on);
    const limits = createProviderLimits(tokens, logger);
    await refuseMovedClock(db, config.CARILLON_ENV);
    const found = await recogniseDatabase(db, { hold: config.CARILLON_HOLD, redis: await readRedisMarker(redis) });
    if (found.kind === 'restored') {
      logger.error({ reason: found.reason }, 'the database was restored from a backup; everything is held');
    }
    const readSkew = async (): Promise<number> => (await readDatabaseTime(db)) - Date.now();
    let skewMs = await readSkew();
    const skewTimer = setInterval(() => {
      readSkew().then((newest) => {
        skewMs = newest;
      }, onError);
    }, SKEW_CHECK_MS);

    function serve({ name, channel, toPeople, connections, timeoutMs }: ServedChannel) {
      const unsubscribeUrl = toPeople ? unsubscribeUrls(name) : undefined;
      const engine = createEngine({
        db,
        channel,
        context,
        limits,
        leases,
        metrics: createSenderMetrics(metrics, name),
        statistics: statistics.of(name),
        tracer,
        logger,
        monotonic: systemMonotonic,
        random: systemRandom,
        referenceKey: deriveKey(config.CARILLON_SECRET, 'reference'),
        connections,
        claimRows: config.SEND_CLAIM_ROWS,
        gatherMs: config.SEND_GATHER_MS,
        timeoutMs,
        leaseMarginMs: config.LEASE_MARGIN_MS,
        unsubscribeUrl,
        onAccountThrottled,
        onEndpointRefused,
      });
      const worker = createSendWorker({
        redis,
        channel: name,
        concurrency: config.SEND_BATCHES,
        process: createWakeupHandler({
          db,
          channel: name,
          engine,
          leases,
          monotonic: systemMonotonic,
          leaseMs: config.LEASE_MS,
          owner,
          control: config.NEGATIVE_CONTROL,
          addressKeys: unsubscribeUrl !== undefined,
          untilMs: (instantMs) => instantMs - skewMs - Date.now(),
          postponeSingles: (dueAtMs) =>
            source.giveBack(name, { batches: [], singles: [{ dueAtMs, dueInMs: 0, batches: 0 }] }),
          wake: () => void waker.wake(name),
        }),
        onFailure: (error) => logger.warn({ err: error }, 'a wake-up failed; the sweeper will repeat it'),
      });
      return { engine, worker, channel };
    }

    // The failpoint is not in the engine: a request is written some turns of the loop after it was handed over.
    const onWritten = config.CARILLON_FAILPOINTS === '' ? undefined : () => void failpoint('after_write');
    const served = createChannels(config, onWritten).map(serve);
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
      const idle = served.map(({ worker }) => worker.stopTaking());
      for (const { engine } of served) engine.drain();
      await Promise.all(idle);
      while (served.some(({ engine }) => engine.busy)) {
        await new Promise((resolve) => setTimeout(resolve, DRAIN_CHECK_MS));
      }
      await Promise.all(served.map(({ worker }) => worker.close()));
      await Promise.all(served.map(({ channel }) => channel.close()));
      clearInterval(skewTimer);
      leases.stop();
      tokens.close();
      await statistics.stop();
      await waker.close();
      await tracer.close();
      await health.close();
      await database.close();
    };
    return { port: health.port };
  },
  stop: () => stop(),
});

function onAccountThrottled(batch: LeasedBatch, reason: string): void {
  pauseRunForProvider(db, { accountId: batch.accountId, runId: batch.runId, reason })
    .then((paused) => paused && logger.error({ run: batch.runId, reason }, 'the provider refuses; the run is paused'))
    .catch(onError);
}

function onEndpointRefused({ accountId, providerAccountId }: LeasedBatch, reason: string): void {
  disableEndpoint(db, { accountId, providerAccountId, reason, actor: 'sender' })
    .then((was) => was && logger.warn({ endpoint: providerAccountId, reason }, 'an endpoint is switched off'))
    .catch(onError);
}

/** Links by which recipients end messages of a channel; none where nobody said under which address they reach the API. */
function unsubscribeUrls(channel: string): ((batch: LeasedBatch, addressKey: string) => string) | undefined {
  if (config.PUBLIC_URL === undefined) return undefined;
  const base = `${config.PUBLIC_URL.replace(/\/+$/, '')}/v1/unsubscribe/`;
  const key = deriveKey(config.CARILLON_SECRET, 'unsubscribe');
  return ({ accountId, runId }, addressKey) => base + unsubscribeToken({ accountId, channel, addressKey, runId }, key);
}

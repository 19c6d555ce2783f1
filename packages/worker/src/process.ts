/**
 * A worker as a process: takes wake-ups, leases batches, claims rows, calls the provider, stores what became of it. Each
 * channel has an engine, a window of calls and a queue's worker of its own; database, leases and limits are shared.
 * What a service adds is its name, its settings and its table of channels.
 */
import { hostname } from 'node:os';
import type { Channel, DocumentFetcher } from '@carillon/channels';
import { type ChannelName, isTaskChannel, type Provider } from '@carillon/contracts';
import { deriveKey, systemMonotonic, systemRandom } from '@carillon/core';
import {
  createDatabase,
  createWakeSource,
  disableEndpoint,
  type LeasedBatch,
  pauseRunForProvider,
  providerSecretKey,
  type Queryable,
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
import { createBalancer, type WindowBounds } from './balancer.ts';
import type { WorkerConfig } from './config.ts';
import { createContext } from './context.ts';
import { RetryingChannel } from './controls.ts';
import { createDocuments } from './documents.ts';
import { createEngine } from './engine.ts';
import type { RecipientLink } from './engineOptions.ts';
import { keyUsableMs } from './keyAge.ts';
import { createLeaseKeeper } from './leaseKeeper.ts';
import { createProviderLimits } from './limits.ts';
import { createLookups } from './lookups.ts';
import { createCallMetrics, createWindowMetrics } from './metrics.ts';
import { createRefusals } from './refusals.ts';
import { createStatistics } from './statistics.ts';
import { createVerdictStore } from './verdicts.ts';
import { createWakeupHandler } from './wakeup.ts';

const DRAIN_CHECK_MS = 20;
/** The clocks of machines drift apart slowly. */
const SKEW_CHECK_MS = 60_000;

/** Wake-ups held at once, each with a lease that may wait for its turn: few, so that other processes find some. */
const WAKE_UPS_AT_ONCE = 2;
/** Windows begin with a few claims' worth of calls, and never shrink below two, unless the channel says otherwise. */
const FIRST_CALLS = 32;
const FEWEST_CALLS = 2;

/** A channel with its window: calls in flight at most, and how long one may take. */
export interface ServedChannel {
  readonly name: ChannelName;
  readonly channel: Channel;
  readonly connections: number;
  /** Connections beyond these, for calls that hang; for a channel whose calls mostly take less than a second. Default none. */
  readonly hanging?: number;
  readonly timeoutMs: number;
  /** Fewest calls at once to a provider account, however much it refuses. Default 2. */
  readonly floor?: number;
  /** Most calls at once to a provider account, where one may not have all connections. */
  readonly ofAccount?: number;
  /** Rows that are claimed beyond these calls, so that the next call begins when one ends. Default none. */
  readonly ahead?: number;
  /** Calls at once to begin with. Default 32, which suits providers that answer within seconds. */
  readonly initial?: number;
  /** The links by which recipients end such messages, where it has them. */
  readonly unsubscribeUrl?: RecipientLink | undefined;
  /** And those by which they confirm their addresses. */
  readonly confirmUrl?: RecipientLink | undefined;
  /** Fetches what reports attach, for a channel that sends them. */
  readonly fetcher?: DocumentFetcher;
  /** How often calls are looked up whose answer was lost, of a channel whose provider can be asked. */
  readonly lookupEveryMs?: number;
  /** Of a channel that checks addresses. */
  readonly checks?: {
    /** How long an address rests after a check that found nothing out. */
    readonly restMs: number;
  };
}

export interface WorkerOptions {
  /** The service's name: in logs, metrics, traces, on its connections and in its leases. */
  readonly name: string;
  readonly config: WorkerConfig;
  /**
   * Opens the channels that are served; no connection is made before the first message.
   * @param onWritten told after each request was written; a place for tests to break in
   * @param db for channels that read what they do from there
   */
  readonly openChannels: (onWritten: (() => void) | undefined, db: Queryable) => readonly ServedChannel[];
}

/** Runs the process until it is told to stop, and lets it end what is in the air. */
export async function runWorker({ name, config, openChannels }: WorkerOptions): Promise<void> {
  const logger = createLogger({ service: name, level: config.LOG_LEVEL });
  const onError = (error: Error): void => logger.warn({ err: error }, 'a connection failed');
  const database = createDatabase({
    url: config.DATABASE_URL,
    max: config.DATABASE_POOL,
    role: 'worker',
    applicationName: `carillon-${name}`,
    // A line that fell silent must not keep a statement, and with it a lease that is renewed on another line, for ever.
    statementTimeoutMs: config.LEASE_MS,
    queryTimeoutMs: config.LEASE_MS + 1_000,
    hotPath: true,
    onError,
  });
  const redis = { url: config.REDIS_URL, prefix: config.REDIS_PREFIX, onError };
  const metrics = createMetrics({ service: name });
  const db = database.pool;
  watchPool(metrics, db);
  const owner = `${name}-${hostname()}-${process.pid}`;
  let stop = async (): Promise<void> => {};

  async function start(): Promise<{ port: number }> {
    const tracer = await startTracing({
      service: name,
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
    const limits = createProviderLimits(tokens, systemMonotonic, logger);
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

    const referenceKey = deriveKey(config.CARILLON_SECRET, 'reference');
    function boundsOf({
      connections,
      ofAccount: ceiling = connections,
      floor = FEWEST_CALLS,
      initial = FIRST_CALLS,
    }: ServedChannel): WindowBounds {
      return config.WINDOW_FIXED
        ? { floor: ceiling, ceiling, initial: ceiling }
        : { floor: Math.min(floor, ceiling), ceiling, initial: Math.min(initial, ceiling) };
    }

    const lateMs = config.LEASE_MS + config.LEASE_MARGIN_MS;
    const keyUsable = (provider: Provider): number | undefined =>
      config.NEGATIVE_CONTROL === 'no_key_check'
        ? undefined
        : keyUsableMs(provider, { lateMs, nowMs: Date.now() + skewMs });

    function serve(served: ServedChannel) {
      const {
        name: channelName,
        channel,
        connections,
        hanging = 0,
        ahead = 0,
        timeoutMs,
        unsubscribeUrl,
        confirmUrl,
        checks,
        lookupEveryMs,
        fetcher,
      } = served;
      const verdicts = checks && createVerdictStore(db, metrics, checks.restMs);
      // What is no task is never told so.
      const onJobRefused = isTaskChannel(channelName)
        ? createRefusals(db, { channel: channelName, actor: name, logger })
        : async () => {};
      const windows = createWindowMetrics(metrics, channelName);
      const balancer = createBalancer({
        bounds: boundsOf(served),
        ahead,
        now: systemMonotonic.now,
        onChange: windows.count,
        logger,
        channel: channelName,
      });
      windows.watch(balancer);
      const engine = createEngine({
        db,
        channel: config.NEGATIVE_CONTROL === 'retry_unknown' ? new RetryingChannel(channel) : channel,
        context,
        limits,
        balancer,
        leases,
        metrics: createCallMetrics(metrics, channelName),
        statistics: statistics.of(channelName),
        tracer,
        logger,
        monotonic: systemMonotonic,
        random: systemRandom,
        referenceKey,
        connections,
        hanging,
        ahead,
        sources: config.SEND_BATCHES,
        claimRows: config.SEND_CLAIM_ROWS,
        gatherMs: config.SEND_GATHER_MS,
        timeoutMs,
        leaseMarginMs: config.LEASE_MARGIN_MS,
        leaseMs: config.LEASE_MS,
        keyUsableMs: keyUsable,
        documents: fetcher && createDocuments({ db, fetcher, monotonic: systemMonotonic }),
        unsubscribeUrl,
        confirmUrl,
        verdicts,
        onAccountThrottled,
        onEndpointRefused,
        onJobRefused,
      });
      const worker = createSendWorker({
        redis,
        channel: channelName,
        concurrency: WAKE_UPS_AT_ONCE,
        process: createWakeupHandler({
          db,
          channel: channelName,
          engine,
          leases,
          monotonic: systemMonotonic,
          leaseMs: config.LEASE_MS,
          owner,
          control: config.NEGATIVE_CONTROL,
          addressKeys: unsubscribeUrl !== undefined,
          awaitVerdictMs: config.AWAIT_VERDICT_MS,
          untilMs: (instantMs) => instantMs - skewMs - Date.now(),
          postponeSingles: (dueAtMs) =>
            source.giveBack(channelName, { batches: [], singles: [{ dueAtMs, dueInMs: 0, batches: 0 }] }),
          wake: () => void waker.wake(channelName),
        }),
        onFailure: (error) => logger.warn({ err: error }, 'a wake-up failed; the sweeper will repeat it'),
      });
      const lookups =
        lookupEveryMs !== undefined &&
        createLookups({
          db,
          channel,
          provider: context.provider,
          verdicts,
          onJobRefused,
          referenceKey,
          intervalMs: lookupEveryMs,
          settledMs: timeoutMs + config.LEASE_MARGIN_MS,
          random: systemRandom,
          control: config.NEGATIVE_CONTROL,
          logger,
          metrics,
          wake: () => void waker.wake(channelName),
        });
      const duty = lookups === false ? undefined : lookups;
      duty?.start();
      return { engine, worker, channel, lookups: duty, fetcher };
    }

    // The failpoint is not in the engine: a request is written some turns of the loop after it was handed over.
    const onWritten = config.CARILLON_FAILPOINTS === '' ? undefined : () => void failpoint('after_write');
    const served = openChannels(onWritten, db).map(serve);
    const health = await startHealthServer({
      host: config.HEALTH_HOST,
      port: config.HEALTH_PORT,
      metrics,
      progress: served.flatMap(({ lookups }) => lookups ?? []),
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
      await Promise.all([...idle, ...served.map(({ lookups }) => lookups?.stop())]);
      while (served.some(({ engine }) => engine.busy)) {
        await new Promise((resolve) => setTimeout(resolve, DRAIN_CHECK_MS));
      }
      await Promise.all(served.map(({ worker }) => worker.close()));
      await Promise.all(served.map(({ channel, fetcher }) => Promise.all([channel.close(), fetcher?.close()])));
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
  }

  function onAccountThrottled(batch: LeasedBatch, reason: string): void {
    pauseRunForProvider(db, { accountId: batch.accountId, runId: batch.runId, reason })
      .then((paused) => paused && logger.error({ run: batch.runId, reason }, 'the provider refuses; the run is paused'))
      .catch(onError);
  }

  function onEndpointRefused({ accountId, providerAccountId }: LeasedBatch, reason: string): void {
    disableEndpoint(db, { accountId, providerAccountId, reason, actor: name })
      .then((was) => was && logger.warn({ endpoint: providerAccountId, reason }, 'an endpoint is switched off'))
      .catch(onError);
  }

  await runService({ name, logger, drainTimeoutMs: config.DRAIN_TIMEOUT_MS, start, stop: () => stop() });
}

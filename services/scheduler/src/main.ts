/** The scheduler as a process: plans what comes due, expands it, and tells the queue. */
import { systemRandom } from '@carillon/core';
import { createDatabase, createWakeSource, recogniseDatabase, refuseMovedClock } from '@carillon/db';
import { createWaker, readRedisMarker } from '@carillon/queue';
import { createLogger, createMetrics, runService, startHealthServer, watchPool, watchRedis } from '@carillon/runtime';
import { readConfig } from './config.ts';
import { createDuties } from './duties.ts';

const STATEMENT_TIMEOUT_MS = 60_000;

const config = readConfig();
const logger = createLogger({ service: 'scheduler', level: config.LOG_LEVEL });
const onError = (error: Error): void => logger.warn({ err: error }, 'a connection failed');
const metrics = createMetrics({ service: 'scheduler' });
const database = createDatabase({
  url: config.DATABASE_URL,
  max: config.DATABASE_POOL,
  role: 'worker',
  applicationName: 'carillon-scheduler',
  // Far above what a step takes; ends the wait on a line that fell silent.
  statementTimeoutMs: STATEMENT_TIMEOUT_MS,
  queryTimeoutMs: STATEMENT_TIMEOUT_MS + 1_000,
  onError,
});
const waker = createWaker({
  redis: { url: config.REDIS_URL, prefix: config.REDIS_PREFIX, onError },
  source: createWakeSource(database.pool, { window: config.ENQUEUE_WINDOW, horizonMs: config.ENQUEUE_HORIZON_MS }),
  random: systemRandom,
  now: Date.now,
  constantGeneration: config.NEGATIVE_CONTROL === 'constant_generation',
});
watchPool(metrics, database.pool);
watchRedis(metrics, () => waker.ping());
const duties = createDuties({
  pool: database.pool,
  waker,
  logger,
  metrics,
  intervalMs: config.SCHEDULE_INTERVAL_MS,
  planHorizonMs: config.PLAN_HORIZON_MS,
  expansionParallel: config.EXPANSION_PARALLEL,
  schedules: { aheadMs: config.SCHEDULE_AHEAD_MS, missedAfterMs: config.SCHEDULE_MISSED_AFTER_MS },
  dates: { intervalMs: config.DATE_PASS_MS, aheadMs: config.DATE_AHEAD_MS, pageSize: config.DATE_PAGE },
  checks: { againMs: config.CHECK_AGAIN_MS, backoffMs: config.CHECK_BACKOFF_MS, passMs: config.CHECK_PASS_MS },
});

await runService({
  name: 'scheduler',
  logger,
  drainTimeoutMs: config.DRAIN_TIMEOUT_MS,
  busy: () => duties.filter((duty) => duty.isRunning()).map(({ name }) => name),
  async start() {
    await refuseMovedClock(database.pool, config.CARILLON_ENV);
    const found = await recogniseDatabase(database.pool, {
      hold: config.CARILLON_HOLD,
      redis: await readRedisMarker({ url: config.REDIS_URL, prefix: config.REDIS_PREFIX, onError }),
    });
    if (found.kind === 'restored') {
      logger.error({ reason: found.reason }, 'the database was restored from a backup; everything is held');
    }
    const health = await startHealthServer({
      host: config.HEALTH_HOST,
      port: config.HEALTH_PORT,
      metrics,
      progress: duties,
      ready: [{ name: 'postgres', check: () => database.pool.query('SELECT 1') }],
    });
    for (const duty of duties) duty.start();
    return { port: health.port };
  },
  async stop() {
    await Promise.all(duties.map((duty) => duty.stop()));
    await waker.close();
    await database.close();
  },
});

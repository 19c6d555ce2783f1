/** The sweeper as a process: makes sure that nothing is forgotten, whatever was lost. */
import { systemRandom } from '@carillon/core';
import { createDatabase, createWakeSource, recogniseDatabase, refuseMovedClock } from '@carillon/db';
import { createRedisGuard, createWaker, readRedisMarker } from '@carillon/queue';
import { createLogger, createMetrics, runService, startHealthServer, watchPool, watchRedis } from '@carillon/runtime';
import { createAlertDuties } from './alerts.ts';
import { createAlertChannels } from './alertWays.ts';
import { readConfig } from './config.ts';
import { createDuties } from './duties.ts';
import { createNoticeDuties } from './notices.ts';

const STATEMENT_TIMEOUT_MS = 60_000;

const config = readConfig();
const logger = createLogger({ service: 'sweeper', level: config.LOG_LEVEL });
const onError = (error: Error): void => logger.warn({ err: error }, 'a connection failed');
const metrics = createMetrics({ service: 'sweeper' });
const database = createDatabase({
  url: config.DATABASE_URL,
  max: config.DATABASE_POOL,
  role: 'worker',
  applicationName: 'carillon-sweeper',
  // It looks for the few among the many, of which the planner knows little behind row-level security.
  byIndex: true,
  // Far above what a pass takes; ends the wait on a line that fell silent.
  statementTimeoutMs: STATEMENT_TIMEOUT_MS,
  queryTimeoutMs: STATEMENT_TIMEOUT_MS + 1_000,
  onError,
});
const redis = { url: config.REDIS_URL, prefix: config.REDIS_PREFIX, onError };
const constantGeneration = config.NEGATIVE_CONTROL === 'constant_generation';
const waker = createWaker({
  redis,
  source: createWakeSource(database.pool, { window: config.ENQUEUE_WINDOW, horizonMs: config.ENQUEUE_HORIZON_MS }),
  random: systemRandom,
  now: Date.now,
  constantGeneration,
});
const guard = createRedisGuard({ ...redis, constantGeneration });
watchPool(metrics, database.pool);
watchRedis(metrics, () => waker.ping());
const common = { pool: database.pool, waker, logger, metrics, config };
const alertChannels = createAlertChannels(config);
const duties = [
  ...createDuties({ ...common, guard }),
  ...createNoticeDuties(common),
  ...createAlertDuties({ ...common, channels: alertChannels }),
];

await runService({
  name: 'sweeper',
  logger,
  drainTimeoutMs: config.DRAIN_TIMEOUT_MS,
  busy: () => duties.filter((duty) => duty.isRunning()).map(({ name }) => name),
  async start() {
    await refuseMovedClock(database.pool, config.CARILLON_ENV);
    const found = await recogniseDatabase(database.pool, {
      hold: config.CARILLON_HOLD,
      redis: await readRedisMarker(redis),
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
    await Promise.all(alertChannels.map((channel) => channel.close()));
    await guard.close();
    await waker.close();
    await database.close();
  },
});

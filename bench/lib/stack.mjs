/**
 * The product as shipped, for a benchmark: a durable Postgres, a Redis, the simulator and the services that the question
 * needs, all as real processes on free ports, and all ended with the benchmark, at whatever moment it is interrupted.
 */
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { deriveKey } from '@carillon/core';
import { createDatabase, migrate } from '@carillon/db';
import { killSpawnedServices, spawnService } from '@carillon/testkit';
import { startPostgres, startRedis, temporaryFolder } from '@carillon/testkit/servers';
import { atEnd } from './ending.mjs';

/** How long connections may take to be closed in order. */
const CLOSING_MS = 500;

const SECRET = 'a secret of the benchmarks, and of nothing else';

/** Starts servers and database; services are started one by one with `start`. */
export async function startStack({ say = () => {}, postgresFlags = [] } = {}) {
  /** How what was started is ended, in that order. */
  const ends = [];
  const starting = startServers({ say, postgresFlags }, ends);
  let stopping;
  const end = async () => {
    // Interrupted in the middle of it: what is being started is ended once it can be.
    await starting.catch(() => {});
    await killSpawnedServices();
    for (const one of ends.reverse()) await one();
  };
  // Whoever comes second waits for the same end: one that is interrupted fails as its services go.
  const stop = () => {
    stopping ??= end();
    return stopping;
  };
  const release = atEnd(stop);
  const refuseWhenStopping = () => {
    if (stopping !== undefined) throw new Error('the benchmark is being ended');
  };
  try {
    const { folder, postgres, redis, database } = await starting;
    refuseWhenStopping();
    const common = {
      DATABASE_URL: postgres.url,
      REDIS_URL: redis.url,
      CARILLON_SECRET: SECRET,
      LOG_LEVEL: 'info',
    };
    const start = async (name, env, nodeFlags = []) => {
      refuseWhenStopping();
      return await spawnService({ name, env, nodeFlags });
    };
    return {
      postgres,
      redis,
      database,
      pool: database.pool,
      addressPepper: deriveKey(SECRET, 'address'),
      secret: SECRET,
      /** Where the simulator keeps its ledgers. */
      ledgers: {
        mails: join(folder, 'simulator', 'ledger.ndjson'),
        charges: join(folder, 'simulator', 'charges.ndjson'),
      },
      start: (name, env = {}, nodeFlags = []) => start(name, { ...common, ...env }, nodeFlags),
      startSimulator: (env = {}, nodeFlags = []) =>
        start('simulator', { SIMULATOR_PORT: '0', SIMULATOR_DATA_DIR: join(folder, 'simulator'), ...env }, nodeFlags),
      async stop() {
        await stop();
        release();
      },
    };
  } catch (error) {
    await stop();
    release();
    throw error;
  }
}

async function startServers({ say, postgresFlags }, ends) {
  const folder = temporaryFolder('bench');
  ends.push(folder.remove);
  say('starting Postgres (durable) and Redis');
  const postgres = await startPostgres({
    durable: true,
    database: 'carillon',
    flags: ['max_wal_size=4GB', 'shared_buffers=512MB', ...postgresFlags],
  });
  ends.push(async () => {
    // Not in order: a large database would first write what is thrown away a moment later.
    await postgres.halt('immediate');
    await postgres.stop();
  });
  const redis = await startRedis({});
  ends.push(redis.stop);
  await migrate(postgres.url);
  const database = createDatabase({ url: postgres.url, max: 8, applicationName: 'carillon-bench' });
  // A statement that is still running would be waited for; it ends with Postgres.
  ends.push(() => Promise.race([database.close(), pause(CLOSING_MS)]));
  return { folder: folder.path, postgres, redis, database };
}

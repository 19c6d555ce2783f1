/**
 * The product as shipped, for a benchmark: a durable Postgres, a Redis, the simulator and the services that the question
 * needs, all as real processes on free ports, and all ended with the benchmark.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deriveKey } from '@carillon/core';
import { createDatabase, migrate } from '@carillon/db';
import { killSpawnedServices, spawnService } from '@carillon/testkit';
import { startPostgres, startRedis } from '@carillon/testkit/servers';

const SECRET = 'a secret of the benchmarks, and of nothing else';

/** Starts servers and database; services are started one by one with `start`. */
export async function startStack({ say = () => {}, postgresFlags = [] } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'carillon-bench-'));
  say('starting Postgres (durable) and Redis');
  const postgres = await startPostgres({
    durable: true,
    database: 'carillon',
    flags: ['max_wal_size=4GB', 'shared_buffers=512MB', ...postgresFlags],
  });
  const redis = await startRedis({});
  await migrate(postgres.url);
  const database = createDatabase({ url: postgres.url, max: 8, applicationName: 'carillon-bench' });
  const common = {
    DATABASE_URL: postgres.url,
    REDIS_URL: redis.url,
    CARILLON_SECRET: SECRET,
    LOG_LEVEL: 'info',
  };
  let stopping;
  const end = async () => {
    await killSpawnedServices();
    await database.close();
    await redis.stop();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  // Whoever comes second waits for the same end: one that is interrupted fails as its services go.
  const stop = () => {
    stopping ??= end();
    return stopping;
  };
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void stop().then(() => process.exit(130)));
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
    start: (name, env = {}) => spawnService({ name, env: { ...common, ...env } }),
    startSimulator: () =>
      spawnService({ name: 'simulator', env: { SIMULATOR_PORT: '0', SIMULATOR_DATA_DIR: join(folder, 'simulator') } }),
    stop,
  };
}

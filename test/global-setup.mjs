/**
 * Once for a whole test run: one Postgres without fsync, one Redis, and a migrated template database that each test file
 * clones. Tests find them through the environment (see testkit's environment.ts). The servers carry a guard each, so
 * that nothing is left behind even when jest is killed with -9.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root, run, say, tool } from '../scripts/bootstrap.mjs';
import { installSandbox } from '../scripts/lib/debian.mjs';

const TEMPLATE = 'carillon_template';

export default async function globalSetup() {
  // Tests start services from dist/; a stale build would test yesterday's code. A fraction of a second if nothing changed.
  const built = run(tool('tsc'), ['-b'], { quiet: true });
  if (!built) process.stderr.write('carillon: the build has errors (npm run build shows them); testing all the same\n');
  if (!existsSync(join(root, 'packages/testkit/dist/servers/index.js')))
    throw new Error('the build failed, so the test servers cannot be started; run: npm run build');

  // Tests of scripts name what is missing where it cannot be installed.
  installSandbox(say);
  const { startPostgres, startRedis } = await import('@carillon/testkit/servers');
  const [postgres, redis] = await Promise.all([
    startPostgres({ durable: false, flags: ['max_connections=300', 'shared_buffers=256MB'], database: TEMPLATE }),
    startRedis({ ...(process.env.REDIS_URL ? { externalUrl: process.env.REDIS_URL } : {}) }),
  ]);
  globalThis.carillonStopServers = async () => {
    await Promise.all([postgres.stop(), redis.stop()]);
  };
  try {
    const { migrate } = await import('@carillon/db');
    await migrate(postgres.urlFor(TEMPLATE));
  } catch (error) {
    await globalThis.carillonStopServers();
    throw error;
  }
  process.env.CARILLON_TEST_POSTGRES_URL = postgres.urlFor('postgres');
  process.env.CARILLON_TEST_TEMPLATE = TEMPLATE;
  process.env.CARILLON_TEST_REDIS_URL = redis.url;
}

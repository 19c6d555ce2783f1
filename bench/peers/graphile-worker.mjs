/**
 * graphile-worker with its local queue and batched completion. A job that is done is deleted; that is how it remembers. Sizes and delay are
 * those of a few tried that were quickest here.
 */
import { Logger, makeWorkerUtils, run } from 'graphile-worker';
import pg from 'pg';
import { runPeer } from './timed.mjs';

const silent = new Logger(() => () => {});

await runPeer(async ({ databaseUrl, connections }) => {
  const pgPool = new pg.Pool({ connectionString: databaseUrl, max: 16 });
  // A connection that fails fails the turn, and needs no line of its own.
  pgPool.on('error', () => {});
  pgPool.on('connect', (client) => client.on('error', () => {}));
  const utils = await makeWorkerUtils({ pgPool, logger: silent });
  await utils.migrate();
  return {
    fill: (numbers) => utils.addJobs(numbers.map((n) => ({ identifier: 'send', payload: { n } }))),
    async start(send) {
      await run({
        pgPool,
        logger: silent,
        noHandleSignals: true,
        taskList: { send: async ({ n }) => void (await send(n)) },
        preset: {
          worker: { concurrentJobs: connections, completeJobBatchDelay: 0, localQueue: { size: connections * 2 } },
        },
      });
    },
    async isDone() {
      const { rows } = await pgPool.query('SELECT EXISTS (SELECT 1 FROM graphile_worker._private_jobs) AS left');
      return !rows[0].left;
    },
  };
});

/** The executor as a process: a worker for the one channel by which scripts are run, where they can be isolated. */
import { hostname } from 'node:os';
import { createBubblewrapRunner } from '@carillon/runner';
import { createLogger } from '@carillon/runtime';
import { runWorker } from '@carillon/worker';
import { createChannels } from './channels.ts';
import { readConfig } from './config.ts';
import { runIdle } from './idle.ts';

const MEBIBYTE = 1024 * 1024;
const config = readConfig();

const found = await createBubblewrapRunner({
  places: config.SCRIPT_PLACES,
  searchPath: config.SCRIPT_PATH,
  limits: {
    wallMs: config.SCRIPT_TIMEOUT_MS,
    cpuSeconds: config.SCRIPT_CPU_SECONDS,
    memoryBytes: config.SCRIPT_MEMORY_MB * MEBIBYTE,
    processes: config.SCRIPT_PROCESSES,
    scratchBytes: config.SCRIPT_SCRATCH_MB * MEBIBYTE,
  },
  ...(config.SCRIPT_PYTHON === undefined ? {} : { python: config.SCRIPT_PYTHON }),
  ...(config.SCRIPT_NODE === undefined ? {} : { node: config.SCRIPT_NODE }),
  now: Date.now,
});

if (found.kind === 'off') await runIdle(config, found.reason);
else {
  const logger = createLogger({ service: 'executor', level: config.LOG_LEVEL });
  const { runner } = found;
  logger.info({ languages: runner.languages, missing: runner.missing, memory: runner.memory }, 'scripts run here');
  await runWorker({
    name: 'executor',
    config: { ...config, LEASE_MS: config.SCRIPT_LEASE_MS },
    openChannels: (onWritten, db) =>
      createChannels(config, { runner, db, logger, name: `${hostname()}-${process.pid}`, onBegun: onWritten }),
  });
}

/** The executor's settings, from the environment. */
import { integerFromEnv, loadConfig, millisecondsFromEnv, textFromEnv } from '@carillon/runtime';
import { checkWorkerConfig, workerConfig } from '@carillon/worker';
import { z } from 'zod';

// Scripts take longer than messages, so the lease is a setting of its own: one file of settings may serve all services.
const { LEASE_MS: _, ...shared } = workerConfig;

/** From the end of a script's time to the end of everything that it was. */
export const ENDING_MS = 5_000;

/** The keys are the variables' names. */
export const configSchema = z
  .object({
    ...shared,
    /** Scripts at once. */
    SCRIPT_PLACES: integerFromEnv({ min: 1, max: 256, default: 4 }),
    /** How long one may take. */
    SCRIPT_TIMEOUT_MS: millisecondsFromEnv({ min: 100, max: 3_600_000, default: 60_000 }),
    /** Seconds of processor time of each of its processes. */
    SCRIPT_CPU_SECONDS: integerFromEnv({ min: 1, max: 3_600, default: 30 }),
    /** Mebibytes. */
    SCRIPT_MEMORY_MB: integerFromEnv({ min: 64, max: 16_384, default: 256 }),
    /** Processes and threads. */
    SCRIPT_PROCESSES: integerFromEnv({ min: 16, max: 1_024, default: 64 }),
    /** Mebibytes of its scratch folder, which count as memory. */
    SCRIPT_SCRATCH_MB: integerFromEnv({ min: 1, max: 4_096, default: 32 }),
    /** How long an executor owns a batch without renewing. */
    SCRIPT_LEASE_MS: millisecondsFromEnv({ min: 500, max: 3_600_000, default: 120_000 }),
    /** How often is asked whether what runs was cancelled. */
    SCRIPT_CANCEL_MS: millisecondsFromEnv({ min: 50, max: 60_000, default: 1_000 }),
    /** Python and Node for scripts, where they are not in the usual places. */
    SCRIPT_PYTHON: textFromEnv().optional(),
    SCRIPT_NODE: textFromEnv().optional(),
    /** Where bubblewrap and prlimit are looked for. */
    SCRIPT_PATH: textFromEnv({ default: '/usr/local/bin:/usr/bin:/bin' }),
  })
  .check(checkWorkerConfig((config) => config.SCRIPT_TIMEOUT_MS + ENDING_MS, 'SCRIPT_LEASE_MS'));

export type ExecutorConfig = z.output<typeof configSchema>;

/** Reads and checks them; ends the process with a message when one is wrong. */
export function readConfig(): ExecutorConfig {
  return loadConfig('executor', configSchema, process.env);
}

/** The validator's settings, from the environment. */
import { booleanFromEnv, integerFromEnv, loadConfig, millisecondsFromEnv } from '@carillon/runtime';
import { checkWorkerConfig, workerConfig } from '@carillon/worker';
import { z } from 'zod';

// Checks take far longer than messages, so the lease is a setting of its own: one file of settings may serve all services.
const { LEASE_MS: _, ...shared } = workerConfig;

/** The keys are the variables' names. */
export const configSchema = z
  .object({
    ...shared,
    /** Checks at once: with one paid service, and with all mail servers together. */
    CHECK_CONNECTIONS: integerFromEnv({ min: 1, max: 5_000, default: 200 }),
    /** Fewest checks at once, however much a service refuses. */
    CHECK_CALLS_MIN: integerFromEnv({ min: 1, max: 5_000, default: 8 }),
    /** How long one check may take, from the claim's end to its answer's. */
    CHECK_TIMEOUT_MS: millisecondsFromEnv({ min: 100, max: 600_000, default: 90_000 }),
    /** How long it owns a batch without renewing. */
    CHECK_LEASE_MS: millisecondsFromEnv({ min: 500, max: 3_600_000, default: 180_000 }),
    /** How often checks are looked up whose answer was lost. */
    CHECK_LOOKUP_MS: millisecondsFromEnv({ min: 50, max: 3_600_000, default: 15_000 }),
    /** How long an address rests after a check that found nothing out. */
    CHECK_REST_MS: millisecondsFromEnv({ min: 0, max: 86_400_000, default: 600_000 }),
    /** How long a greylisted address waits at least; 0 leaves it to the back-off. */
    CHECK_GREYLIST_MS: millisecondsFromEnv({ min: 0, max: 86_400_000, default: 300_000 }),
    /** Conversations at once with the mail server of one domain. */
    CHECK_PER_HOST: integerFromEnv({ min: 1, max: 1_000, default: 20 }),
    /** Lets verifiers be in private networks; without it not in production. */
    ALLOW_PRIVATE_TARGETS: booleanFromEnv().optional(),
  })
  .check(checkWorkerConfig((config) => config.CHECK_TIMEOUT_MS, 'CHECK_LEASE_MS'));

export type ValidatorConfig = z.output<typeof configSchema>;

/** Reads and checks them; ends the process with a message when one is wrong. */
export function readConfig(): ValidatorConfig {
  return loadConfig('validator', configSchema, process.env);
}

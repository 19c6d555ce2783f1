/** The sweeper's settings, from the environment. */
import {
  commonConfig,
  databaseConfig,
  holdConfig,
  integerFromEnv,
  loadConfig,
  millisecondsFromEnv,
  redisConfig,
} from '@carillon/runtime';
import { z } from 'zod';

/** The keys are the variables' names. */
export const configSchema = z
  .object({
    ...commonConfig,
    ...databaseConfig,
    ...redisConfig,
    ...holdConfig,
    /** Between passes for leases, policies, ended rows and finished runs. */
    SWEEP_INTERVAL_MS: millisecondsFromEnv({ min: 10, max: 600_000, default: 1_000 }),
    /** Between looks at the marker by which a loss of Redis shows. */
    MARKER_INTERVAL_MS: millisecondsFromEnv({ min: 10, max: 600_000, default: 1_000 }),
    /** How long a due batch may be enqueued without being leased before Redis is asked whether its wake-up was lost. */
    LOST_AFTER_MS: millisecondsFromEnv({ min: 100, max: 86_400_000, default: 60_000 }),
    /** Days whose partitions are made ahead. */
    PARTITION_DAYS_AHEAD: integerFromEnv({ min: 1, max: 60, default: 3 }),
    /** Days that are kept at least; older ones are dropped once nothing in them is open or unknown. */
    KEEP_DAYS: integerFromEnv({ min: 8, max: 3_650, default: 90 }),
    /** How long an idempotency key lives after the end of its job. */
    KEEP_REQUESTS_HOURS: integerFromEnv({ min: 1, max: 8_760, default: 72 }),
    /** Age of the eldest due batch from which a channel counts as late. */
    LAG_ALARM_MS: millisecondsFromEnv({ min: 1_000, max: 86_400_000, default: 30_000 }),
    /** Between looks at what webhooks are to be told. */
    NOTICES_INTERVAL_MS: millisecondsFromEnv({ min: 10, max: 600_000, default: 1_000 }),
    /** How long the second try of a notice waits; each further one five times as long, up to a day. */
    NOTICE_BACKOFF_MS: millisecondsFromEnv({ min: 100, max: 60_000, default: 5_000 }),
    /** Suppressions of so long a time are told together. */
    NOTICE_GATHER_MS: millisecondsFromEnv({ min: 100, max: 3_600_000, default: 60_000 }),
    /** How long an address rests whose check ended without a verdict. */
    CHECK_REST_MS: millisecondsFromEnv({ min: 0, max: 86_400_000, default: 600_000 }),
    ENQUEUE_WINDOW: integerFromEnv({ min: 1, max: 1_000, default: 16 }),
    ENQUEUE_HORIZON_MS: millisecondsFromEnv({ min: 1_000, max: 3_600_000, default: 300_000 }),
    DATABASE_POOL: integerFromEnv({ min: 2, max: 200, default: 6 }),
    /** A mechanism that a test may switch off, to see its own check turn red. */
    NEGATIVE_CONTROL: z.enum(['none', 'constant_generation']).default('none'),
  })
  .refine((config) => config.NEGATIVE_CONTROL === 'none' || config.CARILLON_ENV === 'test', {
    path: ['NEGATIVE_CONTROL'],
    message: 'it switches a safety off and is allowed with CARILLON_ENV=test only',
  });

export type SweeperConfig = z.output<typeof configSchema>;

/** Reads and checks them; ends the process with a message when one is wrong. */
export function readConfig(): SweeperConfig {
  return loadConfig('sweeper', configSchema, process.env);
}

/** The scheduler's settings, from the environment. */
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
    /** Between looks for jobs to plan, runs to expand and batches to enqueue. */
    SCHEDULE_INTERVAL_MS: millisecondsFromEnv({ min: 10, max: 60_000, default: 500 }),
    /** How far ahead of its first due time a run is planned and expanded. */
    PLAN_HORIZON_MS: millisecondsFromEnv({ min: 1_000, max: 86_400_000, default: 300_000 }),
    /** How long before it is due a run is planned of a job that comes again. */
    SCHEDULE_AHEAD_MS: millisecondsFromEnv({ min: 0, max: 60_000, default: 5_000 }),
    /** A moment of such a job that is planned later than this was missed, and the job's rule says what becomes of it. */
    SCHEDULE_MISSED_AFTER_MS: millisecondsFromEnv({ min: 1_000, max: 3_600_000, default: 60_000 }),
    /** Steps of expansion at once in this process; each has a connection. */
    EXPANSION_PARALLEL: integerFromEnv({ min: 1, max: 16, default: 2 }),
    /** When addresses of planned messages are looked at again of which something is not known. */
    CHECK_AGAIN_MS: millisecondsFromEnv({ min: 50, max: 3_600_000, default: 60_000 }),
    /** How often the people of a job that follows dates are looked at ahead, to have their addresses checked. */
    CHECK_PASS_MS: millisecondsFromEnv({ min: 50, max: 86_400_000, default: 3_600_000 }),
    /** How long the second try of a check waits that found nothing out; each one after it twice as long, up to an hour. */
    CHECK_BACKOFF_MS: millisecondsFromEnv({ min: 100, max: 3_600_000, default: 60_000 }),
    /** Batches per account and channel that are due and enqueued at once. */
    ENQUEUE_WINDOW: integerFromEnv({ min: 1, max: 1_000, default: 16 }),
    /** How far ahead of its due time a batch is enqueued. */
    ENQUEUE_HORIZON_MS: millisecondsFromEnv({ min: 1_000, max: 3_600_000, default: 300_000 }),
    /** From one pass over the dates of a job's recipients to the next. */
    DATE_PASS_MS: millisecondsFromEnv({ min: 100, max: 86_400_000, default: 3_600_000 }),
    /** How far ahead of their moment people are planned whose date comes. */
    DATE_AHEAD_MS: millisecondsFromEnv({ min: 1_000, max: 14 * 86_400_000, default: 129_600_000 }),
    /** Dates that a pass reads and plans in one transaction. */
    DATE_PAGE: integerFromEnv({ min: 1, max: 50_000, default: 5_000 }),
    DATABASE_POOL: integerFromEnv({ min: 2, max: 200, default: 6 }),
    /** A mechanism that a test may switch off, to see its own check turn red. */
    NEGATIVE_CONTROL: z.enum(['none', 'constant_generation']).default('none'),
  })
  .refine((config) => config.NEGATIVE_CONTROL === 'none' || config.CARILLON_ENV === 'test', {
    path: ['NEGATIVE_CONTROL'],
    message: 'it switches a safety off and is allowed with CARILLON_ENV=test only',
  });

export type SchedulerConfig = z.output<typeof configSchema>;

/** Reads and checks them; ends the process with a message when one is wrong. */
export function readConfig(): SchedulerConfig {
  return loadConfig('scheduler', configSchema, process.env);
}

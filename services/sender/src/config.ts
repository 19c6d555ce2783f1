/** The sender's settings, from the environment. */
import {
  commonConfig,
  databaseConfig,
  holdConfig,
  integerFromEnv,
  loadConfig,
  millisecondsFromEnv,
  redisConfig,
  secretConfig,
} from '@carillon/runtime';
import { z } from 'zod';

/** The keys are the variables' names. */
export const configSchema = z
  .object({
    ...commonConfig,
    ...databaseConfig,
    ...redisConfig,
    ...holdConfig,
    ...secretConfig,
    /** Must let the calls in the air end; what does not is found by the sweeper. */
    DRAIN_TIMEOUT_MS: millisecondsFromEnv({ min: 100, max: 600_000, default: 15_000 }),
    /** Connections to each provider, and so calls in flight at most. */
    SEND_CONNECTIONS: integerFromEnv({ min: 1, max: 4_096, default: 256 }),
    /** How long one call may take, from the claim's end to the answer's. */
    SEND_TIMEOUT_MS: millisecondsFromEnv({ min: 100, max: 120_000, default: 10_000 }),
    /** Batches leased at once. */
    SEND_BATCHES: integerFromEnv({ min: 1, max: 256, default: 32 }),
    /** Rows per claim at most. */
    SEND_CLAIM_ROWS: integerFromEnv({ min: 1, max: 1_000, default: 100 }),
    /** How long outcomes are gathered before they are written together. */
    SEND_GATHER_MS: millisecondsFromEnv({ min: 0, max: 1_000, default: 5 }),
    LEASE_MS: millisecondsFromEnv({ min: 500, max: 3_600_000, default: 30_000 }),
    /** Part of the lease that a call must leave over, beside its own time-out. */
    LEASE_MARGIN_MS: millisecondsFromEnv({ min: 50, max: 60_000, default: 2_000 }),
    /** Batches per account and channel that are due and enqueued at once. */
    ENQUEUE_WINDOW: integerFromEnv({ min: 1, max: 1_000, default: 16 }),
    /** How far ahead of its due time a batch is enqueued. */
    ENQUEUE_HORIZON_MS: millisecondsFromEnv({ min: 1_000, max: 3_600_000, default: 300_000 }),
    /** Share of a provider's limit that this process allows itself while Redis is away. */
    LIMIT_SHARE_PERCENT: integerFromEnv({ min: 1, max: 100, default: 25 }),
    DATABASE_POOL: integerFromEnv({ min: 2, max: 200, default: 10 }),
    /** Mechanisms that a test may switch off, to see its own check turn red. */
    NEGATIVE_CONTROL: z.enum(['none', 'no_fence', 'no_intent', 'constant_generation']).default('none'),
  })
  .refine((config) => config.LEASE_MS * (2 / 3) > config.SEND_TIMEOUT_MS + config.LEASE_MARGIN_MS, {
    path: ['LEASE_MS'],
    message:
      'two thirds of it must exceed SEND_TIMEOUT_MS and LEASE_MARGIN_MS together, so that a renewed lease covers a call',
  })
  .refine((config) => config.NEGATIVE_CONTROL === 'none' || config.CARILLON_ENV === 'test', {
    path: ['NEGATIVE_CONTROL'],
    message: 'it switches a safety off and is allowed with CARILLON_ENV=test only',
  });

/** Which safety a test switched off. */
export type NegativeControl = SenderConfig['NEGATIVE_CONTROL'];

export type SenderConfig = z.output<typeof configSchema>;

/** Reads and checks them; ends the process with a message when one is wrong. */
export function readConfig(): SenderConfig {
  return loadConfig('sender', configSchema, process.env);
}

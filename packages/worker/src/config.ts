/** Settings that every worker has, for the schema of its own config.ts, which alone reads the environment. */
import {
  booleanFromEnv,
  commonConfig,
  databaseConfig,
  holdConfig,
  integerFromEnv,
  millisecondsFromEnv,
  redisConfig,
  secretConfig,
} from '@carillon/runtime';
import { z } from 'zod';
import { NEGATIVE_CONTROLS } from './controls.ts';

/** The fields; the keys are the variables' names. A schema that spreads them must call {@link checkWorkerConfig} as well. */
export const workerConfig = {
  ...commonConfig,
  ...databaseConfig,
  ...redisConfig,
  ...holdConfig,
  ...secretConfig,
  /** Must let the calls in the air end; what does not is found by the sweeper. */
  DRAIN_TIMEOUT_MS: millisecondsFromEnv({ min: 100, max: 600_000, default: 15_000 }),
  /** Batches leased at once. */
  SEND_BATCHES: integerFromEnv({ min: 1, max: 256, default: 32 }),
  /** Rows per claim at most. */
  SEND_CLAIM_ROWS: integerFromEnv({ min: 1, max: 1_000, default: 400 }),
  /** How long outcomes are gathered before they are written together. */
  SEND_GATHER_MS: millisecondsFromEnv({ min: 0, max: 1_000, default: 5 }),
  LEASE_MS: millisecondsFromEnv({ min: 500, max: 3_600_000, default: 30_000 }),
  /** Part of the lease that a call must leave over, beside its own time-out. */
  LEASE_MARGIN_MS: millisecondsFromEnv({ min: 50, max: 60_000, default: 2_000 }),
  /** When a message whose address is being checked is looked at again. */
  AWAIT_VERDICT_MS: millisecondsFromEnv({ min: 100, max: 3_600_000, default: 10_000 }),
  /** Batches per account and channel that are due and enqueued at once. */
  ENQUEUE_WINDOW: integerFromEnv({ min: 1, max: 1_000, default: 16 }),
  /** How far ahead of its due time a batch is enqueued. */
  ENQUEUE_HORIZON_MS: millisecondsFromEnv({ min: 1_000, max: 3_600_000, default: 300_000 }),
  /** How often is written what was sent, for the status page. */
  STATISTICS_MS: millisecondsFromEnv({ min: 100, max: 60_000, default: 5_000 }),
  /** Keeps every window of calls at its ceiling, whatever the provider says: for benchmarks and tests. */
  WINDOW_FIXED: booleanFromEnv({ default: false }),
  /** Share of a provider's limit that this process allows itself while Redis is away. */
  LIMIT_SHARE_PERCENT: integerFromEnv({ min: 1, max: 100, default: 25 }),
  DATABASE_POOL: integerFromEnv({ min: 2, max: 200, default: 10 }),
  /** Mechanisms that a test may switch off, to see its own check turn red. */
  NEGATIVE_CONTROL: z.enum(NEGATIVE_CONTROLS).default('none'),
};

/** The values of these fields. */
export type WorkerConfig = z.output<z.ZodObject<typeof workerConfig>>;

/**
 * What the fields must be together, for `.check(…)` of the schema.
 * @param longestTimeoutMs the longest that a call of the served channels may take
 * @param leaseField the lease's variable, where a service has one of its own
 */
export function checkWorkerConfig<LeaseField extends string, Own extends Record<LeaseField, number>>(
  longestTimeoutMs: (config: Own) => number,
  leaseField: LeaseField,
) {
  return ({ value, issues }: z.core.ParsePayload<Omit<WorkerConfig, 'LEASE_MS'> & Own>): void => {
    const refuse = (name: string, message: string): void => {
      issues.push({ code: 'custom', input: value, path: [name], message });
    };
    if (value[leaseField] * (2 / 3) <= longestTimeoutMs(value) + value.LEASE_MARGIN_MS)
      refuse(
        leaseField,
        'two thirds of it must exceed LEASE_MARGIN_MS and the longest time-out of the channels together, so that a renewed lease covers a call',
      );
    if (value.NEGATIVE_CONTROL !== 'none' && value.CARILLON_ENV !== 'test')
      refuse('NEGATIVE_CONTROL', 'it switches a safety off and is allowed with CARILLON_ENV=test only');
  };
}

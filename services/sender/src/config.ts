/** The sender's settings, from the environment. */
import { SEND_CHANNEL_NAMES, type SendChannelName } from '@carillon/contracts';
import {
  booleanFromEnv,
  commonConfig,
  databaseConfig,
  holdConfig,
  integerFromEnv,
  loadConfig,
  millisecondsFromEnv,
  redisConfig,
  secretConfig,
  urlFromEnv,
} from '@carillon/runtime';
import { z } from 'zod';

function channelsFromEnv() {
  const remedy = `it must be a list of ${SEND_CHANNEL_NAMES.join(', ')}, with commas between`;
  return z
    .string({ error: remedy })
    .transform((text) => [...new Set(text.split(',').map((name) => name.trim()))])
    .pipe(z.array(z.enum(SEND_CHANNEL_NAMES, remedy)))
    .default([...SEND_CHANNEL_NAMES]);
}

/** Of the channels that are served. */
function longestTimeoutMs(config: {
  SEND_CHANNELS: readonly SendChannelName[];
  SEND_TIMEOUT_MS: number;
  EMAIL_TIMEOUT_MS: number;
  WEBHOOK_TIMEOUT_MS: number;
}): number {
  const timeouts: Record<SendChannelName, number> = {
    whatsapp: config.SEND_TIMEOUT_MS,
    email: config.EMAIL_TIMEOUT_MS,
    webhook: config.WEBHOOK_TIMEOUT_MS,
  };
  return Math.max(...config.SEND_CHANNELS.map((channel) => timeouts[channel]));
}

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
    /** Channels that this process serves, each with a window of calls of its own; the others wait for another sender. */
    SEND_CHANNELS: channelsFromEnv(),
    /** Connections to each provider of WhatsApp, and so calls in flight at most. */
    SEND_CONNECTIONS: integerFromEnv({ min: 1, max: 4_096, default: 256 }),
    /** How long one call may take, from the claim's end to the answer's. */
    SEND_TIMEOUT_MS: millisecondsFromEnv({ min: 100, max: 120_000, default: 10_000 }),
    /** The same for e-mail, by SMTP. */
    EMAIL_CONNECTIONS: integerFromEnv({ min: 1, max: 1_000, default: 20 }),
    EMAIL_TIMEOUT_MS: millisecondsFromEnv({ min: 100, max: 300_000, default: 15_000 }),
    /** And for notices to endpoints. */
    WEBHOOK_CONNECTIONS: integerFromEnv({ min: 1, max: 1_000, default: 64 }),
    WEBHOOK_TIMEOUT_MS: millisecondsFromEnv({ min: 100, max: 120_000, default: 15_000 }),
    /** Lets notices go to private networks and by plain HTTP; without it not in production. */
    ALLOW_PRIVATE_TARGETS: booleanFromEnv().optional(),
    /** Where recipients reach the API; without it no message carries a link to unsubscribe. */
    PUBLIC_URL: urlFromEnv({ protocols: ['https:', 'http:'], example: 'https://carillon.example.com' }).optional(),
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
    /** How often is written what was sent, for the status page. */
    STATISTICS_MS: millisecondsFromEnv({ min: 100, max: 60_000, default: 5_000 }),
    /** Share of a provider's limit that this process allows itself while Redis is away. */
    LIMIT_SHARE_PERCENT: integerFromEnv({ min: 1, max: 100, default: 25 }),
    DATABASE_POOL: integerFromEnv({ min: 2, max: 200, default: 10 }),
    /** Mechanisms that a test may switch off, to see its own check turn red. */
    NEGATIVE_CONTROL: z
      .enum(['none', 'no_fence', 'no_intent', 'no_suppression', 'constant_generation', 'retry_unknown'])
      .default('none'),
  })
  .refine((config) => config.LEASE_MS * (2 / 3) > longestTimeoutMs(config) + config.LEASE_MARGIN_MS, {
    path: ['LEASE_MS'],
    message:
      'two thirds of it must exceed LEASE_MARGIN_MS and the longest time-out of the channels together, so that a renewed lease covers a call',
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

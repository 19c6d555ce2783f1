/** The sender's settings, from the environment. */
import { SEND_CHANNEL_NAMES, type SendChannelName } from '@carillon/contracts';
import { booleanFromEnv, integerFromEnv, loadConfig, millisecondsFromEnv, urlFromEnv } from '@carillon/runtime';
import { checkWorkerConfig, workerConfig } from '@carillon/worker';
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
  LEASE_MS: number;
  SEND_CHANNELS: readonly SendChannelName[];
  SEND_TIMEOUT_MS: number;
  EMAIL_TIMEOUT_MS: number;
  WEBHOOK_TIMEOUT_MS: number;
  CALL_TIMEOUT_MS: number;
  PAYMENT_TIMEOUT_MS: number;
}): number {
  const timeouts: Record<SendChannelName, number> = {
    whatsapp: config.SEND_TIMEOUT_MS,
    email: config.EMAIL_TIMEOUT_MS,
    webhook: config.WEBHOOK_TIMEOUT_MS,
    call: config.CALL_TIMEOUT_MS,
    payment: config.PAYMENT_TIMEOUT_MS,
  };
  return Math.max(...config.SEND_CHANNELS.map((channel) => timeouts[channel]));
}

/** The keys are the variables' names. */
export const configSchema = z
  .object({
    ...workerConfig,
    /** Channels that this process serves, each with a window of calls of its own; the others wait for another sender. */
    SEND_CHANNELS: channelsFromEnv(),
    /** Connections to each provider of WhatsApp, and so calls in flight at most. */
    SEND_CONNECTIONS: integerFromEnv({ min: 1, max: 4_096, default: 256 }),
    /** Connections beyond these, for calls that hang, so that they keep nobody else waiting. */
    SEND_HANGING_CONNECTIONS: integerFromEnv({ min: 0, max: 4_096, default: 1_024 }),
    /** Calls at once of one number: those that are tried however much it refuses, and at most; without the latter as many as connections. */
    SEND_CALLS_MIN: integerFromEnv({ min: 1, max: 4_096, default: 2 }),
    SEND_CALLS_MAX: integerFromEnv({ min: 1, max: 4_096 }).optional(),
    /** How long one call may take, from the claim's end to the answer's. */
    SEND_TIMEOUT_MS: millisecondsFromEnv({ min: 100, max: 120_000, default: 10_000 }),
    /** The same for e-mail, by SMTP. */
    EMAIL_CONNECTIONS: integerFromEnv({ min: 1, max: 1_000, default: 20 }),
    EMAIL_CALLS_MIN: integerFromEnv({ min: 1, max: 1_000, default: 2 }),
    EMAIL_TIMEOUT_MS: millisecondsFromEnv({ min: 100, max: 300_000, default: 15_000 }),
    /** And for notices to endpoints. */
    WEBHOOK_CONNECTIONS: integerFromEnv({ min: 1, max: 1_000, default: 64 }),
    WEBHOOK_CALLS_MIN: integerFromEnv({ min: 1, max: 1_000, default: 2 }),
    WEBHOOK_TIMEOUT_MS: millisecondsFromEnv({ min: 100, max: 120_000, default: 15_000 }),
    /** And for calls that jobs make: connections of all accounts, which each origin may have too, and calls at once of one account. */
    CALL_CONNECTIONS: integerFromEnv({ min: 1, max: 4_096, default: 256 }),
    CALL_ACCOUNT_CALLS_MAX: integerFromEnv({ min: 1, max: 4_096, default: 192 }),
    CALL_CALLS_MIN: integerFromEnv({ min: 1, max: 4_096, default: 8 }),
    CALL_TIMEOUT_MS: millisecondsFromEnv({ min: 100, max: 120_000, default: 15_000 }),
    /** And for payments, with how often those are looked up whose answer was lost. */
    PAYMENT_CONNECTIONS: integerFromEnv({ min: 1, max: 1_000, default: 32 }),
    PAYMENT_CALLS_MIN: integerFromEnv({ min: 1, max: 1_000, default: 2 }),
    PAYMENT_TIMEOUT_MS: millisecondsFromEnv({ min: 100, max: 300_000, default: 15_000 }),
    PAYMENT_LOOKUP_MS: millisecondsFromEnv({ min: 50, max: 3_600_000, default: 5_000 }),
    /** How long fetching what a report attaches may take, and the largest, bytes. */
    DOCUMENT_TIMEOUT_MS: millisecondsFromEnv({ min: 100, max: 300_000, default: 15_000 }),
    DOCUMENT_MAX_BYTES: integerFromEnv({ min: 1_000, max: 50_000_000, default: 5_000_000 }),
    /** Lets notices and calls go to private networks and by plain HTTP; without it not in production. */
    ALLOW_PRIVATE_TARGETS: booleanFromEnv().optional(),
    /** Where recipients reach the API; without it no message carries a link to unsubscribe. */
    PUBLIC_URL: urlFromEnv({ protocols: ['https:', 'http:'], example: 'https://carillon.example.com' }).optional(),
  })
  .check(checkWorkerConfig(longestTimeoutMs, 'LEASE_MS'));

export type SenderConfig = z.output<typeof configSchema>;

/** Reads and checks them; ends the process with a message when one is wrong. */
export function readConfig(): SenderConfig {
  return loadConfig('sender', configSchema, process.env);
}

/** The api's settings, from the environment. `.env.example` explains each. */
import {
  booleanFromEnv,
  commonConfig,
  databaseConfig,
  integerFromEnv,
  loadConfig,
  millisecondsFromEnv,
  redisConfig,
  secretConfig,
  textFromEnv,
  urlFromEnv,
} from '@carillon/runtime';
import { z } from 'zod';

/** A number from 0 to 1. */
const SHARE = {
  pattern: /^(?:0(?:\.\d{1,6})?|1(?:\.0{1,6})?)$/,
  remedy: 'it must be a number from 0 to 1, such as 0.5',
};

/** Words with commas between. */
function wordsFromEnv(options: { default: string }) {
  return textFromEnv(options).transform((text) => text.split(',').flatMap((word) => word.trim() || []));
}

/** Every variable that the api reads. */
export const configSchema = z.object({
  ...commonConfig,
  ...databaseConfig,
  ...redisConfig,
  ...secretConfig,
  API_HOST: textFromEnv({ default: '127.0.0.1' }),
  /** 0 takes a free port, which the ready line names. */
  API_PORT: integerFromEnv({ min: 0, max: 65_535, default: 7100 }),
  /** Connections to Postgres at most. One process hardly has work for more than a few: more of them only get into each other's way. */
  DATABASE_POOL: integerFromEnv({ min: 2, max: 200, default: 12 }),
  /** Further connections for what no account asks: keys, callbacks, waking. */
  DATABASE_SYSTEM_POOL: integerFromEnv({ min: 2, max: 100, default: 8 }),
  /** How long a request waits for a connection. */
  CONNECT_TIMEOUT_MS: millisecondsFromEnv({ min: 50, max: 60_000, default: 3_000 }),
  /** A statement that takes longer has gone wrong; the request is answered with 503. */
  STATEMENT_TIMEOUT_MS: millisecondsFromEnv({ min: 100, max: 600_000, default: 15_000 }),
  /** Requests a second that a key may make, where its account has no limit of its own. */
  REQUESTS_PER_SECOND: integerFromEnv({ min: 1, max: 1_000_000, default: 1_000 }),
  /** Whether tenants may name private networks and plain HTTP as providers and webhooks; without it not in production. */
  ALLOW_PRIVATE_TARGETS: booleanFromEnv().optional(),
  /** Proxies whose X-Forwarded-For is believed: addresses and networks with commas, loopback, linklocal, uniquelocal. */
  TRUSTED_PROXIES: textFromEnv().optional(),
  /** Where people reach the api; without it links to confirm addresses are given as paths only. */
  PUBLIC_URL: urlFromEnv({ protocols: ['https:', 'http:'], example: 'https://carillon.example.com' }).optional(),
  /** What a recipient replies by WhatsApp to receive nothing more. */
  STOP_WORDS: wordsFromEnv({ default: 'STOP,STOPP,UNSUBSCRIBE,ABMELDEN,BAJA,STOPPEN' }),
  /** What takes such a reply back, and nothing else. */
  START_WORDS: wordsFromEnv({ default: 'START,ANMELDEN,ALTA' }),
  /** A job due within this gets its run in the request that creates it; a later one is the scheduler's. */
  PLAN_HORIZON_MS: millisecondsFromEnv({ min: 1_000, max: 86_400_000, default: 300_000 }),
  /** A job is refused when another is like it whose moment is no further away than this. */
  SIMILAR_WINDOW_MS: millisecondsFromEnv({ min: 0, max: 31 * 86_400_000, default: 86_400_000 }),
  /** From this share of people in common on two jobs without a common audience go to the same people. */
  SIMILAR_SHARE: textFromEnv({ ...SHARE, default: '0.5' }).transform(Number),
  /** From this similarity on two texts say nearly the same. */
  SIMILAR_TEXT: textFromEnv({ ...SHARE, default: '0.8' }).transform(Number),
  /** Batches per account and channel that are due and enqueued at once. */
  ENQUEUE_WINDOW: integerFromEnv({ min: 1, max: 1_000, default: 16 }),
  /** How far ahead of its due time a batch is enqueued. */
  ENQUEUE_HORIZON_MS: millisecondsFromEnv({ min: 1_000, max: 3_600_000, default: 300_000 }),
});

export type ApiConfig = z.output<typeof configSchema>;

/** Reads the environment of this process; a bad one ends it with a message. */
export function readConfig(): ApiConfig {
  return loadConfig('api', configSchema, process.env);
}

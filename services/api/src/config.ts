/** The api's settings, from the environment. `.env.example` explains each. */
import {
  commonConfig,
  databaseConfig,
  integerFromEnv,
  loadConfig,
  millisecondsFromEnv,
  redisConfig,
  secretConfig,
  textFromEnv,
} from '@carillon/runtime';
import { z } from 'zod';

/** Every variable that the api reads. */
export const apiConfigSchema = z.object({
  ...commonConfig,
  ...databaseConfig,
  ...redisConfig,
  ...secretConfig,
  API_HOST: textFromEnv({ default: '127.0.0.1' }),
  /** 0 takes a free port, which the ready line names. */
  API_PORT: integerFromEnv({ min: 0, max: 65_535, default: 7100 }),
  API_DATABASE_CONNECTIONS: integerFromEnv({ min: 2, max: 200, default: 20 }),
  /** A statement that takes longer has gone wrong; the request is answered with 503. */
  API_STATEMENT_TIMEOUT_MS: millisecondsFromEnv({ min: 100, max: 600_000, default: 15_000 }),
  /** Jobs due within this get their run in the request that creates them; later ones are the scheduler's. */
  HORIZON_MS: millisecondsFromEnv({ min: 1_000, max: 3_600_000, default: 300_000 }),
});

export type ApiConfig = z.output<typeof apiConfigSchema>;

/** Reads the environment of this process; a bad one ends it with a message. */
export function readApiConfig(): ApiConfig {
  return loadConfig('api', apiConfigSchema, process.env);
}

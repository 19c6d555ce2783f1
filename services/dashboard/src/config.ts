/** The dashboard's settings, from the environment. */
import {
  booleanFromEnv,
  commonConfig,
  databaseConfig,
  integerFromEnv,
  loadConfig,
  markSecret,
  millisecondsFromEnv,
  redisConfig,
  secondsFromEnv,
  secretConfig,
  textFromEnv,
  urlFromEnv,
} from '@carillon/runtime';
import { z } from 'zod';

const WEB = { protocols: ['http:', 'https:'] } as const;

function passwordFromEnv() {
  return textFromEnv({
    pattern: /^.{12,}$/s,
    remedy: 'it must have at least 12 characters; make one with: openssl rand -hex 12',
  });
}

/** The keys are the variables' names. */
export const configSchema = z.object({
  ...commonConfig,
  ...databaseConfig,
  ...redisConfig,
  ...secretConfig,
  DASHBOARD_HOST: textFromEnv({ default: '127.0.0.1' }),
  /** 0 takes a free port, which the ready line names. */
  DASHBOARD_PORT: integerFromEnv({ min: 0, max: 65_535, default: 7103 }),
  /** The operator's login. */
  DASHBOARD_USER: textFromEnv({ default: 'operator' }),
  DASHBOARD_PASSWORD: markSecret(passwordFromEnv()),
  /** A second login, which sees everything and can press nothing. Without its password there is none. */
  DASHBOARD_READER_USER: textFromEnv({ default: 'reader' }),
  DASHBOARD_READER_PASSWORD: markSecret(passwordFromEnv().optional()),
  /** After this a login ends, used or not. */
  DASHBOARD_SESSION_SECONDS: secondsFromEnv({ min: 60, max: 30 * 86_400, default: 12 * 3_600 }),
  /** Logins that one address may try within the window; a right one starts the count anew. */
  DASHBOARD_LOGIN_ATTEMPTS: integerFromEnv({ min: 1, max: 1_000, default: 10 }),
  DASHBOARD_LOGIN_WINDOW_SECONDS: secondsFromEnv({ min: 1, max: 86_400, default: 900 }),
  /** True where the dashboard is reached by HTTPS only; browsers then never send its cookies in the clear. */
  DASHBOARD_SECURE_COOKIE: booleanFromEnv({ default: false }),
  /** Proxies in front whose X-Forwarded-For is believed; with 0 the connection's own address counts. */
  DASHBOARD_TRUSTED_PROXIES: integerFromEnv({ min: 0, max: 10, default: 0 }),
  /** Where the page links to, as the operator's browser reaches it. */
  DASHBOARD_API_DOCS_URL: urlFromEnv({
    ...WEB,
    example: 'https://carillon.example/docs',
    default: 'http://127.0.0.1:7100/docs',
  }),
  /** The simulator's ledger; without it there is no such link. */
  DASHBOARD_LEDGER_URL: urlFromEnv({ ...WEB, example: 'http://127.0.0.1:7104/' }).optional(),
  /** The folder of docs/operations.md, as the operator's browser reaches it; without it the page names the file only. */
  DASHBOARD_DOCS_URL: urlFromEnv({ ...WEB, example: 'https://carillon.example/docs/' }).optional(),
  /** As the sweeper's: a due batch enqueued longer ago than this counts as missing in Redis. */
  LOST_AFTER_MS: millisecondsFromEnv({ min: 100, max: 86_400_000, default: 60_000 }),
  DATABASE_POOL: integerFromEnv({ min: 2, max: 200, default: 4 }),
});

export type DashboardConfig = z.output<typeof configSchema>;

/** Reads and checks them; ends the process with a message when one is wrong. */
export function readConfig(): DashboardConfig {
  return loadConfig('dashboard', configSchema, process.env);
}

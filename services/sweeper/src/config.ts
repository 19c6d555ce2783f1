/** The sweeper's settings, from the environment. */
import { CHANNEL_NAMES } from '@carillon/contracts';
import {
  commonConfig,
  databaseConfig,
  holdConfig,
  integerFromEnv,
  loadConfig,
  markSecret,
  millisecondsFromEnv,
  redisConfig,
  textFromEnv,
  urlFromEnv,
} from '@carillon/runtime';
import { z } from 'zod';

const ADDRESS = /^[^\s<>()[\]\\,;:"@]{1,64}@[^\s<>()[\]\\,;:"@]{1,253}$/;
const LIMITS_REMEDY = `it must be a list such as email_check=600000,call=5000; channels are ${CHANNEL_NAMES.join(', ')}, limits from 1000 ms`;

/** Limits of channels: names and milliseconds. */
const channelLimits = z.string({ error: LIMITS_REMEDY }).transform((text, context): ReadonlyMap<string, number> => {
  const limits = new Map<string, number>();
  for (const part of text.split(',')) {
    const [, channel = '', limit] = /^\s*([a-z_]+)=(\d{4,8})\s*$/.exec(part) ?? [];
    if (!(CHANNEL_NAMES as readonly string[]).includes(channel)) {
      context.addIssue({ code: 'custom', message: LIMITS_REMEDY });
      return z.NEVER;
    }
    limits.set(channel, Number(limit));
  }
  return limits;
});

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
    /** Days that runs and jobs are kept after their end, when their deliveries are long gone. */
    KEEP_JOB_DAYS: integerFromEnv({ min: 8, max: 36_500, default: 400 }),
    /** Days that the audit trail is kept. */
    KEEP_AUDIT_DAYS: integerFromEnv({ min: 8, max: 36_500, default: 730 }),
    /** Between looks for what is older than it is kept. */
    ROTATION_INTERVAL_MS: millisecondsFromEnv({ min: 10, max: 3_600_000, default: 30_000 }),
    /** How long an idempotency key lives after the end of its job. */
    KEEP_REQUESTS_HOURS: integerFromEnv({ min: 1, max: 8_760, default: 72 }),
    /** Age of the eldest due batch from which a channel counts as late. */
    LAG_ALARM_MS: millisecondsFromEnv({ min: 1_000, max: 86_400_000, default: 30_000 }),
    /** The same of single channels, where it is another. */
    LAG_ALARM_CHANNELS: channelLimits.optional(),
    /** Who is told of a late channel, and how the webhook is signed. */
    ALERT_WEBHOOK_URL: urlFromEnv({
      protocols: ['http:', 'https:'],
      example: 'https://alerts.example.com/carillon',
    }).optional(),
    ALERT_WEBHOOK_SECRET: markSecret(
      textFromEnv({
        pattern: /^whsec_[A-Za-z0-9+/]{32,128}={0,2}$/,
        remedy: 'it must be whsec_ and base64; make one with: echo whsec_$(openssl rand -base64 32)',
      }).optional(),
    ),
    ALERT_EMAIL_TO: textFromEnv({ pattern: ADDRESS, remedy: 'it must be an e-mail address' }).optional(),
    ALERT_EMAIL_FROM: textFromEnv({ pattern: ADDRESS, remedy: 'it must be an e-mail address' }).optional(),
    ALERT_SMTP_URL: markSecret(
      urlFromEnv({ protocols: ['smtp:', 'smtps:'], example: 'smtps://user:password@mail.example.com' }).optional(),
    ),
    /** How long the second try of an alert waits; each further one twice as long, up to a minute. */
    ALERT_RETRY_MS: millisecondsFromEnv({ min: 1_000, max: 600_000, default: 10_000 }),
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
    NEGATIVE_CONTROL: z.enum(['none', 'constant_generation', 'no_settings']).default('none'),
  })
  .refine((config) => config.KEEP_JOB_DAYS >= config.KEEP_DAYS, {
    path: ['KEEP_JOB_DAYS'],
    message: 'it must not be less than KEEP_DAYS: a run is kept for as long as its deliveries at least',
  })
  .refine((config) => config.KEEP_JOB_DAYS * 24 >= config.KEEP_REQUESTS_HOURS, {
    path: ['KEEP_JOB_DAYS'],
    message: 'it must be as long as KEEP_REQUESTS_HOURS at least: an idempotency key needs to know when its job ended',
  })
  .refine((config) => (config.ALERT_WEBHOOK_URL === undefined) === (config.ALERT_WEBHOOK_SECRET === undefined), {
    path: ['ALERT_WEBHOOK_SECRET'],
    message: 'ALERT_WEBHOOK_URL and ALERT_WEBHOOK_SECRET need each other; set both or neither',
  })
  .refine((config) => (config.ALERT_EMAIL_TO === undefined) === (config.ALERT_SMTP_URL === undefined), {
    path: ['ALERT_SMTP_URL'],
    message: 'ALERT_EMAIL_TO and ALERT_SMTP_URL need each other; set both or neither',
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

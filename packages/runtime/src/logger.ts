/**
 * Logs are JSON lines on stdout, one logger for each service with children for its parts. What is secret is replaced
 * before it is written; addresses are masked by whoever logs them (`maskAddress` in core).
 */
import { pino } from 'pino';

export type Logger = pino.Logger;

export interface LoggerOptions {
  /** The service's name, in every line. */
  service: string;
  level: string;
  /** Where lines go; default stdout. */
  destination?: pino.DestinationStream;
}

const SECRET_KEYS = [
  'password',
  'secret',
  'token',
  'accessToken',
  'appSecret',
  'verifyToken',
  'apiKey',
  'authorization',
  'cookie',
  'connectionString',
  'DATABASE_URL',
  'REDIS_URL',
  'CARILLON_SECRET',
];

/** Secrets at the top of a line's object and one level below, such as `headers.authorization` or `config.DATABASE_URL`. */
const redactedPaths = SECRET_KEYS.flatMap((key) => [key, `*.${key}`, `*["${key}"]`]).filter(
  (path, index, all) => all.indexOf(path) === index,
);

/** The logger of a service. Lines carry `level` as a word, `time` as ISO 8601, `service` and `pid`. */
export function createLogger({ service, level, destination }: LoggerOptions): Logger {
  const options: pino.LoggerOptions = {
    level,
    base: { service, pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: pino.stdSerializers.errWithCause, cause: pino.stdSerializers.errWithCause },
    redact: { paths: redactedPaths, censor: '[redacted]' },
  };
  // Synchronous (pino's own default is not): the last lines before a crash or a kill are the ones that are needed.
  // Nothing is logged for each delivery, so it costs nothing.
  return pino(options, destination ?? pino.destination({ fd: 1, sync: true }));
}

/** A connection URL without what is secret in it, for logs and messages. */
export function redactUrl(text: string): string {
  try {
    const url = new URL(text);
    return `${url.protocol}//${url.username === '' ? '' : `${url.username}@`}${url.host}${url.pathname}`;
  } catch {
    return '[not a URL]';
  }
}

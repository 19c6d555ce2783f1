/**
 * Logs are JSON lines on stdout, one logger for each service with children for its parts. Secrets are replaced and
 * addresses masked before a line is written, wherever in it they stand (redact.ts). Ids go by the same names everywhere:
 * `requestId`, `job`, `run`, `batch`, `delivery`, `account`.
 */
import { pino } from 'pino';
import { redact } from './redact.ts';

export type Logger = pino.Logger;

export interface LoggerOptions {
  /** The service's name, in every line. */
  service: string;
  level: string;
  /** Where lines go; default stdout. */
  destination?: pino.DestinationStream;
}

/** The logger of a service. Lines carry `level` as a word, `time` as ISO 8601, `service` and `pid`. */
export function createLogger({ service, level, destination }: LoggerOptions): Logger {
  const options: pino.LoggerOptions = {
    level,
    base: { service, pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: {
      level: (label) => ({ level: label }),
      // Errors are shown with their causes.
      log: (object) => redact(object) as Record<string, unknown>,
    },
    // pino's own would take what is error-like once more, and fold the cause into the message.
    serializers: { err: (shown: unknown) => shown },
  };
  // Synchronous (pino's own default is not): the last lines before a crash or a kill are the ones that are needed.
  // Nothing is logged for each delivery, so it costs nothing.
  const logger = pino(options, destination ?? pino.destination({ fd: 1, sync: true }));
  // What a child says of itself passes no formatter of pino's. Children inherit this method, so theirs are covered too.
  const child = logger.child as unknown as (this: object, ...given: unknown[]) => Logger;
  return Object.assign(logger, {
    child(this: Logger, bindings: pino.Bindings, childOptions?: pino.ChildLoggerOptions) {
      return child.call(this, redact(bindings) as pino.Bindings, childOptions);
    },
  });
}

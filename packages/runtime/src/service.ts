/**
 * The life of a service process: start, one line that says it is ready, and one orderly stop, whoever asks for it: a
 * signal, the supervisor's death, or an error that nobody handled. It always ends; what does not drain in time is safe,
 * because the database knows what was in the air.
 */
import type { Logger } from './logger.ts';
import { PreflightError } from './preflight.ts';

export interface ServiceOptions {
  name: string;
  /** Builds and starts everything. What it returns (a port, say) goes into the ready line. */
  start: () => Promise<Readonly<Record<string, unknown>> | undefined> | Promise<void>;
  /** Drains and closes everything. Called once, also after a start that failed half way. */
  stop: (reason: string) => Promise<void>;
  /** Counted from the request to stop; then the process ends with exit code 1. */
  drainTimeoutMs: number;
  /** What is still going on, by name; told when the drain takes too long, as nothing else says then what it waited for. */
  busy?: () => readonly string[];
  logger: Logger;
}

/**
 * Runs the process. Resolves when it is ready; never rejects. Exit codes: 0 after an orderly stop; 1 when the start or
 * the stop failed, the drain took too long, or an error was not handled.
 */
export async function runService({ name, start, stop, drainTimeoutMs, busy, logger }: ServiceOptions): Promise<void> {
  let stopping = false;
  let started: Promise<unknown> = Promise.resolve();

  const shutDown = async (reason: string, exitCode: 0 | 1): Promise<void> => {
    if (stopping) return;
    stopping = true;
    logger.info({ reason }, 'stopping');
    setTimeout(() => {
      logger.error({ drainTimeoutMs, busy: busy?.() }, 'the stop took too long; leaving');
      process.exit(1);
    }, drainTimeoutMs);
    try {
      // A stop in the middle of the start would miss what is only being built.
      await started.catch(() => {});
      await stop(reason);
      logger.info('stopped');
    } catch (error) {
      logger.error({ err: error }, 'the stop failed');
      process.exit(1);
    }
    process.exit(exitCode);
  };

  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void shutDown(signal, 0));
  // Started by a supervisor with an IPC channel: when it closes, the supervisor is gone, even by kill -9. Without it the
  // service would live on as an orphan that holds ports and sends messages.
  // The channel may have closed already, while the modules loaded; then no event comes any more.
  const orphaned = () => void shutDown('the supervisor is gone', 0);
  if (process.send !== undefined && !process.connected) orphaned();
  else if (process.send !== undefined) process.on('disconnect', orphaned);
  // The state is unknown after either of these; the process leaves at once, as after a crash, and the sweeper repairs.
  process.on('unhandledRejection', (error) => leave(logger, error, 'a rejection was not handled'));
  process.on('uncaughtException', (error) => leave(logger, error, 'an exception was not caught'));

  try {
    if (stopping) return;
    const starting = start();
    started = starting;
    const facts = (await starting) ?? {};
    if (!stopping) logger.info({ ...facts, name }, 'ready');
  } catch (error) {
    // A preflight's message says all there is to say; a stack trace would hide it.
    if (error instanceof PreflightError) logger.fatal(`${name} cannot start: ${error.message}`);
    else logger.fatal({ err: error }, `${name} could not start`);
    await shutDown('the start failed', 1);
  }
}

function leave(logger: Logger, error: unknown, message: string): never {
  logger.fatal({ err: error instanceof Error ? error : new Error(String(error)) }, message);
  process.exit(1);
}

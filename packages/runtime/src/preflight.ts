/** Before a service starts: waiting until what it needs is there, and saying plainly what is not. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from './logger.ts';

/** Why a service cannot start; its message is for people, and is printed without a stack trace. */
export class PreflightError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'PreflightError';
  }
}

export interface WaitForOptions {
  /** What is waited for, at the start of a sentence: `Postgres`. */
  name: string;
  /** Resolves when it is there. A {@link PreflightError} ends the waiting at once: time will not mend it. */
  check: () => Promise<unknown>;
  timeoutMs: number;
  /** Default 250. */
  everyMs?: number;
  /** Told once, when the first check has failed. */
  logger?: Logger;
}

/** Repeats a check until it resolves. Throws PreflightError with the last failure as its cause. */
export async function waitFor({ name, check, timeoutMs, everyMs = 250, logger }: WaitForOptions): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  for (let tries = 1; ; tries += 1) {
    try {
      await check();
      return;
    } catch (error) {
      if (error instanceof PreflightError) throw error;
      if (tries === 1) logger?.warn({ err: error }, `waiting for ${name}`);
      if (performance.now() + everyMs > deadline)
        throw new PreflightError(`${name} was not ready within ${timeoutMs} ms: ${reasonOf(error)}`, { cause: error });
    }
    await pause(everyMs);
  }
}

/** Node's connection errors to several addresses carry their text in their parts only. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(reasonOf).join('; ');
  return error instanceof Error && error.message !== '' ? error.message : String(error);
}

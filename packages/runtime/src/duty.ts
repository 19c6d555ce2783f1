/**
 * The one shape of everything that runs in rounds: planning, sweeping, enqueueing. A duty never overlaps itself, an error
 * ends a round and never the process, and tests call `runOnce()` instead of waiting for the clock.
 */

import type { ProgressCheck } from './health.ts';
import type { Logger } from './logger.ts';
import type { Metrics } from './metrics.ts';

/** `more`: there is further work now, so the next round follows without a pause. */
export type RoundResult = { readonly more: boolean } | undefined;

export interface DutyOptions {
  /** In snake_case: it is a metric's label too. */
  name: string;
  /** From the end of a round to the start of the next. */
  intervalMs: number;
  /** The part of the interval by which pauses vary, so that many processes do not march in step. Default 0.2. */
  jitter?: number;
  /** One round, bounded in what it takes on. The signal is aborted when the duty is stopped. */
  runOnce: (signal: AbortSignal) => Promise<RoundResult | undefined>;
  logger: Logger;
  metrics?: Metrics;
  /** From 0 to 1, as Math.random, which is the default. */
  random?: () => number;
}

export interface Duty extends ProgressCheck {
  /** The first round begins at once. */
  start(): void;
  /** No further round; resolves when the one that runs has ended. */
  stop(): Promise<void>;
  /**
   * One full round that begins after this call: it waits for a round that runs already, and callers who wait together
   * share one. Rejects with the round's error, which has been logged and counted.
   */
  runOnce(): Promise<RoundResult>;
  /** Whether a round is going on. */
  isRunning(): boolean;
  /** Ends the pause now, as something to do is known. Nothing happens unless started. */
  wake(): void;
}

export function createDuty(options: DutyOptions): Duty {
  const { name, intervalMs, jitter = 0.2, random = Math.random } = options;
  const logger = options.logger.child({ duty: name });
  const rounds = (outcome: string) =>
    options.metrics?.hotCounter('carillon_duty_rounds_total', 'Rounds of background duties by outcome', {
      duty: name,
      outcome,
    });
  const succeeded = rounds('ok');
  const failed = rounds('error');

  let running: Promise<RoundResult> | undefined;
  let queued: Promise<RoundResult> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let started = false;
  let wakePending = false;
  let abort = new AbortController();
  let progressAtMs = performance.now();

  const round = async (): Promise<RoundResult> => {
    try {
      const result = await options.runOnce(abort.signal);
      succeeded?.add();
      return result ?? undefined;
    } catch (error) {
      failed?.add();
      logger.error({ err: error }, 'a round failed');
      throw error;
    } finally {
      // A round that failed has got on as well: a restart would not mend what it ran into.
      progressAtMs = performance.now();
    }
  };
  const begin = (): Promise<RoundResult> => {
    const one = round().finally(() => {
      if (running === one) running = undefined;
    });
    running = one;
    return one;
  };
  const runOnce = (): Promise<RoundResult> => {
    if (running === undefined) return begin();
    queued ??= running
      .then(
        () => undefined,
        () => undefined,
      )
      .then(() => {
        queued = undefined;
        return begin();
      });
    return queued;
  };
  const schedule = (delayMs: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => void loop(), delayMs);
  };
  const loop = async (): Promise<void> => {
    timer = undefined;
    const result = await runOnce().catch(() => undefined);
    if (!started) return;
    const pauseMs = intervalMs * (1 + jitter * (2 * random() - 1));
    const immediately = wakePending || result?.more === true;
    wakePending = false;
    schedule(immediately ? 0 : pauseMs);
  };

  return {
    name,
    // Three pauses, and time for one long round.
    patienceMs: 3 * intervalMs + 60_000,
    sinceProgressMs: () => performance.now() - progressAtMs,
    isRunning: () => running !== undefined,
    start() {
      if (started) return;
      started = true;
      abort = new AbortController();
      progressAtMs = performance.now();
      schedule(0);
    },
    async stop() {
      started = false;
      clearTimeout(timer);
      timer = undefined;
      abort.abort();
      await Promise.allSettled([running, queued]);
    },
    runOnce,
    wake() {
      if (!started) return;
      // While a round runs it may have looked already; the next one follows at once.
      if (timer === undefined) wakePending = true;
      else schedule(0);
    },
  };
}

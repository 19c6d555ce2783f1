/** The duty that has the addresses of planned messages checked. */
import { checkPlanned, type Database } from '@carillon/db';
import type { Waker } from '@carillon/queue';
import { createDuty, type Duty, type Logger, type Metrics } from '@carillon/runtime';

/** Batches of messages looked at in one round. */
const BATCHES_PER_ROUND = 50;

export interface CheckSettings {
  /** When a batch is looked at again of which something is not known. */
  readonly againMs: number;
  /** How long the second try of a check waits. */
  readonly backoffMs: number;
}

export interface CheckDutiesOptions {
  readonly pool: Database['pool'];
  readonly waker: Waker;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly intervalMs: number;
  readonly checks: CheckSettings;
}

/** Builds them; the caller starts and stops them. */
export function createCheckDuties(options: CheckDutiesOptions): Duty[] {
  const { pool, waker, logger, metrics, checks } = options;
  const requested = (as: string) =>
    metrics.hotCounter(
      'carillon_checks_requested_total',
      'Checks of addresses that were asked for, and results shared',
      {
        as,
      },
    );
  const asked = requested('asked');
  const shared = requested('shared');
  const planned = createDuty({
    name: 'checks',
    intervalMs: options.intervalMs,
    logger,
    metrics,
    async runOnce() {
      const round = await checkPlanned(pool, { limit: BATCHES_PER_ROUND, ...checks });
      asked.add(round.asked);
      shared.add(round.shared);
      for (const [account, reason] of round.blocked) {
        logger.warn({ duty: 'checks', account, reason }, 'addresses of planned messages cannot be checked');
      }
      if (round.asked > 0) void waker.wake('email_check');
      return { more: round.batches === BATCHES_PER_ROUND };
    },
  });
  return [planned];
}

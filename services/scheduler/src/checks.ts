/** The duties that have addresses checked: of planned messages, and ahead of those that will be planned. */
import { checkAhead, checkPlanned, type Database } from '@carillon/db';
import type { Waker } from '@carillon/queue';
import { createDuty, type Duty, type Logger, type Metrics } from '@carillon/runtime';

/** Batches of messages looked at in one round. */
const BATCHES_PER_ROUND = 50;
/** Jobs looked at ahead in one round, page by page. */
const JOBS_PER_ROUND = 10;

export interface CheckSettings {
  /** When a batch is looked at again of which something is not known. */
  readonly againMs: number;
  /** How long the second try of a check waits. */
  readonly backoffMs: number;
  /** How often the people of a job that follows dates are looked at ahead, and those of a job that could not be asked for. */
  readonly passMs: number;
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

  const ahead = createDuty({
    name: 'checks_ahead',
    intervalMs: options.intervalMs,
    logger,
    metrics,
    async runOnce(signal) {
      for (let jobs = 0; jobs < JOBS_PER_ROUND && !signal.aborted; jobs++) {
        const look = await checkAhead(pool, { againMs: checks.passMs, backoffMs: checks.backoffMs }, signal);
        if (!look) return undefined;
        asked.add(look.asked);
        shared.add(look.shared);
        if (look.asked > 0) void waker.wake('email_check');
        const { accountId: account, jobId: job, blocked: reason } = look;
        if (reason) logger.warn({ duty: 'checks_ahead', account, job, reason }, 'addresses cannot be checked ahead');
      }
      return { more: true };
    },
  });
  return [planned, ahead];
}

/**
 * The scheduler's duties: jobs become runs, once or again and again, runs become deliveries, dates of recipients become both, deliveries are enqueued, and
 * addresses are checked before. Each is harmless beside any number of others: rows are locked and skipped, occurrences and
 * occasions are unique, marks are committed before the queue is told.
 */
import { CHANNEL_NAMES, type ChannelName } from '@carillon/contracts';
import {
  beginExpansions,
  type Database,
  type DatedJobKey,
  DatePassFailure,
  type DatePassOptions,
  expandStep,
  passDueDates,
  planDueJobs,
  planSchedules,
  type SchedulePassOptions,
  StepFailure,
  type StepKey,
} from '@carillon/db';
import type { Waker } from '@carillon/queue';
import { createDuty, type Duty, failpoint, type Logger, type Metrics } from '@carillon/runtime';
import { type CheckSettings, createCheckDuties } from './checks.ts';

/** Jobs planned in one transaction. */
const JOBS_PER_ROUND = 200;
/** Runs cut into steps in one round. */
const RUNS_PER_ROUND = 100;
/** Steps of one round; between rounds newly planned runs are cut, so that they take their turn. */
const STEPS_PER_ROUND = 20;
/** Jobs passed over for their dates in one round. */
const PASSES_PER_ROUND = 20;

export interface DutiesOptions {
  readonly pool: Database['pool'];
  readonly waker: Waker;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly intervalMs: number;
  readonly planHorizonMs: number;
  readonly expansionParallel: number;
  readonly schedules: Pick<SchedulePassOptions, 'aheadMs' | 'missedAfterMs'>;
  readonly dates: Pick<DatePassOptions, 'intervalMs' | 'aheadMs' | 'pageSize'>;
  readonly checks: CheckSettings;
}

/** Builds the duties; the caller starts and stops them. */
export function createDuties(options: DutiesOptions): Duty[] {
  const { pool, waker, logger, metrics, intervalMs } = options;
  const planned = metrics.hotCounter('carillon_runs_planned_total', 'Runs planned');
  const leftOut = metrics.hotCounter('carillon_moments_left_out_total', 'Moments of schedules that got no run');
  const expanded = metrics.hotCounter('carillon_deliveries_planned_total', 'Deliveries made by expansion');
  const passed = metrics.hotCounter('carillon_date_passes_total', "Passes over the dates of a job's recipients");
  const dated = metrics.hotCounter('carillon_dates_planned_total', 'Deliveries made by passes over dates');
  const common = { intervalMs, logger, metrics };

  const plan = createDuty({
    ...common,
    name: 'plan',
    async runOnce() {
      const round = await planDueJobs(pool, { horizonMs: options.planHorizonMs, limit: JOBS_PER_ROUND });
      planned.add(round.planned);
      for (const { accountId, jobId, error } of round.failures) {
        logger.error({ duty: 'plan', account: accountId, job: jobId, err: error }, 'a job cannot be planned');
      }
      for (const channel of round.channels) void waker.wake(channel as ChannelName);
      return { more: round.planned === JOBS_PER_ROUND };
    },
  });

  const schedules = createDuty({
    ...common,
    name: 'schedules',
    async runOnce() {
      const round = await planSchedules(pool, { ...options.schedules, limit: JOBS_PER_ROUND });
      planned.add(round.planned);
      leftOut.add(round.leftOut);
      if (round.apart !== undefined) {
        logger.warn({ duty: 'schedules', err: round.apart }, 'jobs could not be planned together, and were one by one');
      }
      for (const { accountId, jobId, error } of round.failures) {
        logger.error({ duty: 'schedules', account: accountId, job: jobId, err: error }, 'a job cannot be planned');
      }
      for (const channel of round.channels) void waker.wake(channel as ChannelName);
      return { more: round.decided >= JOBS_PER_ROUND };
    },
  });

  const expand = createDuty({
    ...common,
    name: 'expand',
    async runOnce(signal) {
      // What fails is put off to the next round and must not keep the rest from its turn; the first failure is the round's.
      const failures: unknown[] = [];
      const leftOut: StepKey[] = [];
      await beginExpansions(pool, RUNS_PER_ROUND).catch((error: unknown) => failures.push(error));
      let left = STEPS_PER_ROUND;
      const worker = async (): Promise<boolean> => {
        while (left > 0 && !signal.aborted) {
          left -= 1;
          try {
            const step = await expandStep(pool, () => failpoint('before_expand_commit'), { leftOut });
            if (!step) return false;
            expanded.add(step.deliveries);
            void waker.wake(step.channel as ChannelName);
          } catch (error) {
            failures.push(error);
            // No step is to blame: the database is away, say.
            if (!(error instanceof StepFailure)) return false;
            leftOut.push(error.step);
            // A failure takes nobody's turn; the list only grows, so that the round ends.
            left += 1;
          }
        }
        return true;
      };
      const more = await Promise.all(Array.from({ length: options.expansionParallel }, worker));
      if (failures.length > 0) throw failures[0];
      return { more: more.some(Boolean) };
    },
  });

  const dates = createDuty({
    ...common,
    name: 'dates',
    async runOnce(signal) {
      const beforeCommit = () => failpoint('before_dates_commit');
      const failures: unknown[] = [];
      const leftOut: DatedJobKey[] = [];
      let left = PASSES_PER_ROUND;
      while (left > 0 && !signal.aborted) {
        left -= 1;
        try {
          const pass = await passDueDates(pool, { ...options.dates, beforeCommit, signal }, leftOut);
          if (pass.kind === 'nothing_due') break;
          if (pass.kind === 'passed') passed.add(1);
          dated.add(pass.deliveries);
          if (pass.deliveries > 0) void waker.wake(pass.channel as ChannelName);
        } catch (error) {
          failures.push(error);
          if (!(error instanceof DatePassFailure)) break;
          leftOut.push(error.job);
          // A failure takes nobody's turn; the list only grows, so that the round ends.
          left += 1;
        }
      }
      if (failures.length > 0) throw failures[0];
      return { more: left === 0 };
    },
  });

  const enqueue = createDuty({
    ...common,
    name: 'enqueue',
    async runOnce() {
      for (const channel of CHANNEL_NAMES) await waker.wake(channel);
      return undefined;
    },
  });

  return [plan, schedules, expand, dates, enqueue, ...createCheckDuties(options)];
}

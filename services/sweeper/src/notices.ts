/** The duty that tells endpoints what happened, and the one that forgets it when it is old. */
import {
  type Database,
  dropOldEvents,
  type Listener,
  type NoticePassResult,
  noticeCancelledJobs,
  noticeCompletedJobs,
  noticeCompletedRuns,
  noticeOpenRuns,
  noticeSuppressions,
  type RunPosition,
  readListeners,
} from '@carillon/db';
import type { Waker } from '@carillon/queue';
import { createDuty, type Duty, type Logger, type Metrics } from '@carillon/runtime';
import type { SweeperConfig } from './config.ts';

/** Open runs are mostly only looked at; what was completed is told, each in a transaction of its own. */
const OPEN_RUNS_PER_PASS = 500;
const TOLD_PER_PASS = 100;
const EVENTS_PER_PASS = 500;
const HOUR_MS = 3_600_000;
/** By which owners of jobs are told. */
const OWNER_CHANNELS = ['email', 'whatsapp', 'call'] as const;

export interface NoticeDutiesOptions {
  readonly pool: Database['pool'];
  readonly waker: Pick<Waker, 'wake'>;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly config: Pick<SweeperConfig, 'NOTICES_INTERVAL_MS' | 'NOTICE_BACKOFF_MS' | 'NOTICE_GATHER_MS' | 'KEEP_DAYS'>;
}

/** Builds the two duties. */
export function createNoticeDuties(options: NoticeDutiesOptions): Duty[] {
  const { pool, waker, logger, metrics, config } = options;
  const told = metrics.counter('carillon_events_total', 'Events that endpoints are told of');
  const backoffMs = config.NOTICE_BACKOFF_MS;
  const gatherMs = config.NOTICE_GATHER_MS;
  // Where the next round goes on: a page of runs that have nothing to tell must not hide what comes after it.
  let after: RunPosition | undefined;

  const round = async (listeners: readonly Listener[], signal: AbortSignal): Promise<NoticePassResult[]> => {
    const few = { listeners, backoffMs, limit: TOLD_PER_PASS, signal };
    const open = await noticeOpenRuns(pool, { ...few, limit: OPEN_RUNS_PER_PASS }, after);
    after = open.next;
    return [
      open,
      await noticeCompletedRuns(pool, few),
      await noticeCancelledJobs(pool, few),
      await noticeCompletedJobs(pool, few),
      await noticeSuppressions(pool, { ...few, intervalMs: gatherMs, settledMs: gatherMs }),
    ];
  };

  const notices = createDuty({
    name: 'notices',
    intervalMs: config.NOTICES_INTERVAL_MS,
    logger,
    metrics,
    async runOnce(signal) {
      const listeners = await readListeners(pool);
      if (listeners.length === 0) return undefined;
      const results = await round(listeners, signal);
      const events = results.reduce((sum, result) => sum + result.told, 0);
      if (events > 0) {
        told.inc(events);
        void waker.wake('webhook');
        if (listeners.some(({ ownersSince }) => ownersSince !== undefined)) {
          for (const channel of OWNER_CHANNELS) void waker.wake(channel);
        }
      }
      for (const { accountId, subject, error } of results.flatMap(({ failures }) => failures)) {
        logger.error(
          { err: error, account: accountId, subject },
          'could not tell endpoints what happened; trying again',
        );
      }
      return { more: results.some(({ more }) => more) };
    },
  });

  const events = createDuty({
    name: 'events',
    intervalMs: HOUR_MS,
    logger,
    metrics,
    async runOnce() {
      return { more: (await dropOldEvents(pool, config.KEEP_DAYS, EVENTS_PER_PASS)) === EVENTS_PER_PASS };
    },
  });

  return [notices, events];
}

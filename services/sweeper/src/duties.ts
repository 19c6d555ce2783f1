/**
 * The sweeper's duties: everything that got stuck is found by its state in Postgres and put back on its way. None needs a
 * leader; rows are locked and skipped, so that any number of sweepers share the work.
 */
import { CHANNEL_NAMES, type ChannelName, sendQueueName } from '@carillon/contracts';
import {
  type BriefPlace,
  checkMarker,
  closeChecks,
  completeJobs,
  completeRuns,
  type Database,
  dropEndedRows,
  dropInlineRecipients,
  dropOldAudit,
  dropOldJobs,
  dropOldRescues,
  dropOldRuns,
  dropOldStatistics,
  type EnqueuedBatch,
  ensurePartitionsAhead,
  findLongEnqueued,
  freeAllEnqueued,
  freeLostBatches,
  type OldPlace,
  readGauges,
  readLag,
  readLoad,
  readQueueSettings,
  reapIdempotencyKeys,
  recordRescue,
  reopenJobs,
  rescueLeases,
  retireBrief,
  rotateOldestDay,
  settleUnknowns,
} from '@carillon/db';
import type { RedisGuard, Waker } from '@carillon/queue';
import { createDuty, type Duty, type Logger, type Metrics } from '@carillon/runtime';
import type { SweeperConfig } from './config.ts';
import { createGauges, RESCUE_KINDS } from './gauges.ts';

/** Batches or runs per pass; what is left over makes the next pass follow at once. */
const PER_PASS = 200;
const KEYS_PER_PASS = 1_000;
/** Holds and unknown outcomes are for people, who do not look every second. */
const STANDING_INTERVAL_MS = 15_000;
/** Scalers ask every half minute or so. */
const LOAD_INTERVAL_MS = 10_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

export interface DutiesOptions {
  readonly pool: Database['pool'];
  readonly waker: Waker;
  readonly guard: RedisGuard;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly config: SweeperConfig;
}

/** Builds the duties; the caller starts and stops them. */
export function createDuties(options: DutiesOptions): Duty[] {
  const { pool, waker, guard, logger, metrics, config } = options;
  const rescued = metrics.counter('carillon_rescues_total', 'Repairs by the sweeper', ['kind']);
  // Their series are there before the first repair: Prometheus sees no growth where a series begins.
  for (const kind of RESCUE_KINDS) rescued.inc({ kind }, 0);
  const forgotten = metrics.counter('carillon_forgotten_total', 'Rows that were dropped as old', ['what']);
  for (const what of ['runs', 'jobs', 'occasions']) forgotten.inc({ what }, 0);
  const gauges = createGauges(metrics);
  const late = new Set<string>();
  const common = { intervalMs: config.SWEEP_INTERVAL_MS, logger, metrics };
  /** Counted for Prometheus, and kept for whoever reads the status. */
  const repaired = async (kind: (typeof RESCUE_KINDS)[number], count: number): Promise<void> => {
    rescued.inc({ kind }, count);
    await recordRescue(pool, kind, count);
  };
  const wakeAll = (channels: Iterable<string>): void => {
    for (const channel of channels) void waker.wake(channel as ChannelName);
  };

  const marker = createDuty({
    ...common,
    name: 'marker',
    intervalMs: config.MARKER_INTERVAL_MS,
    async runOnce() {
      if (!guard.isReady()) return undefined;
      const check = await checkMarker(
        pool,
        { read: () => guard.readMarker(), replace: (expected, marker) => guard.replaceMarker(expected, marker) },
        async (reason) => {
          const settings = await readQueueSettings(pool);
          const changed = config.NEGATIVE_CONTROL === 'no_settings' ? [] : await guard.applySettings(settings);
          const freed = await freeAllEnqueued(pool);
          logger.warn({ reason, changed, freed: Object.fromEntries(freed) }, 'Redis lost its data; enqueueing again');
          await repaired('redis_lost', 1);
        },
      );
      if (check.kind === 'restored') logger.error('the database was put back to a backup under us; everything is held');
      if (check.kind === 'lost') wakeAll(CHANNEL_NAMES);
      return undefined;
    },
  });

  const leases = createDuty({
    ...common,
    name: 'leases',
    async runOnce() {
      const found = await rescueLeases(pool, PER_PASS);
      if (found.length === 0) return undefined;
      const unknown = found.reduce((sum, batch) => sum + batch.unknown, 0);
      logger.warn({ batches: found.length, unknown }, 'leases ran out; what was in the air is unknown');
      wakeAll(new Set(found.map((batch) => batch.channel)));
      await repaired('lease', found.length);
      return { more: found.length === PER_PASS };
    },
  });

  // Where the next round goes on: a page of those that only wait must not hide what comes after it.
  let lastAsked: EnqueuedBatch | undefined;
  let missing = { batches: 0, oldestMs: 0 };
  const lost = createDuty({
    ...common,
    name: 'lost',
    // What only waits is asked after in every round, so rounds are as far apart as the patience allows.
    intervalMs: Math.max(config.SWEEP_INTERVAL_MS, config.LOST_AFTER_MS / 10),
    async runOnce() {
      // A Redis that is away may still have everything; what it lost meanwhile shows by the marker.
      if (!guard.isReady()) return undefined;
      const settings = await readQueueSettings(pool);
      const found = await findLongEnqueued(pool, {
        graceMs: config.LOST_AFTER_MS,
        limit: PER_PASS,
        after: lastAsked,
        // Their wake-ups cannot be told apart; while the queue stands still, all of them wait in it.
        withoutSinglesOf: CHANNEL_NAMES.filter((channel) => settings.get(sendQueueName(channel))?.paused),
      });
      const gone = await guard.withoutWakeUp(found.filter((batch) => !batch.single));
      const freed = await freeLostBatches(pool, [...gone, ...found.filter((batch) => batch.single)]);
      const more = found.length === PER_PASS;
      lastAsked = more ? found.at(-1) : undefined;
      missing = {
        batches: missing.batches + gone.length,
        oldestMs: Math.max(missing.oldestMs, ...gone.map((batch) => batch.lateMs)),
      };
      // A number for all pages together, told when the last of them was read.
      if (!more) {
        gauges.setMissing(missing);
        missing = { batches: 0, oldestMs: 0 };
      }
      const count = [...freed.values()].reduce((sum, batches) => sum + batches, 0);
      if (count > 0) {
        logger.warn({ batches: count }, 'wake-ups were lost; enqueueing again');
        wakeAll(freed.keys());
        await repaired('wake_up', count);
      }
      return { more };
    },
  });

  const finish = createDuty({
    ...common,
    name: 'finish',
    async runOnce() {
      const settled = await settleUnknowns(pool, PER_PASS);
      if (settled.failed + settled.resent > 0) {
        logger.info({ failed: settled.failed, resent: settled.resent }, 'unknown outcomes settled by policy');
        wakeAll(settled.channels);
        await repaired('policy', settled.failed + settled.resent);
      }
      const dropped = await dropEndedRows(pool, PER_PASS);
      const checks = await closeChecks(pool, PER_PASS, config.CHECK_REST_MS);
      const runs = await completeRuns(pool, PER_PASS);
      const jobs = await completeJobs(pool, PER_PASS);
      await reopenJobs(pool, PER_PASS);
      const full = [checks, runs, jobs].includes(PER_PASS);
      return { more: dropped.cancelled + dropped.expired > 0 || full };
    },
  });

  const lag = createDuty({
    ...common,
    name: 'lag',
    async runOnce() {
      const lags = new Map((await readLag(pool, config.LOST_AFTER_MS)).map((one) => [one.channel, one]));
      for (const channel of CHANNEL_NAMES) {
        const one = lags.get(channel);
        const oldestMs = Math.max(0, one?.oldestDueMs ?? 0);
        gauges.setLag(channel, {
          deliveries: one?.dueDeliveries ?? 0,
          oldestMs,
          longEnqueued: one?.missingBatches ?? 0,
        });
        if (oldestMs > config.LAG_ALARM_MS && !late.has(channel)) {
          late.add(channel);
          logger.error({ channel, oldestMs, dueBatches: one?.dueBatches }, 'the channel is late');
        } else if (oldestMs <= config.LAG_ALARM_MS && late.delete(channel)) {
          logger.info({ channel }, 'the channel has caught up');
        }
      }
      return undefined;
    },
  });

  const standing = createDuty({
    ...common,
    name: 'standing',
    intervalMs: Math.max(config.SWEEP_INTERVAL_MS, STANDING_INTERVAL_MS),
    async runOnce() {
      gauges.setStanding(await readGauges(pool));
      return undefined;
    },
  });

  const load = createDuty({
    ...common,
    name: 'load',
    intervalMs: Math.max(config.SWEEP_INTERVAL_MS, LOAD_INTERVAL_MS),
    async runOnce() {
      gauges.setLoad(await readLoad(pool, CHANNEL_NAMES));
      return undefined;
    },
  });

  const partitions = createDuty({
    ...common,
    name: 'partitions',
    intervalMs: HOUR_MS,
    async runOnce() {
      await ensurePartitionsAhead(pool, config.PARTITION_DAYS_AHEAD);
      return undefined;
    },
  });

  // Page by page, whosever job it is; the next round begins at the eldest again.
  let afterJobId = 0;
  const strangers = createDuty({
    ...common,
    name: 'strangers',
    intervalMs: HOUR_MS,
    async runOnce() {
      const page = { keepDays: config.KEEP_DAYS, limit: KEYS_PER_PASS, afterJobId };
      const { next } = await dropInlineRecipients(pool, page);
      afterJobId = next ?? 0;
      return { more: next !== undefined };
    },
  });

  let brief: BriefPlace | undefined;
  const rotation = createDuty({
    ...common,
    name: 'rotation',
    // A lock that was not to be had is asked for again, some other second.
    intervalMs: config.ROTATION_INTERVAL_MS,
    async runOnce() {
      const rotated = await rotateOldestDay(pool, config.KEEP_DAYS);
      if (rotated.kind === 'dropped') logger.info({ day: rotated.day }, 'partitions of a day dropped');
      if (rotated.kind === 'busy') logger.debug({ day: rotated.day }, 'a day could not be dropped yet; trying again');
      const { runs, next } = await retireBrief(pool, { keepDays: config.KEEP_DAYS, limit: KEYS_PER_PASS, at: brief });
      brief = next;
      const audit = await dropOldAudit(pool, config.KEEP_AUDIT_DAYS, KEYS_PER_PASS);
      return { more: rotated.kind === 'dropped' || (runs > 0 && next !== undefined) || audit === KEYS_PER_PASS };
    },
  });

  // Runs first, as a job goes when it has none left; page by page, and the next round begins at the eldest again.
  let old: { readonly what: 'runs' | 'jobs'; readonly at?: OldPlace | undefined } = { what: 'runs' };
  const forgetting = createDuty({
    ...common,
    name: 'forgetting',
    intervalMs: HOUR_MS,
    async runOnce() {
      const { what, at } = old;
      const drop = what === 'runs' ? dropOldRuns : dropOldJobs;
      const { dropped, occasions, next } = await drop(pool, {
        keepDays: config.KEEP_JOB_DAYS,
        limit: KEYS_PER_PASS,
        at,
      });
      forgotten.inc({ what }, dropped);
      forgotten.inc({ what: 'occasions' }, occasions);
      if (dropped + occasions > 0) logger.info({ [what]: dropped, occasions }, 'what was over long ago is forgotten');
      old = next !== undefined ? { what, at: next } : { what: what === 'runs' ? 'jobs' : 'runs' };
      return { more: next !== undefined || what === 'runs' };
    },
  });

  const requests = createDuty({
    ...common,
    name: 'requests',
    intervalMs: MINUTE_MS,
    async runOnce() {
      await dropOldRescues(pool);
      await dropOldStatistics(pool);
      return { more: (await reapIdempotencyKeys(pool, config.KEEP_REQUESTS_HOURS, KEYS_PER_PASS)) === KEYS_PER_PASS };
    },
  });

  return [marker, leases, lost, finish, lag, load, standing, partitions, strangers, rotation, forgetting, requests];
}

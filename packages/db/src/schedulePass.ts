/**
 * From jobs that come again to their runs. A pass locks the jobs whose next run is due, decides about each by its row alone
 * (packages/core/src/schedule/missed.ts), and writes the run and the next moment in the same transaction. So any number of
 * schedulers, killed at any moment, decide about each moment once.
 *
 * Runs are planned a few seconds ahead and not as early as those that happen once: what was not planned when everything stopped
 * is missed, and the job's rule says what becomes of it. Where a job's runs must not overlap it is planned when it is due.
 */
import { isSchedule, isTaskChannel, type ScheduleTrigger } from '@carillon/contracts';
import {
  decideSchedule,
  firstOccurrence,
  type Occurrence,
  type OverlapRule,
  type ScheduleDecision,
} from '@carillon/core';
import type pg from 'pg';
import { scheduleChecks } from './aheadChecks.ts';
import { PLANNABLE_COLUMNS, type PlannableJob, type PlannableRow, plannableOf, verificationOf } from './plannable.ts';
import { type PlanFailure, planRun } from './planning.ts';
import { inTransaction, type Queryable } from './pool.ts';
import { planTasks } from './taskPlanning.ts';

/** How far ahead and how late, in milliseconds, and how many moments one pass decides about. */
export interface SchedulePassOptions {
  /** How long before it is due a run is planned. */
  readonly aheadMs: number;
  /** How late a moment may be planned; it was missed after that. */
  readonly missedAfterMs: number;
  readonly limit: number;
}

/** What a pass did. Jobs that failed are met again by the next one. */
export interface SchedulePass {
  /** Jobs whose next moment was decided about. */
  readonly decided: number;
  readonly planned: number;
  /** Moments that got no run. */
  readonly leftOut: number;
  /** Where something may be to be enqueued. */
  readonly channels: ReadonlySet<string>;
  readonly failures: readonly PlanFailure[];
  /** Why jobs could not be planned together, and were planned one by one; undefined when they could. */
  readonly apart: unknown;
}

/** Jobs that are noted to wait in one pass. */
const WAITING_NOTED = 500;

/** A run of the job `j` that is not over: not expanded, with an open batch, or with an outcome that its policy will settle. */
const HAS_OPEN_RUN = `EXISTS (
  SELECT 1 FROM runs r WHERE r.account_id = j.account_id AND r.job_id = j.id AND r.state <> 'completed'
    AND (r.state <> 'sending' OR EXISTS (SELECT 1 FROM batches b WHERE b.account_id = r.account_id AND b.run_id = r.id
                                         AND (b.open OR b.settle_at IS NOT NULL))))`;

const OVERLAP = `coalesce(trigger ->> 'overlap', 'allow')`;

interface DueRow extends PlannableRow {
  readonly next_occurrence_ms: number;
  readonly occurrences: number;
  readonly now_ms: number;
  readonly overlap: OverlapRule;
  readonly waited_until_ms: number | null;
}

/** Decides about the moments of jobs that are due, one of each job at a time, until none is due or `limit` is reached. */
export async function planSchedules(pool: pg.Pool, options: SchedulePassOptions): Promise<SchedulePass> {
  return await inTransaction(pool, async (client) => {
    const channels = new Set<string>();
    const failures: PlanFailure[] = [];
    let decided = 0;
    let planned = 0;
    let leftOut = 0;
    let apart: unknown;
    await noteWaiting(client, options);
    while (decided < options.limit) {
      const rows = await lockDue(client, { ...options, limit: options.limit - decided }, failures);
      if (rows.length === 0) break;
      const busy = await findBusy(client, rows);
      const plans: Plan[] = [];
      for (const row of rows) {
        const isBusy = busy.has(`${row.account_id} ${row.id}`);
        if (isBusy && row.overlap === 'queue') continue;
        try {
          plans.push(decide(row, isBusy, options.missedAfterMs));
        } catch (error) {
          failures.push({ accountId: row.account_id, jobId: row.id, error });
        }
      }
      const { done, made, error } = await carryOut(client, plans, failures);
      apart ??= error;
      await advance(client, done, made);
      decided += done.length;
      for (const plan of done) {
        const { job, isTaken, missed } = plan;
        leftOut += (missed?.count ?? 0) + (isTaken ? 1 : 0);
        if (!made.has(plan)) continue;
        planned += 1;
        channels.add(job.channel);
      }
    }
    return { decided, planned, leftOut, channels, failures, apart };
  });
}

/**
 * The instant of what is due is asked of the function too, which bounds what is read of the index; the clock's row, by which is decided,
 * may be compared only after every job that comes again was read.
 */
async function lockDue(
  client: Queryable,
  wanted: SchedulePassOptions,
  leftOut: readonly PlanFailure[],
): Promise<DueRow[]> {
  const { rows } = await client.query<DueRow>(
    `SELECT ${PLANNABLE_COLUMNS}, extract(epoch FROM next_occurrence_at)::float8 * 1000 AS next_occurrence_ms, occurrences,
            extract(epoch FROM n.now)::float8 * 1000 AS now_ms, ${OVERLAP} AS overlap,
            extract(epoch FROM waited_until + $5 * interval '1 millisecond')::float8 * 1000 AS waited_until_ms
     FROM jobs j, (SELECT carillon_now() AS now OFFSET 0) n
     WHERE status = 'active' AND next_run_at IS NOT NULL AND recurring
       AND next_run_at <= carillon_now() + $1 * interval '1 millisecond' AND next_run_at <= n.now + $1 * interval '1 millisecond'
       AND (${OVERLAP} = 'allow' OR next_run_at <= n.now)
       AND NOT (${OVERLAP} = 'queue' AND ${HAS_OPEN_RUN})
       AND (account_id, id) NOT IN (SELECT * FROM unnest($3::int[], $4::bigint[]))
     ORDER BY next_run_at LIMIT $2 FOR UPDATE OF j SKIP LOCKED`,
    [
      wanted.aheadMs,
      wanted.limit,
      leftOut.map((job) => job.accountId),
      leftOut.map((job) => job.jobId),
      wanted.missedAfterMs,
    ],
  );
  return rows;
}

/**
 * Which of these jobs have a run that is not over and ask for it, by account and id. Only once their rows are locked: the statement that
 * locks them saw the runs as they were before another scheduler planned the moment before. What waits is not met by it again.
 */
async function findBusy(client: Queryable, rows: readonly DueRow[]): Promise<ReadonlySet<string>> {
  const asking = rows.filter((row) => row.overlap !== 'allow');
  if (asking.length === 0) return new Set();
  const found = await client.query<{ account_id: number; id: number }>({
    name: 'busy_schedules',
    text: `SELECT j.account_id, j.id FROM unnest($1::int[], $2::bigint[]) AS j (account_id, id) WHERE ${HAS_OPEN_RUN}`,
    values: [asking.map((row) => row.account_id), asking.map((row) => row.id)],
  });
  return new Set(found.rows.map((row) => `${row.account_id} ${row.id}`));
}

/**
 * Notes of jobs that wait for an earlier run that they do so, now and then: what came due meanwhile was not missed. When everything
 * stands still nobody notes it, and what comes due from then on is missed.
 */
async function noteWaiting(client: Queryable, { missedAfterMs }: SchedulePassOptions): Promise<void> {
  await client.query(
    `UPDATE jobs j SET waited_until = w.now
     FROM (SELECT j.account_id, j.id, n.now FROM jobs j, (SELECT carillon_now() AS now OFFSET 0) n
           WHERE status = 'active' AND next_run_at IS NOT NULL AND recurring AND next_run_at <= carillon_now()
             AND next_run_at <= n.now AND ${OVERLAP} = 'queue' AND ${HAS_OPEN_RUN}
             AND (waited_until IS NULL OR waited_until < n.now - $1 / 2 * interval '1 millisecond')
           ORDER BY next_run_at LIMIT $2 FOR UPDATE OF j SKIP LOCKED) w
     WHERE j.account_id = w.account_id AND j.id = w.id`,
    [missedAfterMs, WAITING_NOTED],
  );
}

/** What is to become of the next moments of one job. */
interface Plan {
  readonly job: PlannableJob;
  readonly nowMs: number;
  /** Which moment is made a run of; `isTaken` when an earlier run keeps it from being one. */
  readonly run: Occurrence | null;
  readonly isTaken: boolean;
  readonly missed: ScheduleDecision['leftOut'];
  readonly next: Occurrence | null;
  /** The next moment where no run was made. */
  readonly nextWithout: Occurrence | null;
  readonly lastMs: number;
}

/** @throws Error when the row cannot be read */
function decide(row: DueRow, isBusy: boolean, missedAfterMs: number): Plan {
  const job = plannableOf(row);
  const { trigger, jobId } = job;
  if (!isSchedule(trigger)) throw new Error(`job ${jobId} comes again, and its trigger is ${trigger.type}`);
  const state = {
    jobId,
    nextMs: row.next_occurrence_ms,
    occurrences: row.occurrences,
    waitedUntilMs: row.waited_until_ms,
  };
  const { run, next, leftOut } = decideSchedule(trigger, trigger, state, { nowMs: row.now_ms, missedAfterMs });
  const isTaken = run !== null && isBusy;
  return {
    job,
    nowMs: row.now_ms,
    run,
    isTaken,
    missed: leftOut,
    next,
    // What made no run does not count towards the maximum.
    nextWithout: next ?? (run && (firstOccurrence(trigger, trigger, jobId, run.nominalMs) ?? null)),
    lastMs: run?.nominalMs ?? leftOut?.lastMs ?? row.next_occurrence_ms,
  };
}

/**
 * Writes runs, and records of those that are none. Jobs without recipients all at once; where that fails, and for all others, one by
 * one, so that a job that cannot be planned is undone alone.
 * @returns the plans that were carried out (of the others `failures` has the reason), those by which a run was made, and why it was not
 *   all at once. A moment whose run was begun while one before it was taken back is met again, and gets no other.
 */
async function carryOut(
  client: Queryable,
  plans: readonly Plan[],
  failures: PlanFailure[],
): Promise<{ done: Plan[]; made: Set<Plan>; error: unknown }> {
  const done: Plan[] = [];
  const made = new Set<Plan>();
  const tasks = plans.filter(
    (plan) => plan.run !== null && isTaskChannel(plan.job.channel) && plan.missed === null && !plan.isTaken,
  );
  const error =
    tasks.length === 0
      ? undefined
      : await attempt(client, async () => {
          for (const plan of await planTasksOf(client, tasks)) made.add(plan);
        });
  if (error === undefined) done.push(...tasks);
  const together = new Set(done);
  for (const plan of plans) {
    if (together.has(plan)) continue;
    const reason = await attempt(client, async () => {
      if (await writeOne(client, plan)) made.add(plan);
    });
    if (reason === undefined) done.push(plan);
    else failures.push({ accountId: plan.job.accountId, jobId: plan.job.jobId, error: reason });
  }
  return { done, made, error };
}

/** Does something that leaves nothing behind when it fails. @returns why it failed */
async function attempt(client: Queryable, work: () => Promise<void>): Promise<unknown> {
  await client.query('SAVEPOINT schedule');
  try {
    await work();
    await client.query('RELEASE SAVEPOINT schedule');
    return undefined;
  } catch (error) {
    // On a lost connection this fails as well and ends the whole transaction.
    await client.query('ROLLBACK TO SAVEPOINT schedule');
    return error;
  }
}

/** @returns those by which a run was made */
async function planTasksOf(client: Queryable, plans: readonly Plan[]): Promise<Plan[]> {
  const occurrences = plans.flatMap(({ job, run }) =>
    run === null ? [] : [{ job, occurrenceKey: occurrenceKeyOf(run.nominalMs), dueMs: run.dueMs }],
  );
  const planned = await planTasks(client, occurrences, new Date(plans[0]?.nowMs ?? 0).toISOString().slice(0, 10));
  const jobs = new Set(planned.map(({ accountId, jobId }) => `${accountId} ${jobId}`));
  return plans.filter(({ job }) => jobs.has(`${job.accountId} ${job.jobId}`));
}

/** @returns whether a run was made */
async function writeOne(client: Queryable, { job, run, isTaken, missed }: Plan): Promise<boolean> {
  if (missed !== null) await recordLeftOut(client, job, 'missed', missed);
  if (run === null) return false;
  const { nominalMs, dueMs } = run;
  if (isTaken) {
    await recordLeftOut(client, job, 'overlap', { count: 1, firstMs: nominalMs, lastMs: nominalMs });
    return false;
  }
  const { isNew } = await planRun(client, job, { occurrenceKey: occurrenceKeyOf(nominalMs), dueAtMs: dueMs });
  return isNew;
}

/** The rows of the jobs go on to their next moments. */
async function advance(client: Queryable, plans: readonly Plan[], made: ReadonlySet<Plan>): Promise<void> {
  const next = plans.map((plan) => (made.has(plan) ? plan.next : plan.nextWithout));
  await client.query({
    name: 'advance_schedules',
    text: `UPDATE jobs j SET next_occurrence_at = to_timestamp(p.nominal_ms / 1000), next_run_at = to_timestamp(p.due_ms / 1000),
                  last_occurrence_at = to_timestamp(p.last_ms / 1000), occurrences = occurrences + p.made, next_check_at = NULL
           FROM unnest($1::int[], $2::bigint[], $3::float8[], $4::float8[], $5::float8[], $6::int[])
                AS p (account_id, job_id, nominal_ms, due_ms, last_ms, made)
           WHERE j.account_id = p.account_id AND j.id = p.job_id`,
    values: [
      plans.map(({ job }) => job.accountId),
      plans.map(({ job }) => job.jobId),
      next.map((occurrence) => occurrence?.nominalMs ?? null),
      next.map((occurrence) => occurrence?.dueMs ?? null),
      plans.map(({ lastMs }) => lastMs),
      plans.map((plan) => (made.has(plan) ? 1 : 0)),
    ],
  });
  for (const { job } of plans) if (verificationOf(job)) await scheduleChecks(client, job);
}

/** The occurrence key of a moment: the instant, in UTC. */
function occurrenceKeyOf(nominalMs: number): string {
  return new Date(nominalMs).toISOString();
}

/** A record in the place of a run, of which nobody is told: it was completed as it began, without deliveries. */
async function recordLeftOut(
  client: Queryable,
  { accountId, jobId }: { readonly accountId: number; readonly jobId: number },
  reason: 'missed' | 'overlap',
  { count, firstMs, lastMs }: NonNullable<ScheduleDecision['leftOut']>,
): Promise<void> {
  await client.query(
    `INSERT INTO runs (account_id, job_id, occurrence_key, day, due_at, state, created_at, expanded_at, completed_at, silent,
                       left_out, left_out_count, left_out_until)
     SELECT $1, $2, $3, (n.now AT TIME ZONE 'UTC')::date, to_timestamp($4::float8 / 1000), 'completed', n.now, n.now, n.now, true,
            $5, $6, to_timestamp($7::float8 / 1000)
     FROM (SELECT carillon_now() AS now) n
     ON CONFLICT (account_id, job_id, occurrence_key) DO NOTHING`,
    [accountId, jobId, occurrenceKeyOf(firstMs), firstMs, reason, count, lastMs],
  );
}

/**
 * Leaves out what came due until a moment of one paused job, as it may have run before the database was restored.
 * @returns whether there was one
 */
export async function passOverPaused(pool: pg.Pool, until: Date): Promise<boolean> {
  return await inTransaction(pool, async (client) => {
    const { rows } = await client.query<PlannableRow & { next_occurrence_ms: number }>(
      `SELECT ${PLANNABLE_COLUMNS}, extract(epoch FROM next_occurrence_at)::float8 * 1000 AS next_occurrence_ms FROM jobs
       WHERE status = 'paused' AND next_run_at <= $1 AND recurring ORDER BY next_run_at LIMIT 1 FOR UPDATE`,
      [until],
    );
    if (!rows[0]) return false;
    const job = plannableOf(rows[0]);
    if (!isSchedule(job.trigger))
      throw new Error(`job ${job.jobId} comes again, and its trigger is ${job.trigger.type}`);
    const firstMs = rows[0].next_occurrence_ms;
    await recordLeftOut(client, job, 'missed', { count: 1, firstMs, lastMs: until.getTime() });
    await setSchedule(client, job, job.trigger, until.getTime());
    return true;
  });
}

/** The job's row says from now on that it comes again, and when it does so next after `afterMs`. The caller holds the row. */
export async function setSchedule(
  client: Queryable,
  job: { readonly accountId: number; readonly jobId: number },
  trigger: ScheduleTrigger,
  afterMs: number,
): Promise<Occurrence | undefined> {
  const next = firstOccurrence(trigger, trigger, job.jobId, afterMs);
  await client.query(
    `UPDATE jobs SET recurring = true, planned_at = NULL, next_occurrence_at = to_timestamp($3::float8 / 1000),
            next_run_at = CASE WHEN occurrences < $5::float8 THEN to_timestamp($4::float8 / 1000) END
     WHERE account_id = $1 AND id = $2`,
    [
      job.accountId,
      job.jobId,
      next?.nominalMs ?? null,
      next?.dueMs ?? null,
      trigger.maxOccurrences ?? Number.POSITIVE_INFINITY,
    ],
  );
  return next;
}

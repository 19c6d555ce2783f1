/**
 * Passes over the dates of recipients. A pass goes over all occurrences of a job whose moments may come within the time ahead, and
 * over those since the last pass, so that a standstill of the scheduler is made up for. Whoever is due for the first time gets
 * their delivery; everybody else has theirs. Any number of passes and processes at once are harmless: the occasions decide. The
 * lock of a pass only spares work that would come to nothing.
 */
import type pg from 'pg';
import { readDatePeople } from './datePeople.ts';
import { type DatedJob, lockDatedJob, planDatePage } from './datePlan.ts';
import { catchUpMs, type DateMoment, dateMomentIn, dateRuleOf, occurrencesWithin } from './dateRule.ts';
import { readPlannable } from './plannable.ts';
import { inTransactionOn } from './pool.ts';

/** How passes go. */
export interface DatePassOptions {
  /** How far ahead of their moment people are planned, in milliseconds. */
  readonly aheadMs: number;
  /** From one pass over a job to the next, in milliseconds. */
  readonly intervalMs: number;
  /** Dates read and planned in one transaction, at most. */
  readonly pageSize: number;
  /** A failpoint for tests, before each page is committed. */
  readonly beforeCommit?: () => Promise<void> | void;
  /** Ends the pass after the page at hand; the next one begins anew. */
  readonly signal?: AbortSignal | undefined;
}

/** Names a job. */
export interface DatedJobKey {
  readonly accountId: number;
  readonly jobId: number;
}

/** What a pass came to. `interrupted`: the job changed meanwhile, or the process stops; it is due again at once. */
export type DatePassResult =
  | { readonly kind: 'nothing_due' }
  | {
      readonly kind: 'passed' | 'interrupted';
      readonly job: DatedJobKey;
      readonly channel: string;
      readonly deliveries: number;
    };

/** A pass that failed; the job keeps its moment. Given to the next call, the others go on without it. */
export class DatePassFailure extends Error {
  override readonly name = 'DatePassFailure';
  readonly job: DatedJobKey;

  constructor(job: DatedJobKey, cause: unknown) {
    super(`the dates of job ${job.jobId} of account ${job.accountId} cannot be passed over`, { cause });
    this.job = job;
  }
}

/** How many due jobs are looked at for one that nobody else passes over. */
const CANDIDATES = 50;

/**
 * Passes over one job whose time has come and that nobody else passes over.
 * @throws DatePassFailure when a job was taken and failed; any other error concerns no job
 */
export async function passDueDates(
  pool: pg.Pool,
  options: DatePassOptions,
  leftOut: readonly DatedJobKey[] = [],
): Promise<DatePassResult> {
  return await onConnection(pool, async (client) => {
    const { rows } = await client.query<{ account_id: number; id: number }>(
      `SELECT account_id, id FROM jobs
       WHERE dated AND status = 'active' AND next_run_at <= carillon_now()
         AND (account_id, id) NOT IN (SELECT * FROM unnest($1::int[], $2::bigint[]))
       ORDER BY next_run_at LIMIT ${CANDIDATES}`,
      [leftOut.map((job) => job.accountId), leftOut.map((job) => job.jobId)],
    );
    for (const row of rows) {
      const key = { accountId: row.account_id, jobId: row.id };
      const result = await withPassLock(client, key, async () => {
        try {
          return await passJob(client, key, options);
        } catch (error) {
          throw new DatePassFailure(key, error);
        }
      });
      if (result !== undefined) return result;
    }
    return { kind: 'nothing_due' };
  });
}

/**
 * Passes over all jobs of dates that have not ended, the paused ones too; what is planned of these is paused. After a restore: what
 * came due since the backup may have been sent.
 */
export async function passAllDates(pool: pg.Pool, options: DatePassOptions): Promise<void> {
  let after: DatedJobKey = { accountId: 0, jobId: 0 };
  for (;;) {
    const { rows } = await pool.query<{ account_id: number; id: number }>(
      `SELECT account_id, id FROM jobs WHERE dated AND next_run_at IS NOT NULL AND status IN ('active', 'paused')
         AND (account_id, id) > ($1::int, $2::bigint) ORDER BY account_id, id LIMIT 1`,
      [after.accountId, after.jobId],
    );
    const row = rows[0];
    if (row === undefined) return;
    const key = { accountId: row.account_id, jobId: row.id };
    await onConnection(pool, async (client) => {
      while ((await passJob(client, key, options, { always: true }))?.kind === 'interrupted');
    });
    after = key;
  }
}

interface JobRow {
  readonly version: number;
  readonly looked_to_ms: number;
  readonly from_ms: number;
  readonly now_ms: number;
}

/** @returns undefined when the job is not due any more */
async function passJob(
  client: pg.PoolClient,
  key: DatedJobKey,
  options: DatePassOptions,
  { always }: { readonly always: boolean } = { always: false },
): Promise<DatePassResult | undefined> {
  const { rows } = await client.query<JobRow>(
    `SELECT j.version, n.now_ms, least(n.now_ms, coalesce(extract(epoch FROM j.dates_looked_to)::float8 * 1000, n.now_ms)) AS looked_to_ms,
            extract(epoch FROM coalesce(j.dates_from, j.created_at))::float8 * 1000 AS from_ms
     FROM jobs j, (SELECT extract(epoch FROM carillon_now())::float8 * 1000 AS now_ms OFFSET 0) n
     WHERE j.account_id = $1 AND j.id = $2 AND j.dated AND (j.status = 'active' OR $3 AND j.status = 'paused')
       AND j.next_run_at IS NOT NULL AND ($3 OR extract(epoch FROM j.next_run_at)::float8 * 1000 <= n.now_ms)`,
    [key.accountId, key.jobId, always],
  );
  const row = rows[0];
  if (row === undefined) return undefined;
  const { job, context } = await readPlannable(client, key.accountId, key.jobId);
  const rule = dateRuleOf(job, context);
  const dated: DatedJob = { job, version: row.version, rule, content: context.content, evenPaused: always };
  const { now_ms: nowMs, looked_to_ms: lookedToMs, from_ms: fromMs } = row;
  // Moments since the last pass are made up for; of those before it only who comes late is caught, as long as the rule allows.
  const isWanted = (moment: DateMoment) =>
    moment.dueAtMs >= fromMs && (moment.dueAtMs >= lookedToMs || moment.catchUntilMs > nowMs);
  const earliestMs = Math.max(fromMs, lookedToMs - catchUpMs(rule));
  let deliveries = 0;
  const result = (kind: 'passed' | 'interrupted') => ({ kind, job: key, channel: job.channel, deliveries });
  for (const occurrence of occurrencesWithin(rule, earliestMs, nowMs + options.aheadMs)) {
    const moments = new Map<string, DateMoment>();
    for await (const people of readDatePeople(client, { job, rule, occurrence, pageSize: options.pageSize })) {
      for (const { zone } of people) {
        if (!moments.has(zone)) moments.set(zone, dateMomentIn(rule, occurrence.day, zone));
      }
      const wanted = people.filter(({ zone }) => isWanted(moments.get(zone) as DateMoment));
      if (wanted.length === 0) continue;
      const zones = new Set(wanted.map(({ zone }) => zone));
      const page = { occurrence, people: wanted, moments: new Map([...moments].filter(([zone]) => zones.has(zone))) };
      const planned = await inTransactionOn(client, async () => {
        const made = await planDatePage(client, dated, page);
        await options.beforeCommit?.();
        return made;
      });
      if (planned.kind === 'changed') return result('interrupted');
      deliveries += planned.deliveries;
      if (options.signal?.aborted) return result('interrupted');
    }
  }
  const isDone = await inTransactionOn(client, async () => {
    if ((await lockDatedJob(client, dated)) === undefined) return false;
    await client.query(
      `UPDATE jobs SET dates_looked_to = greatest(dates_looked_to, to_timestamp($3::float8 / 1000)),
                       next_run_at = to_timestamp($3::float8 / 1000) + $4::float8 * interval '1 millisecond'
       WHERE account_id = $1 AND id = $2`,
      [key.accountId, key.jobId, nowMs, options.intervalMs],
    );
    return true;
  });
  return result(isDone ? 'passed' : 'interrupted');
}

/** One connection for the whole pass, so that its lock ends with it, however it ends. */
async function onConnection<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    return await work(client);
  } catch (error) {
    // A statement that failed may have left anything behind, the lock included.
    broken = error as Error;
    throw error;
  } finally {
    client.release(broken);
  }
}

/** @returns undefined when somebody else has the lock, or when `work` returned that */
async function withPassLock<T>(
  client: pg.PoolClient,
  { jobId }: DatedJobKey,
  work: () => Promise<T>,
): Promise<T | undefined> {
  // Ids that meet in 31 bits wait for each other now and then, and no more.
  const key = [jobId % 2 ** 31];
  const { rows } = await client.query<{ locked: boolean }>(
    `SELECT pg_try_advisory_lock(hashtext('carillon.dates'), $1::int) AS locked`,
    key,
  );
  if (!rows[0]?.locked) return undefined;
  const result = await work();
  await client.query(`SELECT pg_advisory_unlock(hashtext('carillon.dates'), $1::int)`, key);
  return result;
}

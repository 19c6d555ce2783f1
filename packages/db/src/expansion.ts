/**
 * Turns a planned run into batches of deliveries, in set-based steps. A step takes one range of address keys, so that all
 * spellings and memberships of one address meet inside it: the lowest recipient wins, the others are counted. Whoever is
 * suppressed or lacks a variable then gets a row that is skipped. Steps are rows of their own; any number of schedulers take
 * one at a time, and a kill loses nothing but the step it interrupted.
 */
import { OCCURRENCE_MANUAL } from '@carillon/contracts';
import type pg from 'pg';
import { requiredVariables, SKIP_CODES } from './gates.ts';
import { dependsOnZone, type MomentRule, momentIn, momentRuleOf } from './moments.ts';
import { Parameters } from './parameters.ts';
import { cutKeys, fromFamily, fromTarget, measureTarget, type PeopleSource } from './people.ts';
import { hasSuppressions, type PlacedMoments, placingSql, timedSql, type ZoneMoment } from './placing.ts';
import { type PlannableJob, readPlannable } from './plannable.ts';
import { inTransaction, type Queryable } from './pool.ts';
import { countMissed, type ResendOptions, readFamily } from './resend.ts';
import { lockExpansion } from './runLocks.ts';
import { partitionName } from './statements.ts';

/** Recipients per step: long enough to be set-based, short enough that a pause never waits a second for it. */
const STEP_SIZE = 10_000;

/**
 * Cuts planned runs into steps. Runs are locked one by one, skipping those that another scheduler holds. A run that cannot
 * be cut is left out for the rest of the call and does not count towards `limit`, so that however many of them never stand
 * in the way of the others.
 * @returns how many runs began to expand.
 * @throws Error after all others have begun: the first failure, with its cause; at once when no run is to blame.
 */
export async function beginExpansions(pool: pg.Pool, limit: number): Promise<number> {
  const leftOut: RunKey[] = [];
  let firstFailure: Error | undefined;
  let begun = 0;
  while (begun < limit) {
    let run: PlannedRow | undefined;
    try {
      await inTransaction(pool, async (client) => {
        run = await lockPlanned(client, leftOut);
        if (run) await cutRun(client, run);
      });
    } catch (error) {
      if (!run) throw error;
      leftOut.push({ accountId: run.account_id, runId: run.id });
      firstFailure ??= new Error(`run ${run.id} of account ${run.account_id} cannot be cut into steps`, {
        cause: error,
      });
      continue;
    }
    if (!run) break;
    begun += 1;
  }
  if (firstFailure) throw firstFailure;
  return begun;
}

interface RunKey {
  readonly accountId: number;
  readonly runId: number;
}

interface PlannedRow {
  readonly account_id: number;
  readonly id: number;
  readonly job_id: number;
  readonly resend: ResendOptions | null;
}

async function lockPlanned(client: Queryable, leftOut: readonly RunKey[]): Promise<PlannedRow | undefined> {
  const { rows } = await client.query<PlannedRow>(
    `SELECT account_id, id, job_id, resend FROM runs
     WHERE state = 'planned' AND (account_id, id) NOT IN (SELECT * FROM unnest($1::int[], $2::bigint[]))
     ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED`,
    [leftOut.map((run) => run.accountId), leftOut.map((run) => run.runId)],
  );
  return rows[0];
}

async function cutRun(client: Queryable, run: PlannedRow): Promise<void> {
  const { job } = await readPlannable(client, run.account_id, run.job_id);
  const { people, unreachable } = run.resend
    ? { people: await countMissed(client, await resendOf(client, run.account_id, run.id, run.resend)), unreachable: 0 }
    : await measureTarget(client, job);
  const ranges = cutKeys(people, STEP_SIZE);
  await client.query(
    `INSERT INTO expansion_steps (account_id, run_id, number, lower_key, upper_key)
     SELECT $1, $2, * FROM unnest($3::int[], $4::uuid[], $5::uuid[])`,
    [
      run.account_id,
      run.id,
      ranges.map((_, number) => number),
      ranges.map((range) => range.lowerKey),
      ranges.map((range) => range.upperKey),
    ],
  );
  await client.query(`UPDATE runs SET state = 'expanding', unreachable = $3 WHERE account_id = $1 AND id = $2`, [
    run.account_id,
    run.id,
    unreachable,
  ]);
}

/** What a run that sends to those missed is about. */
async function resendOf(client: Queryable, accountId: number, runId: number, options: ResendOptions) {
  const family = await readFamily(client, accountId, runId);
  if (!family) throw new Error(`run ${runId} of account ${accountId} has no family`);
  return { accountId, family, options };
}

/** What one step did; `channel` then has something to enqueue. */
export interface ExpansionStep {
  readonly accountId: number;
  readonly runId: number;
  readonly channel: string;
  readonly deliveries: number;
}

/** Names one step of one run. */
export interface StepKey {
  readonly accountId: number;
  readonly runId: number;
  readonly number: number;
}

/** A step that was taken and rolled back; the reason is its `cause`. Given to the next call, the others go on without it. */
export class StepFailure extends Error {
  override readonly name = 'StepFailure';
  readonly step: StepKey;

  constructor(step: StepKey, cause: unknown) {
    super(`step ${step.number} of run ${step.runId} of account ${step.accountId} cannot be expanded`, { cause });
    this.step = step;
  }
}

interface StepRow {
  account_id: number;
  run_id: number;
  number: number;
  lower_key: string;
  upper_key: string | null;
  job_id: number;
  day: string;
  due_at_ms: number;
}

/**
 * Expands one step of whichever run is served next: the least step number first, so that runs take turns and a small one
 * never waits behind a large one. A pause or cancel comes wholly before or after a step (see `lockExpansion`).
 * @param beforeCommit a failpoint for tests
 * @param options `leftOut`: steps that are not to be taken, as they failed a moment ago
 * @returns `undefined` when nothing is to be expanded.
 * @throws StepFailure when a step was taken and failed; any other error concerns no step.
 */
export async function expandStep(
  pool: pg.Pool,
  beforeCommit: () => Promise<void> | void = () => {},
  options: { readonly leftOut?: readonly StepKey[] } = {},
): Promise<ExpansionStep | undefined> {
  const leftOut = options.leftOut ?? [];
  let done: ExpansionStep | undefined | 'stopped';
  do {
    let step: StepRow | undefined;
    try {
      done = await inTransaction(pool, async (client) => {
        step = await lockStep(client, leftOut);
        return step && (await takeStep(client, step, beforeCommit));
      });
    } catch (error) {
      if (!step) throw error;
      throw new StepFailure({ accountId: step.account_id, runId: step.run_id, number: step.number }, error);
    }
  } while (done === 'stopped');
  await finishExpansions(pool);
  return done;
}

async function lockStep(client: Queryable, leftOut: readonly StepKey[]): Promise<StepRow | undefined> {
  const { rows } = await client.query<StepRow>(
    `SELECT s.account_id, s.run_id, s.number, s.lower_key, s.upper_key, r.job_id, r.day,
            extract(epoch FROM r.due_at)::float8 * 1000 AS due_at_ms
     FROM runs r JOIN expansion_steps s USING (account_id)
     WHERE s.run_id = r.id AND r.state = 'expanding' AND r.cancelled_at IS NULL AND s.done_at IS NULL
       AND (s.account_id, s.run_id, s.number) NOT IN (SELECT * FROM unnest($1::int[], $2::bigint[], $3::int[]))
     ORDER BY s.number, r.due_at LIMIT 1
     FOR UPDATE OF s SKIP LOCKED`,
    [leftOut.map((step) => step.accountId), leftOut.map((step) => step.runId), leftOut.map((step) => step.number)],
  );
  return rows[0];
}

async function takeStep(
  client: Queryable,
  step: StepRow,
  beforeCommit: () => Promise<void> | void,
): Promise<ExpansionStep | 'stopped'> {
  await lockExpansion(client, [step.run_id], 'shared');
  // Asked once more, now that no pause or cancel can come in between.
  const run = await client.query<{ paused_at: Date | null; resend: ResendOptions | null; occurrence_key: string }>(
    `SELECT paused_at, resend, occurrence_key FROM runs WHERE account_id = $1 AND id = $2 AND state = 'expanding' AND cancelled_at IS NULL`,
    [step.account_id, step.run_id],
  );
  if (!run.rows[0]) return 'stopped';
  const { job, context } = await readPlannable(client, step.account_id, step.job_id);
  const range = { lowerKey: step.lower_key, upperKey: step.upper_key };
  const variables = requiredVariables(context.content);
  const { resend, occurrence_key: occurrenceKey } = run.rows[0];
  const source = resend
    ? fromFamily(job, await resendOf(client, step.account_id, step.run_id, resend), range, variables)
    : fromTarget(job, range, variables);
  // Those missed are sent to at once, whenever the job itself was for; so is what somebody runs now.
  const isNow = resend !== null || occurrenceKey.startsWith(OCCURRENCE_MANUAL);
  const rule = momentRuleOf(isNow ? { ...job, trigger: { type: 'now' } } : job, context, step.due_at_ms);
  const deliveries = await insertStep(client, { ...step, paused_at: run.rows[0].paused_at }, { job, source, rule });
  await beforeCommit();
  return { accountId: step.account_id, runId: step.run_id, channel: job.channel, deliveries };
}

/** What a step is made from. */
interface StepPlan {
  readonly job: PlannableJob;
  readonly source: PeopleSource;
  readonly rule: MomentRule;
}

async function insertStep(
  client: Queryable,
  step: StepRow & { paused_at: Date | null },
  { job, source, rule }: StepPlan,
): Promise<number> {
  const moments: PlacedMoments = dependsOnZone(rule)
    ? { byZone: await readMoments(client, source, rule), missingZone: rule.missingZone }
    : { dueAtMs: rule.dueAtMs };
  const guarded = await hasSuppressions(client, job, source.suppressions);
  const parameters = new Parameters();
  const parameter = (value: unknown) => parameters.add(value);
  const account = parameter(job.accountId);
  const run = `${parameter(step.run_id)}::bigint`;
  const planned = partitionName('deliveries', step.day);
  // An address stays in its range, a recipient whose number changes between two steps comes into another one and is met
  // again. OFFSET keeps this a look into the unique index per recipient: a join would read the whole run at each step.
  const unmet =
    job.policy.dedupeBy === 'recipient'
      ? `WHERE NOT EXISTS (SELECT 1 FROM ${planned} d WHERE d.run_id = ${run} AND d.dedupe_key = matched.key
         AND d.account_id = ${account} AND d.day = ${parameter(step.day)}::date OFFSET 0)`
      : '';
  const { rows } = await client.query<StepCounts>(
    `WITH matched AS MATERIALIZED (
       ${source.people(parameters)}
     ), chosen AS (
       SELECT DISTINCT ON (key) * FROM matched ${unmet} ORDER BY key, id
     ), timed AS (
       ${timedSql(parameters, { job, suppressions: guarded ? source.suppressions : undefined, moments })}
     ), ${placingSql(parameters, { job, run: { id: step.run_id, day: step.day, pausedAt: step.paused_at }, dated: false })}
, counts AS (
       SELECT (SELECT count(*) FROM matched) AS people, (SELECT count(*) FROM chosen) AS addresses, p.*
       FROM (SELECT count(*) AS deliveries,
                    count(*) FILTER (WHERE code = '${SKIP_CODES.suppressed}') AS suppressed,
                    count(*) FILTER (WHERE code = '${SKIP_CODES.missingVariable}') AS incomplete
             FROM placed) p
     ), done AS (
       UPDATE expansion_steps s
       SET done_at = carillon_now(), people = counts.people, duplicates = counts.people - counts.addresses,
           suppressed = counts.suppressed, incomplete = counts.incomplete
       FROM counts
       WHERE s.account_id = ${account} AND s.run_id = ${run} AND s.number = ${parameter(step.number)}
     )
     SELECT deliveries, addresses FROM counts`,
    parameters.values,
  );
  const counts = rows[0];
  // A recipient whose zone changed between the two statements would have no moment; roll back and take the step again.
  if (counts && counts.deliveries !== counts.addresses) throw new Error('the zones changed while a step expanded');
  return counts?.deliveries ?? 0;
}

interface StepCounts {
  readonly deliveries: number;
  readonly addresses: number;
}

/** The moments of all zones that people of the step may have. */
async function readMoments(client: Queryable, source: PeopleSource, rule: MomentRule): Promise<readonly ZoneMoment[]> {
  const parameters = new Parameters();
  const { rows } = await client.query<{ zone: string | null }>(source.zones(parameters), parameters.values);
  const zones = [...new Set(rows.map((row) => row.zone ?? rule.missingZone))];
  return zones.map((zone) => ({ zone, ...momentIn(rule, zone), untilMs: null }));
}

/** Runs whose last step is done go on to `sending`, with what the steps found; so do cancelled ones. */
export async function finishExpansions(pool: pg.Pool): Promise<number> {
  const { rowCount } = await pool.query(
    `UPDATE runs r
     SET state = 'sending', expanded_at = carillon_now(), people = s.people + r.unreachable, duplicates = s.duplicates,
         suppressed = s.suppressed, incomplete = s.incomplete
     FROM (
       SELECT r.account_id, r.id, r.xmin AS seen, coalesce(sum(s.people), 0) AS people,
              coalesce(sum(s.duplicates), 0) AS duplicates, coalesce(sum(s.suppressed), 0) AS suppressed,
              coalesce(sum(s.incomplete), 0) AS incomplete
       FROM runs r LEFT JOIN expansion_steps s ON s.account_id = r.account_id AND s.run_id = r.id
       WHERE r.state = 'expanding' OR r.state = 'planned' AND r.cancelled_at IS NOT NULL
       GROUP BY r.account_id, r.id, r.xmin
       HAVING bool_and(s.done_at IS NOT NULL OR r.cancelled_at IS NOT NULL)
     ) s
     -- Only the row that was looked at: a change of the job that we waited for may have begun the run anew, without steps.
     WHERE r.account_id = s.account_id AND r.id = s.id AND r.state IN ('planned', 'expanding') AND r.xmin = s.seen`,
  );
  return rowCount ?? 0;
}

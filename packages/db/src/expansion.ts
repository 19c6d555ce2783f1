/**
 * Turns a planned run into batches of deliveries, in set-based steps. A step takes one range of address keys, so that all
 * spellings and memberships of one address meet inside it: the lowest recipient wins, the others are counted. Whoever is
 * suppressed or lacks a variable then gets a row that is skipped. Steps are rows of their own; any number of schedulers take
 * one at a time, and a kill loses nothing but the step it interrupted.
 */
import { BATCH_SIZE_MAX } from '@carillon/contracts';
import type pg from 'pg';
import { requiredVariables, SKIP_CODES } from './gates.ts';
import { dependsOnZone, type MomentRule, momentIn, momentRuleOf } from './moments.ts';
import { Parameters } from './parameters.ts';
import { cutKeys, fromFamily, fromTarget, measureTarget, type PeopleSource } from './people.ts';
import { type PlannableJob, readPlannable, verificationOf } from './plannable.ts';
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
  const run = await client.query<{ paused_at: Date | null; resend: ResendOptions | null }>(
    `SELECT paused_at, resend FROM runs WHERE account_id = $1 AND id = $2 AND state = 'expanding' AND cancelled_at IS NULL`,
    [step.account_id, step.run_id],
  );
  if (!run.rows[0]) return 'stopped';
  const { job, context } = await readPlannable(client, step.account_id, step.job_id);
  const range = { lowerKey: step.lower_key, upperKey: step.upper_key };
  const variables = requiredVariables(context.content);
  const { resend } = run.rows[0];
  const source = resend
    ? fromFamily(job, await resendOf(client, step.account_id, step.run_id, resend), range, variables)
    : fromTarget(job, range, variables);
  // Those missed are sent to at once, whenever the job itself was for.
  const rule = momentRuleOf(resend ? { ...job, trigger: { type: 'now' } } : job, context, step.due_at_ms);
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
  const zones = dependsOnZone(rule) ? await readZones(client, source, rule) : undefined;
  const guarded = await hasSuppressions(client, job, source);
  const parameters = new Parameters();
  const parameter = (value: unknown) => parameters.add(value);
  const account = parameter(job.accountId);
  const run = `${parameter(step.run_id)}::bigint`;
  const day = `${parameter(step.day)}::date`;
  const { policy } = job;
  const verified = verificationOf(job);
  const byRecipient = policy.dedupeBy === 'recipient';
  const planned = partitionName('deliveries', step.day);
  // An address stays in its range, a recipient whose number changes between two steps comes into another one and is met
  // again. OFFSET keeps this a look into the unique index per recipient: a join would read the whole run at each step.
  const unmet = byRecipient
    ? `WHERE NOT EXISTS (SELECT 1 FROM ${planned} d WHERE d.run_id = ${run} AND d.dedupe_key = matched.key
         AND d.account_id = ${account} AND d.day = ${day} OFFSET 0)`
    : '';
  const { rows } = await client.query<StepCounts>(
    `WITH matched AS MATERIALIZED (
       ${source.people(parameters)}
     ), chosen AS (
       SELECT DISTINCT ON (key) * FROM matched ${unmet} ORDER BY key, id
     ), timed AS (
       ${timedSql(parameters, { job, source, rule }, zones, guarded)}
     ), placed AS MATERIALIZED (
       SELECT *, row_number() OVER (PARTITION BY due_at, skipped ORDER BY key) - 1 AS place
       FROM (SELECT *, code IS NOT NULL AS skipped FROM timed) t
     ), cut AS MATERIALIZED (
       SELECT nextval(pg_get_serial_sequence('batches', 'id')) AS batch_id, g.*
       FROM (SELECT due_at, skipped, place / ${BATCH_SIZE_MAX} AS part, count(*)::int AS size
             FROM placed GROUP BY 1, 2, 3 ORDER BY 1, 2, 3) g
     ), made AS (
       INSERT INTO batches (account_id, id, run_id, job_id, day, channel, provider_account_id, size, scheduled, skipped,
                            due_at, expires_at, max_attempts, unknown_action, unknown_after_seconds, paused_at,
                            verify_until, verify_risky, verify_unknown)
       SELECT ${account}, batch_id, ${run}, ${parameter(step.job_id)}::bigint, ${day}, ${parameter(job.channel)},
              ${parameter(job.providerAccountId)}::int, size,
              CASE WHEN skipped THEN 0 ELSE size END, CASE WHEN skipped THEN size ELSE 0 END,
              due_at, due_at + ${parameter(policy.expireAfterMs)}::float8 * interval '1 millisecond',
              ${parameter(policy.attempts)}::smallint, ${parameter(policy.unknown.action)},
              ${parameter(policy.unknown.afterSeconds)}::int, ${parameter(step.paused_at)}::timestamptz,
              due_at + ${parameter(verified?.waitMs ?? null)}::float8 * interval '1 millisecond',
              ${parameter(verified?.risky ?? null)}, ${parameter(verified?.unknown ?? null)}
       FROM cut
     ), planned AS (
       INSERT INTO ${planned}
         (batch_id, run_id, recipient_id, due_at, dedupe_key, account_id, day, content_version, number, address, address_key,
          state, code)
       SELECT cut.batch_id, ${run}, p.id, p.due_at, p.key, ${account}, ${day}, ${parameter(job.contentVersion)}::int,
              p.place % ${BATCH_SIZE_MAX} + 1, p.address, ${byRecipient ? 'p.address_key' : 'NULL::uuid'},
              CASE WHEN p.skipped THEN 'skipped' ELSE 'scheduled' END::delivery_state, p.code
       FROM placed p
       JOIN cut ON cut.due_at = p.due_at AND cut.skipped = p.skipped AND cut.part = p.place / ${BATCH_SIZE_MAX}
       ORDER BY p.due_at, p.key
     ), counts AS (
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

/** The chosen with their moments, and with the code of the first gate that keeps a message from them. */
function timedSql(
  parameters: Parameters,
  { job, source, rule }: StepPlan,
  zones: readonly string[] | undefined,
  guarded: boolean,
): string {
  const joins: string[] = [];
  const reasons: string[] = [];
  if (guarded) {
    joins.push(
      `LEFT JOIN suppressions s ON s.account_id = ${parameters.add(job.accountId)} AND s.channel = ${parameters.add(job.channel)}
         AND s.address_key = c.address_key AND ${source.suppressions(parameters)}`,
    );
    reasons.push(`WHEN s.address_key IS NOT NULL THEN '${SKIP_CODES.suppressed}'`);
  }
  reasons.push(`WHEN c.incomplete THEN '${SKIP_CODES.missingVariable}'`);
  let dueAt: string;
  if (zones === undefined) {
    dueAt = `${parameters.add(new Date(rule.dueAtMs))}::timestamptz`;
  } else {
    const moments = zones.map((zone) => momentIn(rule, zone));
    const [names, dueAts, inGap] = [
      parameters.add(zones),
      parameters.add(moments.map((moment) => new Date(moment.dueAtMs))),
      parameters.add(moments.map((moment) => moment.inGap)),
    ];
    joins.push(
      `JOIN unnest(${names}::text[], ${dueAts}::timestamptz[], ${inGap}::boolean[]) AS m (zone, due_at, in_gap)
         ON m.zone = coalesce(c.zone, ${parameters.add(rule.missingZone)})`,
    );
    reasons.push(`WHEN m.in_gap THEN '${SKIP_CODES.wallTimeInGap}'`);
    dueAt = 'm.due_at';
  }
  return `SELECT c.key, c.id, c.address, c.address_key, ${dueAt} AS due_at, CASE ${reasons.join(' ')} END AS code
          FROM chosen c ${joins.join('\n')}`;
}

/** The zones that have a moment of their own in a step. */
async function readZones(client: Queryable, source: PeopleSource, rule: MomentRule): Promise<readonly string[]> {
  const parameters = new Parameters();
  const { rows } = await client.query<{ zone: string | null }>(source.zones(parameters), parameters.values);
  return [...new Set(rows.map((row) => row.zone ?? rule.missingZone))];
}

/** Whether anybody of the step may be suppressed; mostly nobody is, and then the step does not ask for each. */
async function hasSuppressions(client: Queryable, job: PlannableJob, source: PeopleSource): Promise<boolean> {
  const parameters = new Parameters();
  const { rows } = await client.query<{ any: boolean }>(
    `SELECT EXISTS (
       SELECT 1 FROM suppressions s
       WHERE s.account_id = ${parameters.add(job.accountId)} AND s.channel = ${parameters.add(job.channel)}
         AND ${source.suppressions(parameters)}) AS any`,
    parameters.values,
  );
  return rows[0]?.any ?? false;
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

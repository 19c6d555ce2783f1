/**
 * Turns a planned run into batches of deliveries, in set-based steps. A step takes one range of address keys, so that all
 * spellings and memberships of one address meet inside it: the lowest recipient wins, the others are counted. Steps are
 * rows of their own; any number of schedulers take one at a time, and a kill loses nothing but the step it interrupted.
 */
import { BATCH_SIZE_MAX, type Target } from '@carillon/contracts';
import { resolveWallTime } from '@carillon/core';
import type pg from 'pg';
import { PLANNABLE_COLUMNS, plannableOf } from './planning.ts';
import { inTransaction, type Queryable } from './pool.ts';
import { lockExpansion } from './runLocks.ts';
import { partitionName } from './statements.ts';

/** Recipients per step: long enough to be set-based, short enough that a pause never waits a second for it. */
const STEP_SIZE = 10_000;
const STEPS_MAX = 4_096;
const KEY_SPACE = 2 ** 32;

/** The lower bound of step `number` of `steps`, as a uuid. */
function lowerKey(number: number, steps: number): string {
  const hex = Math.floor((number / steps) * KEY_SPACE)
    .toString(16)
    .padStart(8, '0');
  return `${hex}-0000-0000-0000-000000000000`;
}

/** The condition that a recipient `r` belongs to the target, and its parameters from `$first` on. */
function membership(target: Target, first: number): { sql: string; values: unknown[] } {
  const values: unknown[] = [];
  const parameter = (value: unknown): string => {
    values.push(value);
    return `$${first + values.length - 1}`;
  };
  const memberOf = (audienceIds: readonly number[]): string =>
    `EXISTS (SELECT 1 FROM audience_members m WHERE m.account_id = r.account_id
       AND m.audience_id = ANY (${parameter(audienceIds)}::bigint[]) AND m.recipient_id = r.id)`;
  const listed = (recipientIds: readonly number[]): string => `r.id = ANY (${parameter(recipientIds)}::bigint[])`;

  const included: string[] = [];
  if (!target.everyone) {
    if (target.audienceIds.length > 0) included.push(memberOf(target.audienceIds));
    if (target.recipientIds.length > 0) included.push(listed(target.recipientIds));
    if (included.length === 0) included.push('false');
  }
  const conditions = ['r.deleted_at IS NULL'];
  if (included.length > 0) conditions.push(`(${included.join(' OR ')})`);
  if (target.excludedAudienceIds.length > 0) conditions.push(`NOT ${memberOf(target.excludedAudienceIds)}`);
  if (target.excludedRecipientIds.length > 0) conditions.push(`NOT ${listed(target.excludedRecipientIds)}`);
  return { sql: conditions.join('\n    AND '), values };
}

/** Counts the target roughly: an upper bound from memberships, exact for everyone. */
async function estimatePeople(client: Queryable, accountId: number, target: Target): Promise<number> {
  const { rows } = target.everyone
    ? await client.query<{ people: number }>('SELECT count(*) AS people FROM recipients WHERE account_id = $1', [
        accountId,
      ])
    : await client.query<{ people: number }>(
        'SELECT count(*) AS people FROM audience_members WHERE account_id = $1 AND audience_id = ANY ($2::bigint[])',
        [accountId, target.audienceIds],
      );
  return (rows[0]?.people ?? 0) + target.recipientIds.length;
}

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
}

async function lockPlanned(client: Queryable, leftOut: readonly RunKey[]): Promise<PlannedRow | undefined> {
  const { rows } = await client.query<PlannedRow>(
    `SELECT account_id, id, job_id FROM runs
     WHERE state = 'planned' AND (account_id, id) NOT IN (SELECT * FROM unnest($1::int[], $2::bigint[]))
     ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED`,
    [leftOut.map((run) => run.accountId), leftOut.map((run) => run.runId)],
  );
  return rows[0];
}

async function cutRun(client: Queryable, run: PlannedRow): Promise<void> {
  const job = await readJob(client, run.account_id, run.job_id);
  const people = await estimatePeople(client, run.account_id, job.target);
  const steps = Math.min(STEPS_MAX, Math.max(1, Math.ceil(people / STEP_SIZE)));
  const numbers = Array.from({ length: steps }, (_, number) => number);
  await client.query(
    `INSERT INTO expansion_steps (account_id, run_id, number, lower_key, upper_key)
     SELECT $1, $2, * FROM unnest($3::int[], $4::uuid[], $5::uuid[])`,
    [
      run.account_id,
      run.id,
      numbers,
      numbers.map((number) => lowerKey(number, steps)),
      numbers.map((number) => (number + 1 === steps ? null : lowerKey(number + 1, steps))),
    ],
  );
  const who = membership(job.target, 2);
  await client.query(
    `UPDATE runs SET state = 'expanding', unreachable = (
       SELECT count(*) FROM recipients r WHERE r.account_id = $1 AND r.whatsapp_key IS NULL AND ${who.sql})
     WHERE account_id = $1 AND id = $${who.values.length + 2}`,
    [run.account_id, ...who.values, run.id],
  );
}

async function readJob(client: Queryable, accountId: number, jobId: number): Promise<ReturnType<typeof plannableOf>> {
  const { rows } = await client.query(`SELECT ${PLANNABLE_COLUMNS} FROM jobs WHERE account_id = $1 AND id = $2`, [
    accountId,
    jobId,
  ]);
  if (!rows[0]) throw new Error(`job ${jobId} of account ${accountId} is gone while its run expands`);
  return plannableOf(rows[0]);
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
  const run = await client.query<{ paused_at: Date | null }>(
    `SELECT paused_at FROM runs WHERE account_id = $1 AND id = $2 AND state = 'expanding' AND cancelled_at IS NULL`,
    [step.account_id, step.run_id],
  );
  if (!run.rows[0]) return 'stopped';
  const job = await readJob(client, step.account_id, step.job_id);
  const deliveries = await insertStep(client, { ...step, paused_at: run.rows[0].paused_at }, job);
  await beforeCommit();
  return { accountId: step.account_id, runId: step.run_id, channel: job.channel, deliveries };
}

/** Zone by zone, when the wall time is there; a zone whose gap is to be skipped keeps its moment and is marked. */
function resolveZones(
  trigger: Extract<ReturnType<typeof plannableOf>['trigger'], { type: 'local' }>,
  zones: readonly string[],
): { zones: readonly string[]; dueAt: Date[]; skipped: boolean[] } {
  const dueAt: Date[] = [];
  const skipped: boolean[] = [];
  for (const zone of zones) {
    const asked = { wallTime: trigger.wallTime, zone, repeated: trigger.repeated };
    const resolved = resolveWallTime({ ...asked, gap: trigger.gap });
    const moment = resolved.kind === 'instant' ? resolved : resolveWallTime({ ...asked, gap: 'later' });
    if (moment.kind !== 'instant') throw new Error(`no moment for ${trigger.wallTime} in ${zone}`);
    dueAt.push(new Date(moment.epochMs));
    skipped.push(resolved.kind === 'skipped');
  }
  return { zones, dueAt, skipped };
}

async function insertStep(
  client: Queryable,
  step: StepRow & { paused_at: Date | null },
  job: ReturnType<typeof plannableOf>,
): Promise<number> {
  const range = `r.account_id = $1 AND r.whatsapp_key >= $2 AND ($3::uuid IS NULL OR r.whatsapp_key < $3)`;
  const values: unknown[] = [step.account_id, step.lower_key, step.upper_key];
  let moments: string;
  if (job.trigger.type === 'local') {
    const present = await client.query<{ zone: string }>(
      `SELECT DISTINCT coalesce(r.zone, $4) AS zone FROM recipients r WHERE ${range}`,
      [...values, job.trigger.missingZone],
    );
    const resolved = resolveZones(
      job.trigger,
      present.rows.map((row) => row.zone),
    );
    values.push(job.trigger.missingZone, resolved.zones, resolved.dueAt, resolved.skipped);
    moments = `SELECT c.key, c.id, c.address, m.due_at, m.skipped
      FROM chosen c JOIN unnest($5::text[], $6::timestamptz[], $7::boolean[]) AS m (zone, due_at, skipped)
        ON m.zone = coalesce(c.zone, $4)`;
  } else {
    values.push(new Date(step.due_at_ms));
    moments = `SELECT key, id, address, $4::timestamptz AS due_at, false AS skipped FROM chosen`;
  }
  const who = membership(job.target, values.length + 1);
  values.push(...who.values);
  const first = values.length + 1;
  values.push(
    step.run_id,
    step.job_id,
    step.day,
    job.channel,
    job.providerAccountId,
    job.policy.expireAfterMs,
    job.policy.attempts,
    job.policy.unknown.action,
    job.policy.unknown.afterSeconds,
    step.paused_at,
    job.contentVersion,
    step.number,
  );
  const [run, jobId, day, channel, provider, expire, attempts, action, after, paused, version, number] = Array.from(
    { length: 12 },
    (_, index) => `$${first + index}`,
  );
  const byRecipient = job.policy.dedupeBy === 'recipient';
  const key = byRecipient ? `md5('recipient:' || r.account_id || ':' || r.id)::uuid` : 'r.whatsapp_key';
  const planned = partitionName('deliveries', step.day);
  // An address stays in its range, a recipient whose number changes between two steps comes into another one and is met
  // again. OFFSET keeps this a look into the unique index per recipient: a join would read the whole run at each step.
  const unmet = byRecipient
    ? `WHERE NOT EXISTS (SELECT 1 FROM ${planned} d WHERE d.run_id = ${run} AND d.dedupe_key = matched.key
         AND d.account_id = $1 AND d.day = ${day}::date OFFSET 0)`
    : '';
  const { rows } = await client.query<{ people: number; deliveries: number }>(
    `WITH matched AS MATERIALIZED (
       SELECT r.id, ${key} AS key, r.phone AS address, r.zone
       FROM recipients r
       WHERE ${range} AND ${who.sql}
     ), chosen AS (
       SELECT DISTINCT ON (key) key, id, address, zone FROM matched ${unmet} ORDER BY key, id
     ), timed AS (
       ${moments}
     ), placed AS MATERIALIZED (
       SELECT *, row_number() OVER (PARTITION BY due_at, skipped ORDER BY key) - 1 AS place FROM timed
     ), cut AS MATERIALIZED (
       SELECT nextval(pg_get_serial_sequence('batches', 'id')) AS batch_id, g.*
       FROM (SELECT due_at, skipped, place / ${BATCH_SIZE_MAX} AS part, count(*)::int AS size
             FROM placed GROUP BY 1, 2, 3 ORDER BY 1, 2, 3) g
     ), made AS (
       INSERT INTO batches (account_id, id, run_id, job_id, day, channel, provider_account_id, size, scheduled, skipped,
                            due_at, expires_at, max_attempts, unknown_action, unknown_after_seconds, paused_at)
       SELECT $1, batch_id, ${run}, ${jobId}, ${day}::date, ${channel}, ${provider}, size,
              CASE WHEN skipped THEN 0 ELSE size END, CASE WHEN skipped THEN size ELSE 0 END,
              due_at, due_at + ${expire}::float8 * interval '1 millisecond', ${attempts}, ${action}, ${after}, ${paused}
       FROM cut
     ), planned AS (
       INSERT INTO ${planned}
         (batch_id, run_id, recipient_id, due_at, dedupe_key, account_id, day, content_version, number, address, state, code)
       SELECT cut.batch_id, ${run}, p.id, p.due_at, p.key, $1, ${day}::date, ${version}, p.place % ${BATCH_SIZE_MAX} + 1, p.address,
              CASE WHEN p.skipped THEN 'skipped' ELSE 'scheduled' END::delivery_state,
              CASE WHEN p.skipped THEN 'wall_time_in_gap' END
       FROM placed p
       JOIN cut ON cut.due_at = p.due_at AND cut.skipped = p.skipped AND cut.part = p.place / ${BATCH_SIZE_MAX}
       ORDER BY p.due_at, p.key
     ), counts AS (
       SELECT (SELECT count(*) FROM matched) AS people, (SELECT count(*) FROM chosen) AS addresses,
              (SELECT count(*) FROM placed) AS deliveries
     ), done AS (
       UPDATE expansion_steps s
       SET done_at = carillon_now(), people = counts.people, duplicates = counts.people - counts.addresses
       FROM counts
       WHERE s.account_id = $1 AND s.run_id = ${run} AND s.number = ${number}
     )
     SELECT people, deliveries, addresses FROM counts`,
    values,
  );
  const counts = rows[0] as { people: number; deliveries: number; addresses: number } | undefined;
  // A recipient whose zone changed between the two statements would have no moment; roll back and take the step again.
  if (counts && counts.deliveries !== counts.addresses) throw new Error('the zones changed while a step expanded');
  return counts?.deliveries ?? 0;
}

/** Runs whose last step is done go on to `sending`, with what the steps found; so do cancelled ones. */
export async function finishExpansions(pool: pg.Pool): Promise<number> {
  const { rowCount } = await pool.query(
    `UPDATE runs r
     SET state = 'sending', expanded_at = carillon_now(), people = s.people + r.unreachable, duplicates = s.duplicates
     FROM (
       SELECT r.account_id, r.id, coalesce(sum(s.people), 0) AS people, coalesce(sum(s.duplicates), 0) AS duplicates
       FROM runs r LEFT JOIN expansion_steps s ON s.account_id = r.account_id AND s.run_id = r.id
       WHERE r.state = 'expanding' OR r.state = 'planned' AND r.cancelled_at IS NOT NULL
       GROUP BY r.account_id, r.id
       HAVING bool_and(s.done_at IS NOT NULL OR r.cancelled_at IS NOT NULL)
     ) s
     WHERE r.account_id = s.account_id AND r.id = s.id AND r.state IN ('planned', 'expanding')`,
  );
  return rowCount ?? 0;
}

/**
 * Plans one page of people whose day it is: the run of the occurrence, their occasions and their deliveries, in one transaction that
 * holds the job's row. The occasions decide: whoever's is there already gets no second delivery, whatever number of passes and
 * processes come by.
 */
import type { Content } from '@carillon/contracts';
import { addressColumns } from './addresses.ts';
import type { DatePerson } from './datePeople.ts';
import { type DateMoment, type DateOccurrence, type DateRule, occurrenceKeyOf } from './dateRule.ts';
import { type Replanned, settleStanding } from './dateSettling.ts';
import { decide, readStandings } from './dateStanding.ts';
import { isIncomplete, requiredVariables, SKIP_CODES } from './gates.ts';
import { Parameters } from './parameters.ts';
import { ensurePartitions } from './partitions.ts';
import { dedupeKeySql } from './people.ts';
import { hasSuppressions, placingSql, timedSql } from './placing.ts';
import type { PlannableJob } from './plannable.ts';
import type { Queryable } from './pool.ts';
import { partitionName } from './statements.ts';

/** What a pass knows of its job; it holds as long as the job has this version. */
export interface DatedJob {
  readonly job: PlannableJob;
  readonly version: number;
  readonly rule: DateRule;
  readonly content: Content | null;
  /** A restored database is passed over too where jobs are paused; what is planned then is paused. */
  readonly evenPaused: boolean;
}

/** A page of one occurrence, with the moment of each zone in it. */
export interface DatePage {
  readonly occurrence: DateOccurrence;
  readonly people: readonly DatePerson[];
  readonly moments: ReadonlyMap<string, DateMoment>;
}

/** What became of a page: how many deliveries were made; `changed` when the job is another one than it was. */
export type DatePageResult = { readonly kind: 'planned'; readonly deliveries: number } | { readonly kind: 'changed' };

interface Run {
  readonly id: number;
  readonly day: string;
  readonly pausedAt: Date | null;
}

/** In the caller's transaction. */
export async function planDatePage(client: Queryable, dated: DatedJob, page: DatePage): Promise<DatePageResult> {
  const { job, rule } = dated;
  const { occurrence, people, moments } = page;
  const status = await lockDatedJob(client, dated);
  if (status === undefined) return { kind: 'changed' };
  const known = await lockRun(client, job, occurrence);
  const variables = requiredVariables(dated.content);
  const standings = await readStandings(client, {
    job,
    rule,
    offsetDays: occurrence.offsetDays,
    run: known,
    people,
    variables,
  });
  const planned: DatePerson[] = [];
  const renewed: DatePerson[] = [];
  const replanned: (Replanned & { readonly person: DatePerson })[] = [];
  for (const person of people) {
    const decision = decide(
      person,
      moments.get(person.zone) as DateMoment,
      standings.get(person.recipientId),
      known?.id,
    );
    if (decision.kind === 'plan') planned.push(person);
    if (decision.kind === 'renew') renewed.push(person);
    if (decision.kind === 'replan') {
      replanned.push({ ...decision, recipientId: person.recipientId, period: person.period, person });
    }
  }
  const date = { name: rule.trigger.date, offsetDays: occurrence.offsetDays };
  await renewOccasions(client, job, date, renewed);
  if (planned.length + replanned.length === 0) return { kind: 'planned', deliveries: 0 };
  const dueAtMs = Math.min(...[...moments.values()].map((moment) => moment.dueAtMs));
  const run = known ?? (await insertRun(client, job, occurrence, dueAtMs, status));
  const key = { accountId: job.accountId, jobId: job.jobId, id: run.id, day: run.day };
  const free = await settleStanding(client, key, date, replanned);
  const wanted = [...planned, ...replanned.filter((one) => free.has(one.recipientId)).map(({ person }) => person)];
  const deliveries = await insertDeliveries(client, dated, { run, occurrence, people: wanted, moments, variables });
  // Whoever was to be planned is gone since; a run that tells nobody was none.
  if (known === undefined && deliveries === 0) await dropEmptyRun(client, key);
  return { kind: 'planned', deliveries };
}

/** Locks the job's row. @returns its status, or undefined when it is another job than the pass began with, or takes none. */
export async function lockDatedJob(
  client: Queryable,
  { job, version, evenPaused }: DatedJob,
): Promise<string | undefined> {
  const { rows } = await client.query<{ status: string }>({
    name: 'lock_dated_job',
    text: `SELECT status::text FROM jobs
           WHERE account_id = $1 AND id = $2 AND version = $3 AND dated AND next_run_at IS NOT NULL
             AND (status = 'active' OR $4 AND status = 'paused')
           FOR UPDATE`,
    values: [job.accountId, job.jobId, version, evenPaused],
  });
  return rows[0]?.status;
}

async function lockRun(client: Queryable, job: PlannableJob, occurrence: DateOccurrence): Promise<Run | undefined> {
  const { rows } = await client.query<Run>({
    name: 'lock_run_of_dates',
    text: `SELECT id, day, paused_at AS "pausedAt" FROM runs
           WHERE account_id = $1 AND job_id = $2 AND occurrence_key = $3 FOR UPDATE`,
    values: [job.accountId, job.jobId, occurrenceKeyOf(occurrence)],
  });
  const run = rows[0];
  // Its partition may have been dropped since, when passes stood still for long.
  if (run !== undefined) await ensurePartitions(client, run.day);
  return run;
}

async function insertRun(
  client: Queryable,
  job: PlannableJob,
  occurrence: DateOccurrence,
  dueAtMs: number,
  status: string,
): Promise<Run> {
  const { rows } = await client.query<Run>({
    name: 'insert_run_of_dates',
    text: `INSERT INTO runs (account_id, job_id, occurrence_key, day, due_at, state, created_at, expanded_at, paused_at, civil_day,
                             offset_days)
           SELECT $1, $2, $3, (n.now AT TIME ZONE 'UTC')::date, to_timestamp($4::float8 / 1000), 'sending', n.now, n.now,
                  CASE WHEN $5 = 'paused' THEN n.now END, $6::date, $7::smallint
           FROM (SELECT carillon_now() AS now OFFSET 0) n
           RETURNING id, day, paused_at AS "pausedAt"`,
    values: [
      job.accountId,
      job.jobId,
      occurrenceKeyOf(occurrence),
      dueAtMs,
      status,
      occurrence.day,
      occurrence.offsetDays,
    ],
  });
  const run = rows[0] as Run;
  await ensurePartitions(client, run.day);
  return run;
}

async function dropEmptyRun(
  client: Queryable,
  run: { readonly accountId: number; readonly id: number },
): Promise<void> {
  await client.query(`DELETE FROM runs WHERE account_id = $1 AND id = $2 AND people = 0`, [run.accountId, run.id]);
}

/** The date was written in another way, on the same day: what claims compare is now this. */
async function renewOccasions(
  client: Queryable,
  job: PlannableJob,
  date: { readonly name: string; readonly offsetDays: number },
  people: readonly DatePerson[],
): Promise<void> {
  if (people.length === 0) return;
  await client.query(
    `UPDATE occasions o SET value = w.value FROM unnest($5::bigint[], $6::text[], $7::text[]) AS w (recipient_id, period, value)
     WHERE o.account_id = $1 AND o.job_id = $2 AND o.recipient_id = w.recipient_id AND o.date_name = $3 AND o.offset_days = $4
       AND o.period = w.period`,
    [
      job.accountId,
      job.jobId,
      date.name,
      date.offsetDays,
      people.map(({ recipientId }) => recipientId),
      people.map(({ period }) => period),
      people.map(({ value }) => value),
    ],
  );
}

/** Occasions, batches, deliveries and the run's counts, in one statement. @returns how many occasions became deliveries. */
async function insertDeliveries(
  client: Queryable,
  { job, rule }: DatedJob,
  page: DatePage & { readonly run: Run; readonly variables: readonly string[] },
): Promise<number> {
  const { run, occurrence, people, moments, variables } = page;
  if (people.length === 0) return 0;
  const ids = people.map(({ recipientId }) => recipientId);
  const columns = addressColumns(job.channel);
  const suppressions = (parameters: Parameters) =>
    `s.address_key IN (SELECT r.${columns.key} FROM recipients r
                       WHERE r.account_id = ${parameters.add(job.accountId)} AND r.id = ANY (${parameters.add(ids)}::bigint[]))`;
  const guarded = await hasSuppressions(client, job, suppressions);
  const parameters = new Parameters();
  const parameter = (value: unknown) => parameters.add(value);
  const account = parameter(job.accountId);
  const runId = `${parameter(run.id)}::bigint`;
  const date = parameter(rule.trigger.date);
  const { rows } = await client.query<{ deliveries: number }>(
    `WITH matched AS MATERIALIZED (
       SELECT r.id, ${dedupeKeySql(job)} AS key, r.${columns.address} AS address, r.${columns.key} AS address_key, r.zone,
              ${isIncomplete(parameters, variables)} AS incomplete, p.period, p.value
       FROM unnest(${parameter(ids)}::bigint[], ${parameter(people.map(({ period }) => period))}::text[],
                   ${parameter(people.map(({ value }) => value))}::text[],
                   ${parameter(people.map((person) => person.date))}::text[]) AS p (id, period, value, date)
       JOIN recipients r ON r.account_id = ${account} AND r.id = p.id AND r.deleted_at IS NULL
       -- What changed since the page was read is for the next pass.
       JOIN recipient_dates d ON d.account_id = ${account} AND d.recipient_id = p.id AND d.name = ${date} AND d.value = p.date
     ), chosen AS (
       SELECT DISTINCT ON (key) * FROM matched
       WHERE address_key IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM ${partitionName('deliveries', run.day)} d
                         WHERE d.run_id = ${runId} AND d.dedupe_key = matched.key AND d.account_id = ${account}
                           AND d.day = ${parameter(run.day)}::date OFFSET 0)
       ORDER BY key, id
     ), timed AS MATERIALIZED (
       ${timedSql(parameters, {
         job,
         suppressions: guarded ? () => 'true' : undefined,
         moments: { byZone: [...moments.values()], missingZone: rule.trigger.missingZone },
       })}
     ), standing AS (
       SELECT m.id, m.period, m.value, t.due_at,
              CASE WHEN t.id IS NOT NULL THEN 'delivery' WHEN m.address_key IS NULL THEN 'unreachable'
                   WHEN c.id IS NULL THEN 'duplicate' END AS plan
       FROM matched m LEFT JOIN timed t ON t.id = m.id LEFT JOIN chosen c ON c.id = m.id
     ), noted AS (
       INSERT INTO occasions (account_id, job_id, recipient_id, date_name, offset_days, period, value, run_id, made_at, due_at, plan)
       SELECT ${account}, ${parameter(job.jobId)}::bigint, s.id, ${date}, ${parameter(occurrence.offsetDays)}::smallint, s.period,
              s.value, ${runId}, carillon_now(), s.due_at, s.plan
       FROM standing s WHERE s.plan IS NOT NULL
       ON CONFLICT DO NOTHING
       RETURNING recipient_id, plan
     ), ${placingSql(parameters, { job, run, dated: true, only: `JOIN noted ON noted.recipient_id = timed.id AND noted.plan = 'delivery'` })}
     , counted AS (
       UPDATE runs r
       SET people = r.people + n.people, duplicates = r.duplicates + n.duplicates, unreachable = r.unreachable + n.unreachable,
           suppressed = r.suppressed + p.suppressed, incomplete = r.incomplete + p.incomplete,
           due_at = least(r.due_at, p.due_at),
           -- A run that had ended goes on where there is somebody more to tell.
           state = CASE WHEN p.rows > 0 THEN 'sending' ELSE r.state END,
           completed_at = CASE WHEN p.rows > 0 THEN NULL ELSE r.completed_at END
       FROM (SELECT count(*) AS people, count(*) FILTER (WHERE plan = 'duplicate') AS duplicates,
                    count(*) FILTER (WHERE plan = 'unreachable') AS unreachable FROM noted) n,
            (SELECT count(*) AS rows, count(*) FILTER (WHERE code = '${SKIP_CODES.suppressed}') AS suppressed,
                    count(*) FILTER (WHERE code = '${SKIP_CODES.missingVariable}') AS incomplete, min(due_at) AS due_at
             FROM placed) p
       WHERE r.account_id = ${account} AND r.id = ${runId}
     )
     SELECT count(*) AS deliveries FROM placed`,
    parameters.values,
  );
  return rows[0]?.deliveries ?? 0;
}

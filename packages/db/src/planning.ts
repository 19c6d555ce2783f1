/**
 * From a job to its run. Called by the API for what is due soon and by the scheduler for the rest, in a transaction that
 * holds the job's row; the unique occurrence key makes a second planning a no-op.
 */
import { type Content, isSingleTarget, isTaskChannel, OCCURRENCE_ONCE, taskAddress } from '@carillon/contracts';
import type pg from 'pg';
import { addressColumns } from './addresses.ts';
import { isIncomplete, requiredVariables, SKIP_CODES } from './gates.ts';
import { dependsOnZone, momentIn, momentRuleOf } from './moments.ts';
import { Parameters } from './parameters.ts';
import { ensurePartitions } from './partitions.ts';
import { verifyUntilSql } from './placing.ts';
import {
  contextOf,
  PLANNABLE_COLUMNS,
  type PlanContext,
  type PlannableJob,
  type PlannableRow,
  plannableOf,
  readJobContext,
  verificationOf,
} from './plannable.ts';
import { inTransaction, type Queryable } from './pool.ts';
import { preparedText } from './statements.ts';

export type { PlannableJob };

/** The run of one occurrence; `isNew` is false when it had been planned before. */
export interface PlannedRun {
  readonly runId: number;
  readonly day: string;
  readonly isNew: boolean;
}

/**
 * Creates the run of one occurrence, due at `dueAtMs` at the earliest (`null` is now, by the database's clock). A job without
 * recipients, or for one, gets its delivery and batch at once; any other is left for expansion.
 * @param occurrence.content what the job says, where the caller knows it; else it is read
 */
export async function planRun(
  client: Queryable,
  job: PlannableJob,
  occurrence: { occurrenceKey: string; dueAtMs: number | null; content?: Content },
): Promise<PlannedRun> {
  // A local moment differs by the recipient's zone, which expansion resolves.
  const single = isTaskChannel(job.channel) || (isSingleTarget(job.target) && job.trigger.type !== 'local');
  const inserted = await client.query<{ id: number; day: string; has_partition: boolean }>({
    name: 'plan_run',
    text: `INSERT INTO runs (account_id, job_id, occurrence_key, day, due_at, state, created_at, expanded_at, people)
     SELECT $1, $2, $3, (n.now AT TIME ZONE 'UTC')::date,
            coalesce(to_timestamp($4::float8 / 1000), n.now),
            $5::run_state, n.now, CASE WHEN $5 = 'sending' THEN n.now END, $6
     FROM (SELECT carillon_now() AS now) n
     ON CONFLICT (account_id, job_id, occurrence_key) DO NOTHING
     RETURNING id, day, to_regclass('deliveries_' || to_char(day, 'YYYYMMDD')) IS NOT NULL AS has_partition`,
    values: [
      job.accountId,
      job.jobId,
      occurrence.occurrenceKey,
      occurrence.dueAtMs,
      single ? 'sending' : 'planned',
      single ? 1 : 0,
    ],
  });
  const row = inserted.rows[0];
  if (!row) {
    const known = await client.query<{ id: number; day: string }>(
      'SELECT id, day FROM runs WHERE account_id = $1 AND job_id = $2 AND occurrence_key = $3',
      [job.accountId, job.jobId, occurrence.occurrenceKey],
    );
    const run = known.rows[0];
    if (!run) throw new Error(`run ${occurrence.occurrenceKey} of job ${job.jobId} is neither new nor there`);
    return { runId: run.id, day: run.day, isNew: false };
  }
  if (!row.has_partition) await ensurePartitions(client, row.day);
  if (single) await planSingle(client, job, row.id, occurrence.content);
  return { runId: row.id, day: row.day, isNew: true };
}

/** The one recipient of a job, as far as planning asks; `id` is null where there is none, but something that is done. */
interface Addressee {
  readonly id: number | null;
  readonly address: string;
  readonly address_key: string;
  readonly key: string;
  readonly zone: string | null;
  readonly suppressed: boolean;
  readonly incomplete: boolean;
  readonly run_due_ms: number;
}

/** Somebody, with what their account has laid down. */
interface Person extends Addressee {
  readonly account_zone: string;
  readonly account_quiet_hours: unknown;
}

/**
 * The one delivery of a job for one recipient, with a batch of its own; the same gates and moments as in an expansion.
 * Nobody reachable leaves a run without rows.
 */
export async function planSingle(
  client: Queryable,
  job: PlannableJob,
  runId: number,
  content?: Content,
): Promise<void> {
  const found =
    content === undefined || isTaskChannel(job.channel)
      ? await readWithContext(client, job, runId)
      : await readPerson(client, job, runId, content);
  if (!found) {
    await client.query('UPDATE runs SET unreachable = 1 WHERE account_id = $1 AND id = $2', [job.accountId, runId]);
    return;
  }
  const { addressee, context } = found;
  const code = addressee.suppressed ? SKIP_CODES.suppressed : addressee.incomplete ? SKIP_CODES.missingVariable : null;
  const rule = momentRuleOf(job, context, addressee.run_due_ms);
  const verified = verificationOf(job);
  const moved = dependsOnZone(rule) ? momentIn(rule, addressee.zone ?? rule.missingZone).dueAtMs : rule.dueAtMs;
  await client.query({
    name: 'plan_single',
    text: `WITH run AS (
       UPDATE runs SET suppressed = ($3::text IS NOT DISTINCT FROM '${SKIP_CODES.suppressed}')::int,
                       incomplete = ($3::text IS NOT DISTINCT FROM '${SKIP_CODES.missingVariable}')::int
       WHERE account_id = $1 AND id = $2 AND $3::text IS NOT NULL
     ), batch AS (
       INSERT INTO batches (account_id, run_id, job_id, day, channel, provider_account_id, single, size, scheduled, skipped,
                            due_at, expires_at, max_attempts, unknown_action, unknown_after_seconds,
                            verify_until, verify_risky, verify_unknown)
       SELECT $1, r.id, r.job_id, r.day, $4, $5, true, 1, CASE WHEN $3::text IS NULL THEN 1 ELSE 0 END,
              CASE WHEN $3::text IS NULL THEN 0 ELSE 1 END, due.at,
              due.expires_at, $8, $9, $10,
              ${verifyUntilSql('due.at', 'due.expires_at', '$16::float8')}, $17, $18
       -- The job leaves but its own few runs, whatever index is taken: while nothing is known of the table, that of another key looks
       -- as good as the primary key, and would be walked through all the account's runs.
       FROM runs r, (SELECT carillon_now() AS now OFFSET 0) n,
            LATERAL (SELECT coalesce(to_timestamp($6::float8 / 1000), r.due_at) AS at) moment,
            LATERAL (SELECT moment.at, moment.at + $7::float8 * interval '1 millisecond' AS expires_at) due
       WHERE r.account_id = $1 AND r.id = $2 AND r.job_id = $19
       RETURNING id, day, due_at
     )
     INSERT INTO deliveries (batch_id, run_id, recipient_id, due_at, dedupe_key, account_id, day, content_version, number,
                             address, address_key, state, code)
     SELECT batch.id, $2, $11, batch.due_at, $12::uuid, $1, batch.day, $13, 1, $14, $15::uuid,
            CASE WHEN $3::text IS NULL THEN 'scheduled' ELSE 'skipped' END::delivery_state, $3::text
     FROM batch`,
    values: [
      job.accountId,
      runId,
      code,
      job.channel,
      job.providerAccountId,
      // Null keeps the run's own moment, to the microsecond.
      moved === rule.dueAtMs ? null : moved,
      job.policy.expireAfterMs,
      job.policy.attempts,
      job.policy.unknown.action,
      job.policy.unknown.afterSeconds,
      addressee.id,
      addressee.key,
      job.contentVersion,
      addressee.address,
      addressee.key === addressee.address_key ? null : addressee.address_key,
      verified?.waitMs ?? null,
      verified?.risky ?? null,
      verified?.unknown ?? null,
      job.jobId,
    ],
  });
}

interface Found {
  readonly addressee: Addressee;
  readonly context: PlanContext;
}

async function readWithContext(client: Queryable, job: PlannableJob, runId: number): Promise<Found | undefined> {
  const context = await readJobContext(client, job);
  const addressee = isTaskChannel(job.channel)
    ? await nobody(client, job, runId, context.content)
    : await readAddressee(client, job, runId, requiredVariables(context.content));
  return addressee && { addressee, context };
}

/** The same of a job whose content is known, in one statement. */
async function readPerson(
  client: Queryable,
  job: PlannableJob,
  runId: number,
  content: Content,
): Promise<Found | undefined> {
  const person = await readAddressee(client, job, runId, requiredVariables(content));
  if (!person) return undefined;
  const context = contextOf({ body: content, zone: person.account_zone, quiet_hours: person.account_quiet_hours });
  return { addressee: person, context };
}

/** In place of a recipient: what is done, under a key that no run has twice. */
async function nobody(
  client: Queryable,
  job: PlannableJob,
  runId: number,
  content: Content | null,
): Promise<Addressee> {
  if (content === null) throw new Error(`job ${job.jobId} has no content that says what is to be done`);
  const { rows } = await client.query<{ due_ms: number; key: string }>(
    `SELECT extract(epoch FROM due_at)::float8 * 1000 AS due_ms, md5('run')::uuid AS key FROM runs WHERE account_id = $1 AND id = $2`,
    [job.accountId, runId],
  );
  const run = rows[0];
  if (run === undefined) throw new Error(`run ${runId} is gone while it is planned`);
  return {
    id: null,
    address: taskAddress(content),
    address_key: run.key,
    key: run.key,
    zone: null,
    suppressed: false,
    incomplete: false,
    run_due_ms: run.due_ms,
  };
}

async function readAddressee(
  client: Queryable,
  job: PlannableJob,
  runId: number,
  variables: readonly string[],
): Promise<Person | undefined> {
  const columns = addressColumns(job.channel);
  const parameters = new Parameters();
  const account = parameters.add(job.accountId);
  const dedupeBy = parameters.add(job.policy.dedupeBy);
  // Found by its id before anything else is asked of it: the index of the keys begins like the primary key, and would be walked to its end.
  const text = `SELECT r.id, r.${columns.address} AS address, r.${columns.key} AS address_key, r.zone,
            CASE ${dedupeBy}::text WHEN 'recipient' THEN md5('recipient:' || r.account_id || ':' || r.id)::uuid
                 ELSE r.${columns.key} END AS key,
            EXISTS (SELECT 1 FROM suppressions s WHERE s.account_id = r.account_id
                    AND s.channel = ${parameters.add(job.channel)} AND s.address_key = r.${columns.key}) AS suppressed,
            ${isIncomplete(parameters, variables)} AS incomplete,
            extract(epoch FROM run.due_at)::float8 * 1000 AS run_due_ms,
            a.zone AS account_zone, a.quiet_hours AS account_quiet_hours
     FROM (SELECT * FROM recipients WHERE account_id = ${account} AND id = ${parameters.add(job.target.recipientIds[0])} OFFSET 0) r
     JOIN runs run ON run.account_id = r.account_id AND run.id = ${parameters.add(runId)}
          AND run.job_id = ${parameters.add(job.jobId)}
     JOIN accounts a ON a.id = r.account_id
     WHERE r.deleted_at IS NULL AND r.${columns.key} IS NOT NULL`;
  const { rows } = await client.query<Person>({ ...preparedText(text), values: parameters.values });
  return rows[0];
}

/** A job that could not be planned; it keeps its moment and is met again by the next call. */
export interface PlanFailure {
  readonly accountId: number;
  readonly jobId: number;
  readonly error: unknown;
}

/**
 * Plans the runs of jobs whose next moment comes within the horizon: job row locked, run inserted, next moment advanced,
 * all in one transaction. Any number of schedulers at once; they skip each other's jobs. A job that cannot be planned is
 * undone alone and does not count towards `limit`, so that however many of them never stand in the way of the others.
 * @returns how many were planned, the channels that now have something to enqueue, and the jobs that failed.
 */
export async function planDueJobs(
  pool: pg.Pool,
  wanted: { horizonMs: number; limit: number },
): Promise<{ planned: number; channels: Set<string>; failures: PlanFailure[] }> {
  return await inTransaction(pool, async (client) => {
    const channels = new Set<string>();
    const failures: PlanFailure[] = [];
    let planned = 0;
    while (planned < wanted.limit) {
      const rows = await lockDue(client, { horizonMs: wanted.horizonMs, limit: wanted.limit - planned }, failures);
      if (rows.length === 0) break;
      const done: PlannableRow[] = [];
      for (const row of rows) {
        await client.query('SAVEPOINT job');
        try {
          const job = plannableOf(row);
          await planRun(client, job, { occurrenceKey: OCCURRENCE_ONCE, dueAtMs: row.next_run_at_ms });
          channels.add(job.channel);
          done.push(row);
        } catch (error) {
          // On a lost connection this fails as well and ends the whole transaction.
          await client.query('ROLLBACK TO SAVEPOINT job');
          failures.push({ accountId: row.account_id, jobId: row.id, error });
        }
        await client.query('RELEASE SAVEPOINT job');
      }
      // now, at and local happen once; there is no next moment.
      await client.query(
        `UPDATE jobs SET next_run_at = NULL, next_check_at = NULL
         WHERE (account_id, id) IN (SELECT * FROM unnest($1::int[], $2::bigint[]))`,
        [done.map((row) => row.account_id), done.map((row) => row.id)],
      );
      planned += done.length;
    }
    return { planned, channels, failures };
  });
}

async function lockDue(
  client: Queryable,
  wanted: { horizonMs: number; limit: number },
  leftOut: readonly PlanFailure[],
): Promise<PlannableRow[]> {
  const { rows } = await client.query<PlannableRow>(
    `SELECT ${PLANNABLE_COLUMNS} FROM jobs
     WHERE status = 'active' AND next_run_at IS NOT NULL AND NOT dated AND NOT recurring
       AND next_run_at <= carillon_now() + $1 * interval '1 millisecond'
       AND (account_id, id) NOT IN (SELECT * FROM unnest($3::int[], $4::bigint[]))
     ORDER BY next_run_at LIMIT $2 FOR UPDATE SKIP LOCKED`,
    [wanted.horizonMs, wanted.limit, leftOut.map((job) => job.accountId), leftOut.map((job) => job.jobId)],
  );
  return rows;
}

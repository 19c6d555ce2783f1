/**
 * "Send to those missed": a further run of a job, for whoever has no message from the whole family of a run and its earlier
 * resends, and certainly none: finally `failed`, `skipped` or `cancelled`, and never possibly accepted.
 */
import type pg from 'pg';
import { recordAudit } from './audit.ts';
import { NO_LONGER_DUE } from './gates.ts';
import { Parameters } from './parameters.ts';
import { ensurePartitions } from './partitions.ts';
import { inTransaction, type Queryable } from './pool.ts';

/** From (included) and to (excluded; null is without an end): a part of the space of keys. */
export interface KeyRange {
  readonly lowerKey: string;
  readonly upperKey: string | null;
}

/** What a resend takes beside those who certainly have nothing. */
export interface ResendOptions {
  /**
   * Also those whose failure only a report or a policy told: accepted by the provider and then reported as failed, given up as
   * unknown, refused after a try that nobody knows of, or missed before the database was restored. They may have been told;
   * whose arrival was reported is left out.
   */
  readonly includeFailedByReport: boolean;
}

/** A run and all resends of it, with the days of their partitions. */
export interface Family {
  readonly rootRunId: number;
  readonly runIds: readonly number[];
  readonly days: readonly string[];
}

export interface ResendRequest extends ResendOptions {
  readonly accountId: number;
  readonly jobId: number;
  /** Which run's family; the job's latest when left out, of one that comes again the latest that has begun. */
  readonly runId?: number | undefined;
  readonly actor: string;
}

export type ResendResult =
  | { readonly kind: 'created'; readonly runId: number; readonly people: number; readonly channel: string }
  | { readonly kind: 'not_found' }
  /** One at a time: this one is not completed yet. */
  | { readonly kind: 'open'; readonly runId: number }
  /** Nobody was missed, or it is not known of anybody yet. */
  | { readonly kind: 'nobody' };

/**
 * Who was missed, as a select of `key` and the deliveries' own `address`, `address_key` and `recipient_id`: the latest delivery
 * of each dedupe key none of whose deliveries may have been accepted or may still be. A row that is unknown, in the air or
 * waiting anywhere in the family keeps its key out.
 */
export function missedSql(
  parameters: Parameters,
  wanted: { accountId: number; family: Family; options: ResendOptions; range?: KeyRange },
): string {
  const { family, range } = wanted;
  const upper = range?.upperKey ? `AND d.dedupe_key < ${parameters.add(range.upperKey)}::uuid` : '';
  const within = range ? `AND d.dedupe_key >= ${parameters.add(range.lowerKey)}::uuid ${upper}` : '';
  const days = `${parameters.add(family.days)}::date[]`;
  // Never NULL, which bool_and would pass over. The days are named once more, as they leave out all other partitions.
  const reported = (statuses: string) =>
    `EXISTS (SELECT 1 FROM reports p WHERE p.account_id = d.account_id AND p.batch_id = d.batch_id
             AND p.number = d.number AND p.day = d.day AND p.day = ANY (${days}) AND p.status IN (${statuses}))`;
  // What stood before the database was restored may have been sent since, by a resend that the backup does not know.
  // The provider's id says that it was accepted once, and so does a report that came after somebody had settled the row; the
  // policy's code and a try without an answer say that it may have been.
  const uncertain = `d.state = 'failed' AND (d.provider_message_id IS NOT NULL OR d.code IS NOT DISTINCT FROM 'unknown_outcome')
    OR EXISTS (SELECT 1 FROM attempts t WHERE t.account_id = d.account_id AND t.batch_id = d.batch_id
               AND t.number = d.number AND t.day = d.day AND t.day = ANY (${days}) AND t.outcome = 'unknown')
       AND d.code IS DISTINCT FROM 'settled_by_operator'
    OR ${reported(`'sent'`)}
    OR coalesce(coalesce(d.settled_at, d.due_at) < (SELECT restored_at FROM installation), false)`;
  // Whoever has it by the provider's own word is never sent to again, whatever is asked for.
  const certain = wanted.options.includeFailedByReport ? '' : `AND NOT (${uncertain})`;
  // Whose date was another by then was not missed: they are told on the new day, or have nothing to be told of.
  const due = `NOT (d.state = 'skipped' AND d.code IS NOT DISTINCT FROM '${NO_LONGER_DUE}')`;
  const missed = `d.state IN ('failed', 'skipped', 'cancelled') AND ${due} AND NOT ${reported(`'delivered', 'read'`)} ${certain}`;
  return `SELECT d.dedupe_key AS key,
                 (array_agg(d.address ORDER BY d.run_id DESC))[1] AS address,
                 (array_agg(d.address_key ORDER BY d.run_id DESC))[1] AS address_key,
                 (array_agg(d.recipient_id ORDER BY d.run_id DESC))[1] AS recipient_id
          FROM deliveries d
          WHERE d.account_id = ${parameters.add(wanted.accountId)} AND d.run_id = ANY (${parameters.add(family.runIds)}::bigint[])
            AND d.day = ANY (${days}) ${within}
          GROUP BY d.dedupe_key
          HAVING bool_and(${missed})`;
}

/** The family of a run: its root and every resend of it. */
export async function readFamily(client: Queryable, accountId: number, runId: number): Promise<Family | undefined> {
  const { rows } = await client.query<{ root: number; ids: number[]; days: string[] }>(
    `SELECT root.id AS root, array_agg(r.id::float8 ORDER BY r.id) AS ids, array_agg(DISTINCT r.day::text) AS days
     FROM (SELECT coalesce(parent_run_id, id) AS id FROM runs WHERE account_id = $1 AND id = $2) root
     JOIN runs r ON r.account_id = $1 AND (r.id = root.id OR r.parent_run_id = root.id)
     GROUP BY root.id`,
    [accountId, runId],
  );
  const row = rows[0];
  return row && { rootRunId: row.root, runIds: row.ids, days: row.days };
}

/** How many would be sent to, who was deleted since left out. Reads the family's rows by their unique key. */
export async function countMissed(
  client: Queryable,
  wanted: { accountId: number; family: Family; options: ResendOptions },
): Promise<number> {
  const parameters = new Parameters();
  const { rows } = await client.query<{ people: number }>(
    `SELECT count(*) AS people FROM (${missedSql(parameters, wanted)}) m
     JOIN recipients r ON r.account_id = ${parameters.add(wanted.accountId)} AND r.id = m.recipient_id AND r.deleted_at IS NULL`,
    parameters.values,
  );
  return rows[0]?.people ?? 0;
}

/** Which run of a job is meant: the one named, else the latest; its family. */
async function chooseFamily(
  client: Queryable,
  wanted: { accountId: number; jobId: number; runId?: number | undefined },
): Promise<Family | undefined> {
  const { rows } = await client.query<{ id: number }>(
    `SELECT r.id FROM runs r JOIN jobs j ON j.account_id = r.account_id AND j.id = r.job_id AND j.kind IN ('message', 'report')
     WHERE r.account_id = $1 AND r.job_id = $2
       AND r.left_out IS NULL AND CASE WHEN $3::bigint IS NULL THEN NOT j.dated OR r.civil_day IS NOT NULL ELSE r.id = $3 END
     -- Runs of jobs that come again are planned ahead; of those the latest that has begun is meant.
     ORDER BY CASE WHEN j.dated OR j.recurring THEN r.due_at > carillon_now() END, CASE WHEN j.dated THEN r.due_at END DESC, r.id DESC LIMIT 1`,
    [wanted.accountId, wanted.jobId, wanted.runId ?? null],
  );
  return rows[0] && (await readFamily(client, wanted.accountId, rows[0].id));
}

async function readOpenResend(client: Queryable, accountId: number, family: Family): Promise<number | null> {
  const { rows } = await client.query<{ id: number }>(
    `SELECT id FROM runs WHERE account_id = $1 AND parent_run_id = $2 AND state <> 'completed' LIMIT 1`,
    [accountId, family.rootRunId],
  );
  return rows[0]?.id ?? null;
}

/** How many a resend would be sent to, without and with those whose failure only a report or a policy told. */
export async function readMissed(
  db: Queryable,
  wanted: { accountId: number; jobId: number; runId?: number | undefined },
): Promise<
  { rootRunId: number; people: number; peopleWithFailedByReport: number; openRunId: number | null } | undefined
> {
  const family = await chooseFamily(db, wanted);
  if (!family) return undefined;
  const { accountId } = wanted;
  const count = (includeFailedByReport: boolean) =>
    countMissed(db, { accountId, family, options: { includeFailedByReport } });
  return {
    rootRunId: family.rootRunId,
    people: await count(false),
    peopleWithFailedByReport: await count(true),
    openRunId: await readOpenResend(db, accountId, family),
  };
}

/**
 * Plans a resend in the caller's transaction, under the job's lock: of however many at once, the first makes it and the others
 * are told which one it is. Its people are chosen as it expands, by the same rule.
 */
export async function createResend(client: Queryable, request: ResendRequest): Promise<ResendResult> {
  const { accountId, jobId, includeFailedByReport } = request;
  const jobs = await client.query<{ channel: string; status: string }>(
    `SELECT channel, status::text FROM jobs WHERE account_id = $1 AND id = $2 AND kind IN ('message', 'report') FOR UPDATE`,
    [accountId, jobId],
  );
  const job = jobs.rows[0];
  if (!job) return { kind: 'not_found' };
  const family = await chooseFamily(client, request);
  if (!family) return { kind: 'not_found' };
  const openRunId = await readOpenResend(client, accountId, family);
  if (openRunId !== null) return { kind: 'open', runId: openRunId };
  const options = { includeFailedByReport };
  const people = await countMissed(client, { accountId, family, options });
  if (people === 0) return { kind: 'nobody' };
  const { rows } = await client.query<{ id: number; day: string }>(
    `INSERT INTO runs (account_id, job_id, occurrence_key, day, due_at, created_at, parent_run_id, resend, paused_at)
     SELECT $1, $2, 'resend:' || $3::bigint || ':' || $4::int, (n.now AT TIME ZONE 'UTC')::date, n.now, n.now, $3, $5::jsonb,
            CASE WHEN $6 = 'paused' THEN n.now END
     FROM (SELECT carillon_now() AS now) n RETURNING id, day`,
    [accountId, jobId, family.rootRunId, family.runIds.length, JSON.stringify(options), job.status],
  );
  const run = rows[0] as { id: number; day: string };
  await ensurePartitions(client, run.day);
  // Whatever had ended goes on for this run; the earlier runs keep their flags.
  await client.query(
    `UPDATE jobs SET status = CASE WHEN status = 'paused' THEN status ELSE 'active' END, version = version + 1,
                     updated_at = carillon_now() WHERE account_id = $1 AND id = $2`,
    [accountId, jobId],
  );
  await recordAudit(client, {
    accountId,
    actor: request.actor,
    action: 'job.resend',
    subject: `job_${jobId}`,
    detail: { run: `run_${run.id}`, of: `run_${family.rootRunId}`, people, includeFailedByReport },
  });
  return { kind: 'created', runId: run.id, people, channel: job.channel };
}

/** As {@link createResend}, in a transaction of its own. */
export async function resendMissed(pool: pg.Pool, request: ResendRequest): Promise<ResendResult> {
  return await inTransaction(pool, (client) => createResend(client, request));
}

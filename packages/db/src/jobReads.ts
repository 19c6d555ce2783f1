/** Reading jobs, runs and deliveries for whoever asks. Each answer comes from one statement, so that its counts add up. */
import {
  type Content,
  type JobKind,
  type StoredNotify,
  type StoredTrigger,
  TASK_CHANNEL_NAMES,
} from '@carillon/contracts';
import type { DeliveryState, JobState, RunState } from '@carillon/core';
import { conditionsOf } from './jobFilter.ts';
import { findJobs, pageSql, type WantedJobs } from './jobLooks.ts';
import type { AskedAudience } from './jobs.ts';
import { Parameters } from './parameters.ts';
import type { Queryable } from './pool.ts';
import { RESULT_COLUMNS, type ResultRow } from './results.ts';
import { preparedText } from './statements.ts';

/** A job with its newest run; one that comes again with the earliest of those that are open. Instants are epoch milliseconds. */
export interface JobRow {
  readonly id: number;
  readonly name: string;
  readonly kind: JobKind | 'test';
  readonly version: number;
  readonly planned_at_ms: number | null;
  readonly channel: string;
  readonly provider_account_id: number;
  readonly status: JobState;
  readonly trigger: StoredTrigger;
  readonly audience: { readonly asked?: AskedAudience };
  /** A StoredPolicy, perhaps without its defaults. */
  readonly policy: unknown;
  readonly content_version: number;
  readonly content: Content;
  readonly user_id: string | null;
  readonly tags: readonly string[];
  readonly notify: StoredNotify | null;
  readonly next_run_at_ms: number | null;
  readonly created_at_ms: number;
  readonly updated_at_ms: number;
  /** Deliveries `sending`, and those `scheduled`, in runs that are not complete. */
  readonly sending: number;
  readonly scheduled: number;
  /** Of a job that checks addresses: how those of its runs that are not complete, and of its newest, stand; by standing. */
  readonly checks: Readonly<Record<string, number>> | null;
  readonly checks_blocked: string | null;
  readonly run_id: number | null;
  readonly run_occurrence: string;
  readonly run_state: RunState;
  readonly run_due_at_ms: number;
}

const ms = (column: string, name: string) => `extract(epoch FROM ${column})::float8 * 1000 AS ${name}`;

const JOB_COLUMNS = `j.id, j.name, j.kind, j.version, ${ms('j.planned_at', 'planned_at_ms')}, j.channel, j.provider_account_id, j.status::text, j.trigger, j.audience, j.policy,
  j.content_version, c.body AS content, j.user_id, j.tags, j.notify, ${ms('j.next_run_at', 'next_run_at_ms')}, ${ms('j.created_at', 'created_at_ms')},
  ${ms('j.updated_at', 'updated_at_ms')}, coalesce(air.sending, 0) AS sending, coalesce(air.scheduled, 0) AS scheduled,
  look.checks, look.blocked AS checks_blocked,
  run.id AS run_id, run.occurrence_key AS run_occurrence, run.state::text AS run_state, ${ms('run.due_at', 'run_due_at_ms')}`;

// Only paused and cancelled jobs are asked what is still in the air, and only those that check addresses how far they are: said inside of the
// subqueries, which are run for nothing where the join says it. Runs are sorted by their job as well, so that only the index of a job's
// runs has that order: the walk through all of the account's runs looks as good while nothing is known of the table.
const JOB_SOURCE = `jobs j
  JOIN contents c ON c.account_id = j.account_id AND c.job_id = j.id AND c.version = j.content_version
  LEFT JOIN LATERAL (
    SELECT r.* FROM (
      (SELECT 1 AS place, r.* FROM runs r
       WHERE r.account_id = j.account_id AND r.job_id = j.id AND r.state <> 'completed' AND (j.dated OR j.recurring)
       ORDER BY r.due_at, r.id DESC LIMIT 1)
      UNION ALL
      (SELECT 2, r.* FROM runs r WHERE r.account_id = j.account_id AND r.job_id = j.id AND r.left_out IS NULL
       ORDER BY r.job_id DESC, r.id DESC LIMIT 1)
    ) r ORDER BY r.place LIMIT 1
  ) run ON true
  LEFT JOIN LATERAL (
    SELECT sum(b.sending) AS sending, sum(b.scheduled) AS scheduled
    FROM runs r JOIN batches b ON b.account_id = r.account_id AND b.run_id = r.id AND b.open
    WHERE j.status IN ('paused', 'cancelled') AND r.account_id = j.account_id AND r.job_id = j.id AND r.state <> 'completed'
  ) air ON true
  LEFT JOIN LATERAL (
    SELECT json_object_agg(c.standing, c.addresses) AS checks,
           (SELECT max(b.checks_blocked) FROM runs r JOIN batches b ON b.account_id = r.account_id AND b.run_id = r.id AND b.open
            WHERE j.policy ? 'addressCheck' AND r.account_id = j.account_id AND r.job_id = j.id AND r.state <> 'completed') AS blocked
    FROM (SELECT e.key AS standing, sum(e.value::int) AS addresses
          FROM runs r JOIN batches b ON b.account_id = r.account_id AND b.run_id = r.id
          CROSS JOIN LATERAL jsonb_each_text(b.checks) e
          WHERE j.policy ? 'addressCheck' AND r.account_id = j.account_id AND r.job_id = j.id AND (r.state <> 'completed' OR r.id = run.id)
          GROUP BY e.key) c
  ) look ON true`;

/** One job of an account, or the test of one. What carries notices is found by nobody. */
export async function readJob(db: Queryable, accountId: number, jobId: number): Promise<JobRow | undefined> {
  const { rows } = await db.query<JobRow>({
    name: 'read_job',
    text: `SELECT ${JOB_COLUMNS} FROM ${JOB_SOURCE}
           WHERE j.account_id = $1 AND j.id = $2 AND j.kind NOT IN ('notice', 'check')`,
    values: [accountId, jobId],
  });
  return rows[0];
}

/** A page of jobs; see {@link FoundJobs}. */
export interface JobPage {
  readonly jobs: JobRow[];
  readonly nextBeforeId: number | null;
}

/** Jobs of an account, newest first, from below `beforeId` on. */
export async function listJobs(
  db: Queryable,
  accountId: number,
  { limit, ...wanted }: WantedJobs & { limit: number },
): Promise<JobPage> {
  const parameters = new Parameters();
  const condition = pageSql(parameters, accountId, wanted);
  if (condition !== undefined) {
    // The limit stands in the text: a plan for just any limit looks dearer than planning anew each time, which is what costs most here.
    const page = `jobs j WHERE ${condition} ORDER BY j.id DESC LIMIT ${Math.trunc(limit) + 1}`;
    const jobs = await readJobs(db, parameters, page);
    const last = jobs.length > limit ? jobs[limit - 1] : undefined;
    return { jobs: jobs.slice(0, limit), nextBeforeId: last?.id ?? null };
  }
  const found = await findJobs(db, accountId, wanted, limit);
  if (found.jobs.length === 0) return { jobs: [], nextBeforeId: found.nextBeforeId };
  const those = new Parameters();
  const { account, all } = conditionsOf(those, accountId, wanted);
  const ids = `${those.add(found.jobs.map(({ id }) => id))}::bigint[]`;
  // By their keys, and by nothing else; asked for once more, as one of them may have become another meanwhile.
  const page = `(SELECT * FROM jobs j WHERE j.account_id = ${account} AND j.id = ANY (${ids}) OFFSET 0) j WHERE ${all}`;
  return { jobs: await readJobs(db, those, page), nextBeforeId: found.nextBeforeId };
}

/** @param page what the jobs are selected from, and by which condition */
async function readJobs(db: Queryable, parameters: Parameters, page: string): Promise<JobRow[]> {
  const source = JOB_SOURCE.replace('jobs j', `(SELECT j.* FROM ${page}) j`);
  const text = `SELECT ${JOB_COLUMNS} FROM ${source} ORDER BY j.id DESC`;
  const { rows } = await db.query<JobRow>({ ...preparedText(text), values: parameters.values });
  return rows;
}

/** A run with the sums of its batches. */
export interface RunRow {
  readonly id: number;
  readonly job_id: number;
  readonly occurrence_key: string;
  readonly day: string;
  readonly state: RunState;
  readonly due_at_ms: number;
  readonly paused_at_ms: number | null;
  readonly pause_reason: string | null;
  readonly cancelled_at_ms: number | null;
  readonly people: number;
  readonly duplicates: number;
  readonly unreachable: number;
  readonly created_at_ms: number;
  readonly expanded_at_ms: number | null;
  readonly completed_at_ms: number | null;
  /** Why there was none in truth; null of a run that was one. */
  readonly left_out: 'missed' | 'overlap' | null;
  readonly left_out_count: number | null;
  readonly left_out_until_ms: number | null;
  readonly now_ms: number;
  readonly deliveries: number;
  readonly scheduled: number;
  readonly sending: number;
  readonly sent: number;
  readonly delivered: number;
  readonly failed: number;
  readonly unknown: number;
  readonly skipped: number;
  readonly cancelled: number;
  readonly steps: number;
  readonly steps_done: number;
  /** Tries begun of a run without recipients; null of any other. */
  readonly attempt: number | null;
  /** What the latest of them came to. */
  readonly result: ResultRow | null;
}

const COUNTED = ['scheduled', 'sending', 'sent', 'delivered', 'failed', 'unknown', 'skipped', 'cancelled'];

/** Of the batches that are there, and of those that are no longer kept. */
const counted = (column: string) => `coalesce(sum(b.${column}), 0) + coalesce((r.kept ->> '${column}')::bigint, 0)`;

const RUN_COLUMNS = `r.id, r.job_id, r.occurrence_key, r.day, r.state::text, ${ms('r.due_at', 'due_at_ms')},
  ${ms('r.paused_at', 'paused_at_ms')}, r.pause_reason, ${ms('r.cancelled_at', 'cancelled_at_ms')},
  r.people, r.duplicates, r.unreachable, ${ms('r.created_at', 'created_at_ms')}, ${ms('r.expanded_at', 'expanded_at_ms')},
  ${ms('r.completed_at', 'completed_at_ms')}, r.left_out, r.left_out_count, ${ms('r.left_out_until', 'left_out_until_ms')},
  ${ms('carillon_now()', 'now_ms')}, b.*, s.*, task.*`;

const RUN_SOURCE = `runs r
  CROSS JOIN LATERAL (
    SELECT ${counted('size')} AS deliveries, ${COUNTED.map((state) => `${counted(state)} AS ${state}`).join(', ')}
    FROM batches b WHERE b.account_id = r.account_id AND b.run_id = r.id
  ) b
  CROSS JOIN LATERAL (
    SELECT count(*) AS steps, count(s.done_at) AS steps_done
    FROM expansion_steps s WHERE s.account_id = r.account_id AND s.run_id = r.id
  ) s
  LEFT JOIN LATERAL (
    SELECT d.try AS attempt, (
      SELECT to_jsonb(t) FROM (
        SELECT ${RESULT_COLUMNS} FROM results t
        WHERE t.account_id = d.account_id AND t.batch_id = d.batch_id AND t.number = d.number AND t.day = r.day
        ORDER BY t.try DESC LIMIT 1) t
    ) AS result
    FROM batches b JOIN deliveries d ON d.account_id = b.account_id AND d.batch_id = b.id AND d.number = 1 AND d.day = r.day
    WHERE b.account_id = r.account_id AND b.run_id = r.id AND b.channel IN (${TASK_CHANNEL_NAMES.map((name) => `'${name}'`).join(', ')})
    ORDER BY b.id DESC LIMIT 1
  ) task ON true`;

/** One run of an account. Its counts and its row are of one snapshot. */
export async function readRun(db: Queryable, accountId: number, runId: number): Promise<RunRow | undefined> {
  const { rows } = await db.query<RunRow>({
    name: 'read_run',
    text: `SELECT ${RUN_COLUMNS} FROM ${RUN_SOURCE} WHERE r.account_id = $1 AND r.id = $2`,
    values: [accountId, runId],
  });
  return rows[0];
}

/** Runs of a job, newest first; undefined when the account has no such job. */
export async function listRuns(
  db: Queryable,
  accountId: number,
  wanted: { jobId: number; beforeId: number | undefined; limit: number },
): Promise<RunRow[] | undefined> {
  const { rows } = await db.query<RunRow>({
    name: 'list_runs',
    text: `SELECT ${RUN_COLUMNS} FROM ${RUN_SOURCE}
           WHERE r.account_id = $1 AND r.job_id = $2 AND r.id < coalesce($3::bigint, 9223372036854775807)
           ORDER BY r.id DESC LIMIT $4`,
    values: [accountId, wanted.jobId, wanted.beforeId ?? null, wanted.limit],
  });
  if (rows.length > 0) return rows;
  const job = await db.query('SELECT 1 FROM jobs WHERE account_id = $1 AND id = $2', [accountId, wanted.jobId]);
  return job.rows.length === 0 ? undefined : [];
}

/** Batches that may have sent within the last seconds; bounds the work of reading a rate. */
const RATE_BATCHES = 100;

/**
 * How many sends of a run began within the last seconds. Reads only batches that were enqueued lately, of which there is a
 * window's worth, since no index tells when a delivery was sent.
 */
export async function countRecentSends(
  db: Queryable,
  run: { accountId: number; runId: number; day: string },
  seconds: number,
): Promise<number> {
  const { rows } = await db.query<{ recent: number }>({
    name: 'count_recent_sends',
    text: `SELECT count(*) AS recent
           FROM (SELECT b.account_id, b.id FROM batches b
                 WHERE b.account_id = $1 AND b.run_id = $2 AND b.enqueued_at > carillon_now() - interval '10 minutes'
                 ORDER BY b.enqueued_at DESC LIMIT ${RATE_BATCHES}) b
           JOIN deliveries d ON d.account_id = b.account_id AND d.batch_id = b.id AND d.day = $3
           WHERE d.sending_at > carillon_now() - $4::float8 * interval '1 second'`,
    values: [run.accountId, run.runId, run.day, seconds],
  });
  return rows[0]?.recent ?? 0;
}

/** A delivery with its recipient's externalId; null for somebody whom the job named by address alone. */
export interface DeliveryRow {
  readonly batch_id: number;
  readonly number: number;
  readonly day: string;
  readonly run_id: number;
  readonly job_id: number;
  readonly external_id: string | null;
  readonly address: string;
  readonly state: DeliveryState;
  readonly code: string | null;
  readonly try: number;
  readonly attempts: number;
  readonly content_version: number;
  readonly due_at_ms: number;
  readonly sending_at_ms: number | null;
  readonly settled_at_ms: number | null;
  readonly provider_message_id: string | null;
}

const DELIVERY_COLUMNS = `d.batch_id, d.number, d.day, d.run_id, b.job_id,
  CASE WHEN p.inline_job_id IS NULL THEN p.external_id END AS external_id, d.address, d.state::text, d.code,
  d.try, d.attempts, d.content_version, ${ms('d.due_at', 'due_at_ms')}, ${ms('d.sending_at', 'sending_at_ms')},
  ${ms('d.settled_at', 'settled_at_ms')}, d.provider_message_id`;

/** Deliveries of a run in the order of (batch, number), after a position; a batch without the state is not looked into. */
export async function listDeliveries(
  db: Queryable,
  accountId: number,
  wanted: {
    runId: number;
    day: string;
    state: DeliveryState | undefined;
    code?: string | undefined;
    after: { batchId: number; number: number } | undefined;
    limit: number;
  },
): Promise<DeliveryRow[]> {
  const { state, after } = wanted;
  // The state is one of a fixed list, so it may stand in the text; the batch's count of it is a column of that name.
  const holds = state === undefined ? 'true' : `b.${state} > 0`;
  const { rows } = await db.query<DeliveryRow>({
    name: `list_deliveries_${state ?? 'all'}`,
    text: `SELECT ${DELIVERY_COLUMNS}
           FROM batches b
           CROSS JOIN LATERAL (
             SELECT * FROM deliveries d
             WHERE d.account_id = b.account_id AND d.batch_id = b.id AND d.day = $3
               AND ($4::delivery_state IS NULL OR d.state = $4) AND ($8::text IS NULL OR d.code = $8)
               AND (b.id > $5 OR d.number > $6::int)
             ORDER BY d.number LIMIT $7
           ) d
           LEFT JOIN recipients p ON p.account_id = d.account_id AND p.id = d.recipient_id
           WHERE b.account_id = $1 AND b.run_id = $2 AND b.id >= $5 AND ${holds}
           ORDER BY b.id, d.number LIMIT $7`,
    values: [
      accountId,
      wanted.runId,
      wanted.day,
      state ?? null,
      after?.batchId ?? 0,
      after?.number ?? 0,
      wanted.limit,
      wanted.code ?? null,
    ],
  });
  return rows;
}

/** How many deliveries of a run are in a state for a reason; `code` is null for those without one. */
export interface ReasonCount {
  readonly state: DeliveryState;
  readonly code: string | null;
  readonly count: number;
}

/**
 * Why deliveries of a run are what they are. Batches in which all is well are counted by their own counts; only the others are
 * looked into, so that a run of a million without trouble costs a thousand rows.
 */
export async function countReasons(
  db: Queryable,
  run: { accountId: number; runId: number; day: string },
): Promise<ReasonCount[]> {
  const { rows } = await db.query<ReasonCount>(
    `WITH counted AS MATERIALIZED (
       SELECT b.id, b.sending, b.sent, b.delivered, b.scheduled,
              b.failed + b.unknown + b.skipped + b.cancelled > 0 OR b.fence > 0 AND b.scheduled > 0 AS has_reasons
       FROM batches b WHERE b.account_id = $1 AND b.run_id = $2
     ), told AS (
       SELECT d.state, d.code, count(*) AS count
       FROM counted b CROSS JOIN LATERAL (
         SELECT d.state, d.code FROM deliveries d
         WHERE d.account_id = $1 AND d.batch_id = b.id AND d.day = $3 AND b.has_reasons
         OFFSET 0) d
       GROUP BY 1, 2
       UNION ALL
       SELECT state::delivery_state, NULL, count FROM counted b
       CROSS JOIN LATERAL (VALUES ('scheduled', b.scheduled), ('sending', b.sending), ('sent', b.sent),
                                  ('delivered', b.delivered)) AS c (state, count)
       WHERE NOT b.has_reasons AND count > 0
     )
     SELECT state::text, code, sum(count) AS count FROM told GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2`,
    [run.accountId, run.runId, run.day],
  );
  return rows.map(({ state, code, count }) => ({ state, code, count: Number(count) }));
}

/** One stored try. */
export interface AttemptRow {
  readonly try: number;
  readonly outcome: string;
  readonly code: string | null;
  readonly message: string | null;
  readonly started_at_ms: number | null;
  readonly ended_at_ms: number;
  readonly provider_message_id: string | null;
}

/** One stored report. */
export interface ReportRow {
  readonly try: number;
  readonly status: string;
  readonly code: string | null;
  readonly provider_message_id: string | null;
  readonly reported_at_ms: number;
  readonly received_at_ms: number;
}

/** A delivery and all that is kept of it. */
export interface DeliveryDetail extends DeliveryRow {
  readonly tries: AttemptRow[];
  readonly results: ResultRow[];
  readonly reports: ReportRow[];
}

/** A delivery with its stored tries, their results and its reports, each in order; of one snapshot. */
export async function readDelivery(
  db: Queryable,
  accountId: number,
  key: { day: string; batchId: number; number: number },
): Promise<DeliveryDetail | undefined> {
  const { rows } = await db.query<DeliveryDetail>({
    name: 'read_delivery',
    text: `SELECT ${DELIVERY_COLUMNS},
             (SELECT coalesce(jsonb_agg(to_jsonb(t) ORDER BY t.try), '[]') FROM (
                SELECT a.try, a.outcome, a.code, a.message, a.provider_message_id, ${ms('a.started_at', 'started_at_ms')},
                       ${ms('a.ended_at', 'ended_at_ms')}
                FROM attempts a
                WHERE a.account_id = $1 AND a.batch_id = $2 AND a.number = $3 AND a.day = $4) t) AS tries,
             (SELECT coalesce(jsonb_agg(to_jsonb(t) ORDER BY t.try), '[]') FROM (
                SELECT ${RESULT_COLUMNS} FROM results t
                WHERE t.account_id = $1 AND t.batch_id = $2 AND t.number = $3 AND t.day = $4) t) AS results,
             (SELECT coalesce(jsonb_agg(to_jsonb(t) ORDER BY t.received_at_ms, t.reported_at_ms), '[]') FROM (
                SELECT r.try, r.status, r.code, r.provider_message_id, ${ms('r.reported_at', 'reported_at_ms')},
                       ${ms('r.received_at', 'received_at_ms')}
                FROM reports r
                WHERE r.account_id = $1 AND r.batch_id = $2 AND r.number = $3 AND r.day = $4) t) AS reports
           FROM deliveries d
           JOIN batches b ON b.account_id = d.account_id AND b.id = d.batch_id
           LEFT JOIN recipients p ON p.account_id = d.account_id AND p.id = d.recipient_id
           WHERE d.account_id = $1 AND d.batch_id = $2 AND d.number = $3 AND d.day = $4`,
    values: [accountId, key.batchId, key.number, key.day],
  });
  return rows[0];
}

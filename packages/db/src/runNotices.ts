/**
 * What accounts with endpoints are still to be told of: passes over open runs, runs that were completed, cancelled jobs and
 * suppressions. Each is bounded and looks only at accounts where somebody listens; each telling is a transaction with
 * the mark that it was told, under a lock that others skip, so that any number of sweepers tell everything once.
 */
import {
  EVENT_TYPES,
  isJobKind,
  lateAfterMs,
  OWNER_EVENT_TYPES,
  type StoredNotify,
  type StoredPolicy,
} from '@carillon/contracts';
import { DELIVERY_STATES, type DeliveryState, formatId, type RunState } from '@carillon/core';
import type pg from 'pg';
import { countReasons } from './jobReads.ts';
import { type NoticeOptions, tell } from './notices.ts';
import { isForOwner, OWNER } from './owners.ts';
import { inTransaction, type Queryable } from './pool.ts';
import { dueRunEvents, type Noticed, type ReasonTold, type RunFacts } from './runEvents.ts';

/** An account in which somebody listens. */
export interface Listener {
  readonly accountId: number;
  /** The types that some enabled endpoint takes. */
  readonly types: ReadonlySet<string>;
  /** By type, since when: what happened before the first of its endpoints listened is not told. */
  readonly since: ReadonlyMap<string, Date>;
  /** Since when owners of its jobs are told; undefined when none is. */
  readonly ownersSince?: Date | undefined;
}

/** What a pass is told and tells. */
export interface NoticePass extends NoticeOptions {
  readonly listeners: readonly Listener[];
  readonly limit: number;
  /** Once it is aborted nothing further is begun: who is asked to end must not tell hundreds of runs first. */
  readonly signal?: AbortSignal | undefined;
}

/** What a pass did; those that failed are met again. */
export interface NoticePassResult {
  /** Events with their notices. */
  readonly told: number;
  /** Whether there may be more at once. */
  readonly more: boolean;
  readonly failures: readonly { readonly accountId: number; readonly subject: string; readonly error: unknown }[];
}

/** Jobs that one transaction tells of: whoever wants to change one of them waits until it is over. */
const JOBS_AT_ONCE = 10;
/** Reasons that one event carries at most. */
const REASONS_MAX = 20;
/** What was completed or cancelled longer ago is not told any more: nobody was told for as long, and floods help nobody. */
const LOOK_BACK = `interval '1 day'`;
/** Triggers whose moment is another for people in another zone. */
const BY_ZONE: readonly string[] = ['local', 'date'];
/** The types of which a completed run may have something to tell. */
const COMPLETION_TYPES = [
  'run.started',
  'run.completed',
  'run.failures',
  'run.unknown',
  'run.late',
  'run.failed',
] as const;
/** Runs of more deliveries are open long enough to be seen late while they are; of these it is asked when they were begun. */
const ASKED_WHEN_BEGUN_MAX = 1_000;

/** The accounts with enabled endpoints, and those whose owners of jobs are told. Moments are rounded up to what a Date holds, so that nothing from before is told. */
export async function readListeners(db: Queryable): Promise<Listener[]> {
  const { rows } = await db.query<{ account_id: number; type: string; since: Date }>(
    `SELECT p.account_id, t.type, date_trunc('milliseconds', min(coalesce((p.settings ->> 'since')::timestamptz, p.created_at))
                       + interval '999 microseconds') AS since
     FROM provider_accounts p
     JOIN unnest($1::text[]) AS t (type) ON NOT p.settings ? 'eventTypes' OR p.settings -> 'eventTypes' ? t.type
     WHERE p.channel = 'webhook' AND p.disabled_at IS NULL
     GROUP BY 1, 2 ORDER BY 1, 2`,
    [EVENT_TYPES.filter((type) => type !== 'webhook.test')],
  );
  const since = new Map<number, Map<string, Date>>();
  for (const row of rows) {
    since.set(row.account_id, (since.get(row.account_id) ?? new Map<string, Date>()).set(row.type, row.since));
  }
  const owners = await db.query<{ id: number; since: Date }>(
    `SELECT id, date_trunc('milliseconds', owners_told_since + interval '999 microseconds') AS since
     FROM accounts WHERE owners_told_since IS NOT NULL`,
  );
  const ownersSince = new Map(owners.rows.map((row) => [row.id, row.since]));
  const accounts = [...new Set([...since.keys(), ...ownersSince.keys()])].sort((one, other) => one - other);
  return accounts.map((accountId) => {
    const types = since.get(accountId) ?? new Map<string, Date>();
    return { accountId, types: new Set(types.keys()), since: types, ownersSince: ownersSince.get(accountId) };
  });
}

interface FactsRow {
  account_id: number;
  id: number;
  parent_run_id: number | null;
  job_id: number;
  job_name: string;
  kind: string;
  channel: string;
  day: string;
  state: RunState;
  due_at_ms: number;
  paused_at_ms: number | null;
  pause_reason: string | null;
  cancelled_at_ms: number | null;
  completed_at_ms: number | null;
  completion_is_new: boolean;
  people: number;
  duplicates: number;
  unreachable: number;
  noticed: Noticed;
  now_ms: number;
  policy: Pick<StoredPolicy, 'lateAfterMs' | 'quietHours'>;
  trigger_type: string;
  /** How the job's owner is told. */
  owner: StoredNotify | null;
  first_due_ms: number | null;
}

const ms = (column: string, name: string) => `extract(epoch FROM ${column})::float8 * 1000 AS ${name}`;
const FACTS = `r.account_id, r.id, r.parent_run_id, r.job_id, j.name AS job_name, j.kind, j.channel, r.day, r.state::text,
  ${ms('r.due_at', 'due_at_ms')}, ${ms('r.paused_at', 'paused_at_ms')}, r.pause_reason, ${ms('r.cancelled_at', 'cancelled_at_ms')},
  ${ms('r.completed_at', 'completed_at_ms')},
  r.completed_at IS NOT NULL AND (r.completion_noticed_at IS NULL OR r.completion_noticed_at < r.completed_at) AS completion_is_new,
  r.people, r.duplicates, r.unreachable, r.noticed, ${ms('carillon_now()', 'now_ms')},
  j.policy, j.trigger ->> 'type' AS trigger_type, ${OWNER} AS owner, b.*`;
const COUNTS = `SELECT ${DELIVERY_STATES.map((state) => `coalesce(sum(b.${state}), 0) AS ${state}`).join(', ')},
    ${ms('min(b.due_at) FILTER (WHERE b.size > b.skipped + b.cancelled)', 'first_due_ms')}
  FROM batches b WHERE b.account_id = r.account_id AND b.run_id = r.id`;

function factsOf(row: FactsRow & Record<DeliveryState, number>): RunFacts {
  const counts = Object.fromEntries(DELIVERY_STATES.map((state) => [state, row[state]]));
  return {
    runId: row.id,
    parentRunId: row.parent_run_id,
    jobId: row.job_id,
    jobName: row.job_name,
    channel: row.channel,
    state: row.state,
    dueAtMs: row.due_at_ms,
    pausedAtMs: row.paused_at_ms,
    pauseReason: row.pause_reason,
    cancelledAtMs: row.cancelled_at_ms,
    completedAtMs: row.completed_at_ms,
    completionIsNew: row.completion_is_new,
    people: row.people,
    duplicates: row.duplicates,
    unreachable: row.unreachable,
    counts: counts as Record<DeliveryState, number>,
    lateAtMs: lateAtOf(row),
    noticed: row.noticed,
    nowMs: row.now_ms,
  };
}

/**
 * When the run counts as late: by its moment, or that of its first batch where quiet hours or zones may have put that later. Another batch's moment
 * says nothing: what is tried again is due again.
 */
function lateAtOf(row: FactsRow): number | null {
  const after = isJobKind(row.kind) ? lateAfterMs(row.kind, row.policy) : null;
  if (after === null) return null;
  const mayBePutLater = row.policy.quietHours !== 'ignore' || BY_ZONE.includes(row.trigger_type);
  return after + (mayBePutLater ? Math.max(row.due_at_ms, row.first_due_ms ?? row.due_at_ms) : row.due_at_ms);
}

/** Where a pass over open runs goes on. */
export interface RunPosition {
  readonly accountId: number;
  readonly runId: number;
}

/**
 * Tells what open runs have to tell, a page of them. Runs whose moment has not come have nothing to tell and are not read.
 * @param after the last run of the page before
 * @returns also where the next page begins; undefined when this was the last
 */
export async function noticeOpenRuns(
  pool: pg.Pool,
  pass: NoticePass,
  after: RunPosition | undefined,
): Promise<NoticePassResult & { readonly next: RunPosition | undefined }> {
  const { rows } = await pool.query<FactsRow & Record<DeliveryState, number>>(
    `SELECT ${FACTS}
     FROM (
       SELECT r.* FROM unnest($1::int[]) AS a (id)
       CROSS JOIN LATERAL (
         SELECT r.* FROM runs r
         WHERE r.account_id = a.id AND r.state <> 'completed' AND NOT r.silent
           AND (r.account_id, r.id) > ($2::int, $3::bigint)
         ORDER BY r.id LIMIT $4
       ) r
       ORDER BY r.account_id, r.id LIMIT $4
     ) r
     JOIN jobs j ON j.account_id = r.account_id AND j.id = r.job_id
     CROSS JOIN LATERAL (${COUNTS} AND r.due_at <= carillon_now()) b
     ORDER BY r.account_id, r.id`,
    [pass.listeners.map(({ accountId }) => accountId), after?.accountId ?? 0, after?.runId ?? 0, pass.limit],
  );
  const found = rows.filter((row) => isJobKind(row.kind));
  const last = rows.length === pass.limit ? rows.at(-1) : undefined;
  const result = await tellRuns(pool, pass, found);
  const next = last && { accountId: last.account_id, runId: last.id };
  return { ...result, next, more: next !== undefined };
}

/** Tells of runs that were completed, the eldest first, and marks those of which nobody wants to know more. */
export async function noticeCompletedRuns(pool: pg.Pool, pass: NoticePass): Promise<NoticePassResult> {
  const listeners = pass.listeners.flatMap(({ accountId, since, ownersSince }) => {
    const moments = COMPLETION_TYPES.flatMap((type) => since.get(type)?.getTime() ?? []);
    if (ownersSince !== undefined) moments.push(ownersSince.getTime());
    return moments.length === 0 ? [] : [{ accountId, since: new Date(Math.min(...moments)) }];
  });
  const { rows } = await pool.query<FactsRow & Record<DeliveryState, number>>(
    `SELECT ${FACTS}
     FROM (
       SELECT r.* FROM unnest($1::int[], $2::timestamptz[]) AS a (id, since)
       CROSS JOIN LATERAL (
         SELECT r.* FROM runs r
         WHERE r.account_id = a.id AND r.completed_at IS NOT NULL AND NOT r.silent
           AND (r.completion_noticed_at IS NULL OR r.completion_noticed_at < r.completed_at)
           AND r.completed_at >= greatest(a.since, carillon_now() - ${LOOK_BACK})
         ORDER BY r.completed_at LIMIT $3
       ) r
       ORDER BY r.completed_at LIMIT $3
     ) r
     JOIN jobs j ON j.account_id = r.account_id AND j.id = r.job_id
     CROSS JOIN LATERAL (${COUNTS}) b
     ORDER BY r.completed_at`,
    [listeners.map((one) => one.accountId), listeners.map((one) => one.since), pass.limit],
  );
  const result = await tellRuns(pool, pass, rows);
  // What failed, or is another's at the moment, would make the next pass follow at once, for nothing.
  return { ...result, more: rows.length === pass.limit && result.settled > 0 };
}

async function tellRuns(
  pool: pg.Pool,
  pass: NoticePass,
  rows: readonly (FactsRow & Record<DeliveryState, number>)[],
): Promise<Omit<NoticePassResult, 'more'> & { settled: number }> {
  const listeners = new Map(pass.listeners.map((listener) => [listener.accountId, listener]));
  const failures: NoticePassResult['failures'][number][] = [];
  let told = 0;
  const silent = rows.filter((row) => hasNothingToTell(listeners.get(row.account_id), row));
  let settled = await markCompletions(pool, silent);
  for (const row of rows.filter((one) => !silent.includes(one))) {
    const listener = listeners.get(row.account_id);
    const types = typesFor(listener, row);
    const owned = listener !== undefined && isOwned(listener, row);
    const facts = factsOf(row);
    const isOver = facts.state === 'completed';
    if (!isOver && dueRunEvents(facts, types).events.length === 0) continue;
    if (pass.signal?.aborted) break;
    try {
      const count = await tellRun(pool, pass, row, types, owned);
      if (count === undefined) continue;
      told += count;
      settled += 1;
    } catch (error) {
      failures.push({ accountId: row.account_id, subject: formatId('run', row.id), error });
    }
  }
  return { told, settled, failures };
}

/** Whether a run that is over has nothing to tell, by what was read of it. */
function hasNothingToTell(listener: Listener | undefined, row: FactsRow & Record<DeliveryState, number>): boolean {
  if (row.state !== 'completed') return false;
  const types = typesFor(listener, row);
  const facts = factsOf(row);
  const { lateAtMs, completedAtMs, noticed } = facts;
  const mayBeLate =
    types.has('run.late') && lateAtMs !== null && (completedAtMs ?? 0) > lateAtMs && noticed.punctual !== true;
  return !mayBeLate && dueRunEvents(facts, types).events.length === 0;
}

/** Notes of runs that their end needs no telling, all at once: most of a thousand calls a minute have none. @returns of how many */
async function markCompletions(pool: pg.Pool, rows: readonly FactsRow[]): Promise<number> {
  if (rows.length === 0) return 0;
  const { rowCount } = await pool.query(
    `UPDATE runs r SET completion_noticed_at = r.completed_at
     FROM (
       SELECT r.account_id, r.id FROM unnest($1::int[], $2::bigint[], $3::float8[]) AS seen (account_id, id, completed_ms)
       JOIN runs r ON r.account_id = seen.account_id AND r.id = seen.id
       WHERE r.state = 'completed' AND extract(epoch FROM r.completed_at)::float8 * 1000 = seen.completed_ms
       FOR NO KEY UPDATE OF r SKIP LOCKED
     ) silent
     WHERE r.account_id = silent.account_id AND r.id = silent.id`,
    [rows.map((row) => row.account_id), rows.map((row) => row.id), rows.map((row) => row.completed_at_ms)],
  );
  return rowCount ?? 0;
}

/** What is told of a run: nothing of a test's, and of one that is over nothing that nobody listened for when it ended. */
function typesFor(listener: Listener | undefined, row: FactsRow): ReadonlySet<string> {
  if (listener === undefined || !isJobKind(row.kind)) return new Set();
  const { completed_at_ms: completedAtMs } = row;
  const heard = (since: Date): boolean => completedAtMs === null || since.getTime() <= completedAtMs;
  const types = new Set([...listener.since].filter(([, since]) => heard(since)).map(([type]) => type));
  if (isOwned(listener, row)) for (const type of OWNER_EVENT_TYPES) types.add(type);
  return types;
}

/** Whether the owner of a run's job is told of it. */
function isOwned({ ownersSince }: Listener, row: FactsRow): boolean {
  if (ownersSince === undefined || row.owner === null) return false;
  return row.completed_at_ms === null || ownersSince.getTime() <= row.completed_at_ms;
}

/**
 * When a run was first begun, where that may have been late: one that is over, or of which nothing is under way, as what waits for its next try
 * looks like what was never begun. One with many deliveries was seen late while it was open.
 */
async function readBegun(client: Queryable, row: FactsRow, facts: RunFacts): Promise<number | undefined> {
  const { completedAtMs, lateAtMs, noticed, counts } = facts;
  if (lateAtMs === null || (completedAtMs ?? facts.nowMs) <= lateAtMs || noticed.late === true) return undefined;
  if (noticed.punctual === true || (completedAtMs === null && facts.pausedAtMs !== null)) return undefined;
  const deliveries = DELIVERY_STATES.reduce((sum, state) => sum + counts[state], 0);
  if (deliveries > ASKED_WHEN_BEGUN_MAX) return undefined;
  const { rows } = await client.query<{ begun_ms: number | null }>(
    // A delivery has the moment of its latest try, and each try before that a row of its own.
    `SELECT ${ms('least(min(d.sending_at), min(a.first))', 'begun_ms')}
     FROM deliveries d LEFT JOIN LATERAL (
       SELECT min(a.started_at) AS first FROM attempts a
       WHERE a.account_id = d.account_id AND a.batch_id = d.batch_id AND a.number = d.number AND a.day = d.day AND d.try > 1
     ) a ON true
     WHERE d.account_id = $1 AND d.run_id = $2 AND d.day = $3`,
    [row.account_id, row.id, row.day],
  );
  return rows[0]?.begun_ms ?? undefined;
}

/** Tells one run under its lock, by what it is then; undefined when somebody else has it or it went on meanwhile. */
async function tellRun(
  pool: pg.Pool,
  options: NoticeOptions,
  seen: FactsRow & Record<DeliveryState, number>,
  types: ReadonlySet<string>,
  owned: boolean,
): Promise<number | undefined> {
  const key = [seen.account_id, seen.id];
  // Before the lock: a million failures take their time to be counted, and what would reopen the run waits for the lock.
  const wantsReasons = types.has('run.completed') || (types.has('run.failed') && seen.failed > 0);
  const reasons = seen.state === 'completed' && wantsReasons ? await readReasons(pool, seen) : [];
  return await inTransaction(pool, async (client) => {
    const locked = await client.query(
      'SELECT 1 FROM runs WHERE account_id = $1 AND id = $2 FOR NO KEY UPDATE SKIP LOCKED',
      key,
    );
    if (locked.rows.length === 0) return undefined;
    const { rows } = await client.query<FactsRow & Record<DeliveryState, number>>(
      `SELECT ${FACTS} FROM runs r JOIN jobs j ON j.account_id = r.account_id AND j.id = r.job_id
       CROSS JOIN LATERAL (${COUNTS}) b WHERE r.account_id = $1 AND r.id = $2`,
      key,
    );
    const row = rows[0];
    if (row === undefined || row.state !== seen.state || row.completed_at_ms !== seen.completed_at_ms) return undefined;
    const facts = factsOf(row);
    const begunAtMs = types.has('run.late') ? await readBegun(client, row, facts) : undefined;
    const { events, noticed } = dueRunEvents({ ...facts, begunAtMs }, types, reasons);
    const subject = formatId('run', row.id);
    for (const event of events) {
      const owner = owned && isForOwner(event.type) ? row.owner : null;
      await tell(client, { accountId: row.account_id, subject, ...event }, options, owner);
    }
    await client.query(
      `UPDATE runs SET noticed = $3::jsonb, completion_noticed_at = CASE WHEN state = 'completed' THEN completed_at ELSE completion_noticed_at END
       WHERE account_id = $1 AND id = $2`,
      [...key, JSON.stringify(noticed)],
    );
    return events.length;
  });
}

async function readReasons(pool: pg.Pool, run: FactsRow): Promise<ReasonTold[]> {
  const counted = await countReasons(pool, { accountId: run.account_id, runId: run.id, day: run.day });
  return counted
    .flatMap(({ state, code, count }) => (code === null ? [] : [{ state, code, count }]))
    .slice(0, REASONS_MAX);
}

/** Tells of jobs that are completed, once each, whatever goes on with them later; marks those of which nobody wants to know. */
export async function noticeCompletedJobs(pool: pg.Pool, pass: NoticePass): Promise<NoticePassResult> {
  const listeners = new Map(
    pass.listeners.flatMap(({ accountId, since, ownersSince }) => {
      const account = since.get('job.completed');
      const moments = [account, ownersSince].flatMap((moment) => (moment === undefined ? [] : [moment.getTime()]));
      if (moments.length === 0) return [];
      return [[accountId, { from: new Date(Math.min(...moments)), account, ownersSince }] as const];
    }),
  );
  const froms = [...listeners].map(([accountId, { from }]) => ({ accountId, from }));
  return await tellJobs(pool, pass, COMPLETED, froms, async (client, row) => {
    const { account, ownersSince } = listeners.get(row.account_id) ?? {};
    const toOwner = row.owner !== null && ownersSince !== undefined && ownersSince <= row.at;
    if (!toOwner && (account === undefined || account > row.at)) return 0;
    const { accountId, job, ...about } = aboutJob(row);
    const data = { job, ...about, completedAt: row.at.toISOString() };
    await tell(client, { accountId, type: 'job.completed', subject: job, data }, pass, toOwner ? row.owner : null);
    return 1;
  });
}

/** Tells of jobs that were cancelled, once each. */
export async function noticeCancelledJobs(pool: pg.Pool, pass: NoticePass): Promise<NoticePassResult> {
  const froms = pass.listeners.flatMap(({ accountId, since }) => {
    const from = since.get('job.cancelled');
    return from === undefined ? [] : [{ accountId, from }];
  });
  return await tellJobs(pool, pass, CANCELLED, froms, async (client, row) => {
    const { accountId, job, ...about } = aboutJob(row);
    const data = { job, ...about, cancelledAt: row.at.toISOString() };
    await tell(client, { accountId, type: 'job.cancelled', subject: job, data }, pass);
    return 1;
  });
}

/** What became of a job, and the column that says that it was told. */
interface EndOfJob {
  readonly status: 'completed' | 'cancelled';
  readonly noticedAt: string;
}

const COMPLETED: EndOfJob = { status: 'completed', noticedAt: 'completion_noticed_at' };
const CANCELLED: EndOfJob = { status: 'cancelled', noticedAt: 'cancel_noticed_at' };

interface EndedJobRow {
  readonly account_id: number;
  readonly id: number;
  readonly name: string;
  readonly channel: string;
  readonly at: Date;
  readonly owner: StoredNotify | null;
}

function aboutJob({ account_id: accountId, id, name, channel }: EndedJobRow) {
  return { accountId, job: formatId('job', id), name, channel };
}

/**
 * Tells of jobs that ended, the eldest first, a few in a transaction with the mark that they were told: each telling is some statements, and a
 * hundred jobs that are locked for as long as all of them take keep everybody waiting who changes one.
 */
async function tellJobs(
  pool: pg.Pool,
  pass: NoticePass,
  { status, noticedAt }: EndOfJob,
  listeners: readonly { readonly accountId: number; readonly from: Date }[],
  tellOne: (client: Queryable, row: EndedJobRow) => Promise<number>,
): Promise<NoticePassResult> {
  let told = 0;
  let found = 0;
  let isMore = listeners.length > 0;
  while (isMore && found < pass.limit && pass.signal?.aborted !== true) {
    const limit = Math.min(JOBS_AT_ONCE, pass.limit - found);
    const some = await inTransaction(pool, async (client) => {
      const { rows } = await client.query<EndedJobRow>(
        `SELECT j.account_id, j.id, j.name, j.channel, j.updated_at AS at, ${OWNER} AS owner
         FROM unnest($1::int[], $2::timestamptz[]) AS a (id, since)
         JOIN jobs j ON j.account_id = a.id
         WHERE j.kind NOT IN ('test', 'notice', 'check') AND j.status = '${status}' AND j.${noticedAt} IS NULL
           AND j.updated_at >= greatest(a.since, carillon_now() - ${LOOK_BACK})
         ORDER BY j.updated_at LIMIT $3 FOR NO KEY UPDATE OF j SKIP LOCKED`,
        [listeners.map(({ accountId }) => accountId), listeners.map(({ from }) => from), limit],
      );
      let count = 0;
      for (const row of rows) count += await tellOne(client, row);
      await client.query(
        `UPDATE jobs j SET ${noticedAt} = carillon_now() FROM unnest($1::int[], $2::bigint[]) AS t (account_id, id)
         WHERE j.account_id = t.account_id AND j.id = t.id`,
        [rows.map((row) => row.account_id), rows.map((row) => row.id)],
      );
      return { found: rows.length, told: count };
    });
    told += some.told;
    found += some.found;
    isMore = some.found === limit;
  }
  return { told, more: isMore && listeners.length > 0, failures: [] };
}

/**
 * Tells how many addresses were suppressed, at most once per account and interval. Suppressions are counted by their ids once
 * they are `settledMs` old, so that a transaction that took an earlier id and committed later is not passed over.
 */
export async function noticeSuppressions(
  pool: pg.Pool,
  pass: NoticePass & { readonly intervalMs: number; readonly settledMs: number },
): Promise<NoticePassResult> {
  const failures: NoticePassResult['failures'][number][] = [];
  let told = 0;
  for (const { accountId, since } of pass.listeners) {
    const from = since.get('suppression.added');
    if (from === undefined) continue;
    if (pass.signal?.aborted) break;
    try {
      told += await tellSuppressions(pool, pass, accountId, from);
    } catch (error) {
      failures.push({ accountId, subject: formatId('acc', accountId), error });
    }
  }
  return { told, more: false, failures };
}

async function tellSuppressions(
  pool: pg.Pool,
  pass: NoticePass & { readonly intervalMs: number; readonly settledMs: number },
  accountId: number,
  since: Date,
): Promise<number> {
  return await inTransaction(pool, async (client) => {
    await client.query(
      `INSERT INTO notice_marks (account_id, suppressions_to, suppressions_at) VALUES ($1, 0, to_timestamp(0))
       ON CONFLICT (account_id) DO NOTHING`,
      [accountId],
    );
    const mark = await client.query<{ to: number }>(
      `SELECT suppressions_to AS to FROM notice_marks
       WHERE account_id = $1 AND suppressions_at <= carillon_now() - $2::float8 * interval '1 millisecond' FOR UPDATE SKIP LOCKED`,
      [accountId, pass.intervalMs],
    );
    if (mark.rows[0] === undefined) return 0;
    const { rows } = await client.query<{ channel: string; reason: string; last: number; heard: number }>(
      `SELECT channel, reason, count(*) FILTER (WHERE created_at >= $4) AS heard, max(id) AS last
       FROM suppressions
       WHERE account_id = $1 AND id > $2 AND created_at <= carillon_now() - $3::float8 * interval '1 millisecond'
       GROUP BY 1, 2 ORDER BY 1, 2`,
      [accountId, mark.rows[0].to, pass.settledMs, since],
    );
    if (rows.length === 0) return 0;
    const added = rows.flatMap(({ channel, reason, heard }) => (heard > 0 ? [{ channel, reason, count: heard }] : []));
    const count = added.reduce((total, one) => total + one.count, 0);
    if (count > 0) {
      const data = { count, added };
      await tell(client, { accountId, type: 'suppression.added', subject: formatId('acc', accountId), data }, pass);
    }
    await client.query(
      'UPDATE notice_marks SET suppressions_to = $2, suppressions_at = carillon_now() WHERE account_id = $1',
      [accountId, Math.max(...rows.map((row) => row.last))],
    );
    return count > 0 ? 1 : 0;
  });
}

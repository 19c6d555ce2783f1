/**
 * Changing a job. Everything happens in one transaction that holds the job's row, so that changes, pauses and the scheduler's
 * planning come one after the other.
 *
 * A change that moves the run (trigger, audience, whom one message is enough for, quiet hours, other variables) is for runs of
 * which nothing was claimed: all that was planned is taken back, and the run begins anew as `planned`, with the same id, or is
 * deleted when its moment left the horizon. Whether something was claimed is asked once all the run's batches are locked, which
 * every claim locks first: a claim comes wholly before, and refuses the change, or after, and finds nothing to claim.
 *
 * Another content is given to the rows of a run of which nothing was claimed; a run that sends keeps the version that its rows
 * were planned with, and only what is planned afterwards has the new one. So all that was told of one step of one run agrees,
 * and a retry never says something else than the try before it.
 *
 * Another kind is for jobs of which nothing was ever begun, for what was sent, looked up and told of its runs goes by the kind: every run
 * is planned anew.
 *
 * A job of dates is another matter: what of its runs was not begun is taken back, and its next pass plans anew
 * ([dateChange.ts](./dateChange.ts)).
 *
 * Locks: the job, its runs, their steps, the expansion, the batches. Whoever expands holds a step before it asks for the
 * expansion, so steps are locked before it here as well.
 */
import {
  type Content,
  isSchedule,
  isTaskChannel,
  JOB_KINDS,
  type JobKind,
  OCCURRENCE_MANUAL,
  OCCURRENCE_ONCE,
  type StoredNotify,
  type StoredPolicy,
  type StoredTrigger,
  storedPolicySchema,
  storedTriggerSchema,
  type Target,
  targetSchema,
} from '@carillon/contracts';
import type pg from 'pg';
import { scheduleChecks } from './aheadChecks.ts';
import { recordAudit } from './audit.ts';
import { takeBackDates } from './dateChange.ts';
import { requiredVariables } from './gates.ts';
import { describeChange, isSame, isSameTrigger, type JobChange, type JobToChange } from './jobDiff.ts';
import { type AskedAudience, isAnnouncement } from './jobs.ts';
import { tellOwners } from './owners.ts';
import { readPlannable, verificationOf } from './plannable.ts';
import { planRun, planSingle } from './planning.ts';
import { inTransaction, type Queryable } from './pool.ts';
import { lockExpansion } from './runLocks.ts';
import { deleteRuns, isManual, isOfSchedule, lockUnbegunRuns, takeBackSchedule } from './scheduleChange.ts';
import { setSchedule } from './schedulePass.ts';
import { partitionName } from './statements.ts';

/** A part by which a run is planned anew. */
type MovingPart = 'kind' | 'trigger' | 'audience' | 'policy';

/** What became of it; all but `changed` changed nothing. */
export type JobChangeResult =
  | { readonly kind: 'changed'; readonly channel: string }
  | { readonly kind: 'not_found' }
  | { readonly kind: 'version_conflict'; readonly version: number }
  | { readonly kind: 'invalid_state'; readonly status: string }
  | { readonly kind: 'run_started'; readonly part: MovingPart }
  /** A job that follows dates stays one, and no other becomes one. */
  | { readonly kind: 'other_kind_of_trigger' };

/** Whose job, on whose word, based on which version. */
export interface JobChangeRequest {
  readonly accountId: number;
  readonly jobId: number;
  readonly version: number;
  readonly actor: string;
  /** Jobs due within this get their run here. */
  readonly horizonMs: number;
}

interface Row {
  name: string;
  kind: JobKind;
  tags: string[];
  notify: StoredNotify | null;
  user_id: string | null;
  status: string;
  version: number;
  channel: string;
  provider_account_id: number;
  trigger: unknown;
  audience: { asked?: AskedAudience };
  policy: unknown;
  content_version: number;
  content: Content;
  planned_at_ms: number | null;
  now_ms: number;
}

/** Ends the transaction without a change. */
class Refused extends Error {
  readonly result: JobChangeResult;
  constructor(result: JobChangeResult) {
    super(result.kind);
    this.result = result;
  }
}

/**
 * Changes a job.
 * @param resolve makes the change once the job is known, in the same transaction; what it throws changes nothing
 */
export async function changeJob(
  pool: pg.Pool,
  request: JobChangeRequest,
  resolve: (client: pg.PoolClient, job: JobToChange, nowMs: number) => Promise<JobChange>,
): Promise<JobChangeResult> {
  try {
    return await inTransaction(pool, async (client) => {
      const row = await lockJob(client, request);
      const job = jobOf(request, row);
      const change = await resolve(client, job, row.now_ms);
      return await apply(client, request, row, job, withoutSame(job, change));
    });
  } catch (error) {
    if (error instanceof Refused) return error.result;
    throw error;
  }
}

async function lockJob(client: Queryable, request: JobChangeRequest): Promise<Row> {
  const locked = await client.query(
    `SELECT 1 FROM jobs WHERE account_id = $1 AND id = $2 AND kind = ANY ($3::text[]) FOR UPDATE`,
    [request.accountId, request.jobId, JOB_KINDS],
  );
  if (locked.rowCount === 0) throw new Refused({ kind: 'not_found' });
  // Only now: a statement that waited for the lock would have read the content of before.
  const { rows } = await client.query<Row>(
    `SELECT j.name, j.kind, j.tags, j.notify, j.user_id, j.status::text, j.version, j.channel, j.provider_account_id, j.trigger, j.audience, j.policy,
            j.content_version, c.body AS content, extract(epoch FROM j.planned_at)::float8 * 1000 AS planned_at_ms,
            extract(epoch FROM carillon_now())::float8 * 1000 AS now_ms
     FROM jobs j JOIN contents c ON c.account_id = j.account_id AND c.job_id = j.id AND c.version = j.content_version
     WHERE j.account_id = $1 AND j.id = $2`,
    [request.accountId, request.jobId],
  );
  const row = rows[0];
  if (row === undefined) throw new Error(`job ${request.jobId} has no content`);
  if (row.status !== 'active' && row.status !== 'paused') {
    throw new Refused({ kind: 'invalid_state', status: row.status });
  }
  if (row.version !== request.version) throw new Refused({ kind: 'version_conflict', version: row.version });
  return row;
}

function jobOf(request: JobChangeRequest, row: Row): JobToChange {
  return {
    accountId: request.accountId,
    id: request.jobId,
    name: row.name,
    kind: row.kind,
    tags: row.tags,
    notify: row.notify,
    userId: row.user_id,
    channel: row.channel,
    providerAccountId: row.provider_account_id,
    trigger: storedTriggerSchema.parse(row.trigger),
    target: targetSchema.parse(row.audience),
    asked: row.audience.asked,
    policy: storedPolicySchema.parse(row.policy),
    content: row.content,
    plannedAtMs: row.planned_at_ms,
  };
}

/** Leaves out what would stay as it is, so that repeating a part of a started job is no change of it. */
function withoutSame(job: JobToChange, change: JobChange): JobChange {
  const { name, way, tags, notify, content, trigger, audience, policy } = change;
  return {
    name: name === job.name ? undefined : name,
    way,
    tags: tags !== undefined && isSame(tags, job.tags) ? undefined : tags,
    notify: notify !== undefined && isSame(notify, job.notify) ? undefined : notify,
    content: content !== undefined && isSame(content, job.content) ? undefined : content,
    trigger: trigger !== undefined && isSameTrigger(trigger.stored, job.trigger) ? undefined : trigger,
    audience: audience !== undefined && isSame(audience.target, job.target) ? undefined : audience,
    policy: policy !== undefined && isSame(policy, job.policy) ? undefined : policy,
  };
}

/** Which part asks for a run to be planned anew. */
function partThatMoves(job: JobToChange, change: JobChange): MovingPart | undefined {
  if (change.way !== undefined) return 'kind';
  if (change.trigger !== undefined) return 'trigger';
  if (change.audience !== undefined) return 'audience';
  const { policy } = change;
  if (policy === undefined) return undefined;
  const isMoved = policy.dedupeBy !== job.policy.dedupeBy || policy.quietHours !== job.policy.quietHours;
  return isMoved ? 'policy' : undefined;
}

/** A trigger as it takes the place of another: a schedule after a schedule begins with the change, also where a resume looks back. */
function replacing(
  earlier: StoredTrigger,
  { stored, afterMs }: NonNullable<JobChange['trigger']>,
  nowMs: number,
): StoredTrigger {
  if (!isSchedule(earlier) || !isSchedule(stored)) return stored;
  return { ...stored, sinceMs: Math.floor(afterMs ?? nowMs) };
}

async function apply(
  client: Queryable,
  request: JobChangeRequest,
  row: Row,
  before: JobToChange,
  change: JobChange,
): Promise<JobChangeResult> {
  // What is planned from here on is planned as it goes out from now on.
  const job = { ...before, ...change.way };
  const { accountId, id, channel } = job;
  const contentVersion = change.content === undefined ? row.content_version : row.content_version + 1;
  const trigger = change.trigger === undefined ? job.trigger : replacing(job.trigger, change.trigger, row.now_ms);
  const isDated = job.trigger.type === 'date';
  if (isDated !== (trigger.type === 'date')) throw new Refused({ kind: 'other_kind_of_trigger' });
  const isRecurring = isSchedule(job.trigger);
  // What happens again and again has all its runs begun but the next ones; those are taken back, whatever is changed.
  const runs = await lockRuns(client, job, isRecurring);
  const moving = partThatMoves(job, change);
  // Beside the trigger, by which what is due already goes out all the same.
  const isReplanned =
    change.content !== undefined || partThatMoves(job, { ...change, trigger: undefined }) !== undefined;
  const unbegun =
    change.way !== undefined || (isReplanned && !isDated && !isRecurring)
      ? await lockUnbegunRuns(client, { accountId, jobId: id })
      : [];
  // Of a job that came again once, what came of that is beside what it does now.
  const own = isRecurring ? runs : runs.filter((run) => !isOfSchedule(run));
  const isStarted =
    change.way === undefined
      ? !isDated && !isRecurring && (await hasStarted(client, job, own))
      : await hasOtherRuns(client, job, unbegun);
  if (moving !== undefined && isStarted) throw new Refused({ kind: 'run_started', part: moving });
  const next = { ...row, channel };
  const target = change.audience?.target ?? job.target;
  const notify = change.notify === undefined ? job.notify : change.notify;
  await client.query(
    `UPDATE jobs SET version = version + 1, updated_at = carillon_now(), name = $3, trigger = $4::jsonb, audience = $5::jsonb,
            policy = $6::jsonb, content_version = $7, is_announcement = $8, tags = $11::text[], notify = $12::jsonb,
            planned_at = CASE WHEN $9 THEN coalesce(to_timestamp($10::float8 / 1000), carillon_now()) ELSE planned_at END,
            kind = $13, channel = $14, provider_account_id = $15
     WHERE account_id = $1 AND id = $2`,
    [
      accountId,
      id,
      change.name ?? job.name,
      JSON.stringify(trigger),
      JSON.stringify({ ...target, asked: change.audience?.asked ?? job.asked }),
      JSON.stringify(change.policy ?? job.policy),
      contentVersion,
      isAnnouncement(job.kind, target, trigger),
      change.trigger !== undefined && !isDated && !isSchedule(trigger),
      change.trigger?.dueAtMs ?? null,
      change.tags ?? job.tags,
      notify === null ? null : JSON.stringify(notify),
      job.kind,
      channel,
      job.providerAccountId,
    ],
  );
  if (change.notify) await tellOwners(client, accountId);
  if (change.content !== undefined) {
    await client.query(
      `INSERT INTO contents (account_id, job_id, version, body, created_at) VALUES ($1, $2, $3, $4::jsonb, carillon_now())`,
      [accountId, id, contentVersion, JSON.stringify(change.content)],
    );
  }
  if (change.audience !== undefined) await replaceAudience(client, job, target);
  if (change.policy !== undefined) await changeBatches(client, runs, job, change.policy);
  if (isDated) {
    const { content, policy } = change;
    // What batches of dates keep of these goes by each moment.
    const endsAnew =
      policy !== undefined &&
      (policy.expireAfterMs !== job.policy.expireAfterMs || !isSame(policy.addressCheck, job.policy.addressCheck));
    const changed = { trigger: change.trigger !== undefined, people: moving !== undefined || endsAnew };
    await takeBackDates(client, { accountId, jobId: id }, { ...changed, content: content !== undefined });
  }
  // Who lacks a variable was told when the rows were planned; with other variables it has to be told anew.
  const otherVariables =
    change.content !== undefined &&
    !isSame([...requiredVariables(change.content)].sort(), [...requiredVariables(job.content)].sort());
  // Of a task the row says where it goes.
  const isOther = otherVariables || (change.content !== undefined && isTaskChannel(channel));
  if (isRecurring || isSchedule(trigger)) {
    await changeSchedule(client, request, next, job, change, { runs: own, contentVersion, isReplanned });
  } else if (!isDated && (moving !== undefined || (isOther && !isStarted))) {
    const [run] = own;
    const dueAtMs = change.trigger === undefined ? 'unchanged' : change.trigger.dueAtMs;
    if (run !== undefined) await moveRun(client, request, next, run, dueAtMs);
    else if (dueAtMs !== 'unchanged') await planAnew(client, request, next, job, change, contentVersion, dueAtMs);
  } else if (!isDated && change.content !== undefined && !isStarted) {
    for (const run of own) await renewContent(client, job, run, contentVersion);
  }
  // Those beside it; of a job that comes again they were moved with the others.
  if (!isRecurring) {
    const besides = unbegun.filter((run) => isManual(run) || isOfSchedule(run));
    for (const run of besides) await moveRun(client, request, next, run, 'unchanged');
  }
  await scheduleChecks(client, { accountId, jobId: id });
  const detail = describeChange(before, change, row.content_version);
  await recordAudit(client, { accountId, actor: request.actor, action: 'job.change', subject: `job_${id}`, detail });
  return { kind: 'changed', channel };
}

interface Run {
  readonly id: number;
  readonly day: string;
  readonly occurrenceKey: string;
  readonly state: string;
}

/**
 * The job's runs with all that belongs to them, so that nothing is expanded or claimed until this transaction ends; without those
 * that somebody asked for besides. Of a job that comes again only those that are open, as it may have very many.
 */
async function lockRuns(client: Queryable, { accountId, id }: JobToChange, onlyOpen: boolean): Promise<Run[]> {
  const { rows } = await client.query<Run>(
    `SELECT id, day, occurrence_key AS "occurrenceKey", state::text FROM runs
     WHERE account_id = $1 AND job_id = $2 AND occurrence_key NOT LIKE '${OCCURRENCE_MANUAL}%' ${onlyOpen ? `AND state <> 'completed'` : ''}
     ORDER BY id FOR UPDATE`,
    [accountId, id],
  );
  const open = rows.filter((run) => run.state !== 'completed').map((run) => run.id);
  if (open.length === 0) return rows;
  await client.query(
    `SELECT 1 FROM expansion_steps WHERE account_id = $1 AND run_id = ANY ($2::bigint[]) ORDER BY run_id, number FOR UPDATE`,
    [accountId, open],
  );
  await lockExpansion(client, open, 'alone');
  await client.query(
    `SELECT 1 FROM batches WHERE account_id = $1 AND run_id = ANY ($2::bigint[]) ORDER BY account_id, id FOR UPDATE`,
    [accountId, open],
  );
  return rows;
}

/**
 * A change of a job that comes again, or is to. What is planned and not due yet is taken back, and what is due goes out, both as the job
 * is then; with another trigger moments count from now on.
 */
async function changeSchedule(
  client: Queryable,
  request: JobChangeRequest,
  row: Row,
  job: JobToChange,
  change: JobChange,
  {
    runs,
    contentVersion,
    isReplanned,
  }: { readonly runs: readonly Run[]; readonly contentVersion: number; readonly isReplanned: boolean },
): Promise<void> {
  const key = { accountId: job.accountId, jobId: job.id };
  const { trigger } = change;
  if (isSchedule(job.trigger)) {
    if (trigger === undefined && change.content === undefined && partThatMoves(job, change) === undefined) return;
    await takeBackSchedule(client, key, job.trigger, 'future');
    // What is due is late and not missed: it goes out as the job is now.
    const left = isReplanned ? await lockUnbegunRuns(client, key) : [];
    for (const run of left) await moveRun(client, request, row, run, 'unchanged');
  } else {
    // Nothing of it was begun, or the change would have been refused.
    await deleteRuns(client, job.accountId, runs);
  }
  if (trigger === undefined) return;
  if (isSchedule(trigger.stored)) {
    await setSchedule(client, key, trigger.stored, trigger.afterMs ?? row.now_ms);
    return;
  }
  await client.query('UPDATE jobs SET recurring = false, next_occurrence_at = NULL WHERE account_id = $1 AND id = $2', [
    job.accountId,
    job.id,
  ]);
  await planAnew(client, request, row, job, change, contentVersion, trigger.dueAtMs);
}

/** Whether anything of the job was ever claimed. A run that ended, and one that another was made for, counts as started. */
async function hasStarted(client: Queryable, job: JobToChange, runs: readonly Run[]): Promise<boolean> {
  const [run] = runs;
  if (run === undefined) return false;
  if (runs.length > 1 || run.state === 'completed') return true;
  const { rows } = await client.query<{ started: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM batches WHERE account_id = $1 AND run_id = $2
                    AND sending + sent + delivered + failed + unknown > 0)
         OR EXISTS (SELECT 1 FROM batches b
                    JOIN ${partitionName('deliveries', run.day)} d ON d.account_id = b.account_id AND d.batch_id = b.id
                    WHERE b.account_id = $1 AND b.run_id = $2 AND b.fence > 0 AND d.try > 0) AS started`,
    [job.accountId, run.id],
  );
  return rows[0]?.started ?? false;
}

/** Whether there is, or was, a run but these, of which nothing was begun; one that was left out is none. */
async function hasOtherRuns(
  client: Queryable,
  job: JobToChange,
  unbegun: readonly { readonly id: number }[],
): Promise<boolean> {
  const { rows } = await client.query(
    'SELECT 1 FROM runs WHERE account_id = $1 AND job_id = $2 AND left_out IS NULL AND id <> ALL ($3::bigint[]) LIMIT 1',
    [job.accountId, job.id, unbegun.map(({ id }) => id)],
  );
  return rows.length > 0;
}

/** Which audiences the job names, and without the people of its own that it names no more. */
async function replaceAudience(client: Queryable, job: JobToChange, target: Target): Promise<void> {
  await client.query(
    `DELETE FROM job_audiences
     WHERE account_id = $1 AND job_id = $2 AND audience_id = ANY ($3::bigint[]) AND audience_id <> ALL ($4::bigint[])`,
    [job.accountId, job.id, job.target.audienceIds, target.audienceIds],
  );
  await client.query(
    `INSERT INTO job_audiences (account_id, audience_id, job_id)
     SELECT $1, * , $2 FROM unnest($3::bigint[]) ON CONFLICT DO NOTHING`,
    [job.accountId, job.id, target.audienceIds],
  );
  await client.query(
    'DELETE FROM recipients WHERE account_id = $1 AND inline_job_id = $2 AND id <> ALL ($3::bigint[])',
    [job.accountId, job.id, target.recipientIds],
  );
}

/**
 * What batches keep of the policy; those that are open take the new one, and so does whatever is claimed from now on. What
 * becomes of unknown outcomes is changed in all batches of open runs that have some, but only where that part of the policy was
 * changed: after a restore batches hold theirs whatever their job says.
 */
async function changeBatches(
  client: Queryable,
  runs: readonly Run[],
  job: JobToChange,
  policy: StoredPolicy,
): Promise<void> {
  const runIds = runs.filter((run) => run.state !== 'completed').map((run) => run.id);
  const verified = verificationOf({ channel: job.channel, policy });
  // A batch's due time moves with its retries, its end does not: it is moved by what the duration has changed.
  await client.query(
    `UPDATE batches SET max_attempts = $3, verify_risky = $7, verify_unknown = $8,
            verify_until = coalesce(verify_until - $9::float8 * interval '1 millisecond', due_at)
                           + $6::float8 * interval '1 millisecond',
            checks_done = false, checks_next_at = '-infinity',
            expires_at = CASE WHEN dated THEN expires_at WHEN $4::float8 IS NULL THEN NULL
                              ELSE coalesce(expires_at - $5::float8 * interval '1 millisecond', due_at)
                                   + $4::float8 * interval '1 millisecond' END
     WHERE account_id = $1 AND run_id = ANY ($2::bigint[]) AND open`,
    [
      job.accountId,
      runIds,
      policy.attempts,
      policy.expireAfterMs,
      job.policy.expireAfterMs,
      verified?.waitMs ?? null,
      verified?.risky ?? null,
      verified?.unknown ?? null,
      job.policy.addressCheck?.waitMs ?? null,
    ],
  );
  if (isSame(policy.unknown, job.policy.unknown)) return;
  // The sweep looks at once, and puts the moment off to when the eldest outcome is old enough.
  await client.query(
    `UPDATE batches b SET unknown_action = $3, unknown_after_seconds = $4,
            settle_at = CASE WHEN b.unknown > 0 AND $3 <> 'hold' AND b.cancelled_at IS NULL THEN carillon_now() END
     FROM (SELECT account_id, id FROM batches
           WHERE account_id = $1 AND run_id = ANY ($2::bigint[]) AND (open OR unknown > 0)
           ORDER BY account_id, id FOR UPDATE) o
     WHERE b.account_id = o.account_id AND b.id = o.id`,
    [job.accountId, runIds, policy.unknown.action, policy.unknown.afterSeconds],
  );
}

/** Takes back what was planned of a run of which nothing was claimed, and plans it for another moment, or for the same. */
async function moveRun(
  client: Queryable,
  request: JobChangeRequest,
  row: Row,
  run: Pick<Run, 'id' | 'day'>,
  dueAtMs: number | null | 'unchanged',
): Promise<void> {
  const { accountId, jobId } = request;
  const key = [accountId, run.id];
  await client.query(`DELETE FROM ${partitionName('deliveries', run.day)} WHERE account_id = $1 AND run_id = $2`, key);
  await client.query('DELETE FROM batches WHERE account_id = $1 AND run_id = $2', key);
  await client.query('DELETE FROM expansion_steps WHERE account_id = $1 AND run_id = $2', key);
  if (typeof dueAtMs === 'number' && dueAtMs > row.now_ms + request.horizonMs) {
    await client.query('DELETE FROM runs WHERE account_id = $1 AND id = $2', key);
    await setNextRun(client, request, dueAtMs);
    return;
  }
  await client.query(
    `UPDATE runs SET state = 'planned', expanded_at = NULL, people = 0, duplicates = 0, unreachable = 0, suppressed = 0,
            incomplete = 0,
            due_at = CASE WHEN $3 THEN coalesce(to_timestamp($4::float8 / 1000), carillon_now()) ELSE due_at END
     WHERE account_id = $1 AND id = $2 AND job_id = $5`,
    [...key, dueAtMs !== 'unchanged', dueAtMs === 'unchanged' ? null : dueAtMs, jobId],
  );
  if (!isTaskChannel(row.channel)) return;
  // There is nobody to expand it for.
  await client.query(
    `UPDATE runs SET state = 'sending', expanded_at = carillon_now(), people = 1 WHERE account_id = $1 AND id = $2`,
    key,
  );
  const { job } = await readPlannable(client, accountId, jobId);
  await planSingle(client, job, run.id);
  await client.query(
    `UPDATE batches b SET paused_at = r.paused_at FROM runs r
     WHERE r.account_id = $1 AND r.id = $2 AND b.account_id = r.account_id AND b.run_id = r.id`,
    key,
  );
}

/** For a job without a run. A paused one keeps its moment for when it is resumed. */
async function planAnew(
  client: Queryable,
  request: JobChangeRequest,
  row: Row,
  job: JobToChange,
  change: JobChange,
  contentVersion: number,
  dueAtMs: number | null,
): Promise<void> {
  if (row.status === 'paused' || (dueAtMs !== null && dueAtMs > row.now_ms + request.horizonMs)) {
    await setNextRun(client, request, dueAtMs ?? row.now_ms);
    return;
  }
  await setNextRun(client, request, null);
  await planRun(
    client,
    {
      accountId: job.accountId,
      jobId: job.id,
      channel: job.channel,
      providerAccountId: job.providerAccountId,
      trigger: change.trigger?.stored ?? job.trigger,
      target: change.audience?.target ?? job.target,
      policy: change.policy ?? job.policy,
      contentVersion,
    },
    { occurrenceKey: OCCURRENCE_ONCE, dueAtMs },
  );
}

async function setNextRun(client: Queryable, request: JobChangeRequest, atMs: number | null): Promise<void> {
  await client.query(
    'UPDATE jobs SET next_run_at = to_timestamp($3::float8 / 1000) WHERE account_id = $1 AND id = $2',
    [request.accountId, request.jobId, atMs],
  );
}

async function renewContent(client: Queryable, job: JobToChange, run: Run, contentVersion: number): Promise<void> {
  await client.query(
    `UPDATE ${partitionName('deliveries', run.day)} SET content_version = $3 WHERE account_id = $1 AND run_id = $2`,
    [job.accountId, run.id, contentVersion],
  );
}

/**
 * Pause, resume and cancel. The flag is set on the run and on every open batch in one transaction. A claim locks its batch
 * row and reads the flag on the newest version, so whatever is claimed after the commit was not paused; what was claimed
 * before is counted and reported as in the air.
 */
import type pg from 'pg';
import { recordAudit } from './audit.ts';
import { inTransaction, type Queryable } from './pool.ts';
import { lockExpansion } from './runLocks.ts';
import { scheduleOf, takeBackSchedule } from './scheduleChange.ts';

/** The answer to a control request: what the job is now, and how many deliveries still are in the air. */
export type ControlResult =
  | {
      readonly kind: 'ok';
      readonly status: 'pausing' | 'paused' | 'active' | 'cancelling' | 'cancelled';
      readonly inTheAir: number;
      readonly channel: string;
    }
  | { readonly kind: 'not_found' }
  | { readonly kind: 'invalid_state'; readonly status: string };

/** Whose job, and on whose word. */
export interface ControlRequest {
  readonly accountId: number;
  readonly jobId: number;
  readonly actor: string;
}

type Action = 'pause' | 'resume' | 'cancel';

/** From which statuses each action is allowed, and where it leads. Repeating an action is allowed and changes no job. */
const ACTIONS = {
  pause: { from: ['active', 'paused'], to: 'paused' },
  resume: { from: ['active', 'paused'], to: 'active' },
  cancel: { from: ['active', 'paused', 'cancelled'], to: 'cancelled' },
} as const satisfies Record<Action, { from: readonly string[]; to: string }>;

/** Stops new claims of the job's runs; what is in the air may still arrive. */
export async function pauseJob(pool: pg.Pool, request: ControlRequest): Promise<ControlResult> {
  return await control(pool, request, 'pause');
}

/** Lets a paused job go on. */
export async function resumeJob(pool: pg.Pool, request: ControlRequest): Promise<ControlResult> {
  return await control(pool, request, 'resume');
}

/** Ends the job: nothing further is claimed; rows that were waiting become `cancelled` within a sweep. */
export async function cancelJob(pool: pg.Pool, request: ControlRequest): Promise<ControlResult> {
  return await control(pool, request, 'cancel');
}

async function control(pool: pg.Pool, request: ControlRequest, action: Action): Promise<ControlResult> {
  return await inTransaction(pool, async (client) => {
    const { accountId, jobId } = request;
    const { rows } = await client.query<{ status: string; channel: string; trigger: unknown; recurring: boolean }>(
      'SELECT status::text, channel, trigger, recurring FROM jobs WHERE account_id = $1 AND id = $2 FOR UPDATE',
      [accountId, jobId],
    );
    const job = rows[0];
    if (!job) return { kind: 'not_found' };
    const rule = ACTIONS[action];
    if (!(rule.from as readonly string[]).includes(job.status)) return { kind: 'invalid_state', status: job.status };
    if (job.status !== rule.to) {
      await client.query(
        `UPDATE jobs SET status = $3::job_status, version = version + 1, updated_at = carillon_now(),
                next_run_at = CASE WHEN $3 = 'cancelled' THEN NULL ELSE next_run_at END
         WHERE account_id = $1 AND id = $2`,
        [accountId, jobId, rule.to],
      );
      // What was planned before the pause is decided about as what would have been planned since.
      if (action === 'resume' && job.recurring) await takeBackSchedule(client, request, scheduleOf(job.trigger), 'all');
      await flagRuns(client, accountId, jobId, action);
      await recordAudit(client, {
        accountId,
        actor: request.actor,
        action: `job.${action}`,
        subject: `job_${jobId}`,
      });
    } else if (action === 'resume') {
      // A run that ended paused and goes on is paused still, though the job went on with others.
      await flagRuns(client, accountId, jobId, action);
    }
    const left = await client.query<{ sending: number; scheduled: number }>(
      `SELECT coalesce(sum(b.sending), 0) AS sending, coalesce(sum(b.scheduled), 0) AS scheduled
       FROM runs r JOIN batches b ON b.account_id = r.account_id AND b.run_id = r.id AND b.open
       WHERE r.account_id = $1 AND r.job_id = $2 AND r.state <> 'completed'`,
      [accountId, jobId],
    );
    const { sending, scheduled } = left.rows[0] ?? { sending: 0, scheduled: 0 };
    const status =
      action === 'resume'
        ? 'active'
        : action === 'pause'
          ? sending > 0
            ? 'pausing'
            : 'paused'
          : sending + scheduled > 0
            ? 'cancelling'
            : 'cancelled';
    return { kind: 'ok', status, inTheAir: Number(sending), channel: job.channel };
  });
}

/**
 * Flags the job's batches and then its runs; the caller holds the job's row. Also the batches of runs that ended with outcomes unknown: one of these may turn
 * out not to have been sent, and goes on then. Of a job that comes every minute the other ended runs are half a million a year, and not looked at. Batches first, as those lock them who reopen a run: either they are waited for
 * and the run is seen open, or they wait, see the flag, and hand it on to the run.
 */
export async function flagRuns(client: Queryable, accountId: number, jobId: number, action: Action): Promise<void> {
  const { rows } = await client.query<{ id: number; growing: boolean }>(
    `SELECT id, state IN ('planned', 'expanding') AS growing FROM runs WHERE account_id = $1 AND job_id = $2 AND state <> 'completed'
     UNION ALL
     SELECT DISTINCT run_id, false FROM batches WHERE account_id = $1 AND job_id = $2 AND (unknown > 0 OR settle_at IS NOT NULL)`,
    [accountId, jobId],
  );
  await lockExpansion(
    client,
    rows.filter((row) => row.growing).map((row) => row.id),
    'alone',
  );
  await flagBatches(
    client,
    accountId,
    rows.map((row) => row.id),
    action,
  );
  const set = {
    pause: `SET paused_at = carillon_now() WHERE state <> 'completed'`,
    resume: `SET paused_at = NULL, pause_reason = NULL WHERE (state <> 'completed' OR paused_at IS NOT NULL)`,
    cancel: `SET cancelled_at = carillon_now() WHERE state <> 'completed'`,
  }[action];
  await client.query(`UPDATE runs ${set} AND account_id = $1 AND job_id = $2`, [accountId, jobId]);
}

/** Batch rows in ascending order, as everybody locks them. What waits in the queue is taken back, so that it frees its window. */
async function flagBatches(client: Queryable, accountId: number, runIds: number[], action: Action): Promise<void> {
  const set = {
    pause: `paused_at = carillon_now(), enqueued_at = CASE WHEN b.lease_until IS NULL THEN NULL ELSE b.enqueued_at END`,
    resume: `paused_at = NULL`,
    cancel: `cancelled_at = carillon_now(), settle_at = NULL, enqueued_at = CASE WHEN b.lease_until IS NULL THEN NULL ELSE b.enqueued_at END`,
  }[action];
  await client.query(
    `UPDATE batches b SET ${set}
     FROM (SELECT account_id, id FROM batches
           WHERE account_id = $1 AND run_id = ANY ($2::bigint[]) AND (open OR settle_at IS NOT NULL OR unknown > 0)
           ORDER BY account_id, id FOR UPDATE) open
     WHERE b.account_id = open.account_id AND b.id = open.id`,
    [accountId, runIds],
  );
}

/**
 * Pauses one run because its provider refuses everything (account locked, unpaid, token refused): a person has to look.
 * @returns whether this call paused it.
 */
export async function pauseRunForProvider(
  pool: pg.Pool,
  run: { accountId: number; runId: number; reason: string },
): Promise<boolean> {
  return await inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ job_id: number }>(
      `SELECT job_id FROM runs WHERE account_id = $1 AND id = $2 AND paused_at IS NULL AND cancelled_at IS NULL`,
      [run.accountId, run.runId],
    );
    const jobId = rows[0]?.job_id;
    if (jobId === undefined) return false;
    // The job's row first, as every other way of pausing does.
    await client.query('SELECT 1 FROM jobs WHERE account_id = $1 AND id = $2 FOR UPDATE', [run.accountId, jobId]);
    await lockExpansion(client, [run.runId], 'alone');
    const updated = await client.query(
      `UPDATE runs SET paused_at = carillon_now(), pause_reason = $3
       WHERE account_id = $1 AND id = $2 AND paused_at IS NULL AND cancelled_at IS NULL AND state <> 'completed'`,
      [run.accountId, run.runId, run.reason],
    );
    if (updated.rowCount === 0) return false;
    await client.query(
      `UPDATE jobs SET status = 'paused', version = version + 1, updated_at = carillon_now()
       WHERE account_id = $1 AND id = $2 AND status = 'active'`,
      [run.accountId, jobId],
    );
    await flagBatches(client, run.accountId, [run.runId], 'pause');
    await client.query(
      `INSERT INTO audit_entries (account_id, at, actor, action, subject, detail)
       VALUES ($1, carillon_now(), 'sender', 'run.pause', $2, jsonb_build_object('reason', $3::text))`,
      [run.accountId, `run_${run.runId}`, run.reason],
    );
    return true;
  });
}

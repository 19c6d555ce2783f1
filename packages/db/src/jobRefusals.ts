/**
 * What becomes of a job when it is told that doing the same again is of no use: what it calls is gone, and it waits for a person;
 * a payment was refused by who should pay, and it is over.
 */
import type pg from 'pg';
import { recordAudit } from './audit.ts';
import { flagRuns } from './control.ts';
import { inTransaction } from './pool.ts';

/** Which job, and why. */
export interface JobRefusal {
  readonly accountId: number;
  readonly jobId: number;
  readonly becomes: 'paused' | 'cancelled';
  /** Such as `gone`. */
  readonly reason: string;
  /** The service that was told so. */
  readonly actor: string;
}

/**
 * Pauses or cancels it, as a person would. Repeating it changes nothing.
 * @returns whether this call did
 */
export async function refuseJob(pool: pg.Pool, refusal: JobRefusal): Promise<boolean> {
  const { accountId, jobId, becomes, reason, actor } = refusal;
  return await inTransaction(pool, async (client) => {
    const { rowCount } = await client.query(
      `UPDATE jobs SET status = $3::job_status, version = version + 1, updated_at = carillon_now(),
              next_run_at = CASE WHEN $3 = 'cancelled' THEN NULL ELSE next_run_at END
       WHERE account_id = $1 AND id = $2 AND (status = 'active' OR $3 = 'cancelled' AND status = 'paused')`,
      [accountId, jobId, becomes],
    );
    if (rowCount === 0) return false;
    const action = becomes === 'paused' ? 'pause' : 'cancel';
    await flagRuns(client, accountId, jobId, action);
    if (action === 'pause') {
      await client.query(
        `UPDATE runs SET pause_reason = $3 WHERE account_id = $1 AND job_id = $2 AND paused_at IS NOT NULL AND state <> 'completed'`,
        [accountId, jobId, reason],
      );
    }
    await recordAudit(client, {
      accountId,
      actor,
      action: `job.${action}`,
      subject: `job_${jobId}`,
      detail: { reason },
    });
    return true;
  });
}

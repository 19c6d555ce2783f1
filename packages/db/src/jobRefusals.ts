/**
 * What becomes of a job when it is told that doing the same again is of no use: what it calls is gone, and it waits for a person;
 * a payment was refused by who should pay, and it is over.
 */
import type { EventType } from '@carillon/contracts';
import { formatId } from '@carillon/core';
import type pg from 'pg';
import { recordAudit } from './audit.ts';
import { flagRuns } from './control.ts';
import { tell } from './notices.ts';
import { isForOwner, readOwner } from './owners.ts';
import { inTransaction, type Queryable } from './pool.ts';

/** What is told of it, where anything is: once for each subject. */
export interface RefusalEvent {
  readonly type: EventType;
  readonly subject: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Which job, and why. */
export interface JobRefusal {
  readonly accountId: number;
  readonly jobId: number;
  readonly becomes: 'paused' | 'cancelled';
  /** Such as `gone`. */
  readonly reason: string;
  /** The service that was told so. */
  readonly actor: string;
  readonly tells?: RefusalEvent | undefined;
}

/**
 * Pauses or cancels it, as a person would, and tells what there is to tell. Repeating it changes and tells nothing.
 * @returns whether this call changed the job
 */
export async function refuseJob(pool: pg.Pool, refusal: JobRefusal): Promise<boolean> {
  const { accountId, jobId, becomes, tells } = refusal;
  return await inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ status: string; name: string; channel: string }>(
      'SELECT status::text, name, channel FROM jobs WHERE account_id = $1 AND id = $2 FOR UPDATE',
      [accountId, jobId],
    );
    const job = rows[0];
    if (job === undefined) return false;
    if (tells !== undefined && !(await wasTold(client, accountId, tells))) {
      const data = { job: formatId('job', jobId), name: job.name, channel: job.channel, ...tells.data };
      const owner = isForOwner(tells.type) ? await readOwner(client, accountId, jobId) : null;
      await tell(client, { accountId, ...tells, data }, {}, owner);
    }
    const isMoved = job.status === 'active' || (becomes === 'cancelled' && job.status === 'paused');
    if (isMoved) await stop(client, refusal);
    return isMoved;
  });
}

/** Under the job's lock, so that of two that tell the same one finds the other's. */
async function wasTold(client: Queryable, accountId: number, { type, subject }: RefusalEvent): Promise<boolean> {
  const { rows } = await client.query(
    'SELECT 1 FROM events WHERE account_id = $1 AND subject = $2 AND type = $3 LIMIT 1',
    [accountId, subject, type],
  );
  return rows.length > 0;
}

async function stop(client: Queryable, { accountId, jobId, becomes, reason, actor }: JobRefusal): Promise<void> {
  await client.query(
    `UPDATE jobs SET status = $3::job_status, version = version + 1, updated_at = carillon_now(),
            next_run_at = CASE WHEN $3 = 'cancelled' THEN NULL ELSE next_run_at END
     WHERE account_id = $1 AND id = $2`,
    [accountId, jobId, becomes],
  );
  const action = becomes === 'paused' ? 'pause' : 'cancel';
  await flagRuns(client, accountId, jobId, action);
  if (action === 'pause') {
    await client.query(
      `UPDATE runs SET pause_reason = $3 WHERE account_id = $1 AND job_id = $2 AND paused_at IS NOT NULL AND state <> 'completed'`,
      [accountId, jobId, reason],
    );
  }
  await recordAudit(client, { accountId, actor, action: `job.${action}`, subject: `job_${jobId}`, detail: { reason } });
}

/**
 * A change of a job that follows dates. What of its open runs nobody began is taken back, with its occasions, and the next pass, which
 * comes at once, plans it anew; what was begun stays. A pass that is under way sees another version of the job and stops.
 */
import { removalSql } from './dateSettling.ts';
import type { Queryable } from './pool.ts';

/** What was changed. */
export interface DateChange {
  /** On which days, or when on them. */
  readonly trigger: boolean;
  /** Whom, or until when; with the trigger too. */
  readonly people: boolean;
  readonly content: boolean;
}

interface Run {
  readonly id: number;
  readonly day: string;
  readonly begun: boolean;
  readonly resent: boolean;
}

/** The caller holds the job's row, its runs and their batches. */
export async function takeBackDates(
  client: Queryable,
  job: { readonly accountId: number; readonly jobId: number },
  change: DateChange,
): Promise<void> {
  if (!change.trigger && !change.people && !change.content) return;
  let earliestMs: number | null = null;
  for (const run of await readOpenRuns(client, job)) {
    // A run that is being sent keeps the content that it began with.
    if (run.begun && !change.trigger && !change.people) continue;
    const dueAtMs = await takeBackRun(client, job, run, change);
    if (dueAtMs !== null) earliestMs = Math.min(earliestMs ?? dueAtMs, dueAtMs);
  }
  // One that was cancelled and sends to those missed is not passed over any more.
  await client.query(
    `UPDATE jobs SET next_run_at = n.now,
            dates_looked_to = least(dates_looked_to, to_timestamp($3::float8 / 1000)),
            dates_from = CASE WHEN $4 THEN n.now ELSE dates_from END
     FROM (SELECT carillon_now() AS now OFFSET 0) n
     WHERE account_id = $1 AND id = $2 AND next_run_at IS NOT NULL`,
    [job.accountId, job.jobId, earliestMs, change.trigger],
  );
}

async function readOpenRuns(
  client: Queryable,
  { accountId, jobId }: { readonly accountId: number; readonly jobId: number },
): Promise<Run[]> {
  const { rows } = await client.query<Run>(
    `SELECT r.id, r.day,
            EXISTS (SELECT 1 FROM batches b WHERE b.account_id = r.account_id AND b.run_id = r.id
                    AND (b.sending + b.sent + b.delivered + b.failed + b.unknown > 0
                         OR b.fence > 0 AND EXISTS (SELECT 1 FROM deliveries d WHERE d.account_id = b.account_id AND d.batch_id = b.id
                                                    AND d.day = r.day AND d.try > 0 OFFSET 0))) AS begun,
            EXISTS (SELECT 1 FROM runs f WHERE f.account_id = r.account_id AND f.parent_run_id = r.id) AS resent
     FROM runs r
     WHERE r.account_id = $1 AND r.job_id = $2 AND r.state <> 'completed' AND r.civil_day IS NOT NULL
     ORDER BY r.id`,
    [accountId, jobId],
  );
  return rows;
}

/** @returns the earliest moment of what was taken back; null without any */
async function takeBackRun(
  client: Queryable,
  { accountId, jobId }: { readonly accountId: number; readonly jobId: number },
  run: Run,
  change: DateChange,
): Promise<number | null> {
  // Where the trigger changes, what is due already goes out as it was planned, as nobody makes up for it afterwards; so does what
  // was due and waits for a verdict on its address. What was skipped may have come to those whom a later run sends to.
  const condition = [
    ...(change.trigger ? [`d.due_at > carillon_now() AND d.code IS DISTINCT FROM 'awaits_verdict'`] : []),
    ...(run.resent ? [`d.state = 'scheduled'`] : []),
    // What has expired is over.
    `(d.state = 'scheduled' OR d.due_at > carillon_now())`,
  ].join(' AND ');
  const { rows } = await client.query<{ earliest_ms: number | null }>(
    `${removalSql(run.day, '', condition)}, forgotten AS (
       DELETE FROM occasions o USING gone g
       WHERE o.account_id = $1 AND o.job_id = $3 AND o.recipient_id = g.recipient_id AND o.run_id = $2
       RETURNING o.due_at
     )
     SELECT extract(epoch FROM min(due_at))::float8 * 1000 AS earliest_ms FROM forgotten`,
    [accountId, run.id, jobId],
  );
  await client.query('DELETE FROM batches WHERE account_id = $1 AND run_id = $2 AND size = 0', [accountId, run.id]);
  await client.query(
    `DELETE FROM runs r WHERE r.account_id = $1 AND r.id = $2
       AND NOT EXISTS (SELECT 1 FROM batches b WHERE b.account_id = r.account_id AND b.run_id = r.id)
       AND NOT EXISTS (SELECT 1 FROM runs f WHERE f.account_id = r.account_id AND f.parent_run_id = r.id)`,
    [accountId, run.id],
  );
  return rows[0]?.earliest_ms ?? null;
}

/** A run that somebody asks for now, besides the job's own moments. */
import { OCCURRENCE_MANUAL } from '@carillon/contracts';
import { recordAudit } from './audit.ts';
import { PLANNABLE_COLUMNS, type PlannableRow, plannableOf } from './plannable.ts';
import { planRun } from './planning.ts';
import type { Queryable } from './pool.ts';

/** Whose job, and on whose word. */
export interface ManualRunRequest {
  readonly accountId: number;
  readonly jobId: number;
  readonly actor: string;
}

/** What became of it; all but `planned` changed nothing. */
export type ManualRunResult =
  | { readonly kind: 'planned'; readonly runId: number; readonly occurrenceKey: string; readonly channel: string }
  | { readonly kind: 'not_found' }
  | { readonly kind: 'invalid_state'; readonly status: string }
  /** Whose day it is says the date; there is nobody to be told now. */
  | { readonly kind: 'follows_dates' };

/**
 * Plans a run that is due now, in the caller's transaction. A job that was completed is active again until the run is over; what is
 * paused or cancelled is refused. The rule for overlap is not asked, but the run counts as an earlier one for those that follow.
 */
export async function runJobNow(client: Queryable, request: ManualRunRequest): Promise<ManualRunResult> {
  const { accountId, jobId, actor } = request;
  const { rows } = await client.query<PlannableRow & { status: string; kind: string }>(
    `SELECT ${PLANNABLE_COLUMNS}, status::text, kind FROM jobs WHERE account_id = $1 AND id = $2 FOR UPDATE`,
    [accountId, jobId],
  );
  const row = rows[0];
  if (row === undefined || HIDDEN_KINDS.has(row.kind)) return { kind: 'not_found' };
  if (row.status !== 'active' && row.status !== 'completed') return { kind: 'invalid_state', status: row.status };
  const job = plannableOf(row);
  if (job.trigger.type === 'date') return { kind: 'follows_dates' };
  const key = await client.query<{ key: string }>(`SELECT $1 || nextval(pg_get_serial_sequence('runs', 'id')) AS key`, [
    OCCURRENCE_MANUAL,
  ]);
  const { key: occurrenceKey } = key.rows[0] as { key: string };
  const { runId } = await planRun(client, { ...job, trigger: { type: 'now' } }, { occurrenceKey, dueAtMs: null });
  if (row.status === 'completed') {
    await client.query(
      `UPDATE jobs SET status = 'active', updated_at = carillon_now() WHERE account_id = $1 AND id = $2`,
      [accountId, jobId],
    );
  }
  const subject = `job_${jobId}`;
  await recordAudit(client, { accountId, actor, action: 'job.run', subject, detail: { run: `run_${runId}` } });
  return { kind: 'planned', runId, occurrenceKey, channel: job.channel };
}

/** What the house itself makes, and tests; nobody runs these again. */
const HIDDEN_KINDS: ReadonlySet<string> = new Set(['test', 'notice', 'check']);

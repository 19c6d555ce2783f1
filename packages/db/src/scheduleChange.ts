/**
 * What was planned of a job that comes again, and that nobody began with, is taken back: by a resume, so that what lies behind by then is
 * decided about anew by the job's rule, and, as far as it is not due yet, by a change, so that it is planned as the job is then. The
 * next pass plans it.
 *
 * Locks, in the order of all: the job (the caller holds it), its runs, their steps, the expansion, the batches. A claim locks its
 * batch, so it comes wholly before, and its run stays, or after, and finds nothing.
 */
import { isSchedule, OCCURRENCE_MANUAL, type ScheduleTrigger, storedTriggerSchema } from '@carillon/contracts';
import { occurrenceOf } from '@carillon/core';
import type { Queryable } from './pool.ts';
import { lockExpansion } from './runLocks.ts';
import { partitionName } from './statements.ts';

/** A run of which nothing was claimed. */
export interface UnbegunRun {
  readonly id: number;
  readonly day: string;
  readonly occurrenceKey: string;
  readonly dueMs: number;
  readonly isDue: boolean;
}

/** The open runs that a schedule made or somebody asked for, locked with all that belongs to them, and never claimed from. */
export async function lockUnbegunRuns(
  client: Queryable,
  { accountId, jobId }: { readonly accountId: number; readonly jobId: number },
): Promise<UnbegunRun[]> {
  const { rows } = await client.query<{
    id: number;
    day: string;
    occurrence_key: string;
    due_ms: number;
    is_due: boolean;
  }>(
    `SELECT id, day, occurrence_key, extract(epoch FROM due_at)::float8 * 1000 AS due_ms, due_at <= carillon_now() AS is_due
     FROM runs
     WHERE account_id = $1 AND job_id = $2 AND state <> 'completed' AND cancelled_at IS NULL AND parent_run_id IS NULL
     ORDER BY id FOR UPDATE`,
    [accountId, jobId],
  );
  const ids = rows.map((run) => run.id);
  if (ids.length === 0) return [];
  await client.query(
    `SELECT 1 FROM expansion_steps WHERE account_id = $1 AND run_id = ANY ($2::bigint[]) ORDER BY run_id, number FOR UPDATE`,
    [accountId, ids],
  );
  await lockExpansion(client, ids, 'alone');
  await client.query(
    `SELECT 1 FROM batches WHERE account_id = $1 AND run_id = ANY ($2::bigint[]) ORDER BY account_id, id FOR UPDATE`,
    [accountId, ids],
  );
  const unbegun: UnbegunRun[] = [];
  for (const run of rows) {
    const { rows: found } = await client.query<{ begun: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM runs WHERE account_id = $1 AND parent_run_id = $2)
           OR EXISTS (SELECT 1 FROM batches WHERE account_id = $1 AND run_id = $2
                      AND sending + sent + delivered + failed + unknown > 0)
           OR EXISTS (SELECT 1 FROM batches b
                      JOIN ${partitionName('deliveries', run.day)} d ON d.account_id = b.account_id AND d.batch_id = b.id
                      WHERE b.account_id = $1 AND b.run_id = $2 AND b.fence > 0 AND d.try > 0) AS begun`,
      [accountId, run.id],
    );
    if (found[0]?.begun) continue;
    const { id, day, occurrence_key: occurrenceKey, due_ms: dueMs, is_due: isDue } = run;
    unbegun.push({ id, day, occurrenceKey, dueMs, isDue });
  }
  return unbegun;
}

/** The schedule that a job's row holds. @throws Error where it has none */
export function scheduleOf(stored: unknown): ScheduleTrigger {
  const trigger = storedTriggerSchema.parse(stored);
  if (!isSchedule(trigger)) throw new Error(`a job with the trigger ${trigger.type} does not come again`);
  return trigger;
}

/** Whether somebody asked for the run besides the trigger. */
export function isManual({ occurrenceKey }: Pick<UnbegunRun, 'occurrenceKey'>): boolean {
  return occurrenceKey.startsWith(OCCURRENCE_MANUAL);
}

/** Whether a moment of a schedule made the run: its key is the instant. */
export function isOfSchedule({ occurrenceKey }: Pick<UnbegunRun, 'occurrenceKey'>): boolean {
  return /^\d{4}-\d\d-\d\dT/.test(occurrenceKey);
}

/** Whether no schedule would plan the run anew: somebody asked for it, or it was due by a trigger that the job no longer has. */
function isIrreplaceable(run: Pick<UnbegunRun, 'occurrenceKey'>, { sinceMs }: ScheduleTrigger): boolean {
  return isManual(run) || (sinceMs !== undefined && Date.parse(run.occurrenceKey) <= sinceMs);
}

/** Deletes runs of which nothing was claimed, with all that was made for them; the caller has locked it. */
export async function deleteRuns(
  client: Queryable,
  accountId: number,
  runs: readonly Pick<UnbegunRun, 'id' | 'day'>[],
): Promise<void> {
  for (const { id, day } of runs) {
    const key = [accountId, id];
    await client.query(`DELETE FROM ${partitionName('deliveries', day)} WHERE account_id = $1 AND run_id = $2`, key);
    await client.query('DELETE FROM batches WHERE account_id = $1 AND run_id = $2', key);
    await client.query('DELETE FROM expansion_steps WHERE account_id = $1 AND run_id = $2', key);
    await client.query('DELETE FROM runs WHERE account_id = $1 AND id = $2', key);
  }
}

/**
 * Takes back what the schedule planned and nobody began with; the job's next moment is then the earliest of it.
 * @param which `all`, or only what is not due yet
 */
export async function takeBackSchedule(
  client: Queryable,
  job: { readonly accountId: number; readonly jobId: number },
  trigger: ScheduleTrigger,
  which: 'all' | 'future',
): Promise<void> {
  const unbegun = await lockUnbegunRuns(client, job);
  const taken = unbegun.filter((run) => !isIrreplaceable(run, trigger) && (which === 'all' || !run.isDue));
  if (taken.length === 0) return;
  await deleteRuns(client, job.accountId, taken);
  const earliestMs = Math.min(...taken.map(({ occurrenceKey }) => Date.parse(occurrenceKey)));
  const { dueMs } = occurrenceOf(trigger, trigger, job.jobId, earliestMs);
  await client.query(
    `UPDATE jobs SET next_occurrence_at = to_timestamp($3::float8 / 1000), next_run_at = to_timestamp($4::float8 / 1000),
            occurrences = greatest(0, occurrences - $5::int)
     WHERE account_id = $1 AND id = $2`,
    [job.accountId, job.jobId, earliestMs, dueMs, taken.length],
  );
}

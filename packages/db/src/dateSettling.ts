/**
 * Takes away what passes of before planned and nobody began, where somebody is planned anew: rows of the present run go, with all
 * that was counted of them; rows of other runs end as skipped, so that the record tells why nobody was told there.
 *
 * Batches are locked first and in ascending order, as every claim locks its batch before it takes a row: what was claimed
 * meanwhile is found here, and left.
 */
import type { StandingRow } from './dateStanding.ts';
import { NO_LONGER_DUE, SKIP_CODES } from './gates.ts';
import type { Queryable } from './pool.ts';
import { partitionName, statement } from './statements.ts';

/** Somebody who is to be planned anew. */
export interface Replanned {
  readonly recipientId: number;
  readonly period: string;
  readonly remove: StandingRow | null;
  readonly end: StandingRow | null;
  readonly counted: 'duplicate' | 'unreachable' | null;
}

/** Makes room for them; the caller holds the job's row and the run's. @returns the recipients for whom that could be done. */
export async function settleStanding(
  client: Queryable,
  run: { readonly accountId: number; readonly jobId: number; readonly id: number; readonly day: string },
  date: { readonly name: string; readonly offsetDays: number },
  people: readonly Replanned[],
): Promise<Set<number>> {
  const batchIds = people.flatMap(({ remove, end }) => [remove, end].flatMap((row) => row?.batchId ?? []));
  await client.query(
    `SELECT 1 FROM batches WHERE account_id = $1 AND id = ANY ($2::bigint[]) ORDER BY account_id, id FOR UPDATE`,
    [run.accountId, [...new Set(batchIds)]],
  );
  const removed = await removeRows(client, run, rowsOf(people, 'remove'));
  const left = people.filter(({ recipientId, remove }) => remove === null || removed.has(recipientId));
  const ended = await endRows(client, run.accountId, rowsOf(left, 'end'));
  const done = left.filter(({ recipientId, end }) => end === null || ended.has(recipientId));
  await forgetOccasions(client, run, date, done);
  return new Set(done.map(({ recipientId }) => recipientId));
}

function rowsOf(people: readonly Replanned[], which: 'remove' | 'end'): StandingRow[] {
  return people.flatMap((person) => person[which] ?? []);
}

/**
 * Deletes rows of account $1 and run $2 that nobody ever claimed, as a CTE `gone` (`batch_id`, `recipient_id`, `due_at`), and takes
 * them out of their batches' and their run's counts.
 */
export function removalSql(day: string, using: string, condition: string): string {
  return `WITH gone AS (
       DELETE FROM ${partitionName('deliveries', day)} d ${using}
       WHERE d.account_id = $1 AND d.run_id = $2 AND ${condition}
         AND d.try = 0 AND d.state IN ('scheduled', 'skipped') AND d.code IS DISTINCT FROM 'restored'
       RETURNING d.batch_id, d.recipient_id, d.state, d.code, d.due_at
     ), counted AS (
       UPDATE batches b
       SET size = b.size - c.rows, scheduled = b.scheduled - c.scheduled, skipped = b.skipped - c.rows + c.scheduled,
           lease_until = CASE WHEN b.scheduled - c.scheduled + b.sending = 0 THEN NULL ELSE b.lease_until END
       FROM (SELECT batch_id, count(*)::int AS rows, (count(*) FILTER (WHERE state = 'scheduled'))::int AS scheduled
             FROM gone GROUP BY batch_id) c
       WHERE b.account_id = $1 AND b.id = c.batch_id
     ), told AS (
       UPDATE runs r SET people = r.people - c.rows, suppressed = r.suppressed - c.suppressed, incomplete = r.incomplete - c.incomplete
       FROM (SELECT count(*) AS rows, count(*) FILTER (WHERE state = 'skipped' AND code = '${SKIP_CODES.suppressed}') AS suppressed,
                    count(*) FILTER (WHERE state = 'skipped' AND code = '${SKIP_CODES.missingVariable}') AS incomplete FROM gone) c
       WHERE r.account_id = $1 AND r.id = $2
     )`;
}

/** Deletes rows of the run that nobody ever claimed, from their batches' and their run's counts too. */
async function removeRows(
  client: Queryable,
  run: { readonly accountId: number; readonly id: number; readonly day: string },
  rows: readonly StandingRow[],
): Promise<Set<number>> {
  if (rows.length === 0) return new Set();
  const { rows: gone } = await client.query<{ recipient_id: number }>(
    `${removalSql(
      run.day,
      'USING unnest($3::bigint[], $4::int[]) AS w (batch_id, number)',
      'd.batch_id = w.batch_id AND d.number = w.number',
    )}
     SELECT recipient_id FROM gone`,
    [run.accountId, run.id, rows.map(({ batchId }) => batchId), rows.map(({ number }) => number)],
  );
  return new Set(gone.map((row) => row.recipient_id));
}

/** Ends rows of other runs: whoever had them is told on another day. */
async function endRows(client: Queryable, accountId: number, rows: readonly StandingRow[]): Promise<Set<number>> {
  if (rows.length === 0) return new Set();
  const { rows: ended } = await client.query<{ recipient_id: number }>({
    ...statement('end_no_longer_due'),
    values: [
      accountId,
      rows.map(({ batchId }) => batchId),
      rows.map(({ number }) => number),
      rows.map(({ day }) => day),
      NO_LONGER_DUE,
    ],
  });
  return new Set(ended.map((row) => row.recipient_id));
}

async function forgetOccasions(
  client: Queryable,
  run: { readonly accountId: number; readonly jobId: number; readonly id: number },
  date: { readonly name: string; readonly offsetDays: number },
  people: readonly Replanned[],
): Promise<void> {
  if (people.length === 0) return;
  await client.query(
    `DELETE FROM occasions o USING unnest($5::bigint[], $6::text[]) AS w (recipient_id, period)
     WHERE o.account_id = $1 AND o.job_id = $2 AND o.recipient_id = w.recipient_id AND o.date_name = $3 AND o.offset_days = $4
       AND o.period = w.period`,
    [
      run.accountId,
      run.jobId,
      date.name,
      date.offsetDays,
      people.map(({ recipientId }) => recipientId),
      people.map(({ period }) => period),
    ],
  );
  const counted = (as: 'duplicate' | 'unreachable') => people.filter((person) => person.counted === as).length;
  const [duplicates, unreachable] = [counted('duplicate'), counted('unreachable')];
  if (duplicates + unreachable === 0) return;
  await client.query(
    `UPDATE runs SET people = people - $3 - $4, duplicates = duplicates - $3, unreachable = unreachable - $4
     WHERE account_id = $1 AND id = $2`,
    [run.accountId, run.id, duplicates, unreachable],
  );
}

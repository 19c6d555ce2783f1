/** Timed, fenced ownership of batches: lease, renew, release, and what happens to leases that ran out. */
import type { Queryable } from './pool.ts';
import { statement } from './statements.ts';

/** A batch that we hold until its lease runs out; `fence` proves it in every claim. */
export interface LeasedBatch {
  readonly accountId: number;
  readonly id: number;
  readonly runId: number;
  readonly jobId: number;
  /** The run's day, `YYYY-MM-DD`. */
  readonly day: string;
  readonly channel: string;
  readonly providerAccountId: number;
  readonly single: boolean;
  readonly fence: number;
  /** Rows that were `scheduled` at the time of the lease. */
  readonly scheduled: number;
  readonly size: number;
}

interface LeaseRow {
  account_id: number;
  id: number;
  run_id: number;
  job_id: number;
  day: string;
  channel: string;
  provider_account_id: number;
  single: boolean;
  fence: number;
  scheduled: number;
  size: number;
}

function toLeased(row: LeaseRow): LeasedBatch {
  return {
    accountId: row.account_id,
    id: row.id,
    runId: row.run_id,
    jobId: row.job_id,
    day: row.day,
    channel: row.channel,
    providerAccountId: row.provider_account_id,
    single: row.single,
    fence: row.fence,
    scheduled: row.scheduled,
    size: row.size,
  };
}

/** Leases one batch, or `undefined` when there is nothing for us to do there now. */
export async function leaseBatch(
  db: Queryable,
  batch: { accountId: number; batchId: number },
  lease: { leaseMs: number; owner: string },
): Promise<LeasedBatch | undefined> {
  const { rows } = await db.query<LeaseRow>({
    ...statement('lease_batch'),
    values: [batch.accountId, batch.batchId, lease.leaseMs, lease.owner],
  });
  return rows[0] && toLeased(rows[0]);
}

/** Leases up to `limit` due one-row batches of a channel in one statement. */
export async function leaseSingles(
  db: Queryable,
  wanted: { channel: string; limit: number; leaseMs: number; owner: string },
): Promise<LeasedBatch[]> {
  const { rows } = await db.query<LeaseRow>({
    ...statement('lease_singles'),
    values: [wanted.channel, wanted.limit, wanted.leaseMs, wanted.owner],
  });
  return rows.map(toLeased);
}

/**
 * Renews the leases that are still ours.
 * @returns those of `batches` that were renewed. Not their ids: who stood still may hold a newer lease of a batch beside one that was lost.
 */
export async function renewLeases<Batch extends { accountId: number; id: number; fence: number }>(
  db: Queryable,
  batches: readonly Batch[],
  leaseMs: number,
): Promise<Set<Batch>> {
  if (batches.length === 0) return new Set();
  const { rows } = await db.query<{ id: number; fence: number }>({
    ...statement('renew_leases'),
    values: [batches.map((b) => b.accountId), batches.map((b) => b.id), batches.map((b) => b.fence), leaseMs],
  });
  const renewed = new Set(rows.map(({ id, fence }) => `${id}.${fence}`));
  return new Set(batches.filter(({ id, fence }) => renewed.has(`${id}.${fence}`)));
}

/** What a release answers: `released` with what is left to do, or `refused` (not ours any more, or rows are `sending`). */
export type ReleaseResult =
  | { readonly kind: 'released'; readonly open: boolean; readonly dueInMs: number }
  | { readonly kind: 'refused' };

/** Gives a lease back; refused while an outcome of the batch is missing. */
export async function releaseBatch(
  db: Queryable,
  batch: { accountId: number; id: number; fence: number; day: string },
): Promise<ReleaseResult> {
  const { rows } = await db.query<{ open: boolean; due_in_ms: number }>({
    ...statement('release_batch', batch.day),
    values: [batch.accountId, batch.id, batch.fence, batch.day],
  });
  const row = rows[0];
  return row ? { kind: 'released', open: row.open, dueInMs: row.due_in_ms } : { kind: 'refused' };
}

/**
 * Gives back the leases of one-row batches of one day.
 * @returns `open`: how many went back with something left to do; `sending`: how many could not, because their row is
 *   `sending` under our fence.
 */
export async function releaseSingles(
  db: Queryable,
  batches: readonly LeasedBatch[],
): Promise<{ open: number; sending: number }> {
  const day = batches[0]?.day;
  if (day === undefined) return { open: 0, sending: 0 };
  const keys = [batches.map((b) => b.accountId), batches.map((b) => b.id), batches.map((b) => b.fence)];
  const released = await db.query({ ...statement('release_singles', day), values: [...keys, day] });
  const { rows } = await db.query<{ sending: number }>({
    name: 'singles_sending',
    text: `SELECT count(*) AS sending FROM unnest($1::int[], $2::bigint[], $3::int[]) AS mine (account_id, id, fence)
           JOIN batches b USING (account_id, id, fence) WHERE b.sending > 0`,
    values: keys,
  });
  return { open: released.rowCount ?? 0, sending: rows[0]?.sending ?? 0 };
}

/** Settles up to `limit` leases that ran out: what was `sending` becomes `unknown`, the rest may be enqueued again. */
export async function rescueLeases(
  db: Queryable,
  limit: number,
): Promise<{ accountId: number; batchId: number; channel: string; unknown: number }[]> {
  const { rows } = await db.query<{ account_id: number; id: number; channel: string; unknown: number }>({
    ...statement('rescue_leases'),
    values: [limit],
  });
  return rows.map((row) => ({
    accountId: row.account_id,
    batchId: row.id,
    channel: row.channel,
    unknown: row.unknown,
  }));
}

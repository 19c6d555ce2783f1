/** Which batches to wake next. Marks them in Postgres first; adding to the queue comes after the commit. */
import type { Queryable } from './pool.ts';
import { statement } from './statements.ts';

/** A batch to be woken in `dueInMs`; `generation` makes its wake-up's id unlike every earlier one. */
export interface WakeBatch {
  readonly accountId: number;
  readonly batchId: number;
  readonly generation: number;
  readonly size: number;
  readonly dueInMs: number;
}

/** One moment at which single deliveries of a channel are due, and how many. */
export interface WakeSingles {
  readonly dueAtMs: number;
  readonly dueInMs: number;
  readonly batches: number;
}

/** Takes batches into the windows of their accounts. Safe to call from anywhere at any time. */
export async function enqueueBatches(
  db: Queryable,
  wanted: { channel: string; window: number; horizonMs: number },
): Promise<WakeBatch[]> {
  const { rows } = await db.query<{
    account_id: number;
    id: number;
    generation: number;
    size: number;
    due_in_ms: number;
  }>({ ...statement('enqueue_batches'), values: [wanted.channel, wanted.window, wanted.horizonMs] });
  return rows.map((row) => ({
    accountId: row.account_id,
    batchId: row.id,
    generation: row.generation,
    size: row.size,
    dueInMs: row.due_in_ms,
  }));
}

/** Marks single deliveries due within the horizon as enqueued; returns the moments that need a wake-up. */
export async function enqueueSingles(
  db: Queryable,
  wanted: { channel: string; horizonMs: number; limit: number },
): Promise<WakeSingles[]> {
  const { rows } = await db.query<{ due_at_ms: number; due_in_ms: number; batches: number }>({
    ...statement('enqueue_singles'),
    values: [wanted.channel, wanted.horizonMs, wanted.limit],
  });
  return rows.map((row) => ({ dueAtMs: row.due_at_ms, dueInMs: row.due_in_ms, batches: row.batches }));
}

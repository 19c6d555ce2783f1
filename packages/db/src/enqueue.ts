/** Which batches to wake next. Marked here first and committed; adding to the queue comes after. */
import type { WakeBatch, WakeSingles, WakeSource } from '@carillon/contracts';
import type pg from 'pg';
import { statement } from './statements.ts';

export interface WakeSourceOptions {
  /** Batches per account and channel that may be due and enqueued at once, and as many again that are due soon. */
  readonly window: number;
  /** How far ahead of its due time a batch is enqueued; what is further away costs Redis nothing. */
  readonly horizonMs: number;
}

/** Single deliveries marked per statement; the rest follows in the next. */
const SINGLES_PER_STATEMENT = 5_000;

/** The choice of what to wake, over the pool. Without state of its own: any number of processes may ask at any time. */
export function createWakeSource(pool: pg.Pool, options: WakeSourceOptions): WakeSource {
  return {
    async take(channel) {
      const batches = await takeBatches(pool, channel, options);
      const singles: WakeSingles[] = [];
      for (;;) {
        const moments = await takeSingles(pool, channel, options);
        singles.push(...moments);
        if (moments.reduce((sum, moment) => sum + moment.batches, 0) < SINGLES_PER_STATEMENT) break;
      }
      return { batches, singles };
    },
    async giveBack(channel, taken) {
      await pool.query(
        `UPDATE batches b SET enqueued_at = NULL
         FROM (SELECT account_id, id FROM batches
               WHERE open AND enqueued_at IS NOT NULL AND lease_until IS NULL AND channel = $1
                 AND (NOT single AND (account_id, id, generation) IN (SELECT * FROM unnest($2::int[], $3::bigint[], $4::int[]))
                      OR single AND ceil(extract(epoch FROM due_at)::float8 * 1000) = ANY ($5::float8[]))
               ORDER BY account_id, id FOR UPDATE) lost
         WHERE b.account_id = lost.account_id AND b.id = lost.id`,
        [
          channel,
          taken.batches.map((batch) => batch.accountId),
          taken.batches.map((batch) => batch.batchId),
          taken.batches.map((batch) => batch.generation),
          taken.singles.map((moment) => Math.ceil(moment.dueAtMs)),
        ],
      );
    },
  };
}

async function takeBatches(pool: pg.Pool, channel: string, options: WakeSourceOptions): Promise<WakeBatch[]> {
  const { rows } = await pool.query<{
    account_id: number;
    id: number;
    generation: number;
    size: number;
    due_in_ms: number;
  }>({ ...statement('enqueue_batches'), values: [channel, options.window, options.horizonMs] });
  return rows.map((row) => ({
    accountId: row.account_id,
    batchId: row.id,
    generation: row.generation,
    size: row.size,
    dueInMs: row.due_in_ms,
  }));
}

async function takeSingles(pool: pg.Pool, channel: string, options: WakeSourceOptions): Promise<WakeSingles[]> {
  const { rows } = await pool.query<{ due_at_ms: number; due_in_ms: number; batches: number }>({
    ...statement('enqueue_singles'),
    values: [channel, options.horizonMs, SINGLES_PER_STATEMENT],
  });
  return rows.map((row) => ({ dueAtMs: row.due_at_ms, dueInMs: row.due_in_ms, batches: row.batches }));
}

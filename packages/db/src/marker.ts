/**
 * The marker by which we notice at once that Redis was emptied, replaced or put back to an old snapshot: an epoch that
 * names this data, and a beat that only grows, kept in both stores. Redis's is written before Postgres's is committed, so
 * Redis may be ahead by one beat and is never behind, unless it lost something.
 */
import type pg from 'pg';
import { inTransaction, type Queryable } from './pool.ts';
import { isFarAhead, markRestored } from './restore.ts';

/** The marker as one of the stores has it. */
export interface RedisMarker {
  readonly epoch: string;
  readonly beat: number;
}

/** An epoch that no installation has. */
const REPAIR_EPOCH = '00000000-0000-0000-0000-000000000000';

/** What the two stores' markers say together. */
export type MarkerCheck =
  | { readonly kind: 'intact' }
  /** Neither store had one: the first start, and the markers were written. */
  | { readonly kind: 'first' }
  /** Redis's marker changed while we looked; the next pass tells what happened. */
  | { readonly kind: 'changed' }
  /** Redis remembers what Postgres does not: it was put back to a backup. Everything is held now. */
  | { readonly kind: 'restored' }
  | { readonly kind: 'lost'; readonly reason: 'missing' | 'foreign' | 'behind' };

/**
 * Compares the markers and advances both, one sweeper at a time (the row is locked meanwhile).
 * @param redis reads Redis's marker, and replaces it only if it still is `expected`: a loss between the two must not be
 *   covered by our own writing. Errors end the check without a change, and so does a marker that changed under us.
 * @param onLost runs before the new marker is written: it must bring back what Redis lost. If it fails, or Redis is emptied
 *   once more meanwhile, no valid marker stands there and the next pass finds the loss again.
 */
export async function checkMarker(
  pool: pg.Pool,
  redis: {
    read(): Promise<RedisMarker | undefined>;
    replace(expected: RedisMarker | undefined, marker: RedisMarker): Promise<boolean>;
  },
  onLost: (reason: 'missing' | 'foreign' | 'behind') => Promise<void>,
): Promise<MarkerCheck> {
  return await inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ redis_epoch: string; redis_beat: number }>(
      'SELECT redis_epoch, redis_beat FROM installation FOR UPDATE',
    );
    const row = rows[0];
    if (!row) throw new Error('the installation row is missing; were the migrations applied?');
    const found = await redis.read();
    if (isFarAhead(found, { epoch: row.redis_epoch, beat: row.redis_beat })) {
      await markRestored(client, found?.beat);
      return { kind: 'restored' };
    }
    // Nothing was ever written there that could have been lost.
    const first = found === undefined && row.redis_beat === 0;
    const reason = first
      ? undefined
      : found === undefined
        ? 'missing'
        : found.epoch !== row.redis_epoch
          ? 'foreign'
          : found.beat < row.redis_beat
            ? 'behind'
            : undefined;
    let standing = found;
    if (reason !== undefined) {
      // Nobody's marker, for the time of the repair: it shows whether Redis lost what the repair brought back.
      standing = { epoch: REPAIR_EPOCH, beat: row.redis_beat };
      if (!(await redis.replace(found, standing))) return { kind: 'changed' };
      await onLost(reason);
    }
    // Redis may be ahead by the beat whose commit failed; the next beat is above both.
    const beat = Math.max(row.redis_beat, found?.epoch === row.redis_epoch ? found.beat : 0) + 1;
    if (!(await redis.replace(standing, { epoch: row.redis_epoch, beat }))) return { kind: 'changed' };
    await client.query(
      'UPDATE installation SET redis_beat = $1, redis_lost_at = CASE WHEN $2 THEN carillon_now() ELSE redis_lost_at END',
      [beat, reason !== undefined],
    );
    if (reason !== undefined) return { kind: 'lost', reason };
    return { kind: first ? 'first' : 'intact' };
  });
}

/** The queue settings as Postgres has them, to be put back into a Redis that lost them. */
export async function readQueueSettings(pool: pg.Pool): Promise<Map<string, { paused: boolean }>> {
  const { rows } = await pool.query<{ queue: string; paused: boolean }>('SELECT queue, paused FROM queue_settings');
  return new Map(rows.map((row) => [row.queue, { paused: row.paused }]));
}

/** Remembers whether a queue is paused, so that the pause survives Redis. */
export async function writeQueuePaused(db: Queryable, queue: string, paused: boolean): Promise<void> {
  await db.query(
    `INSERT INTO queue_settings (queue, paused, updated_at) VALUES ($1, $2, carillon_now())
     ON CONFLICT (queue) DO UPDATE SET paused = excluded.paused, updated_at = excluded.updated_at`,
    [queue, paused],
  );
}

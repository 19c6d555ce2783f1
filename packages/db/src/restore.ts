/**
 * A database that was restored from a backup does not know what was sent since. It starts held; what was due since the
 * backup is marked `unknown`, settled by reports or by hand, and only then is the hold released.
 */
import { OCCURRENCE_ONCE } from '@carillon/contracts';
import type pg from 'pg';
import { flagRuns } from './control.ts';
import { passAllDates } from './datePass.ts';
import { beginExpansions, expandStep } from './expansion.ts';
import { rescueLeases } from './leases.ts';
import { PLANNABLE_COLUMNS, type PlannableRow, plannableOf } from './plannable.ts';
import { planDueJobs, planRun } from './planning.ts';
import { inTransaction, type Queryable } from './pool.ts';
import { passOverPaused, planSchedules } from './schedulePass.ts';
import { statement } from './statements.ts';

/** So many numbers may have been given out since the backup, and must not be given out again. */
const BIG_GAP = 1_000_000;
const SMALL_GAP = 10_000;
const RESTORED_REASON = 'restored from a backup: settle what was due since, then release';
/** Redis is written first, so it may be some beats ahead when commits fail; a backup is older than that. */
const BEATS_AHEAD_MAX = 10;
const ROWS_PER_PASS = 200;
/** How late moments of schedules count as missed, as schedulers have it by default. */
const MISSED_AFTER_MS = 60_000;
/** After settling, jobs of dates are passed over again as usual; schedulers know better how often. */
const DATE_PASS_MS = 3_600_000;
const DATES_PER_PAGE = 5_000;

/** What a start found. */
export type Recognition =
  | { readonly kind: 'first' | 'known' }
  | { readonly kind: 'restored'; readonly reason: 'other_database' | 'redis_ahead' };

/**
 * Called by every service before it works: recognises a restored database and holds it.
 * @param options.hold places a hold on everything, whatever is found (the setting CARILLON_HOLD)
 * @param options.redis Redis's marker, if it could be read: one that is far ahead remembers what Postgres does not
 */
export async function recogniseDatabase(
  pool: pg.Pool,
  options: { readonly hold: boolean; readonly redis: { epoch: string; beat: number } | undefined },
): Promise<Recognition> {
  return await inTransaction(pool, async (client) => {
    const { rows } = await client.query<{
      identity: string;
      database_identity: string | null;
      redis_epoch: string;
      redis_beat: number;
    }>(`SELECT database_identity, redis_epoch, redis_beat, ${IDENTITY} AS identity FROM installation FOR UPDATE`);
    const row = rows[0];
    if (!row) throw new Error('the installation row is missing; were the migrations applied?');
    if (options.hold) await holdEverything(client, 'CARILLON_HOLD was set at a start');
    const { redis } = options;
    const ahead = isFarAhead(redis, { epoch: row.redis_epoch, beat: row.redis_beat });
    const moved = row.database_identity !== null && row.database_identity !== row.identity;
    if (!moved && !ahead) {
      if (row.database_identity === null) {
        await client.query('UPDATE installation SET database_identity = $1', [row.identity]);
        return { kind: 'first' };
      }
      return { kind: 'known' };
    }
    await markRestored(client, redis?.beat);
    return { kind: 'restored', reason: moved ? 'other_database' : 'redis_ahead' };
  });
}

/** Whether Redis's marker remembers so much more than Postgres that only a restore explains it. */
export function isFarAhead(
  redis: { epoch: string; beat: number } | undefined,
  known: { epoch: string; beat: number },
): boolean {
  return redis !== undefined && redis.epoch === known.epoch && redis.beat - known.beat > BEATS_AHEAD_MAX;
}

/** Which cluster and database this is, as SQL. */
const IDENTITY = `(SELECT system_identifier FROM pg_control_system()) || '/' ||
  (SELECT oid FROM pg_database WHERE datname = current_database())`;

/** Holds everything and says so; afterwards the database is known as it is now. */
export async function markRestored(client: Queryable, redisBeat: number | undefined): Promise<void> {
  await holdEverything(client, RESTORED_REASON);
  await client.query(
    `UPDATE installation SET database_identity = ${IDENTITY}, restored_at = carillon_now(), restore_settled_at = NULL,
                             redis_beat = greatest(redis_beat, $1::bigint)`,
    [redisBeat ?? 0],
  );
  await leaveGaps(client);
}

async function holdEverything(client: Queryable, reason: string): Promise<void> {
  await client.query(
    `INSERT INTO holds (account_id, channel, reason, created_at, created_by) VALUES (NULL, NULL, $1, carillon_now(), 'start')
     ON CONFLICT (account_id, channel) DO NOTHING`,
    [reason],
  );
}

/** A late report about a batch that the backup does not know must not meet another batch of the same number. */
async function leaveGaps(client: Queryable): Promise<void> {
  await client.query(
    `SELECT setval(format('%I.%I', schemaname, sequencename)::regclass,
                   coalesce(last_value, 0) + CASE WHEN data_type = 'bigint'::regtype THEN $1::bigint ELSE $2::bigint END)
     FROM pg_sequences WHERE schemaname = current_schema()`,
    [BIG_GAP, SMALL_GAP],
  );
}

/** How a settling of a restored database went. */
export type RestoreResult =
  | {
      readonly kind: 'settled';
      /** Deliveries that were due since the backup, and are `unknown` with the code `restored` now. */
      readonly unknown: number;
      /** Everything due until then counts as possibly sent. */
      readonly untilMs: number;
    }
  /** Nothing may be marked while senders could send it. */
  | { readonly kind: 'not_held' };

/**
 * Marks everything that was due until the restore as `unknown`, after planning and expanding it: also what would only have
 * been planned since the backup may have been sent. May be repeated; a kill in between loses nothing.
 */
export async function settleRestored(pool: pg.Pool): Promise<RestoreResult> {
  const until = await inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ held: boolean; recognised: boolean }>(
      // A hold that is younger than the last settling belongs to another restore.
      `SELECT h.id IS NOT NULL AS held,
              i.restored_at IS NOT NULL AND coalesce(h.created_at <= i.restore_settled_at, true) AS recognised
       FROM installation i LEFT JOIN holds h ON h.account_id IS NULL AND h.channel IS NULL FOR UPDATE OF i`,
    );
    const row = rows[0];
    if (!row?.held) return undefined;
    // A backup of the whole cluster cannot be recognised by its identity; whoever settles says that it was one.
    if (!row.recognised) await markRestored(client, undefined);
    const now = await client.query<{ restored_at: Date }>('SELECT restored_at FROM installation');
    return now.rows[0]?.restored_at;
  });
  if (until === undefined) return { kind: 'not_held' };
  while ((await rescueLeases(pool, ROWS_PER_PASS)).length > 0);
  while (await planPaused(pool, until));
  while (await passOverPaused(pool, until));
  await planUntil(pool, until);
  await passAllDates(pool, { aheadMs: 0, intervalMs: DATE_PASS_MS, pageSize: DATES_PER_PAGE });
  const unknown = await markUnknown(pool, until);
  await pool.query('UPDATE installation SET restore_settled_at = carillon_now()');
  return { kind: 'settled', unknown, untilMs: until.getTime() };
}

/**
 * Plans one job that the backup has as paused and whose moment came since: it may have been resumed and sent, and must not
 * be once more when somebody resumes it again. It stays paused, and so does its run.
 * @returns whether there was one
 */
async function planPaused(pool: pg.Pool, until: Date): Promise<boolean> {
  return await inTransaction(pool, async (client) => {
    const { rows } = await client.query<PlannableRow>(
      `SELECT ${PLANNABLE_COLUMNS} FROM jobs WHERE status = 'paused' AND next_run_at <= $1 AND NOT dated AND NOT recurring
       ORDER BY next_run_at LIMIT 1 FOR UPDATE`,
      [until],
    );
    const row = rows[0];
    if (!row) return false;
    const { account_id: accountId, id: jobId } = row;
    await planRun(client, plannableOf(row), { occurrenceKey: OCCURRENCE_ONCE, dueAtMs: row.next_run_at_ms });
    await client.query('UPDATE jobs SET next_run_at = NULL WHERE account_id = $1 AND id = $2', [accountId, jobId]);
    await flagRuns(client, accountId, jobId, 'pause');
    return true;
  });
}

async function planUntil(pool: pg.Pool, until: Date): Promise<void> {
  for (;;) {
    const once = await planDueJobs(pool, { horizonMs: 0, limit: ROWS_PER_PASS });
    const again = await planSchedules(pool, { aheadMs: 0, missedAfterMs: MISSED_AFTER_MS, limit: ROWS_PER_PASS });
    const failures = [...once.failures, ...again.failures];
    if (failures[0]) throw new Error(`job ${failures[0].jobId} cannot be planned`, { cause: failures[0].error });
    await beginExpansions(pool, ROWS_PER_PASS);
    while ((await expandStep(pool)) !== undefined);
    if (once.planned + again.decided > 0) continue;
    const { rows } = await pool.query<{ left: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM runs WHERE state IN ('planned', 'expanding') AND due_at <= $1 AND cancelled_at IS NULL) AS left`,
      [until],
    );
    if (!rows[0]?.left) return;
    // Another scheduler has the rest in hand.
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function markUnknown(pool: pg.Pool, until: Date): Promise<number> {
  // What the jobs chose for unknown outcomes does not hold for these: a second send must be somebody's decision.
  await pool.query(
    `UPDATE batches b SET unknown_action = 'hold', settle_at = NULL
     FROM (SELECT account_id, id FROM batches WHERE (open AND due_at <= $1) OR settle_at IS NOT NULL
           ORDER BY account_id, id FOR UPDATE) o
     WHERE b.account_id = o.account_id AND b.id = o.id`,
    [until],
  );
  let total = 0;
  for (;;) {
    const { rows } = await pool.query<{ rows: number }>({
      ...statement('mark_restored'),
      values: [until, ROWS_PER_PASS],
    });
    const marked = rows.reduce((sum, row) => sum + row.rows, 0);
    total += marked;
    if (rows.length === 0) return total;
  }
}

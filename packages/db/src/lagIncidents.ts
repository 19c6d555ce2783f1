/**
 * Channels that are late, as operators are told of them: an incident from the moment at which the eldest due batch is older than the
 * channel's limit until it is younger than half of that, and the alerts of both. Half, so that a channel about its limit is one
 * incident and not fifty. The rows are what makes them single: any number of sweepers, restarted at any time, find the same ones.
 */
import type pg from 'pg';
import { inTransaction, type Queryable } from './pool.ts';
import { readLag } from './sweeps.ts';

/** How operators are told. */
export type AlertWay = 'webhook' | 'email';

/** What is judged. */
export interface LagLimits {
  /** Channels that are looked after. */
  readonly channels: readonly string[];
  /** The limit of a channel, ms. */
  readonly limitMsOf: (channel: string) => number;
}

/** What changed; nothing where another sweeper judges at this moment. */
export interface LagJudgement {
  readonly began: readonly string[];
  readonly ended: readonly string[];
}

const NOTHING: LagJudgement = { began: [], ended: [] };

/**
 * Begins and ends incidents by the lag of this moment. Reading and judging are one turn that sweepers take one after another: else one
 * that read before a channel recovered could begin an incident after another one had ended it.
 */
export async function judgeLag(pool: pg.Pool, { channels, limitMsOf }: LagLimits): Promise<LagJudgement> {
  return await inTransaction(pool, async (client) => {
    const turn = await client.query<{ mine: boolean }>(
      `SELECT pg_try_advisory_xact_lock(hashtext('carillon.lag')) AS mine`,
    );
    if (turn.rows[0]?.mine !== true) return NOTHING;
    const lags = new Map((await readLag(client, 0)).map((lag) => [lag.channel, lag]));
    const open = await client.query<{ channel: string }>('SELECT channel FROM lag_incidents WHERE ended_at IS NULL');
    const isOpen = new Set(open.rows.map(({ channel }) => channel));
    const oldestMsOf = (channel: string): number => lags.get(channel)?.oldestDueMs ?? 0;
    const began = channels.filter((channel) => !isOpen.has(channel) && oldestMsOf(channel) > limitMsOf(channel));
    // A channel that is not looked after any more is late no longer, as far as anybody can tell.
    const ended = [...isOpen].filter(
      (channel) => !channels.includes(channel) || oldestMsOf(channel) < limitMsOf(channel) / 2,
    );
    for (const channel of began) {
      const values = [channel, oldestMsOf(channel), limitMsOf(channel), lags.get(channel)?.dueDeliveries ?? 0];
      await client.query(
        `INSERT INTO lag_incidents (channel, began_at, oldest_ms, limit_ms, due)
         VALUES ($1, carillon_now(), round($2::float8), $3, $4) ON CONFLICT DO NOTHING`,
        values,
      );
    }
    await client.query(
      'UPDATE lag_incidents SET ended_at = carillon_now() WHERE ended_at IS NULL AND channel = ANY ($1::text[])',
      [ended],
    );
    return { began, ended };
  });
}

/** An alert that is to be told now. */
export interface DueAlert {
  readonly incidentId: number;
  readonly what: 'began' | 'ended';
  readonly way: AlertWay;
  /** Which try this is, the first being 1. */
  readonly tries: number;
  readonly channel: string;
  readonly beganAtMs: number;
  /** Of one that `ended`. */
  readonly endedAtMs: number | null;
  readonly oldestMs: number;
  readonly limitMs: number;
  readonly due: number;
}

/** What ended longer ago than this is told no more to a way that was not there at the time. */
const LOOK_BACK = `interval '1 day'`;

/**
 * Writes down what is to be told: of every incident that goes on its beginning, and of one that ended its end, by the ways whose
 * operators know that it began.
 */
export async function planAlerts(db: Queryable, ways: readonly AlertWay[]): Promise<void> {
  await db.query(
    `INSERT INTO operator_alerts (incident_id, what, way, due_at)
     SELECT i.id, 'began', w.way, carillon_now() FROM lag_incidents i, unnest($1::text[]) AS w (way) WHERE i.ended_at IS NULL
     ON CONFLICT DO NOTHING`,
    [ways],
  );
  await db.query(
    `INSERT INTO operator_alerts (incident_id, what, way, due_at)
     SELECT i.id, 'ended', a.way, carillon_now()
     FROM lag_incidents i JOIN operator_alerts a ON a.incident_id = i.id AND a.what = 'began'
     WHERE i.ended_at > carillon_now() - ${LOOK_BACK}
     ON CONFLICT DO NOTHING`,
  );
}

/**
 * Takes alerts that are due, each until its next try: that is moved before the call, so that a sweeper that dies in it keeps nobody
 * else from trying, and none tries at the same time. The end of an incident waits for its beginning.
 * @param backoff wait after the first try, twice as long after each further one, up to `maxMs`; at least what a call takes
 */
export async function takeAlerts(
  db: Queryable,
  ways: readonly AlertWay[],
  backoff: { readonly initialMs: number; readonly maxMs: number; readonly limit: number },
): Promise<DueAlert[]> {
  const ms = (column: string, name: string) => `extract(epoch FROM ${column})::float8 * 1000 AS "${name}"`;
  const { rows } = await db.query<DueAlert>(
    `UPDATE operator_alerts a
     SET tries = a.tries + 1,
         due_at = carillon_now() + least($2::float8 * 2 ^ least(a.tries, 30), $3::float8) * interval '1 millisecond'
     FROM (
       SELECT a.incident_id, a.what, a.way FROM operator_alerts a
       WHERE a.told_at IS NULL AND a.way = ANY ($1::text[]) AND a.due_at <= carillon_now()
         AND (a.what = 'began' OR NOT EXISTS (
           SELECT 1 FROM operator_alerts b
           WHERE b.incident_id = a.incident_id AND b.way = a.way AND b.what = 'began' AND b.told_at IS NULL))
       ORDER BY a.due_at LIMIT $4 FOR UPDATE SKIP LOCKED
     ) due JOIN lag_incidents i ON i.id = due.incident_id
     WHERE a.incident_id = due.incident_id AND a.what = due.what AND a.way = due.way
     RETURNING a.incident_id AS "incidentId", a.what, a.way, a.tries, i.channel, ${ms('i.began_at', 'beganAtMs')},
               ${ms('i.ended_at', 'endedAtMs')}, i.oldest_ms AS "oldestMs", i.limit_ms AS "limitMs", i.due`,
    [ways, backoff.initialMs, backoff.maxMs, backoff.limit],
  );
  return rows;
}

/** Notes that operators were told. */
export async function markTold(db: Queryable, alert: Pick<DueAlert, 'incidentId' | 'what' | 'way'>): Promise<void> {
  await db.query(
    `UPDATE operator_alerts SET told_at = carillon_now() WHERE incident_id = $1 AND what = $2 AND way = $3 AND told_at IS NULL`,
    [alert.incidentId, alert.what, alert.way],
  );
}

/** Forgets incidents that ended longer ago, told or not. @returns how many */
export async function dropOldIncidents(db: Queryable, keepDays: number): Promise<number> {
  const { rowCount } = await db.query(
    `DELETE FROM lag_incidents WHERE ended_at < carillon_now() - $1 * interval '1 day'`,
    [keepDays],
  );
  return rowCount ?? 0;
}

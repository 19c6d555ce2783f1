/** The database's clock, which all statements share. Only tests and benchmarks move it. */
import type { Queryable } from './pool.ts';

/** What carillon_now() says, in epoch milliseconds. */
export async function readDatabaseTime(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ now_ms: number }>(
    'SELECT extract(epoch FROM carillon_now())::float8 * 1000 AS now_ms',
  );
  const nowMs = rows[0]?.now_ms;
  if (nowMs === undefined) throw new Error('the database did not tell the time');
  return nowMs;
}

/**
 * Refuses to go on in production when somebody moved the clock: everything would be sent at the wrong time.
 * @throws Error that says what to do
 */
export async function refuseMovedClock(db: Queryable, environment: string): Promise<void> {
  if (environment !== 'production' || !(await isClockMoved(db))) return;
  throw new Error(
    "the database's clock is moved, which only tests may do; set it right with: UPDATE clock SET ahead = '0', speed = 1",
  );
}

async function isClockMoved(db: Queryable): Promise<boolean> {
  const { rows } = await db.query<{ moved: boolean }>(`SELECT speed <> 1 OR ahead <> interval '0' AS moved FROM clock`);
  return rows[0]?.moved ?? false;
}

/** Sets the clock ahead (or back) and changes its speed; for tests and benchmarks only. */
export async function moveClock(db: Queryable, to: { aheadMs: number; speed: number }): Promise<void> {
  await db.query(
    `UPDATE clock SET anchored_at = clock_timestamp(), ahead = $1::float8 * interval '1 millisecond', speed = $2`,
    [to.aheadMs, to.speed],
  );
}

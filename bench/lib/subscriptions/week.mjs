/**
 * Moves the database's clock through a stretch of time: to each moment at which something is due, and on only when nothing is left
 * to do there. Nothing is waited for by time; a standstill is told with what is open.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { moveClock } from '@carillon/db';

const POLL_MS = 25;
/** So long everything may stand still before it counts as stuck. */
const STUCK_MS = 120_000;
/** Something is due within this: the clock gets there by itself, and what happens then is not overtaken. */
const NEAR_MS = 2_000;
/** The longest step, so that passes find their hours. */
const STEP_MS = 3 * 3_600_000;

/**
 * Sets the clock, which goes on from there at its usual speed.
 * @param toMs epoch milliseconds
 */
export async function setClock(pool, toMs) {
  await moveClock(pool, { aheadMs: toMs - Date.now(), speed: 1 });
}

/**
 * What moves the clock.
 * @param scheduler the one scheduler, whose rounds say when a look at addresses is over
 * @param lookUpMs how long after its loss an answer is asked for
 */
export function createWeek({ pool, scheduler, lookUpMs }) {
  let looksSeen;

  /**
   * Waits until nothing is left to do at this moment.
   * @param wanted.lost that no check is open whose answer was lost either
   * @throws Error when nothing moves any more; it says what is open
   */
  async function settled({ lost = false } = {}) {
    let seen = '';
    let sinceMs = performance.now();
    for (;;) {
      const state = await readState(pool);
      const { nowMs, nextDueMs, looksAtMs, ...open } = state;
      const isNear = nextDueMs !== null && nextDueMs <= nowMs + NEAR_MS;
      const isOpen = open.leased + open.unlooked + open.due > 0 || (lost && open.lostChecks > 0) || isNear;
      if (!isOpen) {
        if (looksAtMs === looksSeen) return state;
        // A look at the addresses of whom is told later was begun since; what it asks for is due as it ends.
        await roundEnds(scheduler, 'checks_ahead');
        looksSeen = looksAtMs;
        continue;
      }
      const now = JSON.stringify(open);
      if (now !== seen) {
        seen = now;
        sinceMs = performance.now();
      }
      if (performance.now() - sinceMs > STUCK_MS) {
        throw new Error(`nothing moves any more at ${new Date(nowMs).toISOString()}: ${JSON.stringify(state)}`);
      }
      await pause(POLL_MS);
    }
  }

  return {
    settled,
    /**
     * Goes on to an instant. Returns when all that was due by then has been done.
     * @param onStep told the clock's time (epoch ms) before each step
     */
    async passTo(toMs, onStep = () => {}) {
      for (;;) {
        const { nowMs, nextDueMs, lostChecks } = await settled();
        onStep(nowMs);
        if (nowMs >= toMs) return;
        // An answer that was lost is asked for by the machine's clock, and hours of this one must not pass meanwhile.
        const stepMs = lostChecks > 0 ? lookUpMs : STEP_MS;
        await setClock(pool, Math.min(nextDueMs ?? toMs, nowMs + stepMs, toMs));
        if (lostChecks > 0) await settled({ lost: true });
      }
    },
  };
}

/** Resolves when a round of a duty has ended that ran at this moment, or a later one. */
async function roundEnds(service, duty) {
  const before = await roundsOf(service, duty);
  const sinceMs = performance.now();
  while ((await roundsOf(service, duty)) === before) {
    if (performance.now() - sinceMs > STUCK_MS) throw new Error(`no round of the duty ${duty} ends any more`);
    await pause(POLL_MS);
  }
}

async function roundsOf({ baseUrl }, duty) {
  const text = await (await fetch(`${baseUrl}/metrics`)).text();
  const counts = text.matchAll(new RegExp(`^carillon_duty_rounds_total\\{[^}]*duty="${duty}"[^}]*\\} (\\d+)`, 'gm'));
  return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
}

async function readState(pool) {
  const { rows } = await pool.query(
    `SELECT extract(epoch FROM n.now)::float8 * 1000 AS "nowMs",
            extract(epoch FROM min(b.due_at) FILTER (WHERE b.open AND b.lease_until IS NULL))::float8 * 1000 AS "nextDueMs",
            coalesce(sum(b.scheduled + b.sending), 0)::int AS waiting,
            count(*) FILTER (WHERE b.lease_until IS NOT NULL)::int AS leased,
            count(*) FILTER (WHERE b.open AND b.verify_until > n.now AND NOT b.checks_done AND b.checks_next_at <= n.now)::int
              AS unlooked,
            coalesce(sum(b.unknown) FILTER (WHERE b.channel = 'email_check'), 0)::int AS "lostChecks",
            (SELECT count(*) FROM jobs j WHERE j.dated AND j.status = 'active' AND n.now >= least(j.next_run_at, j.next_check_at))::int
              AS due,
            (SELECT extract(epoch FROM max(j.next_check_at))::float8 * 1000 FROM jobs j) AS "looksAtMs"
     FROM (SELECT carillon_now() AS now OFFSET 0) n LEFT JOIN batches b ON b.open OR b.unknown > 0 OR b.lease_until IS NOT NULL
     GROUP BY n.now`,
  );
  return rows[0];
}

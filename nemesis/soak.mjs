/** A long run at a steady rate with few faults: what it is made of, and whether the rate was kept. */
import { FAULT_SHOWS_MS } from './settings.mjs';

/**
 * The options of the schedule and of the load, and how much accounts are set up for, as a multiple of what is usual. So many announcements, of
 * 120 people each, make the 200 deliveries a second that are begun, with a few more for those that users cancel and suppress.
 */
export const SOAK = {
  seconds: 1_800,
  plan: { everyMs: 150_000, actsEveryMs: 20_000 },
  requests: { every: { announcement: 680 }, isSteady: true },
  accountLoad: 2.6,
};

/** Deliveries a second that are begun in each minute at least; 200 are asked for. */
const LEAST = 190;
const MINUTE_MS = 60_000;
/** A fault keeps up what would be begun, which follows later: over so many minutes that makes no difference. */
const MINUTES_TOGETHER = 10;

/**
 * How many deliveries a second were begun in each whole minute of a run, by the database. One that was tried again counts once, with its last try.
 * @param fromMs the start by the database's clock
 */
export async function readRates(pool, { fromMs, seconds }) {
  const minutes = Math.floor((seconds * 1_000) / MINUTE_MS);
  const { rows } = await pool.query(
    `SELECT floor((extract(epoch FROM sending_at) * 1000 - $1::float8) / $2::float8)::int AS minute, count(*)::int AS begun
     FROM deliveries WHERE sending_at IS NOT NULL GROUP BY 1`,
    [fromMs, MINUTE_MS],
  );
  const begun = new Map(rows.map((row) => [row.minute, row.begun]));
  return Array.from({ length: minutes }, (_, minute) => Math.round(((begun.get(minute) ?? 0) * 1_000) / MINUTE_MS));
}

/**
 * The rate is kept in each minute after the first, in which everything gets warm, but for those in which a fault was on or still showed. All of
 * them together have it whatever was on.
 * @param rates of `readRates`
 * @param applied faults with when they began and ended, epoch ms of this machine, as `startMs` is
 */
export function judgeRates(rates, { applied, startMs }) {
  const warm = rates.map((rate, minute) => ({ minute, rate })).slice(1);
  const isStruck = ({ minute }) => {
    const fromMs = startMs + minute * MINUTE_MS;
    return applied.some((fault) => fault.fromMs < fromMs + MINUTE_MS && fault.toMs + FAULT_SHOWS_MS > fromMs);
  };
  const violations = warm
    .filter((one) => one.rate < LEAST && !isStruck(one))
    .map(({ minute, rate }) => ({ kind: 'too_slow', who: `minute ${minute + 1}`, evidence: { rate, least: LEAST } }));
  if (warm.length < MINUTES_TOGETHER) return violations;
  const rate = Math.round(warm.reduce((sum, one) => sum + one.rate, 0) / warm.length);
  if (rate < LEAST) violations.push({ kind: 'too_slow', who: 'all minutes', evidence: { rate, least: LEAST, rates } });
  return violations;
}

/**
 * The judge of the steady load: when runs began, and whether each was done once. Times are the database's; that nothing is
 * missing or was done twice is asked of whoever was told: the ledgers of the providers and the service that was called.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { ledgerReader } from '@carillon/testkit';
import { KINDS } from './jobs.mjs';

const DONE = "d.state IN ('sent', 'delivered')";
const OF_JOBS = 'deliveries d JOIN runs r USING (account_id) JOIN jobs j USING (account_id)';
const LATE = 'extract(epoch FROM d.sending_at - d.due_at)::float8 * 1000';
const LATENESS = `percentile_disc(0.5) WITHIN GROUP (ORDER BY late) AS p50, percentile_disc(0.99) WITHIN GROUP (ORDER BY late) AS p99,
                  max(late) AS max, min(late) AS min`;

/** How late deliveries were begun that were due within some milliseconds; null without any. */
export async function latenessOf(pool, accountId, { fromMs, toMs }) {
  const { rows } = await pool.query(
    `SELECT ${LATENESS}, count(*)::int AS begun
     FROM (SELECT ${LATE} AS late FROM deliveries d WHERE d.account_id = $1 AND d.sending_at IS NOT NULL
           AND d.due_at >= to_timestamp($2::float8 / 1000) AND d.due_at < to_timestamp($3::float8 / 1000)) l`,
    [accountId, fromMs, toMs],
  );
  return rows[0];
}

/** By kind: runs begun and done, how late, and how many tries they took in all and at most. */
export async function latenessByKind(pool, accountId) {
  const { rows } = await pool.query(
    `SELECT kind, count(*)::int AS runs, count(*) FILTER (WHERE done)::int AS done, sum(try)::int AS tries, max(try)::int AS most, ${LATENESS}
     FROM (SELECT j.kind, d.try, ${DONE} AS done, ${LATE} AS late FROM ${OF_JOBS}
           WHERE d.account_id = $1 AND r.id = d.run_id AND j.id = r.job_id) l
     GROUP BY kind`,
    [accountId],
  );
  return Object.fromEntries(rows.map(({ kind, ...found }) => [kind, found]));
}

/** Waits until so many deliveries are done, at most until `untilMs`. */
export async function waitUntilDone(pool, accountId, count, untilMs) {
  for (;;) {
    const { rows } = await pool.query(
      `SELECT count(*)::int AS done FROM deliveries d WHERE account_id = $1 AND ${DONE}`,
      [accountId],
    );
    if (rows[0].done >= count || Date.now() > untilMs) return;
    await pause(1_000);
  }
}

/** What whoever was told says of it. @param called of `startCalled` */
export async function readLedgers(simulatorUrl, called) {
  const messages = await ledgerReader(simulatorUrl).totals();
  const response = await fetch(`${simulatorUrl}/payments/totals`);
  if (!response.ok) throw new Error(`the simulator answered ${response.status}: ${await response.text()}`);
  return { messages, payments: await response.json(), calls: called.totals() };
}

/**
 * Compares what was to be with what was done, by the database and by whoever was told.
 * @param wanted runs of each kind
 * @param found of {@link latenessByKind}
 * @param ledgers of {@link readLedgers}
 * @returns runs that are missing, and what was done more often than it was to be, by kind
 */
export function compare(wanted, found, { messages, payments, calls }) {
  // A call is made again whose answer was lost: each is to be heard, and none more often than it was tried.
  const tries = found.webhook?.tries ?? 0;
  const told = {
    webhook: { once: calls.different, twice: Math.max(0, calls.all - tries) },
    message: { once: messages.addresses, twice: messages.duplicates },
    payment: { once: payments.references, twice: payments.duplicates },
  };
  const missing = {};
  const twice = {};
  for (const kind of KINDS) {
    const { runs = 0, done = 0 } = found[kind] ?? {};
    missing[kind] = Math.max(0, wanted[kind] - Math.min(done, told[kind]?.once ?? done));
    twice[kind] = Math.max(0, runs - wanted[kind]) + (told[kind]?.twice ?? 0);
  }
  return { missing, twice };
}

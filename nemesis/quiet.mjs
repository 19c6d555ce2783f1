/** Waiting until nothing is left to do: everything due is done, every policy has decided, every doubt is looked up, every report is in. */
import { setTimeout as pause } from 'node:timers/promises';
import { ledgerReader } from '@carillon/testkit';

/** What has not come to rest by then is a violation of its own. */
const QUIET_LIMIT_MS = 120_000;
const POLL_MS = 400;
/** It must be quiet so often in a row, as one thing may be about to follow from another. */
const LOOKS = 3;
/** What is tried again, or waits for a verdict on its address, is put off by a second or so, again and again; what users move, by six. */
const SOON = "interval '8 seconds'";
/** Of a notice by mail that nobody knows is decided after a day, for which nobody waits here. */
const FAR = "interval '2 minutes'";

/**
 * @param house all of whose processes run
 * @param untilMs it is not quiet before this moment, by the database's clock
 * @returns what is still open when the limit is over; undefined when all is quiet
 */
export async function waitUntilQuiet(house, untilMs, limitMs = QUIET_LIMIT_MS) {
  const deadlineMs = performance.now() + limitMs;
  const countSent = sentCounter(ledgerReader(house.simulatorUrl));
  let looks = 0;
  for (;;) {
    const open = await readOpen(house, countSent);
    looks = Object.keys(open).length === 0 && house.nowMs() > untilMs ? looks + 1 : 0;
    if (looks === LOOKS) return undefined;
    if (performance.now() > deadlineMs) return open;
    await pause(POLL_MS);
  }
}

/** What is not at rest, each with how many of it there are. */
async function readOpen({ pool }, countSent) {
  const { rows } = await pool.query(
    `SELECT (SELECT count(*)::int FROM batches b WHERE b.open AND b.due_at <= n.now + ${SOON} AND b.paused_at IS NULL) AS batches,
            (SELECT count(*)::int FROM batches b WHERE b.lease_until IS NOT NULL) AS leases,
            (SELECT count(*)::int FROM batches b WHERE b.settle_at < n.now + ${FAR} AND b.unknown > 0 AND b.cancelled_at IS NULL) AS policies,
            (SELECT coalesce(sum(b.unknown), 0)::int FROM batches b WHERE b.channel IN ('payment', 'email_check')
               OR b.channel IN ('call', 'webhook', 'script') AND b.cancelled_at IS NULL) AS doubts,
            (SELECT count(*)::int FROM runs r WHERE r.state <> 'completed' AND r.due_at <= n.now AND r.paused_at IS NULL AND r.left_out IS NULL
               AND NOT EXISTS (SELECT 1 FROM batches b WHERE b.account_id = r.account_id AND b.run_id = r.id AND (b.open AND b.due_at > n.now + ${SOON} OR b.unknown > 0 AND b.settle_at > n.now + ${FAR}))
               AND r.civil_day IS NULL) AS runs,
            (SELECT count(*)::int FROM jobs j WHERE j.status = 'active' AND (j.next_run_at <= n.now OR j.recurring OR NOT j.dated AND (
               j.next_run_at <= n.now + ${SOON} OR j.next_run_at IS NULL AND NOT EXISTS (
                 SELECT 1 FROM runs r WHERE r.account_id = j.account_id AND r.job_id = j.id AND r.state <> 'completed')))) AS jobs,
            (SELECT count(*)::int FROM jobs j WHERE j.kind NOT IN ('test', 'notice', 'check')
               AND (j.status = 'completed' AND j.completion_noticed_at IS NULL OR j.status = 'cancelled' AND j.cancel_noticed_at IS NULL)) AS untold,
            (SELECT count(*)::int FROM runs r WHERE NOT r.silent AND r.completed_at IS NOT NULL
               AND (r.completion_noticed_at IS NULL OR r.completion_noticed_at < r.completed_at)) AS untold_runs,
            (SELECT count(*)::int FROM (SELECT DISTINCT batch_id, number, try FROM reports WHERE status = 'delivered') r) AS reported
     FROM (SELECT carillon_now() AS now OFFSET 0) n`,
  );
  const { reported, ...counts } = rows[0];
  const open = Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0));
  // Asked only when it may be the last thing.
  if (Object.keys(open).length > 0) return open;
  const unreported = (await countSent()) - reported;
  return unreported === 0 ? {} : { unreported };
}

/**
 * Counts the messages that were accepted, each try once. The ledger is all that ever was sent, which takes a long run seconds to read: it is read
 * again only when more was accepted since, as of a ledger that only grows the same number is the same.
 * @param ledger as `ledgerReader` has it
 */
export function sentCounter(ledger) {
  let known;
  return async () => {
    // Asked before, so that whatever comes in while the ledger is read has it read once more.
    const { acceptances } = await ledger.totals();
    if (known?.acceptances !== acceptances) {
      const messages = (await ledger.export()).filter(({ email }) => email === undefined);
      known = { acceptances, sent: new Set(messages.map(({ reference }) => reference)).size };
    }
    return known.sent;
  };
}

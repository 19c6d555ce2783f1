/** After a pause, a cancel, a hold or a suppression was answered, nothing more is begun; what was begun before may still arrive. */
import { LEASE_MS, TIMEOUT_MS } from '../settings.mjs';
import { placeOf } from './world.mjs';

/** What was begun before may arrive so much later: a sender looks at its lease before each call, and a call may take its time-out. */
const ARRIVES_MS = LEASE_MS + TIMEOUT_MS + 1_000;

export function judgeStopped(world, { clockAheadMs }) {
  const { journal, deliveries, attemptsAt, acceptedAt, runById } = world;
  const violations = [];
  const stops = journal.entries.filter(({ act, state }) => state === 'acknowledged' && STOPS[act] !== undefined);
  for (const stop of stops) {
    const fromMs = stop.answeredAtMs + clockAheadMs;
    const toMs = endOf(stop, journal) + clockAheadMs;
    for (const delivery of deliveries) {
      const run = runById.get(String(delivery.run_id));
      if (!STOPS[stop.act](stop, delivery, run)) continue;
      const begun = [
        delivery.sending_ms,
        ...(attemptsAt.get(placeOf(delivery)) ?? []).map(({ started_ms }) => started_ms),
      ];
      const arrived = (acceptedAt.get(placeOf(delivery)) ?? []).map(({ at }) => at + clockAheadMs);
      const who = `${stop.act} of ${stop.job?.what ?? stop.phone ?? stop.account.name}: ${delivery.address}`;
      const evidence = {
        stop: { ...stop, account: stop.account.name, job: stop.job?.what },
        fromMs,
        toMs,
        begun,
        arrived,
        delivery,
      };
      if (begun.some((ms) => ms !== null && ms > fromMs && ms < toMs)) {
        violations.push({ kind: 'begun_after_stop', who, evidence });
      } else if (arrived.some((ms) => ms > fromMs + ARRIVES_MS && ms < toMs)) {
        violations.push({ kind: 'told_after_stop', who, evidence });
      }
    }
  }
  return violations;
}

/**
 * When a stop may have ended, epoch ms of this machine: with the first request that takes it back and may have come after it. Several people
 * pause the same job, and the first who resumes it resumes it for all.
 */
function endOf(stop, { entries }) {
  const taking = { pause: 'resume', hold: 'release' }[stop.act];
  if (taking === undefined) return Number.POSITIVE_INFINITY;
  const ends = entries.filter(
    ({ act, account, job, answeredAtMs }) =>
      act === taking && account === stop.account && job === stop.job && answeredAtMs > stop.sentAtMs,
  );
  return Math.min(Number.POSITIVE_INFINITY, ...ends.map(({ sentAtMs }) => sentAtMs));
}

const isOfJob = ({ account, job }, delivery, run) =>
  delivery.account_id === account.accountId && job.answer.id === `job_${run.job_id}`;

/** Whether a stop is about a delivery. Sending to those missed after a cancel is another decision. */
const STOPS = {
  pause: isOfJob,
  cancel: (stop, delivery, run) => isOfJob(stop, delivery, run) && run.parent_run_id === null,
  hold: ({ account }, delivery) => delivery.account_id === account.accountId,
  suppress: ({ account, phone }, delivery) => delivery.account_id === account.accountId && delivery.address === phone,
};

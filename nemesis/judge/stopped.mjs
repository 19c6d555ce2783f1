/** After a pause, a cancel, a hold or a suppression was answered, nothing more is begun; what was begun before may still arrive. */
import { LEASE_MS, TIMEOUT_MS } from '../settings.mjs';
import { placeOf } from './world.mjs';

/** What was begun before may arrive so much later: a sender looks at its lease before each call, and a call may take its time-out. */
const ARRIVES_MS = LEASE_MS + TIMEOUT_MS + 1_000;

export function judgeStopped(world, { clockAheadMs }) {
  const { journal, attemptsAt, acceptedAt } = world;
  const violations = [];
  const stops = journal.entries.filter(({ act, state }) => state === 'acknowledged' && STOPS[act] !== undefined);
  for (const stop of stops) {
    const fromMs = stop.answeredAtMs + clockAheadMs;
    const toMs = endOf(stop, journal) + clockAheadMs;
    for (const delivery of STOPS[stop.act](stop, world)) {
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
 * pause the same job, and the first who resumes it resumes it for all; so it is with people who are suppressed twice. One that was asked for
 * more than once may come late.
 */
function endOf(stop, { entries }) {
  const taking = { pause: 'resume', hold: 'release', suppress: 'allow' }[stop.act];
  if (taking === undefined) return Number.POSITIVE_INFINITY;
  const ends = entries.filter(
    ({ act, account, job, phone, answeredAtMs, requests }) =>
      act === taking &&
      account === stop.account &&
      job === stop.job &&
      phone === stop.phone &&
      (answeredAtMs > stop.sentAtMs || requests > 1),
  );
  return Math.min(Number.POSITIVE_INFINITY, ...ends.map(({ sentAtMs }) => sentAtMs));
}

const ofJob = ({ account, job }, { deliveriesOfJob }) =>
  deliveriesOfJob.get(`${account.accountId}.${job.answer.id}`) ?? [];
const ofAccount = ({ account }, { deliveries }) =>
  deliveries.filter(({ account_id }) => account_id === account.accountId);

/** What a stop is about. Sending to those missed after a cancel is another decision; what was decided before it is over with it. */
const STOPS = {
  pause: ofJob,
  cancel: (stop, world) =>
    ofJob(stop, world).filter(
      ({ run_id }) =>
        world.runById.get(String(run_id)).parent_run_id === null ||
        world.journal.entries.some(
          ({ act, answer, answeredAtMs }) =>
            act === 'resend' && answer?.run === `run_${run_id}` && answeredAtMs <= stop.sentAtMs,
        ),
    ),
  hold: ofAccount,
  suppress: (stop, world) => ofAccount(stop, world).filter(({ address }) => address === stop.phone),
};

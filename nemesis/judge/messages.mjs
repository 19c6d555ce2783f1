/** Everybody who is meant is told, once, and the record of each is true: the ledger against the database against who was meant. */
import { checkedBy, DATED, datedMs, personOf } from '../requests.mjs';
import { placeOf } from './world.mjs';

const OPEN = ['scheduled', 'sending'];
const TOLD = ['sent', 'delivered'];
const BY_MESSAGE = ['whatsapp', 'email'];
/** What a policy decides alone: with a cancel, which ends it, a doubt stays. */
const BY_POLICY = ['call', 'webhook', 'script'];
/** What a policy gave up, or a person: the provider may have it all the same, and the code says so. */
const GIVEN_UP = ['unknown_outcome'];
/** Reasons for which somebody may be left out here. */
const LEFT_OUT = ['suppressed'];

/** The root of a run and its resends. */
function familyOf(run, runById) {
  return run?.parent_run_id ? familyOf(runById.get(String(run.parent_run_id)), runById) : run;
}

export function judgeMessages(world, times) {
  return [...judgeMeant(world, times), ...judgeRecords(world, times), ...judgeTwice(world)];
}

/** Everybody who is meant has one delivery. */
function judgeMeant({ journal, jobById, runsOfJob, deliveriesOfRun, suppressions }, { endMs }) {
  const violations = [];
  for (const { account, answer, request, body, state, what } of journal.entries) {
    if (state !== 'acknowledged' || request === undefined) continue;
    const jobId = `${account.accountId}.${answer.id.replace('job_', '')}`;
    const meant = meantBy({ account, request, body, job: jobById.get(jobId), endMs });
    if (meant === undefined) continue;
    const runs = (runsOfJob.get(jobId) ?? []).filter((run) => run.parent_run_id === null);
    const isCancelled = jobById.get(jobId)?.status === 'cancelled' || runs.some((run) => run.cancelled);
    const planned = runs.flatMap(({ id }) => deliveriesOfRun.get(String(id)) ?? []);
    for (const address of meant) {
      const own = planned.filter((delivery) => delivery.address === address);
      const who = `${account.name}: ${what} to ${address}`;
      if (own.length > 1) violations.push({ kind: 'planned_twice', who, evidence: own });
      // What is cancelled before it was expanded is not planned any more.
      if (own.length === 0 && !isCancelled) violations.push({ kind: 'forgotten', who, evidence: { runs } });
    }
    for (const delivery of planned) {
      const isMeant = meant.has(delivery.address) || (DATED.includes(request.kind) && delivery.due_ms > endMs);
      const who = `${account.name}: ${what} to ${delivery.address}`;
      if (!isMeant) violations.push({ kind: 'not_meant', who, evidence: delivery });
      const mayBeSkipped =
        LEFT_OUT.includes(delivery.code) && suppressions.some(({ address }) => address?.endsWith(delivery.address));
      if (delivery.state === 'skipped' && !mayBeSkipped) {
        violations.push({ kind: 'skipped_without_reason', who, evidence: delivery });
      }
    }
  }
  return violations;
}

/** The addresses that a request is to; undefined for what is no message. */
function meantBy({ account, request, body, job, endMs }) {
  // What was over when the job was made is not made up for, and the rest of the day is still to come.
  const isDue = (person) => {
    const atMs = datedMs(person, body);
    return atMs >= (job.dates_from_ms ?? job.created_ms) && atMs <= endMs;
  };
  switch (request.kind) {
    case 'announcement':
      return new Set(
        request.crowds.flatMap((crowd) => account.crowds[crowd].people.map((n) => account.people[n].phone)),
      );
    case 'single':
      return new Set([personOf(request, account).phone]);
    case 'mail':
      return new Set(checkedBy(request));
    case 'birthday':
      return new Set(account.people.filter(isDue).map(({ phone }) => phone));
    case 'reminder':
      return new Set(account.people.filter((person) => person.expires && isDue(person)).map(({ email }) => email));
    default:
      return undefined;
  }
}

/** What the database says of each delivery is what the ledger says, or may be. */
function judgeRecords({ deliveries, deliveryAt, acceptedAt, acceptances, attemptsAt, reportsAt, runById }, { endMs }) {
  const violations = [];
  for (const delivery of deliveries) {
    const { state, channel, code, address } = delivery;
    const place = placeOf(delivery);
    const accepted = acceptedAt.get(place) ?? [];
    const run = runById.get(String(delivery.run_id));
    const evidence = { ...delivery, run, accepted, attempts: attemptsAt.get(place), reports: reportsAt.get(place) };
    const add = (kind) => violations.push({ kind, who: `run ${delivery.run_id} to ${address}`, evidence });
    if (OPEN.includes(state) && delivery.due_ms <= endMs && !run?.paused) add('unsettled');
    if (state === 'unknown') {
      // What was to be made again, and was cancelled before it was, is in doubt because of a try before.
      const because = (attemptsAt.get(place) ?? []).find(
        (one) => one.outcome === 'unknown' && (one.try === delivery.try || run?.cancelled),
      );
      if (!because?.code) add('unknown_without_reason');
      if ((reportsAt.get(place) ?? []).some((report) => report.try === delivery.try)) add('unknown_although_reported');
      const isEnded = run?.cancelled && BY_POLICY.includes(channel);
      if (!BY_MESSAGE.includes(channel) && !isEnded) add('unsettled');
    }
    if (!BY_MESSAGE.includes(channel)) continue;
    if (TOLD.includes(state) && accepted.length === 0) add('claimed_falsely');
    const admits = TOLD.includes(state) || state === 'unknown' || (state === 'failed' && GIVEN_UP.includes(code));
    if (accepted.length > 0 && !admits) add('denied');
  }
  for (const acceptance of acceptances) {
    const delivery = deliveryAt.get(placeOf({ batch_id: acceptance.batchId, number: acceptance.number }));
    if (delivery?.address !== acceptance.to) {
      violations.push({ kind: 'nobody_asked_for', who: acceptance.to, evidence: { acceptance, delivery } });
    }
  }
  return violations;
}

/** Within a run and its resends nobody is told twice. */
function judgeTwice({ acceptances, runById, deliveryAt, attemptsAt, reportsAt }) {
  const told = new Map();
  for (const acceptance of acceptances) {
    const family = familyOf(runById.get(String(acceptance.runId)), runById);
    const key = `${family?.id} to ${acceptance.to}`;
    told.set(key, [...(told.get(key) ?? []), acceptance]);
  }
  const violations = [];
  for (const [key, times] of told) {
    if (
      times.length < 2 ||
      times.slice(1).every((later, n) => isBet(times[n], later, { deliveryAt, attemptsAt, reportsAt }))
    )
      continue;
    const places = [...new Set(times.map(({ batchId, number }) => `${batchId}.${number}`))];
    const evidence = places.map((place) => ({
      ...{ accepted: times, delivery: deliveryAt.get(place) },
      ...{ attempts: attemptsAt.get(place), reports: reportsAt.get(place) },
    }));
    violations.push({ kind: 'told_twice', who: `run ${key}`, evidence });
  }
  return violations;
}

/**
 * Whether a second message is the bet that the job's policy made: an outcome was unknown for its time, no report of it had come, and
 * the second call was begun after that. A call of an earlier try that arrives after a later one was begun is no bet, but a sender that
 * was not fenced off.
 */
function isBet(earlier, later, { deliveryAt, attemptsAt, reportsAt }) {
  const place = placeOf({ batch_id: earlier.batchId, number: earlier.number });
  const delivery = deliveryAt.get(place);
  const lost = (attemptsAt.get(place) ?? []).find((one) => one.try === earlier.try && one.outcome === 'unknown');
  if (delivery === undefined || lost === undefined || later.try <= earlier.try) return false;
  const isSame = later.batchId === earlier.batchId && later.number === earlier.number;
  if (delivery.unknown_action !== 'resend' || !isSame) return false;
  const begunMs = (attemptsAt.get(place) ?? []).find((one) => one.try === later.try)?.started_ms ?? delivery.sending_ms;
  const report = (reportsAt.get(place) ?? []).find((one) => one.try === earlier.try);
  return report === undefined || report.received_ms >= begunMs;
}

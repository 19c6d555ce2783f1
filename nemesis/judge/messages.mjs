/** Everybody who is meant is told, once, and the record of each is true: the ledger against the database against who was meant. */
import { checkedBy, DATED, datedMs, personOf } from '../requests.mjs';
import { askedBy, latestAskedMs, mayBeCancelled, mayHaveHappened, policyOf } from './asked.mjs';
import { placeOf } from './world.mjs';

const OPEN = ['scheduled', 'sending'];
const TOLD = ['sent', 'delivered'];
const BY_MESSAGE = ['whatsapp', 'email'];
/** What a policy decides alone: with a cancel, which ends it, a doubt stays. */
const BY_POLICY = ['call', 'webhook', 'script'];
/** What a policy gave up, or a person: the provider may have it all the same, and the code says so. */
const GIVEN_UP = ['unknown_outcome'];
const SECOND_MS = 1_000;
/** The database's microseconds against our milliseconds. */
const ROUNDED_MS = 1;
/** Of two statements that want the same row one waits, and has read the clock before. */
const AT_ONCE_MS = 1_000;

/** The root of a run and its resends. */
function familyOf(run, runById) {
  return run?.parent_run_id ? familyOf(runById.get(String(run.parent_run_id)), runById) : run;
}

export function judgeMessages(world, times) {
  return [...judgeMeant(world, times), ...judgeRecords(world, times), ...judgeTwice(world)];
}

/** Everybody who is meant has one delivery. */
function judgeMeant(world, { endMs }) {
  const { journal, jobById, runsOfJob, deliveriesOfRun } = world;
  const violations = [];
  for (const entry of journal.entries) {
    const { account, answer, request, body, state, what } = entry;
    if (state !== 'acknowledged' || request === undefined) continue;
    const jobId = `${account.accountId}.${answer.id.replace('job_', '')}`;
    const meant = meantBy({ account, request, body, job: jobById.get(jobId), endMs });
    if (meant === undefined) continue;
    const runs = (runsOfJob.get(jobId) ?? []).filter((run) => run.parent_run_id === null);
    // What is cancelled before it was expanded is not planned any more.
    const isExcused = mayBeCancelled(entry, world) || latestAskedMs(entry, world) > endMs;
    const planned = runs.flatMap(({ id }) => deliveriesOfRun.get(String(id)) ?? []);
    for (const address of meant) {
      const own = planned.filter((delivery) => delivery.address === address);
      const who = `${account.name}: ${what} to ${address}`;
      if (own.length > 1) violations.push({ kind: 'planned_twice', who, evidence: own });
      if (own.length === 0 && !isExcused) violations.push({ kind: 'forgotten', who, evidence: { runs } });
    }
    for (const delivery of planned) {
      const isMeant = meant.has(delivery.address) || (DATED.includes(request.kind) && delivery.due_ms > endMs);
      const who = `${account.name}: ${what} to ${delivery.address}`;
      if (!isMeant) violations.push({ kind: 'not_meant', who, evidence: delivery });
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
function judgeRecords(world, { endMs, clockAheadMs }) {
  const { deliveries, deliveryAt, acceptedAt, acceptances, attemptsAt, reportsAt, runById } = world;
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
      // What was to be made again, and was cancelled or suppressed before it was, is in doubt because of a try before.
      const isStopped = run?.cancelled || mayBeSuppressed(delivery, world, clockAheadMs);
      const because = (attemptsAt.get(place) ?? []).find(
        (one) => one.outcome === 'unknown' && (one.try === delivery.try || isStopped),
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

/**
 * Whether somebody may have been suppressed when a delivery became what it is: some user asked for that by then, and nobody was told before it
 * that they are allowed again. Who is suppressed by two is allowed by the first.
 */
function mayBeSuppressed({ account_id, address, settled_ms }, { journal }, clockAheadMs) {
  const settledMs = settled_ms - clockAheadMs + ROUNDED_MS;
  const own = journal.entries.filter(
    ({ act, account, phone }) =>
      ['suppress', 'allow'].includes(act) && account.accountId === account_id && phone === address,
  );
  const isTakenBack = ({ requests, answeredAtMs }) =>
    requests === 1 &&
    own.some(
      (one) =>
        one.act === 'allow' &&
        one.state === 'acknowledged' &&
        one.sentAtMs >= answeredAtMs &&
        one.answeredAtMs < settledMs - AT_ONCE_MS,
    );
  return own.some(
    (one) => one.act === 'suppress' && mayHaveHappened(one) && one.sentAtMs <= settledMs && !isTakenBack(one),
  );
}

/** Within a run and its resends nobody is told twice. */
function judgeTwice(world) {
  const { acceptances, runById, deliveryAt, attemptsAt, reportsAt } = world;
  const entryOf = askedBy(world);
  const told = new Map();
  for (const acceptance of acceptances) {
    const family = familyOf(runById.get(String(acceptance.runId)), runById);
    const key = `${family?.id} to ${acceptance.to}`;
    told.set(key, [...(told.get(key) ?? []), acceptance]);
  }
  const violations = [];
  for (const [key, times] of told) {
    if (times.length < 2 || times.slice(1).every((later, n) => isBet(times[n], later, world, entryOf))) continue;
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
 * Whether a second message is the bet that the job was asked to make: an outcome was unknown for its time, no report of it had come, and
 * the second call was begun after that. A call of an earlier try that arrives after a later one was begun is no bet, but a sender that
 * was not fenced off.
 */
function isBet(earlier, later, { deliveryAt, jobById, attemptsAt, reportsAt }, entryOf) {
  const place = placeOf({ batch_id: earlier.batchId, number: earlier.number });
  const delivery = deliveryAt.get(place);
  const tries = attemptsAt.get(place) ?? [];
  const lost = tries.find((one) => one.try === earlier.try);
  if (delivery === undefined || lost === undefined || later.try <= earlier.try) return false;
  const isSame = later.batchId === earlier.batchId && later.number === earlier.number;
  const job = jobById.get(`${delivery.account_id}.${delivery.job_id}`);
  const { action, after } = policyOf(delivery, entryOf(delivery), job)?.unknown ?? {};
  if (action !== 'resend' || !isSame) return false;
  const begunMs = tries.find((one) => one.try === later.try)?.started_ms ?? delivery.sending_ms;
  // An answer that came only after the second call was begun takes the place of what was unknown until then.
  const isAnsweredLate = lost.outcome === 'accepted' && lost.ended_ms > begunMs - AT_ONCE_MS;
  if (lost.outcome !== 'unknown' && !isAnsweredLate) return false;
  const unknownMs = isAnsweredLate ? lost.started_ms : lost.ended_ms;
  if (begunMs < unknownMs + after * SECOND_MS - ROUNDED_MS) return false;
  const report = (reportsAt.get(place) ?? []).find((one) => one.try === earlier.try);
  return report === undefined || report.received_ms >= begunMs;
}

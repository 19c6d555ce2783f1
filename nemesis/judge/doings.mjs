/** Payments, checks, calls and schedules: each against the ledger of whoever was asked. */
import { receiverOf, SCHEDULES } from '../requests.mjs';
import { latestAskedMs, mayBeCancelled } from './asked.mjs';
import { group, placeOf } from './world.mjs';

/** Nobody is paid twice, everybody is paid or refused, and the record is the provider's. */
export function judgePayments(world, { endMs }) {
  const { journal, payments, deliveries, runById, jobById } = world;
  const violations = [];
  const entriesOf = group(payments, ({ receiver }) => receiver);
  const recordsOf = group(
    deliveries.filter(({ channel }) => channel === 'payment'),
    ({ address }) => address,
  );
  for (const entry of journal.entries) {
    const { account, request, what, state } = entry;
    if (request?.kind !== 'payment') continue;
    const receiver = receiverOf(request);
    const entries = entriesOf.get(receiver) ?? [];
    const decided = entries.filter(({ id, replayed }) => id !== undefined && !replayed);
    const paid = decided.filter(({ refused }) => refused === undefined);
    const records = recordsOf.get(receiver) ?? [];
    const record = records[0];
    const run = runById.get(String(record?.run_id));
    const evidence = { entries, records, run, job: jobById.get(`${account.accountId}.${run?.job_id}`) };
    const add = (kind) => violations.push({ kind, who: `${account.name}: ${what} to ${receiver}`, evidence });
    if (paid.length > 1) add('paid_twice');
    if (new Set(entries.map(({ key }) => key)).size > 1) add('several_keys');
    if (new Set(entries.map(({ body }) => body)).size > 1) add('other_bytes');
    if (state !== 'acknowledged') continue;
    if (records.length > 1) add('planned_twice');
    // What is cancelled before its run was planned has none.
    const isExcused = mayBeCancelled(entry, world) || latestAskedMs(entry, world) > endMs;
    if (record === undefined && !isExcused) add('forgotten');
    if (paid.length === 1 && record?.state !== 'sent') add('payment_denied');
    if (paid.length === 0 && record?.state === 'sent') add('payment_claimed_falsely');
  }
  return violations;
}

/** No address is bought twice, and what is known of each is what was found out. */
export function judgeChecks({ charges, chargeEntries, deliveries, verdicts, attemptsAt }) {
  const violations = [];
  const checks = deliveries.filter(({ channel }) => channel === 'email_check');
  const known = new Map(verdicts.map((verdict) => [verdict.address_key, verdict]));
  for (const [address, times] of charges) {
    if (times > 1) {
      const own = checks.filter((check) => check.address === address);
      const evidence = {
        ...{ times, checks: own, attempts: own.flatMap((check) => attemptsAt.get(placeOf(check)) ?? []) },
        charged: chargeEntries.filter(({ to }) => to === address),
      };
      violations.push({ kind: 'charged_twice', who: address, evidence });
    }
  }
  for (const check of checks) {
    const verdict = known.get(check.dedupe_key);
    const who = check.address;
    const evidence = { check, verdict };
    if (check.state === 'sent' && !charges.has(check.address))
      violations.push({ kind: 'check_claimed_falsely', who, evidence });
    if (check.state === 'sent' && !verdict?.verdict) violations.push({ kind: 'verdict_lost', who, evidence });
  }
  return violations;
}

/** A call, or a notice to an endpoint, is made at least once, and no more often than it was tried. */
export function judgeCalls({ heard, deliveries, jobById }) {
  const violations = [];
  const ids = new Set();
  for (const delivery of deliveries.filter(({ channel }) => ['call', 'webhook'].includes(channel))) {
    const id = idOf(delivery, jobById);
    ids.add(id);
    const times = heard.get(id) ?? 0;
    const evidence = { ...delivery, heard: times };
    if (delivery.state === 'sent' && times === 0) violations.push({ kind: 'call_claimed_falsely', who: id, evidence });
    if (times > delivery.try) violations.push({ kind: 'called_more_than_tried', who: id, evidence });
    if (times > 0 && ['scheduled', 'skipped'].includes(delivery.state) && delivery.try === 0) {
      violations.push({ kind: 'call_denied', who: id, evidence });
    }
  }
  for (const [id, times] of heard) {
    if (!ids.has(id)) violations.push({ kind: 'nobody_asked_for', who: id, evidence: { heard: times } });
  }
  return violations;
}

/** By what a receiver knows a call again: an account has one endpoint, so that each event is told to one. */
function idOf({ channel, account_id, job_id, day, batch_id, number }, jobById) {
  if (channel === 'webhook') return `evt_${jobById.get(`${account_id}.${job_id}`).event_id}`;
  return `dlv_${day.replaceAll('-', '')}_${batch_id}_${number}`;
}

/** Of what comes again each moment has one run, or a record that says why not. Nobody here cancels any of it. */
export function judgeSchedules({ journal, jobById, runsOfJob }) {
  const violations = [];
  for (const { account, answer, request, what, state } of journal.entries) {
    if (state !== 'acknowledged' || !SCHEDULES.includes(request?.kind)) continue;
    const id = `${account.accountId}.${answer.id.replace('job_', '')}`;
    const job = jobById.get(id);
    if (job === undefined) continue;
    const runs = (runsOfJob.get(id) ?? []).filter(({ left_out }) => left_out === null);
    const moments = runs.map(({ occurrence_key }) => Date.parse(occurrence_key)).sort((a, b) => a - b);
    const gaps = moments.slice(1).filter((moment, n) => moment - moments[n] !== request.everyMs);
    const evidence = { job, moments: moments.map((ms) => new Date(ms).toISOString()), runs: runsOfJob.get(id) };
    const who = `${account.name}: ${what}`;
    if (runs.length !== request.times) violations.push({ kind: 'moments_missing', who, evidence });
    else if (gaps.length > 0) violations.push({ kind: 'moments_left_out', who, evidence });
  }
  return violations;
}

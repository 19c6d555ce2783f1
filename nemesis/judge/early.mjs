/** Nothing is begun before its moment, by the database's clock, and nothing arrives before it. */
import { DATED, datedMs } from '../requests.mjs';
import { group, placeOf } from './world.mjs';

/** The database's microseconds against our milliseconds. */
const ROUNDED_MS = 1;

export function judgeEarly(world, { clockAheadMs }) {
  const { deliveries, attemptsAt, acceptedAt } = world;
  const notBefore = momentsOf(world);
  const violations = [];
  for (const delivery of deliveries) {
    // Addresses are checked ahead.
    if (delivery.channel === 'email_check') continue;
    const dueMs = notBefore(delivery);
    const place = placeOf(delivery);
    const begun = [delivery.sending_ms, ...(attemptsAt.get(place) ?? []).map(({ started_ms }) => started_ms)];
    const arrived = (acceptedAt.get(place) ?? []).map(({ at }) => at + clockAheadMs);
    const isEarly = (ms) => ms !== null && ms < dueMs - ROUNDED_MS;
    const who = `run ${delivery.run_id} to ${delivery.address}`;
    const evidence = { delivery, begun, arrived, dueMs };
    if (begun.some(isEarly)) violations.push({ kind: 'begun_early', who, evidence });
    else if (arrived.some(isEarly)) violations.push({ kind: 'told_early', who, evidence });
  }
  return violations;
}

/** @returns says of a delivery before which moment it may not be begun, of what was asked for and of what was planned the later one */
function momentsOf({ journal, runById }) {
  const jobs = new Map();
  for (const entry of journal.entries) {
    const { account, answer, request } = entry;
    if (answer?.id && request) jobs.set(`${account.accountId}.${answer.id.replace('job_', '')}`, entry);
  }
  const movesOf = group(
    journal.entries.filter(({ act }) => act === 'move'),
    ({ job }) => job,
  );
  return ({ account_id, run_id, address }) => {
    const run = runById.get(String(run_id));
    const entry = jobs.get(`${account_id}.${run.job_id}`);
    const plannedMs = run.parent_run_id === null ? run.due_ms : 0;
    if (entry === undefined) return plannedMs;
    const person = entry.account.people.find(({ phone, email }) => phone === address || email === address);
    const isDated = DATED.includes(entry.request.kind) && person !== undefined;
    return Math.max(plannedMs, askedFor(entry, movesOf.get(entry)), isDated ? datedMs(person, entry.body) : 0);
  };
}

/**
 * The moment that was asked for last. Of moves that were on their way at once, or to which nobody said yes though they may have been made,
 * nobody knows which was the last: the earliest moment counts.
 */
function askedFor(entry, moves = []) {
  const isReplaced = ({ answeredAtMs }) =>
    moves.some(({ state, sentAtMs }) => state === 'acknowledged' && sentAtMs > answeredAtMs);
  return Math.min(...[entry, ...moves].filter((asked) => !isReplaced(asked)).map(({ dueMs }) => dueMs));
}

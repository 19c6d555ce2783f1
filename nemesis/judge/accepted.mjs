/** Nothing that was accepted is lost, and nothing is there twice: each request that was answered is one job, and each other one at most one. */
import { group } from './world.mjs';

/** A moment that is past by no more than this is taken as now. */
const PAST_TOLERANCE_MS = 60_000;

/**
 * Whether a request was refused because its moment had gone by while nobody answered, and it had: the answer came so much later. Requests and
 * the database go by the same clock, but for what it is ahead.
 */
export function isTooLate({ problem, answeredAtMs }, momentMs, { clockAheadMs }) {
  return problem?.code === 'moment_in_past' && answeredAtMs + clockAheadMs > momentMs + PAST_TOLERANCE_MS;
}

export function judgeAccepted({ jobs, journal }, times) {
  const violations = [];
  const byName = group(jobs, ({ account_id, name }) => `${account_id}.${name}`);
  for (const entry of journal.entries.filter(({ request }) => request !== undefined)) {
    const { account, what, state, answer, problem } = entry;
    const found = byName.get(`${account.accountId}.${what}`) ?? [];
    const who = `${account.name}: ${what}`;
    const evidence = {
      state,
      answer: answer?.id,
      problem,
      tries: entry.tries,
      lastError: entry.lastError,
      found: found.map(({ id }) => `job_${id}`),
    };
    if (found.length > 1) violations.push({ kind: 'job_doubled', who, evidence });
    if (state === 'acknowledged' && found.length === 0) violations.push({ kind: 'job_lost', who, evidence });
    if (state === 'acknowledged' && found.length === 1 && answer.id !== `job_${found[0].id}`) {
      violations.push({ kind: 'answer_names_another_job', who, evidence });
    }
    const isRefusedInTruth = entry.body.trigger.type === 'at' && isTooLate(entry, entry.dueMs, times);
    if (state === 'refused' && (found.length > 0 || !isRefusedInTruth)) {
      violations.push({ kind: 'refused', who, evidence });
    }
    if (state === 'unknown') violations.push({ kind: 'never_answered', who, evidence });
  }
  return violations;
}

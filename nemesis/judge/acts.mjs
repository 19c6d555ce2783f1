/**
 * What users did to jobs: each act is answered, is refused for a reason that there may be, and has the effect that was acknowledged; and
 * what is paused in the end is so because somebody paused it and did not take that back.
 */

import { isTooLate } from './accepted.mjs';
import { actsOn, askedBy, shown } from './asked.mjs';

const OVER = ['invalid_state'];
const CHANGE = [...OVER, 'run_started', 'similar_job'];
/** Why each act may be refused. A hold is released by the first of those who placed it; before its moment a job has nobody to send to again. */
const REFUSALS = {
  pause: OVER,
  resume: OVER,
  cancel: OVER,
  reword: CHANGE,
  move: CHANGE,
  resend: ['resend_open', 'nobody_missed', 'not_found'],
  hold: [],
  release: ['not_found'],
  settle: [],
  suppress: [],
  allow: ['not_found'],
};

export function judgeActs(world, times) {
  return [...judgeAnswers(world, times), ...judgeCancels(world), ...judgeResends(world), ...judgePaused(world)];
}

function judgeAnswers({ journal }, times) {
  const violations = [];
  for (const entry of journal.entries) {
    const { act, state, problem } = entry;
    if (act === undefined) continue;
    const mayBe = REFUSALS[act].includes(problem?.code) || (act === 'move' && isTooLate(entry, entry.dueMs, times));
    if (state === 'unknown') violations.push(violationOf('never_answered', entry));
    if (state === 'refused' && !mayBe) violations.push(violationOf('refused', entry));
  }
  return violations;
}

/** A job that was cancelled is so, unless somebody had those sent to whom it missed, and not before that was over. */
function judgeCancels(world) {
  const { journal, jobById } = world;
  return journal.entries
    .filter(({ act, state }) => act === 'cancel' && state === 'acknowledged')
    .filter((entry) => !actsOn(entry.job, 'resend', world).some((resend) => mayComeAfter(resend, entry)))
    .filter(({ account, job }) => jobById.get(`${account.accountId}.${idOf(job)}`)?.status !== 'cancelled')
    .map((entry) => violationOf('act_without_effect', entry));
}

/**
 * A resend has its run, and that goes to as many as it was said to, or more: until it is expanded others may be missed, too. What was
 * cancelled before it was asked for is another matter, and mostly why it was asked for.
 */
function judgeResends(world) {
  const { journal, runById, deliveriesOfRun } = world;
  const violations = [];
  for (const entry of journal.entries) {
    const { act, state, answer, job } = entry;
    if (act !== 'resend' || state !== 'acknowledged') continue;
    const id = answer.run.replace('run_', '');
    const run = runById.get(id);
    const deliveries = deliveriesOfRun.get(id) ?? [];
    if (run === undefined) violations.push(violationOf('resend_lost', entry));
    else if (deliveries.length < answer.people && !run.paused) {
      if (actsOn(job, 'cancel', world).some((cancel) => mayComeAfter(cancel, entry))) continue;
      violations.push(violationOf('resend_lost', entry, { run, deliveries: deliveries.length }));
    }
  }
  return violations;
}

/** Whether an act may have been done after another was: it was not answered before that was asked for, comes late, or is under way yet. */
function mayComeAfter({ state, requests, answeredAtMs }, earlier) {
  return state !== 'acknowledged' || requests !== 1 || answeredAtMs >= earlier.sentAtMs;
}

/** Providers here refuse nothing of an account as a whole, so that only users pause anything. */
function judgePaused(world) {
  const { jobs, runsOfJob } = world;
  const entryOf = askedBy(world);
  const violations = [];
  for (const job of jobs) {
    const runs = (runsOfJob.get(`${job.account_id}.${job.id}`) ?? []).filter(
      ({ paused, state }) => paused && state !== 'completed',
    );
    if (runs.length === 0 && job.status !== 'paused') continue;
    const entry = entryOf({ account_id: job.account_id, job_id: job.id });
    const isByUser = entry !== undefined && isLeftPaused(entry, world);
    if (isByUser && runs.every(({ pause_reason }) => pause_reason === null)) continue;
    const acts = entry && shown([...actsOn(entry, 'pause', world), ...actsOn(entry, 'resume', world)]);
    violations.push({ kind: 'left_paused', who: `job_${job.id}`, evidence: { job, runs, acts } });
  }
  return violations;
}

/** Whether a pause may stand that nobody took back: one that was asked for more than once may come after that. */
function isLeftPaused(entry, world) {
  const resumes = actsOn(entry, 'resume', world).filter(({ state }) => state === 'acknowledged');
  return actsOn(entry, 'pause', world).some(
    ({ state, requests, answeredAtMs }) =>
      state !== 'acknowledged' || requests !== 1 || !resumes.some(({ sentAtMs }) => sentAtMs >= answeredAtMs),
  );
}

const idOf = (job) => job.answer.id.replace('job_', '');

function violationOf(kind, entry, more = {}) {
  const { act, account, job, phone } = entry;
  return {
    ...{ kind, who: `${account.name}: ${act} of ${job?.what ?? phone ?? 'everything'}` },
    evidence: { entry: shown([entry])[0], ...more },
  };
}

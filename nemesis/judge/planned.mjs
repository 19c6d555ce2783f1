/** Each job that was answered for has its run, and each run of what reaches no recipient its one delivery. Of messages others ask. */
import { DATED, SCHEDULES } from '../requests.mjs';
import { latestAskedMs, mayBeCancelled, shown } from './asked.mjs';

/** Of single payments and scripts their own judges ask. */
const TASKS = ['call', ...SCHEDULES];

export function judgePlanned(world, { endMs }) {
  const { journal, jobById, runsOfJob, deliveriesOfRun } = world;
  const violations = [];
  for (const entry of journal.entries) {
    const { account, answer, request, state, what } = entry;
    if (state !== 'acknowledged' || request === undefined || DATED.includes(request.kind)) continue;
    const jobId = `${account.accountId}.${answer.id.replace('job_', '')}`;
    const job = jobById.get(jobId);
    if (job === undefined) continue;
    const all = runsOfJob.get(jobId) ?? [];
    const runs = all.filter((run) => run.parent_run_id === null && run.left_out === null);
    const isExcused = mayBeCancelled(entry, world) || latestAskedMs(entry, world) > endMs;
    const add = (kind, more) =>
      violations.push({
        ...{ kind, who: `${account.name}: ${what}` },
        evidence: { job, runs: all, acts: shown(journal.entries.filter((one) => one.job === entry)), ...more },
      });
    // How many runs those have that come again their own judge asks.
    if (!SCHEDULES.includes(request.kind)) {
      if (runs.length > 1) add('run_doubled');
      if (runs.length === 0 && !isExcused) add('run_lost');
    }
    if (!TASKS.includes(request.kind)) continue;
    for (const run of runs) {
      const deliveries = deliveriesOfRun.get(String(run.id)) ?? [];
      if (deliveries.length > 1) add('planned_twice', { run, deliveries });
      if (deliveries.length === 0 && !isExcused) add('forgotten', { run });
    }
  }
  return violations;
}

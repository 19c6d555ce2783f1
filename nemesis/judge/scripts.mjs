/**
 * Scripts, against the ledger of their starts: none is forgotten, each runs at most once for each try, one that must not be repeated once
 * in all, and what is kept of each is what it must come to.
 */
import { countStarts, EXIT_CODE, keyOf, outputOf, sortOf } from '../scripts.mjs';
import { latestAskedMs, mayBeCancelled } from './asked.mjs';
import { group, placeOf } from './world.mjs';

const KINDS = ['script', 'nightly'];

export function judgeScripts(world, { endMs }) {
  const { journal, deliveriesOfJob, results, runsOfJob, started } = world;
  const violations = [];
  const resultsAt = group(results, placeOf);
  const starts = countStarts(started);
  for (const entry of journal.entries) {
    const { account, answer, request, state, what } = entry;
    if (!KINDS.includes(request?.kind)) continue;
    const times = starts.get(keyOf(account, request)) ?? 0;
    const job = answer?.id?.replace('job_', '');
    const deliveries = deliveriesOfJob.get(`${account.accountId}.job_${job}`) ?? [];
    const runs = runsOfJob.get(`${account.accountId}.${job}`) ?? [];
    const kept = deliveries.flatMap((delivery) => resultsAt.get(placeOf(delivery)) ?? []);
    const evidence = { sort: sortOf(request), times, deliveries, runs, results: kept };
    const add = (kind) => violations.push({ kind, who: `${account.name}: ${what}`, evidence });
    if (state === 'refused' && times > 0) add('script_refused_and_run');
    if (state !== 'acknowledged') continue;
    const isExcused = mayBeCancelled(entry, world) || latestAskedMs(entry, world) > endMs;
    if (request.kind === 'script' && deliveries.length > 1) add('planned_twice');
    if (request.kind === 'script' && deliveries.length === 0 && !isExcused) add('forgotten');
    if (times > sum(deliveries.map((delivery) => delivery.try))) add('script_run_more_often_than_tried');
    if (sortOf(request) === 'once' && times > 1) add('script_repeated');
    if (times < kept.length) add('script_claimed_falsely');
    for (const delivery of deliveries) {
      const own = resultsAt.get(placeOf(delivery)) ?? [];
      if (own.some((result) => result.try > delivery.try)) add('result_of_no_try');
      if (delivery.state === 'sent' && !own.some((result) => isSuccess(result, delivery, request))) {
        add(sortOf(request) === 'failing' ? 'failure_denied' : 'result_lost');
      }
    }
    if (kept.some((result) => isWrong(result, request))) add('wrong_result');
  }
  return violations;
}

function isSuccess(result, delivery, request) {
  return result.try === delivery.try && result.exit_code === 0 && result.output === outputOf(request);
}

/** A script that ended by itself did so as it had to; one that was ended may have printed or not. */
function isWrong({ exit_code: exitCode, output }, request) {
  if (sortOf(request) === 'failing') return exitCode === 0;
  return exitCode === EXIT_CODE || (exitCode === 0 && output !== outputOf(request));
}

function sum(numbers) {
  return numbers.reduce((total, one) => total + one, 0);
}

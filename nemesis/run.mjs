/**
 * One run of the nemesis: the house is opened, the load begins, everything that the seed says is done to it, all is made well again, and
 * when nothing is left to do the judge compares what was promised with what became of it.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { Explained } from '../scripts/bootstrap.mjs';
import { setUpAccounts } from './accounts.mjs';
import { closeQueue } from './closing.mjs';
import { CONTROLS } from './controls.mjs';
import { applyFaults } from './faults/index.mjs';
import { growthOf, judgeGrowth, watchGrowth } from './growth.mjs';
import { openHouse } from './house.mjs';
import { openJournal } from './journal.mjs';
import { judge } from './judge/index.mjs';
import { FAULTS } from './kinds.mjs';
import { runLoad } from './load.mjs';
import { waitUntilQuiet } from './quiet.mjs';
import { requestsOf } from './requests.mjs';
import { planOf } from './schedule.mjs';
import { watchStalls } from './stalls.mjs';
import { applyActs } from './users.mjs';
import { watchSettled } from './watch.mjs';

/** Greetings may be due so long after the end. */
const GREETINGS_MS = 70_000;
/** Without one of its mechanisms the product may never come to rest. */
const CONTROL_PATIENCE_MS = 20_000;
/** What has no answer so long after all is well again never gets one. */
const ANSWERS_MS = 60_000;

/**
 * @param options.kinds of faults; all without it
 * @param options.everyMs from one moment of trouble to the next
 * @param options.load how much is asked for, as a multiple of what is usual
 * @param options.without the name of a mechanism that is switched off, of `CONTROLS`
 * @returns `faults` applied by kind, `deliveries` judged, `violations`
 */
export async function runNemesis({ seed, seconds, kinds, everyMs, load, without, say }) {
  refuseUnknown('--only', kinds, Object.keys(FAULTS));
  refuseUnknown('--without', without && [without], Object.keys(CONTROLS));
  const control = CONTROLS[without];
  const plan = planOf({ seed, seconds, ...control?.plan, ...(kinds && { kinds }), ...(everyMs && { everyMs }) });
  const requests = requestsOf({ seed, seconds, load, ...control?.requests });
  say(
    `seed ${seed}, ${seconds} s: ${requests.length} requests, ${plan.faults.length} faults, ${plan.acts.length} acts of users`,
  );
  const house = await openHouse({ say, tell: say, clockAheadMs: plan.clockAheadMs, control });
  const accounts = await setUpAccounts(house, load);
  const journal = openJournal(house);
  say('everything runs; the load begins');
  const startMs = Date.now();
  const faults = applyFaults(plan.faults, { house, accounts, startMs, say });
  const acts = applyActs(plan.acts, { house, accounts, journal, startMs, say });
  const ended = new AbortController();
  const meanwhile = control?.meanwhile?.(house, ended.signal);
  const closed = closeQueue(house, startMs + (seconds * 1_000) / 2);
  const watch = watchSettled(house);
  const stalls = watchStalls(say);
  const growth = watchGrowth(house);
  const asking = runLoad({ house, accounts, journal, requests, startMs });
  // Whatever fails is told when it is waited for.
  asking.catch(() => {});
  await pause(Math.max(0, startMs + seconds * 1_000 - Date.now()));
  say('lifting what was done, and waiting until all is quiet');
  const grown = await growth.end();
  ended.abort();
  await meanwhile;
  await faults.over();
  const lost = await closed.open();
  const answered = Promise.all([asking, acts.over()]);
  await Promise.race([answered, pause(ANSWERS_MS, undefined, { ref: false })]);
  journal.close();
  await answered;
  // What a control finds has nothing to do with greetings, which may be a minute away.
  const greetingsMs = control ? 0 : house.nowMs() + Math.max(0, startMs + GREETINGS_MS - Date.now());
  // What a control left undone stays undone.
  const open = await waitUntilQuiet(house, greetingsMs, control && CONTROL_PATIENCE_MS);
  await watch.stop();
  stalls.end();
  const endMs = house.nowMs();
  const judged = await judge(house, {
    accounts,
    journal,
    plan,
    applied: faults.applied,
    settled: watch.settled,
    open,
    endMs,
    counts: house.counts,
    hasControl: control !== undefined,
  });
  const exits = await house.close();
  const violations = [...faults.violations, ...lost, ...judged.violations, ...judgeGrowth(grown), ...badExits(exits)];
  const { deliveries, summary } = judged;
  return { faults: countByKind(faults.applied), deliveries, violations, summary, growth: growthOf(grown) };
}

/** @throws Explained with what there is, when something is asked for that is not there */
function refuseUnknown(option, names = [], known) {
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Explained(`${option} names ${unknown}; there is: ${known.join(', ')}`);
}

/** Each process that is asked to end ends by itself, in order. */
function badExits(exits) {
  return exits
    .filter(({ exit }) => exit !== undefined && exit.code !== 0)
    .map(({ process, exit }) => ({ kind: 'process', who: `${process} did not stop in the end`, evidence: exit }));
}

function countByKind(applied) {
  const counts = {};
  for (const { kind } of applied) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

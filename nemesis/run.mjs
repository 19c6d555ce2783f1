/**
 * One run of the nemesis: the house is opened, the load begins, everything that the seed says is done to it, all is made well again, and
 * when nothing is left to do the judge compares what was promised with what became of it.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { Explained } from '../scripts/bootstrap.mjs';
import { setUpAccounts } from './accounts.mjs';
import { closeQueue } from './closing.mjs';
import { CONTROLS, circumstancesOf } from './controls.mjs';
import { applyFaults } from './faults/index.mjs';
import { countTries, judgeTries } from './faults/tries.mjs';
import { growthOf, judgeGrowth, unseenOf, watchGrowth } from './growth.mjs';
import { openHouse } from './house.mjs';
import { openJournal } from './journal.mjs';
import { judgeEnding, judgeResting } from './judge/ending.mjs';
import { judge } from './judge/index.mjs';
import { judgeExits } from './judge/stops.mjs';
import { FAULTS } from './kinds.mjs';
import { runLoad } from './load.mjs';
import { waitUntilQuiet } from './quiet.mjs';
import { DATED, greetingMs, requestsOf } from './requests.mjs';
import { planOf, untilStartMs } from './schedule.mjs';
import { judgeRates, readRates, SOAK } from './soak.mjs';
import { watchStalls } from './stalls.mjs';
import { applyActs } from './users.mjs';
import { verdictOf } from './verdict.mjs';
import { watchSettled } from './watch.mjs';

const SECONDS = 60;
/** What it takes to open the house; the database's clock is set for a start after it, and a later one waits for the next minute. */
const OPENING_MS = 45_000;
/** Whoever is greeted has it so long after its moment at the latest, or it shows that it is still to be done. */
const GREETED_MS = 5_000;
/** A queue is closed in the middle of the load, and not for so long that what waits for it becomes a load of its own. */
const CLOSED_MS = 30_000;
/** Without one of its mechanisms the product may never come to rest. */
const CONTROL_PATIENCE_MS = 20_000;
/** What has no answer so long after all is well again never gets one. */
const ANSWERS_MS = 60_000;

/**
 * @param options.seconds for how long; without it what the control or the soak says
 * @param options.kinds of faults; all without it
 * @param options.everyMs from one moment of trouble to the next
 * @param options.load how much is asked for, as a multiple of what is usual
 * @param options.soak at a steady rate, with few faults
 * @param options.control the name of a negative control, of `CONTROLS`; `isOff`, whether its mechanism is switched off
 * @returns `verdict` and what belongs to it; `tries` of faults by kind, `deliveries` judged, `violations`, and what there is to tell
 */
export async function runNemesis({ say, ...options }) {
  const run = readyRun(options);
  const { seed, seconds, plan, requests, control, isOff } = run;
  say(
    `seed ${seed}, ${seconds} s: ${requests.length} requests, ${plan.faults.length} faults, ${plan.acts.length} acts of users`,
  );
  const stage = await openStage(run, say);
  say('everything runs; the load begins');
  const done = await strike(run, stage, say);
  say('lifting what was done, and waiting until all is quiet');
  const left = await calmDown(run, stage, done);
  const judged = await judgeAll(run, stage, { ...done, ...left });
  return {
    ...{ seed, seconds },
    ...verdictOf({ control: options.control, isOff, finds: control?.finds, violations: judged.violations }),
    ...judged,
  };
}

/** What will be done, all of it drawn from the seed. */
function readyRun({ seed, soak: isSoak = false, control: name, isOff = false, ...options }) {
  refuseUnknown('--only', options.kinds, Object.keys(FAULTS));
  refuseUnknown(isOff ? '--without' : '--with', name && [name], Object.keys(CONTROLS));
  const control = CONTROLS[name];
  const usual = isSoak ? SOAK : (control ?? {});
  const { seconds = usual.seconds ?? SECONDS, kinds, everyMs, load = 1 } = options;
  const given = { ...(kinds && { kinds }), ...(everyMs && { everyMs }) };
  return {
    ...{ seed, seconds, isSoak, control, isOff },
    plan: planOf({ seed, seconds, ...usual.plan, ...given }),
    requests: requestsOf({ seed, seconds, load, ...usual.requests }),
    accountLoad: usual.accountLoad ?? load,
  };
}

/** The house and who uses it, at a moment from which people are greeted in the middle of the run. */
async function openStage({ seconds, plan, control, isOff, accountLoad }, say) {
  const likelyMs = Date.now() + OPENING_MS + plan.clockAheadMs;
  const clockAheadMs = plan.clockAheadMs + untilStartMs(likelyMs, seconds);
  const circumstances = circumstancesOf(control, isOff);
  const house = await openHouse({ say, tell: say, clockAheadMs, clocks: plan.clocks, control: circumstances });
  const accounts = await setUpAccounts(house, accountLoad);
  await pause(untilStartMs(house.nowMs(), seconds));
  return { house, accounts, journal: openJournal(house) };
}

/** The load, and everything that is done under it, for as long as it goes on. @returns what is still under way, and what was seen */
async function strike({ seconds, isSoak, plan, requests, control }, { house, accounts, journal }, say) {
  const startMs = Date.now();
  const endMs = startMs + seconds * 1_000;
  const faults = applyFaults(plan.faults, { house, accounts, startMs, say });
  const acts = applyActs(plan.acts, { house, accounts, journal, startMs, say });
  const ended = new AbortController();
  const meanwhile = control?.meanwhile?.(house, ended.signal);
  const closed = closeQueue(house, endMs - Math.min(CLOSED_MS, (seconds * 1_000) / 2));
  const watch = watchSettled(house);
  const stalls = watchStalls(house, say);
  const growth = watchGrowth(house, { isSoak, seconds });
  const asking = runLoad({ house, accounts, journal, requests, startMs });
  // Whatever fails is told when it is waited for.
  asking.catch(() => {});
  meanwhile?.catch(() => {});
  await pause(Math.max(0, endMs - Date.now()));
  const grown = await growth.end();
  ended.abort();
  return { startMs, faults, acts, meanwhile, closed, watch, stalls, grown, asking };
}

/** Lifts everything and waits for whatever is left to do. @returns when all was lifted (`overMs`), what was `lost` meanwhile, and what is still `open` */
async function calmDown({ isOff }, { house, journal }, { faults, acts, meanwhile, closed, watch, stalls, asking }) {
  await meanwhile;
  await faults.over();
  const overMs = Date.now();
  const lost = await closed.open();
  const answered = Promise.all([asking, acts.over()]);
  await Promise.race([answered, pause(ANSWERS_MS, undefined, { ref: false })]);
  journal.close();
  await answered;
  // What a control finds has nothing to do with greetings.
  const greeted = isOff ? [] : journal.entries.filter(({ request }) => DATED.includes(request?.kind));
  const untilMs = Math.max(0, ...greeted.map(({ dueMs }) => greetingMs(dueMs) + GREETED_MS));
  // What a control left undone stays undone.
  const open = await waitUntilQuiet(house, untilMs, isOff ? CONTROL_PATIENCE_MS : undefined);
  await watch.stop();
  stalls.end();
  return { overMs, lost, open };
}

/** Everything that the run left, judged; the house is closed. */
async function judgeAll(
  run,
  { house, accounts, journal },
  { startMs, overMs, faults, watch, stalls, grown, lost, open },
) {
  const { seconds, isSoak, isOff, plan, control } = run;
  const endMs = house.nowMs();
  const applied = faults.tries.filter(({ became }) => became !== 'idle');
  if (control?.meanwhileIs) applied.push({ ...control.meanwhileIs, fromMs: startMs, toMs: overMs });
  const { violations, deliveries, summary } = await judge(house, {
    ...{ accounts, journal, applied, stalls: stalls.stalls, open, endMs },
    plan: { ...plan, clockAheadMs: house.clockAheadMs },
    settled: watch.settled,
    counts: house.counts,
    hasControl: isOff,
  });
  const rates = isSoak ? await readRates(house.pool, { fromMs: startMs + house.clockAheadMs, seconds }) : undefined;
  const left = await judgeResting(house, isOff ? 0 : undefined);
  const exits = await house.stop();
  left.push(...(await judgeEnding(house)));
  await house.close();
  return {
    ...{ deliveries, summary, rates, growth: growthOf(grown), unseen: unseenOf(grown) },
    tries: countTries(plan.faults, faults.tries),
    violations: [
      ...faults.violations,
      ...judgeTries(plan.faults, faults.tries),
      ...lost,
      ...violations,
      ...judgeGrowth(grown),
      ...(rates === undefined ? [] : judgeRates(rates, { applied, startMs })),
      ...judgeExits(exits, applied),
      ...left,
    ],
  };
}

/** @throws Explained with what there is, when something is asked for that is not there */
function refuseUnknown(option, names = [], known) {
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Explained(`${option} names ${unknown}; there is: ${known.join(', ')}`);
}

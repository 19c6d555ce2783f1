/** What will be done and when: drawn from the seed alone, so that the same seed does the same again. Pure. */
import { seededRandom } from '@carillon/testkit';
import { ACTS, FAULTS, PROCESSES } from './kinds.mjs';

/** From one moment of trouble to the next, on average. */
const EVERY_MS = 1_500;
/** Of so many moments in a hundred several faults come at once. */
const TOGETHER_PERCENT = 15;
const MOST_TOGETHER = 3;
/** Nothing is broken before there is anything to break. */
const CALM_MS = 1_000;
const ACTS_EVERY_MS = 1_200;
const DAY_MS = 86_400_000;
/** So far the database's clock may be from everybody else's, either way. */
const SKEW_DAYS = 200;
/** So far the clocks of single processes may be from the machine's, either way: one may be twice as far from another. */
const PROCESS_SKEW_MS = 5_000;
const MINUTE_MS = 60_000;
/** People are greeted in the middle of a run, or so long after the start of one that goes on for longer. */
const GREETED_MS = { least: 10_000, most: 30_000 };

/**
 * @param options.seconds how long it goes on
 * @param options.kinds of faults that are chosen from; all without it, none if empty
 * @param options.everyMs from one moment of trouble to the next, on average
 * @param options.on where faults may strike; everywhere without it
 * @param options.forMs the least and the most that each lasts; what its kind says without it
 * @param options.actKinds `actsEveryMs`: the same of what users do
 * @returns `faults` in order of `atMs`, each with its kind, `on` (where it strikes), `forMs` (how long it lasts) and a `draw` from 0 to
 *   below 1 for whatever else is up to chance; `acts` of users alike; `clockAheadMs`, how wrong the database's clock is; `clocks`, how
 *   wrong that of each process is, in ms by name
 */
export function planOf({
  seed,
  seconds,
  kinds = Object.keys(FAULTS),
  everyMs = EVERY_MS,
  on = /** @type {string[] | undefined} */ (undefined),
  forMs = undefined,
  actKinds = Object.keys(ACTS),
  actsEveryMs = ACTS_EVERY_MS,
}) {
  const endMs = seconds * 1_000;
  const draws = {
    ...{ faults: seededRandom(seed), acts: seededRandom(seed ^ 0x5eed) },
    ...{ clock: seededRandom(seed ^ 0xc10c), clocks: seededRandom(seed ^ 0xc10c5) },
  };
  const chosen = strikingOf(only(FAULTS, kinds), { on, forMs });
  const acts = only(ACTS, actKinds);
  const moments = Object.keys(chosen).length === 0 ? [] : momentsOf(draws.faults, { fromMs: CALM_MS, endMs, everyMs });
  const faults = moments.flatMap((atMs) => {
    const together = draws.faults() * 100 < TOGETHER_PERCENT ? 2 + Math.floor(draws.faults() * (MOST_TOGETHER - 1)) : 1;
    return Array.from({ length: together }, () => faultAt(atMs, chosen, draws.faults));
  });
  return {
    seed,
    seconds,
    faults,
    acts: momentsOf(draws.acts, { fromMs: CALM_MS, endMs, everyMs: actsEveryMs }).map((atMs) => {
      const kind = pickWeighted(acts, draws.acts);
      return { atMs, kind, forMs: between(acts[kind].forMs, draws.acts), draw: draws.acts() };
    }),
    clockAheadMs: Math.round(eitherWay(draws.clock) * SKEW_DAYS * DAY_MS),
    clocks: Object.fromEntries(
      PROCESSES.map((process) => [process, Math.round(eitherWay(draws.clocks) * PROCESS_SKEW_MS)]),
    ),
  };
}

/** Those of a table that are named. */
function only(table, names) {
  return Object.fromEntries(Object.entries(table).filter(([name]) => names.includes(name)));
}

/** Kinds of faults with where they may strike and how long they last here; without those that may strike nowhere. */
function strikingOf(kinds, { on, forMs }) {
  return Object.fromEntries(
    Object.entries(kinds)
      .map(([kind, fault]) => [
        kind,
        { ...fault, on: fault.on.filter((place) => on?.includes(place) ?? true), forMs: forMs ?? fault.forMs },
      ])
      .filter(([, fault]) => fault.on.length > 0),
  );
}

function faultAt(atMs, kinds, random) {
  const kind = pickWeighted(kinds, random);
  const on = pick(kinds[kind].on, random);
  return { atMs, kind, on, forMs: between(kinds[kind].forMs, random), draw: random() };
}

/** Moments with gaps from nearly nothing to twice the average. */
function momentsOf(random, { fromMs, endMs, everyMs }) {
  const moments = [];
  for (let atMs = fromMs; ; moments.push(Math.round(atMs))) {
    atMs += 2 * everyMs * random();
    if (atMs >= endMs) return moments;
  }
}

/**
 * How long to wait with the start, so that people are greeted in the middle of everything: jobs that follow a date are due with a full minute of
 * the database's clock.
 * @param nowMs by that clock
 */
export function untilStartMs(nowMs, seconds) {
  const greetedMs = Math.min(GREETED_MS.most, Math.max(GREETED_MS.least, (seconds * 1_000) / 2));
  return (((-nowMs - greetedMs) % MINUTE_MS) + MINUTE_MS) % MINUTE_MS;
}

/** From -1 to below 1. */
function eitherWay(random) {
  return random() * 2 - 1;
}

/** One of a list. */
function pick(list, random) {
  return list[Math.floor(random() * list.length)];
}

/** A whole number from the first to the second. */
function between([least, most], random) {
  return Math.round(least + random() * (most - least));
}

function pickWeighted(kinds, random) {
  const entries = Object.entries(kinds);
  let left = random() * entries.reduce((sum, [, { weight }]) => sum + weight, 0);
  for (const [kind, { weight }] of entries) {
    left -= weight;
    if (left < 0) return kind;
  }
  return entries.at(-1)?.[0];
}

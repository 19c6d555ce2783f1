/** What will be done and when: drawn from the seed alone, so that the same seed does the same again. Pure. */
import { seededRandom } from '@carillon/testkit';
import { ACTS, FAULTS } from './kinds.mjs';

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

/**
 * @param options.seconds how long it goes on
 * @param options.kinds of faults that are chosen from; all without it, none if empty
 * @param options.everyMs from one moment of trouble to the next, on average
 * @param options.on where faults may strike; everywhere without it
 * @param options.forMs the least and the most that each lasts; what its kind says without it
 * @param options.actKinds `actsEveryMs`: the same of what users do
 * @returns `faults` in order of `atMs`, each with its kind, `on` (where it strikes), `forMs` (how long it lasts) and a `draw` from 0 to
 *   below 1 for whatever else is up to chance; `acts` of users alike; `clockAheadMs`, how wrong the database's clock is
 */
export function planOf({
  seed,
  seconds,
  kinds = Object.keys(FAULTS),
  everyMs = EVERY_MS,
  on = undefined,
  forMs = undefined,
  actKinds = Object.keys(ACTS),
  actsEveryMs = ACTS_EVERY_MS,
}) {
  const endMs = seconds * 1_000;
  const draws = { faults: seededRandom(seed), acts: seededRandom(seed ^ 0x5eed), clock: seededRandom(seed ^ 0xc10c) };
  const chosen = only(FAULTS, kinds);
  const acts = only(ACTS, actKinds);
  for (const [kind, fault] of Object.entries(chosen)) {
    chosen[kind] = {
      ...fault,
      on: on === undefined ? fault.on : fault.on.filter((place) => on.includes(place)),
      forMs: forMs ?? fault.forMs,
    };
  }
  const faults = momentsOf(draws.faults, { fromMs: CALM_MS, endMs, everyMs }).flatMap((atMs) => {
    const together = draws.faults() * 100 < TOGETHER_PERCENT ? 2 + Math.floor(draws.faults() * (MOST_TOGETHER - 1)) : 1;
    return Array.from({ length: together }, () => faultAt(atMs, chosen, draws.faults));
  });
  return {
    seed,
    seconds,
    faults: kinds.length === 0 ? [] : faults,
    acts: momentsOf(draws.acts, { fromMs: CALM_MS, endMs, everyMs: actsEveryMs }).map((atMs) => {
      const kind = pickWeighted(acts, draws.acts);
      return { atMs, kind, forMs: between(acts[kind].forMs, draws.acts), draw: draws.acts() };
    }),
    clockAheadMs: Math.round((draws.clock() * 2 - 1) * SKEW_DAYS * DAY_MS),
  };
}

/** Those of a table that are named. */
function only(table, names) {
  return Object.fromEntries(Object.entries(table).filter(([name]) => names.includes(name)));
}

function faultAt(atMs, kinds, random) {
  const kind = pickWeighted(kinds, random);
  if (kind === undefined) return undefined;
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

/** One of a list. */
export function pick(list, random) {
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

/**
 * What the processes, the database and Redis take while the load goes on, looked at again and again. A long run must take no more
 * in the end than it took once caches were filled and code was compiled.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { median } from '../bench/lib/report.mjs';
import { createWatch } from '../bench/lib/steady/watch.mjs';

const EVERY_MS = 10_000;
/** By then caches are filled and code is compiled. In a short run it is the half of it. */
const EARLY_MS = 300_000;
/** Looks of so long before a moment count for it: a single one is up to chance. */
const WINDOW_MS = 60_000;
/** What is shorter than this has hardly begun to grow, and is told but not judged. */
const JUDGED_MS = 600_000;
const TENTH = 1.1;
/** Fewer rows do not fill the pages that a table has anyway. */
const ROWS_MIN = 5_000;

/** Starts looking. @returns `end`, which resolves with what was seen: `looks`, each with its `atMs` since the start, and `forMs` */
export function watchGrowth(house) {
  const startMs = Date.now();
  const looks = [];
  const stopping = new AbortController();
  const watching = (async () => {
    while (!stopping.signal.aborted) {
      const seen = await look(house);
      if (seen !== undefined) looks.push({ ...seen, atMs: Date.now() - startMs });
      await pause(EVERY_MS, undefined, { signal: stopping.signal, ref: false }).catch(() => {});
    }
  })();
  return {
    async end() {
      const forMs = Date.now() - startMs;
      stopping.abort();
      await watching;
      return { looks, forMs };
    },
  };
}

/** Processes that are not there now are left out. */
async function look({ stack, processes }) {
  const running = [...processes.values()].filter(({ pid }) => pid !== undefined);
  const services = Object.fromEntries(running.map(({ name, pid }) => [name, { name, pid }]));
  try {
    return await createWatch(stack, services).look();
  } catch {
    // Postgres or Redis may be away, and a process may just have gone.
    return undefined;
  }
}

/**
 * What was taken early and at the end: the medians of a minute.
 * @returns by name, such as `memory of sender.1`, `connections`, `KiB a row of batches`: `early` and `late`; what was not there at both times is left out
 */
export function growthOf({ looks, forMs }) {
  const earlyMs = Math.min(EARLY_MS, forMs / 2);
  const before = (moment) =>
    looks.filter(({ atMs }) => atMs <= moment && atMs > moment - Math.min(WINDOW_MS, forMs / 4));
  const early = mediansOf(before(earlyMs));
  const late = mediansOf(before(forMs));
  return Object.fromEntries(
    Object.keys(early)
      .filter((name) => late[name] !== undefined)
      .map((name) => [name, { early: early[name], late: late[name] }]),
  );
}

function mediansOf(looks) {
  const values = {};
  for (const { memory, connections, tables } of looks) {
    const seen = { connections };
    // The simulator is the judge, and remembers everything.
    for (const [name, mb] of Object.entries(memory)) if (name !== 'simulator') seen[`memory of ${name}`] = mb;
    for (const [name, { mb, live }] of Object.entries(tables))
      if (live >= ROWS_MIN) seen[`KiB a row of ${name}`] = (mb * 1_024) / live;
    for (const [name, value] of Object.entries(seen)) values[name] = [...(values[name] ?? []), value];
  }
  return Object.fromEntries(Object.entries(values).map(([name, list]) => [name, Math.round(median(list) * 100) / 100]));
}

/** A long run ends with no more than a tenth above what it took early. */
export function judgeGrowth(seen) {
  if (seen.forMs < JUDGED_MS) return [];
  return Object.entries(growthOf(seen))
    .filter(([, { early, late }]) => late > early * TENTH)
    .map(([who, evidence]) => ({ kind: 'grown', who, evidence }));
}

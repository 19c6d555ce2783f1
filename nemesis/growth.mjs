/** What the processes, the database and Redis take, looked at early and at the end, so that what only grows is seen. */
import { setTimeout as pause } from 'node:timers/promises';
import { createWatch } from '../bench/lib/steady/watch.mjs';

/** By then caches are filled and code is compiled. In a short run it is the half of it. */
const EARLY_MS = 300_000;

/** Starts the early look. @returns `end`, which looks once more and resolves with both; a look that failed is undefined */
export function watchGrowth(house, seconds) {
  const early = pause(Math.min(EARLY_MS, seconds * 500), undefined, { ref: false }).then(() => look(house));
  return {
    async end() {
      return { early: await early, late: await look(house) };
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
    // Postgres or Redis may be away.
    return undefined;
  }
}

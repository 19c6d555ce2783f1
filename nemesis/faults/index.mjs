/** Applies faults at their moments, each until its time is over or everything is to be well again. */
import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { report } from '../accounts.mjs';
import { lineFaults } from './lines.mjs';
import { processFaults } from './processes.mjs';
import { providerFaults } from './providers.mjs';
import { serverFaults } from './servers.mjs';

const APPLY = { ...processFaults, ...serverFaults, ...lineFaults, ...providerFaults };

/** What cannot have two things done to it at once. Processes may be killed while they stand still. */
function keyOf({ kind, on }) {
  if (kind.startsWith('reports-')) return 'reports';
  if (kind === 'provider-killed') return 'simulator';
  if (kind.startsWith('provider-') || kind === 'lookups-fail') return 'providers';
  return kind === 'stand-still' ? `${on} standing` : on;
}

/**
 * @param context `house`, `accounts`, and `startMs` from which moments count (epoch ms of this machine)
 * @returns `tries`, each fault that was tried with when it began and ended and what `became` of it: `done`, `idle` if there was nothing to
 *   strike, or `failed` with its `error`; `forGood` on a silence that never ends for what was connected; `violations`; `over`, which lifts what lasts and resolves when all is well again
 */
export function applyFaults(faults, { house, accounts, startMs, say }) {
  const lifting = new AbortController();
  // Everything that lasts waits for it.
  setMaxListeners(0, lifting.signal);
  const busy = new Set();
  /** In order. */
  const tries = [];
  const violations = [];
  const wait = async (ms) => {
    await pause(ms, undefined, { signal: lifting.signal }).catch(() => {});
  };
  const isOver = () => lifting.signal.aborted;

  async function applyOne(fault) {
    await wait(Math.max(0, startMs + fault.atMs - Date.now()));
    const key = keyOf(fault);
    if (isOver() || busy.has(key)) return;
    busy.add(key);
    const { kind, on, forMs } = fault;
    const tried = { kind, on, fromMs: Date.now(), toMs: Number.POSITIVE_INFINITY };
    tries.push(tried);
    say(`${((tried.fromMs - startMs) / 1_000).toFixed(1)} s: ${kind} on ${on}, ${forMs} ms`);
    try {
      const tell = (violation) => violations.push(violation);
      const note = (more) => Object.assign(tried, more);
      const isDone = await APPLY[kind]({ house, accounts, fault, wait, isOver, tell, note });
      tried.became = isDone ? 'done' : 'idle';
    } catch (error) {
      Object.assign(tried, { became: 'failed', error: error.message });
      say(`${kind} on ${on} could not be done: ${error.message}`);
    } finally {
      tried.toMs = Date.now();
      busy.delete(key);
    }
  }
  const all = faults.map(applyOne);

  return {
    tries,
    violations,
    async over() {
      lifting.abort();
      await Promise.all(all);
      for (const process of house.processes.values()) await process.running();
      for (const account of accounts) await report(house, account, {});
      await house.calm();
    },
  };
}

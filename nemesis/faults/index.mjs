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
 * @returns `applied` by kind, each with when it began and ended; `over`, which lifts what lasts and resolves when all is well again
 */
export function applyFaults(faults, { house, accounts, startMs, say }) {
  const lifting = new AbortController();
  // Everything that lasts waits for it.
  setMaxListeners(0, lifting.signal);
  const busy = new Set();
  /** What was done, in order. */
  const applied = [];
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
    const done = { kind: fault.kind, on: fault.on, fromMs: Date.now(), toMs: Number.POSITIVE_INFINITY };
    applied.push(done);
    say(`${((done.fromMs - startMs) / 1_000).toFixed(1)} s: ${fault.kind} on ${fault.on}, ${fault.forMs} ms`);
    try {
      const tell = (violation) => violations.push(violation);
      if (!(await APPLY[fault.kind]({ house, accounts, fault, wait, isOver, tell })))
        applied.splice(applied.indexOf(done), 1);
    } catch (error) {
      // The simulator may be away, and then cannot be told to misbehave.
      applied.splice(applied.indexOf(done), 1);
      say(`${fault.kind} on ${fault.on} could not be done: ${error.message}`);
    } finally {
      done.toMs = Date.now();
      busy.delete(key);
    }
  }
  const all = faults.map(applyOne);

  return {
    applied,
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

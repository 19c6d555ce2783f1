/**
 * Processes that were asked to end: each does so by itself, in order and in time. Only who waits for a statement that a line swallowed for good may
 * leave without having drained: what is in the air then is safe, and the process has said so. Pure.
 */
import { LEASE_MS, SETTINGS } from '../settings.mjs';
import { serviceOf } from './lives.mjs';

/** What a process says that leaves like this, and how it ends. */
const LEFT = { code: 1, says: 'the stop took too long' };
/** How long each service waits for the answer to a statement. */
const STATEMENT_MS = {
  ...{ api: 16_000, scheduler: 61_000, sweeper: 61_000 },
  ...{ sender: LEASE_MS + 1_000, validator: LEASE_MS + 1_000 },
  executor: Number(SETTINGS.executor.SCRIPT_LEASE_MS) + 1_000,
};
/** A transaction waits once for its statement, and once more for being taken back. */
const WAITS = 2;

/**
 * @param exits how each process ended that was running when all was stopped
 * @param applied faults with when they began and ended (epoch ms of this machine), and whether a silence was `forGood`
 */
export function judgeExits(exits, applied) {
  return exits
    .filter(({ exit }) => exit !== undefined && exit.code !== 0)
    .filter(({ process, exit }) => !mayLeave({ process, ...exit }, applied))
    .map(({ process, exit }) => ({ kind: 'process', who: `${process} did not stop in the end`, evidence: exit }));
}

/**
 * Whether a process may have left in the middle of its stop.
 * @param exit how it ended, between which moments it had run, and its last lines
 */
export function mayLeave({ process, code, readyMs, endedMs, logs }, applied) {
  if (code !== LEFT.code || !logs.some((line) => line.includes(LEFT.says))) return false;
  const waitsMs = WAITS * (STATEMENT_MS[serviceOf(process)] ?? 0);
  return applied.some(
    ({ kind, on, forGood, fromMs, toMs }) =>
      kind === 'line-silent' &&
      forGood === true &&
      on === `${process}/postgres` &&
      readyMs < toMs &&
      fromMs < endedMs &&
      endedMs <= toMs + waitsMs,
  );
}

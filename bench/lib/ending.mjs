/**
 * What a benchmark started ends with it, also when it is interrupted: whoever starts something says here how it ends. The processes of
 * testkit moreover end when this one does in whatever way, kill -9 included; but then nobody waits for them.
 */
import { constants } from 'node:os';
import { say } from './report.mjs';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

const actions = new Set();
let interruptedBy;
let interruptedAtMs = 0;
/** npm passes a signal on that the terminal has sent to its whole group already: both are one interruption. */
const SAME_MS = 2_000;

/**
 * Says how something ends that is being started or was.
 * @param action is called once at most, when the benchmark is interrupted or over; the last one said comes first
 * @returns takes it back, as it has ended by itself
 */
export function atEnd(action) {
  actions.add(action);
  return () => void actions.delete(action);
}

/** Ends all that has not ended by itself. Never rejects: what cannot be ended must not keep the others. */
export async function endAll() {
  for (const action of [...actions].reverse()) {
    actions.delete(action);
    try {
      await action();
    } catch (error) {
      say(`something could not be ended: ${error.message}`);
    }
  }
}

/**
 * From now on a signal ends all, and then this process; a second one, seconds later, ends it at once. The end of the process that started this one
 * is a first one, where it listens for that.
 */
export function endWhenInterrupted() {
  const interrupt = (signal) => {
    const code = 128 + constants.signals[signal];
    if (interruptedBy !== undefined) {
      if (performance.now() - interruptedAtMs > SAME_MS) process.exit(code);
      return;
    }
    interruptedBy = signal;
    interruptedAtMs = performance.now();
    say(`interrupted by ${signal}: ending what was started`);
    // Whatever is under way loses what it works with, and fails; that is no news.
    process.on('uncaughtException', () => {});
    process.on('unhandledRejection', () => {});
    void endAll().then(() => process.exit(code));
  };
  for (const signal of SIGNALS) process.on(signal, interrupt);
  process.once('disconnect', () => interruptedBy === undefined && interrupt('SIGTERM'));
}

/** Whether this process is being ended: what is told of it from then on is no news. */
export function isInterrupted() {
  return interruptedBy !== undefined;
}

/** Waits for ever if this process is being ended: then what fails fails for that reason. */
export async function yieldToInterruption() {
  if (interruptedBy !== undefined) await new Promise(() => {});
}

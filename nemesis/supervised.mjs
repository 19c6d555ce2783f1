/**
 * One process of the product under a supervisor: whatever ends is started again after a while, as a container platform does. What is done
 * to it is said beforehand, so that an end that nobody asked for is seen as what it is.
 */
import { setTimeout as pause } from 'node:timers/promises';

/** Until the next try to start what would not start, or ended by itself. */
const AGAIN_MS = 500;
/** A process that was asked to end and does not is a fault of its own. */
const STOP_LIMIT_MS = 20_000;

/**
 * @param name such as `sender.1`
 * @param start starts the process and resolves with it when it is ready
 * @param tell is told what happens, for whoever watches
 */
export function supervise({ name, start, tell }) {
  let service;
  /** Since when it runs. */
  let readyMs;
  let closing = false;
  let isStanding = false;
  /** How long until it is started again; set by whoever ends it. */
  let awayMs;
  /** Ends that nobody asked for, and stops that took too long or failed. */
  const troubles = [];

  async function keep() {
    while (!closing) {
      try {
        service = await start();
        readyMs = Date.now();
      } catch (error) {
        // Without Postgres a start fails, and is tried again.
        if (!closing) tell(`${name} did not start: ${error.message.split('\n').slice(0, 3).join(' ')}`);
        await pause(AGAIN_MS);
        continue;
      }
      if (closing) return void (await service.stop(STOP_LIMIT_MS));
      awayMs = undefined;
      const exit = await service.exited;
      const last = service;
      service = undefined;
      if (closing) return;
      if (awayMs === undefined) troubles.push({ what: 'ended by itself', process: name, ...exit, logs: lastOf(last) });
      await pause(awayMs ?? AGAIN_MS);
    }
  }
  const kept = keep();

  async function stop(leaving) {
    const sinceMs = readyMs;
    const exit = await leaving.stop(STOP_LIMIT_MS);
    return { ...exit, readyMs: sinceMs, endedMs: Date.now(), logs: lastOf(leaving) };
  }

  return {
    name,
    troubles,
    get isRunning() {
      return service !== undefined && awayMs === undefined;
    },
    get pid() {
      return service?.pid;
    },
    /** What it said when it was ready. */
    get ready() {
      return service?.ready;
    },
    get isStanding() {
      return isStanding;
    },
    /** Stops it in the middle of whatever it does, until `isOver` settles. */
    async standStill(isOver) {
      const stopped = service;
      isStanding = true;
      stopped.kill('SIGSTOP');
      await isOver();
      // Whoever was killed meanwhile is not there to be woken.
      stopped.kill('SIGCONT');
      isStanding = false;
    },
    /** Kills it; it comes back after so many milliseconds. */
    async kill(forMs) {
      const victim = service;
      awayMs = forMs;
      victim.kill('SIGKILL');
      await victim.exited;
    },
    /** Asks it to end, and waits until it has. */
    async terminate(forMs) {
      const leaving = service;
      awayMs = forMs;
      const exit = await stop(leaving);
      if (exit.code !== 0) troubles.push({ what: 'did not stop', process: name, ...exit });
    },
    /** Waits until it runs again. */
    async running() {
      while (service === undefined && !closing) await pause(50);
    },
    /** Ends it for good. @returns how it ended, between which moments it had run, and its last lines, if it was running */
    async close() {
      closing = true;
      const exit = service && (await stop(service));
      await kept;
      return exit;
    },
  };
}

function lastOf(service) {
  return service.logs().split('\n').slice(-5);
}

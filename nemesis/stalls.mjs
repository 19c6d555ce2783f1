/**
 * Whether this machine keeps up. All lines pass through this process: while it stands still, everything on its way is late for longer than any
 * network would be, and what is found then says more about the machine than about the product. So it is with the simulator, which is asked.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { LEASE_MS, TIMEOUT_MS } from './settings.mjs';

const EVERY_MS = 200;
const TOLD_MS = 1_000;
/** What is shorter than this makes nobody late who waits for seconds. */
const KEPT_MS = 500;
/** No timer is quite in time. */
const SLIGHT_MS = 50;
/** What is kept: how much was late in all, within as long as somebody waits. Until an answer has come, much passes here several times. */
const KEPT = [
  { kind: 'machine was late', withinMs: TIMEOUT_MS, leastMs: KEPT_MS },
  // A lease is renewed several times before it is over.
  { kind: 'machine stood still', withinMs: LEASE_MS, leastMs: LEASE_MS / 2 },
];

/**
 * Starts looking.
 * @param house whose simulator is asked
 * @param say told of each time that this process stood still for long
 * @returns `stalls`, when this process was late, or the simulator (epoch ms), and `end`, which stops looking
 */
export function watchStalls({ simulatorUrl }, say) {
  const stalls = [];
  const add = addUp(stalls);
  let lastMs = performance.now();
  const timer = setInterval(() => {
    const nowMs = performance.now();
    const lateMs = nowMs - lastMs - EVERY_MS;
    lastMs = nowMs;
    add(Date.now(), lateMs);
    if (lateMs > TOLD_MS) say(`this machine does not keep up: it stood still for ${(lateMs / 1_000).toFixed(1)} s`);
  }, EVERY_MS);
  const ending = new AbortController();
  void askSimulator(simulatorUrl, stalls, ending.signal);
  return {
    stalls,
    end() {
      clearInterval(timer);
      ending.abort();
    },
  };
}

/**
 * Adds up what is late. Pure, but for what it remembers.
 * @param stalls is given what is kept; of those that touch one another one is made
 * @returns told that something was late, when that was over, and by how much
 */
export function addUp(stalls) {
  let recent = [];
  const longestMs = Math.max(...KEPT.map(({ withinMs }) => withinMs));
  return (atMs, lateMs) => {
    if (lateMs < SLIGHT_MS) return;
    recent = [...recent.filter((one) => one.atMs > atMs - longestMs), { atMs, lateMs }];
    for (const { kind, withinMs, leastMs } of KEPT) {
      const own = recent.filter((one) => one.atMs > atMs - withinMs);
      if (own.reduce((sum, one) => sum + one.lateMs, 0) < leastMs) continue;
      const fromMs = own[0].atMs - own[0].lateMs;
      const last = stalls.findLast((one) => one.kind === kind);
      if (last !== undefined && last.toMs >= fromMs) last.toMs = atMs;
      else stalls.push({ kind, on: 'this machine', fromMs, toMs: atMs });
    }
  };
}

/** Asks the simulator, by no line that may be cut, again and again. That it is gone is known from its end. */
async function askSimulator(url, stalls, signal) {
  while (!signal.aborted) {
    const fromMs = Date.now();
    // One that is never answered ends with the simulator.
    const answered = await fetch(`${url}/healthz`)
      .then((answer) => answer.text())
      .catch(() => undefined);
    if (answered !== undefined) stalls.push(...lateAnswer(fromMs, Date.now()));
    await pause(EVERY_MS, undefined, { signal }).catch(() => {});
  }
}

/** An answer that the simulator gave, if it was late. Pure. */
export function lateAnswer(fromMs, toMs) {
  return toMs - fromMs > KEPT_MS ? [{ kind: 'simulator was late', on: 'simulator', fromMs, toMs }] : [];
}

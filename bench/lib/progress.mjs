/** Waiting for something that must go on: what stands still is an error, and no reason to wait for ever. */

/** Far above the longest pause that the product makes by itself. */
const STUCK_MS = 120_000;

/**
 * @returns is told how far something is, any value; throws when that has not changed for two minutes
 */
export function watchProgress(stuckMs = STUCK_MS) {
  let last;
  let sinceMs = performance.now();
  return (found) => {
    const now = JSON.stringify(found);
    if (now !== last) sinceMs = performance.now();
    last = now;
    if (performance.now() - sinceMs > stuckMs) throw new Error(`nothing goes on any more: ${now}`);
  };
}

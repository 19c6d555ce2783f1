/** Waiting for something that must go on: what stands still is an error, and no reason to wait for ever. */

/** Far above the longest pause that the product makes by itself. */
const STUCK_MS = 120_000;

/**
 * @param nowMs a monotonic clock
 * @returns is told how far something is, any value; throws when that has not changed for two minutes
 */
export function watchProgress(nowMs = () => performance.now()) {
  let last;
  let sinceMs = nowMs();
  return (found) => {
    const now = JSON.stringify(found);
    if (now !== last) sinceMs = nowMs();
    last = now;
    if (nowMs() - sinceMs > STUCK_MS) throw new Error(`nothing goes on any more: ${now}`);
  };
}

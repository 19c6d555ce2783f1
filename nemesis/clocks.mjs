/**
 * Clocks of single processes that are wrong: each process of the product may be started with one of its own, a few seconds ahead of the
 * machine's or behind it, so that they agree neither with each other nor with Postgres.
 */

const SHIFTED = new URL('./shiftedClock.mjs', import.meta.url);

/** @param aheadMs by how much. @returns the flags of Node that it takes */
export function flagsOf(aheadMs = 0) {
  if (aheadMs === 0) return [];
  const shifted = new URL(SHIFTED);
  shifted.searchParams.set('aheadMs', String(aheadMs));
  return ['--import', shifted.href];
}

/** Load at a steady rate, whether or not it is answered in time: for a process of its own, see child.mjs. */

/**
 * Begins `perSecond` requests a second for so long, and resolves when the last of them has ended.
 * @param ask given the number of the request, the moment at which it was to begin (of `performance.now`), and whether it counts: those of the
 *   first `uncountedSeconds` do not. It never rejects.
 * @returns how many were made, and the seconds that it took, with the first ones
 */
export async function keepPace({ perSecond, seconds, uncountedSeconds }, ask) {
  const uncounted = Math.round(perSecond * uncountedSeconds);
  const total = uncounted + Math.round(perSecond * seconds);
  const startMs = performance.now();
  const open = [];
  for (let n = 0; n < total; ) {
    const due = Math.min(total, Math.floor(((performance.now() - startMs) / 1_000) * perSecond) + 1);
    for (; n < due; n++) open.push(ask(n, startMs + (n / perSecond) * 1_000, n >= uncounted));
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(open);
  return { requests: total, tookSeconds: (performance.now() - startMs) / 1_000 };
}

/** How latencies are spread, ms. */
export function spread(values) {
  const sorted = Float64Array.from(values).sort();
  const at = (share) =>
    Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10;
  return { count: sorted.length, p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) };
}

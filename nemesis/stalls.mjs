/**
 * Whether this machine keeps up. All lines pass through this process: while it stands still, everything on its way is late for longer than any
 * network would be, and what is found then says more about the machine than about the product.
 */

const EVERY_MS = 200;
const TOLD_MS = 1_000;
/** What is shorter than this makes nobody late who waits for seconds. */
const KEPT_MS = 500;

/**
 * Starts looking.
 * @param say told of each time that this process stood still for long
 * @returns `stalls`, when it did (epoch ms), and `end`, which stops looking
 */
export function watchStalls(say) {
  const stalls = [];
  let lastMs = performance.now();
  const timer = setInterval(() => {
    const nowMs = performance.now();
    const lateMs = nowMs - lastMs - EVERY_MS;
    lastMs = nowMs;
    if (lateMs > KEPT_MS) stalls.push({ fromMs: Date.now() - lateMs, toMs: Date.now() });
    if (lateMs > TOLD_MS) say(`this machine does not keep up: it stood still for ${(lateMs / 1_000).toFixed(1)} s`);
  }, EVERY_MS);
  return { stalls, end: () => clearInterval(timer) };
}

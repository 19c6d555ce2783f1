/** What other machines on the same host took of the processors while something was measured: what is slow then is not the product's doing. */
import { readFileSync } from 'node:fs';

/** Begins to watch. The answer tells the percentage since then; null where nobody knows, as on anything but Linux. */
export function watchStolen() {
  const before = processorTicks();
  return () => {
    const after = processorTicks();
    if (before === null || after === null || after.all === before.all) return null;
    return Math.round(((after.steal - before.steal) / (after.all - before.all)) * 1_000) / 10;
  };
}

/** What all processors did since the machine began. */
function processorTicks() {
  try {
    const [user, nice, system, idle, iowait, irq, softirq, steal] = readFileSync('/proc/stat', 'utf8')
      .split('\n', 1)[0]
      .trim()
      .split(/\s+/)
      .slice(1)
      .map(Number);
    return { all: user + nice + system + idle + iowait + irq + softirq + steal, steal };
  } catch {
    return null;
  }
}

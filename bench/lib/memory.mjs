/** What the system says of a process's memory. */
import { readFileSync } from 'node:fs';

/**
 * The highest resident memory of a process so far, in MiB.
 * @throws Error when there is no such process
 */
export function peakMemoryMb(pid) {
  const kilobytes = readFileSync(`/proc/${pid}/status`, 'utf8').match(/^VmHWM:\s+(\d+) kB/m)?.[1];
  if (kilobytes === undefined) throw new Error(`/proc/${pid}/status has no VmHWM`);
  return Number(kilobytes) / 1_024;
}

/** What the system says of a process's memory. */
import { readFileSync } from 'node:fs';

/**
 * The highest resident memory of a process so far, in MiB.
 * @throws Error when there is no such process
 */
export function peakMemoryMb(pid) {
  return megabytesOf(pid, 'VmHWM');
}

/**
 * The resident memory of a process now, in MiB.
 * @throws Error when there is no such process
 */
export function memoryMb(pid) {
  return megabytesOf(pid, 'VmRSS');
}

function megabytesOf(pid, name) {
  const kilobytes = readFileSync(`/proc/${pid}/status`, 'utf8').match(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm'))?.[1];
  if (kilobytes === undefined) throw new Error(`/proc/${pid}/status has no ${name}`);
  return Number(kilobytes) / 1_024;
}

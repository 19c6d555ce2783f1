/** What the system says of a process's memory. */
import { readFileSync, writeFileSync } from 'node:fs';

const MEBIBYTE = 1_048_576;

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

/**
 * Forgets the highest resident memory of a process, so that `peakMemoryMb` tells of what comes from now on.
 * @throws Error when there is no such process, or it is somebody else's
 */
export function forgetPeakMemory(pid) {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

/** The memory that Redis has given out: now, and at most since it was started; MiB. */
export async function redisMemoryMb(redis) {
  const read = async (name) => {
    const script = `return redis.status_reply(string.match(redis.call('INFO', 'memory'), '${name}:(%d+)'))`;
    return Number(await redis.command('EVAL', script, '0')) / MEBIBYTE;
  };
  return { now: await read('used_memory'), peak: await read('used_memory_peak') };
}

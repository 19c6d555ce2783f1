/**
 * Where no control group can be made: the memory of a script's processes together, looked up ten times a second. Limits of a
 * process alone would let sixty of them take sixty times as much. A script may exceed the limit for one such interval.
 */
import { readdirSync, readFileSync } from 'node:fs';

const INTERVAL_MS = 100;

/**
 * Watches a process with all below it.
 * @param onExceeded told once
 * @returns ends the watch
 */
export function watchMemory(pid: number, limitBytes: number, onExceeded: () => void): () => void {
  const timer = setInterval(() => {
    if (memoryOfTree(pid) <= limitBytes) return;
    clearInterval(timer);
    onExceeded();
  }, INTERVAL_MS);
  return () => clearInterval(timer);
}

/** Bytes; what processes share counts once. In a process namespace of its own whoever lost its parent stands below the first. */
function memoryOfTree(root: number): number {
  let bytes = 0;
  const pids = [root];
  for (let pid = pids.pop(); pid !== undefined; pid = pids.pop()) {
    bytes += proportional(pid);
    for (const thread of list(`/proc/${pid}/task`))
      pids.push(...read(`/proc/${pid}/task/${thread}/children`).split(' ').filter(Boolean).map(Number));
  }
  return bytes;
}

function proportional(pid: number): number {
  return Number(/^Pss:\s+(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) * 1024;
}

/** Processes end while one looks. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function list(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

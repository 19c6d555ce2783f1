/** What processes took of the processors, as the kernel counts it: unlike time on the wall, it hardly depends on who else wants them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the kernel counts processor time in. */
const TICKS_PER_SECOND = 100;

/**
 * Seconds that a process took so far, in user mode and in the kernel.
 * @param pid or `self`
 * @throws Error when there is no such process
 */
export function processorSeconds(pid) {
  return ticksOf(pid).own / TICKS_PER_SECOND;
}

/**
 * The same with all children that it has waited for, and theirs.
 * @param pid or `self`
 * @throws Error when there is no such process
 */
export function processorSecondsWithEnded(pid) {
  const { own, ended } = ticksOf(pid);
  return (own + ended) / TICKS_PER_SECOND;
}

/**
 * Seconds that Postgres took so far: the postmaster, those that it has, and those that it had.
 * @param postgres of `startPostgres`
 * @throws Error when it does not run
 */
export function processorSecondsOfPostgres({ dataDir }) {
  const postmaster = Number(readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n', 1)[0]);
  let { own: ticks, ended } = ticksOf(postmaster);
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const one = ticksOf(pid);
      if (one.parent === postmaster) ticks += one.own + one.ended;
    } catch {
      // It ended while the list was read. Whose child it was counts its time as soon as it has waited for it.
    }
  }
  return (ticks + ended) / TICKS_PER_SECOND;
}

/** Seconds that a Redis took so far, by its own account. @param redis of `startRedis` */
export async function processorSecondsOfRedis(redis) {
  const read = async (name) => {
    const script = `return redis.status_reply(string.match(redis.call('INFO', 'cpu'), '${name}:([%d.]+)'))`;
    return Number(await redis.command('EVAL', script, '0'));
  };
  return (await read('used_cpu_user')) + (await read('used_cpu_sys'));
}

function ticksOf(pid) {
  // The name stands in parentheses and may hold anything; what follows begins with the third field.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  const [utime, stime, cutime, cstime] = fields.slice(11, 15).map(Number);
  return { parent: Number(fields[1]), own: utime + stime, ended: cutime + cstime };
}

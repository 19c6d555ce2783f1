/** Bubblewrap's command line for one script: all that it sees, and all that it may take. Pure. */
import type { ScriptLimits } from '../runner.ts';
import type { Runtime } from './runtimes.ts';

/** The streams of the process that bubblewrap reads from and writes to, by their numbers. */
export const STREAMS = { status: 3, source: 4, seccomp: 5, gate: 6 } as const;

const FOLDER = '/script';
const SCRATCH = '/tmp';
/**
 * The first process inside, a shell: it waits for the script, and everything ends with it. Not bubblewrap's own, which would leave
 * itself to be waited for by the first process outside; in a container that may be a service, which waits for nobody. What the shell
 * says itself of a script that a signal ended is no word of the script.
 */
const FIRST = 'exec 3>&2 2>/dev/null; "$@" 2>&3 3>&-; exit $?';
/** Nobody's, in a user namespace of its own; outside it is the number that bubblewrap was started with. */
const USER_INSIDE = '1000';

/**
 * A mechanism that is left out, so that a test can show that it would notice.
 * - `network`: the script shares the machine's network, and may open sockets of every kind.
 * - `host_files`: it sees the machine's files and processes.
 * - `no_limits`: its processes are not limited.
 * - `no_seccomp`: it may make every system call.
 * - `writable_root`: it may write outside its scratch folder.
 */
export type RunnerControl = 'network' | 'host_files' | 'no_limits' | 'no_seccomp' | 'writable_root';

export interface SandboxShape {
  readonly runtime: Runtime;
  readonly limits: ScriptLimits;
  /** The programs that set limits and wait for the script, and what these load. */
  readonly tools: { readonly prlimit: string; readonly shell: string; readonly files: readonly string[] };
  readonly hasSeccomp: boolean;
  /** Whether it waits until something is written to the gate. */
  readonly isGated: boolean;
  readonly control?: RunnerControl | undefined;
}

/** The arguments, without the program's own name. */
export function bubblewrapArguments({ runtime, limits, tools, hasSeccomp, isGated, control }: SandboxShape): string[] {
  const seesHost = control === 'host_files';
  const source = `${seesHost ? SCRATCH : FOLDER}/${runtime.sourceName}`;
  const files = [...new Set([...runtime.files, ...tools.files, tools.prlimit, tools.shell])];
  const args = ['--unshare-all', '--uid', USER_INSIDE, '--gid', USER_INSIDE, '--hostname', 'script'];
  if (control === 'network') args.push('--share-net');
  // Its own session: nothing can be typed into the terminal of who started the service.
  args.push('--die-with-parent', '--as-pid-1', '--new-session', '--cap-drop', 'ALL');
  args.push('--clearenv', '--setenv', 'HOME', SCRATCH, '--setenv', 'TMPDIR', SCRATCH, '--setenv', 'LANG', 'C.UTF-8');
  args.push('--setenv', 'PATH', '/usr/local/bin:/usr/bin:/bin');
  if (seesHost) args.push('--ro-bind', '/', '/', '--proc', '/proc');
  else for (const file of files) args.push('--ro-bind', file, file);
  // No /proc: what is of use in it is of use to an attacker, and where containers hide parts of it, it cannot be mounted.
  for (const device of ['null', 'zero', 'urandom', 'random'])
    args.push('--dev-bind', `/dev/${device}`, `/dev/${device}`);
  args.push('--size', String(limits.scratchBytes), '--tmpfs', SCRATCH);
  // Semaphores and shared memory of its own processes; they count as scratch.
  if (!seesHost) args.push('--symlink', SCRATCH, '/dev/shm');
  args.push('--perms', '0444', '--file', String(STREAMS.source), source, '--chdir', SCRATCH);
  // The root is a tmpfs without a size: made read-only, nothing can be laid down in it.
  if (control !== 'writable_root' && !seesHost) args.push('--remount-ro', '/');
  args.push('--json-status-fd', String(STREAMS.status));
  if (hasSeccomp) args.push('--seccomp', String(STREAMS.seccomp));
  if (isGated) args.push('--block-fd', String(STREAMS.gate));
  const command = [tools.shell, '-c', FIRST, 'sh', ...runtime.command(source, limits)];
  return [...args, '--', ...(control === 'no_limits' ? command : limited(tools.prlimit, runtime, limits, command))];
}

/** Limits are set inside: a number of processes that is set before is one of the whole user, with the service's own among them. */
function limited(prlimit: string, runtime: Runtime, limits: ScriptLimits, command: readonly string[]): string[] {
  return [
    prlimit,
    `--nproc=${limits.processes}`,
    // A second between the signal that can be caught and the one that cannot.
    `--cpu=${limits.cpuSeconds}:${limits.cpuSeconds + 1}`,
    `--data=${runtime.dataBytes(limits)}`,
    `--fsize=${limits.fileBytes}`,
    '--nofile=256',
    '--core=0',
    '--memlock=0',
    '--msgqueue=0',
    ...command,
  ];
}

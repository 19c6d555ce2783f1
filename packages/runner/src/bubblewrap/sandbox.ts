/** One script in one sandbox, from its start to the moment when nothing of it is left. */
import { spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import type { EndedBy, ScriptEnd, ScriptLimits, ScriptToRun } from '../runner.ts';
import { STREAMS } from './arguments.ts';
import type { Cgroup } from './cgroups.ts';
import type { StreamChoice } from './descriptors.ts';
import { keep } from './kept.ts';
import { watchMemory } from './memoryWatch.ts';

/** What a shell reports of a process that SIGXCPU ended. */
const EXIT_OF_CPU_LIMIT = 128 + 24;
/** Bubblewrap ends with what is in it; if it does not, it is killed too. */
const STUBBORN_MS = 2_000;

export interface SandboxOptions {
  readonly bubblewrap: string;
  readonly args: readonly string[];
  readonly script: ScriptToRun;
  readonly limits: ScriptLimits;
  readonly seccomp: Buffer | undefined;
  /** Without one memory is watched, unless it is not limited at all. */
  readonly cgroup: Cgroup | undefined;
  readonly unlimited: boolean;
  /** The user outside, where this process may choose it. */
  readonly uid: number | undefined;
  readonly signal: AbortSignal | undefined;
  /** Names what a child would inherit beside what it is given. */
  readonly cover: (wanted: readonly StreamChoice[]) => StreamChoice[];
  /** The wall clock, ms. */
  readonly now: () => number;
}

/** Never rejects. */
export async function runInSandbox(options: SandboxOptions): Promise<ScriptEnd> {
  const { script, limits, cgroup, seccomp, uid, signal, now } = options;
  if (signal?.aborted) return notStarted('cancelled', 'it was cancelled before it began');
  cgroup?.begin();
  const startedAtMs = now();
  const child = spawn(options.bubblewrap, options.args, {
    cwd: '/',
    // Nothing of the service's surroundings: its variables hold secrets.
    env: {},
    // What the terminal tells the service does not reach it.
    detached: true,
    stdio: options.cover([
      'pipe',
      'pipe',
      'pipe',
      'pipe',
      'pipe',
      seccomp ? 'pipe' : 'ignore',
      cgroup ? 'pipe' : 'ignore',
    ]),
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  const streams = child.stdio as unknown as ((Readable & Writable) | null)[];
  // Who ends early does not read what is written to it.
  for (const stream of streams) stream?.on('error', () => {});

  let endedBy: EndedBy | undefined;
  /** The first process inside; bubblewrap waits for it outside, so its number stays its own until `close`, and then all inside have ended. */
  let first: number | undefined;
  let exitCode: number | undefined;
  let failure: string | undefined;
  let isOver = false;
  let stopWatching = (): void => {};

  function kill(): void {
    if (isOver) return;
    // Not bubblewrap itself: it would leave its child to others to wait for, and in a container there may be nobody who does.
    if (first === undefined || !killed(first)) child.kill('SIGKILL');
    setTimeout(() => {
      if (!isOver) child.kill('SIGKILL');
    }, STUBBORN_MS).unref();
  }
  function end(by: EndedBy): void {
    endedBy ??= by;
    kill();
  }

  const output = keep('first');
  const error = keep('last');
  for (const [stream, kept] of [
    [child.stdout, output],
    [child.stderr, error],
  ] as const)
    stream?.on('data', (chunk: Buffer) => {
      kept.add(chunk);
      if (output.bytes + error.bytes > limits.outputBytes) end('output');
    });

  function begin(pid: number): void {
    first = pid;
    try {
      if (cgroup) cgroup.join(pid);
      else if (!options.unlimited) stopWatching = watchMemory(pid, limits.memoryBytes, () => end('memory'));
      streams[STREAMS.gate]?.end('go');
    } catch (problem) {
      // One that is gone already said on its error stream why.
      if ((problem as NodeJS.ErrnoException).code !== 'ESRCH')
        failure = `its control group refused it: ${String(problem)}`;
      kill();
    }
    if (endedBy !== undefined) kill();
  }

  let status = '';
  streams[STREAMS.status]?.on('data', (chunk: Buffer) => {
    status += chunk.toString();
    for (let line = status.indexOf('\n'); line >= 0; line = status.indexOf('\n')) {
      const told = JSON.parse(status.slice(0, line)) as { 'child-pid'?: number; 'exit-code'?: number };
      status = status.slice(line + 1);
      if (told['child-pid'] !== undefined) begin(told['child-pid']);
      if (told['exit-code'] !== undefined) exitCode = told['exit-code'];
    }
  });
  streams[STREAMS.source]?.end(script.source);
  streams[STREAMS.seccomp]?.end(seccomp);
  child.stdin?.end(script.parameters);

  const limit = setTimeout(() => end('wall_time'), limits.wallMs);
  const cancel = (): void => end('cancelled');
  signal?.addEventListener('abort', cancel, { once: true });
  const closed = await new Promise<{ code: number | null; problem?: Error }>((resolve) => {
    child.once('error', (problem) => resolve({ code: null, problem }));
    child.once('close', (code) => resolve({ code }));
  });
  isOver = true;
  clearTimeout(limit);
  stopWatching();
  signal?.removeEventListener('abort', cancel);
  const endedAtMs = now();

  // Without an exit code nothing of the script ran: bubblewrap itself said on its error stream why.
  if (exitCode === undefined) {
    if (endedBy === 'cancelled') return notStarted('cancelled', 'it was cancelled before it began');
    const complaint = failure ?? closed.problem?.message ?? error.result().text.trim();
    return notStarted('failed', complaint || `bubblewrap ended with ${closed.code} before the script began`);
  }
  if (exitCode !== 0 && cgroup?.ranOut()) endedBy ??= 'memory';
  if (exitCode === EXIT_OF_CPU_LIMIT) endedBy ??= 'cpu_time';
  const peakMemoryBytes = cgroup?.peakBytes();
  const [keptOutput, keptError] = [output.result(), error.result()];
  return {
    kind: 'ended',
    by: endedBy ?? 'exit',
    exitCode,
    output: keptOutput.text,
    error: keptError.text,
    truncated: keptOutput.truncated || keptError.truncated,
    startedAtMs,
    endedAtMs,
    ...(peakMemoryBytes === undefined ? {} : { peakMemoryBytes }),
  };
}

function notStarted(because: 'cancelled' | 'failed', reason: string): ScriptEnd {
  return { kind: 'not_started', because, reason };
}

/** @returns whether there was somebody to kill */
function killed(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}

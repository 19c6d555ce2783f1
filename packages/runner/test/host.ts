/** Runs scripts in a process of its own, as root and as an ordinary user, and looks at what they left on the machine. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { BubblewrapOptions, RunnerResult, ScriptEnd, ScriptRunner } from '../src/index.ts';

const FIXTURE = join(dirname(fileURLToPath(import.meta.url)), 'fixtures', 'host.mjs');
/** Debian's nobody: no home, no groups, no rights. */
const NOBODY = '65534';

/** Who the scripts' starter is. Root can be both; others are what they are. */
export type Mode = 'root' | 'ordinary user';
export const MODES: readonly Mode[] = process.getuid?.() === 0 ? ['root', 'ordinary user'] : ['ordinary user'];

export type HostOptions = Partial<Omit<BubblewrapOptions, 'now'>>;

export interface Answer extends Pick<ScriptRunner, 'memory' | 'languages' | 'missing' | 'free'> {
  readonly end: ScriptEnd | Extract<RunnerResult, { kind: 'off' }>;
}

export interface Host {
  readonly process: ChildProcess;
  python(source: string, options?: HostOptions, parameters?: string): Run;
  javascript(source: string, options?: HostOptions, parameters?: string): Run;
  stop(): Promise<void>;
}

interface Run extends Promise<Answer> {
  cancel(): void;
}

/** @param inherit file descriptors that the process is started with, from number 3 on */
export function startHost(mode: Mode, env: Record<string, string> = {}, inherit: readonly number[] = []): Host {
  const command = [process.execPath, FIXTURE];
  const asNobody = ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'];
  const [program = '', ...args] =
    mode === 'ordinary user' && process.getuid?.() === 0 ? [...asNobody, ...command] : command;
  const child = spawn(program, args, {
    stdio: ['pipe', 'pipe', 'inherit', ...inherit],
    env: { ...process.env, ...env },
  });
  const waiting = new Map<number, Pending<Answer>>();
  let requests = 0;
  createInterface({ input: child.stdout as NonNullable<typeof child.stdout> }).on('line', (line) => {
    const { id, ...answer } = JSON.parse(line) as Answer & { id: number };
    waiting.get(id)?.resolve(answer);
    waiting.delete(id);
  });
  child.once('exit', (code, signal) => {
    for (const { reject } of waiting.values()) reject(new Error(`the process that ran it ended: ${code ?? signal}`));
  });
  function run(language: string, source: string, options: HostOptions, parameters: string): Run {
    requests += 1;
    const id = requests;
    const script = { language, source, parameters };
    const pending = withResolvers<Answer>();
    waiting.set(id, pending);
    if (child.exitCode !== null) pending.reject(new Error(`the process that runs it has ended: ${child.exitCode}`));
    child.stdin?.write(`${JSON.stringify({ id, options, script })}\n`);
    return Object.assign(pending.promise, {
      cancel: () => void child.stdin?.write(`${JSON.stringify({ cancel: id })}\n`),
    });
  }
  return {
    process: child,
    python: (source, options = {}, parameters = '{}') => run('python', source, options, parameters),
    javascript: (source, options = {}, parameters = '{}') => run('javascript', source, options, parameters),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.stdin?.end();
      await once(child, 'exit');
    },
  };
}

interface Pending<Value> {
  readonly promise: Promise<Value>;
  readonly resolve: (value: Value) => void;
  readonly reject: (error: Error) => void;
}

function withResolvers<Value>(): Pending<Value> {
  let resolve: (value: Value) => void = () => {};
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<Value>((one, other) => {
    resolve = one;
    reject = other;
  });
  return { promise, resolve, reject };
}

/** All processes below one, as the machine sees them. */
export function descendants(pid: number): number[] {
  const found: number[] = [];
  const open = [pid];
  for (let next = open.pop(); next !== undefined; next = open.pop())
    for (const child of childrenOf(next)) {
      found.push(child);
      open.push(child);
    }
  return found;
}

function childrenOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
    );
  } catch {
    return []; // it ended while we looked
  }
}

/** The end of a script that ran. Throws with the reason when it did not. */
export function ended({ end }: Answer): Extract<ScriptEnd, { kind: 'ended' }> {
  if (end.kind === 'ended') return end;
  throw new Error(`the script did not run: ${end.reason}`);
}

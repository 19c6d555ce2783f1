/**
 * What the embedded servers share: free ports, waiting, and a guard that ends a server when the process that started it
 * is killed with -9. Imports node: modules only.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const LOG_LINES_KEPT = 200;

/** A TCP port on 127.0.0.1 that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port was assigned');
  return address.port;
}

/** Whether something listens on the port of 127.0.0.1. */
export async function isListening(port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** A started server process with the last lines that it wrote. */
export interface ServerProcess {
  readonly child: ChildProcess;
  readonly pid: number;
  /** The last 200 lines of stdout and stderr. */
  logs(): string;
  /** Settles when the process is gone, never rejects. */
  readonly exited: Promise<void>;
  isRunning(): boolean;
  /** Sends the signal and waits for the end; kills with -9 after `timeoutMs`. */
  end(signal: NodeJS.Signals, timeoutMs?: number): Promise<void>;
}

export interface SpawnServerOptions {
  command: string;
  args: readonly string[];
  cwd?: string;
  uid?: number;
  gid?: number;
  /** What the guard sends when this process has died without stopping the server. */
  guardSignal: 'INT' | 'TERM';
}

/**
 * Starts a server in a session of its own: a Ctrl-C in the terminal must not reach it directly, or it would be gone
 * before the services that still write to it. In exchange a guard ends it when this process dies.
 */
export function spawnServer(options: SpawnServerOptions): ServerProcess {
  const child = spawn(options.command, options.args, {
    cwd: options.cwd,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH ?? '', LC_ALL: 'C' },
    ...(options.uid === undefined ? {} : { uid: options.uid }),
    ...(options.gid === undefined ? {} : { gid: options.gid }),
  });
  const lines: string[] = [];
  const keep = (chunk: Buffer) => {
    lines.push(...chunk.toString('utf8').split('\n').filter(Boolean));
    if (lines.length > LOG_LINES_KEPT) lines.splice(0, lines.length - LOG_LINES_KEPT);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  let running = child.pid !== undefined;
  const exited = new Promise<void>((resolve) => {
    const gone = () => {
      running = false;
      release();
      resolve();
    };
    child.once('exit', gone);
    child.once('error', (error) => {
      lines.push(error.message);
      gone();
    });
  });
  const release = child.pid === undefined ? () => {} : guard(child.pid, options.guardSignal);
  return {
    child,
    pid: child.pid ?? -1,
    logs: () => lines.join('\n'),
    exited,
    isRunning: () => running,
    async end(signal, timeoutMs = 15_000) {
      if (!running) return;
      child.kill(signal);
      const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
      await exited;
      clearTimeout(timer);
    },
  };
}

/**
 * A shell that reads a pipe held open by this process. When this process ends in whatever way, the read ends without a
 * line, and the shell ends the server. Only a pipe notices kill -9; exit hooks do not run then.
 * @returns releases the guard without harm to the server
 */
export function guard(pid: number, signal: 'INT' | 'TERM' | 'KILL'): () => void {
  const script = [
    'if read -r line; then exit 0; fi',
    'kill -s "$2" "$1" 2>/dev/null',
    'tries=0',
    'while kill -0 "$1" 2>/dev/null && [ "$tries" -lt 100 ]; do sleep 0.1; tries=$((tries + 1)); done',
    'kill -9 "$1" 2>/dev/null',
  ].join('\n');
  return watchParent(script, [String(pid), signal]);
}

/** Runs a shell script whose first `read` ends, without a line, when this process has died. */
function watchParent(script: string, words: readonly string[]): () => void {
  const shell = spawn('/bin/sh', ['-c', script, 'carillon-guard', ...words], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  shell.on('error', () => {});
  shell.stdin.on('error', () => {});
  // Neither the shell nor its pipe may keep this process alive.
  shell.unref();
  (shell.stdin as unknown as { unref(): void }).unref();
  return () => {
    shell.stdin.end('released\n');
  };
}

/**
 * Makes a folder under the system's temporary one that goes when this process does, in whatever way.
 * @returns its path, and what removes it earlier
 */
export function temporaryFolder(name: string): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), `carillon-${name}-`));
  // mkdtemp makes 0700; a server that runs as another user must pass through.
  chmodSync(path, 0o755);
  // Again and again, as a server that is just being ended by its own guard may still write.
  const script = [
    'if read -r line; then exit 0; fi',
    'tries=0',
    'while [ -e "$1" ] && [ "$tries" -lt 50 ]; do rm -rf -- "$1" 2>/dev/null; sleep 0.2; tries=$((tries + 1)); done',
  ].join('\n');
  const release = watchParent(script, [path]);
  return {
    path,
    remove() {
      rmSync(path, { recursive: true, force: true });
      release();
    },
  };
}

/**
 * Waits until `probe` answers true, or throws what `explain` says: when `isAlive` turns false, or at the deadline.
 */
export async function waitUntilUp(
  probe: () => Promise<boolean>,
  isAlive: () => boolean,
  explain: () => string,
  timeoutMs = 30_000,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    if (!isAlive()) throw new Error(explain());
    if (await probe()) return;
    if (performance.now() > deadline) throw new Error(explain());
    await pause(20);
  }
}

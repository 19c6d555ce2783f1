/**
 * Runs a service as the real process that it is in production, so that tests can kill it, stop it and judge what it left.
 * Every one of them is ended when its test file or the test process ends, even when a test throws or jest is killed: a
 * service stops itself when its IPC channel closes, and a guard ends one that cannot, because it was stopped with SIGSTOP.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { guard } from './servers/processes.ts';

const LOG_LINES_KEPT = 200;

const workspaceRoot = fileURLToPath(new URL('../../../', import.meta.url));

export interface SpawnServiceOptions {
  /** The folder under services/, such as `sender`. */
  name: string;
  /** Another program than `services/<name>/dist/main.js`; for tests of the testkit and the runtime. */
  script?: string;
  env: Readonly<Record<string, string | undefined>>;
  /** Such as `after_claim=kill:3`; see `failpoint` in runtime. */
  failpoints?: string;
  /** Flags of Node, such as `--cpu-prof`. */
  nodeFlags?: readonly string[];
  /** Default 60,000. */
  readyTimeoutMs?: number;
}

/** How a process ended. */
export interface ServiceExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface SpawnedService {
  readonly name: string;
  readonly pid: number;
  /** What the service wrote with its ready line, such as `{ port }`. */
  readonly ready: Readonly<Record<string, unknown>>;
  /** The ready line's `url`, or `http://127.0.0.1:<port>` when it names a `port`. */
  readonly baseUrl: string | undefined;
  readonly exited: Promise<ServiceExit>;
  /** Sends the signal; for KILL and TERM await `exited`. */
  kill(signal?: NodeJS.Signals): void;
  /** SIGTERM, then waits; SIGKILL after `timeoutMs` (default 10,000). */
  stop(timeoutMs?: number): Promise<ServiceExit>;
  /** The last 200 lines that it wrote. */
  logs(): string;
}

const running = new Set<ChildProcess>();

// Jest's worker outlives a test file, so what a failed test left must be ended with the file. At the top level of a test
// file's imports this hook may still be registered; outside jest there is none.
(globalThis as { afterAll?: (hook: () => Promise<void>) => void }).afterAll?.(killSpawnedServices);

/** Starts the service and waits for its line `{"msg":"ready"}`. Throws with its last lines if it ends or stays silent. */
export async function spawnService(options: SpawnServiceOptions): Promise<SpawnedService> {
  const script = options.script ?? `${workspaceRoot}services/${options.name}/dist/main.js`;
  const env: Record<string, string> = { PATH: process.env.PATH ?? '', CARILLON_ENV: 'test' };
  for (const [name, value] of Object.entries(options.env)) if (value !== undefined) env[name] = value;
  if (options.failpoints !== undefined) env.CARILLON_FAILPOINTS = options.failpoints;
  // Jest's own flags are not the service's.
  const execArgv = [...(options.nodeFlags ?? [])];
  const child = fork(script, [], { cwd: workspaceRoot, env, execArgv, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  running.add(child);
  const release = child.pid === undefined ? () => {} : guard(child.pid, 'KILL');

  const lines: string[] = [];
  const exited = new Promise<ServiceExit>((resolve) => {
    child.once('close', (code, signal) => {
      running.delete(child);
      release();
      resolve({ code, signal });
    });
  });
  const logs = () => lines.join('\n');
  const ready = await new Promise<Record<string, unknown>>((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`${options.name} was not ready in time; its last lines:\n${logs()}`));
    }, options.readyTimeoutMs ?? 60_000);
    const keep = (line: string) => {
      lines.push(line);
      if (lines.length > LOG_LINES_KEPT) lines.shift();
      const entry = parseObject(line);
      if (entry?.msg !== 'ready') return;
      clearTimeout(timer);
      resolve(entry);
    };
    for (const stream of [child.stdout, child.stderr]) if (stream) eachLine(stream, keep);
    child.once('error', reject);
    void exited.then(({ code, signal }) => {
      clearTimeout(timer);
      reject(new Error(`${options.name} ended (${signal ?? code}) before it was ready; its last lines:\n${logs()}`));
    });
  });

  return {
    name: options.name,
    pid: child.pid ?? -1,
    ready,
    baseUrl: baseUrlOf(ready),
    exited,
    kill: (signal = 'SIGKILL') => {
      child.kill(signal);
    },
    async stop(timeoutMs = 10_000) {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
      const exit = await exited;
      clearTimeout(timer);
      return exit;
    },
    logs,
  };
}

/** Ends every service that this test process still runs; call it in `afterEach`. */
export async function killSpawnedServices(): Promise<void> {
  await Promise.all(
    [...running].map(async (child) => {
      const gone = new Promise((resolve) => child.once('close', resolve));
      // A stopped process takes a SIGKILL as well.
      child.kill('SIGKILL');
      await gone;
    }),
  );
}

function baseUrlOf({ url, port }: Record<string, unknown>): string | undefined {
  if (typeof url === 'string') return url;
  return typeof port === 'number' ? `http://127.0.0.1:${port}` : undefined;
}

function eachLine(stream: NodeJS.ReadableStream, use: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) use(part);
  });
  stream.on('end', () => {
    if (rest !== '') use(rest);
  });
}

function parseObject(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

/**
 * The front door, as a stranger uses it: `npm start` in a terminal until Ctrl-C, a second start on the same data, the JSON
 * variant, and what is said when a port is taken. Real processes, on a data folder of their own.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const TIME_LIMIT_MS = 120_000;

let folder: string;
const started: ChildProcess[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'carillon-start-'));
  // Postgres runs as a user of its own when we are root, and must be able to reach its data.
  chmodSync(folder, 0o755);
});
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Run {
  readonly child: ChildProcess;
  readonly exited: Promise<number | null>;
  out(): string;
  err(): string;
}

function start(args: readonly string[], env: Readonly<Record<string, string>> = {}): Run {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, ['scripts/start.mjs', ...args], {
    cwd: ROOT,
    env: { PATH, HOME, CARILLON_DATA_DIR: folder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  let out = '';
  let err = '';
  child.stdout?.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    err += chunk;
  });
  return {
    child,
    exited: new Promise((resolve) => child.once('close', (code) => resolve(code))),
    out: () => out,
    err: () => err,
  };
}

/** Resolves when the text has been printed; fails with all output when the process ends first. */
function said(run: Run, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      if (`${run.out()}${run.err()}`.includes(text)) resolve();
    };
    run.child.stdout?.on('data', look);
    run.child.stderr?.on('data', look);
    void run.exited.then(() => reject(new Error(`it ended without saying "${text}":\n${run.out()}\n${run.err()}`)));
    look();
  });
}

/** Processes that were started with this test's data folder in their environment or arguments. */
function processesOfFolder(): string[] {
  return readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid) && Number(pid) !== process.pid)
    .filter((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        return command.includes(folder) || readFileSync(`/proc/${pid}/environ`, 'utf8').includes(folder);
      } catch {
        return false;
      }
    });
}

test(
  'npm start reaches the closing table, stays up, and Ctrl-C ends everything within ten seconds',
  async () => {
    const run = start([]);
    await said(run, 'Ctrl-C ends it');
    expect(run.out()).toMatch(/people in the groups\s+1000/);
    expect(run.out()).toMatch(/duplicates by the ledger\s+0/);
    expect(run.out()).toMatch(/lost\s+0/);
    const api = /API docs\s+(\S+)/.exec(run.out())?.[1] ?? '';
    expect((await fetch(api)).status).toBe(200);

    const askedMs = performance.now();
    run.child.kill('SIGINT');
    expect(await run.exited).toBe(130);
    expect(performance.now() - askedMs).toBeLessThan(10_000);
    expect(processesOfFolder()).toEqual([]);
  },
  TIME_LIMIT_MS,
);

test(
  'a second start works on the earlier data, and --json prints one object and ends',
  async () => {
    const run = start(['--json']);
    expect(await run.exited).toBe(0);
    const lines = run.out().trim().split('\n');
    expect(lines).toHaveLength(1);
    const result = JSON.parse(lines[0] ?? '') as Record<string, number>;
    expect(Object.keys(result)).toEqual([
      'people',
      'addresses',
      'sent',
      'failed',
      'unknown',
      'skipped',
      'duplicates',
      'lost',
      'seconds',
    ]);
    expect(result).toMatchObject({ people: 1000, addresses: 943, failed: 6, skipped: 0, duplicates: 0, lost: 0 });
    expect(result.addresses).toBe(
      (result.sent ?? 0) + (result.failed ?? 0) + (result.unknown ?? 0) + (result.skipped ?? 0),
    );
    expect(run.err()).toContain('the database is up to date');
    expect(processesOfFolder()).toEqual([]);
  },
  TIME_LIMIT_MS,
);

test(
  'a port that is taken gives one sentence that names the setting, and leaves nothing running',
  async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const run = start(['--json'], { API_PORT: String(port) });
    expect(await run.exited).toBe(1);
    server.close();
    expect(run.err()).toContain(`API_PORT is ${port}, which another program uses; choose another`);
    expect(run.err()).not.toMatch(/\n\s+at /);
    expect(processesOfFolder()).toEqual([]);
  },
  TIME_LIMIT_MS,
);

/**
 * The front door, as a stranger uses it: `npm start` in a terminal until Ctrl-C, a second start on the same data, the JSON
 * variant, and what is said when a port is taken. Real processes, on a data folder of their own.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const TIME_LIMIT_MS = 360_000;

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

/** What the closing table says of one announcement. */
function table(out: string, channel: string): string {
  return (
    out
      .split(/\n(?= {2}(?:WhatsApp|E-mail|Birthdays|Reminders|Other kinds|Webhooks):)/)
      .find((part) => part.startsWith(`  ${channel}:`)) ?? ''
  );
}

/** What stands behind a word such as `Ledger`. */
function shown(run: Run, word: string): string {
  return new RegExp(`^  ${word}\\s+(\\S+)`, 'm').exec(run.out())?.[1] ?? '';
}

const KEYS = ['people', 'addresses', 'sent', 'failed', 'unknown', 'skipped', 'duplicates', 'lost', 'seconds'];
type Counts = Readonly<Record<string, number>>;

/** Every address is in exactly one of the numbers. */
function expectNobodyMissing({ addresses, sent = 0, failed = 0, unknown = 0, skipped = 0 }: Counts): void {
  expect(addresses).toBe(sent + failed + unknown + skipped);
}

test(
  'npm start shows both announcements and what webhooks were told, stays up, and Ctrl-C ends everything within ten seconds',
  async () => {
    const run = start([]);
    await said(run, 'Ctrl-C ends it');
    for (const channel of ['WhatsApp', 'E-mail']) {
      expect(table(run.out(), channel)).toMatch(/people in the groups\s+1000/);
      expect(table(run.out(), channel)).toMatch(/duplicates by the ledger\s+0/);
      expect(table(run.out(), channel)).toMatch(/lost\s+0/);
    }
    expect(table(run.out(), 'E-mail')).toMatch(/failed\s+5 {2}5 × /);
    // Two in each zone: those here are greeted by now, and the others when the minute comes where they live.
    expect(table(run.out(), 'Birthdays')).toMatch(/birthdays within a day\s+26 {2}in 13 zones\n\s+greeted\s+2 /);
    expect(table(run.out(), 'Birthdays')).toMatch(/planned\s+24 /);
    for (const name of ['duplicates by the ledger', 'lost']) {
      expect(table(run.out(), 'Birthdays')).toMatch(new RegExp(`${name}\\s+0`));
      expect(table(run.out(), 'Reminders')).toMatch(new RegExp(`${name}\\s+0`));
    }
    expect(table(run.out(), 'Reminders')).toMatch(/addresses confirmed\s+9 .*\n\s+addresses checked\s+51 /);
    expect(table(run.out(), 'Reminders')).toMatch(/charged twice\s+0\n\s+reminded\s+36\n\s+skipped\s+4 /);
    expect(table(run.out(), 'Other kinds')).toMatch(/called\s+1 {2}job_\d+: every minute; \d+ verified/);
    expect(table(run.out(), 'Other kinds')).toMatch(/paid\s+1 {2}job_/);
    expect(table(run.out(), 'Other kinds')).toContain('it printed "3 amounts, 12 in all"');
    // A line for each address, and the names of the columns.
    const addresses = /distinct addresses\s+(\d+)/.exec(table(run.out(), 'WhatsApp'))?.[1];
    expect(table(run.out(), 'Other kinds')).toMatch(
      /report sent\s+1 {2}job_\d+: the WhatsApp announcement as canteen\.csv/,
    );
    expect(table(run.out(), 'Other kinds')).toContain(`found ${Number(addresses) + 1} lines attached`);
    expect((await fetch(shown(run, 'API docs'))).status).toBe(200);
    // A form to log in, and nothing else without it.
    const login = await fetch(shown(run, 'Dashboard'), { headers: { accept: 'text/html' } });
    expect(await login.text()).toContain('type="password"');

    // The judge itself: what each mailbox received, and with what header.
    const mailed = /E-mail: announcement (job_\d+)/.exec(run.out())?.[1] ?? '';
    const ask = async (path: string): Promise<Response> => {
      const authorization = `Bearer ${shown(run, 'API key')}`;
      return await fetch(new URL(path, shown(run, 'API docs')), { headers: { authorization } });
    };
    const { data: runs } = (await (await ask(`/v1/jobs/${mailed}/runs`)).json()) as { data: { id: string }[] };
    const ledger = shown(run, 'Ledger');
    const number = runs[0]?.id.replace('run_', '');
    const text = await (await fetch(`${ledger}ledger/export?run=${number}`)).text();
    const entries = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { to: string; email?: { unsubscribe?: string } });
    expect(entries.length).toBeGreaterThan(850);
    expect(new Set(entries.map(({ to }) => to)).size).toBe(entries.length);
    const withoutLink = entries.filter(({ email }) => !/\/v1\/unsubscribe\/u1\./.test(email?.unsubscribe ?? ''));
    expect(withoutLink).toEqual([]);
    expect((await fetch(entries[0]?.email?.unsubscribe ?? '')).status).toBe(200);

    // Notices that verified; the ends of the two announcements, and of the two runs of reminders, are among them; other kinds add to them.
    expect(run.out()).toMatch(/Webhooks: \d+ notices received and verified \(.*\b(?:[4-9]|\d\d) run\.completed/);
    const operator = { authorization: `Bearer ${shown(run, 'Operator')}` };
    const well = await fetch(shown(run, 'Status'), { headers: operator });
    expect(await well.json()).toMatchObject({ scope: 'installation' });
    // What it offers to try works as it stands.
    const { status } = await fetch(new URL('/v1/holds', shown(run, 'API docs')), {
      method: 'POST',
      headers: { ...operator, 'content-type': 'application/json' },
      body: JSON.stringify({ scope: 'installation', reason: 'a look', channel: 'webhook' }),
    });
    expect(status).toBe(201);
    const client = spawnSync(process.execPath, ['examples/follow-progress.mjs', mailed], {
      cwd: ROOT,
      env: {
        ...process.env,
        CARILLON_URL: new URL(shown(run, 'API docs')).origin,
        CARILLON_KEY: shown(run, 'API key'),
      },
      encoding: 'utf8',
    });
    expect(client.stderr).toBe('');
    expect(client.stdout).toContain('is over');
    const cli = spawnSync(process.execPath, ['scripts/carillon.mjs', 'hold', 'release', 'hld_1'], {
      cwd: ROOT,
      env: { ...process.env, CARILLON_DATA_DIR: folder, DATABASE_URL: '' },
      encoding: 'utf8',
    });
    expect(`${cli.stdout}${cli.stderr}`).toBe('released: hld_1\n');

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
    const result = JSON.parse(lines[0] ?? '') as Counts & {
      email: Counts;
      webhooks: number;
      birthdays: Counts;
      reminders: Counts;
      kinds: unknown;
    };
    expect(Object.keys(result)).toEqual([...KEYS, 'email', 'webhooks', 'birthdays', 'reminders', 'kinds']);
    expect(Object.keys(result.email)).toEqual(KEYS);
    expect(result).toMatchObject({ people: 1000, addresses: 943, failed: 6, skipped: 0, duplicates: 0, lost: 0 });
    expectNobodyMissing(result);
    // Whose mailbox was refused for good by the first start is suppressed since then.
    expect(result.email).toMatchObject({ people: 1000, failed: 0, skipped: 5, duplicates: 0, lost: 0 });
    expectNobodyMissing(result.email);
    // The jobs of the start before are cancelled, and their people are told by new ones; what was paid for is known.
    expect(result.birthdays).toMatchObject({ people: 26, zones: 13, planned: 24, told: 2, duplicates: 0, lost: 0 });
    expect(result.reminders).toMatchObject({ people: 60, paidChecks: 51, chargedTwice: 0, told: 36, skipped: 4 });
    const once = { done: 1, failed: 0 };
    expect(result.kinds).toEqual({ webhook: once, payment: once, script: once, report: once });
    // The start and the end of both runs at least.
    expect(result.webhooks).toBeGreaterThanOrEqual(4);
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

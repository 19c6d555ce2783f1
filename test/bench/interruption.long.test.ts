/**
 * A benchmark that is interrupted leaves no process running and no folder behind, whatever it is doing then: real ones, ended at several of
 * their progress lines. Its processes are known by a folder in their PATH, which all that a benchmark starts inherit, or by its
 * temporary folder among their arguments.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { eventually } from '@carillon/testkit';
import { afterEach, beforeEach, expect, test } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

let folder: string;
let bench: ChildProcess | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'carillon-interrupted-'));
  // Postgres may run as somebody else.
  chmodSync(folder, 0o755);
});
afterEach(() => {
  bench?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** Starts a benchmark whose temporary folder is ours. */
function start(...words: string[]) {
  const started = spawn(process.execPath, ['scripts/bench.mjs', ...words], {
    cwd: ROOT,
    env: { ...process.env, TMPDIR: folder, PATH: `${process.env.PATH}:${join(folder, 'marker')}` },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  bench = started;
  const exited = once(started, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  const lines: string[] = [];
  const reader = createInterface({ input: started.stderr });
  reader.on('line', (line) => lines.push(line));
  return {
    lines,
    exited,
    interrupt: (signal: NodeJS.Signals) => started.kill(signal),
    async saying(text: string) {
      let isOver = false;
      void exited.then(() => {
        isOver = true;
      });
      const seen = await eventually(() => (lines.join('\n').includes(text) ? 'said' : isOver ? 'over' : undefined), {
        what: `its line "${text}"`,
        timeoutMs: 180_000,
        everyMs: 5,
      });
      if (seen === 'over') throw new Error(`it ended without saying "${text}":\n${lines.join('\n')}`);
    },
  };
}

/** The processes of the benchmark, as far as the kernel tells us of them. */
function processes(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        const environment = readFileSync(`/proc/${pid}/environ`, 'utf8');
        return command.includes(folder) || environment.includes(join(folder, 'marker')) ? [`${pid} ${command}`] : [];
      } catch {
        // It ended while we looked.
        return [];
      }
    });
}

/** Guards notice a moment later that there is nothing left to be guarded, and end themselves what was killed. */
async function nothingIsLeft() {
  await eventually(
    () => {
      expect({ processes: processes(), folders: readdirSync(folder) }).toEqual({ processes: [], folders: [] });
      return true;
    },
    { what: 'that nothing is left', timeoutMs: 30_000 },
  );
}

const SIZES = ['sizes', '--rows', '20000', '--json'];
/** What is said of one side is the moment at which the next one begins, here the first peer: a process of its own. */
const SEND = ['send', '--rows', '500', '--turns', '1', '--json'];
const BEFORE_PEERS = 'turn 1 of 1: with reports';

test.each<[string, string[], string, NodeJS.Signals]>([
  ['while Postgres starts', SIZES, 'starting Postgres', 'SIGTERM'],
  ['while rows are made', SIZES, 'seeding', 'SIGINT'],
  ['while services send', SIZES, 'sending to everybody', 'SIGTERM'],
  ['while a peer runs', SEND, BEFORE_PEERS, 'SIGINT'],
])(
  'interrupted %s',
  async (_when, words, line, signal) => {
    const { saying, interrupt, exited, lines } = start(...words);
    await saying(line);
    expect(processes()).not.toEqual([]);
    interrupt(signal);
    // npm passes on what the terminal has sent to all of its group already: that is no second one.
    await saying('interrupted by');
    interrupt(signal);
    const [code] = await exited;
    // It ended what it had started, and has not left that to the guards.
    expect(processes().filter((command) => command.includes('postgres'))).toEqual([]);
    expect({ code, last: lines.at(-1) }).toEqual({
      code: signal === 'SIGINT' ? 130 : 143,
      last: `interrupted by ${signal}: ending what was started`,
    });
    await nothingIsLeft();
  },
  240_000,
);

test('one that is killed leaves nothing either', async () => {
  const { saying, interrupt, exited } = start(...SEND);
  await saying(BEFORE_PEERS);
  interrupt('SIGKILL');
  await exited;
  await nothingIsLeft();
}, 240_000);

test('one that finishes says so, and leaves nothing', async () => {
  const { exited, lines } = start('sizes', '--rows', '200', '--json');
  expect(await exited).toEqual([0, null]);
  expect(lines.at(-1)).toMatch(/^finished in \d+ s$/);
  await nothingIsLeft();
}, 240_000);

/** All negative controls in turn, each with its mechanism off and then on: every run is a process of its own, as if it had been asked for alone. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { atEnd, yieldToInterruption } from '../bench/lib/ending.mjs';
import { CONTROLS } from './controls.mjs';
import { readVerdict } from './verdict.mjs';

const SCRIPT = fileURLToPath(new URL('../scripts/nemesis.mjs', import.meta.url));
/** What a run takes beside its load: to start, to rest, and to judge. */
const BESIDE_SECONDS = 70;
const TURNS = { off: '--without', on: '--with' };

/**
 * @param options.names of the controls
 * @param options.say is told how far it is
 * @param options.runTurn runs the nemesis with arguments, and resolves with what it said; another one in tests
 * @returns one row for each control, with `name`, `finds`, what was said of it `off` and `on`, and how many `seconds` both took
 */
export async function runControls({ names, seed, say, runTurn = runAlone }) {
  const rows = [];
  const turns = names.length * 2;
  let done = 0;
  say(`${names.length} controls, each with its mechanism off and on: about ${minutesOf(names)} minutes; seed ${seed}`);
  for (const name of names) {
    const { finds, seconds } = CONTROLS[name];
    const row = { name, finds, seconds: 0 };
    rows.push(row);
    for (const [mechanism, option] of Object.entries(TURNS)) {
      done += 1;
      say(`${done} of ${turns}: ${option} ${name}, ${seconds} s of load`);
      const startMs = performance.now();
      row[mechanism] = await runTurn([option, name, '--seed', String(seed), '--json']);
      const tookSeconds = (performance.now() - startMs) / 1_000;
      row.seconds += tookSeconds;
      const { verdict, found, others, reason } = row[mechanism];
      say(`  ${verdict} after ${Math.round(tookSeconds)} s ${JSON.stringify(reason ?? { found, others })}`);
    }
  }
  return rows;
}

function minutesOf(names) {
  const seconds = names.map((name) => 2 * (CONTROLS[name].seconds + BESIDE_SECONDS));
  return Math.ceil(seconds.reduce((sum, one) => sum + one, 0) / 60);
}

async function runAlone(args) {
  // What was ended with this process must not be followed by the next.
  await yieldToInterruption();
  // By the channel it sees that this process has ended, and ends as well. In a group of its own, or who interrupts both would interrupt it twice.
  const child = spawn(process.execPath, [SCRIPT, ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: true,
  });
  const closed = once(child, 'close');
  const release = atEnd(async () => {
    child.kill('SIGTERM');
    await closed;
  });
  const [out, log, [code, signal]] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
  release();
  return readVerdict({ code, signal, out, log });
}

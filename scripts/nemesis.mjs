/**
 * `npm run nemesis -- --seed N --seconds S [--json]`: tries to prove the promise wrong, and says whether it could. Without a seed it takes
 * one by chance and prints it. `--only KINDS` and `--every MS` choose which faults and how many, `--load N` how
 * much is asked for; they make another schedule of the same seed. `--soak` is half an hour at a steady rate with few faults.
 * `--without NAME` switches a mechanism off, of nemesis/controls.mjs, and is to find violations; `--with NAME` does the same with the
 * mechanism on, and is to find none; `controls [NAME…]` runs both of all of them. It ends with 0 when it came out as it is to, with 1 when
 * it did not, and with 2 when the run itself failed.
 */
import { endAll, isInterrupted } from '../bench/lib/ending.mjs';
import { Explained } from './bootstrap.mjs';
import { isCount, numberOf, readArguments } from './lib/arguments.mjs';
import { runInterruptible } from './lib/interruptible.mjs';

const SEEDS = 1_000_000;
const FAILED = 2;

// Not the code of a violation: of the product this says nothing.
process.on('uncaughtException', (error) => {
  if (isInterrupted()) return;
  console.error(error);
  void endAll().then(() => process.exit(FAILED));
});

try {
  const options = readOptions();
  await runInterruptible(async () => {
    process.exitCode = options.isControls ? await runAll(options) : await runOne(options);
  });
} catch (error) {
  console.error(error instanceof Explained ? `carillon: ${error.message}` : error);
  process.exitCode = FAILED;
}
// Whatever is still open: all that matters has ended.
process.exit();

function readOptions() {
  const { values, positionals } = readArguments({
    allowPositionals: true,
    options: {
      seed: { type: 'string' },
      seconds: { type: 'string' },
      json: { type: 'boolean', default: false },
      only: { type: 'string' },
      every: { type: 'string' },
      load: { type: 'string' },
      soak: { type: 'boolean', default: false },
      without: { type: 'string' },
      with: { type: 'string' },
    },
  });
  const [command, ...names] = positionals;
  if (command !== undefined && command !== 'controls')
    throw new Explained(`${command} is nothing that the nemesis does; there is: controls`);
  const modes = [command, values.soak && '--soak', values.without && '--without', values.with && '--with'];
  const asked = modes.filter(Boolean);
  if (asked.length > 1) throw new Explained(`${asked.join(' and ')} are different runs; ask for one of them`);
  const fixed = ['only', 'every', 'load'].find((name) => values[name] !== undefined);
  if (values.soak && fixed !== undefined) throw new Explained(`--soak says itself what --${fixed} is; leave it out`);
  const count = (name) => numberOf(values, name, isCount, 'a whole number');
  return {
    seed: count('seed') ?? Math.floor(Math.random() * SEEDS),
    seconds: count('seconds'),
    everyMs: count('every'),
    load: numberOf(values, 'load', (load) => load > 0, 'a number above 0'),
    soak: values.soak,
    control: values.without ?? values.with,
    isOff: values.without !== undefined,
    kinds: values.only === undefined ? undefined : values.only.split(',').filter(Boolean),
    json: values.json,
    isControls: command !== undefined,
    names,
  };
}

/** Told to whoever waits, on stderr, so that stdout holds the answer alone. */
function say(line) {
  if (!isInterrupted()) process.stderr.write(`${line}\n`);
}

function out(lines) {
  for (const line of lines) process.stdout.write(`${line}\n`);
}

async function runOne(options) {
  const { runNemesis } = await import('../nemesis/run.mjs');
  const { jsonOf, linesOf } = await import('../nemesis/telling.mjs');
  const { CODES } = await import('../nemesis/verdict.mjs');
  const result = await runNemesis({ ...options, say });
  out(options.json ? [JSON.stringify(jsonOf(result))] : linesOf(result));
  return CODES[result.verdict];
}

async function runAll({ names, seed, json }) {
  const { CONTROLS } = await import('../nemesis/controls.mjs');
  const { runControls } = await import('../nemesis/allControls.mjs');
  const { tableOf, worstOf } = await import('../nemesis/verdict.mjs');
  const unknown = names.find((name) => CONTROLS[name] === undefined);
  if (unknown !== undefined)
    throw new Explained(`there is no control ${unknown}; there is: ${Object.keys(CONTROLS).join(', ')}`);
  const rows = await runControls({ names: names.length > 0 ? names : Object.keys(CONTROLS), seed, say });
  out(json ? [JSON.stringify({ seed, controls: rows })] : ['', ...tableOf(rows), '']);
  return worstOf(rows.flatMap((row) => [row.off, row.on]));
}

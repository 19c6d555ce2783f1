/**
 * `npm run nemesis -- --seed N --seconds S [--json]`: tries to prove the promise wrong, and says whether it could. Without a seed it takes
 * one by chance and prints it. `--only KINDS` and `--every MS` choose which faults and how many, `--load N` how
 * much is asked for; they make another schedule of the same seed. `--without NAME` switches a
 * mechanism off, of nemesis/controls.mjs, and is to find violations.
 */
import { isInterrupted } from '../bench/lib/ending.mjs';
import { runMain } from './bootstrap.mjs';
import { isCount, numberOf, readArguments } from './lib/arguments.mjs';
import { runInterruptible } from './lib/interruptible.mjs';

const SEEDS = 1_000_000;

await runMain(async () => {
  const options = readOptions();
  await runInterruptible(async () => {
    const { runNemesis } = await import('../nemesis/run.mjs');
    const say = (line) => isInterrupted() || process.stderr.write(`${line}\n`);
    const result = await runNemesis({ ...options, say });
    if (options.json) process.stdout.write(`${JSON.stringify(jsonOf(options, result))}\n`);
    else print(options, result);
    if (result.violations.length > 0) process.exitCode = 1;
  });
});
// Whatever is still open: all that matters has ended.
process.exit();

function readOptions() {
  const { values } = readArguments({
    options: {
      seed: { type: 'string' },
      seconds: { type: 'string', default: '60' },
      json: { type: 'boolean', default: false },
      only: { type: 'string' },
      every: { type: 'string' },
      load: { type: 'string', default: '1' },
      without: { type: 'string' },
    },
  });
  const count = (name) => numberOf(values, name, isCount, 'a whole number');
  return {
    seed: count('seed') ?? Math.floor(Math.random() * SEEDS),
    seconds: count('seconds'),
    everyMs: count('every'),
    load: numberOf(values, 'load', (load) => load > 0, 'a number above 0'),
    without: values.without,
    kinds: values.only === undefined ? undefined : values.only.split(',').filter(Boolean),
    json: values.json,
  };
}

function jsonOf({ seed }, { faults, deliveries, violations }) {
  return { seed, faults, deliveries, violations };
}

function print({ seed, seconds }, { faults, deliveries, violations, summary, growth }) {
  const out = (line) => process.stdout.write(`${line}\n`);
  out(`\n  seed ${seed}, ${seconds} s\n  requests    ${JSON.stringify(summary.requests)}`);
  for (const [channel, states] of Object.entries(summary.states))
    out(`  ${channel.padEnd(12)}${JSON.stringify(states)}`);
  out(`  ledgers     ${JSON.stringify(summary.ledgers)}\n  faults      ${JSON.stringify(faults)}`);
  for (const [what, { early, late }] of Object.entries(growth))
    out(`  ${what.padEnd(28)}${early} early, ${late} at the end`);
  for (const { kind, who, evidence } of violations)
    out(`\n  VIOLATION ${kind}: ${who}\n    ${JSON.stringify(evidence)}`);
  out(
    `\n  ${deliveries} deliveries judged: ${violations.length === 0 ? 'the promise was kept' : `${violations.length} violations`}\n`,
  );
}

/**
 * `npm run bench -- <name> [--json] [--rows N] [--dates] [--scale N] [--turns N] [--plot FILE] [--seconds N]
 * [--per-second N] [--connections N]`: one question each, answered by a file in bench/. `npm run bench -- all [--quick] [--only NAMES]` answers them all and
 * writes the figures of the docs, `npm run bench -- report FILE…` writes these again.
 */
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Explained, root, runMain } from './bootstrap.mjs';
import { isCount, numberOf, readArguments } from './lib/arguments.mjs';
import { runInterruptible } from './lib/interruptible.mjs';

await runMain(async () => {
  const { values, positionals } = readArguments({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      rows: { type: 'string' },
      dates: { type: 'boolean' },
      scale: { type: 'string' },
      turns: { type: 'string' },
      plot: { type: 'string' },
      seconds: { type: 'string' },
      'per-second': { type: 'string' },
      connections: { type: 'string' },
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
    },
  });
  const [name, ...files] = positionals;
  const action = actionOf(name, files, values);
  const startedMs = performance.now();
  await runInterruptible(action);
  process.stderr.write(`finished in ${((performance.now() - startedMs) / 1_000).toFixed(0)} s\n`);
});
// Whatever is still open: all that matters has ended.
process.exit();

/** What is to be done. @throws Explained when there is no such thing */
function actionOf(name, files, values) {
  const names = readdirSync(join(root, 'bench'))
    .filter((entry) => entry.endsWith('.mjs'))
    .map((entry) => entry.slice(0, -4));
  if (name === 'all') {
    const only = values.only?.split(',');
    return async () => (await import('../bench/lib/all.mjs')).runAll({ names, quick: values.quick, only });
  }
  if (name === 'report' && files.length > 0) {
    return async () => (await import('../bench/lib/all.mjs')).writeReport(files.map((file) => resolve(file)));
  }
  if (name === undefined || !names.includes(name)) {
    throw new Explained(`npm run bench -- <name>, where the name is all, report FILE…, or one of: ${names.join(', ')}`);
  }
  const options = optionsOf(values);
  return async () => (await import(`../bench/${name}.mjs`)).run(options);
}

/** What a benchmark is told, of what the command line says. */
function optionsOf(values) {
  const count = (name) => numberOf(values, name, (value) => isCount(value) && value > 0, 'a whole number above 0');
  const options = {
    dates: values.dates,
    rows: count('rows'),
    scale: numberOf(values, 'scale', (scale) => scale > 0 && scale <= 1, 'a number above 0, at most 1'),
    turns: count('turns'),
    plot: values.plot,
    seconds: count('seconds'),
    connections: count('connections'),
    perSecond: count('per-second'),
  };
  // What was not said has its own default in each.
  const said = Object.entries(options).filter(([, value]) => value !== undefined);
  return { json: values.json, ...Object.fromEntries(said) };
}

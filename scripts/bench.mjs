/**
 * `npm run bench -- <name> [--json] [--rows N] [--dates] [--scale N] [--turns N] [--plot FILE] [--seconds N]
 * [--per-second N] [--connections N]`: one question each, answered by a file in bench/. `npm run bench -- all [--quick] [--only NAMES]` answers them all and
 * writes the figures of the docs, `npm run bench -- report FILE…` writes these again.
 */
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Explained, root, runMain } from './bootstrap.mjs';
import { runInterruptible } from './lib/interruptible.mjs';

await runMain(async () => {
  const { values, positionals } = parseArgs({
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
  return async () => (await import(`../bench/${name}.mjs`)).run(optionsOf(values));
}

/** What a benchmark is told, of what the command line says. */
function optionsOf(values) {
  return {
    json: values.json,
    ...(values.dates === undefined ? {} : { dates: values.dates }),
    ...(values.rows === undefined ? {} : { rows: Number(values.rows) }),
    ...(values.scale === undefined ? {} : { scale: Number(values.scale) }),
    ...(values.turns === undefined ? {} : { turns: Number(values.turns) }),
    ...(values.plot === undefined ? {} : { plot: values.plot }),
    ...(values.seconds === undefined ? {} : { seconds: Number(values.seconds) }),
    ...(values.connections === undefined ? {} : { connections: Number(values.connections) }),
    ...(values['per-second'] === undefined ? {} : { perSecond: Number(values['per-second']) }),
  };
}

/**
 * `npm run bench -- <name> [--json] [--rows N] [--dates] [--scale N] [--turns N] [--plot FILE] [--seconds N]
 * [--per-second N]`: one question each, answered by a file in bench/.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { endAll, endWhenInterrupted, yieldToInterruption } from '../bench/lib/ending.mjs';
import { bootstrap, Explained, root, runMain } from './bootstrap.mjs';

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
    },
  });
  const names = readdirSync(join(root, 'bench'))
    .filter((file) => file.endsWith('.mjs'))
    .map((file) => file.slice(0, -4));
  const name = positionals[0];
  if (name === undefined || !names.includes(name)) {
    throw new Explained(`npm run bench -- <name>, where the name is one of: ${names.join(', ')}`);
  }
  const startedMs = performance.now();
  endWhenInterrupted();
  await bootstrap();
  const { run } = await import(`../bench/${name}.mjs`);
  try {
    await run(optionsOf(values));
  } catch (error) {
    await yieldToInterruption();
    throw error;
  } finally {
    await endAll();
  }
  await yieldToInterruption();
  process.stderr.write(`finished in ${((performance.now() - startedMs) / 1_000).toFixed(0)} s\n`);
});
// Whatever is still open: all that matters has ended.
process.exit();

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
    ...(values['per-second'] === undefined ? {} : { perSecond: Number(values['per-second']) }),
  };
}

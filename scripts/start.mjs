/**
 * `npm start`: makes the clone ready, starts everything, sends the demo announcements, shows how it goes, and stays up
 * until Ctrl-C. With --json it prints one object and ends (`npm run demo -- --json`).
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { bootstrap, root, runMain, say } from './bootstrap.mjs';
import { readArguments } from './lib/arguments.mjs';

await runMain(async () => {
  const options = readArguments({ options: { json: { type: 'boolean', default: false } } }).values;
  if (existsSync(join(root, '.env'))) process.loadEnvFile(join(root, '.env'));
  bootstrap();
  // Only now: what follows has dependencies, which the line above installed and built.
  const { startProduct } = await import('./lib/product.mjs');
  const { runDemo } = await import('./lib/demo.mjs');
  const { printResult } = await import('./lib/summary.mjs');
  const product = await startProduct({ say });
  try {
    const result = await runDemo(product, { say, quiet: options.json });
    if (options.json) process.stdout.write(`${JSON.stringify(result.summary)}\n`);
    else printResult(result, product);
  } catch (error) {
    await product.stop();
    throw error;
  }
  if (options.json) {
    await product.stop();
    process.exit(0);
  }
  say('everything stays up; Ctrl-C ends it');
  await product.ended;
});

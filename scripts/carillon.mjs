/**
 * The command line of whoever runs an installation: `npm run carillon -- <noun> <verb> [--option value]`. It speaks to
 * Postgres directly, so it works while the services are down, and makes the first account and key of an installation.
 * Every change is in the audit trail, as done by `cli:` and the user of the operating system.
 */
import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { bootstrap, Explained, root, runMain } from './bootstrap.mjs';
import { checkOptions, helpText, optionText, parseLine, printed, Usage } from './lib/commandLine.mjs';
import { secretSetting } from './lib/installation.mjs';

await runMain(async () => {
  if (existsSync(join(root, '.env'))) process.loadEnvFile(join(root, '.env'));
  if (!existsSync(join(root, 'packages/db/dist/index.js'))) bootstrap();
  // Only now: what follows has dependencies, which the line above installed and built.
  const packages = {
    core: await import('@carillon/core'),
    contracts: await import('@carillon/contracts'),
    db: await import('@carillon/db'),
    Usage,
  };
  const { accessCommands } = await import('./lib/commands/access.mjs');
  const { holdCommands } = await import('./lib/commands/holds.mjs');
  const commands = { ...accessCommands(packages), ...holdCommands(packages) };
  const { words, options } = parseLine(process.argv.slice(2));
  const name = words.slice(0, 2).join(' ');
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (words.length === 0 || (options.help !== undefined && command === undefined)) {
    process.stdout.write(helpText(commands));
    return;
  }
  if (command === undefined) {
    const nouns = Object.keys(commands).filter((one) => one.startsWith(`${words[0]} `));
    const known = nouns.length > 0 ? nouns : Object.keys(commands);
    throw new Explained(`there is no command "${name}". There is: ${known.join(', ')}`);
  }
  if (options.help !== undefined) {
    process.stdout.write(`${name}: ${command.summary}\n\n${optionText(command.options)}`);
    return;
  }
  const { json, ...given } = options;
  let database;
  try {
    checkOptions(name, command.options, given);
    database = packages.db.createDatabase({
      url: await secretSetting('DATABASE_URL'),
      max: 2,
      applicationName: 'carillon-cli',
      role: 'worker',
    });
    const { pool } = database;
    const context = { pool, options: given, positional: words.slice(2), actor: `cli:${userInfo().username}` };
    const result = await command.run({ ...context, secret: () => secretSetting('CARILLON_SECRET') });
    process.stdout.write(json === undefined ? printed(result) : `${JSON.stringify(result)}\n`);
  } catch (error) {
    if (error instanceof Usage) throw new Explained(`${name}: ${error.message}`);
    const failure = packages.db.databaseFailure(error);
    if (failure !== undefined) {
      throw new Explained(
        `the database cannot be reached: ${error.message}. Is DATABASE_URL right, or npm start running?`,
      );
    }
    throw error;
  } finally {
    await database?.close();
  }
});

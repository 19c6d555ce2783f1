/**
 * What a reviewer should not have to say: format and lint, the walls between the folders, types of sources and tests, dead
 * code, and that only a service's config.ts reads the environment. All of them run, so that one round shows everything.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Explained, prepare, root, run, runMain, say, tool, workspaceFolders } from './bootstrap.mjs';

/** Folders with a tsconfig or scripts of their own that the walls are checked in. */
const cruised = ['packages/*/src', 'packages/*/test', 'services/*/src', 'services/*/test', 'scripts', 'test'];

const checks = [
  ['format and lint', () => run(tool('biome'), ['ci', '--error-on-warnings', '--colors=off', '.'])],
  [
    'import walls and cycles',
    () => run(tool('depcruise'), ['--config', '.dependency-cruiser.cjs', '--output-type', 'err', ...cruised]),
  ],
  ['types of sources and tests', () => run(tool('tsc'), ['-b'])],
  ['every test folder is type-checked', everyFolderIsReferenced],
  ['generated files are up to date', () => run(process.execPath, ['scripts/generate.mjs', '--check'])],
  ['dead code', () => run(tool('knip'), ['--no-progress', '--no-config-hints'])],
  ['only config.ts reads the environment', onlyConfigReadsTheEnvironment],
];

/** Runs every check. Throws {@link Explained} naming those that failed. */
export function check() {
  const failed = [];
  for (const [name, action] of checks) {
    const startedAt = Date.now();
    const ok = action();
    say(`${ok ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`);
    if (!ok) failed.push(name);
  }
  if (failed.length > 0) throw new Explained(`the checks found something (see above): ${failed.join(', ')}`);
}

/** A folder that the root tsconfig does not name is silently neither built nor checked. */
function everyFolderIsReferenced() {
  const { references } = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8'));
  const named = new Set(references.map(({ path }) => path));
  const missing = workspaceFolders()
    .flatMap((folder) => [folder, `${folder}/test`])
    .filter((folder) => !named.has(folder));
  for (const folder of missing) process.stderr.write(`${folder} is missing in tsconfig.json\n`);
  return missing.length === 0;
}

/** Configuration that is read anywhere else is neither checked at the start nor found in `.env.example`. */
function onlyConfigReadsTheEnvironment() {
  const offenders = [];
  for (const folder of workspaceFolders().filter((name) => name !== 'packages/testkit'))
    for (const entry of readdirSync(join(root, folder, 'src'), { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath ?? entry.path, entry.name);
      const isConfig = folder.startsWith('services/') && path === join(root, folder, 'src', 'config.ts');
      if (!entry.isFile() || !entry.name.endsWith('.ts') || path.includes('/generated/') || isConfig) continue;
      readFileSync(path, 'utf8')
        .split('\n')
        .forEach((line, index) => {
          const code = line.replace(/^\s*(\/\/|\/?\*).*/, '');
          if (/process\s*(\.\s*env\b|\[\s*['"]env['"])/.test(code))
            offenders.push(`${path}:${index + 1}: ${line.trim()}`);
        });
    }
  for (const offender of offenders) process.stderr.write(`${offender}\n`);
  return offenders.length === 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await runMain(() => {
    // Without the build: its errors are one of the checks, and the others are shown all the same.
    prepare();
    check();
  });

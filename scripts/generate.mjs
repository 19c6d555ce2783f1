/**
 * Writes what is made from the sources and kept beside them: the client's types and its table of operations from the API's
 * description, docs/configuration.md from the services' schemas, and docs/schedules.md from what the rules of schedules do. With `--check` it writes nothing, and fails naming what
 * is stale. Works on the builds, which `npm run generate` brings up to date first.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bootstrap, Explained, root, runMain, say, tool } from './bootstrap.mjs';

const GENERATED = 'Made by `npm run generate`; not to be edited.';

/** What is made: the path of each file, relative to the root, and its text. */
export async function generatedFiles() {
  const { apiDocument } = await import(pathToFileURL(join(root, 'services/api/dist/openapi/document.js')).href);
  const { configurationPage } = await import('./lib/configuration.mjs');
  const { schedulesPage } = await import('./lib/schedules.mjs');
  const document = apiDocument();
  return new Map([
    ['packages/client/src/generated.ts', formatted(await clientTypes(document))],
    ['packages/client/src/operations.ts', formatted(operationTable(document))],
    ['docs/configuration.md', await configurationPage(GENERATED)],
    ['docs/schedules.md', await schedulesPage(GENERATED)],
  ]);
}

/** Paths of the files that are not what would be made now. */
export async function staleFiles() {
  const files = await generatedFiles();
  return [...files]
    .filter(([path, text]) => !existsSync(join(root, path)) || read(path) !== text)
    .map(([path]) => path);
}

async function clientTypes(document) {
  // A dependency of the client alone: it needs a TypeScript with a JavaScript API, which the build's no longer has.
  const entry = createRequire(join(root, 'packages/client/package.json')).resolve('openapi-typescript');
  const made = await import(pathToFileURL(entry).href);
  const { default: openapiTypes, astToString } = made.default?.astToString === undefined ? made : made.default;
  // What has a default may be left out of a request.
  const tree = await openapiTypes(structuredClone(document), { defaultNonNullable: false });
  return `/** The types of the API. ${GENERATED} */\n${astToString(tree)}`;
}

/** How each operation may be repeated, which types cannot tell a running program. */
function operationTable({ paths }) {
  const rows = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, operation]) => `  '${method.toUpperCase()} ${path}': '${operation['x-repeat']}',`,
    ),
  );
  return `/** When a request may be sent again unasked: always, with its Idempotency-Key, or never. ${GENERATED} */
export const REPEAT: Readonly<Record<string, 'always' | 'with-key' | 'never'>> = {
${rows.join('\n')}
};
`;
}

/** As the formatter would write it, so that the check of the format need not know what is generated. */
function formatted(text) {
  const result = spawnSync(tool('biome'), ['format', '--stdin-file-path=packages/client/src/made.ts'], {
    cwd: root,
    input: text,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (result.status !== 0) throw new Explained(`a generated file could not be formatted: ${result.stderr}`);
  return result.stdout;
}

function read(path) {
  return readFileSync(join(root, path), 'utf8');
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await runMain(async () => {
    if (process.argv.includes('--check')) {
      const stale = await staleFiles();
      if (stale.length > 0) throw new Explained(`stale: ${stale.join(', ')}; run \`npm run generate\``);
      return;
    }
    bootstrap();
    for (const [path, text] of await generatedFiles()) {
      const changed = !existsSync(join(root, path)) || read(path) !== text;
      if (changed) writeFileSync(join(root, path), text);
      say(`${changed ? 'wrote    ' : 'unchanged'} ${path}`);
    }
  });

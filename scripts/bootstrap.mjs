/**
 * Makes a fresh clone ready to run, with Node alone: installs the packages (pnpm at the pinned version), generates the
 * Prisma client and builds. Imports only node: modules, because it runs before anything is installed. The first two
 * steps are skipped when the hash over their inputs equals the stamp of the last success; the build always runs (a
 * fraction of a second when nothing changed).
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the workspace. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const stampFolder = join(root, 'node_modules', '.carillon');

/** A failure whose message already says what to do; it is printed without a stack trace. */
export class Explained extends Error {}

/** Runs `main`; an {@link Explained} failure becomes one sentence on stderr and exit code 1. */
export async function runMain(main) {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof Explained)) throw error;
    console.error(`carillon: ${error.message}`);
    process.exitCode = 1;
  }
}

/** One line for the person who waits. Written to stderr, so that stdout stays free for `--json`. */
export function say(line) {
  process.stderr.write(`carillon: ${line}\n`);
}

/** The path of a tool in the installed tree. Calling it directly saves the 1 to 3 seconds that npx costs. */
export function tool(name) {
  return join(root, 'node_modules', '.bin', name);
}

/**
 * Runs a command and waits for it. Output is shown only when it fails, or as it comes if `show` is set, or never if `quiet` is.
 * @returns whether it succeeded
 */
export function run(command, args, { cwd = root, env = {}, show = false, quiet = false } = {}) {
  const result = spawnSync(command, args, {
    cwd,
    env: { ...process.env, ...env },
    // Never the terminal's stdin: a tool that asks a question would wait for ever.
    stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (result.error) process.stderr.write(`${command}: ${result.error.message}\n`);
  if (result.status !== 0 && !show && !quiet) process.stderr.write(`${result.stdout ?? ''}${result.stderr ?? ''}`);
  return result.status === 0;
}

function hashOf(files) {
  const hash = createHash('sha256').update(process.version);
  for (const file of files) {
    hash.update(file).update('\0');
    hash.update(existsSync(join(root, file)) ? readFileSync(join(root, file)) : 'absent').update('\0');
  }
  return hash.digest('hex');
}

/** Runs `action` unless its inputs are unchanged since it last succeeded and `output` still exists. */
function stamped(name, inputs, output, action) {
  const stamp = join(stampFolder, name);
  const hash = hashOf(inputs);
  const unchanged = existsSync(stamp) && readFileSync(stamp, 'utf8') === hash && existsSync(join(root, output));
  if (unchanged) return;
  action();
  mkdirSync(stampFolder, { recursive: true });
  writeFileSync(stamp, hash);
}

/** The folders of the workspace's packages and services, relative to the root. */
export function workspaceFolders() {
  return ['packages', 'services'].flatMap((parent) =>
    readdirSync(join(root, parent), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && existsSync(join(root, parent, entry.name, 'package.json')))
      .map((entry) => `${parent}/${entry.name}`),
  );
}

function install() {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const inputs = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json'].concat(
    workspaceFolders().map((folder) => `${folder}/package.json`),
  );
  stamped('install', inputs, 'node_modules/.bin/tsc', () => {
    say(`installing packages with ${packageManager} (the first time takes about 15 seconds) ...`);
    // CI=1: pnpm asks no questions, such as whether it may replace node_modules.
    if (!run('npx', ['--yes', packageManager, 'install', '--frozen-lockfile'], { env: { CI: '1' } }))
      throw new Explained('installing the packages failed (see above); is the package registry reachable?');
  });
}

/**
 * `prisma generate` wants the native schema engine, which it would download although generating does not use it. A
 * stand-in that does nothing lets it work offline. Never use it for `migrate`: that would do nothing and report success.
 */
function generate() {
  if (!existsSync(join(root, 'prisma', 'schema.prisma'))) return;
  const inputs = ['prisma/schema.prisma', 'packages/db/prisma.config.ts', 'pnpm-lock.yaml'];
  stamped('generate', inputs, 'packages/db/src/generated', () => {
    say('generating the Prisma client ...');
    mkdirSync(stampFolder, { recursive: true });
    const standIn = join(stampFolder, 'schema-engine-stand-in');
    writeFileSync(standIn, '#!/bin/sh\nexit 0\n', { mode: 0o755 });
    const env = { PRISMA_SCHEMA_ENGINE_BINARY: standIn, CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1' };
    const cwd = join(root, 'packages', 'db');
    if (!run(join(cwd, 'node_modules', '.bin', 'prisma'), ['generate'], { cwd, env }))
      throw new Explained('generating the Prisma client failed (see above)');
  });
}

function build() {
  const startedAt = Date.now();
  // Without the tests: a mistake in one must not keep the product from starting.
  if (!run(tool('tsc'), ['-b', 'tsconfig.build.json'], { show: true }))
    throw new Explained('the build failed (see above)');
  say(`built in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    throw new Explained(`Node ${process.versions.node} is too old; install Node 20.19 or newer`);
}

/** Installs and generates whatever is not up to date. Throws {@link Explained}. */
export function prepare() {
  checkNode();
  install();
  generate();
}

/** Installs, generates and builds whatever is not up to date. Throws {@link Explained}. */
export function bootstrap() {
  prepare();
  build();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await runMain(bootstrap);

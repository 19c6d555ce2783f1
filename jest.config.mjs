/**
 * Jest over the whole workspace: one project for each package or service that has tests. TypeScript is stripped by swc;
 * workspace packages are read from their sources through the private export condition `@carillon/source`, so a test
 * never runs against a stale build of what it tests.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const root = import.meta.dirname;

/** `short` and `long` divide the tests between the two commands; whoever names a test gets it from either. */
const length = process.env.CARILLON_TESTS ?? 'all';
const LONG = '\\.long\\.test\\.ts$';

/** Whether a folder holds a `*.test.ts` at any depth. */
function holdsTests(folder) {
  return (
    existsSync(folder) &&
    readdirSync(folder, { recursive: true, withFileTypes: true }).some((entry) => entry.name.endsWith('.test.ts'))
  );
}

/** @param tests the folder that holds the tests, seen from the project's own */
function project(directory, tests = 'test/') {
  return {
    displayName: directory,
    rootDir: join(root, directory),
    testEnvironment: 'node',
    testMatch: [`<rootDir>/${tests}**/*${length === 'long' ? '.long' : ''}.test.ts`],
    testPathIgnorePatterns: ['/node_modules/', ...(length === 'short' ? [LONG] : [])],
    // The simulator's and the servers' data folders, and builds, hold nothing that jest should index.
    modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.data/'],
    extensionsToTreatAsEsm: ['.ts'],
    transform: {
      '^.+\\.ts$': [
        '@swc/jest',
        {
          swcrc: false,
          sourceMaps: 'inline',
          module: { type: 'es6' },
          jsc: { target: 'es2022', parser: { syntax: 'typescript' }, keepClassNames: true },
        },
      ],
    },
    testEnvironmentOptions: { customExportConditions: ['@carillon/source', 'node', 'node-addons'] },
  };
}

const directories = ['packages', 'services']
  .flatMap((parent) => readdirSync(join(root, parent)).map((name) => `${parent}/${name}`))
  .filter((directory) => holdsTests(join(root, directory, 'test')));

/** Tests of several services together. */
const together = readdirSync(join(root, 'test'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && holdsTests(join(root, 'test', entry.name)))
  .map((entry) => `test/${entry.name}`);

export default {
  projects: [
    ...directories.map((directory) => project(directory)),
    ...together.map((directory) => project(directory, '')),
  ],
  globalSetup: '<rootDir>/test/global-setup.mjs',
  globalTeardown: '<rootDir>/test/global-teardown.mjs',
  // Ends what hangs; how quick things are is for benchmarks to say.
  testTimeout: 300_000,
  // Two cores are the machine this is made for; crash tests start several processes of their own each.
  maxWorkers: 2,
};

/**
 * `npm test`: everything from a bare clone to the last test, but for the long ones (`*.long.test.ts`), which are `npm run
 * test:long`. With arguments they go to jest, long tests included, and the checks are left out: `npm test -- packages/runtime -t drains`.
 */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { bootstrap, Explained, prepare, root, runMain, say } from './bootstrap.mjs';
import { check } from './check.mjs';

/** A run that hangs must end by itself, or it holds CI for ever. */
const LIMIT_MINUTES = Number(process.env.TEST_LIMIT_MINUTES ?? 60);

/**
 * Whole products of many processes each: one at a time, since two on two cores are a machine on which everything is late, and what fails
 * then says nothing. The others run side by side, and first.
 */
const ALONE = ['test/bench', 'test/browser', 'test/crash', 'test/flow', 'test/nemesis', 'test/start'];
const PARTS = [
  ['--passWithNoTests', '--ignoreProjects', ...ALONE],
  // In a process of its own all the same, which is made anew when it has grown.
  ['--maxWorkers=1', '--workerIdleMemoryLimit=1GB', '--selectProjects', ...ALONE],
];

const isLong = process.argv[2] === '--long';
const jestArguments = process.argv.slice(isLong ? 3 : 2);

const startedAt = Date.now();
const endsAt = startedAt + LIMIT_MINUTES * 60_000;

await runMain(async () => {
  if (jestArguments.length === 0) {
    bootstrap();
    if (!isLong) check();
  } else {
    // While something is being written, its neighbour's tests must still run; jest's set-up builds what can be built.
    prepare();
  }
  say(`testing on a real Postgres and Redis, at most ${LIMIT_MINUTES} minutes ...`);
  let code = 0;
  // The second also when the first failed: whoever mends wants to know all of it.
  for (const args of jestArguments.length > 0 ? [jestArguments] : PARTS) code = Math.max(code, await runJest(args));
  say(`${code === 0 ? 'passed' : 'FAILED'} after ${((Date.now() - startedAt) / 1000).toFixed(0)} s`);
  process.exitCode = code;
});

/** In a process group of its own: what hangs is ended together with everything that it started. */
function runJest(args) {
  // Not 'jest/bin/jest.js': that path is not exported.
  const jest = createRequire(join(root, 'package.json')).resolve('jest/bin/jest');
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const CARILLON_TESTS = isLong ? 'long' : jestArguments.length === 0 ? 'short' : 'all';
  const env = { ...process.env, CARILLON_TESTS };
  const child = spawn(process.execPath, [...flags, jest, ...args], {
    cwd: root,
    env,
    stdio: 'inherit',
    detached: true,
  });
  const endGroup = (signal) => {
    try {
      process.kill(-child.pid, signal);
    } catch {
      // The group is gone already.
    }
  };
  let reason;
  const limit = setTimeout(() => {
    reason = `the tests were still running after ${LIMIT_MINUTES} minutes and were ended`;
    endGroup('SIGKILL');
  }, endsAt - Date.now());
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => {
      reason = `interrupted by ${signal}`;
      // Test servers and services are guarded: they end with the processes that started them.
      endGroup('SIGKILL');
    });
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(new Explained(`jest could not be started: ${error.message}`)));
    child.once('exit', (code) => {
      clearTimeout(limit);
      if (reason === undefined) resolve(code ?? 1);
      else reject(new Explained(reason));
    });
  });
}

/** The life of real processes: ready, drained, forced, orphaned, crashed. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { eventually, killSpawnedServices, spawnService } from '@carillon/testkit';
import { afterEach, expect, test } from '@jest/globals';

afterEach(killSpawnedServices);

const fixture = (name: string) => fileURLToPath(new URL(`fixtures/${name}.mjs`, import.meta.url));
const start = (env: Record<string, string> = {}, failpoints?: string) =>
  spawnService({ name: 'fixture', script: fixture('service'), env, ...(failpoints ? { failpoints } : {}) });

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test.each(['SIGTERM', 'SIGINT'] as const)('%s drains once and exits with 0', async (signal) => {
  const service = await start();
  expect(service.ready).toMatchObject({ level: 'info', service: 'fixture', name: 'fixture', port: 1234 });
  service.kill(signal);
  await eventually(() => service.logs().includes('draining'));
  service.kill(signal);
  service.kill('SIGTERM');
  expect(await service.exited).toEqual({ code: 0, signal: null });
  expect(service.logs()).toContain(`"reason":"${signal}","stops":1`);
  expect(service.logs()).not.toContain('"stops":2');
  expect(service.logs()).toContain('"msg":"stopped"');
});

test('a drain that takes too long is cut with exit code 1, and says what it waited for', async () => {
  const service = await start({ MODE: 'hangs', DRAIN_TIMEOUT_MS: '200' });
  service.kill('SIGTERM');
  expect(await service.exited).toEqual({ code: 1, signal: null });
  expect(service.logs()).toContain('"busy":["a long round"],"msg":"the stop took too long; leaving"');
});

test('a stop that fails exits with 1', async () => {
  const service = await start({ MODE: 'fails-to-stop' });
  expect(await service.stop()).toEqual({ code: 1, signal: null });
  expect(service.logs()).toContain('cannot close');
});

test.each([
  ['rejects', 'a rejection was not handled', 'deep down'],
  ['throws', 'an exception was not caught', 'nobody catches'],
])('an error that nobody handles (%s) is logged with its cause and exits with 1', async (mode, message, detail) => {
  const service = await start({ MODE: mode });
  expect(await service.exited).toEqual({ code: 1, signal: null });
  expect(service.logs()).toContain(message);
  expect(service.logs()).toContain(detail);
});

test.each([
  ['while the service loads', {}],
  ['when it is ready', { WAIT: 'yes' }],
])('a supervisor that is killed with -9 %s leaves no orphan', async (_when, env) => {
  const supervisor = await spawnService({ name: 'supervisor', script: fixture('supervisor'), env });
  const servicePid = Number(supervisor.ready.servicePid);
  expect(isAlive(servicePid)).toBe(true);
  supervisor.kill('SIGKILL');
  await eventually(() => !isAlive(servicePid), { what: 'the end of the orphan' });
});

test('a start that fails exits with 1: a preflight in one line, a bug with its stack and cause', async () => {
  await expect(start({ MODE: 'preflight' })).rejects.toThrow(
    /fixture ended \(1\).*fixture cannot start: Postgres was not ready within 10 ms: ECONNREFUSED/s,
  );
  await expect(start({ MODE: 'preflight' })).rejects.not.toThrow('stack');
  await expect(start({ MODE: 'broken' })).rejects.toThrow(/"stack":"Error: a bug.*its cause/s);
});

test('a bad environment is a message without a stack trace, and exit code 1', () => {
  const env = { PATH: process.env.PATH, LOG_LEVEL: 'loud', HEALTH_PORT: 'x' };
  const result = spawnSync(process.execPath, [fixture('service')], { env, encoding: 'utf8' });
  expect(result.status).toBe(1);
  expect(result.stdout).toBe('');
  expect(result.stderr).toBe(
    [
      'fixture cannot start: 2 settings are wrong.',
      '  LOG_LEVEL is "loud": it must be fatal, error, warn, info, debug, trace or silent.',
      '  HEALTH_PORT is "x": it must be a whole number from 0 to 65535.',
      '.env.example explains every setting.\n',
    ].join('\n'),
  );
});

test('a failpoint kills at the very hit that it names', async () => {
  const service = await start({}, 'tick=kill:3');
  expect(await service.exited).toEqual({ code: null, signal: 'SIGKILL' });
  expect(service.logs().match(/"tick"/g)?.length).toBe(4); // three ticks, and the failpoint's own line
  expect(service.logs()).toContain('"msg":"failpoint","name":"tick","action":"kill","hit":3');
});

test('a failpoint stops a process, and SIGCONT lets it go on', async () => {
  const service = await start({}, 'tick=stop:2');
  await eventually(() => service.logs().includes('"action":"stop"'));
  const seen = service.logs();
  service.kill('SIGCONT');
  await eventually(() => service.logs().split('"msg":"tick"').length > seen.split('"msg":"tick"').length + 2);
  expect(await service.stop()).toEqual({ code: 0, signal: null });
});

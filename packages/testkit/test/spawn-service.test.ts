/** Starting real processes, knowing how they ended, and leaving none. */
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from '@jest/globals';
import { eventually, killSpawnedServices, spawnService } from '../src/index.ts';

afterEach(killSpawnedServices);

const script = fileURLToPath(new URL('fixtures/service.mjs', import.meta.url));

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test('waits for the ready line and hands on failpoints', async () => {
  const service = await spawnService({ name: 'miniature', script, env: {}, failpoints: 'after_claim=kill:3' });
  expect(service.baseUrl).toBe('http://127.0.0.1:4321');
  expect(service.ready).toMatchObject({ failpoints: 'after_claim=kill:3', environment: 'test' });
  expect(service.logs()).toContain('starting');
  expect(await service.stop()).toEqual({ code: null, signal: 'SIGTERM' });
});

test('tells a kill from an exit', async () => {
  const service = await spawnService({ name: 'miniature', script, env: {} });
  service.kill('SIGKILL');
  expect(await service.exited).toEqual({ code: null, signal: 'SIGKILL' });
  expect(isAlive(service.pid)).toBe(false);
});

test('one that ends early fails with its last lines', async () => {
  await expect(spawnService({ name: 'miniature', script, env: { MODE: 'fails' } })).rejects.toThrow(
    /miniature ended \(1\) before it was ready; its last lines:\nDATABASE_URL is missing/,
  );
});

test('one that never gets ready is killed', async () => {
  const start = spawnService({ name: 'miniature', script, env: { MODE: 'silent' }, readyTimeoutMs: 300 });
  await expect(start).rejects.toThrow('miniature was not ready in time');
});

test('killSpawnedServices ends even one that is stopped', async () => {
  const service = await spawnService({ name: 'miniature', script, env: {} });
  service.kill('SIGSTOP');
  await killSpawnedServices();
  await eventually(() => !isAlive(service.pid));
  expect(await service.exited).toEqual({ code: null, signal: 'SIGKILL' });
});

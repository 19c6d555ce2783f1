/** A line to Redis that falls silent for good is cut and made anew, by both kinds of connections. */
import { eventually, type FaultProxy, startProxy, testRedis } from '@carillon/testkit';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Redis } from 'ioredis';
import { connectFailFast, connectPatient, disconnect, type RedisOptions } from '../src/redis.ts';

const SILENT_MS = 300;
let proxy: FaultProxy;
let redis: Redis | undefined;
beforeEach(async () => {
  proxy = await startProxy({ target: testRedis().url });
});
afterEach(async () => {
  if (redis) disconnect(redis);
  await proxy.close();
});

const options = (): RedisOptions => ({ url: proxy.url, prefix: testRedis().prefix });

/** What is connected stays silent for ever, because its bytes are gone; only new connections work. */
async function silence(asked: () => unknown): Promise<void> {
  proxy.setMode('blackhole');
  asked();
  await eventually(() => proxy.swallowedBytes > 0, { what: 'a command that nobody hears', everyMs: 5 });
  proxy.setMode('pass');
}

test('a worker asks again, and is answered', async () => {
  const patient = connectPatient(options(), SILENT_MS);
  redis = patient;
  expect(await patient.ping()).toBe('PONG');
  let answer: Promise<string> | undefined;
  await silence(() => {
    answer = patient.ping();
  });
  expect(await answer).toBe('PONG');
});

test('who must not wait is refused, and served again soon', async () => {
  const quick = connectFailFast(options(), 100, SILENT_MS);
  redis = quick;
  await eventually(() => quick.status === 'ready');
  expect(await quick.ping()).toBe('PONG');
  let refused: Promise<unknown> | undefined;
  await silence(() => {
    refused = quick.ping().catch((error: Error) => error);
  });
  expect(await refused).toBeInstanceOf(Error);
  await eventually(async () => (await quick.ping()) === 'PONG', { what: 'an answer over another connection' });
});

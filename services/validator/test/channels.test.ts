/** The validator's one channel, and its settings beyond what runtime's own tests show. */
import { ConfigError, parseConfig } from '@carillon/runtime';
import { expect, test } from '@jest/globals';
import { createChannels } from '../src/channels.ts';
import { configSchema } from '../src/config.ts';

const parse = (environment: Record<string, string> = {}) =>
  parseConfig('validator', configSchema, {
    DATABASE_URL: 'postgresql://user:password@127.0.0.1:5432/carillon',
    REDIS_URL: 'redis://127.0.0.1:6379',
    CARILLON_SECRET: 'a'.repeat(32),
    CARILLON_ENV: 'test',
    ...environment,
  });

test('it serves the checks of addresses and nothing else, with all of its window from the beginning', async () => {
  const [served, ...others] = createChannels(parse({ CHECK_CONNECTIONS: '4', CHECK_REST_MS: '5' }));
  expect(others).toEqual([]);
  expect(served).toMatchObject({ name: 'email_check', connections: 4, floor: 4, initial: 4, timeoutMs: 90_000 });
  expect(served).toMatchObject({ lookupEveryMs: 15_000, checks: { restMs: 5 } });
  expect(served?.channel.lookup).toBeInstanceOf(Function);
  await served?.channel.close();
});

test('its lease is a setting of its own, and must cover the longest check', () => {
  // What senders of the same machine have for a lease is too short for checks, and does not concern it.
  expect(parse({ LEASE_MS: '15000' }).CHECK_LEASE_MS).toBe(180_000);
  expect(() => parse({ CHECK_LEASE_MS: '100000' })).toThrow(ConfigError);
  expect(() => parse({ CHECK_LEASE_MS: '100000' })).toThrow(/CHECK_LEASE_MS/);
  expect(parse({ CHECK_LEASE_MS: '100000', CHECK_TIMEOUT_MS: '30000' }).CHECK_TIMEOUT_MS).toBe(30_000);
});

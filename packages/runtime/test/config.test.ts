/** What a bad environment is told, and what a good one becomes. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import {
  booleanFromEnv,
  ConfigError,
  commonConfig,
  databaseConfig,
  integerFromEnv,
  millisecondsFromEnv,
  parseConfig,
  redisConfig,
  secondsFromEnv,
  secretConfig,
} from '../src/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'carillon-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

const schema = z.object({
  ...commonConfig,
  ...databaseConfig,
  ...redisConfig,
  ...secretConfig,
  SENDER_CALLS_IN_FLIGHT: integerFromEnv({ min: 1, max: 4_096, default: 64 }),
  LEASE_MS: millisecondsFromEnv({ min: 1_000, default: 30_000 }),
  HORIZON_SECONDS: secondsFromEnv({ default: 300 }),
  BULK: booleanFromEnv({ default: true }),
});

const good = {
  DATABASE_URL: 'postgresql://carillon:pw@127.0.0.1:5432/carillon',
  REDIS_URL: 'redis://127.0.0.1:6379',
  CARILLON_SECRET: 'x'.repeat(32),
};

function problemsOf(environment: Record<string, string | undefined>): readonly string[] {
  try {
    parseConfig('sender', schema, environment);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as ConfigError).problems;
  }
}

test('defaults fill what is missing or empty', () => {
  expect(parseConfig('sender', schema, { ...good, LEASE_MS: '' })).toEqual({
    ...good,
    CARILLON_ENV: 'production',
    TRACE_SAMPLE_PERCENT: 100,
    CARILLON_FAILPOINTS: '',
    LOG_LEVEL: 'info',
    HEALTH_HOST: '127.0.0.1',
    HEALTH_PORT: 0,
    DRAIN_TIMEOUT_MS: 9_000,
    REDIS_PREFIX: 'carillon',
    SENDER_CALLS_IN_FLIGHT: 64,
    LEASE_MS: 30_000,
    HORIZON_SECONDS: 300,
    BULK: true,
  });
});

test('values are read as what they are', () => {
  const given = { ...good, SENDER_CALLS_IN_FLIGHT: '7', LEASE_MS: '1000', BULK: 'false', HEALTH_PORT: '9100' };
  expect(parseConfig('sender', schema, given)).toMatchObject({
    SENDER_CALLS_IN_FLIGHT: 7,
    LEASE_MS: 1000,
    BULK: false,
    HEALTH_PORT: 9100,
  });
});

test('one message names every bad variable and the remedy, and no secret', () => {
  let message = '';
  try {
    parseConfig('sender', schema, { DATABASE_URL: 'mysql://u:hidden@h/db', CARILLON_SECRET: 'tooshort', BULK: 'yes' });
  } catch (error) {
    message = (error as Error).message;
  }
  expect(message).toBe(
    [
      'sender cannot start: 4 settings are wrong.',
      '  DATABASE_URL is not usable: it must be a URL such as postgresql://user:password@host:5432/carillon.',
      '  REDIS_URL is missing: it must be a URL such as redis://host:6379.',
      '  CARILLON_SECRET is not usable: it must have at least 32 characters; make one with: openssl rand -hex 32.',
      '  BULK is "yes": it must be true or false.',
      '.env.example explains every setting.',
    ].join('\n'),
  );
});

test.each([
  ['SENDER_CALLS_IN_FLIGHT', '0'],
  ['SENDER_CALLS_IN_FLIGHT', '4097'],
  ['SENDER_CALLS_IN_FLIGHT', '1.5'],
  ['SENDER_CALLS_IN_FLIGHT', '1e3'],
  ['SENDER_CALLS_IN_FLIGHT', ' 5'],
  ['SENDER_CALLS_IN_FLIGHT', '0x10'],
  ['LEASE_MS', '999'],
  ['LEASE_MS', '30s'],
  ['LOG_LEVEL', 'loud'],
  ['CARILLON_ENV', 'staging'],
  ['REDIS_PREFIX', 'a:b'],
  ['REDIS_PREFIX', '{a'],
  ['HEALTH_PORT', '65536'],
])('%s=%s is refused with its value', (name, value) => {
  expect(problemsOf({ ...good, [name]: value })).toEqual([
    expect.stringMatching(`^${name} is ${JSON.stringify(value)}: it must be .*\\.$`),
  ]);
});

describe('secrets from files', () => {
  const file = join(folder, 'secret');
  writeFileSync(file, `${'s'.repeat(40)}\n`);
  const { CARILLON_SECRET: _, ...without } = good;

  test('NAME_FILE gives the value without the last line feed', () => {
    expect(parseConfig('api', schema, { ...without, CARILLON_SECRET_FILE: file }).CARILLON_SECRET).toBe('s'.repeat(40));
  });

  test('both at once, an unreadable file and an empty one are named once', () => {
    expect(problemsOf({ ...good, CARILLON_SECRET_FILE: file })).toEqual([
      'CARILLON_SECRET and CARILLON_SECRET_FILE are both set; keep one.',
    ]);
    const absent = join(folder, 'absent');
    expect(problemsOf({ ...without, CARILLON_SECRET_FILE: absent })).toEqual([
      `CARILLON_SECRET_FILE is "${absent}": it must name a readable file (ENOENT).`,
    ]);
    const empty = join(folder, 'empty');
    writeFileSync(empty, '\n');
    expect(problemsOf({ ...without, CARILLON_SECRET_FILE: empty })).toEqual([
      expect.stringMatching('^CARILLON_SECRET is missing'),
    ]);
  });

  test('what is no secret is not read from a file', () => {
    expect(parseConfig('api', schema, { ...good, REDIS_PREFIX_FILE: file }).REDIS_PREFIX).toBe('carillon');
  });
});

test('failpoints are refused in production, which is the default, and checked elsewhere', () => {
  const points = { CARILLON_FAILPOINTS: 'after_claim=kill:3' };
  expect(problemsOf({ ...good, ...points })).toEqual([expect.stringContaining('is set in production')]);
  expect(problemsOf({ ...good, ...points, CARILLON_ENV: 'test' })).toEqual([]);
  expect(problemsOf({ ...good, CARILLON_FAILPOINTS: 'after_claim=melt', CARILLON_ENV: 'test' })).toEqual([
    expect.stringContaining('must look like after_claim=kill:3'),
  ]);
});

test('rules across fields are told as they are written', () => {
  const crossed = schema.refine((config) => config.LEASE_MS > 5_000, {
    path: ['LEASE_MS'],
    message: 'it must exceed the provider time-out and a margin',
  });
  expect(() => parseConfig('sender', crossed, { ...good, LEASE_MS: '2000' })).toThrow(
    'LEASE_MS is "2000": it must exceed the provider time-out and a margin.',
  );
});

test('a duration whose name does not tell its unit is a mistake of ours', () => {
  const unclear = z.object({ LEASE: millisecondsFromEnv({ default: 1 }) });
  expect(() => parseConfig('sender', unclear, {})).toThrow('must end in _MS');
});

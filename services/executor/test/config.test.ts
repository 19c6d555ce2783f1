/** The executor's settings beyond what runtime's own tests show. */
import { parseConfig } from '@carillon/runtime';
import { describe, expect, test } from '@jest/globals';
import { configSchema } from '../src/config.ts';

const parse = (environment: Record<string, string> = {}) =>
  parseConfig('executor', configSchema, {
    DATABASE_URL: 'postgresql://user:password@127.0.0.1:5432/carillon',
    REDIS_URL: 'redis://127.0.0.1:6379',
    CARILLON_SECRET: 'a'.repeat(32),
    ...environment,
  });

describe.each(['no_fence', 'no_intent', 'retry_unknown'])('NEGATIVE_CONTROL=%s', (control) => {
  test('switches a safety off in tests', () => {
    expect(parse({ NEGATIVE_CONTROL: control, CARILLON_ENV: 'test' }).NEGATIVE_CONTROL).toBe(control);
  });

  test.each(['production', 'development', undefined])('is refused where CARILLON_ENV is %s', (environment) => {
    const env = environment === undefined ? {} : { CARILLON_ENV: environment };
    expect(() => parse({ NEGATIVE_CONTROL: control, ...env })).toThrow(/NEGATIVE_CONTROL/);
  });
});

test('all safeties are on where nothing is said', () => {
  expect(parse({ CARILLON_ENV: 'test' }).NEGATIVE_CONTROL).toBe('none');
});

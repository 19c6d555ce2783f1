/** Switches that turn a safety off: in every service that has any, each does so in tests, and is refused everywhere else. */
import { parseConfig } from '@carillon/runtime';
import { describe, expect, test } from '@jest/globals';
import type { z } from 'zod';
import { REQUIRED, services } from './services.ts';

/** The switches of each service, as its own schema has them. */
const switches = [...services].flatMap(([service, { shape }]) => {
  const setting = shape.NEGATIVE_CONTROL as z.ZodDefault<z.ZodEnum> | undefined;
  return (setting?.unwrap().options ?? [])
    .filter((name) => name !== 'none')
    .map((name) => [service, String(name)] as const);
});
const controlOf = (service: string, environment: Record<string, string>): unknown =>
  parseConfig(service, services.get(service) as z.ZodObject, { ...REQUIRED, ...environment }).NEGATIVE_CONTROL;

test('there are those of all that send, plan and sweep', () => {
  expect([...new Set(switches.map(([service]) => service))].sort()).toEqual([
    'executor',
    'scheduler',
    'sender',
    'sweeper',
    'validator',
  ]);
  expect(switches).toEqual(
    expect.arrayContaining([
      ...['no_fence', 'no_intent', 'no_suppression', 'no_stop_check'].map((name) => ['sender', name]),
      ...['constant_generation', 'retry_unknown', 'no_key_check'].map((name) => ['sender', name]),
      ...['no_fence', 'no_intent', 'retry_unknown'].map((name) => ['executor', name]),
      ['scheduler', 'constant_generation'],
      ...['constant_generation', 'no_settings'].map((name) => ['sweeper', name]),
      ['validator', 'blind_recheck'],
    ]),
  );
});

describe.each(switches)('of the %s: %s', (service, name) => {
  test('switches a safety off in tests', () => {
    expect(controlOf(service, { NEGATIVE_CONTROL: name, CARILLON_ENV: 'test' })).toBe(name);
  });

  test.each(['production', 'development', undefined])('is refused where CARILLON_ENV is %s', (environment) => {
    const env = environment === undefined ? {} : { CARILLON_ENV: environment };
    expect(() => controlOf(service, { NEGATIVE_CONTROL: name, ...env })).toThrow(/NEGATIVE_CONTROL/);
  });
});

test.each([...new Set(switches.map(([service]) => service))])(
  'all safeties of the %s are on where nothing is said',
  (service) => {
    expect(controlOf(service, { CARILLON_ENV: 'test' })).toBe('none');
  },
);

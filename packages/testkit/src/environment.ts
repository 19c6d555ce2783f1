/**
 * What jest's global set-up started (test/global-setup.mjs at the root), and databases of one's own in it: each test file
 * clones the migrated template, so that files never see each other's rows.
 */
import { randomBytes } from 'node:crypto';
import { withSession } from './servers/index.ts';

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set; run the tests with jest.config.mjs at the root`);
  return value;
}

/** A database with the schema migrated, for one test file. */
export interface TestDatabase {
  readonly url: string;
  readonly name: string;
  /** Ends every session on it and removes it. */
  drop(): Promise<void>;
}

/** Clones the migrated template: about 50 ms. Call in `beforeAll`, and `drop()` in `afterAll`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const adminUrl = required('CARILLON_TEST_POSTGRES_URL');
  const template = required('CARILLON_TEST_TEMPLATE');
  const name = `test_${process.pid}_${randomBytes(5).toString('hex')}`;
  await withSession(adminUrl, (client) =>
    client.query(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY file_copy`),
  );
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return {
    url: url.toString(),
    name,
    async drop() {
      await withSession(adminUrl, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
    },
  };
}

/** The shared Redis, and a prefix of one's own in it. Never empty this one: other test files run beside. */
export interface TestRedis {
  readonly url: string;
  readonly prefix: string;
}

export function testRedis(): TestRedis {
  return { url: required('CARILLON_TEST_REDIS_URL'), prefix: `test-${process.pid}-${randomBytes(5).toString('hex')}` };
}

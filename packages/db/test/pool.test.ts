/**
 * What every connection of the pools is told, whichever service opens it.
 */
import { createDatabase, type DatabaseOptions, inAccount } from '@carillon/db';
import { createTestDatabase, eventually, type TestDatabase } from '@carillon/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

let own: TestDatabase;
beforeAll(async () => {
  own = await createTestDatabase();
});
afterAll(async () => {
  await own?.drop();
});

const KINDS: Record<string, Partial<DatabaseOptions>> = {
  plain: {},
  'for the hot path': { role: 'worker', hotPath: true },
  'by index': { role: 'worker', byIndex: true },
  'of the api': { role: 'app', byIndex: true, keep: true },
};

test.each(Object.entries(KINDS))('a connection %s compiles no plan', async (_kind, options) => {
  const database = createDatabase({ url: own.url, max: 1, applicationName: 'pool', ...options });
  try {
    // As a server with a compiler has it, and one of version 15 to 17 charges disabled nodes.
    const jit = await inAccount({ accountId: 1 }, () => database.pool.query<{ jit: string }>('SHOW jit'));
    expect(jit.rows).toEqual([{ jit: 'off' }]);
  } finally {
    await database.close();
  }
});

test.each(Object.entries(KINDS))('whoever is gone is found out soon, of a connection %s', async (_kind, options) => {
  const database = createDatabase({
    ...{ url: own.url, max: 1, applicationName: 'pool', statementTimeoutMs: 600_000 },
    ...options,
  });
  try {
    const { rows } = await inAccount({ accountId: 1 }, () =>
      database.pool.query<{ name: string; setting: string }>(
        `SELECT name, setting FROM pg_settings
         WHERE name IN ('tcp_keepalives_idle', 'tcp_keepalives_interval', 'tcp_keepalives_count', 'idle_in_transaction_session_timeout')`,
      ),
    );
    expect(Object.fromEntries(rows.map(({ name, setting }) => [name, Number(setting)]))).toEqual({
      tcp_keepalives_idle: 30,
      tcp_keepalives_interval: 10,
      tcp_keepalives_count: 3,
      idle_in_transaction_session_timeout: 15_000,
    });
  } finally {
    await database.close();
  }
});

test('a transaction whose owner fell silent keeps nobody waiting for longer than a statement may take', async () => {
  const silent = createDatabase({ url: own.url, max: 1, applicationName: 'silent', statementTimeoutMs: 200 });
  const other = createDatabase({ url: own.url, max: 1, applicationName: 'other' });
  const client = await silent.pool.connect();
  const isFree = async () => {
    const { rows } = await other.pool.query<{ free: boolean }>('SELECT pg_try_advisory_lock(1) AS free');
    return rows[0]?.free ?? false;
  };
  try {
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock(1)');
    expect(await isFree()).toBe(false);
    await eventually(isFree, { what: 'the lock to be free' });
  } finally {
    client.release(true);
    await Promise.all([silent.close(), other.close()]);
  }
});

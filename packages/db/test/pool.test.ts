/**
 * What every connection of the pools is told, whichever service opens it.
 */
import { createDatabase, type DatabaseOptions, inAccount } from '@carillon/db';
import { createTestDatabase, type TestDatabase } from '@carillon/testkit';
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

/**
 * Row-level security, read from the catalogue and tried on every table: what has an account is protected, a query that
 * forgets the account finds nothing, and nobody writes a row of somebody else. Tables are found, not listed, and their rows
 * are made from their columns, so a new table is looked at without being named here.
 */
import { createTestDatabase, type TestDatabase } from '@carillon/testkit';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { createDatabase, type Database, inAccount } from '../src/index.ts';

const DAY = '2026-11-20';
const [A, B] = [901, 902];
/** Tables of nobody that the app may read: what time it is, and what the installation is. */
const COMMON = ['clock', 'installation', 'queue_settings'];

let own: TestDatabase;
/** A superuser, whom no policy concerns. */
let root: pg.Client;
let app: Database;
let worker: Database;
let tables: string[];

beforeAll(async () => {
  own = await createTestDatabase();
  root = new pg.Client({ connectionString: own.url });
  await root.connect();
  await root.query('SELECT ensure_partitions($1)', [DAY]);
  // Rows need not make sense to be hidden: checks are dropped here, foreign keys and triggers off for this session.
  await root.query(`DO $$ DECLARE c record; BEGIN
    FOR c IN SELECT conrelid::regclass AS t, conname FROM pg_constraint
             WHERE contype = 'c' AND conrelid <> 0 AND coninhcount = 0 AND connamespace = 'public'::regnamespace LOOP
      EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', c.t, c.conname);
    END LOOP; END $$`);
  await root.query(`SET session_replication_role = replica`);
  tables = await tablesOfAccounts(root);
  for (const table of tables) for (const account of [A, B]) await root.query(await insertOf(table, account));
  app = createDatabase({ url: own.url, max: 2, applicationName: 'test-app', role: 'app' });
  worker = createDatabase({ url: own.url, max: 1, applicationName: 'test-worker', role: 'worker' });
});
afterAll(async () => {
  await app?.close();
  await worker?.close();
  await root?.end();
  await own?.drop();
});

/** Every table and partition whose rows belong to accounts. */
async function tablesOfAccounts(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
       AND (c.relname = 'accounts' OR EXISTS (
         SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'account_id' AND NOT a.attisdropped))
     ORDER BY 1`,
  );
  return rows.map((row) => row.name);
}

const accountColumn = (table: string) => (table === 'accounts' ? 'id' : 'account_id');

/** Texts of a form, which a column beside them is made of. */
const SPELLED: Readonly<Record<string, string>> = { anniversary: '--12-24' };

/** An insert that fills what must be filled with something that the table's constraints take. */
async function insertOf(table: string, account: number): Promise<string> {
  const { rows } = await root.query<{ name: string; type: string; label: string | null }>(
    `SELECT a.attname AS name, t.typname AS type,
            (SELECT e.enumlabel FROM pg_enum e WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder LIMIT 1) AS label
     FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
     WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped
       AND (a.attnotnull AND NOT a.atthasdef OR a.attname = $2)`,
    [table, accountColumn(table)],
  );
  const values = rows.map(({ name, type, label }) => {
    if (name === accountColumn(table)) return String(account);
    if (label !== null) return `'${label}'`;
    if (name in SPELLED) return `'${SPELLED[name]}'`;
    switch (type) {
      case 'uuid':
        return 'gen_random_uuid()';
      case 'date':
        return `'${DAY}'`;
      case 'timestamptz':
        return `'${DAY}T12:00:00Z'`;
      case 'jsonb':
        return `'{}'`;
      case 'bytea':
        return `convert_to(gen_random_uuid()::text, 'UTF8')`;
      case 'bool':
        return 'true';
      case 'text':
        return 'gen_random_uuid()::text';
      default:
        return `(random() * 30000)::int + 1`;
    }
  });
  return `INSERT INTO ${table} (${rows.map(({ name }) => name).join(', ')}) VALUES (${values.join(', ')})`;
}

/** What stands between the app's role and another account's rows, where it is not what it must be. */
async function unprotected(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; enabled: boolean; forced: boolean; policies: string[] }>(
    `SELECT c.relname AS name, c.relrowsecurity AS enabled, c.relforcerowsecurity AS forced,
            ARRAY(SELECT format('%s %s', p.polcmd, pg_get_expr(p.polqual, p.polrelid)) FROM pg_policy p
                  WHERE p.polrelid = c.oid AND (p.polroles = '{0}' OR 'carillon_app'::regrole = ANY (p.polroles))
                  ORDER BY 1) AS policies
     FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relname = ANY ($1)`,
    [await tablesOfAccounts(client)],
  );
  const found: string[] = [];
  for (const { name, enabled, forced, policies } of rows) {
    if (!enabled) found.push(`${name}: not enabled`);
    if (!forced) found.push(`${name}: not forced`);
    const expected = [`* (${accountColumn(name)} = ( SELECT carillon_account() AS carillon_account))`];
    // A hold on everything may be seen by everybody.
    if (name === 'holds') expected.push('r (account_id IS NULL)');
    if (policies.join() !== expected.join()) found.push(`${name}: ${policies.join() || 'no policy'}`);
  }
  const { rows: readable } = await client.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
       AND has_table_privilege('carillon_app', c.oid, 'SELECT, INSERT, UPDATE, DELETE')
       AND NOT c.relname = ANY ($1)`,
    [[...(await tablesOfAccounts(client)), ...COMMON]],
  );
  return [...found, ...readable.map(({ name }) => `${name}: open to the app, and of no account`)];
}

async function counts(query: (sql: string) => Promise<{ rows: { name: string; count: number }[] }>, where = '') {
  const parts = tables.map((table) => `SELECT '${table}' AS name, count(*)::int AS count FROM ${table} ${where}`);
  const { rows } = await query(parts.join(' UNION ALL '));
  return Object.fromEntries(rows.map(({ name, count }) => [name, count]));
}

const refusal = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'nothing was refused',
    (error: { code?: string; message: string }) => (error.code === '42501' ? 'refused' : error.message),
  );

describe('the catalogue', () => {
  test('every table of an account is protected, and enabled, and forced', async () => {
    expect(tables.length).toBeGreaterThan(25);
    expect(tables).toEqual(
      expect.arrayContaining(['accounts', 'api_keys', 'deliveries', 'deliveries_20261120', 'events']),
    );
    expect(await unprotected(root)).toEqual([]);
  });

  test('neither role may log in, bypass it, or own anything', async () => {
    const { rows } = await root.query(
      `SELECT rolname, rolsuper, rolbypassrls, rolcanlogin, rolcreaterole, rolcreatedb,
              (SELECT count(*)::int FROM pg_class c WHERE c.relowner = r.oid) AS owned,
              (SELECT count(*)::int FROM pg_auth_members m WHERE m.member = r.oid) AS member_of
       FROM pg_roles r WHERE rolname LIKE 'carillon\\_%' ORDER BY 1`,
    );
    const harmless = {
      rolsuper: false,
      rolbypassrls: false,
      rolcanlogin: false,
      rolcreaterole: false,
      rolcreatedb: false,
    };
    expect(rows).toEqual([
      { rolname: 'carillon_app', ...harmless, owned: 0, member_of: 0 },
      { rolname: 'carillon_worker', ...harmless, owned: 0, member_of: 0 },
    ]);
  });

  test.each([
    ['its policy dropped', 'DROP POLICY own_account ON jobs', 'jobs: no policy'],
    ['its policy opened', 'ALTER POLICY own_account ON jobs USING (true)', 'jobs: * true'],
    ['another policy beside it', 'CREATE POLICY x ON jobs USING (true)', 'jobs: * (account_id'],
    ['it switched off', 'ALTER TABLE audit_entries DISABLE ROW LEVEL SECURITY', 'audit_entries: not enabled'],
    ['it not forced', 'ALTER TABLE accounts NO FORCE ROW LEVEL SECURITY', 'accounts: not forced'],
    ['a new table without it', 'CREATE TABLE letters (account_id int)', 'letters: not enabled'],
    [
      'a table without an account',
      'CREATE TABLE notes (text text); GRANT SELECT ON notes TO carillon_app',
      'notes: open',
    ],
    [
      'a view past it',
      'CREATE VIEW all_jobs AS SELECT * FROM jobs; GRANT SELECT ON all_jobs TO carillon_app',
      'all_jobs: open',
    ],
    [
      'a partition without it',
      `ALTER TABLE deliveries_20261120 DISABLE ROW LEVEL SECURITY`,
      'deliveries_20261120: not enabled',
    ],
  ])('the walk goes red for a table with %s', async (_what, sql, said) => {
    await root.query('BEGIN');
    try {
      await root.query(sql);
      expect((await unprotected(root)).join('\n')).toContain(said);
    } finally {
      await root.query('ROLLBACK');
    }
  });
});

describe('every table, with rows of two accounts', () => {
  test('there are rows, and the workers see them all', async () => {
    const all = await counts((sql) => root.query(sql));
    expect(Object.entries(all).filter(([, count]) => count < 2)).toEqual([]);
    expect(await counts((sql) => worker.pool.query(sql))).toEqual(all);
  });

  test('a query of nobody finds nothing', async () => {
    const seen = await counts((sql) => app.pool.query(sql));
    expect(Object.entries(seen).filter(([, count]) => count > 0)).toEqual([]);
  });

  test('a query that forgets the account finds its own rows and no others', async () => {
    for (const account of [A, B]) {
      const seen = await inAccount({ accountId: account }, () => counts((sql) => app.pool.query(sql)));
      for (const table of tables) {
        const { rows } = await root.query<{ count: number }>(
          `SELECT count(*)::int AS count FROM ${table} WHERE ${accountColumn(table)} = ${account}`,
        );
        expect([table, seen[table]]).toEqual([table, rows[0]?.count]);
        expect(seen[table]).toBeGreaterThan(0);
      }
    }
  });

  test('of two accounts at once on one connection each sees its own', async () => {
    const one = createDatabase({ url: own.url, max: 1, applicationName: 'test-one', role: 'app' });
    try {
      const seen = await Promise.all(
        [A, B, A, B, A, undefined, B].map((accountId) =>
          inAccount({ accountId }, async () => {
            const { rows } = await one.pool.query<{ id: number }>('SELECT id FROM accounts');
            return [accountId, rows.map((row) => row.id)];
          }),
        ),
      );
      expect(seen).toEqual([A, B, A, B, A, undefined, B].map((id) => [id, id === undefined ? [] : [id]]));
    } finally {
      await one.close();
    }
  });

  test('rows of another account are neither made, nor taken, nor changed, nor deleted', async () => {
    const before = await counts((sql) => root.query(sql), '');
    for (const table of tables) {
      const column = accountColumn(table);
      await inAccount({ accountId: A }, async () => {
        expect([table, await refusal(app.pool.query(await insertOf(table, B)))]).toEqual([table, 'refused']);
        const given = app.pool.query(`UPDATE ${table} SET ${column} = ${B}`);
        expect([table, await refusal(given)]).toEqual([table, 'refused']);
        const taken = await app.pool.query(`UPDATE ${table} SET ${column} = ${A} WHERE ${column} = ${B}`);
        const deleted = await app.pool.query(`DELETE FROM ${table} WHERE ${column} <> ${A}`);
        expect([table, taken.rowCount, deleted.rowCount]).toEqual([table, 0, 0]);
      });
    }
    expect(await counts((sql) => root.query(sql))).toEqual(before);
  });
});

/**
 * Applies the migrations in prisma/migrations, offline. Prisma's CLI would download its schema engine; the same engine
 * is published as WebAssembly and runs in this process over the ordinary driver adapter. Its package entry wants a
 * bundler, so the module is instantiated by hand.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import * as engineModule from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';

declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { exports: { __wbindgen_start(): void } };
};

const SCHEMA_PATH = fileURLToPath(new URL('../../../prisma/schema.prisma', import.meta.url));
const MIGRATIONS_DIR = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url));
/** Postgres's type "char", which the stock adapter cannot name; catalogue queries of the engine return it. */
const CHAR_OID = 18;
const TEXT_OID = 25;
/** Serializes concurrent migrators of one installation; the number itself means nothing. */
const MIGRATION_LOCK = 7_214_002;

let started = false;
function startEngine(): void {
  if (started) return;
  const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const bytes = readFileSync(entry.replace(/\.js$/, '.wasm'));
  const imports = Object.fromEntries(
    Object.entries(engineModule).map(([name, value]) => [
      name,
      // The engine leaves a lock timer behind, which would hold the process for ten seconds.
      name.startsWith('__wbg_setTimeout_')
        ? (callback: () => void, delayMs: number) => setTimeout(callback, delayMs).unref()
        : value,
    ]),
  );
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), { './schema_engine_bg.js': imports });
  (engineModule as unknown as { __wbg_set_wasm(exports: object): void }).__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  started = true;
}

/** The stock adapter with its three gaps for migrations closed: scripts sent whole, "char" columns, no shadow database. */
function migrationAdapter(pool: pg.Pool, onError: (error: Error) => void): SqlMigrationAwareDriverAdapterFactory {
  const charColumns = new WeakMap<object, number[]>();
  const send = pool.query.bind(pool) as (...args: unknown[]) => Promise<pg.QueryResult>;
  pool.query = (async (...args: unknown[]) => {
    const result = await send(...args);
    const positions: number[] = [];
    result.fields?.forEach((field, index) => {
      if (field.dataTypeID !== CHAR_OID) return;
      positions.push(index);
      field.dataTypeID = TEXT_OID;
    });
    if (positions.length > 0) charColumns.set(result.rows, positions);
    return result;
  }) as typeof pool.query;

  const stock = new PrismaPg(pool);
  return {
    provider: stock.provider,
    adapterName: stock.adapterName,
    async connect() {
      const adapter: SqlDriverAdapter = await stock.connect();
      const queryRaw = adapter.queryRaw.bind(adapter);
      adapter.queryRaw = async (query) => {
        const result = await queryRaw(query);
        for (const index of charColumns.get(result.rows) ?? []) {
          result.columnTypes[index] = ColumnTypeEnum.Character;
        }
        return result;
      };
      adapter.executeScript = async (script) => {
        try {
          await pool.query(script);
        } catch (error) {
          onError(error as Error);
          throw error;
        }
      };
      return adapter;
    },
    // With a connection string the stock adapter would replay the migrations into the real database.
    connectToShadowDb: () => Promise.reject(new Error('migrations are applied without a shadow database')),
  };
}

async function withEngine<T>(
  databaseUrl: string,
  work: (engine: engineModule.SchemaEngine, schema: string) => Promise<T>,
): Promise<T> {
  startEngine();
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2, application_name: 'carillon-migrate' });
  let cause: Error | undefined;
  const schema = readFileSync(SCHEMA_PATH, 'utf8');
  const factory = bindMigrationAwareSqlAdapterFactory(
    migrationAdapter(pool, (error) => {
      cause = error;
    }),
  );
  const ignoreLog = () => {};
  try {
    const engine = await engineModule.SchemaEngine.new(
      { datamodels: [['schema.prisma', schema]] },
      ignoreLog,
      factory as never,
    );
    try {
      return await work(engine, schema);
    } finally {
      engine.free();
    }
  } catch (error) {
    // The engine says only "external connector error"; the statement's own error is the one that helps.
    throw new Error(`migrating the database failed: ${(cause ?? (error as Error)).message}`, { cause: cause ?? error });
  } finally {
    await pool.end();
  }
}

const NO_FILTERS = { externalTables: [], externalEnums: [] };

/**
 * Brings the database at `databaseUrl` to the newest migration. Safe to call from several processes at once, and while
 * services of this version and the one before run.
 * @param directory where the migrations are; another one is for tests of what a next version would do
 * @returns the names of the migrations that this call applied.
 * @throws Error whose cause is Postgres's own error, when a migration fails; nothing of that migration stays behind.
 */
export async function migrate(databaseUrl: string, directory: string = MIGRATIONS_DIR): Promise<{ applied: string[] }> {
  const lock = new pg.Client({ connectionString: databaseUrl, application_name: 'carillon-migrate-lock' });
  await lock.connect();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const { rows } = await lock.query<{ exists: string | null }>(
      `SELECT to_regclass('_prisma_migrations')::text AS exists`,
    );
    const names = readdirSync(directory, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
      .sort();
    if (rows[0]?.exists) {
      // The ordinary start has nothing to do; asking the table costs a millisecond, the engine a hundred.
      const done = await lock.query<{ name: string }>(
        'SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL',
      );
      const known = new Set(done.rows.map((row) => row.name));
      if (names.every((name) => known.has(name))) return { applied: [] };
    }
    const result = await withEngine(databaseUrl, (engine) =>
      engine.applyMigrations({
        migrationsList: {
          baseDir: directory,
          lockfile: {
            path: 'migration_lock.toml',
            content: readFileSync(`${directory}/migration_lock.toml`, 'utf8'),
          },
          migrationDirectories: names.map((name) => ({
            path: name,
            migrationFile: {
              path: 'migration.sql',
              content: { tag: 'ok', value: readFileSync(`${directory}/${name}/migration.sql`, 'utf8') },
            },
          })),
          shadowDbInitScript: '',
        },
        filters: NO_FILTERS,
      } as never),
    );
    return { applied: (result as { appliedMigrationNames: string[] }).appliedMigrationNames };
  } finally {
    await lock.end();
  }
}

/**
 * What separates the database from schema.prisma, as SQL; the empty string when nothing does. For tests, and for
 * drafting the next migration.
 */
export async function schemaDrift(databaseUrl: string): Promise<string> {
  return await withEngine(databaseUrl, async (engine, schema) => {
    const files = [{ path: 'schema.prisma', content: schema }];
    const configDir = fileURLToPath(new URL('../../../prisma', import.meta.url));
    const { stdout } = (await engine.diff({
      from: { tag: 'schemaDatasource', files, configDir },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: null,
      filters: NO_FILTERS,
    } as never)) as { stdout: string | null };
    const script = stdout ?? '';
    return script.includes('This is an empty migration') ? '' : script;
  });
}

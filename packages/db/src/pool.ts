/**
 * One pg pool per process, shared by Prisma and by the statements of this package.
 */
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from './generated/client.ts';

/**
 * How this package's own statements read types. Per pool and not global, because Prisma brings parsers of its own.
 * Ids, counts and instants in milliseconds fit a double; bigint and string would only spread through every caller.
 * A date is a civil day, not an instant: it stays the text it is.
 */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (oid === pg.types.builtins.INT8) return Number;
    if (oid === pg.types.builtins.DATE) return (text: string) => text;
    return pg.types.getTypeParser(oid, format as 'text');
  }) as pg.CustomTypesConfig['getTypeParser'],
};

/** What every repository needs: the pool for set-based statements, Prisma for ordinary reading and writing. */
export interface Database {
  readonly pool: pg.Pool;
  readonly prisma: PrismaClient;
  close(): Promise<void>;
}

/** Anything that runs a statement: the pool, or one client inside a transaction. */
export type Queryable = Pick<pg.ClientBase, 'query'>;

export interface DatabaseOptions {
  readonly url: string;
  /** Connections at most. */
  readonly max: number;
  readonly applicationName: string;
  /** How long a connection may take before the statement fails; Postgres being down must not hang a request. */
  readonly connectTimeoutMs?: number;
  /** Server-side limit of one statement; 0 is none. */
  readonly statementTimeoutMs?: number;
  /** How long this side waits for a statement's answer: a connection that fell silent must not hang a request; 0 is for ever. */
  readonly queryTimeoutMs?: number;
  /**
   * For processes that run the few hot statements over and over: plans are made once and only by index. A plan made anew for
   * each list of outcomes costs more than the statement, and one made for a table that was small is a disaster later.
   */
  readonly hotPath?: boolean;
  /** Called for errors of idle connections, such as a restart of the server. */
  readonly onError?: (error: Error) => void;
}

const HOT_PATH = [
  'plan_cache_mode=force_generic_plan',
  'enable_seqscan=off',
  'enable_hashjoin=off',
  'enable_mergejoin=off',
]
  .map((setting) => `-c ${setting}`)
  .join(' ');

/** Opens the pool lazily: no connection is made before the first statement. */
export function createDatabase(options: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: options.url,
    types,
    max: options.max,
    application_name: options.applicationName,
    connectionTimeoutMillis: options.connectTimeoutMs ?? 5_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    ...(options.hotPath ? { options: HOT_PATH } : {}),
    ...(options.statementTimeoutMs ? { statement_timeout: options.statementTimeoutMs } : {}),
    ...(options.queryTimeoutMs ? { query_timeout: options.queryTimeoutMs } : {}),
  });
  // Without a listener an idle connection's error would end the process.
  pool.on('error', options.onError ?? (() => {}));
  // The same for a connection that somebody holds: its query is rejected, and beside that the client emits the error.
  pool.on('connect', (client) => client.on('error', () => {}));
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  return {
    pool,
    prisma,
    async close() {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}

/**
 * Runs `work` in one transaction. A failure rolls back and is rethrown as it was; a connection that failed in between
 * is destroyed, not returned to the pool.
 */
export async function inTransaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    try {
      await client.query('ROLLBACK');
    } catch (rollbackError) {
      broken = rollbackError as Error;
    }
    throw error;
  } finally {
    client.release(broken);
  }
}

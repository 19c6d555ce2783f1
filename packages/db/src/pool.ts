/**
 * One pg pool per process, shared by Prisma and by the statements of this package.
 */
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { type AccountScope, currentAccount } from './accountScope.ts';
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
  /** Server-side limit of one statement, and of the time between two of one transaction; 0 is none. */
  readonly statementTimeoutMs?: number;
  /** How long this side waits for a statement's answer: a connection that fell silent must not hang a request; 0 is for ever. */
  readonly queryTimeoutMs?: number;
  /**
   * For processes that run the few hot statements over and over: plans are made once and only by index. A plan made anew for
   * each list of outcomes costs more than the statement, and one made for a table that was small is a disaster later.
   */
  readonly hotPath?: boolean;
  /**
   * Whole tables are read only where no index serves. A plan that is kept since its tables were empty would read them from end to end,
   * until statistics are gathered for the first time.
   */
  readonly byIndex?: boolean;
  /**
   * Connections that were opened stay open. One that is new has to read the catalogue and to plan every statement again: under a burst that
   * costs more than the burst, and opens the next.
   */
  readonly keep?: boolean;
  /**
   * As which role statements run, whoever logged in. `app` sees the rows of the account named by `inAccount`, and none
   * outside of it; `worker` sees every account's. Without a role the login's own rights count: for tests, and migrations.
   */
  readonly role?: 'app' | 'worker';
  /** Called for errors of idle connections, such as a restart of the server. */
  readonly onError?: (error: Error) => void;
}

/**
 * Compiling pays for statements of seconds, and here are none. Before Postgres 18 a plan that cannot do without a disabled node costs ten
 * thousand million on paper, so that it would be compiled each time it runs: half a second for what takes a millisecond.
 */
const NO_COMPILING = '-c jit=off';

/** Between two statements of a transaction there is only work of our own, and none that takes seconds. */
const IDLE_IN_TRANSACTION_MS = 15_000;

/**
 * A machine that is gone says nothing of that. Postgres finds out by asking its kernel, and with it end locks that belong to a connection: by the
 * system's defaults after two hours, by these within a minute. They count for TCP alone.
 */
const FOUND_OUT = ['tcp_keepalives_idle=30', 'tcp_keepalives_interval=10', 'tcp_keepalives_count=3']
  .map((setting) => `-c ${setting}`)
  .join(' ');

const HOT_PATH = [
  'plan_cache_mode=force_generic_plan',
  'enable_seqscan=off',
  'enable_hashjoin=off',
  'enable_mergejoin=off',
]
  .map((setting) => `-c ${setting}`)
  .join(' ');

/** The connections of the app: each is told whose rows it may see before it is handed out. */
class AccountPool extends pg.Pool {
  readonly #told = new WeakMap<pg.PoolClient, AccountScope>();

  // Also what `query` of the pool takes its connection from, by the callback.
  override connect(): Promise<pg.PoolClient>;
  override connect(callback: ConnectCallback): void;
  override connect(callback?: ConnectCallback): Promise<pg.PoolClient> | undefined {
    const wanted = currentAccount();
    const scoped = super.connect().then(async (client) => {
      try {
        await this.#tell(client, wanted);
        return client;
      } catch (error) {
        client.release(error as Error);
        throw error;
      }
    });
    if (callback === undefined) return scoped;
    scoped.then(
      (client) => callback(undefined, client, (release) => client.release(release)),
      (error: Error) => callback(error, undefined, () => {}),
    );
  }

  /** Nothing is asked of the server while a connection serves the same account again. */
  async #tell(client: pg.PoolClient, wanted: AccountScope): Promise<void> {
    const told = this.#told.get(client);
    const same =
      told?.accountId === wanted.accountId && told?.origin === wanted.origin && told?.requestId === wanted.requestId;
    if (same) return;
    // Forgotten first: after an error nobody knows what the connection was told.
    this.#told.delete(client);
    await client.query({
      name: 'tell_account',
      text: `SELECT set_config('carillon.account_id', $1, false), set_config('carillon.origin', $2, false),
                    set_config('carillon.request_id', $3, false)`,
      values: [
        wanted.accountId === undefined ? '' : String(wanted.accountId),
        wanted.origin ?? '',
        wanted.requestId ?? '',
      ],
    });
    this.#told.set(client, wanted);
  }
}

type ConnectCallback = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  done: (release?: Error | boolean) => void,
) => void;

/** Opens the pool lazily: no connection is made before the first statement. */
export function createDatabase(options: DatabaseOptions): Database {
  const startup = [
    NO_COMPILING,
    FOUND_OUT,
    ...(options.role === undefined ? [] : [`-c role=carillon_${options.role}`]),
    ...(options.hotPath ? [HOT_PATH] : []),
    ...(options.byIndex ? ['-c enable_seqscan=off'] : []),
  ];
  const pool = new (options.role === 'app' ? AccountPool : pg.Pool)({
    connectionString: options.url,
    types,
    max: options.max,
    min: options.keep ? options.max : 0,
    application_name: options.applicationName,
    connectionTimeoutMillis: options.connectTimeoutMs ?? 5_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    ...(startup.length > 0 ? { options: startup.join(' ') } : {}),
    ...(options.statementTimeoutMs
      ? {
          statement_timeout: options.statementTimeoutMs,
          // Whoever fell silent within a transaction (its machine is gone, or stands still) would keep others from its rows for hours.
          idle_in_transaction_session_timeout: Math.min(options.statementTimeoutMs, IDLE_IN_TRANSACTION_MS),
        }
      : {}),
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
    return await inTransactionOn(client, work, (error) => {
      broken = error;
    });
  } finally {
    client.release(broken);
  }
}

/**
 * The same on a connection that the caller holds.
 * @param onBroken told when it failed, and must not be used any more
 */
export async function inTransactionOn<T>(
  client: pg.PoolClient,
  work: (client: pg.PoolClient) => Promise<T>,
  onBroken: (error: Error) => void = () => {},
): Promise<T> {
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    try {
      await client.query('ROLLBACK');
    } catch (rollbackError) {
      onBroken(rollbackError as Error);
    }
    throw error;
  }
}

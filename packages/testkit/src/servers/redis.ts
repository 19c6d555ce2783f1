/**
 * A real Redis (or Valkey) on 127.0.0.1 without persistence, with the faults that tests need: killed, restarted empty,
 * put back to an old snapshot, emptied. One that is given by URL is used as it is and can only be emptied.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join, resolve } from 'node:path';
import { freePort, isListening, type ServerProcess, spawnServer, temporaryFolder, waitUntilUp } from './processes.ts';

export interface StartRedisOptions {
  /** Use this one instead of starting one. */
  externalUrl?: string;
  /** Default: a temporary folder that `stop()` removes. Holds snapshots only. */
  dataDir?: string;
  /** Default: a free one, and then the same across restarts. */
  port?: number;
  /** Further settings by name, such as `{ maxmemory: '64mb' }`. */
  config?: Readonly<Record<string, string>>;
  /** Told what is being installed, if something is. */
  say?: (line: string) => void;
}

/** The path of a saved dump; pass it to `restoreSnapshot`. */
export type RedisSnapshot = { readonly file: string };

export interface RedisServer {
  readonly url: string;
  readonly port: number;
  /** Ends it with -9. */
  kill(): Promise<void>;
  /** After `kill`: starts again, empty, on the same port. */
  start(): Promise<void>;
  /** Kills and starts again: everything in it is gone. */
  restartEmpty(): Promise<void>;
  saveSnapshot(): Promise<RedisSnapshot>;
  /** Kills it and starts it again with what it held at the snapshot. */
  restoreSnapshot(snapshot: RedisSnapshot): Promise<void>;
  flushAll(): Promise<void>;
  /** Sends one command and resolves with a simple reply's text; for replies of one line only. */
  command(...words: string[]): Promise<string>;
  /** Stops for good, and removes what it wrote. */
  stop(): Promise<void>;
  logs(): string;
}

/** Starts Redis. Throws with the server's own last lines, or with what to do when there is no Redis at all. */
export async function startRedis(options: StartRedisOptions = {}): Promise<RedisServer> {
  if (options.externalUrl !== undefined) return externalRedis(options.externalUrl);
  const executable = findExecutable(options.say ?? (() => {}));
  const temporary = options.dataDir === undefined ? temporaryFolder('redis') : undefined;
  const folder = temporary?.path ?? resolve(options.dataDir ?? '');
  mkdirSync(folder, { recursive: true });
  const port = options.port ?? (await freePort());
  const dump = join(folder, 'dump.rdb');
  const further = Object.entries({ 'maxmemory-policy': 'noeviction', ...options.config });
  let current: ServerProcess | undefined;
  let snapshots = 0;

  const boot = async () => {
    if (await isListening(port)) throw new Error(`port ${port} is in use by another program; choose another for Redis`);
    const server = spawnServer({
      command: executable,
      // biome-ignore format: option and value stand side by side
      args: ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--dbfilename', 'dump.rdb',
        '--save', '', '--appendonly', 'no', '--daemonize', 'no',
        ...further.flatMap(([name, value]) => [`--${name}`, value])],
      cwd: folder,
      guardSignal: 'TERM',
    });
    current = server;
    await waitUntilUp(
      () => answersPing(port),
      () => server.isRunning(),
      () => `Redis did not start on port ${port}:\n${server.logs()}`,
    );
  };
  const kill = async () => {
    await current?.end('SIGKILL');
  };
  const startEmpty = async () => {
    rmSync(dump, { force: true });
    await boot();
  };
  const stop = async () => {
    await current?.end('SIGTERM');
    rmSync(dump, { force: true });
    temporary?.remove();
  };
  try {
    await startEmpty();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    kill,
    start: startEmpty,
    stop,
    async restartEmpty() {
      await kill();
      await startEmpty();
    },
    async saveSnapshot() {
      await redisCommand('127.0.0.1', port, ['SAVE']);
      snapshots += 1;
      const file = join(folder, `snapshot-${snapshots}.rdb`);
      copyFileSync(dump, file);
      return { file };
    },
    async restoreSnapshot({ file }) {
      if (!existsSync(file)) throw new Error(`no snapshot at ${file}`);
      await kill();
      copyFileSync(file, dump);
      await boot();
    },
    async flushAll() {
      await redisCommand('127.0.0.1', port, ['FLUSHALL']);
    },
    command: (...words) => redisCommand('127.0.0.1', port, words),
    logs: () => current?.logs() ?? '',
  };
}

function externalRedis(url: string): RedisServer {
  const { hostname, port, password, username } = new URL(url);
  const number = Number(port || 6379);
  const login = password ? ['AUTH', ...(username ? [username] : []), decodeURIComponent(password)] : undefined;
  const refuse = async () => {
    throw new Error('REDIS_URL names a Redis that this process did not start; unset it for tests that restart Redis');
  };
  const command = (...words: string[]) => redisCommand(hostname, number, words, login);
  return {
    url,
    port: number,
    kill: refuse,
    start: refuse,
    restartEmpty: refuse,
    saveSnapshot: refuse,
    restoreSnapshot: refuse,
    async flushAll() {
      await command('FLUSHALL');
    },
    command,
    stop: async () => {},
    logs: () => '',
  };
}

/** `redis-server` or `valkey-server` on the PATH; else Debian's package, where this process may install it. */
function findExecutable(say: (line: string) => void): string {
  const found = onPath('redis-server') ?? onPath('valkey-server');
  if (found !== undefined) return found;
  if (process.getuid?.() === 0 && onPath('apt-get') !== undefined) {
    say('no redis-server found; installing it with apt-get ...');
    const apt = (...args: string[]) =>
      spawnSync('apt-get', args, { stdio: 'pipe', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
    const packageArguments = ['install', '-y', '--no-install-recommends', 'redis-server'];
    // The package lists may be absent or stale; fetch them only then, because it takes longer than the package.
    if (apt(...packageArguments).status !== 0) {
      apt('update');
      apt(...packageArguments);
    }
    const installed = onPath('redis-server');
    if (installed !== undefined) return installed;
  }
  throw new Error(
    'no Redis was found: install redis-server or valkey-server (7 or newer), or set REDIS_URL to one that runs',
  );
}

function onPath(name: string): string | undefined {
  try {
    return (
      execFileSync('/bin/sh', ['-c', `command -v ${name}`], { stdio: 'pipe' })
        .toString()
        .trim() || undefined
    );
  } catch {
    return undefined;
  }
}

async function answersPing(port: number): Promise<boolean> {
  try {
    return (await redisCommand('127.0.0.1', port, ['PING'])) === 'PONG';
  } catch {
    return false;
  }
}

/**
 * One command on a connection of its own, in the Redis protocol: simple strings, integers and errors are read, which is
 * all that control of a server needs. A client library would bring reconnects, which faults must not have.
 */
async function redisCommand(host: string, port: number, words: string[], login?: string[]): Promise<string> {
  const commands = login === undefined ? [words] : [login, words];
  return await new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    let answer = '';
    socket.setTimeout(30_000, () => socket.destroy(new Error(`Redis did not answer ${words[0]} in 30 s`)));
    socket.once('error', reject);
    socket.once('close', () => reject(new Error(`Redis closed the connection before it answered ${words[0]}`)));
    socket.once('connect', () => {
      for (const command of commands)
        socket.write(`*${command.length}\r\n${command.map((w) => `$${Buffer.byteLength(w)}\r\n${w}\r\n`).join('')}`);
    });
    socket.on('data', (chunk) => {
      answer += chunk.toString('utf8');
      const lines = answer.split('\r\n');
      const failure = lines.find((line) => line.startsWith('-'));
      if (failure === undefined && lines.length <= commands.length) return;
      socket.destroy();
      if (failure !== undefined) reject(new Error(`Redis refused ${words[0]}: ${failure.slice(1)}`));
      else resolve((lines[commands.length - 1] ?? '').slice(1));
    });
  });
}

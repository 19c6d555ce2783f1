/** The embedded servers: what survives which fault, on the same port, and that nothing is left behind. */
import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  createTestDatabase,
  eventually,
  type PostgresServer,
  type RedisServer,
  startPostgres,
  startProxy,
  startRedis,
  testRedis,
  withSession,
} from '../src/index.ts';

describe('Postgres', () => {
  let postgres: PostgresServer;
  beforeAll(async () => {
    postgres = await startPostgres({ durable: true, database: 'carillon', flags: ['work_mem=5MB'] });
  });
  afterAll(() => postgres.stop());

  test('is version 18, takes flags and UTC, and makes the database', async () => {
    const row = await withSession(postgres.url, async (client) => {
      const { rows } = await client.query(
        `SELECT current_database() AS name, current_setting('server_version_num')::int AS version,
                current_setting('work_mem') AS memory, current_setting('TimeZone') AS zone`,
      );
      return rows[0];
    });
    expect(row).toMatchObject({ name: 'carillon', memory: '5MB', zone: 'UTC' });
    expect(row.version).toBeGreaterThanOrEqual(180000);
  });

  test.each(['fast', 'immediate', 'kill'] as const)('keeps committed rows and its port over: %s', async (how) => {
    await withSession(postgres.url, (client) => client.query(`CREATE TABLE kept_${how} AS SELECT 1 AS n`));
    if (how === 'kill') {
      await postgres.kill();
      await expect(withSession(postgres.url, (client) => client.query('SELECT 1'))).rejects.toThrow('ECONNREFUSED');
      await postgres.start();
    } else await postgres.restart(how);
    const { rows } = await withSession(postgres.url, (client) => client.query(`SELECT n FROM kept_${how}`));
    expect(rows).toEqual([{ n: 1 }]);
  });

  test('a COMMIT whose reply is lost is an error to the client and a committed row to everyone else', async () => {
    const proxy = await startProxy({ target: postgres.url });
    await withSession(postgres.url, (client) => client.query('CREATE TABLE told (n int)'));
    const cut = proxy.cutAfter((text) => text.includes('COMMIT'));
    const attempt = withSession(proxy.url, async (client) => {
      await client.query('BEGIN');
      await client.query('INSERT INTO told VALUES (1)');
      await client.query('COMMIT');
    });
    await expect(attempt).rejects.toThrow();
    await cut.happened;
    await proxy.close();
    const { rows } = await withSession(postgres.url, (client) => client.query('SELECT n FROM told'));
    expect(rows).toEqual([{ n: 1 }]);
  });

  test('a busy port is one clear sentence', async () => {
    await expect(startPostgres({ durable: false, port: postgres.port })).rejects.toThrow(
      `port ${postgres.port} is in use by another program; choose another for Postgres`,
    );
  });
});

describe('Redis', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedis({ config: { maxmemory: '64mb' } });
  });
  afterAll(() => redis.stop());

  test('flushAll, restartEmpty and kill with start leave it empty', async () => {
    for (const fault of [
      () => redis.flushAll(),
      () => redis.restartEmpty(),
      async () => {
        await redis.kill();
        await expect(redis.command('PING')).rejects.toThrow('ECONNREFUSED');
        await redis.start();
      },
    ]) {
      await redis.command('SET', 'key', 'value');
      expect(await redis.command('DBSIZE')).toBe('1');
      await fault();
      expect(await redis.command('DBSIZE')).toBe('0');
    }
  });

  test('an old snapshot resurrects what was done since, and forgets what is new', async () => {
    await redis.flushAll();
    await redis.command('SET', 'old', '1');
    const snapshot = await redis.saveSnapshot();
    await redis.command('DEL', 'old');
    await redis.command('SET', 'new', '1');
    await redis.command('SET', 'newer', '1');
    await redis.restoreSnapshot(snapshot);
    expect(await redis.command('EXISTS', 'old')).toBe('1');
    expect(await redis.command('EXISTS', 'new', 'newer')).toBe('0');
    // A snapshot is not persistence: the next restart is empty again.
    await redis.restartEmpty();
    expect(await redis.command('DBSIZE')).toBe('0');
  });

  test('errors are thrown, and a busy port is one clear sentence', async () => {
    await expect(redis.command('NONSENSE')).rejects.toThrow('unknown command');
    await expect(startRedis({ port: redis.port })).rejects.toThrow(
      `port ${redis.port} is in use by another program; choose another for Redis`,
    );
  });

  test('one that is given by URL is emptied but never killed', async () => {
    const external = await startRedis({ externalUrl: redis.url });
    await redis.command('SET', 'key', 'value');
    await external.flushAll();
    expect(await redis.command('DBSIZE')).toBe('0');
    await expect(external.kill()).rejects.toThrow('REDIS_URL names a Redis that this process did not start');
    await external.stop();
    expect(await redis.command('PING')).toBe('PONG');
  });
});

test('servers of a process that is killed with -9 end, and their folders go', async () => {
  const child = fork(new URL('fixtures/start-servers.mjs', import.meta.url), [], { execArgv: [] });
  const started = await new Promise<{ postgresUrl: string; dataDir: string; redisPort: number }>((resolve) => {
    child.once('message', (message) => resolve(message as never));
  });
  expect(existsSync(started.dataDir)).toBe(true);
  child.kill('SIGKILL');
  await eventually(
    async () => {
      await expect(withSession(started.postgresUrl, (client) => client.query('SELECT 1'))).rejects.toThrow(
        'ECONNREFUSED',
      );
      await expect(fetch(`http://127.0.0.1:${started.redisPort}`)).rejects.toThrow('fetch failed');
      return !existsSync(started.dataDir);
    },
    { what: 'the guard' },
  );
});

test('a test database is a clone of its own, and goes when dropped', async () => {
  const [first, second] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  await withSession(first.url, (client) => client.query('CREATE TABLE mine (n int)'));
  await expect(withSession(second.url, (client) => client.query('SELECT * FROM mine'))).rejects.toThrow(
    'does not exist',
  );
  await Promise.all([first.drop(), second.drop()]);
  await expect(withSession(first.url, (client) => client.query('SELECT 1'))).rejects.toThrow('does not exist');
  expect(testRedis().prefix).not.toBe(testRedis().prefix);
});

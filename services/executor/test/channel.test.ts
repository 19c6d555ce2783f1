/** Scripts as a channel, with a runner that ends as it is told: places, cancelling, reading sources, and what each end means. */
import type { ScriptProvider } from '@carillon/contracts';
import { referenceEncoder } from '@carillon/core';
import { createDatabase, type Database } from '@carillon/db';
import type { ScriptEnd, ScriptRunner, ScriptToRun } from '@carillon/runner';
import { ConfigError, createLogger, parseConfig } from '@carillon/runtime';
import { createTestDatabase, eventually, type TestDatabase } from '@carillon/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createScriptChannel } from '../src/channel.ts';
import { createChannels } from '../src/channels.ts';
import { configSchema } from '../src/config.ts';

const SHA = 'a'.repeat(64);
const logger = createLogger({ service: 'test', level: 'silent' });
const provider = { channel: 'script', id: 1, accountId: 0, messagesPerSecond: 1 } satisfies ScriptProvider;

let own: TestDatabase;
let db: Database;
let accountId: number;

beforeAll(async () => {
  own = await createTestDatabase();
  db = createDatabase({ url: own.url, max: 2, applicationName: 'executor-test' });
  const { rows } = await db.pool.query<{ id: number }>(
    `INSERT INTO accounts (name, country, zone) VALUES ('scripts', 'DE', 'UTC') RETURNING id`,
  );
  accountId = rows[0]?.id ?? 0;
  await db.pool.query(`INSERT INTO scripts VALUES ($1, $2, 'python', 'print(1)', now())`, [accountId, SHA]);
});
afterAll(async () => {
  await db.close();
  await own.drop();
});

/** Runs nothing, and ends each script when it is told or when it is to stop. */
class Runner implements ScriptRunner {
  readonly languages = ['python'] as const;
  readonly missing = {};
  readonly memory = 'rlimit';
  readonly free = 1;
  readonly begun: ScriptToRun[] = [];
  end: (end: ScriptEnd) => void = () => {};
  isClosed = false;

  run(script: ScriptToRun, signal?: AbortSignal): Promise<ScriptEnd> {
    this.begun.push(script);
    return new Promise((resolve) => {
      this.end = resolve;
      signal?.addEventListener('abort', () => resolve(ended({ by: 'cancelled', exitCode: 137 })));
    });
  }

  async close(): Promise<void> {
    this.isClosed = true;
  }
}

function ended(parts: Partial<Extract<ScriptEnd, { kind: 'ended' }>> = {}): ScriptEnd {
  return {
    kind: 'ended',
    by: 'exit',
    exitCode: 0,
    output: '',
    error: '',
    truncated: false,
    startedAtMs: 0,
    endedAtMs: 1,
    ...parts,
  };
}

let runner: Runner;
beforeEach(() => {
  runner = new Runner();
});

const heartbeat = { stop: async () => {} };
const open = (parts: Partial<Parameters<typeof createScriptChannel>[0]> = {}) =>
  createScriptChannel({ db: db.pool, runner, places: 1, cancelEveryMs: 20, logger, heartbeat, ...parts });
const message = (sha256 = SHA, batchId = 7) => ({
  address: 'python:aaaa',
  content: { type: 'script', language: 'python', sha256, parameters: '{"n":1}' } as const,
  reference: referenceEncoder({ runId: 3, day: '2026-11-21', batchId }, new Uint8Array(32))(1, 1),
});

describe('what an end means', () => {
  const result = { ms: expect.any(Number), truncated: false };
  const cases: [string, ScriptEnd, Record<string, unknown>][] = [
    [
      'success',
      ended({ output: 'hello\n' }),
      { kind: 'accepted', result: { ...result, exitCode: 0, output: 'hello\n' } },
    ],
    [
      'failure',
      ended({ exitCode: 3, error: 'no' }),
      { kind: 'retry', code: 'script_failed', result: { ...result, exitCode: 3, error: 'no' } },
    ],
    ['time', ended({ by: 'wall_time', exitCode: 137 }), { kind: 'retry', code: 'script_time' }],
    ['processor time', ended({ by: 'cpu_time', exitCode: 152 }), { kind: 'retry', code: 'script_cpu_time' }],
    ['memory', ended({ by: 'memory', exitCode: 137 }), { kind: 'retry', code: 'script_memory' }],
    ['output', ended({ by: 'output', exitCode: 137, truncated: true }), { kind: 'retry', code: 'script_output' }],
    ['a cancel', ended({ by: 'cancelled', exitCode: 137 }), { kind: 'rejected', code: 'cancelled' }],
    [
      'a place that was taken',
      { kind: 'not_started', because: 'busy', reason: '' },
      { kind: 'retry', code: 'no_free_connection' },
    ],
    [
      'a cancel before it began',
      { kind: 'not_started', because: 'cancelled', reason: '' },
      { kind: 'rejected', code: 'cancelled' },
    ],
    // No attempt, and no tight circle either.
    [
      'a start that failed',
      { kind: 'not_started', because: 'failed', reason: 'EAGAIN' },
      { kind: 'throttled', code: 'script_not_started', message: 'EAGAIN', retryAfterMs: 5_000 },
    ],
  ];
  test.each(cases)('%s', async (_, end, outcome) => {
    const channel = open();
    const sending = channel.send(message(), { ...provider, accountId });
    await eventually(() => runner.begun.length === 1);
    runner.end(end);
    expect(await sending).toMatchObject(outcome);
    await channel.close();
  });
});

test('it takes as many as it has places, and runs what is stored under the hash', async () => {
  const channel = open();
  expect(channel.free(provider)).toBe(1);
  const first = channel.send(message(), { ...provider, accountId });
  expect(channel.free(provider)).toBe(0);
  expect(await channel.send(message(), { ...provider, accountId })).toMatchObject({ code: 'no_free_connection' });
  await eventually(() => runner.begun.length === 1);
  expect(runner.begun).toEqual([{ language: 'python', source: 'print(1)', parameters: '{"n":1}' }]);
  runner.end(ended());
  expect(await first).toMatchObject({ kind: 'accepted', providerMessageId: 'dlv_20261121_7_1' });
  expect(channel.free(provider)).toBe(1);
  await channel.close();
  expect(runner.isClosed).toBe(true);
  expect(await channel.send(message(), { ...provider, accountId })).toMatchObject({ code: 'channel_closed' });
});

test('what is not there is refused for good, also when it is another account’s', async () => {
  const channel = open();
  expect(await channel.send(message('b'.repeat(64)), { ...provider, accountId })).toMatchObject({
    kind: 'rejected',
    code: 'script_gone',
  });
  expect(await channel.send(message(), { ...provider, accountId: accountId + 1 })).toMatchObject({
    code: 'script_gone',
  });
  const other = { ...message(), content: { type: 'text', text: 'hello' } as const };
  expect(await channel.send(other, provider)).toMatchObject({ kind: 'rejected', code: 'wrong_content' });
  expect(runner.begun).toEqual([]);
  await channel.close();
});

test('Postgres that does not answer is asked again, and past its time nothing is begun', async () => {
  let failures = 2;
  const failing = {
    query: (...args: Parameters<typeof db.pool.query>) =>
      failures-- > 0 ? Promise.reject(new Error('away')) : db.pool.query(...args),
  } as unknown as typeof db.pool;
  const channel = open({ db: failing });
  const sending = channel.send(message(), { ...provider, accountId });
  await eventually(() => runner.begun.length === 1);
  runner.end(ended());
  expect((await sending).kind).toBe('accepted');
  failures = Number.POSITIVE_INFINITY;
  const fresh = open({ db: failing });
  const late = await fresh.send(message(), { ...provider, accountId }, performance.now() + 300);
  expect(late).toMatchObject({ kind: 'retry', code: 'too_late' });
  // Known sources are not read; their time is kept all the same.
  expect(await channel.send(message(), { ...provider, accountId }, performance.now() - 1)).toMatchObject({
    code: 'too_late',
  });
  expect(runner.begun).toHaveLength(1);
  await Promise.all([channel.close(), fresh.close()]);
});

test('it says that it is there, and takes that back', async () => {
  const config = parse({});
  const [served] = createChannels(config, { runner, db: db.pool, logger, name: 'here-1', onBegun: undefined });
  const alive = async () => (await db.pool.query('SELECT name, languages, places FROM executors')).rows;
  await eventually(async () => (await alive()).length === 1);
  expect(await alive()).toEqual([{ name: 'here-1', languages: ['python'], places: 4 }]);
  expect(served).toMatchObject({ name: 'script', connections: 4, floor: 4, initial: 4, timeoutMs: 65_000 });
  await served?.channel.close();
  expect(await alive()).toEqual([]);
});

const parse = (environment: Record<string, string>) =>
  parseConfig('executor', configSchema, {
    DATABASE_URL: 'postgresql://user:password@127.0.0.1:5432/carillon',
    REDIS_URL: 'redis://127.0.0.1:6379',
    CARILLON_SECRET: 'a'.repeat(32),
    CARILLON_ENV: 'test',
    ...environment,
  });

test('its lease is a setting of its own, and must cover the longest script', () => {
  expect(parse({ LEASE_MS: '15000' }).SCRIPT_LEASE_MS).toBe(120_000);
  expect(() => parse({ SCRIPT_LEASE_MS: '90000' })).toThrow(ConfigError);
  expect(() => parse({ SCRIPT_LEASE_MS: '90000' })).toThrow(/SCRIPT_LEASE_MS/);
  expect(parse({ SCRIPT_LEASE_MS: '90000', SCRIPT_TIMEOUT_MS: '10000' }).SCRIPT_TIMEOUT_MS).toBe(10_000);
});

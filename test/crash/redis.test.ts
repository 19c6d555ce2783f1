/** Redis emptied, gone, or put back to what it once was, while an announcement waits and while it runs. */
import { setTimeout as pause } from 'node:timers/promises';
import { sendQueueName } from '@carillon/contracts';
import { writeQueuePaused } from '@carillon/db';
import { eventually, type RedisServer } from '@carillon/testkit';
import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import { COMPLETE, judge } from './judge.ts';
import { type Announcement, type Stack, startStack } from './stack.ts';

jest.setTimeout(360_000);
/** The absence itself, not a wait for something: senders must bear one that outlives every lease. */
const AWAY_MS = 20_000;

let stack: Stack;
let redis: RedisServer;
beforeAll(async () => {
  stack = await startStack({ ownRedis: true });
  redis = stack.redis as RedisServer;
  // What was never marked cannot be seen to be lost.
  await eventually(
    async () => (await stack.database.pool.query('SELECT 1 FROM installation WHERE redis_beat > 0')).rowCount === 1,
    { what: 'the first marker' },
  );
});
afterEach(() => stack?.endWorkers());
afterAll(() => stack?.stop());

/** When a sweeper last noticed that Redis had lost something. */
async function lostAt(): Promise<number> {
  const { rows } = await stack.database.pool.query<{ at: Date | null }>('SELECT redis_lost_at AS at FROM installation');
  return rows[0]?.at?.getTime() ?? 0;
}

async function noticed(before: number): Promise<void> {
  await eventually(async () => (await lostAt()) > before, { what: 'the loss of Redis to be noticed' });
}

async function enqueued({ runId }: Announcement): Promise<void> {
  await eventually(
    async () => {
      const { rows } = await stack.database.pool.query(
        'SELECT 1 FROM batches WHERE run_id = $1 AND enqueued_at IS NOT NULL',
        [runId],
      );
      return rows.length > 0;
    },
    { what: 'a batch to be enqueued' },
  );
}

it('puts back that a queue is paused, and that it is not', async () => {
  const { pool } = stack.database;
  const queue = sendQueueName('whatsapp');
  for (const paused of [true, false]) {
    await writeQueuePaused(pool, queue, paused);
    const before = await lostAt();
    await redis.flushAll();
    await noticed(before);
    expect(await redis.command('HEXISTS', `carillon:${queue}:meta`, 'paused')).toBe(paused ? '1' : '0');
  }
});

it('loses nothing when Redis is emptied while batches wait', async () => {
  const announcement = await stack.announce();
  await enqueued(announcement);
  const before = await lostAt();
  await redis.flushAll();
  await noticed(before);
  await stack.sender();
  await stack.completed(announcement);
  expect(await judge(stack, announcement)).toEqual(COMPLETE);
});

it('loses and doubles nothing when Redis is emptied again and again while batches run', async () => {
  const announcement = await stack.announce();
  await Promise.all([stack.sender(), stack.sender()]);
  for (const told of [700, 1_900, 3_100]) {
    await stack.accepted(announcement, told);
    await redis.flushAll();
  }
  await stack.completed(announcement);
  expect(await judge(stack, announcement)).toEqual(COMPLETE);
});

it('loses and doubles nothing when Redis is put back to an old snapshot, in the middle and afterwards', async () => {
  const announcement = await stack.announce();
  await stack.sender();
  await stack.accepted(announcement, 500);
  const snapshot = await redis.saveSnapshot();
  await stack.sender();
  await stack.accepted(announcement, 3_000);
  await redis.restoreSnapshot(snapshot);
  await stack.completed(announcement);
  expect(await judge(stack, announcement)).toEqual(COMPLETE);

  const before = await lostAt();
  await redis.restoreSnapshot(snapshot);
  await noticed(before);
  // Queues are worked off in order: what the snapshot brought back has been looked at when a later announcement is told.
  const later = await stack.announce();
  await stack.completed(later);
  expect(await judge(stack, later)).toEqual(COMPLETE);
  expect(await judge(stack, announcement)).toEqual(COMPLETE);
});

it('goes on when Redis was away for 20 seconds and came back empty', async () => {
  const announcement = await stack.announce();
  await Promise.all([stack.sender(), stack.sender()]);
  await stack.accepted(announcement, 500);
  await redis.kill();
  // An announcement that is made meanwhile waits in Postgres.
  const meanwhile = await stack.announce();
  await pause(AWAY_MS);
  await redis.start();
  await stack.completed(announcement);
  await stack.completed(meanwhile);
  expect(await judge(stack, announcement)).toEqual(COMPLETE);
  expect(await judge(stack, meanwhile)).toEqual(COMPLETE);
});

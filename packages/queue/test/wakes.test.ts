/** Wake-ups: added with ids that BullMQ has not seen, given back when Redis is away, and taken by workers whatever they hold. */

import type { SendJob, WakeBatch, WakeSingles, WakeSource } from '@carillon/contracts';
import { eventually, startProxy, testRedis } from '@carillon/testkit';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import {
  batchWakeUpId,
  createQueues,
  createRedisGuard,
  createSendWorker,
  createWaker,
  type RedisOptions,
  type Waker,
} from '../src/index.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});
function opened<T extends { close(): unknown }>(one: T): T {
  open.push(one);
  return one;
}

type Taken = { batches: WakeBatch[]; singles: WakeSingles[] };
const batch = (batchId: number, changes: Partial<WakeBatch> = {}): WakeBatch => ({
  accountId: 1,
  batchId,
  generation: 1,
  size: 1_000,
  dueInMs: 0,
  ...changes,
});

/** A source with a list of what to give next, that keeps what came back. */
function sourceOf(...rounds: Taken[]) {
  const back: Taken[] = [];
  let asked = 0;
  const source: WakeSource = {
    async take() {
      asked += 1;
      return rounds.shift() ?? { batches: [], singles: [] };
    },
    async giveBack(_, taken) {
      back.push({ batches: [...taken.batches], singles: [...taken.singles] });
    },
  };
  return { source, back, asked: () => asked };
}

let n = 0;
function wakerOver(redis: RedisOptions, source: WakeSource): Waker {
  return opened(createWaker({ redis, source, random: () => (++n % 1_000) / 1_000, now: Date.now }));
}
const ready = (waker: Waker) => eventually(() => waker.ping());

/** Takes wake-ups until as many came. */
function workerOver(redis: RedisOptions) {
  const seen: SendJob[] = [];
  const failures: Error[] = [];
  const worker = createSendWorker({
    redis,
    channel: 'whatsapp',
    concurrency: 1,
    process: async (job) => {
      seen.push(job);
    },
    onFailure: (error) => failures.push(error),
  });
  opened({ close: () => worker.close() });
  return { seen, failures, worker };
}

describe('a waker', () => {
  test('adds what the source gives; single ones and small batches go before the bulk', async () => {
    const redis = testRedis();
    const { source } = sourceOf({
      batches: [batch(1), batch(2, { size: 5 })],
      singles: [{ dueAtMs: 1_000.5, dueInMs: 0, batches: 7 }],
    });
    const waker = wakerOver(redis, source);
    await ready(waker);
    expect(await waker.wake('whatsapp')).toEqual({ kind: 'ok', added: 3 });
    const { seen } = workerOver(redis);
    await eventually(() => seen.length === 3);
    expect(seen).toEqual([
      { wake: 'singles', dueAtMs: 1_001 },
      { wake: 'batch', accountId: 1, batchId: 2, generation: 1 },
      { wake: 'batch', accountId: 1, batchId: 1, generation: 1 },
    ]);
  });

  test('keeps wake-ups of one moment together while they are far, and of a batch apart by generation', async () => {
    const redis = testRedis();
    const moment: WakeSingles = { dueAtMs: Date.now() + 60_000, dueInMs: 60_000, batches: 1 };
    const near: WakeSingles = { dueAtMs: 5, dueInMs: 500, batches: 1 };
    const { source } = sourceOf(
      { batches: [batch(1, { dueInMs: 60_000 })], singles: [moment, near] },
      {
        batches: [batch(1, { dueInMs: 60_000 }), batch(1, { dueInMs: 60_000, generation: 2 })],
        singles: [moment, near],
      },
    );
    const waker = wakerOver(redis, source);
    await ready(waker);
    await waker.wake('whatsapp');
    await waker.wake('whatsapp');
    const queues = opened(createQueues(redis));
    // One far moment, two near wake-ups, two generations.
    expect(await queues.queues[0]?.getDelayedCount()).toBe(5);
  });

  test('calls that come while one runs share the next round, and it looks again', async () => {
    const redis = testRedis();
    const { source, asked } = sourceOf();
    const waker = wakerOver(redis, source);
    await ready(waker);
    const results = await Promise.all(Array.from({ length: 50 }, () => waker.wake('whatsapp')));
    expect(results.every((result) => result.kind === 'ok')).toBe(true);
    expect(asked()).toBe(2);
  });

  test('with Redis down says so at once and takes nothing; with Redis back it goes on', async () => {
    const redis = testRedis();
    const proxy = opened(await startProxy({ target: redis.url }));
    const { source, asked } = sourceOf({ batches: [batch(1)], singles: [] });
    proxy.setMode('reset');
    const waker = wakerOver({ url: proxy.url, prefix: redis.prefix }, source);
    const askedMs = performance.now();
    expect((await waker.wake('whatsapp')).kind).toBe('unavailable');
    expect(performance.now() - askedMs).toBeLessThan(500);
    expect(await waker.ping()).toBe(false);
    expect(asked()).toBe(0);
    proxy.setMode('pass');
    await ready(waker);
    expect(await waker.wake('whatsapp')).toEqual({ kind: 'ok', added: 1 });
  });

  test('gives back what it could not add, when Redis falls silent under it', async () => {
    const redis = testRedis();
    const proxy = opened(await startProxy({ target: redis.url }));
    const taken: Taken = { batches: [batch(1), batch(2)], singles: [{ dueAtMs: 1, dueInMs: 0, batches: 1 }] };
    const { source, back } = sourceOf(taken);
    const waker = wakerOver({ url: proxy.url, prefix: redis.prefix }, source);
    await ready(waker);
    proxy.setMode('blackhole');
    expect((await waker.wake('whatsapp')).kind).toBe('unavailable');
    expect(back).toEqual([taken]);
  });

  test('an error of the source is an answer, not an exception', async () => {
    const redis = testRedis();
    const failing: WakeSource = { take: () => Promise.reject(new Error('no Postgres')), giveBack: async () => {} };
    const waker = wakerOver(redis, failing);
    await ready(waker);
    expect(await waker.wake('whatsapp')).toMatchObject({ kind: 'unavailable', error: new Error('no Postgres') });
  });
});

describe('a worker', () => {
  test('survives wake-ups that cannot be read and processors that throw', async () => {
    const redis = testRedis();
    const queues = opened(createQueues(redis));
    await queues.queues[0]?.add('x', { wake: 'batch', accountId: 'nobody' });
    const failures: Error[] = [];
    const seen: SendJob[] = [];
    const worker = createSendWorker({
      redis,
      channel: 'whatsapp',
      concurrency: 1,
      process: async (job) => {
        seen.push(job);
        if (seen.length === 1) throw new Error('no luck');
      },
      onFailure: (error) => failures.push(error),
    });
    opened({ close: () => worker.close() });
    await queues.queues[0]?.add('x', { wake: 'singles', dueAtMs: 1 });
    await queues.queues[0]?.add('x', { wake: 'singles', dueAtMs: 2 });
    await eventually(() => seen.length === 2);
    expect(seen.map((job) => job.wake === 'singles' && job.dueAtMs)).toEqual([1, 2]);
    expect(failures.map((error) => error.message)).toEqual(['a wake-up of whatsapp cannot be read', 'no luck']);
    // Nothing is kept of what is done, well or badly.
    await eventually(async () => (await queues.queues[0]?.getJobCountByTypes('completed', 'failed', 'active')) === 0);
  });

  test('waits for the next moment to the fraction of a second', async () => {
    const redis = testRedis();
    const client = new Redis(redis.url);
    opened({ close: () => client.disconnect() });
    const monitor = await client.monitor();
    opened({ close: () => monitor.disconnect() });
    const waits: number[] = [];
    monitor.on('monitor', (_, [command, key, seconds]: string[]) => {
      if (command?.toLowerCase() === 'bzpopmin' && key?.startsWith(redis.prefix)) waits.push(Number(seconds));
    });
    const { source } = sourceOf({ batches: [], singles: [{ dueAtMs: 1, dueInMs: 2_500, batches: 1 }] });
    const waker = wakerOver(redis, source);
    await ready(waker);
    const { seen } = workerOver(redis);
    await waker.wake('whatsapp');
    await eventually(() => seen.length === 1);
    expect(waits.filter((seconds) => !Number.isInteger(seconds))).not.toEqual([]);
  });

  test('takes nothing more once told to stop', async () => {
    const redis = testRedis();
    const { worker, seen } = workerOver(redis);
    await worker.stopTaking();
    const queues = opened(createQueues(redis));
    await queues.queues[0]?.add('x', { wake: 'singles', dueAtMs: 1 });
    // Another worker is awake, and it is the one that gets it.
    const other = workerOver(redis);
    await eventually(() => other.seen.length === 1);
    expect(seen).toEqual([]);
  });
});

describe('the guard', () => {
  test('keeps the marker, and puts the pause of queues as it is told', async () => {
    const redis = testRedis();
    const guard = opened(createRedisGuard(redis));
    await eventually(() => guard.isReady());
    expect(await guard.readMarker()).toBeUndefined();
    const marker = { epoch: '0b9f3b4e-8a2e-4a1c-9a3e-1f2d3c4b5a69', beat: 12 };
    expect(await guard.replaceMarker(undefined, marker)).toBe(true);
    expect(await guard.readMarker()).toEqual(marker);
    // Only from what is expected: whoever saw another one does not cover what happened since.
    expect(await guard.replaceMarker(undefined, { ...marker, beat: 1 })).toBe(false);
    expect(await guard.replaceMarker({ ...marker, beat: 11 }, { ...marker, beat: 1 })).toBe(false);
    expect(await guard.replaceMarker(marker, { ...marker, beat: 13 })).toBe(true);
    expect(await guard.readMarker()).toEqual({ ...marker, beat: 13 });
    const queues = opened(createQueues(redis));
    expect(await guard.applySettings(new Map([['send-whatsapp', { paused: true }]]))).toEqual(['send-whatsapp']);
    expect(await queues.queues[0]?.isPaused()).toBe(true);
    expect(await guard.applySettings(new Map([['send-whatsapp', { paused: true }]]))).toEqual([]);
    // What Postgres does not name runs.
    expect(await guard.applySettings(new Map())).toEqual(['send-whatsapp']);
    expect(await queues.queues[0]?.isPaused()).toBe(false);
  });

  test.each([
    ['its own', false],
    ['the same as all others of its batch', true],
  ])(
    'knows which wake-ups still come, with the queue paused or not, when the id is %s',
    async (_, constantGeneration) => {
      const redis = testRedis();
      const channel = 'whatsapp' as const;
      const [small, bulk, later, orphan, deleted, taken] = [1, 2, 3, 4, 5, 6].map((id) =>
        batch(id, { generation: 3, size: id === 1 ? 1 : 1_000, dueInMs: id === 3 ? 60_000 : 0 }),
      ) as [WakeBatch, WakeBatch, WakeBatch, WakeBatch, WakeBatch, WakeBatch];
      const all = [small, bulk, later, orphan, deleted, taken].map((one) => ({ ...one, channel }));
      const { source } = sourceOf({ batches: [taken], singles: [] }, { batches: all.slice(0, 5), singles: [] });
      const waker = opened(createWaker({ redis, source, random: Math.random, now: Date.now, constantGeneration }));
      let aheadMs = 60_000;
      const now = () => Date.now() + aheadMs;
      const guard = opened(createRedisGuard({ ...redis, constantGeneration, now }));
      await eventually(async () => guard.isReady() && (await waker.ping()));
      expect(await guard.withoutWakeUp(all)).toEqual(all);

      // In a sender's hands, and left behind there.
      await waker.wake(channel);
      let letGo = (): void => {};
      const worker = createSendWorker({
        redis,
        channel,
        concurrency: 1,
        process: () => new Promise((resolve) => (letGo = resolve)),
        onFailure: () => {},
      });
      opened({ close: () => worker.close() });
      opened({ close: () => letGo() });
      const queue = opened(createQueues(redis)).queues[0] as Queue;
      await eventually(async () => (await queue.getActiveCount()) === 1);

      await waker.wake(channel);
      await queue.remove(batchWakeUpId(deleted, constantGeneration));
      const client = new Redis(redis.url);
      opened({ close: () => client.disconnect() });
      await client.zrem(queue.toKey('prioritized'), batchWakeUpId(orphan, constantGeneration));
      expect(await queue.getJob(batchWakeUpId(orphan, constantGeneration))).toBeDefined();
      // Without a priority it stands in the list, which is another one while the queue is paused.
      const listed = { ...batch(7), channel };
      await queue.add('batch', {}, { jobId: batchWakeUpId(listed, constantGeneration) });
      const gone = all.slice(3);
      for (const paused of [false, true]) {
        await guard.applySettings(new Map([['send-whatsapp', { paused }]]));
        expect(await guard.withoutWakeUp([...all, listed])).toEqual(gone);
      }
      // A wake-up that is still to wait, though its batch is long due, would come too late.
      aheadMs = 0;
      expect(await guard.withoutWakeUp(all.slice(0, 3))).toEqual(all.slice(2, 3));
      // Another generation's is not this one's, unless all have the same id.
      const next = { ...bulk, generation: 4, channel };
      expect(await guard.withoutWakeUp([next])).toEqual(constantGeneration ? [] : [next]);
    },
  );

  test('is not ready without Redis', async () => {
    const guard = opened(createRedisGuard({ url: 'redis://127.0.0.1:1', prefix: 'none' }));
    expect(guard.isReady()).toBe(false);
    await expect(guard.readMarker()).rejects.toThrow();
    // Rather than take everything for gone.
    await expect(guard.withoutWakeUp([{ ...batch(1), channel: 'whatsapp' }])).rejects.toThrow();
  });
});

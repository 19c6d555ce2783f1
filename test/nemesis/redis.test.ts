/** The judge of what Redis holds: small worlds, each with one wake-up or one key too many; and a real Redis. */
import { createQueues, createTokens } from '@carillon/queue';
import { startRedis } from '@carillon/testkit/servers';
import { describe, expect, test } from '@jest/globals';
import { countClients } from '../../nemesis/growth.mjs';
import { judgeEnding } from '../../nemesis/judge/ending.mjs';
import { judgeKeys, judgeRedis, judgeWakeUps } from '../../nemesis/judge/redis.mjs';

type Row = Record<string, unknown>;
const kinds = (violations: { kind: string }[]): string[] => violations.map(({ kind }) => kind);

describe('a wake-up', () => {
  const wakeUp = (data: Row, queue = 'send-whatsapp') => ({ queue, id: 'b-1-9-g2', data });
  const batch = { id: 9, channel: 'whatsapp', single: false, generation: 2, due_ms: 5_000 };
  const ofBatch = { wake: 'batch', accountId: 1, batchId: 9, generation: 2 };
  const single = { ...batch, single: true };
  const judged = (data: Row, batches: Row[], queue?: string) => kinds(judgeWakeUps([wakeUp(data, queue)], batches));

  test('is of a batch that waits for it', () => {
    expect(judged(ofBatch, [batch])).toEqual([]);
    expect(judged({ wake: 'singles', dueAtMs: 5_000 }, [single])).toEqual([]);
  });

  test.each<[string, Row, Row[], string]>([
    ['a batch that is closed, while another one waits', ofBatch, [{ ...batch, id: 10 }], 'send-whatsapp'],
    ['a batch that was enqueued anew', ofBatch, [{ ...batch, generation: 3 }], 'send-whatsapp'],
    ['a batch of another channel', ofBatch, [batch], 'send-email'],
    ['a moment at which nothing is due', { wake: 'singles', dueAtMs: 4_000 }, [single], 'send-whatsapp'],
    ['a moment at which no single delivery is due', { wake: 'singles', dueAtMs: 5_000 }, [batch], 'send-whatsapp'],
  ])('is one too many of %s', (_what, data, batches, queue) => {
    expect(judged(data, batches, queue)).toEqual(['redis_holds_too_much']);
  });
});

describe('a key of Redis', () => {
  const QUEUES = ['send-whatsapp', 'check-email'];
  const wakeUps = [{ queue: 'send-whatsapp', id: 'b-1-9-g2' }];
  const FOR_EVER = -1;
  const judged = (key: string, endsInMs: number, length = 0) =>
    kinds(judgeKeys([{ key, endsInMs, length }], QUEUES, wakeUps));

  test.each([
    ['carillon:marker', FOR_EVER],
    ['carillon:tokens:3', 60_000],
    ['carillon:requests:3', 900],
    ['carillon:check-email:meta', FOR_EVER],
    ['carillon:send-whatsapp:prioritized', FOR_EVER],
    ['carillon:send-whatsapp:stalled-check', 29_000],
    ['carillon:send-whatsapp:b-1-9-g2', FOR_EVER],
    ['carillon:send-whatsapp:b-1-9-g2:lock', 29_000],
  ])('that has a reason: %s', (key, endsInMs) => {
    expect(judged(key, endsInMs)).toEqual([]);
  });

  test.each([
    ['redis_key_for_ever', 'carillon:tokens:3', FOR_EVER],
    ['redis_key_for_ever', 'carillon:requests:3', FOR_EVER],
    ['redis_key_for_ever', 'carillon:send-whatsapp:b-1-9-g2:lock', FOR_EVER],
    ['redis_key_unexplained', 'carillon:send-whatsapp:b-1-8-g1', FOR_EVER],
    ['redis_key_unexplained', 'carillon:check-email:b-1-9-g2', FOR_EVER],
    ['redis_key_unexplained', 'carillon:send-whatsapp:repeat', FOR_EVER],
    ['redis_key_unexplained', 'carillon:sessions:3', 60_000],
    ['redis_key_unexplained', 'somebody:else', FOR_EVER],
  ])('%s: %s', (kind, key, endsInMs) => {
    expect(judged(key, endsInMs)).toEqual([kind]);
  });

  test('that grows is one that is longer than BullMQ lets it be', () => {
    const events = (length: number) => judged('carillon:send-whatsapp:events', FOR_EVER, length);
    expect(events(10_080)).toEqual([]);
    expect(events(20_000)).toEqual(['redis_key_grows']);
  });
});

test('a real Redis is read: what waits there, its keys, and who is connected', async () => {
  const redis = await startRedis();
  const options = { url: redis.url, prefix: 'carillon' };
  const batch = { id: 9, account_id: 1, channel: 'whatsapp', single: false, generation: 2, due_ms: 0 };
  const held = async (rows: Row[]) => kinds(await judgeRedis({ redis, pool: { query: async () => ({ rows }) } }, 0));
  const left = async (seenMs = 0) =>
    kinds(await judgeEnding({ redis, pool: { query: async () => ({ rows: [] }) }, mark: 'house-of-nobody' }, seenMs));
  try {
    expect([...(await held([])), ...(await left(5_000))]).toEqual([]);
    const set = createQueues(options);
    const tokens = createTokens({ redis: options, monotonic: () => performance.now(), shareWithoutRedis: 1 });
    const queue = set.queues.find(({ name }) => name === 'send-whatsapp');
    const data = { wake: 'batch', accountId: 1, batchId: 9, generation: 2 };
    await queue?.add('batch', data, { jobId: 'b-1-9-g2', delay: 60_000 });
    await tokens.take(3, 1, 80);
    expect(await held([batch])).toEqual([]);
    expect(await held([{ ...batch, generation: 3 }])).toEqual(['redis_holds_too_much']);
    await redis.command('SET', 'carillon:tokens:4', 'for ever');
    await redis.command('SET', 'carillon:forgotten', 'by whom');
    expect(await held([batch])).toContain('redis_key_for_ever');
    expect(await held([batch])).toContain('redis_key_unexplained');
    expect(await left()).toContain('redis_client_left');
    expect(await countClients(redis)).toBeGreaterThan(0);
    await set.close();
    tokens.close();
    expect(await left(5_000)).toEqual([]);
    expect(await countClients(redis)).toBe(0);
  } finally {
    await redis.stop();
  }
});

/** The judge of what Redis holds: small worlds, each with one wake-up or one key too many. */
import { describe, expect, test } from '@jest/globals';
import { judgeKeys, judgeWakeUps } from '../../nemesis/judge/redis.mjs';

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

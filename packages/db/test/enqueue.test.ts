/** What is woken next: the window, taking turns, the horizon, singles by their moments; and giving marks back. */

import type { ChannelName } from '@carillon/contracts';
import { seedAccount } from '@carillon/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import {
  createWakeSource,
  type EnqueuedBatch,
  findLongEnqueued,
  freeAllEnqueued,
  freeLostBatches,
  readLag,
  unmarkBatch,
} from '../src/index.ts';
import { batchRow, leaseOf, openStore, seedBatch, seedRun, type TestStore } from './rows.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openStore();
});
afterEach(() => store.db.pool.query('TRUNCATE batches, holds'));
afterAll(() => store?.close());

const HORIZON_MS = 60_000;
const source = (window = 4) => createWakeSource(store.db.pool, { window, horizonMs: HORIZON_MS });
const enqueued = async (id: number) => (await batchRow(store, id)).enqueued_at !== null;

describe('batches', () => {
  test("of several runs take turns within the account's window", async () => {
    const [large, small] = [await seedRun(store), await seedRun(store)];
    for (let n = 0; n < 10; n++) await seedBatch(store, { rows: [{}], runId: large.runId, dueInMs: -60_000 });
    const late = await seedBatch(store, { rows: [{}], runId: small.runId, dueInMs: -1_000 });
    const { batches } = await source(4).take('whatsapp');
    expect(batches).toHaveLength(4);
    // The small run came last and is due last, and has its turn in the first round.
    expect(batches.map((batch) => batch.batchId)).toContain(late.batchId);
    expect(batches.every((batch) => batch.generation === 1 && batch.dueInMs === 0 && batch.size === 1)).toBe(true);
    // The window is full until something is leased to its end.
    expect((await source(4).take('whatsapp')).batches).toEqual([]);
    const first = batches[0] as { batchId: number };
    await store.db.pool.query('UPDATE batches SET scheduled = 0, sent = 1 WHERE id = $1', [first.batchId]);
    expect((await source(4).take('whatsapp')).batches).toHaveLength(1);
  });

  test('leave the window when all their rows are claimed, however long a call hangs', async () => {
    await seedBatch(store, { rows: [{}, {}] });
    await seedBatch(store, { rows: [{}, {}] });
    const id = (await source(1).take('whatsapp')).batches[0]?.batchId;
    const claim = (scheduled: number) =>
      store.db.pool.query('UPDATE batches SET scheduled = $2, sending = 2 - $2, lease_until = now() WHERE id = $1', [
        id,
        scheduled,
      ]);
    await claim(1);
    expect((await source(1).take('whatsapp')).batches).toEqual([]);
    await claim(0);
    expect((await source(1).take('whatsapp')).batches).toHaveLength(1);
  });

  test('of another account have a window of their own', async () => {
    const other = await seedAccount(store.db.pool, 'other', { baseUrl: 'http://127.0.0.1:9' });
    for (let n = 0; n < 6; n++) await seedBatch(store, { rows: [{}] });
    const theirs = await seedBatch(store, { rows: [{}], accountId: other.accountId });
    const { batches } = await source(3).take('whatsapp');
    expect(batches).toHaveLength(4);
    expect(batches.filter((batch) => batch.accountId === other.accountId).map((batch) => batch.batchId)).toEqual([
      theirs.batchId,
    ]);
  });

  test('that are due within the horizon have a window beside the due ones, nearest first', async () => {
    for (let n = 0; n < 5; n++) await seedBatch(store, { rows: [{}], dueInMs: -n });
    const ahead: number[] = [];
    for (const dueInMs of [50_000, 10_000, 30_000, 59_000])
      ahead.push((await seedBatch(store, { rows: [{}], dueInMs })).batchId);
    const far = await seedBatch(store, { rows: [{}], dueInMs: HORIZON_MS + 30_000 });
    const { batches } = await source(3).take('whatsapp');
    const delayed = batches.filter((batch) => batch.dueInMs > 0);
    expect(batches).toHaveLength(6);
    expect(new Set(delayed.map((batch) => batch.batchId))).toEqual(new Set([ahead[1], ahead[2], ahead[0]]));
    for (const { dueInMs } of delayed) expect(dueInMs).toBeLessThanOrEqual(50_000);
    expect(await enqueued(far.batchId)).toBe(false);
  });

  test.each([
    ['paused', 'paused_at = now()'],
    ['cancelled', 'cancelled_at = now()'],
    ['leased', 'lease_until = now()'],
    ['expired', 'expires_at = now()'],
  ])('that are %s are left', async (_, set) => {
    const { batchId } = await seedBatch(store, { rows: [{}] });
    await store.db.pool.query(`UPDATE batches SET ${set} WHERE id = $1`, [batchId]);
    expect(await source().take('whatsapp')).toEqual({ batches: [], singles: [] });
  });

  test('under a hold are left, and enqueued when it is gone', async () => {
    await seedBatch(store, { rows: [{}] });
    await seedBatch(store, { rows: [{}], single: true });
    await store.db.pool.query(`INSERT INTO holds (channel, reason) VALUES ('whatsapp', 'test')`);
    expect(await source().take('whatsapp')).toEqual({ batches: [], singles: [] });
    await store.db.pool.query('DELETE FROM holds');
    const taken = await source().take('whatsapp');
    expect([taken.batches.length, taken.singles.length]).toEqual([1, 1]);
  });

  test('asked for by ten at once are each marked once', async () => {
    for (let n = 0; n < 20; n++) await seedBatch(store, { rows: [{}] });
    const taken = await Promise.all(Array.from({ length: 10 }, () => source(100).take('whatsapp')));
    const ids = taken.flatMap((one) => one.batches.map((batch) => batch.batchId));
    expect(ids).toHaveLength(20);
    expect(new Set(ids).size).toBe(20);
  });

  test('get a higher generation every time', async () => {
    const { batchId } = await seedBatch(store, { rows: [{}] });
    for (const generation of [1, 2, 3]) {
      expect((await source().take('whatsapp')).batches).toMatchObject([{ batchId, generation }]);
      await unmarkBatch(store.db.pool, { accountId: store.account.accountId, batchId });
    }
  });
});

describe('singles', () => {
  test('come back as moments, however many there are', async () => {
    for (let n = 0; n < 40; n++) await seedBatch(store, { rows: [{}], single: true });
    await store.db.pool.query(
      `UPDATE batches SET due_at = date_trunc('second', now()) + interval '30 seconds' * (id % 2)`,
    );
    const { batches, singles } = await source().take('whatsapp');
    expect(batches).toEqual([]);
    expect(singles).toHaveLength(2);
    expect(singles.map((moment) => moment.batches)).toEqual([20, 20]);
    expect(await source().take('whatsapp')).toEqual({ batches: [], singles: [] });
  });

  test('and batches that could not be added go back', async () => {
    const single = await seedBatch(store, { rows: [{}], single: true });
    const batch = await seedBatch(store, { rows: [{}] });
    const leased = await seedBatch(store, { rows: [{}] });
    const taken = await source().take('whatsapp');
    await leaseOf(store, leased.batchId);
    await source().giveBack('whatsapp', taken);
    expect(await Promise.all([single, batch, leased].map((one) => enqueued(one.batchId)))).toEqual([
      false,
      false,
      true,
    ]);
  });
});

describe('lost wake-ups', () => {
  test('are found by their age, and only where nobody holds the batch', async () => {
    const [lost, fresh, held, later] = [
      await seedBatch(store, { rows: [{}], dueInMs: -9_000 }),
      await seedBatch(store, { rows: [{}], dueInMs: -9_000 }),
      await seedBatch(store, { rows: [{}], dueInMs: -9_000 }),
      await seedBatch(store, { rows: [{}], dueInMs: 20_000 }),
    ];
    await source().take('whatsapp');
    await store.db.pool.query(`UPDATE batches SET enqueued_at = now() - interval '8 seconds' WHERE id <> $1`, [
      fresh.batchId,
    ]);
    await leaseOf(store, held.batchId);
    expect(await readLag(store.db.pool, 5_000)).toMatchObject([
      { channel: 'whatsapp', dueBatches: 2, dueDeliveries: 2, missingBatches: 1 },
    ]);
    const long = await findLongEnqueued(store.db.pool, { graceMs: 5_000, limit: 100, withoutSinglesOf: [] });
    expect(long).toMatchObject([{ batchId: lost.batchId, generation: 1, channel: 'whatsapp', single: false }]);
    // Only as it was found: not when it was leased or enqueued anew since.
    const found = long.map((one) => ({ ...one, generation: 2 }));
    found.push({ ...(found[0] as EnqueuedBatch), generation: 1, batchId: held.batchId });
    expect(await freeLostBatches(store.db.pool, found)).toEqual(new Map());
    expect(await freeLostBatches(store.db.pool, long)).toEqual(new Map([['whatsapp', 1]]));
    expect(await freeLostBatches(store.db.pool, long)).toEqual(new Map());
    expect(await enqueued(lost.batchId)).toBe(false);
    // After a loss of Redis there is no patience: all but what somebody holds.
    expect(await freeAllEnqueued(store.db.pool)).toEqual(new Map([['whatsapp', 2]]));
    expect(await enqueued(fresh.batchId)).toBe(false);
    expect(await enqueued(later.batchId)).toBe(false);
    expect(await enqueued(held.batchId)).toBe(true);
  });

  test('are looked for page by page, and single deliveries of some channels not at all', async () => {
    const ids: number[] = [];
    for (let n = 0; n < 5; n++)
      ids.push((await seedBatch(store, { rows: [{}], dueInMs: -9_000, single: n === 2 })).batchId);
    await source(10).take('whatsapp');
    await store.db.pool.query(`UPDATE batches SET enqueued_at = now() - interval '8 seconds'`);
    const pages = async (withoutSinglesOf: ChannelName[]) => {
      const seen: number[][] = [];
      let after: EnqueuedBatch | undefined;
      do {
        const page = await findLongEnqueued(store.db.pool, { graceMs: 5_000, limit: 2, after, withoutSinglesOf });
        seen.push(page.map((batch) => batch.batchId));
        after = page.at(-1);
      } while (after !== undefined);
      return seen;
    };
    expect(await pages([])).toEqual([ids.slice(0, 2), ids.slice(2, 4), ids.slice(4), []]);
    expect(await pages(['whatsapp'])).toEqual([ids.slice(0, 2), ids.slice(3), []]);
  });
});

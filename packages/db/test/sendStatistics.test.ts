/** What senders write of what they did, and what is told of it. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  dropOldStatistics,
  LATENESS_BOUNDS_MS,
  latenessQuantile,
  readDatabaseTime,
  readSendStatistics,
  type SendStatistics,
  writeSendStatistics,
} from '../src/index.ts';
import { openStore, type TestStore } from './rows.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openStore();
});
afterAll(() => store?.close());
beforeEach(() => store.db.pool.query('DELETE FROM send_statistics'));

const CLASSES = LATENESS_BOUNDS_MS.length + 1;
/** So many accepted messages, all in the class that ends with that bound. */
function did(owner: string, accepted: number, boundMs: number, changes: Partial<SendStatistics> = {}): SendStatistics {
  const lateness = Array.from({ length: CLASSES }, (_, index) =>
    LATENESS_BOUNDS_MS[index] === boundMs ? accepted : 0,
  );
  return { channel: 'whatsapp', owner, accepted, failed: 0, unknown: 0, retried: 0, lateness, ...changes };
}

describe('the statistics of sending', () => {
  test('add up over senders and writes of one moment', async () => {
    // An interval longer than any test, so that all writes meet in one moment.
    const interval = 86_400_000;
    await writeSendStatistics(store.db.pool, [did('a', 90, 100, { failed: 1, retried: 2 })], interval);
    await writeSendStatistics(store.db.pool, [did('a', 9, 500, { unknown: 4 }), did('b', 1, 10_000)], interval);
    await writeSendStatistics(store.db.pool, [did('a', 5, 25, { channel: 'email' })], interval);
    const { rows } = await store.db.pool.query(
      'SELECT channel, owner, accepted, failed, unknown, retried FROM send_statistics ORDER BY 1, 2',
    );
    expect(rows).toEqual([
      { channel: 'email', owner: 'a', accepted: 5, failed: 0, unknown: 0, retried: 0 },
      { channel: 'whatsapp', owner: 'a', accepted: 99, failed: 1, unknown: 4, retried: 2 },
      { channel: 'whatsapp', owner: 'b', accepted: 1, failed: 0, unknown: 0, retried: 0 },
    ]);
    const [whatsapp, email, ...others] = await readSendStatistics(store.db.pool, { minutes: 1_441 });
    expect(others).toEqual([]);
    expect(whatsapp).toMatchObject({
      channel: 'whatsapp',
      total: { accepted: 100, failed: 1, unknown: 4, retried: 2 },
    });
    // 90 of 100 lie between 75 and 100 ms, so the fiftieth does, at 50/90 of the way.
    expect(whatsapp?.total.p50Ms).toBeCloseTo(75 + (25 * 50) / 90);
    expect(whatsapp?.total.p99Ms).toBe(500);
    expect(email).toMatchObject({ channel: 'email', total: { accepted: 5 } });
  });

  test('are told moment by moment, without gaps, and only of the time asked for', async () => {
    await writeSendStatistics(store.db.pool, [did('a', 60, 100)], 1_000);
    // Two further moments: one within the last minute, one before it.
    await store.db.pool.query(
      `INSERT INTO send_statistics SELECT channel, at - ago * interval '1 second', owner, 10, 0, 0, 0, lateness
       FROM send_statistics, unnest(ARRAY[30, 300]) ago`,
    );
    const [series] = await readSendStatistics(store.db.pool, { minutes: 1, stepSeconds: 5 });
    expect(series?.moments).toHaveLength(12);
    const at = series?.moments.map((moment) => moment.atMs) ?? [];
    expect(at.slice(1).map((ms, index) => ms - (at[index] as number))).toEqual(Array(11).fill(5_000));
    expect((await readDatabaseTime(store.db.pool)) - (at.at(-1) as number)).toBeLessThan(10_000);
    const busy = series?.moments.filter((moment) => moment.accepted > 0) ?? [];
    expect(busy.map(({ accepted, perSecond }) => ({ accepted, perSecond }))).toEqual([
      { accepted: 10, perSecond: 2 },
      { accepted: 60, perSecond: 12 },
    ]);
    expect(series?.moments.find((moment) => moment.accepted === 0)).toMatchObject({
      perSecond: 0,
      p50Ms: null,
      p99Ms: null,
    });
    expect(series?.total).toMatchObject({ accepted: 70, perSecond: 70 / 60 });
  });

  test('are dropped after a day', async () => {
    await writeSendStatistics(store.db.pool, [did('a', 1, 100)], 1_000);
    await store.db.pool.query(
      `INSERT INTO send_statistics SELECT channel, at - interval '25 hours', owner, 1, 0, 0, 0, lateness FROM send_statistics`,
    );
    expect(await dropOldStatistics(store.db.pool)).toBe(1);
    expect(await dropOldStatistics(store.db.pool)).toBe(0);
  });
});

describe('a quantile of lateness', () => {
  test('lies in the class of the value that it stands for', () => {
    const late = fc.array(fc.integer({ min: 1, max: 3_600_000 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(late, fc.constantFrom(0.5, 0.9, 0.99, 1), (values, quantile) => {
        const counts = new Array<number>(CLASSES).fill(0);
        const classOf = (ms: number): number => LATENESS_BOUNDS_MS.findIndex((bound) => ms <= bound);
        for (const ms of values) counts[classOf(ms)] = (counts[classOf(ms)] as number) + 1;
        const sorted = values.toSorted((a, b) => a - b);
        const exact = sorted[Math.ceil(values.length * quantile) - 1] as number;
        const told = latenessQuantile(counts, quantile) as number;
        const place = classOf(exact);
        expect(told).toBeGreaterThanOrEqual(LATENESS_BOUNDS_MS[place - 1] ?? 0);
        expect(told).toBeLessThanOrEqual(LATENESS_BOUNDS_MS[place] as number);
      }),
    );
  });

  test('of nothing is none, and of what is later than all bounds is the last of them', () => {
    expect(latenessQuantile(new Array(CLASSES).fill(0), 0.5)).toBeNull();
    expect(latenessQuantile([...new Array(CLASSES - 1).fill(0), 3], 0.5)).toBe(3_600_000);
  });
});

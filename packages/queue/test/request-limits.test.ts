/** The limit of a key: shared by processes, and still there, without a wait, when Redis is not. */
import { eventually, startProxy, testRedis } from '@carillon/testkit';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createRequestLimits, type RequestGrant, type RequestLimits } from '../src/index.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

function limitsOver(
  redis: { url: string; prefix: string },
  monotonic = () => performance.now(),
  patienceMs?: number,
): RequestLimits {
  const limits = createRequestLimits({ redis, monotonic, ...(patienceMs !== undefined && { patienceMs }) });
  open.push(limits);
  return limits;
}

/** Redis connects beside us; until it has, a process counts for itself. */
async function shared(limits: RequestLimits): Promise<RequestLimits> {
  await eventually(async () => {
    await limits.take(999_999_999, 1_000_000);
    return limits.isShared;
  });
  return limits;
}

async function many(limits: RequestLimits, count: number, perSecond: number, keyId = 1): Promise<RequestGrant[]> {
  return await Promise.all(Array.from({ length: count }, async () => await limits.take(keyId, perSecond)));
}
const granted = (grants: readonly RequestGrant[]) => grants.filter((grant) => grant.granted).length;

describe('with Redis', () => {
  test.each([1, 7, 100, 1_030])(
    'of a burst just %i are granted, and then all are told when to come back',
    async (limit) => {
      // More patience than in production, for a busy machine; and one that stood still has seen a second window begin.
      const limits = await shared(limitsOver(testRedis(), () => performance.now(), 10_000));
      let keyId = 0;
      const grants = await eventually(async () => {
        keyId += 1;
        const startedMs = performance.now();
        const burst = await many(limits, limit + 50, limit, keyId);
        return performance.now() - startedMs < 900 && burst;
      });
      expect(granted(grants)).toBe(limit);
      const refused = grants.filter((grant) => !grant.granted);
      for (const grant of refused) {
        expect(grant).toMatchObject({ limit, remaining: 0 });
        expect(grant.resetMs).toBeGreaterThan(0);
        expect(grant.resetMs).toBeLessThanOrEqual(1_000);
      }
      // What remains only falls, down to nothing.
      const remaining = grants.filter((grant) => grant.granted).map((grant) => grant.remaining);
      expect(remaining).toEqual([...remaining].sort((left, right) => right - left));
      expect(remaining.at(-1)).toBe(0);
    },
  );

  test('whoever waits until the window ends is granted again', async () => {
    const limits = await shared(limitsOver(testRedis()));
    expect(granted(await many(limits, 5, 3))).toBe(3);
    await eventually(async () => (await limits.take(1, 3)).granted, { timeoutMs: 3_000 });
  });

  test('two processes share the limit of a key, and keys share nothing', async () => {
    const redis = testRedis();
    // More patience than in production: a Redis that is slow on a busy machine would make each count for itself.
    const patient = () => limitsOver(redis, () => performance.now(), 10_000);
    const first = await shared(patient());
    const second = await shared(patient());
    const startedMs = performance.now();
    const both = await Promise.all([many(first, 200, 100), many(second, 200, 100)]);
    const other = await many(second, 200, 100, 2);
    // A machine that stood still meanwhile has seen further windows begin.
    const windows = 1 + Math.floor((performance.now() - startedMs) / 1_000);
    // What one holds in hand the other does not get: at most a portion of 5 less, never more.
    expect(granted(both.flat())).toBeLessThanOrEqual(100 * windows);
    expect(granted(both.flat())).toBeGreaterThanOrEqual(95);
    expect(granted(other)).toBeLessThanOrEqual(100 * windows);
    expect(granted(other)).toBeGreaterThanOrEqual(100);
  });

  test('most requests are answered without a promise', async () => {
    const limits = await shared(limitsOver(testRedis()));
    let waited = 0;
    for (let i = 0; i < 1_000; i++) {
      const grant = limits.take(1, 1_000);
      if (grant instanceof Promise) waited += 1;
      await grant;
    }
    expect(waited).toBeLessThanOrEqual(20);
  });
});

describe('without Redis', () => {
  test('from the start: the limit holds in this process', async () => {
    const limits = limitsOver({ url: 'redis://127.0.0.1:1', prefix: 'none' });
    expect(granted(await many(limits, 80, 30))).toBe(30);
    expect(limits.isShared).toBe(false);
  });

  test('that falls silent: one request waits a moment, the others not at all, and the limit holds', async () => {
    const redis = testRedis();
    const proxy = await startProxy({ target: redis.url });
    open.push(proxy);
    const limits = await shared(limitsOver({ ...redis, url: proxy.url }));
    proxy.setMode('blackhole');
    let slowestMs = 0;
    let slow = 0;
    let count = 0;
    for (let keyId = 1; keyId <= 300; keyId++) {
      const startedMs = performance.now();
      if ((await limits.take(keyId, 1)).granted) count += 1;
      const tookMs = performance.now() - startedMs;
      slowestMs = Math.max(slowestMs, tookMs);
      if (tookMs > 25) slow += 1;
    }
    expect(count).toBe(300);
    expect(slowestMs).toBeLessThan(500);
    expect(slow).toBeLessThanOrEqual(3);
    expect(granted(await many(limits, 90, 40, 5_000))).toBe(40);

    proxy.setMode('pass');
    proxy.resetAll();
    await shared(limits);
  });
});

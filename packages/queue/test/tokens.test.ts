/** The limit of a provider account: never more than so many in any second, shared by all, with Redis and without. */

import { eventually, startProxy, testRedis } from '@carillon/testkit';
import { afterEach, describe, expect, test } from '@jest/globals';
import { bucketOf, createTokens, type Tokens } from '../src/index.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

/** A connection that is refused at once. */
const NO_REDIS = { url: 'redis://127.0.0.1:1', prefix: 'none' };

function tokensOver(redis: { url: string; prefix: string }, monotonic = () => performance.now(), share = 0.25): Tokens {
  const tokens = createTokens({ redis, monotonic, shareWithoutRedis: share });
  open.push(tokens);
  return tokens;
}

/** A seeded generator, so that a failure can be repeated. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** The most tokens granted within any window of this length. */
function mostWithin(windowMs: number, grants: readonly { atMs: number; tokens: number }[]): number {
  const sorted = [...grants].sort((a, b) => a.atMs - b.atMs);
  let most = 0;
  let sum = 0;
  let from = 0;
  for (const grant of sorted) {
    sum += grant.tokens;
    while (grant.atMs - (sorted[from]?.atMs ?? 0) >= windowMs) sum -= sorted[from++]?.tokens ?? 0;
    most = Math.max(most, sum);
  }
  return most;
}

describe('without Redis', () => {
  test.each([1, 2, 3, 10, 79, 80, 1_000])('a limit of %i holds in every second, and is nearly used', async (limit) => {
    for (let seed = 1; seed <= 4; seed++) {
      const random = seeded(seed * limit);
      let nowMs = 0;
      const tokens = tokensOver(NO_REDIS, () => nowMs, 1);
      const grants: { atMs: number; tokens: number }[] = [];
      while (nowMs < 10_000) {
        const grant = await tokens.take(1, 1 + Math.floor(random() * 40), limit);
        grants.push({ atMs: nowMs, tokens: grant.tokens });
        if (grant.tokens === 0) {
          expect(grant.waitMs).toBeGreaterThanOrEqual(1);
          // Whoever waits as told gets something.
          nowMs += grant.waitMs;
          const next = await tokens.take(1, 1, limit);
          grants.push({ atMs: nowMs, tokens: next.tokens });
          expect({ seed, limit, tokens: next.tokens }).toEqual({ seed, limit, tokens: 1 });
        } else nowMs += random() * 30;
      }
      expect({ seed, holds: mostWithin(1_000, grants) <= limit }).toEqual({ seed, holds: true });
      const all = grants.reduce((sum, grant) => sum + grant.tokens, 0);
      expect(all / 10).toBeGreaterThan(bucketOf(limit).rate * 0.8);
    }
  });

  test('each process allows itself its share', async () => {
    let nowMs = 0;
    const tokens = tokensOver(NO_REDIS, () => nowMs);
    let granted = 0;
    for (; nowMs < 10_000; nowMs += 5) granted += (await tokens.take(1, 100, 80)).tokens;
    expect(granted).toBeGreaterThan(150);
    expect(granted).toBeLessThanOrEqual(200);
  });

  test('a block holds, for this provider account alone', async () => {
    let nowMs = 0;
    const tokens = tokensOver(NO_REDIS, () => nowMs, 1);
    await tokens.block(1, 5_000, 80);
    expect(await tokens.take(1, 4, 80)).toEqual({ tokens: 0, waitMs: 5_000 });
    expect((await tokens.take(2, 4, 80)).tokens).toBe(4);
    nowMs = 5_001;
    expect((await tokens.take(1, 4, 80)).tokens).toBe(4);
  });
});

describe('with Redis', () => {
  test('four processes together keep within the limit in every second', async () => {
    const redis = testRedis();
    const limit = 200;
    const random = seeded(7);
    const grants: { atMs: number; tokens: number }[] = [];
    const many = Array.from({ length: 4 }, () => tokensOver(redis));
    await Promise.all(many.map(untilShared));
    const untilMs = performance.now() + 2_500;
    await Promise.all(
      many.map(async (tokens) => {
        while (performance.now() < untilMs) {
          const grant = await tokens.take(5, 1 + Math.floor(random() * 20), limit);
          grants.push({ atMs: performance.now(), tokens: grant.tokens });
          if (grant.tokens === 0) await new Promise((resolve) => setTimeout(resolve, grant.waitMs));
        }
      }),
    );
    const all = grants.reduce((sum, grant) => sum + grant.tokens, 0);
    expect(all).toBeGreaterThan(limit * 1.5);
    // Answers are seen a little after Redis counted; so much shorter is the window that is looked at.
    expect(mostWithin(950, grants)).toBeLessThanOrEqual(limit);
  });

  test('a block by one is obeyed by all', async () => {
    const redis = testRedis();
    const [first, second] = [tokensOver(redis), tokensOver(redis)];
    await Promise.all([first, second].map(untilShared));
    await first.block(5, 60_000, 80);
    const grant = await second.take(5, 4, 80);
    expect(grant.tokens).toBe(0);
    expect(grant.waitMs).toBeGreaterThan(55_000);
  });

  test('goes on from the bucket of last resort while Redis is away', async () => {
    const redis = testRedis();
    const proxy = await startProxy({ target: redis.url });
    open.push(proxy);
    const tokens = tokensOver({ url: proxy.url, prefix: redis.prefix });
    await untilShared(tokens);
    await tokens.block(8, 60_000, 80);
    expect((await tokens.take(8, 4, 80)).tokens).toBe(0);
    proxy.setMode('reset');
    const grant = await tokens.take(7, 100, 80);
    expect(grant.tokens).toBe(bucketOf(20).burst);
    proxy.setMode('pass');
    // The block in Redis is known again.
    await untilShared(tokens);
    expect((await tokens.take(8, 4, 80)).tokens).toBe(0);
  });
});

/** Waits until Redis decides: it grants a whole burst, one's own bucket only the share. */
async function untilShared(tokens: Tokens): Promise<void> {
  const { burst } = bucketOf(1_000);
  await eventually(async () => (await tokens.take(nextAccount++, burst, 1_000)).tokens === burst, { everyMs: 5 });
}
let nextAccount = 1_000;

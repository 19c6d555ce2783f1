/** Tokens that are fetched ahead, over a real Redis: not one more than were granted, none that lay for long, and none after a block. */
import type { WhatsAppProvider } from '@carillon/contracts';
import { createTokens, type Tokens } from '@carillon/queue';
import { createLogger } from '@carillon/runtime';
import { eventually, testRedis } from '@carillon/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createProviderLimits } from '../src/limits.ts';

const FAR = 1_000_000;
const logger = createLogger({ service: 'worker-test', level: 'silent' });
let shared: Tokens;
beforeAll(async () => {
  shared = createTokens({ redis: testRedis(), monotonic: () => performance.now(), shareWithoutRedis: 1 });
  // Until it is connected the process's own bucket answers.
  await shared.block(0, 0, FAR);
});
afterAll(() => shared?.close());

/** The shared buckets, and what they were asked for and gave; answers arrive when `open` lets them. */
function watched(gate: () => Promise<void> = () => Promise.resolve()) {
  const asked: number[] = [];
  const granted: number[] = [];
  const tokens: Tokens = {
    ...shared,
    async take(id, wanted, rate) {
      asked.push(wanted);
      const grant = await shared.take(id, wanted, rate);
      await gate();
      granted.push(grant.tokens);
      return grant;
    },
  };
  return { tokens, asked, granted };
}

let ids = 0;
function limitsOf(messagesPerSecond: number, tokens: Tokens) {
  let nowMs = 0;
  const provider = { id: ++ids, messagesPerSecond } as WhatsAppProvider;
  const limits = createProviderLimits(tokens, { now: () => nowMs }, logger);
  return {
    take: (wanted: number) => limits.take(provider, wanted),
    block: (forMs: number) => limits.block(provider, forMs),
    pass: (ms: number) => {
      nowMs += ms;
    },
  };
}

test('far from the limit a claim finds its tokens there, and uses no more than were granted', async () => {
  const { tokens, asked, granted } = watched();
  const { take } = limitsOf(FAR, tokens);
  let used = 0;
  for (const wanted of [10, 10, 4, 6, 12, 3, 3, 3]) {
    const before = asked.length;
    const grant = await take(wanted);
    used += grant.tokens;
    expect(grant).toEqual({ tokens: wanted, waitMs: 0 });
    // The next one's are on their way.
    await eventually(() => granted.length === asked.length && asked.length > before);
    expect(used).toBeLessThanOrEqual(granted.reduce((sum, one) => sum + one, 0));
  }
  // Asked as often as claims are made, and once more where one wanted more than the last.
  expect(asked.length).toBeLessThanOrEqual(8 + 1 + 2);
});

test('tokens that lay for long are not used', async () => {
  const { tokens, asked, granted } = watched();
  const { take, pass } = limitsOf(FAR, tokens);
  await take(5);
  await eventually(() => granted.length === 2);
  pass(21);
  await take(5);
  expect(asked.length).toBeGreaterThan(2);
  expect(granted.length).toBeGreaterThan(2);
});

test('near the limit nothing is fetched ahead', async () => {
  const { tokens, asked } = watched();
  const { take } = limitsOf(1_000, tokens);
  await take(4);
  await take(4);
  expect(asked).toEqual([4, 4]);
});

test.each([
  ['lie there', false],
  ['are still on their way', true],
])('after a block tokens that %s are of no use', async (_, onTheirWay) => {
  let letThrough = (): void => {};
  let held = false;
  const { tokens, asked, granted } = watched(() =>
    held ? new Promise((resolve) => (letThrough = resolve)) : Promise.resolve(),
  );
  const { take, block } = limitsOf(FAR, tokens);
  await take(5);
  await eventually(() => granted.length === asked.length && asked.length === 2);
  if (onTheirWay) {
    held = true;
    await take(5);
    await eventually(() => asked.length === 3);
  }
  block(60_000);
  held = false;
  letThrough();
  expect((await take(5)).tokens).toBe(0);
});

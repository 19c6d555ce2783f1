/** From a channel's outcome to what is stored: every kind, the last attempt, and what burns none. */

import { type SendOutcome, storedPolicySchema } from '@carillon/contracts';
import { describe, expect, test } from '@jest/globals';
import { decide } from '../src/decide.ts';

const policy = storedPolicySchema.parse({ attempts: 3, backoff: { initialMs: 1_000, factor: 2, maxMs: 10_000 } });
const first = { try: 1, attempts: 0 };
const decided = (outcome: SendOutcome, row = first, random = () => 0) => decide(outcome, row, policy, random);
const retry: SendOutcome = { kind: 'retry', code: '131000', message: 'something went wrong' };

test('accepted is sent, with the id of the provider', () => {
  expect(decided({ kind: 'accepted', providerMessageId: 'wamid.1' })).toEqual({
    state: 'sent',
    word: 'accepted',
    burnsAttempt: true,
    code: null,
    message: null,
    providerMessageId: 'wamid.1',
    retryInMs: 0,
  });
});

test('rejected is failed for good, however many attempts are left', () => {
  expect(decided({ kind: 'rejected', code: '131026', message: 'not on WhatsApp' })).toMatchObject({
    state: 'failed',
    word: 'rejected',
    burnsAttempt: true,
    code: '131026',
    message: 'not on WhatsApp',
  });
});

test('unknown stays unknown, burns nothing and is never scheduled, not even with every attempt left', () => {
  for (const attempts of [0, 1, 2, 9]) {
    expect(decided({ kind: 'unknown', code: 'timeout', message: 'no answer' }, { try: 1, attempts })).toMatchObject({
      state: 'unknown',
      word: 'unknown',
      burnsAttempt: false,
      retryInMs: 0,
    });
  }
});

describe('retry', () => {
  test.each([
    [0, 1_000],
    [1, 2_000],
  ])('with %i attempts used waits %i ms', (attempts, retryInMs) => {
    expect(decided(retry, { try: 5, attempts })).toMatchObject({
      state: 'scheduled',
      word: 'retry',
      burnsAttempt: true,
      retryInMs,
    });
  });

  test.each([2, 3, 40])('with %i attempts used is exhausted', (attempts) => {
    expect(decided(retry, { try: 3, attempts })).toMatchObject({
      state: 'failed',
      word: 'exhausted',
      burnsAttempt: true,
      code: '131000',
    });
  });

  test('counts attempts and not tries: throttled and unsent tries used none', () => {
    expect(decided(retry, { try: 30, attempts: 1 }).state).toBe('scheduled');
  });

  test('waits as long as the provider asks, beyond the policy too, and no less than the policy', () => {
    expect(decided({ ...retry, retryAfterMs: 60_000 }).retryInMs).toBe(60_000);
    expect(decided({ ...retry, retryAfterMs: 10 }).retryInMs).toBe(1_000);
  });

  test('is shortened by chance, by a fifth at most', () => {
    expect(decided(retry, first, () => 0.999_999).retryInMs).toBe(800);
    expect(decided(retry, first, () => 0.5).retryInMs).toBe(900);
  });

  test.each(['too_late', 'no_free_connection', 'channel_closed'])(
    '%s was not begun: back at once, nothing burnt',
    (code) => {
      expect(decided({ kind: 'retry', code, message: 'not begun' }, { try: 9, attempts: 2 })).toMatchObject({
        state: 'scheduled',
        word: 'not_sent',
        burnsAttempt: false,
        retryInMs: 0,
      });
    },
  );
});

describe('throttled', () => {
  const throttled = (scope: 'recipient' | 'number' | 'account', retryAfterMs?: number): SendOutcome => ({
    kind: 'throttled',
    scope,
    code: scope === 'recipient' ? '131056' : '130429',
    message: 'too fast',
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });

  test.each(['recipient', 'number', 'account'] as const)('by %s burns no attempt, not even the last', (scope) => {
    for (const attempts of [0, 2, 50]) {
      expect(decided(throttled(scope), { try: 3, attempts })).toMatchObject({
        state: 'scheduled',
        word: 'throttled',
        burnsAttempt: false,
      });
    }
  });

  test('for one recipient (131056) backs off by four each time, to an hour', () => {
    const waits = [1, 2, 3, 4, 20].map(
      (tryNumber) => decided(throttled('recipient'), { try: tryNumber, attempts: 0 }).retryInMs,
    );
    expect(waits).toEqual([1_000, 4_000, 16_000, 64_000, 3_600_000]);
  });

  test('for a number waits a second, or as long as the provider asks', () => {
    expect(decided(throttled('number')).retryInMs).toBe(1_000);
    expect(decided(throttled('number', 30_000)).retryInMs).toBe(30_000);
    expect(decided(throttled('recipient', 2_000), { try: 3, attempts: 0 }).retryInMs).toBe(16_000);
  });
});

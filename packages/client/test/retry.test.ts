/** When a request is sent again, and after how long: the whole table. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DEFAULT_RETRIES, type Failure, pauseBeforeRetry } from '../src/retry.ts';

const failure = (status?: number, code?: string, headers: Record<string, string> = {}): Failure => ({
  status,
  code,
  headers: status === undefined ? undefined : new Headers(headers),
});
const pause = (failed: Failure, isRepeatable: boolean, attempt = 0) =>
  pauseBeforeRetry(failed, isRepeatable, attempt, DEFAULT_RETRIES, () => 1);

describe('whether it is repeated', () => {
  test.each([
    // what became of it, when it may be done twice, when it may not
    [failure(), true, false],
    [failure(502), true, false],
    [failure(503), true, false],
    [failure(504), true, false],
    [failure(503, 'unknown_outcome'), true, false],
    [failure(409, 'idempotency_in_progress'), true, false],
    [failure(429, 'too_many_requests'), true, true],
    [failure(503, 'unavailable'), true, true],
    [failure(500, 'internal'), false, false],
    [failure(400, 'validation_failed'), false, false],
    [failure(401, 'unauthorized'), false, false],
    [failure(404, 'not_found'), false, false],
    [failure(409, 'invalid_state'), false, false],
    [failure(422, 'idempotency_key_reused'), false, false],
  ])('%j', (failed, whenRepeatable, otherwise) => {
    expect([pause(failed, true) !== undefined, pause(failed, false) !== undefined]).toEqual([
      whenRepeatable,
      otherwise,
    ]);
  });

  test('no oftener than the limit', () => {
    expect(pause(failure(), true, DEFAULT_RETRIES.limit - 1)).toBeDefined();
    expect(pause(failure(), true, DEFAULT_RETRIES.limit)).toBeUndefined();
  });
});

describe('after how long', () => {
  test('doubles up to the longest, and is spread over half of it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, chance) => {
        const ms = pauseBeforeRetry(failure(502), true, attempt, DEFAULT_RETRIES, () => chance) as number;
        const grown = Math.min(DEFAULT_RETRIES.maxMs, DEFAULT_RETRIES.initialMs * 2 ** attempt);
        expect(ms).toBeGreaterThanOrEqual(grown / 2);
        expect(ms).toBeLessThanOrEqual(grown);
      }),
    );
  });

  test.each([
    [{ 'Retry-After': '7' }, 429, 7_000],
    [{ 'RateLimit-Reset': '9' }, 429, 9_000],
    [{ 'Retry-After': '3', 'RateLimit-Reset': '9' }, 429, 3_000],
    // The window of the limit says nothing about when a server comes back.
    [{ 'RateLimit-Reset': '9' }, 503, 250],
    [{ 'Retry-After': '5' }, 503, 5_000],
    [{ 'Retry-After': 'nonsense' }, 503, 250],
  ])('%j with %i', (headers, status, expected) => {
    expect(pause(failure(status, undefined, headers), true)).toBe(expected);
  });

  test('a date is understood, and one that is too far ends it', () => {
    const soon = pause(failure(503, undefined, { 'Retry-After': new Date(Date.now() + 20_000).toUTCString() }), true);
    expect(soon).toBeGreaterThan(15_000);
    expect(soon).toBeLessThanOrEqual(20_000);
    expect(pause(failure(503, undefined, { 'Retry-After': '61' }), true)).toBeUndefined();
  });
});

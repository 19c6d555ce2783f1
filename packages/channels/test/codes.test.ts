/** The table of codes, walked: over a socket for a sample of each class, and as a whole against what the documents say. */
import type { SendOutcome } from '@carillon/contracts';
import { describe, expect, test } from '@jest/globals';
import { parseRetryAfter } from '../src/http/retryAfter.ts';
import { readAnswer } from '../src/whatsapp/answer.ts';
import { classOfStatus, WHATSAPP_CODES } from '../src/whatsapp/codes.ts';

/** Every code of the reference with what it must mean; the HTTP status beside a code must not matter. */
const EXPECTED: readonly [string, readonly number[]][] = [
  ['retry', [2, 131000, 131016, 131057, 133004]],
  ['throttled number', [4, 80007, 130429]],
  ['throttled recipient', [131056]],
  ['throttled account', [0, 3, 10, 190, 368, 131005, 131031, 131042, 131048, 132015, 132016, 133010]],
  [
    'rejected',
    [100, 131008, 131009, 131051, 132000, 132001, 132005, 132007, 132012, 130472, 131021, 131026, 131047, 131049],
  ],
  ['unknown', [1]],
];

function errorBody(code: number): string {
  return JSON.stringify({
    error: { message: '(#x) Title', type: 'OAuthException', code, error_data: { details: 'why' }, fbtrace_id: 'A' },
  });
}

function describeOutcome(outcome: SendOutcome): string {
  return outcome.kind === 'throttled' ? `throttled ${outcome.scope}` : outcome.kind;
}

describe('the table', () => {
  const rows = EXPECTED.flatMap(([meaning, codes]) => codes.map((code) => [code, meaning] as const));

  test.each(rows)('code %i is %s at any HTTP status', (code, meaning) => {
    for (const status of [200, 400, 403, 429, 500, 503]) {
      const outcome = readAnswer(status, errorBody(code), undefined);
      expect(describeOutcome(outcome)).toBe(meaning);
      expect(outcome).toMatchObject({ code: String(code), message: '(#x) Title: why' });
    }
  });

  test('131016 alone says that the provider is overloaded', () => {
    const overloaded = rows.filter(([code]) => {
      const outcome = readAnswer(503, errorBody(code), undefined);
      return outcome.kind === 'retry' && outcome.overloaded === true;
    });
    expect(overloaded.map(([code]) => code)).toEqual([131016]);
  });

  test('no code of the table is missing here', () => {
    expect([...WHATSAPP_CODES.keys()].sort((a, b) => a - b)).toEqual(rows.map(([code]) => code).sort((a, b) => a - b));
  });

  test.each([200, 230, 299])('permission code %i concerns the account', (code) => {
    expect(describeOutcome(readAnswer(403, errorBody(code), undefined))).toBe('throttled account');
  });
});

describe('without a code that is known, the HTTP status decides', () => {
  test.each([
    [301, 'unknown'],
    [400, 'rejected'],
    [401, 'throttled account'],
    [403, 'throttled account'],
    [404, 'rejected'],
    [408, 'unknown'],
    [429, 'throttled number'],
    [500, 'unknown'],
    [502, 'unknown'],
    [503, 'unknown'],
  ])('HTTP %i is %s', (status, meaning) => {
    const bare = readAnswer(status, '<html>', undefined);
    expect(describeOutcome(bare)).toBe(meaning);
    expect(bare).toMatchObject({ code: `http_${status}` });
    const strange = readAnswer(status, errorBody(987654), undefined);
    expect(describeOutcome(strange)).toBe(meaning);
    expect(strange).toMatchObject({ code: '987654' });
  });

  test('only a 4xx can be final, and no status at all is taken for an invitation to try again', () => {
    for (let status = 100; status < 600; status += 1) {
      const { kind } = classOfStatus(status);
      expect(kind).not.toBe('retry');
      if (kind === 'rejected') expect(status).toBeGreaterThanOrEqual(400);
      if (kind === 'rejected') expect(status).toBeLessThan(500);
    }
  });
});

describe('Retry-After', () => {
  const now = Date.parse('2026-03-01T12:00:00Z');
  test.each([
    ['3', 3_000],
    [' 120 ', 120_000],
    ['0', 0],
    ['Sun, 01 Mar 2026 12:00:30 GMT', 30_000],
    ['Sun, 01 Mar 2026 11:00:00 GMT', 0],
    ['-5', undefined],
    ['1.5', undefined],
    ['soon', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%j is %j ms', (value, expected) => {
    expect(parseRetryAfter(value, now)).toBe(expected);
  });

  test('reaches the outcome where another attempt follows, and only there', () => {
    expect(readAnswer(429, errorBody(130429), 7_000)).toMatchObject({ kind: 'throttled', retryAfterMs: 7_000 });
    expect(readAnswer(503, errorBody(131016), 7_000)).toMatchObject({ kind: 'retry', retryAfterMs: 7_000 });
    expect(readAnswer(400, errorBody(131026), 7_000)).not.toHaveProperty('retryAfterMs');
  });
});

test('a long error text is cut', () => {
  const body = JSON.stringify({ error: { code: 100, message: 'x'.repeat(10_000) } });
  const outcome = readAnswer(400, body, undefined);
  expect('message' in outcome && outcome.message.length).toBe(500);
});

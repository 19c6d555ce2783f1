/** For how long a payment in doubt may be asked for again. */
import type { PaymentProvider } from '@carillon/contracts';
import { expect, test } from '@jest/globals';
import { isJudgedBeforeMove, keyUsableMs } from '../src/keyAge.ts';

const NOW = Date.parse('2026-11-30T12:00:00Z');
const times = { lateMs: 30_000, nowMs: NOW };
const provider: PaymentProvider = {
  id: 1,
  accountId: 1,
  channel: 'payment',
  messagesPerSecond: 80,
  baseUrl: 'https://pay.example.com',
  apiKey: 'key',
  keyValidSeconds: 3_600,
};

test('as long as the key is known, less the time of a claim', () => {
  expect(keyUsableMs(provider, times)).toBe(3_600_000 - 30_000);
  // A move long ago changes nothing.
  expect(keyUsableMs({ ...provider, movedAtMs: NOW - 86_400_000 }, times)).toBe(3_600_000 - 30_000);
});

test('only of tries that were begun at the address of now, those left out that may have read the one before', () => {
  expect(keyUsableMs({ ...provider, movedAtMs: NOW - 60_000 }, times)).toBe(55_000);
  expect(keyUsableMs({ ...provider, movedAtMs: NOW }, times)).toBeLessThan(0);
});

test.each([
  ['claimed before the move', { try: 2, sendingAtMs: NOW - 1 }, true],
  ['claimed so soon after it that the claim may not have known', { try: 2, sendingAtMs: NOW + 4_000 }, true],
  ['claimed later', { try: 2, sendingAtMs: NOW + 6_000 }, false],
  ['never tried before', { try: 1, sendingAtMs: NOW - 1 }, false],
])('a row %s: whether it has to be judged anew', (_, row, expected) => {
  expect(isJudgedBeforeMove({ ...provider, movedAtMs: NOW }, row)).toBe(expected);
  expect(isJudgedBeforeMove(provider, row)).toBe(false);
});

test('for ever where a provider has no keys', () => {
  expect(keyUsableMs({ id: 1, accountId: 1, channel: 'script', messagesPerSecond: 80 }, times)).toBeUndefined();
});

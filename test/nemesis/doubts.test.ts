/** The judge asks of what nobody knows by which try that came about: small worlds in which a further try was made, and then none any more. */
import { expect, test } from '@jest/globals';
import { judgeMessages } from '../../nemesis/judge/messages.mjs';
import { account, act, attempt, delivery, entry, kinds, NOW_MS, type Row, TIMES, world } from './smallWorld.ts';

const SETTLED_MS = NOW_MS + 20_000;

/** The first try is in doubt, the second was asked to wait, and a third was not made. */
function judged(acts: unknown[], attempts: unknown[] = [attempt(), attempt({ try: 2, outcome: 'throttled' })]) {
  const deliveries = [delivery({ state: 'unknown', code: 'timeout', try: 2, settled_ms: SETTLED_MS })];
  const tables = { deliveries, attempts, acceptances: [], journal: { entries: [entry(), ...acts] } };
  return kinds(judgeMessages(world(tables), TIMES));
}
const suppress = (atMs: number, more: Row = {}) => act(undefined, 'suppress', atMs, { phone: '4915', ...more });
const allow = (atMs: number) => act(undefined, 'allow', atMs, { phone: '4915' });
const BEFORE_MS = SETTLED_MS - 10_000;

test('whoever was suppressed before a further try may stay in doubt because of an earlier one', () => {
  expect(judged([suppress(BEFORE_MS)])).toEqual([]);
  // Nobody was answered, and it may have been done.
  expect(judged([suppress(BEFORE_MS, { state: 'unknown' })])).toEqual([]);
  // Allowed and suppressed again, allowed only now, or allowed before what was sent twice was done.
  expect(judged([suppress(BEFORE_MS), allow(BEFORE_MS + 100), suppress(BEFORE_MS + 200)])).toEqual([]);
  expect(judged([suppress(BEFORE_MS), allow(SETTLED_MS - 100)])).toEqual([]);
  expect(judged([suppress(BEFORE_MS, { requests: 2 }), allow(BEFORE_MS + 100)])).toEqual([]);
});

test.each<[string, unknown[]]>([
  ['nobody was suppressed', []],
  ['that came only afterwards', [suppress(SETTLED_MS + 100)]],
  ['somebody else was', [suppress(BEFORE_MS, { phone: '4916' })]],
  ['another account said so', [suppress(BEFORE_MS, { account: { ...account, accountId: 2 } })]],
  ['it was refused at once', [suppress(BEFORE_MS, { state: 'refused' })]],
  ['it was taken back long before', [suppress(BEFORE_MS), allow(BEFORE_MS + 100)]],
])('nothing says why when %s', (_what, acts) => {
  expect(judged(acts)).toEqual(['unknown_without_reason']);
});

test('who was suppressed is in no doubt when no try was', () => {
  const known = [attempt({ outcome: 'retry' }), attempt({ try: 2, outcome: 'throttled' })];
  expect(judged([suppress(BEFORE_MS)], known)).toEqual(['unknown_without_reason']);
});

/** What this machine was late is added up within as long as somebody waits for an answer, and for a lease. */
import { expect, test } from '@jest/globals';
import { addUp, lateAnswer } from '../../nemesis/stalls.mjs';
import { NOW_MS } from './smallWorld.ts';

const WAS_LATE = 'machine was late';
const STOOD_STILL = 'machine stood still';

/** What is kept when this was late, each by so much at a moment. */
function kept(...late: [number, number][]) {
  const stalls: { kind: string; on: string; fromMs: number; toMs: number }[] = [];
  const add = addUp(stalls);
  for (const [atMs, lateMs] of late) add(NOW_MS + atMs, lateMs);
  return stalls.map(({ kind, fromMs, toMs }) => [kind, fromMs - NOW_MS, toMs - NOW_MS]);
}

test('what is late by little is forgotten, and so is what is far apart', () => {
  expect(kept([200, 5], [400, 0], [600, -3], [800, 300])).toEqual([]);
  expect(kept([200, 300], [2_300, 300], [4_400, 300])).toEqual([]);
});

test('several that are short come together to one that is not', () => {
  expect(kept([200, 150], [800, 150], [1_600, 200])).toEqual([[WAS_LATE, 50, 1_600]]);
  expect(kept([200, 20], [1_000, 600])).toEqual([[WAS_LATE, 400, 1_000]]);
});

test('those that touch one another are one', () => {
  expect(kept([1_000, 600], [2_000, 600], [9_000, 600])).toEqual([
    [WAS_LATE, 400, 2_000],
    [WAS_LATE, 8_400, 9_000],
  ]);
});

test('the machine stood still where half a lease was lost within one', () => {
  expect(kept([2_500, 2_100])).toContainEqual([STOOD_STILL, 400, 2_500]);
  expect(kept([1_000, 700], [2_500, 700], [4_500, 700])).toContainEqual([STOOD_STILL, 300, 4_500]);
  expect(kept([1_000, 600], [2_500, 600], [4_500, 600]).map(([kind]) => kind)).not.toContain(STOOD_STILL);
  expect(kept([1_000, 1_200], [6_000, 1_200]).map(([kind]) => kind)).not.toContain(STOOD_STILL);
});

test('the simulator was late that took long to answer', () => {
  expect(lateAnswer(NOW_MS, NOW_MS + 500)).toEqual([]);
  expect(lateAnswer(NOW_MS, NOW_MS + 501)).toEqual([
    { kind: 'simulator was late', on: 'simulator', fromMs: NOW_MS, toMs: NOW_MS + 501 },
  ]);
});

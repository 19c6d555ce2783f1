/** A process may be started with a clock that is wrong, in all of its ways to ask for the time, and in nothing else. */
import { execFileSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { flagsOf } from '../../nemesis/clocks.mjs';

const TOLD = `
  const { types } = require('node:util');
  const one = new Date();
  console.log(JSON.stringify({
    asked: [Date.now(), +new Date(), Date.parse(Date()), +new one.constructor(), +new (class extends Date {})()],
    others: [+new Date(17), +new Date(2020, 0, 2), Date.UTC(2020, 0), Date.parse('2020-01-01T00:00:00Z')],
    dates: [one instanceof Date, types.isDate(one), one.toISOString() === new Date(+one).toISOString()],
  }));`;

function tellOf(aheadMs: number) {
  const out = execFileSync(process.execPath, [...flagsOf(aheadMs), '-e', TOLD], { encoding: 'utf8' });
  return JSON.parse(out) as { asked: number[]; others: number[]; dates: boolean[] };
}

test.each([-400_000, 0, 5_000_000])('of %i ms', (aheadMs) => {
  const fromMs = Date.now() + aheadMs;
  const { asked, others, dates } = tellOf(aheadMs);
  const toMs = Date.now() + aheadMs;
  for (const ms of asked) {
    // As text it has whole seconds.
    expect(ms).toBeGreaterThanOrEqual(fromMs - 1_000);
    expect(ms).toBeLessThanOrEqual(toMs);
  }
  expect(others).toEqual([17, +new Date(2020, 0, 2), Date.UTC(2020, 0), Date.parse('2020-01-01T00:00:00Z')]);
  expect(dates).toEqual([true, true, true]);
});

/** What is done to a line: lines that note what happens to them, and no waiting. */
import { expect, test } from '@jest/globals';
import { lineFaults } from '../../nemesis/faults/lines.mjs';

/** Applies a fault to one line. @returns what happened to it in order, and what was noted */
async function applied(kind: 'line-silent' | 'line-mute' | 'line-reset', draw: number) {
  const on = 'scheduler.1/postgres';
  const did: string[] = [];
  const noted: object[] = [];
  const line = { setMode: (mode: string) => did.push(mode), resetAll: () => did.push('cut') };
  const fault = { kind, on, forMs: 700, draw };
  const wait = async (ms: number) => void did.push(`${ms} ms`);
  await lineFaults[kind]({
    house: { lines: new Map([[on, line]]) },
    fault,
    wait,
    note: (one: object) => noted.push(one),
  });
  return { did, noted };
}

test('four of ten silences never end for what was connected, and say so', async () => {
  const silent = ['blackhole', '700 ms', 'pass'];
  expect(await applied('line-silent', 0.39)).toEqual({ did: silent, noted: [{ forGood: true }] });
  expect(await applied('line-silent', 0.4)).toEqual({ did: [...silent, 'cut'], noted: [] });
});

test('what else is done to a line is over with it', async () => {
  expect(await applied('line-mute', 0.39)).toEqual({ did: ['dropReplies', '700 ms', 'pass', 'cut'], noted: [] });
  expect(await applied('line-reset', 0.39)).toEqual({ did: ['reset', '700 ms', 'pass'], noted: [] });
});

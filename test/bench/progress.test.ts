/** What a benchmark waits for must go on: standing still is an error. */
import { expect, test } from '@jest/globals';
import { watchProgress } from '../../bench/lib/progress.mjs';

test('whatever changes may take its time, and what stands still is told', () => {
  let nowMs = 0;
  const goesOn = watchProgress(() => nowMs);
  for (let sent = 0; sent < 4; sent++) {
    goesOn({ sent });
    nowMs += 130_000;
  }
  expect(() => goesOn({ sent: 3 })).toThrow('nothing goes on any more: {"sent":3}');
  goesOn({ sent: 4 });
});

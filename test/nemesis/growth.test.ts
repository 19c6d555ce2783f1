/** What a long run takes in the end, against what it took early. */
import { describe, expect, test } from '@jest/globals';
import { growthOf, judgeGrowth } from '../../nemesis/growth.mjs';

const MINUTE_MS = 60_000;

interface Taken {
  readonly senderMb?: number;
  readonly connections?: number;
  readonly batchesMb?: number;
  readonly batches?: number;
}

/** Looks every ten seconds for so many minutes; what is taken follows from the minute. */
function run(minutes: number, taken: (minute: number) => Taken) {
  const looks = Array.from({ length: minutes * 6 }, (_, n) => {
    const { senderMb = 100, connections = 50, batchesMb = 20, batches = 40_000 } = taken(n / 6);
    return {
      atMs: n * 10_000,
      memory: { 'sender.1': senderMb, simulator: 100 + n },
      connections,
      tables: { batches: { mb: batchesMb, live: batches, dead: 0 }, jobs: { mb: n, live: 100, dead: 0 } },
    };
  });
  return { looks, forMs: minutes * MINUTE_MS };
}

const grown = (seen: ReturnType<typeof run>) => judgeGrowth(seen).map(({ who }: { who: string }) => who);

describe('a run of half an hour', () => {
  test('may grow as it likes at first, and by a tenth afterwards', () => {
    expect(grown(run(30, (minute) => ({ senderMb: minute < 4 ? 40 + 15 * minute : 100 + minute / 4 })))).toEqual([]);
  });

  test.each<[string, (minute: number) => Taken]>([
    ['memory of sender.1', (minute) => ({ senderMb: 100 + minute })],
    ['connections', (minute) => ({ connections: 50 + Math.floor(minute / 3) })],
    ['KiB a row of batches', (minute) => ({ batchesMb: 20 + minute })],
  ])('is told that %s has grown', (what, taken) => {
    expect(grown(run(30, taken))).toEqual([what]);
  });

  test('may have larger tables when there are more rows in them', () => {
    expect(grown(run(30, (minute) => ({ batchesMb: 20 + minute, batches: 40_000 + 2_000 * minute })))).toEqual([]);
  });

  test('takes no single look for growth', () => {
    const seen = run(30, (minute) => ({ senderMb: minute > 29.8 ? 300 : 100 }));
    expect(grown(seen)).toEqual([]);
  });
});

test('a short run is told, with its first half as what is early, and not judged', () => {
  const seen = run(2, (minute) => ({ senderMb: 100 + 50 * minute }));
  const memory = growthOf(seen)['memory of sender.1'];
  expect(memory?.late).toBeGreaterThan(memory?.early ?? Number.POSITIVE_INFINITY);
  expect(grown(seen)).toEqual([]);
});

test('what was not there at both times is left out', () => {
  const seen = run(30, () => ({}));
  for (const look of seen.looks)
    if (look.atMs > 10 * MINUTE_MS) delete (look.memory as Partial<typeof look.memory>)['sender.1'];
  expect(Object.keys(growthOf(seen))).toEqual(['connections', 'KiB a row of batches']);
});

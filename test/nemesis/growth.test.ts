/** What a long run takes in the end, against what it took early. */
import { describe, expect, test } from '@jest/globals';
import { growthOf, isJudged, judgeGrowth, unseenOf } from '../../nemesis/growth.mjs';

const MINUTE_MS = 60_000;

interface Taken {
  readonly senderMb?: number;
  readonly senderPid?: number | undefined;
  readonly redisMb?: number;
  readonly connections?: number;
  readonly clients?: number;
  readonly batchesMb?: number;
  readonly batches?: number;
  readonly jobsMb?: number;
  readonly jobs?: number;
}

/** Looks every ten seconds for so many minutes, at tables every minute; what is taken follows from the minute. */
function run(minutes: number, taken: (minute: number) => Taken) {
  const looks = Array.from({ length: minutes * 6 + 1 }, (_, n) => {
    const { senderMb = 100, redisMb = 8, connections = 50, clients = 60, ...more } = taken(n / 6);
    const { batchesMb = 100, batches = 40_000, jobsMb = 1, jobs = 100 } = more;
    const senderPid = 'senderPid' in more ? more.senderPid : 17;
    return {
      atMs: n * 10_000,
      processes: [
        { name: 'api.1', pid: 5, mb: 90 },
        ...(senderPid === undefined ? [] : [{ name: 'sender.1', pid: senderPid, mb: senderMb }]),
      ],
      redisMb,
      connections,
      clients,
      ...(n % 6 === 0 && { tables: { batches: { mb: batchesMb, rows: batches }, jobs: { mb: jobsMb, rows: jobs } } }),
    };
  });
  return { looks, forMs: minutes * MINUTE_MS, isJudged: isJudged({ isSoak: true, seconds: minutes * 60 }) };
}

const grown = (seen: ReturnType<typeof run>) => judgeGrowth(seen).map(({ who }: { who: string }) => who);

describe('a run of half an hour', () => {
  test('may grow as it likes at first, and by a tenth and a little afterwards', () => {
    const taken = (minute: number) => ({
      ...{ senderMb: minute < 4 ? 40 + 15 * minute : 100 + minute / 2, redisMb: 8 + minute / 4 },
      ...{ connections: minute < 4 ? 20 : 50 + minute / 4, batchesMb: 100 + minute / 3, jobsMb: 1 + minute / 5 },
    });
    expect(grown(run(30, taken))).toEqual([]);
  });

  test.each<[string, (minute: number) => Taken]>([
    ['memory of sender.1 (pid 17)', (minute) => ({ senderMb: 100 + 1.5 * minute })],
    ['memory of redis', (minute) => ({ redisMb: 8 + minute })],
    ['connections', (minute) => ({ connections: 50 + minute })],
    // More than all pools may have, and than any process should.
    ['connections', (minute) => ({ connections: minute < 6 ? 80 : 86 })],
    ['clients of redis', (minute) => ({ clients: 60 + minute })],
    ['MiB of batches', (minute) => ({ batchesMb: 100 + 2 * minute })],
    // Few rows, which are changed again and again.
    ['MiB of jobs', (minute) => ({ jobsMb: 1 + minute })],
  ])('is told that %s has grown', (what, taken) => {
    expect(grown(run(30, taken))).toEqual([what]);
  });

  test('may have larger tables when there are more rows in them, from a few on too', () => {
    const taken = (minute: number) => ({
      ...{ batchesMb: 100 + 5 * minute, batches: 40_000 + 2_000 * minute },
      ...{ jobsMb: 1 + 2 * minute, jobs: 100 + 1_000 * minute },
    });
    expect(grown(run(30, taken))).toEqual([]);
  });

  test('may have more connections for a while, after each restart, but not for good', () => {
    // Every two and a half minutes something is done, which shows for a minute and a half at most; the last time just before the end.
    const opened = (minute: number) => ({ connections: minute % 2.5 >= 1 && minute % 2.5 < 2.4 ? 40 : 84 });
    const seen = (isKept: boolean) =>
      run(30, (minute) =>
        minute < 6 ? { connections: 40 } : { connections: isKept ? 56 : opened(minute).connections },
      );
    expect(grown(seen(false))).toEqual([]);
    expect(grown(seen(true))).toEqual(['connections']);
    // Clients of Redis that each loss of it leaves behind.
    const left = (minute: number) => ({ clients: 60 + 4 * Math.floor(minute / 5) });
    expect(grown(run(30, left))).toEqual(['clients of redis']);
    expect(grown(run(30, (minute) => ({ clients: minute % 5 < 1 ? 120 : 60 })))).toEqual([]);
  });

  test('takes no single look for growth', () => {
    expect(grown(run(30, (minute) => ({ senderMb: minute > 29.8 ? 300 : 100 })))).toEqual([]);
  });
});

describe('a process that was started again', () => {
  const at = (minute: number, startedAtMinute: number) => (minute < startedAtMinute ? 17 : 18);

  test('is compared with itself, from five minutes after its start on', () => {
    // Forty more than the one before, which took as much at its own time.
    const heavier = run(30, (minute) => ({ senderPid: at(minute, 12), senderMb: minute < 12 ? 80 : 120 }));
    expect(grown(heavier)).toEqual([]);
    const growing = run(30, (minute) => ({
      senderPid: at(minute, 12),
      senderMb: 60 + 4 * (minute < 12 ? 0 : minute - 12),
    }));
    expect(grown(growing)).toEqual(['memory of sender.1 (pid 18)']);
  });

  test('hides no leak of the one before', () => {
    const seen = run(30, (minute) => ({ senderPid: at(minute, 20), senderMb: minute < 20 ? 60 + 4 * minute : 60 }));
    expect(grown(seen)).toEqual(['memory of sender.1 (pid 17)']);
  });

  test('again and again is never compared, and that is said', () => {
    const seen = run(30, (minute) => ({ senderPid: 17 + Math.floor(minute / 4), senderMb: 60 + 10 * minute }));
    expect(grown(seen)).toEqual([]);
    expect(unseenOf(seen)).toEqual(['sender.1']);
    expect(unseenOf(run(30, () => ({})))).toEqual([]);
  });
});

test('whether a run is judged is up to what it is, and not to how late a timer was', () => {
  expect(isJudged({ isSoak: true, seconds: 600 })).toBe(true);
  expect(isJudged({ isSoak: true, seconds: 599 })).toBe(false);
  expect(isJudged({ isSoak: false, seconds: 1_800 })).toBe(false);
  const late = { ...run(10, (minute) => ({ redisMb: 8 + 20 * minute })), forMs: 599_950 };
  expect(grown(late)).toEqual(['memory of redis']);
  expect(grown({ ...late, forMs: 600_050, isJudged: false })).toEqual([]);
  expect(unseenOf({ ...late, isJudged: false })).toEqual([]);
});

test('a short run is told, with its first half as what is early, and not judged', () => {
  const seen = run(2, (minute) => ({ senderMb: 100 + 50 * minute }));
  const memory = growthOf(seen)['memory of sender.1 (pid 17)'];
  expect(memory?.late).toBeGreaterThan(memory?.bound ?? Number.POSITIVE_INFINITY);
  expect(grown(seen)).toEqual([]);
});

test('what was not there at both times is left out', () => {
  const seen = run(30, (minute) =>
    minute < 10 ? { senderPid: undefined } : { senderPid: minute < 15 ? 17 : undefined },
  );
  expect(Object.keys(growthOf(seen))).toEqual([
    ...[
      'memory of api.1 (pid 5)',
      'memory of redis',
      'connections',
      'clients of redis',
      'MiB of batches',
      'MiB of jobs',
    ],
  ]);
});

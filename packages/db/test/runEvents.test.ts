/** Which events a run has to tell: once, at growing distances, and at its end. */
import { DELIVERY_STATES, type DeliveryState } from '@carillon/core';
import { describe, expect, test } from '@jest/globals';
import { dueRunEvents, type Noticed, type RunFacts } from '../src/runEvents.ts';

const EVERYTHING = new Set(['run.started', 'run.completed', 'run.paused', 'run.failures', 'run.unknown']);
const NOON = Date.UTC(2026, 10, 21, 12);

function run(
  parts: Partial<Omit<RunFacts, 'counts'>> & { counts?: Partial<Record<DeliveryState, number>> } = {},
): RunFacts {
  const none = Object.fromEntries(DELIVERY_STATES.map((state) => [state, 0])) as Record<DeliveryState, number>;
  return {
    runId: 7,
    parentRunId: null,
    jobId: 5,
    jobName: 'Canteen',
    channel: 'whatsapp',
    state: 'sending',
    dueAtMs: NOON,
    pausedAtMs: null,
    pauseReason: null,
    cancelledAtMs: null,
    completedAtMs: null,
    completionIsNew: false,
    people: 0,
    duplicates: 0,
    unreachable: 0,
    lateAtMs: null,
    noticed: {},
    nowMs: NOON,
    ...parts,
    counts: { ...none, ...parts.counts },
  };
}

const typesOf = (facts: RunFacts, wanted: ReadonlySet<string> = EVERYTHING) =>
  dueRunEvents(facts, wanted).events.map(({ type }) => type);

test('nothing is told before something was begun', () => {
  expect(typesOf(run({ counts: { scheduled: 10 } }))).toEqual([]);
  expect(typesOf(run({ counts: { skipped: 10 } }))).toEqual([]);
});

test('the start is told once', () => {
  const begun = run({ counts: { scheduled: 9, sending: 1 } });
  const { events, noticed } = dueRunEvents(begun, EVERYTHING);
  expect(events).toEqual([
    {
      type: 'run.started',
      data: {
        run: 'run_7',
        job: 'job_5',
        name: 'Canteen',
        channel: 'whatsapp',
        dueAt: '2026-11-21T12:00:00.000Z',
        people: 0,
      },
    },
  ]);
  expect(typesOf({ ...begun, noticed })).toEqual([]);
});

test('nothing is marked as told that nobody takes', () => {
  expect(dueRunEvents(run({ counts: { failed: 3 } }), new Set(['run.paused']))).toEqual({ events: [], noticed: {} });
});

test("each of the provider's pauses is told once, a person's never", () => {
  const noticed: Noticed = { started: true };
  const paused = run({ pausedAtMs: NOON, pauseReason: 'account_locked', noticed });
  const first = dueRunEvents(paused, EVERYTHING);
  expect(first.events.map(({ type, data }) => [type, data.reason])).toEqual([['run.paused', 'account_locked']]);
  expect(typesOf({ ...paused, noticed: first.noticed })).toEqual([]);
  expect(typesOf({ ...paused, pausedAtMs: NOON + 5, noticed: first.noticed })).toEqual(['run.paused']);
  expect(typesOf({ ...paused, pauseReason: null })).toEqual([]);
});

describe('failures', () => {
  /** Told counts of a run of a million whose failures grow by `perSecond`, looked at every second. */
  function told(perSecond: number): { counts: number[]; atSeconds: number[] } {
    let noticed: Noticed = { started: true };
    const counts: number[] = [];
    const atSeconds: number[] = [];
    for (let second = 1; second * perSecond <= 1_000_000; second += 1) {
      const facts = run({ counts: { scheduled: 1, failed: second * perSecond }, noticed, nowMs: NOON + second * 1000 });
      const due = dueRunEvents(facts, EVERYTHING);
      noticed = due.noticed;
      for (const { data } of due.events) {
        counts.push(data.failed as number);
        atSeconds.push(second);
      }
    }
    return { counts, atSeconds };
  }

  test('a million within two minutes are a handful of notices', () => {
    const { counts } = told(10_000);
    expect(counts).toEqual([10_000, 100_000, 700_000]);
  });

  test('and a million in three hours are told after one, ten and sixty minutes besides', () => {
    const { counts, atSeconds } = told(100);
    expect(counts.length).toBeLessThanOrEqual(9);
    // Tenfold at 10 s, then a minute later, then ten; tenfold once more; then by the hour.
    expect(atSeconds).toEqual([1, 10, 70, 670, 4_270, 7_870]);
  });

  test('that shrink again, by a late report, are told at the end only', () => {
    const noticed: Noticed = { started: true, failures: { count: 5, atMs: 0, waits: 0 } };
    expect(typesOf(run({ counts: { failed: 4, delivered: 1 }, noticed }))).toEqual([]);
    const over = run({
      state: 'completed',
      completionIsNew: true,
      completedAtMs: NOON,
      counts: { failed: 4 },
      noticed,
    });
    expect(dueRunEvents(over, EVERYTHING).events[0]).toMatchObject({
      type: 'run.failures',
      data: { failed: 4, final: true },
    });
  });
});

describe('the end', () => {
  const over = run({
    state: 'completed',
    completionIsNew: true,
    completedAtMs: NOON,
    people: 10,
    counts: { sent: 7, failed: 2, unknown: 1 },
  });

  test('is told with everything that was not told before it, in order, and with exact counts', () => {
    const reasons = [{ state: 'failed', code: '131026', count: 2 }] as const;
    const { events, noticed } = dueRunEvents(over, EVERYTHING, reasons);
    expect(events.map(({ type }) => type)).toEqual(['run.started', 'run.failures', 'run.unknown', 'run.completed']);
    expect(events.at(-1)?.data).toMatchObject({ deliveries: 10, counts: over.counts, reasons, revision: 1 });
    expect(typesOf({ ...over, noticed, completionIsNew: false })).toEqual([]);
  });

  test('is told again with the next revision when the run was reopened', () => {
    const noticed = dueRunEvents(over, EVERYTHING).noticed;
    const again = { ...over, noticed, completedAtMs: NOON + 1 };
    expect(dueRunEvents(again, EVERYTHING).events).toMatchObject([{ type: 'run.completed', data: { revision: 2 } }]);
  });

  test('of a run in which nothing was begun is all there is to tell', () => {
    expect(typesOf({ ...over, counts: run({ counts: { cancelled: 3 } }).counts, cancelledAtMs: NOON })).toEqual([
      'run.completed',
    ]);
  });
});

describe('a run that is late', () => {
  const LATE = new Set(['run.late']);
  const late = { lateAtMs: NOON + 60_000, nowMs: NOON + 60_001, counts: { scheduled: 1 } };

  test('is told once it is not begun in time, and once only', () => {
    expect(typesOf(run({ ...late, nowMs: NOON + 60_000 }), LATE)).toEqual([]);
    const { events, noticed } = dueRunEvents(run(late), LATE);
    expect(events.map(({ type, data }) => [type, data.lateSince])).toEqual([['run.late', '2026-11-21T12:01:00.000Z']]);
    expect(typesOf(run({ ...late, noticed }), LATE)).toEqual([]);
  });

  test('is none while people have paused or cancelled it, nor when it was begun', () => {
    expect(typesOf(run({ ...late, pausedAtMs: NOON }), LATE)).toEqual([]);
    expect(typesOf(run({ ...late, cancelledAtMs: NOON }), LATE)).toEqual([]);
    expect(typesOf(run({ ...late, counts: { sending: 1 } }), LATE)).toEqual([]);
    expect(typesOf(run({ ...late, lateAtMs: null }), LATE)).toEqual([]);
  });

  test('is told also when it was begun and over before anybody could look', () => {
    const over = { ...late, state: 'completed', completedAtMs: NOON + 90_000, completionIsNew: true } as const;
    expect(typesOf(run({ ...over, begunAtMs: NOON + 80_000, counts: { sent: 1 } }), LATE)).toEqual(['run.late']);
    expect(typesOf(run({ ...over, begunAtMs: NOON + 50_000, counts: { sent: 1 } }), LATE)).toEqual([]);
    expect(typesOf(run({ ...over, counts: { sent: 1 } }), LATE)).toEqual([]);
  });
});

test('a run that was begun in time is not late while it waits for its next try, and is not asked about again', () => {
  const LATE = new Set(['run.late']);
  const waiting = { lateAtMs: NOON + 60_000, nowMs: NOON + 90_000, counts: { scheduled: 1 } };
  const { events, noticed } = dueRunEvents(run({ ...waiting, begunAtMs: NOON + 1_000 }), LATE);
  expect(events).toEqual([]);
  expect(typesOf(run({ ...waiting, noticed }), LATE)).toEqual([]);
  expect(typesOf(run({ ...waiting, begunAtMs: NOON + 80_000 }), LATE)).toEqual(['run.late']);
});

describe('a run that failed', () => {
  const FAILED = new Set(['run.failed']);
  const over = { state: 'completed', completedAtMs: NOON, completionIsNew: true } as const;

  test('is told at its end, and not again when it went on and ended once more', () => {
    const ended = run({ ...over, counts: { failed: 2, sent: 1 } });
    const { events, noticed } = dueRunEvents(ended, FAILED, [{ state: 'failed', code: 'http_404', count: 2 }]);
    expect(events.map(({ type, data }) => [type, data.failed, data.deliveries])).toEqual([['run.failed', 2, 3]]);
    expect(typesOf({ ...ended, noticed }, FAILED)).toEqual([]);
    expect(typesOf(run({ counts: { failed: 2, scheduled: 1 } }), FAILED)).toEqual([]);
    expect(typesOf(run({ ...over, counts: { sent: 3 } }), FAILED)).toEqual([]);
  });
});

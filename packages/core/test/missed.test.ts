/** What a scheduler decides about moments that went by, that wait, and that come: each rule by example, and against a plain model. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  decideSchedule,
  nextOccurrences,
  type Occurrence,
  occurrenceOf,
  type Schedule,
  type ScheduleRules,
  type ScheduleState,
} from '../src/index.ts';

const START = Date.parse('2027-01-01T10:00:00Z');
const MINUTE = 60_000;
const every = (seconds: number, more: object = {}): Schedule => ({
  type: 'every',
  interval: seconds,
  anchorMs: START,
  zone: 'UTC',
  gap: 'later',
  repeated: 'first',
  ...more,
});
const RULES: ScheduleRules = { missed: 'once', missedLimit: 100, jitterMs: 0 };
const STATE: ScheduleState = { jobId: 7, nextMs: START, occurrences: 0, waitedUntilMs: null };

/** All runs that are made until nothing is due any more, with what was left out. */
function decideAll(
  schedule: Schedule,
  rules: ScheduleRules,
  state: ScheduleState,
  nowMs: number,
  missedAfterMs = MINUTE,
) {
  const runs: Occurrence[] = [];
  let leftOut = 0;
  let next: Occurrence | null = { nominalMs: state.nextMs, dueMs: state.nextMs };
  let occurrences = state.occurrences;
  while (next !== null && next.dueMs <= nowMs) {
    const now = { ...state, nextMs: next.nominalMs, occurrences };
    const decision = decideSchedule(schedule, rules, now, { nowMs, missedAfterMs });
    if (decision.run !== null) {
      runs.push(decision.run);
      occurrences += 1;
    }
    leftOut += decision.leftOut?.count ?? 0;
    next = decision.next;
  }
  return { runs: runs.map(({ nominalMs }) => (nominalMs - START) / MINUTE), leftOut, next, occurrences };
}

describe('after an hour in which nothing ran, every five minutes', () => {
  // Ten past eleven: 15 moments, of which the last is not a minute old.
  const now = START + 70 * MINUTE + 30_000;
  test.each([
    ['skip', [70], 14],
    ['once', [65, 70], 13],
    ['all', [0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70], 0],
  ] as const)('%s', (missed, runs, leftOut) => {
    expect(decideAll(every(300), { ...RULES, missed }, STATE, now)).toMatchObject({ runs, leftOut });
  });
  test('all makes up for no more than its bound, the latest', () => {
    expect(decideAll(every(300), { ...RULES, missed: 'all', missedLimit: 3 }, STATE, now)).toMatchObject({
      runs: [55, 60, 65, 70],
      leftOut: 11,
    });
  });
  test('what waited for an earlier run is made up for, and bounded as well', () => {
    const waited = { ...STATE, waitedUntilMs: START + 21 * MINUTE };
    expect(decideAll(every(300), { ...RULES, missed: 'skip', missedLimit: 2 }, waited, now)).toMatchObject({
      runs: [15, 20, 70],
      leftOut: 3 + 9,
    });
  });
});

test('no more runs than the maximum, and nothing after them', () => {
  expect(decideAll(every(60), { ...RULES, maxOccurrences: 3 }, STATE, START + 2 * MINUTE)).toMatchObject({
    runs: [0, 1, 2],
    next: null,
  });
});

test('a year of seconds is decided about at once', () => {
  const startedAt = performance.now();
  const now = START + 365 * 86_400_000;
  for (const missed of ['skip', 'once', 'all'] as const) {
    const { leftOut } = decideSchedule(every(1), { ...RULES, missed }, STATE, { nowMs: now, missedAfterMs: MINUTE });
    expect(leftOut?.count).toBe(10_000);
  }
  expect(performance.now() - startedAt).toBeLessThan(5_000);
});

test('jitter is the same for a job and a moment, differs between jobs, stays in its bound and before the next moment', () => {
  const due = (jobId: number, jitterMs: number) => occurrenceOf(every(60), { jitterMs }, jobId, START).dueMs - START;
  expect(due(7, 30_000)).toBe(due(7, 30_000));
  const all = Array.from({ length: 1_000 }, (_, jobId) => due(jobId, 30_000));
  expect(new Set(all).size).toBeGreaterThan(900);
  expect(Math.min(...all)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...all)).toBeLessThanOrEqual(30_000);
  const wide = Array.from({ length: 1_000 }, (_, jobId) => due(jobId, 3_600_000));
  expect(Math.max(...wide)).toBeLessThan(MINUTE);
});

test('a random history makes the runs that a plain model makes', () => {
  const rules = fc.record({
    missed: fc.constantFrom('skip', 'once', 'all'),
    missedLimit: fc.integer({ min: 1, max: 5 }),
    maxOccurrences: fc.option(fc.integer({ min: 1, max: 8 }), { nil: undefined }),
    jitterMs: fc.constantFrom(0, 0, 5_000, 200_000),
  });
  fc.assert(
    fc.property(
      rules,
      fc.integer({ min: 1, max: 600 }),
      fc.array(fc.integer({ min: 0, max: 3_000_000 }), { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 1_000, max: 600_000 }),
      (chosen, seconds, pauses, missedAfterMs) => {
        const schedule = every(seconds);
        const own: number[] = [];
        const model: number[] = [];
        let state = { ...STATE };
        let undecided = START;
        let now = START;
        for (const pause of pauses) {
          now += pause;
          const before = state;
          for (;;) {
            const due = occurrenceOf(schedule, chosen, 7, state.nextMs).dueMs;
            if (due > now || state.nextMs < 0) break;
            const decision = decideSchedule(schedule, chosen, state, { nowMs: now, missedAfterMs });
            if (decision.run && decision.run.dueMs > now && decision.run.nominalMs !== state.nextMs)
              throw new Error('early');
            if (decision.run) own.push(decision.run.nominalMs);
            state = {
              ...state,
              nextMs: decision.next?.nominalMs ?? -1,
              occurrences: state.occurrences + (decision.run ? 1 : 0),
            };
          }
          if (before.nextMs < 0) continue;
          // The model: list all that is due, split what is missed, and apply the rule.
          const all = nextOccurrences({ ...schedule, endsAtMs: now }, undecided - 1, 100_000).filter(
            (moment) => occurrenceOf(schedule, chosen, 7, moment).dueMs <= now,
          );
          const isMissed = (moment: number) => occurrenceOf(schedule, chosen, 7, moment).dueMs < now - missedAfterMs;
          const missed = all.filter(isMissed);
          const keep = chosen.missed === 'skip' ? 0 : chosen.missed === 'once' ? 1 : chosen.missedLimit;
          const made = [...(keep === 0 ? [] : missed.slice(-keep)), ...all.filter((moment) => !isMissed(moment))];
          model.push(...made);
          undecided = (all.at(-1) ?? undecided - 1) + 1;
        }
        expect(own).toEqual(model.slice(0, chosen.maxOccurrences));
      },
    ),
    { numRuns: 300 },
  );
});

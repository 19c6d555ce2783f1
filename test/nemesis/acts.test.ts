/** The judge asks what became of what users did: small worlds, each with one act that went wrong, or with one that did not. */
import { describe, expect, test } from '@jest/globals';
import { judgeAccepted } from '../../nemesis/judge/accepted.mjs';
import { judgeActs } from '../../nemesis/judge/acts.mjs';
import { judgeStopped } from '../../nemesis/judge/stopped.mjs';
import { act, delivery, entry, job, kinds, NOW_MS, type Row, run, TIMES, world } from './smallWorld.ts';

const asked = entry();
const judged = (tables: Record<string, unknown>, ...acts: unknown[]) =>
  kinds(judgeActs(world({ ...tables, journal: { entries: [asked, ...acts] } }), TIMES));

describe('an act', () => {
  test.each([
    ['pause', 'invalid_state'],
    ['reword', 'run_started'],
    ['resend', 'nobody_missed'],
    ['release', 'not_found'],
  ])('of kind %s may be refused as %s', (name, code) => {
    expect(judged({}, act(asked, name, NOW_MS, { state: 'refused', problem: { code, status: 409 } }))).toEqual([]);
  });

  test('is not refused for reasons of the house, nor for those of another', () => {
    const refused = (name: string, code: string) =>
      judged({}, act(asked, name, NOW_MS, { state: 'refused', problem: { code, status: 500 } }));
    expect(refused('pause', 'internal')).toEqual(['refused']);
    expect(refused('hold', 'not_found')).toEqual(['refused']);
    expect(refused('cancel', 'run_started')).toEqual(['refused']);
  });

  test('is answered', () => {
    expect(judged({}, act(asked, 'suppress', NOW_MS, { state: 'unknown' }))).toEqual(['never_answered']);
  });

  test('that cancels has an effect, unless those were sent to who were missed', () => {
    const cancel = act(asked, 'cancel', NOW_MS);
    expect(judged({ jobs: [job({ status: 'cancelled' })] }, cancel)).toEqual([]);
    expect(judged({ jobs: [job()] }, cancel)).toEqual(['act_without_effect']);
    const resend = act(asked, 'resend', NOW_MS + 10, { answer: { run: 'run_8', people: 1 } });
    expect(judged({ jobs: [job()] }, cancel, resend)).toEqual([]);
  });

  test('that cancels is not excused by those having been sent to before it', () => {
    const cancel = act(asked, 'cancel', NOW_MS + 10);
    const earlier = (more: Row = {}) =>
      judged({ jobs: [job()] }, act(asked, 'resend', NOW_MS, { answer: { run: 'run_8', people: 1 }, ...more }), cancel);
    expect(earlier()).toEqual(['act_without_effect']);
    // It may have been done, or be done once more, while or after the job was cancelled.
    expect(earlier({ answeredAtMs: NOW_MS + 11 })).toEqual([]);
    expect(earlier({ requests: 2 })).toEqual([]);
    expect(earlier({ requests: 2, state: 'refused', problem: { code: 'nobody_missed' } })).toEqual([]);
  });
});

describe('a resend that was acknowledged', () => {
  const resend = act(asked, 'resend', NOW_MS, { answer: { run: 'run_10', people: 2 } });
  const again = { runs: [run(), run({ id: 10, parent_run_id: 8 })] };
  const both = [delivery({ run_id: 10, batch_id: 11 }), delivery({ run_id: 10, batch_id: 11, number: 2 })];

  test('has its run, and reaches those whom it was said to reach', () => {
    expect(judged({ ...again, deliveries: both }, resend)).toEqual([]);
    expect(judged({}, resend)).toEqual(['resend_lost']);
    expect(judged({ ...again, deliveries: [] }, resend)).toEqual(['resend_lost']);
    expect(judged({ ...again, deliveries: both.slice(1) }, resend)).toEqual(['resend_lost']);
  });

  test('may be cancelled before it reaches anybody', () => {
    const cancelled = { ...again, jobs: [job({ status: 'cancelled' })], deliveries: [] };
    expect(judged(cancelled, resend, act(asked, 'cancel', NOW_MS + 10))).toEqual([]);
  });

  test('is not excused by a cancel that was over before it', () => {
    const earlier = (more: Row = {}) =>
      judged({ ...again, deliveries: [] }, act(asked, 'cancel', NOW_MS - 100, more), resend);
    expect(earlier()).toEqual(['resend_lost']);
    // As long as it may yet be done it excuses.
    expect(earlier({ answeredAtMs: NOW_MS + 1 })).toEqual([]);
    expect(earlier({ requests: 2 })).toEqual([]);
    expect(earlier({ requests: 2, state: 'refused', problem: { code: 'invalid_state' } })).toEqual([]);
  });

  const begun = { deliveries: [delivery({ run_id: 10, sending_ms: NOW_MS + 500 })], acceptances: [] };
  const stopped = (...acts: unknown[]) =>
    kinds(judgeStopped(world({ ...again, ...begun, journal: { entries: [asked, ...acts] } }), TIMES));

  test('ends with a cancel that came after it, and not with one that it came after', () => {
    expect(stopped(resend, act(asked, 'cancel', NOW_MS + 100))).toEqual(['begun_after_stop']);
    expect(stopped(act(asked, 'cancel', NOW_MS - 100), resend)).toEqual([]);
  });
});

test('a pause may be taken back by a resume that was asked for before, when that was asked for more than once', () => {
  const begun = { deliveries: [delivery({ sending_ms: NOW_MS + 500 })], acceptances: [] };
  const stopped = (resumed: Row) =>
    kinds(
      judgeStopped(
        world({
          ...begun,
          journal: { entries: [asked, act(asked, 'resume', NOW_MS - 100, resumed), act(asked, 'pause', NOW_MS)] },
        }),
        TIMES,
      ),
    );
  expect(stopped({})).toEqual(['begun_after_stop']);
  expect(stopped({ requests: 2 })).toEqual([]);
});

describe('what is paused in the end', () => {
  const paused = { runs: [run({ state: 'sending', paused: true })], jobs: [job({ status: 'paused' })] };
  const pause = act(asked, 'pause', NOW_MS);
  const resume = act(asked, 'resume', NOW_MS + 10);

  test.each<[string, unknown[]]>([
    ['was not resumed', [pause]],
    ['was paused again', [pause, resume, act(asked, 'pause', NOW_MS + 20)]],
    ['may have been paused again late', [{ ...pause, requests: 2 }, resume]],
    [
      'may have been paused by one who was not answered',
      [{ ...pause, requests: 3, state: 'refused', problem: { code: 'invalid_state' } }],
    ],
    ['was not resumed in time', [pause, { ...resume, state: 'refused', problem: { code: 'invalid_state' } }]],
  ])('may be what %s', (_what, acts) => {
    expect(judged(paused, ...acts)).toEqual([]);
  });

  test.each<[string, unknown[]]>([
    ['nobody paused', []],
    ['everybody resumed', [pause, act(asked, 'pause', NOW_MS + 2), resume]],
    ['somebody wanted to pause, and was refused', [{ ...pause, state: 'refused', problem: { code: 'invalid_state' } }]],
  ])('is left when it is what %s', (_what, acts) => {
    expect(judged(paused, ...acts)).toEqual(['left_paused']);
    expect(judged({ jobs: [job({ status: 'paused' })] }, ...acts)).toEqual(['left_paused']);
    expect(judged({ runs: paused.runs }, ...acts)).toEqual(['left_paused']);
  });

  test('is left when it was no user who paused it', () => {
    const locked = { ...paused, runs: [run({ state: 'sending', paused: true, pause_reason: '131031: locked' })] };
    expect(judged(locked, pause)).toEqual(['left_paused']);
  });

  test('is over when its run was completed meanwhile', () => {
    expect(judged({ runs: [run({ paused: true })] })).toEqual([]);
  });
});

describe('a moment that is said to be past', () => {
  const dueMs = NOW_MS + 1_000;
  const refused = (answeredAtMs: number, type = 'at') => {
    const past = { state: 'refused', answer: undefined, problem: { code: 'moment_in_past' }, dueMs, answeredAtMs };
    const entries = [entry({ ...past, body: { kind: 'message', trigger: { type } } })];
    return kinds(judgeAccepted(world({ jobs: [], journal: { entries } }), TIMES));
  };

  test('is past by more than what is taken as now', () => {
    expect(refused(dueMs + 60_001)).toEqual([]);
    expect(refused(dueMs + 60_000)).toEqual(['refused']);
    expect(refused(NOW_MS)).toEqual(['refused']);
    expect(refused(dueMs + 60_001, 'now')).toEqual(['refused']);
  });

  test('is so too of a move', () => {
    const moved = (answeredAtMs: number) =>
      judged(
        {},
        act(asked, 'move', NOW_MS, { state: 'refused', problem: { code: 'moment_in_past' }, dueMs, answeredAtMs }),
      );
    expect(moved(dueMs + 60_001)).toEqual([]);
    expect(moved(dueMs)).toEqual(['refused']);
  });
});

/** The judge of scripts and of notices: small worlds, each with one thing that is wrong. */
import { describe, expect, test } from '@jest/globals';
import { judgeCalls } from '../../nemesis/judge/doings.mjs';
import { judgeMessages } from '../../nemesis/judge/messages.mjs';
import { judgeNotices } from '../../nemesis/judge/notices.mjs';
import { judgeScripts } from '../../nemesis/judge/scripts.mjs';
import { indexed } from '../../nemesis/judge/world.mjs';

type Row = Record<string, unknown>;

const NOW_MS = Date.parse('2026-12-01T09:00:00Z');
const TIMES = { endMs: NOW_MS, clockAheadMs: 0 };
const kinds = (violations: { kind: string }[]): string[] => violations.map(({ kind }) => kind);

const account = {
  ...{ name: 'north', accountId: 1, people: [] },
  owners: { endpoint: 'whk_3', contacts: new Map([['user-0', ['email user-0@owners-0.example']]]) },
};
const entry = (request: Row, more: Row = {}) => ({
  ...{ account, request, what: `${request.kind} ${request.n}`, state: 'acknowledged', answer: { id: 'job_7' } },
  ...more,
});
const job = { account_id: 1, id: 7, kind: 'script', status: 'completed', user_id: 'user-0', event_id: null };
const run = {
  ...{ account_id: 1, id: 8, job_id: 7, due_ms: NOW_MS, state: 'completed', cancelled: false },
  completed_ms: NOW_MS + 700,
};
const delivery = {
  ...{ account_id: 1, batch_id: 9, number: 1, run_id: 8, job_id: 7, day: '2026-12-01', channel: 'script' },
  ...{ state: 'sent', try: 1, sending_ms: NOW_MS + 10, settled_ms: NOW_MS + 600, address: 'python:1' },
};
const NOTHING = { attempts: [], reports: [], acceptances: [], results: [], started: [], events: [] };

describe('a script', () => {
  // By their numbers: 0 fails on purpose, 1 runs once only, 2 may run as often as it takes.
  const result = { batch_id: 9, number: 1, try: 1, exit_code: 0 };
  function judged(n: number, tables: { delivery?: Row; results?: Row[]; starts?: number; entry?: Row }) {
    const { results = [{ ...result, output: `${n * 7}\n` }], starts = 1 } = tables;
    const started = [{ trial: 'works' }, ...Array.from({ length: starts }, () => ({ account: 'north', n }))];
    const journal = { entries: [entry({ kind: 'script', n }, tables.entry)] };
    const deliveries = [{ ...delivery, ...tables.delivery }];
    return kinds(
      judgeScripts(indexed({ ...NOTHING, jobs: [job], runs: [run], deliveries, results, started, journal }), TIMES),
    );
  }

  test('that ran and printed what it must is well, also when it was run again', () => {
    expect(judged(2, {})).toEqual([]);
    const again = [{ ...result, try: 2, output: '14\n' }];
    expect(judged(2, { delivery: { try: 2 }, results: again, starts: 2 })).toEqual([]);
    expect(judged(0, { delivery: { state: 'failed' }, results: [{ ...result, exit_code: 3, output: null }] })).toEqual(
      [],
    );
  });

  test.each<[string, number, Parameters<typeof judged>[1], string]>([
    ['runs more often than it was tried', 2, { starts: 2 }, 'script_run_more_often_than_tried'],
    [
      'runs twice and must not',
      1,
      { delivery: { try: 2, state: 'failed' }, results: [], starts: 2 },
      'script_repeated',
    ],
    ['never ran, and there is a result', 2, { starts: 0 }, 'script_claimed_falsely'],
    ['was sent without a result', 2, { results: [] }, 'result_lost'],
    ['printed something else', 2, { results: [{ ...result, output: '15\n' }] }, 'wrong_result'],
    ['failed, and the record says otherwise', 0, { results: [{ ...result, exit_code: 3 }] }, 'failure_denied'],
    ['ran although it was refused', 2, { entry: { state: 'refused', answer: undefined } }, 'script_refused_and_run'],
  ])('that %s', (_what, n, tables, kind) => {
    expect(judged(n, tables)).toContain(kind);
  });
});

test('a call in doubt is to be made again, but for one that was cancelled meanwhile', () => {
  const unknown = { ...delivery, channel: 'call', state: 'unknown', try: 2, due_ms: NOW_MS };
  const attempts = [{ batch_id: 9, number: 1, try: 1, outcome: 'unknown', code: 'lease_expired' }];
  const judged = (cancelled: boolean) => {
    const tables = { ...NOTHING, attempts, jobs: [job], runs: [{ ...run, cancelled, parent_run_id: null }] };
    const journal = { entries: [] };
    const times = { endMs: NOW_MS, clockAheadMs: 0 };
    return kinds(judgeMessages(indexed({ ...tables, deliveries: [unknown], journal }), times));
  };
  expect(judged(false)).toEqual(['unknown_without_reason', 'unsettled']);
  expect(judged(true)).toEqual([]);
});

describe('whoever wants to be told', () => {
  const event = (more: Row = {}) => ({
    ...{ account_id: 1, id: 5, type: 'job.completed', subject: 'job_7', data: { job: 'job_7' } },
    ...more,
  });
  /** The notice of an event: its job and its delivery. */
  const notice = (id: number, channel: string, address: string, eventId = 5): [Row, Row] => [
    { account_id: 1, id, kind: 'notice', status: 'completed', event_id: eventId },
    { ...delivery, run_id: id, job_id: id, batch_id: id, channel, address },
  ];
  const both = [notice(20, 'webhook', 'whk_3'), notice(21, 'email', 'user-0@owners-0.example')];
  const mail = { to: 'user-0@owners-0.example', runId: 21, batchId: 21, number: 1, try: 1, at: NOW_MS };
  const mailed = (subject: string) => ({ ...mail, email: { subject } });

  function world(changes: { events?: Row[]; notices?: [Row, Row][]; tables?: Row }) {
    const { events = [event()], notices = both } = changes;
    return indexed({
      ...NOTHING,
      ...{ accounts: [account], journal: { entries: [entry({ kind: 'script', n: 2 })] }, runs: [run], events },
      jobs: [job, ...notices.map(([own]) => own)],
      deliveries: [delivery, ...notices.map(([, own]) => own)],
      ...changes.tables,
    });
  }
  const judged = (changes: Parameters<typeof world>[0]) => kinds(judgeNotices(world(changes)));
  const lateSince = new Date(NOW_MS + 3_000).toISOString();
  const late = event({
    id: 6,
    type: 'run.late',
    subject: 'run_8',
    data: { job: 'job_7', lateSince },
    created_ms: NOW_MS + 3_200,
  });
  const ofLate = [notice(30, 'webhook', 'whk_3', 6), notice(31, 'email', 'user-0@owners-0.example', 6)];

  test('is told once', () => {
    expect(judged({ tables: { acceptances: [mailed('script 2 is completed')] } })).toEqual([]);
  });

  test.each<[string, Parameters<typeof world>[0], string]>([
    ['nothing says that it ended', { events: [], notices: [] }, 'event_lost'],
    ['nothing says that it failed', { tables: { deliveries: [{ ...delivery, state: 'failed' }] } }, 'event_lost'],
    ['it is said twice', { events: [event(), event({ id: 6 })] }, 'event_doubled'],
    ['the owner is not told', { notices: both.slice(0, 1) }, 'notice_lost'],
    [
      'the owner is told twice',
      { notices: [...both, notice(22, 'email', 'user-0@owners-0.example')] },
      'notice_doubled',
    ],
    ['somebody else is told', { notices: [...both, notice(22, 'call', 'http://a.example')] }, 'notice_to_nobody'],
    [
      'two mails say the same',
      { tables: { acceptances: [mailed('script 2 is completed'), mailed('script 2 is completed')] } },
      'owner_told_twice',
    ],
    [
      'it is late and nobody is told',
      { tables: { deliveries: [{ ...delivery, sending_ms: NOW_MS + 9_000 }] } },
      'lateness_untold',
    ],
    ['it is called late and was in time', { events: [event(), late], notices: [...both, ...ofLate] }, 'late_falsely'],
  ])('when %s', (_what, changes, kind) => {
    expect(judged(changes)).toContain(kind);
  });

  test('who was begun in time is called late only by whoever could not see it yet', () => {
    const called = (lateMs: number, begun: Row) =>
      judged({
        events: [event(), { ...late, created_ms: NOW_MS + lateMs }],
        notices: [...both, ...ofLate],
        tables: { deliveries: [{ ...delivery, ...begun }, ...[...both, ...ofLate].map(([, own]) => own)] },
      });
    // Its claim waited: the first that anybody saw of it was its end.
    expect(called(3_200, { settled_ms: NOW_MS + 3_500 })).toEqual([]);
    expect(called(5_000, { settled_ms: NOW_MS + 3_500 })).toEqual(['late_falsely']);
    // No claim waits for longer than a statement may take.
    expect(called(11_500, { settled_ms: null })).toEqual([]);
    expect(called(12_500, { settled_ms: null })).toEqual(['late_falsely']);
  });

  test('that something failed is told of a run that was completed with it, and not of one that was before', () => {
    const failed = (settledMs: number) =>
      judged({
        tables: {
          deliveries: [{ ...delivery, state: 'failed', settled_ms: settledMs }, ...both.map(([, own]) => own)],
        },
      });
    expect(failed(run.completed_ms)).toEqual(['event_lost']);
    expect(failed(run.completed_ms + 1)).toEqual([]);
  });

  test('a notice to an endpoint was heard, by the id of its event', () => {
    const heard = (times: [string, number][]) => kinds(judgeCalls({ ...world({}), heard: new Map(times) }));
    expect(heard([['evt_5', 1]])).toEqual([]);
    expect(heard([])).toEqual(['call_claimed_falsely']);
    expect(heard([['evt_5', 2]])).toEqual(['called_more_than_tried']);
  });
});

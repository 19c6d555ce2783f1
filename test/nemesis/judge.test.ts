/** The nemesis's judge can say no, and says yes to what the promise leaves open: small worlds, each with one thing that is wrong. */
import { describe, expect, test } from '@jest/globals';
import { judgeAccepted } from '../../nemesis/judge/accepted.mjs';
import { judgeCalls, judgeChecks, judgePayments, judgeSchedules } from '../../nemesis/judge/doings.mjs';
import { judgeEarly } from '../../nemesis/judge/early.mjs';
import { judgeFinals } from '../../nemesis/judge/finals.mjs';
import { judgeMessages } from '../../nemesis/judge/messages.mjs';
import { judgeStopped } from '../../nemesis/judge/stopped.mjs';
import { indexed } from '../../nemesis/judge/world.mjs';

const NOW_MS = 1_000_000;
const TIMES = { endMs: 2_000_000, clockAheadMs: 0 };
const account = {
  name: 'north',
  accountId: 1,
  people: [{ externalId: 'p', phone: '4915' }],
  crowds: [{ people: [0] }],
};

type Row = Record<string, unknown>;

/** One announcement to one person, who was told; `changes` replace tables of it. */
function world(changes: Record<string, unknown> = {}) {
  return indexed({
    accounts: [account],
    journal: { entries: [entry()] },
    jobs: [{ account_id: 1, id: 7, name: 'announcement 0', status: 'completed', created_ms: NOW_MS }],
    runs: [run()],
    deliveries: [delivery()],
    acceptances: [acceptance()],
    ...{
      attempts: [],
      reports: [],
      verdicts: [],
      payments: [],
      charges: new Map(),
      chargeEntries: [],
      heard: new Map(),
    },
    ...changes,
  });
}
const BODY = { kind: 'message', trigger: { type: 'now' } };
const entry = (more: Row = {}) => ({
  ...{ account, request: { n: 0, kind: 'announcement', crowds: [0] }, what: 'announcement 0', body: BODY },
  ...{ state: 'acknowledged', answer: { id: 'job_7' }, dueMs: NOW_MS, sentAtMs: NOW_MS, answeredAtMs: NOW_MS },
  ...more,
});
const run = (more: Row = {}) => ({
  ...{ account_id: 1, id: 8, job_id: 7, parent_run_id: null, due_ms: NOW_MS, left_out: null, occurrence_key: 'once' },
  ...more,
});
const delivery = (more: Row = {}) => ({
  ...{ account_id: 1, batch_id: 9, number: 1, run_id: 8, job_id: 7, address: '4915', state: 'delivered', code: null },
  ...{
    try: 1,
    due_ms: NOW_MS,
    sending_ms: NOW_MS + 10,
    channel: 'whatsapp',
    day: '2026-12-01',
  },
  ...more,
});
const acceptance = (more: Row = {}) => ({
  ...{ at: NOW_MS + 20, to: '4915', runId: 8, batchId: 9, number: 1, try: 1 },
  ...more,
});
const attempt = (more: Row = {}) => ({
  ...{ account_id: 1, batch_id: 9, number: 1, try: 1, outcome: 'unknown', code: 'timeout', started_ms: NOW_MS + 10 },
  ended_ms: NOW_MS + 2_000,
  ...more,
});
const kinds = (violations: { kind: string }[]): string[] => violations.map(({ kind }) => kind);

test('a world in which all is well has no violation', () => {
  const well = world();
  const judges = [judgeAccepted, judgePayments, judgeChecks, judgeCalls, judgeSchedules];
  expect(judges.flatMap((judge) => kinds(judge(well, TIMES)))).toEqual([]);
  expect(kinds([...judgeMessages(well, TIMES), ...judgeEarly(well, TIMES), ...judgeStopped(well, TIMES)])).toEqual([]);
});

test.each<[string, Record<string, unknown>, string]>([
  ['nobody was planned', { deliveries: [], acceptances: [] }, 'forgotten'],
  [
    'somebody was planned twice',
    { deliveries: [delivery(), delivery({ number: 2, state: 'cancelled' })] },
    'planned_twice',
  ],
  ['the ledger has nothing', { acceptances: [] }, 'claimed_falsely'],
  ['the record denies it', { deliveries: [delivery({ state: 'failed', code: 'rejected' })] }, 'denied'],
  ['it waits for ever', { deliveries: [delivery({ state: 'scheduled' })], acceptances: [] }, 'unsettled'],
  ['it is unknown and nothing says why', { deliveries: [delivery({ state: 'unknown' })] }, 'unknown_without_reason'],
  [
    'it is unknown although it was reported',
    {
      deliveries: [delivery({ state: 'unknown' })],
      attempts: [attempt()],
      reports: [{ batch_id: 9, number: 1, try: 1, status: 'delivered', received_ms: NOW_MS + 30 }],
    },
    'unknown_although_reported',
  ],
  [
    'somebody else was told',
    { acceptances: [acceptance(), acceptance({ to: '4916', number: 5 })] },
    'nobody_asked_for',
  ],
  ['it was told twice', { acceptances: [acceptance(), acceptance({ at: NOW_MS + 40 })] }, 'told_twice'],
])('when %s', (_what, changes, kind) => {
  expect(kinds(judgeMessages(world(changes), TIMES))).toContain(kind);
});

describe('a second message of a policy', () => {
  const unknown = { action: 'resend', after: 3 };
  const second = {
    deliveries: [delivery({ try: 2, sending_ms: NOW_MS + 5_000 })],
    journal: { entries: [entry({ body: { ...BODY, policy: { unknown } } })] },
  };
  const later = acceptance({ try: 2, at: NOW_MS + 5_010 });

  test('is no violation when nothing was known of the first', () => {
    const bet = world({ ...second, attempts: [attempt()], acceptances: [acceptance(), later] });
    expect(kinds(judgeMessages(bet, TIMES))).toEqual([]);
  });

  test('is one when the first had been reported before', () => {
    const reports = [{ batch_id: 9, number: 1, try: 1, status: 'delivered', received_ms: NOW_MS + 1_000 }];
    const known = world({ ...second, reports, attempts: [attempt()], acceptances: [acceptance(), later] });
    expect(kinds(judgeMessages(known, TIMES))).toContain('told_twice');
  });

  test('is one when the first call arrives after the second', () => {
    const late = acceptance({ at: NOW_MS + 9_000 });
    const unfenced = world({ ...second, attempts: [attempt()], acceptances: [later, late] });
    expect(kinds(judgeMessages(unfenced, TIMES))).toContain('told_twice');
  });

  test('is no violation when the answer to the first came after it was begun', () => {
    const late = attempt({ outcome: 'accepted', ended_ms: NOW_MS + 6_000 });
    const bet = world({ ...second, attempts: [late], acceptances: [acceptance(), later] });
    expect(kinds(judgeMessages(bet, TIMES))).toEqual([]);
    const known = world({
      ...second,
      attempts: [{ ...late, ended_ms: NOW_MS + 2_000 }],
      acceptances: [acceptance(), later],
    });
    expect(kinds(judgeMessages(known, TIMES))).toContain('told_twice');
  });

  test('is one when the first was not unknown for as long as the policy has it', () => {
    const soon = world({
      ...second,
      attempts: [attempt({ ended_ms: NOW_MS + 2_100 })],
      acceptances: [acceptance(), later],
    });
    expect(kinds(judgeMessages(soon, TIMES))).toContain('told_twice');
  });

  test('is one when the job is to hold', () => {
    const held = { deliveries: [delivery({ try: 2, sending_ms: NOW_MS + 5_000 })] };
    const silent = world({ ...held, attempts: [attempt()], acceptances: [acceptance(), later] });
    expect(kinds(judgeMessages(silent, TIMES))).toContain('told_twice');
  });
});

test.each<[string, Row, Row[], string]>([
  ['an answer without a job', {}, [], 'job_lost'],
  [
    'two jobs of one key',
    {},
    [
      { account_id: 1, id: 7, name: 'announcement 0' },
      { account_id: 1, id: 8, name: 'announcement 0' },
    ],
    'job_doubled',
  ],
  ['no answer at all', { state: 'unknown', answer: undefined }, [], 'never_answered'],
  [
    'a refusal that did it',
    { state: 'refused', problem: { code: 'unknown_audience' } },
    [{ account_id: 1, id: 7, name: 'announcement 0' }],
    'refused',
  ],
])('%s', (_what, more, jobs, kind) => {
  expect(kinds(judgeAccepted(world({ journal: { entries: [entry(more)] }, jobs }), TIMES))).toContain(kind);
});

test('what is begun, or arrives, before its moment', () => {
  const begun = world({ deliveries: [delivery({ sending_ms: NOW_MS - 50 })] });
  expect(kinds(judgeEarly(begun, TIMES))).toEqual(['begun_early']);
  expect(kinds(judgeEarly(world({ acceptances: [acceptance({ at: NOW_MS - 50 })] }), TIMES))).toEqual(['told_early']);
  const asked = world({ journal: { entries: [entry({ dueMs: NOW_MS + 60_000 })] } });
  expect(kinds(judgeEarly(asked, TIMES))).toEqual(['begun_early']);
});

describe('of a job that was moved', () => {
  const job = entry({ dueMs: NOW_MS + 7_000, sentAtMs: NOW_MS - 3_000, answeredAtMs: NOW_MS - 2_900 });
  const move = (more: Row) => ({ account, act: 'move', job, state: 'acknowledged', ...more });
  const first = { sentAtMs: NOW_MS - 2_000, answeredAtMs: NOW_MS - 1_900 };
  const second = { sentAtMs: NOW_MS - 1_000, answeredAtMs: NOW_MS - 900 };
  const judged = (...moves: Row[]) => kinds(judgeEarly(world({ journal: { entries: [job, ...moves] } }), TIMES));

  test('the moment counts that it was moved to, be it later or earlier', () => {
    expect(judged()).toEqual(['begun_early']);
    expect(judged(move({ ...first, dueMs: NOW_MS }))).toEqual([]);
    expect(judged(move({ ...first, dueMs: NOW_MS + 60_000 }))).toEqual(['begun_early']);
  });

  test('the later of two moves counts', () => {
    const earlier = { dueMs: NOW_MS };
    const later = { dueMs: NOW_MS + 60_000 };
    expect(judged(move({ ...first, ...earlier }), move({ ...second, ...later }))).toEqual(['begun_early']);
    expect(judged(move({ ...first, ...later }), move({ ...second, ...earlier }))).toEqual([]);
  });

  test('of moves that were asked for at once either may', () => {
    const slow = { ...first, answeredAtMs: NOW_MS - 500 };
    expect(judged(move({ ...slow, dueMs: NOW_MS }), move({ ...second, dueMs: NOW_MS + 60_000 }))).toEqual([]);
  });

  test('a move that was refused may have been made, and one that was not replaces nothing', () => {
    expect(judged(move({ ...first, dueMs: NOW_MS, state: 'refused' }))).toEqual([]);
    expect(judged(move({ ...first, dueMs: NOW_MS + 60_000, state: 'refused' }))).toEqual(['begun_early']);
  });
});

describe('after a pause that was answered', () => {
  const job = entry();
  const paused = { account, act: 'pause', job, state: 'acknowledged', sentAtMs: NOW_MS, answeredAtMs: NOW_MS + 5 };
  const resumed = {
    account,
    act: 'resume',
    job,
    state: 'acknowledged',
    sentAtMs: NOW_MS + 6,
    answeredAtMs: NOW_MS + 9,
  };

  test('nothing is begun', () => {
    const begun = world({ journal: { entries: [job, paused] } });
    expect(kinds(judgeStopped(begun, TIMES))).toEqual(['begun_after_stop']);
  });

  test('everything may be begun once somebody resumed it', () => {
    const again = world({ journal: { entries: [job, paused, resumed] } });
    expect(kinds(judgeStopped(again, TIMES))).toEqual([]);
  });

  test('what was begun before arrives soon, or not at all', () => {
    const before = { deliveries: [delivery({ sending_ms: NOW_MS + 1 })] };
    const soon = world({ ...before, journal: { entries: [job, paused] } });
    expect(kinds(judgeStopped(soon, TIMES))).toEqual([]);
    const late = world({
      ...before,
      acceptances: [acceptance({ at: NOW_MS + 60_000 })],
      journal: { entries: [job, paused] },
    });
    expect(kinds(judgeStopped(late, TIMES))).toEqual(['told_after_stop']);
  });
});

test('a payment that is made twice, with two keys, or denied', () => {
  const request = { n: 3, kind: 'payment' };
  const pay = {
    account_id: 1,
    batch_id: 9,
    number: 1,
    run_id: 8,
    job_id: 7,
    address: 'acct_of_3',
    channel: 'payment',
    state: 'sent',
  };
  const paid = { receiver: 'acct_of_3', key: 'a', body: '{}', id: 'pay_1' };
  const judged = (payments: Row[], state = 'sent') =>
    kinds(
      judgePayments(
        world({
          payments,
          deliveries: [{ ...pay, state }],
          journal: { entries: [entry({ request, what: 'payment 3' })] },
        }),
        TIMES,
      ),
    );
  expect(judged([paid])).toEqual([]);
  expect(judged([paid, { ...paid, replayed: true }])).toEqual([]);
  expect(judged([paid, { ...paid, id: 'pay_2' }])).toEqual(['paid_twice']);
  expect(judged([paid, { ...paid, key: 'b', id: undefined }])).toEqual(['several_keys']);
  expect(judged([paid], 'failed')).toEqual(['payment_denied']);
  expect(judged([])).toEqual(['payment_claimed_falsely']);
});

test('an address that is charged twice, and a call that was never made', () => {
  expect(kinds(judgeChecks(world({ charges: new Map([['a@b.example', 2]]) })))).toEqual(['charged_twice']);
  const call = delivery({ channel: 'call', state: 'sent' });
  expect(kinds(judgeCalls(world({ deliveries: [call] })))).toEqual(['call_claimed_falsely']);
  const heard = new Map([['dlv_20261201_9_1', 2]]);
  expect(kinds(judgeCalls(world({ deliveries: [call], heard })))).toEqual(['called_more_than_tried']);
});

test('a moment of a schedule that nobody decided about', () => {
  const request = { kind: 'every', times: 2, everyMs: 3_000 };
  const at = (ms: number) => run({ id: ms, occurrence_key: new Date(ms).toISOString() });
  const judged = (runs: Row[]) => kinds(judgeSchedules(world({ runs, journal: { entries: [entry({ request })] } })));
  expect(judged([at(3_000), at(6_000)])).toEqual([]);
  expect(judged([at(3_000)])).toEqual(['moments_missing']);
  expect(judged([at(3_000), at(9_000)])).toEqual(['moments_left_out']);
});

test('what was settled and changed, or is gone', () => {
  expect(judgeFinals(world(), new Map([['9.1', ['sent']]]))).toEqual([]);
  expect(kinds(judgeFinals(world(), new Map([['9.1', ['cancelled']]])))).toEqual(['final_state_changed']);
  expect(kinds(judgeFinals(world(), new Map([['9.2', ['sent']]])))).toEqual(['record_lost']);
});

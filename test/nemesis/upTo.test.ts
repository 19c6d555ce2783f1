/** What came due while the judge read is left out of what it judges, and nothing else is: small worlds that were read one table after the other. */
import { describe, expect, test } from '@jest/globals';
import { judgeCalls, judgePayments } from '../../nemesis/judge/doings.mjs';
import { judgeMessages } from '../../nemesis/judge/messages.mjs';
import { judgeNotices } from '../../nemesis/judge/notices.mjs';
import { upTo } from '../../nemesis/judge/upTo.mjs';
import { indexed } from '../../nemesis/judge/world.mjs';
import { account, attempt, delivery, entry, job, kinds, NOW_MS, type Row, run, TIMES, world } from './smallWorld.ts';

const { endMs } = TIMES;
const AFTER_MS = endMs + 50;
/** The first try was asked to wait; the second was begun when all was over. */
const again = {
  ...{ try: 2, due_ms: endMs + 40, sending_ms: AFTER_MS, settled_ms: null, state: 'sending' },
};
const asked = attempt({ outcome: 'throttled', code: '429' });
const more = attempt({ try: 2, outcome: 'throttled', code: '429', started_ms: AFTER_MS });
const accepted = (at: number, more: Row = {}) => ({ at, to: '4915', runId: 8, batchId: 9, number: 1, try: 1, ...more });
const owned = (own: Row) => ({
  ...own,
  accounts: [{ ...account, owners: { endpoint: 'whk_3', contacts: new Map() } }],
});
const read = (tables: Record<string, unknown>, times = TIMES) =>
  indexed(upTo(owned(world({ events: [], ...tables })), times));

test('what was before the end stays as it is', () => {
  const { deliveries, runs, jobs, attempts, acceptances } = read({ attempts: [asked] });
  expect({ deliveries, runs, jobs, attempts, acceptances }).toEqual({
    ...{ deliveries: [delivery()], runs: [run()], jobs: [job()] },
    ...{ attempts: [asked], acceptances: [accepted(NOW_MS + 20)] },
  });
});

describe('a message that was begun when all was over', () => {
  const put = (more: Row = {}) => ({ deliveries: [delivery({ ...again, ...more })], acceptances: [] });

  test('waited then, after the tries that there were', () => {
    const { deliveries, attempts } = read({ ...put(), attempts: [asked, more] });
    expect(deliveries).toMatchObject([
      { state: 'scheduled', try: 1, sending_ms: NOW_MS + 10, settled_ms: null, due_ms: endMs + 40 },
    ]);
    expect(attempts).toEqual([asked]);
    expect(read(put()).deliveries).toMatchObject([{ state: 'scheduled', try: 0, sending_ms: null }]);
  });

  test('is denied by nobody, and is not claimed', () => {
    const judged = (tables: Record<string, unknown>) => kinds(judgeMessages(read(tables), TIMES));
    expect(judged({ ...put(), attempts: [asked], acceptances: [accepted(AFTER_MS + 5, { try: 2 })] })).toEqual([]);
    expect(judged({ ...put({ state: 'sent' }), attempts: [asked] })).toEqual([]);
    // What was accepted before the end is denied by a record that waits.
    expect(judged({ ...put(), attempts: [asked], acceptances: [accepted(NOW_MS + 20)] })).toEqual(['denied']);
    expect(judged({ deliveries: [delivery({ state: 'sent' })], acceptances: [] })).toEqual(['claimed_falsely']);
    // It was due before, and nobody began it.
    expect(judged({ ...put({ due_ms: endMs - 10 }), attempts: [asked] })).toEqual(['unsettled']);
  });

  test('is so by the clock of the database', () => {
    const ahead = { endMs, clockAheadMs: 1_000 };
    const of = (at: number) => read({ acceptances: [accepted(at)] }, ahead).acceptances.length;
    expect([of(endMs - 1_000), of(endMs - 999)]).toEqual([1, 0]);
  });
});

test('a call is not made more often than it was tried by then', () => {
  const call = { ...again, channel: 'call' };
  const judged = (times: number, tries: unknown[]) => {
    const heard = new Map([['dlv_20261201_9_1', times]]);
    return kinds(judgeCalls(read({ deliveries: [delivery(call)], attempts: tries, heard })));
  };
  expect(judged(1, [asked, more])).toEqual([]);
  expect(judged(2, [asked, more])).toEqual(['called_more_than_tried']);
  expect(judged(1, [more])).toEqual(['called_more_than_tried', 'call_denied']);
});

test('a payment that was made when all was over is not denied', () => {
  const request = { n: 3, kind: 'payment' };
  const paid = (at: number) => {
    const payments = [{ at, receiver: 'acct_of_3', key: 'a', body: '{}', id: 'pay_1' }];
    const deliveries = [delivery({ ...again, channel: 'payment', address: 'acct_of_3' })];
    const journal = { entries: [entry({ request, what: 'payment 3' })] };
    return kinds(judgePayments(read({ deliveries, payments, journal, attempts: [asked] }), TIMES));
  };
  expect(paid(AFTER_MS)).toEqual([]);
  expect(paid(NOW_MS)).toEqual(['payment_denied']);
});

test('of what ended or was told when all was over nobody had to be told by then', () => {
  const event = { account_id: 1, id: 5, type: 'job.completed', subject: 'job_7', data: { job: 'job_7' } };
  const judged = (ms: number, events: unknown[]) => {
    const ended = { jobs: [job({ updated_ms: ms, event_id: null })], runs: [run({ completed_ms: ms })], events };
    return kinds(judgeNotices(read({ ...ended, deliveries: [delivery({ state: 'failed', settled_ms: ms })] })));
  };
  expect(judged(AFTER_MS, [])).toEqual([]);
  expect(judged(endMs, [])).toEqual(['event_lost', 'event_lost']);
  expect(judged(AFTER_MS, [{ ...event, created_ms: AFTER_MS + 10 }])).toEqual([]);
  expect(judged(AFTER_MS, [{ ...event, created_ms: endMs }])).toEqual(['notice_lost']);
});

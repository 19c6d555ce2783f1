/** The judge asks whoever was not told for a reason, and whether it is true: small worlds, each with one of them. */
import { describe, expect, test } from '@jest/globals';
import { judgeEnds } from '../../nemesis/judge/ends.mjs';
import {
  account,
  act,
  attempt,
  BODY,
  delivery,
  entry,
  job,
  kinds,
  NOW_MS,
  type Row,
  run,
  TIMES,
  world,
} from './smallWorld.ts';

const judged = (changes: Record<string, unknown>) => kinds(judgeEnds(world({ acceptances: [], ...changes }), TIMES));
const asked = entry();
const journal = (...acts: unknown[]) => ({ journal: { entries: [asked, ...acts] } });

test('who was told needs no reason', () => {
  expect(judged({})).toEqual([]);
});

describe('what was cancelled', () => {
  const over = { deliveries: [delivery({ state: 'cancelled', try: 0 })] };

  test('was cancelled by somebody, who was answered or may have been heard', () => {
    expect(judged({ ...over, ...journal(act(asked, 'cancel', NOW_MS + 10)) })).toEqual([]);
    expect(judged({ ...over, ...journal(act(asked, 'cancel', NOW_MS + 10, { state: 'unknown' })) })).toEqual([]);
    const heard = { state: 'refused', requests: 2 };
    expect(judged({ ...over, ...journal(act(asked, 'cancel', NOW_MS + 10, heard)) })).toEqual([]);
  });

  test.each<[string, unknown[]]>([
    ['nobody cancelled it', []],
    ['it was cancelled only afterwards', [act(asked, 'cancel', NOW_MS + 5_000)]],
    ['another was cancelled', [act(entry(), 'cancel', NOW_MS + 10)]],
    ['it was refused at once', [act(asked, 'cancel', NOW_MS + 10, { state: 'refused' })]],
  ])('has no reason when %s', (_what, acts) => {
    expect(judged({ ...over, ...journal(...acts) })).toEqual(['cancelled_without_reason']);
  });

  test('has no reason when all of a job or a run was, and nobody did it', () => {
    expect(judged({ jobs: [job({ status: 'cancelled' })], deliveries: [] })).toEqual(['cancelled_without_reason']);
    expect(judged({ runs: [run({ cancelled: true })], deliveries: [] })).toEqual(['cancelled_without_reason']);
    expect(judged({ jobs: [job({ status: 'cancelled' })], ...journal(act(asked, 'cancel', NOW_MS)) })).toEqual([]);
  });

  test('may be a payment that its provider refused', () => {
    const request = { n: 3, kind: 'payment' };
    const body = { kind: 'payment', trigger: { type: 'now' }, payment: { receiver: 'acct_of_3' } };
    const payment = {
      journal: { entries: [entry({ request, body })] },
      jobs: [job({ status: 'cancelled' })],
      deliveries: [delivery({ channel: 'payment', address: 'acct_of_3', state: 'failed', code: 'unauthorized' })],
      attempts: [attempt({ outcome: 'rejected', code: 'unauthorized' })],
    };
    expect(judged({ ...payment, payments: [{ receiver: 'acct_of_3', refused: 'unauthorized' }] })).toEqual([]);
    expect(judged({ ...payment, payments: [{ receiver: 'acct_of_3' }] })).toEqual([
      'failed_without_reason',
      'cancelled_without_reason',
    ]);
  });
});

describe('who was skipped', () => {
  const skipped = (more: Row = {}) => ({ deliveries: [delivery({ state: 'skipped', code: 'suppressed', ...more })] });
  const suppressed = act(undefined, 'suppress', NOW_MS - 10, { phone: '4915' });

  test('was to be left alone', () => {
    expect(judged({ ...skipped(), ...journal(suppressed) })).toEqual([]);
  });

  test.each<[string, Row, unknown]>([
    ['nobody said so', {}, undefined],
    ['somebody else was', {}, { ...suppressed, phone: '4916' }],
    ['another account was told so', {}, { ...suppressed, account: { ...account, accountId: 2 } }],
    ['it is a call that is said to have expired', { channel: 'call', code: 'expired' }, suppressed],
    ['an address is said to be none', { channel: 'email', code: 'undeliverable' }, suppressed],
  ])('has no reason when %s', (_what, more, one) => {
    expect(judged({ ...skipped(more), ...journal(...(one ? [one] : [])) })).toEqual(['skipped_without_reason']);
  });
});

test('what waits was asked for that moment, or was tried', () => {
  const later = TIMES.endMs + 5_000;
  const waits = (more: Row = {}) => ({ deliveries: [delivery({ state: 'scheduled', due_ms: later, ...more })] });
  const moved = act(asked, 'move', NOW_MS, { dueMs: later });
  expect(judged({ ...waits(), ...journal() })).toEqual(['scheduled_without_reason']);
  expect(judged({ ...waits(), ...journal(moved) })).toEqual([]);
  expect(judged({ ...waits(), ...journal({ ...moved, dueMs: later - 1_000 }) })).toEqual(['scheduled_without_reason']);
  expect(judged({ ...waits(), attempts: [attempt({ outcome: 'throttled' })] })).toEqual([]);
  expect(judged({ ...waits({ due_ms: NOW_MS + 4_400_000 }), attempts: [attempt()] })).toEqual([
    'scheduled_without_reason',
  ]);
  expect(judged(waits({ channel: 'email', code: 'awaits_verdict' }))).toEqual([]);
});

describe('what failed', () => {
  const failed = (more: Row = {}) => delivery({ state: 'failed', code: '2', ...more });
  const tries = (count: number, last: Row, others: Row = { outcome: 'retry', code: '2' }) =>
    Array.from({ length: count }, (_, n) => attempt({ try: n + 1, ...(n + 1 === count ? last : others) }));
  const exhausted = { outcome: 'exhausted', code: '2' };
  const by = (policy: Row, more: Row = {}) => ({
    journal: { entries: [entry({ body: { ...BODY, policy, ...more } })] },
  });

  test('was tried as often as its policy has it', () => {
    const three = { deliveries: [failed({ try: 3 })], ...by({ attempts: 3 }) };
    expect(judged({ ...three, attempts: tries(3, exhausted) })).toEqual([]);
    // Sent again by its policy before the sender told that it had not begun.
    const late = { outcome: 'not_sent', ended_ms: NOW_MS + 5_000 };
    expect(judged({ ...three, attempts: tries(3, exhausted, late) })).toEqual([]);
  });

  test.each<[string, Record<string, unknown>]>([
    ['nothing says that it was tried', {}],
    ['it was tried less often', { attempts: tries(2, exhausted), deliveries: [failed({ try: 2 })] }],
    ['its provider only asked to wait', { attempts: tries(3, exhausted, { outcome: 'throttled' }) }],
    ['its last try was no failure', { attempts: tries(3, { outcome: 'throttled' }) }],
    ['no provider refuses anybody', { attempts: tries(3, { outcome: 'rejected', code: '131026' }) }],
    [
      'nobody settles it by hand',
      { deliveries: [failed({ try: 3, code: 'settled_by_operator' })], attempts: tries(3, {}) },
    ],
  ])('has no reason when %s', (_what, changes) => {
    const three = { deliveries: [failed({ try: 3 })], ...by({ attempts: 3 }) };
    expect(judged({ ...three, ...changes })).toEqual(['failed_without_reason']);
  });

  test('was reported so by the provider, as its ledger says', () => {
    const acceptance = { to: '4915', batchId: 9, number: 1, try: 1, failed: 131_026 };
    expect(judged({ deliveries: [failed()], acceptances: [acceptance] })).toEqual([]);
  });

  test('was given up by a policy when its time was over, and by no other', () => {
    const lost = (unknown: Row | undefined, settledMs: number) => ({
      deliveries: [failed({ code: 'unknown_outcome', settled_ms: settledMs })],
      attempts: [attempt()],
      ...by({ attempts: 2, ...(unknown && { unknown }) }),
    });
    const fail = { action: 'fail', after: 5 };
    expect(judged(lost(fail, NOW_MS + 5_020))).toEqual([]);
    expect(judged(lost(fail, NOW_MS + 4_000))).toEqual(['failed_without_reason']);
    expect(judged(lost(undefined, NOW_MS + 5_020))).toEqual(['failed_without_reason']);
    // It would be sent again.
    expect(judged(lost({ action: 'resend', after: 5 }, NOW_MS + 5_020))).toEqual(['failed_without_reason']);
  });

  test('may be a script that was cancelled while it ran', () => {
    const stopped = {
      deliveries: [failed({ channel: 'script', code: 'cancelled' })],
      attempts: [attempt({ outcome: 'rejected', code: 'cancelled' })],
    };
    expect(judged({ ...stopped, ...journal(act(asked, 'cancel', NOW_MS + 5)) })).toEqual([]);
    expect(judged({ ...stopped, ...journal() })).toEqual(['failed_without_reason']);
  });

  test('may be a notice, by the policy that notices have', () => {
    const notice = { jobs: [job({ kind: 'notice', name: 'run.late' })], journal: { entries: [] } };
    const told = (count: number) =>
      judged({
        ...notice,
        deliveries: [failed({ channel: 'webhook', try: count })],
        attempts: tries(count, exhausted),
      });
    expect(told(10)).toEqual([]);
    expect(told(9)).toEqual(['failed_without_reason']);
  });
});

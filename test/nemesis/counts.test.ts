/** The judges of counts and of money: small worlds, each with one number that is wrong. */
import { describe, expect, test } from '@jest/globals';
import { evenlyOf, judgeLeftOut, judgeRuns, judgeRunTold, judgeStatusTold } from '../../nemesis/judge/counts.mjs';
import { judgeCharged } from '../../nemesis/judge/spend.mjs';
import { readRows } from '../../nemesis/judge/world.mjs';
import { PRICE_MICROS } from '../../nemesis/settings.mjs';

type Row = Record<string, unknown>;
type Told = Parameters<typeof judgeRunTold>[1];
const kinds = (violations: { kind: string }[]): string[] => violations.map(({ kind }) => kind);

const STATES = ['scheduled', 'sending', 'sent', 'delivered', 'failed', 'unknown', 'skipped', 'cancelled'];

describe('a run', () => {
  const sizes = (prefix: string) => Object.fromEntries(['size', ...STATES].map((name) => [`${prefix}${name}`, 0]));
  /** Three people, of whom two were told and one was left out as a duplicate. */
  const run = (changes: Row = {}) => ({
    ...{ account_id: 1, id: 8, known: true, state: 'completed', left_out: null, cancelled: false },
    ...{ people: 3, duplicates: 1, unreachable: 0 },
    ...{ ...sizes('d_'), ...sizes('b_'), d_size: 2, d_sent: 2, b_size: 2, b_sent: 2 },
    ...changes,
  });

  test('adds up', () => {
    expect(judgeRuns([run(), run({ state: 'sending', d_sent: 1, b_sent: 1, d_scheduled: 1, b_scheduled: 1 })])).toEqual(
      [],
    );
    // Its last step came after its people were counted, as it was cancelled; or there was none; or it is a record of what there was not.
    expect(judgeRuns([run({ cancelled: true, people: 0 }), run({ state: 'planned', people: 0 })])).toEqual([]);
    expect(judgeRuns([run({ left_out: 'missed', people: 0 })])).toEqual([]);
    // A batch that was emptied before its run was taken back.
    expect(judgeRuns([{ ...sizes('d_'), ...sizes('b_'), id: 9, known: false, state: null }])).toEqual([]);
  });

  test.each<[string, Row, string]>([
    ['has a delivery that its batches do not count', { d_size: 3, d_unknown: 1, people: 4 }, 'run_miscounted'],
    ['counts another state', { b_sent: 1, b_failed: 1 }, 'run_miscounted'],
    ['is not there, and its deliveries are', { known: false, state: null }, 'run_miscounted'],
    ['counts too many duplicates', { duplicates: 2 }, 'people_miscounted'],
    ['counts too few people', { people: 2 }, 'people_miscounted'],
    [
      'is over, and something waits',
      { d_sent: 1, b_sent: 1, d_scheduled: 1, b_scheduled: 1 },
      'completed_with_open_rows',
    ],
  ])('that %s', (_what, changes, kind) => {
    expect(kinds(judgeRuns([run(changes)]))).toEqual([kind]);
  });
});

describe('what the API tells of a run', () => {
  const counted = [
    { state: 'delivered', code: 'lease_expired', count: 2 },
    { state: 'failed', code: '131026', count: 1 },
  ];
  const counts = Object.fromEntries(STATES.map((state) => [state, 0]));
  const told = { deliveries: 3, counts: { ...counts, delivered: 2, failed: 1 } };
  // Of what arrived it need not tell what had been doubted before.
  const reasons = [
    { state: 'delivered', code: null, count: 2 },
    { state: 'failed', code: '131026', count: 1 },
  ];
  const judged = (changes: Row) => kinds(judgeRunTold(8, { told, reasons, ...changes } as Told, counted));

  test('is what there is', () => {
    expect(judged({})).toEqual([]);
  });

  test.each<[string, Row]>([
    ['another count', { told: { ...told, counts: { ...told.counts, delivered: 1 } } }],
    ['a count that is not there', { told: { ...told, counts: { ...counts, delivered: 2 } } }],
    ['another number of all', { told: { ...told, deliveries: 2 } }],
    ['another reason', { reasons: [reasons[0], { ...reasons[1], code: '131047' }] }],
    ['a reason too few', { reasons: [reasons[0]] }],
    ['that there is no such run', { told: new Error('not_found'), reasons: undefined }],
  ])('is not: %s', (_what, changes) => {
    expect(judged(changes)).toEqual(['run_miscounted']);
  });
});

test('what the API tells of an account', () => {
  const counted = { unknown: [{ channel: 'email', count: 2 }], openRuns: 1 };
  const channels = [
    { channel: 'email', unknown: 2 },
    { channel: 'whatsapp', unknown: 0 },
  ];
  expect(judgeStatusTold(1, { channels, openRuns: 1 }, counted)).toEqual([]);
  const wrong = [
    { channels, openRuns: 2 },
    { channels: channels.slice(1), openRuns: 1 },
    { channels: [channels[0], { channel: 'whatsapp', unknown: 1 }], openRuns: 1 },
    new Error('unauthorized'),
  ];
  for (const told of wrong) expect(kinds(judgeStatusTold(1, told, counted))).toEqual(['status_miscounted']);
});

test('runs that are asked for are spread over all of them', () => {
  const all = Array.from({ length: 1_000 }, (_, n) => n);
  expect(evenlyOf(all, 4)).toEqual([0, 250, 500, 750]);
  expect(evenlyOf(all.slice(0, 3), 4)).toEqual([0, 1, 2]);
});

test('moments that were left out of a schedule are counted', () => {
  const account = { name: 'north', accountId: 1 };
  const request = { kind: 'every', everyMs: 3_000 };
  const journal = { entries: [{ account, request, state: 'acknowledged', answer: { id: 'job_7' }, what: 'every 0' }] };
  const judged = (left_out_count: number, left_out_until_ms = 36_000) => {
    const left = { left_out: 'missed', left_out_count, due_ms: 30_000, left_out_until_ms };
    return kinds(judgeLeftOut({ journal, runsOfJob: new Map([['1.7', [left, { left_out: null }]]]) }));
  };
  expect(judged(3)).toEqual([]);
  expect(judged(2)).toEqual(['moments_miscounted']);
  // A thousand times a number of seconds is not always whole.
  expect(judged(3, 36_000.000_1)).toEqual([]);
  expect(judged(3, 36_001)).toEqual(['moments_miscounted']);
});

test('what is read of runs says how many moments were left out, and until when', async () => {
  const asked: string[] = [];
  const query = async (sql: string) => {
    asked.push(sql);
    return { rows: [] };
  };
  await readRows({ query } as never);
  const ofRuns = asked.find((sql) => /FROM runs$/.test(sql));
  expect(ofRuns).toMatch(/ left_out_count,/);
  expect(ofRuns).toMatch(/ AS left_out_until_ms,/);
});

describe('the money for checks', () => {
  const check = { channel: 'email_check', address: 'a@b.example', dedupe_key: 'k' };
  const charge = (changes: Row = {}) => ({
    ...{ account_id: 1, address_key: 'k', check_run_id: 5, day: '2026-12-01', currency: 'EUR', own: true },
    ...{ price_micros: PRICE_MICROS, charged_micros: PRICE_MICROS },
    ...changes,
  });
  const day = (changes: Row = {}) => ({
    ...{ account_id: 1, day: '2026-12-01', currency: 'EUR', reserved_micros: 0, charged_micros: PRICE_MICROS },
    ...changes,
  });
  const judged = (tables: { charges?: [string, number][]; charged?: Row[]; spend?: Row[] }) => {
    const { charges = [['a@b.example', 1]], charged = [charge()], spend = [day()] } = tables;
    return kinds(judgeCharged({ charges: new Map(charges), deliveries: [check], charged, spend }));
  };
  const shared = { account_id: 2, own: false };

  test('is what the service charged, for who asked and who shared it', () => {
    expect(judged({})).toEqual([]);
    expect(judged({ charged: [charge(), charge(shared)], spend: [day(), day({ account_id: 2 })] })).toEqual([]);
    const promised = { charged: [charge({ charged_micros: null })] };
    expect(
      judged({ ...promised, charges: [], spend: [day({ reserved_micros: PRICE_MICROS, charged_micros: 0 })] }),
    ).toEqual([]);
    // That it was bought twice is told of elsewhere.
    expect(judged({ charges: [['a@b.example', 2]] })).toEqual([]);
  });

  test.each<[string, Parameters<typeof judged>[0]]>([
    ['an address was charged, and nobody paid', { charged: [], spend: [] }],
    ['an address was not charged, and somebody paid', { charges: [] }],
    ['somebody paid too little', { charged: [charge({ charged_micros: 1 })], spend: [day({ charged_micros: 1 })] }],
    ['only who shared it paid', { charged: [charge(shared)], spend: [day({ account_id: 2 })] }],
    ['a day counts more', { spend: [day({ charged_micros: 2 * PRICE_MICROS })] }],
    ['a promise was never taken back', { spend: [day({ reserved_micros: PRICE_MICROS })] }],
    ['a day is not there', { spend: [] }],
  ])('is not, where %s', (_what, tables) => {
    expect(judged(tables)).toEqual(['spend_miscounted']);
  });
});

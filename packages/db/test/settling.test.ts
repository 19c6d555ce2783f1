/** Late outcomes, reports, policies for unknown outcomes, ended rows, and the ends of runs and jobs. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  applyReports,
  cancelJob,
  completeJobs,
  completeRuns,
  type DeliveryReport,
  dropEndedRows,
  resumeJob,
  settleLateOutcomes,
  settleOutcomes,
  settleUnknowns,
} from '../src/index.ts';
import {
  batchRow,
  countsAgree,
  DAY,
  deliveriesOf,
  openStore,
  outcome,
  report,
  seedBatch,
  type TestStore,
} from './rows.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openStore();
});
afterAll(() => store?.close());

const apply = (...reports: DeliveryReport[]) => applyReports(store.db.pool, store.account.accountId, reports, DAY);

/** Its one row becomes `unknown`, as if the statement that did so had begun before anything was reported. */
async function loseAnswer(batchId: number): Promise<void> {
  await store.db.pool.query(
    `WITH lost AS (UPDATE deliveries SET state = 'unknown', settled_at = carillon_now() WHERE batch_id = $1)
     UPDATE batches SET sending = 0, unknown = 1, settle_at = carillon_now() WHERE id = $1`,
    [batchId],
  );
}

describe('outcomes', () => {
  test('of many batches are written together; those that do not match come back', async () => {
    const first = (await seedBatch(store, { rows: [{ state: 'sending' }, { state: 'sending' }] })).batchId;
    const second = (await seedBatch(store, { rows: [{ state: 'sending', try: 2 }, { state: 'unknown' }] })).batchId;
    const late = [
      outcome(store, { batchId: second, number: 1, try: 1 }),
      outcome(store, { batchId: second, number: 2, try: 1 }),
      outcome(store, { batchId: first, number: 9, try: 1 }),
    ];
    const settled = await settleOutcomes(
      store.db.pool,
      [
        outcome(store, { batchId: first, number: 1, try: 1 }),
        outcome(store, { batchId: first, number: 2, try: 1 }),
        ...late,
      ],
      DAY,
    );
    expect(settled).toEqual(late);
    expect(await batchRow(store, first)).toMatchObject({ sent: 2, open: false });
    expect(await countsAgree(store, second)).toBe(true);
    // Written twice, as after a COMMIT whose answer was lost: nothing is counted twice.
    const again = outcome(store, { batchId: first, number: 1, try: 1 });
    expect(await settleOutcomes(store.db.pool, [again], DAY)).toEqual([again]);
    await settleLateOutcomes(store.db.pool, [again], DAY);
    expect((await deliveriesOf(store, first))[0]).toMatchObject({ state: 'sent', attempts: 1 });
    expect(await countsAgree(store, first)).toBe(true);
  });

  test('write an attempt row for all but a first accepted try', async () => {
    const { batchId } = await seedBatch(store, {
      rows: [{ state: 'sending' }, { state: 'sending', try: 2, attempts: 1 }, { state: 'sending' }],
    });
    await settleOutcomes(
      store.db.pool,
      [
        outcome(store, { batchId, number: 1, try: 1 }),
        outcome(store, { batchId, number: 2, try: 2 }),
        outcome(
          store,
          { batchId, number: 3, try: 1 },
          { state: 'failed', word: 'rejected', code: '131026', message: 'no', providerMessageId: null },
        ),
      ],
      DAY,
    );
    const { rows } = await store.db.pool.query(
      'SELECT number, try, outcome, code, message, provider_message_id FROM attempts WHERE batch_id = $1 ORDER BY number',
      [batchId],
    );
    expect(rows).toEqual([
      { number: 2, try: 2, outcome: 'accepted', code: null, message: null, provider_message_id: `wamid.${batchId}.2` },
      { number: 3, try: 1, outcome: 'rejected', code: '131026', message: 'no', provider_message_id: null },
    ]);
  });

  test('that come after a report add only the id of the provider', async () => {
    const { batchId } = await seedBatch(store, { rows: [{ state: 'sending' }] });
    await apply(report(batchId, { providerMessageId: null }));
    const one = outcome(store, { batchId, number: 1, try: 1 });
    expect(await settleOutcomes(store.db.pool, [one], DAY)).toEqual([one]);
    await settleLateOutcomes(store.db.pool, [one], DAY);
    expect((await deliveriesOf(store, batchId))[0]).toMatchObject({
      state: 'delivered',
      provider_message_id: one.providerMessageId,
    });
    expect(await countsAgree(store, batchId)).toBe(true);
  });

  test('that come after the lease ran out settle the unknown row and its attempt', async () => {
    const { batchId } = await seedBatch(store, {
      rows: [{ state: 'unknown' }],
      unknownAction: 'fail',
      unknownAfterSeconds: 60,
    });
    await store.db.pool.query(
      `INSERT INTO attempts (account_id, batch_id, number, try, day, outcome, code, ended_at)
       VALUES ($1, $2, 1, 1, $3, 'unknown', 'lease_expired', now())`,
      [store.account.accountId, batchId, DAY],
    );
    const moves = await settleLateOutcomes(store.db.pool, [outcome(store, { batchId, number: 1, try: 1 })], DAY);
    expect(moves).toEqual([{ batchId, number: 1, try: 1, from: 'unknown', to: 'sent' }]);
    expect(await batchRow(store, batchId)).toMatchObject({ settle_at: null, unknown: 0, sent: 1 });
    const { rows } = await store.db.pool.query('SELECT outcome, code FROM attempts WHERE batch_id = $1', [batchId]);
    expect(rows).toEqual([{ outcome: 'accepted', code: null }]);
  });

  test('that free a row nobody holds make its batch due and to be enqueued', async () => {
    const { batchId } = await seedBatch(store, { rows: [{ state: 'unknown' }], dueInMs: -60_000 });
    await store.db.pool.query('UPDATE batches SET enqueued_at = now() WHERE id = $1', [batchId]);
    const free = outcome(store, { batchId, number: 1, try: 1 }, { state: 'scheduled', word: 'retry', retryInMs: 0 });
    await settleLateOutcomes(store.db.pool, [free], DAY);
    expect(await batchRow(store, batchId)).toMatchObject({ open: true, enqueued_at: null, scheduled: 1 });
  });

  test('that free a row of a run that was cancelled and is complete do not leave it waiting for ever', async () => {
    const { batchId, runId, jobId } = await seedBatch(store, { rows: [{ state: 'unknown' }, { state: 'scheduled' }] });
    await cancelJob(store.db.pool, { accountId: store.account.accountId, jobId, actor: 'test' });
    await dropEndedRows(store.db.pool, 100);
    await completeRuns(store.db.pool, 100);
    const { rows } = await store.db.pool.query('SELECT state::text FROM runs WHERE id = $1', [runId]);
    expect(rows).toEqual([{ state: 'completed' }]);
    const free = outcome(store, { batchId, number: 1, try: 1 }, { state: 'scheduled', word: 'retry', retryInMs: 0 });
    await settleLateOutcomes(store.db.pool, [free], DAY);
    await dropEndedRows(store.db.pool, 100);
    expect((await deliveriesOf(store, batchId)).map((row) => row.state)).toEqual(['cancelled', 'cancelled']);
    expect(await countsAgree(store, batchId)).toBe(true);
  });
});

describe('reports', () => {
  test('doubled, shuffled and in one call or many lead to the same end', async () => {
    const orders: DeliveryReport['status'][][] = [
      ['sent', 'delivered', 'read'],
      ['read', 'sent', 'delivered'],
      ['delivered', 'delivered', 'sent'],
      ['read', 'read', 'read'],
      ['failed', 'delivered'],
    ];
    for (const order of orders) {
      const together = (await seedBatch(store, { rows: [{ state: 'sent' }] })).batchId;
      await apply(...order.map((status) => report(together, { status })));
      const apart = (await seedBatch(store, { rows: [{ state: 'sent' }] })).batchId;
      for (const status of order) await apply(report(apart, { status }));
      for (const id of [together, apart]) {
        expect((await deliveriesOf(store, id))[0]?.state).toBe('delivered');
        expect(await countsAgree(store, id)).toBe(true);
        const { rows } = await store.db.pool.query<{ stored: number }>(
          'SELECT count(*) AS stored FROM reports WHERE batch_id = $1',
          [id],
        );
        expect(rows[0]?.stored).toBe(new Set(order).size);
      }
    }
  });

  test('about nobody, or of another account, are not stored', async () => {
    const { batchId } = await seedBatch(store, { rows: [{ state: 'sent' }] });
    expect(await apply(report(batchId, { number: 2 }), report(999_999), report(batchId, { try: 2 }))).toEqual([]);
    expect(await applyReports(store.db.pool, store.account.accountId + 1, [report(batchId)], DAY)).toEqual([]);
    const { rows } = await store.db.pool.query('SELECT * FROM reports WHERE batch_id = ANY ($1)', [[batchId, 999_999]]);
    expect(rows).toEqual([]);
  });

  test('settle an unknown row, and the policy has nothing left to do', async () => {
    const { batchId } = await seedBatch(store, {
      rows: [{ state: 'unknown' }],
      unknownAction: 'resend',
      unknownAfterSeconds: 1,
    });
    await apply(report(batchId, { status: 'sent' }));
    expect(await batchRow(store, batchId)).toMatchObject({ settle_at: null, sent: 1 });
  });
});

describe('the policy for unknown outcomes', () => {
  const settle = () => settleUnknowns(store.db.pool, 100);

  test('hold leaves them', async () => {
    const { batchId } = await seedBatch(store, {
      rows: [{ state: 'unknown' }],
      unknownAction: 'hold',
      settledAgoMs: 1e9,
    });
    await settle();
    expect((await deliveriesOf(store, batchId))[0]?.state).toBe('unknown');
  });

  test('fail ends them', async () => {
    const { batchId } = await seedBatch(store, {
      rows: [{ state: 'unknown' }, { state: 'sent' }],
      unknownAction: 'fail',
    });
    expect(await settle()).toMatchObject({ failed: 1, resent: 0 });
    expect((await deliveriesOf(store, batchId))[0]).toMatchObject({
      state: 'failed',
      code: 'unknown_outcome',
      attempts: 1,
    });
    expect(await batchRow(store, batchId)).toMatchObject({ settle_at: null });
  });

  test('resend frees them while attempts are left, and fails them after', async () => {
    const { batchId } = await seedBatch(store, {
      rows: [{ state: 'unknown' }, { state: 'unknown', attempts: 2 }],
      unknownAction: 'resend',
      maxAttempts: 3,
    });
    const settled = await settle();
    expect(settled).toEqual({ failed: 1, resent: 1, channels: new Set(['whatsapp']) });
    const rows = await deliveriesOf(store, batchId);
    expect(rows.map((row) => [row.state, row.attempts])).toEqual([
      ['scheduled', 1],
      ['failed', 3],
    ]);
    expect(rows[0]?.due_in_ms).toBeLessThanOrEqual(0);
    expect(await countsAgree(store, batchId)).toBe(true);
  });

  test('resend frees nothing that has expired: it would end as skipped, which it may not have been', async () => {
    const { batchId } = await seedBatch(store, {
      rows: [{ state: 'unknown' }],
      unknownAction: 'resend',
      expiresInMs: -1_000,
    });
    expect(await settle()).toMatchObject({ failed: 1, resent: 0 });
    expect(await deliveriesOf(store, batchId)).toMatchObject([{ state: 'failed', code: 'unknown_outcome' }]);
  });

  test.each([
    ['delivered by an earlier try', ['delivered'], 'delivered'],
    ['accepted by an earlier try', ['sent'], 'sent'],
    ['not reached by an earlier try', ['sent', 'failed'], 'scheduled'],
  ] as const)('resend of what is meanwhile reported %s', async (_, statuses, state) => {
    const { batchId } = await seedBatch(store, {
      rows: [{ state: 'sending', try: 2 }],
      unknownAction: 'resend',
      unknownAfterSeconds: 0,
    });
    for (const status of statuses) await apply(report(batchId, { status, try: 1 }));
    await loseAnswer(batchId);
    expect(await settle()).toMatchObject({ failed: 0, resent: state === 'scheduled' ? 1 : 0 });
    expect(await deliveriesOf(store, batchId)).toMatchObject([{ state }]);
    expect(await countsAgree(store, batchId)).toBe(true);
    expect((await batchRow(store, batchId)).settle_at).toBeNull();
  });

  test('fail gives nobody up whom an earlier try is reported to have reached', async () => {
    const { batchId } = await seedBatch(store, {
      rows: [{ state: 'sending', try: 2 }],
      unknownAction: 'fail',
      unknownAfterSeconds: 0,
    });
    await apply(report(batchId, { status: 'delivered', try: 1 }));
    await loseAnswer(batchId);
    expect(await settle()).toMatchObject({ failed: 0, resent: 0 });
    expect(await deliveriesOf(store, batchId)).toMatchObject([{ state: 'delivered' }]);
  });

  test.each([
    ['cancelled', 'cancelled_at = carillon_now()'],
    ['skipped', `expires_at = carillon_now() - interval '1 second'`],
  ])('what was freed and then is to be %s is unknown again, and a report still settles it', async (_, ending) => {
    const { batchId, runId } = await seedBatch(store, {
      rows: [{ state: 'sending', try: 1 }, {}],
      unknownAction: 'resend',
      unknownAfterSeconds: 0,
    });
    const lost = outcome(store, { batchId, number: 1, try: 1 }, { state: 'unknown', word: 'unknown', code: 'timeout' });
    expect(await settleOutcomes(store.db.pool, [lost], DAY)).toEqual([]);
    expect(await settle()).toMatchObject({ resent: 1 });
    await store.db.pool.query('UPDATE runs SET cancelled_at = carillon_now() WHERE id = $1', [runId]);
    await store.db.pool.query(`UPDATE batches SET unknown_action = 'hold', ${ending} WHERE id = $1`, [batchId]);
    await dropEndedRows(store.db.pool, 100);
    const [freed, never] = await deliveriesOf(store, batchId);
    expect(freed).toMatchObject({ state: 'unknown', code: 'timeout' });
    expect(['cancelled', 'skipped']).toContain(never?.state);
    expect(await countsAgree(store, batchId)).toBe(true);
    const report = { day: DAY, batchId, number: 1, try: 1, status: 'delivered', code: null } as const;
    const told = { ...report, providerMessageId: 'w', reportedAtMs: 1e12 };
    await applyReports(store.db.pool, store.account.accountId, [told], DAY);
    expect((await deliveriesOf(store, batchId))[0]).toMatchObject({ state: 'delivered' });
  });

  test('waits until a row is old enough, and asks again when the eldest will be', async () => {
    const { batchId } = await seedBatch(store, {
      rows: [{ state: 'unknown' }],
      unknownAction: 'fail',
      unknownAfterSeconds: 100,
      settledAgoMs: 40_000,
    });
    expect(await settle()).toMatchObject({ failed: 0 });
    const { rows } = await store.db.pool.query<{ left: number }>(
      'SELECT extract(epoch FROM settle_at - carillon_now())::float8 AS left FROM batches WHERE id = $1',
      [batchId],
    );
    expect(Math.abs((rows[0]?.left ?? 0) - 60)).toBeLessThan(5);
  });

  test('by five sweepers at once is applied once', async () => {
    const { batchId } = await seedBatch(store, {
      rows: Array.from({ length: 50 }, () => ({ state: 'unknown' as const })),
      unknownAction: 'resend',
    });
    const results = await Promise.all(Array.from({ length: 5 }, settle));
    expect(results.reduce((sum, one) => sum + one.resent, 0)).toBe(50);
    expect((await deliveriesOf(store, batchId)).every((row) => row.attempts === 1)).toBe(true);
    expect(await countsAgree(store, batchId)).toBe(true);
  });
});

describe('ended rows', () => {
  test('of an expired batch are skipped with the reason; what is in the air stays', async () => {
    const { batchId } = await seedBatch(store, {
      rows: [{}, { state: 'sending' }, { state: 'sent' }, { dueInMs: 60_000 }],
      expiresInMs: -1,
    });
    expect((await dropEndedRows(store.db.pool, 100)).expired).toBe(2);
    expect((await deliveriesOf(store, batchId)).map((row) => [row.state, row.code])).toEqual([
      ['skipped', 'expired'],
      ['sending', null],
      ['sent', null],
      ['skipped', 'expired'],
    ]);
    expect(await countsAgree(store, batchId)).toBe(true);
  });

  test('of a cancelled job are cancelled; what is in the air ends first', async () => {
    const { batchId, runId, jobId } = await seedBatch(store, { rows: [{}, { state: 'sending' }] });
    const request = { accountId: store.account.accountId, jobId, actor: 'test' };
    expect(await cancelJob(store.db.pool, request)).toMatchObject({ kind: 'ok', status: 'cancelling', inTheAir: 1 });
    expect((await dropEndedRows(store.db.pool, 100)).cancelled).toBe(1);
    await completeRuns(store.db.pool, 100);
    const state = async () =>
      (await store.db.pool.query<{ state: string }>('SELECT state::text FROM runs WHERE id = $1', [runId])).rows[0]
        ?.state;
    expect(await state()).toBe('sending');
    // The call in the air was refused for now; there is no next time.
    const again = outcome(
      store,
      { batchId, number: 2, try: 1 },
      { state: 'scheduled', word: 'retry', retryInMs: 5_000 },
    );
    expect(await settleOutcomes(store.db.pool, [again], DAY)).toEqual([]);
    await dropEndedRows(store.db.pool, 100);
    expect((await deliveriesOf(store, batchId)).map((row) => row.state)).toEqual(['cancelled', 'cancelled']);
    await completeRuns(store.db.pool, 100);
    expect(await state()).toBe('completed');
    expect(await cancelJob(store.db.pool, request)).toMatchObject({ kind: 'ok', status: 'cancelled', inTheAir: 0 });
    expect(await resumeJob(store.db.pool, request)).toEqual({ kind: 'invalid_state', status: 'cancelled' });
  });
});

test('a run is complete when nothing is open and no policy is to come, and its job after it', async () => {
  const { batchId, runId, jobId } = await seedBatch(store, {
    rows: [{ state: 'unknown' }],
    unknownAction: 'fail',
    unknownAfterSeconds: 60,
  });
  const ends = async () => {
    await completeRuns(store.db.pool, 100);
    await completeJobs(store.db.pool, 100);
    const { rows } = await store.db.pool.query(
      'SELECT r.state::text AS run, j.status::text AS job FROM runs r JOIN jobs j ON j.id = r.job_id WHERE r.id = $1 AND j.id = $2',
      [runId, jobId],
    );
    return rows[0];
  };
  expect(await ends()).toEqual({ run: 'sending', job: 'active' });
  await store.db.pool.query(
    `UPDATE deliveries SET settled_at = settled_at - interval '2 minutes' WHERE batch_id = $1`,
    [batchId],
  );
  await settleUnknowns(store.db.pool, 100);
  expect(await ends()).toEqual({ run: 'completed', job: 'completed' });
});

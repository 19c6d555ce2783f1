/** What was paused, cancelled, changed or settled stays so, whatever is learnt of outcomes that nobody knew. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  applyReports,
  cancelJob,
  changeJob,
  claimDeliveries,
  completeJobs,
  completeRuns,
  countMissed,
  dropEndedRows,
  inTransaction,
  leaseBatch,
  pauseJob,
  readFamily,
  reopenJobs,
  resumeJob,
  runJobNow,
  settleLateOutcomes,
  settleUnknowns,
  settleUnknownsByHand,
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
  seedRun,
  type TestStore,
} from './rows.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openStore();
});
afterAll(() => store?.close());

const notTaken = { state: 'scheduled', word: 'retry', code: 'connection_lost', providerMessageId: null } as const;
const learn = (batchId: number) =>
  settleLateOutcomes(store.db.pool, [outcome(store, { batchId, number: 1, try: 1 }, notTaken)], DAY);
const resendByHand = (runId: number) =>
  settleUnknownsByHand(store.db.pool, {
    accountId: store.account.accountId,
    as: 'resend',
    filter: { runId },
    dryRun: false,
    note: undefined,
    actor: 'test',
  });
const control = (jobId: number) => ({ accountId: store.account.accountId, jobId, actor: 'test' });

/** What a sender would get of a batch: nothing where it cannot lease it. */
async function claimed(batchId: number): Promise<number> {
  await store.db.pool.query('UPDATE deliveries SET due_at = carillon_now() WHERE batch_id = $1', [batchId]);
  const { accountId } = store.account;
  const batch = await leaseBatch(store.db.pool, { accountId, batchId }, { leaseMs: 60_000, owner: 'test' });
  if (!batch) return 0;
  const rows = await claimDeliveries(store.db.pool, batch, { fromNumber: 1, limit: 100, neededLeaseMs: 1_000 });
  return rows.length;
}

async function runRow(runId: number) {
  const { rows } = await store.db.pool.query('SELECT state::text, paused_at, cancelled_at FROM runs WHERE id = $1', [
    runId,
  ]);
  return rows[0];
}

/** A run that was completed with an outcome that nobody knows, of a job that another run keeps open. */
async function endedInDoubt() {
  const seeded = await seedBatch(store, { rows: [{ state: 'unknown' }] });
  await completeRuns(store.db.pool, 100);
  const open = await store.db.pool.query<{ id: number }>(
    `INSERT INTO runs (account_id, job_id, occurrence_key, day, due_at, state, parent_run_id)
     SELECT account_id, job_id, 'resend:1', day, due_at, 'planned', id FROM runs WHERE id = $1 RETURNING id`,
    [seeded.runId],
  );
  return { ...seeded, openRunId: (open.rows[0] as { id: number }).id };
}

describe('an outcome that turns out not to have been sent', () => {
  test('is not tried again after the cancel', async () => {
    const { batchId, jobId, runId } = await seedBatch(store, { rows: [{ state: 'unknown' }] });
    expect(await cancelJob(store.db.pool, control(jobId))).toMatchObject({ status: 'cancelled' });
    await learn(batchId);
    expect(await claimed(batchId)).toBe(0);
    await dropEndedRows(store.db.pool, 100);
    expect((await deliveriesOf(store, batchId))[0]).toMatchObject({ state: 'cancelled', try: 1 });
    expect(await countsAgree(store, batchId)).toBe(true);
    await completeRuns(store.db.pool, 100);
    expect(await runRow(runId)).toMatchObject({ state: 'completed' });
  });

  test('waits until the job is resumed', async () => {
    const { batchId, jobId } = await seedBatch(store, { rows: [{ state: 'unknown' }] });
    await pauseJob(store.db.pool, control(jobId));
    await learn(batchId);
    expect(await claimed(batchId)).toBe(0);
    await resumeJob(store.db.pool, control(jobId));
    expect(await claimed(batchId)).toBe(1);
  });

  test('carries the flag into a run that was completed before', async () => {
    const paused = await endedInDoubt();
    await pauseJob(store.db.pool, control(paused.jobId));
    expect(await runRow(paused.runId)).toMatchObject({ state: 'completed', paused_at: null });
    await learn(paused.batchId);
    expect(await runRow(paused.runId)).toMatchObject({ state: 'sending', paused_at: expect.any(Date) });
    expect(await claimed(paused.batchId)).toBe(0);
    await resumeJob(store.db.pool, control(paused.jobId));
    expect(await runRow(paused.runId)).toMatchObject({ state: 'sending', paused_at: null });
    expect(await claimed(paused.batchId)).toBe(1);

    const cancelled = await endedInDoubt();
    await cancelJob(store.db.pool, control(cancelled.jobId));
    await learn(cancelled.batchId);
    expect(await claimed(cancelled.batchId)).toBe(0);
    await dropEndedRows(store.db.pool, 100);
    expect((await deliveriesOf(store, cancelled.batchId))[0]).toMatchObject({ state: 'cancelled' });
  });

  test('whether the cancel or the outcome comes first', async () => {
    for (let round = 0; round < 20; round++) {
      const { batchId, jobId, runId } = await endedInDoubt();
      await Promise.all([cancelJob(store.db.pool, control(jobId)), learn(batchId)]);
      expect(await claimed(batchId)).toBe(0);
      expect(await runRow(runId)).toMatchObject({ cancelled_at: expect.any(Date) });
    }
  });
});

describe('settling by hand', () => {
  test('sends nothing of a cancelled job once more, and of a paused one only when it is resumed', async () => {
    const cancelled = await seedBatch(store, { rows: [{ state: 'unknown' }] });
    await cancelJob(store.db.pool, control(cancelled.jobId));
    expect(await resendByHand(cancelled.runId)).toMatchObject({ settled: 0 });

    const paused = await seedBatch(store, { rows: [{ state: 'unknown' }] });
    await pauseJob(store.db.pool, control(paused.jobId));
    expect(await resendByHand(paused.runId)).toMatchObject({ settled: 1 });
    expect(await claimed(paused.batchId)).toBe(0);
    await resumeJob(store.db.pool, control(paused.jobId));
    expect(await claimed(paused.batchId)).toBe(1);
  });
});

describe('another policy for outcomes that nobody knows', () => {
  const policy = (action: 'hold' | 'fail' | 'resend', attempts = 5) => ({
    attempts,
    backoff: { initialMs: 1_000, factor: 2, maxMs: 60_000 },
    expireAfterMs: null,
    unknown: { action, afterSeconds: 1 },
    dedupeBy: 'address' as const,
    quietHours: 'respect' as const,
  });

  async function withPolicy(action: 'hold' | 'fail' | 'resend', seed: Partial<Parameters<typeof seedBatch>[1]> = {}) {
    const seeded = await seedBatch(store, {
      rows: [{ state: 'unknown' }, { dueInMs: 3_600_000 }],
      unknownAction: action,
      unknownAfterSeconds: 1,
      settledAgoMs: 60_000,
      ...seed,
    });
    const target = { everyone: false, audienceIds: [], recipientIds: [1, 2] };
    await store.db.pool.query('UPDATE jobs SET policy = $2, audience = $3 WHERE id = $1', [
      seeded.jobId,
      policy(action),
      { ...target, excludedAudienceIds: [], excludedRecipientIds: [] },
    ]);
    return seeded;
  }

  const change = (jobId: number, to: ReturnType<typeof policy>) =>
    changeJob(
      store.db.pool,
      { accountId: store.account.accountId, jobId, version: 1, actor: 'test', horizonMs: 300_000 },
      async () => ({ policy: to }),
    );

  test('holds what would have been sent again, and does not fail it', async () => {
    const open = await withPolicy('resend');
    const closed = await withPolicy('resend', { rows: [{ state: 'unknown' }] });
    for (const { jobId, batchId } of [open, closed]) {
      expect(await change(jobId, policy('hold'))).toMatchObject({ kind: 'changed' });
      expect(await batchRow(store, batchId)).toMatchObject({ unknown_action: 'hold', settle_at: null });
    }
    await settleUnknowns(store.db.pool, 100);
    expect((await deliveriesOf(store, open.batchId))[0]).toMatchObject({ state: 'unknown' });
    expect((await deliveriesOf(store, closed.batchId))[0]).toMatchObject({ state: 'unknown' });
  });

  test('takes up what was held', async () => {
    const { jobId, batchId } = await withPolicy('hold');
    await change(jobId, policy('fail'));
    await settleUnknowns(store.db.pool, 100);
    expect((await deliveriesOf(store, batchId))[0]).toMatchObject({ state: 'failed', code: 'unknown_outcome' });
    expect(await countsAgree(store, batchId)).toBe(true);
  });

  test('never sends again what a restore made unknown', async () => {
    const { jobId, batchId } = await withPolicy('resend');
    await store.db.pool.query(`UPDATE deliveries SET code = 'restored' WHERE batch_id = $1 AND state = 'unknown'`, [
      batchId,
    ]);
    await store.db.pool.query(`UPDATE batches SET unknown_action = 'hold', settle_at = NULL WHERE id = $1`, [batchId]);
    await change(jobId, policy('resend', 7));
    expect(await batchRow(store, batchId)).toMatchObject({ max_attempts: 7, unknown_action: 'hold', settle_at: null });
    await store.db.pool.query(`UPDATE jobs SET version = 1 WHERE id = $1`, [jobId]);
    await change(jobId, policy('fail', 7));
    await settleUnknowns(store.db.pool, 100);
    expect((await deliveriesOf(store, batchId))[0]).toMatchObject({ state: 'unknown', code: 'restored' });
    expect(await batchRow(store, batchId)).toMatchObject({ settle_at: null });
  });
});

describe('those missed', () => {
  const missedOf = async (runId: number, includeFailedByReport: boolean) => {
    const { accountId } = store.account;
    const family = await readFamily(store.db.pool, accountId, runId);
    if (!family) throw new Error('no family');
    return await countMissed(store.db.pool, { accountId, family, options: { includeFailedByReport } });
  };

  /** A run whose outcomes nobody knew, given up by a person. */
  async function givenUp(people: number) {
    const { runId } = await seedRun(store);
    const rows = Array.from({ length: people }, () => ({ state: 'unknown' as const }));
    const { batchId } = await seedBatch(store, { runId, rows });
    await store.db.pool.query(
      `WITH person AS (
         INSERT INTO recipients (account_id, external_id)
         SELECT account_id, batch_id || '.' || number FROM deliveries WHERE batch_id = $1 RETURNING id, external_id
       ) UPDATE deliveries d SET recipient_id = p.id FROM person p WHERE p.external_id = d.batch_id || '.' || d.number`,
      [batchId],
    );
    await settleUnknownsByHand(store.db.pool, {
      accountId: store.account.accountId,
      as: 'failed',
      filter: { runId },
      dryRun: false,
      note: undefined,
      actor: 'test',
    });
    return { runId, batchId };
  }

  const reported = (batchId: number, number: number, status: 'sent' | 'delivered' | 'failed') =>
    applyReports(store.db.pool, store.account.accountId, [report(batchId, { number, status })], DAY);

  test('are not those of whom the provider reported, after they were given up, that they have it', async () => {
    const { runId, batchId } = await givenUp(4);
    expect(await missedOf(runId, false)).toBe(4);
    await reported(batchId, 1, 'delivered');
    await reported(batchId, 2, 'sent');
    await reported(batchId, 3, 'failed');
    expect(await missedOf(runId, false)).toBe(2);
    expect(await missedOf(runId, true)).toBe(3);
  });

  test('are not those who were deleted since', async () => {
    const { runId, batchId } = await givenUp(2);
    await store.db.pool.query('UPDATE recipients SET deleted_at = carillon_now() WHERE external_id = $1', [
      `${batchId}.1`,
    ]);
    expect(await missedOf(runId, false)).toBe(1);
  });
});

describe('a job that was paused and completed, and whose run goes on', () => {
  /** Completed with one outcome unknown, as every sweep would; then that is known not to have been sent. */
  async function goesOn(meanwhile: (jobId: number) => Promise<unknown> = async () => {}) {
    const { batchId, jobId, runId } = await seedBatch(store, { rows: [{ state: 'unknown', try: 1 }] });
    await pauseJob(store.db.pool, control(jobId));
    await completeRuns(store.db.pool, 100);
    await completeJobs(store.db.pool, 100);
    await meanwhile(jobId);
    await learn(batchId);
    await reopenJobs(store.db.pool, 100);
    return { batchId, jobId, runId };
  }
  const statusOf = async (jobId: number) =>
    (await store.db.pool.query('SELECT status FROM jobs WHERE id = $1', [jobId])).rows[0].status;

  test('is paused again, and can be resumed', async () => {
    const { batchId, jobId } = await goesOn();
    expect(await statusOf(jobId)).toBe('paused');
    expect(await claimed(batchId)).toBe(0);
    await resumeJob(store.db.pool, control(jobId));
    expect(await claimed(batchId)).toBe(1);
  });

  test('goes on by a resume also when another run made the job active meanwhile', async () => {
    const { batchId, jobId } = await goesOn((id) =>
      inTransaction(store.db.pool, (client) => runJobNow(client, control(id))),
    );
    expect(await statusOf(jobId)).toBe('active');
    expect(await claimed(batchId)).toBe(0);
    await resumeJob(store.db.pool, control(jobId));
    expect(await claimed(batchId)).toBe(1);
  });
});

/** A restored database: how it is recognised, and that what was due since the backup is never simply sent. */

import { seedAnnouncement, seedPeople } from '@carillon/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  applyReports,
  cancelJob,
  checkMarker,
  claimDeliveries,
  dropEndedRows,
  findLostCalls,
  placeHold,
  readDatabaseTime,
  recogniseDatabase,
  releaseHold,
  resumeJob,
  settleRestored,
  settleUnknowns,
  settleUnknownsByHand,
} from '../src/index.ts';
import { countsAgree, DAY, leaseOf, openStore, seedBatch, type TestStore } from './rows.ts';
import { every, scheduledJob } from './scheduleRows.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openStore();
});
afterAll(async () => {
  await store?.close();
});
beforeEach(async () => {
  await store.db.pool.query('DELETE FROM holds');
  await store.db.pool.query(
    'UPDATE installation SET database_identity = NULL, restored_at = NULL, restore_settled_at = NULL',
  );
});

const recognise = (options: Partial<Parameters<typeof recogniseDatabase>[1]> = {}) =>
  recogniseDatabase(store.db.pool, { hold: false, redis: undefined, ...options });
const holds = async (): Promise<number> => (await store.db.pool.query('SELECT 1 FROM holds')).rowCount ?? 0;

describe('recognising', () => {
  test('a first start, and every later one', async () => {
    expect(await recognise()).toEqual({ kind: 'first' });
    expect(await recognise()).toEqual({ kind: 'known' });
    expect(await holds()).toBe(0);
  });

  test('a dump in another database: held at once, by however many services start', async () => {
    await store.db.pool.query(`UPDATE installation SET database_identity = 'another/1'`);
    const found = await Promise.all(Array.from({ length: 5 }, () => recognise()));
    expect(found.filter((one) => one.kind === 'restored')).toEqual([{ kind: 'restored', reason: 'other_database' }]);
    expect(await holds()).toBe(1);
  });

  test('a Redis that remembers later beats; some beats ahead are a failed commit', async () => {
    await recognise();
    const { rows } = await store.db.pool.query('SELECT redis_epoch, redis_beat FROM installation');
    const { redis_epoch: epoch, redis_beat: beat } = rows[0];
    expect(await recognise({ redis: { epoch, beat: beat + 3 } })).toEqual({ kind: 'known' });
    expect(await recognise({ redis: { epoch: 'foreign', beat: beat + 3_000 } })).toEqual({ kind: 'known' });
    expect(await recognise({ redis: { epoch, beat: beat + 500 } })).toEqual({
      kind: 'restored',
      reason: 'redis_ahead',
    });
    expect(await recognise({ redis: { epoch, beat: beat + 500 } })).toEqual({ kind: 'known' });
  });

  test('under running services, by the next beat', async () => {
    await recognise();
    const { rows } = await store.db.pool.query('SELECT redis_epoch, redis_beat FROM installation');
    const marker = { epoch: rows[0].redis_epoch as string, beat: (rows[0].redis_beat as number) + 500 };
    const redis = { read: async () => marker, replace: async () => true };
    const lost = async (): Promise<void> => {
      throw new Error('nothing was lost');
    };
    expect(await checkMarker(store.db.pool, redis, lost)).toEqual({ kind: 'restored' });
    expect(await holds()).toBe(1);
    expect(await checkMarker(store.db.pool, redis, lost)).toEqual({ kind: 'intact' });
  });

  test('leaves a gap in every number, so that late reports meet nothing', async () => {
    const { batchId } = await seedBatch(store, { rows: [{ state: 'sent' }] });
    await store.db.pool.query(`UPDATE installation SET database_identity = 'another/1'`);
    await recognise();
    const next = await seedBatch(store, { rows: [{ state: 'sent' }] });
    expect(next.batchId).toBeGreaterThan(batchId + 900_000);
  });

  test('CARILLON_HOLD holds whatever is found', async () => {
    expect(await recognise({ hold: true })).toEqual({ kind: 'first' });
    expect(await holds()).toBe(1);
  });
});

describe('settling', () => {
  const by = { actor: 'test', auditAccountId: undefined };
  const everything = { accountId: null, channel: null, reason: 'restored' };
  const states = async (batchId: number) =>
    (
      await store.db.pool.query('SELECT state::text, code FROM deliveries WHERE batch_id = $1 ORDER BY number', [
        batchId,
      ])
    ).rows.map((row) => [row.state, row.code]);

  test('is refused while nothing is held', async () => {
    expect(await settleRestored(store.db.pool)).toEqual({ kind: 'not_held' });
  });

  test('what was due is unknown, what is due later stays, and the hold is not released before', async () => {
    await store.db.pool.query(`UPDATE installation SET database_identity = 'another/1'`);
    const due = await seedBatch(store, { rows: [{ dueInMs: -1_000 }, { state: 'sent' }, { dueInMs: 3_600_000 }] });
    const later = await seedBatch(store, { rows: [{ dueInMs: 3_600_000 }], dueInMs: 3_600_000 });
    await recognise();
    const { rows } = await store.db.pool.query<{ id: number }>('SELECT id FROM holds');
    const holdId = (rows[0] as { id: number }).id;
    expect(await releaseHold(store.db.pool, { id: holdId, accountId: undefined }, by)).toEqual({ kind: 'unsettled' });
    const result = await settleRestored(store.db.pool);
    expect(result).toMatchObject({ kind: 'settled', unknown: 1 });
    expect(await states(due.batchId)).toEqual([
      ['unknown', 'restored'],
      ['sent', null],
      ['scheduled', null],
    ]);
    expect(await states(later.batchId)).toEqual([['scheduled', null]]);
    expect(await settleRestored(store.db.pool)).toMatchObject({ kind: 'settled', unknown: 0 });
    expect(await releaseHold(store.db.pool, { id: holdId, accountId: undefined }, by)).toMatchObject({
      kind: 'released',
    });
  });

  test('a report about a try that the backup does not know settles its row; one of a failure does not', async () => {
    await store.db.pool.query(`UPDATE installation SET database_identity = 'another/1'`);
    const { batchId } = await seedBatch(store, { rows: [{}, {}, {}] });
    await recognise();
    await settleRestored(store.db.pool);
    const report = { day: DAY, batchId, code: null, providerMessageId: 'wamid.later', reportedAtMs: Date.now() };
    const reports = [
      { ...report, number: 1, try: 1, status: 'sent' as const },
      { ...report, number: 1, try: 2, status: 'delivered' as const },
      { ...report, number: 2, try: 1, status: 'failed' as const },
    ];
    await applyReports(store.db.pool, store.account.accountId, reports, DAY);
    expect((await states(batchId)).map(([state]) => state)).toEqual([
      expect.stringMatching(/^(sent|delivered)$/),
      'unknown',
      'unknown',
    ]);
    const counts = await store.db.pool.query('SELECT sent + delivered AS told, unknown FROM batches WHERE id = $1', [
      batchId,
    ]);
    expect(counts.rows[0]).toEqual({ told: 1, unknown: 2 });
  });

  test('a check that was unknown already is looked up for what came after the backup too; a message is as it was', async () => {
    const seeded = { rows: [{ state: 'unknown', try: 1 }], settledAgoMs: 60_000 } as const;
    const [check, message] = [await seedBatch(store, seeded), await seedBatch(store, seeded)];
    await store.db.pool.query(`UPDATE batches SET channel = 'email_check' WHERE id = $1`, [check.batchId]);
    const { hold } = await placeHold(store.db.pool, everything, by);
    expect(await settleRestored(store.db.pool)).toMatchObject({ kind: 'settled', unknown: 0 });
    await releaseHold(store.db.pool, { id: hold.id, accountId: undefined }, by);
    expect(await states(check.batchId)).toEqual([['unknown', 'restored']]);
    expect(await states(message.batchId)).toEqual([['unknown', null]]);
    expect(await countsAgree(store, check.batchId)).toBe(true);
    const lost = await findLostCalls(store.db.pool, { channel: 'email_check', settledMs: 0, limit: 10 });
    expect(lost.find(({ batchId }) => batchId === check.batchId)?.lostTries).toContain(2);
  });

  test("a job's policy to resend does not apply, neither under the hold nor after", async () => {
    const old = await seedBatch(store, {
      rows: [{ state: 'unknown', try: 1 }],
      unknownAction: 'resend',
      settledAgoMs: 60_000,
    });
    const due = await seedBatch(store, { rows: [{}], unknownAction: 'resend' });
    const { hold } = await placeHold(store.db.pool, everything, by);
    expect(await settleUnknowns(store.db.pool, 100)).toMatchObject({ resent: 0, failed: 0 });
    await settleRestored(store.db.pool);
    await releaseHold(store.db.pool, { id: hold.id, accountId: undefined }, by);
    expect(await settleUnknowns(store.db.pool, 100)).toMatchObject({ resent: 0, failed: 0 });
    expect((await states(old.batchId))[0]?.[0]).toBe('unknown');
    expect((await states(due.batchId))[0]?.[0]).toBe('unknown');
  });

  test('what a person frees for another try is settled by a report, and never said not to have been sent', async () => {
    const { accountId } = store.account;
    await store.db.pool.query(`UPDATE installation SET database_identity = 'another/1'`);
    const reported = await seedBatch(store, { rows: [{}] });
    const suppressed = await seedBatch(store, { rows: [{}] });
    const cancelled = await seedBatch(store, { rows: [{}] });
    await recognise();
    await settleRestored(store.db.pool);
    await store.db.pool.query('DELETE FROM holds');
    const free = { accountId, as: 'resend', dryRun: false, note: undefined, actor: 'test' } as const;
    for (const { runId } of [reported, suppressed, cancelled]) {
      expect(await settleUnknownsByHand(store.db.pool, { ...free, filter: { runId } })).toMatchObject({ settled: 1 });
    }
    const accepted = { day: DAY, batchId: reported.batchId, number: 1, try: 2, status: 'sent' as const };
    const report = { ...accepted, code: null, providerMessageId: 'wamid.later', reportedAtMs: Date.now() };
    await applyReports(store.db.pool, accountId, [report], DAY);
    expect((await states(reported.batchId))[0]?.[0]).toBe('sent');

    await store.db.pool.query(
      `INSERT INTO suppressions (account_id, channel, address_key, reason, source)
       SELECT account_id, 'whatsapp', dedupe_key, 'unsubscribed', 'link' FROM deliveries WHERE batch_id = $1`,
      [suppressed.batchId],
    );
    const batch = await leaseOf(store, suppressed.batchId);
    const claim = await claimDeliveries(store.db.pool, batch, { fromNumber: 1, limit: 9, neededLeaseMs: 1_000 });
    expect(claim).toMatchObject([{ withheld: true }]);
    expect(await states(suppressed.batchId)).toEqual([['unknown', 'restored']]);

    await cancelJob(store.db.pool, { accountId, jobId: cancelled.jobId, actor: 'test' });
    await dropEndedRows(store.db.pool, 100);
    expect(await states(cancelled.batchId)).toEqual([['unknown', 'restored']]);
  });

  test('a job that was paused in the backup is unknown too, when it may have been resumed since', async () => {
    const { pool } = store.db;
    const { accountId } = store.account;
    const { audienceId } = await seedPeople(pool, accountId, { count: 3, addressPepper: new Uint8Array(32) });
    const one = (await pool.query<{ id: number }>('SELECT id FROM recipients ORDER BY id LIMIT 1')).rows[0]?.id;
    const several = await seedAnnouncement(pool, store.account, { audienceId });
    const single = await seedAnnouncement(pool, store.account, { audienceId });
    await pool.query('DELETE FROM runs WHERE job_id = ANY ($1)', [[several.jobId, single.jobId]]);
    await pool.query(`UPDATE jobs SET audience = $2 WHERE id = $1`, [single.jobId, { recipientIds: [one] }]);
    await pool.query(
      `UPDATE jobs SET status = 'paused', next_run_at = carillon_now() - interval '1 minute' WHERE id = ANY ($1)`,
      [[several.jobId, single.jobId]],
    );
    await pool.query(`UPDATE installation SET database_identity = 'another/1'`);
    await recognise();
    expect(await settleRestored(pool)).toMatchObject({ kind: 'settled', unknown: 4 });
    for (const { jobId } of [several, single]) {
      const { rows } = await pool.query(
        `SELECT b.scheduled, b.unknown > 0 AS unknown, r.paused_at IS NOT NULL AS paused, j.status::text
         FROM jobs j JOIN runs r ON r.job_id = j.id JOIN batches b ON b.run_id = r.id WHERE j.id = $1`,
        [jobId],
      );
      expect(rows).toEqual([{ scheduled: 0, unknown: true, paused: true, status: 'paused' }]);
      await resumeJob(pool, { accountId, jobId, actor: 'test' });
    }
    const { rows } = await pool.query('SELECT 1 FROM jobs WHERE next_run_at IS NOT NULL');
    expect(rows).toEqual([]);
  });

  test('of jobs that come again what came due since is unknown, and goes on afterwards; of paused ones it is left out', async () => {
    const nowMs = await readDatabaseTime(store.db.pool);
    const hourly = every(3_600, Math.floor(nowMs / 1000) * 1000 - 3 * 3_600_000);
    const going = await scheduledJob(store, hourly, { afterMs: nowMs - 2.5 * 3_600_000 });
    const paused = await scheduledJob(store, hourly, { afterMs: nowMs - 2.5 * 3_600_000 });
    await store.db.pool.query(`UPDATE jobs SET status = 'paused' WHERE id = $1`, [paused]);
    await recognise({ hold: true });
    await settleRestored(store.db.pool);
    const { rows } = await store.db.pool.query(
      `SELECT r.job_id, d.state::text, r.left_out FROM runs r LEFT JOIN deliveries d ON d.run_id = r.id
       WHERE r.job_id = ANY ($1::bigint[]) AND (r.left_out IS NULL OR r.job_id = $2) ORDER BY r.id`,
      [[going, paused], paused],
    );
    expect(rows.filter((row) => row.job_id === going).every((row) => row.state === 'unknown')).toBe(true);
    expect(rows.some((row) => row.job_id === going)).toBe(true);
    expect(rows.filter((row) => row.job_id === paused)).toEqual([{ job_id: paused, state: null, left_out: 'missed' }]);
    for (const jobId of [going, paused]) {
      const next = await store.db.pool.query('SELECT next_run_at > carillon_now() AS ahead FROM jobs WHERE id = $1', [
        jobId,
      ]);
      expect(next.rows[0].ahead).toBe(true);
    }
  });
});

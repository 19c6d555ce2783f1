/** What the status tells: what waits and why, for the installation and for one account, without reading what is over. */
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  createDatabase,
  inAccount,
  placeHold,
  readStatus,
  recordRescue,
  STATUS_REASONS,
  type Status,
} from '../src/index.ts';
import { openStore, seedBatch, seedRun, type TestStore } from './rows.ts';

let store: TestStore;
beforeEach(async () => {
  store = await openStore();
});
afterEach(() => store.close());

const AGO = { late: -40_000, veryLate: -200_000 };
const scheduled = (count: number) => Array.from({ length: count }, () => ({}));
const whatsapp = (status: Status) => status.channels.find((each) => each.channel === 'whatsapp');
const codes = (status: Status) => status.reasons.map((reason) => `${reason.severity} ${reason.code}`);

async function set(sql: string): Promise<void> {
  await store.db.pool.query(sql);
}

describe('the status of the installation', () => {
  test('is healthy when nothing is due, and when what is due has only just become so', async () => {
    expect(await readStatus(store.db.pool)).toMatchObject({ scope: 'installation', healthy: true, reasons: [] });
    await seedBatch(store, { rows: scheduled(3), dueInMs: -1_000 });
    const status = await readStatus(store.db.pool);
    expect(codes(status)).toEqual([]);
    expect(whatsapp(status)?.due).toMatchObject({ deliveries: 3, batches: 1, more: false });
  });

  test('is late by what nobody began with, and a failure when that goes on', async () => {
    await seedBatch(store, { rows: scheduled(3), dueInMs: AGO.late });
    expect(codes(await readStatus(store.db.pool))).toEqual(['warning late']);
    await seedBatch(store, { rows: scheduled(2), dueInMs: AGO.veryLate, single: true });
    const status = await readStatus(store.db.pool);
    expect(status).toMatchObject({ healthy: false, level: 'problem' });
    expect(status.reasons[0]).toMatchObject({ code: 'late', docs: 'docs/operations.md#carillonlate' });
    expect(status.reasons[0]?.summary).toContain(
      '5 deliveries are due and nobody began with them; the oldest was due 3 min ago',
    );
  });

  test('is not late by the rest of a run that is being sent', async () => {
    const { runId, batchId } = await seedBatch(store, { rows: scheduled(3), dueInMs: AGO.veryLate });
    await seedBatch(store, { rows: scheduled(4), dueInMs: AGO.veryLate, runId });
    await set(`UPDATE batches SET enqueued_at = carillon_now() - interval '3 minutes'`);
    expect(codes(await readStatus(store.db.pool))).toEqual(['critical late', 'warning missing_from_redis']);
    await set(`UPDATE batches SET lease_until = carillon_now() + interval '20 seconds' WHERE id = ${batchId}`);
    const status = await readStatus(store.db.pool);
    expect(codes(status)).toEqual([]);
    expect(whatsapp(status)).toMatchObject({
      due: { deliveries: 4 },
      late: { deliveries: 0, oldestMs: null },
      missing: { batches: 0 },
    });
  });

  test('tells what a hold, a pause and a paused queue keep back, and does not call it late', async () => {
    await seedBatch(store, { rows: scheduled(3), dueInMs: AGO.veryLate });
    const by = { actor: 'test', auditAccountId: undefined };
    await placeHold(store.db.pool, { accountId: null, channel: 'whatsapp', reason: 'drill' }, by);
    const held = await readStatus(store.db.pool);
    expect(codes(held)).toEqual(['warning held']);
    expect(held.reasons[0]?.summary).toContain('WhatsApp. 3 deliveries wait.');
    expect(whatsapp(held)).toMatchObject({ held: 3, due: { deliveries: 0 } });

    await set('DELETE FROM holds');
    await set(`INSERT INTO queue_settings (queue, paused) VALUES ('send-whatsapp', true)`);
    expect(codes(await readStatus(store.db.pool))).toEqual(['warning queue_paused']);

    await set('DELETE FROM queue_settings');
    await set('UPDATE batches SET paused_at = carillon_now()');
    await set('UPDATE runs SET paused_at = carillon_now()');
    expect(codes(await readStatus(store.db.pool))).toEqual(['notice run_paused']);
    await set(`UPDATE runs SET pause_reason = 'account locked'`);
    expect(codes(await readStatus(store.db.pool))).toEqual(['critical paused_by_provider']);
  });

  test('tells of services that are missing, of repairs, of unknown outcomes and of a restore', async () => {
    const { batchId } = await seedBatch(store, {
      rows: [{ state: 'sending' }, { state: 'unknown' }],
      dueInMs: AGO.late,
    });
    await set(
      `UPDATE batches SET enqueued_at = carillon_now(), lease_until = carillon_now() - interval '1 minute' WHERE id = ${batchId}`,
    );
    expect(codes(await readStatus(store.db.pool))).toEqual(['critical leases_expired', 'warning unknown_outcomes']);

    await set('UPDATE batches SET lease_until = NULL, sending = 0, unknown = 2');
    await set(`INSERT INTO jobs (account_id, name, kind, channel, provider_account_id, trigger, audience, policy, next_run_at)
               VALUES (${store.account.accountId}, 'j', 'message', 'whatsapp', 1, '{}', '{}', '{}', carillon_now() - interval '5 minutes')`);
    await recordRescue(store.db.pool, 'lease', 4);
    await recordRescue(store.db.pool, 'lease', 3);
    const status = await readStatus(store.db.pool);
    expect(codes(status)).toEqual(['critical unplanned', 'warning unknown_outcomes', 'warning rescues']);
    expect(status.rescues).toEqual([{ kind: 'lease', rows: 7, lastAtMs: expect.any(Number) }]);
    expect(whatsapp(status)?.unknown).toBe(2);

    await set('UPDATE installation SET restored_at = carillon_now()');
    expect(codes(await readStatus(store.db.pool))[0]).toBe('critical restored_unsettled');
    await set('UPDATE installation SET restore_settled_at = carillon_now()');
    expect(codes(await readStatus(store.db.pool))).not.toContain('critical restored_unsettled');
  });

  test('has each run with its counts, its pace and when it ends', async () => {
    const { runId } = await seedRun(store);
    await seedBatch(store, {
      runId,
      rows: [...scheduled(6), { state: 'sent' }, { state: 'sent' }, { state: 'failed' }],
    });
    await set(
      `UPDATE runs SET due_at = carillon_now() - interval '100 seconds', expanded_at = carillon_now() - interval '100 seconds', people = 9`,
    );
    const { runs, nowMs, openRuns } = await readStatus(store.db.pool);
    expect({ count: runs.length, openRuns }).toEqual({ count: 1, openRuns: 1 });
    expect(runs[0]).toMatchObject({ runId, size: 9, state: 'sending', counts: { scheduled: 6, sent: 2, failed: 1 } });
    expect(runs[0]?.perSecond).toBeCloseTo(0.03, 2);
    expect((runs[0]?.finishAtMs ?? 0) - nowMs).toBeGreaterThan(150_000);
    expect((runs[0]?.finishAtMs ?? 0) - nowMs).toBeLessThan(250_000);

    // Notices that wait for an endpoint are nobody's run: neither listed nor counted.
    await set(`UPDATE jobs SET kind = 'notice'`);
    expect(await readStatus(store.db.pool)).toMatchObject({ runs: [], openRuns: 0 });
    await set(`UPDATE jobs SET kind = 'message'`);

    await set(`UPDATE runs SET state = 'completed', completed_at = carillon_now()`);
    const after = await readStatus(store.db.pool);
    expect([after.runs.length, after.finishedRuns.map((run) => run.runId)]).toEqual([0, [runId]]);
    await set('UPDATE runs SET people = 1');
    expect((await readStatus(store.db.pool)).finishedRuns).toEqual([]);
  });

  test('reads nothing that is over', async () => {
    const { runId, jobId } = await seedRun(store);
    const { accountId, providerAccountId } = store.account;
    await set(`INSERT INTO batches (account_id, run_id, job_id, day, channel, provider_account_id, size, due_at, scheduled, sent)
               SELECT ${accountId}, ${runId} + 1, ${jobId}, '2026-11-20', 'whatsapp', ${providerAccountId}, 10, carillon_now(), 0, 10
               FROM generate_series(1, 30000)`);
    await set(`INSERT INTO runs (account_id, job_id, occurrence_key, day, due_at, state, completed_at, people)
               SELECT ${accountId}, ${jobId}, n, '2026-11-20', carillon_now(), 'completed', carillon_now() - interval '3 days', 5
               FROM generate_series(1, 20000) n`);
    await seedBatch(store, { rows: [...scheduled(2), { state: 'unknown' }], dueInMs: AGO.late });
    await set('ANALYZE');
    const lone = createDatabase({ url: store.url, max: 1, role: 'worker', applicationName: 'status-test' });
    try {
      const scans = async () => {
        await lone.pool.query('SELECT pg_stat_force_next_flush()');
        const { rows } = await lone.pool.query<{ seq: number }>(
          `SELECT sum(seq_scan)::int AS seq FROM pg_stat_user_tables WHERE relname IN ('batches', 'runs')`,
        );
        return rows[0]?.seq;
      };
      const before = await scans();
      expect(codes(await readStatus(lone.pool))).toEqual(['warning late', 'warning unknown_outcomes']);
      await readStatus(lone.pool, { accountId });
      expect(await scans()).toBe(before);
    } finally {
      await lone.close();
    }
  });
});

describe('the status of an account', () => {
  test('is its own, with the rights that its requests have', async () => {
    const { rows } = await store.db.pool.query<{ id: number }>(
      `INSERT INTO accounts (name) VALUES ('other') RETURNING id`,
    );
    const other = rows[0]?.id as number;
    await seedBatch(store, { rows: [...scheduled(3), { state: 'unknown' }], dueInMs: AGO.late });
    await recordRescue(store.db.pool, 'lease', 4);
    await set(`INSERT INTO holds (account_id, channel, reason) VALUES (${store.account.accountId}, 'email', 'mine')`);
    const app = createDatabase({ url: store.url, max: 2, role: 'app', applicationName: 'status-test' });
    try {
      const of = (accountId: number) => inAccount({ accountId }, () => readStatus(app.pool, { accountId }));
      const own = await of(store.account.accountId);
      expect(own.scope).toBe('account');
      expect(codes(own)).toEqual(['warning late', 'warning held', 'warning unknown_outcomes']);
      expect(whatsapp(own)).toMatchObject({ due: { deliveries: 3 }, unknown: 1, series: null });
      expect(own.runs).toHaveLength(1);
      expect(own.rescues).toEqual([]);
      const foreign = await of(other);
      expect(foreign).toMatchObject({ healthy: true, reasons: [], runs: [], openRuns: 0, holds: [] });
      // The rows are kept apart by the database too, whichever account is asked for.
      const forged = await inAccount({ accountId: other }, () =>
        readStatus(app.pool, { accountId: store.account.accountId }),
      );
      expect(forged).toMatchObject({ healthy: true, runs: [], holds: [] });
    } finally {
      await app.close();
    }
  });
});

test('every reason is explained where it says', () => {
  const operations = readFileSync(new URL('../../../docs/operations.md', import.meta.url), 'utf8');
  const anchors = new Set(
    [...operations.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => title.toLowerCase().replaceAll(' ', '-')),
  );
  for (const [code, docs] of Object.entries(STATUS_REASONS))
    expect({ code, explained: anchors.has(docs.split('#')[1] ?? '') }).toEqual({ code, explained: true });
});

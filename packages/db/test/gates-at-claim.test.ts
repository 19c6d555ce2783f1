/**
 * What a claim asks beside suppressions: whether a recipient's date is still the one that was planned for, and what the verdict on
 * an address says. Each gate is shown to let through, to withhold, and to wait.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { claimDeliveries, claimSingles, leaseSingles, releaseBatch, releaseSingles } from '../src/index.ts';
import { batchRow, countsAgree, deliveriesOf, leaseOf, openStore, seedBatch, type TestStore } from './rows.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openStore();
});
afterAll(() => store?.close());

const claim = { fromNumber: 1, limit: 10, neededLeaseMs: 1_000 };
const query = (text: string, values: unknown[] = []) => store.db.pool.query(text, values);

/** A dated batch with a row for each recipient id, planned for what `planned` says. */
async function dated(rows: readonly { recipient: number; planned: string; now?: string; anniversary?: string }[]) {
  const seeded = await seedBatch(store, { rows: rows.map(() => ({})) });
  await query('UPDATE batches SET dated = true WHERE id = $1', [seeded.batchId]);
  for (const [index, row] of rows.entries()) {
    await query('UPDATE deliveries SET recipient_id = $3 WHERE batch_id = $1 AND number = $2', [
      seeded.batchId,
      index + 1,
      row.recipient,
    ]);
    await query(
      `INSERT INTO occasions (account_id, job_id, recipient_id, date_name, offset_days, period, value, run_id, made_at)
       VALUES ($1, $2, $3, 'birthday', 0, '2026', $4, $5, now())`,
      [store.account.accountId, seeded.jobId, row.recipient, row.planned, seeded.runId],
    );
    if (row.now !== undefined) {
      await query(
        `INSERT INTO recipient_dates (account_id, recipient_id, name, value, anniversary)
         VALUES ($1, $2, 'birthday', $3, $4)`,
        [store.account.accountId, row.recipient, row.now, row.anniversary ?? '--01-01'],
      );
    }
  }
  return seeded;
}

describe('the date of a recipient', () => {
  test('must still be the one that was planned for', async () => {
    const { batchId } = await dated([
      { recipient: 101, planned: '2026-11-20', now: '2026-11-20', anniversary: '--11-20' },
      { recipient: 102, planned: '--11-20', now: '1990-11-20', anniversary: '--11-20' },
      { recipient: 103, planned: '--11-20', now: '1990-11-22', anniversary: '--11-22' },
      { recipient: 104, planned: '2026-11-20', now: '2027-11-20', anniversary: '--11-20' },
      { recipient: 105, planned: '--11-20' },
    ]);
    const rows = await claimDeliveries(store.db.pool, await leaseOf(store, batchId), claim);
    expect(rows.toSorted((a, b) => a.number - b.number).map(({ withheld }) => withheld)).toEqual([
      false,
      false,
      true,
      true,
      true,
    ]);
    expect((await deliveriesOf(store, batchId)).map(({ state, code }) => [state, code])).toEqual([
      ['sending', null],
      ['sending', null],
      ['skipped', 'no_longer_due'],
      ['skipped', 'no_longer_due'],
      ['skipped', 'no_longer_due'],
    ]);
    expect(await countsAgree(store, batchId)).toBe(true);
  });

  test('is not asked of a batch that follows no dates', async () => {
    const { batchId } = await dated([{ recipient: 106, planned: '--11-20' }]);
    await query('UPDATE batches SET dated = false WHERE id = $1', [batchId]);
    expect(await claimDeliveries(store.db.pool, await leaseOf(store, batchId), claim)).toMatchObject([
      { withheld: false },
    ]);
  });

  test('counts only for the run that the occasion belongs to', async () => {
    const { batchId, runId } = await dated([
      { recipient: 107, planned: '--11-20', now: '--11-20', anniversary: '--11-20' },
    ]);
    await query('UPDATE occasions SET run_id = $1 WHERE recipient_id = 107', [runId + 1_000_000]);
    await claimDeliveries(store.db.pool, await leaseOf(store, batchId), claim);
    expect(await deliveriesOf(store, batchId)).toMatchObject([{ state: 'skipped', code: 'no_longer_due' }]);
  });
});

/** A verified batch with one row for each of these, and what is known of its address. */
async function verified(
  known: readonly { own?: string; shared?: string; pending?: boolean; over?: boolean }[],
  options: { untilMs?: number; risky?: string; unknown?: string; single?: boolean } = {},
) {
  const seeded = await seedBatch(store, { rows: known.map(() => ({})), single: options.single ?? false });
  await query(
    `UPDATE batches SET verify_until = carillon_now() + $2 * interval '1 millisecond', verify_risky = $3, verify_unknown = $4
     WHERE id = $1`,
    [seeded.batchId, options.untilMs ?? 60_000, options.risky ?? 'send', options.unknown ?? 'skip'],
  );
  for (const [index, { own, shared, pending, over }] of known.entries()) {
    const key = `(SELECT dedupe_key FROM deliveries WHERE batch_id = ${seeded.batchId} AND number = ${index + 1})`;
    if (own !== undefined) {
      await query(
        `INSERT INTO account_verdicts (account_id, address_key, verdict, source, at, valid_until)
         VALUES ($1, ${key}, $2, 'test', now(), CASE WHEN $3 THEN now() - interval '1 day' END)`,
        [store.account.accountId, own, over ?? false],
      );
    }
    if (shared !== undefined || pending === true) {
      await query(
        `INSERT INTO address_verdicts (address_key, state, verdict, checked_for, check_run_id, requested_at)
         VALUES (${key}, $1, $2, $3, 1, now())`,
        [pending === true ? 'pending' : 'done', shared ?? null, store.account.accountId],
      );
    }
  }
  return seeded;
}

async function judged(batchId: number): Promise<string[]> {
  await claimDeliveries(store.db.pool, await leaseOf(store, batchId), claim);
  expect(await countsAgree(store, batchId)).toBe(true);
  return (await deliveriesOf(store, batchId)).map(({ state, code }) => [state, code].filter(Boolean).join(' '));
}

describe('the verdict on an address', () => {
  test('lets through what is confirmed, deliverable or risky, and skips what is undeliverable; its own comes first', async () => {
    const { batchId } = await verified([
      { own: 'confirmed', shared: 'undeliverable' },
      { shared: 'deliverable' },
      { shared: 'risky' },
      { shared: 'undeliverable' },
      { own: 'undeliverable', shared: 'deliverable' },
      { own: 'undeliverable', shared: 'deliverable', over: true },
      { own: 'unknown', shared: 'deliverable' },
    ]);
    expect(await judged(batchId)).toEqual([
      'sending',
      'sending',
      'sending',
      'skipped undeliverable',
      'skipped undeliverable',
      'sending',
      'sending',
    ]);
  });

  test('of another account’s check counts only for who pays for it', async () => {
    const { batchId } = await verified([{ shared: 'deliverable' }, { shared: 'deliverable' }]);
    const { rows } = await query(
      `UPDATE address_verdicts v SET checked_for = $2 FROM deliveries d
       WHERE d.batch_id = $1 AND v.address_key = d.dedupe_key RETURNING v.address_key, d.number`,
      [batchId, store.account.accountId + 1_000],
    );
    await query(
      `INSERT INTO check_charges (account_id, address_key, check_run_id, day, currency, price_micros) VALUES ($1, $2, 1, now(), 'EUR', 1)`,
      [store.account.accountId, rows.find(({ number }) => number === 1)?.address_key],
    );
    expect(await judged(batchId)).toEqual(['sending', 'scheduled awaits_verdict']);
  });

  test('skips what is risky where the policy says so', async () => {
    const { batchId } = await verified([{ shared: 'risky' }, { own: 'risky' }], { risky: 'skip' });
    expect(await judged(batchId)).toEqual(['skipped risky', 'skipped risky']);
  });

  test('is waited for, and the rows beside go on', async () => {
    const { batchId } = await verified([
      {},
      { pending: true, shared: 'deliverable' },
      { shared: 'unknown' },
      { shared: 'deliverable' },
    ]);
    const batch = await leaseOf(store, batchId);
    const rows = await claimDeliveries(store.db.pool, batch, claim);
    expect(rows).toHaveLength(4);
    expect(rows.filter((row) => !row.withheld).map(({ number }) => number)).toEqual([4]);
    const now = await deliveriesOf(store, batchId);
    expect(now.map(({ state, code, try: tries }) => [state, code, tries])).toEqual([
      ['scheduled', 'awaits_verdict', 0],
      ['scheduled', 'awaits_verdict', 0],
      ['scheduled', 'awaits_verdict', 0],
      ['sending', null, 1],
    ]);
    for (const row of now.slice(0, 3)) {
      expect(row.due_in_ms).toBeGreaterThan(8_000);
      expect(row.due_in_ms).toBeLessThan(12_000);
    }
    await query(`UPDATE deliveries SET state = 'sent' WHERE batch_id = $1 AND number = 4`, [batchId]);
    await query('UPDATE batches SET sending = 0, sent = 1 WHERE id = $1', [batchId]);
    const released = await releaseBatch(store.db.pool, batch);
    expect(released).toMatchObject({ kind: 'released', open: true });
    expect((released as { dueInMs: number }).dueInMs).toBeGreaterThan(8_000);
  });

  test('is waited for no longer than the limit; then the policy counts, and an old verdict that is being renewed', async () => {
    const skipped = await verified([{}, { pending: true, shared: 'deliverable' }, { shared: 'unknown' }], {
      untilMs: -1,
    });
    expect(await judged(skipped.batchId)).toEqual([
      'skipped address_unverified',
      'sending',
      'skipped address_unverified',
    ]);
    const sent = await verified([{}, { shared: 'unknown' }], { untilMs: -1, unknown: 'send' });
    expect(await judged(sent.batchId)).toEqual(['sending', 'sending']);
  });

  test('puts a row off to the limit at the latest', async () => {
    const { batchId } = await verified([{}], { untilMs: 2_500 });
    await claimDeliveries(store.db.pool, await leaseOf(store, batchId), claim);
    expect((await deliveriesOf(store, batchId))[0]?.due_in_ms).toBeLessThan(2_501);
  });

  test('is asked of single deliveries too', async () => {
    const waits = await verified([{}], { single: true });
    const goes = await verified([{ shared: 'deliverable' }], { single: true });
    const never = await verified([{ shared: 'undeliverable' }], { single: true });
    await query('UPDATE batches SET enqueued_at = carillon_now() WHERE single');
    const leased = await leaseSingles(store.db.pool, {
      channel: 'whatsapp',
      limit: 10,
      leaseMs: 60_000,
      owner: 'test',
    });
    const rows = await claimSingles(store.db.pool, leased, 1_000);
    expect(rows.filter((row) => !row.withheld).map(({ batchId }) => batchId)).toEqual([goes.batchId]);
    expect(await releaseSingles(store.db.pool, leased)).toEqual({ open: 1, sending: 1 });
    const states = await Promise.all([waits, goes, never].map(({ batchId }) => deliveriesOf(store, batchId)));
    expect(states.map((rows) => rows[0]?.state)).toEqual(['scheduled', 'sending', 'skipped']);
    expect(await batchRow(store, waits.batchId)).toMatchObject({ open: true, scheduled: 1, lease_until: null });
    expect(await batchRow(store, never.batchId)).toMatchObject({ open: false, skipped: 1, lease_until: null });
    for (const { batchId } of [waits, goes, never]) expect(await countsAgree(store, batchId)).toBe(true);
  });
});

/** Leases: fenced, timed, renewed, given back, rescued; and what a claim refuses. */
import { eventually } from '@carillon/testkit';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  claimDeliveries,
  claimSingles,
  leaseBatch,
  leaseSingles,
  moveClock,
  readClaim,
  releaseBatch,
  releaseSingles,
  renewLeases,
  rescueLeases,
  settleOutcomes,
} from '../src/index.ts';
import {
  batchRow,
  countsAgree,
  DAY,
  deliveriesOf,
  leaseOf,
  openStore,
  outcome,
  seedBatch,
  type TestStore,
} from './rows.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openStore();
});
afterAll(() => store?.close());

const lease = (batchId: number, owner: string, leaseMs = 60_000) =>
  leaseBatch(store.db.pool, { accountId: store.account.accountId, batchId }, { leaseMs, owner });
const claim = { fromNumber: 1, limit: 10, neededLeaseMs: 1_000 };

describe('a batch', () => {
  test('is leased by one of many who try at once', async () => {
    const { batchId } = await seedBatch(store, { rows: [{}, {}] });
    const leases = await Promise.all(Array.from({ length: 8 }, (_, n) => lease(batchId, `sender ${n}`)));
    expect(leases.filter(Boolean)).toHaveLength(1);
    expect(leases.find(Boolean)).toMatchObject({ id: batchId, fence: 1, scheduled: 2, size: 2, day: DAY });
  });

  test.each([
    ['not yet due', { dueInMs: 60_000 }, ''],
    ['paused', {}, 'paused_at = carillon_now()'],
    ['cancelled', {}, 'cancelled_at = carillon_now()'],
    ['leased', {}, `lease_until = carillon_now() + interval '1 minute'`],
    [
      'leased by somebody who was late and is not rescued yet',
      {},
      `lease_until = carillon_now() - interval '1 minute'`,
    ],
  ])('that is %s is not leased', async (_, seed, set) => {
    const { batchId } = await seedBatch(store, { rows: [{}], ...seed });
    if (set) await store.db.pool.query(`UPDATE batches SET ${set} WHERE id = $1`, [batchId]);
    expect(await lease(batchId, 'sender')).toBeUndefined();
  });

  test('with nothing open is not leased', async () => {
    const { batchId } = await seedBatch(store, { rows: [{ state: 'sent' }, { state: 'unknown' }] });
    expect(await lease(batchId, 'sender')).toBeUndefined();
  });
});

describe('a claim', () => {
  test('takes due rows in order, once each, and counts its tries', async () => {
    const { batchId } = await seedBatch(store, { rows: [{}, { dueInMs: 60_000 }, { try: 3, attempts: 2 }, {}] });
    const batch = await leaseOf(store, batchId);
    const first = await claimDeliveries(store.db.pool, batch, { ...claim, limit: 2 });
    expect(first.map((row) => row.number).sort()).toEqual([1, 3]);
    expect(first.find((row) => row.number === 3)).toMatchObject({ try: 4, attempts: 2 });
    const rest = await claimDeliveries(store.db.pool, batch, claim);
    expect(rest.map((row) => row.number)).toEqual([4]);
    expect(await claimDeliveries(store.db.pool, batch, claim)).toEqual([]);
    expect(await batchRow(store, batchId)).toMatchObject({ scheduled: 1, sending: 3 });
    expect(await countsAgree(store, batchId)).toBe(true);
    const back = await readClaim(store.db.pool, batch);
    expect(back.map((row) => row.number).sort()).toEqual([1, 3, 4]);
  });

  test('is told how long ago it was: not before it was asked for, and by the database when it is read back', async () => {
    const { batchId } = await seedBatch(store, { rows: [{}, {}] });
    const batch = await leaseOf(store, batchId);
    const beforeMs = performance.now();
    const claimed = await claimDeliveries(store.db.pool, batch, claim);
    for (const row of claimed) expect(row.notClaimedBeforeMs).toBeGreaterThanOrEqual(beforeMs);
    await store.db.pool.query(
      `UPDATE deliveries SET sending_at = sending_at - interval '1 hour' * (number - 1) WHERE batch_id = $1`,
      [batchId],
    );
    const [young, old] = (await readClaim(store.db.pool, batch)).sort((a, b) => a.number - b.number);
    const agoMs = (row: typeof young): number => performance.now() - (row?.notClaimedBeforeMs ?? 0);
    expect(agoMs(young)).toBeLessThan(60_000);
    expect(agoMs(old)).toBeGreaterThanOrEqual(3_600_000);
    expect(agoMs(old)).toBeLessThan(3_660_000);
  });

  test('that is still under way is waited for by the one who reads it back', async () => {
    const { batchId } = await seedBatch(store, { rows: [{}, {}, {}] });
    const batch = await leaseOf(store, batchId);
    const client = await store.db.pool.connect();
    try {
      await client.query('BEGIN');
      expect(await claimDeliveries(client, batch, claim)).toHaveLength(3);
      const reading = readClaim(store.db.pool, batch);
      await eventually(async () => {
        const { rows } = await store.db.pool.query<{ waiting: number }>(
          `SELECT count(*) AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
        );
        return (rows[0]?.waiting ?? 0) > 0;
      });
      await client.query('COMMIT');
      expect(await reading).toHaveLength(3);
    } finally {
      client.release();
    }
  });

  test('by many at once under one lease gives each row to one of them', async () => {
    const { batchId } = await seedBatch(store, { rows: Array.from({ length: 60 }, () => ({})) });
    const batch = await leaseOf(store, batchId);
    const claims = await Promise.all(Array.from({ length: 7 }, () => claimDeliveries(store.db.pool, batch, claim)));
    const rows = claims.flat().map((row) => row.number);
    expect(new Set(rows).size).toBe(rows.length);
    expect(await batchRow(store, batchId)).toMatchObject({ sending: rows.length, scheduled: 60 - rows.length });
    expect(await countsAgree(store, batchId)).toBe(true);
  });

  const spoil: [string, (batchId: number) => Promise<unknown>][] = [
    ['with an older fence', (id) => store.db.pool.query('UPDATE batches SET fence = fence + 1 WHERE id = $1', [id])],
    [
      'with too little left of the lease',
      (id) =>
        store.db.pool.query(
          `UPDATE batches SET lease_until = carillon_now() + interval '900 milliseconds' WHERE id = $1`,
          [id],
        ),
    ],
    [
      'from a paused batch',
      (id) => store.db.pool.query('UPDATE batches SET paused_at = carillon_now() WHERE id = $1', [id]),
    ],
    [
      'from a cancelled batch',
      (id) => store.db.pool.query('UPDATE batches SET cancelled_at = carillon_now() WHERE id = $1', [id]),
    ],
    [
      'from an expired batch',
      (id) => store.db.pool.query('UPDATE batches SET expires_at = carillon_now() WHERE id = $1', [id]),
    ],
  ];
  test.each(spoil)('%s takes nothing', async (_, spoilIt) => {
    const { batchId } = await seedBatch(store, { rows: [{}], single: true });
    const batch = await leaseOf(store, batchId);
    await spoilIt(batchId);
    expect(await claimDeliveries(store.db.pool, batch, claim)).toEqual([]);
    expect(await claimSingles(store.db.pool, [batch], claim.neededLeaseMs)).toEqual([]);
    expect((await deliveriesOf(store, batchId))[0]).toMatchObject({ state: 'scheduled', try: 0 });
  });

  test.each([
    ['the installation', [null, null], 0],
    ['the account', ['own', null], 0],
    ['the channel', [null, 'whatsapp'], 0],
    ['the account on the channel', ['own', 'whatsapp'], 0],
    ['another account', ['other', null], 1],
    ['another channel', [null, 'mail'], 1],
  ] as const)('under a hold of %s', async (_, [account, channel], taken) => {
    const { batchId } = await seedBatch(store, { rows: [{}] });
    const batch = await leaseOf(store, batchId);
    const other = await store.db.pool.query<{ id: number }>(
      'INSERT INTO accounts (name) VALUES (gen_random_uuid()::text) RETURNING id',
    );
    const accountId = account === 'own' ? store.account.accountId : account === 'other' ? other.rows[0]?.id : null;
    await store.db.pool.query(`INSERT INTO holds (account_id, channel, reason) VALUES ($1, $2, 'test')`, [
      accountId,
      channel,
    ]);
    try {
      expect(await claimDeliveries(store.db.pool, batch, claim)).toHaveLength(taken);
    } finally {
      await store.db.pool.query('DELETE FROM holds');
    }
  });
});

describe('a renewal', () => {
  test('of a newer lease of a batch is none of the one that was lost', async () => {
    const { batchId } = await seedBatch(store, { rows: [{}] });
    const lost = await leaseOf(store, batchId);
    await store.db.pool.query('UPDATE batches SET fence = fence + 1 WHERE id = $1', [batchId]);
    const newer = { ...lost, fence: lost.fence + 1 };
    expect([...(await renewLeases(store.db.pool, [lost, newer], 90_000))]).toEqual([newer]);
    expect([...(await renewLeases(store.db.pool, [newer, lost], 90_000))]).toEqual([newer]);
  });

  test('lengthens what is ours and names what is not', async () => {
    const [ours, stolen, late] = [
      (await seedBatch(store, { rows: [{}] })).batchId,
      (await seedBatch(store, { rows: [{}] })).batchId,
      (await seedBatch(store, { rows: [{}] })).batchId,
    ];
    const leases = [await leaseOf(store, ours), await leaseOf(store, stolen), await leaseOf(store, late)];
    await store.db.pool.query('UPDATE batches SET fence = fence + 1 WHERE id = $1', [stolen]);
    await store.db.pool.query(
      `UPDATE batches SET lease_until = carillon_now() - interval '1 millisecond' WHERE id = $1`,
      [late],
    );
    expect(await renewLeases(store.db.pool, leases, 90_000)).toEqual(new Set([leases[0]]));
    const { rows } = await store.db.pool.query<{ left: number }>(
      'SELECT extract(epoch FROM lease_until - carillon_now())::float8 AS left FROM batches WHERE id = $1',
      [ours],
    );
    expect(rows[0]?.left).toBeGreaterThan(80);
  });
});

describe('a release', () => {
  test('is refused while a row is in the air, and to who is not the holder', async () => {
    const { batchId } = await seedBatch(store, { rows: [{}, {}] });
    const batch = await leaseOf(store, batchId);
    await claimDeliveries(store.db.pool, batch, { ...claim, limit: 1 });
    expect(await releaseBatch(store.db.pool, batch)).toEqual({ kind: 'refused' });
    await settleOutcomes(store.db.pool, [outcome(store, { batchId, number: 1, try: 1 })], DAY);
    expect(await releaseBatch(store.db.pool, { ...batch, fence: 0 })).toEqual({ kind: 'refused' });
    expect(await releaseBatch(store.db.pool, batch)).toMatchObject({ kind: 'released', open: true });
    expect(await batchRow(store, batchId)).toMatchObject({ lease_until: null, lease_owner: null, enqueued_at: null });
  });

  test('makes the batch due when its earliest open row is', async () => {
    const { batchId } = await seedBatch(store, { rows: [{ dueInMs: 90_000 }, {}, { dueInMs: 30_000 }] });
    const batch = await leaseOf(store, batchId);
    const claimed = await claimDeliveries(store.db.pool, batch, claim);
    expect(claimed.map((row) => row.number)).toEqual([2]);
    const again = outcome(
      store,
      { batchId, number: 2, try: 1 },
      { state: 'scheduled', word: 'retry', retryInMs: 60_000 },
    );
    await settleOutcomes(store.db.pool, [again], DAY);
    const released = await releaseBatch(store.db.pool, batch);
    expect(released).toMatchObject({ kind: 'released', open: true });
    if (released.kind === 'released') expect(Math.abs(released.dueInMs - 30_000)).toBeLessThan(2_000);
    // The retry was rounded up to a whole second, so that those of one batch meet.
    const { rows } = await store.db.pool.query<{ whole: boolean; after: boolean }>(
      `SELECT date_trunc('second', due_at) = due_at AS whole, due_at >= settled_at + interval '60 seconds' AS after
       FROM deliveries WHERE batch_id = $1 AND number = 2`,
      [batchId],
    );
    expect(rows[0]).toEqual({ whole: true, after: true });
  });
});

describe('a rescue', () => {
  test('makes what was in the air unknown, with an attempt row, and frees the rest', async () => {
    const { batchId } = await seedBatch(store, { rows: [{}, {}, {}], unknownAction: 'fail', unknownAfterSeconds: 60 });
    const batch = await leaseOf(store, batchId);
    await claimDeliveries(store.db.pool, batch, { ...claim, limit: 2 });
    expect((await rescueLeases(store.db.pool, 10)).filter((one) => one.batchId === batchId)).toEqual([]);
    await moveClock(store.db.pool, { aheadMs: 61_000, speed: 1 });
    try {
      expect((await rescueLeases(store.db.pool, 100)).find((one) => one.batchId === batchId)).toMatchObject({
        unknown: 2,
      });
    } finally {
      await moveClock(store.db.pool, { aheadMs: 0, speed: 1 });
    }
    expect((await deliveriesOf(store, batchId)).map((row) => [row.state, row.code])).toEqual([
      ['unknown', 'lease_expired'],
      ['unknown', 'lease_expired'],
      ['scheduled', null],
    ]);
    const after = await batchRow(store, batchId);
    expect(after).toMatchObject({
      unknown: 2,
      scheduled: 1,
      sending: 0,
      fence: batch.fence + 1,
      lease_until: null,
      enqueued_at: null,
    });
    expect(after.settle_at).not.toBeNull();
    const { rows } = await store.db.pool.query('SELECT outcome, code FROM attempts WHERE batch_id = $1', [batchId]);
    expect(rows).toEqual(Array(2).fill({ outcome: 'unknown', code: 'lease_expired' }));
    // The old holder is out, whatever it still believes.
    expect(await claimDeliveries(store.db.pool, batch, claim)).toEqual([]);
    expect(await renewLeases(store.db.pool, [batch], 60_000)).toEqual(new Set());
  });
});

describe('single batches', () => {
  test('are leased many at a time, each by one sender', async () => {
    const ids = new Set<number>();
    for (let n = 0; n < 30; n++) ids.add((await seedBatch(store, { rows: [{}], single: true })).batchId);
    await store.db.pool.query(
      'UPDATE batches SET enqueued_at = carillon_now() WHERE single AND open AND lease_until IS NULL',
    );
    const wanted = { channel: 'whatsapp', limit: 8, leaseMs: 60_000, owner: 'test' };
    const leases = (await Promise.all(Array.from({ length: 6 }, () => leaseSingles(store.db.pool, wanted)))).flat();
    const mine = leases.filter((one) => ids.has(one.id));
    expect(new Set(mine.map((one) => one.id)).size).toBe(mine.length);
    for (;;) {
      const more = await leaseSingles(store.db.pool, wanted);
      if (more.length === 0) break;
      mine.push(...more.filter((one) => ids.has(one.id)));
    }
    expect(new Set(mine.map((one) => one.id))).toEqual(ids);
    const claimed = await claimSingles(store.db.pool, mine, 1_000);
    expect(claimed).toHaveLength(30);
    // A third is sent, a third is to be tried again, the outcome of a third is missing.
    const settled = claimed
      .slice(0, 20)
      .map((row, n) => outcome(store, row, n < 10 ? {} : { state: 'scheduled', word: 'retry', retryInMs: 5_000 }));
    await settleOutcomes(store.db.pool, settled, DAY);
    expect(await releaseSingles(store.db.pool, mine)).toEqual({ open: 10, sending: 10 });
    for (const [n, row] of claimed.entries()) {
      const batch = await batchRow(store, row.batchId);
      expect({ n, open: batch.open, leased: batch.lease_until !== null }).toEqual({
        n,
        open: n >= 10,
        leased: n >= 20,
      });
      expect(await countsAgree(store, row.batchId)).toBe(true);
    }
  });
});

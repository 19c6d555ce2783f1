/**
 * What a claim asks of a row that may have been done before, where its provider leaves a second one out for as long as it remembers the
 * key: within that time it is claimed, after it is unknown again. And what clears the doubt.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { claimDeliveries, claimSingles, clearDoubts, leaseSingles, settleLateOutcomes } from '../src/index.ts';
import { countsAgree, DAY, deliveriesOf, leaseOf, openStore, outcome, seedBatch, type TestStore } from './rows.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openStore();
});
afterAll(() => store?.close());

const HOUR = 3_600_000;
const claim = { fromNumber: 1, limit: 10, neededLeaseMs: 1_000 };

/** A batch with one row that was freed after so many tries, each `[outcome, hours ago]`. */
async function tried(...tries: [string, number][]) {
  const seeded = await seedBatch(store, { rows: [{ try: tries.length }], single: true });
  for (const [index, [word, hours]] of tries.entries()) {
    await store.db.pool.query(
      `INSERT INTO attempts (account_id, batch_id, number, try, day, outcome, started_at, ended_at)
       VALUES ($1, $2, 1, $3, $4, $5, carillon_now() - $6 * interval '1 hour', carillon_now())`,
      [store.account.accountId, seeded.batchId, index + 1, DAY, word, hours],
    );
  }
  return seeded;
}

async function claimed(batchId: number, keyUsableMs: number | undefined): Promise<string | undefined> {
  const batch = await leaseOf(store, batchId);
  await claimDeliveries(store.db.pool, batch, { ...claim, keyUsableMs });
  expect(await countsAgree(store, batchId)).toBe(true);
  return (await deliveriesOf(store, batchId))[0]?.state;
}

describe('a row that is in doubt', () => {
  test.each<[string, [string, number][], number | undefined, string]>([
    ['is claimed within the time', [['unknown', 1]], 2 * HOUR, 'sending'],
    ['is unknown again after it', [['unknown', 3]], 2 * HOUR, 'unknown'],
    [
      'counts from its first try, whatever became of that',
      [
        ['retry', 3],
        ['unknown', 1],
      ],
      2 * HOUR,
      'unknown',
    ],
    ['is claimed at any time where there are no keys', [['unknown', 300]], undefined, 'sending'],
    ['is never claimed where keys are shorter than a claim', [['unknown', 0]], -1, 'unknown'],
  ])('%s', async (_, tries, keyUsableMs, state) => {
    const { batchId } = await tried(...tries);
    expect(await claimed(batchId, keyUsableMs)).toBe(state);
  });

  test('is unknown again where a restored database forgot its tries', async () => {
    for (const known of [[], [['unknown', 1]], [['retry', 1]]] as [string, number][][]) {
      const { batchId } = await tried(...known);
      await store.db.pool.query(`UPDATE deliveries SET code = 'restored' WHERE batch_id = $1`, [batchId]);
      expect(await claimed(batchId, 2 * HOUR)).toBe('unknown');
    }
  });

  test('is treated so among singles too', async () => {
    const [old, young] = [await tried(['unknown', 3]), await tried(['unknown', 1])];
    const ids = [old.batchId, young.batchId];
    await store.db.pool.query('UPDATE batches SET enqueued_at = carillon_now() WHERE id = ANY ($1)', [ids]);
    const wanted = { channel: 'whatsapp', limit: 100, leaseMs: 60_000, owner: 'test' };
    const leased = await leaseSingles(store.db.pool, wanted);
    const mine = leased.filter(({ id }) => ids.includes(id));
    expect(mine).toHaveLength(2);
    await claimSingles(store.db.pool, mine, 1_000, false, 10_000, 2 * HOUR);
    expect((await deliveriesOf(store, old.batchId))[0]?.state).toBe('unknown');
    expect((await deliveriesOf(store, young.batchId))[0]?.state).toBe('sending');
  });
});

describe('a row that is in no doubt', () => {
  test.each<[string, [string, number][]]>([
    ['that was never tried', []],
    [
      'whose tries proved that nothing was done',
      [
        ['retry', 300],
        ['throttled', 200],
      ],
    ],
  ])('%s is claimed however old it is', async (_, tries) => {
    const { batchId } = await tried(...tries);
    expect(await claimed(batchId, HOUR)).toBe('sending');
  });

  test('because its provider has none of its tries is claimed again', async () => {
    const { batchId } = await tried(['unknown', 30], ['retry', 29], ['unknown', 28]);
    const key = { accountId: store.account.accountId, batchId, number: 1, try: 3 };
    expect(await claimed(batchId, HOUR)).toBe('unknown');
    await clearDoubts(store.db.pool, [key], { code: 'call_lost', message: 'it has none' }, DAY);
    const absent = outcome(
      store,
      { batchId, number: 1, try: 3 },
      { state: 'scheduled', word: 'retry', code: 'call_lost' },
    );
    await settleLateOutcomes(store.db.pool, [absent], DAY);
    await store.db.pool.query(`UPDATE deliveries SET due_at = carillon_now() WHERE batch_id = $1`, [batchId]);
    expect(await claimed(batchId, HOUR)).toBe('sending');
  });
});

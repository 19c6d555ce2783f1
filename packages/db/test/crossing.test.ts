/** Outcomes, reports and policies that meet at the same rows and batches: each waits for the other at most, and nothing is miscounted. */
import { eventually } from '@carillon/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { applyReports, type DeliveryReport, settleLateOutcomes, settleOutcomes, settleUnknowns } from '../src/index.ts';
import { costOf, plansOf } from './plans.ts';
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

const apply = (db: pg.Pool | pg.PoolClient, ...reports: DeliveryReport[]) =>
  applyReports(db, store.account.accountId, reports, DAY);

/** Waits until a statement of this database waits for a lock. */
const someoneWaits = () =>
  eventually(
    async () => {
      const { rows } = await store.db.pool.query(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return rows.length > 0 || undefined;
    },
    { what: 'a statement that waits', everyMs: 5 },
  );

/** Does `first` in a transaction, begins `second` while that is open, and ends it when `second` waits for it. */
async function whileOpen<T>(first: (client: pg.PoolClient) => Promise<unknown>, second: () => Promise<T>): Promise<T> {
  const client = await store.db.pool.connect();
  try {
    await client.query('BEGIN');
    await first(client);
    const waiting = second();
    // Its failure is told by whoever awaits it, and not before.
    waiting.catch(() => {});
    await someoneWaits();
    await client.query('COMMIT');
    return await waiting;
  } finally {
    client.release();
  }
}

test('a report that waited for its outcome counts on from what that made of the batch', async () => {
  const { batchId } = await seedBatch(store, { rows: [{ state: 'sending' }, { state: 'scheduled' }] });
  const moves = await whileOpen(
    (client) => settleOutcomes(client, [outcome(store, { batchId, number: 1, try: 1 })], DAY),
    () => apply(store.db.pool, report(batchId)),
  );
  expect(moves).toMatchObject([{ from: 'sent', to: 'delivered' }]);
  expect(await batchRow(store, batchId)).toMatchObject({ sending: 0, sent: 0, delivered: 1 });
  expect(await countsAgree(store, batchId)).toBe(true);
});

test('an outcome that waited for its report finds the row moved on', async () => {
  const { batchId } = await seedBatch(store, { rows: [{ state: 'sending' }, { state: 'sending' }] });
  const both = [1, 2].map((number) => outcome(store, { batchId, number, try: 1 }));
  const late = await whileOpen(
    (client) => apply(client, report(batchId, { number: 2 })),
    () => settleOutcomes(store.db.pool, both, DAY),
  );
  expect(late).toEqual(both.slice(1));
  await settleLateOutcomes(store.db.pool, late, DAY);
  expect((await deliveriesOf(store, batchId)).map(({ state }) => state)).toEqual(['sent', 'delivered']);
  expect(await countsAgree(store, batchId)).toBe(true);
});

test('the policy passes a row over that a report is settling, and its batch does not wait', async () => {
  const { batchId } = await seedBatch(store, {
    rows: [{ state: 'unknown' }, { state: 'unknown' }],
    unknownAction: 'resend',
    settledAgoMs: 1_000,
  });
  const policy = new pg.Pool({ connectionString: store.url, options: '-c lock_timeout=2000' });
  const client = await store.db.pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('SELECT FROM deliveries WHERE batch_id = $1 AND number = 1 AND day = $2 FOR UPDATE', [
      batchId,
      DAY,
    ]);
    expect(await settleUnknowns(policy, 100)).toMatchObject({ resent: 1 });
    // What the report still has to do in its transaction finds nobody in the way.
    await client.query(`SET LOCAL lock_timeout = '2s'`);
    await apply(client, report(batchId));
    await client.query('COMMIT');
  } finally {
    client.release(true);
    await policy.end();
  }
  expect((await deliveriesOf(store, batchId)).map(({ state }) => state)).toEqual(['delivered', 'scheduled']);
  expect(await settleUnknowns(store.db.pool, 100)).toMatchObject({ resent: 0, failed: 0 });
  expect(await countsAgree(store, batchId)).toBe(true);
});

test('rows are locked in one order, whatever the order in which outcomes and reports came', async () => {
  const { batchId } = await seedBatch(store, {
    rows: Array.from({ length: 40 }, () => ({ state: 'sending' as const })),
  });
  const numbers = Array.from({ length: 40 }, (_, index) => index + 1);
  const backwards = numbers.toReversed().map((number) => outcome(store, { batchId, number, try: 1 }));
  const client = await store.db.pool.connect();
  let settled: Promise<unknown>;
  let reported: Promise<unknown>;
  try {
    // The first row is held: whoever locks in order gets no further, and has none of the others.
    await client.query('BEGIN');
    await client.query('SELECT FROM deliveries WHERE batch_id = $1 AND number = 1 AND day = $2 FOR UPDATE', [
      batchId,
      DAY,
    ]);
    settled = settleOutcomes(store.db.pool, backwards, DAY);
    settled.catch(() => {});
    await someoneWaits();
    await client.query('SELECT FROM deliveries WHERE batch_id = $1 AND number = 40 AND day = $2 FOR UPDATE NOWAIT', [
      batchId,
      DAY,
    ]);
    reported = apply(store.db.pool, ...numbers.map((number) => report(batchId, { number })));
    reported.catch(() => {});
    await client.query('COMMIT');
  } finally {
    client.release();
  }
  await Promise.all([settled, reported]);
  expect(await countsAgree(store, batchId)).toBe(true);
});

test('reports find their rows by key while Postgres knows nothing of the day’s tables', async () => {
  const { runId } = await seedRun(store);
  for (const table of ['deliveries', 'reports', 'attempts']) {
    await store.db.pool.query(`ALTER TABLE ${table}_20261120 SET (autovacuum_enabled = false)`);
  }
  const batches: { readonly batchId: number }[] = [];
  for (let at = 0; at < 5; at += 1) {
    batches.push(
      await seedBatch(store, { runId, rows: Array.from({ length: 1_000 }, () => ({ state: 'sent' as const })) }),
    );
  }
  const reports = Array.from({ length: 100 }, (_, index) =>
    report(batches[index % 5]?.batchId ?? 0, { number: index + 1 }),
  );
  for (const settings of [['enable_seqscan'], ['enable_seqscan', 'enable_hashjoin', 'enable_mergejoin']]) {
    const plans = await plansOf(store, ['deliveries'], async (pool) => {
      for (const setting of settings) await pool.query(`SET LOCAL ${setting} = off`);
      await apply(pool, ...reports);
    });
    // Each row is looked at to see whether there is such a delivery, to lock it, and to change it.
    expect(plans.map(({ nodes }) => costOf(nodes, ['deliveries']))).toEqual([{ rows: 300, whole: [] }]);
  }
});

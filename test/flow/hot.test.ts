/**
 * Claims and outcomes are HOT updates: a run of some thousands with the real statements, judged by Postgres's own counters;
 * and no index on deliveries, and no predicate of one, names a column that a claim or an outcome changes.
 *
 * On a Postgres of its own, without autovacuum: a backend looks anew for what may be pruned only when the eldest transaction of the
 * whole server has changed, so that a long one in another suite's database, or an ANALYZE here, keeps replaced rows in their pages.
 */

import {
  beginExpansions,
  claimDeliveries,
  createDatabase,
  type Database,
  type DeliveryOutcome,
  expandStep,
  leaseBatch,
  migrate,
  releaseBatch,
  settleOutcomes,
} from '@carillon/db';
import { eventually, type PostgresServer, seedAccount, seedPeople, startPostgres } from '@carillon/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ADDRESS_PEPPER, announceIn } from './house.ts';

const PEOPLE = 5_000;
/** Outcomes written together: what a sender gathers in a few milliseconds. */
const GATHERED = 16;
/** What the statements of a send change; see claim.sql, settle_outcomes.sql and apply_reports.sql. */
const CHANGED = ['state', 'try', 'attempts', 'sending_at', 'settled_at', 'code', 'provider_message_id', 'due_at'];

let own: PostgresServer;
let db: Database;
beforeAll(async () => {
  own = await startPostgres({ durable: false, database: 'carillon', flags: ['autovacuum=off'] });
  await migrate(own.url);
  // One connection: a backend tells its counters when it has been idle, and here there is only one to wait for.
  db = createDatabase({ url: own.url, max: 1, applicationName: 'hot' });
});
afterAll(async () => {
  await db?.close();
  await own?.stop();
});

async function updatesOf(table: string): Promise<{ all: number; hot: number; newpage: number }> {
  await db.pool.query('SELECT pg_stat_force_next_flush()');
  const { rows } = await db.pool.query<{ all: number; hot: number; newpage: number }>(
    `SELECT n_tup_upd AS all, n_tup_hot_upd AS hot, n_tup_newpage_upd AS newpage FROM pg_stat_user_tables WHERE relname = $1`,
    [table],
  );
  return rows[0] as { all: number; hot: number; newpage: number };
}

test('no index on deliveries names a column that a claim or an outcome changes', async () => {
  await db.pool.query(`SELECT ensure_partitions('2026-11-20')`);
  const { rows } = await db.pool.query<{ index: string; columns: string[] }>(
    // Keys, included columns, expressions and predicates: everything in an index that can name a column.
    `SELECT i.indexrelid::regclass::text AS index,
            array_agg(DISTINCT a.attname::text) FILTER (WHERE a.attname IS NOT NULL) AS columns
     FROM pg_index i
     LEFT JOIN LATERAL (
       SELECT unnest(i.indkey::int2[]) AS number
       UNION
       SELECT d.refobjsubid::int2 FROM pg_depend d
       WHERE d.classid = 'pg_class'::regclass AND d.objid = i.indexrelid AND d.refobjid = i.indrelid AND d.refobjsubid > 0
     ) used ON true
     LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = used.number
     WHERE i.indrelid = 'deliveries'::regclass
        OR i.indrelid IN (SELECT inhrelid FROM pg_inherits WHERE inhparent = 'deliveries'::regclass)
     GROUP BY 1`,
  );
  // The primary key and the dedupe key, on the parent and on the partition.
  expect(rows.length).toBeGreaterThanOrEqual(4);
  for (const { index, columns } of rows) {
    expect({ index, named: columns.filter((column) => CHANGED.includes(column)) }).toEqual({ index, named: [] });
  }
});

test('the walk over the indexes finds a predicate that names a changed column', async () => {
  // The test above must be able to fail: the same walk, over a table with the forbidden index.
  await db.pool.query(
    `CREATE TABLE probe (id int, state text); CREATE INDEX probe_open ON probe (id) WHERE state = 'open'`,
  );
  const { rows } = await db.pool.query(
    `SELECT a.attname FROM pg_index i
     JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = i.indexrelid AND d.refobjid = i.indrelid AND d.refobjsubid > 0
     JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = d.refobjsubid
     WHERE i.indrelid = 'probe'::regclass AND a.attname = 'state'`,
  );
  expect(rows).toHaveLength(1);
});

test(`claims and outcomes of ${PEOPLE} deliveries are HOT updates`, async () => {
  const account = await seedAccount(db.pool, 'hot', { baseUrl: 'http://127.0.0.1:9' });
  const { audienceId } = await seedPeople(db.pool, account.accountId, { count: PEOPLE, addressPepper: ADDRESS_PEPPER });
  const { runId } = await announceIn(db, account, { target: { audienceIds: [audienceId] } });
  await beginExpansions(db.pool, 1);
  while (await expandStep(db.pool)) {
    // The next one.
  }
  const { rows: batches } = await db.pool.query<{ id: number; day: string }>(
    'SELECT id, day FROM batches WHERE run_id = $1 ORDER BY id',
    [runId],
  );
  const table = `deliveries_${(batches[0]?.day ?? '').replaceAll('-', '')}`;
  expect(await updatesOf(table)).toMatchObject({ all: 0 });
  const batchesBefore = await updatesOf('batches');

  for (const { id } of batches) {
    const batch = await leaseBatch(
      db.pool,
      { accountId: account.accountId, batchId: id },
      { leaseMs: 60_000, owner: 'test' },
    );
    if (!batch) throw new Error('no lease');
    for (let from = 1; ; ) {
      const claimed = await claimDeliveries(db.pool, batch, { fromNumber: from, limit: 100, neededLeaseMs: 1_000 });
      if (claimed.length === 0) break;
      from = Math.max(...claimed.map((row) => row.number)) + 1;
      const outcomes = claimed.map(
        (row): DeliveryOutcome => ({
          accountId: batch.accountId,
          day: batch.day,
          batchId: batch.id,
          number: row.number,
          try: row.try,
          state: 'sent',
          word: 'accepted',
          burnsAttempt: true,
          code: null,
          message: null,
          // As long as WhatsApp's own.
          providerMessageId: `wamid.${'x'.repeat(50)}${row.number}`,
          retryInMs: 0,
        }),
      );
      for (let at = 0; at < outcomes.length; at += GATHERED) {
        expect(await settleOutcomes(db.pool, outcomes.slice(at, at + GATHERED), batch.day)).toEqual([]);
      }
    }
    expect(await releaseBatch(db.pool, batch)).toMatchObject({ kind: 'released', open: false });
  }

  const deliveries = await eventually(
    async () => {
      const counts = await updatesOf(table);
      return counts.all >= PEOPLE * 2 && counts;
    },
    { what: 'the counters' },
  );
  expect(deliveries.all).toBe(PEOPLE * 2);
  // Nothing is kept from being HOT by an index: what is not HOT went to another page because its own was full. A page is
  // filled to a half, and the versions that one statement replaces make room only for the next one; so a few rows move
  // where a statement takes a whole page of neighbours (a claim of 100 does).
  expect(deliveries.all - deliveries.hot).toBe(deliveries.newpage);
  expect(deliveries.hot / deliveries.all).toBeGreaterThanOrEqual(0.95);

  // Claims and counts change no index of batches; the first claim's lease, and the last outcome's `open`, do.
  const after = await updatesOf('batches');
  const all = after.all - batchesBefore.all;
  const hot = after.hot - batchesBefore.hot;
  const perBatch = all / batches.length;
  expect(perBatch).toBeGreaterThan(20);
  expect(all - hot).toBeLessThanOrEqual(batches.length * 4);
}, 360_000);

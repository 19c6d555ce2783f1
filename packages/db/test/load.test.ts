/** What a channel has to do now and in the next hours: what is counted, and that only what counts is read. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { LOAD_STATEMENTS, readLoad } from '../src/gauges.ts';
import { createDatabase } from '../src/index.ts';
import { openStore, seedBatch, seedRun, type TestStore } from './rows.ts';

let store: TestStore;
beforeEach(async () => {
  store = await openStore();
});
afterEach(() => store.close());

const HOUR_MS = 3_600_000;
const scheduled = (count: number) => Array.from({ length: count }, () => ({}));
const whatsapp = async () => (await readLoad(store.db.pool, ['whatsapp', 'email']))[0];

test('an empty installation has nothing to do, on any channel', async () => {
  const nothing = { waiting: 0, sending: 0, upcoming: { '1h': 0, '3h': 0, '6h': 0, '24h': 0 } };
  expect(await readLoad(store.db.pool, ['whatsapp', 'email'])).toEqual([
    { channel: 'whatsapp', ...nothing },
    { channel: 'email', ...nothing },
  ]);
});

test('what is due waits or is being sent, and what comes is told by hours', async () => {
  await seedBatch(store, { rows: scheduled(3), dueInMs: -1_000 });
  await seedBatch(store, { rows: scheduled(5), dueInMs: -1_000, single: true });
  const { batchId } = await seedBatch(store, { rows: [...scheduled(2), { state: 'sending' }, { state: 'sent' }] });
  await store.db.pool.query('UPDATE batches SET enqueued_at = carillon_now() WHERE id = $1', [batchId]);
  for (const [hours, rows] of [
    [0.5, 7],
    [2, 20],
    [5, 100],
    [23, 1_000],
    [25, 3_000],
  ] as const)
    await seedBatch(store, { rows: scheduled(rows), dueInMs: hours * HOUR_MS });
  expect(await whatsapp()).toEqual({
    channel: 'whatsapp',
    waiting: 3 + 5 + 2,
    sending: 1,
    upcoming: { '1h': 7, '3h': 27, '6h': 127, '24h': 1_127 },
  });
});

test('what is paused or held does not call for senders', async () => {
  const { batchId } = await seedBatch(store, { rows: scheduled(3), dueInMs: -1_000 });
  await seedBatch(store, { rows: scheduled(4), dueInMs: -1_000 });
  await store.db.pool.query('UPDATE batches SET paused_at = carillon_now() WHERE id = $1', [batchId]);
  expect((await whatsapp())?.waiting).toBe(4);
  await store.db.pool.query(`INSERT INTO holds (channel, reason) VALUES ('email', 'test')`);
  expect((await whatsapp())?.waiting).toBe(4);
  await store.db.pool.query(`INSERT INTO holds (account_id, reason) VALUES ($1, 'test')`, [store.account.accountId]);
  expect((await whatsapp())?.waiting).toBe(0);
});

test('with a hundred thousand batches, only those that are open and near are read', async () => {
  const { runId, jobId } = await seedRun(store);
  // Most are over; of the open ones most are due in days.
  await store.db.pool.query(
    `INSERT INTO batches (account_id, run_id, job_id, day, channel, provider_account_id, single, size, due_at, scheduled, sent)
     SELECT $1, $2, $3, '2026-11-20', CASE n % 2 WHEN 0 THEN 'whatsapp' ELSE 'email' END, $4, n % 3 = 0, 10,
            carillon_now() + (n % 1000) * interval '1 hour' - interval '1 minute',
            CASE WHEN n % 10 = 0 THEN 10 ELSE 0 END, CASE WHEN n % 10 = 0 THEN 0 ELSE 10 END
     FROM generate_series(1, 100000) n`,
    [store.account.accountId, runId, jobId, store.account.providerAccountId],
  );
  await store.db.pool.query('ANALYZE batches');
  const worker = createDatabase({ url: store.url, max: 1, applicationName: 'plan', role: 'worker' });
  try {
    for (const [name, text] of Object.entries(LOAD_STATEMENTS)) {
      const values = name === 'sending' ? [['whatsapp', 'email']] : [['whatsapp', 'email'], 20_000];
      const { rows } = await worker.pool.query<{ 'QUERY PLAN': unknown }>(
        `EXPLAIN (ANALYZE, FORMAT JSON) ${text}`,
        values,
      );
      const scans = scansOf(rows[0]?.['QUERY PLAN']);
      expect(scans.length).toBeGreaterThan(0);
      for (const scan of scans) {
        expect(scan['Index Name']).toMatch(/^batches_(to_enqueue|enqueued)$/);
        expect(Number(scan['Rows Removed by Filter'] ?? 0)).toBe(0);
      }
      const read = scans.reduce((sum, scan) => sum + Number(scan['Actual Rows']) * Number(scan['Actual Loops']), 0);
      // Of 10,000 open ones the 24 hours ahead have 240, and what is due a hundredth of that.
      expect(read).toBeLessThan(400);
    }
  } finally {
    await worker.close();
  }
});

interface Scan {
  readonly [field: string]: unknown;
}

/** The nodes of a plan that read batches. */
function scansOf(plan: unknown): Scan[] {
  if (Array.isArray(plan)) return plan.flatMap(scansOf);
  if (typeof plan !== 'object' || plan === null) return [];
  const node = plan as Scan;
  const own =
    node['Relation Name'] === 'batches' || String(node['Index Name'] ?? '').startsWith('batches') ? [node] : [];
  return [...own, ...Object.values(node).flatMap(scansOf)];
}

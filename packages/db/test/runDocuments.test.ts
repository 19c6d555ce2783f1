/** What reports attach: kept from the first who made it, dropped with its day; and the run report, which no spreadsheet runs. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { keepRunDocument, newestRunOf, readRunDocument, renderRunReport, rotateOldestDay } from '../src/index.ts';
import { DAY, openStore, seedBatch, type TestStore } from './rows.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openStore();
});
afterAll(() => store?.close());

const document = (text: string) => ({ mediaType: 'text/plain', bytes: Buffer.from(text) });

test('of several who make one at once the first counts, for each version of the content', async () => {
  const { runId } = await seedBatch(store, { rows: [{}] });
  const key = { accountId: store.account.accountId, runId, version: 1, day: DAY };
  expect(await readRunDocument(store.db.pool, key)).toBeUndefined();
  const kept = await Promise.all(
    Array.from({ length: 5 }, (_, n) => keepRunDocument(store.db.pool, key, document(`by ${n}`))),
  );
  expect(new Set(kept.map(({ bytes }) => bytes.toString())).size).toBe(1);
  const other = await keepRunDocument(store.db.pool, { ...key, version: 2 }, document('another'));
  expect(other.bytes.toString()).toBe('another');
  expect((await readRunDocument(store.db.pool, key))?.bytes).toEqual(kept[0]?.bytes);
});

test('goes with its day', async () => {
  const day = '2026-01-05';
  await store.db.pool.query('SELECT ensure_partitions($1)', [day]);
  const key = { accountId: store.account.accountId, runId: 999_999, version: 1, day };
  await keepRunDocument(store.db.pool, key, document('old'));
  expect(await rotateOldestDay(store.db.pool, 30)).toEqual({ kind: 'dropped', day });
  expect(await readRunDocument(store.db.pool, key)).toBeUndefined();
});

test('a run report has a line for each delivery, quotes what must be, and disarms formulas', async () => {
  const { runId, jobId, batchId } = await seedBatch(store, { rows: [{ state: 'sent' }, { state: 'failed' }] });
  await store.db.pool.query(
    `UPDATE deliveries SET address = '=cmd,"x"', code = '131026' WHERE batch_id = $1 AND number = 2`,
    [batchId],
  );
  const accountId = store.account.accountId;
  const report = await renderRunReport(store.db.pool, { accountId, runId, rowsMax: 2 });
  const lines = report.kind === 'csv' ? report.text.split('\r\n') : [];
  expect(lines).toHaveLength(4);
  expect(lines[1]).toMatch(new RegExp(`^dlv_20261120_${batchId}_1,,49152000001,sent,,1,2`));
  expect(lines[2]).toContain(`"'=cmd,""x""",failed,131026`);
  expect(await newestRunOf(store.db.pool, { accountId, jobId })).toBe(runId);
});

test('of a run that is not there, another account’s, or too large, there is none', async () => {
  const { runId } = await seedBatch(store, { rows: [{}, {}] });
  const accountId = store.account.accountId;
  expect(await renderRunReport(store.db.pool, { accountId, runId, rowsMax: 1 })).toEqual({ kind: 'too_large' });
  expect(await renderRunReport(store.db.pool, { accountId: accountId + 1, runId, rowsMax: 9 })).toEqual({
    kind: 'not_found',
  });
  expect(await newestRunOf(store.db.pool, { accountId, jobId: 999_999 })).toBeUndefined();
});

/** Whether a run was late goes by its own moment and by its first try, also when it was tried again, which puts both of its batch and its delivery later. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { noticeCompletedRuns, noticeOpenRuns, readListeners } from '../src/index.ts';
import { DAY, openStore, seedBatch, type TestStore } from './rows.ts';

const MINUTE = 60_000;

let store: TestStore;
beforeEach(async () => {
  store = await openStore();
  await store.db.pool.query(`UPDATE accounts SET owners_told_since = now() - interval '1 hour'`);
});
afterEach(() => store?.close());

/**
 * A call that was due five minutes ago, with a minute's patience, and was tried again just now.
 * @param firstMinute how many minutes after its moment the first try was
 */
async function seedCall(firstMinute: number, state: 'sent' | 'scheduled'): Promise<void> {
  const { pool } = store.db;
  const { batchId, jobId, runId } = await seedBatch(store, {
    rows: [{ state, try: 2 }],
    dueInMs: state === 'sent' ? -1_000 : MINUTE,
  });
  await pool.query(
    `UPDATE jobs SET kind = 'webhook', notify = '{"webhook": "https://owner.example/told"}',
                     policy = '{"lateAfterMs": ${MINUTE}, "quietHours": "ignore"}' WHERE id = $1`,
    [jobId],
  );
  await pool.query(
    `UPDATE runs SET due_at = carillon_now() - interval '5 minutes',
                     state = CASE WHEN $2 THEN 'completed' ELSE state END, completed_at = CASE WHEN $2 THEN carillon_now() END
     WHERE id = $1`,
    [runId, state === 'sent'],
  );
  await pool.query(
    `INSERT INTO attempts (account_id, batch_id, number, try, day, outcome, code, started_at, ended_at)
     SELECT $1, $2, 1, 1, $3, 'retry', 'http_503', m.at, m.at + interval '1 second'
     FROM (SELECT carillon_now() - interval '5 minutes' + $4 * interval '1 minute' AS at) m`,
    [store.account.accountId, batchId, DAY, firstMinute],
  );
}

/** What a pass over open runs and one over those that are over tell. */
async function told(): Promise<string[]> {
  const pass = { listeners: await readListeners(store.db.pool), limit: 10 };
  await noticeOpenRuns(store.db.pool, pass, undefined);
  await noticeCompletedRuns(store.db.pool, pass);
  const { rows } = await store.db.pool.query(`SELECT type FROM events WHERE type = 'run.late'`);
  return rows.map(({ type }) => type);
}

test.each(['sent', 'scheduled'] as const)(
  'one that was first tried late is told late, once, when it is %s',
  async (state) => {
    await seedCall(3, state);
    expect(await told()).toEqual(['run.late']);
    expect(await told()).toEqual(['run.late']);
  },
);

test.each(['sent', 'scheduled'] as const)('one that was first tried in time is not, when it is %s', async (state) => {
  await seedCall(0.5, state);
  expect(await told()).toEqual([]);
  expect(await told()).toEqual([]);
});

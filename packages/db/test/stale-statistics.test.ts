/** What comes due by a schedule is found by an index also while Postgres does not know yet that there are jobs that come again. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { planSchedules } from '../src/index.ts';
import { costOf, plansOf } from './plans.ts';
import { openStore, type TestStore } from './rows.ts';

const JOBS = 2_000;

let store: TestStore;
beforeAll(async () => {
  store = await openStore();
  const insert = (isRecurring: boolean) =>
    store.db.pool.query(
      `INSERT INTO jobs (account_id, name, kind, channel, provider_account_id, trigger, audience, policy, recurring, next_run_at,
                         next_occurrence_at)
       SELECT $1, 'Job ' || n, 'message', 'whatsapp', $2, '{"type":"every","overlap":"queue"}', '{}', '{}', $3,
              now() + n * interval '1 hour', now() + n * interval '1 hour'
       FROM generate_series(1, ${JOBS}) n`,
      [store.account.accountId, store.account.providerAccountId, isRecurring],
    );
  await store.db.pool.query('ALTER TABLE jobs SET (autovacuum_enabled = false)');
  await insert(false);
  await store.db.pool.query('VACUUM ANALYZE jobs');
  await insert(true);
});
afterAll(() => store?.close());

test('nothing of what is not due is read', async () => {
  const plans = await plansOf(store, ['jobs'], (pool) =>
    planSchedules(pool, { aheadMs: 5_000, missedAfterMs: 60_000, limit: 200 }),
  );
  expect(plans.map(({ nodes }) => costOf(nodes, ['jobs']))).toEqual(plans.map(() => ({ rows: 0, whole: [] })));
  expect(plans.length).toBeGreaterThanOrEqual(2);
});

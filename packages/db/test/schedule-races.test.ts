/** Schedulers beside one another: what one planned while another had looked and not yet locked is seen by that one all the same. */
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type pg from 'pg';
import { planSchedules } from '../src/index.ts';
import { openStore, type TestStore } from './rows.ts';
import { every, MINUTE, PASS, passAll, runsOf, scheduledJob, stopClock } from './scheduleRows.ts';

const START = Date.parse('2026-11-24T08:00:00Z');
const LOOKS_MS = 400;

let store: TestStore;
beforeAll(async () => {
  store = await openStore();
});
afterAll(() => store?.close());
beforeEach(async () => {
  await store.db.pool.query(`UPDATE jobs SET status = 'cancelled', next_run_at = NULL`);
  await stopClock(store, START - MINUTE);
});

/** A pool whose scheduler stands still for a moment between looking for jobs that are due and locking them. */
function slowPool(onLook: () => void): pg.Pool {
  const slowed = (client: pg.PoolClient) =>
    new Proxy(client, {
      get: (of, name) => {
        const value = Reflect.get(of, name, of);
        if (name !== 'query') return typeof value === 'function' ? value.bind(of) : value;
        return (query: unknown, ...values: unknown[]) => {
          const isLook = typeof query === 'string' && query.includes('AS next_occurrence_ms, occurrences');
          if (!isLook) return value.call(of, query, ...values);
          onLook();
          const slow = query.replace(
            'OFFSET 0) n',
            `OFFSET 0) n, (SELECT pg_sleep(${LOOKS_MS / 1_000}) OFFSET 0) still`,
          );
          expect(slow).not.toBe(query);
          return value.call(of, slow, ...values);
        };
      },
    });
  return new Proxy(store.db.pool, {
    get: (of, name) => (name === 'connect' ? async () => slowed(await of.connect()) : Reflect.get(of, name, of)),
  });
}

test.each([
  { overlap: 'queue', runs: [[0, null]] },
  {
    overlap: 'skip',
    runs: [
      [0, null],
      [1, 'overlap'],
    ],
  },
] as const)(
  '$overlap: no second run is planned beside one that another scheduler has just planned',
  async ({ overlap, runs }) => {
    const jobId = await scheduledJob(store, every(60, START, { missed: 'all', overlap }), { afterMs: START - 1 });
    await stopClock(store, START + 1.5 * MINUTE);
    let looked: () => void = () => {};
    const looks = new Promise<void>((resolve) => {
      looked = resolve;
    });
    const slow = planSchedules(slowPool(looked), PASS);
    await looks;
    // By then the other's statement has taken its snapshot: it sleeps for longer.
    await new Promise((resolve) => setTimeout(resolve, LOOKS_MS / 4));
    await passAll(store, { limit: 1 });
    await slow;
    const planned = await runsOf(store, jobId);
    expect(planned.map((run) => [(Date.parse(run.key) - START) / MINUTE, run.left_out])).toEqual(runs);
  },
);

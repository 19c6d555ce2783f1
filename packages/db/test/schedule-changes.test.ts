/** What was planned by a schedule and not begun, when the job is changed: it goes out, once, as the job is by then. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  beginExpansions,
  expandStep,
  finishExpansions,
  inTransaction,
  pauseJob,
  planDueJobs,
  resumeJob,
  runJobNow,
} from '../src/index.ts';
import { openStore, type TestStore } from './rows.ts';
import {
  change,
  every,
  finishRuns,
  jobRow,
  MINUTE,
  passAll,
  runsOf,
  scheduledCall,
  scheduledJob,
  stopClock,
  triggerOf,
} from './scheduleRows.ts';

const START = Date.parse('2026-11-24T08:00:00Z');
const ANOTHER = { content: { type: 'text', text: 'Another' } } as const;

let store: TestStore;
beforeAll(async () => {
  store = await openStore();
});
afterAll(() => store?.close());
beforeEach(async () => {
  await store.db.pool.query(`UPDATE jobs SET status = 'cancelled', next_run_at = NULL`);
  await stopClock(store, START - MINUTE);
});

const minutely = (rules = {}) => every(60, START, { missed: 'all', ...rules });
const at = (minute: number) => triggerOf({ type: 'at', instantMs: START + minute * MINUTE }, START + minute * MINUTE);

async function passAt(minute: number): Promise<void> {
  await stopClock(store, START + minute * MINUTE);
  await passAll(store);
}

/** The key of each run with the version of what it says. */
async function saidBy(jobId: number): Promise<[string, number][]> {
  await beginExpansions(store.db.pool, 10);
  while ((await expandStep(store.db.pool)) !== undefined) {
    // The next one.
  }
  await finishExpansions(store.db.pool);
  const { rows } = await store.db.pool.query<{ key: string; version: number }>(
    `SELECT r.occurrence_key AS key, d.content_version AS version FROM runs r JOIN deliveries d ON d.account_id = r.account_id AND d.run_id = r.id
     WHERE r.job_id = $1 ORDER BY r.id`,
    [jobId],
  );
  return rows.map(({ key, version }) => [nameOf(key), version]);
}

/** `minute 2`, `once` or `manual`. */
const nameOf = (key: string) =>
  key.startsWith('2026') ? `minute ${(Date.parse(key) - START) / MINUTE}` : (key.split(':')[0] as string);

describe('another content', () => {
  test('leaves what is late as it is due, whatever is done about what was missed', async () => {
    const jobId = await scheduledJob(store, minutely({ missed: 'skip' }), { afterMs: START - 1 });
    await passAt(0.5);
    // Senders are away for minutes.
    await stopClock(store, START + 3.2 * MINUTE);
    await change(store, jobId, ANOTHER);
    await passAll(store);
    expect(await saidBy(jobId)).toEqual([
      ['minute 0', 2],
      ['minute 3', 2],
    ]);
  });

  test('together with another trigger is also that of what was due by the earlier one', async () => {
    const jobId = await scheduledJob(store, minutely(), { afterMs: START - 1 });
    await passAt(0.5);
    await change(store, jobId, { trigger: triggerOf(every(3_600, START), null), ...ANOTHER });
    expect(await saidBy(jobId)).toEqual([['minute 0', 2]]);
  });

  test('is that of the one moment that took the place of a schedule, and of what is left of that', async () => {
    const jobId = await scheduledJob(store, minutely(), { afterMs: START - 1 });
    await passAt(0);
    await finishRuns(store, [(await runsOf(store, jobId))[0]?.id as number]);
    await passAt(1.5);
    await change(store, jobId, { trigger: at(3) });
    await change(store, jobId, ANOTHER);
    expect(await saidBy(jobId)).toEqual([
      ['minute 0', 1],
      ['minute 1', 2],
      ['once', 2],
    ]);
  });

  test('is that of a run by hand that nobody began with, beside one moment', async () => {
    const jobId = await scheduledJob(store, minutely(), { afterMs: START - 1 });
    await change(store, jobId, { trigger: at(3) });
    const request = { accountId: store.account.accountId, jobId, actor: 'test' };
    await inTransaction(store.db.pool, (client) => runJobNow(client, request));
    await change(store, jobId, ANOTHER);
    expect((await saidBy(jobId)).sort()).toEqual([
      ['manual', 2],
      ['once', 2],
    ]);
  });
});

test('one moment that is moved leaves what was due by the schedule before it, and happens once', async () => {
  const jobId = await scheduledJob(store, minutely(), { afterMs: START - 1 });
  await passAt(0.5);
  // Beyond the horizon, so that it has no run yet.
  await change(store, jobId, { trigger: at(30) });
  await change(store, jobId, { trigger: at(40) });
  expect((await runsOf(store, jobId)).map(({ key }) => nameOf(key))).toEqual(['minute 0']);
  expect((await jobRow(store, jobId)).next_run_at).toEqual(new Date(START + 40 * MINUTE));
  await stopClock(store, START + 40 * MINUTE);
  await planDueJobs(store.db.pool, { horizonMs: 0, limit: 10 });
  expect((await runsOf(store, jobId)).map(({ key }) => nameOf(key))).toEqual(['minute 0', 'once']);
});

/** Of the first two runs of four at most the later one is begun first; the other is taken back, and all are planned that are left. */
async function meetAgain(kind: 'message' | 'call'): Promise<number> {
  const make = kind === 'message' ? scheduledJob : scheduledCall;
  const jobId = await make(store, minutely({ maxOccurrences: 4 }), { afterMs: START - 1 });
  await passAt(0);
  await passAt(1);
  await finishRuns(store, [(await runsOf(store, jobId))[1]?.id as number]);
  const request = { accountId: store.account.accountId, jobId, actor: 'test' };
  await pauseJob(store.db.pool, request);
  await resumeJob(store.db.pool, request);
  for (let minute = 1; minute <= 6; minute += 1) await passAt(minute);
  return jobId;
}

const namesOf = async (jobId: number) => (await runsOf(store, jobId)).map(({ key }) => nameOf(key));

test.each(['message', 'call'] as const)(
  'a %s whose begun run is met again counts it once, and makes the runs that are left',
  async (kind) => {
    const jobId = await meetAgain(kind);
    expect(await namesOf(jobId)).toEqual(['minute 0', 'minute 1', 'minute 2', 'minute 3']);
    expect(await jobRow(store, jobId)).toMatchObject({ occurrences: 4, next_run_at: null });
  },
);

test('the control: with the occurrence key unique no more, what was begun is run again', async () => {
  const { pool } = store.db;
  // What follows the milliseconds is not read, and makes each key another.
  await pool.query(
    `CREATE FUNCTION other_key() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN NEW.occurrence_key := replace(NEW.occurrence_key, 'Z', lpad(NEW.id::text, 12, '0') || 'Z'); RETURN NEW; END $$`,
  );
  await pool.query('CREATE TRIGGER other_key BEFORE INSERT ON runs FOR EACH ROW EXECUTE FUNCTION other_key()');
  try {
    expect(await namesOf(await meetAgain('message'))).toEqual(['minute 0', 'minute 1', 'minute 1', 'minute 2']);
  } finally {
    await pool.query('DROP TRIGGER other_key ON runs');
  }
});

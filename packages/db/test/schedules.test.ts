/** Jobs that come again: their runs, what becomes of moments that went by, overlap, pause, change, and runs by hand. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  cancelJob,
  completeJobs,
  inTransaction,
  pauseJob,
  planSchedules,
  readJob,
  resumeJob,
  runJobNow,
} from '../src/index.ts';
import { openStore, type TestStore } from './rows.ts';
import {
  change,
  every,
  finishRuns,
  HOUR,
  jobRow,
  MINUTE,
  minutesOf,
  PASS,
  passAll,
  runsOf,
  scheduledCall,
  scheduledJob,
  stopClock,
  triggerOf,
} from './scheduleRows.ts';

const START = Date.parse('2027-03-01T10:00:00Z');

let store: TestStore;
beforeAll(async () => {
  store = await openStore();
});
afterAll(() => store?.close());

/** A job of every five minutes, of which nothing was planned before. */
async function fiveMinutely(more: Parameters<typeof every>[2] = {}): Promise<number> {
  await stopClock(store, START - MINUTE);
  return await scheduledJob(store, every(300, START, more), { afterMs: START - MINUTE });
}
const request = (jobId: number) => ({ accountId: store.account.accountId, jobId, actor: 'test' });
const minutes = async (jobId: number) => minutesOf(await runsOf(store, jobId), START);
const passAt = async (atMs: number) => {
  await stopClock(store, atMs);
  return await passAll(store);
};

describe('runs', () => {
  test('are planned a few seconds ahead, one for each moment, with a delivery that is due then', async () => {
    const jobId = await fiveMinutely();
    await passAt(START - 6_000);
    expect(await runsOf(store, jobId)).toEqual([]);
    await passAt(START - 4_000);
    expect(await runsOf(store, jobId)).toMatchObject([
      {
        key: '2027-03-01T10:00:00.000Z',
        state: 'sending',
        deliveries: 'scheduled',
        late_ms: expect.closeTo(-4_000, -1),
      },
    ]);
    await passAt(START + 1_000);
    expect(await minutes(jobId)).toEqual([0]);
    await passAt(START + 5 * MINUTE);
    expect(await minutes(jobId)).toEqual([0, 5]);
    const row = await readJob(store.db.pool, store.account.accountId, jobId);
    expect(row?.next_run_at_ms).toBe(START + 10 * MINUTE);
    // What it shows is the next one that is open.
    expect(row?.run_occurrence).toBe('2027-03-01T10:00:00.000Z');
  });

  test('end with the last moment, and the job is completed when they are over', async () => {
    const jobId = await fiveMinutely({ endsAtMs: START + 5 * MINUTE });
    await passAt(START);
    await passAt(START + 5 * MINUTE);
    expect((await jobRow(store, jobId)).next_run_at).toBeNull();
    await completeJobs(store.db.pool, 100);
    expect((await jobRow(store, jobId)).status).toBe('active');
    await finishRuns(
      store,
      (await runsOf(store, jobId)).map(({ id }) => id),
    );
    await completeJobs(store.db.pool, 100);
    expect((await jobRow(store, jobId)).status).toBe('completed');
  });

  test('are no more than the maximum', async () => {
    const jobId = await fiveMinutely({ maxOccurrences: 2 });
    for (const minute of [0, 5, 10, 15]) await passAt(START + minute * MINUTE);
    expect(await minutes(jobId)).toEqual([0, 5]);
    expect(await jobRow(store, jobId)).toMatchObject({ next_run_at: null, occurrences: 2 });
  });

  test('are later by their jitter, which is within its bound', async () => {
    const jobId = await fiveMinutely({ jitterMs: 120_000 });
    await passAt(START + 2 * MINUTE);
    const [run] = await runsOf(store, jobId);
    expect(run?.key).toBe('2027-03-01T10:00:00.000Z');
    const { rows } = await store.db.pool.query<{ late: number }>(
      `SELECT extract(epoch FROM due_at - occurrence_key::timestamptz)::float8 AS late FROM runs WHERE id = $1`,
      [run?.id],
    );
    expect(rows[0]?.late).toBeGreaterThan(0);
    expect(rows[0]?.late).toBeLessThanOrEqual(120);
  });

  test('of a job whose row cannot be read keep nobody else from theirs', async () => {
    const broken = await fiveMinutely();
    await store.db.pool.query(`UPDATE jobs SET trigger = '{"type":"cron"}' WHERE id = $1`, [broken]);
    const jobId = await scheduledJob(store, every(300, START), { afterMs: START - MINUTE });
    await stopClock(store, START);
    const { failures } = await planSchedules(store.db.pool, PASS);
    expect(failures.map((failure) => failure.jobId)).toEqual([broken]);
    expect(await minutes(jobId)).toEqual([0]);
    await cancelJob(store.db.pool, request(broken));
  });
});

describe('many jobs without recipients', () => {
  const columns = `b.channel, b.single, b.size, b.scheduled, b.max_attempts, b.unknown_action, b.unknown_after_seconds, b.due_at,
    b.expires_at, d.recipient_id, d.dedupe_key, d.due_at AS delivery_due_at, d.content_version, d.number, d.address, d.address_key,
    d.state, d.code, r.state AS run_state, r.people, r.due_at AS run_due_at, r.expanded_at IS NULL AS unexpanded`;
  const rowsOf = async (jobId: number) =>
    (
      await store.db.pool.query(
        `SELECT ${columns} FROM runs r JOIN batches b ON b.run_id = r.id JOIN deliveries d ON d.batch_id = b.id WHERE r.job_id = $1`,
        [jobId],
      )
    ).rows;

  test('are planned together, as they are one by one', async () => {
    await stopClock(store, START - MINUTE);
    const jobs = [];
    for (let count = 0; count < 5; count += 1) {
      jobs.push(await scheduledCall(store, every(300, START), { afterMs: START - MINUTE }));
    }
    await passAt(START - 3_000);
    const together = await Promise.all(jobs.map(rowsOf));
    expect(together.every((rows) => rows.length === 1)).toBe(true);
    // By hand they go one by one; only the moment differs.
    await stopClock(store, START);
    const alone = await scheduledCall(store, every(300, START + HOUR), { afterMs: START });
    await inTransaction(store.db.pool, (client) => runJobNow(client, request(alone)));
    const [one] = await rowsOf(alone);
    for (const [row] of together) expect(row).toEqual(one);
  });

  test('one that cannot be planned keeps nobody else from it', async () => {
    await stopClock(store, START - MINUTE);
    const good = await scheduledCall(store, every(300, START), { afterMs: START - MINUTE });
    const bad = await scheduledCall(store, every(300, START), { afterMs: START - MINUTE, url: 'no address' });
    await stopClock(store, START);
    const { failures } = await planSchedules(store.db.pool, PASS);
    expect(failures.map((failure) => failure.jobId)).toEqual([bad]);
    expect([await minutes(good), await minutes(bad)]).toEqual([[0], []]);
    await cancelJob(store.db.pool, request(bad));
  });
});

describe('after standing still for an hour, five schedulers at once', () => {
  // Ten o'clock was planned; at 11:02:30 everything starts again. 10:05 to 11:00 went by, of which all are over a minute late.
  test.each([
    ['skip', [0, 65], 12],
    ['once', [0, 60, 65], 11],
    ['all', [0, ...Array.from({ length: 13 }, (_, index) => 5 + index * 5)], 0],
  ] as const)('%s', async (missed, expected, leftOut) => {
    const jobs = [];
    for (let count = 0; count < 8; count += 1) jobs.push(await fiveMinutely({ missed }));
    await passAt(START);
    await stopClock(store, START + HOUR + 2.5 * MINUTE);
    await Promise.all(Array.from({ length: 5 }, () => planSchedules(store.db.pool, PASS)));
    await stopClock(store, START + HOUR + 5 * MINUTE);
    await Promise.all(Array.from({ length: 5 }, () => planSchedules(store.db.pool, PASS)));
    for (const jobId of jobs) {
      const runs = await runsOf(store, jobId);
      expect(minutesOf(runs, START)).toEqual(expected);
      expect(runs.reduce((sum, run) => sum + (run.left_out_count ?? 0), 0)).toBe(leftOut);
      expect(runs.filter((run) => run.left_out !== null).every((run) => run.left_out === 'missed')).toBe(true);
      expect(runs.filter((run) => run.left_out === null).every((run) => run.deliveries === 'scheduled')).toBe(true);
    }
  });

  test('all, up to its bound', async () => {
    const jobId = await fiveMinutely({ missed: 'all', missedLimit: 3 });
    await passAt(START + HOUR + 2.5 * MINUTE);
    expect(await minutes(jobId)).toEqual([50, 55, 60]);
  });

  test('what is not a minute late was not missed', async () => {
    const jobId = await fiveMinutely({ missed: 'skip' });
    await passAt(START + HOUR + 30_000);
    expect(await minutes(jobId)).toEqual([60]);
  });
});

describe('while an earlier run is not over', () => {
  test('allow runs beside it', async () => {
    const jobId = await fiveMinutely();
    for (const minute of [0, 5, 10]) await passAt(START + minute * MINUTE);
    expect(await minutes(jobId)).toEqual([0, 5, 10]);
  });

  test('skip leaves the moment out, and says so', async () => {
    const jobId = await fiveMinutely({ overlap: 'skip', maxOccurrences: 2 });
    // Not ahead: whether the earlier run is over by then is only known when it is due.
    await passAt(START - 1_000);
    expect(await runsOf(store, jobId)).toEqual([]);
    for (const minute of [0, 5]) await passAt(START + minute * MINUTE);
    await finishRuns(store, [(await runsOf(store, jobId))[0]?.id as number]);
    await passAt(START + 10 * MINUTE);
    expect((await runsOf(store, jobId)).map((run) => [run.left_out, run.deliveries])).toEqual([
      [null, 'sent'],
      ['overlap', null],
      [null, 'scheduled'],
    ]);
    // What was left out does not count.
    expect((await jobRow(store, jobId)).occurrences).toBe(2);
  });

  test('queue waits, and makes up for what came due meanwhile one by one, whatever the rule for missed ones', async () => {
    const jobId = await fiveMinutely({ overlap: 'queue', missed: 'skip' });
    for (let seconds = 0; seconds <= 720; seconds += 20) await passAt(START + seconds * 1_000);
    expect(await minutes(jobId)).toEqual([0]);
    const finishLast = async () => finishRuns(store, [(await runsOf(store, jobId)).at(-1)?.id as number]);
    await finishLast();
    await passAt(START + 12.5 * MINUTE);
    expect(await minutes(jobId)).toEqual([0, 5]);
    await finishLast();
    await passAt(START + 13 * MINUTE);
    expect(await minutes(jobId)).toEqual([0, 5, 10]);
    await finishLast();
    await passAt(START + 15 * MINUTE);
    expect(await minutes(jobId)).toEqual([0, 5, 10, 15]);
  });

  test('what came due while everything stood still was missed, also where it would have waited', async () => {
    const jobId = await fiveMinutely({ overlap: 'queue', missed: 'skip' });
    for (let seconds = 0; seconds <= 320; seconds += 20) await passAt(START + seconds * 1_000);
    await finishRuns(store, [(await runsOf(store, jobId))[0]?.id as number]);
    await passAt(START + HOUR + 2.5 * MINUTE);
    // 10:05 waited; 10:10 to 11:00 were missed.
    expect(await minutes(jobId)).toEqual([0, 5]);
    await finishRuns(store, [(await runsOf(store, jobId))[1]?.id as number]);
    await passAt(START + HOUR + 3 * MINUTE);
    expect((await runsOf(store, jobId)).at(-1)).toMatchObject({ left_out: 'missed', left_out_count: 11 });
  });
});

describe('a pause', () => {
  test('keeps what was planned from starting; a resume decides about it as about what was missed', async () => {
    for (const [missed, expected] of [
      ['skip', []],
      ['once', [25]],
      ['all', [0, 5, 10, 15, 20, 25]],
    ] as const) {
      const jobId = await fiveMinutely({ missed });
      await passAt(START - 3_000);
      expect(await minutes(jobId)).toEqual([0]);
      await pauseJob(store.db.pool, request(jobId));
      await passAt(START + 10 * MINUTE);
      expect(await minutes(jobId)).toEqual([0]);
      await stopClock(store, START + 27 * MINUTE);
      await resumeJob(store.db.pool, request(jobId));
      await passAll(store);
      expect([missed, await minutes(jobId)]).toEqual([missed, expected]);
      const { rows } = await store.db.pool.query('SELECT 1 FROM batches WHERE job_id = $1 AND paused_at IS NOT NULL', [
        jobId,
      ]);
      expect(rows).toEqual([]);
    }
  });

  test('leaves what was begun as it is', async () => {
    const jobId = await fiveMinutely({ missed: 'skip' });
    await passAt(START);
    const [run] = await runsOf(store, jobId);
    await store.db.pool.query('UPDATE batches SET fence = 1 WHERE run_id = $1', [run?.id]);
    await store.db.pool.query('UPDATE deliveries SET try = 1 WHERE run_id = $1', [run?.id]);
    await pauseJob(store.db.pool, request(jobId));
    await stopClock(store, START + 27 * MINUTE);
    await resumeJob(store.db.pool, request(jobId));
    await passAll(store);
    expect(await minutes(jobId)).toEqual([0]);
  });
});

describe('a change', () => {
  test('of the trigger takes back what is not due yet, and counts from now on', async () => {
    const jobId = await fiveMinutely();
    await passAt(START);
    await passAt(START + 5 * MINUTE - 3_000);
    expect(await minutes(jobId)).toEqual([0, 5]);
    const hourly = every(3_600, START);
    expect(await change(store, jobId, { trigger: triggerOf(hourly, START + HOUR) })).toMatchObject({ kind: 'changed' });
    expect(await minutes(jobId)).toEqual([0]);
    expect((await jobRow(store, jobId)).next_run_at).toEqual(new Date(START + HOUR));
    await passAt(START + 30 * MINUTE);
    await passAt(START + HOUR);
    expect(await minutes(jobId)).toEqual([0, 60]);
  });

  test('of the trigger during a pause leaves what was due before, and makes up for nothing of its own from before', async () => {
    const jobId = await fiveMinutely({ missed: 'all' });
    await passAt(START);
    await pauseJob(store.db.pool, request(jobId));
    await stopClock(store, START + 0.4 * MINUTE);
    const minutely = every(60, START - 0.7 * MINUTE, { missed: 'all' });
    await change(store, jobId, { trigger: triggerOf(minutely, null) });
    await stopClock(store, START + 0.9 * MINUTE);
    await change(store, jobId, { content: { type: 'text', text: 'Another' } });
    await stopClock(store, START + 2.5 * MINUTE);
    await resumeJob(store.db.pool, request(jobId));
    await passAll(store);
    expect(await minutes(jobId)).toEqual([0, 1.3, 2.3]);
    // The first is expanded anew, with the content of now.
    expect((await runsOf(store, jobId)).map(({ state }) => state)).toEqual(['planned', 'sending', 'sending']);
  });

  test('to the trigger that it has is no other trigger', async () => {
    const jobId = await fiveMinutely();
    const minutely = triggerOf(every(60, START), null);
    await change(store, jobId, { trigger: minutely });
    const { trigger } = await jobRow(store, jobId);
    await passAt(START + MINUTE);
    await change(store, jobId, { trigger: minutely });
    expect((await jobRow(store, jobId)).trigger).toEqual(trigger);
  });

  test('of the content is in whatever nobody began with, and in all that follows', async () => {
    const jobId = await fiveMinutely();
    await passAt(START);
    await finishRuns(store, [(await runsOf(store, jobId))[0]?.id as number]);
    await passAt(START + 5 * MINUTE - 3_000);
    await change(store, jobId, { content: { type: 'text', text: 'Another' } });
    await passAll(store);
    await passAt(START + 10 * MINUTE);
    const { rows } = await store.db.pool.query(
      `SELECT d.content_version FROM deliveries d JOIN runs r ON r.id = d.run_id WHERE r.job_id = $1 ORDER BY r.due_at`,
      [jobId],
    );
    expect(rows.map((row) => row.content_version)).toEqual([1, 2, 2]);
    expect((await jobRow(store, jobId)).occurrences).toBe(3);
  });

  test('from a moment to a schedule and back', async () => {
    const jobId = await fiveMinutely();
    await passAt(START - 3_000);
    const atMs = START + 10 * MINUTE;
    await change(store, jobId, { trigger: triggerOf({ type: 'at', instantMs: atMs }, atMs) });
    expect(await jobRow(store, jobId)).toMatchObject({ recurring: false });
    expect((await runsOf(store, jobId)).map(({ key }) => key)).toEqual([]);
    await change(store, jobId, { trigger: triggerOf(every(300, START), START) });
    expect(await jobRow(store, jobId)).toMatchObject({ recurring: true, next_run_at: new Date(START) });
    await passAt(START);
    expect(await minutes(jobId)).toEqual([0]);
  });
});

test('a cancel ends what was planned, and nothing follows', async () => {
  const jobId = await fiveMinutely();
  await passAt(START - 3_000);
  await cancelJob(store.db.pool, request(jobId));
  await passAt(START + HOUR);
  expect(await minutes(jobId)).toEqual([0]);
  const { rows } = await store.db.pool.query('SELECT cancelled_at FROM batches WHERE job_id = $1', [jobId]);
  expect(rows).toEqual([{ cancelled_at: expect.any(Date) }]);
});

describe('a run by hand', () => {
  const runNow = (jobId: number) => inTransaction(store.db.pool, (client) => runJobNow(client, request(jobId)));

  test('comes besides the moments of the schedule, and changes none of them', async () => {
    const jobId = await fiveMinutely({ maxOccurrences: 2 });
    await stopClock(store, START - 30_000);
    const made = await runNow(jobId);
    expect(made).toMatchObject({ kind: 'planned', occurrenceKey: expect.stringMatching(/^manual:\d+$/) });
    for (const minute of [0, 5, 10]) await passAt(START + minute * MINUTE);
    expect((await runsOf(store, jobId)).map(({ key }) => key.slice(0, 16))).toEqual([
      expect.stringMatching(/^manual:/),
      '2027-03-01T10:00',
      '2027-03-01T10:05',
    ]);
  });

  test('opens a job that was completed, and is refused of one that is paused or cancelled', async () => {
    const jobId = await fiveMinutely();
    await store.db.pool.query(`UPDATE jobs SET status = 'completed', next_run_at = NULL WHERE id = $1`, [jobId]);
    expect(await runNow(jobId)).toMatchObject({ kind: 'planned' });
    expect((await jobRow(store, jobId)).status).toBe('active');
    await pauseJob(store.db.pool, request(jobId));
    expect(await runNow(jobId)).toEqual({ kind: 'invalid_state', status: 'paused' });
    await cancelJob(store.db.pool, request(jobId));
    expect(await runNow(jobId)).toEqual({ kind: 'invalid_state', status: 'cancelled' });
    expect(await runNow(1_000_000)).toEqual({ kind: 'not_found' });
  });

  test('that nobody began with stays when the schedule is changed', async () => {
    const jobId = await fiveMinutely();
    await runNow(jobId);
    await passAt(START - 3_000);
    await change(store, jobId, { trigger: triggerOf(every(3_600, START + HOUR), START + HOUR) });
    expect((await runsOf(store, jobId)).map(({ key }) => key.slice(0, 7))).toEqual(['manual:']);
  });
});

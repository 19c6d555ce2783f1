/**
 * Runs and jobs that were over long ago go, and nothing goes that somebody could still ask for: not what an account keeps or nobody knows,
 * not what keeps a moment from being planned twice, and not what keeps a person from being told twice in a year.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  createDatabase,
  createResend,
  type Database,
  dropInlineRecipients,
  dropOldEvents,
  dropOldJobs,
  dropOldRuns,
  ensurePartitions,
  inTransaction,
  type OldDropped,
  pauseJob,
  readJob,
  reapIdempotencyKeys,
  resumeJob,
  rotateOldestDay,
  runJobNow,
} from '../src/index.ts';
import { dateJob, pass, seedRecipient, setClock, setDate } from './dateRows.ts';
import { costOf, plansOf } from './plans.ts';
import { openStore, type TestStore } from './rows.ts';
import { every, finishRuns, minutesOf, passAll, runsOf, scheduledJob, stopClock } from './scheduleRows.ts';

const KEEP_DAYS = 90;
const KEEP_JOB_DAYS = 400;
const DAY_MS = 86_400_000;
const NOW = '2029-05-20T12:00:00Z';

let store: TestStore;
/** The services' role, behind row-level security. */
let worker: Database;
let accountId: number;
beforeAll(async () => {
  store = await openStore();
  worker = createDatabase({ url: store.url, max: 4, applicationName: 'old-jobs', role: 'worker', byIndex: true });
  ({ accountId } = store.account);
});
afterAll(async () => {
  await worker?.close();
  await store?.close();
});
beforeEach(async () => {
  await setClock(store, NOW);
  await store.db.pool.query('TRUNCATE runs, jobs, batches, occasions, idempotency_keys, events, recipients CASCADE');
});

const sql = async (text: string, values: unknown[] = []) => (await store.db.pool.query(text, values)).rows;
const one = async (text: string, values: unknown[] = []) => (await sql(text, values))[0].id as number;
const ids = async (table: string) => (await sql(`SELECT id FROM ${table} ORDER BY id`)).map(({ id }) => id);

/** A job that was over so many days ago. */
async function oldJob(daysAgo: number, columns: Readonly<Record<string, unknown>> = {}): Promise<number> {
  const all = { kind: 'message', status: 'completed', audience: '{}', ...columns };
  const names = Object.keys(all);
  return await one(
    `INSERT INTO jobs (account_id, name, channel, provider_account_id, trigger, policy, created_at, updated_at, ${names.join(', ')})
     SELECT $1, 'old', 'whatsapp', $2, '{"type":"now"}', '{}', t.at, t.at, ${names.map((_, index) => `$${index + 4}`).join(', ')}
     FROM (SELECT carillon_now() - $3::int * interval '1 day' AS at) t RETURNING id`,
    [accountId, store.account.providerAccountId, daysAgo, ...Object.values(all)],
  );
}

/** A run that was over so many days ago, and of which only counts are left. */
async function oldRun(
  jobId: number,
  daysAgo: number,
  columns: Readonly<Record<string, unknown>> = {},
): Promise<number> {
  const all = { occurrence_key: `n-${Math.random()}`, state: 'completed', kept: '{"sent": 1, "size": 1}', ...columns };
  const names = Object.keys(all);
  return await one(
    `INSERT INTO runs (account_id, job_id, day, due_at, completed_at, ${names.join(', ')})
     SELECT $1, $2, t.at::date, t.at, t.at, ${names.map((_, index) => `$${index + 4}`).join(', ')}
     FROM (SELECT carillon_now() - $3::int * interval '1 day' AS at) t RETURNING id`,
    [accountId, jobId, daysAgo, ...Object.values(all)],
  );
}

/** Drops all days that may go, and then cycles over runs and jobs. @returns how much went */
async function forget(keepDays = KEEP_JOB_DAYS, limit = 1_000): Promise<Record<'runs' | 'jobs' | 'occasions', number>> {
  while ((await rotateOldestDay(worker.pool, Math.min(KEEP_DAYS, keepDays))).kind === 'dropped') {
    // The next one.
  }
  const gone = { runs: 0, jobs: 0, occasions: 0 };
  for (const what of ['runs', 'jobs'] as const) {
    let at: OldDropped['next'];
    do {
      const drop = what === 'runs' ? dropOldRuns : dropOldJobs;
      const page = await drop(worker.pool, { keepDays, limit, at });
      gone[what] += page.dropped;
      gone.occasions += page.occasions;
      at = page.next;
    } while (at !== undefined);
  }
  return gone;
}

describe('what is over', () => {
  test('goes with all that is its own, and its idempotency key after it; what is younger stays', async () => {
    const audience = await one(`INSERT INTO audiences (account_id, name) VALUES ($1, 'a' || random()) RETURNING id`, [
      accountId,
    ]);
    for (const daysAgo of [401, 399]) {
      const jobId = await oldJob(daysAgo, { tags: ['old'], audience: JSON.stringify({ audienceIds: [audience] }) });
      const runId = await oldRun(jobId, daysAgo, { occurrence_key: 'once' });
      await sql(`INSERT INTO contents (account_id, job_id, version, body) VALUES ($1, $2, 1, '{}')`, [
        accountId,
        jobId,
      ]);
      await sql(`INSERT INTO job_audiences VALUES ($1, $2, $3)`, [accountId, audience, jobId]);
      await sql(
        `INSERT INTO expansion_steps (account_id, run_id, number, lower_key) VALUES ($1, $2, 1, gen_random_uuid())`,
        [accountId, runId],
      );
      await sql(
        `INSERT INTO run_documents (account_id, run_id, content_version, day, media_type, bytes, made_at)
         SELECT $1, $2, 1, carillon_now()::date, 'text/plain', '', carillon_now()`,
        [accountId, runId],
      );
      await sql(
        `INSERT INTO idempotency_keys (account_id, key, request_hash, status, job_id, created_at)
         SELECT account_id, id::text, '', 201, id, created_at FROM jobs WHERE id = $1`,
        [jobId],
      );
    }
    const open = await oldJob(900, { status: 'active' });
    await sql(
      `INSERT INTO idempotency_keys (account_id, key, request_hash, status, job_id, created_at)
       SELECT account_id, 'open', '', 201, id, created_at FROM jobs WHERE id = $1`,
      [open],
    );
    expect(await forget()).toEqual({ runs: 1, jobs: 1, occasions: 0 });
    for (const table of ['contents', 'job_audiences', 'job_tags', 'expansion_steps', 'run_documents', 'runs']) {
      expect({ table, rows: await sql(`SELECT count(*)::int AS rows FROM ${table}`) }).toEqual({
        table,
        rows: [{ rows: 1 }],
      });
    }
    expect(await ids('jobs')).toHaveLength(2);
    await reapIdempotencyKeys(worker.pool, KEEP_JOB_DAYS * 24 + 12);
    expect(await sql(`SELECT key <> 'open' AS other FROM idempotency_keys ORDER BY key`)).toEqual([
      { other: true },
      { other: false },
    ]);
    expect(await forget()).toEqual({ runs: 0, jobs: 0, occasions: 0 });
  });

  test('stays for as long as its day or a batch of it does', async () => {
    const [, inDay, withBatch] = [
      await oldRun(await oldJob(500), 500),
      await oldRun(await oldJob(501), 501),
      await oldRun(await oldJob(502), 502),
    ] as [number, number, number];
    const days = await sql('SELECT day::text FROM runs WHERE id = ANY ($1) ORDER BY id', [[inDay, withBatch]]);
    await ensurePartitions(store.db.pool, days[0].day);
    const batchId = await one(
      `INSERT INTO batches (account_id, run_id, job_id, day, channel, provider_account_id, size, scheduled, unknown, due_at)
       SELECT account_id, id, job_id, day, 'whatsapp', 1, 1, 0, 1, due_at FROM runs WHERE id = $1 RETURNING id`,
      [withBatch],
    );
    // The day itself is kept here by what nobody knows, until a person settles it.
    await sql(
      `INSERT INTO batches (account_id, run_id, job_id, day, channel, provider_account_id, size, scheduled, unknown, due_at)
       SELECT account_id, 1, job_id, day, 'whatsapp', 1, 1, 0, 1, due_at FROM runs WHERE id = $1`,
      [inDay],
    );
    expect(await forget()).toEqual({ runs: 1, jobs: 1, occasions: 0 });
    expect(await ids('runs')).toEqual([inDay, withBatch]);
    await sql('UPDATE batches SET unknown = 0, sent = 1 WHERE id <> $1', [batchId]);
    expect(await forget()).toEqual({ runs: 1, jobs: 1, occasions: 0 });
    expect(await ids('runs')).toEqual([withBatch]);
    await sql('DELETE FROM batches');
    expect(await forget()).toEqual({ runs: 1, jobs: 1, occasions: 0 });
  });

  test('stays with its run where the job ended lately or goes on, as one that happens once', async () => {
    await oldRun(await oldJob(10), 500, { occurrence_key: 'once' });
    await oldRun(await oldJob(500, { status: 'paused' }), 500, { occurrence_key: 'once' });
    await oldRun(await oldJob(500), 500, { state: 'sending' });
    await oldRun(await oldJob(500), 10);
    // Also where it comes again by now, as it may happen once again.
    const again = await oldJob(500, { status: 'active', recurring: true });
    await oldRun(again, 500, { occurrence_key: 'once' });
    await oldRun(again, 10);
    expect(await forget()).toEqual({ runs: 0, jobs: 0, occasions: 0 });
  });

  test('goes the latest first of a run and its resends, so that the key of the next resend is free', async () => {
    const jobId = await oldJob(500);
    const root = await oldRun(jobId, 900, { occurrence_key: 'once' });
    const key = (number: number) => ({ occurrence_key: `resend:${root}:${number}`, parent_run_id: root });
    await oldRun(jobId, 800, key(1));
    const young = await oldRun(jobId, 399, key(2));
    await sql(`UPDATE jobs SET updated_at = updated_at - interval '90 days' WHERE id = $1`, [jobId]);
    expect(await forget()).toEqual({ runs: 0, jobs: 0, occasions: 0 });
    await sql(`UPDATE runs SET completed_at = completed_at - interval '9 days' WHERE id = $1`, [young]);
    for (const left of [2, 1]) {
      expect(await forget()).toEqual({ runs: 1, jobs: 0, occasions: 0 });
      expect(await ids('runs')).toHaveLength(left);
    }
    expect(await forget()).toEqual({ runs: 1, jobs: 1, occasions: 0 });
  });

  test('stays where people are left whom only its row tells to be dropped, and notices go with their event', async () => {
    const withPeople = await oldJob(500);
    const personId = await seedRecipient(store, { externalId: 'inline' });
    await sql('UPDATE recipients SET inline_job_id = $2 WHERE id = $1', [personId, withPeople]);
    const eventId = await one(
      `INSERT INTO events (account_id, type, subject, data, created_at)
       VALUES ($1, 'run.completed', 'run_1', '{}', carillon_now() - interval '500 days') RETURNING id`,
      [accountId],
    );
    const notice = await oldJob(500, { kind: 'notice', event_id: eventId });
    await oldRun(notice, 500, { silent: true });
    expect(await forget()).toEqual({ runs: 0, jobs: 0, occasions: 0 });
    await dropInlineRecipients(worker.pool, { keepDays: KEEP_DAYS, limit: 10, afterJobId: 0 });
    expect(await dropOldEvents(worker.pool, KEEP_DAYS, 10)).toBe(1);
    expect(await ids('jobs')).toEqual([withPeople]);
    expect(await forget()).toEqual({ runs: 0, jobs: 1, occasions: 0 });
  });
});

describe('of a job that goes on', () => {
  /** A message every ten days, from 2027-03-01 on. */
  const START = Date.parse('2027-03-01T10:00:00Z');
  const TEN_DAYS = 10 * DAY_MS;
  const momentsOf = (runs: Parameters<typeof minutesOf>[0]) => minutesOf(runs, START).map((minute) => minute / 14_400);
  const everyTenDays = async (moments: readonly number[]): Promise<number> => {
    await stopClock(store, START - 60_000);
    const jobId = await scheduledJob(store, every(TEN_DAYS / 1_000, START, { missed: 'all', missedLimit: 1_000 }), {
      afterMs: START - 60_000,
    });
    for (const moment of moments) {
      await stopClock(store, START + moment * TEN_DAYS);
      await passAll(store);
    }
    return jobId;
  };
  const finish = async (jobId: number, besides: readonly number[] = []) => {
    const runs = await runsOf(store, jobId);
    const done = runs.filter(({ key }) => !besides.includes((Date.parse(key) - START) / TEN_DAYS));
    await finishRuns(
      store,
      done.map(({ id }) => id),
    );
  };

  test('old runs go and the latest stays; nothing that was planned is planned again', async () => {
    const jobId = await everyTenDays([0, 1, 2, 3]);
    await finish(jobId);
    await pauseJob(store.db.pool, { accountId, jobId, actor: 'test' });
    await stopClock(store, START + 50 * TEN_DAYS);
    expect(await forget()).toEqual({ runs: 3, jobs: 0, occasions: 0 });
    expect(momentsOf(await runsOf(store, jobId))).toEqual([3]);
    const view = await readJob(worker.pool, accountId, jobId);
    expect(view).toMatchObject({ status: 'paused', run_occurrence: new Date(START + 3 * TEN_DAYS).toISOString() });
    await resumeJob(store.db.pool, { accountId, jobId, actor: 'test' });
    await passAll(store, { limit: 1_000 });
    expect(momentsOf(await runsOf(store, jobId)).slice(0, 3)).toEqual([3, 4, 5]);
  });

  test.each([
    ['they stay', false],
    ['the control: without them they would be', true],
  ])('runs after one that is open are not planned twice when it is taken back: %s', async (_, isControl) => {
    const jobId = await everyTenDays([0, 1, 2, 3]);
    await finish(jobId, [1]);
    await pauseJob(store.db.pool, { accountId, jobId, actor: 'test' });
    await stopClock(store, START + 50 * TEN_DAYS);
    expect(await forget()).toEqual({ runs: 0, jobs: 0, occasions: 0 });
    expect(momentsOf(await runsOf(store, jobId))).toEqual([0, 1, 2, 3]);
    if (isControl) await sql(`DELETE FROM runs WHERE job_id = $1 AND state = 'completed'`, [jobId]);
    await resumeJob(store.db.pool, { accountId, jobId, actor: 'test' });
    await passAll(store, { limit: 1_000 });
    const open = (await runsOf(store, jobId)).filter(({ state }) => state !== 'completed');
    const moments = momentsOf(open);
    expect(moments.includes(1)).toBe(true);
    expect(moments.includes(2) || moments.includes(3)).toBe(isControl);
  });

  test('what comes before the moment that is next by its row stays', async () => {
    const jobId = await oldJob(10, { status: 'active', recurring: true });
    for (const days of [500, 490, 480]) await oldRun(jobId, days);
    await sql(`UPDATE jobs SET next_occurrence_at = carillon_now() - interval '495 days' WHERE id = $1`, [jobId]);
    expect(await forget()).toMatchObject({ runs: 1 });
    await sql(`UPDATE jobs SET next_occurrence_at = carillon_now() WHERE id = $1`, [jobId]);
    expect(await forget()).toMatchObject({ runs: 1 });
    // What was left out is a record, and no run that anybody shows as the latest.
    const leftOut = await oldRun(jobId, 450, { left_out: 'overlap' });
    expect(await forget()).toMatchObject({ runs: 1 });
    expect(await ids('runs')).not.toContain(leftOut);
    expect(await ids('runs')).toHaveLength(1);
  });
});

describe('of dates', () => {
  const planned = async (jobId: number) =>
    (await sql(`SELECT occurrence_key AS key FROM runs WHERE job_id = $1 ORDER BY due_at`, [jobId])).map(
      ({ key }) => key,
    );
  const finishAll = async (jobId: number) =>
    await finishRuns(
      store,
      (await runsOf(store, jobId)).map(({ id }) => id),
    );
  /** A birthday of which the message was sent. */
  const greeted = async (): Promise<{ jobId: number; personId: number }> => {
    await setClock(store, '2027-03-08T12:00:00Z');
    const personId = await seedRecipient(store, { externalId: `p-${Math.random()}`, zone: 'Europe/Berlin' });
    await setDate(store, personId, '1990-03-09');
    const jobId = await dateJob(store);
    await pass(store);
    expect(await planned(jobId)).toEqual(['date:0:2027-03-09']);
    await finishAll(jobId);
    return { jobId, personId };
  };

  test.each([
    ['stay, and so does their guard', false],
    ['the control: without them somebody would be greeted twice in it', true],
  ])('occasions of the year %s', async (_, isControl) => {
    const { jobId, personId } = await greeted();
    await setClock(store, '2027-12-20T12:00:00Z');
    await pass(store);
    // A later run, so that the first is not kept as the latest.
    await oldRun(jobId, 1);
    expect(await forget(100)).toEqual({ runs: 0, jobs: 0, occasions: 0 });
    if (isControl) await sql('DELETE FROM occasions');
    await setDate(store, personId, '1990-12-21');
    await pass(store);
    expect((await planned(jobId)).includes('date:0:2027-12-21')).toBe(isControl);
  });

  test('go with their run when the year is over, and nobody is told twice or not at all', async () => {
    const { jobId } = await greeted();
    await setClock(store, '2028-03-08T12:00:00Z');
    await pass(store);
    expect(await planned(jobId)).toEqual(['date:0:2027-03-09', 'date:0:2028-03-09']);
    await finishAll(jobId);
    await setClock(store, '2028-05-20T12:00:00Z');
    await pass(store);
    expect(await forget()).toEqual({ runs: 1, jobs: 0, occasions: 1 });
    await pass(store);
    expect(await planned(jobId)).toEqual(['date:0:2028-03-09']);
    expect(await sql('SELECT period FROM occasions')).toEqual([{ period: '2028' }]);
    await setClock(store, '2029-03-08T12:00:00Z');
    await pass(store);
    expect(await planned(jobId)).toEqual(['date:0:2028-03-09', 'date:0:2029-03-09']);
  });

  test('stay where passes stood still since then', async () => {
    const { jobId } = await greeted();
    await pauseJob(store.db.pool, { accountId, jobId, actor: 'test' });
    await setClock(store, NOW);
    await oldRun(jobId, 1);
    expect(await forget()).toEqual({ runs: 0, jobs: 0, occasions: 0 });
    await sql('UPDATE jobs SET dates_looked_to = carillon_now() WHERE id = $1', [jobId]);
    expect(await forget()).toEqual({ runs: 1, jobs: 0, occasions: 1 });
  });

  test('go with a job that was over for a year', async () => {
    const { jobId } = await greeted();
    await sql(`UPDATE jobs SET status = 'cancelled', next_run_at = NULL, updated_at = carillon_now() WHERE id = $1`, [
      jobId,
    ]);
    await setClock(store, '2027-12-20T12:00:00Z');
    expect(await forget(100)).toEqual({ runs: 1, jobs: 0, occasions: 0 });
    expect(await sql('SELECT period FROM occasions')).toEqual([{ period: '2027' }]);
    await setClock(store, '2028-03-12T12:00:00Z');
    expect(await forget(100)).toEqual({ runs: 0, jobs: 1, occasions: 1 });
    expect(await ids('jobs')).toEqual([]);
  });
});

describe('however it goes on', () => {
  const seedMany = async (count: number) => {
    for (let n = 0; n < count; n += 1) await oldRun(await oldJob(500), 500, { occurrence_key: 'once' });
  };

  test('in pages of two, undone in between, and by several at once beside somebody who holds a row: the same', async () => {
    await seedMany(9);
    await inTransaction(store.db.pool, async (client) => {
      expect(await dropOldRuns(client, { keepDays: KEEP_JOB_DAYS, limit: 5 })).toMatchObject({ dropped: 5 });
      throw new Error('interrupted');
    }).catch(() => undefined);
    expect(await ids('runs')).toHaveLength(9);
    const [first] = await ids('runs');
    const holder = await store.db.pool.connect();
    try {
      await holder.query('BEGIN');
      await holder.query('SELECT 1 FROM runs WHERE id = $1 FOR UPDATE', [first]);
      const gone = await Promise.all([forget(400, 2), forget(400, 3), forget(400, 1_000)]);
      expect(gone.reduce((sum, { runs }) => sum + runs, 0)).toBe(8);
      expect(gone.reduce((sum, { jobs }) => sum + jobs, 0)).toBeLessThanOrEqual(8);
    } finally {
      await holder.query('ROLLBACK');
      holder.release();
    }
    await forget(400, 2);
    expect(await ids('runs')).toEqual([]);
    expect(await ids('jobs')).toEqual([]);
  });

  test('a job that somebody holds to run it once more is passed over, and one that went is not there to be run', async () => {
    const jobId = await oldJob(500);
    const client = await store.db.pool.connect();
    try {
      await client.query('BEGIN');
      await client.query('SELECT 1 FROM jobs WHERE id = $1 FOR UPDATE', [jobId]);
      expect(await forget()).toMatchObject({ jobs: 0 });
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
    expect(await dropOldJobs(worker.pool, { keepDays: KEEP_JOB_DAYS, limit: 10 })).toMatchObject({ dropped: 1 });
    const resend = await inTransaction(store.db.pool, (one) =>
      createResend(one, { accountId, jobId, actor: 'test', includeFailedByReport: false }),
    );
    expect(resend).toEqual({ kind: 'not_found' });
    expect(await inTransaction(store.db.pool, (one) => runJobNow(one, { accountId, jobId, actor: 'test' }))).toEqual({
      kind: 'not_found',
    });
  });

  test('a pass touches a bounded number of rows, by an index', async () => {
    const jobs = [await oldJob(900, { status: 'active', recurring: true }), await oldJob(900)];
    for (const jobId of jobs) {
      await sql(
        `INSERT INTO runs (account_id, job_id, occurrence_key, day, due_at, completed_at, state)
         SELECT $1, $2, n, t.at::date, t.at, t.at, 'completed'
         FROM generate_series(1, 20000) n, (SELECT carillon_now() - interval '800 days' AS at) t`,
        [accountId, jobId],
      );
    }
    await sql(
      `INSERT INTO jobs (account_id, name, kind, channel, provider_account_id, trigger, audience, policy, status, created_at, updated_at)
       SELECT $1, 'n', 'message', 'whatsapp', 1, '{}', '{}', '{}', 'completed', t.at, t.at
       FROM generate_series(1, 20000) n, (SELECT carillon_now() - interval '800 days' AS at) t`,
      [accountId],
    );
    await sql(
      `INSERT INTO occasions (account_id, job_id, recipient_id, date_name, offset_days, period, value, run_id, made_at)
       SELECT $1, 1e9, n, 'd', 0, '', '', 1e9 + n, now() FROM generate_series(1, 20000) n`,
      [accountId],
    );
    await sql(
      `INSERT INTO batches (account_id, run_id, job_id, day, channel, provider_account_id, size, scheduled, sent, due_at)
       SELECT $1, 1e9 + n, 1, '2029-05-01', 'call', 1, 1, 0, 1, now() FROM generate_series(1, 20000) n`,
      [accountId],
    );
    await sql('VACUUM ANALYZE runs, jobs, occasions, batches, recipients');
    const tables = ['accounts', 'runs', 'jobs', 'occasions', 'batches', 'recipients', 'contents', 'expansion_steps'];
    for (const drop of [dropOldRuns, dropOldJobs]) {
      const page = { keepDays: KEEP_JOB_DAYS, limit: 50 };
      let dropped = 0;
      const plans = await plansOf(
        store,
        tables,
        async (pool) => {
          ({ dropped } = await drop(pool, page));
        },
        undefined,
        true,
      );
      // The job that goes on has no run for the look at jobs to go, and is one of the fifty.
      expect(dropped).toBeGreaterThan(45);
      for (const { text, nodes } of plans) {
        const cost = costOf(nodes, tables);
        expect({ text, ...cost, isLittle: cost.rows < 50 * 12 }).toEqual({
          text,
          rows: cost.rows,
          whole: [],
          isLittle: true,
        });
      }
    }
  });
});

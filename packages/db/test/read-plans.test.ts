/**
 * How Postgres finds what is to be told, and what somebody looks at, among very much that is over, by the shape of the plan: notices of
 * events, incidents, runs of one job, results, scripts. Each goes by an index and touches a bounded number of rows.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type pg from 'pg';
import {
  beatExecutor,
  cancelJob,
  closeChecks,
  countReasons,
  countRecentSends,
  dropInlineRecipients,
  dropOldAudit,
  dropOldEvents,
  dropOldIncidents,
  ensureScriptAccount,
  findCancelled,
  freeLostBatches,
  hasExecutor,
  judgeLag,
  listDeliveries,
  listEvents,
  listNotices,
  listRuns,
  markTold,
  noticeCancelledJobs,
  noticeCompletedJobs,
  noticeCompletedRuns,
  noticeOpenRuns,
  noticeSuppressions,
  pauseJob,
  planAlerts,
  readContact,
  readDelivery,
  readEvent,
  readGauges,
  readListeners,
  readLoad,
  readRun,
  readScript,
  reapIdempotencyKeys,
  refuseJob,
  resumeJob,
  retireBrief,
  rotateOldestDay,
  storeScript,
  takeAlerts,
} from '../src/index.ts';
import { costOf, expectFewRows, plansOf } from './plans.ts';
import { DAY, openStore, type TestStore } from './rows.ts';

const MANY = 20_000;
const PAGE = 51;
/** What a look may cost: some pages, and never what there is. */
const ROWS_MAX = 400;
/** What grows with time, with jobs or with accounts. */
const LARGE = [
  'accounts',
  'attempts',
  'audit_entries',
  'batches',
  'contents',
  'deliveries',
  'events',
  'idempotency_keys',
  'jobs',
  'lag_incidents',
  'operator_alerts',
  'provider_accounts',
  'recipients',
  'results',
  'run_documents',
  'runs',
  'scripts',
  'suppressions',
  'user_contacts',
];

/** A day of which all is over, and what is left of it: more than one step of rotation takes. */
const OLD_DAY = '2026-11-02';
const OLD = 1_500;
/** What a statement of rotation may cost: some rows for each batch of a step, and never the day. */
const STEP_ROWS_MAX = 8_000;

let store: TestStore;
let accountId: number;
/** A call that comes again and again, and has ended as often. */
let jobId: number;
let runId: number;
let batchId: number;
let eventId: number;

/** The first of what a statement returns. */
async function one(text: string, values: readonly unknown[] = []): Promise<number> {
  const { rows } = await store.db.pool.query<{ id: number }>(text, [...values]);
  return rows[0]?.id as number;
}

/** What has nothing to tell any more. */
async function seedWhatIsOver(): Promise<void> {
  const { pool } = store.db;
  const from = `FROM generate_series(1, ${MANY}) n`;
  const job = 'INSERT INTO jobs (account_id, name, kind, channel, provider_account_id, trigger, audience, policy';
  await pool.query(`INSERT INTO accounts (name) SELECT 'account ' || n ${from}`);
  await pool.query(
    `INSERT INTO provider_accounts (account_id, channel, name, settings) SELECT id, 'whatsapp', 'whatsapp', '{}' FROM accounts WHERE id <> $1`,
    [accountId],
  );
  const account = [accountId, store.account.providerAccountId];
  jobId = await one(
    `${job}, recurring) VALUES ($1, 'Nightly', 'webhook', 'call', $2, '{"type":"every","interval":3600,"anchorMs":0,"zone":"UTC"}', '{}', '{}', true) RETURNING id`,
    account,
  );
  await pool.query(
    `${job}, status, completion_noticed_at, cancel_noticed_at, notify, user_id)
     SELECT $1, 'Job ' || n, 'message', 'whatsapp', $2, '{"type":"now"}', '{}', '{}',
            (CASE WHEN n % 2 = 0 THEN 'completed' ELSE 'cancelled' END)::job_status, now(), now(), '{"webhook":"https://a.example/"}', 'u-' || n ${from}`,
    account,
  );
  await pool.query(
    `INSERT INTO contents (account_id, job_id, version, body) SELECT account_id, id, 1, '{"type":"text","text":"Hello"}' FROM jobs`,
  );
  await pool.query(
    `INSERT INTO events (account_id, type, subject, data, created_at)
     SELECT $1, CASE WHEN n % 2 = 0 THEN 'run.failed' ELSE 'run.completed' END, 'run_' || n, '{}', now() ${from}`,
    [accountId],
  );
  await pool.query(
    `${job}, event_id, status) SELECT $1, 'run.failed', 'notice', 'webhook', $2, '{"type":"now"}', '{}', '{}', id, 'completed' FROM events`,
    account,
  );
  const run = `INSERT INTO runs (account_id, job_id, occurrence_key, day, due_at, state, expanded_at, completed_at, completion_noticed_at, silent, people)`;
  await pool.query(`${run} SELECT $1, $2, 'n' || n, $3, now(), 'completed', now(), now(), now(), false, 1 ${from}`, [
    accountId,
    jobId,
    DAY,
  ]);
  await pool.query(
    `${run} SELECT account_id, id, 'once', $1, now(), 'completed', now(), now(), NULL, true, 1 FROM jobs WHERE kind = 'notice'`,
    [DAY],
  );
  await pool.query(
    `INSERT INTO batches (account_id, run_id, job_id, day, channel, provider_account_id, single, size, scheduled, sent, due_at)
     SELECT r.account_id, r.id, r.job_id, r.day, j.channel, j.provider_account_id, true, 1, 0, 1, r.due_at
     FROM runs r JOIN jobs j ON j.account_id = r.account_id AND j.id = r.job_id`,
  );
  await pool.query(
    `INSERT INTO deliveries (batch_id, run_id, due_at, sending_at, settled_at, dedupe_key, account_id, day, state, content_version, number, try, attempts, address)
     SELECT id, run_id, due_at, now(), now(), md5(id::text)::uuid, account_id, day, 'sent', 1, 1, 1, 1, 'a' FROM batches`,
  );
  await pool.query(
    `INSERT INTO results (account_id, batch_id, number, try, day, started_at, ended_at, status)
     SELECT account_id, id, 1, 1, day, now(), now(), 200 FROM batches`,
  );
  await pool.query(
    `INSERT INTO attempts (account_id, batch_id, number, try, day, outcome, ended_at)
     SELECT account_id, id, 1, t, day, 'retry', now() FROM batches, generate_series(1, 2) t`,
  );
  await pool.query(
    `INSERT INTO recipients (account_id, external_id, inline_job_id) SELECT account_id, 'p-' || id, id FROM jobs WHERE kind = 'message'`,
  );
  await pool.query(
    `INSERT INTO suppressions (account_id, channel, address_key, reason, source, created_at)
     SELECT $1, 'email', md5(n::text)::uuid, 'manual', 'test', now() - interval '1 hour' ${from}`,
    [accountId],
  );
  await pool.query(
    `INSERT INTO notice_marks SELECT account_id, max(id) - 3, to_timestamp(0) FROM suppressions GROUP BY 1`,
  );
  await pool.query(
    `INSERT INTO lag_incidents (channel, began_at, ended_at, oldest_ms, limit_ms, due)
     SELECT 'call', now() - interval '9 days', now() - interval '8 days', 1, 1, 1 ${from}`,
  );
  await pool.query(
    `INSERT INTO operator_alerts (incident_id, what, way, due_at, told_at)
     SELECT id, what, 'webhook', now(), now() FROM lag_incidents, unnest(ARRAY['began', 'ended']) what`,
  );
  await pool.query(
    `INSERT INTO scripts SELECT $1, encode(sha256(n::text::bytea), 'hex'), 'python', 'print(1)', now() ${from}`,
    [accountId],
  );
  await pool.query(
    `INSERT INTO user_contacts SELECT $1, 'u-' || n, '{"webhook":"https://a.example/"}', now() ${from}`,
    [accountId],
  );
  await pool.query(
    `INSERT INTO audit_entries (account_id, at, actor, action, subject) SELECT $1, now(), 'a', 'b', 'c' ${from}`,
    [accountId],
  );
  await pool.query(
    `INSERT INTO idempotency_keys (account_id, key, request_hash, status) SELECT $1, n::text, '', 200 ${from}`,
    [accountId],
  );
}

/** A day that nothing needs any more, between all that is kept. */
async function seedOldDay(): Promise<void> {
  const { pool } = store.db;
  await pool.query('SELECT ensure_partitions($1)', [OLD_DAY]);
  await pool.query(
    `INSERT INTO runs (account_id, job_id, occurrence_key, day, due_at, state, expanded_at, completed_at, completion_noticed_at, silent, people)
     SELECT $1, $2, 'old' || n, $3, now(), 'completed', now(), now(), now(), false, 1 FROM generate_series(1, $4::int) n`,
    [accountId, jobId, OLD_DAY, OLD],
  );
  await pool.query(
    `INSERT INTO batches (account_id, run_id, job_id, day, channel, provider_account_id, single, size, scheduled, sent, due_at)
     SELECT account_id, id, job_id, day, 'call', $2, true, 1, 0, 1, due_at FROM runs WHERE day = $1`,
    [OLD_DAY, store.account.providerAccountId],
  );
  await pool.query(
    `INSERT INTO run_documents (account_id, run_id, content_version, day, media_type, bytes, made_at)
     SELECT account_id, id, 1, day, 'text/plain', '', now() FROM runs WHERE job_id = $1`,
    [jobId],
  );
}

/** A little of each that is to be told: runs and jobs, suppressions and an incident. */
async function seedWhatIsNew(): Promise<void> {
  const { pool } = store.db;
  await pool.query(
    `UPDATE accounts SET owners_told_since = now() - interval '1 hour', keep_days = 3000 WHERE id = $1`,
    [accountId],
  );
  await pool.query(
    `INSERT INTO provider_accounts (account_id, channel, name, settings, created_at)
     SELECT $1, channel, channel, '{}', now() - interval '2 hours' FROM unnest(ARRAY['webhook', 'call']) channel`,
    [accountId],
  );
  await pool.query(
    `UPDATE runs SET completion_noticed_at = NULL WHERE account_id = $1 AND id IN (SELECT id FROM runs WHERE job_id = $2 ORDER BY id DESC LIMIT 2)`,
    [accountId, jobId],
  );
  await pool.query(
    `UPDATE jobs SET completion_noticed_at = NULL, cancel_noticed_at = NULL WHERE id IN (SELECT id FROM jobs WHERE kind = 'message' ORDER BY id LIMIT 4)`,
  );
  const open = await one(
    `INSERT INTO runs (account_id, job_id, occurrence_key, day, due_at, state, expanded_at, people)
     VALUES ($1, $2, '2026-11-20T08:00:00.000Z', $3, now() - interval '1 hour', 'sending', now(), 1) RETURNING id`,
    [accountId, jobId, DAY],
  );
  await pool.query(
    `INSERT INTO batches (account_id, run_id, job_id, day, channel, provider_account_id, single, size, scheduled, due_at)
     VALUES ($1, $2, $3, $4, 'call', $5, true, 1, 1, now() - interval '1 hour')`,
    [accountId, open, jobId, DAY, store.account.providerAccountId],
  );
  await pool.query(
    `INSERT INTO lag_incidents (channel, began_at, oldest_ms, limit_ms, due) VALUES ('payment', now(), 1, 1, 1)`,
  );
}

beforeAll(async () => {
  store = await openStore();
  accountId = store.account.accountId;
  await seedWhatIsOver();
  await seedWhatIsNew();
  runId = await one(
    'SELECT max(id) AS id FROM runs WHERE account_id = $1 AND job_id = $2 AND completed_at IS NOT NULL',
    [accountId, jobId],
  );
  batchId = await one('SELECT id FROM batches WHERE account_id = $1 AND run_id = $2', [accountId, runId]);
  eventId = await one('SELECT max(id) AS id FROM events');
  await store.db.pool.query(`VACUUM ANALYZE ${LARGE.join(', ')}`);
}, 180_000);
afterAll(() => store?.close());

async function expectLittle(
  work: (pool: pg.Pool) => Promise<unknown>,
  {
    account,
    rowsMax = ROWS_MAX,
    byIndex,
  }: { readonly account?: number; readonly rowsMax?: number; readonly byIndex?: boolean } = {},
): Promise<void> {
  const plans = await plansOf(store, LARGE, work, account, byIndex);
  expectFewRows(plans, LARGE, rowsMax);
}

describe('what sweepers tell', () => {
  const pass = async (pool: pg.Pool) => ({ listeners: await readListeners(pool), limit: 100 });
  /** Sees to it that something was told, and so what telling reads was judged as well. */
  const told = async (result: Promise<{ told: number }>): Promise<void> => {
    expect((await result).told).toBeGreaterThan(0);
  };
  const hour = { initialMs: 1_000, maxMs: 60_000, limit: 20 };
  test.each<[string, (pool: pg.Pool) => Promise<unknown>]>([
    ['who listens', readListeners],
    ['open runs', async (pool) => await told(noticeOpenRuns(pool, await pass(pool), undefined))],
    ['runs that were completed', async (pool) => await told(noticeCompletedRuns(pool, await pass(pool)))],
    ['jobs that were completed', async (pool) => await told(noticeCompletedJobs(pool, await pass(pool)))],
    ['jobs that were cancelled', async (pool) => await told(noticeCancelledJobs(pool, await pass(pool)))],
    [
      'suppressions',
      async (pool) =>
        await told(noticeSuppressions(pool, { ...(await pass(pool)), intervalMs: 1_000, settledMs: 1_000 })),
    ],
    [
      'a payment that was refused',
      async (pool) => {
        const tells = { type: 'payment.refused', subject: 'run_1', data: {} } as const;
        await refuseJob(pool, { accountId, jobId, becomes: 'cancelled', reason: 'no funds', actor: 'test', tells });
      },
    ],
    [
      'channels that are late',
      async (pool) => {
        const { began } = await judgeLag(pool, { channels: ['call', 'payment'], limitMsOf: () => 1_000 });
        expect(began).toEqual(['call']);
      },
    ],
    [
      'operators',
      async (pool) => {
        await planAlerts(pool, ['webhook', 'email']);
        const due = await takeAlerts(pool, ['webhook'], hour);
        expect(due.map(({ what }) => what)).toEqual(['began']);
        for (const alert of due) await markTold(pool, alert);
      },
    ],
  ])('%s: by an index, and nothing of what was told before', async (_, work) => await expectLittle(work));
});

describe('what sweepers look after', () => {
  test.each<[string, (pool: pg.Pool) => Promise<unknown>]>([
    ['wake-ups that were lost', (pool) => freeLostBatches(pool, [{ accountId, batchId, generation: 0 }])],
    ['checks that are over', (pool) => closeChecks(pool, 200)],
    ['what nobody knows, and what is held', readGauges],
    ['what is to be done in the next hours', (pool) => readLoad(pool, ['call', 'whatsapp'])],
  ])('%s: by an index, and nothing of what is over', async (_, work) => await expectLittle(work));
});

describe('what sweepers forget', () => {
  test.each<[string, (pool: pg.Pool) => Promise<unknown>]>([
    ['events', (pool) => dropOldEvents(pool, 30, 500)],
    ['incidents', (pool) => dropOldIncidents(pool, 30)],
    ['idempotency keys', (pool) => reapIdempotencyKeys(pool)],
    [
      'people who were named by address alone',
      (pool) => dropInlineRecipients(pool, { keepDays: 30, limit: 50, afterJobId: 0 }),
    ],
    ['what accounts keep for a shorter time', (pool) => retireBrief(pool, { keepDays: 10_000, limit: 200 })],
  ])('%s: by an index, and nothing of what is kept', async (_, work) => await expectLittle(work));

  test('days, when all is kept: by an index, and nothing of what is kept', async () =>
    await expectLittle((pool) => rotateOldestDay(pool, 3_000), { byIndex: true }));

  test('audit entries: by an index that knows of pages, and so a few of these', async () =>
    await expectLittle((pool) => dropOldAudit(pool, 365, 1_000), { rowsMax: 5_000 }));
});

describe('what somebody looks at', () => {
  test.each<[string, (pool: pg.Pool) => Promise<unknown>]>([
    ['runs of a job', (pool) => listRuns(pool, accountId, { jobId, beforeId: undefined, limit: PAGE })],
    ['the next page of them', (pool) => listRuns(pool, accountId, { jobId, beforeId: runId - 5_000, limit: PAGE })],
    [
      'runs of a job that is not there',
      (pool) => listRuns(pool, accountId, { jobId: 1e9, beforeId: undefined, limit: PAGE }),
    ],
    ['one run', (pool) => readRun(pool, accountId, runId)],
    [
      'deliveries of a run',
      (pool) => listDeliveries(pool, accountId, { runId, day: DAY, state: undefined, after: undefined, limit: PAGE }),
    ],
    [
      'its failed ones',
      (pool) => listDeliveries(pool, accountId, { runId, day: DAY, state: 'failed', after: undefined, limit: PAGE }),
    ],
    [
      'a delivery with its tries and results',
      (pool) => readDelivery(pool, accountId, { day: DAY, batchId, number: 1 }),
    ],
    ['why deliveries are what they are', (pool) => countReasons(pool, { accountId, runId, day: DAY })],
    ['how fast a run is', (pool) => countRecentSends(pool, { accountId, runId, day: DAY }, 10)],
    ['events', (pool) => listEvents(pool, accountId, { beforeId: undefined, limit: PAGE })],
    [
      'events of a type',
      (pool) => listEvents(pool, accountId, { type: 'run.failed', beforeId: undefined, limit: PAGE }),
    ],
    [
      'a type that never was',
      (pool) => listEvents(pool, accountId, { type: 'run.late', beforeId: undefined, limit: PAGE }),
    ],
    ['events of a run', (pool) => listEvents(pool, accountId, { subject: 'run_7', beforeId: undefined, limit: PAGE })],
    ['one event', (pool) => readEvent(pool, accountId, eventId)],
    ['its notices', (pool) => listNotices(pool, { accountId, id: eventId }, PAGE)],
    ["a user's contact", (pool) => readContact(pool, accountId, 'u-7')],
  ])(
    '%s: by an index, and little more than what is shown',
    async (_, work) => await expectLittle(work, { account: accountId }),
  );
});

describe('a job with very many ended runs', () => {
  const request = () => ({ accountId, jobId, actor: 'test' });
  const pause = async (pool: pg.Pool) =>
    expect(await pauseJob(pool, request())).toMatchObject({ kind: 'ok', status: 'paused' });

  test('is paused and let go by what is open of it', async () => {
    await expectLittle(async (pool) => {
      await pause(pool);
      expect(await resumeJob(pool, request())).toMatchObject({ kind: 'ok', status: 'active' });
    });
  });

  test('is paused and cancelled by what is open of it', async () => {
    await expectLittle(async (pool) => {
      await pause(pool);
      expect(await cancelJob(pool, request())).toMatchObject({ kind: 'ok', status: 'cancelling' });
    });
  });
});

describe('what scripts need', () => {
  const source = { language: 'python', source: 'print(2)' } as const;
  test.each<[string, (pool: pg.Pool) => Promise<unknown>]>([
    ['a source that is stored', (pool) => storeScript(pool, accountId, source)],
    [
      'a source that is read',
      async (pool) => await readScript(pool, accountId, await storeScript(pool, accountId, source)),
    ],
    ['the way for scripts', (pool) => ensureScriptAccount(pool, accountId)],
    ['which of them were cancelled', (pool) => findCancelled(pool, [{ accountId, batchId }])],
  ])('%s: by an index', async (_, work) => await expectLittle(work));

  test('executors that are alive are the only ones there are', async () => {
    const { pool } = store.db;
    await pool.query(
      `INSERT INTO executors SELECT 'old-' || n, ARRAY['python'], 1, now() - interval '2 days' FROM generate_series(1, 500) n`,
    );
    expect(await hasExecutor(pool, 'python')).toBe(false);
    await beatExecutor(pool, { name: 'new', languages: ['python'], places: 1 });
    expect(await hasExecutor(pool, 'python')).toBe(true);
    expect(await one('SELECT count(*) AS id FROM executors')).toBe(1);
  });
});

// The last, as it leaves a day behind.
describe('a day that is over', () => {
  beforeAll(async () => {
    await seedOldDay();
    // Until here it kept everything, however old the other days are by now.
    await store.db.pool.query('UPDATE accounts SET keep_days = 10 WHERE id = $1', [accountId]);
    await store.db.pool.query('VACUUM ANALYZE runs, batches, run_documents');
  }, 60_000);

  test('of an account that keeps less goes page by page, by its batches of the day', async () => {
    const keepsLess = [`UPDATE accounts SET keep_days = 8 WHERE id = ${accountId}`];
    const work = async (pool: pg.Pool) =>
      expect(await retireBrief(pool, { keepDays: 3_000, limit: 20 })).toMatchObject({
        runs: 20,
        next: { day: OLD_DAY },
      });
    const plans = await plansOf(store, LARGE, work, undefined, true, keepsLess);
    expectFewRows(plans, LARGE, ROWS_MAX);
    expect(plans.filter(({ text }) => text.startsWith('SELECT b.run_id'))).toHaveLength(1);
  });

  test('goes a step at a time, by the batches and the runs of each step', async () => {
    const statements: string[] = [];
    const work = async (pool: pg.Pool) =>
      expect(await rotateOldestDay(pool, 12)).toEqual({ kind: 'dropped', day: OLD_DAY });
    for (const { text, nodes } of await plansOf(store, LARGE, work, undefined, true)) {
      const cost = costOf(nodes, LARGE);
      statements.push(text);
      expect({ text, cost, isLittle: cost.rows < STEP_ROWS_MAX }).toEqual({
        text,
        cost: { rows: cost.rows, whole: [] },
        isLittle: true,
      });
    }
    const step = [
      'SELECT DISTINCT account_id, run_id FROM',
      'SELECT 1 FROM runs r JOIN unnest',
      '-- Takes away batches',
    ];
    const all = ['SELECT to_char(p.day', ...step, 'SELECT 1 FROM batches WHERE day', 'DELETE FROM run_documents'];
    for (const begin of all) expect(statements.filter((text) => text.trim().startsWith(begin))).not.toEqual([]);
  });
});

/** A job, run or step that fails each time it is touched is put off and reported, and keeps nobody else from their turn. */

import { deriveKey } from '@carillon/core';
import { beginExpansions, createDatabase, type Database, planDueJobs } from '@carillon/db';
import type { Waker } from '@carillon/queue';
import { createLogger, createMetrics, type Duty } from '@carillon/runtime';
import {
  type AccountSeed,
  createTestDatabase,
  seedAccount,
  seedAnnouncement,
  seedPeople,
  type TestDatabase,
} from '@carillon/testkit';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { createDuties } from '../src/duties.ts';

const PEOPLE = 20;
const HORIZON_MS = 60_000;
/** More than the duty takes on in one round. */
const MANY = 25;

let own: TestDatabase;
let database: Database;
let duties: Map<string, Duty>;
let lines: Record<string, unknown>[];
let account: AccountSeed;
let audienceId: number;

beforeAll(async () => {
  own = await createTestDatabase();
  database = createDatabase({ url: own.url, max: 4, applicationName: 'scheduler-failing' });
  const silent = { wake: () => Promise.resolve() } as unknown as Waker;
  const destination = { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) };
  duties = new Map(
    createDuties({
      pool: database.pool,
      waker: silent,
      logger: createLogger({ service: 'scheduler', level: 'error', destination }),
      metrics: createMetrics({ service: 'scheduler' }),
      intervalMs: 1_000,
      planHorizonMs: HORIZON_MS,
      expansionParallel: 2,
      schedules: { aheadMs: 5_000, missedAfterMs: 60_000 },
      dates: { intervalMs: 3_600_000, aheadMs: 129_600_000, pageSize: 5_000 },
      checks: { againMs: 1_000, backoffMs: 1_000, passMs: 1_000 },
    }).map((duty) => [duty.name, duty]),
  );
});
afterAll(async () => {
  await database?.close();
  await own?.drop();
});

let accounts = 0;
beforeEach(async () => {
  lines = [];
  // What the case before has poisoned goes.
  await database.pool.query(`TRUNCATE jobs, runs, expansion_steps CASCADE`);
  account = await seedAccount(database.pool, `failing-${++accounts}`, { baseUrl: 'http://127.0.0.1:9' });
  const addressPepper = deriveKey('a secret of the scheduler tests', 'address');
  ({ audienceId } = await seedPeople(database.pool, account.accountId, { count: PEOPLE, addressPepper }));
});

/** A job that is due in `ms`, and not yet planned. */
async function dueJob(ms: number, change: { policy?: string; audience?: string } = {}): Promise<number> {
  const { rows } = await database.pool.query<{ id: number }>(
    `INSERT INTO jobs (account_id, name, kind, channel, provider_account_id, trigger, audience, policy, next_run_at)
     VALUES ($1, 'due', 'message', 'whatsapp', $2, '{"type":"now"}', $3, $4,
             carillon_now() + $5::float8 * interval '1 millisecond') RETURNING id`,
    [
      account.accountId,
      account.providerAccountId,
      change.audience ?? JSON.stringify({ audienceIds: [audienceId] }),
      change.policy ?? '{}',
      ms,
    ],
  );
  return (rows[0] as { id: number }).id;
}

const announced = () => seedAnnouncement(database.pool, account, { audienceId });
const poison = (jobIds: readonly number[]) =>
  database.pool.query(`UPDATE jobs SET policy = '"x"' WHERE id = ANY ($1)`, [jobIds]);
const round = (name: string) => (duties.get(name) as Duty).runOnce();

async function stateOf(runId: number): Promise<string | undefined> {
  const { rows } = await database.pool.query<{ state: string }>('SELECT state::text FROM runs WHERE id = $1', [runId]);
  return rows[0]?.state;
}

/** Per job whether it still waits for its moment, and how many runs it has. */
async function planned(jobIds: readonly number[]) {
  const { rows } = await database.pool.query<{ waits: boolean; runs: number }>(
    `SELECT j.next_run_at IS NOT NULL AS waits, (SELECT count(*) FROM runs r WHERE r.job_id = j.id) AS runs
     FROM unnest($1::bigint[]) WITH ORDINALITY AS one (id, place) JOIN jobs j USING (id) ORDER BY place`,
    [jobIds],
  );
  return rows;
}

test('jobs that do not parse keep their moment, the others are planned; the duty logs each of them', async () => {
  const badPolicy = await dueJob(-3_000, { policy: '"x"' });
  const badAudience = await dueJob(-2_000, { audience: '[]' });
  const well = await dueJob(-1_000);
  // Both that fail come first and are as many as the limit.
  const result = await planDueJobs(database.pool, { horizonMs: HORIZON_MS, limit: 2 });
  expect(result.planned).toBe(1);
  expect([...result.channels]).toEqual(['whatsapp']);
  expect(result.failures.map(({ accountId, jobId }) => ({ accountId, jobId }))).toEqual([
    { accountId: account.accountId, jobId: badPolicy },
    { accountId: account.accountId, jobId: badAudience },
  ]);
  expect(await planned([badPolicy, badAudience, well])).toEqual([
    { waits: true, runs: 0 },
    { waits: true, runs: 0 },
    { waits: false, runs: 1 },
  ]);

  const later = await dueJob(0);
  await round('plan');
  expect(await planned([later])).toEqual([{ waits: false, runs: 1 }]);
  expect(lines).toMatchObject([
    { level: 'error', duty: 'plan', job: badPolicy, err: { type: expect.any(String) } },
    { level: 'error', duty: 'plan', job: badAudience, err: { type: expect.any(String) } },
  ]);
});

test('a job whose statement fails is undone alone, and planned once the reason is gone', async () => {
  const before = await dueJob(-3_000);
  const refused = await dueJob(-2_000);
  const after = await dueJob(-1_000);
  await database.pool.query(`ALTER TABLE runs ADD CONSTRAINT refused CHECK (job_id <> ${refused})`);
  try {
    const result = await planDueJobs(database.pool, { horizonMs: HORIZON_MS, limit: 10 });
    expect(result).toMatchObject({ planned: 2, failures: [{ jobId: refused, error: { code: '23514' } }] });
  } finally {
    await database.pool.query('ALTER TABLE runs DROP CONSTRAINT refused');
  }
  expect(await planned([before, refused, after])).toEqual([
    { waits: false, runs: 1 },
    { waits: true, runs: 0 },
    { waits: false, runs: 1 },
  ]);
  expect(await planDueJobs(database.pool, { horizonMs: HORIZON_MS, limit: 10 })).toMatchObject({
    planned: 1,
    failures: [],
  });
});

test('runs that cannot be cut are left out of the call, the others begin, and the first failure is thrown', async () => {
  const first = await announced();
  const second = await announced();
  const well = await announced();
  await poison([first.jobId, second.jobId]);
  await expect(beginExpansions(database.pool, 1)).rejects.toMatchObject({
    message: expect.stringContaining(`run ${first.runId} `),
    cause: expect.any(Error),
  });
  expect(await Promise.all([first, second, well].map(({ runId }) => stateOf(runId)))).toEqual([
    'planned',
    'planned',
    'expanding',
  ]);
  // The round goes on to the steps before it fails.
  await expect(round('expand')).rejects.toThrow(`run ${first.runId} `);
  expect(await stateOf(well.runId)).toBe('sending');
});

test('more failing steps than a round has turns do not keep others from theirs; the round fails and says why', async () => {
  const failing = await Promise.all(Array.from({ length: MANY }, announced));
  const well = await announced();
  await database.pool.query(`UPDATE runs SET due_at = due_at - interval '1 hour' WHERE id <> $1`, [well.runId]);
  expect(await beginExpansions(database.pool, 100)).toBe(MANY + 1);
  await poison(failing.map(({ jobId }) => jobId));
  await expect(round('expand')).rejects.toMatchObject({ name: 'StepFailure', cause: expect.any(Error) });
  expect(await stateOf(well.runId)).toBe('sending');
  expect(await Promise.all(failing.map(({ runId }) => stateOf(runId)))).toEqual(failing.map(() => 'expanding'));
  expect(lines).toMatchObject([{ level: 'error', duty: 'expand', msg: 'a round failed' }]);
  // Nothing is given up: healed, they are done by the rounds that follow.
  await database.pool.query(`UPDATE jobs SET policy = '{}'`);
  while ((await round('expand'))?.more) {
    // The next one.
  }
  expect(await Promise.all(failing.map(({ runId }) => stateOf(runId)))).toEqual(failing.map(() => 'sending'));
});

test('a step whose statement fails leaves nothing behind, and the other run is expanded', async () => {
  const failing = await announced();
  const well = await announced();
  await database.pool.query(`ALTER TABLE batches ADD CONSTRAINT refused CHECK (run_id <> ${failing.runId})`);
  try {
    await expect(round('expand')).rejects.toMatchObject({
      step: { accountId: account.accountId, runId: failing.runId, number: 0 },
      cause: { code: '23514' },
    });
  } finally {
    await database.pool.query('ALTER TABLE batches DROP CONSTRAINT refused');
  }
  expect([await stateOf(failing.runId), await stateOf(well.runId)]).toEqual(['expanding', 'sending']);
  await round('expand');
  expect(await stateOf(failing.runId)).toBe('sending');
});

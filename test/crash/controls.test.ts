/**
 * Whether the judge can say no: each mechanism that the promise rests on is switched off in turn, in the scenario that it
 * is there for, and the violation must be found.
 */

import { eventually, type SpawnedService } from '@carillon/testkit';
import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import { COMPLETE, judge, KEPT } from './judge.ts';
import { type Announcement, PEOPLE, REPORTED, RESENT, type Stack, startStack, stopPastLease } from './stack.ts';

jest.setTimeout(360_000);

let stack: Stack;
let planners: SpawnedService[] = [];
beforeAll(async () => {
  stack = await startStack({ api: true, schedulers: 0, sweepers: 0 });
});
afterEach(async () => {
  await stack?.endWorkers();
  // What a control left half done must not trouble the next one.
  await stack?.database.pool.query(
    `INSERT INTO holds (account_id, reason) SELECT id, 'judged' FROM accounts ON CONFLICT DO NOTHING`,
  );
  await Promise.all(planners.map((service) => service.stop()));
  planners = [];
});
afterAll(() => stack?.stop());

async function startPlanners(env: Record<string, string> = {}): Promise<SpawnedService> {
  planners = await Promise.all([stack.start('scheduler', env), stack.start('sweeper', env)]);
  return planners[0] as SpawnedService;
}

async function doubled({ runId }: Announcement): Promise<void> {
  await eventually(async () => (await stack.ledger.totals(runId)).duplicates > 0, {
    what: 'a duplicate',
    timeoutMs: 120_000,
  });
}

it('finds duplicates when the intent is not committed first', async () => {
  await startPlanners();
  const announcement = await stack.announce();
  await stack.sender({ NEGATIVE_CONTROL: 'no_intent' });
  await doubled(announcement);
  expect((await judge(stack, announcement)).duplicates).toBeGreaterThan(0);
});

it('finds duplicates when a sender that stood still past its lease is not fenced off', async () => {
  await startPlanners();
  const { announcement, sleeper } = await stopPastLease(stack, {
    callbacks: REPORTED,
    policy: RESENT,
    env: { NEGATIVE_CONTROL: 'no_fence' },
  });
  expect(await judge(stack, announcement)).toEqual(COMPLETE);
  sleeper.kill('SIGCONT');
  await doubled(announcement);
  expect((await judge(stack, announcement)).duplicates).toBeGreaterThan(0);
});

it('finds people forgotten when every wake-up of a batch has the same id', async () => {
  const control = { NEGATIVE_CONTROL: 'constant_generation' };
  await startPlanners({ ...control, LOST_AFTER_MS: '500' });
  const announcement = await stack.announce();
  // With few connections it is still busy with its first batches, whose wake-ups die with it.
  const doomed = await stack.sender({ ...control, SEND_CONNECTIONS: '8' }, 'after_claim=kill:15');
  await doomed.exited;
  await stack.sender(control);
  // What was in the hands of the dead sender is enqueued over and over, and nothing comes of it.
  await eventually(
    async () => {
      const { rows } = await stack.database.pool.query<{ generation: number }>(
        'SELECT generation FROM batches WHERE run_id = $1 AND open',
        [announcement.runId],
      );
      return rows.some(({ generation }) => generation >= 5);
    },
    { what: 'batches that are enqueued in vain', timeoutMs: 120_000 },
  );
  const verdict = await judge(stack, announcement);
  expect(verdict.unsettled).toBeGreaterThan(0);
  expect(verdict.lost).toBeGreaterThan(0);
});

it('finds duplicates when the unique key is gone and a step of the expansion is repeated; with the key it cannot be', async () => {
  const scheduler = await startPlanners();
  const announcement = await stack.announce();
  const { pool } = stack.database;
  await stack.sender();
  await stack.completed(announcement);

  await pool.query('UPDATE expansion_steps SET done_at = NULL WHERE run_id = $1', [announcement.runId]);
  await pool.query(`UPDATE runs SET state = 'expanding', completed_at = NULL WHERE id = $1`, [announcement.runId]);
  await eventually(() => scheduler.logs().includes('23505'), { what: 'the refusal' });
  expect(await judge(stack, announcement)).toEqual(COMPLETE);

  const { rows } = await pool.query<{ name: string }>(
    `SELECT conname AS name FROM pg_constraint WHERE conrelid = 'deliveries'::regclass AND contype = 'u'`,
  );
  expect(rows).toHaveLength(1);
  // It takes all partitions, one of which the step that is repeated may have, and want the table in turn: a deadlock ends one of them.
  await eventually(() => pool.query(`ALTER TABLE deliveries DROP CONSTRAINT ${rows[0]?.name}`), {
    what: 'the key to be gone',
  });
  await doubled(announcement);
  await stack.completed(announcement);
  const verdict = await judge(stack, announcement);
  expect(verdict).not.toMatchObject(KEPT);
  expect(verdict).toMatchObject({ duplicates: PEOPLE, surplus: PEOPLE });
});

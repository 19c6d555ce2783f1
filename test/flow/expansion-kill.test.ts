/**
 * An expansion survives its schedulers: killed with -9 before a step's commit, again and again, and at random moments while
 * five of them work at once, it ends with every address once and nobody missing.
 */

import { type AccountSeed, eventually, type SpawnedService, seededRandom, seedPeople } from '@carillon/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ADDRESS_PEPPER, announce, countsOf, type House, seedOverlaps, startHouse, wrongBatches } from './house.ts';

const PEOPLE = 2_000;
/** 60 memberships each: 120,000, which makes twelve steps. */
const AUDIENCES = 60;
const seed = Number(process.env.FLOW_SEED ?? Date.now() % 1_000_000);
const random = seededRandom(seed);

let house: House;
let account: AccountSeed;
let audienceIds: number[];

beforeAll(async () => {
  house = await startHouse();
  account = await house.account('expanding');
  const people = await seedPeople(house.db.pool, account.accountId, { count: PEOPLE, addressPepper: ADDRESS_PEPPER });
  audienceIds = await seedOverlaps(house, account.accountId, people.audienceId, AUDIENCES - 1);
}, 360_000);
afterAll(() => house?.stop());

async function stepsDone(runId: number): Promise<number> {
  const { rows } = await house.db.pool.query<{ done: number }>(
    'SELECT count(done_at)::int AS done FROM expansion_steps WHERE run_id = $1',
    [runId],
  );
  return rows[0]?.done ?? 0;
}

/** Every person once, in batches whose counts are right, and a run that says so. */
async function expectWhole(runId: number): Promise<void> {
  await eventually(async () => (await countsOf(house, runId)).expanded, {
    timeoutMs: 120_000,
    what: `the end of the expansion (seed ${seed})`,
  });
  const { rows } = await house.db.pool.query(
    `SELECT r.people, r.duplicates, r.unreachable, r.state::text,
            (SELECT count(*) FROM deliveries d WHERE d.account_id = r.account_id AND d.run_id = r.id) AS deliveries,
            (SELECT count(DISTINCT recipient_id) FROM deliveries d WHERE d.account_id = r.account_id AND d.run_id = r.id) AS told,
            (SELECT count(*) FROM recipients p WHERE p.account_id = r.account_id AND NOT EXISTS (
               SELECT 1 FROM deliveries d WHERE d.account_id = p.account_id AND d.run_id = r.id AND d.dedupe_key = p.whatsapp_key)) AS missing
     FROM runs r WHERE r.id = $1`,
    [runId],
  );
  expect(rows[0]).toEqual({
    people: PEOPLE,
    duplicates: 0,
    unreachable: 0,
    state: 'sending',
    deliveries: PEOPLE,
    told: PEOPLE,
    missing: 0,
  });
  expect(await wrongBatches(house)).toEqual([]);
}

test('killed before the commit of its first, second and third step, it goes on where it was', async () => {
  const { runId } = await announce(house, account, { target: { audienceIds } });
  let before = 0;
  for (const hit of [1, 2, 3]) {
    const scheduler = await house.start('scheduler', { EXPANSION_PARALLEL: '1' }, `before_expand_commit=kill:${hit}`);
    expect((await scheduler.exited).signal).toBe('SIGKILL');
    const done = await stepsDone(runId);
    // What was committed stays, the step that was interrupted is as if it had never begun.
    expect(done).toBe(before + hit - 1);
    before = done;
  }
  const last = await house.start('scheduler');
  await expectWhole(runId);
  await last.stop();
}, 360_000);

test(`five at once, killed at random moments (FLOW_SEED=${seed})`, async () => {
  const { runId } = await announce(house, account, { target: { audienceIds } });
  const start = (): Promise<SpawnedService> =>
    house.start(
      'scheduler',
      { EXPANSION_PARALLEL: '2' },
      `before_expand_commit=delay:${20 + Math.floor(random() * 150)}`,
    );
  const schedulers = await Promise.all(Array.from({ length: 5 }, start));
  for (const victim of schedulers.slice(0, 4)) {
    const moment = (await stepsDone(runId)) + Math.floor(random() * 3);
    await eventually(async () => (await stepsDone(runId)) >= Math.min(moment, 11), { everyMs: 3, timeoutMs: 120_000 });
    victim.kill('SIGKILL');
    expect((await victim.exited).signal).toBe('SIGKILL');
  }
  await expectWhole(runId);
  await schedulers[4]?.stop();
}, 360_000);

/**
 * Pause and cancel, at random moments and during expansion, against eight senders: after the acknowledgement only what was
 * claimed before arrives, once nothing is in the air nothing does, and the counts stand still and add up.
 */

import { cancelJob, pauseJob, readDatabaseTime, resumeJob } from '@carillon/db';
import { type AccountSeed, eventually, seededRandom, seedPeople } from '@carillon/testkit';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  ADDRESS_PEPPER,
  announce,
  arrivalsOf,
  completed,
  countsOf,
  type House,
  seedOverlaps,
  startHouse,
  wrongBatches,
} from './house.ts';

const SENDERS = 8;
const PEOPLE = 1_500;
/** Memberships of each person: 120,000 in all, so that a run over all audiences is cut into twelve steps. */
const OVERLAPS = 80;
const seed = Number(process.env.FLOW_SEED ?? Date.now() % 1_000_000);
const random = seededRandom(seed);

let house: House;
let account: AccountSeed;
let witness: AccountSeed;
let audienceIds: number[];
let witnessAudience: number;

beforeAll(async () => {
  house = await startHouse();
  await house.control('latency', { minMs: 1, maxMs: 60 });
  account = await house.account('controlled');
  witness = await house.account('witness', { phoneNumberId: '200' });
  const { audienceId } = await seedPeople(house.db.pool, account.accountId, {
    count: PEOPLE,
    addressPepper: ADDRESS_PEPPER,
  });
  audienceIds = await seedOverlaps(house, account.accountId, audienceId, OVERLAPS - 1);
  ({ audienceId: witnessAudience } = await seedPeople(house.db.pool, witness.accountId, {
    count: 60,
    addressPepper: ADDRESS_PEPPER,
  }));
  const sender = { SEND_CONNECTIONS: '8', SEND_BATCHES: '4', SEND_CLAIM_ROWS: '8' };
  await Promise.all([
    // Steps that always overlap: somebody holds the run's row shared at every moment, and a pause must come through.
    house.start('scheduler', { EXPANSION_PARALLEL: '1' }, 'before_expand_commit=delay:240'),
    house.start('scheduler', { EXPANSION_PARALLEL: '2' }, 'before_expand_commit=delay:190'),
    house.start('sweeper'),
    ...Array.from({ length: SENDERS }, () => house.start('sender', sender)),
  ]);
}, 360_000);
afterAll(() => house?.stop());

/** An announcement of another account, sent to its end: proof that the senders were at work all the while. */
async function witnessAnnouncement(): Promise<void> {
  const { runId } = await announce(house, witness, { target: { audienceIds: [witnessAudience] } });
  await completed(house, runId);
  expect((await house.ledger.totals(runId)).acceptances).toBe(60);
}

/** Every row that a sender ever claimed in the run. */
async function claimedOf(runId: number): Promise<Map<string, number>> {
  const { rows } = await house.db.pool.query<{ batch_id: number; number: number; ms: number }>(
    `SELECT batch_id, number, extract(epoch FROM sending_at)::float8 * 1000 AS ms FROM deliveries
     WHERE account_id = $1 AND run_id = $2 AND try > 0`,
    [account.accountId, runId],
  );
  return new Map(rows.map((row) => [`${row.batch_id}.${row.number}`, row.ms]));
}

/** Stops the job at the moment, and checks everything that must hold from the acknowledgement on. */
async function stopAt(
  moment: () => Promise<unknown>,
  action: 'pause' | 'cancel',
  audiences = 2,
): Promise<{ jobId: number; runId: number; expandedBefore: boolean; tookMs: number }> {
  const job = await announce(house, account, { target: { audienceIds: audienceIds.slice(0, audiences) } });
  await moment();
  const request = { accountId: account.accountId, jobId: job.jobId, actor: 'test' };
  const askedMs = performance.now();
  const answer = await (action === 'pause' ? pauseJob : cancelJob)(house.db.pool, request);
  const tookMs = performance.now() - askedMs;
  const acknowledgedMs = await readDatabaseTime(house.db.pool);
  const claimed = await claimedOf(job.runId);
  const before = await countsOf(house, job.runId);
  expect(answer.kind).toBe('ok');

  const still = await eventually(
    async () => {
      const counts = await countsOf(house, job.runId);
      const ended = action === 'pause' ? counts.expanded : counts.state === 'completed';
      return counts.sending === 0 && ended ? counts : false;
    },
    { what: `run ${job.runId} standing still (seed ${seed})`, timeoutMs: 120_000 },
  );
  const arrived = await arrivalsOf(house, job.runId);
  // A witness from elsewhere passes through the same senders; of the stopped run nothing moves.
  await witnessAnnouncement();
  expect(await countsOf(house, job.runId)).toEqual(still);
  expect(await arrivalsOf(house, job.runId)).toEqual(arrived);

  const late = arrived.filter((row) => {
    const sendingAtMs = claimed.get(`${row.batchId}.${row.number}`);
    return sendingAtMs === undefined || sendingAtMs > acknowledgedMs;
  });
  expect({ seed, late }).toEqual({ seed, late: [] });
  expect(arrived).toHaveLength(still.sent);
  expect(await wrongBatches(house)).toEqual([]);
  process.stderr.write(
    `${action} of run ${job.runId}: answered in ${tookMs.toFixed(0)} ms, then ${before.sent} sent, ` +
      `${before.sending} in the air, expanded ${before.expanded}; stood still at ${still.sent} sent\n`,
  );
  return { ...job, expandedBefore: before.expanded, tookMs };
}

/** Waits until so many were sent, or, with 0, until the first step of expansion is under way. */
async function untilSent(count: number): Promise<void> {
  await eventually(
    async () => {
      const { rows } = await house.db.pool.query<{ sent: number }>(
        `SELECT coalesce(sum(b.sent + b.delivered), 0) AS sent FROM batches b
         WHERE b.account_id = $1 AND b.run_id = (SELECT max(id) FROM runs WHERE account_id = $1)`,
        [account.accountId],
      );
      return (rows[0]?.sent ?? 0) >= count;
    },
    { everyMs: 2, what: `${count} sent` },
  );
}

async function untilExpanding(): Promise<void> {
  await eventually(
    async () => {
      const { rows } = await house.db.pool.query<{ state: string }>(
        'SELECT state::text FROM runs WHERE account_id = $1 ORDER BY id DESC LIMIT 1',
        [account.accountId],
      );
      return rows[0]?.state === 'expanding';
    },
    { everyMs: 2, what: 'the expansion' },
  );
}

async function resumedToTheEnd(job: { jobId: number; runId: number }): Promise<void> {
  const answer = await resumeJob(house.db.pool, { accountId: account.accountId, jobId: job.jobId, actor: 'test' });
  expect(answer).toMatchObject({ kind: 'ok', status: 'active' });
  const counts = await completed(house, job.runId);
  expect(counts).toMatchObject({ size: PEOPLE, sent: PEOPLE, failed: 0, unknown: 0 });
  expect(await house.ledger.totals(job.runId)).toEqual({
    attempts: PEOPLE,
    acceptances: PEOPLE,
    addresses: PEOPLE,
    duplicates: 0,
  });
  expect(await wrongBatches(house)).toEqual([]);
}

describe(`with ${SENDERS} senders (FLOW_SEED=${seed})`, () => {
  const moments = Array.from({ length: 3 }, () => Math.floor(random() * PEOPLE * 0.9));

  test.each(moments)(
    'a pause after %i were sent holds, and a resume sends the rest once',
    async (count) => {
      await resumedToTheEnd(await stopAt(() => untilSent(count), 'pause'));
    },
    60_000,
  );

  test('a pause during expansion holds, and a resume sends everything once', async () => {
    const job = await stopAt(() => untilSent(1), 'pause', OVERLAPS);
    // It waits for the steps that are under way, not for the whole expansion.
    expect(job).toMatchObject({ expandedBefore: false });
    expect(job.tookMs).toBeLessThan(1_000);
    await resumedToTheEnd(job);
  }, 360_000);

  test.each([...moments.slice(0, 2), 0])(
    'a cancel after %i were sent ends the rest',
    async (count) => {
      const job = await stopAt(() => untilSent(count), 'cancel');
      const counts = await countsOf(house, job.runId);
      expect(counts.sent + counts.cancelled).toBe(counts.size);
      expect(counts).toMatchObject({ state: 'completed', scheduled: 0, sending: 0 });
    },
    60_000,
  );

  test('a cancel during expansion ends what was made, and makes no more', async () => {
    const job = await stopAt(untilExpanding, 'cancel', OVERLAPS);
    const counts = await countsOf(house, job.runId);
    expect(counts.sent + counts.cancelled).toBe(counts.size);
    expect(counts.size).toBeLessThan(PEOPLE);
  }, 360_000);
});

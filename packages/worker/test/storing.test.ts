/** Outcomes and leases against a Postgres that goes away, answers late or not at all: nothing lost, nothing doubled. */

import { deriveKey } from '@carillon/core';
import {
  beginExpansions,
  claimDeliveries,
  createDatabase,
  type Database,
  type DeliveryOutcome,
  expandStep,
  type LeasedBatch,
  leaseBatch,
} from '@carillon/db';
import { createLogger } from '@carillon/runtime';
import {
  type AccountSeed,
  createTestDatabase,
  eventually,
  type FaultProxy,
  seedAccount,
  seedAnnouncement,
  seedPeople,
  startProxy,
  type TestDatabase,
} from '@carillon/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createLeaseKeeper } from '../src/leaseKeeper.ts';
import { createOutcomeWriter } from '../src/outcomes.ts';
import { batchSource } from '../src/source.ts';

const PEOPLE = 50;
const logger = createLogger({ service: 'sender', level: 'silent' });

let own: TestDatabase;
let direct: Database;
let proxy: FaultProxy;
let faulty: Database;
let account: AccountSeed;
let audienceId: number;
let batch: LeasedBatch;

beforeAll(async () => {
  own = await createTestDatabase();
  direct = createDatabase({ url: own.url, max: 3, applicationName: 'direct' });
  proxy = await startProxy({ target: own.url });
  faulty = createDatabase({
    url: proxy.url,
    max: 2,
    applicationName: 'faulty',
    connectTimeoutMs: 500,
    queryTimeoutMs: 500,
  });
  account = await seedAccount(direct.pool, 'storing', { baseUrl: 'http://127.0.0.1:9' });
  const addressPepper = deriveKey('a secret of the tests of storing', 'address');
  ({ audienceId } = await seedPeople(direct.pool, account.accountId, { count: PEOPLE, addressPepper }));
});
afterAll(async () => {
  await faulty?.close();
  await proxy?.close();
  await direct?.close();
  await own?.drop();
});

/** A batch of its own for each test, leased. */
beforeEach(async () => {
  proxy.setMode('pass');
  const { runId } = await seedAnnouncement(direct.pool, account, { audienceId });
  await beginExpansions(direct.pool, 5);
  while (await expandStep(direct.pool)) {
    // The next one.
  }
  const { rows } = await direct.pool.query<{ id: number }>('SELECT id FROM batches WHERE run_id = $1', [runId]);
  const asked = { accountId: account.accountId, batchId: (rows[0] as { id: number }).id };
  const leased = await leaseBatch(direct.pool, asked, { leaseMs: 60_000, owner: 'test' });
  if (!leased) throw new Error('no lease');
  batch = leased;
});

async function claimedOutcomes(count = PEOPLE): Promise<DeliveryOutcome[]> {
  const rows = await claimDeliveries(direct.pool, batch, { fromNumber: 1, limit: count, neededLeaseMs: 1_000 });
  return rows.map((row) => ({
    accountId: batch.accountId,
    day: batch.day,
    batchId: batch.id,
    number: row.number,
    try: row.try,
    state: 'sent',
    word: 'accepted',
    burnsAttempt: true,
    code: null,
    message: null,
    providerMessageId: `wamid.${row.number}`,
    retryInMs: 0,
  }));
}

async function stored(): Promise<{ sent: number; sending: number; attempts: number }> {
  const { rows } = await direct.pool.query<{ sent: number; sending: number; attempts: number }>(
    `SELECT b.sent, b.sending, (SELECT sum(attempts) FROM deliveries d WHERE d.batch_id = b.id)::int AS attempts
     FROM batches b WHERE b.id = $1`,
    [batch.id],
  );
  return rows[0] as { sent: number; sending: number; attempts: number };
}

describe('the writer of outcomes', () => {
  function writerOver(db: Database['pool']) {
    const told: DeliveryOutcome[] = [];
    let writes = 0;
    const writer = createOutcomeWriter({
      db,
      logger,
      gatherMs: 2,
      ahead: false,
      monotonic: { now: () => performance.now() },
      onStored: (some) => {
        writes += 1;
        told.push(...some);
      },
    });
    return { writer, told, writes: () => writes };
  }

  test('gathers what comes together into few statements', async () => {
    const { writer, told, writes } = writerOver(direct.pool);
    const outcomes = await claimedOutcomes();
    for (const outcome of outcomes) writer.add(outcome);
    await eventually(() => told.length === PEOPLE);
    expect(writes()).toBe(1);
    expect(writer.waiting).toBe(0);
    expect(await stored()).toEqual({ sent: PEOPLE, sending: 0, attempts: PEOPLE });
  });

  test('keeps them while Postgres is away, and writes them once when it is back', async () => {
    const { writer, told } = writerOver(faulty.pool);
    const outcomes = await claimedOutcomes();
    proxy.setMode('reset');
    for (const outcome of outcomes.slice(0, 20)) writer.add(outcome);
    await eventually(() => writer.waiting === 0, { what: 'the first write under way' });
    for (const outcome of outcomes.slice(20)) writer.add(outcome);
    expect(told).toEqual([]);
    expect(await stored()).toMatchObject({ sent: 0, sending: PEOPLE });
    proxy.setMode('pass');
    await eventually(() => told.length === PEOPLE);
    expect(await stored()).toEqual({ sent: PEOPLE, sending: 0, attempts: PEOPLE });
  });

  test('counts nothing twice when only the answer of the write was lost', async () => {
    const { writer, told } = writerOver(faulty.pool);
    const outcomes = await claimedOutcomes();
    const cut = proxy.cutAfter((text) => text.includes('settle_outcomes') || text.includes('wamid.'));
    for (const outcome of outcomes) writer.add(outcome);
    await cut.happened;
    await eventually(() => told.length === PEOPLE);
    expect(await stored()).toEqual({ sent: PEOPLE, sending: 0, attempts: PEOPLE });
  });

  test('hands what came too late to the late statement', async () => {
    const outcomes = await claimedOutcomes();
    await direct.pool.query(`UPDATE deliveries SET state = 'unknown' WHERE batch_id = $1`, [batch.id]);
    await direct.pool.query('UPDATE batches SET sending = 0, unknown = $2 WHERE id = $1', [batch.id, PEOPLE]);
    const { writer, told } = writerOver(direct.pool);
    for (const outcome of outcomes) writer.add(outcome);
    await eventually(() => told.length === PEOPLE);
    expect(await stored()).toEqual({ sent: PEOPLE, sending: 0, attempts: PEOPLE });
  });
});

describe('the keeper of leases', () => {
  function keeperOver(db: Database['pool'], leaseMs: number) {
    let nowMs = 1_000;
    const keeper = createLeaseKeeper({ db, leaseMs, monotonic: { now: () => nowMs }, logger });
    return { keeper, at: (ms: number) => (nowMs = ms) };
  }

  test('believes in a lease from the moment it was asked for, and no longer', () => {
    const { keeper, at } = keeperOver(direct.pool, 60_000);
    const source = batchSource(batch);
    expect(keeper.holds(source)).toBe(false);
    keeper.keep(source, 400);
    expect(keeper.deadlineOf(batch)).toBe(60_400);
    at(60_399);
    expect(keeper.holds(source)).toBe(true);
    at(60_400);
    expect(keeper.holds(source)).toBe(false);
    keeper.drop(source);
    expect(keeper.deadlineOf(batch)).toBe(0);
    keeper.stop();
  });

  test('does not believe again in a lease that was lost, because it has a newer one of the same batch', async () => {
    const { keeper, at } = keeperOver(direct.pool, 60_000);
    const [lost, newer] = [batchSource(batch), batchSource({ ...batch, fence: batch.fence + 1 })];
    keeper.keep(lost, 0);
    at(60_001);
    await direct.pool.query(
      `UPDATE batches SET fence = fence + 1, lease_until = carillon_now() + interval '1 minute' WHERE id = $1`,
      [batch.id],
    );
    keeper.keep(newer, 60_000);
    // What the timer does: all leases in one statement.
    await keeper.verify({ ...newer, batches: [...lost.batches, ...newer.batches] });
    expect([keeper.holds(lost), keeper.holds(newer)]).toEqual([false, true]);
    keeper.stop();
  });

  test('renews in time, and keeps its belief while Postgres is away', async () => {
    let failures = 0;
    const counting = {
      query: async (...asked: Parameters<typeof faulty.pool.query>) => {
        try {
          return await faulty.pool.query(...asked);
        } catch (error) {
          failures += 1;
          throw error;
        }
      },
    };
    const { keeper, at } = keeperOver(counting as unknown as Database['pool'], 900);
    const source = batchSource(batch);
    const lengthen = () =>
      direct.pool.query(`UPDATE batches SET lease_until = carillon_now() + interval '1 hour' WHERE id = $1`, [
        batch.id,
      ]);
    keeper.keep(source, 1_000);
    at(2_000);
    await eventually(() => keeper.deadlineOf(batch) === 2_900);
    proxy.setMode('reset');
    at(2_100);
    await eventually(() => failures >= 2, { what: 'two rounds that failed' });
    // Neither longer nor lost.
    expect(keeper.deadlineOf(batch)).toBe(2_900);
    expect(keeper.holds(source)).toBe(true);
    // The test's time stands still, the database's does not.
    await lengthen();
    proxy.setMode('pass');
    await eventually(() => keeper.deadlineOf(batch) === 3_000);
    keeper.stop();
  });

  test('gives up a lease that somebody else took', async () => {
    const { keeper } = keeperOver(direct.pool, 60_000);
    const source = batchSource(batch);
    keeper.keep(source, 1_000);
    await direct.pool.query('UPDATE batches SET fence = fence + 1 WHERE id = $1', [batch.id]);
    expect(keeper.holds(source)).toBe(true);
    await keeper.verify(source);
    expect(keeper.holds(source)).toBe(false);
    expect(keeper.deadlineOf(batch)).toBe(0);
    keeper.stop();
  });
});

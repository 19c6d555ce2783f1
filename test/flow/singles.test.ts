/** A thousand jobs for one person each, due at one second: a handful of wake-ups, each person told once, nobody early. */

import { beginExpansions, createWakeSource, insertJob, inTransaction, planRun, readDatabaseTime } from '@carillon/db';
import { createWaker } from '@carillon/queue';
import { type AccountSeed, eventually, killSpawnedServices, seedPeople } from '@carillon/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ADDRESS_PEPPER, type House, startHouse, wrongBatches } from './house.ts';

const JOBS = 1_000;

let house: House;
let account: AccountSeed;
beforeAll(async () => {
  house = await startHouse();
  account = await house.account('singles');
  await seedPeople(house.db.pool, account.accountId, { count: JOBS, addressPepper: ADDRESS_PEPPER });
}, 360_000);
afterAll(() => house?.stop());

const policy = {
  attempts: 5,
  backoff: { initialMs: 500, factor: 2, maxMs: 3_600_000 },
  expireAfterMs: null,
  unknown: { action: 'hold' as const, afterSeconds: 3_600 },
  dedupeBy: 'address' as const,
  quietHours: 'respect' as const,
};

/** A job for each person, due at that instant. */
async function planSingles(dueAtMs: number): Promise<void> {
  const pool = house.db.pool;
  const { rows: people } = await pool.query<{ id: number }>('SELECT id FROM recipients ORDER BY id');
  const audience = { everyone: false, audienceIds: [], excludedAudienceIds: [], excludedRecipientIds: [] };
  await inTransaction(pool, async (client) => {
    for (const { id } of people) {
      const target = { ...audience, recipientIds: [id] };
      const { accountId, providerAccountId } = account;
      const trigger = { type: 'at' as const, instantMs: dueAtMs };
      const common = { accountId, channel: 'whatsapp', providerAccountId, trigger, target, policy };
      const jobId = await insertJob(client, {
        ...common,
        name: 'single',
        kind: 'message',
        asked: { everyone: false, audiences: [], recipients: [], exclude: { audiences: [], recipients: [] } },
        content: { type: 'text', text: 'Your turn.' },
        nextRunAtMs: null,
        actor: 'test',
      });
      await planRun(client, { ...common, jobId, contentVersion: 1 }, { occurrenceKey: 'once', dueAtMs });
    }
  });
}

test(`${JOBS} single jobs at one second`, async () => {
  const pool = house.db.pool;
  const dueAtMs = Math.ceil((await readDatabaseTime(pool)) / 1_000) * 1_000 + 5_000;
  await planSingles(dueAtMs);
  // Nothing of it is left for expansion.
  expect(await beginExpansions(pool, 10)).toBe(0);

  const waker = createWaker({
    redis: house.redis,
    source: createWakeSource(pool, { window: 16, horizonMs: 300_000 }),
    random: Math.random,
    now: Date.now,
  });
  try {
    await eventually(() => waker.ping());
    expect(await waker.wake('whatsapp')).toEqual({ kind: 'ok', added: 1 });
    expect(await waker.wake('whatsapp')).toEqual({ kind: 'ok', added: 0 });
  } finally {
    await waker.close();
  }

  // Ten meet a provider that is busy; they come back at a moment of their own.
  await house.control('rules', { rules: [{ match: { toSuffix: '00', times: 10 }, does: { code: 131016 } }] });
  await Promise.all([house.start('sender'), house.start('sender'), house.start('scheduler'), house.start('sweeper')]);
  await eventually(
    async () => {
      const { rows } = await pool.query<{ open: number }>(
        `SELECT count(*) AS open FROM runs WHERE state <> 'completed'`,
      );
      return rows[0]?.open === 0;
    },
    { timeoutMs: 120_000, what: 'the end of all runs' },
  );
  expect(await house.ledger.totals()).toEqual({
    attempts: JOBS + 10,
    acceptances: JOBS,
    addresses: JOBS,
    duplicates: 0,
  });
  // How soon is a benchmark's question; here nobody may be early, and nobody told twice.
  const { rows } = await pool.query(
    `SELECT count(*) FILTER (WHERE sending_at < due_at) AS early, count(*) FILTER (WHERE state = 'sent') AS sent, sum(try) AS tries
     FROM deliveries`,
  );
  expect(rows[0]).toEqual({ early: 0, sent: JOBS, tries: JOBS + 10 });
  expect(await wrongBatches(house)).toEqual([]);
}, 360_000);

test('a sender that is stopped while more is due than it leases at once leaves in time', async () => {
  await killSpawnedServices();
  await house.stop();
  house = await startHouse();
  account = await house.account('singles');
  await seedPeople(house.db.pool, account.accountId, { count: JOBS, addressPepper: ADDRESS_PEPPER });
  await house.control('latency', { fixedMs: 100 });
  await planSingles(await readDatabaseTime(house.db.pool));
  await house.start('scheduler');
  const sender = await house.start('sender', { SEND_CONNECTIONS: '16' });
  const told = async () => (await house.ledger.totals()).acceptances;
  await eventually(async () => (await told()) > 20, { everyMs: 5 });
  expect(await sender.stop()).toEqual({ code: 0, signal: null });
  const { rows } = await house.db.pool.query(
    'SELECT sum(sending) AS sending, sum(unknown) AS unknown, count(lease_until) AS leases FROM batches',
  );
  expect(rows[0]).toEqual({ sending: 0, unknown: 0, leases: 0 });
  expect(await told()).toBeLessThan(JOBS);
  await house.control('latency', { fixedMs: 0 });
  await Promise.all([house.start('sender'), house.start('sweeper')]);
  await eventually(async () => (await told()) === JOBS, { timeoutMs: 120_000 });
  expect(await house.ledger.totals()).toMatchObject({ attempts: JOBS, duplicates: 0 });
}, 360_000);

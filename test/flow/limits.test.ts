/** Limits, holds and expiry with real senders: what a provider says is obeyed, and costs nobody an attempt who is not at fault. */

import { readDatabaseTime } from '@carillon/db';
import { eventually, killSpawnedServices, seededPhone, seedPeople } from '@carillon/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import {
  ADDRESS_PEPPER,
  announce,
  arrivalsOf,
  completed,
  countsOf,
  type House,
  startHouse,
  wrongBatches,
} from './house.ts';

let house: House;
beforeAll(async () => {
  house = await startHouse({ ownRedis: true });
}, 360_000);
afterEach(async () => {
  await house.control('rules', { rules: [] });
});
afterAll(() => house?.stop());

let accounts = 0;
async function accountWith(people: number, options: { messagesPerSecond?: number } = {}) {
  const phoneNumberId = String(700 + ++accounts);
  const account = await house.account(`account ${accounts}`, { phoneNumberId, ...options });
  const { audienceId } = await seedPeople(house.db.pool, account.accountId, {
    count: people,
    addressPepper: ADDRESS_PEPPER,
  });
  return { ...account, target: { audienceIds: [audienceId] }, phoneNumberId };
}

async function deliveries(
  runId: number,
): Promise<{ address: string; try: number; attempts: number; state: string; code: string | null }[]> {
  const { rows } = await house.db.pool.query<{
    address: string;
    try: number;
    attempts: number;
    state: string;
    code: string | null;
  }>('SELECT address, try, attempts, state::text, code FROM deliveries WHERE run_id = $1 ORDER BY address', [runId]);
  return rows;
}

describe('with two senders', () => {
  beforeAll(async () => {
    await Promise.all([house.start('sender'), house.start('sender'), house.start('scheduler'), house.start('sweeper')]);
  }, 360_000);

  test('a limit of 80 a second that the provider enforces is kept by both together', async () => {
    const account = await accountWith(320, { messagesPerSecond: 80 });
    await house.control('limits', { phoneNumberId: account.phoneNumberId, messagesPerSecond: 80 });
    const { runId } = await announce(house, account, { target: account.target });
    expect(await completed(house, runId)).toMatchObject({ sent: 320, failed: 0 });
    const rows = await deliveries(runId);
    // None is refused, but where the machine stalls between a token and its arrival by more than the bucket allows for.
    const totals = await house.ledger.totals(runId);
    expect(totals).toMatchObject({ acceptances: 320, duplicates: 0 });
    expect(totals.attempts).toBeLessThanOrEqual(320 + 3);
    expect(rows.every((row) => row.attempts === 1)).toBe(true);
    const { rows: took } = await house.db.pool.query<{ seconds: number }>(
      'SELECT extract(epoch FROM max(sending_at) - min(sending_at))::float8 AS seconds FROM deliveries WHERE run_id = $1',
      [runId],
    );
    // 72 a second and a burst; slower would leave the provider idle.
    expect(took[0]?.seconds).toBeGreaterThan(3);
    expect(took[0]?.seconds).toBeLessThan(7);
  }, 360_000);

  test('130429 burns no attempt, not even of a job that has one', async () => {
    const account = await accountWith(60);
    const rule = { match: { phoneNumberId: account.phoneNumberId, times: 25 }, does: { code: 130429 } };
    await house.control('rules', { rules: [rule] });
    const { runId } = await announce(house, account, { target: account.target, policy: { attempts: 1 } });
    expect(await completed(house, runId)).toMatchObject({ sent: 60, failed: 0 });
    const rows = await deliveries(runId);
    expect(rows.every((row) => row.attempts === 1)).toBe(true);
    expect(rows.reduce((sum, row) => sum + row.try, 0)).toBe(85);
    expect(await house.ledger.totals(runId)).toEqual({ attempts: 85, acceptances: 60, addresses: 60, duplicates: 0 });
  }, 360_000);

  test('131056 makes one recipient wait, and nobody else', async () => {
    const account = await accountWith(60);
    const slow = seededPhone(7);
    await house.control('rules', {
      rules: [{ match: { to: slow, phoneNumberId: account.phoneNumberId, times: 2 }, does: { code: 131056 } }],
    });
    const { runId } = await announce(house, account, { target: account.target, policy: { attempts: 1 } });
    await eventually(async () => (await countsOf(house, runId)).sent === 59, { what: 'all others sent' });
    expect((await deliveries(runId)).find((row) => row.address === slow)).toMatchObject({
      state: expect.stringMatching(/scheduled|sending/),
      attempts: 0,
    });
    await completed(house, runId);
    const rows = await deliveries(runId);
    expect(rows.filter((row) => row.try > 1)).toMatchObject([{ address: slow, try: 3, attempts: 1, state: 'sent' }]);
    const { rows: attempts } = await house.db.pool.query<{ outcome: string; wait: number }>(
      `SELECT outcome, extract(epoch FROM started_at - lag(ended_at) OVER (ORDER BY try))::float8 AS wait
       FROM attempts a JOIN batches b ON b.account_id = a.account_id AND b.id = a.batch_id WHERE b.run_id = $1 ORDER BY try`,
      [runId],
    );
    expect(attempts.map((row) => row.outcome)).toEqual(['throttled', 'throttled', 'accepted']);
    // One second, then four.
    expect(attempts[1]?.wait).toBeGreaterThanOrEqual(1);
    expect(attempts[2]?.wait).toBeGreaterThanOrEqual(4);
  }, 360_000);

  test('what is not claimed by its expiry is skipped with the reason', async () => {
    const account = await accountWith(300, { messagesPerSecond: 20 });
    const { runId } = await announce(house, account, { target: account.target, policy: { expireAfterMs: 2_000 } });
    const counts = await completed(house, runId);
    expect(counts.sent).toBeGreaterThan(0);
    expect(counts.skipped).toBeGreaterThan(0);
    expect(counts.sent + counts.skipped).toBe(300);
    const { rows } = await house.db.pool.query(
      `SELECT count(*) FILTER (WHERE state = 'skipped' AND (code <> 'expired' OR try > 0)) AS wrong,
              count(*) FILTER (WHERE sending_at >= due_at + interval '2 seconds') AS late FROM deliveries WHERE run_id = $1`,
      [runId],
    );
    expect(rows[0]).toEqual({ wrong: 0, late: 0 });
    expect((await house.ledger.totals(runId)).acceptances).toBe(counts.sent);
  }, 360_000);

  test('a hold stops new sends within two seconds, and an emptied Redis does not lift it', async () => {
    const account = await accountWith(600, { messagesPerSecond: 150 });
    const { runId } = await announce(house, account, { target: account.target });
    await eventually(async () => (await countsOf(house, runId)).sent > 30, { everyMs: 5 });
    await house.db.pool.query(`INSERT INTO holds (account_id, channel, reason) VALUES ($1, 'whatsapp', 'test')`, [
      account.accountId,
    ]);
    const heldMs = await readDatabaseTime(house.db.pool);
    await eventually(async () => (await countsOf(house, runId)).sending === 0);

    await house.flushRedis();
    // The sweeper sees the loss; another account's run goes through, so all are awake.
    await eventually(
      async () =>
        (
          await house.db.pool.query<{ seen: boolean }>(
            'SELECT redis_lost_at >= to_timestamp($1::float8 / 1000) AS seen FROM installation',
            [heldMs],
          )
        ).rows[0]?.seen === true,
    );
    const other = await accountWith(20);
    await completed(house, (await announce(house, other, { target: other.target })).runId);

    const { rows } = await house.db.pool.query<{ last: number; left: number }>(
      `SELECT max(extract(epoch FROM sending_at))::float8 * 1000 - $2 AS last, count(*) FILTER (WHERE state = 'scheduled') AS left
       FROM deliveries WHERE run_id = $1`,
      [runId, heldMs],
    );
    expect(rows[0]?.last).toBeLessThan(2_000);
    expect(rows[0]?.left).toBeGreaterThan(0);
    expect(await arrivalsOf(house, runId)).toHaveLength((await countsOf(house, runId)).sent);

    await house.db.pool.query('DELETE FROM holds');
    expect(await completed(house, runId)).toMatchObject({ sent: 600 });
    expect(await house.ledger.totals(runId)).toMatchObject({ acceptances: 600, duplicates: 0 });
    expect(await wrongBatches(house)).toEqual([]);
  }, 360_000);
});

test('SIGTERM under load lets the calls in the air end, and gives the leases back', async () => {
  await killSpawnedServices();
  // The simulator was among them.
  await house.stop();
  house = await startHouse({ ownRedis: true });
  await house.control('latency', { fixedMs: 150 });
  const account = await accountWith(400);
  const { runId } = await announce(house, account, { target: account.target });
  await house.start('scheduler');
  const sender = await house.start('sender', { SEND_CONNECTIONS: '32' });
  await eventually(async () => (await countsOf(house, runId)).sent > 0, { everyMs: 5 });
  expect(await sender.stop()).toEqual({ code: 0, signal: null });
  const { rows } = await house.db.pool.query(
    'SELECT sum(sending) AS sending, sum(unknown) AS unknown, count(lease_until) AS leases FROM batches WHERE run_id = $1',
    [runId],
  );
  expect(rows[0]).toEqual({ sending: 0, unknown: 0, leases: 0 });
  const counts = await countsOf(house, runId);
  expect(counts.scheduled).toBeGreaterThan(0);
  expect((await house.ledger.totals(runId)).acceptances).toBe(counts.sent);
  await Promise.all([house.start('sender'), house.start('sweeper')]);
  expect(await completed(house, runId)).toMatchObject({ sent: 400 });
  expect(await house.ledger.totals(runId)).toMatchObject({ acceptances: 400, duplicates: 0, attempts: 400 });
}, 360_000);

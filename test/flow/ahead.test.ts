/**
 * `SEND_CALLS_MAX`: with more connections than that, rows are claimed before a call ends, so that the next one begins at once; never
 * more calls than that are made at once, and no claimed row is kept for long.
 */
import { pauseJob } from '@carillon/db';
import { eventually, seedPeople } from '@carillon/testkit';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { ADDRESS_PEPPER, announce, completed, countsOf, type House, startHouse } from './house.ts';

const PEOPLE = 240;
const CALLS = 8;
const CONNECTIONS = '24';
const LATENCY_MS = 300;
const AHEAD = { SEND_CONNECTIONS: CONNECTIONS, SEND_CALLS_MAX: String(CALLS), WINDOW_FIXED: 'true' };

let house: House;
beforeAll(async () => {
  house = await startHouse();
  await Promise.all([house.start('scheduler'), house.start('sweeper')]);
}, 360_000);
afterEach(async () => {
  await house.control('rules', { rules: [] });
  await house.control('latency', { fixedMs: 0 });
});
afterAll(() => house?.stop());

async function announceTo(name: string, people: number) {
  const account = await house.account(name);
  const { audienceId } = await seedPeople(house.db.pool, account.accountId, {
    count: people,
    addressPepper: ADDRESS_PEPPER,
  });
  const { runId, jobId } = await announce(house, account, { target: { audienceIds: [audienceId] } });
  return { runId, jobId, accountId: account.accountId };
}

/** Most requests that came within one latency of each other: as many calls were in the air at once. */
async function mostAtOnce(runId: number): Promise<number> {
  const arrivals = (await house.ledger.export(runId)).map((line) => Number(line.at)).sort((a, b) => a - b);
  let most = 0;
  let from = 0;
  for (const [place, at] of arrivals.entries()) {
    while ((arrivals[from] as number) <= at - LATENCY_MS) from += 1;
    most = Math.max(most, place - from + 1);
  }
  return most;
}

test('never more calls than allowed are in the air, though more rows are claimed', async () => {
  await house.control('latency', { fixedMs: LATENCY_MS });
  const sender = await house.start('sender', AHEAD);
  const { runId } = await announceTo('ahead', PEOPLE);
  await eventually(async () => (await countsOf(house, runId)).sending > CALLS, {
    timeoutMs: 60_000,
    what: 'rows that are claimed ahead',
  });
  expect(await completed(house, runId)).toMatchObject({ sent: PEOPLE });
  expect(await house.ledger.totals(runId)).toMatchObject({ acceptances: PEOPLE, duplicates: 0 });
  expect(await mostAtOnce(runId)).toBeLessThanOrEqual(CALLS);
  await sender.stop();
}, 180_000);

test('without it as many calls are in the air as there are connections', async () => {
  await house.control('latency', { fixedMs: LATENCY_MS });
  const sender = await house.start('sender', { SEND_CONNECTIONS: CONNECTIONS, WINDOW_FIXED: 'true' });
  const { runId } = await announceTo('not ahead', PEOPLE);
  expect(await completed(house, runId)).toMatchObject({ sent: PEOPLE });
  expect(await mostAtOnce(runId)).toBeGreaterThan(CALLS);
  await sender.stop();
}, 180_000);

test('rows whose turn does not come soon are given back, so that a pause is kept while all calls hang', async () => {
  await house.control('rules', { match: { share: { from: 0, below: 1 } }, does: { fault: 'hang' } });
  const sender = await house.start('sender', { ...AHEAD, SEND_HANGING_CONNECTIONS: '0' });
  const { runId, jobId, accountId } = await announceTo('hanging', PEOPLE);
  await eventually(async () => (await countsOf(house, runId)).sending > CALLS, {
    timeoutMs: 60_000,
    what: 'rows that wait for calls that hang',
  });
  await pauseJob(house.db.pool, { accountId, jobId, actor: 'test' });
  const counts = await eventually(
    async () => {
      const found = await countsOf(house, runId);
      return found.sending === 0 && found;
    },
    { timeoutMs: 60_000, what: 'the end of the calls that hang' },
  );
  expect(counts).toMatchObject({ unknown: CALLS, scheduled: PEOPLE - CALLS });
  expect((await house.ledger.totals(runId)).attempts).toBe(CALLS);
  const { rows } = await house.db.pool.query<{ given_back: number; attempts: number }>(
    `SELECT count(*) FILTER (WHERE code = 'too_late')::int AS given_back, max(attempts)::int AS attempts
     FROM deliveries WHERE run_id = $1 AND state = 'scheduled'`,
    [runId],
  );
  expect(rows[0]?.given_back).toBeGreaterThan(0);
  expect(rows[0]?.attempts).toBe(0);
  await sender.stop();
}, 180_000);

/**
 * A hold on one account, or one channel, under full load: nothing of it is begun later than two seconds after it was placed,
 * by the clock of the ledger, whatever happens to Redis meanwhile; others are told by the same senders, and once it is
 * released everybody is told, once. (sending.test.ts holds everything.)
 */
import { placeHold, readDatabaseTime, releaseHold } from '@carillon/db';
import { type AccountSeed, eventually, seedPeople } from '@carillon/testkit';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { ADDRESS_PEPPER, announce, completed, countsOf, type House, startHouse, wrongBatches } from './house.ts';

jest.setTimeout(360_000);

const PEOPLE = 8_000;
const WITNESSES = 60;
/** What is promised. */
const WITHIN_MS = 2_000;
/** Patient: on a machine that does much else no outcome may become unknown by being slow. */
const SENDER = { SEND_CONNECTIONS: '64', SEND_CLAIM_ROWS: '32', SEND_TIMEOUT_MS: '8000', LEASE_MS: '20000' };
const BY = { actor: 'test', auditAccountId: undefined };

let house: House;
let account: AccountSeed;
let witness: AccountSeed;
let audienceId: number;
let witnessAudience: number;

beforeAll(async () => {
  house = await startHouse({ ownRedis: true });
  await house.control('latency', { minMs: 1, maxMs: 20 });
  account = await house.account('held', { messagesPerSecond: 100_000 });
  witness = await house.account('witness', { phoneNumberId: '200' });
  const of = async ({ accountId }: AccountSeed, count: number) =>
    (await seedPeople(house.db.pool, accountId, { count, addressPepper: ADDRESS_PEPPER })).audienceId;
  audienceId = await of(account, PEOPLE);
  witnessAudience = await of(witness, WITNESSES);
  await Promise.all([
    house.start('scheduler'),
    house.start('sweeper'),
    ...Array.from({ length: 4 }, () => house.start('sender', SENDER)),
  ]);
}, 360_000);
afterAll(() => house?.stop());

/** Somebody else is told by the same senders meanwhile: they are at work. */
async function witnessed(): Promise<void> {
  const { runId } = await announce(house, witness, { target: { audienceIds: [witnessAudience] } });
  expect(await completed(house, runId)).toMatchObject({ sent: WITNESSES });
}

/** When the sweeper saw last that Redis had lost everything. */
async function lossesSeen(): Promise<number> {
  const { rows } = await house.db.pool.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM rescues WHERE kind = 'redis_lost'`,
  );
  return rows[0]?.n ?? 0;
}

test.each([
  ['an account', () => ({ accountId: account.accountId, channel: null }), true],
  ['a channel', () => ({ accountId: null, channel: 'whatsapp' }), false],
] as const)('on %s', async (_what, scope, othersGoOn) => {
  const { runId } = await announce(house, account, { target: { audienceIds: [audienceId] } });
  await eventually(async () => (await countsOf(house, runId)).sent > PEOPLE / 10, {
    everyMs: 2,
    what: 'sending to be under way',
  });
  const askedMs = performance.now();
  const { hold } = await placeHold(house.db.pool, { ...scope(), reason: 'under load' }, BY);
  const tookMs = performance.now() - askedMs;
  const heldAtMs = await readDatabaseTime(house.db.pool);

  const still = await eventually(
    async () => {
      const counts = await countsOf(house, runId);
      return counts.expanded && counts.sending === 0 ? counts : false;
    },
    { what: 'nothing to be in the air' },
  );
  expect(still.sent).toBeLessThan(PEOPLE);
  const losses = await lossesSeen();
  await house.flushRedis();
  await eventually(async () => (await lossesSeen()) > losses, {
    what: 'the sweeper to see the loss',
    timeoutMs: 15_000,
  });
  // One that never knew of anything but the hold.
  await house.start('sender', SENDER);
  if (othersGoOn) await witnessed();
  // Past the promise and past what could still have been in the air: the ledger stands where it stood.
  await eventually(async () => (await readDatabaseTime(house.db.pool)) > heldAtMs + WITHIN_MS + 1_000, {
    what: 'the time of the promise to pass',
  });
  expect(await countsOf(house, runId)).toEqual(still);
  const arrived = await house.ledger.export(runId);
  expect({ arrived: arrived.length, ...still }).toMatchObject({ arrived: still.sent, failed: 0, unknown: 0 });
  const last = Math.max(...arrived.map((line) => Number(line.at)));
  expect(last - heldAtMs).toBeLessThan(WITHIN_MS);
  process.stderr.write(
    `placed in ${tookMs.toFixed(0)} ms, ${still.sent} of ${PEOPLE} sent, the last ${(last - heldAtMs).toFixed(0)} ms after\n`,
  );

  expect(await releaseHold(house.db.pool, { id: hold.id, accountId: undefined }, BY)).toMatchObject({
    kind: 'released',
  });
  expect(await completed(house, runId)).toMatchObject({ size: PEOPLE, sent: PEOPLE, failed: 0, unknown: 0 });
  const everybody = { attempts: PEOPLE, acceptances: PEOPLE, addresses: PEOPLE, duplicates: 0 };
  expect(await house.ledger.totals(runId)).toEqual(everybody);
  expect(await wrongBatches(house)).toEqual([]);
});

/** Calls that hang until their time-out: they cost their own connections, and hold up neither the rest of their run nor others. */
import { eventually, seedPeople } from '@carillon/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ADDRESS_PEPPER, announce, countsOf, type House, startHouse } from './house.ts';

/** Three batches. */
const PEOPLE = 2_100;
/** Long enough for all the others, however slow the machine. */
const PATIENCE = { SEND_TIMEOUT_MS: '120000', LEASE_MS: '300000', WINDOW_FIXED: 'true' };
const WINDOW = { ENQUEUE_WINDOW: '1' };

let house: House;
beforeAll(async () => {
  house = await startHouse();
  await Promise.all([house.start('scheduler', WINDOW), house.start('sweeper', WINDOW)]);
}, 360_000);
afterAll(() => house?.stop());

/** Announces to so many, of whom about one in a hundred hangs. */
async function announceTo(name: string, people: number) {
  await house.control('rules', { match: { share: { from: 0, below: 0.01 } }, does: { fault: 'hang' } });
  const account = await house.account(name);
  const { audienceId } = await seedPeople(house.db.pool, account.accountId, {
    count: people,
    addressPepper: ADDRESS_PEPPER,
  });
  const { runId } = await announce(house, account, { target: { audienceIds: [audienceId] } });
  return { runId, counts: () => countsOf(house, runId) };
}

test('batches of which a call hangs make room for the next, before any time-out', async () => {
  const sender = await house.start('sender', { ...PATIENCE, ...WINDOW, SEND_CONNECTIONS: '128' });
  const { counts } = await announceTo('hanging', PEOPLE);
  const last = await eventually(
    async () => {
      const found = await counts();
      return (found.scheduled === 0 && found.sent > PEOPLE * 0.9 && found.sending < 128 && found) || false;
    },
    { timeoutMs: 300_000, what: 'the end of those who do not hang' },
  );
  // Some of each batch hang, and none of them has ended.
  expect(last.unknown).toBe(0);
  expect(last.sending).toBeGreaterThan(3);
  sender.kill('SIGKILL');
  await sender.exited;
}, 360_000);

test('more calls than a sender has places hang, and all others are told before any time-out', async () => {
  const sender = await house.start('sender', { ...PATIENCE, SEND_CONNECTIONS: '6' });
  const { counts } = await announceTo('crowded', PEOPLE);
  const last = await eventually(
    async () => {
      const found = await counts();
      return (
        (found.scheduled === 0 && found.sent + found.sending === PEOPLE && found.sent > PEOPLE * 0.95 && found) || false
      );
    },
    { timeoutMs: 300_000, what: 'the end of those who do not hang' },
  );
  expect(last.sending).toBeGreaterThan(6);
  sender.kill('SIGKILL');
  await sender.exited;
}, 360_000);

test('without connections at the side the sender stands still once so many hang', async () => {
  const sender = await house.start('sender', { ...PATIENCE, SEND_CONNECTIONS: '6', SEND_HANGING_CONNECTIONS: '0' });
  const { runId, counts } = await announceTo('stuck', PEOPLE);
  // Every call that it makes has lasted for much longer than a call does that is answered.
  await eventually(
    async () => {
      const { rows } = await house.db.pool.query<{ long: number }>(
        `SELECT count(*)::int AS long FROM deliveries
         WHERE run_id = $1 AND state = 'sending' AND sending_at < carillon_now() - interval '3 seconds'`,
        [runId],
      );
      return rows[0]?.long === 6;
    },
    { timeoutMs: 300_000, what: 'a sender all of whose calls hang' },
  );
  expect((await counts()).scheduled).toBeGreaterThan(100);
  sender.kill('SIGKILL');
  await sender.exited;
}, 360_000);

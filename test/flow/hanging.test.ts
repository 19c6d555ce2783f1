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
  await Promise.all([
    house.start('scheduler', WINDOW),
    house.start('sweeper', WINDOW),
    house.start('sender', { ...PATIENCE, ...WINDOW, SEND_CONNECTIONS: '128' }),
  ]);
}, 360_000);
afterAll(() => house?.stop());

test('batches of which a call hangs make room for the next, before any time-out', async () => {
  await house.control('rules', { match: { share: { from: 0, below: 0.01 } }, does: { fault: 'hang' } });
  const account = await house.account('hanging');
  const { audienceId } = await seedPeople(house.db.pool, account.accountId, {
    count: PEOPLE,
    addressPepper: ADDRESS_PEPPER,
  });
  const { runId } = await announce(house, account, { target: { audienceIds: [audienceId] } });
  const counts = await eventually(
    async () => {
      const found = await countsOf(house, runId);
      return (found.scheduled === 0 && found.sent > PEOPLE * 0.9 && found.sending < 128 && found) || false;
    },
    { timeoutMs: 300_000, what: 'the end of those who do not hang' },
  );
  // Some of each batch hang, and none of them has ended.
  expect(counts.unknown).toBe(0);
  expect(counts.sending).toBeGreaterThan(3);
}, 360_000);

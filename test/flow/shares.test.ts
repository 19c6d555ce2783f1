/** Two senders share a run: who comes first takes no more than it can send, and who comes later finds the rest. */
import { eventually, type SpawnedService, seedPeople } from '@carillon/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ADDRESS_PEPPER, announce, completed, type House, startHouse } from './house.ts';

const PEOPLE = 6_000;

let house: House;
beforeAll(async () => {
  house = await startHouse();
  await Promise.all([house.start('scheduler'), house.start('sweeper')]);
}, 360_000);
afterAll(() => house?.stop());

async function accepted(sender: SpawnedService): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${sender.ready.healthPort ?? sender.ready.port}/metrics`)).text();
  const line = text
    .split('\n')
    .find((one) => one.startsWith('carillon_calls_total{channel="whatsapp",outcome="accepted"'));
  return Number(line?.split(' ').at(-1) ?? 0);
}

test('a sender that comes when a run is under way takes its share of what is left', async () => {
  // At most 400 a second each: alone it would take the first one 15 seconds.
  await house.control('latency', { fixedMs: 100 });
  const env = { SEND_CONNECTIONS: '40', WINDOW_FIXED: 'true' };
  const account = await house.account('shared', { messagesPerSecond: 100_000 });
  const { audienceId } = await seedPeople(house.db.pool, account.accountId, {
    count: PEOPLE,
    addressPepper: ADDRESS_PEPPER,
  });
  const first = await house.start('sender', env);
  const { runId } = await announce(house, account, { target: { audienceIds: [audienceId] } });
  await eventually(async () => (await accepted(first)) > 200);
  const second = await house.start('sender', env);
  const leftFor = PEOPLE - (await accepted(first));
  expect(await completed(house, runId, 120_000)).toMatchObject({ sent: PEOPLE });
  // Half of it, but for a batch or two that the first one had at hand.
  expect(await accepted(second)).toBeGreaterThan(leftFor / 4);
  expect((await house.ledger.totals(runId)).acceptances).toBe(PEOPLE);
}, 360_000);

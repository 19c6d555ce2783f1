/**
 * Addresses are checked before they are written to: real services, the simulator's paid service and its ledger. Each verdict leads
 * to where it must, results are shared and paid for once by each, and what nobody can afford, or may do, waits.
 */
import { placeHold, releaseHold } from '@carillon/db';
import { chargesByAddress, eventually } from '@carillon/testkit';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { keyOf, mailAccount, mailTo, outcomesOf, PRICE, people, spentBy, verifier } from './checkHouse.ts';
import { completed, type House, startHouse, wrongBatches } from './house.ts';

let house: House;
let names = 0;
/** An address that nobody has yet, with that behaviour of the simulator's. */
const at = (behaviour: string): string => `person-${++names}@${behaviour}.check.example`;
const sql = (text: string, values: unknown[] = []) => house.db.pool.query(text, values);

beforeAll(async () => {
  house = await startHouse({ ownRedis: true });
  await verifier(house, (await house.account('operator')).accountId);
  await sql(`UPDATE accounts SET operator = true WHERE name = 'operator'`);
  await Promise.all(['scheduler', 'sweeper', 'sender', 'validator', 'validator'].map((name) => house.start(name)));
}, 360_000);
beforeEach(async () => {
  await house.control('checks', { priceMicros: PRICE });
});
afterAll(() => house?.stop());

const account = (name: string) => mailAccount(house, `${name} ${++names}`);

test('each verdict leads to where it must, and the ledger has each address once', async () => {
  const shop = await account('shop');
  const addresses = {
    deliverable: at('deliverable'),
    rejected: at('rejected'),
    risky: at('catchall'),
    later: at('shy'),
    lost: at('lostafter'),
    silent: at('silent'),
    confirmed: at('rejected'),
    unknown: at('unknown'),
  };
  const ids = await people(house, shop.accountId, Object.values(addresses));
  await sql(
    `INSERT INTO account_verdicts (account_id, address_key, verdict, source, at) VALUES ($1, $2, 'confirmed', 'test', now())`,
    [shop.accountId, keyOf(addresses.confirmed)],
  );
  const { runId } = await mailTo(house, shop, ids, { waitMs: 12_000 });
  await completed(house, runId, 120_000);
  expect(await outcomesOf(house, runId)).toEqual({
    [addresses.deliverable]: 'sent',
    [addresses.rejected]: 'skipped undeliverable',
    [addresses.risky]: 'sent',
    [addresses.later]: 'sent',
    [addresses.lost]: 'sent',
    [addresses.silent]: 'sent',
    [addresses.confirmed]: 'sent',
    [addresses.unknown]: 'skipped address_unverified',
  });
  const charges = await chargesByAddress(house.simulatorUrl);
  const charged = (address: string) => charges.get(address) ?? 0;
  const { confirmed, unknown, ...bought } = addresses;
  for (const address of Object.values(bought)) expect([address, charged(address)]).toEqual([address, 1]);
  expect([charged(confirmed), charged(unknown)]).toEqual([0, 0]);
  // What was found out is stored with its price, and what a check of the last one may have cost is given back at its end.
  await eventually(async () => (await spentBy(house, shop.accountId)).reserved === 0, {
    what: 'the end of all checks',
  });
  expect(await spentBy(house, shop.accountId)).toEqual({ reserved: 0, charged: 6 * PRICE });
  expect(await wrongBatches(house)).toEqual([]);
});

test('risky and unknown addresses are treated as the policy says', async () => {
  const shop = await account('shop');
  const [risky, unknown] = [at('role'), at('unknown')];
  const ids = await people(house, shop.accountId, [risky, unknown]);
  const { runId } = await mailTo(house, shop, ids, { waitMs: 3_000, risky: 'skip', unknown: 'send' });
  await completed(house, runId);
  expect(await outcomesOf(house, runId)).toEqual({ [risky]: 'skipped risky', [unknown]: 'sent' });
});

test('two accounts that want the same addresses at the same time share one check, and each pays for it', async () => {
  const [first, second] = [await account('first'), await account('second')];
  const addresses = Array.from({ length: 40 }, () => at('deliverable'));
  await house.control('checks', { priceMicros: PRICE, latency: { minMs: 200, maxMs: 600 } });
  const runs = await Promise.all(
    [first, second].map(async (one) => mailTo(house, one, await people(house, one.accountId, addresses))),
  );
  for (const { runId } of runs) {
    await completed(house, runId);
    expect(Object.values(await outcomesOf(house, runId))).toEqual(addresses.map(() => 'sent'));
  }
  const charges = await chargesByAddress(house.simulatorUrl);
  expect(addresses.map((address) => charges.get(address))).toEqual(addresses.map(() => 1));
  for (const { accountId } of [first, second]) {
    expect(await spentBy(house, accountId)).toEqual({ reserved: 0, charged: 40 * PRICE });
  }
});

test('an account whose budget is used up waits, and goes on when it has money', async () => {
  const shop = await account('shop');
  await sql(`UPDATE accounts SET check_budget_micros = $2, check_budget_currency = 'EUR' WHERE id = $1`, [
    shop.accountId,
    2 * PRICE,
  ]);
  const addresses = Array.from({ length: 5 }, () => at('deliverable'));
  const { runId } = await mailTo(house, shop, await people(house, shop.accountId, addresses));
  const checks = async () =>
    (await sql(`SELECT checks, checks_blocked AS blocked FROM batches WHERE run_id = $1`, [runId])).rows[0];
  await eventually(async () => (await checks())?.checks?.deliverable === 2, { what: 'two verdicts' });
  expect(await checks()).toEqual({ checks: { deliverable: 2, unasked: 3 }, blocked: 'budget' });
  const sent = async () => Object.values(await outcomesOf(house, runId)).filter((outcome) => outcome === 'sent').length;
  await eventually(async () => (await sent()) === 2, { what: 'two messages' });
  expect(await spentBy(house, shop.accountId)).toEqual({ reserved: 0, charged: 2 * PRICE });
  await sql(`UPDATE accounts SET check_budget_micros = $2 WHERE id = $1`, [shop.accountId, 5 * PRICE]);
  await completed(house, runId);
  expect(await sent()).toBe(5);
  expect(await spentBy(house, shop.accountId)).toEqual({ reserved: 0, charged: 5 * PRICE });
});

test('a hold on checks stops new ones, and an emptied Redis does not lift it', async () => {
  const shop = await account('shop');
  const by = { actor: 'test', auditAccountId: shop.accountId };
  const { hold } = await placeHold(house.db.pool, { accountId: null, channel: 'email_check', reason: 'a test' }, by);
  const addresses = [at('deliverable'), at('deliverable')];
  const { runId } = await mailTo(house, shop, await people(house, shop.accountId, addresses));
  await eventually(
    async () => (await sql('SELECT checks FROM batches WHERE run_id = $1', [runId])).rows[0]?.checks?.pending === 2,
    { what: 'the request' },
  );
  await house.flushRedis();
  await eventually(async () => (await sql('SELECT redis_lost_at FROM installation')).rows[0]?.redis_lost_at, {
    what: 'the notice of the loss',
  });
  const charges = await chargesByAddress(house.simulatorUrl);
  expect(addresses.map((address) => charges.get(address))).toEqual([undefined, undefined]);
  expect(await releaseHold(house.db.pool, { id: hold.id, accountId: undefined }, by)).toMatchObject({
    kind: 'released',
  });
  await completed(house, runId);
  expect(Object.values(await outcomesOf(house, runId))).toEqual(['sent', 'sent']);
});

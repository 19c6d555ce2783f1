/**
 * Paid checks of addresses: a validator killed at every place, an emptied Redis, and time-outs after charging. The judge is the
 * ledger of the paid service, a file of a separate process: no address is charged twice, and none is forgotten.
 */
import { createHash } from 'node:crypto';
import { addressKey, deriveKey } from '@carillon/core';
import { inTransaction, providerSecretKey, putProvider, requestChecks } from '@carillon/db';
import { chargesByAddress, eventually, seedAccount } from '@carillon/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { control, SECRET, type Stack, startStack } from './stack.ts';
import { strikesOf } from './strikes.ts';

jest.setTimeout(360_000);
const ADDRESSES = 600;
const PRICE = 8_000;
/** Quick for the service, and slow enough that a kill finds many checks in the air. */
const LATENCY = { minMs: 20, maxMs: 120 };
const BACKOFF_MS = 200;

let stack: Stack;
let providers = 0;
beforeAll(async () => {
  stack = await startStack({ ownRedis: true });
});
afterEach(async () => {
  await stack?.endWorkers();
  await control(stack.simulatorUrl, 'checks', {});
});
afterAll(() => stack?.stop());

interface Asked {
  readonly accountId: number;
  readonly addresses: readonly string[];
}

/** An account of its own asks for checks of addresses that nobody had before. */
async function ask(): Promise<Asked> {
  providers += 1;
  const { pool } = stack.database;
  const { accountId } = await seedAccount(pool, `checker ${providers}`, { baseUrl: stack.simulatorUrl });
  await putProvider(pool, providerSecretKey(SECRET), {
    channel: 'email_check',
    accountId,
    name: 'paid',
    messagesPerSecond: 1_000_000,
    settings: {
      verifier: 'http',
      baseUrl: stack.simulatorUrl,
      apiKey: 'key',
      priceMicros: PRICE,
      currency: 'EUR',
      validDays: 30,
      skipDns: true,
    },
  });
  const addresses = Array.from({ length: ADDRESSES }, (_, n) => `person-${n}@account-${accountId}.example`);
  const pepper = deriveKey(SECRET, 'address');
  const wanted = addresses.map((address) => ({ address, key: addressKey(pepper, 'email', address) }));
  await inTransaction(pool, (client) =>
    requestChecks(client, { accountId, addresses: wanted, deadlineMs: Date.now() + 600_000, backoffMs: BACKOFF_MS }),
  );
  return { accountId, addresses };
}

/** Troubles of the service, each for a part of the addresses; those that are not charged, once for each. */
const TROUBLES = [
  { from: 0, below: 0.06, does: { fault: 'accept_and_reset' } },
  { from: 0.06, below: 0.1, does: { fault: 'accept_and_hang' } },
  { from: 0.1, below: 0.14, does: { fault: 'accept_and_500' } },
  { from: 0.14, below: 0.18, does: { fault: 'reset_before_accept' }, once: true },
  { from: 0.18, below: 0.2, does: { fault: 'hang' }, once: true },
  { from: 0.2, below: 0.24, does: { status: 503 }, once: true },
  { from: 0.24, below: 0.28, does: { status: 429 }, once: true },
  { from: 0.28, below: 0.34, does: { result: 'unknown', reason: 'unavailable_smtp' }, once: true },
  { from: 0.34, below: 0.4, does: { result: 'undeliverable', reason: 'rejected_email' } },
];
const RULES = TROUBLES.map(({ from, below, does, once }) => ({
  match: { share: { from, below }, ...(once ? { timesPerAddress: 1 } : {}) },
  does,
}));

const service = (rules: unknown[] = []) =>
  control(stack.simulatorUrl, 'checks', { priceMicros: PRICE, latency: LATENCY, rules });

/** Waits until no check of the account is open or unknown any more. */
async function over({ accountId }: Asked, timeoutMs = 120_000): Promise<void> {
  await eventually(
    async () => {
      const { rows } = await stack.database.pool.query<{ left: number }>(
        `SELECT coalesce(sum(scheduled + sending + unknown), 0)::int AS left FROM batches WHERE account_id = $1`,
        [accountId],
      );
      if (rows[0]?.left !== 0) throw new Error(`${rows[0]?.left} checks are left`);
      return true;
    },
    { what: 'the end of the checks', timeoutMs },
  );
}

/** What the ledger and the database say, which must agree. */
async function judge({ accountId, addresses }: Asked) {
  const charges = await chargesByAddress(stack.simulatorUrl);
  const { rows: verdicts } = await stack.database.pool.query<{
    address: string;
    verdict: string | null;
    state: string;
  }>(
    `SELECT d.address, v.verdict, v.state FROM deliveries d JOIN address_verdicts v ON v.address_key = d.dedupe_key
     WHERE d.account_id = $1`,
    [accountId],
  );
  const known = new Map(verdicts.map((row) => [row.address, row]));
  const { rows: spent } = await stack.database.pool.query<{ reserved: number; charged: number }>(
    `SELECT sum(reserved_micros)::int AS reserved, sum(charged_micros)::int AS charged FROM check_spend WHERE account_id = $1`,
    [accountId],
  );
  const { rows: miscounted } = await stack.database.pool.query(
    `SELECT b.id FROM batches b WHERE b.account_id = $1 AND NOT (b.sent, b.failed, b.unknown) = (
       SELECT count(*) FILTER (WHERE state = 'sent')::int, count(*) FILTER (WHERE state = 'failed')::int,
              count(*) FILTER (WHERE state = 'unknown')::int FROM deliveries d WHERE d.batch_id = b.id)`,
    [accountId],
  );
  return {
    chargedTwice: addresses.filter((address) => (charges.get(address) ?? 0) > 1).length,
    neverCharged: addresses.filter((address) => (charges.get(address) ?? 0) === 0).length,
    forgotten: addresses.filter(
      (address) => !['deliverable', 'undeliverable'].includes(known.get(address)?.verdict ?? ''),
    ).length,
    pending: verdicts.filter(({ state }) => state === 'pending').length,
    checks: verdicts.length,
    miscounted: miscounted.length,
    ...spent[0],
  };
}

const KEPT = {
  chargedTwice: 0,
  neverCharged: 0,
  forgotten: 0,
  pending: 0,
  checks: ADDRESSES,
  miscounted: 0,
  reserved: 0,
  charged: ADDRESSES * PRICE,
};

describe('buys no address twice and forgets none when a validator is killed', () => {
  it.each(strikesOf('checks'))('%s', async (name, armed) => {
    // Without a trouble nothing is lost, and nothing looked up.
    await service(name === 'after_lookup' ? RULES : []);
    const asked = await ask();
    const doomed = await stack.validator({}, armed);
    expect(await doomed.exited).toEqual({ code: null, signal: 'SIGKILL' });
    await stack.validator();
    await over(asked);
    expect(await judge(asked)).toEqual(KEPT);
  });
});

it('looks up what was charged before its answer was lost, beside every other trouble', async () => {
  await service(RULES);
  const asked = await ask();
  // Each trouble was there at all.
  const place = (address: string) => createHash('sha256').update(address).digest().readUInt32BE(0) / 2 ** 32;
  for (const { from, below } of TROUBLES) {
    expect(asked.addresses.filter((one) => place(one) >= from && place(one) < below).length).toBeGreaterThan(2);
  }
  await Promise.all([stack.validator(), stack.validator()]);
  await over(asked);
  expect(await judge(asked)).toEqual(KEPT);
});

it('buys once and forgets nothing when Redis is emptied again and again', async () => {
  await service(RULES);
  const asked = await ask();
  await Promise.all([stack.validator(), stack.validator()]);
  for (let flush = 0; flush < 3; flush++) {
    const before = await soldBy(asked);
    await eventually(async () => (await soldBy(asked)) > before, { what: 'progress', timeoutMs: 120_000 });
    await stack.redis?.flushAll();
  }
  await over(asked);
  expect(await judge(asked)).toEqual(KEPT);
});

/** How many checks of it have ended. */
async function soldBy({ accountId }: Asked): Promise<number> {
  const { rows } = await stack.database.pool.query<{ sent: number }>(
    'SELECT coalesce(sum(sent), 0)::int AS sent FROM batches WHERE account_id = $1',
    [accountId],
  );
  return rows[0]?.sent ?? 0;
}

describe('finds addresses that were charged twice when', () => {
  it('a call that is lost counts as one that was not made', async () => {
    await service();
    const asked = await ask();
    const doomed = await stack.validator({}, 'before_settle=kill:8');
    await doomed.exited;
    await stack.validator({ NEGATIVE_CONTROL: 'blind_recheck' });
    await over(asked);
    expect((await judge(asked)).chargedTwice).toBeGreaterThan(0);
  });

  it('a time-out after charging counts as one that may be tried again', async () => {
    await control(stack.simulatorUrl, 'checks', {
      priceMicros: PRICE,
      latency: LATENCY,
      rules: [{ match: { share: { from: 0, below: 0.06 }, timesPerAddress: 1 }, does: { fault: 'accept_and_reset' } }],
    });
    const asked = await ask();
    await stack.validator({ NEGATIVE_CONTROL: 'retry_unknown' });
    await over(asked);
    expect((await judge(asked)).chargedTwice).toBeGreaterThan(0);
  });
});

/**
 * Windows of calls follow a provider whose capacity is cut to a quarter and restored, with a real sender and a real validator: the window
 * falls and rises again, and few are refused in between. With windows fixed, most are.
 */
import { inTransaction, requestChecks } from '@carillon/db';
import { eventually, type SpawnedService, seedPeople } from '@carillon/testkit';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { keyOf, PRICE, verifier } from './checkHouse.ts';
import { ADDRESS_PEPPER, announce, type House, startHouse } from './house.ts';

const PATIENCE_MS = 120_000;
/** A window finds out by being refused now and then; a fixed one has three of four calls refused, and more. */
const FEW_PERCENT = 20;
const MOST_PERCENT = 50;

let house: House;
beforeAll(async () => {
  house = await startHouse();
  await Promise.all([house.start('scheduler'), house.start('sweeper')]);
}, 360_000);
let worker: SpawnedService | undefined;
afterEach(async () => {
  worker?.kill('SIGKILL');
  await worker?.exited;
  // What is left is nothing for the worker of the next test.
  await house.db.pool.query('UPDATE batches SET cancelled_at = now() WHERE cancelled_at IS NULL');
});
afterAll(() => house?.stop());

/** Somebody who calls a provider, and what that bears. Windows are of calls at once: capacity times latency, and what may wait. */
interface Subject {
  readonly channel: string;
  /** Begins with more to do than the test needs. @param env of the service; returns how to say what the provider bears */
  begin(env: Record<string, string>): Promise<(perSecond: number) => Promise<void>>;
  readonly full: number;
  /** Below the first while a quarter is borne, above the second while all is. */
  readonly window: { readonly little: number; readonly much: number };
}

let accounts = 0;
const SENDER: Subject = {
  channel: 'whatsapp',
  async begin(env) {
    const phoneNumberId = String(700 + ++accounts);
    const account = await house.account(`followed ${accounts}`, { phoneNumberId });
    const { audienceId } = await seedPeople(house.db.pool, account.accountId, {
      count: 20_000,
      addressPepper: ADDRESS_PEPPER,
    });
    await house.control('latency', { fixedMs: 200 });
    const bear = (messagesPerSecond: number) =>
      house.control('capacity', { phoneNumberId, messagesPerSecond, queue: 20 });
    await bear(this.full);
    worker = await house.start('sender', { SEND_CONNECTIONS: '300', ...env });
    await announce(house, account, { target: { audienceIds: [audienceId] } });
    return bear;
  },
  full: 400,
  window: { little: 45, much: 55 },
};

const VALIDATOR: Subject = {
  channel: 'email_check',
  async begin(env) {
    const { accountId } = await house.account(`checked ${++accounts}`);
    await verifier(house, accountId);
    const bear = (checksPerSecond: number) =>
      house.control('checks', { priceMicros: PRICE, latency: { fixedMs: 500 }, checksPerSecond });
    await bear(this.full);
    const addresses = Array.from({ length: 6_000 }, (_, n) => `person-${n}@account-${accountId}.example`);
    await inTransaction(house.db.pool, (client) =>
      requestChecks(client, {
        accountId,
        addresses: addresses.map((address) => ({ address, key: keyOf(address) })),
        deadlineMs: Date.now() + 3_600_000,
      }),
    );
    worker = await house.start('validator', { CHECK_CONNECTIONS: '200', CHECK_CALLS_MIN: '4', ...env });
    return bear;
  },
  full: 120,
  window: { little: 25, much: 45 },
};

/** What the worker tells of its window and its calls. */
async function told(channel: string): Promise<{ window: number; accepted: number; refused: number }> {
  const text = await (await fetch(`http://127.0.0.1:${worker?.ready.healthPort ?? worker?.ready.port}/metrics`)).text();
  const value = (start: string): number =>
    Number(
      text
        .split('\n')
        .find((line) => line.startsWith(start))
        ?.split(' ')
        .at(-1) ?? 0,
    );
  const calls = (outcome: string) => value(`carillon_calls_total{channel="${channel}",outcome="${outcome}"`);
  return {
    window: value(`carillon_window{channel="${channel}"`),
    accepted: calls('accepted'),
    refused: calls('throttled'),
  };
}

/** Waits until the window is as it is to be. */
async function windowIs(channel: string, what: string, holds: (window: number) => boolean): Promise<void> {
  await eventually(
    async () => {
      const { window } = await told(channel);
      if (!(window > 0 && holds(window))) throw new Error(`the window is ${window}`);
      return true;
    },
    { what, timeoutMs: PATIENCE_MS, everyMs: 50 },
  );
}

/** How many of a hundred calls are refused, until so many more are accepted. */
async function refusedPercent(channel: string, accepted: number): Promise<number> {
  const before = await told(channel);
  const after = await eventually(
    async () => {
      const now = await told(channel);
      return now.accepted - before.accepted >= accepted && now;
    },
    { what: `${accepted} more that are accepted`, timeoutMs: PATIENCE_MS },
  );
  const refused = after.refused - before.refused;
  return (100 * refused) / (refused + after.accepted - before.accepted);
}

const SUBJECTS = [
  ['sender', SENDER],
  ['validator', VALIDATOR],
] as const;

test.each(SUBJECTS)(
  'the window of a real %s falls when the capacity is cut to a quarter, and rises when it is restored',
  async (_, subject) => {
    const { channel, full, window } = subject;
    const bear = await subject.begin({});
    await windowIs(channel, 'a window for all', (size) => size >= window.much);
    await bear(full / 4);
    await windowIs(channel, 'a window for a quarter', (size) => size <= window.little);
    expect(await refusedPercent(channel, full)).toBeLessThan(FEW_PERCENT);
    await bear(full);
    await windowIs(channel, 'a window for all again', (size) => size >= window.much);
    expect(await refusedPercent(channel, full)).toBeLessThan(FEW_PERCENT);
  },
  360_000,
);

test.each(SUBJECTS)(
  'the negative control: with the window of a %s fixed, most are refused while the capacity is a quarter',
  async (_, subject) => {
    const { channel, full, window } = subject;
    const bear = await subject.begin({ WINDOW_FIXED: 'true' });
    await bear(full / 4);
    await windowIs(channel, 'a window', (size) => size >= window.much);
    expect(await refusedPercent(channel, full)).toBeGreaterThan(MOST_PERCENT);
    expect((await told(channel)).window).toBeGreaterThanOrEqual(window.much);
  },
  360_000,
);

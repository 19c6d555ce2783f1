/** The payment provider, asked by the channel that uses it: decisions, faults, keys and their end, look-ups, and a ledger that judges. */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPaymentChannel } from '@carillon/channels';
import type { PaymentContent, PaymentProvider, SendOutcome } from '@carillon/contracts';
import { describe, expect, test } from '@jest/globals';
import type { PayEntry, PayTotals } from '../src/payments/payLedger.ts';
import type { SimulatorOptions } from '../src/simulator.ts';
import { afterwards, ask, referenceOf, startSimulator, temporaryFolder } from './harness.ts';

/** A simulator whose clock the test moves, and a channel to its provider. */
async function start(options: Partial<SimulatorOptions> = {}, timeoutMs = 900) {
  const clock = { ahead: 0 };
  const simulator = await startSimulator({ nowMs: () => Date.now() + clock.ahead, ...options });
  const idempotencyKey = new Uint8Array(32).fill(7);
  const channel = createPaymentChannel({ connections: 50, timeoutMs, connectTimeoutMs: 500, idempotencyKey });
  afterwards(() => channel.close());
  const provider: PaymentProvider = {
    channel: 'payment',
    id: 1,
    accountId: 1,
    messagesPerSecond: 100,
    baseUrl: simulator.url,
    apiKey: 'any',
    keyValidSeconds: 86_400,
  };
  const content: PaymentContent = { type: 'payment', sender: 'a', receiver: 'b', amountMinor: 1_250, currency: 'EUR' };
  const pay = async (number: number, changes: Partial<PaymentContent> = {}): Promise<SendOutcome> =>
    await channel.send(
      { address: 'b', content: { ...content, ...changes }, reference: referenceOf(7, number) },
      provider,
    );
  const find = async (number: number): Promise<string> => {
    const found = await channel.lookup?.(referenceOf(7, number), provider);
    return found?.kind === 'found' ? `found ${inShort(found.outcome)}` : String(found?.kind);
  };
  const rules = (...given: object[]) => ask(simulator.url, 'PUT /control/payments', { rules: given });
  const totals = () => ask<PayTotals>(simulator.url, 'GET /payments/totals');
  return { ...simulator, clock, channel, provider, pay, find, rules, totals };
}

const inShort = (outcome: SendOutcome): string =>
  outcome.kind === 'accepted' ? 'accepted' : `${outcome.kind} ${outcome.code}`;

test('a payment is made once under its key, with the same bytes and the same answer each time', async () => {
  const { url, pay, totals } = await start();
  const first = await pay(1);
  expect(first).toMatchObject({ kind: 'accepted', result: { status: 201 } });
  expect(await pay(1)).toMatchObject({
    kind: 'accepted',
    providerMessageId: 'providerMessageId' in first && first.providerMessageId,
  });
  expect((await pay(2)).kind).toBe('accepted');
  expect(await totals()).toMatchObject({
    requests: 3,
    payments: 2,
    references: 2,
    duplicates: 0,
    changed: 0,
    replays: 1,
    amount: 2_500,
  });
  const { entries } = await ask<{ entries: PayEntry[] }>(url, 'GET /payments/entries');
  const [one, again] = entries;
  expect(one?.key).toMatch(/^crl_[\w-]{32}$/);
  expect([again?.key, again?.body]).toEqual([one?.key, one?.body]);
  // By heart: a second try may be made by a later version than the first.
  expect(one?.body).toBe(`{"reference":"${one?.key}","sender":"a","receiver":"b","amount":1250,"currency":"EUR"}`);
});

test('other bytes under a key are not paid, and whether the first were is to be looked up', async () => {
  const { pay, find, totals } = await start();
  await pay(1);
  expect(inShort(await pay(1, { amountMinor: 9 }))).toBe('unknown key_reused');
  expect(await find(1)).toBe('found accepted');
  expect(await totals()).toMatchObject({ payments: 1, amount: 1_250 });
});

test('a key that has ended pays again, which the ledger sees', async () => {
  const { clock, pay, totals } = await start();
  await pay(1);
  clock.ahead = 86_399_000;
  await pay(1);
  expect((await totals()).duplicates).toBe(0);
  clock.ahead = 86_401_000;
  await pay(1);
  expect(await totals()).toMatchObject({ payments: 2, references: 1, duplicates: 1 });
});

describe('what becomes of', () => {
  test.each<[string, object, string, string]>([
    [
      'a want of funds',
      { refuse: 'insufficient_funds' },
      'rejected insufficient_funds',
      'found rejected insufficient_funds',
    ],
    ['a want of leave', { refuse: 'unauthorized' }, 'rejected unauthorized', 'found rejected unauthorized'],
    ['too many', { status: 429 }, 'throttled simulated_429', 'absent'],
    ['a wrong request', { status: 400 }, 'rejected simulated_400', 'absent'],
    ['an error before', { status: 503 }, 'unknown simulated_503', 'absent'],
    ['an error after', { fault: 'accept_and_500' }, 'unknown internal', 'found accepted'],
    ['silence before', { fault: 'hang' }, 'unknown timeout', 'absent'],
    ['silence after', { fault: 'accept_and_hang' }, 'unknown timeout', 'found accepted'],
    ['a reset before', { fault: 'reset_before_accept' }, 'unknown connection_lost', 'absent'],
    ['a reset after', { fault: 'accept_and_reset' }, 'unknown connection_lost', 'found accepted'],
    ['an answer after the time-out', { latencyMs: 1_500 }, 'unknown timeout', 'found accepted'],
  ])('%s', async (_, does, outcome, found) => {
    const { pay, find, rules } = await start();
    await rules({ does });
    const answer = await pay(1);
    expect(inShort(answer)).toBe(outcome);
    expect('concerns' in answer ? answer.concerns : undefined).toBe('refuse' in does ? 'job' : undefined);
    expect(await find(1)).toBe(found);
  });

  test('a request while the first with its key is under way', async () => {
    const { pay, rules, totals } = await start();
    await rules({ match: { times: 1 }, does: { latencyMs: 300 } });
    const first = pay(1);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(inShort(await pay(1))).toBe('unknown key_in_use');
    expect((await first).kind).toBe('accepted');
    expect((await totals()).payments).toBe(1);
  });

  test('an answer that comes twice: it is never taken for that of the next payment', async () => {
    const { pay, rules, totals } = await start();
    await rules({ match: { probability: 0.5 }, does: { fault: 'answer_twice' } });
    for (let number = 1; number <= 40; number++) {
      const outcome = await pay(number);
      expect(outcome.kind).toBe('accepted');
    }
    expect(await totals()).toMatchObject({ payments: 40, references: 40, duplicates: 0 });
  });

  test('an API key that is none, which stops everything of the account', async () => {
    const { pay } = await start({ accessToken: 'the one' });
    expect(await pay(1)).toMatchObject({ kind: 'throttled', scope: 'account', code: 'invalid_api_key' });
  });
});

describe('a look-up', () => {
  test('that is out of order says nothing', async () => {
    const { url, pay, find } = await start();
    await pay(1);
    await ask(url, 'PUT /control/payments', { lookup: 'fails' });
    expect(await find(1)).toBe('unavailable');
  });

  test('at what is no provider says nothing', async () => {
    const { channel, provider, url } = await start();
    const elsewhere = { ...provider, baseUrl: `${url}/nowhere` };
    expect((await channel.lookup?.(referenceOf(7, 1), elsewhere))?.kind).toBe('unavailable');
  });
});

test('a restarted provider knows its keys, its references and its money, also after a torn line', async () => {
  const dataDir = temporaryFolder();
  const before = await start({ dataDir });
  await before.pay(1);
  await before.rules({ does: { refuse: 'unauthorized' } });
  await before.pay(2);
  await before.stop();
  appendFileSync(join(dataDir, 'payments.ndjson'), '{"key":"half');
  const after = await start({ dataDir });
  await after.rules();
  expect(inShort(await after.pay(1))).toBe('accepted');
  expect(inShort(await after.pay(2))).toBe('rejected unauthorized');
  expect([await after.find(1), await after.find(2), await after.find(3)]).toEqual([
    'found accepted',
    'found rejected unauthorized',
    'absent',
  ]);
  expect(await after.totals()).toMatchObject({ payments: 1, refusals: 1, replays: 2, duplicates: 0 });
});

/** The paid service, asked by the channel that uses it: verdicts, faults, look-ups, and a ledger that counts the money. */
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCheckChannel } from '@carillon/channels';
import type { HttpVerifierProvider, SendOutcome } from '@carillon/contracts';
import { describe, expect, test } from '@jest/globals';
import type { Charge, ChargePage, ChargeTotals } from '../src/checks/charges.ts';
import type { SimulatorOptions } from '../src/simulator.ts';
import { afterwards, ask, referenceOf, startSimulator, temporaryFolder } from './harness.ts';

/** A simulator, and a channel to its service. */
async function start(options: Partial<SimulatorOptions> = {}, timeoutMs = 900) {
  const simulator = await startSimulator(options);
  const channel = createCheckChannel({ connections: 50, timeoutMs, connectTimeoutMs: 500, allowPrivate: true });
  afterwards(() => channel.close());
  const provider: HttpVerifierProvider = {
    channel: 'email_check',
    verifier: 'http',
    id: 1,
    accountId: 1,
    messagesPerSecond: 100,
    priceMicros: 8_000,
    currency: 'EUR',
    validDays: 90,
    baseUrl: simulator.url,
    apiKey: 'any',
    skipDns: true,
  };
  let checks = 0;
  const check = async (address: string) => {
    const reference = referenceOf(7, ++checks);
    const outcome = await channel.send({ address, content: { type: 'check' }, reference }, provider);
    return { outcome: inShort(outcome), reference };
  };
  const find = async (reference: string) => {
    const result = await channel.lookup?.(reference, provider);
    return result?.kind === 'found' ? `found ${inShort(result.outcome)}` : result?.kind;
  };
  const totals = () => ask<ChargeTotals>(simulator.url, 'GET /charges/totals');
  return { ...simulator, channel, provider, check, find, totals };
}

function inShort(outcome: SendOutcome): string {
  if (outcome.kind === 'accepted') return `${outcome.verdict?.verdict} ${outcome.verdict?.reason}`;
  return `${outcome.kind} ${outcome.code}`;
}

describe('an address', () => {
  test.each([
    ['ana@town.example', 'deliverable accepted_email', 1],
    ['ana@deliverable.check.example', 'deliverable accepted_email', 1],
    ['ana@rejected.check.example', 'undeliverable rejected_email', 1],
    ['ana@nodomain.check.example', 'undeliverable invalid_domain', 1],
    ['ana@catchall.check.example', 'risky catch_all', 1],
    ['ana@disposable.check.example', 'risky disposable', 1],
    ['ana@role.check.example', 'risky role', 1],
    ['ana@quality.check.example', 'risky low_quality', 1],
    ['ana@unknown.check.example', 'retry timeout', 0],
  ])('%s is %s, and %i time charged', async (address, expected, charges) => {
    const { check, find, totals } = await start();
    const { outcome, reference } = await check(address);
    expect(outcome).toBe(expected);
    expect(await find(reference)).toBe(`found ${expected}`);
    expect(await totals()).toEqual({
      requests: 1,
      checks: 1,
      charges,
      refunds: 1 - charges,
      addresses: charges,
      duplicates: 0,
      costMicros: charges * 8_000,
    });
  });

  test('that gives trouble once is checked at the next try', async () => {
    const { check, totals } = await start();
    for (const [name, trouble] of [
      ['shy', 'retry unavailable_smtp'],
      ['limit', 'throttled http_429'],
      ['busy', 'unknown http_503'],
    ]) {
      expect((await check(`ana@${name}.check.example`)).outcome).toBe(trouble);
      expect((await check(`ana@${name}.check.example`)).outcome).toBe('deliverable accepted_email');
    }
    expect(await totals()).toMatchObject({ requests: 6, checks: 4, charges: 3, refunds: 1, duplicates: 0 });
  });

  test('of the demonstration has the same verdict as its mail server would give', async () => {
    const { check, totals } = await start();
    const outcomes = new Map<string, number>();
    for (let number = 0; number < 200; number += 1) {
      const { outcome } = await check(`person${number}@demo.example`);
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
    expect([...outcomes.keys()].sort()).toEqual([
      'deliverable accepted_email',
      'retry unavailable_smtp',
      'risky catch_all',
      'undeliverable rejected_email',
      'unknown connection_lost',
    ]);
    expect((await totals()).requests).toBe(200);
  });
});

describe('a fault', () => {
  test.each([
    ['lostafter', 'unknown connection_lost', 'found deliverable accepted_email', 1],
    ['silent', 'unknown timeout', 'found deliverable accepted_email', 1],
    ['error', 'unknown http_500', 'found deliverable accepted_email', 1],
    ['lostbefore', 'unknown connection_lost', 'absent', 0],
    ['hang', 'unknown timeout', 'absent', 0],
    ['busy', 'unknown http_503', 'absent', 0],
    ['limit', 'throttled http_429', 'absent', 0],
    ['unpaid', 'throttled http_402', 'absent', 0],
  ])('%s is %s, then %s, %i charged', async (name, expected, found, charges) => {
    const { check, find, totals } = await start();
    const { outcome, reference } = await check(`ana@${name}.check.example`);
    expect(outcome).toBe(expected);
    expect(await find(reference)).toBe(found);
    expect(await totals()).toMatchObject({ requests: 1, checks: charges, charges });
  });

  test('can be asked for by a rule, for one address or for so many requests', async () => {
    const { check, totals, url } = await start();
    await ask(url, 'PUT /control/checks', {
      priceMicros: 5_000,
      rules: [
        { match: { to: 'ana@town.example' }, does: { result: 'risky', acceptAll: true } },
        { match: { times: 2 }, does: { fault: 'accept_and_reset' } },
      ],
    });
    const outcomes: string[] = [];
    for (const name of ['ana', 'eva', 'max', 'tom']) outcomes.push((await check(`${name}@town.example`)).outcome);
    expect(outcomes).toEqual([
      'risky catch_all',
      'unknown connection_lost',
      'unknown connection_lost',
      'deliverable accepted_email',
    ]);
    expect(await totals()).toMatchObject({ charges: 4, costMicros: 20_000 });
    expect(await ask(url, 'GET /control/checks')).toMatchObject({ rules: [{ used: 1 }, { used: 2 }] });
    await ask(url, 'DELETE /control');
    expect(await ask(url, 'GET /control/checks')).toMatchObject({ rules: [], priceMicros: 8_000 });
  });

  test('of a limit is kept to the second', async () => {
    const { check, url } = await start();
    await ask(url, 'PUT /control/checks', { checksPerSecond: 5 });
    const outcomes = await Promise.all(Array.from({ length: 9 }, (_, number) => check(`p${number}@town.example`)));
    expect(outcomes.filter(({ outcome }) => outcome === 'throttled http_429')).toHaveLength(4);
  });
});

test('a slow check is being made until it is answered', async () => {
  const { check, find, url, totals } = await start({}, 6_000);
  await ask(url, 'PUT /control/checks', { latency: { minMs: 400, maxMs: 600 } });
  const startedAt = performance.now();
  const slow = check('ana@town.example');
  while ((await totals()).charges < 1);
  expect(await find(referenceOf(7, 1))).toBe('unavailable');
  expect((await slow).outcome).toBe('deliverable accepted_email');
  expect(performance.now() - startedAt).toBeGreaterThan(390);
  expect(await find(referenceOf(7, 1))).toBe('found deliverable accepted_email');
});

test('an address charged twice is counted, and shown', async () => {
  const { check, url, totals } = await start();
  for (const address of ['ana@town.example', 'eva@town.example', 'Ana@town.example', 'x@unknown.check.example'])
    await check(address);
  expect(await totals()).toMatchObject({ charges: 3, addresses: 2, duplicates: 1, costMicros: 24_000 });
  expect(await ask<ChargePage>(url, 'GET /charges/duplicates')).toEqual({
    duplicates: 1,
    addresses: [{ to: 'ana@town.example', requests: 2, charges: 2 }],
  });
  const first = await ask<ChargePage>(url, 'GET /charges/addresses?limit=2');
  expect(first.addresses.map(({ to }) => to)).toEqual(['ana@town.example', 'eva@town.example']);
  const second = await ask<ChargePage>(url, `GET /charges/addresses?limit=2&cursor=${first.cursor}`);
  expect(second).toEqual({ addresses: [{ to: 'x@unknown.check.example', requests: 1, charges: 0 }] });
  const { entries } = await ask<{ entries: Charge[] }>(url, 'GET /charges/entries?to=ana@town.example');
  expect(entries.map(({ costMicros }) => costMicros)).toEqual([8_000, 8_000]);
  expect(await (await fetch(url)).text()).toContain('<td class="bad">1</td>');
  await ask(url, 'DELETE /charges');
  expect(await totals()).toMatchObject({ requests: 0, duplicates: 0, costMicros: 0 });
});

test('what was charged is known after a restart, and a torn line spoils nothing', async () => {
  const dataDir = temporaryFolder();
  const before = await start({ dataDir });
  const { reference } = await before.check('ana@lostafter.check.example');
  await before.check('eva@town.example');
  await before.stop();
  appendFileSync(join(dataDir, 'charges.ndjson'), '{"at":1,"to":"torn@town.example","refe');
  const after = await start({ dataDir });
  expect(await after.find(reference)).toBe('found deliverable accepted_email');
  expect(await after.totals()).toMatchObject({ charges: 2, costMicros: 16_000 });
  await after.check('max@town.example');
  expect(await after.totals()).toMatchObject({ charges: 3 });
});

test('the charge is in the file before the answer goes out', async () => {
  const dataDir = temporaryFolder();
  const { url } = await start({ dataDir });
  const response = await fetch(`${url}/v2/verify?email=ana@town.example&apikey=any&reference=r-1`);
  expect(readFileSync(join(dataDir, 'charges.ndjson'), 'utf8')).toContain('"reference":"r-1"');
  expect(await response.json()).toMatchObject({
    success: true,
    result: 'deliverable',
    reason: 'accepted_email',
    reference: 'r-1',
    role: false,
    free: false,
    disposable: false,
    accept_all: false,
    sendex: 1,
    user: 'ana',
    domain: 'town.example',
  });
});

test.each([
  ['/v2/verify?email=ana@town.example', 401],
  ['/v2/verify?email=ana@town.example&apikey=other', 401],
  ['/v2/verifications/r-1', 401],
  ['/v2/verify?apikey=right', 400],
  ['/v2/nothing?apikey=right', 404],
  ['/v2/verifications/r-1?apikey=right', 404],
])('%s is answered with %i, and nothing is charged', async (path, status) => {
  const { url, totals } = await start({ accessToken: 'right' });
  const response = await fetch(`${url}${path}`);
  expect([response.status, ((await response.json()) as { success: boolean }).success]).toEqual([status, false]);
  expect(await totals()).toMatchObject({ checks: 0, costMicros: 0 });
});

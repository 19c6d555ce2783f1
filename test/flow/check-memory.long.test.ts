/** One validator bears thousands of slow checks at once: they mostly wait, and must not cost memory meanwhile. */
import { readFileSync } from 'node:fs';
import { inTransaction, requestChecks } from '@carillon/db';
import { chargesByAddress, eventually } from '@carillon/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { keyOf, PRICE, verifier } from './checkHouse.ts';
import { type House, startHouse } from './house.ts';

const CHECKS = 2_000;
const LIMIT_MB = 300;
/** Long enough that all are under way together, on a busy machine too. */
const LATENCY_MS = 45_000;

let house: House;
beforeAll(async () => {
  house = await startHouse();
}, 360_000);
afterAll(() => house?.stop());

/** The most memory that the process had in its hands at any time, from the kernel, which misses no peak. */
function peakMb(pid: number): number {
  const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1_024;
}

test(`${CHECKS} checks of ${LATENCY_MS / 1_000} seconds at once take less than ${LIMIT_MB} MB`, async () => {
  const { accountId } = await house.account('shop');
  await verifier(house, accountId);
  await house.control('checks', { priceMicros: PRICE, latency: { fixedMs: LATENCY_MS } });
  const addresses = Array.from({ length: CHECKS }, (_, n) => `person-${n}@people-${n % 500}.example`);
  await inTransaction(house.db.pool, (client) =>
    requestChecks(client, {
      accountId,
      addresses: addresses.map((address) => ({ address, key: keyOf(address) })),
      deadlineMs: Date.now() + 3_600_000,
    }),
  );
  const [validator] = await Promise.all([
    house.start('validator', {
      CHECK_CONNECTIONS: String(CHECKS),
      CHECK_TIMEOUT_MS: '120000',
      CHECK_LEASE_MS: '200000',
      SEND_CLAIM_ROWS: '1000',
    }),
    house.start('scheduler'),
  ]);
  const inFlight = async (): Promise<number> => {
    const metrics = await (await fetch(`${validator.baseUrl}/metrics`)).text();
    return Number(/^carillon_calls_in_flight\{[^}]*\} (\d+)/m.exec(metrics)?.[1] ?? 0);
  };
  await eventually(async () => (await inFlight()) === CHECKS, { what: 'all checks under way', timeoutMs: 120_000 });
  const ended = async () =>
    (await house.db.pool.query<{ sent: number }>('SELECT sum(sent)::int AS sent FROM batches')).rows[0]?.sent;
  await eventually(async () => (await ended()) === CHECKS, { what: 'all verdicts', timeoutMs: 120_000 });
  const peak = peakMb(validator.pid);
  process.stdout.write(`a validator with ${CHECKS} checks at once: ${peak.toFixed(0)} MB at most\n`);
  expect(peak).toBeLessThan(LIMIT_MB);
  expect([...(await chargesByAddress(house.simulatorUrl)).values()].every((charges) => charges === 1)).toBe(true);
}, 360_000);

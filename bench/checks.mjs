/**
 * What does it take to wait for 2,000 slow checks at once? One real validator process, and the simulator's paid service, which
 * answers after 20 to 30 seconds. Sampled every fifth of a second: the checks in the air, and the process's memory.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { addressKey } from '@carillon/core';
import { ensureAccount, inTransaction, providerSecretKey, putProvider, requestChecks } from '@carillon/db';
import { Explained } from '../scripts/bootstrap.mjs';
import { peakMemoryMb } from './lib/memory.mjs';
import { say } from './lib/report.mjs';
import { startStack } from './lib/stack.mjs';

const AT_ONCE = 2_000;
const LATENCY_MS = { minMs: 20_000, maxMs: 30_000 };
const MOST_MB = 300;
const SAMPLE_MS = 200;
/** Addresses of one request. */
const REQUEST = 5_000;
/** Nothing ends for so long: far above the longest answer. */
const STUCK_MS = 180_000;

/** @param {{ json?: boolean, rows?: number }} options `rows` are addresses */
export async function run({ json = false, rows = 3 * AT_ONCE } = {}) {
  if (!(rows >= AT_ONCE)) throw new Explained(`--rows is ${rows}: it must be at least ${AT_ONCE}`);
  const stack = await startStack({ say });
  try {
    const simulator = await stack.startSimulator();
    const accountId = await setUpAccount(stack, simulator);
    say(`asking for ${rows.toLocaleString('en')} checks`);
    await request(stack, accountId, rows);
    const validator = await stack.start('validator', {
      CHECK_CONNECTIONS: String(AT_ONCE),
      ALLOW_PRIVATE_TARGETS: 'true',
      // The question is what they take, and not how soon there are as many.
      WINDOW_FIXED: 'true',
    });
    const atStartMb = peakMemoryMb(validator.pid);
    const scheduler = await stack.start('scheduler');
    const startedMs = performance.now();
    const mostInFlight = await watch(stack.pool, validator, rows);
    const seconds = (performance.now() - startedMs) / 1_000;
    const peakMb = peakMemoryMb(validator.pid);
    await scheduler.stop();
    const totals = await (await fetch(`${simulator.baseUrl}/charges/totals`)).json();
    const answer = {
      checks: rows,
      mostInFlight,
      peakRssMb: Math.round(peakMb),
      rssAtStartMb: Math.round(atStartMb),
      checksPerSecond: Math.round(rows / seconds),
      charged: totals.charges,
      chargedTwice: totals.duplicates,
    };
    if (json) process.stdout.write(`${JSON.stringify(answer)}\n`);
    else console.table([answer]);
    refuse(answer, rows);
    return answer;
  } finally {
    await stack.stop();
  }
}

/** @throws Explained when it took more than it may, or did less */
function refuse({ mostInFlight, peakRssMb, charged, chargedTwice }, rows) {
  if (mostInFlight < AT_ONCE) throw new Explained(`there were ${mostInFlight} checks at once, and not ${AT_ONCE}`);
  if (peakRssMb >= MOST_MB) throw new Explained(`the validator took ${peakRssMb} MB, and not less than ${MOST_MB}`);
  if (charged !== rows || chargedTwice > 0) throw new Explained(`${rows} checks, ${charged} charges`);
}

async function setUpAccount({ pool, secret }, simulator) {
  const { id: accountId } = await ensureAccount(pool, { name: 'bench', zone: 'Europe/Berlin', country: 'DE' });
  await putProvider(pool, providerSecretKey(secret), {
    channel: 'email_check',
    accountId,
    name: 'simulator',
    messagesPerSecond: 1_000_000,
    settings: {
      verifier: 'http',
      baseUrl: simulator.baseUrl,
      apiKey: 'key',
      priceMicros: 8_000,
      currency: 'EUR',
      validDays: 90,
      skipDns: true,
    },
  });
  const body = JSON.stringify({ latency: LATENCY_MS });
  const told = await fetch(`${simulator.baseUrl}/control/checks`, { method: 'PUT', body });
  if (!told.ok) throw new Error(`the simulator answered ${told.status}: ${await told.text()}`);
  return accountId;
}

async function request({ pool, addressPepper }, accountId, rows) {
  const deadlineMs = Date.now() + 86_400_000;
  for (let from = 1; from <= rows; from += REQUEST) {
    const addresses = Array.from({ length: Math.min(REQUEST, rows - from + 1) }, (_, index) => {
      const address = `person-${from + index}@people.example`;
      return { address, key: addressKey(addressPepper, 'email', address) };
    });
    await inTransaction(pool, (client) => requestChecks(client, { accountId, addresses, deadlineMs }));
  }
}

/** Waits until all checks have ended. @returns the most that were in the air at once */
async function watch(pool, validator, rows) {
  let most = 0;
  let ended = 0;
  let sinceMs = performance.now();
  for (;;) {
    const text = await (await fetch(`${validator.baseUrl}/metrics`)).text();
    const inFlight = Number(/^carillon_calls_in_flight\{channel="email_check"[^}]*\} (\d+)/m.exec(text)?.[1] ?? 0);
    if (inFlight > most) {
      most = inFlight;
      if (most >= AT_ONCE) say(`${most} checks are in the air`);
    }
    const { rows: counted } = await pool.query(
      `SELECT coalesce(sum(sent), 0)::int AS ended FROM batches WHERE channel = 'email_check'`,
    );
    if (counted[0].ended === rows) return most;
    if (counted[0].ended > ended) {
      ended = counted[0].ended;
      sinceMs = performance.now();
    }
    if (performance.now() - sinceMs > STUCK_MS)
      throw new Error(`${ended} of ${rows} checks have ended, and no more do`);
    await pause(SAMPLE_MS);
  }
}

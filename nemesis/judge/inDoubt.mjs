/**
 * Who dies, or stands still until its leases run out, leaves at most as many outcomes unknown as it has connections: each row that it claims
 * has one of them, until its outcome is stored. Judged where nothing else was done by which a lease may be lost, or a call may hang. Pure.
 */
import { COUNTS } from '../kinds.mjs';
import { SETTINGS } from '../settings.mjs';
import { ABOUT_MS, endsOf, serviceOf } from './lives.mjs';
import { group, placeOf } from './world.mjs';

/** Who works a channel off, and by how many connections each of them does. */
const WORKERS = {
  whatsapp: { service: 'sender', connections: 'SEND_CONNECTIONS', hasAside: true },
  email: { service: 'sender', connections: 'EMAIL_CONNECTIONS' },
  webhook: { service: 'sender', connections: 'WEBHOOK_CONNECTIONS' },
  call: { service: 'sender', connections: 'CALL_CONNECTIONS' },
  payment: { service: 'sender', connections: 'PAYMENT_CONNECTIONS' },
  email_check: { service: 'validator', connections: 'CHECK_CONNECTIONS' },
  script: { service: 'executor', connections: 'SCRIPT_PLACES' },
};
/** Calls that take more than a second give their place to others; so many of those that were begun in the seconds before may have. */
const ASIDE = 0.05;
const LATELY_MS = 4_000;
/** What else was done may cost leases for so long, as locks are kept by whoever fell silent. */
const SHOWS_MS = 60_000;
/** What costs nobody a lease but who is struck, and lets no call hang. */
const HARMLESS = /^(kill|terminate|roll|redis-.*|reports-(doubled|late|forged))$/;
const SHOWN = 9;

/**
 * @param found.applied faults with when they began and ended (epoch ms of this machine)
 * @param found.lives of processes, as `openHouse` keeps them
 * @param found.stalls when this machine stood still
 */
export function judgeDoubts({ attempts, deliveries, deliveryAt }, { applied, lives, stalls, clockAheadMs }) {
  const momentOf = (ms) => ms - clockAheadMs;
  const lost = attempts
    .filter(({ outcome, code, started_ms }) => outcome === 'unknown' && code === 'lease_expired' && started_ms !== null)
    .map((attempt) => ({
      ...{ attempt, channel: deliveryAt.get(placeOf(attempt))?.channel },
      ...{ fromMs: momentOf(attempt.started_ms) - ABOUT_MS, toMs: momentOf(attempt.ended_ms) + ABOUT_MS },
    }));
  /** Each try once: the last one stands in its delivery. */
  const begunMs = (channel) => {
    const isEarlier = (delivery, { started_ms }) => delivery?.channel === channel && delivery.sending_ms !== started_ms;
    return [
      ...deliveries.filter((one) => one.channel === channel).map(({ sending_ms }) => sending_ms),
      ...attempts.filter((one) => isEarlier(deliveryAt.get(placeOf(one)), one)).map(({ started_ms }) => started_ms),
    ];
  };
  return [...group(lost, ({ channel }) => channel)].flatMap(([channel, rows]) => {
    if (WORKERS[channel] === undefined) return [];
    const strikes = strikesOf(WORKERS[channel].service, applied, lives);
    const others = [...applied.filter((fault) => isOther(fault, WORKERS[channel].service)), ...stalls];
    const begun = WORKERS[channel].hasAside ? begunMs(channel).map(momentOf) : [];
    return strikes.flatMap((strike) => judgeStrike({ strike, strikes, others, channel, rows, begun }));
  });
}

/** Whoever was struck may have lost what it had claimed before and what was given up afterwards; so may others who were struck at that time. */
function judgeStrike({ strike, strikes, others, channel, rows, begun }) {
  const own = rows.filter((row) => meet(row, strike));
  if (own.length === 0) return [];
  const fromMs = leastOf(own.map((row) => row.fromMs));
  const toMs = -leastOf(own.map((row) => -row.toMs));
  if (others.some((other) => meet({ fromMs: other.fromMs, toMs: other.toMs + SHOWS_MS }, { fromMs, toMs }))) return [];
  const { service, connections } = WORKERS[channel];
  const struck = strikes.filter((one) => meet(one, { fromMs, toMs }));
  const workers = struck.reduce((sum, one) => sum + one.workers, 0);
  const aside = Math.floor(begun.filter((ms) => ms > fromMs - LATELY_MS && ms <= toMs).length * ASIDE);
  const most = workers * Number(SETTINGS[service][connections]) + aside;
  if (own.length <= most) return [];
  const evidence = {
    ...{ unknown: own.length, most, aside, fromMs, toMs },
    ...{ struck, attempts: own.slice(0, SHOWN).map(({ attempt }) => attempt) },
  };
  return [{ kind: 'too_many_unknown', who: `${channel} of ${strike.on}`, evidence }];
}

/** What was done to those who work a channel off. Who stands still within a transaction may keep its rows from the others, too. */
function strikesOf(service, applied, lives) {
  const died = endsOf(lives)
    .filter(({ on }) => serviceOf(on) === service)
    .map((end) => ({ ...end, workers: 1 }));
  const stood = applied
    .filter(({ kind, on }) => kind === 'stand-still' && serviceOf(on) === service)
    .map(({ kind, on, fromMs, toMs }) => ({ kind, on, fromMs, toMs, workers: COUNTS[service] }));
  return [...died, ...stood];
}

function isOther({ kind, on }, service) {
  return !HARMLESS.test(kind) && !(kind === 'stand-still' && serviceOf(on) === service);
}

function meet(one, other) {
  return one.fromMs <= other.toMs && one.toMs >= other.fromMs;
}

function leastOf(numbers) {
  return numbers.reduce((least, one) => Math.min(least, one), Number.POSITIVE_INFINITY);
}

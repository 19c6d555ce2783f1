/**
 * What nobody knows has a reason that is recorded, and the reason is true: something was done, to whoever asked, to whoever was asked or to
 * the line between them, by which just this comes about. Pure.
 */
import { LEASE_MS, SETTINGS, TIMEOUT_MS } from '../settings.mjs';
import { ABOUT_MS, endsOf, HEARD_MS, serviceOf } from './lives.mjs';
import { placeOf } from './world.mjs';

/** How long after its end what was done still shows, where nothing lasts longer: a timer that is late, a connection that is made anew. */
const SOON_MS = 1_000;
/** Who comes back has nothing compiled and nothing read yet. */
const COLD_MS = 5_000;
/** A lock that is kept for less lets the next renewal come in time. */
const LOCKED_MS = LEASE_MS / 2;
/** What is shown of a fault around an unknown that none explains. */
const SHOWN_MS = 20_000;

/** Who works a channel off, and whom it asks. */
const WORKED_BY = { email_check: 'validator', script: 'executor' };
const ASKS = { whatsapp: 'messages', email: 'mails', email_check: 'checks', payment: 'payments' };
const workerOf = (channel) => WORKED_BY[channel] ?? 'sender';
/** A statement on a line that fell silent is given up a second after its time is over, and renewals wait for it: a lease long, in workers. */
const GIVEN_UP_MS = {
  sender: LEASE_MS + 1_000,
  validator: LEASE_MS + 1_000,
  executor: Number(SETTINGS.executor.SCRIPT_LEASE_MS) + 1_000,
};
/**
 * So long Postgres keeps the locks of a transaction whose owner fell silent: as long as a statement may take there, which is longer than what
 * does nothing is left alone.
 */
const LOCKS_KEPT_MS = { ...GIVEN_UP_MS, api: 15_000, sweeper: 60_000, scheduler: 60_000 };

/** Where something was done, against the channel of what is unknown. */
const PLACES = {
  anywhere: () => true,
  worker: (on, channel) => serviceOf(on) === workerOf(channel) && !on.includes('/'),
  workerToPostgres: (on, channel) => serviceOf(on) === workerOf(channel) && on.endsWith('/postgres'),
  /** Dashboards lock no batch. */
  whoeverLocks: (on) => serviceOf(on) in LOCKS_KEPT_MS && !on.includes('/'),
  whoeverLocksToPostgres: (on) => serviceOf(on) in LOCKS_KEPT_MS && on.endsWith('/postgres'),
  postgres: (on) => on === 'postgres',
  asked: (on, channel) => on === ASKS[channel],
  lineToAsked: (on, channel) => on === `provider/${ASKS[channel]}`,
  simulator: (on, channel) => on === 'simulator' && ASKS[channel] !== undefined,
};

/** Reasons that are recorded, by what they say. */
const REASONS = {
  /** Whoever had claimed it said nothing before its lease ran out. */
  leftBehind: /^lease_expired$/,
  unanswered: /^timeout$/,
  /** The connection ended after the request was written, or within the answer. */
  cutOff: /^(connection_lost|unreadable_answer)$/,
  /** An error that proves nothing: of the Cloud API, of the payment provider, or a status alone. */
  error: /^(1|internal|(http|simulated)_5\d\d)$/,
  /** The same payment is still being made. */
  underWay: /^key_in_use$/,
};

/**
 * What each reason may come from: `kinds` of what was done, `at` which places, for how long it still shows (`lingersMs`), and at least how
 * long it must have lasted. A silence for good lasts, for what was connected, until whoever it keeps waiting gives up.
 */
const CAUSES = [
  { reason: 'leftBehind', kinds: ['died'], at: 'worker', because: 'what it had claimed died with it' },
  { reason: 'leftBehind', kinds: ['stand-still'], at: 'worker', because: 'it stood still past its lease' },
  {
    ...{ reason: 'leftBehind', kinds: ['line-silent', 'line-mute', 'line-reset', 'line-slow', 'commit-unanswered'] },
    ...{ at: 'workerToPostgres', lingersMs: (on) => GIVEN_UP_MS[serviceOf(on)] },
    because: 'it could neither renew its lease nor store what it knew, or did not hear what it had claimed',
  },
  {
    ...{ reason: 'leftBehind', kinds: ['postgres-dropped', 'postgres-restarted', 'postgres-away'], at: 'postgres' },
    ...{ lingersMs: () => LEASE_MS + COLD_MS },
    because: 'nobody could renew a lease, who comes back has first to recover, and whoever connects anew is cold',
  },
  {
    ...{ reason: 'leftBehind', kinds: ['stand-still'], at: 'whoeverLocks', lastsMs: LOCKED_MS },
    because: 'who stands still within a transaction keeps its batches locked, from renewals too',
  },
  {
    ...{ reason: 'leftBehind', kinds: ['line-silent', 'line-mute', 'line-slow'], at: 'whoeverLocksToPostgres' },
    ...{ lastsMs: LOCKED_MS, lingersMs: (on) => LOCKS_KEPT_MS[serviceOf(on)] },
    because: 'so does who falls silent within one, until Postgres ends it',
  },
  {
    ...{ reason: 'unanswered', kinds: ['line-silent', 'line-mute', 'line-slow'], at: 'lineToAsked' },
    because: 'the answer did not come, or late; a mail takes several',
  },
  {
    ...{ reason: 'unanswered', kinds: ['provider-hangs', 'provider-slow'], at: 'asked' },
    because: 'it answered late or not at all',
  },
  {
    ...{ reason: 'unanswered', kinds: ['reports-early'], at: 'asked' },
    because: 'it answers only when its report was taken, or after two seconds',
  },
  {
    ...{ reason: 'unanswered', kinds: ['away'], at: 'simulator', lingersMs: () => COLD_MS },
    because: 'it had just come back',
  },
  {
    ...{ reason: 'unanswered', kinds: ['simulator was late'], at: 'simulator' },
    because: 'this machine did not let it answer',
  },
  { reason: 'unanswered', kinds: ['stand-still'], at: 'worker', because: 'nobody read the answer in time' },
  {
    ...{ reason: 'unanswered', kinds: ['away'], at: 'worker', lingersMs: () => COLD_MS },
    because: 'who had just come back was cold, and read the answer late',
  },
  {
    ...{ reason: 'cutOff', kinds: ['line-silent', 'line-mute', 'line-reset'], at: 'lineToAsked' },
    because: 'connections over it were cut, in the middle or at its end',
  },
  {
    ...{ reason: 'cutOff', kinds: ['provider-breaks-off', 'lookups-fail'], at: 'asked' },
    because: 'it broke off, before or after it had accepted',
  },
  {
    reason: 'cutOff',
    kinds: ['away'],
    at: 'simulator',
    because: 'its connections ended with it, and new ones at once',
  },
  { reason: 'error', kinds: ['provider-fails'], at: 'asked', because: 'it said so, and may have accepted' },
  {
    ...{ reason: 'leftBehind', kinds: ['machine stood still'], at: 'anywhere' },
    because: 'and with it every renewal, for half a lease in all',
  },
  {
    ...{ reason: 'unanswered', kinds: ['machine was late', 'machine stood still'], at: 'anywhere' },
    because: 'and everything on its way with it',
  },
];

/**
 * @param found.applied faults with when they began and ended (epoch ms of this machine), and whether a silence was `forGood`
 * @param found.lives of processes, as `openHouse` keeps them
 * @param found.stalls when this machine or the simulator was late, as `watchStalls` saw it
 */
export function judgeCauses({ attempts, deliveryAt, attemptsAt }, { applied, lives, stalls, clockAheadMs }) {
  const done = [...applied, ...endsOf(lives), ...absencesOf(lives), ...stalls];
  return attempts
    .filter(({ outcome }) => outcome === 'unknown')
    .map((attempt) => ({
      attempt,
      channel: deliveryAt.get(placeOf(attempt))?.channel,
      fromMs: (attempt.started_ms ?? attempt.ended_ms - LEASE_MS - TIMEOUT_MS) - clockAheadMs - ABOUT_MS,
      toMs: attempt.ended_ms - clockAheadMs + ABOUT_MS,
    }))
    .filter(({ attempt, ...when }) => !followsFrom(attempt, attemptsAt) && !isExplained(attempt.code, when, done))
    .map(({ attempt, channel, fromMs, toMs }) => ({
      ...{ kind: 'unknown_without_cause', who: `batch ${attempt.batch_id}, number ${attempt.number}` },
      evidence: {
        ...{ attempt, channel, fromMs, toMs },
        around: done.filter((one) => one.fromMs <= toMs + SHOWN_MS && one.toMs + SHOWN_MS >= fromMs),
      },
    }));
}

/** Only of a payment of which an earlier try is in doubt a further one may meet the first. */
function followsFrom({ code, try: number, ...attempt }, attemptsAt) {
  if (!REASONS.underWay.test(code)) return false;
  return (attemptsAt.get(placeOf(attempt)) ?? []).some((one) => one.try < number);
}

function isExplained(code, { channel, fromMs, toMs }, done) {
  return CAUSES.filter(({ reason }) => REASONS[reason].test(code)).some(
    ({ kinds, at, lastsMs = 0, lingersMs = () => SOON_MS }) =>
      done.some(
        (one) =>
          kinds.includes(one.kind) &&
          PLACES[at](one.on, channel) &&
          (one.forGood || one.toMs - one.fromMs >= lastsMs) &&
          one.fromMs <= toMs &&
          one.toMs + lingersMs(one.on) >= fromMs,
      ),
  );
}

/** From the end of a process until it, or the next of its name, is ready. */
function absencesOf(lives) {
  return lives
    .filter(({ endedMs }) => endedMs !== undefined)
    .map(({ name, endedMs }) => {
      const next = lives.find((life) => life.name === name && life.readyMs >= endedMs);
      return { kind: 'away', on: name, fromMs: endedMs - HEARD_MS, toMs: next?.readyMs ?? Number.POSITIVE_INFINITY };
    });
}

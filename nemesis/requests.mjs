/**
 * The mixed load: what is asked for at which moment, drawn from the seed alone. Pure; every body follows from its number, so that the judge
 * knows who is meant without asking the product.
 */
import { seededRandom } from '@carillon/testkit';
import { Temporal } from 'temporal-polyfill';
import { scriptOf } from './scripts.mjs';
import { ACCOUNT_ZONE } from './settings.mjs';

/** From one request of a kind to the next. */
const EVERY_MS = { announcement: 2_200, mail: 4_000, single: 600, payment: 500, call: 400, script: 1_500 };
/** Jobs that come again: calls, and a script. */
export const SCHEDULES = ['every', 'cron', 'nightly'];
/** How often they happen. */
const AGAIN_SECONDS = 3;
const OF_EACH_SCHEDULE = 2;
/** So many new addresses are checked for a mail. */
const CHECKED = 12;
const CHECKED_FIRST = { ahead: 'PT1H', wait: 'PT1H', risky: 'send', unknown: 'skip' };
const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
/** A run that is not begun so long after its moment is late. */
export const LATE_AFTER_MS = 3_000;
/** Greetings and reminders are due when clocks there show the next full minute that is so far away. */
const DATED_ZONES = ['Europe/Berlin', 'America/New_York'];
const DATED_AHEAD_MS = 8_000;

/** What is done about an outcome that nobody knows, of a hundred announcements below: the default mostly. */
const UNKNOWN = [
  { below: 55, does: undefined },
  { below: 65, does: { action: 'fail', after: 5 } },
  { below: 100, does: { action: 'resend', after: 5 } },
];
/** A job that gives up because of what is done to its provider says nothing about the promise. */
const PATIENT = {
  attempts: 20,
  backoff: { initialSeconds: 0.3, factor: 1, maxSeconds: 0.3 },
  lateAfter: LATE_AFTER_MS / SECOND_MS,
};

/**
 * @param options.load how much is asked for, as a multiple of what is usual
 * @param options.every from one request of a kind to the next on average, ms by kind, where it is not as usual
 * @param options.isSteady asks for about the same in each second, without the gaps and heaps of chance
 * @param options.unknown what all announcements do about an outcome that nobody knows; without it that is up to chance
 * @returns requests in order of `atMs`, each with its `kind`, its number `n`, the index of its `account`, and whatever else was drawn:
 *   `crowds` (indexes), `dueInMs`, `unknown`
 */
export function requestsOf({
  seed,
  seconds,
  accounts = 2,
  crowds = 8,
  load = 1,
  every = {},
  isSteady = false,
  unknown = undefined,
}) {
  const requests = [];
  let n = 0;
  const draw = seededRandom(seed ^ 0x10ad);
  const add = (kind, atMs, more = {}) => {
    requests.push({ n, kind, atMs: Math.round(atMs), account: Math.floor(draw() * accounts), ...more });
    n += 1;
  };
  for (let account = 0; account < accounts; account += 1) {
    for (let place = 0; place < OF_EACH_SCHEDULE; place += 1) {
      for (const kind of SCHEDULES) {
        requests.push({
          n,
          kind,
          atMs: 0,
          account,
          times: Math.max(1, Math.floor(seconds / AGAIN_SECONDS) - 1),
          everyMs: AGAIN_SECONDS * SECOND_MS,
        });
        n += 1;
      }
    }
    for (const zone of DATED_ZONES) {
      for (const kind of ['birthday', 'reminder']) {
        requests.push({ n, kind, atMs: 0, account, zone });
        n += 1;
      }
    }
  }
  for (const [kind, usualMs] of Object.entries({ ...EVERY_MS, ...every })) {
    for (const atMs of momentsOf({ everyMs: usualMs / load, endMs: seconds * SECOND_MS, isSteady }, draw)) {
      const percent = draw() * 100;
      const more = { dueInMs: draw() < 0.6 ? 0 : Math.round(draw() * 8_000) };
      if (kind === 'announcement') {
        if (isSteady) more.dueInMs = 0;
        more.crowds = (isSteady ? strangersOf : crowdsOf)(crowds, draw);
        more.unknown = unknown ?? UNKNOWN.find(({ below }) => percent < below).does;
      }
      add(kind, atMs, more);
    }
  }
  return requests.sort((a, b) => a.atMs - b.atMs || a.n - b.n);
}

/** Steady ones are one in each gap. */
function* momentsOf({ everyMs, endMs, isSteady }, draw) {
  if (!isSteady) for (let atMs = everyMs * draw(); atMs < endMs; atMs += 2 * everyMs * draw()) yield atMs;
  else for (let gap = 0; (gap + 1) * everyMs <= endMs; gap += 1) yield (gap + draw()) * everyMs;
}

/** One crowd or two, which may have people in common. */
function crowdsOf(crowds, draw) {
  return [...new Set([Math.floor(draw() * crowds), Math.floor(draw() * crowds)])];
}

/** Two crowds that have nobody in common, so that it is always as many people: neighbours in the circle overlap. */
function strangersOf(crowds, draw) {
  const first = Math.floor(draw() * crowds);
  return [first, (first + 2 + Math.floor(draw() * (crowds - 3))) % crowds];
}

/**
 * The job that a request asks for, as the API takes it.
 * @param world `account`, and where calls go: `callUrl`; `nowMs` by the database's clock when it is first asked for
 */
export function bodyOf(request, { account, callUrl, nowMs }) {
  const { n, kind } = request;
  const name = nameOf(request);
  const common = { name, userId: `user-${n % 7}`, trigger: triggerOf(request, nowMs) };
  const text = `Number ${n} of kind ${kind}.`;
  const policy = { ...PATIENT, quietHours: 'ignore' };
  const message = { kind: 'message', channel: 'whatsapp', content: { text }, allowSimilar: true };
  const call = { kind: 'webhook', webhook: { url: callUrl, body: { n } }, policy: PATIENT };
  switch (kind) {
    case 'announcement':
      return {
        ...{ ...common, ...message },
        audience: { audiences: request.crowds.map((crowd) => account.crowds[crowd].name) },
        policy: { ...policy, ...(request.unknown && { unknown: request.unknown }) },
      };
    case 'single':
      return { ...common, ...message, policy, audience: { recipients: [personOf(request, account).externalId] } };
    case 'birthday':
      return { ...common, ...message, policy, audience: { everyone: true } };
    case 'mail':
      return {
        ...{ ...common, kind: 'message', channel: 'email', content: { subject: text, text }, allowSimilar: true },
        audience: { addresses: checkedBy(request).map((address) => ({ address })) },
        policy: { ...policy, addressCheck: CHECKED_FIRST },
      };
    case 'reminder':
      return {
        ...{ ...common, kind: 'message', channel: 'email', content: { subject: text, text } },
        audience: { everyone: true },
        policy: { ...policy, addressCheck: CHECKED_FIRST },
      };
    case 'payment':
      return {
        ...common,
        kind,
        policy: { lateAfter: PATIENT.lateAfter },
        payment: { sender: 'acct_1', receiver: receiverOf(request), amount: 100, currency: 'EUR' },
      };
    case 'script':
    case 'nightly':
      return { ...common, ...scriptOf(request, account, PATIENT) };
    default:
      return { ...common, ...call };
  }
}

/** Of whom a request to one person is. */
export function personOf({ n }, account) {
  return account.people[(n * 17) % account.people.length];
}

/** The addresses that a mail goes to: half of them are those of the mail before, maybe of the other account. */
export function checkedBy({ n }) {
  const from = n * (CHECKED / 2);
  return Array.from({ length: CHECKED }, (_, at) => `reader-${from + at}@people.example`);
}

/** Everybody is paid once only. */
export function receiverOf({ n }) {
  return `acct_of_${n}`;
}

/** Requests that follow a date of their recipients. */
export const DATED = ['birthday', 'reminder'];

/** When somebody is told by a job that follows a date, epoch ms of the database's clock, by another calendar. */
export function datedMs({ today, zone }, { trigger }) {
  return Temporal.PlainDateTime.from(`${today}T${trigger.at}`).toZonedDateTime(zone || ACCOUNT_ZONE).epochMilliseconds;
}

/** When people are greeted whom a request made at `nowMs` is about, by the same clock: with the first full minute that is some seconds away. */
export function greetingMs(nowMs) {
  return Math.ceil((nowMs + DATED_AHEAD_MS) / MINUTE_MS) * MINUTE_MS;
}

export function nameOf({ n, kind }) {
  return `${kind} ${n}`;
}

function triggerOf({ kind, dueInMs, times, zone }, nowMs) {
  switch (kind) {
    case 'every':
      return {
        type: 'every',
        interval: AGAIN_SECONDS,
        startsAt: secondAfter(nowMs),
        maxOccurrences: times,
        missed: 'all',
      };
    case 'cron':
    case 'nightly':
      return {
        type: 'cron',
        expression: `*/${AGAIN_SECONDS} * * * * *`,
        zone: 'UTC',
        maxOccurrences: times,
        missed: 'all',
      };
    case 'birthday':
      return { type: 'date', date: 'birthday', at: nextMinute(nowMs, zone), zone: 'recipient', repeat: 'yearly' };
    case 'reminder':
      return {
        ...{ type: 'date', date: 'subscription_expires_at', offsets: ['-P1D'] },
        ...{ at: nextMinute(nowMs, zone), zone: 'recipient', repeat: 'once' },
      };
    default:
      return dueInMs === 0 ? { type: 'now' } : { type: 'at', at: new Date(nowMs + dueInMs).toISOString() };
  }
}

function secondAfter(ms) {
  return new Date(Math.ceil(ms / SECOND_MS + 1) * SECOND_MS).toISOString();
}

/** What clocks in a zone show at the next moment of greetings, as HH:MM. */
function nextMinute(nowMs, zone) {
  const at = Temporal.Instant.fromEpochMilliseconds(greetingMs(nowMs));
  return at.toZonedDateTimeISO(zone).toPlainTime().toString().slice(0, 5);
}

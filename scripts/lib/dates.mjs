/**
 * The demo's jobs that follow a date. People all over the world whose birthday comes within a day are greeted when a minute begins,
 * by the clock of each; subscribers are reminded before their subscription ends, once their addresses were checked. What is due by the
 * clock of this account comes while the announcements are made, and everything else is planned.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { Explained } from '../bootstrap.mjs';

/** Names of the jobs, by which a later start finds those of an earlier one. */
const NAMES = { birthdays: 'Demo birthdays', reminders: 'Demo reminders' };
/** The account's zone. */
const ZONE = 'Europe/Berlin';
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** Between the storing of people and the moment that they are told at. */
const NOTICE_MS = 8_000;
const POLL_MS = 250;
const LIMIT_MS = 5 * MINUTE_MS;

/** Where those live whose birthday it is: two in each. */
const BIRTHDAY_ZONES = [
  'Pacific/Kiritimati',
  'Pacific/Auckland',
  'Australia/Sydney',
  'Asia/Tokyo',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Africa/Nairobi',
  ZONE,
  'Europe/London',
  'America/Sao_Paulo',
  'America/New_York',
  'America/Los_Angeles',
  'Pacific/Honolulu',
];
/** Days until a subscription ends: one reminder is due now, the other one or both are to come. */
const ENDS_IN_DAYS = [1, 3, 5];
/** Subscribers of each of these; by the domain the simulator knows what to say of an address. */
const SUBSCRIBERS = [
  { count: 12, domain: 'deliverable.check.example' },
  { count: 2, domain: 'rejected.check.example' },
  { count: 2, domain: 'catchall.check.example' },
  // The service charges these and loses its answer.
  { count: 1, domain: 'lostafter.check.example' },
  // Confirmed by their owners, whatever a check would say.
  { count: 3, domain: 'rejected.check.example', isConfirmed: true },
];

/** Stores the people and makes both jobs. `dueAtMs` is when the first of them are told. */
export async function startDates(carillon, say) {
  await cancelEarlier(carillon);
  const { dueAtMs, people } = await storePeople(carillon);
  const at = clockIn(ZONE, dueAtMs);
  const common = { kind: 'message', policy: { quietHours: 'ignore' } };
  const birthdays = await carillon.post('/v1/jobs', {
    body: {
      ...common,
      channel: 'whatsapp',
      name: NAMES.birthdays,
      content: { text: 'Happy birthday, {{name}}!' },
      trigger: {
        type: 'date',
        date: 'birthday',
        at,
        zone: 'recipient',
        repeat: 'yearly',
        lateness: { until: '23:59' },
      },
      audience: { audiences: ['Birthdays'] },
    },
  });
  const reminders = await carillon.post('/v1/jobs', {
    body: {
      ...common,
      channel: 'email',
      name: NAMES.reminders,
      content: { subject: 'Your subscription ends', text: 'Dear {{name}},\n\nyour subscription ends soon.' },
      trigger: {
        type: 'date',
        date: 'subscription_expires_at',
        offsets: ['-P3D', '-P1D'],
        at,
        zone: ZONE,
        repeat: 'once',
      },
      audience: { audiences: ['Subscribers'] },
      policy: { ...common.policy, addressCheck: { ahead: 'P3D', wait: 'PT1H', risky: 'send', unknown: 'skip' } },
    },
  });
  say(`birthdays: ${birthdays.id} greets at ${at} wherever somebody lives; reminders: ${reminders.id}, at ${at} here`);
  return { birthdays, reminders, at, dueAtMs, people };
}

/** Waits until all who were due have been told. @returns the runs of the reminders that were due */
export async function watchDates(carillon, { birthdays, reminders, dueAtMs }, say) {
  if (Date.now() < dueAtMs) say(`the first birthdays and reminders are due at ${clockIn(ZONE, dueAtMs)}`);
  const deadline = dueAtMs + LIMIT_MS;
  for (;;) {
    await pause(Math.max(POLL_MS, dueAtMs - Date.now()));
    // All reminders that are planned by now are due now.
    const reminded = await runsOf(carillon, reminders);
    const isReminded = reminded.length > 0 && reminded.every(({ state }) => state === 'completed');
    if (isReminded && (await hasGreeted(carillon, birthdays, dueAtMs))) return reminded;
    if (Date.now() > deadline) throw new Explained('birthdays and reminders did not finish in time; see the logs');
  }
}

async function runsOf(carillon, { id }) {
  const { data } = await carillon.get('/v1/jobs/{id}/runs', { path: { id } });
  return data;
}

/** Whether nobody is left whose moment has come. */
async function hasGreeted(carillon, birthdays, dueAtMs) {
  let people = 0;
  for (const { id } of await runsOf(carillon, birthdays)) {
    for await (const { state, dueAt } of carillon.list('/v1/runs/{id}/deliveries', { path: { id } })) {
      people += 1;
      if (['scheduled', 'sending'].includes(state) && Date.parse(dueAt) <= dueAtMs) return false;
    }
  }
  return people > 0;
}

/** Jobs that follow a date go on for ever: those of an earlier start would greet and remind as well. */
async function cancelEarlier(carillon) {
  const names = Object.values(NAMES);
  for await (const { id, name } of carillon.list('/v1/jobs', { query: { status: 'active' } }))
    if (names.includes(name)) await carillon.post('/v1/jobs/{id}/cancel', { path: { id } });
}

/** Stores everybody with the days by which all are told within a day; again when that took longer than there was notice. */
async function storePeople(carillon) {
  for (;;) {
    const dueAtMs = Math.ceil((Date.now() + NOTICE_MS) / MINUTE_MS) * MINUTE_MS;
    const celebrating = whoCelebrates(dueAtMs);
    const subscribed = whoSubscribed(dueAtMs);
    const lines = [...celebrating, ...subscribed].map((person) => JSON.stringify(person));
    const report = await carillon.post('/v1/imports', {
      query: { format: 'ndjson' },
      contentType: 'application/x-ndjson',
      body: `${lines.join('\n')}\n`,
    });
    if (report.rowsKept !== lines.length)
      throw new Explained(`people could not be stored: GET /v1/imports/${report.id}/errors`);
    if (Date.now() < dueAtMs - NOTICE_MS / 2) return { dueAtMs, people: { celebrating, subscribed } };
  }
}

function whoCelebrates(dueAtMs) {
  const at = clockIn(ZONE, dueAtMs);
  return BIRTHDAY_ZONES.flatMap((zone, place) =>
    ['Ada', 'Ben'].map((first, number) => {
      // Today, or tomorrow where this minute is over.
      const day = clockIn(zone, dueAtMs) <= at ? dayIn(zone, dueAtMs) : dayIn(zone, dueAtMs + DAY_MS);
      const n = 2 * place + number;
      return {
        externalId: `birthday-${n}`,
        name: `${first} of ${zone.split('/')[1].replace('_', ' ')}`,
        phone: `+49 151 1900 ${String(1_000 + n)}`,
        zone,
        audiences: ['Birthdays'],
        // Of some the year is not known.
        dates: { birthday: number === 0 ? `1988${day.slice(4)}` : `-${day.slice(4)}` },
      };
    }),
  );
}

function whoSubscribed(dueAtMs) {
  return ENDS_IN_DAYS.flatMap((days) =>
    SUBSCRIBERS.flatMap(({ count, domain, isConfirmed = false }, group) =>
      Array.from({ length: count }, (_, number) => ({
        externalId: `subscriber-${days}-${group}-${number}`,
        name: `Subscriber ${days}${group}${number}`,
        email: `subscriber-${days}-${group}-${number}@${domain}`,
        emailConfirmed: isConfirmed,
        zone: ZONE,
        audiences: ['Subscribers'],
        dates: { subscription_expires_at: dayIn(ZONE, dueAtMs + days * DAY_MS) },
      })),
    ),
  );
}

/** `YYYY-MM-DD` by the calendar of a zone. */
function dayIn(zone, ms) {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(ms);
}

/** `HH:MM` by the clock of a zone. */
function clockIn(zone, ms) {
  return new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeStyle: 'short' }).format(ms);
}

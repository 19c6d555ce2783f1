/**
 * Birthdays at nine, and at a wall time that some zones skip: 10,000 people in 40 zones, around 29 February and changes of the clocks,
 * through the days of two years on the database's clock, with real services. Passes are repeated, doubled and killed. What the ledger
 * says is compared with another implementation of the calendar.
 */
import { addressKey } from '@carillon/core';
import { insertJob, moveClock } from '@carillon/db';
import { type AccountSeed, eventually } from '@carillon/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Temporal } from 'temporal-polyfill';
import { ADDRESS_PEPPER, type House, startHouse, wrongBatches } from './house.ts';

const PEOPLE = 10_000;
const HOUR_MS = 3_600_000;
/** Both hemispheres, half and quarter hours, changes by half an hour, none at all, and both edges of the day. */
const ZONES = [
  'Africa/Cairo',
  'Africa/Casablanca',
  'Africa/Johannesburg',
  'Africa/Lagos',
  'America/Anchorage',
  'America/Asuncion',
  'America/Bogota',
  'America/Chicago',
  'America/Denver',
  'America/Halifax',
  'America/Havana',
  'America/Los_Angeles',
  'America/New_York',
  'America/Phoenix',
  'America/Santiago',
  'America/Sao_Paulo',
  'America/St_Johns',
  'Antarctica/Troll',
  'Asia/Dubai',
  'Asia/Jerusalem',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Asia/Tehran',
  'Asia/Tokyo',
  'Atlantic/Azores',
  'Australia/Adelaide',
  'Australia/Eucla',
  'Australia/Lord_Howe',
  'Australia/Sydney',
  'Europe/Berlin',
  'Europe/Dublin',
  'Europe/Istanbul',
  'Europe/London',
  'Europe/Moscow',
  'Pacific/Apia',
  'Pacific/Auckland',
  'Pacific/Chatham',
  'Pacific/Honolulu',
  'Pacific/Kiritimati',
  'Pacific/Marquesas',
];
const MISSING_ZONE = 'Europe/Berlin';
/** 14 and 28 March 2027 are the days on which clocks go forward in America and in Europe. */
const BIRTHDAYS = ['--02-28', '1992-02-29', '1990-03-01', '1985-03-14', '--03-28'];
/** Each is a job of its own: the morning, and the hour that is skipped where clocks go forward. */
const TIMES = ['09:00', '02:30'];

interface Person {
  readonly id: number;
  readonly phone: string;
  readonly zone: string | null;
  birthday: string;
}

interface WronglyGreeted extends Person {
  readonly at: string;
  readonly wanted: number;
  readonly got: readonly number[];
}

let house: House;
let account: AccountSeed;
let people: Person[];
let jobs: { readonly id: number; readonly at: string }[];

beforeAll(async () => {
  house = await startHouse();
  account = await house.account('birthdays', { messagesPerSecond: 20_000 });
  const seeds = Array.from({ length: PEOPLE }, (_, n) => ({
    phone: `4915${200_000_001 + n}`,
    zone: n % 41 === 40 ? null : (ZONES[n % 41] as string),
    birthday: BIRTHDAYS[n % BIRTHDAYS.length] as string,
  }));
  const { rows } = await house.db.pool.query<{ id: number; phone: string }>(
    `INSERT INTO recipients (account_id, external_id, phone, whatsapp_key, zone)
     SELECT $1, 'p-' || phone, phone, key, zone FROM unnest($2::text[], $3::uuid[], $4::text[]) AS p (phone, key, zone)
     RETURNING id, phone`,
    [
      account.accountId,
      seeds.map(({ phone }) => phone),
      seeds.map(({ phone }) => addressKey(ADDRESS_PEPPER, 'whatsapp', phone)),
      seeds.map(({ zone }) => zone),
    ],
  );
  const ids = new Map(rows.map(({ id, phone }) => [phone, id]));
  people = seeds.map((seed) => ({ ...seed, id: ids.get(seed.phone) as number }));
  await setBirthdays(people);
  await house.db.pool.query('ANALYZE recipients, recipient_dates');
}, 360_000);
afterAll(() => house?.stop());

/** Stores the birthdays of people as they are now. */
async function setBirthdays(whose: readonly Person[]): Promise<void> {
  await house.db.pool.query(
    `INSERT INTO recipient_dates (account_id, recipient_id, name, value, anniversary, on_day)
     SELECT $1, id, 'birthday', value, '--' || right(value, 5), CASE WHEN value NOT LIKE '--%' THEN value::date END
     FROM unnest($2::bigint[], $3::text[]) AS b (id, value)
     ON CONFLICT (account_id, recipient_id, name)
     DO UPDATE SET value = excluded.value, anniversary = excluded.anniversary, on_day = excluded.on_day`,
    [account.accountId, whose.map(({ id }) => id), whose.map(({ birthday }) => birthday)],
  );
}

async function setClock(instant: string): Promise<void> {
  await moveClock(house.db.pool, { aheadMs: Date.parse(instant) - Date.now(), speed: 1 });
}

/** The other calendar's moment of somebody's birthday in a year; its way with 29 February is the 28th. */
function momentOf({ birthday, zone }: Pick<Person, 'birthday' | 'zone'>, at: string, year: number): number {
  const day = Temporal.PlainMonthDay.from(birthday.slice(-5)).toPlainDate({ year });
  const plain = day.toPlainDateTime(Temporal.PlainTime.from(at));
  return plain.toZonedDateTime(zone ?? MISSING_ZONE, { disambiguation: 'compatible' }).epochMilliseconds;
}

/** A pass more, beside those that come by themselves. */
async function passAgain(): Promise<void> {
  await house.db.pool.query(
    'UPDATE jobs SET next_run_at = carillon_now() WHERE id = ANY ($1::bigint[]) AND next_run_at IS NOT NULL',
    [jobs.map(({ id }) => id)],
  );
}

/** Waits until a pass of each job has looked at the present, and nothing is due. */
async function settled(): Promise<void> {
  await eventually(
    async () => {
      const { rows } = await house.db.pool.query<{ still: boolean }>(
        `SELECT bool_and(j.next_run_at > carillon_now() AND j.dates_looked_to > carillon_now() - interval '1 hour'
                AND NOT EXISTS (SELECT 1 FROM batches b WHERE b.job_id = j.id AND b.open AND b.due_at <= carillon_now())) AS still
         FROM jobs j WHERE j.id = ANY ($1::bigint[])`,
        [jobs.map(({ id }) => id)],
      );
      return rows[0]?.still === true;
    },
    { timeoutMs: 120_000, what: 'a pass, and the end of what is due' },
  );
}

/** Goes through days in steps of hours, as far as `to`; each step is passed over twice. */
async function goThrough(from: string, to: string, stepHours = 18): Promise<void> {
  for (let at = Date.parse(from); at <= Date.parse(to); at += stepHours * HOUR_MS) {
    await setClock(new Date(at).toISOString());
    await passAgain();
    await settled();
  }
}

/** What the ledger says a job told each number, and what was planned for it: how often, and when, in a year. */
async function greetings(jobId: number, year: number): Promise<Map<string, number[]>> {
  const { rows } = await house.db.pool.query<{ address: string; due_ms: number; early: boolean; run_id: number }>(
    // The moment that was planned: a delivery's own moves when it is tried again.
    `SELECT d.address, extract(epoch FROM o.due_at)::float8 * 1000 AS due_ms, d.sending_at < o.due_at AS early, d.run_id
     FROM runs r JOIN deliveries d ON d.run_id = r.id AND d.day = r.day
     LEFT JOIN occasions o ON o.account_id = r.account_id AND o.job_id = r.job_id AND o.recipient_id = d.recipient_id AND o.run_id = r.id
     WHERE r.job_id = $1 AND extract(year FROM r.civil_day) = $2 AND d.state = 'sent'`,
    [jobId, year],
  );
  expect(rows.filter(({ early }) => early)).toEqual([]);
  const runs = new Set(rows.map(({ run_id }) => String(run_id)));
  const accepted = new Map<string, number>();
  for (const { run, to, acceptances } of await house.ledger.addresses()) {
    if (runs.has(String(run))) accepted.set(to, (accepted.get(to) ?? 0) + acceptances);
  }
  const greeted = new Map<string, number[]>();
  for (const { address, due_ms } of rows) greeted.set(address, [...(greeted.get(address) ?? []), due_ms]);
  // Nobody received what is not in the database, and nothing in it was not received.
  expect([...accepted].filter(([to, times]) => greeted.get(to)?.length !== times)).toEqual([]);
  expect(accepted.size).toBe(greeted.size);
  return greeted;
}

/** Everybody whom a job did not greet exactly once in the year, or at another moment than the other calendar says. */
async function wronglyGreeted(year: number, whose: readonly Person[] = people): Promise<WronglyGreeted[]> {
  const wrong: WronglyGreeted[] = [];
  // Else the judge's own question is planned as if there were next to no rows, and takes minutes.
  await house.db.pool.query('ANALYZE runs, deliveries, occasions');
  for (const { id, at } of jobs) {
    const greeted = await greetings(id, year);
    for (const person of whose) {
      const wanted = momentOf(person, at, year);
      const got = (greeted.get(person.phone) ?? []).map(Math.round).sort((a, b) => a - b);
      if (got.length !== 1 || got[0] !== wanted) wrong.push({ ...person, at, wanted, got });
    }
  }
  return wrong;
}

function insertBirthdays(at: string): Promise<number> {
  return insertJob(house.db.pool, {
    accountId: account.accountId,
    name: `birthdays at ${at}`,
    kind: 'message',
    channel: 'whatsapp',
    providerAccountId: account.providerAccountId,
    trigger: {
      type: 'date',
      date: 'birthday',
      offsets: [0],
      at,
      zone: null,
      repeat: 'yearly',
      feb29: 'feb28',
      gap: 'later',
      repeated: 'first',
      missingZone: MISSING_ZONE,
      lateness: { action: 'send' },
    },
    target: { everyone: true, audienceIds: [], recipientIds: [], excludedAudienceIds: [], excludedRecipientIds: [] },
    asked: { everyone: true, audiences: [], recipients: [], exclude: { audiences: [], recipients: [] } },
    policy: {
      attempts: 5,
      backoff: { initialMs: 5_000, factor: 2, maxMs: 3_600_000 },
      expireAfterMs: null,
      unknown: { action: 'hold', afterSeconds: 3_600 },
      dedupeBy: 'recipient',
      quietHours: 'respect',
    },
    content: { type: 'text', text: 'Happy birthday!' },
    nextRunAtMs: 0,
    actor: 'test',
  });
}

test('everybody is greeted once a year by each job, at the moment that another calendar says, whatever happens to passes', async () => {
  await setClock('2027-02-26T00:00:00Z');
  jobs = [];
  for (const at of TIMES) jobs.push({ id: await insertBirthdays(at), at });
  // Wake-ups wait by the machine's clock, which the test does not move: only what is due is enqueued.
  const quick = {
    ENQUEUE_HORIZON_MS: '1000',
    ENQUEUE_WINDOW: '64',
    SCHEDULE_INTERVAL_MS: '200',
    SWEEP_INTERVAL_MS: '400',
  };
  // Killed within the first pass, each in the middle of a page of its own.
  const doomed = await Promise.all(
    [2, 4].map((hit) => house.start('scheduler', { ...quick, DATE_PAGE: '500' }, `before_dates_commit=kill:${hit}`)),
  );
  for (const { exited } of doomed) expect((await exited).signal).toBe('SIGKILL');
  await Promise.all([
    house.start('scheduler', { ...quick, DATE_PAGE: '1500' }),
    house.start('scheduler', quick),
    house.start('sender', quick),
    house.start('sweeper', { ...quick, KEEP_DAYS: '3650', KEEP_JOB_DAYS: '3650' }),
  ]);
  await goThrough('2027-02-27T00:00:00Z', '2027-03-02T12:00:00Z');
  await goThrough('2027-03-13T00:00:00Z', '2027-03-15T12:00:00Z');
  // Greeted on the 14th, and corrected to the 28th afterwards: no second greeting this year.
  const corrected = people.filter(({ birthday }) => birthday === '1985-03-14').slice(0, 50);
  const before = corrected.map((person) => ({ ...person }));
  for (const person of corrected) person.birthday = '1985-03-28';
  await setBirthdays(corrected);
  await goThrough('2027-03-27T00:00:00Z', '2027-03-29T12:00:00Z');
  const others = people.filter((person) => !corrected.includes(person));
  expect(await wronglyGreeted(2027, [...others, ...before])).toEqual([]);
  expect(await wrongBatches(house)).toEqual([]);

  // The schedulers and their passes stand still for most of a year; then 29 February is a day of its own.
  await goThrough('2028-02-27T00:00:00Z', '2028-03-02T12:00:00Z');
  await goThrough('2028-03-13T00:00:00Z', '2028-03-15T12:00:00Z');
  await goThrough('2028-03-27T00:00:00Z', '2028-03-29T12:00:00Z');
  expect(await wronglyGreeted(2028)).toEqual([]);
  expect(await wrongBatches(house)).toEqual([]);
  const { rows } = await house.db.pool.query(
    `SELECT extract(year FROM civil_day)::int AS year, sum(people)::int AS people, sum(duplicates + unreachable + suppressed + incomplete)::int AS others
     FROM runs WHERE job_id = ANY ($1::bigint[]) GROUP BY job_id, 1 ORDER BY job_id, 1`,
    [jobs.map(({ id }) => id)],
  );
  expect(rows).toEqual(
    jobs.flatMap(() => [
      { year: 2027, people: PEOPLE, others: 0 },
      { year: 2028, people: PEOPLE, others: 0 },
    ]),
  );
}, 480_000);

test('without the occasions the same judge finds people who are greeted twice', async () => {
  const some = people.filter(({ birthday }) => birthday === '1990-03-01').slice(0, 3);
  for (const person of some) person.birthday = '1990-03-30';
  await setBirthdays(some);
  await house.db.pool.query('DELETE FROM occasions WHERE recipient_id = ANY ($1::bigint[])', [
    some.map(({ id }) => id),
  ]);
  await goThrough('2028-03-29T18:00:00Z', '2028-03-31T00:00:00Z', 15);
  const wrong = await wronglyGreeted(2028);
  expect(wrong.map(({ phone, at, got }) => [phone, at, got.length])).toEqual(
    jobs.flatMap(({ at }) => some.map(({ phone }) => [phone, at, 2])),
  );
}, 360_000);

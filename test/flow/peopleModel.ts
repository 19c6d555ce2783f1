/**
 * Who is told what, and when: by hand, one person after the other, for the tests that compare expansion and preview with it.
 * Parts of the model can be left out; the tests show that they would then notice.
 */
import { addressKey, normalizeEmail, normalizePhone } from '@carillon/core';
import { type Database, insertInlineRecipients } from '@carillon/db';
import { type AccountSeed, seedAccount } from '@carillon/testkit';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { ADDRESS_PEPPER, announceIn } from './house.ts';

export type Channel = 'whatsapp' | 'email';

/** Ways in which a person may write the n-th German mobile number. */
const PHONE_SPELLINGS = [
  (n: number) => `0151 2345 ${String(6000 + n)}`,
  (n: number) => `+49 151 2345${String(6000 + n)}`,
  (n: number) => `0049(151)2345-${String(6000 + n)}`,
  (n: number) => `+491512345${String(6000 + n)}`,
  (n: number) => `0151/2345${String(6000 + n)}`,
];
const EMAIL_SPELLINGS = [
  (n: number) => `person.${n}@people.example`,
  (n: number) => `Person.${n}@People.Example`,
  (n: number) => ` person.${n}@PEOPLE.example `,
  (n: number) => `PERSON.${n}@people.example`,
  (n: number) => `person.${n}@people.EXAMPLE`,
];
const SPELLINGS = 5;

export interface Person {
  /** Which number and which mailbox, or none. */
  readonly phone: number | null;
  readonly mailbox: number | null;
  readonly spelling: number;
  readonly deleted: boolean;
  /** Named by another job by address alone. */
  readonly inline: boolean;
  readonly audiences: readonly number[];
  readonly name: string | null;
  readonly zone: string | null;
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
}

export interface Case {
  readonly channel: Channel;
  readonly people: readonly Person[];
  readonly everyone: boolean;
  readonly included: readonly number[];
  readonly listed: readonly number[];
  readonly excluded: readonly number[];
  readonly unlisted: readonly number[];
  readonly byRecipient: boolean;
  /** Numbers, or mailboxes, by the channel. */
  readonly suppressed: readonly number[];
  /** Suppressed on the other channel, and in another account. */
  readonly suppressedElsewhere: readonly number[];
  readonly variables: readonly string[];
  readonly defaults: readonly string[];
  readonly quietHours: { readonly from: string; readonly to: string } | null;
  readonly ignoreQuietHours: boolean;
  readonly accountZone: string;
  readonly local: boolean;
  readonly dueInMinutes: number;
  readonly expanders: number;
}

/** What can be left out of the model. */
export type Mechanism = 'channel' | 'inline' | 'suppressions' | 'variables' | 'order' | 'quiet hours' | 'gap';
export const MECHANISMS: readonly Mechanism[] = [
  'channel',
  'inline',
  'suppressions',
  'variables',
  'order',
  'quiet hours',
  'gap',
];

export const AUDIENCES = 4;
const ZONES = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Kiritimati'];
/** It does not exist in Berlin. */
const LOCAL_TIME = '2027-03-28T02:30:00';
const LOCAL_MISSING_ZONE = 'Asia/Tokyo';

const index = fc.nat({ max: AUDIENCES - 1 });
const variable = fc.constantFrom('name', 'externalId', 'city', 'floor', 'toString', 'unsubscribe_url');
const time = fc
  .tuple(fc.nat({ max: 23 }), fc.constantFrom('00', '30'))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${minute}`);

const person: fc.Arbitrary<Person> = fc.record({
  phone: fc.option(fc.nat({ max: 14 }), { freq: 6 }),
  mailbox: fc.option(fc.nat({ max: 14 }), { freq: 6 }),
  spelling: fc.nat({ max: SPELLINGS - 1 }),
  deleted: fc.nat({ max: 9 }).map((value) => value === 0),
  inline: fc.nat({ max: 9 }).map((value) => value === 0),
  audiences: fc.uniqueArray(index, { maxLength: AUDIENCES }),
  name: fc.option(fc.constant('Ada'), { freq: 6 }),
  zone: fc.option(fc.constantFrom(...ZONES), { freq: 3 }),
  attributes: fc.dictionary(
    fc.constantFrom('city', 'floor', 'name', 'externalId'),
    fc.constantFrom('', 'Köln', 0, false),
    { maxKeys: 3 },
  ),
});

export const cases: fc.Arbitrary<Case> = fc.array(person, { minLength: 1, maxLength: 40 }).chain((people) => {
  const place = fc.nat({ max: people.length - 1 });
  return fc.record({
    channel: fc.constantFrom<Channel>('whatsapp', 'email'),
    people: fc.constant(people),
    everyone: fc.boolean(),
    included: fc.uniqueArray(index, { maxLength: 3 }),
    listed: fc.uniqueArray(place, { maxLength: 5 }),
    excluded: fc.uniqueArray(index, { maxLength: 2 }),
    unlisted: fc.uniqueArray(place, { maxLength: 3 }),
    byRecipient: fc.boolean(),
    suppressed: fc.oneof(fc.constant([]), fc.uniqueArray(fc.nat({ max: 14 }), { maxLength: 6 })),
    suppressedElsewhere: fc.uniqueArray(fc.nat({ max: 14 }), { maxLength: 4 }),
    variables: fc.oneof(fc.constant([]), fc.uniqueArray(variable, { maxLength: 3 })),
    defaults: fc.uniqueArray(variable, { maxLength: 1 }),
    quietHours: fc.option(
      fc.record({ from: time, to: time }).filter(({ from, to }) => from !== to),
      { freq: 2 },
    ),
    ignoreQuietHours: fc.nat({ max: 3 }).map((value) => value === 0),
    accountZone: fc.constantFrom(...ZONES),
    local: fc.nat({ max: 2 }).map((value) => value === 0),
    dueInMinutes: fc.nat({ max: 24 * 60 }),
    expanders: fc.integer({ min: 1, max: 5 }),
  });
});

/** The address as stored, and what it is compared by. */
function addressOf(one: Person, channel: Channel): { address: string; key: string } | null {
  const which = channel === 'email' ? one.mailbox : one.phone;
  if (which === null) return null;
  return spelled(channel, which, one.spelling);
}

function spelled(channel: Channel, which: number, spelling: number): { address: string; key: string } {
  if (channel === 'email') {
    const read = normalizeEmail((EMAIL_SPELLINGS[spelling] as (n: number) => string)(which));
    if (!read.ok) throw new Error(`the spelling ${spelling} of mailbox ${which} is not read`);
    return { address: read.address, key: read.key };
  }
  const read = normalizePhone((PHONE_SPELLINGS[spelling] as (n: number) => string)(which), 'DE');
  if (!read.ok) throw new Error(`the spelling ${spelling} of number ${which} is not read`);
  return { address: read.e164Digits, key: read.e164Digits };
}

/** An inline person has only the address of the channel. */
function reachable(one: Person, channel: Channel): boolean {
  return addressOf(one, channel) !== null;
}

/** Stored as the product would; ids in the order of the people. */
export async function store(db: Database, one: Case, name: string) {
  const account: AccountSeed = await seedAccount(db.pool, name, { baseUrl: 'http://127.0.0.1:9' });
  const other: AccountSeed = await seedAccount(db.pool, `${name}-other`, { baseUrl: 'http://127.0.0.1:9' });
  const { accountId } = account;
  await db.pool.query('UPDATE accounts SET zone = $2, quiet_hours = $3 WHERE id = $1', [
    accountId,
    one.accountZone,
    one.quietHours && JSON.stringify(one.quietHours),
  ]);
  const key = (channel: Channel, found: { key: string } | null) =>
    found && addressKey(ADDRESS_PEPPER, channel, found.key);
  const ids: number[] = [];
  for (const [place, each] of one.people.entries()) {
    const [phone, email] = [addressOf(each, 'whatsapp'), addressOf(each, 'email')];
    const own = one.channel === 'email' ? email : phone;
    if (each.inline && own !== null) {
      const {
        recipientIds: [id],
      } = await insertInlineRecipients(db.pool, {
        accountId,
        jobId: 4_711,
        channel: one.channel,
        people: [
          {
            address: own.address,
            addressKey: key(one.channel, own) as string,
            name: each.name,
            zone: each.zone,
            attributes: each.attributes,
          },
        ],
      });
      ids.push(id as number);
      continue;
    }
    const { rows } = await db.pool.query<{ id: number }>(
      `INSERT INTO recipients (account_id, external_id, name, zone, attributes, phone, whatsapp_key, email, email_key, deleted_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, CASE WHEN $10 THEN now() END) RETURNING id`,
      [
        accountId,
        `p${place}`,
        each.name,
        each.zone,
        JSON.stringify(each.attributes),
        phone?.address ?? null,
        key('whatsapp', phone),
        email?.address ?? null,
        key('email', email),
        each.deleted,
      ],
    );
    ids.push((rows[0] as { id: number }).id);
  }
  const audiences = await db.pool.query<{ id: number }>(
    `INSERT INTO audiences (account_id, name) SELECT $1, 'a' || n FROM generate_series(1, $2::int) n RETURNING id`,
    [accountId, AUDIENCES],
  );
  const audienceIds = audiences.rows.map((row) => row.id);
  const memberships = one.people.flatMap((each, place) =>
    isInline(each, one.channel) ? [] : each.audiences.map((a) => [audienceIds[a], ids[place]]),
  );
  await db.pool.query(
    'INSERT INTO audience_members (account_id, audience_id, recipient_id) SELECT $1, * FROM unnest($2::bigint[], $3::bigint[])',
    [accountId, memberships.map(([a]) => a), memberships.map(([, r]) => r)],
  );
  const elsewhere: Channel = one.channel === 'email' ? 'whatsapp' : 'email';
  const suppressions = [
    ...one.suppressed.map((n) => [accountId, one.channel, key(one.channel, spelled(one.channel, n, 0))]),
    ...one.suppressedElsewhere.map((n) => [accountId, elsewhere, key(elsewhere, spelled(elsewhere, n, 0))]),
    ...one.suppressedElsewhere.map((n) => [other.accountId, one.channel, key(one.channel, spelled(one.channel, n, 0))]),
  ];
  await db.pool.query(
    `INSERT INTO suppressions (account_id, channel, address_key, reason, source)
     SELECT *, 'manual', 'test' FROM unnest($1::int[], $2::text[], $3::uuid[])`,
    [0, 1, 2].map((column) => suppressions.map((row) => row[column])),
  );
  const at = (places: readonly number[], list: readonly number[]): number[] =>
    places.map((place) => list[place] as number);
  const target = {
    everyone: one.everyone,
    audienceIds: at(one.included, audienceIds),
    recipientIds: at(one.listed, ids),
    excludedAudienceIds: at(one.excluded, audienceIds),
    excludedRecipientIds: at(one.unlisted, ids),
  };
  const text = `Hello ${one.variables.map((name) => `{{${name}}}`).join(' ')}`;
  const defaults = Object.fromEntries(one.defaults.map((name) => [name, '']));
  const content = one.channel === 'email' ? { type: 'email', subject: 'Hello', text } : { type: 'text', text };
  const { jobId, runId } = await announceIn(db, account, {
    target,
    channel: one.channel,
    content: { ...content, defaults },
    trigger: one.local
      ? { type: 'local', wallTime: LOCAL_TIME, gap: 'skip', missingZone: LOCAL_MISSING_ZONE }
      : { type: 'now' },
    policy: {
      dedupeBy: one.byRecipient ? 'recipient' : 'address',
      ...(one.ignoreQuietHours ? { quietHours: 'ignore' } : {}),
    },
    dueInMs: one.dueInMinutes * 60_000,
  });
  return { account, ids, jobId, runId };
}

function isInline(one: Person, channel: Channel): boolean {
  return one.inline && reachable(one, channel);
}

/** What becomes of one person. */
export interface Fate {
  readonly place: number;
  readonly address: string;
  readonly code: string | null;
  readonly dueAtMs: number;
}

/** By hand: walk the people in the order of their ids; the first of an address is told, unless something forbids it. */
export function model(one: Case, runDueMs: number, without?: Mechanism) {
  const { people, everyone, included, listed, excluded, unlisted, byRecipient } = one;
  const channel: Channel = without === 'channel' ? (one.channel === 'email' ? 'whatsapp' : 'email') : one.channel;
  let matched = 0;
  let unreachable = 0;
  let addressed = 0;
  const told = new Map<string, Fate>();
  people.forEach((each, place) => {
    const inline = isInline(each, one.channel);
    if (each.deleted && !inline) return;
    const isListed = listed.includes(place);
    const among = everyone || each.audiences.some((a) => included.includes(a));
    const isIn = isListed || (inline && without !== 'inline' ? false : among);
    const isOut = (!inline && each.audiences.some((a) => excluded.includes(a))) || unlisted.includes(place);
    if (!isIn || isOut) return;
    matched += 1;
    const found = addressOf(each, channel);
    if (found === null) {
      unreachable += 1;
      return;
    }
    addressed += 1;
    const key = byRecipient ? `person ${place}` : found.key;
    if (told.has(key)) return;
    const moment = momentOf(one, each, runDueMs, without);
    const gates = [
      { code: 'suppressed', shut: without !== 'suppressions' && isSuppressed(one, found.key) },
      { code: 'missing_variable', shut: without !== 'variables' && lacks(one, each, place) },
      { code: 'wall_time_in_gap', shut: without !== 'gap' && moment.inGap },
    ];
    if (without === 'order') gates.reverse();
    const code = gates.find((gate) => gate.shut)?.code ?? null;
    told.set(key, { place, address: found.address, code, dueAtMs: moment.dueAtMs });
  });
  const fates = [...told.values()].sort((a, b) => a.place - b.place);
  const coded = (code: string | null) => fates.filter((fate) => fate.code === code).length;
  return {
    people: matched,
    unreachable,
    duplicates: addressed - told.size,
    suppressed: coded('suppressed'),
    incomplete: coded('missing_variable'),
    inGap: coded('wall_time_in_gap'),
    fates,
  };
}

function isSuppressed(one: Case, key: string): boolean {
  return one.suppressed.some((n) => spelled(one.channel, n, 0).key === key);
}

function lacks(one: Case, each: Person, place: number): boolean {
  const values: Record<string, unknown> = Object.assign(Object.create(null), each.attributes);
  if (each.name !== null) values.name = each.name;
  if (!isInline(each, one.channel)) values.externalId = `p${place}`;
  values.unsubscribe_url = 'made while sending';
  return one.variables.some(
    (name) => !one.defaults.includes(name) && (values[name] === undefined || values[name] === ''),
  );
}

/** In another calendar: minute by minute, until the clock on the wall shows that it is not quiet. */
function momentOf(one: Case, each: Person, runDueMs: number, without?: Mechanism) {
  const zone = each.zone ?? (one.local ? LOCAL_MISSING_ZONE : one.accountZone);
  let dueAtMs = runDueMs;
  let inGap = false;
  if (one.local) {
    const plain = Temporal.PlainDateTime.from(LOCAL_TIME);
    const moment = plain.toZonedDateTime(zone, { disambiguation: 'compatible' });
    dueAtMs = moment.epochMilliseconds;
    inGap = !moment.toPlainDateTime().equals(plain);
  }
  if (one.quietHours === null || one.ignoreQuietHours || inGap || without === 'quiet hours') return { dueAtMs, inGap };
  const { from, to } = one.quietHours;
  const isQuiet = (ms: number): boolean => {
    const wall = Temporal.Instant.fromEpochMilliseconds(Math.floor(ms)).toZonedDateTimeISO(zone);
    const clock = wall.toPlainTime().toString({ smallestUnit: 'minute' });
    return from < to ? clock >= from && clock < to : clock >= from || clock < to;
  };
  if (isQuiet(dueAtMs)) dueAtMs = Math.floor(dueAtMs / 60_000) * 60_000;
  while (isQuiet(dueAtMs)) dueAtMs += 60_000;
  return { dueAtMs, inGap };
}

/**
 * Who is told? Random audiences that overlap, exclusions, people without a phone and one address in many spellings,
 * expanded by the real statements and compared with a model that does it by hand, one person after the other.
 */

import { addressKey, normalizePhone } from '@carillon/core';
import { beginExpansions, createDatabase, type Database, expandStep } from '@carillon/db';
import { type AccountSeed, createTestDatabase, seedAccount, type TestDatabase } from '@carillon/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ADDRESS_PEPPER, announceIn } from './house.ts';

let own: TestDatabase;
let db: Database;
beforeAll(async () => {
  own = await createTestDatabase();
  db = createDatabase({ url: own.url, max: 6, applicationName: 'expansion-model' });
});
afterAll(async () => {
  await db?.close();
  await own?.drop();
});

/** Ways in which a person may write the n-th German mobile number. */
const SPELLINGS = [
  (n: number) => `0151 2345 ${String(6000 + n)}`,
  (n: number) => `+49 151 2345${String(6000 + n)}`,
  (n: number) => `0049(151)2345-${String(6000 + n)}`,
  (n: number) => `+491512345${String(6000 + n)}`,
  (n: number) => `0151/2345${String(6000 + n)}`,
];

interface Person {
  /** Which number, or none. */
  readonly phone: number | null;
  readonly spelling: number;
  readonly deleted: boolean;
  readonly audiences: readonly number[];
}

interface Case {
  readonly people: readonly Person[];
  readonly everyone: boolean;
  readonly included: readonly number[];
  readonly listed: readonly number[];
  readonly excluded: readonly number[];
  readonly unlisted: readonly number[];
  readonly byRecipient: boolean;
  readonly expanders: number;
}

const AUDIENCES = 4;
const index = fc.nat({ max: AUDIENCES - 1 });
const person = fc.record({
  phone: fc.option(fc.nat({ max: 14 }), { freq: 6 }),
  spelling: fc.nat({ max: SPELLINGS.length - 1 }),
  deleted: fc.nat({ max: 9 }).map((value) => value === 0),
  audiences: fc.uniqueArray(index, { maxLength: AUDIENCES }),
});
const cases: fc.Arbitrary<Case> = fc.array(person, { minLength: 1, maxLength: 40 }).chain((people) => {
  const place = fc.nat({ max: people.length - 1 });
  return fc.record({
    people: fc.constant(people),
    everyone: fc.boolean(),
    included: fc.uniqueArray(index, { maxLength: 3 }),
    listed: fc.uniqueArray(place, { maxLength: 5 }),
    excluded: fc.uniqueArray(index, { maxLength: 2 }),
    unlisted: fc.uniqueArray(place, { maxLength: 3 }),
    byRecipient: fc.boolean(),
    expanders: fc.integer({ min: 1, max: 5 }),
  });
});

function normalized(one: Person): string | null {
  if (one.phone === null) return null;
  const result = normalizePhone((SPELLINGS[one.spelling] as (n: number) => string)(one.phone), 'DE');
  if (!result.ok) throw new Error(`the spelling ${one.spelling} of ${one.phone} is not read`);
  return result.e164Digits;
}

/** By hand: walk the people in the order of their ids; the first of an address is told. */
function model({ people, everyone, included, listed, excluded, unlisted, byRecipient }: Case) {
  let matched = 0;
  let unreachable = 0;
  const told = new Map<string, number>();
  let reachable = 0;
  people.forEach((one, place) => {
    if (one.deleted) return;
    const isIn = everyone || one.audiences.some((a) => included.includes(a)) || listed.includes(place);
    const isOut = one.audiences.some((a) => excluded.includes(a)) || unlisted.includes(place);
    if (!isIn || isOut) return;
    matched += 1;
    const address = normalized(one);
    if (address === null) {
      unreachable += 1;
      return;
    }
    reachable += 1;
    const key = byRecipient ? `person ${place}` : address;
    if (!told.has(key)) told.set(key, place);
  });
  return {
    people: matched,
    unreachable,
    duplicates: reachable - told.size,
    chosen: [...told.values()].sort((a, b) => a - b),
  };
}

let accounts = 0;
async function expanded(one: Case) {
  const account: AccountSeed = await seedAccount(db.pool, `model-${++accounts}`, { baseUrl: 'http://127.0.0.1:9' });
  const ids: number[] = [];
  for (const [place, each] of one.people.entries()) {
    const phone = normalized(each);
    const { rows } = await db.pool.query<{ id: number }>(
      `INSERT INTO recipients (account_id, external_id, phone, whatsapp_key, deleted_at)
       VALUES ($1, $2, $3, $4, CASE WHEN $5 THEN now() END) RETURNING id`,
      [
        account.accountId,
        `p${place}`,
        phone,
        phone === null ? null : addressKey(ADDRESS_PEPPER, 'whatsapp', phone),
        each.deleted,
      ],
    );
    ids.push((rows[0] as { id: number }).id);
  }
  const audiences = await db.pool.query<{ id: number }>(
    `INSERT INTO audiences (account_id, name) SELECT $1, 'a' || n FROM generate_series(1, $2::int) n RETURNING id`,
    [account.accountId, AUDIENCES],
  );
  const audienceIds = audiences.rows.map((row) => row.id);
  const memberships = one.people.flatMap((each, place) => each.audiences.map((a) => [audienceIds[a], ids[place]]));
  await db.pool.query(
    'INSERT INTO audience_members (account_id, audience_id, recipient_id) SELECT $1, * FROM unnest($2::bigint[], $3::bigint[])',
    [account.accountId, memberships.map(([a]) => a), memberships.map(([, r]) => r)],
  );
  const at = (places: readonly number[], list: readonly number[]): number[] =>
    places.map((place) => list[place] as number);
  const { runId } = await announceIn(db, account, {
    target: {
      everyone: one.everyone,
      audienceIds: at(one.included, audienceIds),
      recipientIds: at(one.listed, ids),
      excludedAudienceIds: at(one.excluded, audienceIds),
      excludedRecipientIds: at(one.unlisted, ids),
    },
    policy: { dedupeBy: one.byRecipient ? 'recipient' : 'address' },
  });
  await Promise.all(
    Array.from({ length: one.expanders }, async () => {
      await beginExpansions(db.pool, 1);
      while (await expandStep(db.pool)) {
        // The next one.
      }
    }),
  );
  const run = await db.pool.query<{ state: string; people: number; duplicates: number; unreachable: number }>(
    'SELECT state::text, people, duplicates, unreachable FROM runs WHERE id = $1',
    [runId],
  );
  const { rows } = await db.pool.query<{ recipient_id: number; address: string; size: number }>(
    'SELECT recipient_id, address FROM deliveries WHERE account_id = $1 AND run_id = $2 ORDER BY recipient_id',
    [account.accountId, runId],
  );
  const batches = await db.pool.query<{ size: number }>(
    'SELECT coalesce(sum(size), 0) AS size FROM batches WHERE account_id = $1 AND run_id = $2',
    [account.accountId, runId],
  );
  expect(rows.map((row) => row.address)).toEqual(
    rows.map((row) => normalized(one.people[ids.indexOf(row.recipient_id)] as Person)),
  );
  expect(batches.rows[0]?.size).toBe(rows.length);
  const { state, ...counts } = run.rows[0] as {
    state: string;
    people: number;
    duplicates: number;
    unreachable: number;
  };
  expect(state).toBe('sending');
  return { ...counts, chosen: rows.map((row) => ids.indexOf(row.recipient_id)) };
}

test('people, duplicates, unreachable and who is chosen are as the model has them', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async (one) => {
      expect(await expanded(one)).toEqual(model(one));
    }),
    { numRuns: 60, endOnFailure: true },
  );
}, 60_000);

/**
 * "Whose day is it" over many recipients: each look-up is answered by one index, with every condition in it, in the order in which
 * pages are read, and touches no more than it returns. Asked as the role that asks it, with row-level security on.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type DatePlace, datePageSql, FIRST_PLACE } from '../src/datePeople.ts';
import type { DateLook } from '../src/dateRule.ts';
import { createDatabase, type Database, type Queryable } from '../src/index.ts';
import { Parameters } from '../src/parameters.ts';
import { openStore, type TestStore } from './rows.ts';

const PEOPLE = 300_000;
const PAGE = 500;
const INDEX = 'recipient_dates_by_day';

let store: TestStore;
let worker: Database;
beforeAll(async () => {
  store = await openStore();
  worker = createDatabase({ url: store.url, max: 2, applicationName: 'db-test', role: 'worker' });
  // Birthdays of 80 years, each tenth without its year, and expiries over two years, of two thirds an instant; and the same for a
  // smaller account beside it, whose rows lie between.
  await store.db.pool.query(
    `INSERT INTO recipient_dates (account_id, recipient_id, name, value, anniversary, on_day, at)
     SELECT a.id, p.n, d.name,
            CASE d.form WHEN 'instant' THEN to_char(d.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
                        WHEN 'day' THEN to_char(d.at AT TIME ZONE 'UTC', 'YYYY-MM-DD')
                        ELSE to_char(d.at AT TIME ZONE 'UTC', '--MM-DD') END,
            to_char(d.at AT TIME ZONE 'UTC', '--MM-DD'),
            CASE WHEN d.form <> 'yearless' THEN (d.at AT TIME ZONE 'UTC')::date END,
            CASE WHEN d.form = 'instant' THEN d.at END
     FROM (VALUES ($1::int, $2::int), ($1 + 1, $2 / 20)) AS a (id, people),
          LATERAL generate_series(1, a.people) AS p (n),
          LATERAL (VALUES
            ('birthday', '1930-01-01T00:00Z'::timestamptz + (p.n * 7919::bigint % 29220) * interval '1 day',
             CASE WHEN p.n % 10 = 0 THEN 'yearless' ELSE 'day' END),
            ('subscription_expires_at', '2027-01-01T00:00Z'::timestamptz + (p.n * 104729::bigint % 1051200) * interval '1 minute',
             CASE WHEN p.n % 3 = 0 THEN 'day' ELSE 'instant' END)
          ) AS d (name, at, form)`,
    [store.account.accountId, PEOPLE],
  );
  await store.db.pool.query('VACUUM (ANALYZE) recipient_dates');
}, 120_000);
afterAll(async () => {
  await worker?.close();
  await store?.close();
});

/** A node of EXPLAIN's JSON. */
interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Index Name'?: string;
  readonly 'Index Cond'?: string;
  readonly Filter?: string;
  readonly 'Actual Rows': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly 'Shared Hit Blocks': number;
  readonly 'Shared Read Blocks': number;
  readonly Plans?: readonly PlanNode[];
}

/** Upper bound of days: everybody of the table. */
const EVER = { upTo: '2099-12-31' } as const;

interface Wanted {
  readonly name: string;
  readonly look: DateLook;
}

/** The statement of a page, as a pass asks it. */
function pageOf({ name, look }: Wanted, after: DatePlace, pageSize: number) {
  const parameters = new Parameters();
  const wanted = { accountId: store.account.accountId, date: name, look, after, pageSize };
  return { text: datePageSql(parameters, wanted), values: parameters.values };
}

async function explain(db: Queryable, page: ReturnType<typeof pageOf>): Promise<readonly PlanNode[]> {
  const { rows } = await db.query(`EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${page.text}`, page.values);
  const flat = (node: PlanNode): readonly PlanNode[] => [node, ...(node.Plans ?? []).flatMap(flat)];
  return flat(rows[0]['QUERY PLAN'][0].Plan);
}

interface DateRow {
  readonly recipient_id: number;
  readonly on_day: string | null;
}

const placeOf = (row: DateRow): DatePlace => ({
  onDay: row.on_day ?? FIRST_PLACE.onDay,
  recipientId: row.recipient_id,
});

describe.each([
  ['birthdays of every year', 'birthday', { isInstant: false, anniversary: '--03-10', days: EVER }, 740],
  ['birthdays whose year is not known', 'birthday', { isInstant: false, anniversary: '--03-10', days: 'yearless' }, 82],
  ['those that have come', 'birthday', { isInstant: false, anniversary: '--03-10', days: { upTo: '1970-01-01' } }, 370],
  ['29 February', 'birthday', { isInstant: false, anniversary: '--02-29', days: EVER }, 185],
  ['days of every year', 'subscription_expires_at', { isInstant: false, anniversary: '--03-10', days: EVER }, 274],
  ['instants of every year', 'subscription_expires_at', { isInstant: true, anniversary: '--03-10', days: EVER }, 548],
  ['days that come once', 'subscription_expires_at', onceOn('2027-03-10', false), 137],
  ['instants that come once', 'subscription_expires_at', onceOn('2027-03-10', true), 274],
  ['one day of birth', 'birthday', onceOn('1990-03-10', false), 9],
] as const)('%s', (_name, name, look, about) => {
  const everybody = async () => (await worker.pool.query<DateRow>(pageOf({ name, look }, FIRST_PLACE, PEOPLE))).rows;

  test('are found, each once, in pages', async () => {
    const { days } = look;
    const { rows } = await store.db.pool.query<{ id: number }>(
      `SELECT recipient_id AS id FROM recipient_dates
       WHERE account_id = $1 AND name = $2 AND (at IS NOT NULL) = $3 AND value LIKE $4
         AND CASE WHEN $5::text IS NULL THEN value LIKE '--%' ELSE left(value, 10) <= $5 AND value NOT LIKE '--%' END ORDER BY 1`,
      [
        store.account.accountId,
        name,
        look.isInstant,
        typeof days === 'object' && 'on' in days ? `${days.on}%` : `%${look.anniversary.slice(1)}%`,
        days === 'yearless' ? null : 'on' in days ? days.on : days.upTo,
      ],
    );
    expect(Math.abs(rows.length - about)).toBeLessThanOrEqual(0.05 * about + 2);
    const found: number[] = [];
    for (let after = FIRST_PLACE; ; ) {
      const { rows: some } = await worker.pool.query<DateRow>(pageOf({ name, look }, after, 100));
      const last = some.at(-1);
      if (last === undefined) break;
      found.push(...some.map((row) => row.recipient_id));
      after = placeOf(last);
    }
    expect(found.toSorted((one, other) => one - other)).toEqual(rows.map(({ id }) => id));
  });

  test.each([
    ['the first page', 0, PAGE],
    ['a page from the middle', 0.5, PAGE],
  ])('%s reads its own rows and no others, in order, by the index alone', async (_page, skipped, limit) => {
    const all = await everybody();
    const place = Math.floor(skipped * all.length);
    const after = place === 0 ? FIRST_PLACE : placeOf(all[place - 1] as DateRow);
    const expected = Math.min(all.length - place, limit);
    const nodes = await explain(worker.pool, pageOf({ name, look }, after, limit));
    expect(nodes.map((node) => node['Node Type'])).toEqual(['Limit', 'Index Scan']);
    const scan = nodes[1] as PlanNode;
    expect(scan['Index Name']).toBe(INDEX);
    for (const column of ['account_id', 'day_key', 'recipient_id']) expect(scan['Index Cond']).toContain(column);
    // Of the name the index has a hash, so it is looked at once more; that turns nobody down.
    expect(scan.Filter).toBe(`(name = '${name}'::text)`);
    expect([scan['Rows Removed by Filter'] ?? 0, scan['Rows Removed by Index Recheck'] ?? 0]).toEqual([0, 0]);
    expect(scan['Actual Rows']).toBe(expected);
    // A block of the heap for each row at most, the way down the index, and its leaves, which hold more than 50 entries each.
    const blocks = scan['Shared Hit Blocks'] + scan['Shared Read Blocks'];
    expect(blocks).toBeLessThanOrEqual(expected + 4 + Math.ceil(expected / 50));
  });

  test('a page that is larger than the day reads its rows and no others, by the index alone, and may sort them', async () => {
    const all = await everybody();
    const nodes = await explain(worker.pool, pageOf({ name, look }, FIRST_PLACE, PEOPLE));
    expect(nodes.map((node) => node['Node Type']).join()).toMatch(
      /^Limit,(Index Scan|Sort,Bitmap Heap Scan,Bitmap Index Scan)$/,
    );
    expect(nodes.at(-1)).toMatchObject({ 'Index Name': INDEX, 'Actual Rows': all.length });
    expect(nodes.map((node) => node['Rows Removed by Filter'] ?? 0).every((removed) => removed === 0)).toBe(true);
  });
});

test('names of dates that have the same hash are told apart', async () => {
  const { rows: pairs } = await store.db.pool.query<{ names: [string, string] }>(
    `SELECT (array_agg(name))[1:2] AS names FROM (SELECT 'date_' || n AS name FROM generate_series(1, 400000) n) d
     GROUP BY hashtext(name) HAVING count(*) > 1 LIMIT 1`,
  );
  const [one, other] = (pairs[0] as (typeof pairs)[number]).names;
  const recipientId = PEOPLE + 1;
  await store.db.pool.query(
    `INSERT INTO recipient_dates (account_id, recipient_id, name, value, anniversary, on_day)
     VALUES ($1, $2, $3, '1990-03-10', '--03-10', '1990-03-10')`,
    [store.account.accountId, recipientId, one],
  );
  const look = onceOn('1990-03-10', false);
  const found = async (name: string) => (await worker.pool.query(pageOf({ name, look }, FIRST_PLACE, PAGE))).rows;
  expect(await found(one)).toMatchObject([{ recipient_id: recipientId }]);
  expect(await found(other)).toEqual([]);
});

test('without its index a look-up reads everybody', async () => {
  const client = await store.db.pool.connect();
  try {
    await client.query(`BEGIN; DROP INDEX ${INDEX}`);
    const look = { isInstant: false, anniversary: '--03-10', days: EVER };
    const [plan] = await explain(client, pageOf({ name: 'birthday', look }, FIRST_PLACE, PAGE));
    expect((plan as PlanNode)['Shared Hit Blocks'] + (plan as PlanNode)['Shared Read Blocks']).toBeGreaterThan(
      10 * PAGE,
    );
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
});

function onceOn(day: string, isInstant: boolean): DateLook {
  return { isInstant, anniversary: `-${day.slice(4)}`, days: { on: day } };
}

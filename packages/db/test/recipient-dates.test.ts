/**
 * "Whose day is it" over many recipients: each look-up is answered by one index, with every condition in it, in the order in which
 * pages are read, and touches no more than it returns. Asked as the role that asks it, with row-level security on.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createDatabase, type Database } from '../src/index.ts';
import { openStore, type TestStore } from './rows.ts';

const PEOPLE = 300_000;
const PAGE = 500;

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

const YEARLY = {
  index: 'recipient_dates_yearly',
  text: `SELECT recipient_id, value FROM recipient_dates
         WHERE account_id = $1 AND name = $2 AND is_instant = $3 AND anniversary = $4 AND recipient_id > $5
         ORDER BY recipient_id LIMIT $6`,
};
const ONCE = {
  index: 'recipient_dates_once',
  text: `SELECT recipient_id, value FROM recipient_dates
         WHERE account_id = $1 AND name = $2 AND is_instant = $3 AND on_day = $4 AND recipient_id > $5
         ORDER BY recipient_id LIMIT $6`,
};

async function explain(text: string, values: readonly unknown[]): Promise<readonly PlanNode[]> {
  const { rows } = await worker.pool.query(`EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${text}`, values as unknown[]);
  const flat = (node: PlanNode): readonly PlanNode[] => [node, ...(node.Plans ?? []).flatMap(flat)];
  return flat(rows[0]['QUERY PLAN'][0].Plan);
}

describe.each([
  ['birthdays of every year', YEARLY, 'birthday', false, '--03-10', 820],
  ['29 February', YEARLY, 'birthday', false, '--02-29', 205],
  ['days of every year', YEARLY, 'subscription_expires_at', false, '--03-10', 274],
  ['instants of every year', YEARLY, 'subscription_expires_at', true, '--03-10', 548],
  ['days that come once', ONCE, 'subscription_expires_at', false, '2027-03-10', 137],
  ['instants that come once', ONCE, 'subscription_expires_at', true, '2027-03-10', 274],
  ['one day of birth', ONCE, 'birthday', false, '1990-03-10', 9],
] as const)('%s', (_name, { index, text }, name, isInstant, day, about) => {
  const page = (after: number, limit: number) => [store.account.accountId, name, isInstant, day, after, limit];
  const everybody = async () =>
    (await worker.pool.query<{ recipient_id: number }>(text, page(0, PEOPLE))).rows.map((row) => row.recipient_id);

  test('are found, each once, in pages', async () => {
    const { rows } = await store.db.pool.query<{ id: number }>(
      `SELECT recipient_id AS id FROM recipient_dates
       WHERE account_id = $1 AND name = $2 AND (at IS NOT NULL) = $3 AND value LIKE $4 ORDER BY 1`,
      [store.account.accountId, name, isInstant, index === YEARLY.index ? `%${day.slice(1)}%` : `${day}%`],
    );
    expect(Math.abs(rows.length - about)).toBeLessThanOrEqual(0.05 * about + 2);
    const found: number[] = [];
    for (let after = 0; ; ) {
      const { rows: some } = await worker.pool.query<{ recipient_id: number }>(text, page(after, 100));
      if (some.length === 0) break;
      found.push(...some.map((row) => row.recipient_id));
      after = found.at(-1) as number;
    }
    expect(found).toEqual(rows.map(({ id }) => id));
  });

  test.each([
    ['the first page', 0, PAGE],
    ['a page from the middle', PEOPLE / 2, PAGE],
    ['all at once', 0, PEOPLE],
  ])('%s reads its own rows and no others, in order, by the index alone', async (_page, after, limit) => {
    const expected = (await everybody()).filter((id) => id > after).slice(0, limit).length;
    const nodes = await explain(text, page(after, limit));
    expect(nodes.map((node) => node['Node Type'])).toEqual(['Limit', 'Index Scan']);
    const scan = nodes[1] as PlanNode;
    expect(scan['Index Name']).toBe(index);
    for (const column of [
      'account_id',
      'name',
      'is_instant',
      index === YEARLY.index ? 'anniversary' : 'on_day',
      'recipient_id',
    ])
      expect(scan['Index Cond']).toContain(column);
    expect([scan.Filter, scan['Rows Removed by Filter'] ?? 0, scan['Rows Removed by Index Recheck'] ?? 0]).toEqual([
      undefined,
      0,
      0,
    ]);
    expect(scan['Actual Rows']).toBe(expected);
    // A block of the heap for each row at most, the way down the index, and its leaves, which hold more than 50 entries each.
    const blocks = scan['Shared Hit Blocks'] + scan['Shared Read Blocks'];
    expect(blocks).toBeLessThanOrEqual(expected + 4 + Math.ceil(expected / 50));
  });
});

test('without its index a look-up reads everybody', async () => {
  const client = await store.db.pool.connect();
  try {
    await client.query('BEGIN; DROP INDEX recipient_dates_yearly');
    const { rows } = await client.query(`EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${YEARLY.text}`, [
      store.account.accountId,
      'birthday',
      false,
      '--03-10',
      0,
      PAGE,
    ]);
    const { Plan } = rows[0]['QUERY PLAN'][0] as { Plan: PlanNode };
    expect(Plan['Shared Hit Blocks'] + Plan['Shared Read Blocks']).toBeGreaterThan(10 * PAGE);
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
});

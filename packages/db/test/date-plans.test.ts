/** What a pass reads to find whose day it is, over generated people: the rows of the day, page by page, by the index, and no others. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type DatePlace, dateLookSql, FIRST_PLACE } from '../src/datePeople.ts';
import { type DateLook, type DateRule, dateRuleOf, looksFor } from '../src/dateRule.ts';
import { Parameters } from '../src/parameters.ts';
import type { TargetedJob } from '../src/plannable.ts';
import { BIRTHDAY, type DateTrigger, POLICY } from './dateRows.ts';
import { openStore, type TestStore } from './rows.ts';

const PEOPLE = 60_000;
const PAGE = 20;
/** Where a page begins: before everybody, and somewhere in the middle. */
const PLACES: readonly DatePlace[] = [FIRST_PLACE, { onDay: '1970-03-10', recipientId: PEOPLE / 2 }];

let store: TestStore;
beforeAll(async () => {
  store = await openStore();
  await store.db.pool.query(
    `INSERT INTO recipients (account_id, external_id, phone, whatsapp_key)
     SELECT $1, 'p-' || n, '4915' || n, md5(n::text)::uuid FROM generate_series(1, $2::int) n`,
    [store.account.accountId, PEOPLE],
  );
  // Days of fifty years for all, without the year for every third; instants of a month for every third.
  await store.db.pool.query(
    `INSERT INTO recipient_dates (account_id, recipient_id, name, value, anniversary, on_day, at)
     SELECT account_id, id, d.name, coalesce(at::text, day::text), to_char(day, '"--"MM-DD'),
            CASE WHEN NOT yearless THEN day END, at
     FROM recipients r CROSS JOIN LATERAL (
       SELECT 'birthday' AS name, DATE '1950-01-01' + (r.id * 7919 % 18262)::int AS day, NULL::timestamptz AS at,
              r.id % 3 = 1 AS yearless
       UNION ALL
       SELECT 'expires', (m.at AT TIME ZONE 'UTC')::date, m.at, false
       FROM (SELECT TIMESTAMPTZ '2027-03-01T00:30Z' + (r.id % 30) * interval '1 day' AS at) m WHERE r.id % 3 = 0
     ) d`,
  );
  await store.db.pool.query('ANALYZE recipients, recipient_dates');
}, 60_000);
afterAll(() => store?.close());

interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Actual Rows': number;
  readonly Plans?: readonly Plan[];
}

const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

async function explain(trigger: Partial<DateTrigger>, look: DateLook, after: DatePlace): Promise<Plan[]> {
  const target = {
    everyone: true,
    audienceIds: [],
    recipientIds: [],
    excludedAudienceIds: [],
    excludedRecipientIds: [],
  };
  const job: TargetedJob = {
    accountId: store.account.accountId,
    channel: 'whatsapp',
    trigger: { ...BIRTHDAY, ...trigger },
    target,
    policy: POLICY,
  };
  const rule: DateRule = dateRuleOf(job, { content: null, zone: 'UTC', quietHours: null });
  const parameters = new Parameters();
  const sql = dateLookSql(parameters, { job, rule, look, after, pageSize: PAGE });
  const { rows } = await store.db.pool.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
    `EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`,
    parameters.values,
  );
  return nodesOf((rows[0] as (typeof rows)[number])['QUERY PLAN'][0].Plan);
}

test.each([
  ['a birthday', {}, { isInstant: false, isYearless: false }, PLACES],
  ['a birthday without a year', {}, { isInstant: false, isYearless: true }, PLACES],
  ['an instant, yearly', { date: 'expires' }, { isInstant: true, isYearless: false }, PLACES],
  ['an instant, once', { date: 'expires', repeat: 'once' }, { isInstant: true, isYearless: false }, PLACES],
] as const)('%s: a page reads its own rows by the index', async (_, trigger, { isInstant, isYearless }, places) => {
  const looks = looksFor({ ...BIRTHDAY, ...trigger }, '2027-03-10');
  const look = looks.find(
    (one) => one.isInstant === isInstant && one.anniversary === '--03-10' && (one.days === 'yearless') === isYearless,
  ) as DateLook;
  for (const after of places) {
    const nodes = await explain(trigger, look, after);
    const dates = nodes.filter((node) => node['Relation Name'] === 'recipient_dates');
    expect(dates).toHaveLength(1);
    expect(dates[0]).toMatchObject({
      'Node Type': 'Index Scan',
      'Index Name': 'recipient_dates_by_day',
      'Actual Rows': PAGE,
    });
    expect(dates[0]?.['Rows Removed by Filter'] ?? 0).toBe(0);
    // In the order of the index: nothing is sorted before the page is cut.
    const page = nodes.find((node) => node['Node Type'] === 'Limit');
    expect(page && nodesOf(page).map((node) => node['Node Type'])).toEqual(['Limit', 'Index Scan']);
    const people = nodes.filter((node) => node['Relation Name'] === 'recipients');
    expect(people.map((node) => node['Node Type'])).toEqual(['Index Scan']);
  }
});

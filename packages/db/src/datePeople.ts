/**
 * "Whose day is it": the people of a job whose date comes on a day, page by page. Each look reads the rows that it returns and no
 * others, in the order of an index, and a page begins where the one before ended; so memory and locks stay small however many
 * people there are.
 */
import { type DateLook, type DateOccurrence, type DateRule, looksFor, type Occasion, occasionOf } from './dateRule.ts';
import { Parameters } from './parameters.ts';
import { isOfTarget } from './people.ts';
import type { TargetedJob } from './plannable.ts';
import type { Queryable } from './pool.ts';

/** Somebody whose date comes on the day. */
export interface DatePerson extends Occasion {
  readonly recipientId: number;
  /** The date's own value, by which a later statement finds that it is still the same. */
  readonly date: string;
  /** The recipient's zone, or the one of those who have none. */
  readonly zone: string;
}

interface Row {
  readonly recipient_id: number;
  readonly value: string;
  readonly anniversary: string;
  readonly on_day: string | null;
  readonly at_ms: number | null;
  readonly meant: boolean;
  readonly zone: string | null;
}

/** What {@link readDatePeople} looks for. */
export interface DatePeopleWanted {
  readonly job: TargetedJob;
  readonly rule: DateRule;
  readonly occurrence: DateOccurrence;
  readonly pageSize: number;
}

/** Pages of at most `pageSize` dates; a page may hold nobody who is meant. Reads only. */
export async function* readDatePeople(
  client: Queryable,
  { job, rule, occurrence, pageSize }: DatePeopleWanted,
): AsyncGenerator<readonly DatePerson[], void, undefined> {
  const { trigger } = rule;
  for (const look of await readHits(client, job, rule, looksFor(trigger, occurrence.baseDay))) {
    let after: DatePlace = FIRST_PLACE;
    for (;;) {
      const parameters = new Parameters();
      const sql = dateLookSql(parameters, { job, rule, look, after, pageSize });
      const { rows } = await client.query<Row>(sql, parameters.values);
      const people = rows.flatMap((row) => {
        if (!row.meant) return [];
        const zone = row.zone ?? trigger.missingZone;
        const date = { value: row.value, anniversary: row.anniversary, onDay: row.on_day, atMs: row.at_ms };
        const occasion = occasionOf(trigger, occurrence.baseDay, date, zone);
        return occasion === undefined ? [] : [{ recipientId: row.recipient_id, date: row.value, zone, ...occasion }];
      });
      if (people.length > 0) yield people;
      const last = rows.at(-1);
      if (last === undefined || rows.length < pageSize) break;
      after = { onDay: last.on_day ?? FIRST_PLACE.onDay, recipientId: last.recipient_id };
    }
  }
}

/** Those of the looks that find anything; most days are nobody's, and mostly there are no instants. */
async function readHits(
  client: Queryable,
  job: TargetedJob,
  { trigger }: DateRule,
  looks: readonly DateLook[],
): Promise<DateLook[]> {
  // Without a day it is the last of the anniversary's keys.
  const from = trigger.repeat === 'once' ? 'l.on_day' : `DATE '${FIRST_PLACE.onDay}'`;
  const { rows } = await client.query<{ place: number }>(
    `SELECT l.place::int AS place
     FROM unnest($3::text[], $4::boolean[], $5::date[]) WITH ORDINALITY AS l (anniversary, is_instant, on_day, place)
     CROSS JOIN LATERAL (
       SELECT 1 FROM recipient_dates d
       WHERE d.account_id = $1 AND d.name = $2
         AND d.day_key BETWEEN carillon_day_key($2, l.is_instant, l.anniversary, ${from})
                           AND carillon_day_key($2, l.is_instant, l.anniversary, l.on_day) LIMIT 1) hit
     ORDER BY l.place`,
    [
      job.accountId,
      trigger.date,
      looks.map((look) => look.anniversary),
      looks.map((look) => look.isInstant),
      looks.map(({ days }) => (days !== 'yearless' && 'on' in days ? days.on : null)),
    ],
  );
  return rows.map(({ place }) => looks[place - 1] as DateLook);
}

/** How far a look has come, in the order of the index. */
export interface DatePlace {
  /** Of those without a year it says nothing. */
  readonly onDay: string;
  readonly recipientId: number;
}

/** Before everybody: on the day that keys count from. */
export const FIRST_PLACE: DatePlace = { onDay: '0001-01-01', recipientId: 0 };

/** What a page of a look is made of. */
export interface DatePageWanted {
  readonly accountId: number;
  /** The name of the date. */
  readonly date: string;
  readonly look: DateLook;
  readonly after: DatePlace;
  readonly pageSize: number;
}

/** The dates of one page of a look, as the index has them and no others; exported so that its plan can be looked at. */
export function datePageSql(
  parameters: Parameters,
  { accountId, date, look, after, pageSize }: DatePageWanted,
): string {
  const parameter = (value: unknown) => parameters.add(value);
  const recipientId = `${parameter(after.recipientId)}::bigint`;
  const name = `${parameter(date)}::text`;
  const anniversary = `${parameter(look.anniversary)}::text`;
  const key = (onDay: string | null) =>
    `carillon_day_key(${name}, ${look.isInstant}, ${anniversary}, ${parameter(onDay)}::date)`;
  const range =
    look.days === 'yearless'
      ? `d.day_key = ${key(null)} AND d.recipient_id > ${recipientId}`
      : 'on' in look.days
        ? `d.day_key = ${key(look.days.on)} AND d.recipient_id > ${recipientId}`
        : `d.day_key <= ${key(look.days.upTo)} AND (d.day_key, d.recipient_id) > (${key(after.onDay)}, ${recipientId})`;
  // The key has only a hash of the name.
  return `SELECT d.recipient_id, d.value, d.anniversary, d.on_day, d.at
          FROM recipient_dates d
          WHERE d.account_id = ${parameter(accountId)} AND ${range} AND d.name = ${name}
          ORDER BY d.day_key, d.recipient_id LIMIT ${parameter(pageSize)}`;
}

/** One page of one look, and who of it is meant; exported so that its plan can be looked at. */
export function dateLookSql(
  parameters: Parameters,
  asked: {
    readonly job: TargetedJob;
    readonly rule: DateRule;
    readonly look: DateLook;
    readonly after: DatePlace;
    readonly pageSize: number;
  },
): string {
  const { job, rule, look, after, pageSize } = asked;
  const page = datePageSql(parameters, {
    accountId: job.accountId,
    date: rule.trigger.date,
    look,
    after,
    pageSize,
  });
  return `WITH page AS MATERIALIZED (${page})
          SELECT p.recipient_id, p.value, p.anniversary, p.on_day, extract(epoch FROM p.at)::float8 * 1000 AS at_ms,
                 r.id IS NOT NULL AS meant, r.zone
          FROM page p LEFT JOIN recipients r ON r.account_id = ${parameters.add(job.accountId)} AND r.id = p.recipient_id
            AND ${isOfTarget(parameters, job.target)}
          ORDER BY p.on_day, p.recipient_id`;
}

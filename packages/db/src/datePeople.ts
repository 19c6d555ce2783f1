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
    let afterId = 0;
    for (;;) {
      const parameters = new Parameters();
      const sql = dateLookSql(parameters, { job, rule, look, baseDay: occurrence.baseDay, afterId, pageSize });
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
      afterId = last.recipient_id;
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
  const day = trigger.repeat === 'yearly' ? 'd.anniversary = l.day' : 'd.on_day = l.day::date';
  const { rows } = await client.query<{ place: number }>(
    `SELECT l.place::int AS place FROM unnest($3::text[], $4::boolean[]) WITH ORDINALITY AS l (day, is_instant, place)
     CROSS JOIN LATERAL (
       SELECT 1 FROM recipient_dates d
       WHERE d.account_id = $1 AND ${day} AND d.name = $2 AND d.is_instant = l.is_instant LIMIT 1) hit
     ORDER BY l.place`,
    [job.accountId, trigger.date, looks.map((look) => look.day), looks.map((look) => look.isInstant)],
  );
  return rows.map(({ place }) => looks[place - 1] as DateLook);
}

/** One page of one look; exported so that its plan can be looked at. */
export function dateLookSql(
  parameters: Parameters,
  asked: {
    readonly job: TargetedJob;
    readonly rule: DateRule;
    readonly look: DateLook;
    readonly baseDay: string;
    readonly afterId: number;
    readonly pageSize: number;
  },
): string {
  const { job, rule, look } = asked;
  const { trigger } = rule;
  const account = parameters.add(job.accountId);
  const day = parameters.add(look.day);
  const onDay =
    trigger.repeat === 'yearly'
      ? // A date that lies ahead has no anniversaries yet; a day more for zones.
        `d.anniversary = ${day} AND (d.on_day IS NULL OR d.on_day <= ${parameters.add(asked.baseDay)}::date + 1)`
      : `d.on_day = ${day}::date`;
  return `WITH page AS MATERIALIZED (
            SELECT d.recipient_id, d.value, d.anniversary, d.on_day, d.at
            FROM recipient_dates d
            WHERE d.account_id = ${account} AND d.name = ${parameters.add(trigger.date)}
              AND d.is_instant = ${look.isInstant} AND ${onDay} AND d.recipient_id > ${parameters.add(asked.afterId)}::bigint
            ORDER BY d.recipient_id LIMIT ${parameters.add(asked.pageSize)}
          )
          SELECT p.recipient_id, p.value, p.anniversary, p.on_day, extract(epoch FROM p.at)::float8 * 1000 AS at_ms,
                 r.id IS NOT NULL AS meant, r.zone
          FROM page p LEFT JOIN recipients r ON r.account_id = ${account} AND r.id = p.recipient_id
            AND ${isOfTarget(parameters, job.target)}
          ORDER BY p.recipient_id`;
}

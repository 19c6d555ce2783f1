/** What a job that follows a date would come to: who has the date, and how many are due on each of the next days. */
import type { Content } from '@carillon/contracts';
import { readDatePeople } from './datePeople.ts';
import { type DateMoment, dateMomentIn, dateRuleOf, occurrencesWithin } from './dateRule.ts';
import { Parameters } from './parameters.ts';
import { isOfTarget, type PeopleCondition } from './people.ts';
import { readPlanContext, type TargetedJob } from './plannable.ts';
import type { Queryable } from './pool.ts';
import { previewTarget, readFreeSamples, SAMPLES, type TargetPreview } from './preview.ts';

const DAY_MS = 86_400_000;
const DAYS_AHEAD = 7;
/** Dates read at once; only their numbers are kept. */
const PAGE_SIZE = 20_000;
/** Of so many who are due first, those are shown whom no gate keeps a message from. */
const SAMPLED = 50;

/** How many are due on a day, as far as gates are not asked. */
export interface DateOutlook {
  readonly withDate: number;
  readonly withoutDate: number;
  readonly upcoming: readonly {
    readonly offsetDays: number;
    readonly day: string;
    readonly people: number;
    readonly earliestMs: number;
    readonly latestMs: number;
  }[];
}

/** The people who have the date, and when they are due. */
export interface DatePreview {
  readonly found: TargetPreview;
  readonly dates: DateOutlook;
}

/** Counts the people of a job that follows a date, and those of the next seven days. Reads only. */
export async function previewDates(
  client: Queryable,
  wanted: { readonly job: TargetedJob; readonly content: Content | null; readonly nowMs: number },
): Promise<DatePreview> {
  const { job, content, nowMs } = wanted;
  const context = await readPlanContext(client, job.accountId, content);
  const rule = dateRuleOf(job, context);
  const hasDate: PeopleCondition = (parameters) =>
    `EXISTS (SELECT 1 FROM recipient_dates e WHERE e.account_id = r.account_id AND e.recipient_id = r.id
             AND e.name = ${parameters.add(rule.trigger.date)})`;
  // Whose moments are a matter of their dates: the gates are counted as if all were told now.
  const anyTime: TargetedJob = { ...job, trigger: { type: 'now' } };
  const found = await previewTarget(client, { job: anyTime, content, only: hasDate });
  const upcoming: DateOutlook['upcoming'][number][] = [];
  const first: { readonly recipientId: number; readonly dueAtMs: number }[] = [];
  const untilMs = nowMs + DAYS_AHEAD * DAY_MS;
  for (const occurrence of occurrencesWithin(rule, nowMs, untilMs)) {
    const moments = new Map<string, DateMoment>();
    let [people, earliestMs, latestMs] = [0, Number.POSITIVE_INFINITY, 0];
    for await (const page of readDatePeople(client, { job, rule, occurrence, pageSize: PAGE_SIZE })) {
      for (const { zone, recipientId } of page) {
        const moment = moments.get(zone) ?? dateMomentIn(rule, occurrence.day, zone);
        moments.set(zone, moment);
        if (moment.inGap || moment.dueAtMs < nowMs || moment.dueAtMs >= untilMs) continue;
        people += 1;
        earliestMs = Math.min(earliestMs, moment.dueAtMs);
        latestMs = Math.max(latestMs, moment.dueAtMs);
        if (first.length < SAMPLED) first.push({ recipientId, dueAtMs: moment.dueAtMs });
      }
    }
    if (people === 0) continue;
    upcoming.push({ offsetDays: occurrence.offsetDays, day: occurrence.day, people, earliestMs, latestMs });
  }
  first.sort((one, other) => one.dueAtMs - other.dueAtMs);
  const samples = await readFreeSamples(client, job, content, first);
  return {
    found: {
      ...found,
      earliestMs: upcoming.length === 0 ? null : Math.min(...upcoming.map((one) => one.earliestMs)),
      latestMs: upcoming.length === 0 ? null : Math.max(...upcoming.map((one) => one.latestMs)),
      samples: samples.slice(0, SAMPLES),
    },
    dates: { withDate: found.people, withoutDate: await countWithout(client, job, hasDate), upcoming },
  };
}

async function countWithout(client: Queryable, job: TargetedJob, hasDate: PeopleCondition): Promise<number> {
  const parameters = new Parameters();
  const { rows } = await client.query<{ people: number }>(
    `SELECT count(*) AS people FROM recipients r
     WHERE r.account_id = ${parameters.add(job.accountId)} AND ${isOfTarget(parameters, job.target)} AND NOT ${hasDate(parameters)}`,
    parameters.values,
  );
  return rows[0]?.people ?? 0;
}

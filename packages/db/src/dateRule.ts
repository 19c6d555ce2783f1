/** The rule of a job that follows a date of its recipients: on which days whose date comes, and when each is told then. */
import type { StoredTrigger } from '@carillon/contracts';
import {
  addDays,
  afterQuietHours,
  anniversariesAround,
  anniversariesOn,
  anniversaryOf,
  catchEnd,
  catchReachMs,
  civilDayOf,
  civilDaysTouching,
  dayMoment,
  daysBetween,
  latenessEnd,
  type QuietHours,
  yearOf,
} from '@carillon/core';
import type { ZoneMoment } from './placing.ts';
import type { PlanContext, TargetedJob } from './plannable.ts';

/** A trigger of dates. */
export type DateTrigger = Extract<StoredTrigger, { type: 'date' }>;

const DAY_MS = 86_400_000;

/** What passes and previews go by. */
export interface DateRule {
  readonly trigger: DateTrigger;
  /** Null where the job ignores them, or its account has none. */
  readonly quietHours: QuietHours | null;
}

/** @throws Error when the job follows no date */
export function dateRuleOf(job: TargetedJob, context: PlanContext): DateRule {
  const { trigger } = job;
  if (trigger.type !== 'date') throw new Error(`a job with the trigger ${trigger.type} follows no date`);
  return { trigger, quietHours: job.policy.quietHours === 'ignore' ? null : context.quietHours };
}

/** A day on which people are told, and how far it lies from their date. */
export interface DateOccurrence {
  readonly offsetDays: number;
  /** The day on which they are told, `YYYY-MM-DD`. */
  readonly day: string;
  /** The day on which the date itself comes. */
  readonly baseDay: string;
}

/** Names an occurrence within its job. */
export function occurrenceKeyOf({ offsetDays, day }: DateOccurrence): string {
  return `date:${offsetDays}:${day}`;
}

/** The occurrences of which some moment may lie within a stretch of time, the earliest day first. */
export function occurrencesWithin({ trigger, quietHours }: DateRule, fromMs: number, toMs: number): DateOccurrence[] {
  // Quiet hours move a moment by less than a day.
  const days = civilDaysTouching(fromMs - (quietHours === null ? 0 : DAY_MS), toMs, trigger, trigger.zone);
  return days.flatMap((day) =>
    trigger.offsets.map((offsetDays) => ({ offsetDays, day, baseDay: addDays(day, -offsetDays) })),
  );
}

/** How long after its moment somebody whose date was added late may still be told, at most; in milliseconds. */
export function catchUpMs({ trigger, quietHours }: DateRule): number {
  return catchReachMs(trigger.lateness) + (quietHours === null ? 0 : DAY_MS);
}

/** A moment, with the end of catching up with those who come late. */
export interface DateMoment extends ZoneMoment {
  readonly catchUntilMs: number;
}

/** When people in a zone are told on a day. */
export function dateMomentIn({ trigger, quietHours }: DateRule, day: string, zone: string): DateMoment {
  const clockZone = trigger.zone ?? zone;
  const { epochMs, inGap } = dayMoment(day, clockZone, trigger);
  const dueAtMs = quietHours === null || inGap ? epochMs : afterQuietHours(epochMs, zone, quietHours);
  return {
    zone,
    dueAtMs,
    inGap,
    untilMs: latenessEnd(trigger.lateness, dueAtMs, day, clockZone),
    catchUntilMs: catchEnd(trigger.lateness, dueAtMs, day, clockZone),
  };
}

/** One exact look into the dates of recipients, which stand in an index by anniversary and, within one, by their day. */
export interface DateLook {
  readonly isInstant: boolean;
  /** `--MM-DD`. */
  readonly anniversary: string;
  /** The day itself, or all that have come by then, or those without a year. */
  readonly days: { readonly on: string } | { readonly upTo: string } | 'yearless';
}

/** The looks that find everybody whose date comes on a day. Of instants also the neighbours, as their day depends on a zone. */
export function looksFor({ repeat, feb29 }: DateTrigger, baseDay: string): DateLook[] {
  if (repeat === 'once') {
    const around = [-1, 0, 1].map((days) => addDays(baseDay, days));
    return [{ isInstant: false, day: baseDay }, ...around.map((day) => ({ isInstant: true, day }))].map(
      ({ isInstant, day }) => ({ isInstant, anniversary: anniversaryOf(day), days: { on: day } }),
    );
  }
  const own = anniversariesOn(baseDay, feb29);
  // A date that lies ahead has no anniversaries yet; a day more for zones.
  const days = { upTo: addDays(baseDay, 1) };
  return [
    ...own.map((anniversary) => ({ isInstant: false, anniversary, days })),
    ...own.map((anniversary) => ({ isInstant: false, anniversary, days: 'yearless' as const })),
    ...anniversariesAround(own).map((anniversary) => ({ isInstant: true, anniversary, days })),
  ];
}

/** A date as it is stored. */
export interface StoredDate {
  readonly value: string;
  readonly anniversary: string;
  /** Null of a day. */
  readonly atMs: number | null;
  /** The day in UTC; null without a year. */
  readonly onDay: string | null;
}

/** What a date coming up is remembered by, so that nobody is told of it twice. */
export interface Occasion {
  /** The year of the anniversary, or for what happens once the value. */
  readonly period: string;
  /** What a claim compares with the date of then. */
  readonly value: string;
}

/**
 * The occasion of a date that one of {@link looksFor} found, for somebody in a zone; undefined when it comes on another day there,
 * or not yet in that year. An instant belongs to the year of its day in UTC, so that a change of zone at the turn of a year
 * makes no second occasion.
 */
export function occasionOf(
  trigger: DateTrigger,
  baseDay: string,
  date: StoredDate,
  zone: string,
): Occasion | undefined {
  const local = date.atMs === null ? date.onDay : civilDayOf(date.atMs, trigger.zone ?? zone);
  if (trigger.repeat === 'once') {
    return local === baseDay ? { period: date.value, value: date.value } : undefined;
  }
  if (local !== null && local > baseDay) return undefined;
  if (date.atMs === null || local === null || date.onDay === null) {
    return { period: String(yearOf(baseDay)), value: date.anniversary };
  }
  if (!anniversariesOn(baseDay, trigger.feb29).includes(anniversaryOf(local))) return undefined;
  return { period: String(yearOf(addDays(baseDay, daysBetween(local, date.onDay)))), value: date.value };
}

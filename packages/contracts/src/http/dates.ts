/**
 * HTTP shapes of the dates of recipients, such as a birthday. Bodies and the lines of an import obey the same rules, which stand
 * here once.
 */
import {
  type ErrorCode,
  isDateName,
  parseRecipientDate,
  type RecipientDate,
  type RecipientDateRefusal,
} from '@carillon/core';
import { z } from 'zod';

/** How many dates one recipient may have. */
export const RECIPIENT_DATES_MAX = 20;
const DATE_NAME_MAX = 64;
/** Longer than any spelling of a date. */
const DATE_VALUE_MAX = 64;

/** A date of a recipient's with its name. */
export interface NamedDate {
  readonly name: string;
  /** In the one spelling that it is read into. */
  readonly value: string;
}

const FORMS =
  'a day such as 1990-03-10, a day without a year such as --03-10, or an instant such as 2027-03-08T14:30:00Z';

const PROBLEMS: Readonly<Record<RecipientDateRefusal, string>> = {
  format: `must be ${FORMS}`,
  date: 'names a day or a time that does not exist',
  no_leap_year: 'is a 29 February of a year that has none; write --02-29 where the year is not known',
  too_early: 'is too early: days begin with 1900-01-01, instants with 2000-01-01',
  too_late: 'is too late: days end with 2039-12-31, instants with 2039-09-07',
};

/** What is wrong with the name of a date, as the end of a sentence, or undefined when it is right. */
export function dateNameProblem(name: string): string | undefined {
  if (isDateName(name)) return undefined;
  return `must begin with a small letter and hold at most ${DATE_NAME_MAX} small letters, digits and _`;
}

/** A date read, or what is wrong with it, as the end of a sentence. */
export function readDate(value: unknown): { readonly ok: true; readonly date: RecipientDate } | DateFault {
  if (typeof value !== 'string') return { ok: false, code: 'invalid_date', problem: `must be a string: ${FORMS}` };
  const read = parseRecipientDate(value);
  return read.ok ? read : { ok: false, code: 'invalid_date', problem: PROBLEMS[read.reason] };
}

/** What is wrong with dates, as the end of a sentence. */
export interface DateFault {
  readonly ok: false;
  readonly code: Extract<ErrorCode, 'invalid_date' | 'validation_failed'>;
  readonly problem: string;
}

/** Dates read, or the first fault; `name` is the date at fault, and absent when it is all of them. */
export type DatesResult =
  | { readonly ok: true; readonly dates: readonly NamedDate[] }
  | (DateFault & { readonly name?: string });

/** Reads an object of dates by their names. */
export function readDates(value: unknown): DatesResult {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { ok: false, code: 'validation_failed', problem: 'must be an object of dates by their names' };
  }
  const entries = Object.entries(value);
  if (entries.length > RECIPIENT_DATES_MAX) {
    return { ok: false, code: 'validation_failed', problem: `must not have more than ${RECIPIENT_DATES_MAX} dates` };
  }
  const dates: NamedDate[] = [];
  for (const [key, text] of entries) {
    // A name may be as long as the body allows; the answer names its beginning.
    const name = key.slice(0, DATE_NAME_MAX);
    const problem = dateNameProblem(key);
    if (problem !== undefined) return { ok: false, name, code: 'validation_failed', problem };
    const read = readDate(text);
    if (!read.ok) return { ...read, name };
    dates.push({ name, value: read.date.value });
  }
  return { ok: true, dates };
}

// Not z.record, for the reason at the schema of attributes.
export const datesSchema = z.unknown().transform((value, context): readonly NamedDate[] => {
  const read = readDates(value);
  if (read.ok) return read.dates;
  context.addIssue({
    code: 'custom',
    message: `It ${read.problem}.`,
    path: read.name === undefined ? [] : [read.name],
    params: { code: read.code },
  });
  return z.NEVER;
});

const VALUE_DESCRIPTION =
  'A day (`1990-03-10`), a day without a year (`--03-10`), or an instant with `Z` or an offset, answered in UTC';

export const datesDescription = {
  type: 'object',
  maxProperties: RECIPIENT_DATES_MAX,
  propertyNames: { pattern: '^[a-z][a-z0-9_]{0,63}$' },
  additionalProperties: { type: 'string', maxLength: DATE_VALUE_MAX, description: VALUE_DESCRIPTION },
  description:
    'Dates of the person by names of your own, which messages may follow: days, days without a year, and instants',
  example: { birthday: '1990-03-10', subscription_expires_at: '2027-03-08T14:30:00Z' },
} as const;

/** The name of a date. */
export const dateNameSchema = z.string().superRefine((name, context) => {
  const problem = dateNameProblem(name);
  if (problem !== undefined) context.addIssue({ code: 'custom', message: `It ${problem}.` });
});

/** PUT /v1/recipients/:externalId/dates/:name. */
export const dateBodySchema = z.strictObject({
  value: z
    .unknown()
    .transform((value, context): string => {
      const read = readDate(value);
      if (read.ok) return read.date.value;
      context.addIssue({ code: 'custom', message: `It ${read.problem}.`, params: { code: read.code } });
      return z.NEVER;
    })
    .meta({ type: 'string', maxLength: DATE_VALUE_MAX, description: VALUE_DESCRIPTION, example: '1990-03-10' }),
});

/**
 * The triggers `cron` and `every`, as HTTP says them. What their rules do stands in docs/schedules.md, which is made from the code.
 */
import {
  CRON_LENGTH_MAX,
  nextOccurrences,
  parseCron,
  parseDuration,
  parseInstant,
  parseInterval,
} from '@carillon/core';
import { z } from 'zod';
import { instantForm, type Refuse, refuser } from './refuse.ts';
import { gapRule, repeatedRule, zoneSchema } from './wallTimeRules.ts';

const JITTER_MAX_MS = 86_400_000;
const MISSED_LIMIT_MAX = 1_000;
const OCCURRENCES_MAX = 1_000_000_000;

/** Why an interval is refused, with the remedy. */
const INTERVAL_PROBLEMS = {
  format: 'This is no interval; give whole seconds, or an ISO 8601 duration such as PT15M, P1D or P1M.',
  too_short: 'An interval is at least one second.',
  too_long: 'An interval is at most ten years.',
} as const;

/** A point in time, in epoch milliseconds. */
const instant = z
  .string()
  .max(64)
  .transform((text, context) => {
    const result = parseInstant(text);
    if (result.ok) return result.epochMs;
    refuser(context)(
      'invalid_instant',
      'This is no instant from 2000 to 2039; write it like 2026-11-21T09:00:00Z.',
      [],
    );
    return z.NEVER;
  });

const jitter = z
  .union([z.string().max(64), z.number()], 'Give seconds, or a duration such as PT5M.')
  .transform((value, context) => {
    const result = parseDuration(value);
    if (result.ok && result.ms <= JITTER_MAX_MS) return result.ms;
    refuser(context)('invalid_duration', 'Give seconds, or a duration such as PT5M, up to a day.', []);
    return z.NEVER;
  });

const commonParts = {
  zone: zoneSchema
    .optional()
    .meta({ description: "By whose clocks; default the account's zone", example: 'Europe/Berlin' }),
  startsAt: instant.optional().meta({ description: 'No run before this; included', example: '2026-11-21T09:00:00Z' }),
  endsAt: instant.optional().meta({ description: 'No run after this; included', example: '2027-11-21T09:00:00Z' }),
  maxOccurrences: z
    .int()
    .min(1)
    .max(OCCURRENCES_MAX)
    .optional()
    .meta({ description: 'The most runs that it makes; moments that are left out do not count', example: 12 }),
  missed: z.enum(['skip', 'once', 'all']).default('once').meta({
    description:
      'What becomes of moments that went by while nothing ran or the job was paused: nothing, one run for them all, or a run each',
    example: 'once',
  }),
  missedLimit: z.int().min(1).max(MISSED_LIMIT_MAX).default(100).meta({
    description: 'The most runs that `all` makes up for, or that wait by `queue`; the latest ones',
    example: 100,
  }),
  overlap: z
    .enum(['allow', 'skip', 'queue'])
    .default('allow')
    .meta({
      description:
        'What becomes of a moment that comes while an earlier run of the job is not over: its run begins all the same, is left ' +
        'out, or waits',
      example: 'allow',
    }),
  jitter: jitter.default(0).meta({
    description:
      'By up to how much a run is later than its moment, at random, but always before the next moment: seconds, or an ISO 8601 duration',
    example: 'PT5M',
  }),
};

function refuseBounds(
  { startsAt, endsAt }: { startsAt?: number | undefined; endsAt?: number | undefined },
  refuse: Refuse,
) {
  if (startsAt !== undefined && endsAt !== undefined && endsAt < startsAt) {
    refuse('validation_failed', 'It must not be before startsAt.', ['endsAt']);
  }
}

export const cronTriggerBodySchema = z
  .strictObject({
    type: z.literal('cron').meta({ description: 'Again and again, by a cron expression', example: 'cron' }),
    expression: z
      .string()
      .max(CRON_LENGTH_MAX)
      .superRefine((text, context) => {
        const read = parseCron(text);
        if (!read.ok) {
          refuser(context)('invalid_cron', read.problem, []);
          return;
        }
        const schedule = { type: 'cron', expression: text, zone: 'UTC', gap: 'later', repeated: 'first' } as const;
        if (nextOccurrences(schedule, 0, 1).length === 0)
          refuser(context)(
            'invalid_cron',
            'This never comes true: no month has such a day. Correct the day or the month.',
            [],
          );
      })
      .meta({
        description:
          'Minute, hour, day of month, month, day of week; or six fields with a second before them. Names, lists, ranges, steps, ' +
          '`L`, `L-2`, `5L` and `5#2` are understood',
        example: '0 9 * * MON-FRI',
      }),
    gap: gapRule.optional().meta({
      description:
        'What becomes of a wall time that clocks skip; default `later`, or `skip` where the hour of the expression begins with `*`',
      example: 'later',
    }),
    repeated: z.enum(['first', 'second', 'both']).optional().meta({
      description:
        'In which pass of a wall time that clocks repeat; default `first`, or `both` where the hour of the expression begins with `*`',
      example: 'first',
    }),
    ...commonParts,
  })
  .superRefine((trigger, context) => refuseBounds(trigger, refuser(context)))
  .meta({
    description: 'Again and again, by a cron expression',
    example: { type: 'cron', expression: '0 9 * * MON-FRI', zone: 'Europe/Berlin' },
  });

export const everyTriggerBodySchema = z
  .strictObject({
    type: z.literal('every').meta({ description: 'Again and again, at an interval', example: 'every' }),
    interval: z
      .union([z.string().max(64), z.number()], INTERVAL_PROBLEMS.format)
      .superRefine((value, context) => {
        const read = parseInterval(value);
        if (!read.ok) refuser(context)('invalid_duration', INTERVAL_PROBLEMS[read.reason], []);
      })
      .meta({
        description:
          'Whole seconds, or an ISO 8601 duration, whose years, months, weeks and days are those of the calendar in `zone`. ' +
          'Counted from `startsAt`, which is itself a moment; without it from when the job is created',
        example: 'PT15M',
      }),
    gap: gapRule.default('later'),
    repeated: repeatedRule.default('first'),
    ...commonParts,
  })
  .superRefine((trigger, context) => refuseBounds(trigger, refuser(context)))
  .meta({ description: 'Again and again, at an interval', example: { type: 'every', interval: 'PT15M' } });

/** Either of them, as it came in. */
export type ScheduleTriggerBody = z.output<typeof cronTriggerBodySchema> | z.output<typeof everyTriggerBodySchema>;

/** What the answer's trigger has of a schedule. */
export const scheduleTriggerParts = {
  expression: z.string().optional().meta({ description: 'The cron expression', example: '0 9 * * MON-FRI' }),
  interval: z
    .union([z.string(), z.number()])
    .optional()
    .meta({ description: 'The interval: seconds, or an ISO 8601 duration', example: 'PT15M' }),
  anchor: z
    .string()
    .optional()
    .meta({
      ...instantForm,
      description: 'What intervals are counted from',
      example: '2026-11-21T09:00:00.000Z',
    }),
  startsAt: z
    .string()
    .optional()
    .meta({ ...instantForm, description: 'No run before this', example: '2026-11-21T09:00:00.000Z' }),
  endsAt: z
    .string()
    .optional()
    .meta({ ...instantForm, description: 'No run after this', example: '2027-11-21T09:00:00.000Z' }),
  maxOccurrences: z.int().optional().meta({ description: 'The most runs that it makes', example: 12 }),
  missed: z
    .enum(['skip', 'once', 'all'])
    .optional()
    .meta({ description: 'What becomes of moments that went by', example: 'once' }),
  missedLimit: z.int().optional().meta({ description: 'The most runs that are made up for, or wait', example: 100 }),
  overlap: z
    .enum(['allow', 'skip', 'queue'])
    .optional()
    .meta({ description: 'What becomes of a moment while an earlier run is not over', example: 'allow' }),
  jitter: z
    .number()
    .optional()
    .meta({ description: 'By up to how many seconds a run is later than its moment', example: 300 }),
};

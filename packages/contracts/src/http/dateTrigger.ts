/** The trigger `date`, as HTTP says it: days around a date of each recipient, at a time of day. */
import { DAY_OFFSET_MAX, isDateName, isZone, parseDayOffset, parseDuration } from '@carillon/core';
import { z } from 'zod';
import { type Refuse, refuser } from './refuse.ts';
import { gapRule, repeatedRule, zoneSchema } from './wallTimeRules.ts';

const OFFSETS_MAX = 10;
const WITHIN_MAX_MS = 30 * 86_400_000;
const TIME_FORM = /^([01]\d|2[0-3]):[0-5]\d$/;

const timeOfDay = z.string().superRefine((text, context) => {
  if (!TIME_FORM.test(text)) {
    refuser(context)('invalid_wall_time', 'This is no time of day; write it like 09:00, from 00:00 to 23:59.', []);
  }
});

/** Why an offset is refused, with the remedy. */
const OFFSET_PROBLEMS = {
  format: 'This is no offset; write it in days or weeks, like P0D, -P3D or P1W.',
  calendar_unit: 'Months and years have no fixed length; give days or weeks, like -P30D.',
  time: 'An offset is whole days; the time of day is said by `at`.',
  too_far: `An offset is at most ${DAY_OFFSET_MAX} days.`,
} as const;

const offset = z
  .string()
  .max(32)
  .superRefine((text, context) => {
    const read = parseDayOffset(text);
    if (!read.ok) refuser(context)('invalid_duration', OFFSET_PROBLEMS[read.reason], []);
  })
  .meta({
    description: 'Days from the date to the message, as an ISO 8601 duration; negative is before',
    example: '-P3D',
  });

const within = z.union([z.string().max(64), z.number()], 'Give seconds, or a duration such as PT2H.').meta({
  description: 'So long after the moment at most: seconds, or an ISO 8601 duration up to 30 days',
  example: 'PT2H',
});

const lateness = z
  .union(
    [
      z.enum(['send', 'skip']),
      z.strictObject({ within }),
      z.strictObject({
        until: timeOfDay.meta({ description: 'Time of the same day, in the same zone', example: '20:00' }),
      }),
    ],
    'Give send, skip, { within } or { until }.',
  )
  .meta({
    description:
      'What becomes of a message whose moment is over: `send` it all the same, `skip` it when it is more than 5 minutes late, ' +
      'or send it `within` a time or `until` a time of day',
    example: { until: '20:00' },
  });

export const dateTriggerBodySchema = z
  .strictObject({
    type: z.literal('date').meta({ description: 'Days around a date of each recipient', example: 'date' }),
    date: z
      .string()
      .max(64)
      .refine(isDateName, 'A name of a date has a small letter, then small letters, digits and underscores.')
      .meta({ description: "Name of the recipients' date", example: 'birthday' }),
    offsets: z
      .array(offset)
      .min(1)
      .max(OFFSETS_MAX)
      .default(['P0D'])
      .meta({ description: 'When, in days from the date; at most ten', example: ['-P3D', '-P1D'] }),
    at: timeOfDay.meta({ description: 'Time of day, HH:MM', example: '09:00' }),
    zone: z
      .union([z.literal('recipient'), zoneSchema])
      .default('recipient')
      .meta({ description: 'Whose time of day: `recipient` is the own of each, else a zone', example: 'recipient' }),
    repeat: z
      .enum(['yearly', 'once'])
      .meta({ description: 'On the day of every year, or once for each value of the date', example: 'yearly' }),
    feb29: z.enum(['feb28', 'mar1']).default('feb28').meta({
      description: 'When 29 February is told of in years without one',
      example: 'feb28',
    }),
    gap: gapRule.default('later'),
    repeated: repeatedRule.default('first'),
    missingZone: zoneSchema
      .optional()
      .meta({ description: "Zone of recipients without one; default the account's", example: 'Europe/Berlin' }),
    lateness: lateness.default('send'),
  })
  .superRefine((trigger, context) => {
    const refuse = refuser(context);
    refuseDoubleOffsets(trigger.offsets, refuse);
    if (trigger.zone !== 'recipient' && !isZone(trigger.zone)) return;
    if (typeof trigger.lateness === 'string') return;
    if ('until' in trigger.lateness) {
      if (TIME_FORM.test(trigger.at) && trigger.lateness.until <= trigger.at) {
        refuse('validation_failed', 'It must be later in the day than `at`.', ['lateness', 'until']);
      }
      return;
    }
    const read = parseDuration(trigger.lateness.within);
    if (!read.ok) {
      const isCalendar = read.reason === 'calendar_unit';
      const message = isCalendar
        ? 'Months and years have no fixed length; give days.'
        : 'Give seconds, or a duration such as PT2H.';
      refuse('invalid_duration', message, ['lateness', 'within']);
    } else if (read.ms < 1_000 || read.ms > WITHIN_MAX_MS) {
      refuse('validation_failed', 'It must be from 1 second to 30 days.', ['lateness', 'within']);
    }
  })
  .meta({
    description: 'Days around a date of each recipient, such as a birthday, for as long as the job is active',
    example: { type: 'date', date: 'birthday', at: '09:00', repeat: 'yearly' },
  });
export type DateTriggerBody = z.output<typeof dateTriggerBodySchema>;

function refuseDoubleOffsets(offsets: readonly string[], refuse: Refuse): void {
  const seen = new Set<number>();
  for (const [index, text] of offsets.entries()) {
    const read = parseDayOffset(text);
    if (!read.ok) continue;
    if (seen.has(read.days))
      refuse('validation_failed', 'This is the same offset as one before it.', ['offsets', index]);
    seen.add(read.days);
  }
}

/** What the answer's trigger has of a date. */
export const dateTriggerParts = {
  date: z.string().optional().meta({ description: "Name of the recipients' date", example: 'birthday' }),
  offsets: z
    .array(z.string())
    .optional()
    .meta({ description: 'When, in days from the date', example: ['-P3D', '-P1D'] }),
  repeat: z
    .enum(['yearly', 'once'])
    .optional()
    .meta({ description: 'Every year, or once for each value', example: 'yearly' }),
  feb29: z
    .enum(['feb28', 'mar1'])
    .optional()
    .meta({ description: 'When 29 February is told of in years without one', example: 'feb28' }),
  lateness: z
    .union([
      z.enum(['send', 'skip']),
      z.object({ within: z.number().meta({ description: 'Seconds after the moment at most', example: 7200 }) }),
      z.object({ until: z.string().meta({ description: 'Time of the same day', example: '20:00' }) }),
    ])
    .optional()
    .meta({ description: 'What becomes of a message whose moment is over', example: { until: '20:00' } }),
};

/** HTTP shape of a preview: what a job would come to. */
import { z } from 'zod';
import { previewChecksSchema } from './addresses.ts';
import { contentSchema } from './content.ts';
import { instantForm } from './refuse.ts';

const count = (description: string, example: number) => z.int().nonnegative().meta({ description, example });
const instant = z.string().meta({ ...instantForm, example: '2026-11-21T09:00:00.000Z' });

/** Things to know before it is sent; none of them keeps it from being created but `similar_job`. */
export const PREVIEW_WARNINGS = ['daily_limit', 'similar_job', 'nobody', 'missing_variables', 'check_budget'] as const;

/** Answer to `POST /v1/jobs/preview`. */
export const jobPreviewSchema = z.object({
  people: count('Whom the audience holds; the sum of all that follow', 1200),
  deliveries: count('Messages that would be sent; of dates who would be told when their day comes', 1150),
  duplicates: z
    .object({ sameAddress: count('Left out because another of them has the same address', 12) })
    .meta({ description: 'Left out, by reason' }),
  unreachable: count('Without an address for the channel', 20),
  suppressed: count('Who must not be written to', 8),
  incomplete: count('Who lack a variable that has no default', 10),
  missing: z
    .array(
      z.object({
        name: z.string().meta({ description: 'The variable', example: 'city' }),
        people: count('How many lack it', 10),
      }),
    )
    .meta({ description: 'Variables that most of them lack, at most ten' }),
  inGap: count('In zones that skip the wall time, where the trigger leaves it out', 0),
  zones: count('Different time zones among those who would be told', 3),
  earliestAt: instant.nullable().meta({
    description: 'When the first is due, of dates in the next seven days; null when nobody would be told',
  }),
  latestAt: instant.nullable().meta({ description: 'When the last is due' }),
  estimatedEndAt: instant.nullable().meta({
    description: "When all would be sent, by the provider account's limit and what it has to send already",
  }),
  backlog: count('Messages that the provider account has to send before', 0),
  addressChecks: previewChecksSchema,
  dates: z
    .object({
      withDate: count('People of the audience who have the date; what is counted beside this is of them', 900),
      withoutDate: count('People of the audience who have no such date, and are never told', 300),
      upcoming: z
        .array(
          z.object({
            offset: z.string().meta({ description: 'Days from the date', example: '-P3D' }),
            day: z.string().meta({ description: 'The day on which they are told', example: '2027-03-07' }),
            people: count('Whose moment is then', 4),
            earliestAt: instant.meta({ description: 'When the first of them is due' }),
            latestAt: instant.meta({ description: 'When the last of them is due' }),
          }),
        )
        .meta({ description: 'The next seven days, of each offset and day on which somebody is due' }),
    })
    .nullable()
    .meta({ description: 'Of a job that follows a date; null of others' }),
  moments: z
    .array(
      z.object({
        at: instant.meta({ description: 'The moment, in UTC', example: '2026-11-21T08:00:00.000Z' }),
        wallTime: z.string().meta({ description: 'The same on a clock of the zone', example: '2026-11-21T09:00:00' }),
        zone: z.string().meta({ description: 'The zone', example: 'Europe/Berlin' }),
      }),
    )
    .meta({
      description:
        'When it would run next, at most ten times, without jitter; empty where each recipient has a moment of their own',
    }),
  samples: z
    .array(
      z.object({
        recipient: z.string().nullable().meta({ description: "The recipient's externalId", example: 'E-0042' }),
        name: z.string().nullable().meta({ description: 'Name of the person', example: 'Dilara Peters' }),
        address: z.string().meta({ description: 'The address, most of it hidden', example: '+4915*****34' }),
        dueAt: instant.meta({ description: 'When it is due' }),
        content: contentSchema,
      }),
    )
    .meta({ description: 'At most three messages as they would be sent' }),
  warnings: z
    .array(
      z.object({
        code: z.enum(PREVIEW_WARNINGS).meta({ description: 'Stable', example: 'daily_limit' }),
        detail: z.string().meta({
          description: 'For people',
          example: 'The provider lets 1,000 people be reached a day; this would be 1,150.',
        }),
      }),
    )
    .meta({ description: 'What to know before it is sent' }),
});
export type JobPreviewAnswer = z.infer<typeof jobPreviewSchema>;

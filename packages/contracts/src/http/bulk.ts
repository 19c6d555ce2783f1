/** HTTP shapes of `POST /v1/jobs/bulk`: which jobs, what is to be done to them, and what became of it. */
import { type ErrorCode, JOB_STATES, parseInstant } from '@carillon/core';
import { z } from 'zod';
import { JOB_CHANNEL_NAMES } from '../channel.ts';
import { JOB_KINDS } from '../jobs.ts';
import { policyBodySchema } from './policy.ts';
import { externalIdSchema, nameSchema } from './recipients.ts';
import { refuser } from './refuse.ts';
import { tagSchema, tagsSchema } from './tags.ts';
import { triggerBodySchema } from './trigger.ts';

/** Jobs of one request; more are the next one's. */
export const BULK_JOBS_MAX = 500;
/** Jobs are counted up to here. */
export const BULK_COUNT_MAX = 100_000;

/** A point in time, in epoch milliseconds. */
const instant = z
  .string()
  .max(64)
  .transform((text, context) => {
    const result = parseInstant(text);
    if (result.ok) return result.epochMs;
    const message = 'This is no instant from 2000 to 2039; write it like 2026-11-21T09:00:00Z.';
    refuser(context)('invalid_instant', message, []);
    return z.NEVER;
  });
const after = (description: string) => instant.optional().meta({ description, example: '2026-11-21T09:00:00Z' });

const filterSchema = z
  .strictObject({
    status: z.enum(JOB_STATES).optional().meta({ description: 'Only jobs in this state', example: 'active' }),
    kind: z.enum(JOB_KINDS).optional().meta({ description: 'Only jobs of this kind', example: 'message' }),
    channel: z.enum(JOB_CHANNEL_NAMES).optional().meta({ description: 'Only of this channel', example: 'email' }),
    userId: externalIdSchema.optional().meta({ description: 'Only jobs of this user of yours', example: 'u-1204' }),
    tag: tagSchema.optional().meta({ description: 'Only those with this tag', example: 'billing' }),
    name: nameSchema.optional().meta({ description: 'Only those whose name begins so; case matters', example: 'Cant' }),
    createdAfter: after('Only those created then or later'),
    createdBefore: after('Only those created before'),
    nextRunAfter: after('Only those whose next run is then or later'),
    nextRunBefore: after('Only those whose next run is before'),
  })
  .refine(
    (filter) => Object.values(filter).some((part) => part !== undefined),
    'Name at least one property of the jobs.',
  )
  .meta({ description: 'Which jobs; all parts together', example: { tag: 'billing', status: 'active' } });

/** Body of `POST /v1/jobs/bulk`. */
export const bulkBodySchema = z
  .strictObject({
    action: z
      .enum(['pause', 'resume', 'cancel', 'change'])
      .meta({ description: 'What is to be done to each', example: 'pause' }),
    filter: filterSchema,
    change: z
      .strictObject({
        trigger: triggerBodySchema.optional(),
        policy: policyBodySchema
          .optional()
          .meta({ description: 'Replaces the whole policy; what is left out takes its default' }),
        tags: tagsSchema.optional(),
      })
      .refine((change) => Object.values(change).some((part) => part !== undefined), 'Nothing is to be changed.')
      .optional()
      .meta({ description: 'With the action `change`: what is to be another' }),
    dryRun: z.boolean().default(false).meta({ description: 'Only count them; nothing is done', example: true }),
    cursor: z
      .string()
      .max(500)
      .optional()
      .meta({ description: '`nextCursor` of the answer before, to go on', example: 'WyJidWxrLyIsNDJd' }),
  })
  .superRefine(({ action, change }, context) => {
    const refuse = refuser(context);
    if (action === 'change' && change === undefined) {
      refuse('validation_failed', 'Say what is to be changed: trigger, policy or tags.', ['change']);
    }
    if (action !== 'change' && change !== undefined) {
      refuse('validation_failed', `The action ${action} changes nothing else; leave it out.`, ['change']);
    }
  })
  .meta({
    description: 'What is to be done to many jobs',
    example: { action: 'pause', filter: { tag: 'billing', status: 'active' }, dryRun: true },
  });
export type BulkBody = z.output<typeof bulkBodySchema>;

/** The answer. */
export const bulkAnswerSchema = z.object({
  matched: z
    .int()
    .meta({ description: `Jobs that the filter meant before, counted up to ${BULK_COUNT_MAX}`, example: 120 }),
  done: z
    .int()
    .meta({ description: 'Of those looked at by this request, how many are now as was asked for', example: 119 }),
  refused: z
    .array(
      z.object({
        job: z.string().meta({ description: 'Id of the job', example: 'job_42' }),
        code: z.string().meta({ description: 'As one request for it would have answered', example: 'invalid_state' }),
        detail: z.string().meta({ description: 'For people', example: 'The job is completed.' }),
      }),
    )
    .meta({ description: 'Those that could not be' }),
  nextCursor: z
    .string()
    .nullable()
    .meta({ description: '`cursor` of the next request; null when none is left', example: null }),
});
export type BulkAnswer = z.infer<typeof bulkAnswerSchema>;

/** Codes of which a job may be refused, beside those of its change. */
export const BULK_ERRORS = ['invalid_cursor', 'invalid_instant'] as const satisfies readonly ErrorCode[];

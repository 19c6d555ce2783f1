/**
 * HTTP shapes of jobs. What can be told without a database is checked here, with the code and field that the API answers;
 * whether audiences exist and a moment is over is told when the job is created. Their parts stand in content.ts, trigger.ts,
 * target.ts and policy.ts.
 */
import { z } from 'zod';
import { JOB_CHANNEL_NAMES, MESSAGE_CHANNEL_NAMES } from '../channel.ts';
import { JOB_KINDS, type JobKind } from '../jobs.ts';
import { jobChecksSchema } from './addresses.ts';
import { callBodySchema, callSchema, refuseCall } from './calls.ts';
import { contentBodySchema, contentSchema, refuseContent } from './content.ts';
import { notifyBodySchema, notifySchema } from './notify.ts';
import { paymentBodySchema, paymentSchema } from './payments.ts';
import { policyBodySchema, policySchema, refusePolicy } from './policy.ts';
import { externalIdSchema, nameSchema } from './recipients.ts';
import { instantForm, type Refuse, refuser } from './refuse.ts';
import { refuseReport, reportBodySchema, reportSchema } from './reports.ts';
import { deliverySchema } from './runs.ts';
import { refuseScript, scriptBodySchema, scriptSchema } from './scripts.ts';
import { tagsSchema } from './tags.ts';
import { targetAnswerSchema, targetBodySchema } from './target.ts';
import { triggerBodySchema, triggerSchema } from './trigger.ts';

const TEST_ADDRESSES_MAX = 10;

const jobName = nameSchema.meta({ description: 'For people, in lists', example: 'Canteen' });
const allowSimilar = z.boolean().default(false).meta({
  description: 'Whether it is meant although another job says nearly the same to the same people about the same time',
  example: false,
});

/** What jobs of every kind have. */
const commonParts = {
  name: jobName,
  trigger: triggerBodySchema,
  policy: policyBodySchema.prefault({}),
  runNow: z
    .boolean()
    .default(false)
    .meta({ description: 'Whether it also runs at once, besides the moments of its trigger', example: false }),
  userId: externalIdSchema.optional().meta({
    description: 'Your own id of the user that the job belongs to',
    example: 'u-1204',
  }),
  tags: tagsSchema.default([]),
  notify: notifyBodySchema.optional(),
};

const providerAccount = z
  .string()
  .max(32)
  .optional()
  .meta({ description: "Id of one of the account's; default the first for this channel", example: 'pvd_1' });

const messageParts = {
  ...commonParts,
  kind: z.literal('message').meta({ description: 'What it does: says something to people', example: 'message' }),
  channel: z
    .enum(MESSAGE_CHANNEL_NAMES, `The channel must be ${MESSAGE_CHANNEL_NAMES.join(' or ')}.`)
    .meta({ description: 'How people are reached', example: 'whatsapp' }),
  content: contentBodySchema,
  audience: targetBodySchema,
  providerAccount,
  allowSimilar,
};

/** Whom a job names by address alone has no dates that it could follow. */
function refuseDateless(
  trigger: z.output<typeof triggerBodySchema>,
  audience: z.output<typeof targetBodySchema>,
  refuse: Refuse,
): void {
  if (trigger.type !== 'date' || audience.addresses.length === 0) return;
  refuse('validation_failed', 'Addresses have no dates; store the people as recipients and name those.', [
    'audience',
    'addresses',
  ]);
}

/** What runs at once runs once, and whoever follows dates has nobody to tell now. */
function refuseRunNow(trigger: z.output<typeof triggerBodySchema>, runNow: boolean, refuse: Refuse): void {
  if (runNow && (trigger.type === 'now' || trigger.type === 'date'))
    refuse('validation_failed', `A job with the trigger ${trigger.type} takes no runNow; leave it out.`, ['runNow']);
}

/** Refuses a trigger that goes by recipients' zones or dates, of a job that has none. */
export function refuseTriggerOfRecipients(
  kind: JobKind,
  trigger: z.output<typeof triggerBodySchema>,
  refuse: Refuse,
): void {
  if (trigger.type !== 'local' && trigger.type !== 'date') return;
  refuse('validation_failed', `A ${kind} has no recipients whose zone or date it could follow.`, ['trigger', 'type']);
}

/** A message, as `POST /v1/jobs` and its preview take it. */
export const messageJobBodySchema = z
  .strictObject(messageParts)
  .superRefine(({ channel, content, trigger, audience }, context) => {
    refuseContent(channel, content, refuser(context));
    refuseDateless(trigger, audience, refuser(context));
  })
  .meta({
    description: 'A message to be sent',
    example: {
      kind: 'message',
      channel: 'whatsapp',
      name: 'Canteen',
      content: { text: 'The canteen opens at eleven today.' },
      trigger: { type: 'at', at: '2026-11-21T09:00:00Z' },
      audience: { audiences: ['aud_1'] },
    },
  });
export type MessageJobBody = z.output<typeof messageJobBodySchema>;

/** A call, as `POST /v1/jobs` takes it. */
export const webhookJobBodySchema = z
  .strictObject({
    ...commonParts,
    kind: z.literal('webhook').meta({ description: 'What it does: calls a URL', example: 'webhook' }),
    webhook: callBodySchema,
  })
  .superRefine(({ kind, webhook, trigger, policy }, context) => {
    const refuse = refuser(context);
    refuseCall(webhook, refuse);
    refuseTriggerOfRecipients(kind, trigger, refuse);
    refusePolicy({ kind, hasRecipients: false }, policy, refuse);
  })
  .meta({ description: 'A URL to be called' });

/** A payment, as `POST /v1/jobs` takes it. */
export const paymentJobBodySchema = z
  .strictObject({
    ...commonParts,
    kind: z.literal('payment').meta({ description: 'What it does: pays somebody', example: 'payment' }),
    payment: paymentBodySchema,
    providerAccount,
  })
  .superRefine(({ kind, trigger, policy }, context) => {
    const refuse = refuser(context);
    refuseTriggerOfRecipients(kind, trigger, refuse);
    refusePolicy({ kind, hasRecipients: false }, policy, refuse);
  })
  .meta({ description: 'A payment to be made' });

/** A report, as `POST /v1/jobs` takes it. */
export const reportJobBodySchema = z
  .strictObject({
    ...commonParts,
    kind: z.literal('report').meta({ description: 'What it does: sends a document by e-mail', example: 'report' }),
    report: reportBodySchema,
    audience: targetBodySchema,
    providerAccount,
  })
  .superRefine(({ report, trigger, audience }, context) => {
    refuseReport(report, refuser(context));
    refuseDateless(trigger, audience, refuser(context));
  })
  .meta({ description: 'A document to be sent by e-mail' });
export type ReportJobBody = z.output<typeof reportJobBodySchema>;

/** A script, as `POST /v1/jobs` takes it. */
const scriptJobBodySchema = z
  .strictObject({
    ...commonParts,
    kind: z.literal('script').meta({ description: 'What it does: runs a program in isolation', example: 'script' }),
    script: scriptBodySchema,
  })
  .superRefine(({ kind, script, trigger, policy }, context) => {
    const refuse = refuser(context);
    refuseScript(script, refuse);
    refuseTriggerOfRecipients(kind, trigger, refuse);
    refusePolicy({ kind, hasRecipients: false }, policy, refuse);
  })
  .meta({ description: 'A program to be run' });

/** Body of `POST /v1/jobs`. */
export const createJobBodySchema = z
  .discriminatedUnion(
    'kind',
    [messageJobBodySchema, webhookJobBodySchema, paymentJobBodySchema, reportJobBodySchema, scriptJobBodySchema],
    {
      error: (issue) =>
        issue.code === 'invalid_union' ? `The kind must be one of ${JOB_KINDS.join(', ')}.` : undefined,
    },
  )
  .superRefine(({ trigger, runNow }, context) => refuseRunNow(trigger, runNow, refuser(context)))
  .meta({
    description: 'A job: what it does, and when',
    example: {
      kind: 'message',
      channel: 'whatsapp',
      name: 'Canteen',
      content: { text: 'The canteen opens at eleven today.' },
      trigger: { type: 'at', at: '2026-11-21T09:00:00Z' },
      audience: { audiences: ['aud_1'] },
    },
  });
export type CreateJobBody = z.output<typeof createJobBodySchema>;

/** What jobs of each kind consist of, beside what all have. */
export const JOB_PARTS = {
  message: ['channel', 'content', 'audience'],
  webhook: ['webhook'],
  payment: ['payment'],
  report: ['report', 'audience'],
  script: ['script'],
} as const satisfies Readonly<Record<JobKind, readonly string[]>>;

/** Body of `PATCH /v1/jobs/:id`. Each part that is given replaces the whole of it. */
export const changeJobBodySchema = z
  .strictObject({
    version: z
      .int()
      .min(1)
      .max(2 ** 31 - 1)
      .meta({ description: 'The `version` that the change is based on', example: 3 }),
    kind: z.enum(JOB_KINDS).optional().meta({
      description:
        'What it does from now on, with all that jobs of this kind consist of; only while nothing of it was begun',
      example: 'message',
    }),
    channel: messageParts.channel
      .optional()
      .meta({ description: 'With the kind `message`: how people are reached', example: 'whatsapp' }),
    providerAccount: providerAccount.meta({
      description: "With another `kind`: id of one of the account's; default the first for the channel",
      example: 'pvd_1',
    }),
    name: jobName.optional(),
    tags: tagsSchema.optional(),
    notify: notifyBodySchema
      .nullable()
      .optional()
      .meta({ description: 'How its owner is told; null is as the contact of its user says', example: null }),
    content: contentBodySchema.optional(),
    webhook: callBodySchema.optional(),
    payment: paymentBodySchema.optional(),
    report: reportBodySchema.optional(),
    script: scriptBodySchema.optional(),
    trigger: triggerBodySchema.optional(),
    audience: targetBodySchema.optional(),
    policy: policyBodySchema
      .optional()
      .meta({ description: 'Replaces the whole policy; what is left out takes its default' }),
    allowSimilar,
  })
  .superRefine(({ kind, channel, providerAccount: provider, ...parts }, context) => {
    const refuse = refuser(context);
    const named = { channel, ...parts };
    if (kind === undefined && (channel !== undefined || provider !== undefined)) {
      const place = channel === undefined ? 'providerAccount' : 'channel';
      refuse('validation_failed', 'It changes with the kind alone; name that as well.', [place]);
    }
    for (const part of kind === undefined ? [] : JOB_PARTS[kind]) {
      if (named[part] !== undefined) continue;
      refuse('validation_failed', `What becomes a ${kind} needs it.`, [part]);
    }
    if (kind !== undefined && kind !== 'message' && channel !== undefined) {
      refuse('validation_failed', `A ${kind} has a channel of its own.`, ['channel']);
    }
  })
  .superRefine(({ webhook, report, script, trigger, audience }, context) => {
    if (script) refuseScript(script, refuser(context));
    if (webhook) refuseCall(webhook, refuser(context));
    if (report) refuseReport(report, refuser(context));
    if (trigger && audience) refuseDateless(trigger, audience, refuser(context));
  })
  .refine(
    ({ version: _, allowSimilar: __, ...parts }) => Object.values(parts).some((part) => part !== undefined),
    'Nothing is to be changed.',
  )
  .meta({
    description: 'What is to be changed',
    example: { version: 3, content: { text: 'The canteen opens at twelve today.' } },
  });
export type ChangeJobBody = z.output<typeof changeJobBodySchema>;

/** Body of `POST /v1/jobs/:id/test`. */
export const testJobBodySchema = z
  .strictObject({
    addresses: z
      .array(z.string().min(1).max(300).meta({ description: 'One address', example: '+49 151 1020 0034' }))
      .min(1)
      .max(TEST_ADDRESSES_MAX)
      .meta({ description: 'Phone numbers, or e-mail addresses, by channel', example: ['+49 151 1020 0034'] }),
    as: externalIdSchema.optional().meta({
      description: '`externalId` of a recipient whose name and attributes fill the variables',
      example: 'E-0042',
    }),
  })
  .meta({ description: 'Where to send a test' });
export type TestJobBody = z.output<typeof testJobBodySchema>;

/** Statuses that a job shows: those it has, and those of an action whose effect is not complete. */
export const JOB_SHOWN_STATUSES = ['active', 'pausing', 'paused', 'completed', 'cancelling', 'cancelled'] as const;
export type JobShownStatus = (typeof JOB_SHOWN_STATUSES)[number];

/** Kinds that can be read and listed: what the account made, and the tests of messages when asked for. */
export const SHOWN_JOB_KINDS = [...JOB_KINDS, 'test'] as const;
export type ShownJobKind = (typeof SHOWN_JOB_KINDS)[number];

const instant = z.string().meta({ ...instantForm, example: '2026-11-21T09:00:00.000Z' });
const id = (example: string, description: string) => z.string().meta({ description, example });

/** The run's line in a job's answer. */
const runReferenceSchema = z
  .object({
    id: id('run_7', 'Id of the run'),
    occurrence: z.string().meta({ description: 'Which occurrence of the job it is', example: 'once' }),
    state: z
      .enum(['planned', 'expanding', 'sending', 'completed'])
      .meta({ description: 'How far it is', example: 'sending' }),
    dueAt: instant.meta({ description: 'When it is due at the earliest' }),
  })
  .meta({ description: 'The newest run; of dates the next one that is open' });

/** A job as the API shows it. */
export const jobSchema = z.object({
  id: id('job_42', 'Id of the job'),
  name: z.string().meta({ description: 'For people, in lists', example: 'Canteen' }),
  kind: z
    .enum(SHOWN_JOB_KINDS)
    .meta({ description: 'What it does; `test` is the test of a message', example: 'message' }),
  channel: z
    .enum(JOB_CHANNEL_NAMES)
    .meta({ description: 'How people are reached, or what is done', example: 'whatsapp' }),
  providerAccount: id('pvd_1', 'The provider account that it is sent by'),
  status: z.enum(JOB_SHOWN_STATUSES).meta({ description: 'What became of it', example: 'active' }),
  version: z.int().meta({ description: 'Grows with each change; a change must name it', example: 3 }),
  userId: z.string().nullable().meta({ description: 'Your own id of the user that it belongs to', example: 'u-1204' }),
  tags: z.array(z.string()).meta({ description: 'Labels of your own', example: ['billing'] }),
  notify: notifySchema
    .nullable()
    .meta({ description: 'How its owner is told; null is as the contact of its user says, if there is one' }),
  content: contentSchema,
  webhook: callSchema.optional(),
  payment: paymentSchema.optional(),
  report: reportSchema.optional(),
  script: scriptSchema.optional(),
  contentVersion: z.int().meta({ description: 'Grows with each change of what it says or does', example: 1 }),
  trigger: triggerSchema,
  audience: targetAnswerSchema,
  policy: policySchema,
  addressChecks: jobChecksSchema,
  plannedAt: instant.nullable().meta({ description: 'The moment that it is about; null when it follows dates' }),
  nextRunAt: instant
    .nullable()
    .meta({ description: 'When the scheduler looks at it, for dates again and again; null when its run is planned' }),
  run: runReferenceSchema.nullable(),
  createdAt: instant.meta({ description: 'When it was created' }),
  updatedAt: instant.meta({ description: 'When it last changed' }),
});
export type JobAnswer = z.infer<typeof jobSchema>;

/** The answer to pause, resume and cancel. */
export const controlAnswerSchema = z.object({
  id: id('job_42', 'Id of the job'),
  status: z.enum(JOB_SHOWN_STATUSES).meta({ description: 'What became of it', example: 'pausing' }),
  inTheAir: z.int().meta({
    description: 'Messages whose sending had been committed before, and that may still arrive',
    example: 3,
  }),
});

/** The answer to a run by hand: what to follow. */
export const manualRunSchema = z.object({
  run: id('run_8', 'The run that was planned'),
  job: id('job_42', 'The job'),
  occurrence: z.string().meta({ description: "Which of the job's runs it is", example: 'manual:8' }),
});

/** The answer to a test: what to follow. */
export const testAnswerSchema = z.object({
  job: id('job_43', 'The hidden job that sends the test'),
  deliveries: z.array(deliverySchema).meta({ description: 'One per address that can be written to' }),
});

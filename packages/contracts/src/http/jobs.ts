/**
 * HTTP shapes of jobs. What can be told without a database is checked here, with the code and field that the API answers;
 * whether audiences exist and a moment is over is told when the job is created.
 */
import { type ErrorCode, isZone, parseDuration, parseInstant, parseWallTime, resolveWallTime } from '@carillon/core';
import { z } from 'zod';
import { externalIdSchema, nameSchema } from './recipients.ts';

/** The longest text of a message; the provider's own limit. */
const TEXT_MAX = 4_096;
const PARAMETERS_MAX = 100;
const PARAMETER_MAX = 1_024;
/** Recipients that one job names itself; more belong in an audience. */
const NAMED_RECIPIENTS_MAX = 1_000;
const NAMED_AUDIENCES_MAX = 100;
const EXPIRE_MAX_MS = 366 * 86_400_000;
const RESEND_AFTER_MIN_SECONDS = 1;

type Refuse = (code: ErrorCode, message: string, path: (string | number)[]) => void;

/** Issues that carry a code of ours. */
function refuser(context: z.core.$RefinementCtx): Refuse {
  return (code, message, path) => {
    context.addIssue({ code: 'custom', message, path, params: { code }, input: undefined });
  };
}

const zone = z.string().superRefine((name, context) => {
  if (!isZone(name)) refuser(context)('invalid_zone', 'There is no such time zone in the IANA database.', []);
});

const gapRule = z.enum(['later', 'earlier', 'skip']).meta({
  description: 'What becomes of a wall time that clocks skip going forward: the gap later, the gap earlier, or nothing',
});
const repeatedRule = z.enum(['first', 'second']).meta({
  description: 'Which of the two passes of a wall time that clocks repeat going back',
});

const nowTrigger = z.strictObject({ type: z.literal('now') });

const atTrigger = z
  .strictObject({
    type: z.literal('at'),
    at: z.string().max(64).meta({
      description:
        'An instant such as 2026-11-21T09:00:00Z; or a wall time such as 2026-11-21T09:00 together with `zone`',
    }),
    zone: zone.optional(),
    gap: gapRule.optional(),
    repeated: repeatedRule.optional(),
  })
  .superRefine((trigger, context) => {
    const refuse = refuser(context);
    if (isZoned(trigger.at)) {
      const rule = (['zone', 'gap', 'repeated'] as const).find((name) => trigger[name] !== undefined);
      if (rule !== undefined)
        refuse('validation_failed', 'An instant with Z or an offset takes no zone and no rules.', [rule]);
      checkInstant(trigger.at, refuse);
      return;
    }
    if (!checkWallTime(trigger.at, refuse)) return;
    if (trigger.zone === undefined) {
      refuse('invalid_zone', 'A wall time without offset needs a zone; or write an instant with Z or an offset.', [
        'zone',
      ]);
      return;
    }
    if (!isZone(trigger.zone)) return;
    const resolved = resolveWallTime({ wallTime: trigger.at, zone: trigger.zone, gap: trigger.gap ?? 'later' });
    if (resolved.kind === 'skipped')
      refuse('wall_time_in_gap', `Clocks in ${trigger.zone} skip this wall time.`, ['at']);
  });

const localTrigger = z
  .strictObject({
    type: z.literal('local'),
    at: z.string().max(64).meta({ description: "A wall time such as 2026-11-21T09:00, in each recipient's own zone" }),
    gap: gapRule.default('later'),
    repeated: repeatedRule.default('first'),
    missingZone: zone.optional().meta({ description: "Zone of recipients without one; default the account's" }),
  })
  .superRefine((trigger, context) => {
    const refuse = refuser(context);
    if (isZoned(trigger.at)) {
      refuse('invalid_wall_time', 'A local moment is a wall time without Z or offset.', ['at']);
      return;
    }
    checkWallTime(trigger.at, refuse);
  });

/** When a job runs, as a request says it. */
const triggerBodySchema = z.discriminatedUnion('type', [nowTrigger, atTrigger, localTrigger]);

/** Whether the text means to be an instant: it ends in Z or an offset. */
function isZoned(text: string): boolean {
  return /(?:[Zz]|[+-]\d\d:?\d\d)$/.test(text) && text.includes('T');
}

function checkInstant(text: string, refuse: Refuse): void {
  const result = parseInstant(text);
  if (result.ok) return;
  if (result.reason === 'too_early') refuse('moment_in_past', 'The moment is before the year 2000.', ['at']);
  else if (result.reason === 'too_late') refuse('moment_too_far', 'The moment must be before 2039-09-07.', ['at']);
  else refuse('invalid_instant', 'This is no instant; write it like 2026-11-21T09:00:00Z.', ['at']);
}

function checkWallTime(text: string, refuse: Refuse): boolean {
  const result = parseWallTime(text);
  if (result.ok) return true;
  if (result.reason === 'too_early') refuse('moment_in_past', 'The moment is before the year 2000.', ['at']);
  else if (result.reason === 'too_late') refuse('moment_too_far', 'The moment must be before 2039-09-07.', ['at']);
  else refuse('invalid_wall_time', 'This is no wall time; write it like 2026-11-21T09:00.', ['at']);
  return false;
}

const audienceNames = z.array(nameSchema).max(NAMED_AUDIENCES_MAX).meta({ description: 'Ids (`aud_...`) or names' });
const recipientNames = z.array(externalIdSchema).max(NAMED_RECIPIENTS_MAX).meta({ description: 'Their `externalId`s' });

/** To whom, as a request says it. */
const targetBodySchema = z
  .strictObject({
    everyone: z.boolean().default(false),
    audiences: audienceNames.default([]),
    recipients: recipientNames.default([]),
    exclude: z
      .strictObject({ audiences: audienceNames.default([]), recipients: recipientNames.default([]) })
      .default({ audiences: [], recipients: [] }),
  })
  .superRefine((audience, context) => {
    if (audience.everyone || audience.audiences.length > 0 || audience.recipients.length > 0) return;
    refuser(context)('validation_failed', 'Nobody is named: set everyone, audiences or recipients.', []);
  });

/** What a message says. */
const contentBodySchema = z
  .strictObject({
    text: z
      .string()
      .max(TEXT_MAX)
      .refine((text) => text.trim() !== '', 'The text must not be empty.')
      .optional(),
    template: z
      .strictObject({
        name: z.string().regex(/^[a-z0-9_]{1,512}$/, 'A template name holds small letters, digits and underscores.'),
        language: z.string().regex(/^[a-z]{2,3}(?:_[A-Z]{2})?$/, 'A language is written like en or en_US.'),
        parameters: z.array(z.string().min(1).max(PARAMETER_MAX)).max(PARAMETERS_MAX).default([]),
      })
      .optional(),
  })
  .superRefine(({ text, template }, context) => {
    if ((text === undefined) === (template === undefined)) {
      refuser(context)('validation_failed', 'Give either text or template.', []);
    }
  });

/** A duration as seconds or ISO 8601, in milliseconds. */
const duration = z
  .union([z.string().max(64), z.number()], 'Give seconds, or a duration such as PT1H.')
  .transform((value, context) => {
    const result = parseDuration(value);
    if (result.ok) return result.ms;
    const message =
      result.reason === 'calendar_unit'
        ? 'Months and years have no fixed length; give days.'
        : 'Give seconds, or a duration such as PT1H.';
    refuser(context)('invalid_duration', message, []);
    return z.NEVER;
  })
  .meta({ description: 'Seconds, or an ISO 8601 duration such as PT1H' });

/** How a job goes about trouble, as a request says it. */
const policyBodySchema = z
  .strictObject({
    attempts: z.int().min(1).max(50).default(5).meta({ description: 'Tries that may fail, the first one included' }),
    backoff: z
      .strictObject({
        initialSeconds: z.number().min(0.1).max(86_400).default(5),
        factor: z.number().min(1).max(10).default(2),
        maxSeconds: z
          .number()
          .min(0.1)
          .max(7 * 86_400)
          .default(3_600),
      })
      .prefault({})
      .superRefine(({ initialSeconds, maxSeconds }, context) => {
        if (maxSeconds < initialSeconds) {
          refuser(context)('validation_failed', 'It must not be less than initialSeconds.', ['maxSeconds']);
        }
      }),
    expireAfter: duration
      .refine((ms) => ms >= 1_000 && ms <= EXPIRE_MAX_MS, 'It must be from 1 second to 366 days.')
      .nullable()
      .default(null)
      .meta({ description: 'What is not sent so long after its due time is skipped; null is never' }),
    unknown: z
      .strictObject({
        action: z.enum(['hold', 'fail', 'resend']).default('hold'),
        after: duration
          .refine(
            (ms) => ms >= RESEND_AFTER_MIN_SECONDS * 1_000 && ms <= EXPIRE_MAX_MS,
            'It must be from 1 second to 366 days.',
          )
          .default(3_600_000),
      })
      .prefault({})
      .meta({ description: 'What becomes of an outcome that nobody knows, and after how long without a report' }),
    dedupeBy: z.enum(['address', 'recipient']).default('address'),
  })
  .prefault({});

/** Body of `POST /v1/jobs`. */
export const createJobBodySchema = z.strictObject({
  kind: z.literal('message', 'The kind must be message.'),
  channel: z.literal('whatsapp', 'The channel must be whatsapp.'),
  name: nameSchema,
  content: contentBodySchema,
  trigger: triggerBodySchema,
  audience: targetBodySchema,
  policy: policyBodySchema,
  providerAccount: z
    .string()
    .max(32)
    .optional()
    .meta({ description: "Id (`pvd_...`); default the account's first for this channel" }),
});
export type CreateJobBody = z.output<typeof createJobBodySchema>;

/** Statuses that a job shows: those it has, and those of an action whose effect is not complete. */
export const JOB_SHOWN_STATUSES = ['active', 'pausing', 'paused', 'completed', 'cancelling', 'cancelled'] as const;
export type JobShownStatus = (typeof JOB_SHOWN_STATUSES)[number];

const instant = z.string().meta({ format: 'date-time' });

/** The run's line in a job's answer. */
const runReferenceSchema = z.object({
  id: z.string(),
  occurrence: z.string(),
  state: z.enum(['planned', 'expanding', 'sending', 'completed']),
  dueAt: instant,
});

/** A job as the API shows it. */
export const jobSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.literal('message'),
  channel: z.literal('whatsapp'),
  providerAccount: z.string(),
  status: z.enum(JOB_SHOWN_STATUSES),
  content: z.object({
    text: z.string().optional(),
    template: z.object({ name: z.string(), language: z.string(), parameters: z.array(z.string()) }).optional(),
  }),
  contentVersion: z.int(),
  trigger: z.object({
    type: z.enum(['now', 'at', 'local']),
    at: z.string().optional().meta({ description: 'The instant, or the local wall time' }),
    wallTime: z.string().optional(),
    zone: z.string().optional(),
    gap: z.string().optional(),
    repeated: z.string().optional(),
    missingZone: z.string().optional(),
  }),
  audience: z.object({
    everyone: z.boolean(),
    audiences: z.array(z.string()),
    recipients: z.array(z.string()),
    exclude: z.object({ audiences: z.array(z.string()), recipients: z.array(z.string()) }),
  }),
  policy: z.object({
    attempts: z.int(),
    backoff: z.object({ initialSeconds: z.number(), factor: z.number(), maxSeconds: z.number() }),
    expireAfter: z.number().nullable().meta({ description: 'Seconds' }),
    unknown: z.object({ action: z.enum(['hold', 'fail', 'resend']), after: z.number() }),
    dedupeBy: z.enum(['address', 'recipient']),
  }),
  nextRunAt: instant.nullable().meta({ description: 'When the scheduler looks at it; null when its run is planned' }),
  run: runReferenceSchema.nullable(),
  createdAt: instant,
  updatedAt: instant,
});
export type JobAnswer = z.infer<typeof jobSchema>;

/** The answer to pause, resume and cancel. */
export const controlAnswerSchema = z.object({
  id: z.string(),
  status: z.enum(JOB_SHOWN_STATUSES),
  inTheAir: z
    .int()
    .meta({ description: 'Messages whose sending had been committed before, and that may still arrive' }),
});

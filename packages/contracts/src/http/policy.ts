/** How a job goes about trouble, as HTTP says it. */
import { parseDuration } from '@carillon/core';
import { z } from 'zod';
import type { JobKind } from '../jobs.ts';
import { type Refuse, refuser } from './refuse.ts';

const EXPIRE_MAX_MS = 366 * 86_400_000;
const CHECK_AHEAD_MAX_MS = 30 * 86_400_000;
const CHECK_WAIT_MAX_MS = 7 * 86_400_000;

/** A duration as seconds or ISO 8601, in milliseconds. */
const anyDuration = z
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
  });
const duration = anyDuration.refine(
  (ms) => ms >= 1_000 && ms <= EXPIRE_MAX_MS,
  'It must be from 1 second to 366 days.',
);

/** How addresses are checked before they are written to; null is not at all. */
const addressCheck = z
  .strictObject({
    ahead: anyDuration
      .refine((ms) => ms >= 0 && ms <= CHECK_AHEAD_MAX_MS, 'It must be from 0 to 30 days.')
      .default(172_800_000)
      .meta({
        description: 'How long before the first message addresses are checked, as seconds or an ISO 8601 duration',
        example: 'P2D',
      }),
    wait: anyDuration
      .refine((ms) => ms >= 0 && ms <= CHECK_WAIT_MAX_MS, 'It must be from 0 to 7 days.')
      .default(3_600_000)
      .meta({ description: 'How long after its due time a message waits for a verdict', example: 'PT1H' }),
    risky: z.enum(['send', 'skip']).default('send').meta({
      description: 'What becomes of a message to an address where mail may arrive and may do harm',
      example: 'send',
    }),
    unknown: z.enum(['send', 'skip']).default('skip').meta({
      description: 'And to one that nothing is known of when the waiting is over',
      example: 'skip',
    }),
  })
  .nullable()
  .default(null)
  .meta({
    description:
      'Whether e-mail addresses are checked before they are written to. Addresses that their owner confirmed are not; undeliverable ones are skipped. Null is no check',
  });

/** A policy as a request says it; what is left out takes its default. */
export const policyBodySchema = z
  .strictObject({
    attempts: z
      .int()
      .min(1)
      .max(50)
      .optional()
      .meta({ description: 'Tries that may fail, the first one included; default 5, of a script 3', example: 5 }),
    backoff: z
      .strictObject({
        initialSeconds: z
          .number()
          .min(0.1)
          .max(86_400)
          .default(5)
          .meta({ description: 'Wait before the second try, in seconds', example: 5 }),
        factor: z
          .number()
          .min(1)
          .max(10)
          .default(2)
          .meta({ description: 'By what each wait is longer than the one before', example: 2 }),
        maxSeconds: z
          .number()
          .min(0.1)
          .max(7 * 86_400)
          .default(3_600)
          .meta({ description: 'The longest wait, in seconds', example: 3600 }),
      })
      .prefault({})
      .superRefine(({ initialSeconds, maxSeconds }, context) => {
        if (maxSeconds < initialSeconds) {
          refuser(context)('validation_failed', 'It must not be less than initialSeconds.', ['maxSeconds']);
        }
      })
      .meta({ description: 'How long to wait between tries' }),
    expireAfter: duration.nullable().default(null).meta({
      description:
        'What is not sent so long after its due time is skipped: seconds, or an ISO 8601 duration; null is never',
      example: 'PT2H',
    }),
    lateAfter: duration
      .nullable()
      .optional()
      .meta({
        description:
          'When a run that is not begun counts as late, after its moment: seconds, or an ISO 8601 duration; null is never. Default ' +
          '15 minutes for messages, 1 minute for every other kind',
        example: 'PT5M',
      }),
    unknown: z
      .strictObject({
        action: z.enum(['hold', 'fail', 'resend']).default('hold').meta({
          description: '`hold` waits for a person, `fail` counts it as failed, `resend` sends once more',
          example: 'hold',
        }),
        after: duration.default(3_600_000).meta({
          description: 'How long without a report, as seconds or an ISO 8601 duration',
          example: 'PT1H',
        }),
      })
      .optional()
      .meta({
        description:
          'What becomes of an outcome that nobody knows, and after how long without a report. Default `hold` after an hour. A ' +
          'webhook has none, for it is called again with the same `webhook-id`; nor has a payment, which is looked up, nor a script, which is run again',
      }),
    dedupeBy: z
      .enum(['address', 'recipient'])
      .optional()
      .meta({
        description:
          'Whom one message is enough for: whoever shares the address, or each recipient alone. Default is `address`; ' +
          '`recipient` where the trigger is a date, as a family may share an address',
        example: 'address',
      }),
    quietHours: z.enum(['respect', 'ignore']).optional().meta({
      description:
        "Whether messages wait for the end of the account's quiet hours in the recipient's zone; default `respect`",
      example: 'respect',
    }),
    addressCheck,
  })
  .meta({ description: 'How it goes about trouble' });
export type PolicyBody = z.output<typeof policyBodySchema>;

/** What a policy says about recipients, of whom some kinds of jobs have none. */
const OF_RECIPIENTS = ['dedupeBy', 'quietHours', 'addressCheck'] as const;

/** How outcomes that nobody knows are settled, of kinds where that is not for a policy to say. */
const SETTLED: Readonly<Partial<Record<JobKind, string>>> = {
  webhook: 'A webhook whose outcome nobody knows is called again, with the same webhook-id.',
  payment: 'A payment whose outcome nobody knows is looked up at its provider.',
  script: 'A script whose end nobody knows is run again.',
};

/** Refuses what a policy cannot say of a kind of job. */
export function refusePolicy(
  { kind, hasRecipients }: { readonly kind: JobKind; readonly hasRecipients: boolean },
  policy: PolicyBody,
  refuse: Refuse,
  at: readonly string[] = ['policy'],
): void {
  if (!hasRecipients) {
    for (const name of OF_RECIPIENTS) {
      if (policy[name] === undefined || policy[name] === null) continue;
      refuse('validation_failed', `A ${kind} has no recipients that this could concern.`, [...at, name]);
    }
  }
  const settled = SETTLED[kind];
  if (settled !== undefined && policy.unknown !== undefined) refuse('validation_failed', settled, [...at, 'unknown']);
}

/** A policy as the API shows it. */
export const policySchema = z
  .object({
    attempts: z.int().meta({ description: 'Tries that may fail, the first one included', example: 5 }),
    backoff: z
      .object({
        initialSeconds: z.number().meta({ description: 'Wait before the second try', example: 5 }),
        factor: z.number().meta({ description: 'By what each wait is longer', example: 2 }),
        maxSeconds: z.number().meta({ description: 'The longest wait', example: 3600 }),
      })
      .meta({ description: 'How long to wait between tries, in seconds' }),
    expireAfter: z
      .number()
      .nullable()
      .meta({ description: 'Seconds after the due time; null is never', example: 7200 }),
    lateAfter: z.number().nullable().meta({
      description: 'When a run that is not begun is late: seconds after its moment; null is never',
      example: 60,
    }),
    unknown: z
      .object({
        action: z.enum(['hold', 'fail', 'resend']).meta({ description: 'What becomes of it', example: 'hold' }),
        after: z.number().meta({ description: 'Seconds without a report', example: 3600 }),
      })
      .meta({ description: 'What becomes of an outcome that nobody knows' }),
    dedupeBy: z
      .enum(['address', 'recipient'])
      .meta({ description: 'Whom one message is enough for', example: 'address' }),
    quietHours: z
      .enum(['respect', 'ignore'])
      .meta({ description: 'Whether messages wait for the end of quiet hours', example: 'respect' }),
    addressCheck: z
      .object({
        ahead: z.number().meta({ description: 'Seconds before the first message', example: 172_800 }),
        wait: z.number().meta({ description: 'Seconds after the due time', example: 3_600 }),
        risky: z.enum(['send', 'skip']).meta({ description: 'What becomes of messages to them', example: 'send' }),
        unknown: z.enum(['send', 'skip']).meta({ description: 'What becomes of messages to them', example: 'skip' }),
      })
      .nullable()
      .meta({ description: 'How e-mail addresses are checked before they are written to; null is not at all' }),
  })
  .meta({ description: 'How it goes about trouble' });

/** HTTP shapes of runs, and of deliveries with their attempts and reports. */
import { DELIVERY_STATES, RUN_STATES } from '@carillon/core';
import { z } from 'zod';

const instant = (description: string) => z.string().meta({ format: 'date-time', description });
const instantOrNull = (description: string) =>
  z.string().nullable().meta({ format: 'date-time', description, example: '2026-11-21T09:00:04.120Z' });
const count = (description: string, example: number) => z.int().nonnegative().meta({ description, example });
const textOrNull = (description: string, example: string) => z.string().nullable().meta({ description, example });
const providerMessageId = textOrNull("The provider's id of the message", 'wamid.HBgNNDkxNTExMDIwMDAzNBUCABEYEjA1');
const runId = z.string().meta({ description: 'Id of the run', example: 'run_42' });
const jobId = z.string().meta({ description: 'Id of the job', example: 'job_42' });
const tryNumber = z.int().meta({ description: 'Which try, counted from 1', example: 1 });

/** What a try came to, of jobs that do something. */
const resultSchema = z
  .object({
    try: tryNumber,
    startedAt: instant('When it was begun'),
    endedAt: instant('When it had ended'),
    status: z
      .int()
      .nullable()
      .meta({ description: 'HTTP status of its answer, if it was a call and answered', example: 200 }),
    exitCode: z.int().nullable().meta({ description: 'Exit code, if it was a script and ended by itself', example: 0 }),
    output: textOrNull('The beginning of what it answered or printed, at most 3 KB', 'done'),
    error: textOrNull('The same of what went wrong', 'no complete answer within the time-out'),
    truncated: z.boolean().meta({ description: 'Whether something was left out of these', example: false }),
  })
  .meta({ description: 'What a try came to' });
export type ResultAnswer = z.infer<typeof resultSchema>;

/** Deliveries of a run in each state; together they are all that exist. */
const countsSchema = z
  .object({
    scheduled: count('Waiting for their moment, or for a retry', 40),
    sending: count('In the air', 16),
    sent: count('Accepted by the provider', 500),
    delivered: count('Reported as delivered', 381),
    failed: count('Refused for good, or out of attempts', 3),
    unknown: count('Nobody knows whether they arrived; never sent again in silence', 1),
    skipped: count('Not sent, for a reason that each tells', 2),
    cancelled: count('Cancelled before they were sent', 0),
  })
  .meta({ description: 'Deliveries in each state; together they are all that exist' });

/** A run as the API shows it. */
export const runSchema = z.object({
  id: runId,
  job: jobId,
  occurrence: z
    .string()
    .meta({ description: "Which of the job's runs this is; unique within the job", example: 'once' }),
  state: z.enum(RUN_STATES).meta({ description: 'How far the run is', example: 'sending' }),
  status: z.enum([...RUN_STATES, 'pausing', 'paused', 'cancelling', 'cancelled']).meta({
    description: 'The state, or what pause or cancel make of it; without "-ing" nothing is in the air any more',
    example: 'sending',
  }),
  pauseReason: textOrNull('Why it is paused; null when it is not, or when a person paused it', 'provider_refused'),
  dueAt: instant('When it is due; of a local trigger, when the first zone is'),
  leftOut: z
    .object({
      reason: z
        .enum(['missed', 'overlap'])
        .meta({ description: 'Nothing ran then, or an earlier run was not over', example: 'missed' }),
      moments: count('How many moments got no run, counted up to 10,000', 12),
      until: instant('The last of them'),
    })
    .nullable()
    .meta({ description: 'Why there was no run in truth; null of one that was' }),
  deliveries: count('Sum of the counts', 943),
  counts: countsSchema,
  people: count('Recipients found so far', 1_000),
  duplicates: count('Left out because their address was already taken', 45),
  unreachable: count('Left out because they have no usable address', 12),
  attempt: z.int().nullable().meta({
    description: 'Tries begun so far; null where the run goes to recipients, each of whom has tries of their own',
    example: 1,
  }),
  result: resultSchema.nullable().meta({ description: 'What its latest try came to; null while there is none' }),
  expansion: z
    .object({ steps: count('Steps in all', 4), done: count('Steps done', 4) })
    .meta({ description: 'How far the audience has been turned into deliveries' }),
  ratePerSecond: z
    .number()
    .meta({ description: 'Sends begun per second over the last 10 seconds, or since the run is due', example: 248.5 }),
  estimatedEndAt: instantOrNull('When it ends at this rate; null when it cannot be told'),
  createdAt: instant('When it was planned'),
  expandedAt: instantOrNull('When all its deliveries existed; null until then'),
  completedAt: instantOrNull('When the last delivery had ended; null until then'),
  pausedAt: instantOrNull('Since when it is paused; null when it is not'),
  cancelledAt: instantOrNull('When it was cancelled; null when it was not'),
});
export type RunAnswer = z.infer<typeof runSchema>;

/** A delivery as lists show it. */
export const deliverySchema = z.object({
  id: z.string().meta({ description: 'Id of the delivery', example: 'dlv_20261121_7_12' }),
  run: runId,
  recipient: textOrNull("The recipient's externalId; null when the recipient was deleted", 'E-0042'),
  address: z
    .string()
    .meta({ description: 'Where it goes, as it was when the run was planned', example: '+4915110200034' }),
  state: z.enum(DELIVERY_STATES).meta({ description: 'What became of it so far', example: 'failed' }),
  code: textOrNull('The last error, or why it was skipped', '131026'),
  try: z.int().meta({ description: 'Sends begun so far', example: 1 }),
  attempts: z.int().meta({ description: 'Of the allowed attempts, those used', example: 1 }),
  contentVersion: z.int().meta({ description: 'Which version of the content it carries', example: 1 }),
  dueAt: instant('Not sent before this; moves with retries'),
  sendingAt: instantOrNull('When its last try began; null before the first'),
  settledAt: instantOrNull('When its present state was reached, if that is an end; null until then'),
  providerMessageId,
});
export type DeliveryAnswer = z.infer<typeof deliverySchema>;

/** One try of a delivery. */
const tryAnswerSchema = z.object({
  try: tryNumber,
  outcome: z.string().meta({ description: 'How it ended', example: 'failed' }),
  code: textOrNull('The error, when there was one', '131026'),
  message: textOrNull("The provider's words about it", 'Receiver is incapable of receiving this message'),
  startedAt: instantOrNull('When it was begun; null when that is not kept'),
  endedAt: instantOrNull('When its outcome was known; null when it never was'),
  providerMessageId,
});
export type TryAnswer = z.infer<typeof tryAnswerSchema>;

/** One report of the provider about a try. */
const reportAnswerSchema = z.object({
  try: tryNumber,
  status: z.string().meta({ description: 'What the provider says became of it', example: 'delivered' }),
  code: textOrNull("The provider's error code, when it says failed", '131026'),
  providerMessageId,
  reportedAt: instant("The provider's own time of it"),
  receivedAt: instant('When it arrived here'),
});

/** A delivery with all that is known of it. */
export const deliveryDetailSchema = deliverySchema.extend({
  job: jobId,
  tries: z
    .array(tryAnswerSchema)
    .meta({ description: 'Every try that is kept; a first one that succeeded is told by the delivery' }),
  results: z.array(resultSchema).meta({ description: 'What each try came to, of jobs that do something' }),
  reports: z.array(reportAnswerSchema).meta({ description: 'What the provider reported, in the order of arrival' }),
});

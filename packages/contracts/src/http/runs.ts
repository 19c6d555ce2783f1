/** HTTP shapes of runs, and of deliveries with their attempts and reports. */
import { DELIVERY_STATES, RUN_STATES } from '@carillon/core';
import { z } from 'zod';

const instant = z.string().meta({ format: 'date-time' });
const count = z.int().nonnegative();

/** Deliveries of a run in each state; together they are all that exist. */
const countsSchema = z.object({
  scheduled: count,
  sending: count,
  sent: count,
  delivered: count,
  failed: count,
  unknown: count,
  skipped: count,
  cancelled: count,
});

/** A run as the API shows it. */
export const runSchema = z.object({
  id: z.string(),
  job: z.string(),
  occurrence: z.string(),
  state: z.enum(RUN_STATES),
  status: z.enum([...RUN_STATES, 'pausing', 'paused', 'cancelling', 'cancelled']).meta({
    description: 'The state, or what pause or cancel make of it; without "-ing" nothing is in the air any more',
  }),
  pauseReason: z.string().nullable(),
  dueAt: instant,
  deliveries: count.meta({ description: 'Sum of the counts' }),
  counts: countsSchema,
  people: count.meta({ description: 'Recipients found so far' }),
  duplicates: count.meta({ description: 'Left out because their address was already taken' }),
  unreachable: count.meta({ description: 'Left out because they have no usable address' }),
  expansion: z
    .object({ steps: count, done: count })
    .meta({ description: 'How far the audience has been turned into deliveries' }),
  ratePerSecond: z.number().meta({ description: 'Sends begun per second over the last 10 seconds' }),
  estimatedEndAt: instant.nullable().meta({ description: 'At this rate; null when it cannot be told' }),
  createdAt: instant,
  expandedAt: instant.nullable(),
  completedAt: instant.nullable(),
  pausedAt: instant.nullable(),
  cancelledAt: instant.nullable(),
});
export type RunAnswer = z.infer<typeof runSchema>;

/** A delivery as lists show it. */
export const deliverySchema = z.object({
  id: z.string(),
  run: z.string(),
  recipient: z.string().nullable().meta({ description: "The recipient's externalId" }),
  address: z.string(),
  state: z.enum(DELIVERY_STATES),
  code: z.string().nullable().meta({ description: 'The last error, or why it was skipped' }),
  try: z.int().meta({ description: 'Sends begun so far' }),
  attempts: z.int().meta({ description: 'Of the allowed attempts, those used' }),
  contentVersion: z.int(),
  dueAt: instant,
  sendingAt: instant.nullable(),
  settledAt: instant.nullable(),
  providerMessageId: z.string().nullable(),
});
export type DeliveryAnswer = z.infer<typeof deliverySchema>;

/** One try of a delivery. */
const tryAnswerSchema = z.object({
  try: z.int(),
  outcome: z.string(),
  code: z.string().nullable(),
  message: z.string().nullable(),
  startedAt: instant.nullable(),
  endedAt: instant.nullable(),
  providerMessageId: z.string().nullable(),
});
export type TryAnswer = z.infer<typeof tryAnswerSchema>;

/** One report of the provider about a try. */
const reportAnswerSchema = z.object({
  try: z.int(),
  status: z.string(),
  code: z.string().nullable(),
  providerMessageId: z.string().nullable(),
  reportedAt: instant,
  receivedAt: instant,
});

/** A delivery with all that is known of it. */
export const deliveryDetailSchema = deliverySchema.extend({
  job: z.string(),
  tries: z.array(tryAnswerSchema),
  reports: z.array(reportAnswerSchema),
});

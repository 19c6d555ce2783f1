/**
 * The queue catalogue: every BullMQ queue, its payload and why it exists. Payloads carry ids only; a wake-up that is
 * lost, doubled or resurrected must be harmless, so the row in Postgres stays the truth.
 */
import { z } from 'zod';
import { CHANNEL_NAMES, type ChannelName } from './channel.ts';

/** Wakes a sender: one batch of a run, or all single-delivery batches of a channel due at one moment. */
export const sendJobSchema = z.discriminatedUnion('wake', [
  z.object({ wake: z.literal('batch'), batchId: z.number().int().positive(), generation: z.number().int().positive() }),
  z.object({ wake: z.literal('singles'), dueAtMs: z.number().int() }),
]);
export type SendJob = z.infer<typeof sendJobSchema>;

/** The queue that wakes the senders of one channel. */
export function sendQueueName(channel: ChannelName): string {
  return `send-${channel}`;
}

/** Every queue by name, for the dashboard, the metrics and the sweeper's settings check. */
export const QUEUES: readonly string[] = CHANNEL_NAMES.map(sendQueueName);

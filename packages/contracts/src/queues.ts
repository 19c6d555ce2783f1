/**
 * The queue catalogue: every BullMQ queue, its payload and why it exists. Payloads carry ids only; a wake-up that is
 * lost, doubled or resurrected must be harmless, so the row in Postgres stays the truth.
 */
import { z } from 'zod';
import { CHANNEL_NAMES, type ChannelName } from './channel.ts';

/** Wakes a sender: one batch of a run, or all single-delivery batches of a channel due at one moment. */
export const sendJobSchema = z.discriminatedUnion('wake', [
  z.object({
    wake: z.literal('batch'),
    accountId: z.number().int().positive(),
    batchId: z.number().int().positive(),
    generation: z.number().int().nonnegative(),
  }),
  z.object({ wake: z.literal('singles'), dueAtMs: z.number().int() }),
]);
export type SendJob = z.infer<typeof sendJobSchema>;

/** The queue that wakes who serves one channel. */
export function sendQueueName(channel: ChannelName): string {
  if (channel === 'email_check') return 'check-email';
  return channel === 'script' ? 'run-script' : `send-${channel}`;
}

/** Every queue by name, for the dashboard, the metrics and the sweeper's settings check. */
export const QUEUES: readonly string[] = CHANNEL_NAMES.map(sendQueueName);

/** A batch to be woken in `dueInMs`; `generation` makes its wake-up's id unlike every earlier one. */
export interface WakeBatch {
  readonly accountId: number;
  readonly batchId: number;
  readonly generation: number;
  readonly size: number;
  readonly dueInMs: number;
}

/** One moment at which single deliveries of a channel are due, and how many. */
export interface WakeSingles {
  readonly dueAtMs: number;
  readonly dueInMs: number;
  readonly batches: number;
}

/** What is to be woken, chosen and marked by Postgres; the queue package asks it without knowing the database. */
export interface WakeSource {
  take(channel: ChannelName): Promise<{ batches: WakeBatch[]; singles: WakeSingles[] }>;
  /** Undoes the marks of what could not be added to the queue. */
  giveBack(
    channel: ChannelName,
    taken: { batches: readonly WakeBatch[]; singles: readonly WakeSingles[] },
  ): Promise<void>;
}

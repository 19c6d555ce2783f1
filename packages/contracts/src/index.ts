/** What crosses a wall: channel and provider shapes, HTTP bodies, the queue catalogue. */
export type { ChannelName, Content, OutgoingMessage, SendOutcome, ThrottleScope, WhatsAppProvider } from './channel.ts';
export { CHANNEL_NAMES } from './channel.ts';
export type { StoredPolicy, StoredTrigger, Target } from './jobs.ts';
export {
  BATCH_SIZE_MAX,
  isSingleTarget,
  OCCURRENCE_ONCE,
  storedPolicySchema,
  storedTriggerSchema,
  targetSchema,
} from './jobs.ts';
export type { SendJob, WakeBatch, WakeSingles, WakeSource } from './queues.ts';
export { QUEUES, sendJobSchema, sendQueueName } from './queues.ts';

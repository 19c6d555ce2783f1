/** Redis: wake-ups, workers, limits and the guard that notices when Redis lost its data. */
export { createRedisGuard, type RedisGuard, type RedisGuardOptions, type WokenBatch } from './guard.ts';
export { readRedisMarker } from './marker.ts';
export { createQueues, type QueueSet } from './queues.ts';
export type { RedisOptions } from './redis.ts';
export {
  createRequestLimits,
  type RequestGrant,
  type RequestLimits,
  type RequestLimitsOptions,
} from './requestLimits.ts';
export { bucketOf, createTokens, type TokenGrant, type Tokens, type TokensOptions } from './tokens.ts';
export { batchWakeUpId, createWaker, type WakeResult, type Waker, type WakerOptions } from './wakes.ts';
export { createSendWorker, type SendWorker, type SendWorkerOptions } from './worker.ts';

/** Postgres: the pool, the migrations, and every statement that Carillon runs. */
export { type ApiKeyOwner, createApiKey, ensureAccount, findApiKey, hashApiKey, revokeApiKey } from './apiKeys.ts';
export { type AuditEntry, recordAudit } from './audit.ts';
export { type ClaimedDelivery, claimDeliveries, claimSingles, readClaim } from './claims.ts';
export { isClockMoved, moveClock, readDatabaseTime } from './clock.ts';
export {
  type ControlRequest,
  type ControlResult,
  cancelJob,
  pauseJob,
  pauseRunForProvider,
  resumeJob,
} from './control.ts';
export { createWakeSource, type WakeSourceOptions } from './enqueue.ts';
export { beginExpansions, type ExpansionStep, expandStep, finishExpansions } from './expansion.ts';
export { databaseFailure } from './failures.ts';
export {
  type KeyedRequest,
  type KeyedResult,
  onceForKey,
  reapIdempotencyKeys,
  type StoredAnswer,
} from './idempotency.ts';
export {
  type LeasedBatch,
  leaseBatch,
  leaseSingles,
  type ReleaseResult,
  releaseBatch,
  renewLeases,
  rescueLeases,
} from './leases.ts';
export {
  checkMarker,
  type MarkerCheck,
  type RedisMarker,
  readQueueSettings,
  writeQueuePaused,
} from './marker.ts';
export { migrate, schemaDrift } from './migrate.ts';
export {
  applyReports,
  type DeliveryOutcome,
  type DeliveryReport,
  type Move,
  settleLateOutcomes,
  settleOutcomes,
} from './outcomes.ts';
export { dropOldestDay, ensurePartitions, ensurePartitionsAhead, hasPartition } from './partitions.ts';
export { type PlannableJob, type PlannedRun, planDueJobs, planRun } from './planning.ts';
export type { Database, DatabaseOptions, Queryable } from './pool.ts';
export { createDatabase, inTransaction } from './pool.ts';
export {
  batchesOfProvider,
  chooseProviderAccount,
  findWhatsAppProvider,
  providerSecretKey,
  putWhatsAppProvider,
} from './providerAccounts.ts';
export {
  type ChannelLag,
  completeJobs,
  completeRuns,
  dropEndedRows,
  freeAllEnqueued,
  freeLostBatches,
  readLag,
  settleUnknowns,
} from './sweeps.ts';

/** Postgres: the pool, the migrations, and every statement that Carillon runs. */
export { type AccountScope, inAccount } from './accountScope.ts';
export {
  type AccountChange,
  type AccountSettings,
  type CreatedAccount,
  createAccount,
  findAccountByName,
  listAccounts,
  readAccount,
  type StoredAccount,
  updateAccount,
} from './accounts.ts';
export {
  type AddressToCheck,
  CHECK_BACKOFF_MS,
  type CheckBlock,
  type ChecksRequested,
  chooseVerifier,
  requestChecks,
  resumeChecks,
  type Standing,
  type Verifier,
} from './addressChecks.ts';
export { type AheadCheck, checkAhead } from './aheadChecks.ts';
export {
  API_KEY_ROLES,
  type ApiKeyOwner,
  type ApiKeyRole,
  createApiKey,
  endApiKey,
  ensureAccount,
  findApiKey,
  hashApiKey,
  type IssuedApiKey,
  issueApiKey,
  type KeyRotation,
  listApiKeys,
  revokeApiKey,
  rotateApiKey,
  type StoredApiKey,
} from './apiKeys.ts';
export {
  changeMembers,
  deleteAudience,
  ensureAudience,
  listAudiences,
  type MembersResult,
  readAudience,
  type StoredAudience,
} from './audiences.ts';
export { type AuditEntry, type AuditFilter, listAudit, recordAudit, type StoredAuditEntry } from './audit.ts';
export { type BriefPlace, retireBrief } from './briefRotation.ts';
export {
  changeCallSettings,
  ensureCallAccount,
  readCallSettings,
  rotateCallSecret,
  type StoredCallSettings,
} from './callAccounts.ts';
export { type CheckRound, checkPlanned } from './checkBatches.ts';
export { CHECK_REST_MS, closeChecks, type FoundVerdict, type StoredVerdict, storeVerdicts } from './checkVerdicts.ts';
export { type ClaimedDelivery, type ClaimGuard, claimDeliveries, claimSingles, readClaim } from './claims.ts';
export { moveClock, readDatabaseTime, refuseMovedClock } from './clock.ts';
export {
  type ControlRequest,
  type ControlResult,
  cancelJob,
  pauseJob,
  pauseRunForProvider,
  resumeJob,
} from './control.ts';
export {
  type DatedJobKey,
  DatePassFailure,
  type DatePassOptions,
  type DatePassResult,
  passDueDates,
} from './datePass.ts';
export { type DatePerson, readDatePeople } from './datePeople.ts';
export { type DateOutlook, type DatePreview, previewDates } from './datePreview.ts';
export {
  type DateMoment,
  type DateOccurrence,
  type DateRule,
  dateMomentIn,
  dateRuleOf,
  occurrencesWithin,
} from './dateRule.ts';
export { type DatePut, deleteDate, putDate } from './dates.ts';
export { createWakeSource, type WakeSourceOptions } from './enqueue.ts';
export { listEvents, listNotices, type NoticeRow, noticeBody, readEvent, type StoredEvent } from './events.ts';
export { beatExecutor, type ExecutorBeat, forgetExecutor, hasExecutor } from './executors.ts';
export {
  beginExpansions,
  type ExpansionStep,
  expandStep,
  finishExpansions,
  StepFailure,
  type StepKey,
} from './expansion.ts';
export { databaseFailure } from './failures.ts';
export { recipientVariables } from './gates.ts';
export {
  type ChannelLoad,
  type HoldScope,
  type InstallationGauges,
  readGauges,
  readLoad,
  UPCOMING_WITHIN,
  type UpcomingWithin,
} from './gauges.ts';
export { type HoldActor, listHolds, placeHold, releaseHold, type StoredHold } from './holds.ts';
export {
  type KeyedRequest,
  type KeyedResult,
  onceForKey,
  reapIdempotencyKeys,
  type StoredAnswer,
} from './idempotency.ts';
export {
  IMPORT_LANES,
  type ImportChunk,
  type ImportProblem,
  type ImportRow,
  type ImportWriter,
  listImportErrors,
  openImportWriter,
  readImport,
  type StoredImport,
} from './imports.ts';
export { dropInlineRecipients, type InlinePerson, insertInlineRecipients } from './inlineRecipients.ts';
export {
  changeJob,
  type JobChangeRequest,
  type JobChangeResult,
} from './jobChange.ts';
export type { JobChange, JobToChange } from './jobDiff.ts';
export { countJobs, isOfUser, type JobFilter } from './jobFilter.ts';
export { findJobs } from './jobLooks.ts';
export {
  type AttemptRow,
  countReasons,
  countRecentSends,
  type DeliveryRow,
  type JobRow,
  listDeliveries,
  listJobs,
  listRuns,
  type ReasonCount,
  type ReportRow,
  type RunRow,
  readDelivery,
  readJob,
  readRun,
} from './jobReads.ts';
export { type JobRefusal, type RefusalEvent, refuseJob } from './jobRefusals.ts';
export {
  type AskedAudience,
  insertJob,
  isAnnouncement,
  type NamedTarget,
  type NewJob,
  type ResolvedNames,
  resolveNames,
} from './jobs.ts';
export { withKeyedMutex } from './keyedMutex.ts';
export {
  type AddressKnowledge,
  confirmAddress,
  type DaySpend,
  importVerdicts,
  readAddressKnowledge,
  readCheckBudget,
  readCheckSpend,
  type VerdictToImport,
  withdrawConfirmation,
} from './knownAddresses.ts';
export {
  type AlertWay,
  type DueAlert,
  dropOldIncidents,
  judgeLag,
  markTold,
  planAlerts,
  takeAlerts,
} from './lagIncidents.ts';
export {
  type LeasedBatch,
  leaseBatch,
  leaseSingles,
  type ReleaseResult,
  releaseBatch,
  releaseSingles,
  renewLeases,
  rescueLeases,
} from './leases.ts';
export { clearDoubts, findLostCalls, type LostCall } from './lostCalls.ts';
export { type ManualRunRequest, type ManualRunResult, runJobNow } from './manualRun.ts';
export {
  checkMarker,
  type MarkerCheck,
  type RedisMarker,
  readQueueSettings,
  writeQueuePaused,
} from './marker.ts';
export { migrate, schemaDrift } from './migrate.ts';
export { createNotices, dropOldEvents, NOTICE_BACKOFF_MS, type NoticeOptions, tell } from './notices.ts';
export { dropOldJobs, dropOldRuns, type OldDropped, type OldPlace } from './oldJobs.ts';
export {
  applyReports,
  type DeliveryOutcome,
  type DeliveryReport,
  type Move,
  settleLateOutcomes,
  settleOutcomes,
} from './outcomes.ts';
export { inDiscardedTransaction, type ProviderOutlook, readProviderOutlook } from './outlook.ts';
export { type RunOverview, type RunTotals, readEnqueued, readRuns, type WakeUpSubject } from './overview.ts';
export { ownerWords } from './ownerNotices.ts';
export { deleteContact, putContact, readContact, tellOwners, type UserContact } from './owners.ts';
export { ensurePartitions, ensurePartitionsAhead, hasPartition } from './partitions.ts';
export type { TargetedJob } from './plannable.ts';
export { type PlanFailure, type PlannableJob, type PlannedRun, planDueJobs, planRun } from './planning.ts';
export type { Database, DatabaseOptions, Queryable } from './pool.ts';
export { createDatabase, inTransaction } from './pool.ts';
export { type PreviewSample, previewTarget, type TargetPreview } from './preview.ts';
export {
  activeJobsOfProvider,
  batchesOfProvider,
  chooseProviderAccount,
  createProvider,
  findProvider,
  findWhatsAppProvider,
  listProviders,
  type NewProvider,
  type ProviderChange,
  type ProviderChanges,
  putProvider,
  putWhatsAppProvider,
  readProvider,
  type StoredProvider,
  updateProvider,
} from './providerAccounts.ts';
export {
  type ChannelSettings,
  providerSecretKey,
  SECRETS_MAX,
  type SettingsOf,
  type SmtpSettings,
  type WebhookSecret,
  type WebhookSettings,
  type WhatsAppSettings,
} from './providerSettings.ts';
export {
  deleteRecipient,
  listRecipients,
  putRecipient,
  type RecipientToPut,
  readRecipient,
  type StoredRecipient,
} from './recipients.ts';
export {
  countMissed,
  createResend,
  type Family,
  type ResendOptions,
  type ResendRequest,
  type ResendResult,
  readFamily,
  readMissed,
  resendMissed,
} from './resend.ts';
export { type Recognition, type RestoreResult, recogniseDatabase, settleRestored } from './restore.ts';
export { type DeliveryResult, type ResultRow, storeResults } from './results.ts';
export { dropOldAudit, type Rotation, rotateOldestDay } from './rotation.ts';
export { keepRunDocument, newestRunOf, readRunDocument, renderRunReport } from './runDocuments.ts';
export {
  type Listener,
  type NoticePass,
  type NoticePassResult,
  noticeCancelledJobs,
  noticeCompletedJobs,
  noticeCompletedRuns,
  noticeOpenRuns,
  noticeSuppressions,
  type RunPosition,
  readListeners,
} from './runNotices.ts';
export { planSchedules, type SchedulePass, type SchedulePassOptions, setSchedule } from './schedulePass.ts';
export {
  type BatchKey,
  ensureScriptAccount,
  findCancelled,
  readScript,
  type StoredScript,
  storeScript,
} from './scripts.ts';
export {
  type BatchGlance,
  glanceAtBatch,
  type RecipientValues,
  readContent,
  readPolicy,
  readRecipientValues,
  readSayings,
  readTraceContext,
  unmarkBatch,
} from './sendReads.ts';
export {
  dropOldStatistics,
  LATENESS_BOUNDS_MS,
  latenessQuantile,
  readSendStatistics,
  type SendMoment,
  type SendSeries,
  type SendStatistics,
  writeSendStatistics,
} from './sendStatistics.ts';
export {
  SETTLED_AS,
  type SettledAs,
  type SettleRequest,
  type SettleResult,
  settleUnknownsByHand,
  type UnknownFilter,
} from './settleByHand.ts';
export { findSimilarJob, lockAnnouncements, type SimilarityLimits, type SimilarJob } from './similar.ts';
export { dropOldRescues, readStatus, readUnknownByRun, recordRescue, type Status } from './status.ts';
export type { ChannelStatus, QueueStatus, StatusHold } from './statusReading.ts';
export {
  CHANNEL_TITLES,
  STATUS_REASONS,
  type StatusLevel,
  type StatusReason,
  type StatusReasonCode,
  type StatusSeverity,
} from './statusReasons.ts';
export { disableEndpoint, type RefusedDelivery, suppressRefused } from './suppressing.ts';
export {
  type AddressToSuppress,
  deleteSuppression,
  listSuppressions,
  obeyReplies,
  type ReplyWish,
  readSuppression,
  type StoredSuppression,
  type SuppressionFilter,
  suppressAddress,
  suppressByLink,
  suppressChunk,
} from './suppressions.ts';
export {
  type ChannelLag,
  completeJobs,
  completeRuns,
  dropEndedRows,
  type EnqueuedBatch,
  findLongEnqueued,
  freeAllEnqueued,
  freeLostBatches,
  readLag,
  reopenJobs,
  settleUnknowns,
} from './sweeps.ts';
export {
  deleteTemplate,
  insertTemplate,
  listTemplates,
  listTemplateVersions,
  putTemplateVersion,
  readTemplate,
  type StoredTemplate,
  type TemplateChange,
  type TemplateKey,
} from './templates.ts';
export {
  changeEndpoint,
  createEndpoint,
  deleteEndpoint,
  ENDPOINTS_MAX,
  type EndpointChanges,
  type EndpointRotation,
  listEndpoints,
  readEndpoint,
  rotateEndpoint,
  type StoredEndpoint,
} from './webhookEndpoints.ts';

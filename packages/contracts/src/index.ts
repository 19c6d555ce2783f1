/** What crosses a wall: channel and provider shapes, HTTP bodies, the queue catalogue. */
export type {
  AddressVerdict,
  ApprovedTemplateContent,
  Attachment,
  CallContent,
  CallProvider,
  ChannelName,
  CheckContent,
  Content,
  EmailContent,
  HttpVerifierProvider,
  JobChannelName,
  MessageChannelName,
  NoticeContent,
  OutgoingMessage,
  PaymentContent,
  PaymentProvider,
  Provider,
  ReportContent,
  ScriptContent,
  ScriptLanguage,
  ScriptProvider,
  SendChannelName,
  Sender,
  SendOutcome,
  SmtpProvider,
  SmtpVerifierProvider,
  TaskChannelName,
  TaskResult,
  TextContent,
  ThrottleScope,
  VerifierProvider,
  WebhookProvider,
  WhatsAppProvider,
} from './channel.ts';
export {
  CHANNEL_NAMES,
  isTaskChannel,
  JOB_CHANNEL_NAMES,
  MESSAGE_CHANNEL_NAMES,
  RESULT_BYTES_MAX,
  SEND_CHANNEL_NAMES,
  TASK_CHANNEL_NAMES,
} from './channel.ts';
export type { AccountAnswer, AccountBody, AccountChangeBody, CreatedAccountAnswer } from './http/accounts.ts';
export { accountBodySchema, accountChangeSchema, accountSchema, createdAccountSchema } from './http/accounts.ts';
export type {
  AddressAnswer,
  AddressStanding,
  CheckBudget,
  CheckSpendAnswer,
  ConfirmationLinkAnswer,
  JobChecksAnswer,
  PreviewChecksAnswer,
  VerdictsAnswer,
} from './http/addresses.ts';
export {
  addressSchema,
  budgetMicrosOf,
  checkSpendSchema,
  confirmationLinkSchema,
  spendFilter,
  unitsOf,
  verdictItemSchema,
  verdictsAnswerSchema,
  verdictsBodySchema,
} from './http/addresses.ts';
export type { AudienceAnswer, AudienceBody, MembersBody, MembersChange } from './http/audiences.ts';
export {
  audienceBodySchema,
  audienceSchema,
  MEMBERS_MAX,
  membersBodySchema,
  membersChangeSchema,
} from './http/audiences.ts';
export type { AuditEntryAnswer } from './http/audit.ts';
export { auditEntrySchema, auditFilter } from './http/audit.ts';
export type { BulkAnswer, BulkBody } from './http/bulk.ts';
export { BULK_COUNT_MAX, BULK_ERRORS, BULK_JOBS_MAX, bulkAnswerSchema, bulkBodySchema } from './http/bulk.ts';
export type { CallBody, CallSettingsAnswer } from './http/calls.ts';
export {
  callBodySchema,
  callSchema,
  callSettingsChangeSchema,
  callSettingsSchema,
  storedCallOf,
} from './http/calls.ts';
export type { ContentAnswer, ContentBody, TemplateContentBody } from './http/content.ts';
export {
  contentBodySchema,
  contentSchema,
  refuseContent,
  storedContentOf,
  templateContentBodySchema,
} from './http/content.ts';
export type { DatesResult, NamedDate } from './http/dates.ts';
export {
  dateBodySchema,
  dateNameProblem,
  dateNameSchema,
  RECIPIENT_DATES_MAX,
  readDate,
  readDates,
} from './http/dates.ts';
export type { DateTriggerBody } from './http/dateTrigger.ts';
export type {
  EventAnswer,
  EventDetailAnswer,
  EventType,
  NoticeAnswer,
  NoticesMadeAnswer,
  ReplayBody,
} from './http/events.ts';
export {
  EVENT_TYPES,
  eventDetailSchema,
  eventFilter,
  eventSchema,
  noticesMadeSchema,
  OWNER_EVENT_TYPES,
  replayBodySchema,
} from './http/events.ts';
export type { HoldAnswer, HoldBody } from './http/holds.ts';
export { holdBodySchema, holdSchema, holdsSchema } from './http/holds.ts';
export type { ImportAnswer, ImportErrorAnswer, ImportFormat, ImportLineProblem, ImportState } from './http/imports.ts';
export {
  IMPORT_FORMATS,
  IMPORT_LINE_PROBLEMS,
  IMPORT_STATES,
  importErrorSchema,
  importQuerySchema,
  importSchema,
  splitAudienceNames,
} from './http/imports.ts';
export type {
  ChangeJobBody,
  CreateJobBody,
  JobAnswer,
  JobShownStatus,
  MessageJobBody,
  ShownJobKind,
  TestJobBody,
} from './http/jobs.ts';
export {
  changeJobBodySchema,
  controlAnswerSchema,
  createJobBodySchema,
  JOB_PARTS,
  JOB_SHOWN_STATUSES,
  jobSchema,
  manualRunSchema,
  messageJobBodySchema,
  paymentJobBodySchema,
  type ReportJobBody,
  refuseTriggerOfRecipients,
  reportJobBodySchema,
  SHOWN_JOB_KINDS,
  testAnswerSchema,
  testJobBodySchema,
  webhookJobBodySchema,
} from './http/jobs.ts';
export type { IssuedKeyAnswer, KeyAnswer, KeyBody, KeyRotationBody } from './http/keys.ts';
export { issuedKeySchema, keyBodySchema, keyRotationSchema, keySchema } from './http/keys.ts';
export type { ContactAnswer, NotifyAnswer, NotifyBody } from './http/notify.ts';
export { contactBodySchema, contactSchema, notifyBodySchema } from './http/notify.ts';
export { type PaymentBody, paymentBodySchema, paymentSchema, storedPaymentOf } from './http/payments.ts';
export type { PolicyBody } from './http/policy.ts';
export { policyBodySchema, policySchema, refusePolicy } from './http/policy.ts';
export type { JobPreviewAnswer } from './http/preview.ts';
export { jobPreviewSchema, PREVIEW_WARNINGS } from './http/preview.ts';
export type { ProviderAnswer, ProviderBody, ProviderChangeBody } from './http/providers.ts';
export { PROVIDER_CHANNEL_NAMES, providerBodySchema, providerChangeSchema, providerSchema } from './http/providers.ts';
export { runReasonsSchema } from './http/reasons.ts';
export type { AttributeValue, RecipientAnswer, RecipientBody } from './http/recipients.ts';
export {
  ATTRIBUTES_JSON_MAX,
  ATTRIBUTES_MAX,
  attributeKeyProblem,
  attributesProblem,
  attributeValueProblem,
  externalIdProblem,
  externalIdSchema,
  nameProblem,
  nameSchema,
  recipientBodySchema,
  recipientSchema,
} from './http/recipients.ts';
export type { Refuse } from './http/refuse.ts';
export { fileNameOf, type ReportBody, reportBodySchema, reportSchema } from './http/reports.ts';
export type { ResendBody } from './http/resend.ts';
export { missedQuerySchema, missedSchema, resendBodySchema, resendSchema } from './http/resend.ts';
export type { DeliveryAnswer, ResultAnswer, RunAnswer, TryAnswer } from './http/runs.ts';
export { deliveryDetailSchema, deliverySchema, runSchema } from './http/runs.ts';
export type { ScheduleTriggerBody } from './http/scheduleTrigger.ts';
export type { ScriptBody } from './http/scripts.ts';
export { parametersOf, scriptSchema, scriptSourceSchema } from './http/scripts.ts';
export type { StatusAnswer } from './http/status.ts';
export { statusSchema } from './http/status.ts';
export type {
  SuppressionAnswer,
  SuppressionBody,
  SuppressionImportAnswer,
  SuppressionImportError,
  SuppressionReason,
} from './http/suppressions.ts';
export {
  SUPPRESSION_IMPORT_ERRORS_SHOWN,
  SUPPRESSION_IMPORT_MAX_LINES,
  SUPPRESSION_REASONS,
  suppressionBodySchema,
  suppressionFilter,
  suppressionImportErrorSchema,
  suppressionImportSchema,
  suppressionSchema,
} from './http/suppressions.ts';
export { tagSchema } from './http/tags.ts';
export type { InlineAddress, TargetBody } from './http/target.ts';
export { inlineAddressSchema, targetAnswerSchema, targetBodySchema } from './http/target.ts';
export type {
  CreateTemplateBody,
  PreviewTemplateBody,
  PutTemplateBody,
  TemplateAnswer,
  TemplateVersionAnswer,
} from './http/templates.ts';
export {
  createTemplateBodySchema,
  previewTemplateBodySchema,
  putTemplateBodySchema,
  renderedTemplateSchema,
  templateSchema,
  templateVersionSchema,
} from './http/templates.ts';
export type { TriggerBody } from './http/trigger.ts';
export { triggerBodySchema, triggerSchema } from './http/trigger.ts';
export type { SettleManyBody, SettleOneBody } from './http/unknowns.ts';
export { settledSchema, settleManyBodySchema, settleOneBodySchema } from './http/unknowns.ts';
export type {
  WebhookAnswer,
  WebhookBody,
  WebhookChangeBody,
  WebhookRotationBody,
  WebhookWithSecretAnswer,
} from './http/webhooks.ts';
export {
  EVERY_EVENT,
  webhookBodySchema,
  webhookChangeSchema,
  webhookRotationSchema,
  webhookSchema,
  webhookWithSecretSchema,
} from './http/webhooks.ts';
export type { JobKind, StoredPolicy, StoredTrigger, Target } from './jobs.ts';
export {
  BATCH_SIZE_MAX,
  isJobKind,
  isSchedule,
  isSingleTarget,
  JOB_KINDS,
  lateAfterMs,
  OCCURRENCE_MANUAL,
  OCCURRENCE_ONCE,
  type ScheduleTrigger,
  storedPolicySchema,
  storedTriggerSchema,
  targetSchema,
} from './jobs.ts';
export type { StoredNotify } from './notify.ts';
export { storedNotifySchema } from './notify.ts';
export type { SendJob, WakeBatch, WakeSingles, WakeSource } from './queues.ts';
export { QUEUES, sendJobSchema, sendQueueName } from './queues.ts';
export type { ContentProblem, RenderedContent } from './rendering.ts';
export { checkContent, contentVariables, hasVariables, renderContent } from './rendering.ts';
export { taskAddress } from './tasks.ts';

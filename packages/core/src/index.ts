/**
 * What everything else builds on: states, calendar, back-off, ids, keys and errors. Pure: no I/O, no other package of ours.
 */
export { addressKey, deriveKey, recipientKey } from './addressKey.ts';
export { pairRetryDelayMs, type RetryDelay, retryDelayMs, roundUpToSecond } from './backoff.ts';
export {
  EARLIEST_INSTANT_MS,
  earliestInstantOf,
  type GapRule,
  INSTANT_LIMIT_MS,
  type InstantResult,
  isZone,
  latestInstantOf,
  parseInstant,
  parseWallTime,
  type RepeatedRule,
  type ResolvedWallTime,
  resolveWallTime,
  type TimeRefusal,
  type WallTime,
  type WallTimeResult,
  wallTimeAt,
} from './calendar.ts';
export {
  addDays,
  anniversariesAround,
  anniversariesOn,
  anniversaryOf,
  civilDayOf,
  DAY_OFFSET_MAX,
  type DayOffsetResult,
  daysBetween,
  formatDayOffset,
  type LeapDayRule,
  parseDayOffset,
  yearOf,
} from './civilDay.ts';
export { type Clock, type Monotonic, type Random, systemClock, systemMonotonic, systemRandom } from './clock.ts';
export { type Confirmation, type ConfirmationResult, confirmationToken, readConfirmationToken } from './confirm.ts';
export {
  catchEnd,
  catchReachMs,
  civilDaysTouching,
  type DailyTime,
  dayMoment,
  LATE_TOLERANCE_MS,
  type Lateness,
  latenessEnd,
} from './dateMoment.ts';
export { withDeadline } from './deadline.ts';
export { type DurationResult, parseDuration } from './duration.ts';
export { type EmailRefusal, type EmailResult, normalizeEmail } from './email.ts';
export {
  ApiError,
  type ApiErrorOptions,
  ERROR_CATALOGUE,
  type ErrorCode,
  type ErrorEntry,
  isErrorCode,
} from './errors.ts';
export {
  type DeliveryId,
  formatDeliveryId,
  formatId,
  ID_PREFIXES,
  type IdPrefix,
  parseDeliveryId,
  parseId,
} from './ids.ts';
export { type KeptText, keepText } from './keptText.ts';
export {
  isPhoneCountry,
  maskAddress,
  normalizePhone,
  type PhoneCountry,
  type PhoneRefusal,
  type PhoneResult,
} from './phone.ts';
export { afterQuietHours, parseQuietHours, type QuietHours, type QuietHoursResult } from './quietHours.ts';
export {
  isDateName,
  parseRecipientDate,
  type RecipientDate,
  type RecipientDateRefusal,
  type RecipientDateResult,
} from './recipientDate.ts';
export {
  type BatchReference,
  decodeReference,
  encodeReference,
  parseReferenceUnverified,
  type Reference,
  type ReferenceResult,
  referenceEncoder,
} from './reference.ts';
export { CRON_LENGTH_MAX, type CronField, type CronResult, parseCron } from './schedule/cronExpression.ts';
export { INTERVAL_MIN_MS, type IntervalResult, parseInterval } from './schedule/interval.ts';
export {
  decideSchedule,
  firstOccurrence,
  LEFT_OUT_COUNT_MAX,
  type MissedRule,
  type Occurrence,
  type OverlapRule,
  occurrenceOf,
  type ScheduleDecision,
  type ScheduleRules,
  type ScheduleState,
} from './schedule/missed.ts';
export { nextOccurrences, type Schedule, type ScheduleBounds } from './schedule/occurrences.ts';
export {
  isSimilar,
  normalizeForSimilarity,
  similarityOfTrigrams,
  trigramSimilarity,
  trigramsOf,
} from './similarity.ts';
export {
  DELIVERY_EVENTS,
  DELIVERY_STATES,
  DELIVERY_TRANSITIONS,
  type DeliveryEvent,
  type DeliveryState,
  type DeliveryTransition,
  FAILED_BY,
  type FailedBy,
  FINAL_STATES,
  isFinal,
  isOpen,
  JOB_NEXT,
  JOB_STATES,
  type JobState,
  OPEN_STATES,
  RUN_NEXT,
  RUN_STATES,
  type RunState,
  type TransitionResult,
  transition,
} from './states.ts';
export { readUnsubscribeToken, type Unsubscribe, type UnsubscribeResult, unsubscribeToken } from './unsubscribe.ts';
export {
  type FaultyText,
  isVariableName,
  type ParsedText,
  parseVariables,
  type RenderedText,
  renderVariables,
  type ValueEscape,
  type VariableProblem,
  type VariableValues,
  variablesOf,
} from './variables.ts';

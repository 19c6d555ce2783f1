/** From a channel's outcome to what is stored: who gets another attempt, when, and who does not. Pure. */
import type { SendOutcome, StoredPolicy } from '@carillon/contracts';
import { pairRetryDelayMs, type Random, retryDelayMs } from '@carillon/core';
import type { ClaimedDelivery, DeliveryOutcome } from '@carillon/db';

/** The stored part of an outcome; who it belongs to is added by the caller. */
export type Decision = Omit<DeliveryOutcome, 'accountId' | 'day' | 'batchId' | 'number' | 'try'>;

/** Outcomes by which the channel says that it did not even begin. They say nothing about provider or recipient. */
const NOT_BEGUN = new Set(['too_late', 'no_free_connection', 'channel_closed']);
/** How long a throttled row rests when the provider does not say: doubling with each claim, since it may last for days. */
const THROTTLE_FIRST_MS = 1_000;
const THROTTLE_MAX_MS = 300_000;
const JITTER = 0.2;

const NOTHING = { code: null, message: null, providerMessageId: null, retryInMs: 0, burnsAttempt: false } as const;

/** Decides one outcome by the job's policy. */
export function decide(
  outcome: SendOutcome,
  row: Pick<ClaimedDelivery, 'try' | 'attempts'>,
  policy: StoredPolicy,
  random: Random,
): Decision {
  switch (outcome.kind) {
    case 'accepted':
      // The way of nearly all: spelled out, because copying an object costs more than all the rest of this function.
      return {
        state: 'sent',
        word: 'accepted',
        burnsAttempt: true,
        code: null,
        message: null,
        providerMessageId: outcome.providerMessageId,
        retryInMs: 0,
      };
    case 'retry': {
      const { code, message } = outcome;
      if (NOT_BEGUN.has(code)) return { ...NOTHING, state: 'scheduled', word: 'not_sent', code, message };
      const attempt = row.attempts + 1;
      if (attempt >= policy.attempts) {
        return { ...NOTHING, state: 'failed', word: 'exhausted', burnsAttempt: true, code, message };
      }
      const retryInMs = retryDelayMs({ attempt, ...policy.backoff, jitter: JITTER }, random, outcome.retryAfterMs);
      return { ...NOTHING, state: 'scheduled', word: 'retry', burnsAttempt: true, code, message, retryInMs };
    }
    case 'throttled': {
      const { code, message } = outcome;
      // Our claims, and not our attempts, tell how often this recipient was too fast for the provider.
      const ownDelay =
        outcome.scope === 'recipient'
          ? pairRetryDelayMs(row.try)
          : Math.min(THROTTLE_FIRST_MS * 2 ** (row.try - 1), THROTTLE_MAX_MS);
      const retryInMs = Math.max(outcome.retryAfterMs ?? 0, ownDelay);
      return { ...NOTHING, state: 'scheduled', word: 'throttled', code, message, retryInMs };
    }
    case 'rejected':
      return {
        ...NOTHING,
        state: 'failed',
        word: 'rejected',
        burnsAttempt: true,
        code: outcome.code,
        message: outcome.message,
      };
    case 'unknown':
      // Burns no attempt: nobody knows whether it was one. The policy that settles it decides.
      return { ...NOTHING, state: 'unknown', word: 'unknown', code: outcome.code, message: outcome.message };
  }
}

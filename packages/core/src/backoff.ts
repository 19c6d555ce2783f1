/**
 * How long to wait before the next try. Pure: randomness is handed in, the answer is milliseconds.
 */
import type { Random } from './clock.ts';

/** What decides the wait after a failed attempt. */
export interface RetryDelay {
  /** Attempts used so far, from 1: the wait after the first failure has `attempt: 1`. */
  readonly attempt: number;
  /** The first wait before jitter, in milliseconds. */
  readonly initialMs: number;
  /** How much longer each wait is than the one before; at least 1. */
  readonly factor: number;
  /** The longest wait that this policy itself asks for, in milliseconds. */
  readonly maxMs: number;
  /** The share of the wait that chance may take off, from 0 (none) to 1 (anything down to no wait at all). */
  readonly jitter: number;
}

/**
 * The wait before the next try, in whole milliseconds: exponential, capped, then shortened by chance so that rows that failed
 * together do not return together. Jitter only shortens, so that the cap holds.
 *
 * @param retryAfterMs what the provider asked for (`Retry-After`). It is a minimum, even above the cap: a provider that is
 *   asked again too early tends to answer with a longer ban. What is not a positive finite number is ignored.
 * @throws RangeError when the policy makes no sense (those are validated at the API's border).
 */
export function retryDelayMs(policy: RetryDelay, random: Random, retryAfterMs?: number): number {
  const { attempt, initialMs, factor, maxMs, jitter } = policy;
  if (!(attempt >= 1 && initialMs >= 0 && factor >= 1 && maxMs >= 0 && jitter >= 0 && jitter <= 1)) {
    throw new RangeError(`not a back-off policy: ${JSON.stringify(policy)}`);
  }
  // factor ** attempt may overflow to Infinity, and 0 * Infinity is not a number.
  const exponential = initialMs === 0 ? 0 : initialMs * factor ** (attempt - 1);
  const delay = Math.round(Math.min(maxMs, exponential) * (1 - jitter * random()));
  if (retryAfterMs === undefined || !Number.isFinite(retryAfterMs) || retryAfterMs <= 0) return delay;
  return Math.max(delay, Math.ceil(retryAfterMs));
}

const PAIR_RETRY_CAP_MS = 3_600_000;

/**
 * The wait after WhatsApp's code 131056 (too many messages to this one recipient): 4^X seconds, X counting from 0 as Meta
 * asks, at most one hour.
 *
 * @param tryNumber the try that was refused, from 1
 */
export function pairRetryDelayMs(tryNumber: number): number {
  return Math.min(PAIR_RETRY_CAP_MS, 1000 * 4 ** Math.max(0, tryNumber - 1));
}

/** The instant itself if it is a whole second, else the next whole second: retries of one batch then meet and share a wake-up. */
export function roundUpToSecond(instantMs: number): number {
  return Math.ceil(instantMs / 1000) * 1000;
}

/**
 * When a request is sent again, and after how long. The rule: never when it could be done twice. What the API has certainly
 * not done may always be repeated; what it may have done, only where twice is as good as once.
 */

/** How often and how patiently. */
export interface RetryOptions {
  /** Repetitions after the first try; default 4. */
  readonly limit: number;
  /** The first pause, which doubles from try to try; default 250 ms. */
  readonly initialMs: number;
  /** The longest pause by doubling; default 10,000 ms. */
  readonly maxMs: number;
  /** The longest that the server may ask to wait. Asked for more, the call fails at once; default 60,000 ms. */
  readonly patienceMs: number;
}

export const DEFAULT_RETRIES: RetryOptions = { limit: 4, initialMs: 250, maxMs: 10_000, patienceMs: 60_000 };

/** What became of a try, as far as repeating it is concerned. */
export interface Failure {
  /** Undefined when no answer came. */
  readonly status: number | undefined;
  readonly code: string | undefined;
  readonly headers: Headers | undefined;
}

/**
 * The pause before the next try in milliseconds, or undefined when there is to be none.
 * @param isRepeatable whether doing it twice is as good as once
 * @param attempt counted from 0
 */
export function pauseBeforeRetry(
  failure: Failure,
  isRepeatable: boolean,
  attempt: number,
  options: RetryOptions,
  random: () => number,
): number | undefined {
  if (attempt >= options.limit || !mayRepeat(failure, isRepeatable)) return undefined;
  const asked = askedMs(failure);
  if (asked !== undefined && asked > options.patienceMs) return undefined;
  const grown = Math.min(options.maxMs, options.initialMs * 2 ** attempt);
  // Between half and all of it, so that many clients do not come back together.
  const own = grown * (0.5 + random() / 2);
  return asked === undefined ? own : Math.max(own, asked);
}

function mayRepeat({ status, code }: Failure, isRepeatable: boolean): boolean {
  // Certainly not done: refused at the door, or before anything was begun.
  if (status === 429 || code === 'unavailable') return true;
  if (!isRepeatable) return false;
  if (status === undefined || code === 'idempotency_in_progress') return true;
  return status === 502 || status === 503 || status === 504;
}

/** How long the server asks to wait, in milliseconds. */
function askedMs({ status, headers }: Failure): number | undefined {
  const given = headers?.get('Retry-After') ?? (status === 429 ? headers?.get('RateLimit-Reset') : undefined);
  if (given === undefined || given === null || given.trim() === '') return undefined;
  const seconds = Number(given);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1_000);
  // Proxies may give a date.
  const date = Date.parse(given);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

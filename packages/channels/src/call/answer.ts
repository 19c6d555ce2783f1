/** What the answer to a call means: its status alone decides. The beginning of its body is kept. */
import { RESULT_BYTES_MAX, type SendOutcome } from '@carillon/contracts';
import { keepText } from '@carillon/core';

/** The longest rest that a service may ask for. */
const RETRY_AFTER_MAX_MS = 24 * 3_600_000;
/** Too many requests, and service unavailable: fewer calls at once may help. */
const TOO_MUCH: ReadonlySet<number> = new Set([429, 503]);
/** Not now: the request timed out there, came too early, or met a lock. */
const NOT_NOW: ReadonlySet<number> = new Set([408, 423, 425, 429]);

/**
 * 2xx is a yes, 410 says that nothing is wanted there any more. What says "not now" (429, 5xx and their like) is tried again; any other
 * 4xx is what the request itself would meet again. Redirects are never followed, because where they lead nobody has checked.
 */
export function readAnswer(
  status: number,
  body: string,
  retryAfterMs: number | undefined,
  isCut: boolean,
): SendOutcome {
  const kept = keepText(body, RESULT_BYTES_MAX);
  const truncated = kept.truncated || isCut;
  const result = { ms: 0, status, ...(kept.text !== '' && { output: kept.text }), ...(truncated && { truncated }) };
  // The adapter knows the call's id, which is the only one there is.
  if (status >= 200 && status < 300) return { kind: 'accepted', providerMessageId: '', result };
  const message = `HTTP ${status}`;
  if (status === 410) return { kind: 'rejected', code: 'gone', message, concerns: 'job', result };
  if (status < 400) return { kind: 'rejected', code: 'redirect_refused', message, result };
  const code = `http_${status}`;
  if (status < 500 && !NOT_NOW.has(status)) return { kind: 'rejected', code, message, result };
  const load = TOO_MUCH.has(status) ? ({ overloaded: true } as const) : {};
  const rest = retryAfterMs === undefined ? {} : { retryAfterMs: Math.min(retryAfterMs, RETRY_AFTER_MAX_MS) };
  return { kind: 'retry', code, message, ...rest, ...load, result };
}

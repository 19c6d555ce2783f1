/** What an endpoint's answer means: its status alone decides. */
import type { SendOutcome } from '@carillon/contracts';

/** The longest rest that an endpoint may ask for: it has ten tries within three days. */
const RETRY_AFTER_MAX_MS = 24 * 3_600_000;
/** Too many requests, and service unavailable: fewer calls at once may help. */
const TOO_MUCH: ReadonlySet<number> = new Set([429, 503]);

/**
 * 2xx is a yes; 410 says that nothing is wanted there any more. All else is tried again, even statuses that usually are final: the
 * endpoint is a program that somebody is writing, and it should get its notices once it has been mended. Redirects
 * are never followed, because where they lead nobody has checked, and a POST would become a GET.
 */
export function readAnswer(status: number, _body: string, retryAfterMs: number | undefined): SendOutcome {
  // The adapter knows the event's id, which is the only one there is.
  if (status >= 200 && status < 300) return { kind: 'accepted', providerMessageId: '' };
  const message = `HTTP ${status}`;
  if (status === 410) return { kind: 'rejected', code: 'gone', message, concerns: 'endpoint' };
  if (status >= 300 && status < 400) return { kind: 'retry', code: 'redirect_refused', message };
  const code = `http_${status}`;
  const load = TOO_MUCH.has(status) ? ({ overloaded: true } as const) : {};
  if (retryAfterMs === undefined || (status !== 429 && status < 500)) return { kind: 'retry', code, message, ...load };
  return { kind: 'retry', code, message, retryAfterMs: Math.min(retryAfterMs, RETRY_AFTER_MAX_MS), ...load };
}

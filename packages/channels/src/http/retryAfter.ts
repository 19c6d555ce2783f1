/** The header by which a server says when to come again. */

/**
 * Milliseconds that a `Retry-After` value asks for: seconds, or an HTTP date read against `nowMs` (epoch). Undefined
 * when it is absent or makes no sense; a date in the past is 0.
 */
export function parseRetryAfter(value: string | undefined, nowMs: number): number | undefined {
  if (value === undefined) return undefined;
  const text = value.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  // Date.parse alone also takes '-5' or '1.5' for dates; an HTTP date begins with the day's name.
  if (!/^[A-Za-z]{3,9},? /.test(text)) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}

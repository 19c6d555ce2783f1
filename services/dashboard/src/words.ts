/** Numbers, durations and moments as a person reads them. */

/** Such as `1,204`. */
export function amount(count: number): string {
  return Math.round(count).toLocaleString('en-US');
}

/** Such as `1 run` or `12 runs`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${amount(count)} ${count === 1 ? one : many}`;
}

/** Such as `45 s`, `3 min`, `2 h` or `3 days`. */
export function duration(durationMs: number): string {
  const seconds = Math.max(0, Math.round(durationMs / 1_000));
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3_600)} h` : `${Math.round(seconds / 86_400)} days`;
}

/** How late something was, finely: `120 ms`, `1.4 s`, `3 min`. */
export function lateness(durationMs: number): string {
  if (durationMs < 1_000) return `${Math.round(durationMs)} ms`;
  return durationMs < 10_000 ? `${(durationMs / 1_000).toFixed(1)} s` : duration(durationMs);
}

/** Such as `0.4`, `12` or `1,250`. */
export function rate(perSecond: number): string {
  return perSecond > 0 && perSecond < 10 ? perSecond.toFixed(1) : amount(perSecond);
}

/** Such as `2026-11-20 09:00:07 UTC`; on the day of `nowMs` the time only. */
export function instant(atMs: number, nowMs: number): string {
  const text = new Date(atMs).toISOString();
  const sameDay = text.slice(0, 10) === new Date(nowMs).toISOString().slice(0, 10);
  return `${sameDay ? '' : `${text.slice(0, 10)} `}${text.slice(11, 19)} UTC`;
}

export function ago(nowMs: number, atMs: number): string {
  return `${duration(nowMs - atMs)} ago`;
}

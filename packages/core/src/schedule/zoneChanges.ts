/**
 * When a zone changes its clocks, and what they show in between. `Intl` only tells what the clock shows at an instant, so changes are
 * looked for: a probe a week, and between two that differ the second is found by halving. No zone has changed its clocks twice
 * within a week since 2000 (the closest two, in Argentina in 2004, are 12 days apart).
 */
import { wallTimeAt } from '../calendar.ts';

/** A change of clocks: from `atMs` on the offset is `after`. Offsets are milliseconds, east positive. */
export interface ZoneChange {
  readonly atMs: number;
  readonly before: number;
  readonly after: number;
}

const PROBE_MS = 7 * 86_400_000;

// By zone and year, so at most some forty years of the zones that exist. Spellings are made one: strangers choose them.
const years = new Map<string, readonly ZoneChange[]>();

/** The offset of a zone at an instant. @throws RangeError when the zone is unknown */
export function offsetOf(zone: string, atMs: number): number {
  const seconds = Math.floor(atMs / 1000) * 1000;
  const { year, month, day, hour, minute, second } = wallTimeAt(seconds, zone);
  return Date.UTC(year, month - 1, day, hour, minute, second) - seconds;
}

/** The changes of a zone that come after one instant and before another, in order, found as they are asked for. */
export function* changesBetween(zone: string, afterMs: number, beforeMs: number): Generator<ZoneChange> {
  const lastYear = new Date(beforeMs).getUTCFullYear();
  for (let year = new Date(afterMs).getUTCFullYear(); year <= lastYear; year += 1) {
    for (const change of changesOfYear(zone, year)) {
      if (change.atMs >= beforeMs) return;
      if (change.atMs > afterMs) yield change;
    }
  }
}

/** The last change at or before an instant, no more than `withinMs` before it. */
export function changeBefore(zone: string, atMs: number, withinMs: number): ZoneChange | undefined {
  let found: ZoneChange | undefined;
  for (const change of changesBetween(zone, atMs - withinMs, atMs + 1)) found = change;
  return found;
}

function changesOfYear(zone: string, year: number): readonly ZoneChange[] {
  const key = `${zone.toLowerCase()} ${year}`;
  const known = years.get(key);
  if (known !== undefined) return known;
  const changes: ZoneChange[] = [];
  const end = Date.UTC(year + 1, 0, 1);
  let from = Date.UTC(year, 0, 1) - 1000;
  let before = offsetOf(zone, from);
  while (from < end - 1000) {
    const to = Math.min(from + PROBE_MS, end - 1000);
    const after = offsetOf(zone, to);
    if (after !== before) changes.push({ atMs: findChange(zone, from, to, before), before, after });
    before = after;
    from = to;
  }
  years.set(key, changes);
  return changes;
}

/** The first whole second of the offset that is not `before`, which holds at `from` and not at `to`. */
function findChange(zone: string, from: number, to: number, before: number): number {
  let low = from / 1000;
  let high = to / 1000;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetOf(zone, middle * 1000) === before) low = middle;
    else high = middle;
  }
  return high * 1000;
}

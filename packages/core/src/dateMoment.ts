/**
 * When somebody is told of a date of theirs: a civil day at a wall time in a zone, and until when that still makes sense. One civil
 * day lasts 50 hours on earth, from UTC+14 to UTC-12, so that a stretch of time touches more days than it is long.
 */
import {
  earliestInstantOf,
  type GapRule,
  latestInstantOf,
  parseWallTime,
  resolveWallTime,
  type WallTime,
} from './calendar.ts';
import { addDays, civilDayOf } from './civilDay.ts';

/** What becomes of a message whose moment is over: sent all the same, left out, or sent within a time or until a wall time. */
export type Lateness =
  | { readonly action: 'send' }
  | { readonly action: 'skip' }
  | { readonly action: 'within'; readonly ms: number }
  /** Wall time of the same day, `HH:MM`, in the same zone. */
  | { readonly action: 'until'; readonly at: string };

/** A wall time of each day, in whatever zone, with the rules for days on which clocks change. */
export interface DailyTime {
  /** `HH:MM`. */
  readonly at: string;
  readonly gap: GapRule;
  readonly repeated: 'first' | 'second';
}

const HOUR_MS = 3_600_000;

/** How late a message may be that is to be left out when it is late: providers and processes take their moments. */
export const LATE_TOLERANCE_MS = 5 * 60_000;

/** Clocks jump by an hour, in one place by two; a moment in the gap moves by as much. */
const GAP_MS = 2 * HOUR_MS;

/**
 * The moment of a civil day in a zone. In a gap that is to be left out it is the one of the rule `later`, and marked.
 * @throws RangeError when the zone is unknown or the day is outside of what wall times reach
 */
export function dayMoment(
  day: string,
  zone: string,
  time: DailyTime,
): { readonly epochMs: number; readonly inGap: boolean } {
  const wallTime = `${day}T${time.at}`;
  const asked = { wallTime, zone, repeated: time.repeated };
  const resolved = resolveWallTime({ ...asked, gap: time.gap });
  if (resolved.kind === 'instant') return { epochMs: resolved.epochMs, inGap: false };
  const later = resolveWallTime({ ...asked, gap: 'later' });
  if (later.kind === 'skipped') throw new Error('a wall time that is to be shifted was left out');
  return { epochMs: later.epochMs, inGap: true };
}

/**
 * Until when a message may still be sent, by the rule of lateness; null is without end.
 * @param dueAtMs its moment
 * @param zone whose wall time the moment was
 */
export function latenessEnd(lateness: Lateness, dueAtMs: number, day: string, zone: string): number | null {
  switch (lateness.action) {
    case 'send':
      return null;
    case 'skip':
      return dueAtMs + LATE_TOLERANCE_MS;
    case 'within':
      return dueAtMs + lateness.ms;
    case 'until':
      return dayMoment(day, zone, { at: lateness.at, gap: 'later', repeated: 'first' }).epochMs;
  }
}

/**
 * Until when somebody who comes late, because their date was added or changed after its moment, is still told: as long as the rule
 * of lateness allows, and where it knows no end until the civil day is over.
 */
export function catchEnd(lateness: Lateness, dueAtMs: number, day: string, zone: string): number {
  const end = latenessEnd(lateness, dueAtMs, day, zone);
  return end ?? dayMoment(addDays(day, 1), zone, { at: '00:00', gap: 'later', repeated: 'first' }).epochMs;
}

/** How far before now a moment may lie that {@link catchEnd} still allows, at most; in milliseconds. */
export function catchReachMs(lateness: Lateness): number {
  switch (lateness.action) {
    case 'skip':
      return LATE_TOLERANCE_MS;
    case 'within':
      return lateness.ms;
    case 'send':
    case 'until':
      // A day is 25 hours long when clocks go back.
      return 26 * HOUR_MS;
  }
}

/**
 * The civil days whose wall time comes within a stretch of time, in order; both ends included.
 * @param zone of the wall time; null is anywhere on earth
 */
export function civilDaysTouching(
  fromMs: number,
  toMs: number,
  time: DailyTime,
  zone: string | null = null,
): readonly string[] {
  const days: string[] = [];
  // Two days more on either side than in UTC, which the moments then decide about.
  const last = addDays(civilDayOf(toMs, 'UTC'), 2);
  for (let day = addDays(civilDayOf(fromMs, 'UTC'), -2); day <= last; day = addDays(day, 1)) {
    const parsed = parseWallTime(`${day}T${time.at}`);
    // Beyond the last moment that is accepted at all.
    if (!parsed.ok) continue;
    const [earliest, latest] = spanOf(day, parsed.wallTime, time, zone);
    if (latest >= fromMs && earliest <= toMs) days.push(day);
  }
  return days;
}

function spanOf(day: string, wallTime: WallTime, time: DailyTime, zone: string | null): [number, number] {
  if (zone === null) return [earliestInstantOf(wallTime) - GAP_MS, latestInstantOf(wallTime) + GAP_MS];
  const { epochMs } = dayMoment(day, zone, time);
  return [epochMs, epochMs];
}

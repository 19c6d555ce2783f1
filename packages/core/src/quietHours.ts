/**
 * Quiet hours: a part of each day, by the recipient's own clock, in which nothing is sent to them.
 *
 * Quiet is what the clock on the wall says, so the rule follows it through its changes: where an hour comes twice, its quiet
 * part is quiet twice; where clocks skip the end, quiet ends when they have jumped past it.
 */
import { resolveWallTime, type WallTime, wallTimeAt } from './calendar.ts';

/** From (included) and to (excluded), as `HH:MM`. Past midnight when `to` is the earlier one. */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
}

/** Quiet hours read, or why not: `format` (not `HH:MM`, 00:00 to 23:59) or `equal` (never and always would be spelt alike). */
export type QuietHoursResult =
  | { readonly ok: true; readonly quietHours: QuietHours }
  | { readonly ok: false; readonly reason: 'format' | 'equal' };

const TIME_FORM = /^([01]\d|2[0-3]):([0-5]\d)$/;

/** Checks two times of day. */
export function parseQuietHours(from: string, to: string): QuietHoursResult {
  if (!TIME_FORM.test(from) || !TIME_FORM.test(to)) return { ok: false, reason: 'format' };
  if (from === to) return { ok: false, reason: 'equal' };
  return { ok: true, quietHours: { from, to } };
}

/**
 * The instant itself when it is not quiet then, else the first instant after it that is not.
 *
 * @param instantMs milliseconds since the epoch
 * @param zone of the recipient, an IANA name
 * @throws RangeError when the zone is unknown or the hours did not pass {@link parseQuietHours}
 */
export function afterQuietHours(instantMs: number, zone: string, quietHours: QuietHours): number {
  const { from, to } = quietHours;
  if (!parseQuietHours(from, to).ok) throw new RangeError(`not quiet hours: ${from} to ${to}`.slice(0, 100));
  const fromMinute = minuteOf(from);
  const toMinute = minuteOf(to);
  const isQuiet = (minute: number) =>
    fromMinute < toMinute ? minute >= fromMinute && minute < toMinute : minute >= fromMinute || minute < toMinute;

  let instant = instantMs;
  for (;;) {
    const wall = wallTimeAt(instant, zone);
    const minute = wall.hour * 60 + wall.minute;
    if (!isQuiet(minute)) return instant;
    const next = endAfter(instant, zone, nextDayIf(minute >= toMinute, wall, toMinute));
    if (next <= instant) throw new Error(`quiet hours in ${zone} would end before ${instant}`);
    // Clocks set back on the way may show a time before quiet hours again.
    const setBack = setBackBetween(instant, next, zone);
    // A gap can end within quiet hours: a zone that changes its side of the date line leaves out a whole day.
    instant = setBack ?? next;
  }
}

function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** A minute of the wall time's day, or of the day after it. */
function nextDayIf(next: boolean, { year, month, day }: WallTime, minute: number): WallTime {
  // Only for its calendar: the day after the 31st is the 1st.
  const date = new Date(Date.UTC(year, month - 1, day + (next ? 1 : 0)));
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: Math.floor(minute / 60),
    minute: minute % 60,
    second: 0,
  };
}

/** The first instant after a quiet one at which the clock shows `end`, or has jumped over it. */
function endAfter(instant: number, zone: string, end: WallTime): number {
  const found = resolveWallTime({ wallTime: end, zone });
  if (found.kind === 'skipped') throw new Error('a gap is never skipped unasked');
  if (found.note === 'gap') return endOfGap(zone, end, found.epochMs);
  if (found.note === 'repeated' && found.epochMs <= instant) {
    // The hour has come again, and its first end is behind us.
    const again = resolveWallTime({ wallTime: end, zone, repeated: 'second' });
    if (again.kind === 'instant') return again.epochMs;
  }
  return found.epochMs;
}

/** The instant at which clocks jump over a wall time. The jump lies between the two ways of resolving that wall time. */
function endOfGap(zone: string, skipped: WallTime, later: number): number {
  const earlier = resolveWallTime({ wallTime: skipped, zone, gap: 'earlier' });
  let before = earlier.kind === 'instant' ? earlier.epochMs : later;
  let after = later;
  while (after - before > 1_000) {
    const middle = before + Math.floor((after - before) / 2_000) * 1_000;
    if (asNumber(wallTimeAt(middle, zone)) < asNumber(skipped)) before = middle;
    else after = middle;
  }
  return after;
}

/** The instant after `instant` and before `next` at which clocks are set back, if they are. */
function setBackBetween(instant: number, next: number, zone: string): number | undefined {
  const ahead = (epochMs: number) => asNumber(wallTimeAt(epochMs, zone)) - Math.floor(epochMs / 1_000) * 1_000;
  const atFirst = ahead(instant);
  if (ahead(next) >= atFirst) return undefined;
  let before = Math.floor(instant / 1_000) * 1_000;
  let after = next;
  while (after - before > 1_000) {
    const middle = before + Math.floor((after - before) / 2_000) * 1_000;
    if (ahead(middle) < atFirst) after = middle;
    else before = middle;
  }
  return after > instant && after < next ? after : undefined;
}

/** In the order of the calendar. */
function asNumber({ year, month, day, hour, minute, second }: WallTime): number {
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

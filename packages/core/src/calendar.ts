/**
 * From what a person means by "9:00 on the 21st, in my own zone" to an instant.
 *
 * Wall time and zone stay apart until late; here they meet. Two rules that others leave unsaid are said: a wall time that the
 * zone skips (clocks go forward) and one that it has twice (clocks go back).
 *
 * Built on `Intl.DateTimeFormat` alone, which knows each zone's offset at an instant; the way back is computed. A date library
 * would add nothing here but its own rules and caches (that grow with every spelling of a zone that a stranger sends in).
 * The tests compare with an independent implementation of the calendar.
 */

/** A wall time that falls into a gap: shifted forward by the gap's length (02:30 is 03:30), back by it (01:30), or left out. */
export type GapRule = 'later' | 'earlier' | 'skip';

/** A wall time that comes twice. `both` makes sense only for recurring triggers, which make two occurrences of it. */
export type RepeatedRule = 'first' | 'second' | 'both';

/** A date and time of day without a zone; a real date, years 2000 to 2039. */
export interface WallTime {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** Why a text is no usable wall time or instant. */
export type TimeRefusal = 'format' | 'date' | 'too_early' | 'too_late';

/** A wall time read, or why not. */
export type WallTimeResult =
  | { readonly ok: true; readonly wallTime: WallTime }
  | { readonly ok: false; readonly reason: TimeRefusal };

/** An instant read, in milliseconds since 1970-01-01T00:00Z, or why not. */
export type InstantResult =
  | { readonly ok: true; readonly epochMs: number }
  | { readonly ok: false; readonly reason: TimeRefusal };

/** What a wall time means in a zone. `note` says that a rule had to choose. */
export type ResolvedWallTime =
  | { readonly kind: 'instant'; readonly epochMs: number; readonly note?: 'gap' | 'repeated' }
  | { readonly kind: 'skipped'; readonly reason: 'gap' };

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** 2000-01-01T00:00Z: the first instant that we accept; what is earlier is a typing error. */
export const EARLIEST_INSTANT_MS = Date.UTC(2000, 0, 1);

/**
 * The first instant that we do not accept any more, 2039-09-07T15:47:35.552Z: BullMQ keeps the time of a delayed job as
 * milliseconds times 4096, which from then on is above 2^53, where neighbouring numbers can no longer be told apart.
 */
export const INSTANT_LIMIT_MS = 2 ** 53 / 4096;

const WALL_FORM = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d))?$/;
const INSTANT_FORM = /^(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?)(?:\.(\d{1,9}))?(?:Z|([+-])(\d\d):(\d\d))$/;

/**
 * Reads `YYYY-MM-DDTHH:MM` or `YYYY-MM-DDTHH:MM:SS`, without offset or zone. Refuses dates that do not exist, 24:00, leap
 * seconds, and what could be outside the range of accepted instants in some zone.
 */
export function parseWallTime(text: string): WallTimeResult {
  const wallTime = readWallTime(text);
  if (typeof wallTime === 'string') return { ok: false, reason: wallTime };
  if (wallTime.year < 2000) return { ok: false, reason: 'too_early' };
  if (latestInstantOf(wallTime) >= INSTANT_LIMIT_MS) return { ok: false, reason: 'too_late' };
  return { ok: true, wallTime };
}

/**
 * Reads an ISO 8601 instant, `YYYY-MM-DDTHH:MM[:SS[.fraction]]` with `Z` or an offset, which is required: an instant without one
 * would silently be somebody's local time. Fractions below a millisecond round up, because nothing may be sent early.
 * Refuses what is before {@link EARLIEST_INSTANT_MS} or not before {@link INSTANT_LIMIT_MS}.
 */
export function parseInstant(text: string): InstantResult {
  // What programs write, `2027-03-08T14:30:00.000Z`, for less; a file may have a million of them.
  const written = text.length === 24 ? Date.parse(text) : Number.NaN;
  const isInRange = written >= EARLIEST_INSTANT_MS && written < INSTANT_LIMIT_MS;
  if (isInRange && new Date(written).toISOString() === text) return { ok: true, epochMs: written };
  const match = INSTANT_FORM.exec(text);
  if (match === null) return { ok: false, reason: 'format' };
  const wallTime = readWallTime(match[1] as string);
  if (typeof wallTime === 'string') return { ok: false, reason: wallTime };
  const fractionMs = Math.ceil(Number((match[2] ?? '').padEnd(9, '0')) / 1e6);
  const offsetMinutes = Number(match[4] ?? 0) * 60 + Number(match[5] ?? 0);
  // No place on earth is further ahead than 14 hours or further behind than 12.
  if (Number(match[5] ?? 0) > 59 || offsetMinutes > (match[3] === '-' ? 12 : 14) * 60) {
    return { ok: false, reason: 'format' };
  }
  const offsetMs = (match[3] === '-' ? -1 : 1) * offsetMinutes * 60_000;
  const epochMs = asIfUtc(wallTime) + fractionMs - offsetMs;
  if (epochMs < EARLIEST_INSTANT_MS) return { ok: false, reason: 'too_early' };
  if (epochMs >= INSTANT_LIMIT_MS) return { ok: false, reason: 'too_late' };
  return { ok: true, epochMs };
}

/** The earliest instant at which it is this wall time anywhere: in UTC+14. */
export function earliestInstantOf(wallTime: WallTime): number {
  return asIfUtc(wallTime) - 14 * HOUR_MS;
}

/** The latest instant at which it is this wall time anywhere: in UTC-12. */
export function latestInstantOf(wallTime: WallTime): number {
  return asIfUtc(wallTime) + 12 * HOUR_MS;
}

/**
 * The instant of a wall time in a zone.
 *
 * @param gap default `later`
 * @param repeated default `first`
 * @throws RangeError when the text is no wall time or the zone unknown; both are checked where they come in
 */
export function resolveWallTime(question: {
  readonly wallTime: string | WallTime;
  readonly zone: string;
  readonly gap?: GapRule;
  readonly repeated?: Exclude<RepeatedRule, 'both'>;
}): ResolvedWallTime {
  const wall = asIfUtc(typeof question.wallTime === 'string' ? demandWallTime(question.wallTime) : question.wallTime);
  const formatter = formatterOf(question.zone);
  // Offsets lie within -12 and +14 hours, so these two instants are surely before and after the wall time; and no zone
  // has changed its clocks twice within two days since 2000.
  const offsetBefore = offsetAt(formatter, wall - DAY_MS);
  const offsetAfter = offsetAt(formatter, wall + DAY_MS);
  const byBefore = wall - offsetBefore;
  if (offsetBefore === offsetAfter) return { kind: 'instant', epochMs: byBefore };

  const byAfter = wall - offsetAfter;
  const beforeHolds = offsetAt(formatter, byBefore) === offsetBefore;
  const afterHolds = offsetAt(formatter, byAfter) === offsetAfter;
  if (beforeHolds && afterHolds) {
    return { kind: 'instant', epochMs: question.repeated === 'second' ? byAfter : byBefore, note: 'repeated' };
  }
  if (beforeHolds) return { kind: 'instant', epochMs: byBefore };
  if (afterHolds) return { kind: 'instant', epochMs: byAfter };
  if (question.gap === 'skip') return { kind: 'skipped', reason: 'gap' };
  // Read with the clock of before the change, the moment lies as far behind the gap's end as the wall time lay
  // behind its beginning.
  return { kind: 'instant', epochMs: question.gap === 'earlier' ? byAfter : byBefore, note: 'gap' };
}

/**
 * What the clock on a wall in a zone shows at an instant, to the second begun.
 * @throws RangeError when the zone is unknown
 */
export function wallTimeAt(epochMs: number, zone: string): WallTime {
  return readLocal(formatterOf(zone), epochMs);
}

// One formatter per zone is 50 microseconds to make. Keyed by the lower-case name, so the cache is bounded by the number of zones.
const formatters = new Map<string, Intl.DateTimeFormat>();

const ZONE_FORM = /^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+)*$/;

/** Whether this names an IANA time zone (`Europe/Berlin`, `UTC`; bare offsets such as `+02:00` are none). */
export function isZone(name: string): boolean {
  return findFormatter(name) !== undefined;
}

function formatterOf(zone: string): Intl.DateTimeFormat {
  const formatter = findFormatter(zone);
  if (formatter === undefined) throw new RangeError(`not a time zone: ${zone.slice(0, 64)}`);
  return formatter;
}

function findFormatter(zone: string): Intl.DateTimeFormat | undefined {
  const known = formatters.get(zone) ?? formatters.get(zone.toLowerCase());
  if (known !== undefined) return known;
  if (zone.length > 64 || !ZONE_FORM.test(zone)) return undefined;
  try {
    const formatter = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formatters.set(zone.toLowerCase(), formatter);
    return formatter;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The zone's offset from UTC at an instant, in milliseconds, east positive. */
function offsetAt(formatter: Intl.DateTimeFormat, epochMs: number): number {
  return asIfUtc(readLocal(formatter, epochMs)) - Math.floor(epochMs / 1000) * 1000;
}

function readLocal(formatter: Intl.DateTimeFormat, epochMs: number): WallTime {
  // '11/21/2026, 09:00:00': always this form, and reading it by place is three times as fast as formatToParts.
  const text = formatter.format(epochMs);
  const part = (from: number, to: number) => Number(text.slice(from, to));
  return {
    year: part(6, 10),
    month: part(0, 2),
    day: part(3, 5),
    hour: part(12, 14),
    minute: part(15, 17),
    second: part(18, 20),
  };
}

function asIfUtc(wallTime: WallTime): number {
  return Date.UTC(wallTime.year, wallTime.month - 1, wallTime.day, wallTime.hour, wallTime.minute, wallTime.second);
}

function demandWallTime(text: string): WallTime {
  const result = parseWallTime(text);
  if (!result.ok) throw new RangeError(`not a wall time (${result.reason}): ${text.slice(0, 64)}`);
  return result.wallTime;
}

function readWallTime(text: string): WallTime | 'format' | 'date' {
  const match = WALL_FORM.exec(text);
  if (match === null) return 'format';
  const [year, month, day, hour, minute, second] = match.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const exists = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (!exists || hour > 23 || minute > 59 || second > 59) return 'date';
  return { year, month, day, hour, minute, second };
}

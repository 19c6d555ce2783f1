/**
 * The moments of a cron expression as others tell them: cron-parser says which wall times match, on a clock without zone, and
 * Temporal what they are in a zone. Shares nothing with our own reading of expressions, search or zones.
 */
import { CronExpressionParser } from 'cron-parser';
import { Temporal } from 'temporal-polyfill';
import type { GapRule, RepeatedRule } from '../src/index.ts';

export interface CronCase {
  readonly expression: string;
  readonly zone: string;
  readonly gap: GapRule;
  readonly repeated: RepeatedRule;
}

/** Wall times so far outside may lie in the range: zones are up to 14 hours ahead, and changes of clocks move a little. */
const MARGIN_MS = 18 * 3_600_000;

/** All moments in [fromMs, toMs), ascending, at most `limit`. */
export function oracleOccurrences(cron: CronCase, fromMs: number, toMs: number, limit: number): number[] {
  const found = new Set<number>();
  let enough = Number.POSITIVE_INFINITY;
  for (const wall of wallTimes(cron.expression, fromMs - MARGIN_MS, toMs + MARGIN_MS)) {
    if (wall > enough) break;
    for (const instant of instantsOf(wall, cron)) if (instant >= fromMs && instant < toMs) found.add(instant);
    // Enough, once nothing earlier can come any more.
    if (found.size >= limit) enough = Math.min(enough, wall + MARGIN_MS);
  }
  return [...found].sort((one, other) => one - other).slice(0, limit);
}

/** What was found already, as the same expressions are asked for in many zones. */
const known = new Map<string, { walls: number[]; more: () => number | undefined }>();

/** Wall times counted as if they were UTC. */
function* wallTimes(expression: string, fromMs: number, toMs: number): Generator<number> {
  const key = `${expression} ${fromMs}`;
  let entry = known.get(key);
  if (entry === undefined) {
    const iterator = CronExpressionParser.parse(expression, { currentDate: new Date(fromMs), tz: 'UTC' });
    entry = { walls: [], more: () => (iterator.hasNext() ? iterator.next().getTime() : undefined) };
    known.set(key, entry);
  }
  for (let index = 0; ; index += 1) {
    if (index === entry.walls.length) {
      const next = entry.more();
      if (next === undefined) return;
      entry.walls.push(next);
    }
    const wall = entry.walls[index] as number;
    if (wall >= toMs) return;
    yield wall;
  }
}

function instantsOf(wallMs: number, { zone, gap, repeated }: CronCase): number[] {
  const plain = Temporal.PlainDateTime.from(new Date(wallMs).toISOString().slice(0, 19));
  const early = plain.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const late = plain.toZonedDateTime(zone, { disambiguation: 'later' });
  if (early.epochMilliseconds === late.epochMilliseconds) return [early.epochMilliseconds];
  if (early.toPlainDateTime().equals(plain)) {
    const both = [early.epochMilliseconds, late.epochMilliseconds];
    return repeated === 'both' ? both : [both[repeated === 'first' ? 0 : 1] as number];
  }
  return gap === 'skip' ? [] : [(gap === 'later' ? late : early).epochMilliseconds];
}

/** The instants at which a zone changes its clocks in [fromMs, toMs). */
export function clockChanges(zone: string, fromMs: number, toMs: number): number[] {
  const changes: number[] = [];
  let at: Temporal.ZonedDateTime | null = Temporal.Instant.fromEpochMilliseconds(fromMs).toZonedDateTimeISO(zone);
  for (;;) {
    at = at.getTimeZoneTransition('next');
    if (at === null || at.epochMilliseconds >= toMs) return changes;
    changes.push(at.epochMilliseconds);
  }
}

const EXPRESSIONS = [
  '0 9 * * *',
  '30 2 * * *',
  '0 3 * * SUN',
  '15,45 1-3 * * *',
  '0 0 * * *',
  '59 23 L * *',
  '0 12 L 2 *',
  '0 8 29 2 *',
  '30 1 31 * *',
  '0 6 * * 5#2',
  '0 6 * * FRI#5',
  '0 18 * * 5L',
  '30 2 1 1,4,7,10 *',
  '0 9 1-7 * MON',
  '*/15 * * * *',
  '0 */2 * * *',
  '5 4 * * MON-FRI',
  '0 0 13 * FRI',
  '30 2 * 3,10,11 SUN',
  '20 0,1,2,3,23 * * *',
  '0 30 1 * * *',
  '15 */20 2 * * *',
  '0 0 9 ? * 1',
  '*/30 59 1,2 * * *',
  '10 1-3/2 * * *',
  '0 22 * JUN-AUG SAT,SUN',
];

const ZONES = [
  'Europe/Berlin',
  'Europe/London',
  'Europe/Dublin',
  'America/New_York',
  'America/Santiago',
  'America/Asuncion',
  'America/Nuuk',
  'America/Havana',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Australia/Sydney',
  'Pacific/Auckland',
  'Pacific/Chatham',
  'Africa/Casablanca',
  'Africa/Cairo',
  'Asia/Gaza',
  'Asia/Kolkata',
  'Antarctica/Troll',
  'Atlantic/Azores',
  'UTC',
];

const GAPS = ['later', 'earlier', 'skip'] as const;
const REPEATED = ['first', 'second', 'both'] as const;

/** Pairs of expression and zone, every `step`-th of all there are, with rules that take turns. */
export function cronCases(step: number): CronCase[] {
  const all = EXPRESSIONS.flatMap((expression, row) =>
    ZONES.map((zone, column) => ({
      expression,
      zone,
      gap: GAPS[(row + column) % 3] as GapRule,
      repeated: REPEATED[(row + Math.floor(column / 3)) % 3] as RepeatedRule,
    })),
  );
  return all.filter((_, index) => index % step === 0);
}

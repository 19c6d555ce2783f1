/** When: from what a request says to what is stored, and to the moment from which the run must be planned. */
import type {
  DateTriggerBody,
  ScheduleTrigger,
  ScheduleTriggerBody,
  StoredTrigger,
  TriggerBody,
} from '@carillon/contracts';
import {
  ApiError,
  earliestInstantOf,
  type Lateness,
  latestInstantOf,
  nextOccurrences,
  parseCron,
  parseDayOffset,
  parseDuration,
  parseInstant,
  parseWallTime,
  resolveWallTime,
} from '@carillon/core';

/** A moment that passed so recently is taken as now: requests travel, and clocks differ. */
const PAST_TOLERANCE_MS = 60_000;

/**
 * A trigger to store. `dueAtMs` is when its run is due at the earliest; null is at once, and for a date. Of a schedule it is the
 * first moment, without jitter, and `afterMs` what that comes after.
 */
export interface ResolvedTrigger {
  readonly stored: StoredTrigger;
  readonly dueAtMs: number | null;
  readonly afterMs?: number;
}

/**
 * Resolves a trigger that has been validated.
 * @param nowMs the database's time
 * @param accountZone zone of recipients without one, unless the trigger names another
 * @throws ApiError `moment_in_past`: longer ago than {@link PAST_TOLERANCE_MS}; a local moment when it is over everywhere
 */
export function resolveTrigger(trigger: TriggerBody, nowMs: number, accountZone: string): ResolvedTrigger {
  switch (trigger.type) {
    case 'now':
      return { stored: { type: 'now' }, dueAtMs: null };
    case 'at': {
      const instantMs = instantOf(trigger);
      refusePast(instantMs, nowMs);
      const asked = trigger.zone === undefined ? {} : { wallTime: trigger.at, zone: trigger.zone };
      return { stored: { type: 'at', instantMs, ...asked }, dueAtMs: instantMs };
    }
    case 'local': {
      const parsed = parseWallTime(trigger.at);
      if (!parsed.ok) throw new ApiError('invalid_wall_time', { field: 'trigger.at' });
      refusePast(latestInstantOf(parsed.wallTime), nowMs);
      const stored: StoredTrigger = {
        type: 'local',
        wallTime: trigger.at,
        gap: trigger.gap,
        repeated: trigger.repeated,
        missingZone: trigger.missingZone ?? accountZone,
      };
      return { stored, dueAtMs: earliestInstantOf(parsed.wallTime) };
    }
    case 'date':
      return { stored: storedDateTrigger(trigger, accountZone), dueAtMs: null };
    case 'cron':
    case 'every': {
      const stored = storedSchedule(trigger, nowMs, accountZone);
      // A beginning that passed so recently is meant to be the first moment.
      const { startsAtMs } = stored;
      const isJustBegun = startsAtMs !== undefined && startsAtMs <= nowMs && startsAtMs >= nowMs - PAST_TOLERANCE_MS;
      const afterMs = isJustBegun ? startsAtMs - 1 : nowMs;
      const [dueAtMs] = nextOccurrences(stored, afterMs, 1);
      if (dueAtMs === undefined) throw new ApiError('no_occurrence', { field: 'trigger' });
      return { stored, dueAtMs, afterMs };
    }
  }
}

function storedSchedule(trigger: ScheduleTriggerBody, nowMs: number, accountZone: string): ScheduleTrigger {
  const { startsAt, endsAt, maxOccurrences, missed, missedLimit, overlap, jitter } = trigger;
  const common = {
    zone: trigger.zone ?? accountZone,
    ...(startsAt !== undefined && { startsAtMs: startsAt }),
    ...(endsAt !== undefined && { endsAtMs: endsAt }),
    ...(maxOccurrences !== undefined && { maxOccurrences }),
    missed,
    missedLimit,
    overlap,
    jitterMs: jitter,
  };
  if (trigger.type === 'every') {
    const { type, interval, gap, repeated } = trigger;
    // Whole seconds, so that moments can be read.
    const anchorMs = startsAt ?? Math.ceil(nowMs / 1000) * 1000;
    return { type, interval, anchorMs, gap, repeated, ...common };
  }
  const read = parseCron(trigger.expression);
  if (!read.ok) throw new ApiError('invalid_cron', { field: 'trigger.expression', detail: read.problem });
  const { isHourly } = read.expression;
  return {
    type: 'cron',
    expression: trigger.expression.trim(),
    gap: trigger.gap ?? (isHourly ? 'skip' : 'later'),
    repeated: trigger.repeated ?? (isHourly ? 'both' : 'first'),
    ...common,
  };
}

function storedDateTrigger(trigger: DateTriggerBody, accountZone: string): StoredTrigger {
  const { type, date, at, repeat, feb29, gap, repeated, missingZone } = trigger;
  return {
    type,
    date,
    at,
    repeat,
    feb29,
    gap,
    repeated,
    offsets: trigger.offsets.map((text, index) => {
      const read = parseDayOffset(text);
      if (!read.ok) throw new ApiError('invalid_duration', { field: `trigger.offsets[${index}]` });
      return read.days;
    }),
    zone: trigger.zone === 'recipient' ? null : trigger.zone,
    missingZone: missingZone ?? accountZone,
    lateness: storedLateness(trigger.lateness),
  };
}

function storedLateness(lateness: DateTriggerBody['lateness']): Lateness {
  if (typeof lateness === 'string') return { action: lateness };
  if ('until' in lateness) return { action: 'until', at: lateness.until };
  const read = parseDuration(lateness.within);
  if (!read.ok) throw new ApiError('invalid_duration', { field: 'trigger.lateness.within' });
  return { action: 'within', ms: read.ms };
}

function instantOf(trigger: Extract<TriggerBody, { type: 'at' }>): number {
  if (trigger.zone === undefined) {
    const parsed = parseInstant(trigger.at);
    if (!parsed.ok) throw new ApiError('invalid_instant', { field: 'trigger.at' });
    return parsed.epochMs;
  }
  const resolved = resolveWallTime({
    wallTime: trigger.at,
    zone: trigger.zone,
    gap: trigger.gap ?? 'later',
    repeated: trigger.repeated ?? 'first',
  });
  if (resolved.kind === 'skipped') throw new ApiError('wall_time_in_gap', { field: 'trigger.at' });
  return resolved.epochMs;
}

function refusePast(instantMs: number, nowMs: number): void {
  if (instantMs >= nowMs - PAST_TOLERANCE_MS) return;
  throw new ApiError('moment_in_past', {
    field: 'trigger.at',
    detail: `This was at ${new Date(instantMs).toISOString()}, more than a minute ago.`,
  });
}

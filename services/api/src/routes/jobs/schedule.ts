/** Triggers that come again, as the API shows them, and their next moments. */
import type { JobAnswer, ScheduleTrigger, StoredTrigger } from '@carillon/contracts';
import { isSchedule } from '@carillon/contracts';
import { nextOccurrences, wallTimeAt } from '@carillon/core';

/** Moments that a preview tells. */
const MOMENTS_SHOWN = 10;

const isoOf = (epochMs: number) => new Date(epochMs).toISOString();

/** A stored schedule as a job's answer has it. */
export function presentSchedule(trigger: ScheduleTrigger): JobAnswer['trigger'] {
  const { startsAtMs, endsAtMs, maxOccurrences } = trigger;
  return {
    type: trigger.type,
    ...(trigger.type === 'cron'
      ? { expression: trigger.expression }
      : { interval: trigger.interval, anchor: isoOf(trigger.anchorMs) }),
    zone: trigger.zone,
    gap: trigger.gap,
    repeated: trigger.repeated,
    ...(startsAtMs !== undefined && { startsAt: isoOf(startsAtMs) }),
    ...(endsAtMs !== undefined && { endsAt: isoOf(endsAtMs) }),
    ...(maxOccurrences !== undefined && { maxOccurrences }),
    missed: trigger.missed,
    missedLimit: trigger.missedLimit,
    overlap: trigger.overlap,
    jitter: trigger.jitterMs / 1000,
  };
}

/** The next moments of a trigger, by UTC and by the clock of its zone; none of one whose moment is another for each recipient. */
export function presentMoments(
  trigger: StoredTrigger,
  { dueAtMs, afterMs, nowMs }: { dueAtMs: number | null; afterMs?: number | undefined; nowMs: number },
): { at: string; wallTime: string; zone: string }[] {
  if (isSchedule(trigger)) {
    const count = Math.min(MOMENTS_SHOWN, trigger.maxOccurrences ?? MOMENTS_SHOWN);
    return nextOccurrences(trigger, afterMs ?? nowMs, count).map((atMs) => momentOf(atMs, trigger.zone));
  }
  if (trigger.type === 'now') return [momentOf(nowMs, 'UTC')];
  return trigger.type === 'at' ? [momentOf(dueAtMs ?? nowMs, trigger.zone ?? 'UTC')] : [];
}

function momentOf(atMs: number, zone: string): { at: string; wallTime: string; zone: string } {
  const { year, month, day, hour, minute, second } = wallTimeAt(atMs, zone);
  const two = (part: number) => String(part).padStart(2, '0');
  const wallTime = `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}`;
  return { at: isoOf(atMs), wallTime, zone };
}

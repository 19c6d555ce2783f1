/**
 * When each recipient is to be told: the run's moment or the trigger's wall time in the recipient's own zone, moved out of
 * the account's quiet hours there. The zone decides and nothing else, so a step computes one moment per zone.
 */
import type { StoredTrigger } from '@carillon/contracts';
import { afterQuietHours, type QuietHours, resolveWallTime } from '@carillon/core';
import type { PlanContext, TargetedJob } from './plannable.ts';

/** What moments depend on. */
export interface MomentRule {
  readonly trigger: StoredTrigger;
  /** The run's moment, for triggers that are the same instant for everybody. */
  readonly dueAtMs: number;
  readonly quietHours: QuietHours | null;
  /** Of recipients who have none. */
  readonly missingZone: string;
}

/** The rule of a job. Quiet hours are left out where the job ignores them. */
export function momentRuleOf(job: TargetedJob, context: PlanContext, dueAtMs: number): MomentRule {
  return {
    trigger: job.trigger,
    dueAtMs,
    quietHours: job.policy.quietHours === 'ignore' ? null : context.quietHours,
    missingZone: job.trigger.type === 'local' ? job.trigger.missingZone : context.zone,
  };
}

/** Whether the moments differ by zone at all; where not, nobody's zone is looked at. */
export function dependsOnZone(rule: MomentRule): boolean {
  return rule.trigger.type === 'local' || rule.quietHours !== null;
}

/** The moment of one zone. A wall time in a gap that is to be left out keeps its moment and is marked. */
export function momentIn(rule: MomentRule, zone: string): { readonly dueAtMs: number; readonly inGap: boolean } {
  let dueAtMs = rule.dueAtMs;
  let inGap = false;
  if (rule.trigger.type === 'local') {
    const asked = { wallTime: rule.trigger.wallTime, zone, repeated: rule.trigger.repeated };
    const resolved = resolveWallTime({ ...asked, gap: rule.trigger.gap });
    const moment = resolved.kind === 'skipped' ? resolveWallTime({ ...asked, gap: 'later' }) : resolved;
    if (moment.kind === 'skipped') throw new Error('a wall time that is to be shifted was left out');
    dueAtMs = moment.epochMs;
    inGap = resolved.kind === 'skipped';
  }
  if (rule.quietHours !== null && !inGap) dueAtMs = afterQuietHours(dueAtMs, zone, rule.quietHours);
  return { dueAtMs, inGap };
}

/** When a job runs, as HTTP says it. Whether a moment is over is told when the job is created. */
import { isZone, parseInstant, parseWallTime, resolveWallTime } from '@carillon/core';
import { z } from 'zod';
import { dateTriggerBodySchema, dateTriggerParts } from './dateTrigger.ts';
import { type Refuse, refuser } from './refuse.ts';
import { cronTriggerBodySchema, everyTriggerBodySchema, scheduleTriggerParts } from './scheduleTrigger.ts';
import { gapRule, repeatedRule, zoneSchema } from './wallTimeRules.ts';

const nowTrigger = z
  .strictObject({ type: z.literal('now').meta({ description: 'At once', example: 'now' }) })
  .meta({ description: 'At once' });

const atTrigger = z
  .strictObject({
    type: z.literal('at').meta({ description: 'One moment for everybody', example: 'at' }),
    at: z.string().max(64).meta({
      description:
        'An instant such as 2026-11-21T09:00:00Z; or a wall time such as 2026-11-21T09:00 together with `zone`',
      example: '2026-11-21T09:00:00Z',
    }),
    zone: zoneSchema
      .optional()
      .meta({ description: 'The zone of a wall time; none with an instant', example: 'Europe/Berlin' }),
    gap: gapRule.optional(),
    repeated: repeatedRule.optional(),
  })
  .superRefine((trigger, context) => {
    const refuse = refuser(context);
    if (isZoned(trigger.at)) {
      const rule = (['zone', 'gap', 'repeated'] as const).find((name) => trigger[name] !== undefined);
      if (rule !== undefined)
        refuse('validation_failed', 'An instant with Z or an offset takes no zone and no rules.', [rule]);
      checkInstant(trigger.at, refuse);
      return;
    }
    if (!checkWallTime(trigger.at, refuse)) return;
    if (trigger.zone === undefined) {
      refuse('invalid_zone', 'A wall time without offset needs a zone; or write an instant with Z or an offset.', [
        'zone',
      ]);
      return;
    }
    if (!isZone(trigger.zone)) return;
    const resolved = resolveWallTime({ wallTime: trigger.at, zone: trigger.zone, gap: trigger.gap ?? 'later' });
    if (resolved.kind === 'skipped')
      refuse('wall_time_in_gap', `Clocks in ${trigger.zone} skip this wall time.`, ['at']);
  })
  .meta({ description: 'One moment for everybody', example: { type: 'at', at: '2026-11-21T09:00:00Z' } });

const localTrigger = z
  .strictObject({
    type: z.literal('local').meta({ description: "A wall time in each recipient's own zone", example: 'local' }),
    at: z.string().max(64).meta({
      description: "A wall time such as 2026-11-21T09:00, in each recipient's own zone",
      example: '2026-11-21T09:00',
    }),
    gap: gapRule.default('later'),
    repeated: repeatedRule.default('first'),
    missingZone: zoneSchema
      .optional()
      .meta({ description: "Zone of recipients without one; default the account's", example: 'Europe/Berlin' }),
  })
  .superRefine((trigger, context) => {
    const refuse = refuser(context);
    if (isZoned(trigger.at)) {
      refuse('invalid_wall_time', 'A local moment is a wall time without Z or offset.', ['at']);
      return;
    }
    checkWallTime(trigger.at, refuse);
  })
  .meta({ description: "A wall time in each recipient's own zone" });

/** When a job runs, as a request says it. */
export const triggerBodySchema = z
  .discriminatedUnion('type', [
    nowTrigger,
    atTrigger,
    localTrigger,
    dateTriggerBodySchema,
    cronTriggerBodySchema,
    everyTriggerBodySchema,
  ])
  .meta({ description: 'When it runs', example: { type: 'at', at: '2026-11-21T09:00:00Z' } });
export type TriggerBody = z.output<typeof triggerBodySchema>;

/** Whether the text means to be an instant: it ends in Z or an offset. */
function isZoned(text: string): boolean {
  return /(?:[Zz]|[+-]\d\d:?\d\d)$/.test(text) && text.includes('T');
}

function checkInstant(text: string, refuse: Refuse): void {
  const result = parseInstant(text);
  if (result.ok) return;
  if (result.reason === 'too_early') refuse('moment_in_past', 'The moment is before the year 2000.', ['at']);
  else if (result.reason === 'too_late') refuse('moment_too_far', 'The moment must be before 2039-09-07.', ['at']);
  else refuse('invalid_instant', 'This is no instant; write it like 2026-11-21T09:00:00Z.', ['at']);
}

function checkWallTime(text: string, refuse: Refuse): boolean {
  const result = parseWallTime(text);
  if (result.ok) return true;
  if (result.reason === 'too_early') refuse('moment_in_past', 'The moment is before the year 2000.', ['at']);
  else if (result.reason === 'too_late') refuse('moment_too_far', 'The moment must be before 2039-09-07.', ['at']);
  else refuse('invalid_wall_time', 'This is no wall time; write it like 2026-11-21T09:00.', ['at']);
  return false;
}

/** A trigger as the API shows it. */
export const triggerSchema = z
  .object({
    type: z
      .enum(['now', 'at', 'local', 'date', 'cron', 'every'])
      .meta({ description: 'The kind of trigger', example: 'at' }),
    at: z.string().optional().meta({
      description: 'The instant, the local wall time, or the time of day of a date',
      example: '2026-11-21T09:00:00.000Z',
    }),
    wallTime: z
      .string()
      .optional()
      .meta({ description: 'The wall time that was asked for', example: '2026-11-21T10:00' }),
    zone: z
      .string()
      .optional()
      .meta({ description: 'Its zone; `recipient` is the own of each', example: 'Europe/Berlin' }),
    gap: z.string().optional().meta({ description: 'What a skipped wall time becomes', example: 'later' }),
    repeated: z.string().optional().meta({ description: 'Which pass of a repeated wall time', example: 'first' }),
    missingZone: z
      .string()
      .optional()
      .meta({ description: 'Zone of recipients without one', example: 'Europe/Berlin' }),
    ...dateTriggerParts,
    ...scheduleTriggerParts,
  })
  .meta({ description: 'When it runs' });

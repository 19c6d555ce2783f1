/** HTTP shapes of settling outcomes by hand that nobody knows. */
import { z } from 'zod';
import { CHANNEL_NAMES } from '../channel.ts';

const DELIVERIES_MAX = 1_000;
const NOTE_MAX = 500;

const as = z.enum(['sent', 'failed', 'resend']).meta({
  description:
    'What is known, or decided: it was accepted (`sent`), it was not and ends here (`failed`), or it is sent once more although it may have arrived (`resend`)',
  example: 'sent',
});
const note = z
  .string()
  .min(1)
  .max(NOTE_MAX)
  .optional()
  .meta({ description: 'How it is known, for the audit trail', example: 'Seen in the provider’s console' });

/** POST /v1/deliveries/:id/settle. */
export const settleOneBodySchema = z.strictObject({ as, note });
export type SettleOneBody = z.output<typeof settleOneBodySchema>;

const list = (what: string, example: string) =>
  z
    .array(z.string().min(1).max(320))
    .min(1)
    .max(DELIVERIES_MAX)
    .optional()
    .meta({ description: what, example: [example] });

/** POST /v1/deliveries/settle. */
export const settleManyBodySchema = z.strictObject({
  as,
  note,
  filter: z
    .strictObject({
      run: z.string().optional().meta({ description: 'Only of this run', example: 'run_42' }),
      job: z.string().optional().meta({ description: 'Only of this job', example: 'job_42' }),
      channel: z.enum(CHANNEL_NAMES).optional().meta({ description: 'Only of this channel', example: 'whatsapp' }),
      code: z
        .string()
        .max(100)
        .optional()
        .meta({ description: 'Only with this code, such as `restored` after a restore', example: 'restored' }),
      addresses: list('Only to these addresses, as the deliveries show them', '+4915112345678'),
      deliveries: list('Only these deliveries', 'dlv_20261121_7_12'),
      before: z.iso
        .datetime()
        .optional()
        .meta({ description: 'Only those unknown since before this instant', example: '2026-11-20T09:00:00.000Z' }),
    })
    .superRefine((filter, context) => {
      if (Object.values(filter).some((value) => value !== undefined)) return;
      context.addIssue({
        code: 'custom',
        message: 'Name at least one condition, so that not everything is settled by mistake.',
      });
    })
    .meta({ description: 'Which unknown outcomes; all conditions must hold' }),
  dryRun: z.boolean().default(false).meta({ description: 'Only count them', example: true }),
});
export type SettleManyBody = z.output<typeof settleManyBodySchema>;

/** The answer to both. */
export const settledSchema = z
  .object({
    found: z.int().meta({ description: 'Unknown outcomes that the filter matched', example: 12 }),
    settled: z
      .int()
      .meta({ description: 'Of these, settled now; a report may have been quicker with the others', example: 12 }),
  })
  .meta({ id: 'Settled' });

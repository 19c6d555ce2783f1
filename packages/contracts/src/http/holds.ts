/** HTTP shapes of holds: what stops new sends within seconds. */
import { z } from 'zod';
import { CHANNEL_NAMES } from '../channel.ts';

/** POST /v1/holds. */
export const holdBodySchema = z.strictObject({
  scope: z.enum(['account', 'installation']).default('account').meta({
    description: 'What is held: this account, or (keys of an operator account only) everything',
    example: 'account',
  }),
  channel: z
    .enum(CHANNEL_NAMES)
    .nullable()
    .default(null)
    .meta({ description: 'Only this channel; null is every channel', example: 'whatsapp' }),
  reason: z
    .string()
    .min(1)
    .max(500)
    .refine((text) => text.trim() !== '', 'Say why, for whoever finds the hold.')
    .meta({ description: 'Why, for whoever finds the hold', example: 'The announcement has a wrong date' }),
});
export type HoldBody = z.output<typeof holdBodySchema>;

/** A hold as the API shows it. */
export const holdSchema = z
  .object({
    id: z.string().meta({ description: 'Its id', example: 'hld_3' }),
    scope: z
      .enum(['account', 'installation'])
      .meta({ description: 'Whether it holds this account or everything', example: 'account' }),
    channel: z
      .enum(CHANNEL_NAMES)
      .nullable()
      .meta({ description: 'The channel it holds; null is every channel', example: 'whatsapp' }),
    reason: z.string().meta({ description: 'Why it was placed', example: 'The announcement has a wrong date' }),
    createdAt: z.iso.datetime().meta({ description: 'When it was placed', example: '2026-11-20T09:00:00.000Z' }),
    createdBy: z.string().nullable().meta({ description: 'Who placed it', example: 'key_7' }),
  })
  .meta({ id: 'Hold' });
export type HoldAnswer = z.infer<typeof holdSchema>;

/** GET /v1/holds. */
export const holdsSchema = z
  .object({
    data: z.array(holdSchema).meta({ description: 'The holds that stand, eldest first' }),
    nextCursor: z.null().meta({ description: 'There is no further page', example: null }),
  })
  .meta({ id: 'Holds' });

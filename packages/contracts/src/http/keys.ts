/** HTTP shapes of API keys: made, shown once, rotated, revoked. */
import { parseInstant } from '@carillon/core';
import { z } from 'zod';
import { nameSchema } from './recipients.ts';

/** The longest that a key may go on beside the one that took its place: a day. */
const OVERLAP_SECONDS_MAX = 86_400;

/** What a key may do, each role all that the one before it may. */
export const keyRoleSchema = z.enum(['read', 'write', 'operate', 'admin']).meta({
  description:
    'What the key may do, each role all that the one before it may: `read` reads, `write` also makes and changes, `operate` also holds and settles, `admin` also manages keys and provider accounts',
  example: 'write',
});

const name = nameSchema.meta({ description: 'What the key is for', example: 'portal' });

/** POST /v1/keys. */
export const keyBodySchema = z.strictObject({
  name,
  role: keyRoleSchema,
  expiresAt: z
    .string()
    .max(64)
    .refine((text) => parseInstant(text).ok, {
      message: 'It must be ISO 8601 with Z or an offset.',
      params: { code: 'invalid_instant' },
    })
    .nullable()
    .default(null)
    .meta({
      format: 'date-time',
      description: 'When the key ends by itself; null is never',
      example: '2027-11-21T09:00:00Z',
    }),
});
export type KeyBody = z.output<typeof keyBodySchema>;

/** POST /v1/keys/:id/rotate. */
export const keyRotationSchema = z.strictObject({
  overlapSeconds: z
    .int()
    .min(0)
    .max(OVERLAP_SECONDS_MAX)
    .default(0)
    .meta({ description: 'How long the old key still counts, at most a day; 0 ends it at once', example: 3_600 }),
});
export type KeyRotationBody = z.output<typeof keyRotationSchema>;

const instantOrNull = (description: string) =>
  z.iso.datetime().nullable().meta({ description, example: '2027-11-21T09:00:00.000Z' });

/** A key as the API shows it. */
export const keySchema = z.object({
  id: z.string().meta({ description: 'Id of the key', example: 'key_3' }),
  name: z.string().meta({ description: 'What the key is for', example: 'portal' }),
  prefix: z.string().meta({ description: 'How the key begins', example: 'ck_9bTz4Y' }),
  role: keyRoleSchema,
  status: z
    .enum(['active', 'expired', 'revoked'])
    .meta({ description: 'Whether it is accepted, and if not, why', example: 'active' }),
  createdAt: z.iso.datetime().meta({ description: 'When it was made' }),
  expiresAt: instantOrNull('When it ends by itself; null is never'),
  revokedAt: instantOrNull('When it was revoked; null when it was not'),
  rotatedFrom: z.string().nullable().meta({ description: 'The key that it took the place of', example: 'key_2' }),
});
export type KeyAnswer = z.infer<typeof keySchema>;

/** A key that was just made. */
export const issuedKeySchema = keySchema.extend({
  key: z.string().meta({ description: 'The key, shown once: keep it', example: 'ck_9bTz4Yp0kq7Zr1m2Vw8eXc3nLs5aUdHf' }),
});
export type IssuedKeyAnswer = z.infer<typeof issuedKeySchema>;

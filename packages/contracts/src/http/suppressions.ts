/** HTTP shapes of suppressions: addresses that are not to be written to, one by one or from a file. */
import { z } from 'zod';
import { MESSAGE_CHANNEL_NAMES } from '../channel.ts';

/**
 * - `unsubscribed`: the person said so, by link or reply.
 * - `refused`: the provider refused the address for good.
 * - `complained`: the person reported a message as unwanted.
 * - `manual`: the account said so.
 */
export const SUPPRESSION_REASONS = ['unsubscribed', 'refused', 'complained', 'manual'] as const;
export type SuppressionReason = (typeof SUPPRESSION_REASONS)[number];

/** More of a text is no address in any spelling. */
const ADDRESS_MAX = 1_000;
const SOURCE_MAX = 100;
/** How many lines one import may have, without header and blank lines. */
export const SUPPRESSION_IMPORT_MAX_LINES = 1_000_000;
/** How many bad lines an import's answer names. */
export const SUPPRESSION_IMPORT_ERRORS_SHOWN = 100;

const REASON_DESCRIPTION =
  'Why: the person `unsubscribed`, the provider `refused` the address for good, the person `complained`, or the account ' +
  'said so (`manual`)';

const channel = z
  .enum(MESSAGE_CHANNEL_NAMES)
  .meta({ description: 'The channel by which the address is not written to', example: 'email' });

const reason = z.enum(SUPPRESSION_REASONS).meta({ description: REASON_DESCRIPTION, example: 'unsubscribed' });

/** POST /v1/suppressions. */
export const suppressionBodySchema = z.strictObject({
  channel,
  address: z.string().max(ADDRESS_MAX).meta({
    description: "Phone number or e-mail address, in any usual spelling; a number is read by the account's country",
    example: 'Dilara.Peters@example.com',
  }),
  reason: reason.default('manual').meta({ description: REASON_DESCRIPTION, example: 'manual' }),
  source: z
    .string()
    .min(1)
    .max(SOURCE_MAX)
    .regex(/^[\x20-\x7e]+$/, 'It must be printable ASCII.')
    .refine((text) => text.trim() === text, 'It must not begin or end with a space.')
    .default('api')
    .meta({ description: 'Where you know it from, such as a form or a list; hold no address here', example: 'api' }),
});
export type SuppressionBody = z.output<typeof suppressionBodySchema>;

/** The filters of GET /v1/suppressions. */
export const suppressionFilter = {
  channel: channel.optional().meta({ description: 'Only those of this channel', example: 'email' }),
  reason: reason.optional().meta({ description: 'Only those with this reason', example: 'unsubscribed' }),
  address: z.string().max(ADDRESS_MAX).optional().meta({
    description:
      'Only this address, in any usual spelling. Without `channel` it is an e-mail address when it has an @, and else a phone number',
    example: 'dilara.peters@example.com',
  }),
};

/** A suppression as the API shows it. */
export const suppressionSchema = z.object({
  id: z.string().meta({ description: 'Id of the suppression', example: 'sup_7' }),
  channel,
  address: z.string().nullable().meta({
    description: 'The address; null when it is not known, or was erased with its recipient: the suppression holds on',
    example: 'dilara.peters@example.com',
  }),
  reason,
  source: z.string().meta({
    description: 'Who said so: `link`, `reply`, `provider`, `api`, `import`, or what you named',
    example: 'link',
  }),
  createdAt: z.iso.datetime().meta({ description: 'Since when', example: '2026-11-20T09:00:00.000Z' }),
});
export type SuppressionAnswer = z.infer<typeof suppressionSchema>;

/** A bad line in the answer of an import. */
export const suppressionImportErrorSchema = z.object({
  line: z.number().int().meta({ description: 'Number of the line, counted from 1', example: 12 }),
  code: z.string().meta({ description: 'Why it was not kept', example: 'invalid_email' }),
  field: z.string().nullable().meta({ description: 'The value at fault', example: 'address' }),
  detail: z.string().meta({ description: 'What is wrong with it', example: 'It is no usable e-mail address: domain.' }),
});
export type SuppressionImportError = z.infer<typeof suppressionImportErrorSchema>;

/** The answer of POST /v1/suppressions/import. */
export const suppressionImportSchema = z.object({
  read: z.number().int().meta({ description: 'Lines with data, without header and blank lines', example: 5_000 }),
  added: z.number().int().meta({ description: 'Addresses that are suppressed since', example: 4_812 }),
  standing: z
    .number()
    .int()
    .meta({ description: 'Lines whose address was suppressed before, or by an earlier line', example: 187 }),
  bad: z.number().int().meta({ description: 'Lines that were not kept', example: 1 }),
  errors: z
    .array(suppressionImportErrorSchema)
    .meta({ description: `The first ${SUPPRESSION_IMPORT_ERRORS_SHOWN} bad lines, in the order of the file` }),
});
export type SuppressionImportAnswer = z.infer<typeof suppressionImportSchema>;

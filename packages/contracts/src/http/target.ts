/** To whom a job goes, as HTTP says it. Whether what is named exists is told when the job is created. */
import { isZone } from '@carillon/core';
import { z } from 'zod';
import { attributesDescription, attributesSchema, externalIdSchema, nameSchema } from './recipients.ts';
import { refuser } from './refuse.ts';

/** Recipients, and addresses, that one job names itself; more belong in an audience. */
const NAMED_RECIPIENTS_MAX = 1_000;
const NAMED_AUDIENCES_MAX = 100;

/** Somebody whom a job names by address alone. */
export const inlineAddressSchema = z
  .strictObject({
    address: z
      .string()
      .min(1)
      .max(300)
      .meta({ description: 'A phone number for WhatsApp, an e-mail address for e-mail', example: '+49 151 1020 0034' }),
    name: nameSchema.optional().meta({ description: 'For the variable `name`', example: 'Dilara Peters' }),
    zone: z
      .string()
      .max(64)
      .refine(isZone, { message: 'There is no such time zone in the IANA database.', params: { code: 'invalid_zone' } })
      .optional()
      .meta({ description: "Time zone; default the account's", example: 'Europe/Berlin' }),
    attributes: attributesSchema.meta(attributesDescription).prefault({}),
  })
  .meta({ description: 'Somebody who is no stored recipient' });
export type InlineAddress = z.output<typeof inlineAddressSchema>;

const audienceNames = z
  .array(nameSchema.meta({ description: 'An id or a name', example: 'aud_1' }))
  .max(NAMED_AUDIENCES_MAX)
  .meta({ description: 'Ids (`aud_...`) or names', example: ['aud_1'] });
const recipientNames = z
  .array(externalIdSchema)
  .max(NAMED_RECIPIENTS_MAX)
  .meta({ description: 'Their `externalId`s', example: ['E-0042'] });

/** To whom, as a request says it. */
export const targetBodySchema = z
  .strictObject({
    everyone: z.boolean().default(false).meta({ description: 'Every recipient of the account', example: false }),
    audiences: audienceNames.default([]),
    recipients: recipientNames.default([]),
    addresses: z
      .array(inlineAddressSchema)
      .max(NAMED_RECIPIENTS_MAX)
      .default([])
      .meta({
        description: 'People who are no stored recipients; they belong to this job alone',
        example: [{ address: '+49 151 1020 0034', name: 'Dilara Peters' }],
      }),
    exclude: z
      .strictObject({ audiences: audienceNames.default([]), recipients: recipientNames.default([]) })
      .default({ audiences: [], recipients: [] })
      .meta({ description: 'Who is left out of these', example: { recipients: ['E-0007'] } }),
  })
  .superRefine((audience, context) => {
    const { everyone, audiences, recipients, addresses } = audience;
    if (everyone || audiences.length + recipients.length + addresses.length > 0) return;
    const message = 'Nobody is named: set everyone, audiences, recipients or addresses.';
    refuser(context)('validation_failed', message, []);
  })
  .meta({ description: 'To whom', example: { audiences: ['aud_1'] } });
export type TargetBody = z.output<typeof targetBodySchema>;

const named = z.array(z.string()).meta({ description: 'As they were named', example: ['aud_1'] });

/** A target as the API shows it. */
export const targetAnswerSchema = z
  .object({
    everyone: z.boolean().meta({ description: 'Every recipient of the account', example: false }),
    audiences: named,
    recipients: z.array(z.string()).meta({ description: 'Their `externalId`s', example: ['E-0042'] }),
    inlineAddresses: z.int().meta({ description: 'How many people were named by address alone', example: 0 }),
    exclude: z
      .object({
        audiences: named,
        recipients: z.array(z.string()).meta({ description: 'Their `externalId`s', example: ['E-0007'] }),
      })
      .meta({ description: 'Who is left out of these' }),
  })
  .meta({ description: 'To whom' });

/** HTTP shapes of accounts: the tenants of an installation, with the defaults that hold for all that is theirs. */
import { isPhoneCountry, isZone, parseQuietHours } from '@carillon/core';
import { z } from 'zod';
import { checkBudgetSchema } from './addresses.ts';
import { keyRoleSchema } from './keys.ts';
import { nameSchema } from './recipients.ts';

const name = nameSchema.meta({ description: 'Name, unique in the installation', example: 'Bells & Co' });
const zone = z
  .string()
  .max(64)
  .refine(isZone, { message: 'It must be a name of the IANA time zone database.', params: { code: 'invalid_zone' } })
  .meta({ description: 'Time zone of recipients who have none of their own', example: 'Europe/Berlin' });
const country = z
  .string()
  .max(2)
  .refine(isPhoneCountry, 'It must be a country of two capital letters, as in ISO 3166.')
  .meta({ description: 'Country by which phone numbers without a country code are read', example: 'DE' });
const quietHours = z
  .strictObject({
    from: z.string().max(5).meta({ description: 'When they begin, by the clock of each recipient', example: '22:00' }),
    to: z.string().max(5).meta({ description: 'When they end; on the day after, if earlier', example: '07:00' }),
  })
  .superRefine(({ from, to }, context) => {
    const result = parseQuietHours(from, to);
    if (result.ok) return;
    const message = result.reason === 'equal' ? 'It must differ from `from`.' : 'Both must be HH:MM, 00:00 to 23:59.';
    context.addIssue({ code: 'custom', message, path: [result.reason === 'equal' ? 'to' : 'from'] });
  })
  .nullable()
  .meta({ description: 'Part of the day in which nobody is written to; null is none' });
const requestsPerSecond = z
  .int()
  .min(1)
  .max(100_000)
  .nullable()
  .meta({ description: "Requests a second of each key; null is the installation's default", example: 200 });

const days = (description: string) => z.int().min(8).max(3_650).nullable().meta({ description, example: 30 });
const keepDays = days("For how many days what was sent is kept; null is the installation's default");
const keepFailedDays = days('The same of what failed, never less than of what was sent; null is as long as that');

/** POST /v1/accounts. */
export const accountBodySchema = z.strictObject({
  name,
  zone: zone.default('UTC'),
  country: country.default('US'),
  quietHours: quietHours.default(null),
  requestsPerSecond: requestsPerSecond.default(null),
  checkBudget: checkBudgetSchema.default(null),
  keepDays: keepDays.default(null),
  keepFailedDays: keepFailedDays.default(null),
  operator: z
    .boolean()
    .default(false)
    .meta({ description: 'Whether its keys may see and hold the whole installation', example: false }),
});
export type AccountBody = z.output<typeof accountBodySchema>;

/** PATCH /v1/account. What is left out stays. */
export const accountChangeSchema = z
  .strictObject({
    version: z.int().min(1).meta({ description: 'The version that the change is meant for', example: 3 }),
    name: name.optional(),
    zone: zone.optional(),
    country: country.optional(),
    quietHours: quietHours.optional(),
    requestsPerSecond: requestsPerSecond.optional(),
    checkBudget: checkBudgetSchema.optional(),
    keepDays: keepDays.optional(),
    keepFailedDays: keepFailedDays.optional(),
  })
  .refine((body) => Object.keys(body).length > 1, 'It must change something.');
export type AccountChangeBody = z.output<typeof accountChangeSchema>;

/** An account as the API shows it. */
export const accountSchema = z.object({
  id: z.string().meta({ description: 'Id of the account', example: 'acc_1' }),
  name: z.string().meta({ description: 'Name, unique in the installation', example: 'Bells & Co' }),
  zone: z
    .string()
    .meta({ description: 'Time zone of recipients who have none of their own', example: 'Europe/Berlin' }),
  country: z
    .string()
    .meta({ description: 'Country by which phone numbers without a country code are read', example: 'DE' }),
  quietHours: z
    .object({
      from: z.string().meta({ description: 'When they begin, by the clock of each recipient', example: '22:00' }),
      to: z.string().meta({ description: 'When they end; on the day after, if earlier', example: '07:00' }),
    })
    .nullable()
    .meta({ description: 'Part of the day in which nobody is written to; null is none' }),
  requestsPerSecond: z
    .int()
    .nullable()
    .meta({ description: "Requests a second of each key; null is the installation's default", example: 200 }),
  checkBudget: checkBudgetSchema,
  keepDays,
  keepFailedDays,
  operator: z
    .boolean()
    .meta({ description: 'Whether its keys may see and hold the whole installation', example: false }),
  version: z.int().meta({ description: 'Grows with each change', example: 3 }),
  createdAt: z.iso.datetime().meta({ description: 'When it was created' }),
  updatedAt: z.iso.datetime().meta({ description: 'When it last changed' }),
});
export type AccountAnswer = z.infer<typeof accountSchema>;

/** A new account with its first key. */
export const createdAccountSchema = z.object({
  account: accountSchema.meta({ description: 'The account' }),
  key: z
    .object({
      id: z.string().meta({ description: 'Id of the key', example: 'key_1' }),
      role: keyRoleSchema,
      key: z
        .string()
        .meta({ description: 'The key, shown once: keep it', example: 'ck_9bTz4Yp0kq7Zr1m2Vw8eXc3nLs5aUdHf' }),
    })
    .meta({ description: 'Its first key' }),
});
export type CreatedAccountAnswer = z.infer<typeof createdAccountSchema>;

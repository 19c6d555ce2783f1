/**
 * HTTP shapes of recipients: who can be reached, by which phone number, in which zone. The rules for single values stand
 * here once, because the API's bodies and the lines of an import obey the same ones.
 */
import { isZone } from '@carillon/core';
import { z } from 'zod';
import { datesDescription, datesSchema } from './dates.ts';

const EXTERNAL_ID_MAX = 200;
const NAME_MAX = 200;
export const ATTRIBUTES_MAX = 50;
const ATTRIBUTE_KEY_MAX = 64;
const ATTRIBUTE_VALUE_MAX = 1_000;
/** Of all attributes together, as JSON, in UTF-16 units. */
export const ATTRIBUTES_JSON_MAX = 8_192;

/** NUL cannot be stored, lone surrogates have no UTF-8, and other controls have no place in a name or an id. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what is looked for
const FORBIDDEN = /[\u0000-\u001f\u007f-\u009f\p{Cs}]/u;
/** In an attribute's value line breaks and tabs are text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what is looked for
const FORBIDDEN_IN_TEXT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\p{Cs}]/u;
const ATTRIBUTE_KEY = /^\p{L}[\p{L}\p{M}\p{N} _.-]{0,63}$/u;

/** What is wrong with an external id, as the end of a sentence, or undefined when it is right. */
export function externalIdProblem(text: string): string | undefined {
  if (text === '') return 'must not be empty';
  if (text.length > EXTERNAL_ID_MAX) return `must not be longer than ${EXTERNAL_ID_MAX} characters`;
  if (FORBIDDEN.test(text)) return 'must not hold control characters or lone surrogates';
  if (text !== text.trim()) return 'must not begin or end with a space';
  // A client's URL library would resolve these two in a path, and reach another route.
  if (text === '.' || text === '..') return 'must not be "." or ".."';
  return undefined;
}

/** The same for the name of a person or an audience. */
export function nameProblem(text: string): string | undefined {
  if (text.trim() === '') return 'must not be empty';
  if (text.length > NAME_MAX) return `must not be longer than ${NAME_MAX} characters`;
  if (FORBIDDEN.test(text)) return 'must not hold control characters or lone surrogates';
  return undefined;
}

/** The same for the key of an attribute. */
export function attributeKeyProblem(key: string): string | undefined {
  if (ATTRIBUTE_KEY.test(key)) return undefined;
  return `must begin with a letter and hold at most ${ATTRIBUTE_KEY_MAX} letters, digits, spaces and _ . -`;
}

/** The same for the value of an attribute. */
export function attributeValueProblem(value: unknown): string | undefined {
  if (typeof value === 'boolean') return undefined;
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : 'must be a finite number';
  if (typeof value !== 'string') return 'must be a string, a number or a boolean';
  if (value.length > ATTRIBUTE_VALUE_MAX) return `must not be longer than ${ATTRIBUTE_VALUE_MAX} characters`;
  return FORBIDDEN_IN_TEXT.test(value) ? 'must not hold control characters or lone surrogates' : undefined;
}

/** One message variable of a recipient. */
export type AttributeValue = string | number | boolean;

/** What is wrong with attributes as a whole: which key (undefined: all together), and what. */
export function attributesProblem(attributes: unknown): { key?: string; problem: string } | undefined {
  if (typeof attributes !== 'object' || attributes === null || Array.isArray(attributes)) {
    return { problem: 'must be a flat object' };
  }
  const entries = Object.entries(attributes);
  if (entries.length > ATTRIBUTES_MAX) return { problem: `must not have more than ${ATTRIBUTES_MAX} keys` };
  for (const [key, value] of entries) {
    const problem = attributeKeyProblem(key) ?? attributeValueProblem(value);
    // A key may be as long as the body allows; the answer names its beginning.
    if (problem !== undefined) return { key: key.slice(0, ATTRIBUTE_KEY_MAX), problem };
  }
  if (JSON.stringify(attributes).length > ATTRIBUTES_JSON_MAX) {
    return { problem: `must not be longer than ${ATTRIBUTES_JSON_MAX} characters as JSON` };
  }
  return undefined;
}

function checkedText(problemOf: (text: string) => string | undefined, maxLength: number) {
  return z
    .string()
    .superRefine((text, context) => {
      const problem = problemOf(text);
      if (problem !== undefined) context.addIssue({ code: 'custom', message: `It ${problem}.` });
    })
    .meta({ minLength: 1, maxLength });
}

/** The account's own id of a person. */
export const externalIdSchema = checkedText(externalIdProblem, EXTERNAL_ID_MAX).meta({
  description: 'Your own id of the person',
  example: 'E-0042',
});

/** The name of a person or an audience. */
export const nameSchema = checkedText(nameProblem, NAME_MAX);

// Not z.record, which drops a key `__proto__` in silence.
export const attributesSchema = z
  .unknown()
  .superRefine((value, context) => {
    const found = attributesProblem(value);
    if (found === undefined) return;
    context.addIssue({
      code: 'custom',
      message: `It ${found.problem}.`,
      path: found.key === undefined ? [] : [found.key],
    });
  })
  .transform((value) => value as Readonly<Record<string, AttributeValue>>);

export const attributesDescription = {
  type: 'object',
  maxProperties: ATTRIBUTES_MAX,
  additionalProperties: { anyOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }] },
  description: 'Flat: strings, numbers and booleans, for message variables',
  example: { firstName: 'Dilara', floor: 3 },
} as const;

/** PUT /v1/recipients/:externalId. Replaces the whole recipient: what is left out is emptied. */
export const recipientBodySchema = z
  .strictObject({
    name: nameSchema
      .nullable()
      .default(null)
      .meta({ description: 'Name of the person, for lists and as a variable', example: 'Dilara Peters' }),
    phone: z.string().max(200).nullable().default(null).meta({
      description: "In any usual spelling; read by the account's country where it has no country code",
      example: '+49 151 1020 0034',
    }),
    email: z.string().max(1_000).nullable().default(null).meta({
      description: 'E-mail address, written to as it is given; case makes no second person of it',
      example: 'dilara.peters@example.com',
    }),
    zone: z
      .string()
      .max(64)
      // The code of the error catalogue travels in params, so that the answer carries it.
      .refine(isZone, {
        message: 'It must be a name of the IANA time zone database.',
        params: { code: 'invalid_zone' },
      })
      .nullable()
      .default(null)
      .meta({ description: "Time zone; without one the account's counts", example: 'Europe/Berlin' }),
    attributes: attributesSchema.meta(attributesDescription).prefault({}),
    dates: datesSchema.meta(datesDescription).prefault({}),
    emailConfirmed: z
      .boolean()
      .default(false)
      .meta({
        description:
          'Whether the owner has confirmed the e-mail address to you; it then counts as deliverable and is not checked. ' +
          '`false` leaves what is known of the address as it is',
        example: true,
      }),
  })
  .superRefine(({ email, emailConfirmed }, context) => {
    if (!emailConfirmed || email !== null) return;
    context.addIssue({ code: 'custom', message: 'It needs an e-mail address.', path: ['emailConfirmed'] });
  });
export type RecipientBody = z.infer<typeof recipientBodySchema>;

/** A recipient as the API shows it. */
export const recipientSchema = z.object({
  id: z.string().meta({ description: 'Id of the recipient', example: 'rcp_7' }),
  externalId: z.string().meta({ description: 'Your own id of the person', example: 'E-0042' }),
  name: z.string().nullable().meta({ description: 'Name of the person', example: 'Dilara Peters' }),
  phone: z.string().nullable().meta({ description: 'In E.164, with its plus sign', example: '+4915110200034' }),
  email: z.string().nullable().meta({ description: 'E-mail address', example: 'dilara.peters@example.com' }),
  zone: z.string().nullable().meta({ description: "Time zone; null is the account's", example: 'Europe/Berlin' }),
  attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).meta({
    description: 'Flat: strings, numbers and booleans, for message variables',
    example: { firstName: 'Dilara', floor: 3 },
  }),
  dates: z.record(z.string(), z.string()).meta({
    description: 'Dates of the person by their names; instants in UTC',
    example: { birthday: '1990-03-10', subscription_expires_at: '2027-03-08T14:30:00.000Z' },
  }),
  createdAt: z.iso.datetime().meta({ description: 'When it was created' }),
  updatedAt: z.iso.datetime().meta({ description: 'When it last changed' }),
});
export type RecipientAnswer = z.infer<typeof recipientSchema>;

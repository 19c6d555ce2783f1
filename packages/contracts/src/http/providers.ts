/**
 * HTTP shapes of provider accounts: what messages are sent by. Secrets go in and never come out; what comes out is whether
 * they are set. Whether an address may be called at all is for the API to say, which knows the installation's rules.
 */
import { normalizeEmail } from '@carillon/core';
import { z } from 'zod';
import { MESSAGE_CHANNEL_NAMES } from '../channel.ts';
import { nameSchema } from './recipients.ts';

const HOST_FORM = /^(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?\.?$|^[0-9A-Fa-f:.]+$/;

const secret = (description: string, example: string) =>
  z
    .string()
    .min(1)
    .max(4_096)
    .refine((text) => text.trim() === text, 'It must not begin or end with a space.')
    .meta({ description, example });

const address = z
  .string()
  .max(320)
  .superRefine((text, context) => {
    if (normalizeEmail(text).ok) return;
    const message = 'It must be name@domain, without a display name.';
    context.addIssue({ code: 'custom', message, params: { code: 'invalid_email' }, input: text });
  });

/** What the WhatsApp Cloud API wants to know. */
const whatsappSettingsSchema = z.strictObject({
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .transform((text) => text.replace(/\/+$/, ''))
    .meta({ description: "Address of the provider's API, without a path", example: 'https://graph.facebook.com' }),
  apiVersion: z
    .string()
    .regex(/^v\d{1,3}\.\d{1,2}$/, 'It must be a version such as v23.0.')
    .meta({ description: 'Version of that API', example: 'v23.0' }),
  phoneNumberId: z
    .string()
    .regex(/^\d{1,30}$/, 'It must be digits.')
    .meta({ description: "The provider's id of the phone number", example: '106540352242922' }),
  accessToken: secret('Token of the API; never shown again', 'EAAJB-example-token'),
  appSecret: secret('Signs status callbacks; never shown again', '7c1f0f3a9e-example'),
  verifyToken: secret('Answers the handshake of callbacks; never shown again', 'a-word-of-your-own'),
});

const smtpFields = {
  host: z
    .string()
    .regex(HOST_FORM, 'It must be the name or the address of a host.')
    .meta({ description: 'Name of the mail server', example: 'smtp.example.com' }),
  port: z.int().min(1).max(65_535).meta({ description: 'Its port', example: 587 }),
  security: z.enum(['tls', 'starttls', 'none']).meta({
    description:
      '`tls` from the first byte, `starttls` (refused where the server does not offer it), or `none` for closed networks',
    example: 'starttls',
  }),
  user: z.string().max(320).meta({ description: 'User name; empty for none', example: 'carillon' }),
  password: z
    .string()
    .max(4_096)
    .meta({ description: 'Password; never shown again', example: 'correct horse battery staple' }),
  from: z
    .strictObject({
      name: nameSchema.optional().meta({ description: 'Name shown with it', example: 'Bells & Co' }),
      address: address.meta({ description: 'Address', example: 'news@bells.example' }),
    })
    .meta({ description: 'Whom messages are from unless they say otherwise' }),
  senders: z
    .array(address)
    .max(100)
    .meta({ description: 'Further addresses that a message may be from', example: ['hr@bells.example'] }),
};

/** What a mail server wants to know. */
const smtpSettingsSchema = z.strictObject({
  ...smtpFields,
  port: smtpFields.port.default(587),
  security: smtpFields.security.default('starttls'),
  user: smtpFields.user.default(''),
  password: smtpFields.password.default(''),
  senders: smtpFields.senders.default([]),
});

/** The channels that provider accounts of the API are for: messages, the checking of addresses, and payments. */
export const PROVIDER_CHANNEL_NAMES = [...MESSAGE_CHANNEL_NAMES, 'email_check', 'payment'] as const;

const verifierFields = {
  priceMicros: z
    .int()
    .min(0)
    .max(1_000_000_000)
    .meta({ description: "What one verdict costs, in millionths of the currency's unit", example: 4_000 }),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'It must be a currency of three capital letters, as in ISO 4217.')
    .meta({ description: 'Currency, as in ISO 4217', example: 'EUR' }),
  validDays: z.int().min(1).max(366).meta({ description: 'For how many days a verdict counts', example: 30 }),
  resolvers: z
    .array(z.string().max(64))
    .min(1)
    .max(8)
    .meta({
      description: 'Name servers that are asked about domains, as address or address:port; without them the machine’s',
      example: ['9.9.9.9'],
    }),
};
const paidFields = {
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .transform((text) => text.replace(/\/+$/, ''))
    .meta({ description: 'Address of the paid service', example: 'https://api.kickbox.com' }),
  apiKey: secret('Key of the paid service; never shown again', 'live_example_key'),
};
const dialogueFields = {
  heloName: z.string().min(1).max(255).meta({
    description: 'What we call ourselves to mail servers: a name that leads to the address that we connect from',
    example: 'checks.example.com',
  }),
  mailFrom: z.string().max(320).meta({
    description: 'The sender that we name to them: a mailbox of yours that takes mail',
    example: 'postmaster@example.com',
  }),
  port: z.int().min(1).max(65_535).meta({ description: 'Port of the mail servers: 25', example: 25 }),
};
const { resolvers } = verifierFields;

/** What a verifier of addresses wants to know: a paid service, or our own dialogue with mail servers. */
const verifierSettingsSchema = z.discriminatedUnion('verifier', [
  z.strictObject({
    verifier: z
      .literal('http')
      .meta({ description: 'A paid service that speaks the vocabulary of Kickbox', example: 'http' }),
    ...paidFields,
    ...verifierFields,
    validDays: verifierFields.validDays.default(30),
    resolvers: resolvers.optional(),
    skipDns: z.literal(true).optional().meta({
      description: 'Leaves domains to the service too, where names cannot be looked up from here',
      example: true,
    }),
  }),
  z.strictObject({
    verifier: z
      .literal('smtp')
      .meta({ description: 'Our own dialogue with the mail servers of the addresses', example: 'smtp' }),
    ...dialogueFields,
    port: dialogueFields.port.default(25),
    ...verifierFields,
    priceMicros: verifierFields.priceMicros.default(0),
    currency: verifierFields.currency.default('EUR'),
    validDays: verifierFields.validDays.default(30),
    resolvers: resolvers.optional(),
  }),
]);

const payFields = {
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .transform((text) => text.replace(/\/+$/, ''))
    .meta({ description: "Address of the provider's API", example: 'https://pay.example.com' }),
  apiKey: secret('Key of the API; never shown again', 'sk_live_example'),
  keyValidSeconds: z.int().min(60).max(31_536_000).meta({
    description: 'For how long the provider remembers an idempotency key; never say more than it promises',
    example: 86_400,
  }),
};

/** What a payment provider wants to know. */
const paySettingsSchema = z.strictObject({
  ...payFields,
  keyValidSeconds: payFields.keyValidSeconds.default(86_400),
});

const common = {
  name: nameSchema.meta({ description: 'Name, unique among those of its channel', example: 'main number' }),
  messagesPerSecond: z
    .int()
    .min(1)
    .max(1_000_000)
    .meta({ description: 'The throughput limit, all processes together', example: 80 }),
  dailyLimit: z.int().min(1).max(1_000_000_000).nullable().meta({
    description:
      'How many people the provider lets be reached in a moving day; null is without a limit. Previews warn.',
    example: 100_000,
  }),
};
const created = {
  ...common,
  messagesPerSecond: common.messagesPerSecond.default(80),
  dailyLimit: common.dailyLimit.default(null),
};
const whatsapp = z.literal('whatsapp').meta({ description: 'The channel', example: 'whatsapp' });
const email = z.literal('email').meta({ description: 'The channel', example: 'email' });
const payment = z.literal('payment').meta({ description: 'The channel', example: 'payment' });
const emailCheck = z.literal('email_check').meta({ description: 'The channel', example: 'email_check' });

/** POST /v1/providers. */
export const providerBodySchema = z.discriminatedUnion('channel', [
  z.strictObject({
    channel: whatsapp,
    ...created,
    settings: whatsappSettingsSchema.meta({ description: 'Access to the WhatsApp Cloud API' }),
  }),
  z.strictObject({
    channel: email,
    ...created,
    settings: smtpSettingsSchema.meta({ description: 'Access to a mail server' }),
  }),
  z.strictObject({
    channel: emailCheck,
    ...created,
    settings: verifierSettingsSchema.meta({ description: 'Who judges e-mail addresses, and at which price' }),
  }),
  z.strictObject({
    channel: payment,
    ...created,
    settings: paySettingsSchema.meta({ description: 'Access to a payment provider' }),
  }),
]);
export type ProviderBody = z.output<typeof providerBodySchema>;

const changes = {
  name: common.name.optional(),
  messagesPerSecond: common.messagesPerSecond.optional(),
  dailyLimit: common.dailyLimit.optional(),
  enabled: z
    .boolean()
    .optional()
    .meta({ description: 'True enables it again; false is what DELETE does', example: true }),
};
const smtpChanges = z.strictObject(smtpFields).partial();
const verifierChanges = z.strictObject({ ...verifierFields, ...paidFields, ...dialogueFields }).partial();

/** PATCH /v1/providers/:id. What is left out stays, single fields of the settings too. */
export const providerChangeSchema = z.discriminatedUnion('channel', [
  z.strictObject({
    channel: whatsapp.meta({ description: 'Its channel, which cannot change', example: 'whatsapp' }),
    ...changes,
    settings: whatsappSettingsSchema.partial().optional().meta({ description: 'Fields that change' }),
  }),
  z.strictObject({
    channel: email.meta({ description: 'Its channel, which cannot change', example: 'email' }),
    ...changes,
    settings: smtpChanges.optional().meta({ description: 'Fields that change' }),
  }),
  z.strictObject({
    channel: emailCheck.meta({ description: 'Its channel, which cannot change', example: 'email_check' }),
    ...changes,
    settings: verifierChanges.optional().meta({ description: 'Fields that change, of its kind of verifier' }),
  }),
  z.strictObject({
    channel: payment.meta({ description: 'Its channel, which cannot change', example: 'payment' }),
    ...changes,
    settings: z.strictObject(payFields).partial().optional().meta({ description: 'Fields that change' }),
  }),
]);
export type ProviderChangeBody = z.output<typeof providerChangeSchema>;

/** A provider account as the API shows it. */
export const providerSchema = z.object({
  id: z.string().meta({ description: 'Id of the provider account', example: 'pvd_2' }),
  channel: z.enum(PROVIDER_CHANNEL_NAMES).meta({ description: 'Its channel', example: 'whatsapp' }),
  name: z.string().meta({ description: 'Name, unique among those of its channel', example: 'main number' }),
  settings: z.record(z.string(), z.unknown()).meta({
    description: 'Its settings without the secrets',
    example: { baseUrl: 'https://graph.facebook.com', apiVersion: 'v23.0', phoneNumberId: '106540352242922' },
  }),
  secrets: z
    .record(z.string(), z.object({ set: z.boolean().meta({ description: 'Whether it is set', example: true }) }))
    .meta({
      description: 'Its secrets: of each only whether it is set',
      example: { accessToken: { set: true }, appSecret: { set: true }, verifyToken: { set: true } },
    }),
  messagesPerSecond: z.int().meta({ description: 'The throughput limit, all processes together', example: 80 }),
  dailyLimit: z.int().nullable().meta({
    description: 'How many people it lets be reached in a moving day; null is without a limit',
    example: 100_000,
  }),
  enabled: z.boolean().meta({ description: 'Whether new jobs may use it', example: true }),
  disabledAt: z.iso
    .datetime()
    .nullable()
    .meta({ description: 'When it was disabled; null when it is not', example: '2026-11-21T09:00:00.000Z' }),
  disabledReason: z.string().nullable().meta({ description: 'Why it was disabled', example: 'by key_3' }),
  callbackPath: z.string().nullable().meta({
    description: 'Where the provider sends its status reports, below the address of this API; null for the others',
    example: '/v1/provider-accounts/pvd_2/callbacks/whatsapp',
  }),
  createdAt: z.iso.datetime().meta({ description: 'When it was created' }),
  updatedAt: z.iso.datetime().meta({ description: 'When it last changed' }),
});
export type ProviderAnswer = z.infer<typeof providerSchema>;

/**
 * What a message says, as HTTP says it: by channel, given in the job or taken from a stored template. Shape and variables are
 * checked here; whether a template and a sender exist is told when the job is created.
 */
import { normalizeEmail } from '@carillon/core';
import { z } from 'zod';
import type { Content, MessageChannelName, Sender } from '../channel.ts';
import { checkContent } from '../rendering.ts';
import { nameSchema } from './recipients.ts';
import type { Refuse } from './refuse.ts';

/** The longest text of a WhatsApp message; the provider's own limit. */
const WHATSAPP_TEXT_MAX = 4_096;
const TEXT_MAX = 100_000;
const HTML_MAX = 400_000;
const SUBJECT_MAX = 500;
const PARAMETERS_MAX = 100;
const PARAMETER_MAX = 1_024;
const DEFAULTS_MAX = 50;
const DEFAULT_MAX = 1_000;
/** Lines of a header must not be ended by what stands in it. */
const LINE_BREAK = /[\r\n\u2028\u2029\v\f]/;

const notBlank = 'It must not be empty.';

const senderBodySchema = z
  .strictObject({
    name: nameSchema.optional().meta({ description: 'Name beside the address', example: 'Ostwerk' }),
    address: z
      .string()
      .max(254)
      .optional()
      .meta({ description: "One of the provider account's senders", example: 'news@ostwerk.example' }),
    replyTo: z
      .string()
      .max(254)
      .optional()
      .meta({ description: 'Where answers go', example: 'office@ostwerk.example' }),
  })
  .meta({ description: "Whom an e-mail is from, where it is not the provider account's own sender" });

const parts = {
  text: z
    .string()
    .max(TEXT_MAX)
    .refine((text) => text.trim() !== '', 'The text must not be empty.')
    .optional()
    .meta({
      description: 'For WhatsApp at most 4,096 characters; for e-mail the plain text. May hold variables',
      example: 'Dear {{name}}, the canteen opens at eleven today.',
    }),
  template: z
    .strictObject({
      name: z
        .string()
        .regex(/^[a-z0-9_]{1,512}$/, 'A template name holds small letters, digits and underscores.')
        .meta({ description: 'Its name at WhatsApp', example: 'canteen_opens' }),
      language: z
        .string()
        .regex(/^[a-z]{2,3}(?:_[A-Z]{2})?$/, 'A language is written like en or en_US.')
        .meta({ description: 'Its language', example: 'en_US' }),
      parameters: z
        .array(
          z
            .string()
            .min(1)
            .max(PARAMETER_MAX)
            .meta({ description: 'One parameter; may hold variables', example: 'eleven' }),
        )
        .max(PARAMETERS_MAX)
        .default([])
        .meta({ description: 'What fills its body, in order', example: ['{{name}}', 'eleven'] }),
    })
    .optional()
    .meta({ description: 'Only WhatsApp: a message that WhatsApp approved beforehand' }),
  subject: z
    .string()
    .max(SUBJECT_MAX)
    .refine((text) => text.trim() !== '', notBlank)
    .refine((text) => !LINE_BREAK.test(text), 'A subject is one line.')
    .optional()
    .meta({ description: 'Only e-mail. May hold variables', example: 'The canteen opens at eleven' }),
  html: z
    .string()
    .max(HTML_MAX)
    .refine((text) => text.trim() !== '', notBlank)
    .optional()
    .meta({
      description: 'Only e-mail. May hold variables, whose values are escaped',
      example: '<p>Dear {{name}}, the canteen opens at <b>eleven</b> today.</p>',
    }),
  sender: senderBodySchema.optional(),
  defaults: z
    .record(z.string().max(200), z.string().max(DEFAULT_MAX))
    .refine((defaults) => Object.keys(defaults).length <= DEFAULTS_MAX, `At most ${DEFAULTS_MAX} variables.`)
    .optional()
    .meta({
      description: 'What stands for variables that a recipient does not have, by name',
      example: { name: 'colleague' },
    }),
};

const storedTemplateBodySchema = z
  .strictObject({
    name: nameSchema.optional().meta({ description: 'Its name', example: 'Canteen' }),
    id: z.string().max(32).optional().meta({ description: 'Or its id', example: 'tpl_3' }),
    version: z
      .int()
      .min(1)
      .max(2 ** 31 - 1)
      .optional()
      .meta({ description: 'Default the newest', example: 2 }),
  })
  .refine(({ name, id }) => (name === undefined) !== (id === undefined), 'Give either its name or its id.')
  .meta({ description: 'A template stored here', example: { name: 'Canteen' } });

/** What a stored template says. */
export const templateContentBodySchema = z
  .strictObject(parts)
  .meta({ description: 'What it says', example: { text: 'Dear {{name}}, the canteen opens at eleven today.' } });
export type TemplateContentBody = z.output<typeof templateContentBodySchema>;

/** What a message says: given here, or a stored template. */
export const contentBodySchema = z
  .strictObject({ ...parts, storedTemplate: storedTemplateBodySchema.optional() })
  .meta({
    description:
      'What it says: for WhatsApp `text` or `template`, for e-mail `subject` with `text` or `html`, or `storedTemplate`',
    example: { text: 'Dear {{name}}, the canteen opens at eleven today.', defaults: { name: 'colleague' } },
  });
export type ContentBody = z.output<typeof contentBodySchema>;

const ONLY_EMAIL = ['subject', 'html', 'sender'] as const;

/**
 * Refuses what does not fit the channel, and faulty variables with their place. Ask it of every content that comes in.
 * @param at where the content stands in the body
 */
export function refuseContent(
  channel: MessageChannelName,
  content: ContentBody,
  refuse: Refuse,
  at: readonly (string | number)[] = ['content'],
): void {
  let sound = true;
  const fault = (message: string, ...path: (string | number)[]): void => {
    sound = false;
    refuse('validation_failed', message, [...at, ...path]);
  };
  const { storedTemplate, defaults: _, ...given } = content;
  if (storedTemplate !== undefined) {
    const other = Object.keys(given).find((name) => given[name as keyof typeof given] !== undefined);
    if (other !== undefined) fault('A stored template says all; beside it only defaults can be given.', other);
  } else if (channel === 'whatsapp') {
    for (const name of ONLY_EMAIL) if (given[name] !== undefined) fault('A WhatsApp message has none.', name);
    if ((given.text === undefined) === (given.template === undefined)) fault('Give either text or template.');
    if ((given.text?.length ?? 0) > WHATSAPP_TEXT_MAX) {
      fault(`WhatsApp takes at most ${WHATSAPP_TEXT_MAX} characters.`, 'text');
    }
  } else {
    if (given.template !== undefined) fault('Only WhatsApp has approved templates.', 'template');
    if (given.subject === undefined) fault('An e-mail needs a subject.', 'subject');
    if (given.text === undefined && given.html === undefined) fault('Give text, html or both.');
    for (const field of ['address', 'replyTo'] as const) {
      const address = given.sender?.[field];
      if (address === undefined || normalizeEmail(address).ok) continue;
      sound = false;
      refuse('invalid_email', 'This is no e-mail address.', [...at, 'sender', field]);
    }
  }
  if (!sound) return;
  for (const { field, problem } of checkContent(storedContentOf(channel, content))) {
    const steps = field.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step));
    fault(`It ${problem}.`, ...(steps[0] === 'parameters' ? ['template', ...steps] : steps));
  }
}

/**
 * The content as it is stored, once {@link refuseContent} found nothing. A stored template is left empty: whoever looks it up
 * fills it in.
 */
export function storedContentOf(channel: MessageChannelName, content: ContentBody): Content {
  const defaults = content.defaults === undefined ? {} : { defaults: content.defaults };
  if (channel === 'email') {
    const { subject = '', text, html, sender } = content;
    return {
      type: 'email',
      subject,
      ...(text !== undefined && { text }),
      ...(html !== undefined && { html }),
      ...(sender !== undefined && { sender: storedSenderOf(sender) }),
      ...defaults,
    };
  }
  if (content.template !== undefined) return { type: 'template', ...content.template, ...defaults };
  return { type: 'text', text: content.text ?? '', ...defaults };
}

/** Addresses in the one spelling. */
function storedSenderOf({ name, address, replyTo }: NonNullable<ContentBody['sender']>): Sender {
  const spelled = (text: string): string => {
    const result = normalizeEmail(text);
    return result.ok ? result.address : text;
  };
  return {
    ...(name !== undefined && { name }),
    ...(address !== undefined && { address: spelled(address) }),
    ...(replyTo !== undefined && { replyTo: spelled(replyTo) }),
  };
}

/** A content as the API shows it. */
export const contentSchema = z
  .object({
    text: z
      .string()
      .optional()
      .meta({ description: 'The text', example: 'Dear {{name}}, the canteen opens at eleven.' }),
    template: z
      .object({
        name: z.string().meta({ description: 'Its name at WhatsApp', example: 'canteen_opens' }),
        language: z.string().meta({ description: 'Its language', example: 'en_US' }),
        parameters: z.array(z.string()).meta({ description: 'What fills its body', example: ['{{name}}', 'eleven'] }),
      })
      .optional()
      .meta({ description: 'A message that WhatsApp approved beforehand' }),
    subject: z
      .string()
      .optional()
      .meta({ description: 'The subject of an e-mail', example: 'The canteen opens at eleven' }),
    html: z.string().optional().meta({ description: 'The HTML of an e-mail', example: '<p>Dear {{name}}</p>' }),
    sender: z
      .object({
        name: z.string().optional().meta({ description: 'Name beside the address', example: 'Ostwerk' }),
        address: z.string().optional().meta({ description: 'Its address', example: 'news@ostwerk.example' }),
        replyTo: z.string().optional().meta({ description: 'Where answers go', example: 'office@ostwerk.example' }),
      })
      .optional()
      .meta({ description: 'Whom an e-mail is from' }),
    defaults: z
      .record(z.string(), z.string())
      .optional()
      .meta({ description: 'What stands for missing variables', example: { name: 'colleague' } }),
    storedTemplate: z
      .object({
        id: z.string().meta({ description: 'Id of the template', example: 'tpl_3' }),
        version: z.int().meta({ description: 'The version that it was taken from', example: 2 }),
      })
      .optional()
      .meta({ description: 'The stored template that it was taken from' }),
  })
  .meta({ description: 'What it says' });
export type ContentAnswer = z.infer<typeof contentSchema>;

/** HTTP shapes of stored templates: contents under a name, whose versions never change. */
import { z } from 'zod';
import { MESSAGE_CHANNEL_NAMES } from '../channel.ts';
import { contentSchema, refuseContent, templateContentBodySchema } from './content.ts';
import { attributesDescription, attributesSchema, externalIdSchema, nameSchema } from './recipients.ts';
import { instantForm, refuser } from './refuse.ts';

const channel = z
  .enum(MESSAGE_CHANNEL_NAMES, `The channel must be ${MESSAGE_CHANNEL_NAMES.join(' or ')}.`)
  .meta({ description: 'The channel that it is for; it stays so', example: 'whatsapp' });
const templateName = nameSchema.meta({ description: 'Unique within the account', example: 'Canteen' });
const versionNumber = z
  .int()
  .min(1)
  .max(2 ** 31 - 1);
const instant = z.string().meta({ ...instantForm, example: '2026-11-21T09:00:00.000Z' });

/** Body of `POST /v1/templates`. */
export const createTemplateBodySchema = z
  .strictObject({ name: templateName, channel, content: templateContentBodySchema })
  .superRefine((body, context) => refuseContent(body.channel, body.content, refuser(context)))
  .meta({ description: 'A template to be stored' });
export type CreateTemplateBody = z.output<typeof createTemplateBodySchema>;

/** Body of `PUT /v1/templates/:id`: its next version. */
export const putTemplateBodySchema = z
  .strictObject({
    content: templateContentBodySchema,
    version: versionNumber
      .optional()
      .meta({ description: 'The `version` that the change is based on; without one it is not asked', example: 2 }),
  })
  .meta({ description: 'What its next version says' });
export type PutTemplateBody = z.output<typeof putTemplateBodySchema>;

/** Body of `POST /v1/templates/:id/preview`. */
export const previewTemplateBodySchema = z
  .strictObject({
    version: versionNumber.optional().meta({ description: 'Default the newest', example: 2 }),
    recipient: externalIdSchema.optional().meta({
      description: '`externalId` of a recipient whose name and attributes fill the variables',
      example: 'E-0042',
    }),
    values: attributesSchema
      .meta({
        ...attributesDescription,
        description: "What variables hold; goes before the recipient's",
        example: { name: 'Dilara' },
      })
      .prefault({}),
  })
  .meta({ description: 'For whom it is to be rendered' });
export type PreviewTemplateBody = z.output<typeof previewTemplateBodySchema>;

/** A template as the API shows it, in its newest version. */
export const templateSchema = z.object({
  id: z.string().meta({ description: 'Id of the template', example: 'tpl_3' }),
  name: z.string().meta({ description: 'Unique within the account', example: 'Canteen' }),
  channel,
  version: z.int().meta({ description: 'The newest version', example: 2 }),
  content: contentSchema,
  variables: z
    .array(z.string())
    .meta({ description: 'Variables that a recipient must have a value for', example: ['name'] }),
  createdAt: instant.meta({ description: 'When it was created' }),
  updatedAt: instant.meta({ description: 'When it last changed' }),
});
export type TemplateAnswer = z.infer<typeof templateSchema>;

/** One version of a template. */
export const templateVersionSchema = z.object({
  template: z.string().meta({ description: 'Id of the template', example: 'tpl_3' }),
  version: z.int().meta({ description: 'Which version', example: 1 }),
  content: contentSchema,
  variables: z
    .array(z.string())
    .meta({ description: 'Variables that a recipient must have a value for', example: ['name'] }),
  createdAt: instant.meta({ description: 'When it was stored' }),
  createdBy: z.string().meta({ description: 'Who stored it', example: 'key_1' }),
});
export type TemplateVersionAnswer = z.infer<typeof templateVersionSchema>;

/** A template rendered. */
export const renderedTemplateSchema = z.object({
  version: z.int().meta({ description: 'Which version was rendered', example: 2 }),
  content: contentSchema.nullable().meta({ description: 'What would be sent; null when values are missing' }),
  missing: z.array(z.string()).meta({ description: 'Variables without value and default', example: ['name'] }),
});

/** HTTP shapes of audiences, which are named sets of recipients, and of changes to their members. */
import { z } from 'zod';
import { externalIdSchema, nameSchema } from './recipients.ts';

/** The most external ids that one request may name. */
export const MEMBERS_MAX = 10_000;

/** POST /v1/audiences. */
export const audienceBodySchema = z.strictObject({
  name: nameSchema.meta({ description: "The audience's name, unique in the account", example: 'Headquarters' }),
});
export type AudienceBody = z.infer<typeof audienceBodySchema>;

/** POST /v1/audiences/:id/members. All or nothing; adding a member again, or removing who is none, changes nothing. */
export const membersBodySchema = z
  .strictObject({
    add: z
      .array(externalIdSchema)
      .max(MEMBERS_MAX)
      .default([])
      .meta({ description: 'Recipients who join, by their `externalId`', example: ['E-0042', 'E-0043'] }),
    remove: z
      .array(externalIdSchema)
      .max(MEMBERS_MAX)
      .default([])
      .meta({ description: 'Recipients who leave, by their `externalId`', example: ['E-0007'] }),
  })
  .superRefine((body, context) => {
    if (body.add.length + body.remove.length === 0) {
      context.addIssue({
        code: 'custom',
        message: 'It must name at least one recipient, here or in remove.',
        path: ['add'],
      });
    }
    if (body.add.length + body.remove.length > MEMBERS_MAX) {
      context.addIssue({
        code: 'custom',
        message: `Together with remove it must not hold more than ${MEMBERS_MAX} ids.`,
        path: ['add'],
      });
    }
    const added = new Set(body.add);
    const both = body.remove.findIndex((externalId) => added.has(externalId));
    if (both >= 0) {
      context.addIssue({ code: 'custom', message: 'It is in add and in remove.', path: ['remove', both] });
    }
  });
export type MembersBody = z.infer<typeof membersBodySchema>;

/** An audience as the API shows it. */
export const audienceSchema = z.object({
  id: z.string().meta({ description: 'Id of the audience', example: 'aud_7' }),
  name: z.string().meta({ description: 'Its name, unique in the account', example: 'Headquarters' }),
  members: z.number().int().meta({ description: 'How many recipients belong to it', example: 250 }),
  createdAt: z.iso.datetime().meta({ description: 'When it was created' }),
});
export type AudienceAnswer = z.infer<typeof audienceSchema>;

/** What a change of members did. */
export const membersChangeSchema = z.object({
  added: z.number().int().meta({ description: 'Who were not members before', example: 2 }),
  removed: z.number().int().meta({ description: 'Who were members before', example: 1 }),
});
export type MembersChange = z.infer<typeof membersChangeSchema>;

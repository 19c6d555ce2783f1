/** HTTP shapes of how the owner of a job is told of it. */
import { z } from 'zod';

const parts = {
  email: z
    .string()
    .min(3)
    .max(300)
    .optional()
    .meta({ description: 'An e-mail address; needs a provider account for e-mail', example: 'ada@example.com' }),
  whatsapp: z
    .string()
    .min(3)
    .max(40)
    .optional()
    .meta({ description: 'A phone number; needs a provider account for WhatsApp', example: '+49 151 1020 0034' }),
  webhook: z.string().min(1).max(2_000).optional().meta({
    description: "A URL, signed by the secrets of the account's calls",
    example: 'https://example.com/told',
  }),
};

/** How an owner is told; every way that is named is used. */
export const notifyBodySchema = z
  .strictObject(parts)
  .refine((ways) => Object.values(ways).some((way) => way !== undefined), 'Name at least one way.')
  .meta({
    description: 'How its owner is told when a run is late or failed, a payment was refused, or the job is completed',
    example: { webhook: 'https://example.com/told' },
  });
export type NotifyBody = z.output<typeof notifyBodySchema>;

/** The same as the API shows it. */
export const notifySchema = z
  .object(parts)
  .meta({ description: 'How its owner is told', example: { webhook: 'https://example.com/told' } });
export type NotifyAnswer = z.infer<typeof notifySchema>;

/** GET and PUT of /v1/users/:userId/contact. */
export const contactSchema = z.object({
  userId: z.string().meta({ description: 'Your own id of the user', example: 'u-1204' }),
  notify: notifySchema,
  updatedAt: z
    .string()
    .meta({ format: 'date-time', description: 'When it last changed', example: '2026-11-21T09:00:00.000Z' }),
});
export type ContactAnswer = z.infer<typeof contactSchema>;

/** Body of PUT /v1/users/:userId/contact. */
export const contactBodySchema = z
  .strictObject({ notify: notifyBodySchema })
  .meta({ description: 'How the user is told', example: { notify: { webhook: 'https://example.com/told' } } });

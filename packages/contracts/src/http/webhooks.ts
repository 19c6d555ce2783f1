/**
 * HTTP shapes of webhooks: the account's own endpoints, and which events they are told of. Whether a URL may be called at all
 * is for the API to say, which knows the installation's rules. Secrets are made here, shown once, and never again.
 */
import { z } from 'zod';
import { EVENT_TYPES, type EventType } from './events.ts';
import { instantForm } from './refuse.ts';

/** Every type, those of later versions too. */
export const EVERY_EVENT = '*';
/** What an endpoint can ask for. */
const ASKED_EVENTS = EVENT_TYPES.filter((type) => type !== 'webhook.test');
/** Longest and shortest time for which an old secret and a new one both sign. */
const OVERLAP_MAX_SECONDS = 30 * 86_400;

const url = z.string().min(1).max(2_000).meta({
  description: 'Where notices are posted: `https:`, in the public internet',
  example: 'https://example.com/hooks',
});

const events = z
  .array(
    z
      .enum([EVERY_EVENT, ...ASKED_EVENTS] as [typeof EVERY_EVENT, ...EventType[]])
      .meta({ description: 'A type, or `*` for all', example: 'run.completed' }),
  )
  .min(1)
  .max(50)
  .transform((types) => (types.includes(EVERY_EVENT) ? [EVERY_EVENT] : [...new Set(types)]) as string[])
  .meta({
    description: 'Of which events it is told; `*` is all, those of later versions too',
    example: ['run.completed', 'run.failures'],
  });

const description = z
  .string()
  .max(500)
  .meta({ description: 'A note of your own', example: 'The intranet, by the web team' });

/** POST /v1/webhooks. */
export const webhookBodySchema = z.strictObject({
  url,
  events,
  description: description.default(''),
});
export type WebhookBody = z.output<typeof webhookBodySchema>;

/** PATCH /v1/webhooks/:id. What is left out stays. */
export const webhookChangeSchema = z
  .strictObject({
    url: url.optional(),
    events: events.optional(),
    description: description.optional(),
    enabled: z.boolean().optional().meta({
      description: 'True switches it on again, after a 410 for one; false switches it off',
      example: true,
    }),
  })
  .refine((body) => Object.keys(body).length > 0, 'It must change something.');
export type WebhookChangeBody = z.output<typeof webhookChangeSchema>;

/** POST /v1/webhooks/:id/rotate. */
export const webhookRotationSchema = z.strictObject({
  overlapSeconds: z.int().min(0).max(OVERLAP_MAX_SECONDS).default(86_400).meta({
    description: 'How long the secrets that sign now go on signing beside the new one; 0 ends them at once',
    example: 86_400,
  }),
});
export type WebhookRotationBody = z.output<typeof webhookRotationSchema>;

/** An endpoint as the API shows it. */
export const webhookSchema = z.object({
  id: z.string().meta({ description: 'Id of the endpoint', example: 'whk_5' }),
  url: z.string().meta({ description: 'Where notices are posted', example: 'https://example.com/hooks' }),
  events: z
    .array(z.string())
    .meta({ description: 'Of which events it is told; `*` is all', example: ['run.completed', 'run.failures'] }),
  description: z.string().meta({ description: 'A note of your own', example: 'The intranet, by the web team' }),
  enabled: z.boolean().meta({ description: 'Whether notices are sent to it', example: true }),
  disabledAt: z
    .string()
    .nullable()
    .meta({ ...instantForm, description: 'When it was switched off; null when it is on', example: null }),
  disabledReason: z
    .string()
    .nullable()
    .meta({ description: 'Why it was switched off: `gone` after a 410, or by whom', example: null }),
  createdAt: z
    .string()
    .meta({ ...instantForm, description: 'When it was created', example: '2026-11-21T09:00:00.000Z' }),
  updatedAt: z
    .string()
    .meta({ ...instantForm, description: 'When it last changed', example: '2026-11-21T09:00:00.000Z' }),
});
export type WebhookAnswer = z.infer<typeof webhookSchema>;

/** An endpoint with its new secret. */
export const webhookWithSecretSchema = webhookSchema.extend({
  secret: z.string().meta({
    description: 'Signs its notices. Shown here and never again: keep it.',
    example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=',
  }),
});
export type WebhookWithSecretAnswer = z.infer<typeof webhookWithSecretSchema>;

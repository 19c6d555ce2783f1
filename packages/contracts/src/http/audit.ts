/** HTTP shapes of the audit trail: who did what to which, when and from where. */
import { parseInstant } from '@carillon/core';
import { z } from 'zod';

const text = (description: string, example: string) =>
  z.string().min(1).max(100).optional().meta({ description, example });
const instant = (description: string) =>
  z
    .string()
    .max(64)
    .refine((given) => parseInstant(given).ok, {
      message: 'It must be ISO 8601 with Z or an offset.',
      params: { code: 'invalid_instant' },
    })
    .optional()
    .meta({ format: 'date-time', description, example: '2026-11-21T00:00:00Z' });

/** The filters of GET /v1/audit. */
export const auditFilter = {
  actor: text('Only what this one did: a key, a person at the command line, a service', 'key_3'),
  action: text('Only this action; with a dot at its end, all that begin so', 'job.'),
  subject: text('Only what was done to this', 'job_42'),
  since: instant('From this instant on'),
  until: instant('Before this instant'),
};

/** One entry. */
export const auditEntrySchema = z.object({
  id: z.string().meta({ description: 'Id of the entry', example: 'adt_1204' }),
  at: z.iso.datetime().meta({ description: 'When it was done' }),
  actor: z.string().meta({
    description: 'Who: a key, `cli:` with a user of the operating system, or a service',
    example: 'key_3',
  }),
  actorName: z.string().nullable().meta({ description: 'Name of the key that did it', example: 'portal' }),
  action: z.string().meta({ description: 'What was done', example: 'job.create' }),
  subject: z.string().meta({ description: 'To what', example: 'job_42' }),
  detail: z
    .record(z.string(), z.unknown())
    .meta({ description: 'Further facts; nothing secret and no address', example: { trigger: 'now' } }),
  origin: z.string().nullable().meta({
    description: 'Network address that the request came from; null where there was none',
    example: '203.0.113.7',
  }),
  requestId: z.string().nullable().meta({
    description: 'X-Request-Id of the answer; null where there was no request',
    example: '3f0c1b52-7a0e-4f0e-9d5e-2f1f6f1c9a10',
  }),
});
export type AuditEntryAnswer = z.infer<typeof auditEntrySchema>;

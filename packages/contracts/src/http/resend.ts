/** HTTP shapes of "send to those missed". */
import { z } from 'zod';

const run = z.string().max(32).optional().meta({
  description: 'Which run; the latest of the job when left out. A resend counts to the run that it resends',
  example: 'run_42',
});
const includeFailedByReport = z.boolean().default(false).meta({
  description:
    'Also whom the provider accepted and reported as failed later, whose outcome a policy gave up, or who was refused after a try without an answer: they may have been told',
  example: false,
});

/** POST /v1/jobs/:id/resend. */
export const resendBodySchema = z.strictObject({ run, includeFailedByReport });
export type ResendBody = z.output<typeof resendBodySchema>;

/** GET /v1/jobs/:id/missed. */
export const missedQuerySchema = z.strictObject({ run });

/** How many were missed. */
export const missedSchema = z
  .object({
    run: z.string().meta({ description: 'The first run of the family', example: 'run_42' }),
    people: z.int().meta({ description: 'Who certainly has nothing', example: 37 }),
    peopleWithFailedByReport: z.int().meta({ description: 'The same with `includeFailedByReport`', example: 41 }),
    openResend: z
      .string()
      .nullable()
      .meta({ description: 'The resend that is under way; only one may be', example: 'run_57' }),
  })
  .meta({ id: 'Missed' });

/** The answer to a resend. */
export const resendSchema = z
  .object({
    run: z.string().meta({ description: 'The new run', example: 'run_57' }),
    of: z.string().meta({ description: 'The job', example: 'job_42' }),
    people: z.int().meta({ description: 'How many it will be sent to', example: 37 }),
  })
  .meta({ id: 'Resend' });

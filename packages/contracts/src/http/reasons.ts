/** HTTP shape of why a run's deliveries are what they are. */
import { DELIVERY_STATES } from '@carillon/core';
import { z } from 'zod';

/** Answer to `GET /v1/runs/:id/reasons`. */
export const runReasonsSchema = z.object({
  run: z.string().meta({ description: 'Id of the run', example: 'run_7' }),
  reasons: z
    .array(
      z.object({
        state: z.enum(DELIVERY_STATES).meta({ description: 'The state', example: 'skipped' }),
        code: z
          .string()
          .nullable()
          .meta({ description: 'The last error, or why it was skipped; null for none', example: 'suppressed' }),
        count: z.int().nonnegative().meta({ description: 'How many deliveries', example: 12 }),
      }),
    )
    .meta({ description: 'The most frequent first; together all deliveries of the run' }),
});

/** How the owner of a job is told of it, as it is stored. */
import { z } from 'zod';

const addressed = z.object({
  /** Normalized, as the channel writes to it. */
  address: z.string(),
  /** The keyed hash by which it may be suppressed, as a UUID. */
  key: z.string(),
});

export const storedNotifySchema = z.object({
  email: addressed.optional(),
  whatsapp: addressed.optional(),
  /** Called as jobs of kind `webhook` are. */
  webhook: z.string().optional(),
});
export type StoredNotify = z.infer<typeof storedNotifySchema>;

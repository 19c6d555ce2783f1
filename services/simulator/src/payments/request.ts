/** Reading a request for a payment. */
import { z } from 'zod';

const askedSchema = z.strictObject({
  reference: z.string().min(1).max(200),
  sender: z.string().min(1).max(200),
  receiver: z.string().min(1).max(200),
  amount: z.int().min(1),
  currency: z.string().regex(/^[A-Z]{3}$/),
  description: z.string().max(500).optional(),
});

/** A request that can be decided. */
export interface Asked {
  readonly key: string;
  readonly reference: string;
  readonly sender: string;
  readonly receiver: string;
  readonly amount: number;
  readonly currency: string;
  readonly body: string;
}

/** What is asked for, or what is wrong with the request. */
export function readAsked(key: string | string[] | undefined, body: string): Asked | string {
  if (typeof key !== 'string' || key === '' || key.length > 255)
    return 'An Idempotency-Key of 1 to 255 characters is required';
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return 'The body is not JSON';
  }
  const asked = askedSchema.safeParse(parsed);
  if (!asked.success) return z.prettifyError(asked.error);
  const { reference, sender, receiver, amount, currency } = asked.data;
  return { key, reference, sender, receiver, amount, currency, body };
}

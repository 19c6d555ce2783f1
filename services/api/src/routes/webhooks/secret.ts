/** Secrets that sign what we send to others' services. */
import { randomBytes } from 'node:crypto';

const SECRET_BYTES = 32;

/** A new one, as Standard Webhooks writes it: `whsec_` and base64. */
export function newSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
}

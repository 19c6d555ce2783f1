/** The headers that sign a webhook, by the Standard Webhooks specification. */
import { Webhook } from 'standardwebhooks';

/** A signer for every secret, made once per set of secrets. Throws for a secret that is no `whsec_` and base64. */
export function signersOf(secrets: readonly string[]): readonly Webhook[] {
  if (secrets.length === 0) throw new Error('a webhook without a secret cannot be signed');
  return secrets.map((secret) => new Webhook(secret));
}

/**
 * `webhook-id`, `webhook-timestamp` and `webhook-signature` for one try, as undici takes headers. The signature has one part
 * for each secret, so that while two overlap a receiver may verify with either. The time is that of the try, not of the
 * event: receivers refuse what is older than some minutes, and a tenth try comes three days later.
 */
export function signatureHeaders(signers: readonly Webhook[], id: string, body: string, nowMs: number): string[] {
  const timestamp = Math.floor(nowMs / 1000);
  const at = new Date(timestamp * 1000);
  const signature = signers.map((signer) => signer.sign(id, at, body)).join(' ');
  return ['webhook-id', id, 'webhook-timestamp', String(timestamp), 'webhook-signature', signature];
}

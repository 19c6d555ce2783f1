/** For the other direction: what Carillon posts to you is signed by Standard Webhooks. */
import { Webhook, WebhookVerificationError } from 'standardwebhooks';

export { WebhookVerificationError };

/** Headers as `fetch` or as `node:http` give them. */
export type IncomingHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Checks the signature and the age (5 minutes) of a webhook, and returns what it says.
 * @param body exactly the bytes or the text that arrived; JSON that was parsed and written again does not verify
 * @param secret `whsec_...`; several while one replaces another
 * @throws WebhookVerificationError
 */
export function verifyWebhook(
  headers: IncomingHeaders,
  body: string | Uint8Array,
  secret: string | readonly string[],
): unknown {
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
  const signed = Object.fromEntries(
    ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => [name, headerOf(headers, name)]),
  );
  const secrets = typeof secret === 'string' ? [secret] : secret;
  let failure: unknown = new WebhookVerificationError('No secret was given');
  for (const one of secrets) {
    try {
      return new Webhook(one).verify(text, signed);
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

function headerOf(headers: IncomingHeaders, name: string): string {
  if (headers instanceof Headers) return headers.get(name) ?? '';
  const [, value] = Object.entries(headers).find(([key]) => key.toLowerCase() === name) ?? [];
  return typeof value === 'string' ? value : (value?.[0] ?? '');
}

/** Links of recipients in messages: by which they end messages of a channel, and confirm their e-mail address. */
import { confirmationToken, deriveKey, unsubscribeToken } from '@carillon/core';
import type { RecipientLink } from '@carillon/worker';
import type { SenderConfig } from './config.ts';

/** The maker of links to unsubscribe from a channel; none where nobody said under which address recipients reach the API. */
export function unsubscribeUrls(config: SenderConfig, channel: string): RecipientLink | undefined {
  const base = baseOf(config, 'unsubscribe');
  const key = deriveKey(config.CARILLON_SECRET, 'unsubscribe');
  if (base === undefined) return undefined;
  return ({ accountId, runId }, addressKey) => base + unsubscribeToken({ accountId, channel, addressKey, runId }, key);
}

/** The maker of links to confirm an e-mail address; none as above. */
export function confirmUrls(config: SenderConfig): RecipientLink | undefined {
  const base = baseOf(config, 'confirm');
  const key = deriveKey(config.CARILLON_SECRET, 'confirm');
  if (base === undefined) return undefined;
  return ({ accountId }, addressKey) => base + confirmationToken({ accountId, addressKey }, key);
}

function baseOf({ PUBLIC_URL }: SenderConfig, page: string): string | undefined {
  return PUBLIC_URL === undefined ? undefined : `${PUBLIC_URL.replace(/\/+$/, '')}/v1/${page}/`;
}

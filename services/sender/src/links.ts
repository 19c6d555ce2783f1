/** Links by which recipients end messages of a channel. */
import { deriveKey, unsubscribeToken } from '@carillon/core';
import type { UnsubscribeUrl } from '@carillon/worker';
import type { SenderConfig } from './config.ts';

/** Their maker for a channel; none where nobody said under which address recipients reach the API. */
export function unsubscribeUrls(config: SenderConfig, channel: string): UnsubscribeUrl | undefined {
  if (config.PUBLIC_URL === undefined) return undefined;
  const base = `${config.PUBLIC_URL.replace(/\/+$/, '')}/v1/unsubscribe/`;
  const key = deriveKey(config.CARILLON_SECRET, 'unsubscribe');
  return ({ accountId, runId }, addressKey) => base + unsubscribeToken({ accountId, channel, addressKey, runId }, key);
}

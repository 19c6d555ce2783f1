/** The one channel that a validator serves. */
import { createCheckChannel } from '@carillon/channels';
import { deriveKey } from '@carillon/core';
import type { ServedChannel } from '@carillon/worker';
import type { ValidatorConfig } from './config.ts';

const CONNECT_TIMEOUT_MS = 5_000;

/**
 * Opens it; no connection is made before the first check.
 * @param onWritten told after each request to a paid service was written; a place for tests to break in
 */
export function createChannels(config: ValidatorConfig, onWritten?: () => void): ServedChannel[] {
  const { CHECK_CONNECTIONS: connections, CHECK_TIMEOUT_MS: timeoutMs } = config;
  const channel = createCheckChannel({
    connections,
    timeoutMs,
    connectTimeoutMs: Math.min(CONNECT_TIMEOUT_MS, timeoutMs),
    allowPrivate: config.ALLOW_PRIVATE_TARGETS ?? config.CARILLON_ENV !== 'production',
    greylistWaitMs: config.CHECK_GREYLIST_MS,
    perHost: config.CHECK_PER_HOST,
    probeKey: Buffer.from(deriveKey(config.CARILLON_SECRET, 'check-probe')).toString('base64url'),
    ...(onWritten === undefined ? {} : { onWritten }),
  });
  const checks = { restMs: config.CHECK_REST_MS };
  const lookupEveryMs = config.CHECK_LOOKUP_MS;
  const floor = Math.min(config.CHECK_CALLS_MIN, connections);
  // All at once from the beginning: checks take up to a minute, and a window that doubles with each answer would need many.
  return [{ name: 'email_check', channel, connections, floor, initial: connections, timeoutMs, lookupEveryMs, checks }];
}

/** For how long after its first try a payment may be asked for again: while its provider knows the key by which it leaves a second one out. */
import type { Provider } from '@carillon/contracts';
import { FRESH_MS } from './context.ts';

/**
 * A claim may be as late at the provider as its lease is long. And whoever answers at a new address knows of no key from before; what was
 * known of the provider a little before the move may have been used a little after.
 * @param times.leaseMs with its margin
 * @param times.nowMs the database's clock, epoch ms
 * @returns ms since the first try, negative for never; undefined where there are no keys, and so no bound
 */
export function keyUsableMs(
  provider: Provider,
  { leaseMs, nowMs }: { readonly leaseMs: number; readonly nowMs: number },
): number | undefined {
  if (provider.channel !== 'payment') return undefined;
  const { keyValidSeconds, movedAtMs = Number.NEGATIVE_INFINITY } = provider;
  return Math.min(keyValidSeconds * 1_000 - leaseMs, nowMs - movedAtMs - FRESH_MS);
}

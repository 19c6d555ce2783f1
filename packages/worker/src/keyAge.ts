/** For how long after its first try a payment may be asked for again: while its provider knows the key by which it leaves a second one out. */
import type { Provider } from '@carillon/contracts';
import { FRESH_MS } from './context.ts';

/**
 * A claim may be as late at the provider as a lease is long, whatever renewals say: the engine begins no call after that. And whoever
 * answers at a new address knows of no key from before; what was known of the provider a little before the move may have been used a
 * little after.
 * @param times.lateMs how late a claim may be at the provider: a lease and its margin
 * @param times.nowMs the database's clock, epoch ms
 * @returns ms since the first try, negative for never; undefined where there are no keys, and so no bound
 */
export function keyUsableMs(
  provider: Provider,
  { lateMs, nowMs }: { readonly lateMs: number; readonly nowMs: number },
): number | undefined {
  if (provider.channel !== 'payment') return undefined;
  const { keyValidSeconds, movedAtMs = Number.NEGATIVE_INFINITY } = provider;
  return Math.min(keyValidSeconds * 1_000 - lateMs, nowMs - movedAtMs - FRESH_MS);
}

/**
 * Whether a row that may have been done before was perhaps claimed by what was known of its provider until it moved: then its key was
 * judged for somebody else than is called now.
 * @param row.sendingAtMs when it was claimed, by the database's clock
 */
export function isJudgedBeforeMove(
  provider: Provider,
  row: { readonly try: number; readonly sendingAtMs: number },
): boolean {
  if (provider.channel !== 'payment' || provider.movedAtMs === undefined) return false;
  return row.try > 1 && row.sendingAtMs <= provider.movedAtMs + FRESH_MS;
}

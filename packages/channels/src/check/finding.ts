/** What a stage of a check finds out, before it becomes an outcome. */
import type { AddressVerdict, SendOutcome } from '@carillon/contracts';

export type Finding =
  /** The address is judged. */
  | { readonly kind: 'verdict'; readonly verdict: AddressVerdict['verdict']; readonly reason: string }
  /** It could not be judged now, and nothing happened that must not happen twice. */
  | { readonly kind: 'open'; readonly code: string; readonly message: string; readonly retryAfterMs?: number };

export function judged(verdict: AddressVerdict['verdict'], reason: string): Finding {
  return { kind: 'verdict', verdict, reason };
}

/** The outcome of a check that cost nothing. @param reference becomes the provider's id, because nobody else gave one */
export function outcomeOf(finding: Finding, checkedBy: 'rules' | 'smtp', reference: string): SendOutcome {
  if (finding.kind === 'open') {
    const { code, message, retryAfterMs } = finding;
    return { kind: 'retry', code, message, ...(retryAfterMs !== undefined && { retryAfterMs }) };
  }
  const { verdict, reason } = finding;
  return { kind: 'accepted', providerMessageId: reference, verdict: { verdict, reason, costMicros: 0, checkedBy } };
}

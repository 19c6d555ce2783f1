/** The seam between who works a batch off and every kind of transport. Adapters live in folders of their own beside this file. */
import type { ChannelName, OutgoingMessage, Provider, SendOutcome } from '@carillon/contracts';

/**
 * What a provider says of a call whose answer was lost.
 * - `found`: it has it; the outcome is what its answer would have said.
 * - `absent`: it does not have it, and nothing was charged or sent.
 * - `unavailable`: it did not say; ask again later.
 */
export type LookupResult =
  | { readonly kind: 'found'; readonly outcome: SendOutcome }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unavailable'; readonly message: string };

/** One kind of transport, holding its own connections. One instance serves every provider of its kind. */
export interface Channel<Of extends Provider = Provider> {
  readonly name: ChannelName;

  /**
   * How many calls to this provider could start at this moment. A caller claims no more rows than this: nothing queues
   * inside a channel.
   */
  free(provider: Of): number;

  /**
   * Makes one call and says what became of it. Never rejects. Takes a free connection at once, synchronously; when none
   * is free (which `free` would have told) the outcome is `retry` with code `no_free_connection`.
   * @param startBefore instant on the monotonic clock (`performance.now()`, ms). It is compared immediately before the
   *   first byte is handed to the socket, in the same tick; past it nothing is written and the outcome is `retry` with
   *   code `too_late`. The sender passes the end of its lease, or where keys count that of one lease after the claim, less the
   *   time-out and a margin.
   */
  send(message: OutgoingMessage, provider: Of, startBefore?: number): Promise<SendOutcome>;

  /**
   * Asks what became of a call whose outcome was `unknown`, by its reference; only channels whose provider can be asked have
   * it. Never rejects. A request may still be on its way when its caller has given up, so `absent` is true only of calls that
   * ended longer ago than the time-out: the caller waits for that first.
   * @param reference that of the lost call
   */
  lookup?(reference: string, provider: Of): Promise<LookupResult>;

  /** Lets the calls in the air end (the time-out bounds them), then drops every connection. */
  close(): Promise<void>;
}

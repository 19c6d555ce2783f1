/**
 * What a channel is given and what it answers. A channel is the kind of transport (WhatsApp today); the provider is the
 * service behind it. The outcome is a tagged value, never an exception, because each tag decides differently about a
 * second try, and a wrong decision there is how people are told twice.
 */

/** Every channel the installation knows, in the order in which it shows them. */
export const CHANNEL_NAMES = ['whatsapp'] as const;
export type ChannelName = (typeof CHANNEL_NAMES)[number];

/** What a message says. A template is one that the provider approved beforehand; parameters fill its body in order. */
export type Content =
  | { readonly type: 'text'; readonly text: string }
  | {
      readonly type: 'template';
      readonly name: string;
      /** Language code as the provider spells it, such as `en_US`. */
      readonly language: string;
      readonly parameters: readonly string[];
    };

/** One account's access to the WhatsApp Cloud API through one phone number. */
export interface WhatsAppProvider {
  readonly id: number;
  readonly accountId: number;
  /** Such as `https://graph.facebook.com`; the simulator's address unless configured. No trailing slash. */
  readonly baseUrl: string;
  /** Such as `v23.0`. */
  readonly apiVersion: string;
  readonly phoneNumberId: string;
  readonly accessToken: string;
  /** Signs status callbacks (`X-Hub-Signature-256`). */
  readonly appSecret: string;
  /** Answers the provider's `hub.challenge` handshake. */
  readonly verifyToken: string;
  /** The number's throughput limit, all processes together; the Cloud API grants 80 to begin with. */
  readonly messagesPerSecond: number;
}

/** One claimed delivery, ready for the wire. */
export interface OutgoingMessage {
  /** Normalized address: for WhatsApp E.164 digits without `+`. */
  readonly address: string;
  readonly content: Content;
  /** Echoed by the provider's status callbacks; see `reference` in core. */
  readonly reference: string;
}

/**
 * Who else a throttle concerns: only this recipient, every message of this phone number, or the provider account as a
 * whole (locked, unpaid, token refused), which needs a person.
 */
export type ThrottleScope = 'recipient' | 'number' | 'account';

/**
 * What became of one call.
 * - `accepted`: the provider took it; `providerMessageId` identifies it there.
 * - `retry`: proven not accepted, worth another attempt; burns one.
 * - `throttled`: proven not accepted, because of a limit; burns no attempt.
 * - `rejected`: proven not accepted, and will never be.
 * - `unknown`: the request was (or may have been) written and the answer does not say. Never followed by a blind retry.
 */
export type SendOutcome =
  | { readonly kind: 'accepted'; readonly providerMessageId: string }
  | { readonly kind: 'retry'; readonly code: string; readonly message: string; readonly retryAfterMs?: number }
  | {
      readonly kind: 'throttled';
      readonly scope: ThrottleScope;
      readonly code: string;
      readonly message: string;
      readonly retryAfterMs?: number;
    }
  | { readonly kind: 'rejected'; readonly code: string; readonly message: string }
  | { readonly kind: 'unknown'; readonly code: string; readonly message: string };

/** Negative controls: safeties that a test may switch off, to see its own check turn red. */
import type { Channel } from '@carillon/channels';
import type { ChannelName, OutgoingMessage, Provider, SendOutcome } from '@carillon/contracts';

/** What can be switched off. */
export const NEGATIVE_CONTROLS = [
  'none',
  'no_fence',
  'no_intent',
  'no_suppression',
  'no_stop_check',
  'constant_generation',
  'retry_unknown',
  'blind_recheck',
  'no_key_check',
] as const;

/** Which safety a test switched off. */
export type NegativeControl = (typeof NEGATIVE_CONTROLS)[number];

/** The negative control of "an outcome that nobody knows is unknown": takes it for one that may be tried again. */
export class RetryingChannel implements Channel {
  readonly #channel: Channel;

  constructor(channel: Channel) {
    this.#channel = channel;
  }

  get name(): ChannelName {
    return this.#channel.name;
  }

  free(provider: Provider): number {
    return this.#channel.free(provider);
  }

  async send(message: OutgoingMessage, provider: Provider, startBefore?: number): Promise<SendOutcome> {
    const outcome = await this.#channel.send(message, provider, startBefore);
    return outcome.kind === 'unknown' ? { ...outcome, kind: 'retry' } : outcome;
  }

  close(): Promise<void> {
    return this.#channel.close();
  }
}

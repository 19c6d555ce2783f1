/** The channels that a sender serves: one line for each in the table below, and the rest of the sender knows none by name. */
import { type Channel, createEmailChannel, createWebhookChannel, createWhatsAppChannel } from '@carillon/channels';
import type { ChannelName, OutgoingMessage, Provider, SendChannelName, SendOutcome } from '@carillon/contracts';
import { deriveKey } from '@carillon/core';
import type { SenderConfig } from './config.ts';

const CONNECT_TIMEOUT_MS = 3_000;
/** SMTP greets and negotiates before a message goes. */
const EMAIL_CONNECT_TIMEOUT_MS = 8_000;

/** A channel with its window: calls in flight at most, and how long one may take. */
export interface ServedChannel {
  readonly name: ChannelName;
  readonly channel: Channel;
  readonly connections: number;
  readonly timeoutMs: number;
  /** Whether its messages may carry a link to unsubscribe. */
  readonly toPeople: boolean;
}

/**
 * Opens the channels that the settings name; no connection is made before the first message.
 * @param onWritten told after each request was written; a place for tests to break in
 */
export function createChannels(config: SenderConfig, onWritten?: () => void): ServedChannel[] {
  const common = (connections: number, timeoutMs: number, connectMs = CONNECT_TIMEOUT_MS) => ({
    connections,
    timeoutMs,
    connectTimeoutMs: Math.min(connectMs, timeoutMs),
    ...(onWritten === undefined ? {} : { onWritten }),
  });
  const whatsapp = common(config.SEND_CONNECTIONS, config.SEND_TIMEOUT_MS);
  const email = common(config.EMAIL_CONNECTIONS, config.EMAIL_TIMEOUT_MS, EMAIL_CONNECT_TIMEOUT_MS);
  const webhook = common(config.WEBHOOK_CONNECTIONS, config.WEBHOOK_TIMEOUT_MS);
  const mayBePrivate = config.ALLOW_PRIVATE_TARGETS ?? config.CARILLON_ENV !== 'production';
  const messageIdKey = Buffer.from(deriveKey(config.CARILLON_SECRET, 'message-id')).toString('base64url');
  const table: Record<SendChannelName, { window: typeof whatsapp; toPeople: boolean; open: () => Channel }> = {
    whatsapp: { window: whatsapp, toPeople: true, open: () => createWhatsAppChannel(whatsapp) },
    email: { window: email, toPeople: true, open: () => createEmailChannel({ ...email, messageIdKey }) },
    webhook: {
      window: webhook,
      toPeople: false,
      open: () => createWebhookChannel({ ...webhook, allowPrivate: mayBePrivate, allowHttp: mayBePrivate }),
    },
  };
  return config.SEND_CHANNELS.map((name) => {
    const { window, toPeople, open } = table[name];
    const channel = config.NEGATIVE_CONTROL === 'retry_unknown' ? new RetryingChannel(open()) : open();
    return { name, channel, toPeople, connections: window.connections, timeoutMs: window.timeoutMs };
  });
}

/** The negative control of "an outcome that nobody knows is unknown": takes it for one that may be tried again. */
class RetryingChannel implements Channel {
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

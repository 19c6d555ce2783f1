/** E-mail by SMTP as a channel. The way of a message: adapter, a free connection to its host, the call on it, its outcome. */
import type { ConnectionOptions } from 'node:tls';
import type { OutgoingMessage, SendOutcome, SmtpProvider } from '@carillon/contracts';
import type { Channel } from '../channel.ts';
import { runCall } from './call.ts';
import { Host, type HostSettings } from './hosts.ts';
import { composeEmail } from './message.ts';

export interface EmailChannelOptions {
  /** Most messages at once to one host (name and port), all its providers together. */
  readonly connections: number;
  /** From `send` to the reply to the final dot, connecting included, ms. */
  readonly timeoutMs: number;
  /** To connect, greeting and TLS included, ms. */
  readonly connectTimeoutMs: number;
  /** How long an unused connection is kept, ms. Default 4,000. */
  readonly keepAliveMs?: number;
  /** After so many messages a connection is closed. Default 100. */
  readonly messagesPerConnection?: number;
  /** Keeps this installation's Message-IDs apart from others'; any text, such as one derived from its secret. Default empty. */
  readonly messageIdKey?: string;
  /** What we call ourselves in EHLO; the machine's name unless given. */
  readonly clientName?: string;
  /** For `tls` and `starttls`, such as `{ ca }`. */
  readonly tls?: ConnectionOptions;
  /** Wall clock (epoch ms), for the Date header. Default `Date.now`. */
  readonly nowMs?: () => number;
  /** Told after each message was written, its final dot included; a place for tests to break in. */
  readonly onWritten?: () => void;
}

const CLOSED: SendOutcome = { kind: 'retry', code: 'channel_closed', message: 'the channel is closing' };
const NOT_FREE: SendOutcome = { kind: 'retry', code: 'no_free_connection', message: 'every connection is in use' };
const INVALID: SendOutcome = {
  kind: 'throttled',
  scope: 'account',
  code: 'invalid_provider',
  message: 'host and port of the provider account are not valid',
};

class EmailChannel implements Channel<SmtpProvider> {
  readonly name = 'email';
  readonly #options: EmailChannelOptions;
  readonly #settings: HostSettings;
  readonly #hosts = new Map<string, Host>();
  /** By provider object: when a provider's settings change, the caller has a new object. */
  readonly #hostOf = new WeakMap<SmtpProvider, Host>();
  #closed = false;

  constructor(options: EmailChannelOptions) {
    this.#options = options;
    this.#settings = {
      connections: options.connections,
      connectTimeoutMs: options.connectTimeoutMs,
      keepAliveMs: options.keepAliveMs ?? 4_000,
      messagesPerConnection: options.messagesPerConnection ?? 100,
      name: options.clientName,
      tls: options.tls,
    };
  }

  free(provider: SmtpProvider): number {
    if (this.#closed) return 0;
    // A provider that cannot be reached answers at once; nothing needs to be free for it.
    return isValid(provider) ? this.#host(provider).free : this.#settings.connections;
  }

  send(message: OutgoingMessage, provider: SmtpProvider, startBefore = Number.POSITIVE_INFINITY): Promise<SendOutcome> {
    if (this.#closed) return Promise.resolve(CLOSED);
    if (!isValid(provider)) return Promise.resolve(INVALID);
    const { messageIdKey = '', nowMs = Date.now, timeoutMs, onWritten } = this.#options;
    const composed = composeEmail(message, provider, messageIdKey, nowMs());
    if (!composed.ok) return Promise.resolve(composed.outcome);
    const host = this.#host(provider);
    const session = host.take(provider);
    if (session === undefined) return Promise.resolve(NOT_FREE);
    return runCall(session, { host, provider, email: composed.email, timeoutMs, startBefore, onWritten });
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#hosts.values()].map((host) => host.close()));
  }

  #host(provider: SmtpProvider): Host {
    const known = this.#hostOf.get(provider);
    if (known !== undefined) return known;
    const name = `${provider.host.toLowerCase()}:${provider.port}`;
    const host = this.#hosts.get(name) ?? new Host(this.#settings);
    this.#hosts.set(name, host);
    this.#hostOf.set(provider, host);
    return host;
  }
}

function isValid({ host, port }: SmtpProvider): boolean {
  return /^[A-Za-z0-9._:[\]-]{1,253}$/.test(host) && Number.isInteger(port) && port > 0 && port < 65_536;
}

/**
 * An e-mail channel. Connections are made when first needed; they belong to a provider object and are counted per host.
 */
export function createEmailChannel(options: EmailChannelOptions): Channel<SmtpProvider> {
  return new EmailChannel(options);
}

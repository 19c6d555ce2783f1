/** The WhatsApp Cloud API as a channel. The way of a message: adapter, a free connection, the call on it, its answer. */
import type { OutgoingMessage, SendOutcome, WhatsAppProvider } from '@carillon/contracts';
import type { Dispatcher } from 'undici';
import type { Channel } from '../channel.ts';
import { Connections } from '../http/connections.ts';
import { readAnswer } from './answer.ts';
import { renderBody } from './body.ts';

export interface WhatsAppChannelOptions {
  /** Most calls at once to one origin (scheme, host, port). */
  readonly connections: number;
  /** From `send` to the answer's last byte, connecting included, ms. After it a written request is `unknown`. */
  readonly timeoutMs: number;
  /** To connect, TLS included, ms. Kept to about a second's precision; `timeoutMs` bounds it exactly. */
  readonly connectTimeoutMs: number;
  /** How long an unused connection is kept when the server does not say, ms. Default 4,000. */
  readonly keepAliveMs?: number;
  /** Longest answer body that is read, bytes. Default 256 KiB. */
  readonly maxAnswerBytes?: number;
  /** Wall clock (epoch ms), for `Retry-After` dates. Default `Date.now`. */
  readonly nowMs?: () => number;
  /** Told after each request was written; a place for tests to break in. */
  readonly onWritten?: () => void;
}

/** What is the same for every call to one provider. */
interface Route {
  readonly connections: Connections;
  /** undici reads it within `dispatch`, so one object serves every call; only its body changes. */
  readonly request: Dispatcher.DispatchOptions;
}

const CLOSED: SendOutcome = { kind: 'retry', code: 'channel_closed', message: 'the channel is closing' };
const NOT_FREE: SendOutcome = { kind: 'retry', code: 'no_free_connection', message: 'every connection is in use' };

const WRONG_CONTENT: SendOutcome = { kind: 'rejected', code: 'wrong_content', message: 'this is no WhatsApp message' };

class WhatsAppChannel implements Channel<WhatsAppProvider> {
  readonly name = 'whatsapp';
  readonly #settings: ConstructorParameters<typeof Connections>[1];
  readonly #origins = new Map<string, Connections>();
  /** By provider object: when a provider's settings change, the caller has a new object. */
  readonly #routes = new WeakMap<WhatsAppProvider, Route | Error>();
  #closed = false;

  constructor(options: WhatsAppChannelOptions) {
    this.#settings = {
      connections: options.connections,
      timeoutMs: options.timeoutMs,
      connectTimeoutMs: options.connectTimeoutMs,
      keepAliveMs: options.keepAliveMs ?? 4_000,
      maxAnswerBytes: options.maxAnswerBytes ?? 256 * 1024,
      answers: { needsBody: true, read: readAnswer },
      nowMs: options.nowMs ?? Date.now,
      onWritten: options.onWritten,
    };
  }

  free(provider: WhatsAppProvider): number {
    if (this.#closed) return 0;
    const route = this.#routeOf(provider);
    // A provider that no request can be made for answers at once; nothing needs to be free for it.
    return route instanceof Error ? this.#settings.connections : route.connections.free;
  }

  send(message: OutgoingMessage, provider: WhatsAppProvider, startBefore = Number.POSITIVE_INFINITY) {
    if (this.#closed) return Promise.resolve(CLOSED);
    const route = this.#routeOf(provider);
    if (route instanceof Error) return Promise.resolve(invalidProvider(route));
    if (message.content.type !== 'text' && message.content.type !== 'template') return Promise.resolve(WRONG_CONTENT);
    const connection = route.connections.take();
    if (connection === undefined) return Promise.resolve(NOT_FREE);
    route.request.body = renderBody(message);
    return connection.run(route.request, startBefore);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#origins.values()].map((connections) => connections.close()));
  }

  #routeOf(provider: WhatsAppProvider): Route | Error {
    let route = this.#routes.get(provider);
    if (route === undefined) {
      route = this.#makeRoute(provider);
      this.#routes.set(provider, route);
    }
    return route;
  }

  #makeRoute(provider: WhatsAppProvider): Route | Error {
    if (!URL.canParse(provider.baseUrl)) return new Error('the base URL is not a URL');
    const base = new URL(provider.baseUrl);
    if (base.protocol !== 'https:' && base.protocol !== 'http:') return new Error('the base URL is not http or https');
    let connections = this.#origins.get(base.origin);
    if (connections === undefined) {
      connections = new Connections(base.origin, this.#settings);
      this.#origins.set(base.origin, connections);
    }
    const path = `${base.pathname.replace(/\/+$/, '')}/${encodeURIComponent(provider.apiVersion)}/${encodeURIComponent(provider.phoneNumberId)}/messages`;
    const headers = ['content-type', 'application/json', 'authorization', `Bearer ${provider.accessToken}`];
    return { connections, request: { method: 'POST', path, headers } };
  }
}

function invalidProvider(error: Error): SendOutcome {
  return { kind: 'throttled', scope: 'account', code: 'invalid_provider', message: error.message };
}

/**
 * A WhatsApp channel. Connections are made when first needed and per origin, so providers behind one origin share them.
 */
export function createWhatsAppChannel(options: WhatsAppChannelOptions): Channel<WhatsAppProvider> {
  return new WhatsAppChannel(options);
}

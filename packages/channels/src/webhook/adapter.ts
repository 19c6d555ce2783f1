/**
 * Notices to an account's own endpoints, by Standard Webhooks.
 *
 * Unlike a message to a person, a notice may arrive twice: each carries the id of its event, the same at every try, by which
 * receivers leave out what they have. So everything that is not plainly a yes or a "no more" is tried again, also what
 * elsewhere would be `unknown`: a notice that never comes is the greater harm, and nobody is there to settle it by hand.
 */
import type { OutgoingMessage, SendOutcome, WebhookProvider } from '@carillon/contracts';
import type { Channel } from '../channel.ts';
import { type ConnectionSettings, Connections } from '../http/connections.ts';
import { readAnswer } from './answer.ts';
import { checkTargetUrl, createGuardedConnector, type GuardedConnectorOptions, type TargetRules } from './guard.ts';
import { signatureHeaders, signersOf } from './signature.ts';

export interface WebhookChannelOptions extends TargetRules {
  /** Most calls at once to one origin (scheme, host, port). */
  readonly connections: number;
  /** From `send` to the answer's last byte, connecting included, ms. */
  readonly timeoutMs: number;
  /** To resolve the name, connect and shake hands, ms. Kept to about a second's precision; `timeoutMs` bounds it exactly. */
  readonly connectTimeoutMs: number;
  /** How long an unused connection is kept when the server does not say, ms. Default 4,000. */
  readonly keepAliveMs?: number;
  /** How many origins' connections are kept; above it idle ones are dropped. Default 1,000. */
  readonly origins?: number;
  /** Wall clock (epoch ms), for signatures and `Retry-After` dates. Default `Date.now`. */
  readonly nowMs?: () => number;
  /** Told after each request was written; a place for tests to break in. */
  readonly onWritten?: () => void;
  /** How names become addresses, and which of those may be connected to. Default: the system's way, and public ones. */
  readonly network?: Pick<GuardedConnectorOptions, 'resolve' | 'mayConnect'>;
}

/** Endpoints answer with a status; whoever sends a book instead is not read to its end. */
const MAX_ANSWER_BYTES = 64 * 1024;

const CLOSED: SendOutcome = { kind: 'retry', code: 'channel_closed', message: 'the channel is closing' };
const NOT_FREE: SendOutcome = { kind: 'retry', code: 'no_free_connection', message: 'every connection is in use' };
const WRONG_CONTENT: SendOutcome = { kind: 'rejected', code: 'wrong_content', message: 'this is no notice' };
const DISABLED: SendOutcome = { kind: 'rejected', code: 'endpoint_disabled', message: 'the endpoint is switched off' };

/** What is the same for every call to one endpoint. */
interface Route {
  readonly origin: string;
  readonly path: string;
  readonly signers: ReturnType<typeof signersOf>;
}

class WebhookChannel implements Channel<WebhookProvider> {
  readonly name = 'webhook';
  readonly #rules: TargetRules;
  readonly #nowMs: () => number;
  readonly #mostOrigins: number;
  readonly #settings: Omit<ConnectionSettings, 'connector'>;
  readonly #guard: GuardedConnectorOptions;
  /** In the order in which they were made. */
  readonly #origins = new Map<string, Connections>();
  /** By provider object: when an endpoint changes, the caller has a new object. */
  readonly #routes = new WeakMap<WebhookProvider, Route | SendOutcome>();
  #closed = false;

  constructor(options: WebhookChannelOptions) {
    const { allowPrivate, allowHttp, connections, timeoutMs, connectTimeoutMs } = options;
    this.#rules = { allowPrivate, allowHttp };
    this.#nowMs = options.nowMs ?? Date.now;
    this.#mostOrigins = options.origins ?? 1_000;
    this.#settings = {
      connections,
      timeoutMs,
      connectTimeoutMs,
      keepAliveMs: options.keepAliveMs ?? 4_000,
      maxAnswerBytes: MAX_ANSWER_BYTES,
      answers: { needsBody: false, read: readAnswer },
      nowMs: this.#nowMs,
      onWritten: options.onWritten,
    };
    const everywhere = allowPrivate ? { mayConnect: () => true } : {};
    this.#guard = { timeoutMs: connectTimeoutMs, ...everywhere, ...options.network };
  }

  free(provider: WebhookProvider): number {
    if (this.#closed) return 0;
    const route = this.#routeOf(provider);
    // What is answered without a call needs nothing free; an origin without connections can have all of them.
    const connections = 'kind' in route ? undefined : this.#origins.get(route.origin);
    return connections === undefined ? this.#settings.connections : connections.free;
  }

  async send(message: OutgoingMessage, provider: WebhookProvider, startBefore = Number.POSITIVE_INFINITY) {
    if (this.#closed) return CLOSED;
    const { content } = message;
    if (content.type !== 'notice') return WRONG_CONTENT;
    if (!provider.enabled) return DISABLED;
    const route = this.#routeOf(provider);
    if ('kind' in route) return route;
    const headers = [
      'content-type',
      'application/json',
      'user-agent',
      'Carillon-Webhooks/1',
      ...signatureHeaders(route.signers, content.eventId, content.body, this.#nowMs()),
    ];
    const body = Buffer.from(content.body);
    const connection = this.#connectionsTo(route.origin).take();
    if (connection === undefined) return NOT_FREE;
    const outcome = await connection.run({ method: 'POST', path: route.path, headers, body }, startBefore);
    return outcomeFor(outcome, content.eventId);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#origins.values()].map((connections) => connections.close()));
  }

  #routeOf(provider: WebhookProvider): Route | SendOutcome {
    let route = this.#routes.get(provider);
    if (route === undefined) {
      route = this.#makeRoute(provider);
      this.#routes.set(provider, route);
    }
    return route;
  }

  /** An endpoint that cannot be called as it is may be mended before its notices have used up their tries. */
  #makeRoute(provider: WebhookProvider): Route | SendOutcome {
    const target = checkTargetUrl(provider.url, this.#rules);
    if (!target.ok) return { kind: 'retry', code: target.problem, message: 'this URL may not be called' };
    const { origin, pathname, search } = target.url;
    try {
      return { origin, path: pathname + search, signers: signersOf(provider.secrets) };
    } catch {
      // The error is not told: it could quote the secret.
      return { kind: 'retry', code: 'invalid_secret', message: 'the endpoint has no secret that can sign' };
    }
  }

  #connectionsTo(origin: string): Connections {
    let connections = this.#origins.get(origin);
    if (connections === undefined) {
      this.#dropIdleOrigins();
      // A connector to each origin: it keeps TLS sessions, and those are nobody else's.
      connections = new Connections(origin, { ...this.#settings, connector: createGuardedConnector(this.#guard) });
      this.#origins.set(origin, connections);
    }
    return connections;
  }

  /** Endpoints come and go with every account's wishes; what they leave behind must not add up. */
  #dropIdleOrigins(): void {
    for (const [origin, connections] of this.#origins) {
      if (this.#origins.size < this.#mostOrigins) return;
      if (connections.busy) continue;
      this.#origins.delete(origin);
      connections.close().catch(() => {});
    }
  }
}

/** What a call's outcome means for a notice. */
function outcomeFor(outcome: SendOutcome, eventId: string): SendOutcome {
  switch (outcome.kind) {
    case 'accepted':
      return { kind: 'accepted', providerMessageId: eventId };
    case 'unknown':
    case 'throttled':
      // A time-out or a lost connection after the request was written: it may have arrived. Sent again all the same, for
      // the receiver knows it by its `webhook-id`; and no limit of an endpoint's is worth an attempt that costs nothing.
      return { kind: 'retry', code: outcome.code, message: outcome.message };
    default:
      return outcome;
  }
}

/** A webhook channel. Connections are made when first needed and per origin. */
export function createWebhookChannel(options: WebhookChannelOptions): Channel<WebhookProvider> {
  return new WebhookChannel(options);
}

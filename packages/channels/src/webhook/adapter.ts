/**
 * Notices to an account's own endpoints, by Standard Webhooks.
 *
 * Unlike a message to a person, a notice may arrive twice: each carries the id of its event, the same at every try, by which
 * receivers leave out what they have. So everything that is not plainly a yes or a "no more" is tried again, also what
 * elsewhere would be `unknown`: a notice that never comes is the greater harm, and nobody is there to settle it by hand.
 */
import type { OutgoingMessage, SendOutcome, WebhookProvider } from '@carillon/contracts';
import type { Channel } from '../channel.ts';
import { Origins, type OriginsOptions } from '../http/origins.ts';
import { readAnswer } from './answer.ts';
import { checkTargetUrl, type TargetRules } from './guard.ts';
import { signatureHeaders, signersOf } from './signature.ts';

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
  readonly #origins: Origins;
  readonly #connections: number;
  /** By provider object: when an endpoint changes, the caller has a new object. */
  readonly #routes = new WeakMap<WebhookProvider, Route | SendOutcome>();
  #closed = false;

  constructor(options: OriginsOptions) {
    const { allowPrivate, allowHttp, connections, nowMs = Date.now } = options;
    this.#rules = { allowPrivate, allowHttp };
    this.#nowMs = nowMs;
    this.#connections = connections;
    this.#origins = new Origins(options, { needsBody: false, read: readAnswer });
  }

  free(provider: WebhookProvider): number {
    if (this.#closed) return 0;
    const route = this.#routeOf(provider);
    // What is answered without a call needs nothing free.
    return 'kind' in route ? this.#connections : this.#origins.free(route.origin);
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
    const connection = this.#origins.to(route.origin).take();
    if (connection === undefined) return NOT_FREE;
    const outcome = await connection.run({ method: 'POST', path: route.path, headers, body }, startBefore);
    return outcomeFor(outcome, content.eventId);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#origins.close();
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
export function createWebhookChannel(options: OriginsOptions): Channel<WebhookProvider> {
  return new WebhookChannel(options);
}

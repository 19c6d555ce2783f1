/**
 * Payments by a provider's HTTP API, with an idempotency key for each delivery.
 *
 * The key is the same at every try, and so are the bytes: they are built from the delivery's version of its content, which nothing
 * changes once a try was begun, and from the key. So within the key's validity the provider itself pays once, however often it is asked.
 * What nobody knows is looked up by the same text as reference, which has no end.
 */
import { createHmac } from 'node:crypto';
import type { OutgoingMessage, PaymentContent, PaymentProvider, SendOutcome } from '@carillon/contracts';
import { parseReferenceUnverified, withDeadline } from '@carillon/core';
import { Agent } from 'undici';
import type { Channel, LookupResult } from '../channel.ts';
import { type ConnectionSettings, Connections } from '../http/connections.ts';
import { ofRequest, type ReadOutcome, readAnswer, readLookup } from './answer.ts';

export interface PaymentChannelOptions {
  /** Most payments at once with one origin (scheme, host, port). */
  readonly connections: number;
  /** From `send` to the answer's last byte, connecting included, ms. After it a written request is `unknown`. */
  readonly timeoutMs: number;
  /** To connect, TLS included, ms. Kept to about a second's precision; `timeoutMs` bounds it exactly. */
  readonly connectTimeoutMs: number;
  /** Key of the idempotency keys, 32 bytes, as of `deriveKey(secret, 'payment-key')`. */
  readonly idempotencyKey: Uint8Array;
  /** Wall clock (epoch ms), for `Retry-After` dates. Default `Date.now`. */
  readonly nowMs?: () => number;
  /** Told after each request was written; a place for tests to break in. */
  readonly onWritten?: () => void;
}

/** What is the same for every request to one provider. */
interface Route {
  readonly origin: string;
  readonly base: string;
  readonly authorization: string;
  readonly connections: Connections;
}

const MAX_ANSWER_BYTES = 64 * 1024;
const LOOKUPS_AT_ONCE = 16;
const PATH = '/v1/payments';

const CLOSED: SendOutcome = { kind: 'retry', code: 'channel_closed', message: 'the channel is closing' };
const NOT_FREE: SendOutcome = { kind: 'retry', code: 'no_free_connection', message: 'every connection is in use' };
const WRONG_CONTENT: SendOutcome = { kind: 'rejected', code: 'wrong_content', message: 'this is no payment' };

class PaymentChannel implements Channel<PaymentProvider> {
  readonly name = 'payment';
  readonly #settings: ConnectionSettings;
  readonly #timeoutMs: number;
  readonly #keyOfKeys: Uint8Array;
  readonly #origins = new Map<string, Connections>();
  /** By provider object: when a provider's settings change, the caller has a new object. */
  readonly #routes = new WeakMap<PaymentProvider, Route | Error>();
  readonly #lookups: Agent;
  readonly #stopping = new AbortController();
  #closed = false;

  constructor(options: PaymentChannelOptions) {
    this.#timeoutMs = options.timeoutMs;
    this.#keyOfKeys = options.idempotencyKey;
    this.#settings = {
      connections: options.connections,
      timeoutMs: options.timeoutMs,
      connectTimeoutMs: options.connectTimeoutMs,
      keepAliveMs: 1_000,
      maxAnswerBytes: MAX_ANSWER_BYTES,
      answers: { needsBody: true, read: readAnswer },
      // An answer that comes twice must not be taken for that of the next payment.
      onceOnly: true,
      nowMs: options.nowMs ?? Date.now,
      onWritten: options.onWritten,
    };
    this.#lookups = new Agent({ connections: LOOKUPS_AT_ONCE, pipelining: 1, maxResponseSize: MAX_ANSWER_BYTES });
  }

  free(provider: PaymentProvider): number {
    if (this.#closed) return 0;
    const route = this.#routeOf(provider);
    return route instanceof Error ? this.#settings.connections : route.connections.free;
  }

  async send(message: OutgoingMessage, provider: PaymentProvider, startBefore = Number.POSITIVE_INFINITY) {
    if (this.#closed) return CLOSED;
    const { content } = message;
    if (content.type !== 'payment') return WRONG_CONTENT;
    const route = this.#routeOf(provider);
    if (route instanceof Error) return invalidProvider(route);
    const connection = route.connections.take();
    if (connection === undefined) return NOT_FREE;
    const key = this.#keyOf(message.reference, provider);
    const headers = [
      'content-type',
      'application/json',
      'accept',
      'application/json',
      'authorization',
      route.authorization,
    ];
    const startedMs = performance.now();
    const outcome: ReadOutcome = await connection.run(
      {
        method: 'POST',
        path: `${route.base}${PATH}`,
        headers: [...headers, 'idempotency-key', key],
        body: Buffer.from(paymentRequest(content, key)),
      },
      startBefore,
    );
    const ms = performance.now() - startedMs;
    const own = ofRequest(outcome, key);
    const failed = own.kind === 'accepted' || own.result !== undefined ? {} : { error: own.message };
    return { ...own, result: { ...own.result, ...failed, ms } };
  }

  async lookup(reference: string, provider: PaymentProvider): Promise<LookupResult> {
    const route = this.#routeOf(provider);
    if (route instanceof Error) return { kind: 'unavailable', message: route.message };
    const key = this.#keyOf(reference, provider);
    try {
      return await withDeadline(this.#timeoutMs, this.#stopping.signal, async (signal) => {
        const { statusCode, body } = await this.#lookups.request({
          origin: route.origin,
          method: 'GET',
          path: `${route.base}${PATH}?${new URLSearchParams({ reference: key })}`,
          headers: ['accept', 'application/json', 'authorization', route.authorization],
          // A connection of its own: on one that is kept it would overtake a request whose connection its server has not accepted yet.
          reset: true,
          signal,
        });
        return readLookup(statusCode, await body.text(), key);
      });
    } catch (error) {
      return { kind: 'unavailable', message: error instanceof Error ? error.message : String(error) };
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#stopping.abort();
    await Promise.all([...this.#origins.values()].map((connections) => connections.close()));
    await this.#lookups.destroy();
  }

  /** The key of a delivery: of which account, and which of its rows; never of which try. */
  #keyOf(reference: string, { accountId }: PaymentProvider): string {
    const parsed = parseReferenceUnverified(reference);
    if (parsed === undefined) throw new TypeError('a payment has a reference that is none');
    const named = `${accountId}.${parsed.day}.${parsed.batchId}.${parsed.number}`;
    return `crl_${createHmac('sha256', this.#keyOfKeys).update(named).digest('base64url').slice(0, 32)}`;
  }

  #routeOf(provider: PaymentProvider): Route | Error {
    let route = this.#routes.get(provider);
    if (route === undefined) {
      route = this.#makeRoute(provider);
      this.#routes.set(provider, route);
    }
    return route;
  }

  #makeRoute({ baseUrl, apiKey }: PaymentProvider): Route | Error {
    if (!URL.canParse(baseUrl)) return new Error('the base URL is not a URL');
    const { protocol, origin, pathname } = new URL(baseUrl);
    if (protocol !== 'https:' && protocol !== 'http:') return new Error('the base URL is not http or https');
    let connections = this.#origins.get(origin);
    if (connections === undefined) {
      connections = new Connections(origin, this.#settings);
      this.#origins.set(origin, connections);
    }
    return { origin, base: pathname.replace(/\/+$/, ''), authorization: `Bearer ${apiKey}`, connections };
  }
}

/**
 * The bytes of a request. They must stay what they are from version to version of this house, for a second try may be made by a later
 * one than the first; a test knows them by heart.
 */
function paymentRequest(content: PaymentContent, reference: string): string {
  const { sender, receiver, amountMinor, currency, description } = content;
  return JSON.stringify({
    reference,
    sender,
    receiver,
    amount: amountMinor,
    currency,
    ...(description !== undefined && { description }),
  });
}

function invalidProvider(error: Error): SendOutcome {
  return { kind: 'throttled', scope: 'account', code: 'invalid_provider', message: error.message };
}

/** A channel of payments. Connections are made when first needed and per origin, each for one payment. */
export function createPaymentChannel(options: PaymentChannelOptions): Channel<PaymentProvider> {
  return new PaymentChannel(options);
}

/**
 * A paid service over HTTP. Each request carries our reference of the try, by which a check whose answer was lost is looked
 * up and not bought again. The key goes in a header and never in the URL, which logs on the way keep.
 */
import type { HttpVerifierProvider, OutgoingMessage, SendOutcome } from '@carillon/contracts';
import { withDeadline } from '@carillon/core';
import { Agent, type buildConnector, type Dispatcher } from 'undici';
import type { LookupResult } from '../../channel.ts';
import { Connections } from '../../http/connections.ts';
import { readAnswer, readLookup } from './answer.ts';

export interface HttpVerifierOptions {
  /** Most checks at once with one origin. */
  readonly connections: number;
  /** From the request to its answer, connecting included, ms. */
  readonly timeoutMs: number;
  readonly connectTimeoutMs: number;
  readonly keepAliveMs: number;
  readonly lookupTimeoutMs: number;
  readonly connector: buildConnector.connector | undefined;
  /** Wall clock (epoch ms), for `Retry-After` dates. */
  readonly nowMs: () => number;
  readonly onWritten: (() => void) | undefined;
}

/** What is the same for every request to one provider. */
interface Route {
  readonly origin: string;
  readonly base: string;
  readonly headers: string[];
  readonly connections: Connections;
}

const MAX_ANSWER_BYTES = 64 * 1024;
const LOOKUPS_AT_ONCE = 16;

const NOT_FREE: SendOutcome = { kind: 'retry', code: 'no_free_connection', message: 'every connection is in use' };

export class HttpVerifier {
  readonly #options: HttpVerifierOptions;
  readonly #origins = new Map<string, Connections>();
  /** By provider object: when a provider's settings change, the caller has a new object. */
  readonly #routes = new WeakMap<HttpVerifierProvider, Route | Error>();
  readonly #lookups: Agent;
  readonly #stopping = new AbortController();

  constructor(options: HttpVerifierOptions) {
    this.#options = options;
    this.#lookups = new Agent({
      connections: LOOKUPS_AT_ONCE,
      pipelining: 1,
      ...(options.connector !== undefined && { connect: options.connector }),
      maxResponseSize: MAX_ANSWER_BYTES,
    });
  }

  /** Where its requests go, or why there can be none. */
  originOf(provider: HttpVerifierProvider): string | Error {
    const route = this.#routeOf(provider);
    return route instanceof Error ? route : route.origin;
  }

  /** Never rejects. @param startBefore see `Channel.send` */
  async check(
    address: string,
    { reference }: OutgoingMessage,
    provider: HttpVerifierProvider,
    startBefore: number,
  ): Promise<SendOutcome> {
    const route = this.#routeOf(provider);
    if (route instanceof Error) return invalidProvider(route);
    const connection = route.connections.take();
    if (connection === undefined) return NOT_FREE;
    const query = new URLSearchParams({ email: address, reference });
    const request: Dispatcher.DispatchOptions = {
      method: 'GET',
      path: `${route.base}/v2/verify?${query}`,
      headers: route.headers,
      // A check costs money each time, whatever HTTP says of GET.
      idempotent: false,
    };
    return priced(await connection.run(request, startBefore), reference, provider);
  }

  /** Never rejects. */
  async lookup(reference: string, provider: HttpVerifierProvider): Promise<LookupResult> {
    const route = this.#routeOf(provider);
    if (route instanceof Error) return { kind: 'unavailable', message: route.message };
    try {
      const result = await withDeadline(this.#options.lookupTimeoutMs, this.#stopping.signal, async (signal) => {
        const { statusCode, body } = await this.#lookups.request({
          origin: route.origin,
          method: 'GET',
          path: `${route.base}/v2/verifications/${encodeURIComponent(reference)}`,
          headers: route.headers,
          // A connection of its own: on one that is kept it would overtake a request whose connection its server has not accepted yet.
          reset: true,
          signal,
        });
        return readLookup(statusCode, await body.text());
      });
      if (result.kind !== 'found') return result;
      return { kind: 'found', outcome: priced(result.outcome, reference, provider) };
    } catch (error) {
      return { kind: 'unavailable', message: error instanceof Error ? error.message : String(error) };
    }
  }

  /** No check may be in the air. */
  async close(): Promise<void> {
    this.#stopping.abort();
    await Promise.all([...this.#origins.values()].map((connections) => connections.close()));
    await this.#lookups.destroy();
  }

  #routeOf(provider: HttpVerifierProvider): Route | Error {
    let route = this.#routes.get(provider);
    if (route === undefined) {
      route = this.#makeRoute(provider);
      this.#routes.set(provider, route);
    }
    return route;
  }

  #makeRoute({ baseUrl, apiKey }: HttpVerifierProvider): Route | Error {
    if (!URL.canParse(baseUrl)) return new Error('the base URL is not a URL');
    const { protocol, origin, pathname } = new URL(baseUrl);
    if (protocol !== 'https:' && protocol !== 'http:') return new Error('the base URL is not http or https');
    let connections = this.#origins.get(origin);
    if (connections === undefined) {
      const { timeoutMs, connectTimeoutMs, keepAliveMs, connector, nowMs, onWritten } = this.#options;
      connections = new Connections(origin, {
        connections: this.#options.connections,
        timeoutMs,
        connectTimeoutMs,
        keepAliveMs,
        maxAnswerBytes: MAX_ANSWER_BYTES,
        answers: { needsBody: true, read: readAnswer },
        ...(connector !== undefined && { connector }),
        nowMs,
        onWritten,
      });
      this.#origins.set(origin, connections);
    }
    const headers = ['accept', 'application/json', 'authorization', `token ${apiKey}`];
    return { origin, base: pathname.replace(/\/+$/, ''), headers, connections };
  }
}

/** A verdict with its price, and with our own reference where the service has no name for it. */
function priced(outcome: SendOutcome, reference: string, provider: HttpVerifierProvider): SendOutcome {
  if (outcome.kind !== 'accepted' || outcome.verdict === undefined) return outcome;
  return {
    kind: 'accepted',
    providerMessageId: outcome.providerMessageId || reference,
    verdict: { ...outcome.verdict, costMicros: provider.priceMicros },
  };
}

export function invalidProvider({ message }: Error): SendOutcome {
  return { kind: 'throttled', scope: 'account', code: 'invalid_provider', message };
}

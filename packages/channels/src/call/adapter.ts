/**
 * Calls of HTTP services that an account chose, signed by Standard Webhooks.
 *
 * A call is made at least once: each carries the id of its delivery as `webhook-id`, the same at every try, by which the service can
 * leave out what it has done. So what nobody knows (a time-out, a connection that was lost after the request was written) is tried
 * again, with the same bytes: a job that is never done is the greater harm, and whoever does not look at the id said that doing it
 * twice does none.
 */
import {
  type CallContent,
  type CallProvider,
  type OutgoingMessage,
  RESULT_BYTES_MAX,
  type SendOutcome,
} from '@carillon/contracts';
import { formatDeliveryId, parseReferenceUnverified } from '@carillon/core';
import type { Channel } from '../channel.ts';
import { type ConnectionSettings, Connections } from '../http/connections.ts';
import {
  checkTargetUrl,
  createGuardedConnector,
  type GuardedConnectorOptions,
  type TargetRules,
} from '../webhook/guard.ts';
import { signatureHeaders, signersOf } from '../webhook/signature.ts';
import { readAnswer } from './answer.ts';

export interface CallChannelOptions extends TargetRules {
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

/** An answer is read so far; what comes after it counts for nothing. */
const MAX_ANSWER_BYTES = 64 * 1024;

const CLOSED: SendOutcome = { kind: 'retry', code: 'channel_closed', message: 'the channel is closing' };
const NOT_FREE: SendOutcome = { kind: 'retry', code: 'no_free_connection', message: 'every connection is in use' };
const WRONG_CONTENT: SendOutcome = { kind: 'rejected', code: 'wrong_content', message: 'this is no call' };
/** The error is not told: it could quote the secret. */
const NO_SECRET: SendOutcome = { kind: 'retry', code: 'invalid_secret', message: 'there is no secret that can sign' };

class CallChannel implements Channel<CallProvider> {
  readonly name = 'call';
  readonly #rules: TargetRules;
  readonly #nowMs: () => number;
  readonly #mostOrigins: number;
  readonly #settings: Omit<ConnectionSettings, 'connector'>;
  readonly #guard: GuardedConnectorOptions;
  /** In the order in which they were made. */
  readonly #origins = new Map<string, Connections>();
  /** By provider object: when its secrets change, the caller has a new object. */
  readonly #signers = new WeakMap<CallProvider, ReturnType<typeof signersOf> | undefined>();
  #closed = false;

  constructor(options: CallChannelOptions) {
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
      answers: { needsBody: false, keepBytes: RESULT_BYTES_MAX + 4, read: readAnswer },
      nowMs: this.#nowMs,
      onWritten: options.onWritten,
    };
    const everywhere = allowPrivate ? { mayConnect: () => true } : {};
    this.#guard = { timeoutMs: connectTimeoutMs, ...everywhere, ...options.network };
  }

  /** Each call names its own target, so what is free can only be told of each. */
  free(): number {
    return this.#closed ? 0 : this.#settings.connections;
  }

  async send(message: OutgoingMessage, provider: CallProvider, startBefore = Number.POSITIVE_INFINITY) {
    if (this.#closed) return CLOSED;
    const { content } = message;
    if (content.type !== 'call') return WRONG_CONTENT;
    const target = checkTargetUrl(content.url, this.#rules);
    if (!target.ok) return refusedTarget(target.problem);
    const signers = this.#signersOf(provider);
    if (signers === undefined) return NO_SECRET;
    const { origin, pathname, search } = target.url;
    const connection = this.#connectionsTo(origin).take();
    if (connection === undefined) return NOT_FREE;
    const id = callId(message.reference);
    const body = content.body === undefined ? null : Buffer.from(content.body);
    const headers = [...headersOf(content), ...signatureHeaders(signers, id, content.body ?? '', this.#nowMs())];
    const startedMs = performance.now();
    const { method } = content;
    const outcome = await connection.run({ method, path: pathname + search, headers, body }, startBefore);
    return outcomeFor(outcome, id, performance.now() - startedMs);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#origins.values()].map((connections) => connections.close()));
  }

  #signersOf(provider: CallProvider): ReturnType<typeof signersOf> | undefined {
    if (!this.#signers.has(provider)) {
      let signers: ReturnType<typeof signersOf> | undefined;
      try {
        signers = signersOf(provider.secrets);
      } catch {
        signers = undefined;
      }
      this.#signers.set(provider, signers);
    }
    return this.#signers.get(provider);
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

  #dropIdleOrigins(): void {
    for (const [origin, connections] of this.#origins) {
      if (this.#origins.size < this.#mostOrigins) return;
      if (connections.busy) continue;
      this.#origins.delete(origin);
      connections.close().catch(() => {});
    }
  }
}

/** The id of a call's delivery, such as `dlv_20261121_7_1`; the same at every try. */
function callId(reference: string): string {
  const parsed = parseReferenceUnverified(reference);
  if (parsed === undefined) throw new TypeError('a call has a reference that is none');
  return formatDeliveryId(parsed);
}

function headersOf({ headers = {}, body }: CallContent): string[] {
  const own = Object.entries(headers).flat();
  const agent = Object.hasOwn(headers, 'user-agent') ? [] : ['user-agent', 'Carillon/1'];
  return [...(body === undefined ? [] : ['content-type', 'application/json']), ...agent, ...own];
}

/** The installation's rules, or what a name stands for, may change; the URL itself does not. */
function refusedTarget(problem: string): SendOutcome {
  return { kind: 'rejected', code: problem, message: 'this URL may not be called' };
}

/** What a call's outcome means for a job, with how long it took. */
function outcomeFor(outcome: SendOutcome, id: string, ms: number): SendOutcome {
  if (outcome.kind === 'accepted') return { ...outcome, providerMessageId: id, result: { ...outcome.result, ms } };
  const { code, message } = outcome;
  const result = outcome.result === undefined ? { ms, error: message } : { ...outcome.result, ms };
  switch (outcome.kind) {
    case 'unknown':
    case 'throttled':
      // A request that cannot be written as it is, or one whose answer was lost: see above.
      return { kind: 'retry', code, message, result };
    default:
      return { ...outcome, result };
  }
}

/** A channel of calls. Connections are made when first needed and per origin. */
export function createCallChannel(options: CallChannelOptions): Channel<CallProvider> {
  return new CallChannel(options);
}

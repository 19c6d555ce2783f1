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
import { Origins, type OriginsOptions } from '../http/origins.ts';
import { checkTargetUrl, type TargetRules } from '../webhook/guard.ts';
import { signatureHeaders, signersOf } from '../webhook/signature.ts';
import { readAnswer } from './answer.ts';

const CLOSED: SendOutcome = { kind: 'retry', code: 'channel_closed', message: 'the channel is closing' };
const NOT_FREE: SendOutcome = { kind: 'retry', code: 'no_free_connection', message: 'every connection is in use' };
const WRONG_CONTENT: SendOutcome = { kind: 'rejected', code: 'wrong_content', message: 'this is no call' };
/** The error is not told: it could quote the secret. */
const NO_SECRET: SendOutcome = { kind: 'retry', code: 'invalid_secret', message: 'there is no secret that can sign' };

class CallChannel implements Channel<CallProvider> {
  readonly name = 'call';
  readonly #rules: TargetRules;
  readonly #nowMs: () => number;
  readonly #origins: Origins;
  readonly #connections: number;
  /** By provider object: when its secrets change, the caller has a new object. */
  readonly #signers = new WeakMap<CallProvider, ReturnType<typeof signersOf> | undefined>();
  #closed = false;

  constructor(options: OriginsOptions) {
    const { allowPrivate, allowHttp, connections, nowMs = Date.now } = options;
    this.#rules = { allowPrivate, allowHttp };
    this.#nowMs = nowMs;
    this.#connections = connections;
    this.#origins = new Origins(options, { needsBody: false, keepBytes: RESULT_BYTES_MAX + 4, read: readAnswer });
  }

  /** Each call names its own target, so what is free can only be told of each. */
  free(): number {
    return this.#closed ? 0 : this.#connections;
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
    const connection = this.#origins.to(origin).take();
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
    await this.#origins.close();
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
export function createCallChannel(options: OriginsOptions): Channel<CallProvider> {
  return new CallChannel(options);
}

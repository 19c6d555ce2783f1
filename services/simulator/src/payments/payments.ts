/**
 * A payment provider: `POST /v1/payments` with an idempotency key, and a look-up by reference. What is decided under a key (paid, or
 * refused for funds or authorization) is decided before its answer goes out, and answered again to the same key and bytes for as long
 * as the key is valid. After that the provider has forgotten the key, and pays again.
 */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { drawLatencyMs } from '../behaviour.ts';
import type { Control, PayRule, PaySettings } from '../control.ts';
import { RateWindow } from '../limits.ts';
import { Rules } from '../rules.ts';
import type { PayEntry, PayLedger } from './payLedger.ts';
import { type Asked, readAsked } from './request.ts';

export interface PaymentsOptions {
  readonly control: Control;
  readonly ledger: PayLedger;
  /** If set, the one key of the API that is accepted. */
  readonly accessToken: string | undefined;
  readonly random: () => number;
  readonly nowMs: () => number;
}

const PATH = '/v1/payments';
const BODY_LIMIT = 64 * 1024;

/** How an answer ends: by itself, twice, or not. */
type Ending = 'answer' | 'twice' | 'hang' | 'reset';

interface Planned {
  readonly ending: Ending;
  readonly status: number;
  readonly body: object;
  readonly latencyMs: number;
  readonly retryAfterSeconds?: number | undefined;
}

export class Payments {
  readonly #options: PaymentsOptions;
  /** Unique among the restarts that share a ledger. */
  readonly #idStart = `pmt_${randomBytes(9).toString('base64url')}`;
  /** Keys of requests that are not answered yet. */
  readonly #underWay = new Set<string>();
  #ids = 0;
  #rules: Rules<PayRule>;
  #window: RateWindow | undefined;

  constructor(options: PaymentsOptions) {
    this.#options = options;
    this.#rules = new Rules(this.#settings.rules, options.random);
    this.reload();
  }

  /** To be called when the settings were changed. */
  reload(): void {
    const { rules, paymentsPerSecond } = this.#settings;
    this.#rules = new Rules(rules, this.#options.random);
    this.#window = paymentsPerSecond === null ? undefined : new RateWindow(paymentsPerSecond);
  }

  /** Whether a path is the provider's. */
  static serves(url: string): boolean {
    return url === PATH || url.startsWith(`${PATH}?`);
  }

  /** Answers one request. Never rejects. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { accessToken } = this.#options;
    const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (token === undefined || (accessToken !== undefined && token !== accessToken)) {
      answer(response, 401, { code: 'invalid_api_key', message: 'The API key is missing or not valid' });
      return;
    }
    if (request.method === 'GET') {
      this.#lookUp(new URL(request.url ?? '/', 'http://simulator').searchParams.get('reference') ?? '', response);
      return;
    }
    const body = await textOf(request).catch(() => undefined);
    if (request.method !== 'POST' || body === undefined) {
      response.destroy();
      return;
    }
    const asked = readAsked(request.headers['idempotency-key'], body);
    if (typeof asked === 'string') answer(response, 400, { code: 'invalid_request', message: asked });
    else this.#pay(asked, response);
  }

  get #settings(): PaySettings {
    return this.#options.control.state.payments;
  }

  #lookUp(reference: string, response: ServerResponse): void {
    const { lookup } = this.#settings;
    if (lookup !== 'works') {
      answer(response, 503, { code: 'unavailable', message: 'Look-ups are out of order' });
      return;
    }
    const decided = this.#options.ledger.ofReference(reference);
    if (decided === undefined) {
      answer(response, 404, { code: 'unknown_payment', reference, message: 'There is no payment of this reference' });
    } else answer(response, 200, decision(decided).body);
  }

  #pay(asked: Asked, response: ServerResponse): void {
    const { ledger, random, nowMs } = this.#options;
    const { keyValidSeconds, latency } = this.#settings;
    const { key, reference } = asked;
    const arrived = { ...asked, at: nowMs() };
    const finish = (entry: PayEntry, planned: Planned): void => this.#finish(entry, planned, response);
    const known = ledger.ofKey(key);
    const isValid = known !== undefined && arrived.at - known.at < keyValidSeconds * 1_000;
    if (this.#underWay.has(key) || (isValid && known.body !== asked.body)) {
      const [status, code] = this.#underWay.has(key) ? [409, 'key_in_use'] : [422, 'key_reused'];
      const body = { code, reference, message: 'The idempotency key belongs to another request' };
      finish({ ...arrived, fault: code as string }, { ending: 'answer', status: status as number, body, latencyMs: 0 });
      return;
    }
    const does = this.#rules.find(asked.receiver)?.does ?? {};
    const latencyMs = does.latencyMs ?? drawLatencyMs(latency, random);
    if (this.#window?.take(performance.now()) === false) {
      const body = { code: 'too_many_requests', reference, message: 'Slow down' };
      finish(
        { ...arrived, fault: 'http_429' },
        { ending: 'answer', status: 429, body, latencyMs: 0, retryAfterSeconds: 1 },
      );
      return;
    }
    if (does.status !== undefined && does.fault === undefined) {
      const { status, retryAfterSeconds } = does;
      const body = { code: `simulated_${status}`, reference, message: 'The request was refused' };
      finish({ ...arrived, fault: `http_${status}` }, { ending: 'answer', status, body, latencyMs, retryAfterSeconds });
      return;
    }
    if (does.fault === 'hang' || does.fault === 'reset_before_accept') {
      const ending = does.fault === 'hang' ? 'hang' : 'reset';
      finish({ ...arrived, fault: does.fault }, { ending, status: 0, body: {}, latencyMs });
      return;
    }
    const fault = does.fault === undefined ? {} : { fault: does.fault };
    // What was decided is told again; what the key has outlived is decided anew.
    const entry: PayEntry = isValid
      ? {
          ...arrived,
          id: known.id as string,
          ...(known.refused !== undefined && { refused: known.refused }),
          replayed: true,
          ...fault,
        }
      : {
          ...arrived,
          id: this.#idStart + (this.#ids++).toString(36),
          ...(does.refuse !== undefined && { refused: does.refuse }),
          ...fault,
        };
    const { status, body } = decision(entry);
    switch (does.fault) {
      case 'accept_and_500':
        finish(entry, {
          ending: 'answer',
          status: 500,
          body: { code: 'internal', message: 'Something went wrong' },
          latencyMs,
        });
        return;
      case 'accept_and_hang':
      case 'accept_and_reset':
        finish(entry, { ending: does.fault === 'accept_and_hang' ? 'hang' : 'reset', status, body, latencyMs });
        return;
      default:
        finish(entry, { ending: does.fault === 'answer_twice' ? 'twice' : 'answer', status, body, latencyMs });
    }
  }

  /** Everything that follows happens only when the line is written. */
  #finish(entry: PayEntry, planned: Planned, response: ServerResponse): void {
    const { key } = entry;
    const isFirst = !this.#underWay.has(key);
    if (isFirst) this.#underWay.add(key);
    const end = (): void => {
      if (isFirst) this.#underWay.delete(key);
      const { ending, status, body, retryAfterSeconds } = planned;
      if (ending === 'hang') return;
      if (ending === 'reset') response.socket?.resetAndDestroy();
      else if (ending === 'twice') answerTwice(response, status, body);
      else answer(response, status, body, retryAfterSeconds);
    };
    const written = (): void => {
      if (planned.latencyMs > 0) setTimeout(end, planned.latencyMs).unref();
      else end();
    };
    this.#options.ledger.append(entry, { written });
  }
}

/** What was decided, as it is answered. */
function decision({ id, reference, refused, amount, currency }: PayEntry): { status: number; body: object } {
  if (refused !== undefined) {
    return {
      status: 402,
      body: { id, reference, code: refused, status: 'refused', message: 'The payment was refused' },
    };
  }
  return { status: 201, body: { id, reference, status: 'paid', amount, currency } };
}

function answer(response: ServerResponse, status: number, body: object, retryAfterSeconds?: number): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
  });
  response.end(text);
}

/** The same answer a second time, where whoever keeps the connection takes it for the answer to the next request. */
function answerTwice(response: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body);
  const one = `HTTP/1.1 ${status} Simulated\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
  response.socket?.write(one + one);
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > BODY_LIMIT) throw new Error('the body is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

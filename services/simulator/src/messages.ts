/**
 * The messages route: decides what becomes of a request, records it, and only then answers. The hot path; everything
 * else of the simulator is off it.
 */
import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { crc32 } from 'node:zlib';
import { acceptedBody, errorBody, statusOfCode } from './answers.ts';
import type { Behaviour } from './behaviour.ts';
import type { Callbacks } from './callbacks.ts';
import type { Rule } from './control.ts';
import type { Entry } from './ledger/entry.ts';
import type { Waiting } from './ledger/file.ts';
import type { Ledger } from './ledger/ledger.ts';
import { validate } from './validate.ts';

type Ending = 'answer' | 'hang' | 'reset';

/** An answer that waits for its ledger line. */
class Answer implements Waiting {
  /** From when the request had come in whole. */
  latencyMs = 0;
  readonly #cameAtMs = performance.now();
  retryAfterSeconds: number | undefined;
  /** What must have happened before the answer. */
  before: (() => Promise<void>) | undefined;

  constructor(
    readonly response: ServerResponse,
    readonly status: number,
    readonly body: string,
    readonly ending: Ending = 'answer',
  ) {}

  written(): void {
    if (this.before === undefined) this.#afterLatency();
    else
      this.before().then(
        () => this.#afterLatency(),
        () => this.#afterLatency(),
      );
  }

  #afterLatency(): void {
    const leftMs = Math.ceil(this.#cameAtMs + this.latencyMs - performance.now());
    if (this.latencyMs > 0 && leftMs > 0) setTimeout(() => this.#end(), leftMs);
    else this.#end();
  }

  #end(): void {
    if (this.ending === 'hang') return;
    if (this.ending === 'reset') {
      this.response.socket?.resetAndDestroy();
      return;
    }
    const headers = [
      'content-type',
      'application/json; charset=UTF-8',
      'content-length',
      String(Buffer.byteLength(this.body)),
    ];
    if (this.retryAfterSeconds !== undefined) headers.push('retry-after', String(this.retryAfterSeconds));
    this.response.writeHead(this.status, headers);
    this.response.end(this.body);
  }
}

export interface MessagesOptions {
  readonly behaviour: Behaviour;
  readonly ledger: Ledger;
  readonly callbacks: Callbacks;
  /** If set, the one bearer token that is accepted. */
  readonly accessToken: string | undefined;
  readonly nowMs: () => number;
}

export class Messages {
  readonly #options: MessagesOptions;
  /** Unique among the restarts that share a ledger. */
  readonly #wamidStart = `wamid.${randomBytes(9).toString('base64url')}`;
  #wamids = 0;

  constructor(options: MessagesOptions) {
    this.#options = options;
  }

  /** Handles one request whose body has come in whole. @param number the phone number id in its path */
  handle(number: string, authorization: string | undefined, body: string, response: ServerResponse): void {
    const { behaviour, ledger, nowMs, accessToken } = this.#options;
    const at = nowMs();
    const message = validate(body);
    const { to, reference } = message;
    const token = authorization?.startsWith('Bearer ') ? authorization.slice(7) : '';
    if (token === '' || (accessToken !== undefined && token !== accessToken)) {
      this.#refuse({ at, number, to, reference }, 190, 'The access token is missing or not valid.', response);
      return;
    }
    if (!message.ok) {
      this.#refuse({ at, number, to, reference }, message.code, message.details, response);
      return;
    }
    if (!behaviour.withinLimit(number)) {
      this.#refuse({ at, number, to, reference }, 130429, 'Message throughput of this number reached.', response);
      return;
    }
    const waitMs = behaviour.waitMs(number);
    if (waitMs === undefined) {
      const attempt = { at, number, to, reference };
      this.#refuse(attempt, 130429, 'More messages wait than can be served.', response, behaviour.latencyMs(undefined));
      return;
    }
    const rule = behaviour.rule(to, number);
    const latencyMs = waitMs + behaviour.latencyMs(rule);
    const fault = rule === undefined ? undefined : faultOf(rule);

    if (rule !== undefined && fault !== undefined && !fault.startsWith('accept_')) {
      const answer = refusal(rule, fault, response);
      answer.latencyMs = latencyMs;
      ledger.append({ at, number, to, reference, fault }, answer);
      return;
    }

    const wamid = this.#wamidStart + (this.#wamids++).toString(36);
    const failed = rule?.does.failLaterCode;
    const entry: Entry = {
      at,
      number,
      to,
      reference,
      wamid,
      ...(fault !== undefined && { fault }),
      ...(failed !== undefined && { failed }),
      ...(message.text !== undefined && { words: crc32(message.text).toString(16) }),
    };
    const answer =
      rule === undefined || fault === undefined
        ? new Answer(response, 200, acceptedBody(message.input, to, wamid))
        : acceptedButLost(rule, fault, response);
    answer.latencyMs = latencyMs;
    ledger.append(entry, answer);
    this.#report(entry, answer);
  }

  #report(entry: Entry, answer: Answer): void {
    const { callbacks } = this.#options;
    const settings = callbacks.settingsFor(entry.number);
    if (settings === undefined) return;
    if (settings.early) answer.before = () => callbacks.early(entry, settings);
    else callbacks.accepted(entry);
  }

  #refuse(attempt: Entry, code: number, details: string, response: ServerResponse, latencyMs = 0): void {
    const answer = new Answer(response, statusOfCode(code), errorBody(code, details));
    answer.latencyMs = latencyMs;
    this.#options.ledger.append({ ...attempt, fault: String(code) }, answer);
  }
}

/** What the ledger calls the rule's fault; undefined for a rule that only delays, or that fails the message later. */
function faultOf({ does }: Rule): string | undefined {
  if (does.fault !== undefined) return does.fault;
  if (does.code !== undefined) return String(does.code);
  return does.status === undefined ? undefined : `http_${does.status}`;
}

function refusal({ does }: Rule, fault: string, response: ServerResponse): Answer {
  if (fault === 'hang') return new Answer(response, 0, '', 'hang');
  if (fault === 'reset_before_accept') return new Answer(response, 0, '', 'reset');
  const body = does.code === undefined ? '{}' : errorBody(does.code, 'Asked for by a rule of the simulator.');
  const answer = new Answer(response, does.status ?? statusOfCode(does.code ?? 100), body);
  answer.retryAfterSeconds = does.retryAfterSeconds;
  return answer;
}

function acceptedButLost({ does }: Rule, fault: string, response: ServerResponse): Answer {
  if (fault === 'accept_and_hang') return new Answer(response, 0, '', 'hang');
  if (fault === 'accept_and_reset') return new Answer(response, 0, '', 'reset');
  return new Answer(response, does.status ?? 500, errorBody(does.code ?? 1, 'Asked for by a rule of the simulator.'));
}

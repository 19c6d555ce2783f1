/**
 * One HTTP call: undici's handler for it. What an answer means is its channel's to say.
 *
 * The question that decides everything is whether a byte may have left the process. undici (lib/dispatcher/client-h1.js)
 * calls `onRequestStart` synchronously and immediately before `socket.write`, and never writes without it. So an error
 * before it proves that nothing was written (refused, DNS, TLS, connect time-out, an idle connection that turned out
 * closed), and any error after it proves nothing. undici does not repeat a POST that was written; should a later version
 * try to, a second `onRequestStart` ends the call instead.
 */
import type { SendOutcome } from '@carillon/contracts';
import type { Dispatcher } from 'undici';
import { NotAllowed } from './notAllowed.ts';
import { parseRetryAfter } from './retryAfter.ts';

/** Why we ended a call ourselves. */
const TIMED_OUT = new Error('no complete answer within the time-out');
const TOO_LATE = new Error('the time until which the call might start has passed');
const STARTED_TWICE = new Error('the HTTP client began to write the request a second time');

/** undici's codes for an answer that came but cannot be read; all else after the start is a lost connection. */
const UNREADABLE = /^UND_ERR_(RES_|HEADERS_OVERFLOW)/;

/** What a call runs on. */
export interface Lent {
  /** Gives the connection back; the next call may take it at once. */
  release(): void;
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** How a channel reads the answers to its calls. */
export interface AnswerReader {
  /**
   * Whether the answer's body says anything. Where it does not, the body is thrown away, and an answer whose end is too long
   * or does not come counts by its status.
   */
  readonly needsBody: boolean;
  /** Where the body is not needed: how many bytes of its beginning are kept all the same. Default none. */
  readonly keepBytes?: number;
  /**
   * The outcome of an answer; `retryAfterMs` is what its `Retry-After` asks for. Of a body that is not needed there is what was to be
   * kept, and `isCut` says whether there was more.
   */
  read(status: number, body: string, retryAfterMs: number | undefined, isCut: boolean): SendOutcome;
}

/** What a call needs of its connection's settings. */
export interface CallSettings {
  readonly answers: AnswerReader;
  /** Wall clock (epoch ms), for `Retry-After` dates. */
  readonly nowMs: () => number;
  readonly onWritten: (() => void) | undefined;
}

/** The handler of one call. Settles exactly once, and gives its connection back before it does. */
export class Call implements Dispatcher.DispatchHandler {
  #controller: Dispatcher.DispatchController | undefined;
  #status = 0;
  #retryAfter: string | undefined;
  #first: Buffer | undefined;
  #rest: Buffer[] | undefined;
  #bytes = 0;
  #isCut = false;
  readonly #connection: Lent;
  readonly #startBefore: number;
  readonly #settings: CallSettings;
  readonly #settle: (outcome: SendOutcome) => void;

  constructor(connection: Lent, startBefore: number, settings: CallSettings, settle: (outcome: SendOutcome) => void) {
    this.#connection = connection;
    this.#startBefore = startBefore;
    this.#settings = settings;
    this.#settle = settle;
  }

  /** Whether a byte may have been written. */
  get started(): boolean {
    return this.#controller !== undefined;
  }

  /** Ends a call that was started; its outcome becomes `unknown`. */
  timeOut(): void {
    this.#controller?.abort(TIMED_OUT);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#controller !== undefined) {
      controller.abort(STARTED_TWICE);
      return;
    }
    // Aborting here ends the call before anything is written.
    if (performance.now() >= this.#startBefore) {
      controller.abort(TOO_LATE);
      return;
    }
    this.#controller = controller;
    // undici writes as soon as this returns, so in the next phase of the loop the bytes are with the kernel.
    if (this.#settings.onWritten !== undefined) setImmediate(this.#settings.onWritten);
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    this.#status = status;
    if (status >= 300) {
      const value = headers['retry-after'];
      this.#retryAfter = Array.isArray(value) ? value[0] : value;
    }
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    const { needsBody, keepBytes = 0 } = this.#settings.answers;
    if (!needsBody) {
      const isFull = this.#bytes >= keepBytes;
      this.#bytes += chunk.length;
      if (this.#bytes > keepBytes) this.#isCut = true;
      if (isFull) return;
    }
    if (this.#first === undefined) this.#first = chunk;
    else if (this.#rest === undefined) this.#rest = [chunk];
    else this.#rest.push(chunk);
  }

  onResponseEnd(): void {
    this.#connection.release();
    this.#settle(this.#read());
  }

  #read(): SendOutcome {
    const { answers, nowMs } = this.#settings;
    const body =
      this.#first === undefined
        ? ''
        : this.#rest === undefined
          ? this.#first.toString()
          : Buffer.concat([this.#first, ...this.#rest]).toString();
    return answers.read(this.#status, body, parseRetryAfter(this.#retryAfter, nowMs()), this.#isCut);
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#connection.release();
    this.#settle(this.started ? this.#afterStart(error) : this.#beforeStart(error));
  }

  #beforeStart(error: Error): SendOutcome {
    if (error === TOO_LATE) return { kind: 'retry', code: 'too_late', message: error.message };
    // A path or token that cannot stand in a request: no message of this provider can go out until somebody mends it.
    if (codeOf(error) === 'UND_ERR_INVALID_ARG') {
      return { kind: 'throttled', scope: 'account', code: 'invalid_provider', message: error.message };
    }
    const code = error instanceof NotAllowed ? error.code : 'not_connected';
    return { kind: 'retry', code, message: error.message || codeOf(error) };
  }

  #afterStart(error: Error): SendOutcome {
    if (this.#status >= 200 && !this.#settings.answers.needsBody && error !== STARTED_TWICE) {
      this.#isCut = true;
      return this.#read();
    }
    if (error === TIMED_OUT) return { kind: 'unknown', code: 'timeout', message: error.message };
    // The parser's errors do not all have a code.
    const unreadable = error.name === 'HTTPParserError' || UNREADABLE.test(codeOf(error));
    const code = unreadable ? 'unreadable_answer' : 'connection_lost';
    return { kind: 'unknown', code, message: error.message || codeOf(error) };
  }
}

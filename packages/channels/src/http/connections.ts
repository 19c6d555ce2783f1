/**
 * The connections to one origin: undici Clients with one HTTP/1.1 connection each and one request at a time on it, and
 * a stack of the free ones, so that choosing takes the same time however many there are (undici's Pool searches its
 * list). The last one given back is the first one taken: with little to do few connections are used, and the others
 * close instead of going stale.
 */
import type { SendOutcome } from '@carillon/contracts';
import { type buildConnector, Client, type Dispatcher } from 'undici';
import { type AnswerReader, Call } from './call.ts';

export interface ConnectionSettings {
  /** Most connections, and so most calls at once, to one origin. */
  readonly connections: number;
  /** From `send` to the answer's last byte, connecting included, ms. */
  readonly timeoutMs: number;
  readonly connectTimeoutMs: number;
  /** How long an unused connection is kept when the server does not say, ms. Short: a stale one costs an `unknown`. */
  readonly keepAliveMs: number;
  /** Longest answer body, bytes; of a longer one nothing more is read. */
  readonly maxAnswerBytes: number;
  readonly answers: AnswerReader;
  /** Each connection serves one call and is closed, so that no answer is ever taken for that of another call. */
  readonly onceOnly?: boolean;
  /** Makes the sockets, where undici's own way will not do; it keeps to `connectTimeoutMs` by itself. */
  readonly connector?: buildConnector.connector;
  /** Wall clock (epoch ms), for `Retry-After` dates. */
  readonly nowMs: () => number;
  /** Told after each request was written. */
  readonly onWritten: (() => void) | undefined;
}

/** One Client and the call that it serves, if any. */
export class Connection {
  #client: Client;
  #call: Call | undefined;
  #timer: NodeJS.Timeout | undefined;
  readonly #owner: Connections;

  constructor(owner: Connections) {
    this.#owner = owner;
    this.#client = owner.makeClient();
  }

  run(request: Dispatcher.DispatchOptions, startBefore: number): Promise<SendOutcome> {
    return new Promise((resolve) => {
      const { settings } = this.#owner;
      const { timeoutMs } = settings;
      this.#call = new Call(this, startBefore, settings, resolve);
      // One timer per connection, pushed back by each call and never cleared, bounds the call as a whole; undici's own
      // limits are per phase, start anew with every byte, and are only good to about a second.
      if (this.#timer === undefined) this.#timer = setTimeout(() => this.#onTimer(), timeoutMs).unref();
      else this.#timer.refresh();
      this.#client.dispatch(request, this.#call);
    });
  }

  /** Called by the call when it ends. */
  release(): void {
    if (this.#call === undefined) return;
    this.#call = undefined;
    this.#owner.giveBack(this);
  }

  async destroy(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#client.destroy();
  }

  #onTimer(): void {
    const call = this.#call;
    if (call === undefined) return;
    if (call.started) {
      // A process that stood still finds its timers run out before it has read what arrived meanwhile; reading goes first,
      // since a true answer is worth more than an `unknown`.
      setImmediate(() => {
        if (this.#call === call) call.timeOut();
      });
      return;
    }
    // Still connecting. Destroying the client is the one way to be sure that the request is not written later.
    const stuck = this.#client;
    this.#client = this.#owner.makeClient();
    stuck.destroy(new Error('not connected within the time-out')).catch(() => {});
  }
}

/** Every connection to one origin. */
export class Connections {
  readonly settings: ConnectionSettings;
  readonly #origin: string;
  readonly #idle: Connection[] = [];
  #made = 0;
  #whenIdle: (() => void) | undefined;

  constructor(origin: string, settings: ConnectionSettings) {
    this.#origin = origin;
    this.settings = settings;
  }

  get free(): number {
    return this.#idle.length + this.settings.connections - this.#made;
  }

  /** Whether a call is in the air. */
  get busy(): boolean {
    return this.#idle.length < this.#made;
  }

  /** A connection for one call, or undefined when all are in use. */
  take(): Connection | undefined {
    const idle = this.#idle.pop();
    if (idle !== undefined) return idle;
    if (this.#made >= this.settings.connections) return undefined;
    this.#made += 1;
    return new Connection(this);
  }

  giveBack(connection: Connection): void {
    this.#idle.push(connection);
    if (this.#idle.length === this.#made) this.#whenIdle?.();
  }

  makeClient(): Client {
    const { connector } = this.settings;
    return new Client(this.#origin, {
      // 0 is undici's way to say that a connection is not kept.
      pipelining: this.settings.onceOnly === true ? 0 : 1,
      connectTimeout: this.settings.connectTimeoutMs,
      ...(connector === undefined ? {} : { connect: connector }),
      keepAliveTimeout: this.settings.keepAliveMs,
      headersTimeout: 0,
      bodyTimeout: 0,
      maxResponseSize: this.settings.maxAnswerBytes,
    });
  }

  /** Resolves when no call is in the air and every connection is gone. No call may be begun meanwhile. */
  async close(): Promise<void> {
    if (this.busy) {
      await new Promise<void>((resolve) => {
        this.#whenIdle = resolve;
      });
    }
    await Promise.all(this.#idle.map((connection) => connection.destroy()));
  }
}

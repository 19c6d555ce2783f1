/**
 * One connection to an SMTP server: nodemailer's SMTPConnection, driven step by step. Its pool is not used: it reports a
 * connection lost before and after the final dot with the same error, and which of the two it was decides whether a second
 * try is safe. Here every step is ours, so the step at which it broke is known.
 *
 * nodemailer reports a failure by the step's callback, by its `error` event, by `end` alone, or by several of them. The
 * first one that says something counts; `end` says least, and waits until the others had their turn.
 */
import { Readable } from 'node:stream';
import type { ConnectionOptions } from 'node:tls';
import type { SmtpProvider } from '@carillon/contracts';
import SMTPConnection from 'nodemailer/lib/smtp-connection';

export interface SessionSettings {
  /** To connect, greeting and TLS included, ms. */
  readonly connectTimeoutMs: number;
  /** What we call ourselves in EHLO. */
  readonly name: string | undefined;
  readonly tls: ConnectionOptions | undefined;
}

/** What went wrong; `responseCode`, `response` and `command` when a reply of the server said it. */
export interface SmtpError extends Error {
  readonly code?: string | undefined;
  readonly responseCode?: number | undefined;
  readonly response?: string | undefined;
  readonly command?: string | undefined;
}

/** How long the goodbye may take, ms. */
const QUIT_LIMIT_MS = 1_000;

export class Session {
  /** Messages that were begun on it. */
  used = 0;
  /** Whether a transaction was refused half way, which RSET has to end before the next one. */
  needsReset = false;
  readonly #smtp: SMTPConnection;
  readonly #provider: SmtpProvider;
  #ready = false;
  #gone = false;
  #body: 'none' | 'begun' | 'ended' = 'none';
  /** Ends the step that is under way. */
  #fail: ((error: SmtpError) => void) | undefined;
  /** Resolves when the connection is gone, whoever ended it. */
  readonly whenGone: Promise<void>;

  constructor(provider: SmtpProvider, settings: SessionSettings) {
    this.#provider = provider;
    this.#smtp = new SMTPConnection({
      host: provider.host,
      port: provider.port,
      secure: provider.security === 'tls',
      requireTLS: provider.security === 'starttls',
      ignoreTLS: provider.security === 'none',
      connectionTimeout: settings.connectTimeoutMs,
      greetingTimeout: settings.connectTimeoutMs,
      // What is closed is closed at once: half a message must not linger in a socket.
      socketCloseTimeout: 0,
      allowInternalNetworkInterfaces: true,
      ...(settings.name !== undefined && { name: settings.name }),
      ...(settings.tls !== undefined && { tls: settings.tls }),
    });
    this.#smtp.on('error', (error: SmtpError) => this.#fail?.(error));
    this.whenGone = new Promise((resolve) => {
      this.#smtp.on('end', () => {
        this.#gone = true;
        resolve();
        queueMicrotask(() => this.#fail?.(new Error('the connection was closed')));
      });
    });
  }

  /** Whether a message may be begun on it. */
  get ready(): boolean {
    return this.#ready && !this.#gone;
  }

  get gone(): boolean {
    return this.#gone;
  }

  /** Whether a message was begun whose final dot is not out yet: a reply at this moment is none to the dot. */
  get inBody(): boolean {
    const socket = this.#smtp._socket;
    return this.#body === 'begun' || (this.#body === 'ended' && !!socket && socket.writableLength > 0);
  }

  /** Connects, and logs in where the provider has a user. @throws SmtpError */
  async open(): Promise<void> {
    await this.#step((done) => this.#smtp.connect((error) => done(error)));
    const { user, password } = this.#provider;
    if (user !== '') await this.#step((done) => this.#smtp.login({ user, pass: password }, (error) => done(error)));
    this.#ready = true;
  }

  /** Ends a transaction that was refused half way. @throws SmtpError */
  async reset(): Promise<void> {
    await this.#step((done) => this.#smtp.reset((error) => done(error)));
    this.needsReset = false;
  }

  /**
   * Sends one message; the first command is written before this returns.
   * @param onBody called when the server gave leave to begin, immediately before the first byte of the message is written;
   *   what it throws ends the message unwritten
   * @param onWritten called when the final dot was handed to the system
   * @returns the reply to the final dot, 2xx
   * @throws SmtpError
   */
  transmit(from: string, to: string, bytes: Buffer, onBody: () => void, onWritten?: () => void): Promise<string> {
    this.used += 1;
    this.#body = 'none';
    const begun = () => {
      this.#body = 'begun';
    };
    const body = new Readable({
      read() {
        try {
          onBody();
        } catch (error) {
          this.destroy(error as Error);
          return;
        }
        begun();
        this.push(bytes);
        this.push(null);
      },
    });
    body.once('end', () => {
      this.#body = 'ended';
    });
    if (onWritten !== undefined) body.once('end', () => this.#afterWrites(onWritten));
    return this.#step((done) =>
      this.#smtp.send({ from, to: [to], size: bytes.length, use8BitMime: false }, body, (error, info) => {
        if (!error && this.inBody) done(Object.assign(new Error('a reply came before the end'), { code: 'EPROTOCOL' }));
        else done(error, info?.response ?? '');
      }),
    );
  }

  /** Says goodbye; after a moment, or when it does not answer, the connection is dropped. */
  async quit(): Promise<void> {
    this.#ready = false;
    if (this.#gone) return;
    const timer = setTimeout(() => this.close(), QUIT_LIMIT_MS);
    this.#smtp.quit();
    await this.whenGone;
    clearTimeout(timer);
  }

  /** Drops the connection at once; a step under way ends with `reason`. */
  close(reason: SmtpError = new Error('the connection was closed by us')): void {
    this.#ready = false;
    const fail = this.#fail;
    this.#fail = undefined;
    this.#smtp.close();
    fail?.(reason);
  }

  async #step<T>(start: (done: (error?: SmtpError | null, value?: T) => void) => void): Promise<T> {
    try {
      return await new Promise<T>((resolve, reject) => {
        this.#fail = reject;
        start((error, value) => {
          if (error) reject(error);
          else resolve(value as T);
        });
      });
    } finally {
      this.#fail = undefined;
    }
  }

  /** The dot follows the body's end within the stream; it is out when the socket holds nothing back any more. */
  #afterWrites(onWritten: () => void): void {
    const look = (turns: number): void => {
      const socket = this.#smtp._socket;
      if (this.#gone || !socket || socket.destroyed) return;
      if (turns > 0 && socket.writableLength === 0) onWritten();
      else setImmediate(look, turns + 1);
    };
    setImmediate(look, 0);
  }
}

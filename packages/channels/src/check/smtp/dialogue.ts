/**
 * One conversation with a mail server, command by command. nodemailer's connection, which sends our mail, goes from MAIL to
 * the message in one step and cannot stop after RCPT; a check must stop there, so the few commands it needs are here.
 *
 * Every wait has a time-out: the step's own, and the end of the check as a whole. A conversation that failed cannot go on.
 */
import { connect, type Socket } from 'node:net';
import { type ConnectionOptions, connect as tlsConnect } from 'node:tls';

/** A whole reply: its status and all its lines. */
export interface Reply {
  readonly status: number;
  readonly text: string;
}

/**
 * Why a conversation ended: `no_connect` before it was made, `timeout` for a step, `connection_lost` in the middle,
 * `invalid_smtp` for what is no reply, `tls_failed` for encryption that was offered and did not come about.
 */
export type DialogueFailure = 'no_connect' | 'timeout' | 'connection_lost' | 'invalid_smtp' | 'tls_failed';

export class DialogueError extends Error {
  readonly failure: DialogueFailure;

  constructor(failure: DialogueFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.failure = failure;
  }
}

export interface DialogueOptions {
  readonly address: string;
  readonly port: number;
  /** For one command and its reply, or to connect, ms. */
  readonly stepTimeoutMs: number;
  /** When the check must be over; monotonic, ms. */
  readonly deadline: number;
}

/** Longest reply, characters: RFC 5321 has 512 for a line, and greetings of some dozen lines exist. */
const REPLY_LIMIT = 32_768;
const LINE = /^(\d{3})(?:([ -])(.*))?$/s;

export class Dialogue {
  #socket: Socket;
  readonly #options: DialogueOptions;
  #received = '';
  #lines: string[] = [];
  #replies: Reply[] = [];
  #failed: DialogueError | undefined;
  #phase: 'connecting' | 'talking' | 'encrypting' = 'connecting';
  #wake: (() => void) | undefined;

  /** Begins to connect; {@link greeting} waits for it. */
  constructor(options: DialogueOptions) {
    this.#options = options;
    this.#socket = connect({ host: options.address, port: options.port, noDelay: true });
    this.#socket.once('connect', () => {
      this.#phase = 'talking';
      this.#wake?.();
    });
    this.#listen(this.#socket);
  }

  /** Connects and waits for the server's first word. @throws DialogueError */
  async greeting(): Promise<Reply> {
    await this.#until(() => this.#phase === 'talking');
    return await this.#reply();
  }

  /** @param line without its end; must hold none @throws DialogueError */
  async command(line: string): Promise<Reply> {
    if (this.#failed !== undefined) throw this.#failed;
    // What came unasked answers nothing that we are about to ask.
    if (this.#replies.length > 0) this.#fail('invalid_smtp', 'the server spoke out of turn');
    else this.#socket.write(`${line}\r\n`);
    return await this.#reply();
  }

  /**
   * Encrypts what follows, after the server gave leave to. Who the server is cannot be known, as its name came from DNS;
   * what is kept away is who merely listens. @throws DialogueError
   */
  async encrypt(options: ConnectionOptions): Promise<void> {
    const plain = this.#socket;
    plain.removeAllListeners('data');
    // What was sent before the handshake was not under its protection.
    this.#received = '';
    this.#lines = [];
    this.#replies = [];
    this.#phase = 'encrypting';
    this.#socket = tlsConnect({ ...options, socket: plain, rejectUnauthorized: false }, () => {
      this.#phase = 'talking';
      this.#wake?.();
    });
    this.#listen(this.#socket);
    await this.#until(() => this.#phase === 'talking');
  }

  /** Says goodbye and does not wait for the answer: the server knows by the closed connection as well. */
  leave(): void {
    if (this.#failed === undefined && !this.#socket.destroyed) {
      this.#socket.end('QUIT\r\n');
      // Whoever does not close its side must not keep ours.
      const socket = this.#socket;
      const timer = setTimeout(() => socket.destroy(), this.#options.stepTimeoutMs).unref();
      socket.once('close', () => clearTimeout(timer));
    } else this.#socket.destroy();
    this.#failed ??= new DialogueError('connection_lost', 'the conversation is over');
  }

  #listen(socket: Socket): void {
    socket.on('data', (chunk: Buffer) => this.#read(chunk.toString('latin1')));
    socket.on('error', (error) => this.#fail(this.#lost(), error.message, error));
    socket.on('close', () => this.#fail(this.#lost(), 'the server closed the connection'));
  }

  #lost(): DialogueFailure {
    if (this.#phase === 'connecting') return 'no_connect';
    return this.#phase === 'encrypting' ? 'tls_failed' : 'connection_lost';
  }

  #read(text: string): void {
    this.#received += text;
    for (let end = this.#received.indexOf('\n'); end >= 0; end = this.#received.indexOf('\n')) {
      const line = this.#received.slice(0, end).replace(/\r$/, '');
      this.#received = this.#received.slice(end + 1);
      const parts = LINE.exec(line);
      if (parts === null) {
        this.#fail('invalid_smtp', 'the server said something that is no reply');
        return;
      }
      this.#lines.push(line);
      if (parts[2] !== '-') {
        this.#replies.push({ status: Number(parts[1]), text: this.#lines.join('\n') });
        this.#lines = [];
        this.#wake?.();
      }
    }
    const length = this.#lines.reduce((sum, line) => sum + line.length, this.#received.length);
    if (length > REPLY_LIMIT || this.#replies.length > 1) this.#fail('invalid_smtp', 'the server says too much');
  }

  async #reply(): Promise<Reply> {
    await this.#until(() => this.#replies.length > 0);
    return this.#replies.shift() as Reply;
  }

  /** Waits for a condition that only what arrives can bring about. */
  async #until(isTrue: () => boolean): Promise<void> {
    let isOver = false;
    const leftMs = this.#options.deadline - performance.now();
    const timer = setTimeout(
      () => {
        // A process that stood still finds its timers run out before it has read what arrived meanwhile.
        setImmediate(() => {
          if (!isOver && !isTrue()) this.#fail('timeout', 'no answer within the time-out');
        });
      },
      Math.max(0, Math.min(this.#options.stepTimeoutMs, leftMs)),
    );
    try {
      while (!isTrue()) {
        if (this.#failed !== undefined) throw this.#failed;
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    } finally {
      isOver = true;
      clearTimeout(timer);
      this.#wake = undefined;
    }
  }

  #fail(failure: DialogueFailure, message: string, cause?: Error): void {
    if (this.#failed !== undefined) return;
    this.#failed = new DialogueError(failure, message, { cause });
    this.#socket.destroy();
    this.#wake?.();
  }
}

/**
 * The SMTP server: what the messages route is for WhatsApp. Decides at the recipient what becomes of a message, records it,
 * and only then replies. Faults that reset a connection act on its socket, which smtp-server does not hand out by itself.
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { Behaviour } from '../behaviour.ts';
import type { Fault, Rule, SmtpPlace } from '../control.ts';
import type { Entry } from '../ledger/entry.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { Rules } from '../rules.ts';
import { mayHaveAttachments, readAttachments } from './attachments.ts';
import { builtInRules } from './builtin.ts';
import { readHeaders } from './headers.ts';

export interface MailOptions {
  readonly behaviour: Behaviour;
  readonly ledger: Ledger;
  /** If set, whoever sends must log in with it as the password. */
  readonly accessToken: string | undefined;
  readonly nowMs: () => number;
  readonly host: string;
  /** Undefined: the preferred one if it is free, else any. */
  readonly port: number | undefined;
  readonly preferredPort: number;
}

export interface Mail {
  readonly port: number;
  /** Takes no connection any more and resets those that are open, without a word: a 421 would call accepted mail refused. */
  stop(): void;
}

/** Largest message that is taken, bytes. */
const SIZE_LIMIT = 10 * 1024 * 1024;

/** Longer than any client waits: at its end smtp-server says 421, also to mail that was accepted and left unanswered. */
const SOCKET_TIMEOUT_MS = 3_600_000;

/** Who connects and is not taken waits for a greeting that never comes; thousands may come at once. */
const BACKLOG = 4_096;

/** What is said with a status where the rule does not say it. */
const TEXTS: Readonly<Record<number, string>> = {
  421: '4.7.0 Too many messages from you, slow down',
  450: '4.7.1 Greylisted, try again later',
  451: '4.3.0 Try again later',
  452: '4.3.1 Out of space for now',
  550: '5.1.1 There is no such mailbox',
  552: '5.2.2 The mailbox is full',
  554: '5.7.1 Refused: looks like spam',
};

/** Mailboxes that nobody has, by which it can be seen whether a server takes every address; one domain here does. */
const NOBODY = /^nobody-/;
const TAKES_ALL = '@catchall.fault.example';

/** What was decided about the message that a session is sending. */
interface Planned {
  readonly number: string;
  readonly to: string;
  readonly latencyMs: number;
  readonly fault: Fault | undefined;
  readonly status: number | undefined;
  readonly reply: string;
  readonly at: SmtpPlace;
}

type Done = (error?: Error | null, message?: string) => void;

/** Starts it. @throws when the port is taken */
export async function startMail(options: MailOptions): Promise<Mail> {
  const mail = new MailServer(options);
  if (options.port !== undefined) await mail.listen(options.port);
  else await mail.listen(options.preferredPort).catch(() => mail.listen(0));
  return mail;
}

class MailServer implements Mail {
  readonly #options: MailOptions;
  readonly #server: SMTPServer;
  readonly #builtIn: Rules<Rule> = new Rules(builtInRules(), Math.random);
  readonly #planned = new WeakMap<SMTPServerSession, Planned>();
  /** Unique among the restarts that share a ledger. */
  readonly #idStart = randomBytes(6).toString('hex').toUpperCase();
  #ids = 0;

  constructor(options: MailOptions) {
    this.#options = options;
    const { accessToken } = options;
    this.#server = new SMTPServer({
      name: 'simulator',
      banner: 'Carillon simulator',
      logger: false,
      disableReverseLookup: true,
      allowInsecureAuth: true,
      authOptional: accessToken === undefined,
      authMethods: ['PLAIN', 'LOGIN'],
      size: SIZE_LIMIT,
      socketTimeout: SOCKET_TIMEOUT_MS,
      // One message has one recipient here, as each delivery of ours has.
      maxRecipients: 1,
      onAuth: ({ username, password }, _session, done) => {
        if (accessToken === undefined || password === accessToken) done(null, { user: username });
        else done(smtpError(535, '5.7.8 The user or the password is wrong'));
      },
      onRcptTo: ({ address }, session, done) => this.#recipient(address.toLowerCase(), session, done),
      onData: (stream, session, done) => this.#data(stream, session, done),
    });
    // Lost connections are what a simulator is for.
    this.#server.on('error', () => {});
  }

  get port(): number {
    return (this.#server.server.address() as AddressInfo).port;
  }

  async listen(port: number): Promise<void> {
    const { server } = this.#server;
    server.listen({ port, host: this.#options.host, backlog: BACKLOG });
    await once(server, 'listening');
  }

  stop(): void {
    this.#server.server.close();
    for (const { _socket: socket } of this.#server.connections) socket.destroy();
  }

  #recipient(to: string, session: SMTPServerSession, done: Done): void {
    const { behaviour } = this.#options;
    const number = numberOf(session);
    if (NOBODY.test(to) && !to.endsWith(TAKES_ALL)) {
      // No message was on its way to it, so the ledger has nothing to say.
      done(smtpError(550, TEXTS[550] ?? ''));
      return;
    }
    const waitMs = behaviour.withinLimit(number) ? behaviour.waitMs(number) : undefined;
    if (waitMs === undefined) {
      this.#refuse(session, { number, to }, 421, TEXTS[421] ?? '', done);
      return;
    }
    const rule = behaviour.rule(to, number) ?? this.#builtIn.find(to, number);
    const planned = plan(rule, number, to, waitMs, behaviour);
    this.#planned.set(session, planned);
    if (planned.at !== 'rcpt') done();
    else if (planned.status !== undefined) this.#refuse(session, planned, planned.status, planned.reply, done);
    else if (planned.fault === 'reset_before_accept')
      this.#record(planned, 'reset_before_accept', () => this.#reset(session));
    else this.#record(planned, 'hang', () => {});
  }

  #refuse(
    session: SMTPServerSession,
    attempt: Pick<Planned, 'number' | 'to'>,
    status: number,
    reply: string,
    done: Done,
  ): void {
    this.#record(attempt, `smtp_${status}`, () => {
      done(smtpError(status, reply));
      // With 421 a server says that it closes.
      if (status === 421) setImmediate(() => this.#socketOf(session)?.end());
    });
  }

  #data(stream: SMTPServerDataStream, session: SMTPServerSession, done: Done): void {
    const planned = this.#planned.get(session);
    if (planned === undefined) {
      done(smtpError(503, '5.5.1 RCPT first'));
      return;
    }
    if (planned.at === 'data') {
      // smtp-server asks us before it gives leave to begin, so the client never sees a 354.
      this.#reset(session);
      this.#record(planned, planned.fault ?? 'reset_before_accept', () => {});
      return;
    }
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      if (planned.at === 'body' && chunks.length === 1) {
        this.#reset(session);
        this.#record(planned, planned.fault ?? 'reset_before_accept', () => {});
      }
    });
    stream.on('end', () => {
      if (planned.at !== 'body' && !stream.sizeExceeded)
        void this.#whole(Buffer.concat(chunks), planned, session, done);
      else if (stream.sizeExceeded) done(smtpError(552, '5.3.4 The message is too large'));
    });
  }

  /** The final dot came. Everything that follows happens only when the ledger's line is written. */
  async #whole(bytes: Buffer, planned: Planned, session: SMTPServerSession, done: Done): Promise<void> {
    const message = bytes.toString();
    const { reference, kept } = readHeaders(message);
    const email = mayHaveAttachments(message) ? { ...kept, attachments: await readAttachments(bytes) } : kept;
    const { fault, status, latencyMs } = planned;
    const later = (act: () => void) => () => {
      if (latencyMs > 0) setTimeout(act, latencyMs).unref();
      else act();
    };
    const read = { ...planned, reference, email };
    if (status !== undefined) {
      this.#record(
        read,
        `smtp_${status}`,
        later(() => done(smtpError(status, planned.reply))),
      );
      return;
    }
    if (fault === 'hang' || fault === 'reset_before_accept') {
      const act = fault === 'hang' ? () => {} : () => this.#reset(session);
      this.#record(read, fault, later(act));
      return;
    }
    const wamid = `${this.#idStart}${(this.#ids++).toString(36).toUpperCase().padStart(4, '0')}`;
    const act = () => {
      if (fault === undefined) done(null, `2.0.0 Ok: queued as ${wamid}`);
      // A 5xx would be a lie that no client of SMTP can see through; what is left of `accept_and_500` is a reset.
      else if (fault !== 'accept_and_hang') this.#reset(session);
    };
    this.#record({ ...read, wamid }, fault, later(act));
  }

  #record(
    attempt: Pick<Entry, 'number' | 'to'> & Partial<Pick<Entry, 'reference' | 'wamid' | 'email'>>,
    fault: string | undefined,
    written: () => void,
  ): void {
    const { number, to, reference = '', wamid, email = {} } = attempt;
    const at = this.#options.nowMs();
    const entry = {
      at,
      number,
      to,
      reference,
      ...(wamid !== undefined && { wamid }),
      ...(fault !== undefined && { fault }),
    };
    this.#options.ledger.append({ ...entry, email }, { written });
  }

  #reset(session: SMTPServerSession): void {
    const socket = this.#socketOf(session);
    // TLS has no reset of its own.
    if (socket !== undefined && 'encrypted' in socket) socket.destroy();
    else socket?.resetAndDestroy();
  }

  #socketOf(session: SMTPServerSession) {
    for (const connection of this.#server.connections) if (connection.session === session) return connection._socket;
    return undefined;
  }
}

/** Whom a message came through: the login, or else the sender. */
function numberOf({ user, envelope }: SMTPServerSession): string {
  if (typeof user === 'string' && user !== '') return user;
  return envelope.mailFrom === false ? '' : envelope.mailFrom.address.toLowerCase();
}

function plan(rule: Rule | undefined, number: string, to: string, waitMs: number, behaviour: Behaviour): Planned {
  const does = rule?.does ?? {};
  // Redirections and WhatsApp's own codes mean nothing here.
  const status = does.status !== undefined && does.status >= 400 && does.fault === undefined ? does.status : undefined;
  const reply = status === undefined ? '' : (does.reply ?? TEXTS[status] ?? `${Math.floor(status / 100)}.0.0 Refused`);
  const latencyMs = waitMs + behaviour.latencyMs(rule);
  return { number, to, latencyMs, fault: does.fault, status, reply, at: placeOf(does, status) };
}

function placeOf({ fault, at }: Rule['does'], status: number | undefined): SmtpPlace {
  if (status !== undefined) return at === undefined || at === 'rcpt' ? 'rcpt' : 'dot';
  if (fault === 'reset_before_accept') return at ?? 'data';
  if (fault === 'hang') return at === undefined || at === 'rcpt' ? 'rcpt' : 'dot';
  return 'dot';
}

function smtpError(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

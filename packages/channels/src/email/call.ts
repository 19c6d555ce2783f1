/**
 * One message on its way: connecting where needed, the message, the reading of what came back.
 *
 * The question that decides everything is whether the server may have the message. A reply of the server decides by its
 * code. Without one the place decides: nodemailer asks our body for bytes only when the server gave leave to begin (354),
 * so until it asked, nothing of the message was written and nothing can have been accepted; from then on only the final
 * dot's reply could tell, and without it nobody knows.
 */
import type { SendOutcome, SmtpProvider } from '@carillon/contracts';
import type { Host } from './hosts.ts';
import type { ComposedEmail } from './message.ts';
import { outcomeOfRefusal, type Place, queueIdOf, readable } from './replies.ts';
import type { Session, SmtpError } from './session.ts';

export interface CallOptions {
  readonly host: Host;
  readonly provider: SmtpProvider;
  readonly email: ComposedEmail;
  /** From `send` to the reply to the final dot, connecting included, ms. */
  readonly timeoutMs: number;
  /** Monotonic, ms; see `Channel.send`. */
  readonly startBefore: number;
  readonly onWritten: (() => void) | undefined;
}

/** Why we ended a call ourselves; made anew for each, because nodemailer writes into errors. */
class TimedOut extends Error {
  override readonly message = 'no reply within the time-out';
}
class TooLate extends Error {
  override readonly message = 'the time until which the message might start has passed';
}

/** Runs one call on a connection that was taken for it, gives the connection back, and then says the outcome. Never rejects. */
export async function runCall(taken: Session, options: CallOptions): Promise<SendOutcome> {
  const call = new Call(taken, options);
  const outcome = await call.run();
  options.host.giveBack(call.session, options.provider);
  return outcome;
}

class Call {
  session: Session;
  readonly #options: CallOptions;
  readonly #deadline: number;
  #place: Place = 'session';
  #timedOut = false;
  #settled = false;

  constructor(session: Session, options: CallOptions) {
    this.session = session;
    this.#options = options;
    this.#deadline = performance.now() + options.timeoutMs;
  }

  async run(): Promise<SendOutcome> {
    const timer = setTimeout(() => this.#onTimer(), this.#options.timeoutMs);
    try {
      return await this.#send();
    } catch (error) {
      return this.#afterFailure(error as SmtpError);
    } finally {
      this.#settled = true;
      clearTimeout(timer);
    }
  }

  async #send(): Promise<SendOutcome> {
    const { email, startBefore, onWritten } = this.#options;
    const [bytes] = await Promise.all([email.build(), this.#open()]);
    if (performance.now() >= startBefore) throw new TooLate();
    this.#place = 'envelope';
    const onBody = () => {
      // A process that stood still between the envelope and the body may have lost its lease meanwhile.
      if (performance.now() >= this.#deadline) throw new TimedOut();
      this.#place = 'body';
    };
    const reply = await this.session.transmit(email.from, email.to, bytes, onBody, onWritten);
    return { kind: 'accepted', providerMessageId: queueIdOf(reply) ?? email.messageId };
  }

  /** Makes the connection ready for a message. */
  async #open(): Promise<void> {
    const { host, provider } = this.#options;
    if (this.session.ready && this.session.needsReset) {
      // It is another message's refusal that is cleared away here; when that fails, a new connection does as well.
      await this.session.reset().catch(() => this.session.close());
    }
    if (this.session.ready) return;
    if (this.session.gone) this.session = host.make(provider);
    if (this.#timedOut) throw new TimedOut();
    await this.session.open();
  }

  #afterFailure(error: SmtpError): SendOutcome {
    const { responseCode: status } = error;
    if (error instanceof TooLate) {
      // Nothing of the message was written, so the connection is as good as before.
      return { kind: 'retry', code: 'too_late', message: error.message };
    }
    const refused = status !== undefined && status >= 400 && status < 600;
    // After a refusal of the message the connection goes on; after anything else nobody knows what it would say next.
    if (refused && status !== 421 && status !== 503 && this.#place !== 'session' && !this.session.inBody)
      this.session.needsReset = true;
    else this.session.close();
    if (refused) {
      const text = typeof error.response === 'string' ? error.response : error.message;
      return outcomeOfRefusal({ status, text, place: this.#place, command: error.command });
    }
    const message = readable(error.message);
    if (this.#place === 'body') return { kind: 'unknown', code: codeOf(error, status), message };
    // Found by nodemailer without asking the server: larger than the server said it takes.
    if (error.code === 'EMESSAGE') return { kind: 'rejected', code: 'message_too_large', message };
    if (this.#place === 'session' && !(error instanceof TimedOut))
      return { kind: 'retry', code: 'not_connected', message };
    return { kind: 'retry', code: codeOf(error, status), message };
  }

  #onTimer(): void {
    this.#timedOut = true;
    if (this.#place !== 'body') {
      this.session.close(new TimedOut());
      return;
    }
    // A process that stood still finds its timers run out before it has read what arrived meanwhile; reading goes first,
    // since a true reply is worth more than an `unknown`.
    setImmediate(() => {
      // Settled meanwhile, the connection may already carry another message.
      if (!this.#settled) this.session.close(new TimedOut());
    });
  }
}

function codeOf(error: SmtpError, status: number | undefined): string {
  if (error instanceof TimedOut) return 'timeout';
  const answered = status !== undefined || error.code === 'EPROTOCOL' || error.code === 'EMESSAGE';
  return answered ? 'unreadable_answer' : 'connection_lost';
}

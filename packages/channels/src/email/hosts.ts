/**
 * The connections to one host (name and port). They belong to a provider, since a login does; their number is limited for
 * the host as a whole, because servers count connections per client. The last one given back is the first one taken, and
 * one that another provider left idle makes room.
 */
import type { SmtpProvider } from '@carillon/contracts';
import { Session, type SessionSettings } from './session.ts';

export interface HostSettings extends SessionSettings {
  /** Most connections, and so most messages at once, to one host. */
  readonly connections: number;
  /** How long an unused connection is kept, ms. */
  readonly keepAliveMs: number;
  /** After so many messages a connection is closed; servers have such limits and answer 421 beyond them. */
  readonly messagesPerConnection: number;
}

interface Idle {
  readonly session: Session;
  readonly provider: SmtpProvider;
  readonly timer: NodeJS.Timeout;
}

export class Host {
  readonly settings: HostSettings;
  #busy = 0;
  /** The least recently used one first. */
  #idle: Idle[] = [];
  readonly #quitting = new Set<Promise<void>>();
  #whenUnused: (() => void) | undefined;

  constructor(settings: HostSettings) {
    this.settings = settings;
  }

  get free(): number {
    return this.settings.connections - this.#busy;
  }

  /** A connection for one message, open or yet to be opened; undefined when all are in use. */
  take(provider: SmtpProvider): Session | undefined {
    if (this.free <= 0) return undefined;
    const at = this.#idle.findLastIndex((idle) => idle.provider === provider && idle.session.ready);
    const [idle] = at < 0 ? [] : this.#idle.splice(at, 1);
    if (idle === undefined && this.#busy + this.#idle.length >= this.settings.connections) {
      const oldest = this.#idle.shift();
      clearTimeout(oldest?.timer);
      oldest?.session.close();
    }
    this.#busy += 1;
    if (idle === undefined) return this.make(provider);
    clearTimeout(idle.timer);
    return idle.session;
  }

  make(provider: SmtpProvider): Session {
    return new Session(provider, this.settings);
  }

  /** Takes a connection back: kept when it is fit for another message, else closed. */
  giveBack(session: Session, provider: SmtpProvider): void {
    this.#busy -= 1;
    if (!session.ready) session.close();
    else if (session.used >= this.settings.messagesPerConnection) this.#quit(session);
    else this.#keep(session, provider);
    if (this.#busy === 0) this.#whenUnused?.();
  }

  /** Resolves when no message is in the air and every connection is gone. No message may be begun meanwhile. */
  async close(): Promise<void> {
    if (this.#busy > 0) {
      await new Promise<void>((resolve) => {
        this.#whenUnused = resolve;
      });
    }
    for (const { session, timer } of this.#idle) {
      clearTimeout(timer);
      this.#quit(session);
    }
    this.#idle = [];
    await Promise.all(this.#quitting);
  }

  #keep(session: Session, provider: SmtpProvider): void {
    const forget = () => {
      clearTimeout(idle.timer);
      this.#idle = this.#idle.filter((each) => each !== idle);
    };
    const timer = setTimeout(() => {
      forget();
      this.#quit(session);
    }, this.settings.keepAliveMs).unref();
    const idle: Idle = { session, provider, timer };
    this.#idle.push(idle);
    void session.whenGone.then(forget);
  }

  #quit(session: Session): void {
    const quitting = session.quit().finally(() => this.#quitting.delete(quitting));
    this.#quitting.add(quitting);
  }
}

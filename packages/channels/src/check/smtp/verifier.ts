/**
 * Judges an address by asking its mail server whether it would take a message, and going away before there is one: EHLO, MAIL,
 * RCPT, and never DATA. A server that takes every address tells nothing by taking this one, so a domain's server is also asked
 * for a mailbox that cannot exist; what it says to that is remembered for the domain.
 *
 * Nothing happens at the server that must not happen twice. So what is not certain is a retry, and never `unknown`.
 */
import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import type { SmtpVerifierProvider } from '@carillon/contracts';
import { NameCache } from '../cache.ts';
import type { Domains } from '../domains.ts';
import { type Finding, judged } from '../finding.ts';
import type { ReadAddress } from '../rules.ts';
import { within } from '../within.ts';
import { Dialogue, DialogueError, type Reply } from './dialogue.ts';
import { judgeRcpt, refusedBefore } from './replies.ts';

export interface SmtpVerifierOptions {
  /** For one command and its reply, or to connect, ms. */
  readonly stepTimeoutMs: number;
  /** How long a greylisted address waits at least, ms. */
  readonly greylistWaitMs: number;
  /** Most conversations at once with the server of one domain. */
  readonly perHost: number;
  /** Whether to encrypt wherever it is offered, or only where a server will not talk without. */
  readonly encrypt: 'offered' | 'demanded';
  /** Makes the name of the mailbox that cannot exist. */
  readonly probeKey: string;
  /** Whether a server at this address may be spoken with. */
  readonly mayConnect: (address: string) => boolean;
  /** Most domains whose habit is remembered. */
  readonly maxDomains: number;
  /** Monotonic, ms. */
  readonly nowMs: () => number;
}

/** Whether a domain's server takes every address; `unclear` when it could not be asked. */
type Habit = 'takes_all' | 'knows_its_own' | 'unclear';

const HABIT_TTL_MS = 6 * 3_600_000;
/** So many of a domain's servers are tried; who has more does not get better by the next. */
const HOSTS_TRIED = 3;
const ADDRESSES_TRIED = 2;
/** "Must issue a STARTTLS command first" (RFC 3207). */
const NEEDS_TLS = 530;

/** Told by a server that we do not know yet, so it is not to be said again at the next one. */
class Ended extends Error {
  constructor(readonly finding: Finding) {
    super('the conversation came to its end');
  }
}

export class SmtpVerifier {
  readonly #options: SmtpVerifierOptions;
  readonly #habits: NameCache<Habit>;
  readonly #talking = new Map<string, number>();

  constructor(options: SmtpVerifierOptions) {
    this.#options = options;
    this.#habits = new NameCache({
      max: options.maxDomains,
      nowMs: options.nowMs,
      ttlMs: (habit) => (habit === 'unclear' ? 0 : HABIT_TTL_MS),
    });
  }

  /** Domains whose habit is remembered. */
  get size(): number {
    return this.#habits.size;
  }

  /**
   * @param hosts of the domain, the preferred one first
   * @param deadline monotonic, ms
   * @returns undefined when its server is spoken with by as many of us as it may be
   */
  async check(
    read: ReadAddress,
    provider: SmtpVerifierProvider,
    { hosts, domains, deadline }: { hosts: readonly string[]; domains: Domains; deadline: number },
  ): Promise<Finding | undefined> {
    const known = this.#habits.known(read.domain);
    if (known !== undefined && (await beforeDeadline(known, deadline)) === 'takes_all') {
      return judged('risky', 'catch_all');
    }
    const [first = ''] = hosts;
    const talking = this.#talking.get(first) ?? 0;
    if (talking >= this.#options.perHost) return undefined;
    this.#talking.set(first, talking + 1);
    try {
      return await this.#ask(read, provider, { hosts, domains, deadline });
    } finally {
      const left = (this.#talking.get(first) ?? 1) - 1;
      if (left > 0) this.#talking.set(first, left);
      else this.#talking.delete(first);
    }
  }

  async #ask(
    read: ReadAddress,
    provider: SmtpVerifierProvider,
    { hosts, domains, deadline }: { hosts: readonly string[]; domains: Domains; deadline: number },
  ): Promise<Finding> {
    let last: Finding = { kind: 'open', code: 'no_connect', message: 'none of the mail servers has an address' };
    for (const host of hosts.slice(0, HOSTS_TRIED)) {
      const addresses = (await beforeDeadline(domains.addressesOf(host), deadline)) ?? [];
      const allowed = addresses.filter(this.#options.mayConnect);
      if (addresses.length > 0 && allowed.length === 0) {
        last = { kind: 'open', code: 'private_address', message: 'the mail server is not in the public internet' };
      }
      if (performance.now() >= deadline) return openAfter(new DialogueError('timeout', 'no time is left'));
      for (const address of allowed.slice(0, ADDRESSES_TRIED)) {
        try {
          return await this.#askAt({ address, host, deadline }, read, provider);
        } catch (error) {
          if (error instanceof Ended) last = error.finding;
          else if (error instanceof DialogueError) last = openAfter(error);
          else throw error;
        }
      }
    }
    return last;
  }

  /** @throws Ended or DialogueError when another server may know better */
  async #askAt(
    at: { address: string; host: string; deadline: number },
    read: ReadAddress,
    provider: SmtpVerifierProvider,
  ): Promise<Finding> {
    let talk: Conversation;
    try {
      talk = await this.#open(at, read, provider, true);
    } catch (error) {
      if (!(error instanceof DialogueError) || error.failure !== 'tls_failed') throw error;
      // Encryption that does not come about is no reason not to ask: the mail itself would go without it as well.
      talk = await this.#open(at, read, provider, false);
    }
    const { dialogue } = talk;
    try {
      if (talk.needsUtf8 && !talk.hasUtf8) return judged('undeliverable', 'no_smtputf8');
      const refused = judgeRcpt(await dialogue.command(`RCPT TO:<${read.address}>`), this.#options.greylistWaitMs);
      if (refused !== undefined) return refused;
      let open: Finding | undefined;
      const asked = this.#habits.get(read.domain, async () => {
        const probed = await this.#probe(talk, read.domain, provider);
        open = probed.open;
        return probed.habit;
      });
      // Who began later may be the one that asks, and has more time than we.
      const habit = await beforeDeadline(asked, at.deadline);
      if (habit === undefined) return openAfter(new DialogueError('timeout', 'no answer within the time-out'));
      if (habit === 'takes_all') return judged('risky', 'catch_all');
      if (habit === 'knows_its_own') return judged('deliverable', 'accepted_email');
      return open ?? { kind: 'open', code: 'deferred', message: 'whether the server takes every address is not clear' };
    } catch (error) {
      if (error instanceof DialogueError) return openAfter(error);
      throw error;
    } finally {
      dialogue.leave();
    }
  }

  /** Up to the reply to MAIL. @throws Ended or DialogueError */
  async #open(
    { address, host, deadline }: { address: string; host: string; deadline: number },
    read: ReadAddress,
    provider: SmtpVerifierProvider,
    mayEncrypt: boolean,
  ): Promise<Conversation> {
    const { stepTimeoutMs, encrypt } = this.#options;
    const dialogue = new Dialogue({ address, port: provider.port, stepTimeoutMs, deadline });
    const needsUtf8 = !isAscii(read.address);
    try {
      expectOk(await dialogue.greeting());
      let hello = await dialogue.command(`EHLO ${provider.heloName}`);
      const canEncrypt = mayEncrypt && offers(hello, 'STARTTLS');
      if (canEncrypt && encrypt === 'offered') hello = await this.#encrypt(dialogue, host, provider);
      // RFC 821's servers know no EHLO.
      if (hello.status >= 500 && hello.status <= 504) hello = await dialogue.command(`HELO ${provider.heloName}`);
      expectOk(hello);
      let talk = { dialogue, needsUtf8, hasUtf8: offers(hello, 'SMTPUTF8') };
      if (needsUtf8 && !talk.hasUtf8) return talk;
      let begun = await dialogue.command(mailFrom(provider, talk));
      if (begun.status === NEEDS_TLS && canEncrypt && encrypt === 'demanded') {
        hello = await this.#encrypt(dialogue, host, provider);
        talk = { ...talk, hasUtf8: offers(hello, 'SMTPUTF8') };
        begun = await dialogue.command(mailFrom(provider, talk));
      }
      expectOk(begun);
      return talk;
    } catch (error) {
      dialogue.leave();
      throw error;
    }
  }

  /** Encrypts what follows, if the server still wants to. @returns the reply to the EHLO that counts from then on */
  async #encrypt(dialogue: Dialogue, host: string, { heloName }: SmtpVerifierProvider): Promise<Reply> {
    if ((await dialogue.command('STARTTLS')).status === 220) {
      await dialogue.encrypt(isIP(host) === 0 ? { servername: host } : {});
    }
    return await dialogue.command(`EHLO ${heloName}`);
  }

  /** Asks for a mailbox that cannot exist. Never rejects. */
  async #probe(
    talk: Conversation,
    domain: string,
    provider: SmtpVerifierProvider,
  ): Promise<{ habit: Habit; open?: Finding }> {
    const { dialogue } = talk;
    try {
      // A transaction of its own: some servers take one recipient each.
      expectOk(await dialogue.command('RSET'));
      expectOk(await dialogue.command(mailFrom(provider, { ...talk, needsUtf8: false })));
      const reply = await dialogue.command(`RCPT TO:<${this.#nobodyAt(domain)}>`);
      if (reply.status < 300) return { habit: 'takes_all' };
      // Refused for whatever reason, a moment after the other one was taken: this server tells them apart.
      if (reply.status >= 500) return { habit: 'knows_its_own' };
      const open = judgeRcpt(reply, this.#options.greylistWaitMs);
      return { habit: 'unclear', ...(open?.kind === 'open' && { open }) };
    } catch (error) {
      if (error instanceof Ended) return { habit: 'unclear', open: error.finding };
      if (error instanceof DialogueError) return { habit: 'unclear', open: openAfter(error) };
      throw error;
    }
  }

  /**
   * Always the same for a domain: a server that greylists must meet it a second time. The name says to whoever reads the
   * server's log what it is.
   */
  #nobodyAt(domain: string): string {
    const tag = createHash('sha256')
      .update(JSON.stringify([this.#options.probeKey, domain]))
      .digest('hex');
    return `nobody-probe-${tag.slice(0, 16)}@${domain}`;
  }
}

interface Conversation {
  readonly dialogue: Dialogue;
  readonly needsUtf8: boolean;
  readonly hasUtf8: boolean;
}

/** Undefined when it did not come in time. */
function beforeDeadline<Value>(asked: Promise<Value>, deadline: number): Promise<Value | undefined> {
  return within(asked, deadline - performance.now(), undefined);
}

function mailFrom({ mailFrom: from }: SmtpVerifierProvider, { needsUtf8 }: { needsUtf8: boolean }): string {
  return `MAIL FROM:<${from}>${needsUtf8 ? ' SMTPUTF8' : ''}`;
}

function expectOk(reply: Reply): void {
  if (reply.status < 200 || reply.status >= 300) throw new Ended(refusedBefore(reply));
}

function offers({ status, text }: Reply, extension: string): boolean {
  return (
    status < 300 && text.split('\n').some((line) => line.slice(4).trim().toUpperCase().split(' ')[0] === extension)
  );
}

function openAfter({ failure, message }: DialogueError): Finding {
  return { kind: 'open', code: failure, message };
}

function isAscii(text: string): boolean {
  return Buffer.byteLength(text) === text.length;
}

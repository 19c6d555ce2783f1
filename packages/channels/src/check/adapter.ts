/**
 * The checking of e-mail addresses as a channel. The way of a check: what the address alone tells, what DNS tells of its
 * domain, and only then whoever must be asked: the mail server itself, or a paid service. What is certain before that costs
 * nothing and asks nobody.
 */
import type { OutgoingMessage, SendOutcome, VerifierProvider } from '@carillon/contracts';
import { LRUCache } from 'lru-cache';
import type { Channel, LookupResult } from '../channel.ts';
import { createGuardedConnector, isPublicAddress } from '../webhook/guard.ts';
import { Domains } from './domains.ts';
import { judged, outcomeOf } from './finding.ts';
import { HttpVerifier, invalidProvider } from './http/verifier.ts';
import { judgeByRules, type ReadAddress } from './rules.ts';
import { settingsProblem, splitResolver } from './settings.ts';
import { SmtpVerifier } from './smtp/verifier.ts';

export interface CheckChannelOptions {
  /** Most checks at once: with one paid service (scheme, host, port), and with all mail servers together. */
  readonly connections: number;
  /** From `send` to its outcome, ms. A paid check that was begun and has no answer by then is `unknown`. */
  readonly timeoutMs: number;
  /** To connect, TLS included, ms. */
  readonly connectTimeoutMs: number;
  /** Mail servers, paid services and resolvers in private networks too; only for tests, demonstrations and closed networks. */
  readonly allowPrivate: boolean;
  /** For what DNS says of one domain, ms. Default 5,000; never more than a third of `timeoutMs`. */
  readonly dnsTimeoutMs?: number;
  /** For one command to a mail server and its reply, ms. Default 10,000. */
  readonly stepTimeoutMs?: number;
  /** How long a greylisted address waits at least, ms. Default 300,000; 0 leaves it to the policy. */
  readonly greylistWaitMs?: number;
  /** Most conversations at once with the mail server of one domain; servers shut out who calls too often. Default 20. */
  readonly perHost?: number;
  /**
   * Whether conversations with mail servers are encrypted wherever that is offered, or only where a server demands it (default).
   * A check says one address and nothing else; encryption hides it from who listens on the way, and costs some 40 kB and two
   * round trips a check.
   */
  readonly encrypt?: 'offered' | 'demanded';
  /** Keeps the mailbox that is asked for to see whether a server takes all apart from other installations'. Default empty. */
  readonly probeKey?: string;
  /** How long an unused connection to a paid service is kept, ms. Default 4,000. */
  readonly keepAliveMs?: number;
  /** Most domains whose DNS, and whose servers' habits, are remembered. Default 20,000. */
  readonly maxDomains?: number;
  /** Monotonic, ms; ages what is remembered. Default `performance.now`. */
  readonly nowMs?: () => number;
  /** Default `Math.random`; chooses among mail servers of equal preference. */
  readonly random?: () => number;
  /** Told after each request to a paid service was written; a place for tests to break in. */
  readonly onWritten?: () => void;
  /** Which addresses may be connected to. Default: public ones, or all with `allowPrivate`. */
  readonly mayConnect?: (address: string) => boolean;
}

const CLOSED: SendOutcome = { kind: 'retry', code: 'channel_closed', message: 'the channel is closing' };
const NOT_FREE: SendOutcome = { kind: 'retry', code: 'no_free_connection', message: 'every connection is in use' };
const WRONG_CONTENT: SendOutcome = {
  kind: 'rejected',
  code: 'wrong_content',
  message: 'this is no check of an address',
};
const TOO_LATE: SendOutcome = {
  kind: 'retry',
  code: 'too_late',
  message: 'the time until which the check might start has passed',
};
const BUSY: SendOutcome = {
  kind: 'throttled',
  scope: 'recipient',
  code: 'domain_busy',
  message: "the domain's mail server is spoken with already by as many as it may be",
};

/** Sets of resolvers that are remembered. */
const RESOLVER_SETS = 64;
const DEFAULT_DNS_TIMEOUT_MS = 5_000;
const DEFAULT_STEP_TIMEOUT_MS = 10_000;
/** The window of the checks that speak with mail servers; that of a paid service is named by its origin. */
const MAIL_SERVERS = 'smtp';

class CheckChannel implements Channel<VerifierProvider> {
  readonly name = 'email_check';
  readonly #options: CheckChannelOptions;
  readonly #mayConnect: (address: string) => boolean;
  readonly #nowMs: () => number;
  readonly #dnsTimeoutMs: number;
  readonly #http: HttpVerifier;
  readonly #smtp: SmtpVerifier;
  readonly #domains: LRUCache<string, Domains>;
  /** Checks in the air, by window. */
  readonly #busy = new Map<string, number>();
  #whenIdle: (() => void) | undefined;
  #closed = false;

  constructor(options: CheckChannelOptions) {
    this.#options = options;
    this.#mayConnect = options.mayConnect ?? (options.allowPrivate ? () => true : isPublicAddress);
    this.#nowMs = options.nowMs ?? (() => performance.now());
    const { timeoutMs, connectTimeoutMs, dnsTimeoutMs = DEFAULT_DNS_TIMEOUT_MS } = options;
    this.#dnsTimeoutMs = Math.min(dnsTimeoutMs, Math.floor(timeoutMs / 3));
    this.#domains = new LRUCache({ max: RESOLVER_SETS, dispose: (domains) => domains.close() });
    this.#http = new HttpVerifier({
      connections: options.connections,
      // DNS comes first; together they keep to the time-out.
      timeoutMs: timeoutMs - this.#dnsTimeoutMs,
      connectTimeoutMs: Math.min(connectTimeoutMs, timeoutMs - this.#dnsTimeoutMs),
      keepAliveMs: options.keepAliveMs ?? 4_000,
      lookupTimeoutMs: Math.min(timeoutMs, 30_000),
      connector: createGuardedConnector({ timeoutMs: connectTimeoutMs, mayConnect: this.#mayConnect }),
      nowMs: Date.now,
      onWritten: options.onWritten,
    });
    this.#smtp = new SmtpVerifier({
      stepTimeoutMs: options.stepTimeoutMs ?? DEFAULT_STEP_TIMEOUT_MS,
      greylistWaitMs: options.greylistWaitMs ?? 300_000,
      perHost: options.perHost ?? 20,
      encrypt: options.encrypt ?? 'demanded',
      probeKey: options.probeKey ?? '',
      mayConnect: this.#mayConnect,
      maxDomains: options.maxDomains ?? 20_000,
      nowMs: this.#nowMs,
    });
  }

  free(provider: VerifierProvider): number {
    if (this.#closed) return 0;
    return this.#options.connections - (this.#busy.get(this.#windowOf(provider)) ?? 0);
  }

  async send(
    message: OutgoingMessage,
    provider: VerifierProvider,
    startBefore = Number.POSITIVE_INFINITY,
  ): Promise<SendOutcome> {
    if (this.#closed) return CLOSED;
    if (message.content.type !== 'check') return WRONG_CONTENT;
    const window = this.#windowOf(provider);
    const busy = this.#busy.get(window) ?? 0;
    if (busy >= this.#options.connections) return NOT_FREE;
    this.#busy.set(window, busy + 1);
    try {
      return await this.#check(message, provider, startBefore);
    } finally {
      this.#giveBack(window);
    }
  }

  async lookup(reference: string, provider: VerifierProvider): Promise<LookupResult> {
    if (this.#closed) return { kind: 'unavailable', message: 'the channel is closing' };
    // Mail servers keep nothing of us, and nothing was charged or done there.
    return provider.verifier === 'smtp' ? { kind: 'absent' } : await this.#http.lookup(reference, provider);
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#busy.size > 0) {
      await new Promise<void>((resolve) => {
        this.#whenIdle = resolve;
      });
    }
    this.#domains.clear();
    await this.#http.close();
  }

  async #check(message: OutgoingMessage, provider: VerifierProvider, startBefore: number): Promise<SendOutcome> {
    const deadline = performance.now() + this.#options.timeoutMs;
    const problem = settingsProblem(provider, this.#mayConnect);
    if (problem !== undefined) return invalidProvider(new Error(problem));
    const judgement = judgeByRules(message.address);
    if ('finding' in judgement) return outcomeOf(judgement.finding, 'rules', message.reference);
    const { read } = judgement;
    return provider.verifier === 'http'
      ? await this.#askService(read, message, provider, startBefore)
      : await this.#askServer(read, message, provider, { startBefore, deadline });
  }

  async #askService(
    read: ReadAddress,
    message: OutgoingMessage,
    provider: VerifierProvider & { verifier: 'http' },
    startBefore: number,
  ): Promise<SendOutcome> {
    if (provider.skipDns !== true) {
      const domain = await this.#domainsOf(provider).find(read.domain);
      // DNS that does not answer is no reason to wait: the service asks it by itself.
      if (domain.kind === 'no_mail') {
        return outcomeOf(judged('undeliverable', domain.reason), 'rules', message.reference);
      }
    }
    return await this.#http.check(read.address, message, provider, startBefore);
  }

  async #askServer(
    read: ReadAddress,
    { reference }: OutgoingMessage,
    provider: VerifierProvider & { verifier: 'smtp' },
    { startBefore, deadline }: { startBefore: number; deadline: number },
  ): Promise<SendOutcome> {
    const domains = this.#domainsOf(provider);
    const domain = await domains.find(read.domain);
    if (domain.kind === 'no_mail') return outcomeOf(judged('undeliverable', domain.reason), 'rules', reference);
    if (domain.kind === 'unanswered') {
      return outcomeOf({ kind: 'open', code: 'dns_failed', message: domain.message }, 'rules', reference);
    }
    if (performance.now() >= startBefore) return TOO_LATE;
    const finding = await this.#smtp.check(read, provider, { hosts: domain.hosts, domains, deadline });
    return finding === undefined ? BUSY : outcomeOf(finding, 'smtp', reference);
  }

  #domainsOf({ resolvers = [] }: VerifierProvider): Domains {
    const name = resolvers.join(' ');
    let domains = this.#domains.get(name);
    if (domains === undefined) {
      domains = new Domains({
        resolvers: resolvers.map((text) => splitResolver(text)?.server ?? text),
        timeoutMs: this.#dnsTimeoutMs,
        max: this.#options.maxDomains ?? 20_000,
        random: this.#options.random ?? Math.random,
        nowMs: this.#nowMs,
      });
      this.#domains.set(name, domains);
    }
    return domains;
  }

  #windowOf(provider: VerifierProvider): string {
    if (provider.verifier === 'smtp') return MAIL_SERVERS;
    const origin = this.#http.originOf(provider);
    return origin instanceof Error ? '' : origin;
  }

  #giveBack(window: string): void {
    const left = (this.#busy.get(window) ?? 1) - 1;
    if (left > 0) {
      this.#busy.set(window, left);
      return;
    }
    this.#busy.delete(window);
    if (this.#busy.size === 0) this.#whenIdle?.();
  }
}

/** A channel that checks addresses by the verifier that its provider account names. */
export function createCheckChannel(options: CheckChannelOptions): Channel<VerifierProvider> {
  return new CheckChannel(options);
}

/**
 * Which servers take the mail of a domain, by DNS (RFC 5321, section 5.1; null MX: RFC 7505). Answers are kept for a while:
 * a list of a million people has a few thousand domains. An answer that did not come says nothing about the domain and is
 * forgotten soon.
 */
import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import { NameCache } from './cache.ts';
import { within } from './within.ts';

/** What DNS says of a domain's mail. */
export type Domain =
  /** Names of its servers, the preferred one first. */
  | { readonly kind: 'mail'; readonly hosts: readonly string[] }
  /** It takes no mail: it does not exist, has no server, or says that it wants none. */
  | { readonly kind: 'no_mail'; readonly reason: 'no_domain' | 'no_mx' | 'null_mx' }
  | { readonly kind: 'unanswered'; readonly message: string };

export interface DomainsOptions {
  /** `address` or `address:port`; the system's when it is empty. */
  readonly resolvers: readonly string[];
  /** For one name, all questions about it together, ms. */
  readonly timeoutMs: number;
  /** Most names that are remembered. */
  readonly max: number;
  readonly random: () => number;
  /** Monotonic, ms. */
  readonly nowMs: () => number;
}

/** How long an answer is believed, ms. DNS's own times are not handed to us; these are shorter than what is usual there. */
const FOUND_TTL_MS = 30 * 60_000;
const NOT_FOUND_TTL_MS = 10 * 60_000;
const UNANSWERED_TTL_MS = 5_000;
const TRIES = 2;

/** The codes by which node:dns says that the answer is: nothing. */
const NO_NAME = 'ENOTFOUND';
const NO_DATA = 'ENODATA';

interface Addresses {
  readonly addresses: readonly string[];
  readonly answered: boolean;
}

export class Domains {
  readonly #options: DomainsOptions;
  readonly #resolver: Resolver;
  readonly #domains: NameCache<Domain>;
  readonly #hosts: NameCache<Addresses>;

  /** @throws when a resolver is no address */
  constructor(options: DomainsOptions) {
    this.#options = options;
    const { timeoutMs, resolvers, max, nowMs } = options;
    this.#resolver = new Resolver({ timeout: Math.max(1, Math.floor(timeoutMs / TRIES)), tries: TRIES });
    if (resolvers.length > 0) this.#resolver.setServers([...resolvers]);
    this.#domains = new NameCache({ max, nowMs, ttlMs: ttlOf });
    this.#hosts = new NameCache({
      max,
      nowMs,
      ttlMs: ({ addresses, answered }) =>
        !answered ? UNANSWERED_TTL_MS : addresses.length > 0 ? FOUND_TTL_MS : NOT_FOUND_TTL_MS,
    });
  }

  /** Names that are remembered. */
  get size(): number {
    return this.#domains.size + this.#hosts.size;
  }

  /** Never rejects. @param domain ASCII, lower case */
  find(domain: string): Promise<Domain> {
    // The resolver's own time-outs are per question and server.
    const { timeoutMs } = this.#options;
    return this.#domains.get(domain, () =>
      within(this.#ask(domain), timeoutMs, unanswered('no answer within the time-out')),
    );
  }

  /** The addresses of a mail server, IPv4 before IPv6; empty when it has none or DNS does not answer. Never rejects. */
  async addressesOf(host: string): Promise<readonly string[]> {
    if (isIP(host) !== 0) return [host];
    const none = { addresses: [], answered: false };
    return (await this.#hosts.get(host, () => within(this.#askAddresses(host), this.#options.timeoutMs, none)))
      .addresses;
  }

  /** Ends the questions in the air. */
  close(): void {
    this.#resolver.cancel();
  }

  async #ask(domain: string): Promise<Domain> {
    try {
      const found = await this.#resolver.resolveMx(domain);
      const named = found.filter(({ exchange }) => exchange !== '' && exchange !== '.');
      if (named.length > 0) return { kind: 'mail', hosts: this.#inOrder(named) };
      if (found.length > 0) return { kind: 'no_mail', reason: 'null_mx' };
    } catch (error) {
      const code = codeOf(error);
      if (code === NO_NAME) return { kind: 'no_mail', reason: 'no_domain' };
      if (code !== NO_DATA) return unanswered(`DNS answered ${code}`);
    }
    // Without MX the domain itself is its server, if it has an address.
    const { addresses, answered } = await this.#askAddresses(domain);
    if (addresses.length > 0) return { kind: 'mail', hosts: [domain] };
    return answered ? { kind: 'no_mail', reason: 'no_mx' } : unanswered('DNS did not say whether there is an address');
  }

  async #askAddresses(host: string): Promise<Addresses> {
    let answered = true;
    for (const ask of [() => this.#resolver.resolve4(host), () => this.#resolver.resolve6(host)]) {
      try {
        const addresses = await ask();
        if (addresses.length > 0) return { addresses, answered: true };
      } catch (error) {
        const code = codeOf(error);
        if (code !== NO_NAME && code !== NO_DATA) answered = false;
      }
    }
    return { addresses: [], answered };
  }

  /** By preference; those of equal preference in any order (RFC 5321), so that none of them gets all of our calls. */
  #inOrder(found: readonly { exchange: string; priority: number }[]): string[] {
    return found
      .map(({ exchange, priority }) => ({ host: exchange.toLowerCase(), priority, chance: this.#options.random() }))
      .sort((one, other) => one.priority - other.priority || one.chance - other.chance)
      .map(({ host }) => host);
  }
}

function ttlOf({ kind }: Domain): number {
  if (kind === 'unanswered') return UNANSWERED_TTL_MS;
  return kind === 'mail' ? FOUND_TTL_MS : NOT_FOUND_TTL_MS;
}

function unanswered(message: string): Domain {
  return { kind: 'unanswered', message };
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'an error';
}

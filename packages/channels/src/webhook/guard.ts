/**
 * Keeps webhooks out of private networks. A webhook's address is chosen by a stranger and called from inside, so without
 * this an endpoint `https://169.254.169.254/` would have us read out our own machine's credentials service.
 *
 * Two checks, because either alone is not enough. At creation the URL itself: scheme, user info, addresses in any notation,
 * names that are local by definition. At each connection the addresses that its name stands for at that moment: the name is
 * resolved once, every address is checked, and the socket is connected to what was checked, so that a name which answers
 * differently a moment later gains nothing. No request is written before the socket's own remote address was checked as well.
 *
 * Addresses are allowed by what they are (global unicast), not refused by a list of what they must not be: what a
 * future standard reserves is then refused from the start.
 */
import { lookup as dnsLookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { buildConnector } from 'undici';
import { NotAllowed } from '../http/notAllowed.ts';

/** What an installation allows beyond the rule; both only for tests, demonstrations and closed networks. */
export interface TargetRules {
  /** Private addresses and local names too. */
  readonly allowPrivate: boolean;
  /** `http:` too. */
  readonly allowHttp: boolean;
}

/**
 * Why a URL is refused: it is none, is not `https:`, carries a user or password, or names a private network by address
 * or by name.
 */
export type TargetProblem = 'not_a_url' | 'not_https' | 'user_info' | 'private_address' | 'private_name';

/** A URL that may be called, read and spelt out, or why not. */
export type TargetResult =
  | { readonly ok: true; readonly url: URL }
  | { readonly ok: false; readonly problem: TargetProblem };

/** The global unicast addresses of IPv6; what lies outside is special or not given out. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Whether an address is one of the public internet. Forms that carry an IPv4 address within an IPv6 one (mapped, NAT64, 6to4,
 * Teredo) are not, whatever they carry: where they lead depends on who translates them.
 *
 * @param address as `node:net` writes it; anything that is no address is not public
 */
export function isPublicAddress(address: string): boolean {
  // ipaddr.js reads more notations than the system does, and what two readers read differently is not to be trusted.
  if (isIP(address) === 0) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed.kind() === 'ipv4' || (parsed as ipaddr.IPv6).match(GLOBAL_UNICAST);
}

/** Top-level names that never leave a machine or its network. */
const LOCAL_NAME = /(?:^|\.)(?:localhost|local|internal|intranet|lan|home|corp|home\.arpa)$/;

/** Checks a URL before it is stored, and again whenever a notice is about to be sent to it. */
export function checkTargetUrl(url: string, rules: TargetRules): TargetResult {
  if (!URL.canParse(url)) return { ok: false, problem: 'not_a_url' };
  // The URL parser brings every notation of an IPv4 address (octal, hexadecimal, one number, short, other digits) into the
  // one with four decimal numbers, as it would before connecting.
  const parsed = new URL(url);
  if (parsed.protocol !== 'https:' && !(parsed.protocol === 'http:' && rules.allowHttp)) {
    return { ok: false, problem: 'not_https' };
  }
  if (parsed.username !== '' || parsed.password !== '') return { ok: false, problem: 'user_info' };
  if (rules.allowPrivate) return { ok: true, url: parsed };
  const host = hostOf(parsed);
  if (isIP(host) !== 0) {
    return isPublicAddress(host) ? { ok: true, url: parsed } : { ok: false, problem: 'private_address' };
  }
  // A name without a dot is looked up in the machine's own search domains.
  if (!host.includes('.') || LOCAL_NAME.test(host)) return { ok: false, problem: 'private_name' };
  return { ok: true, url: parsed };
}

/** Without the brackets of an IPv6 address and the dot that may end a name. */
function hostOf(url: URL): string {
  const { hostname } = url;
  return hostname.startsWith('[') ? hostname.slice(1, -1) : hostname.replace(/\.$/, '');
}

/** One address of a name. */
interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

/** Every address of a name. */
export type Resolve = (hostname: string) => Promise<readonly ResolvedAddress[]>;

/** The operating system's own way, which knows `/etc/hosts` too. */
const systemResolve: Resolve = (hostname) => dnsLookup(hostname, { all: true, verbatim: true });

/** What a connector is made of. */
export interface GuardedConnectorOptions {
  /** To resolve the name, connect, and shake hands, ms. */
  readonly timeoutMs: number;
  /** Default the operating system's way. */
  readonly resolve?: Resolve;
  /** Which addresses may be connected to. Default {@link isPublicAddress}. */
  readonly mayConnect?: (address: string) => boolean;
}

/** Does not say which address: that would tell a stranger how our network resolves its names. */
function privateAddress(): NotAllowed {
  return new NotAllowed('private_address', 'the target is not in the public internet');
}

/**
 * A connector for undici that connects to public addresses only. Otherwise the call ends, before anything was written, with
 * `retry` and code `private_address`.
 */
export function createGuardedConnector(options: GuardedConnectorOptions): buildConnector.connector {
  const mayConnect = options.mayConnect ?? isPublicAddress;
  const connect = buildConnector({
    timeout: options.timeoutMs,
    lookup: guardedLookup(options.resolve ?? systemResolve, mayConnect),
  });
  return (target, callback) => {
    // Node looks names up, and takes addresses as they are.
    if (isIP(target.hostname) !== 0 && !mayConnect(target.hostname)) {
      callback(privateAddress(), null);
      return;
    }
    connect(target, (...[error, socket]) => {
      if (error !== null) {
        callback(error, null);
      } else if (socket.remoteAddress === undefined || !mayConnect(socket.remoteAddress)) {
        socket.destroy();
        callback(privateAddress(), null);
      } else {
        callback(null, socket);
      }
    });
  };
}

/**
 * Resolves once and hands on what it checked, for `net.connect`. One private address among several refuses them all: nobody
 * honest mixes them, and which one is connected to is not for chance to say.
 */
function guardedLookup(resolve: Resolve, mayConnect: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    const wanted = options.family === 'IPv4' ? 4 : options.family === 'IPv6' ? 6 : (options.family ?? 0);
    resolve(hostname).then(
      (found) => {
        if (!found.every(({ address }) => mayConnect(address))) {
          callback(privateAddress(), '');
          return;
        }
        const usable = found.filter(({ family }) => wanted === 0 || family === wanted);
        const first = usable[0];
        if (first === undefined) callback(new Error(`${hostname} has no address`), '');
        else if (options.all === true) callback(null, [...usable]);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), ''),
    );
  };
}

/**
 * Logins and the tokens that guard against cross-site requests, both as HMACs under one key, so that there is nothing to
 * store. Written by hand, because cookie-session signs with SHA-1 by default and leaves expiry to the browser: a copied
 * cookie would be good for ever. The key depends on user and password too: changing either ends every login.
 *
 * Logging out is remembered in this process only. A restart forgets it, so a cookie copied before its logout would be good
 * again until it expires.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** Who may press something, and who may only look. */
export type Role = 'operator' | 'reader';

/** A login that stands. */
export interface Session {
  readonly id: string;
  readonly role: Role;
  readonly user: string;
  readonly expiresAtMs: number;
}

/** Opens, reads and ends logins. */
export interface Sessions {
  /** Begins what {@link keyTag} names; unlike for every installation, since cookies know no ports. */
  readonly cookieName: string;
  /** Whose these are; takes as long for a wrong user as for a wrong password. */
  roleOf(user: string, password: string): Role | undefined;
  open(role: Role): { readonly cookie: string; readonly session: Session };
  /** The session of a cookie; `undefined` when it is forged, expired or logged out. */
  read(cookie: string | undefined): Session | undefined;
  close(session: Session): void;
  /** The token that a form or a request of this session (or of this login form) must carry. */
  tokenFor(id: string): string;
  isTokenFor(id: string, token: unknown): boolean;
  /** An id that nobody guesses. */
  newId(): string;
}

/** What one role logs in with. */
interface Credentials {
  readonly user: string;
  readonly password: string;
}

export interface SessionsOptions {
  /** 32 bytes, as of `deriveKey(secret, 'dashboard')`. */
  readonly key: Uint8Array;
  readonly operator: Credentials;
  /** Without them nobody only reads. */
  readonly reader?: Credentials | undefined;
  readonly lifetimeMs: number;
  readonly now: () => number;
  readonly randomBytes: (count: number) => Buffer;
}

/** Sessions under a key; two processes with the same options read each other's. */
export function createSessions(options: SessionsOptions): Sessions {
  const secretOf = ({ user, password }: Credentials) => digest(options.key, 'credentials', `${user}\0${password}`);
  const logins = (
    [
      ['operator', options.operator],
      ['reader', options.reader],
    ] as const
  ).flatMap(([role, credentials]) =>
    credentials === undefined ? [] : [{ role, user: credentials.user, secret: secretOf(credentials) }],
  );
  const operator = secretOf(options.operator);
  const keyTag = digest(options.key, 'installation', '').toString('hex').slice(0, 8);
  const loggedOut = new Map<string, number>();
  const sign = (secret: Buffer, payload: string) => digest(secret, 'session', payload).toString('base64url');
  const tokenFor = (id: string) => digest(operator, 'token', id).toString('base64url');
  const newId = () => options.randomBytes(18).toString('base64url');

  return {
    cookieName: `carillon_${keyTag}`,
    roleOf(user, password) {
      const given = secretOf({ user, password });
      // All are compared, so that the time does not tell which one fits.
      return logins.filter(({ secret }) => timingSafeEqual(secret, given))[0]?.role;
    },
    open(role) {
      const login = logins.find((each) => each.role === role);
      if (login === undefined) throw new TypeError(`nobody logs in as ${role} here`);
      const session = { id: newId(), role, user: login.user, expiresAtMs: options.now() + options.lifetimeMs };
      const payload = `${session.id}.${session.expiresAtMs}`;
      return { cookie: `${payload}.${sign(login.secret, payload)}`, session };
    },
    read(cookie) {
      const match = /^([\w-]{24})\.(\d{1,16})\.([\w-]{43})$/.exec(cookie ?? '');
      const [, id, expires, signature] = match ?? [];
      if (id === undefined || expires === undefined || signature === undefined) return undefined;
      const login = logins.find(({ secret }) => isSame(signature, sign(secret, `${id}.${expires}`)));
      if (login === undefined) return undefined;
      const session = { id, role: login.role, user: login.user, expiresAtMs: Number(expires) };
      return session.expiresAtMs > options.now() && !loggedOut.has(id) ? session : undefined;
    },
    close(session) {
      for (const [id, expiresAtMs] of loggedOut) if (expiresAtMs <= options.now()) loggedOut.delete(id);
      loggedOut.set(session.id, session.expiresAtMs);
    },
    tokenFor,
    isTokenFor: (id, token) => typeof token === 'string' && isSame(token, tokenFor(id)),
    newId,
  };
}

function digest(key: Uint8Array, purpose: string, text: string): Buffer {
  return createHmac('sha256', key).update(`${purpose}\0${text}`).digest();
}

/** Compares in a time that depends on the lengths only. */
function isSame(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.byteLength === right.byteLength && timingSafeEqual(left, right);
}

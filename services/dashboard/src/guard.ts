/**
 * Who may do what: a request that changes something must come from our own pages, and everything but the login page wants
 * a login. Two independent checks keep other sites out: where the browser says that the request comes from, and a token
 * that only our pages can read. Bull Board's pages send the token by themselves, since their HTTP client (axios) copies
 * the cookie XSRF-TOKEN into the header X-XSRF-TOKEN.
 */
import type { Request, RequestHandler } from 'express';
import type { Session, Sessions } from './session.ts';

/** Read by scripts, unlike the session's, which they never see. axios looks for this name. */
export const TOKEN_COOKIE = 'XSRF-TOKEN';
const TOKEN_HEADER = 'X-XSRF-TOKEN';

/** How cookies are set here. */
export interface CookieOptions {
  readonly httpOnly: boolean;
  readonly sameSite: 'strict';
  readonly secure: boolean;
  readonly path: '/';
}

/** Attributes of a cookie that only the server reads, or that our pages' scripts read as well. */
export function cookieOptions(secure: boolean, readable = false): CookieOptions {
  return { httpOnly: !readable, sameSite: 'strict', secure, path: '/' };
}

/** The value of a cookie of the request; the first, if there are several of the name. */
export function readCookie(request: Request, name: string): string | undefined {
  for (const part of (request.get('Cookie') ?? '').split(';')) {
    const [key, value] = part.trim().split('=', 2);
    if (key === name && value !== undefined) return value;
  }
  return undefined;
}

/** Whether the method only reads. Everything else, known or not, counts as a change. */
function isRead(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}

/**
 * Whether the browser says that the request comes from a page of this very host and port. A request that says nothing is
 * refused: every browser of today sends at least one of the two headers with a change.
 */
function isSameOrigin(request: Request): boolean {
  const site = request.get('Sec-Fetch-Site');
  const origin = request.get('Origin');
  if (site === undefined && origin === undefined) return false;
  if (site !== undefined && site !== 'same-origin') return false;
  return origin === undefined || hostOf(origin) === request.get('Host')?.toLowerCase();
}

function hostOf(origin: string): string | undefined {
  try {
    return new URL(origin).host;
  } catch {
    return undefined;
  }
}

/** Refuses every change from elsewhere, before anything else is looked at. */
export function refuseCrossSite(): RequestHandler {
  return (request, response, next) => {
    if (isRead(request.method) || isSameOrigin(request)) return next();
    response.status(403).type('text/plain').send('This request does not come from a page of the dashboard.\n');
  };
}

/**
 * Lets only a login pass, and of its changes only those with its token. A page asked for without one leads to the login;
 * anything else is answered with 401.
 */
export function requireLogin(sessions: Sessions, secureCookie: boolean): RequestHandler {
  return (request, response, next) => {
    const session = sessions.read(readCookie(request, sessions.cookieName));
    if (session === undefined) {
      if (isRead(request.method) && request.accepts(['json', 'html']) === 'html')
        return response.redirect(303, `/login?to=${encodeURIComponent(request.originalUrl)}`);
      return void response.status(401).type('text/plain').send('Log in first, at /login.\n');
    }
    if (!isRead(request.method) && !carriesToken(request, sessions, session.id))
      return void response
        .status(403)
        .type('text/plain')
        .send('The token is missing; reload the page and try again.\n');
    const token = sessions.tokenFor(session.id);
    // Another application on this host may have overwritten it, since cookies know no ports.
    if (readCookie(request, TOKEN_COOKIE) !== token)
      response.cookie(TOKEN_COOKIE, token, cookieOptions(secureCookie, true));
    response.locals.session = session;
    next();
  };
}

/** Lets readers look at everything and change nothing; their own logout is nobody's business but theirs. */
export function requireOperator(): RequestHandler {
  return (request, response, next) => {
    if (isRead(request.method) || request.path === '/logout' || sessionOf(response.locals).role === 'operator')
      return next();
    response.status(403).type('text/plain').send('This login may look, and change nothing.\n');
  };
}

/** The session that {@link requireLogin} let pass. */
export function sessionOf(locals: Record<string, unknown>): Session {
  const session = locals.session as Session | undefined;
  if (session === undefined) throw new TypeError('this route is not behind the login');
  return session;
}

/** Whether the header, or the field `token` of a form, is the token of this id. */
export function carriesToken(request: Request, sessions: Sessions, id: string): boolean {
  const body = request.body as { token?: unknown } | undefined;
  return sessions.isTokenFor(id, request.get(TOKEN_HEADER) ?? body?.token);
}

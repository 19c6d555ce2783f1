/** Logging in and out. The form carries a token of its own, so that nobody can log a browser in as somebody else. */
import type { Logger } from '@carillon/runtime';
import express, { type RequestHandler, Router } from 'express';
import type { RateLimiterAbstract } from 'rate-limiter-flexible';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { carriesToken, cookieOptions, readCookie, sessionOf, TOKEN_COOKIE } from './guard.ts';
import { html, page } from './html.ts';
import type { Sessions } from './session.ts';

const FORM_LIMIT_BYTES = 4_096;

export interface LoginOptions {
  readonly sessions: Sessions;
  readonly secureCookie: boolean;
  /** Tries of one address within the window. */
  readonly attempts: number;
  readonly windowSeconds: number;
  readonly logger: Logger;
}

/** Reads the small forms of our own pages; anything else is left as it comes. */
export function readForms(): RequestHandler {
  return express.urlencoded({ extended: false, limit: FORM_LIMIT_BYTES, parameterLimit: 10 });
}

/** `/login`, before the guard. */
export function loginRouter(options: LoginOptions): Router {
  const { sessions, secureCookie, logger } = options;
  const limiter = new RateLimiterMemory({ points: options.attempts, duration: options.windowSeconds });
  const formCookie = `${sessions.cookieName}_form`;
  const router = Router();

  const showForm = (to: string, problem = ''): { id: string; markup: string } => {
    const id = sessions.newId();
    const body = html`<main class="login"><h1>Carillon</h1>
<p class="quiet">Log in to see how sending goes.</p>
<form method="post" action="/login">
<input type="hidden" name="token" value="${sessions.tokenFor(id)}"><input type="hidden" name="to" value="${to}">
<label>User<input name="user" autocomplete="username" autocapitalize="none" spellcheck="false" required autofocus></label>
<label>Password<input name="password" type="password" autocomplete="current-password" required></label>
${problem === '' ? html`` : html`<p class="refusal" role="alert">${problem}</p>`}
<button class="primary">Log in</button></form></main>`;
    return { id, markup: page({ title: 'Carillon: log in', body }) };
  };
  const answerForm = (response: express.Response, status: number, to: string, problem?: string): void => {
    const { id, markup } = showForm(to, problem);
    response.cookie(formCookie, id, cookieOptions(secureCookie)).status(status).type('html').send(markup);
  };

  router.get('/login', (request, response) => {
    const to = pathToReturnTo(request.query.to);
    if (sessions.read(readCookie(request, sessions.cookieName)) !== undefined) response.redirect(303, to);
    else answerForm(response, 200, to);
  });

  router.post('/login', async (request, response) => {
    const fields = (request.body ?? {}) as Record<string, unknown>;
    const to = pathToReturnTo(fields.to);
    const formId = readCookie(request, formCookie);
    if (formId === undefined || !carriesToken(request, sessions, formId))
      return answerForm(response, 403, to, 'The form was no longer good. Please try again.');
    const address = addressGroup(request.ip ?? '');
    // Counted before the password is looked at: a hundred guesses at once count as a hundred.
    const waitSeconds = await secondsToWait(limiter, address);
    if (waitSeconds > 0) {
      logger.warn({ ip: address }, 'too many logins were tried');
      response.setHeader('Retry-After', waitSeconds);
      return answerForm(response, 429, to, `Too many tries. Wait ${waitSeconds} seconds.`);
    }
    const { user, password } = fields;
    const role = typeof user === 'string' && typeof password === 'string' ? sessions.roleOf(user, password) : undefined;
    if (role === undefined) {
      logger.warn({ ip: address }, 'a login failed');
      return answerForm(response, 401, to, 'User or password is wrong.');
    }
    await limiter.delete(address);
    const { cookie, session } = sessions.open(role);
    logger.info({ ip: address, role }, 'logged in');
    response
      .clearCookie(formCookie, cookieOptions(secureCookie))
      .cookie(sessions.cookieName, cookie, { ...cookieOptions(secureCookie), expires: new Date(session.expiresAtMs) })
      .cookie(TOKEN_COOKIE, sessions.tokenFor(session.id), cookieOptions(secureCookie, true))
      .redirect(303, to);
  });
  return router;
}

/** `/logout`, behind the guard. */
export function logoutRouter(options: Pick<LoginOptions, 'sessions' | 'secureCookie'>): Router {
  const { sessions, secureCookie } = options;
  return Router().post('/logout', (_request, response) => {
    sessions.close(sessionOf(response.locals));
    response
      .clearCookie(sessions.cookieName, cookieOptions(secureCookie))
      .clearCookie(TOKEN_COOKIE, cookieOptions(secureCookie, true))
      .redirect(303, '/login');
  });
}

/** A path of ours; anything that a browser might take for another host leads home. */
function pathToReturnTo(to: unknown): string {
  return typeof to === 'string' && /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]{0,500}$/.test(to) ? to : '/';
}

/** Whoever has one IPv6 address has its /64 as well. */
function addressGroup(address: string): string {
  if (!address.includes(':') || address.startsWith('::ffff:')) return address;
  const [head = '', tail = ''] = address.split('::', 2);
  const groups = head.split(':').filter((group) => group !== '');
  const rest = tail.split(':').filter((group) => group !== '');
  const missing = Array.from({ length: Math.max(0, 8 - groups.length - rest.length) }, () => '0');
  return `${[...groups, ...missing, ...rest].slice(0, 4).join(':')}::/64`;
}

/** Takes one try; 0 when there was one left. */
async function secondsToWait(limiter: RateLimiterAbstract, address: string): Promise<number> {
  try {
    await limiter.consume(address);
    return 0;
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return Math.max(1, Math.ceil(refusal.msBeforeNext / 1_000));
    throw refusal;
  }
}

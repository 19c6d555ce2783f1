/**
 * The Express app: what every request passes before it reaches a page. The order is the protection: changes from elsewhere
 * are refused first, then comes the login page, then the guard, and everything below it is for the operator only.
 */
import type { Logger } from '@carillon/runtime';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import helmet from 'helmet';
import { type ActionOptions, actionRouter } from './actions.ts';
import { BOARD_PATH, refuseWithoutRedis } from './board.ts';
import { refuseCrossSite, requireLogin, requireOperator, sessionOf } from './guard.ts';
import { type LoginOptions, loginRouter, logoutRouter, readForms } from './login.ts';
import type { Role } from './session.ts';
import { statusRouter } from './status.ts';
import { STYLE_SOURCE } from './style.ts';

/** How long Bull Board may wait for Redis before the browser is told. */
const REDIS_PATIENCE_MS = 10_000;

export interface AppOptions {
  readonly login: LoginOptions;
  readonly status: ActionOptions;
  /** Of `createBoard`, for each role. */
  readonly boards: Readonly<Record<Role, Express>>;
  readonly trustedProxies: number;
  readonly logger: Logger;
}

/** Builds the app; it does not listen. */
export function createApp({ login, status, boards, trustedProxies, logger }: AppOptions): Express {
  const { sessions, secureCookie } = login;
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', trustedProxies);
  app.use(securityHeaders(secureCookie));
  app.use(refuseCrossSite());
  app.use(readForms());
  app.use(loginRouter(login));
  app.use(requireLogin(sessions, secureCookie));
  app.use(requireOperator());
  app.use(logoutRouter(login));
  app.use(statusRouter(status));
  app.use(actionRouter(status));
  app.use(`${BOARD_PATH}/api`, refuseWithoutRedis({ isReady: status.redisIsReady }, REDIS_PATIENCE_MS));
  app.use(BOARD_PATH, (request, response, next) => {
    boards[sessionOf(response.locals).role](request, response, next);
  });
  app.use((_request, response) => {
    response.status(404).type('text/plain').send('There is nothing here.\n');
  });
  // Express tells an error handler by its four parameters.
  app.use((error: unknown, request: Request, response: Response, _next: NextFunction) => {
    const status = statusOf(error);
    if (status >= 500) logger.error({ err: error, method: request.method, path: request.path }, 'a request failed');
    // Whoever gave up on Redis was answered already.
    if (response.headersSent) return;
    response
      .status(status)
      .type('text/plain')
      .send(status >= 500 ? 'This failed; the log says why.\n' : 'Bad request.\n');
  });
  return app;
}

/** Body parsers tell a client's mistakes by an error's `status`. */
function statusOf(error: unknown): number {
  const status = (error as { status?: unknown } | undefined)?.status;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}

/** Our own pages: this stylesheet, our script, forms to ourselves, and nothing else. */
const OWN_POLICY = {
  'default-src': ["'none'"],
  'style-src': [STYLE_SOURCE],
  'script-src': ["'self'"],
  'connect-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'base-uri': ["'none'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
};

/** Bull Board's page carries styles inline, and names a stylesheet of another host; it is complete without. */
const BOARD_POLICY = {
  'default-src': ["'self'"],
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:'],
  'object-src': ["'none'"],
  'base-uri': ["'self'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
};

function securityHeaders(secureCookie: boolean): express.RequestHandler {
  const withPolicy = (directives: Readonly<Record<string, string[]>>) =>
    helmet({
      contentSecurityPolicy: { useDefaults: false, directives },
      // With helmet's own no-referrer, browsers send `Origin: null` with our forms.
      referrerPolicy: { policy: 'same-origin' },
      strictTransportSecurity: secureCookie,
    });
  const own = withPolicy(OWN_POLICY);
  const board = withPolicy(BOARD_POLICY);
  return (request, response, next) => {
    const isBoard = request.path === BOARD_PATH || request.path.startsWith(`${BOARD_PATH}/`);
    // Nothing behind a login belongs into a cache; the board's hashed files may stay.
    if (!request.path.startsWith(`${BOARD_PATH}/static/`)) response.setHeader('Cache-Control', 'no-store');
    (isBoard ? board : own)(request, response, next);
  };
}

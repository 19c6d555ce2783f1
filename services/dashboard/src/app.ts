/**
 * The Express app: what every request passes before it reaches a page. The order is the protection: changes from elsewhere
 * are refused first, then comes the login page, then the guard, and everything below it is for the operator only.
 */
import type { Logger } from '@carillon/runtime';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import helmet from 'helmet';
import { BOARD_PATH, refuseWithoutRedis } from './board.ts';
import { refuseCrossSite, requireLogin } from './guard.ts';
import { type LoginOptions, loginRouter, logoutRouter, readForms } from './login.ts';
import { type StatusOptions, statusRouter } from './status.ts';

/** How long Bull Board may wait for Redis before the browser is told. */
const REDIS_PATIENCE_MS = 10_000;

export interface AppOptions {
  readonly login: LoginOptions;
  readonly status: StatusOptions;
  /** Of `createBoard`. */
  readonly board: Express;
  readonly trustedProxies: number;
  readonly logger: Logger;
}

/** Builds the app; it does not listen. */
export function createApp({ login, status, board, trustedProxies, logger }: AppOptions): Express {
  const { sessions, secureCookie } = login;
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', trustedProxies);
  app.use(securityHeaders(secureCookie));
  app.use(refuseCrossSite());
  app.use(readForms());
  app.use(loginRouter(login));
  app.use(requireLogin(sessions, secureCookie));
  app.use(logoutRouter(login));
  app.use(statusRouter(status));
  app.use(`${BOARD_PATH}/api`, refuseWithoutRedis({ isReady: status.redisIsReady }, REDIS_PATIENCE_MS));
  app.use(BOARD_PATH, board);
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

function securityHeaders(secureCookie: boolean): express.RequestHandler[] {
  return [
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          // Bull Board's page names a stylesheet of another host; it is complete without.
          'default-src': ["'self'"],
          // Its pages and ours carry styles inline; no script does.
          'style-src': ["'self'", "'unsafe-inline'"],
          'img-src': ["'self'", 'data:'],
          'object-src': ["'none'"],
          'base-uri': ["'self'"],
          'form-action': ["'self'"],
          'frame-ancestors': ["'none'"],
        },
      },
      // With helmet's own no-referrer, browsers send `Origin: null` with our forms.
      referrerPolicy: { policy: 'same-origin' },
      strictTransportSecurity: secureCookie,
    }),
    (request, response, next) => {
      // Nothing behind a login belongs into a cache; the board's hashed files may stay.
      if (!request.path.startsWith(`${BOARD_PATH}/static/`)) response.setHeader('Cache-Control', 'no-store');
      next();
    },
  ];
}

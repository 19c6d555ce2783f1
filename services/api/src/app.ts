/**
 * The Express app: what happens to every request before and after its route. Routes are values (see http/route.ts); this
 * file turns each into a handler: who calls, is the body of the right kind and size, is everything valid, and only then
 * the route. Whatever throws ends in problem.ts.
 */
import { randomUUID } from 'node:crypto';
import { ApiError } from '@carillon/core';
import { type AccountScope, inAccount, withKeyedMutex } from '@carillon/db';
import type { HotHistogram } from '@carillon/runtime';
import express, { type Express, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import helmet from 'helmet';
import type { ApiDependencies } from './dependencies.ts';
import { docsRouter } from './docs.ts';
import { type Authenticate, type Caller, createAuthenticate, requireRole } from './http/auth.ts';
import { requireIdempotencyKey } from './http/idempotent.ts';
import { sendProblem, toApiError } from './http/problem.ts';
import { createRequestLimit, type LimitRequests } from './http/rateLimit.ts';
import { type Answer, type Call, type Route, roleOf } from './http/route.ts';
import { parseJson, parseQuery, validate } from './http/validate.ts';
import { describeApi } from './openapi.ts';
import { operationsRouter } from './operations.ts';
import { apiRoutes } from './routes/index.ts';

/** The most that a JSON body may have, unpacked. */
const JSON_LIMIT_BYTES = 1_000_000;
const LATENCY_BOUNDS_SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** How long a change of a job waits for those before it. */
const SAME_JOB_WAIT_MS = 10_000;

/** Builds the app; it does not listen. */
export function createApp(dependencies: ApiDependencies): Express {
  const { logger } = dependencies;
  const routes = apiRoutes(dependencies);
  const authenticate = createAuthenticate(dependencies.system);
  const limitRequests = createRequestLimit(dependencies.requestLimits, dependencies.settings.requestsPerSecond);
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  // Whose word on where a request comes from is taken.
  app.set('trust proxy', dependencies.settings.trustedProxies);
  app.set('query parser', false);
  app.set('case sensitive routing', true);
  app.use(measured(dependencies));
  app.use((_request, response, next) => {
    response.setHeader('X-Request-Id', randomUUID());
    next();
  });
  app.use(helmet({ contentSecurityPolicy: { directives: { 'upgrade-insecure-requests': null } } }));
  app.use(operationsRouter(dependencies));
  app.use(docsRouter(JSON.stringify(describeApi(routes))));

  for (const [path, methods] of byPath(routes)) {
    for (const route of methods) {
      const readers = bodyReaders(route);
      app[route.method](
        path,
        labelled(path),
        admit(route, authenticate, limitRequests),
        ...readers,
        answer(route, dependencies),
      );
    }
    const allowed = methods
      .flatMap(({ method }) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()]))
      .join(', ');
    app.all(path, labelled(path), (request, response) => {
      response.setHeader('Allow', allowed);
      throw new ApiError('method_not_allowed', { field: 'method', detail: `${request.method} is not possible here.` });
    });
  }
  app.use((request: Request) => {
    throw new ApiError('not_found', { field: 'path', detail: `There is nothing at ${request.path.slice(0, 200)}` });
  });
  // Express tells an error handler by its four parameters.
  app.use((error: unknown, request: Request, response: Response, _next: NextFunction) => {
    sendProblem(request, response, error, logger);
  });
  return app;
}

/** Words before parameters, because the first path that fits is taken: `/v1/jobs/preview` is no job of that name. */
function byPath(routes: readonly Route[]): Map<string, Route[]> {
  const paths = new Map<string, Route[]>();
  const words = routes.filter((route) => !route.path.includes('/:'));
  for (const { path } of words) paths.set(path, []);
  for (const route of routes) paths.set(route.path, [...(paths.get(route.path) ?? []), route]);
  return paths;
}

/** Checks what can be told from the head of the request, so that nobody's body is read in vain. */
function admit(route: Route, authenticate: Authenticate, limitRequests: LimitRequests): RequestHandler {
  return async (request, response, next) => {
    if (route.access !== 'public') {
      const caller = await authenticate(request.get('Authorization')).catch((error: unknown) => {
        // Nothing has been done yet, whatever the request wants to change.
        throw toApiError(error, false);
      });
      response.locals.caller = caller;
      const limited = limitRequests(caller, response);
      if (limited !== undefined) await limited;
      requireRole(caller, roleOf(route));
    }
    const produced = ['application/json', 'application/problem+json'];
    if (route.access !== 'public' && request.accepts(produced) === false) {
      throw new ApiError('not_acceptable', { field: 'Accept' });
    }
    if (route.idempotencyKey === 'required') response.locals.idempotencyKey = requireIdempotencyKey(request);
    const mediaTypes = route.streamBody?.mediaTypes ?? (route.body === undefined ? undefined : ['application/json']);
    if (mediaTypes !== undefined) requireMediaType(request, mediaTypes);
    next();
  };
}

function requireMediaType(request: Request, mediaTypes: readonly string[]): void {
  const given = request.get('Content-Type') ?? '';
  const [type = '', ...parameters] = given.split(';').map((part) => part.trim().toLowerCase());
  const charset = parameters
    .find((parameter) => parameter.startsWith('charset='))
    ?.slice(8)
    .replaceAll('"', '');
  if (mediaTypes.includes(type) && (charset === undefined || charset === 'utf-8' || charset === 'utf8')) return;
  const wanted = mediaTypes.join(' or ');
  throw new ApiError('unsupported_media_type', { field: 'Content-Type', detail: `Send ${wanted}, in UTF-8.` });
}

function bodyReaders(route: Route): RequestHandler[] {
  if (route.rawBody !== undefined) return [express.raw({ type: () => true, limit: route.rawBody.limitBytes })];
  return route.body === undefined ? [] : [express.raw({ type: () => true, limit: JSON_LIMIT_BYTES })];
}

function answer(route: Route, dependencies: ApiDependencies): RequestHandler {
  const { tracer } = dependencies;
  const changesJob = route.method !== 'get' && route.path.startsWith('/v1/jobs/:id');
  return async (request, response) => {
    const query = parseQuery(request.url);
    if (route.query === undefined) {
      const [name] = Object.keys(query);
      if (name !== undefined) {
        throw new ApiError('validation_failed', {
          field: name.slice(0, 100),
          detail: 'There is no such query parameter here.',
        });
      }
    }
    const bytes: unknown = request.body;
    const raw = Buffer.isBuffer(bytes) ? bytes : Buffer.alloc(0);
    const call: Call<unknown, unknown> = {
      get caller(): Caller {
        const caller = response.locals.caller as Caller | undefined;
        if (caller === undefined) throw new TypeError(`${route.path} is public and has no caller`);
        return caller;
      },
      params: request.params as Record<string, string>,
      query: route.query === undefined ? undefined : validate(route.query, query, 'query'),
      body: route.body === undefined ? route.rawBody && raw : validate(route.body, keepJson(response, raw), 'body'),
      idempotencyKey: (response.locals.idempotencyKey as string | undefined) ?? '',
      request,
      response,
    };
    const scope = scopeOf(request, response);
    const work = () => inAccount(scope, () => route.handle(call));
    // By account, so that nobody keeps another account's jobs waiting by asking for them.
    const handle = changesJob ? () => oneByOne(dependencies, `${scope.accountId}/${request.params.id}`, work) : work;
    if (!tracer.on) return send(response, await handle());
    const what = { 'http.request.method': request.method, 'http.route': route.path };
    const name = `${request.method} ${route.path}`;
    send(response, await tracer.spanFrom(request.get('traceparent'), name, what, handle));
  };
}

/**
 * Changes of one job one after another, within this process. They would wait for its row all the same; each with a connection, so that a job
 * that is held for long would keep every other request from being served.
 */
async function oneByOne<T>(owner: object, job: string, work: () => Promise<T>): Promise<T> {
  const done = await withKeyedMutex(owner, job, SAME_JOB_WAIT_MS, async () => ({ result: await work() }));
  if (done !== undefined) return done.result;
  throw new ApiError('unavailable', {
    detail: 'Earlier requests that change this job are not done yet.',
    retryAfterSeconds: 1,
  });
}

/** Whose rows a request sees. Where it came from matters to changes only, and telling the database costs a round trip. */
function scopeOf(request: Request, response: Response): AccountScope {
  const caller = response.locals.caller as Caller | undefined;
  if (caller === undefined) return {};
  if (request.method === 'GET' || request.method === 'HEAD') return { accountId: caller.accountId };
  return {
    accountId: caller.accountId,
    origin: request.ip,
    requestId: response.getHeader('X-Request-Id') as string,
  };
}

/** The parsed body as it was sent is what an idempotency key is compared by. */
function keepJson(response: Response, raw: Buffer): unknown {
  const value = parseJson(raw);
  response.locals.json = value;
  return value;
}

function send(response: Response, { status, body, headers }: Answer): void {
  response.status(status);
  for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value);
  if (body === undefined) response.end();
  else if (typeof body === 'string') response.send(body);
  else response.json(body);
}

function labelled(path: string): RequestHandler {
  return (_request, response, next) => {
    response.locals.route = path;
    next();
  };
}

/** Counts and times every request under its route's pattern, never under its path, which has no end of values. */
function measured({ metrics, logger }: ApiDependencies): RequestHandler {
  const series = new Map<string, HotHistogram>();
  return (request, response, next) => {
    const startedMs = performance.now();
    response.once('close', () => {
      const route = (response.locals.route as string | undefined) ?? 'none';
      const labels = { method: request.method, route, status: String(response.statusCode) };
      const name = `${labels.method} ${route} ${labels.status}`;
      let histogram = series.get(name);
      if (histogram === undefined) {
        const help = 'How long requests took, by route and status';
        histogram = metrics.hotHistogram('carillon_http_request_seconds', help, LATENCY_BOUNDS_SECONDS, labels);
        series.set(name, histogram);
      }
      const ms = performance.now() - startedMs;
      histogram.observe(ms / 1000);
      if (!logger.isLevelEnabled('debug')) return;
      const account = (response.locals.caller as Caller | undefined)?.accountId;
      logger.debug({ requestId: response.getHeader('X-Request-Id'), account, ...labels, ms }, 'a request was answered');
    });
    next();
  };
}

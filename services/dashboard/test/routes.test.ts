/** Every route that the app has, read from Express itself, so that one added later cannot be forgotten here. */
import { QUEUES } from '@carillon/contracts';
import { createTestDatabase, eventually, type TestDatabase } from '@carillon/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Express } from 'express';
import { BOARD_PATH } from '../src/board.ts';
import { fromOwnPage, loggedIn, READER, send, startDashboard, type TestDashboard } from './harness.ts';

const CHANGES = ['POST', 'PUT', 'PATCH', 'DELETE'];
const ACCEPT_PAGE = { Accept: 'text/html,application/xhtml+xml' };

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

interface Layer {
  readonly route?: { readonly path: string | readonly string[]; readonly methods: Readonly<Record<string, boolean>> };
  readonly handle?: { readonly stack?: readonly Layer[] };
}

interface FoundRoute {
  readonly path: string;
  readonly methods: readonly string[];
}

/** Routes of an app and of the routers in it; an app mounted in it is walked apart, since Express hides it. */
function routesOf(layers: readonly Layer[], prefix: string): FoundRoute[] {
  return layers.flatMap((layer) => {
    if (layer.route === undefined) return routesOf(layer.handle?.stack ?? [], prefix);
    const methods = Object.keys(layer.route.methods).map((method) => method.toUpperCase());
    return [layer.route.path].flat().map((path) => ({ path: prefix + (path === '/' && prefix ? '' : path), methods }));
  });
}

function allRoutes(dashboard: TestDashboard): FoundRoute[] {
  const stackOf = (app: Express) => (app.router as unknown as { stack: readonly Layer[] }).stack;
  return [...routesOf(stackOf(dashboard.app), ''), ...routesOf(stackOf(dashboard.boards.operator), BOARD_PATH)].map(
    (route) => ({
      ...route,
      path: route.path
        .replace(':queueName', 'send-whatsapp')
        .replace(':queueStatus', 'completed')
        .replace(/:\w+/g, 'unknown'),
    }),
  );
}

/** What is not a route but answers all the same, and what answers nothing. */
const FURTHER_PATHS = [`${BOARD_PATH}/static/favicon.ico`, '/nothing/here', '/LOGIN/../', '//login', '/login/x'];

test('the walk finds the routes of the pages and of the board', async () => {
  const routes = allRoutes(await startDashboard({ databaseUrl: database.url }));
  const found = new Set(routes.flatMap(({ path, methods }) => methods.map((method) => `${method} ${path}`)));
  for (const one of [
    'GET /',
    'GET /login',
    'POST /login',
    'POST /logout',
    'GET /status/live',
    'GET /status.json',
    'POST /jobs/unknown/unknown/pause',
    'POST /runs/unknown/unknown/resend',
    'POST /holds',
    'POST /holds/unknown/release',
    'POST /queue/unknown/pause',
    'GET /queues',
    'GET /queues/api/queues',
    'PUT /queues/api/queues/send-whatsapp/pause',
    'PUT /queues/api/queues/send-whatsapp/obliterate',
    'PATCH /queues/api/queues/send-whatsapp/unknown/update-data',
    'POST /queues/api/queues/send-whatsapp/add',
  ])
    expect(found).toContain(one);
  expect(found.size).toBeGreaterThan(35);
});

test('without a login every route is refused, by every method', async () => {
  const dashboard = await startDashboard({ databaseUrl: database.url });
  const paths = [...new Set([...allRoutes(dashboard).map(({ path }) => path), ...FURTHER_PATHS])];
  for (const path of paths.filter((each) => each !== '/login')) {
    const page = await send(dashboard.url + path, 'GET', ACCEPT_PAGE);
    expect({ path, status: page.status, to: String(page.headers.location).split('?')[0] }).toEqual({
      path,
      status: 303,
      to: '/login',
    });
    for (const method of ['GET', 'HEAD'])
      expect({ path, method, status: (await send(dashboard.url + path, method)).status }).toMatchObject({
        status: 401,
      });
    for (const method of [...CHANGES, 'OPTIONS', 'PROPFIND']) {
      const own = await send(dashboard.url + path, method, fromOwnPage(dashboard.url));
      expect({ path, method, status: own.status }).toEqual({ path, method, status: 401 });
      const silent = await send(dashboard.url + path, method);
      expect({ path, method, status: silent.status }).toEqual({ path, method, status: 403 });
    }
  }
});

test('with a login, a change from another origin is refused everywhere, even with the token', async () => {
  const dashboard = await startDashboard({ databaseUrl: database.url });
  const browser = await loggedIn(dashboard);
  const port = new URL(dashboard.url).port;
  const elsewhere: Record<string, string>[] = [
    { Origin: 'https://evil.example' },
    { Origin: 'null' },
    { Origin: 'nonsense' },
    { Origin: `http://127.0.0.1:${Number(port) + 1}` },
    { 'Sec-Fetch-Site': 'cross-site' },
    { 'Sec-Fetch-Site': 'same-site' },
    { 'Sec-Fetch-Site': 'none' },
    { 'Sec-Fetch-Site': 'same-origin', Origin: 'https://evil.example' },
    { 'Sec-Fetch-Site': 'cross-site', Origin: dashboard.url },
    {},
  ];
  const routes = allRoutes(dashboard).flatMap(({ path, methods }) =>
    [...new Set([...methods, ...CHANGES])]
      .filter((method) => CHANGES.includes(method))
      .map((method) => ({ path, method })),
  );
  for (const [index, { path, method }] of routes.entries()) {
    const origin = elsewhere[index % elsewhere.length] ?? {};
    const answer = await send(dashboard.url + path, method, { ...browser, ...origin });
    expect({ path, method, origin, status: answer.status }).toEqual({ path, method, origin, status: 403 });
  }
  for (const origin of elsewhere) {
    const answer = await send(`${dashboard.url}/logout`, 'POST', { ...browser, ...origin });
    expect({ origin, status: answer.status }).toEqual({ origin, status: 403 });
  }
  expect((await send(`${dashboard.url}/`, 'GET', browser)).status).toBe(200);
});

test('with a login, a change from an own page without the token, or with another, is refused everywhere', async () => {
  const dashboard = await startDashboard({ databaseUrl: database.url });
  const browser = await loggedIn(dashboard);
  const other = await loggedIn(dashboard);
  for (const { path } of allRoutes(dashboard).filter((route) => route.path !== '/login')) {
    for (const method of CHANGES)
      for (const headers of [{ Cookie: browser.Cookie }, { ...browser, 'X-XSRF-TOKEN': other['X-XSRF-TOKEN'] }]) {
        const answer = await send(dashboard.url + path, method, { ...headers, ...fromOwnPage(dashboard.url) });
        expect({ path, method, status: answer.status }).toEqual({ path, method, status: 403 });
      }
  }
});

test('with a login, every route answers its own page', async () => {
  const dashboard = await startDashboard({ databaseUrl: database.url });
  const browser = await loggedIn(dashboard);
  await eventually(() => dashboard.queues.isReady());
  const routes = allRoutes(dashboard).flatMap(({ path, methods }) => methods.map((method) => ({ path, method })));
  for (const { path, method } of routes.filter((route) => !['/login', '/logout'].includes(route.path))) {
    const headers = method === 'GET' ? { Cookie: browser.Cookie } : { ...browser, ...fromOwnPage(dashboard.url) };
    const answer = await send(dashboard.url + path, method, headers);
    expect({ path, method, status: answer.status, passed: ![401, 403].includes(answer.status) }).toMatchObject({
      passed: true,
    });
    // A job that is not there, a body that is missing, an action that is not allowed: the board's answer, not a failure.
    expect({ path, method, body: answer.body, failed: answer.status >= 500 }).toMatchObject({ failed: false });
  }
  const listed = await send(`${dashboard.url}/queues/api/queues`, 'GET', { Cookie: browser.Cookie });
  expect((JSON.parse(listed.body) as { queues: { name: string }[] }).queues.map(({ name }) => name)).toEqual(QUEUES);
});

test('who may only look sees every page that leads to no action, and every change is refused', async () => {
  const dashboard = await startDashboard({ databaseUrl: database.url });
  await eventually(() => dashboard.queues.isReady());
  const reader = await loggedIn(dashboard, READER);
  const routes = allRoutes(dashboard).flatMap(({ path, methods }) => methods.map((method) => ({ path, method })));
  const asking = [
    '/holds/new',
    '/holds/unknown/release',
    '/jobs/unknown/unknown/cancel',
    '/runs/unknown/unknown/resend',
  ];
  for (const { path, method } of routes.filter((route) => !['/login', '/logout'].includes(route.path))) {
    const headers = method === 'GET' ? { Cookie: reader.Cookie } : { ...reader, ...fromOwnPage(dashboard.url) };
    const { status } = await send(dashboard.url + path, method, headers);
    const refused = method !== 'GET' || asking.includes(path);
    expect({ path, method, refused: status === 403 }).toEqual({ path, method, refused });
  }
  const out = await send(`${dashboard.url}/logout`, 'POST', { ...reader, ...fromOwnPage(dashboard.url) });
  expect(out.status).toBe(303);
});

test('no page may fetch anything from elsewhere, be framed, or be cached', async () => {
  const dashboard = await startDashboard({ databaseUrl: database.url });
  const browser = await loggedIn(dashboard);
  for (const path of ['/login', '/', '/queues']) {
    const { headers } = await send(dashboard.url + path, 'GET', path === '/login' ? {} : browser);
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain(path === '/queues' ? "default-src 'self'" : "default-src 'none'");
    // Our own pages carry one stylesheet, known by its hash, and no script of their own.
    expect(policy.includes('unsafe-inline')).toBe(path === '/queues');
    expect(policy).not.toContain('unsafe-eval');
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('http');
    expect(headers['cache-control']).toBe('no-store');
    // Browsers would send `Origin: null` with our forms, and be refused.
    expect(headers['referrer-policy']).toBe('same-origin');
  }
});

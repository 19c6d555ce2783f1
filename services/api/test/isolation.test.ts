/**
 * One account can neither see, change nor guess another's rows: a foreign id is answered exactly as an id of nobody, and
 * costs exactly the same statements. Routes, ids in bodies and ids in queries are taken from the API's description: a new
 * route is tried as it comes, and fails here when nothing of its kind can be made.
 */
import { createHash } from 'node:crypto';
import type { Database } from '@carillon/db';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Route } from '../src/http/route.ts';
import { apiDocument, routesToRead } from '../src/openapi/document.ts';
import { templateOf } from '../src/openapi/operation.ts';
import { type Answer, freshKey, jobBody, send, startApi, type TestAccount, type TestApi } from './harness.ts';

/** A thing of the caller, a thing of somebody else, and what would be one if it existed. */
interface Ids {
  readonly own: string;
  readonly foreign: string;
  readonly unknown: string;
}

const routes = routesToRead();
const document = apiDocument() as {
  paths: Record<
    string,
    Record<
      string,
      {
        requestBody?: { content: Record<string, { example?: unknown }> };
        parameters?: { name: string; in: string; example?: unknown }[];
      }
    >
  >;
};
/** Which kind of thing a path's parts name; where a path does not say it. */
const KIND_OF_PARAMETER: Readonly<Record<string, string>> = { externalId: 'recipients', userId: 'users' };
/** Parts of paths that name nothing of an account by themselves. */
const NO_IDS = new Set(['version', 'channel', 'address', 'name']);
/** What stands in their place; where nothing is said, `1`. */
const PARTS: Readonly<Record<string, string>> = { name: 'birthday' };
const ID_FORM = /^(?:acc|key|rcp|aud|job|run|imp|pvd|hld|sup|tpl|evt|whk|dlv)_\d/;
const KIND_OF_PREFIX: Readonly<Record<string, string>> = {
  key: 'keys',
  aud: 'audiences',
  job: 'jobs',
  run: 'runs',
  imp: 'imports',
  pvd: 'providers',
  hld: 'holds',
  sup: 'suppressions',
  tpl: 'templates',
  evt: 'events',
  whk: 'webhooks',
  dlv: 'deliveries',
};

let api: TestApi;
const statements: string[] = [];
const things = new Map<string, Ids>();

beforeAll(async () => {
  api = await startApi();
  listen(api.database);
  listen(api.system);
  const own = await makeThings(api.first, 'own');
  const foreign = await makeThings(api.second, 'foreign');
  for (const [kind, id] of own) {
    const other = foreign.get(kind) as string;
    // A restart of numbers in each account would make the foreign id one's own.
    expect([kind, other]).not.toEqual([kind, id]);
    things.set(kind, { own: id, foreign: other, unknown: unknownLike(other) });
  }
}, 120_000);
afterAll(async () => {
  await api?.stop();
});

/** Notes what the app asks the database, but for what does not depend on the route. */
function listen(database: Database): void {
  database.pool.on('connect', (client) => {
    const query = client.query.bind(client) as (...args: unknown[]) => unknown;
    client.query = ((...args: unknown[]) => {
      const [first] = args as [string | { text?: string }];
      const text = typeof first === 'string' ? first : (first?.text ?? '');
      if (!/set_config\('carillon|FROM api_keys k JOIN accounts/.test(text)) statements.push(text);
      return query(...args);
    }) as never;
  });
}

/** A number beyond all that the tests make, in the place of the last but one or last. */
function unknownLike(id: string): string {
  const delivery = /^(dlv_\d{8})_\d+_(\d+)$/.exec(id);
  if (delivery) return `${delivery[1]}_2000000001_${delivery[2]}`;
  return /_\d+$/.test(id) ? id.replace(/\d+$/, '2000000001') : `${id}-but-nobody`;
}

async function call(account: TestAccount, method: string, path: string, body?: unknown): Promise<Answer> {
  return await send(api.url, method.toUpperCase(), path, {
    key: account.key,
    headers: {
      'Idempotency-Key': freshKey(),
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

/** One of each kind, as the account itself makes it. */
async function makeThings(account: TestAccount, whose: string): Promise<Map<string, string>> {
  const made = async (path: string, body: unknown): Promise<Record<string, string>> => {
    const answer = await call(account, 'POST', path, body);
    if (answer.status >= 300) throw new Error(`POST ${path} answered ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body as Record<string, string>;
  };
  const person = `${whose}-person`;
  await call(account, 'PUT', `/v1/recipients/${person}`, {
    name: 'Somebody',
    phone: `+4915110${account.accountId}00099`,
    dates: { birthday: '1990-03-10' },
  });
  await call(account, 'PUT', `/v1/users/${whose}-user/contact`, { notify: { webhook: 'https://example.com/told' } });
  const job = await made('/v1/jobs', jobBody({ audience: { recipients: [person] }, name: whose }));
  const [run] = (await call(account, 'GET', `/v1/jobs/${job.id}/runs`)).body.data;
  const [delivery] = (await call(account, 'GET', `/v1/runs/${run.id}/deliveries`)).body.data;
  const upload = await send(api.url, 'POST', '/v1/imports?format=csv', {
    key: account.key,
    headers: { 'Content-Type': 'text/csv', 'Idempotency-Key': freshKey() },
    body: 'externalId,phone\nimported,+4915112345678\n',
  });
  const found = new Map([
    ['recipients', person],
    ['users', `${whose}-user`],
    ['jobs', job.id as string],
    ['runs', run.id as string],
    ['deliveries', delivery.id as string],
    ['audiences', `aud_${account.audienceId}`],
    ['imports', upload.body.id as string],
    ['providers', `pvd_${account.providerAccountId}`],
    ['keys', (await made('/v1/keys', { name: whose, role: 'read' })).id as string],
    ['holds', (await made('/v1/holds', { reason: whose, channel: 'email' })).id as string],
  ]);
  // Events are made by what happens, not by a request.
  const { rows } = await api.direct.pool.query<{ id: number }>(
    `INSERT INTO events (account_id, type, subject, data) VALUES ($1, 'run.completed', $2, '{}') RETURNING id`,
    [account.accountId, run.id],
  );
  found.set('events', `evt_${rows[0]?.id}`);
  // Stored by a job of its kind, which wants an executor.
  const sha256 = createHash('sha256').update(whose).digest('hex');
  await api.direct.pool.query(
    `INSERT INTO scripts (account_id, sha256, language, source, created_at) VALUES ($1, $2, 'python', 'print(1)', now())`,
    [account.accountId, sha256],
  );
  found.set('scripts', sha256);
  // Whatever else can be made is made by the description's own example.
  for (const route of routes) {
    const [kind, ...rest] = kindsOf(route);
    if (route.method !== 'post' || rest.length > 0 || kind === undefined || found.has(kind)) continue;
    if (route.path !== `/v1/${kind}` || !routes.some(({ path }) => path.startsWith(`/v1/${kind}/:`))) continue;
    found.set(kind, (await made(route.path, exampleBody(route))).id as string);
  }
  return found;
}

/** The kinds of things that a route's path names, outermost first; the kind of a list for a path without ids. */
function kindsOf(route: Route): string[] {
  const parts = route.path.split('/').slice(2);
  const kinds = parts.flatMap((part, index) => {
    if (!part.startsWith(':')) return [];
    const name = part.slice(1);
    return NO_IDS.has(name) ? [] : [KIND_OF_PARAMETER[name] ?? (parts[index - 1] as string)];
  });
  return kinds.length > 0 ? kinds : [parts[0] as string];
}

function exampleBody(route: Route): unknown {
  return document.paths[templateOf(route)]?.[route.method]?.requestBody?.content['application/json']?.example;
}

/** What a caller can tell two answers apart by, without what they sent themselves. */
function seenOf(answer: Answer, sent: string): unknown {
  const { requestId: _, ...body } = (
    typeof answer.body === 'object' && answer.body !== null ? answer.body : {}
  ) as Record<string, unknown>;
  const headers = [...answer.headers.keys()].filter((name) => !/^(?:ratelimit|date$|keep-alive$)/.test(name)).sort();
  return { status: answer.status, body: JSON.parse(JSON.stringify(body).replaceAll(sent, '<id>')) as unknown, headers };
}

/** Sends it with a foreign id and with an unknown one, and compares what is answered and what it cost. */
async function expectAlike(
  { foreign, unknown }: Ids,
  request: (id: string) => Promise<Answer>,
  statuses: readonly number[],
): Promise<void> {
  // Once before, so that both find what is remembered of the key and of providers.
  await request(unknown.replace('2000000001', '2000000002'));
  statements.length = 0;
  const first = await request(unknown);
  const costOfUnknown = statements.splice(0);
  const second = await request(foreign);
  const costOfForeign = statements.splice(0);
  expect(seenOf(second, foreign)).toEqual(seenOf(first, unknown));
  expect(costOfForeign).toEqual(costOfUnknown);
  expect(statuses).toContain(first.status);
}

const withIds = routes.filter(
  ({ path, access }) =>
    access !== 'public' &&
    /:/.test(path) &&
    !path.split(/[/:]/).every((part) => NO_IDS.has(part)) &&
    // Anybody may name any address; that each account sees its own knowledge only, addresses.test.ts shows.
    !path.startsWith('/v1/addresses/'),
);
/** Ids of one's own people and users are one's own: another account may use the same, and so these create. Tried at the end. */
const CREATES = new Set(['put /v1/recipients/:externalId', 'put /v1/users/:userId/contact']);
const cases = withIds
  .filter(({ method, path }) => !CREATES.has(`${method} ${path}`))
  .flatMap((route) =>
    kindsOf(route).map((kind, index) => ({
      route,
      kind,
      index,
      name: `${route.method.toUpperCase()} ${route.path}, its ${kind}`,
    })),
  );

/** What has to be sent where the description's example would be refused before the id is looked for. */
const BODIES: Readonly<Record<string, (ids: (kind: string) => Ids) => unknown>> = {
  'post /v1/audiences/:id/members': () => ({ add: ['own-person'] }),
};

describe('ids in paths', () => {
  test('there are many', () => {
    expect(cases.length).toBeGreaterThan(30);
    expect(
      routes.filter(({ access, path }) => access === 'public' && /:/.test(path)).map(({ path }) => path),
    ).toContain('/v1/provider-accounts/:id/callbacks/whatsapp');
  });

  test.each(cases)('$name', async ({ route, kind, index }) => {
    const ids = things.get(kind);
    if (ids === undefined)
      throw new Error(`${route.path}: nothing of the kind "${kind}" is made above; add it to makeThings`);
    const key = `${route.method} ${route.path}`;
    const body =
      route.body === undefined ? undefined : (BODIES[key]?.((name) => things.get(name) as Ids) ?? exampleBody(route));
    const request = (id: string): Promise<Answer> => {
      let position = -1;
      const path = route.path
        .split('/')
        .map((part) => {
          if (!part.startsWith(':')) return part;
          if (NO_IDS.has(part.slice(1))) return PARTS[part.slice(1)] ?? '1';
          position += 1;
          const kindHere = kindsOf(route)[position] as string;
          return position === index ? id : (things.get(kindHere)?.own ?? '');
        })
        .join('/');
      return call(api.first, route.method, path, body);
    };
    // An id beside the first, such as a member's, may be a reference like those in bodies.
    await expectAlike(ids, request, index === 0 ? [404] : [404, 422]);
  });
});

/** Every place of a value that holds an id, with a way to put another there. */
function placesOf(value: unknown, path = ''): { at: string; prefix: string; put: (id: string) => unknown }[] {
  if (typeof value === 'string' && ID_FORM.test(value)) {
    return [{ at: path, prefix: value.slice(0, 3), put: (id) => id }];
  }
  if (Array.isArray(value)) {
    return value.flatMap((item, index) =>
      placesOf(item, `${path}[${index}]`).map((place) => ({
        ...place,
        put: (id: string) => value.with(index, place.put(id)),
      })),
    );
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) =>
    placesOf(item, `${path}.${name}`).map((place) => ({
      ...place,
      put: (id: string) => ({ ...value, [name]: place.put(id) }),
    })),
  );
}

describe('ids in bodies', () => {
  const found = routes
    .filter(({ access, body }) => access !== 'public' && body !== undefined)
    .flatMap((route) =>
      placesOf(exampleBody(route)).map((place) => ({
        route,
        place,
        name: `${route.method.toUpperCase()} ${route.path} ${place.at}`,
      })),
    );

  test.each(found)('$name', async ({ route, place }) => {
    const kind = KIND_OF_PREFIX[place.prefix] ?? place.prefix;
    const ids = things.get(kind);
    if (ids === undefined)
      throw new Error(`${route.path}: nothing of the kind "${kind}" is made above; add it to makeThings`);
    const path = route.path.replace(/:\w+/g, things.get(kindsOf(route)[0] as string)?.own ?? '');
    await expectAlike(ids, (id) => call(api.first, route.method, path, place.put(id)), [400, 404, 409, 422]);
  });

  const paths = ['/v1/jobs', '/v1/jobs/preview'].filter((path) =>
    routes.some((route) => route.path === path && route.method === 'post'),
  );
  const parts = (id: string): Record<string, object> => ({
    audiences: { audience: { audiences: [id] } },
    excluded: { audience: { everyone: true, exclude: { audiences: [id] } } },
    recipients: { audience: { recipients: [id] } },
    providers: { providerAccount: id },
  });
  test.each(paths.flatMap((path) => Object.keys(parts('')).map((part) => [path, part] as const)))(
    'POST %s, its %s',
    async (path, part) => {
      const ids = things.get(part === 'excluded' ? 'audiences' : part) as Ids;
      await expectAlike(
        ids,
        (id) => call(api.first, 'POST', path, jobBody({ ...parts(id)[part], name: 'aimed' })),
        [422],
      );
    },
  );
});

describe('ids in queries', () => {
  const found = routes
    .filter(({ access, query }) => access !== 'public' && query !== undefined)
    .flatMap((route) =>
      (document.paths[templateOf(route)]?.[route.method]?.parameters ?? [])
        .filter(({ in: where, example }) => where === 'query' && typeof example === 'string' && ID_FORM.test(example))
        .map(({ name, example }) => ({
          route,
          parameter: name,
          prefix: String(example).slice(0, 3),
          name: `${route.path}?${name}=`,
        })),
    )
    // Of the trail any text may be asked for.
    .filter(({ route }) => route.path !== '/v1/audit');

  test('are found, and their routes answer alike', async () => {
    for (const { route, parameter, prefix, name } of found) {
      const ids = things.get(KIND_OF_PREFIX[prefix] ?? prefix);
      if (ids === undefined)
        throw new Error(`${name}: nothing of the kind "${prefix}" is made above; add it to makeThings`);
      const path = route.path.replace(/:\w+/g, things.get(kindsOf(route)[0] as string)?.own ?? '');
      await expectAlike(ids, (id) => call(api.first, route.method, `${path}?${parameter}=${id}`), [200, 404, 422]);
    }
  });

  test('the trail of another is empty, whatever is asked for', async () => {
    for (const { foreign, unknown } of things.values()) {
      for (const id of [foreign, unknown]) {
        const { body } = await call(api.first, 'GET', `/v1/audit?subject=${encodeURIComponent(id)}`);
        expect([id, body.data]).toEqual([id, []]);
      }
    }
  });
});

test('after all of that the other account is as it was, and lists of the caller hold nothing of it', async () => {
  for (const [kind, { foreign }] of things) {
    const path = `/v1/${kind}/${foreign}`;
    if (
      !routes.some(
        (route) =>
          route.method === 'get' && route.path === `/v1/${kind}/:${kind === 'recipients' ? 'externalId' : 'id'}`,
      )
    )
      continue;
    expect([path, (await call(api.second, 'GET', path)).status]).toEqual([path, 200]);
  }
  const { rows } = await api.direct.pool.query(
    `SELECT (SELECT status::text FROM jobs WHERE account_id = $1 AND name = 'foreign') AS job,
            (SELECT count(*)::int FROM audience_members WHERE account_id = $1) AS members,
            (SELECT count(*)::int FROM holds WHERE account_id = $1) AS holds,
            (SELECT count(*)::int FROM api_keys WHERE account_id = $1 AND revoked_at IS NULL) AS keys`,
    [api.second.accountId],
  );
  expect(rows[0]).toEqual({ job: 'active', members: 3, holds: 1, keys: 2 });
  for (const route of routes) {
    if (route.method !== 'get' || route.access === 'public' || /:/.test(route.path) || route.path === '/v1/audit')
      continue;
    const text = JSON.stringify((await call(api.first, 'GET', route.path)).body);
    const seen = [...things].filter(([kind, { foreign }]) => kind !== 'recipients' && text.includes(`"${foreign}"`));
    expect([route.path, seen]).toEqual([route.path, []]);
  }
});

test('an external id of another account is free, and a person of that id is another person', async () => {
  const { foreign } = things.get('recipients') as Ids;
  const theirs = (await call(api.second, 'GET', `/v1/recipients/${foreign}`)).body;
  for (const id of ['a-new-person', foreign]) {
    const { status, body } = await call(api.first, 'PUT', `/v1/recipients/${id}`, { name: 'Mine' });
    expect([status, body.name, body.externalId]).toEqual([201, 'Mine', id]);
    expect(body.id).not.toBe(theirs.id);
  }
  expect((await call(api.second, 'GET', `/v1/recipients/${foreign}`)).body).toEqual(theirs);
});

test("a contact under another account's id of a user is one's own, and leaves that one's as it was", async () => {
  const notify = { webhook: 'https://example.com/mine' };
  const user = '/v1/users/foreign-user/contact';
  expect((await call(api.first, 'PUT', user, { notify })).status).toBe(200);
  expect((await call(api.first, 'GET', user)).body.notify).toEqual(notify);
  expect((await call(api.second, 'GET', user)).body.notify).toEqual({ webhook: 'https://example.com/told' });
});

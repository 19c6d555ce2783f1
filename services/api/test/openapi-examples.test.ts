/**
 * The description's examples against a running server: each operation is called with the examples that the description gives
 * it, bodies, paths and queries, on things that exist; and refused in the ways in which everything can be refused. Whatever
 * comes back has a status, a media type and a shape that the description names, and no field that it does not.
 */
import { createHmac } from 'node:crypto';
import { addressKey, confirmationToken, deriveKey, unsubscribeToken } from '@carillon/core';
import { SEEDED_PROVIDER } from '@carillon/testkit';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Ajv2020, type AnySchema } from 'ajv/dist/2020.js';
import { routesToRead } from '../src/openapi/document.ts';
import type { JsonSchema } from '../src/openapi/examples.ts';
import { operationIdOf, templateOf } from '../src/openapi/operation.ts';
import { type Answer, freshKey, SECRET, send, startApi, type TestApi } from './harness.ts';

type Values = Record<string, unknown>;
interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly example?: unknown;
}
interface Content {
  readonly schema?: JsonSchema;
  readonly example?: unknown;
}
interface Operation {
  readonly operationId: string;
  readonly security?: readonly unknown[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Content>> };
  readonly responses: Readonly<
    Record<
      string,
      { readonly headers?: Readonly<Record<string, unknown>>; readonly content?: Readonly<Record<string, Content>> }
    >
  >;
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> };
}
/** One request made of examples. */
interface Example {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
  readonly mediaType: string | undefined;
  readonly isPublic: boolean;
  readonly name: string;
}

/** What the examples call by these ids, made anew for each request; each maker returns the real id. */
type Things = (prefix: string) => Promise<string>;

const ID = /^(aud|job|run|dlv|imp|tpl|sup|hld|key|pvd|whk|evt)_\d[\d_]*$/;
/** The people of the examples, each with a number of their own. */
const PEOPLE = { 'E-0042': '+4915110200034', 'E-0043': '+4915110200035', 'E-0007': '+4915110200036' };

let api: TestApi;
/** The script of the description's examples. */
const SCRIPT = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';

let described: Document;
const ajv = new Ajv2020({ strict: false, validateFormats: false });

beforeAll(async () => {
  api = await startApi();
  // Some routes are for those who run the installation.
  await api.direct.pool.query('UPDATE accounts SET operator = true WHERE id = $1', [api.first.accountId]);
  described = (await send(api.url, 'GET', '/openapi.json')).body as Document;
  ajv.addSchema({ $id: 'api', components: closed(described.components) } as AnySchema);
  await putPeople();
  // Stored by a job of its kind, which wants an executor.
  await api.direct.pool.query(
    `INSERT INTO scripts (account_id, sha256, language, source, created_at) VALUES ($1, $2, 'python', 'print(1)', now())`,
    [api.first.accountId, SCRIPT],
  );
}, 120_000);
afterAll(() => api?.stop());

async function putPeople(): Promise<void> {
  for (const [externalId, phone] of Object.entries(PEOPLE))
    await made('PUT', `/v1/recipients/${externalId}`, { name: 'Dilara Peters', phone });
}

/** The same with nothing allowed that is not named, so that a field which nobody described is seen. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== 'object' || value === null) return value;
  const copy: Values = Object.fromEntries(Object.entries(value).map(([name, part]) => [name, closed(part)]));
  const isObject = copy.type === 'object' && copy.properties !== undefined && copy.additionalProperties === undefined;
  return isObject ? { ...copy, additionalProperties: false } : copy;
}

async function made(method: string, path: string, body?: unknown): Promise<Values> {
  const answer = await send(api.url, method, path, {
    key: api.first.key,
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': freshKey() },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body as Values;
}

let counter = 0;
/** Things of one request: what it names twice is one thing, and a run belongs to the job that it names beside it. */
function things(): Things {
  const found = new Map<string, Promise<string>>();
  const idOf = async (body: Promise<Values>): Promise<string> => (await body).id as string;
  const first = async (path: string): Promise<string> =>
    (((await made('GET', path)).data as Values[])[0] as Values).id as string;
  counter += 1;
  const name = `example ${counter}`;
  const makers: Readonly<Record<string, () => Promise<string>>> = {
    aud: async () => {
      const id = await idOf(made('POST', '/v1/audiences', { name }));
      await made('POST', `/v1/audiences/${id}/members`, { add: ['E-0042', 'E-0007'] });
      return id;
    },
    job: async () => {
      const content = { text: `${name}: the bells ring at ${counter}.` };
      const audience = { recipients: ['E-0042'] };
      const user = { userId: 'u-1204' };
      const job = { kind: 'message', channel: 'whatsapp', name, content, trigger: { type: 'now' }, audience, ...user };
      const id = await idOf(made('POST', '/v1/jobs', job));
      // The example of a change names the third version.
      for (const version of [1, 2]) await made('PATCH', `/v1/jobs/${id}`, { version, name: `${name}, ${version}` });
      return id;
    },
    run: async () => await first(`/v1/jobs/${await get('job')}/runs`),
    dlv: async () => await first(`/v1/runs/${await get('run')}/deliveries`),
    imp: async () => {
      const { status, body } = await send(api.url, 'POST', '/v1/imports?format=csv', {
        key: api.first.key,
        headers: { 'Content-Type': 'text/csv', 'Idempotency-Key': freshKey() },
        body: 'externalId,phone\nE-0001,+4915110200001\nE-0002,nonsense\n',
      });
      if (status !== 201) throw new Error(`the import answered ${status}`);
      return body.id as string;
    },
    tpl: async () => {
      const content = { text: 'Dear {{name}}, the canteen opens at ten today.' };
      const id = await idOf(made('POST', '/v1/templates', { name, channel: 'whatsapp', content }));
      await made('PUT', `/v1/templates/${id}`, { version: 1, content: { text: '{{name}}: eleven.' } });
      return id;
    },
    sup: () => idOf(made('POST', '/v1/suppressions', { channel: 'email', address: `p${counter}@people.example` })),
    // Not on the channel of the jobs, or nothing would go on.
    hld: () => idOf(made('POST', '/v1/holds', { channel: 'email', reason: name })),
    key: () => idOf(made('POST', '/v1/keys', { name, role: 'read' })),
    pvd: () => idOf(made('POST', '/v1/providers', { ...(exampleOf('post', '/v1/providers') as Values), name })),
    whk: () => idOf(made('POST', '/v1/webhooks', { url: 'https://example.com/hooks', events: ['*'] })),
    evt: async () => (await made('POST', `/v1/webhooks/${await get('whk')}/test`)).event as string,
  };
  const get: Things = (prefix) => {
    const maker = makers[prefix];
    if (maker === undefined) throw new Error(`nothing makes a ${prefix}_; add it to the makers`);
    if (!found.has(prefix)) found.set(prefix, maker());
    return found.get(prefix) as Promise<string>;
  };
  return get;
}

function exampleOf(method: string, path: string): unknown {
  return described.paths[path]?.[method]?.requestBody?.content['application/json']?.example;
}

/** The example with ids of what exists, and with moments that are still to come. */
async function fitted(value: unknown, get: Things): Promise<unknown> {
  if (typeof value === 'string') {
    const [, prefix] = ID.exec(value) ?? [];
    if (prefix !== undefined) return await get(prefix);
    return /^\d{4}-\d\d-\d\dT.*Z$/.test(value) ? new Date(Date.now() + 86_400_000).toISOString() : value;
  }
  if (Array.isArray(value)) return await Promise.all(value.map((item) => fitted(item, get)));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(async ([name, item]) => [name, await fitted(item, get)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

/** Puts the row of a delivery into a state that only time or a provider brings about. */
async function putDelivery(id: string, state: 'unknown' | 'failed', code: string): Promise<void> {
  const [, , batch, number] = id.split('_');
  await api.direct.pool.query(
    `WITH row AS (
       UPDATE deliveries SET state = $3::delivery_state, code = $4, try = 1, settled_at = now() - interval '1 minute'
       WHERE batch_id = $1 AND number = $2 RETURNING batch_id)
     UPDATE batches SET scheduled = scheduled - 1, unknown = unknown + ($3 = 'unknown')::int, failed = failed + ($3 = 'failed')::int
     WHERE id IN (SELECT batch_id FROM row)`,
    [batch, number, state, code],
  );
}

/** A provider account for e-mail, by which owners of jobs are told. */
async function putMailServer(): Promise<void> {
  await api.direct.pool.query(
    `INSERT INTO provider_accounts (account_id, channel, name, settings) VALUES ($1, 'email', 'mail', '{}') ON CONFLICT DO NOTHING`,
    [api.first.accountId],
  );
}

async function putContact(): Promise<void> {
  await putMailServer();
  await made('PUT', '/v1/users/u-1204/contact', exampleOf('put', '/v1/users/{userId}/contact'));
}

/** What has to have happened before an example can be answered with what it asks for. */
const BEFORE: Readonly<Record<string, (get: Things) => Promise<unknown>>> = {
  settleDelivery: async (get) => await putDelivery(await get('dlv'), 'unknown', 'timeout'),
  settleDeliveries: async (get) => await putDelivery(await get('dlv'), 'unknown', 'restored'),
  resendJob: async (get) => await putDelivery(await get('dlv'), 'failed', '131026'),
  resumeJob: async (get) => await made('POST', `/v1/jobs/${await get('job')}/pause`),
  putUserContact: async () => await putMailServer(),
  getUserContact: async () => await putContact(),
  deleteUserContact: async () => await putContact(),
  deleteRecipientDate: async () => await made('PUT', '/v1/recipients/E-0042/dates/birthday', { value: '--03-10' }),
};

/** What an example cannot know. */
const INSTEAD: Readonly<Record<string, (body: Values) => Values | Promise<Values>>> = {
  async changeAccount(body) {
    const { version } = await made('GET', '/v1/account');
    // The calls of these tests are more than the example allows a second.
    return { ...body, version, name: 'Bells and more', requestsPerSecond: null };
  },
  // Provider accounts are switched off and never deleted, so the name of the one that was made is taken.
  changeProvider: (body) => ({ ...body, name: 'second number' }),
};

/** Where the provider account of the installation's example has to be the one whose secrets are known here. */
const isCallback = (path: string): boolean => path.includes('/callbacks/');

/** Calls an operation as its examples say. */
async function call({ method, path, operation, mediaType }: Example): Promise<Answer> {
  const get = things();
  await BEFORE[operation.operationId]?.(get);
  const values = async (where: string): Promise<[string, string][]> =>
    await Promise.all(
      (operation.parameters ?? [])
        // A cursor is made by the page before; pages are tried below.
        .filter((parameter) => parameter.in === where && parameter.name !== 'cursor')
        .map(
          async ({ name, example }): Promise<[string, string]> => [name, await parameterOf(path, name, example, get)],
        ),
    );
  const query = new URLSearchParams(await values('query'));
  if (mediaType === 'application/x-ndjson' && query.has('format')) query.set('format', 'ndjson');
  let filled = path;
  for (const [name, value] of await values('path')) filled = filled.replace(`{${name}}`, encodeURIComponent(value));
  const body = mediaType === undefined ? undefined : await bodyOf(operation, mediaType, get, path);
  return await send(api.url, method.toUpperCase(), query.size > 0 ? `${filled}?${query}` : filled, {
    key: operation.security === undefined ? api.first.key : undefined,
    headers: {
      'Idempotency-Key': freshKey(),
      ...(mediaType !== undefined && { 'Content-Type': mediaType }),
      ...(isCallback(path) && body !== undefined && { 'X-Hub-Signature-256': signatureOf(body) }),
    },
    body,
  });
}

async function parameterOf(path: string, name: string, example: unknown, get: Things): Promise<string> {
  if (isCallback(path) && name === 'id') return `pvd_${api.first.providerAccountId}`;
  if (name === 'hub.verify_token') return SEEDED_PROVIDER.verifyToken;
  if (name === 'token') {
    const key = addressKey(deriveKey(SECRET, 'address'), 'email', 'ada@people.example');
    const who = { accountId: api.first.accountId, channel: 'email', addressKey: key, runId: 77 } as const;
    if (path.startsWith('/v1/confirm/')) return confirmationToken(who, deriveKey(SECRET, 'confirm'));
    return unsubscribeToken(who, deriveKey(SECRET, 'unsubscribe'));
  }
  const [, prefix] = ID.exec(String(example)) ?? [];
  return prefix === undefined ? String(example) : await get(prefix);
}

async function bodyOf(operation: Operation, mediaType: string, get: Things, path: string): Promise<string> {
  const { example } = operation.requestBody?.content[mediaType] ?? {};
  if (typeof example === 'string') return example;
  if (isCallback(path)) return JSON.stringify(example);
  const body = (await fitted(example, get)) as Values;
  if (mediaType === 'application/x-www-form-urlencoded')
    return new URLSearchParams(body as Record<string, string>).toString();
  return JSON.stringify((await INSTEAD[operation.operationId]?.(body)) ?? body);
}

function signatureOf(body: string): string {
  return `sha256=${createHmac('sha256', SEEDED_PROVIDER.appSecret).update(body).digest('hex')}`;
}

/** Headers that answers of a status have only where there is a reason. */
const AT_TIMES = new Set(['Retry-After', 'Idempotency-Replayed']);

/** What is wrong with an answer by the description; undefined when nothing is. */
function faultOf(operation: Operation, { status, headers, body }: Answer): unknown {
  const response = operation.responses[status];
  if (response === undefined) return ['the status is not described', status, body];
  const absent = Object.keys(response.headers ?? {}).filter((name) => !AT_TIMES.has(name) && !headers.has(name));
  if (absent.length > 0) return ['a header is not there', status, ...absent];
  const type = (headers.get('Content-Type') ?? '').split(';')[0] as string;
  if (response.content === undefined) return body === '' ? undefined : ['the body is not described', status, body];
  const content = response.content[type];
  if (content?.schema === undefined) return ['the media type is not described', status, type];
  const schema = JSON.parse(JSON.stringify(content.schema).replaceAll('"#/', '"api#/')) as AnySchema;
  return ajv.validate(schema, body) === true ? undefined : ['the shape', status, ajv.errorsText(), body];
}

const examples = routesToRead().flatMap((route): Omit<Example, 'operation'>[] => {
  const { method } = route;
  const path = templateOf(route);
  const ofBytes = Object.keys(route.examples?.body ?? {});
  const types =
    route.body !== undefined ? ['application/json'] : (route.streamBody?.mediaTypes ?? (route.rawBody && ofBytes));
  return (types ?? [undefined]).map((mediaType) => ({
    method,
    path,
    mediaType,
    isPublic: route.access === 'public',
    name: [operationIdOf(route), types !== undefined && types.length > 1 && `as ${mediaType}`]
      .filter(Boolean)
      .join(' '),
  }));
});

function withOperation(example: Omit<Example, 'operation'>): Example {
  const operation = described.paths[example.path]?.[example.method];
  if (operation === undefined) throw new Error(`${example.method} ${example.path} is not described`);
  return { ...example, operation };
}

describe('as its examples say', () => {
  test('there are many', () => {
    expect(examples.length).toBeGreaterThan(70);
  });

  test.each(examples)('$name is answered as it is described', async (one) => {
    const example = withOperation(one);
    const answer = await call(example);
    expect(faultOf(example.operation, answer)).toBeUndefined();
    // The whole answer, so that a refusal says why.
    expect(Math.floor(answer.status / 100) === 2 ? 2 : answer).toBe(2);
    await takeBack(example, answer);
  });
});

/** Takes away again what an example made, so that the names in it are free for the next; and puts back whom it deleted. */
async function takeBack({ method, path }: Example, { body }: Answer): Promise<void> {
  if (method === 'delete' && path === '/v1/recipients/{externalId}') await putPeople();
  const id = (body as Values | undefined)?.id;
  if (method !== 'post' || typeof id !== 'string' || described.paths[`${path}/{id}`]?.delete === undefined) return;
  await made('DELETE', `${path}/${id}`);
}

const withKey = examples.filter(({ isPublic, mediaType = 'application/json' }) => {
  return !isPublic && mediaType === 'application/json';
});

describe('refused', () => {
  test.each(withKey)('without a key, $name says so as it is described', async (one) => {
    const { method, path, operation } = withOperation(one);
    const answer = await send(api.url, method.toUpperCase(), path.replace(/\{\w+\}/g, 'x'));
    expect([answer.status, faultOf(operation, answer)]).toEqual([401, undefined]);
  });

  test.each(withKey.filter(({ path }) => path.includes('{id}')))(
    'for what does not exist, $name says so as it is described',
    async (one) => {
      const { method, path, operation, mediaType } = withOperation(one);
      const { example } = operation.parameters?.find(({ name }) => name === 'id') ?? {};
      const id = String(example)
        .replace(/\d+$/, '2000000001')
        .replace(/^(dlv_\d+)_\d+_\d+$/, '$1_2000000001_1');
      const answer = await send(api.url, method.toUpperCase(), path.replace('{id}', id).replace(/\{\w+\}/, '1'), {
        key: api.first.key,
        headers: { 'Idempotency-Key': freshKey(), ...(mediaType !== undefined && { 'Content-Type': mediaType }) },
        body: mediaType === undefined ? undefined : await bodyOf(operation, mediaType, things(), path),
      });
      expect([faultOf(operation, answer), answer.status, answer.body.code]).toEqual([undefined, 404, 'not_found']);
    },
  );

  test.each(withKey.filter(({ mediaType }) => mediaType !== undefined))(
    'with a field that nobody knows, $name says so as it is described',
    async (one) => {
      const { method, path, operation } = withOperation(one);
      const answer = await send(api.url, method.toUpperCase(), path.replace(/\{\w+\}/g, 'x_1'), {
        key: api.first.key,
        headers: { 'Idempotency-Key': freshKey(), 'Content-Type': 'application/json' },
        body: '{"nonsense":1}',
      });
      expect([faultOf(operation, answer), answer.status]).toEqual([undefined, 400]);
    },
  );
});

test('a cursor of one page leads to the next, and one that is none to a described refusal', async () => {
  const operation = described.paths['/v1/jobs']?.get as Operation;
  const get = (query: string): Promise<Answer> => send(api.url, 'GET', `/v1/jobs?${query}`, { key: api.first.key });
  const page = await get('limit=1');
  const next = await get(`limit=1&cursor=${page.body.nextCursor}`);
  expect([next.status, faultOf(operation, next)]).toEqual([200, undefined]);
  expect(next.body.data[0].id).not.toBe(page.body.data[0].id);
  const foreign = await get('cursor=nonsense');
  expect([foreign.status, foreign.body.code, faultOf(operation, foreign)]).toEqual([400, 'invalid_cursor', undefined]);
});

test('what is not described is seen: a status, a header, a media type, a field, a type', async () => {
  const operation = described.paths['/v1/account']?.get as Operation;
  const good = await send(api.url, 'GET', '/v1/account', { key: api.first.key });
  expect(faultOf(operation, good)).toBeUndefined();
  expect(faultOf(operation, { ...good, status: 299 })).toContain('the status is not described');
  expect(faultOf(operation, { ...good, headers: new Headers() })).toContain('a header is not there');
  const asText = new Headers(good.headers);
  asText.set('Content-Type', 'text/plain');
  expect(faultOf(operation, { ...good, headers: asText })).toContain('text/plain');
  expect(faultOf(operation, { ...good, body: { ...good.body, more: 1 } })).toContain('the shape');
  expect(faultOf(operation, { ...good, body: { ...good.body, id: 7 } })).toContain('the shape');
});

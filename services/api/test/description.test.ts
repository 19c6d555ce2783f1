/** What the API says about itself: errors in the documents, the description, its page, and the operators' paths. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ERROR_CATALOGUE, type ErrorEntry } from '@carillon/core';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { send, startApi, type TestApi } from './harness.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** A code where sources name one: `new ApiError('...'`, `refuse('...'`, `code: '...'`, and `code = '...'` in SQL. */
const CODE_IN_SOURCE = /(?:ApiError\(|refuse\(|refuser\(context\)\(|\bcode: |\bcode = )'([a-z]+_[a-z_]+)'/g;

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(async () => {
  await api?.stop();
});

describe('docs/errors.md', () => {
  const text = readFileSync(join(root, 'docs/errors.md'), 'utf8');
  const sections = text.split(/^(?=##)/m);
  const documented = [...text.matchAll(/^### `(\w+)`$/gm)].map((match) => match[1]);

  test('has every code of the catalogue once, and no other', () => {
    expect([...documented].sort()).toEqual(Object.keys(ERROR_CATALOGUE).sort());
  });

  test.each(Object.entries<ErrorEntry>(ERROR_CATALOGUE))(
    '%s stands under its status, with title and advice',
    (code, entry) => {
      const index = sections.findIndex((section) => section.startsWith(`### \`${code}\``));
      const status = sections.slice(0, index).findLast((section) => section.startsWith('## '));
      expect(status?.trim()).toBe(`## ${entry.status}`);
      expect(sections[index]).toContain(entry.title);
      expect(sections[index]).toContain(entry.advice);
    },
  );

  test('has every code that the sources name: of errors, of bad lines, of deliveries', () => {
    const listed = new Set([...text.matchAll(/^(?:### |\| )`(\w+)`/gm)].map((match) => match[1]));
    const named = new Set<string>();
    for (const folder of ['services/api', 'services/sender', 'packages']) {
      for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
        const path = join(entry.parentPath, entry.name);
        if (!entry.isFile() || !/\/(?:src|sql)\/.*\.(?:ts|sql)$/.test(path) || /generated|testkit/.test(path)) continue;
        for (const match of readFileSync(path, 'utf8').matchAll(CODE_IN_SOURCE)) named.add(match[1] as string);
      }
    }
    expect(named.size).toBeGreaterThan(30);
    expect([...named].filter((code) => !listed.has(code))).toEqual([]);
  });
});

describe('the description', () => {
  test('is OpenAPI 3.1 with every route, its body, answers and errors', async () => {
    const { status, body } = await send(api.url, 'GET', '/openapi.json');
    expect([status, body.openapi]).toEqual([200, '3.1.0']);
    expect(Object.keys(body.paths)).toEqual(
      expect.arrayContaining([
        '/v1/jobs',
        '/v1/jobs/{id}/pause',
        '/v1/runs/{id}/deliveries',
        '/v1/recipients/{externalId}',
      ]),
    );
    const create = body.paths['/v1/jobs'].post;
    const { $ref } = create.requestBody.content['application/json'].schema;
    expect($ref).toBe('#/components/schemas/CreateJobBody');
    expect(body.components.schemas.CreateJobBody.oneOf).toContainEqual({ $ref: '#/components/schemas/MessageJobBody' });
    const schema = body.components.schemas.MessageJobBody;
    expect(schema).toMatchObject({ type: 'object', additionalProperties: false });
    expect(schema.required).toEqual(expect.arrayContaining(['name', 'content', 'trigger', 'audience']));
    expect(create.parameters).toContainEqual({ $ref: '#/components/parameters/IdempotencyKey' });
    expect(body.components.parameters.IdempotencyKey).toMatchObject({ name: 'Idempotency-Key', required: true });
    expect(Object.keys(create.responses)).toEqual(
      expect.arrayContaining(['201', '400', '401', '409', '415', '422', '503']),
    );
    const ids: string[] = [];
    for (const path of Object.values<Record<string, { operationId: string }>>(body.paths)) {
      for (const operation of Object.values(path)) ids.push(operation.operationId);
    }
    expect(new Set(ids).size).toBe(ids.length);
    const [described] = body.paths['/v1/jobs'].get.parameters;
    expect(described).toMatchObject({ name: 'limit', in: 'query', required: false });
  });

  test('every path of it answers, and none without a key but those that say so', async () => {
    const { body } = await send(api.url, 'GET', '/openapi.json');
    for (const [path, operations] of Object.entries<Record<string, { security?: unknown[] }>>(body.paths)) {
      for (const [method, operation] of Object.entries(operations)) {
        const { status } = await send(api.url, method.toUpperCase(), path.replace(/\{\w+\}/g, 'x'));
        if (operation.security === undefined) expect([path, method, status]).toEqual([path, method, 401]);
        else expect([400, 401, 404]).toContain(status);
      }
    }
  });

  test('has a page whose parts all come from here', async () => {
    const page = await send(api.url, 'GET', '/docs');
    expect(page.status).toBe(200);
    expect(page.headers.get('Content-Security-Policy')).toContain("script-src 'self'");
    const parts = [...(page.body as string).matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] as string);
    expect(parts).toHaveLength(3);
    for (const part of parts) {
      expect(part.startsWith('/docs/')).toBe(true);
      const { status, headers } = await send(api.url, 'GET', part);
      expect([part, status, headers.get('X-Content-Type-Options')]).toEqual([part, 200, 'nosniff']);
    }
  });
});

test('metrics time requests by the pattern of their route', async () => {
  await send(api.url, 'GET', '/v1/jobs/job_7', { key: api.first.key });
  await send(api.url, 'GET', '/v1/jobs/job_8', { key: api.first.key });
  const { body } = await send(api.url, 'GET', '/metrics');
  expect(body).toMatch(/carillon_http_request_seconds_count\{[^}]*route="\/v1\/jobs\/:id"[^}]*status="404"[^}]*\} 2/);
  expect(body).not.toContain('job_7');
});

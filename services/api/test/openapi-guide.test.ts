/** The documents against the API: each request that they show has a route, and a body that is accepted. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { routesToRead } from '../src/openapi/document.ts';

const root = new URL('../../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const guide = read('docs/api.md');
const documents = ['README.md', ...readdirSync(new URL('docs', root)).map((name) => `docs/${name}`)].filter((path) =>
  path.endsWith('.md'),
);
const routes = routesToRead();

interface Shown {
  readonly request: string;
  readonly method: string;
  readonly path: string;
  readonly body: string | undefined;
}

/** The requests in a document's shell blocks to the API, and what its calls of the client name. */
function shown(text = guide): Shown[] {
  const shell = [...text.matchAll(/```sh\n([\s\S]*?)```/g)]
    .map(([, block = '']) => block.replaceAll('\\\n', ' '))
    .join('\n');
  const curls = shell.split(/^curl /m).slice(1);
  const requests = curls.flatMap((line): Shown[] => {
    const path = /\$(?:API|CARILLON_URL)([^\s"?]+)/.exec(line)?.[1];
    if (path === undefined) return [];
    const body = / -d '([\s\S]*?)'/.exec(line)?.[1];
    const method = /-X (\w+)/.exec(line)?.[1] ?? (body === undefined ? 'GET' : 'POST');
    return [{ request: `curl ${method} ${path}`, method, path, body }];
  });
  const calls = [...text.matchAll(/carillon\.(get|post|put|patch|delete|list)\('([^']+)'/g)].map(
    ([request, name = '', path = '']): Shown => {
      const method = name === 'list' ? 'GET' : name.toUpperCase();
      return { request, method, path: path.replace(/\{\w+\}/g, 'x'), body: undefined };
    },
  );
  return [...requests, ...calls];
}

function routeOf({ method, path }: Shown) {
  return routes.find(
    (route) =>
      route.method === method.toLowerCase() && new RegExp(`^${route.path.replace(/:\w+/g, '[^/]+')}$`).test(path),
  );
}

describe('docs/api.md', () => {
  test('shows requests at all', () => {
    expect(shown().length).toBeGreaterThan(45);
    expect(documents.filter((path) => shown(read(path)).length > 0)).toEqual(
      expect.arrayContaining(['README.md', 'docs/api.md', 'docs/suppressions.md', 'docs/webhooks.md']),
    );
  });

  test('shows every part of the API that a portal works with', () => {
    const tags = new Set(shown().map((one) => routeOf(one)?.tag));
    const missing = routes.map(({ tag }) => tag).filter((tag) => !tags.has(tag));
    // The others are for whoever runs the installation, for providers, and for the people who are written to.
    expect([...new Set(missing)]).toEqual(['Unsubscribe', 'Callbacks']);
  });

  test('the triggers of its table are accepted', () => {
    const create = routes.find(({ path, method }) => path === '/v1/jobs' && method === 'post');
    const example = shown().find(({ method, path }) => method === 'POST' && path === '/v1/jobs')?.body ?? '';
    const triggers = [...guide.matchAll(/^\| `(\{"type".*?\})` \|/gm)].map(
      ([, text = '']) => JSON.parse(text) as unknown,
    );
    expect(triggers).toHaveLength(7);
    for (const trigger of triggers)
      expect(create?.body?.safeParse({ ...JSON.parse(example), trigger }).error?.issues ?? []).toEqual([]);
  });
});

describe.each(documents)('%s', (path) => {
  const requests = shown(read(path));
  if (requests.length > 0)
    test.each(requests.map((one) => [one.request, one] as const))('%s', (_request, one) => {
      const route = routeOf(one);
      expect(route?.path).toBeDefined();
      if (one.body === undefined) return;
      const result = route?.body?.safeParse(JSON.parse(one.body));
      expect(result?.success ? [] : result?.error.issues).toEqual([]);
    });

  test('names routes that there are', () => {
    const named = [...read(path).matchAll(/`(GET|POST|PUT|PATCH|DELETE) (\/v1\/[^`\s?]+)/g)];
    const unknown = named.filter(([, method = '', route = '']) => {
      const filled = route.replace(/\{\w+\}|:\w+/g, 'x');
      return routeOf({ request: '', method, path: filled, body: undefined }) === undefined;
    });
    expect(unknown.map(([text]) => text)).toEqual([]);
  });
});

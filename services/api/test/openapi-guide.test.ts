/** docs/api.md against the API: each request that it shows has a route, and a body that is accepted. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { routesToRead } from '../src/openapi/document.ts';

const guide = readFileSync(new URL('../../../docs/api.md', import.meta.url), 'utf8');
const routes = routesToRead();

interface Shown {
  readonly request: string;
  readonly method: string;
  readonly path: string;
  readonly body: string | undefined;
}

/** The requests in the guide's shell blocks, and what its calls of the client name. */
function shown(): Shown[] {
  const shell = [...guide.matchAll(/```sh\n([\s\S]*?)```/g)]
    .map(([, text = '']) => text.replaceAll('\\\n', ' '))
    .join('\n');
  const curls = shell.split(/^curl /m).slice(1);
  const requests = curls.map((text): Shown => {
    const method = /-X (\w+)/.exec(text)?.[1] ?? 'GET';
    const path = /\$API([^\s"?]+)/.exec(text)?.[1] ?? '';
    return { request: `curl ${method} ${path}`, method, path, body: / -d '([\s\S]*?)'/.exec(text)?.[1] };
  });
  const calls = [...guide.matchAll(/carillon\.(get|post|put|patch|delete|list)\('([^']+)'/g)].map(
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
  });

  test.each(shown().map((one) => [one.request, one] as const))('%s', (_request, one) => {
    const route = routeOf(one);
    expect(route?.path).toBeDefined();
    if (one.body === undefined) return;
    const result = route?.body?.safeParse(JSON.parse(one.body));
    expect(result?.success ? [] : result?.error.issues).toEqual([]);
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
    expect(triggers).toHaveLength(4);
    for (const trigger of triggers)
      expect(create?.body?.safeParse({ ...JSON.parse(example), trigger }).error?.issues ?? []).toEqual([]);
  });
});

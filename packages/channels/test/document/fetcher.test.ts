/** Fetching what reports attach: what becomes of each answer, and what is not asked at all. */
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { createDocumentFetcher } from '../../src/index.ts';

const cleanups: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function website(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanups.push(
    () => server.close(),
    () => server.closeAllConnections(),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/a/b.pdf?c=1`;
}

function fetcher(changes: Partial<Parameters<typeof createDocumentFetcher>[0]> = {}) {
  const made = createDocumentFetcher({
    timeoutMs: 2_000,
    maxBytes: 1_000,
    allowPrivate: true,
    allowHttp: true,
    ...changes,
  });
  cleanups.push(() => made.close());
  return made;
}

test('brings the bytes as they are, and their type without its parameters', async () => {
  const bytes = Buffer.from([0, 255, 10, 13, 128]);
  const url = await website((request, response) => {
    expect(request.url).toBe('/a/b.pdf?c=1');
    response.writeHead(200, { 'content-type': 'Application/PDF; charset=x' }).end(bytes);
  });
  expect(await fetcher().fetch(url)).toEqual({ kind: 'document', mediaType: 'application/pdf', bytes });
});

test('takes what has no type, or one that is none, for bytes of any kind', async () => {
  const url = await website((_, response) => response.writeHead(200, { 'content-type': 'a b; c' }).end('x'));
  expect(await fetcher().fetch(url)).toMatchObject({ mediaType: 'application/octet-stream' });
});

test.each([
  [404, 'rejected', 'document_refused'],
  [403, 'rejected', 'document_refused'],
  [302, 'rejected', 'document_refused'],
  [204, 'rejected', 'document_refused'],
  [429, 'retry', 'document_refused'],
  [503, 'retry', 'document_refused'],
])('%i is %s', async (status, kind, code) => {
  const url = await website((_, response) => response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end());
  expect(await fetcher().fetch(url)).toMatchObject({ kind, code });
});

test.each([
  [1_000, 'document'],
  [1_001, 'rejected'],
  [5_000_000, 'rejected'],
])('of %i bytes is a %s', async (size, kind) => {
  const url = await website((_, response) => response.end(Buffer.alloc(size)));
  expect(await fetcher().fetch(url)).toMatchObject({ kind });
});

test('one that does not come to its end within the time-out may come later', async () => {
  const url = await website((_, response) => response.writeHead(200, { 'content-length': '10' }).write('half'));
  expect(await fetcher({ timeoutMs: 200 }).fetch(url)).toMatchObject({ kind: 'retry', code: 'document_unreachable' });
});

test('nothing is asked of a private network', async () => {
  let asked = 0;
  const url = await website((_, response) => {
    asked += 1;
    response.end();
  });
  const guarded = { allowPrivate: false };
  expect(await fetcher(guarded).fetch(url)).toMatchObject({ kind: 'rejected', code: 'private_address' });
  const network = { resolve: async () => [{ address: '127.0.0.1', family: 4 }] };
  const named = url.replace('127.0.0.1', 'example.com');
  expect(await fetcher({ ...guarded, network }).fetch(named)).toMatchObject({ kind: 'retry', code: 'private_address' });
  expect(await fetcher({ allowHttp: false }).fetch(url)).toMatchObject({ kind: 'rejected', code: 'not_https' });
  expect(asked).toBe(0);
});

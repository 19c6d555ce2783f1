/** Each mode of the fault proxy, against an echo server that also tells what it received. */
import { once } from 'node:events';
import { createServer, connect as dial, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { eventually, type FaultProxy, startProxy } from '../src/index.ts';

let server: Server;
let received: string;
let proxy: FaultProxy;
const clients: Socket[] = [];

beforeEach(async () => {
  received = '';
  server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      received += chunk.toString();
      socket.write(`echo:${chunk.toString()}`);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  proxy = await startProxy({ target: `tcp://127.0.0.1:${port}` });
});

afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await proxy.close();
  await new Promise((resolve) => server.close(resolve));
});

async function connected() {
  const socket = dial({ host: proxy.host, port: proxy.port });
  clients.push(socket);
  const seen = { text: '', closed: false, error: undefined as string | undefined };
  socket.on('data', (chunk) => {
    seen.text += chunk.toString();
  });
  socket.on('error', (error: NodeJS.ErrnoException) => {
    seen.error = error.code;
  });
  socket.on('close', () => {
    seen.closed = true;
  });
  // A connection that is reset at once may never report that it was connected.
  await Promise.race([once(socket, 'connect'), once(socket, 'close')]).catch(() => {});
  return { socket, seen };
}

test('passes both ways, and names its own address in the URL', async () => {
  const { socket, seen } = await connected();
  socket.write('a');
  await eventually(() => seen.text === 'echo:a');
  expect(received).toBe('a');
  expect(new URL(proxy.url).port).toBe(String(proxy.port));
});

test('dropReplies lets the server hear and the client not, and pass ends it on the same connection', async () => {
  const { socket, seen } = await connected();
  proxy.setMode('dropReplies');
  socket.write('lost');
  await eventually(() => received === 'lost');
  proxy.setMode('pass');
  socket.write('heard');
  await eventually(() => seen.text.includes('echo:heard'));
  expect(seen.text).not.toContain('echo:lost');
});

test('blackhole swallows what the client says, and what lost bytes never speaks again', async () => {
  const { socket, seen } = await connected();
  socket.write('before');
  await eventually(() => seen.text === 'echo:before');
  proxy.setMode('blackhole');
  socket.write('swallowed');
  // A second connection through the same proxy, opened now, is swallowed as well.
  const other = await connected();
  other.socket.write('swallowed too');
  await eventually(() => other.socket.bytesWritten > 0 && socket.bytesWritten > 'before'.length);
  await eventually(() => proxy.swallowedBytes === 'swallowed'.length + 'swallowed too'.length);
  proxy.setMode('pass');
  socket.write('after');
  await eventually(() => proxy.swallowedBytes === 'swallowedswallowed tooafter'.length);
  const third = await connected();
  third.socket.write('anew');
  await eventually(() => third.seen.text === 'echo:anew');
  expect(received).toBe('beforeanew');
  expect(seen.text).toBe('echo:before');
});

test('reset ends open connections with ECONNRESET, and new ones', async () => {
  const { seen } = await connected();
  await eventually(() => proxy.openConnections === 1);
  proxy.setMode('reset');
  await eventually(() => seen.closed);
  expect(seen.error).toBe('ECONNRESET');
  const second = await connected();
  await eventually(() => second.seen.closed);
  proxy.setMode('pass');
  const third = await connected();
  third.socket.write('x');
  await eventually(() => third.seen.text === 'echo:x');
});

test('a delay holds chunks back and keeps their order', async () => {
  const { socket, seen } = await connected();
  proxy.setDelay(60);
  const startedAt = performance.now();
  socket.write('1');
  await eventually(() => proxy.openConnections === 1);
  socket.write('2');
  await eventually(() => received === '12', { everyMs: 5 });
  await eventually(() => seen.text.endsWith('2'), { everyMs: 5 });
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(115);
});

test('cutAfter forwards the matching bytes, swallows the reply and resets once', async () => {
  const { socket, seen } = await connected();
  const cut = proxy.cutAfter((text) => text.includes('COMMIT'));
  socket.write('BEGIN');
  await eventually(() => seen.text === 'echo:BEGIN');
  socket.write('COMMIT');
  await cut.happened;
  await eventually(() => seen.closed);
  expect(seen.error).toBe('ECONNRESET');
  expect(seen.text).toBe('echo:BEGIN');
  expect(received).toBe('BEGINCOMMIT');
  // It happens once: the next COMMIT passes.
  const next = await connected();
  next.socket.write('COMMIT');
  await eventually(() => next.seen.text === 'echo:COMMIT');
});

test('a delay that ends lets nothing overtake what it held back, the end of the stream included', async () => {
  const { socket } = await connected();
  proxy.setDelay(200);
  socket.write('a');
  // What was sent before the change must have reached the proxy.
  await eventually(() => proxy.heldChunks > 0, { everyMs: 1 });
  proxy.setDelay(0);
  socket.end('b');
  await eventually(() => received === 'ab', { everyMs: 5 });
});

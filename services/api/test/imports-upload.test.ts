/** An upload that stands still is given up, and one that was answered early is still read to its end. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import type { Request } from 'express';
import { openUpload } from '../src/routes/imports/upload.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A server that hands its one request on, as Express would. */
async function serve(handle: (incoming: Request, answer: (text: string) => void) => Promise<void>): Promise<string> {
  server = createServer((incoming, response) => {
    const asRequest = Object.assign(incoming, { get: (name: string) => incoming.headers[name.toLowerCase()] });
    void handle(asRequest as unknown as Request, (text) => response.end(text));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

test.each(['identity', 'gzip'])('a client that sends nothing for too long (%s)', async (encoding) => {
  let seen: (error: unknown) => void;
  const failed = new Promise<unknown>((resolve) => {
    seen = resolve;
  });
  const url = await serve(async (incoming) => {
    const { chunks } = openUpload(incoming, 50);
    try {
      while ((await chunks.next()).done !== true);
      seen('the upload ended');
    } catch (error) {
      seen(error);
    }
  });
  const outgoing = request(url, { method: 'POST', headers: { 'Content-Encoding': encoding } });
  outgoing.on('error', () => {});
  outgoing.write(encoding === 'gzip' ? Buffer.from([0x1f, 0x8b]) : 'a');
  expect(await failed).toMatchObject({ code: 'UPLOAD_STALLED' });
  outgoing.destroy();
});

test('a client that is still sending sees its answer', async () => {
  const url = await serve(async (incoming, answer) => {
    const upload = openUpload(incoming, 5_000);
    await upload.chunks.next();
    await upload.drain();
    answer(incoming.complete ? 'read to its end' : 'cut off');
  });
  const outgoing = request(url, { method: 'POST' });
  outgoing.end(Buffer.alloc(20_000_000, 'x'));
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  let text = '';
  for await (const part of response) text += part;
  expect(text).toBe('read to its end');
});

/** What a called service receives, and what each of its answers, or the want of one, is taken for. */
import type { CallContent, CallProvider, OutgoingMessage, SendOutcome } from '@carillon/contracts';
import { encodeReference } from '@carillon/core';
import { afterEach, describe, expect, test } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { type Channel, createCallChannel, type OriginsOptions } from '../../src/index.ts';
import { answer, type RawServer, type Script, startRawServer } from '../raw-server.ts';
import { OTHER_SECRET, readRequest, SECRET } from '../webhook/endpoint.ts';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function server(script: Script): Promise<RawServer> {
  const started = await startRawServer(script);
  cleanups.push(() => started.close());
  return started;
}

function answering(status: number, headers = '', body: unknown = ''): Promise<RawServer> {
  return server({ onRequest: (socket) => socket.write(answer(status, body, headers)) });
}

function channel(changes: Partial<OriginsOptions> = {}): Channel<CallProvider> {
  const made = createCallChannel({
    connections: 1,
    timeoutMs: 5_000,
    connectTimeoutMs: 2_000,
    allowHttp: true,
    allowPrivate: true,
    ...changes,
  });
  cleanups.push(() => made.close());
  return made;
}

const provider: CallProvider = { channel: 'call', id: 3, accountId: 1, messagesPerSecond: 20, secrets: [SECRET] };
const referenceOf = (tryNumber: number): string =>
  encodeReference({ runId: 9, day: '2026-11-21', batchId: 7, number: 1, try: tryNumber }, new Uint8Array(32));

function message(raw: { readonly port: number }, changes: Partial<CallContent> = {}, tryNumber = 1): OutgoingMessage {
  const url = `http://127.0.0.1:${raw.port}/nightly?team=1`;
  const content: CallContent = { type: 'call', method: 'POST', url, body: '{"text":"Grüße"}', ...changes };
  return { address: `http://127.0.0.1:${raw.port}`, content, reference: referenceOf(tryNumber) };
}

const sent = (raw: RawServer, changes: Partial<OriginsOptions> = {}): Promise<SendOutcome> =>
  channel(changes).send(message(raw), provider);

describe('what is received', () => {
  test('is the body as it was stored, with headers of its own, and verifies', async () => {
    const raw = await answering(200, '', 'done');
    const outcome = await channel().send(message(raw, { headers: { 'x-team': 'billing' } }), provider);
    expect(outcome).toMatchObject({
      kind: 'accepted',
      providerMessageId: 'dlv_20261121_7_1',
      result: { status: 200, output: 'done' },
    });
    const { line, headers, body } = readRequest(raw.requests[0] ?? '');
    expect(line).toBe('POST /nightly?team=1 HTTP/1.1');
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'user-agent': 'Carillon/1',
      'x-team': 'billing',
      'webhook-id': 'dlv_20261121_7_1',
    });
    expect(body).toBe('{"text":"Grüße"}');
    expect(new Webhook(SECRET).verify(body, headers)).toEqual({ text: 'Grüße' });
  });

  test('has the same id at every try, and a signature by each secret', async () => {
    const raw = await answering(200);
    const made = channel();
    const both = { ...provider, secrets: [OTHER_SECRET, SECRET] };
    for (const tryNumber of [1, 2]) await made.send(message(raw, {}, tryNumber), both);
    const ids = raw.requests.map((request) => readRequest(request).headers['webhook-id']);
    expect(ids).toEqual(['dlv_20261121_7_1', 'dlv_20261121_7_1']);
    const { headers, body } = readRequest(raw.requests[0] ?? '');
    for (const secret of both.secrets) expect(() => new Webhook(secret).verify(body, headers)).not.toThrow();
  });

  test.each(['GET', 'DELETE'] as const)('is a %s without a body, signed over nothing', async (method) => {
    const raw = await answering(200);
    const { body: _, ...bare } = message(raw).content as CallContent;
    const call = { ...message(raw), content: { ...bare, method } };
    expect((await channel().send(call, provider)).kind).toBe('accepted');
    const { line, headers, body } = readRequest(raw.requests[0] ?? '');
    expect(line.startsWith(`${method} /nightly`)).toBe(true);
    expect(body).toBe('');
    const signed = Buffer.from(
      new Webhook(SECRET).sign('dlv_20261121_7_1', new Date(Number(headers['webhook-timestamp']) * 1000), ''),
    );
    expect(headers['webhook-signature']).toBe(signed.toString());
  });
});

describe('what an answer means', () => {
  test.each([
    [200, 'accepted', undefined],
    [204, 'accepted', undefined],
    [301, 'rejected', 'redirect_refused'],
    [400, 'rejected', 'http_400'],
    [404, 'rejected', 'http_404'],
    [408, 'retry', 'http_408'],
    [410, 'rejected', 'gone'],
    [425, 'retry', 'http_425'],
    [429, 'retry', 'http_429'],
    [500, 'retry', 'http_500'],
    [503, 'retry', 'http_503'],
  ])('%i is %s', async (status, kind, code) => {
    const outcome = await sent(await answering(status, status === 301 ? 'Location: http://127.0.0.1:1/\r\n' : ''));
    expect(outcome).toMatchObject({ kind, ...(code !== undefined && { code }), result: { status } });
    expect('concerns' in outcome ? outcome.concerns : undefined).toBe(status === 410 ? 'job' : undefined);
  });

  test('a 429 is tried again when it says, at most a day later', async () => {
    expect(await sent(await answering(429, 'Retry-After: 7\r\n'))).toMatchObject({
      retryAfterMs: 7_000,
      overloaded: true,
    });
    expect(await sent(await answering(500, 'Retry-After: 999999\r\n'))).toMatchObject({ retryAfterMs: 86_400_000 });
  });

  test.each([1_000, 3_072, 3_073, 200_000])(
    'of %i bytes the first 3 KB are kept, and the status counts',
    async (bytes) => {
      const outcome = await sent(await answering(200, '', 'x'.repeat(bytes)));
      expect(outcome.kind).toBe('accepted');
      expect(outcome.result?.output).toBe('x'.repeat(Math.min(bytes, 3_072)));
      expect(outcome.result?.truncated ?? false).toBe(bytes > 3_072);
    },
  );

  test('an answer whose end does not come counts by its status, with what came of it', async () => {
    const raw = await server({
      onRequest: (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nbegun'),
    });
    const outcome = await sent(raw, { timeoutMs: 300 });
    expect(outcome).toMatchObject({ kind: 'accepted', result: { status: 200, output: 'begun', truncated: true } });
  });
});

describe('without an answer', () => {
  test('a time-out is tried again', async () => {
    const outcome = await sent(await server({ onRequest: () => {} }), { timeoutMs: 200 });
    expect(outcome).toMatchObject({ kind: 'retry', code: 'timeout', result: { error: expect.any(String) } });
    expect(outcome.result?.ms).toBeGreaterThanOrEqual(190);
  });

  test('so is a connection that is lost after the request', async () => {
    const raw = await server({ onRequest: (socket) => socket.destroy() });
    expect(await sent(raw)).toMatchObject({ kind: 'retry', code: 'connection_lost' });
    expect(raw.requests).toHaveLength(1);
  });

  test('and a server that is not there', async () => {
    const raw = await answering(200);
    await raw.close();
    expect(await sent(raw)).toMatchObject({ kind: 'retry', code: 'not_connected' });
  });
});

describe('what is not called', () => {
  const guarded = { allowHttp: true, allowPrivate: false };

  test('a private address, which is refused for good', async () => {
    const raw = await answering(200);
    expect(await sent(raw, guarded)).toMatchObject({ kind: 'rejected', code: 'private_address' });
    expect(raw.requests).toEqual([]);
  });

  test('a name that stands for a private address at the moment of the call', async () => {
    const raw = await answering(200);
    const network = { resolve: async () => [{ address: '127.0.0.1', family: 4 }] };
    const call = message(raw, { url: `http://example.com:${raw.port}/` });
    const outcome = await channel({ ...guarded, network }).send(call, provider);
    expect(outcome).toMatchObject({ kind: 'retry', code: 'private_address' });
    expect(raw.requests).toEqual([]);
  });

  test('anything by an account without a secret, and what is no call', async () => {
    const raw = await answering(200);
    expect(await channel().send(message(raw), { ...provider, secrets: [] })).toMatchObject({ code: 'invalid_secret' });
    const text = { ...message(raw), content: { type: 'text', text: 'no call' } as const };
    expect(await channel().send(text, provider)).toMatchObject({ kind: 'rejected', code: 'wrong_content' });
  });

  test('more than its connections to one origin, while another origin has its own', async () => {
    const slow = await server({ onRequest: () => {} });
    const quick = await answering(200);
    const made = channel({ timeoutMs: 400 });
    const first = made.send(message(slow), provider);
    expect(await made.send(message(slow), provider)).toMatchObject({ kind: 'retry', code: 'no_free_connection' });
    expect((await made.send(message(quick), provider)).kind).toBe('accepted');
    expect((await first).kind).toBe('retry');
  });

  test('anything after its time', async () => {
    const raw = await answering(200);
    expect(await channel().send(message(raw), provider, performance.now() - 1)).toMatchObject({ code: 'too_late' });
    expect(raw.requests).toEqual([]);
  });
});

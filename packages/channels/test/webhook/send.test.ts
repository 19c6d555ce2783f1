/** What an endpoint receives, and what each of its answers, or the want of one, is taken for. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { WebhookProvider } from '@carillon/contracts';
import { afterEach, describe, expect, test } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { type Channel, createWebhookChannel, type OriginsOptions } from '../../src/index.ts';
import { answer, type RawServer, type Script, startRawServer } from '../raw-server.ts';
import { endpoint, message, notice, OTHER_SECRET, readRequest, SECRET } from './endpoint.ts';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function server(script: Script): Promise<RawServer> {
  const started = await startRawServer(script);
  cleanups.push(() => started.close());
  return started;
}

/** A server that gives the same answer each time. */
function answering(status: number, headers = '', body: unknown = ''): Promise<RawServer> {
  return server({ onRequest: (socket) => socket.write(answer(status, body, headers)) });
}

function channel(changes: Partial<OriginsOptions> = {}): Channel<WebhookProvider> {
  const made = createWebhookChannel({
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

function at(raw: RawServer, changes: Partial<WebhookProvider> = {}): WebhookProvider {
  return endpoint(`http://127.0.0.1:${raw.port}/hooks?tenant=1`, changes);
}

describe('what is received', () => {
  test('is the notice as it was made, and verifies', async () => {
    const raw = await answering(204);
    expect(await channel().send(message, at(raw))).toEqual({ kind: 'accepted', providerMessageId: 'evt_12' });
    const { line, headers, body } = readRequest(raw.requests[0] ?? '');
    expect(line).toBe('POST /hooks?tenant=1 HTTP/1.1');
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(notice.body)),
      'user-agent': 'Carillon-Webhooks/1',
      'webhook-id': 'evt_12',
    });
    expect(body).toBe(notice.body);
    expect(new Webhook(SECRET).verify(body, headers)).toEqual(JSON.parse(notice.body));
  });

  test('does not verify when anything was changed on its way', async () => {
    const raw = await answering(204);
    await channel().send(message, at(raw));
    const { headers, body } = readRequest(raw.requests[0] ?? '');
    const receiver = new Webhook(SECRET);
    const later = String(Number(headers['webhook-timestamp']) + 1);
    expect(() => receiver.verify(`${body} `, headers)).toThrow();
    expect(() => receiver.verify(body, { ...headers, 'webhook-id': 'evt_13' })).toThrow();
    expect(() => receiver.verify(body, { ...headers, 'webhook-timestamp': later })).toThrow();
    expect(() => new Webhook(OTHER_SECRET).verify(body, headers)).toThrow();
  });

  test('verifies with either secret while two overlap, and with neither of other accounts', async () => {
    const raw = await answering(200);
    await channel().send(message, at(raw, { secrets: [OTHER_SECRET, SECRET] }));
    const { headers, body } = readRequest(raw.requests[0] ?? '');
    expect(headers['webhook-signature']?.split(' ')).toHaveLength(2);
    for (const secret of [SECRET, OTHER_SECRET]) {
      expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(notice.body));
    }
    const third = `whsec_${Buffer.alloc(24).toString('base64')}`;
    expect(() => new Webhook(third).verify(body, headers)).toThrow();
  });

  test('a later try has the same id and body, and the time of the try', async () => {
    const raw = await answering(500);
    let now = Date.parse('2026-06-01T12:00:00.900Z');
    const one = channel({ nowMs: () => now });
    await one.send(message, at(raw));
    now += 3 * 86_400_000;
    await one.send(message, at(raw));
    const [first, second] = raw.requests.map(readRequest);
    expect(second?.body).toBe(first?.body);
    expect(second?.headers['webhook-id']).toBe('evt_12');
    expect(first?.headers['webhook-timestamp']).toBe('1780315200');
    expect(second?.headers['webhook-timestamp']).toBe('1780574400');
    expect(second?.headers['webhook-signature']).not.toBe(first?.headers['webhook-signature']);
  });
});

describe('answers', () => {
  test.each([200, 201, 202, 204, 299])('%i is a yes', async (status) => {
    const raw = await answering(status);
    expect(await channel().send(message, at(raw))).toEqual({ kind: 'accepted', providerMessageId: 'evt_12' });
  });

  test('410 switches the endpoint off', async () => {
    const raw = await answering(410);
    expect(await channel().send(message, at(raw))).toEqual({
      kind: 'rejected',
      code: 'gone',
      message: 'HTTP 410',
      concerns: 'endpoint',
    });
  });

  test.each([400, 401, 403, 404, 405, 413, 422, 429, 500, 502, 503, 599])('%i is tried again', async (status) => {
    const raw = await answering(status);
    expect(await channel().send(message, at(raw))).toEqual({
      kind: 'retry',
      code: `http_${status}`,
      message: `HTTP ${status}`,
      // These two say that there is too much at once.
      ...((status === 429 || status === 503) && { overloaded: true }),
    });
  });

  test.each([
    [429, '30', 30_000],
    [503, 'Mon, 01 Jun 2026 12:01:00 GMT', 60_000],
    [500, '99999999', 86_400_000],
    [429, 'soon', undefined],
    [404, '30', undefined],
  ])('%i with Retry-After %s waits %s', async (status, value, expected) => {
    const raw = await answering(status, `retry-after: ${value}\r\n`);
    const one = channel({ nowMs: () => Date.parse('2026-06-01T12:00:00Z') });
    const outcome = await one.send(message, at(raw));
    expect(outcome).toMatchObject({ kind: 'retry', code: `http_${status}` });
    expect('retryAfterMs' in outcome ? outcome.retryAfterMs : undefined).toBe(expected);
  });

  test.each([301, 302, 303, 307, 308])('%i is not followed', async (status) => {
    const target = await answering(200);
    const raw = await answering(status, `location: http://127.0.0.1:${target.port}/inside\r\n`);
    expect(await channel().send(message, at(raw))).toMatchObject({ kind: 'retry', code: 'redirect_refused' });
    expect(target.connections()).toBe(0);
    expect(raw.requests).toHaveLength(1);
  });

  test('a yes with a body longer than anybody reads is a yes', async () => {
    const raw = await answering(200, '', 'x'.repeat(1_000_000));
    expect(await channel().send(message, at(raw))).toMatchObject({ kind: 'accepted' });
  });

  test('a yes whose body never ends is a yes, when the time is up', async () => {
    const raw = await server({
      onRequest: (socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc'),
    });
    expect(await channel({ timeoutMs: 1_000 }).send(message, at(raw))).toMatchObject({ kind: 'accepted' });
  });

  test('early hints are no answer', async () => {
    const raw = await server({
      onRequest: (socket) => socket.write(`HTTP/1.1 103 Early Hints\r\n\r\n${answer(500, '')}`),
    });
    expect(await channel().send(message, at(raw))).toMatchObject({ kind: 'retry', code: 'http_500' });
  });
});

describe('no answer', () => {
  test('a receiver that hangs is tried again', async () => {
    const raw = await server({});
    const outcome = await channel({ timeoutMs: 1_000 }).send(message, at(raw));
    expect(outcome).toMatchObject({ kind: 'retry', code: 'timeout' });
    expect(raw.requests).toHaveLength(1);
  });

  test('only early hints are none', async () => {
    const raw = await server({ onRequest: (socket) => socket.write('HTTP/1.1 103 Early Hints\r\n\r\n') });
    expect(await channel({ timeoutMs: 1_000 }).send(message, at(raw))).toMatchObject({
      kind: 'retry',
      code: 'timeout',
    });
  });

  test('a connection lost after the request', async () => {
    const raw = await server({ onRequest: (socket) => socket.resetAndDestroy() });
    expect(await channel().send(message, at(raw))).toMatchObject({ kind: 'retry', code: 'connection_lost' });
    expect(raw.requests).toHaveLength(1);
  });

  test('an answer that is not HTTP', async () => {
    const raw = await server({ onRequest: (socket) => socket.end('SSH-2.0-OpenSSH_9.9\r\n') });
    expect(await channel().send(message, at(raw))).toMatchObject({ kind: 'retry', code: 'unreadable_answer' });
  });

  test('a refused connection', async () => {
    const probe = createServer().listen(0, '127.0.0.1');
    await once(probe, 'listening');
    const { port } = probe.address() as { port: number };
    probe.close();
    await once(probe, 'close');
    const outcome = await channel().send(message, endpoint(`http://127.0.0.1:${port}/`));
    expect(outcome).toMatchObject({ kind: 'retry', code: 'not_connected' });
  });

  test('a server that speaks no TLS', async () => {
    const raw = await server({ onConnection: (socket) => socket.end('no\r\n') });
    const outcome = await channel().send(message, endpoint(`https://127.0.0.1:${raw.port}/`));
    expect(outcome).toMatchObject({ kind: 'retry', code: 'not_connected' });
  });
});

describe('what is never written', () => {
  test('anything to an endpoint that is switched off', async () => {
    const raw = await answering(200);
    const outcome = await channel().send(message, at(raw, { enabled: false }));
    expect(outcome).toMatchObject({ kind: 'rejected', code: 'endpoint_disabled' });
    expect(raw.connections()).toBe(0);
  });

  test('anything but a notice', async () => {
    const raw = await answering(200);
    const outcome = await channel().send({ ...message, content: { type: 'text', text: 'Tea' } }, at(raw));
    expect(outcome).toMatchObject({ kind: 'rejected', code: 'wrong_content' });
    expect(raw.connections()).toBe(0);
  });

  test.each([[[]], [['whsec_']], [['whsec_%%%']], [[SECRET, '']]])('anything with the secrets %j', async (secrets) => {
    const raw = await answering(200);
    const outcome = await channel().send(message, at(raw, { secrets }));
    expect(outcome).toMatchObject({ kind: 'retry', code: 'invalid_secret' });
    expect(raw.connections()).toBe(0);
  });

  test('anything after the time until which the call may start', async () => {
    const raw = await answering(200);
    const one = channel();
    expect(await one.send(message, at(raw), performance.now() - 1)).toMatchObject({ kind: 'retry', code: 'too_late' });
    expect(raw.requests).toHaveLength(0);
  });

  test('a header that an id would break in two', async () => {
    const raw = await answering(200);
    const broken = { ...message, content: { ...notice, eventId: 'evt_1\r\nx: y' } };
    expect(await channel().send(broken, at(raw))).toMatchObject({ kind: 'retry', code: 'invalid_provider' });
    expect(raw.requests).toHaveLength(0);
  });
});

describe('connections', () => {
  test('are counted by origin, used again, and refused when all are in use', async () => {
    const raw = await server({});
    const other = await answering(200);
    const one = channel({ timeoutMs: 1_000 });
    const provider = at(raw);
    expect(one.free(provider)).toBe(1);
    const first = one.send(message, provider);
    expect(one.free(provider)).toBe(0);
    expect(one.free(at(other))).toBe(1);
    expect(await one.send(message, provider)).toMatchObject({ kind: 'retry', code: 'no_free_connection' });
    expect(await one.send(message, at(other))).toMatchObject({ kind: 'accepted' });
    expect(await one.send(message, at(other))).toMatchObject({ kind: 'accepted' });
    expect(other.connections()).toBe(1);
    expect(await first).toMatchObject({ kind: 'retry', code: 'timeout' });
    expect(one.free(provider)).toBe(1);
  });

  test('of idle origins are dropped when there are too many, of busy ones never', async () => {
    let release = () => {};
    const busy = await server({
      onRequest: (socket) => {
        release = () => socket.write(answer(200, ''));
      },
    });
    const idle = await answering(200);
    const third = await answering(200);
    let written = () => {};
    const wrote = new Promise<void>((resolve) => {
      written = resolve;
    });
    const one = channel({ origins: 2, onWritten: () => written() });
    const open = one.send(message, at(busy));
    await wrote;
    const provider = at(idle);
    expect(await one.send(message, provider)).toMatchObject({ kind: 'accepted' });
    expect(await one.send(message, at(third))).toMatchObject({ kind: 'accepted' });
    expect(await one.send(message, provider)).toMatchObject({ kind: 'accepted' });
    expect(idle.connections()).toBe(2);
    while (busy.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
    release();
    expect(await open).toMatchObject({ kind: 'accepted' });
  });

  test('closing lets the call in the air end and takes no more', async () => {
    const raw = await answering(200);
    const one = channel();
    const open = one.send(message, at(raw));
    const closing = one.close();
    expect(one.free(at(raw))).toBe(0);
    expect(await one.send(message, at(raw))).toMatchObject({ kind: 'retry', code: 'channel_closed' });
    expect(await open).toMatchObject({ kind: 'accepted' });
    await closing;
  });
});

/**
 * What became of a call, for everything that a server can do to a connection. Two things matter above all: a request
 * that may have been written is never called anything but `unknown`, and it is never written a second time.
 */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { OutgoingMessage } from '@carillon/contracts';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type Channel, createWhatsAppChannel } from '../src/index.ts';
import { ACCEPTED, answer, providerAt, type RawServer, type Script, startRawServer } from './raw-server.ts';

const message: OutgoingMessage = {
  address: '15551234567',
  content: { type: 'text', text: 'Tea at four' },
  reference: 'c1.a.20260101.b.1.1.mac',
};

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function server(script: Script): Promise<RawServer> {
  const started = await startRawServer(script);
  cleanups.push(() => started.close());
  return started;
}

function channel(changes: { connections?: number; timeoutMs?: number; keepAliveMs?: number } = {}): Channel {
  const made = createWhatsAppChannel({ connections: 1, timeoutMs: 5_000, connectTimeoutMs: 2_000, ...changes });
  cleanups.push(() => made.close());
  return made;
}

/** A port that nobody listens on. */
async function deadPort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, 'close');
  return port;
}

describe('an accepted message', () => {
  test('gives the provider id, and the request is the documented one', async () => {
    const raw = await server({ onRequest: (socket) => socket.write(answer(200, ACCEPTED)) });
    const outcome = await channel().send(message, providerAt(raw.port));
    expect(outcome).toEqual({ kind: 'accepted', providerMessageId: 'wamid.one' });
    const [head = '', body = ''] = raw.requests[0]?.split('\r\n\r\n') ?? [];
    expect(head).toMatch(/^POST \/v23\.0\/1065\/messages HTTP\/1\.1\r\n/);
    expect(head).toMatch(/\r\nauthorization: Bearer token(\r\n|$)/i);
    expect(head).toMatch(/\r\ncontent-type: application\/json(\r\n|$)/i);
    expect(JSON.parse(body)).toEqual({
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: '15551234567',
      type: 'text',
      text: { preview_url: false, body: 'Tea at four' },
      biz_opaque_callback_data: 'c1.a.20260101.b.1.1.mac',
    });
  });

  test('is read from an answer that comes in pieces', async () => {
    const whole = answer(200, ACCEPTED);
    const raw = await server({
      onRequest: (socket) => {
        const pieces = [whole.slice(0, 10), whole.slice(10, 60), whole.slice(60, 100), whole.slice(100)];
        const next = () => {
          const piece = pieces.shift();
          if (piece !== undefined) socket.write(piece, () => setImmediate(next));
        };
        next();
      },
    });
    expect(await channel().send(message, providerAt(raw.port))).toMatchObject({ kind: 'accepted' });
  });

  test('the connection is used again', async () => {
    const raw = await server({ onRequest: (socket) => socket.write(answer(200, ACCEPTED)) });
    const one = channel();
    const provider = providerAt(raw.port);
    for (let i = 0; i < 5; i += 1) expect(await one.send(message, provider)).toMatchObject({ kind: 'accepted' });
    expect(raw.requests).toHaveLength(5);
    expect(raw.connections()).toBe(1);
  });

  test('a base URL with a path keeps it', async () => {
    const raw = await server({ onRequest: (socket) => socket.write(answer(200, ACCEPTED)) });
    await channel().send(message, providerAt(raw.port, { baseUrl: `http://127.0.0.1:${raw.port}/proxy` }));
    expect(raw.requests[0]).toMatch(/^POST \/proxy\/v23\.0\/1065\/messages /);
  });
});

describe('proven not written', () => {
  test('a refused connection', async () => {
    const outcome = await channel().send(message, providerAt(await deadPort()));
    expect(outcome).toMatchObject({ kind: 'retry', code: 'not_connected' });
  });

  test('a name that does not resolve', async () => {
    const outcome = await channel().send(message, providerAt(1, { baseUrl: 'http://nowhere.invalid' }));
    expect(outcome).toMatchObject({ kind: 'retry', code: 'not_connected' });
  });

  test('a TLS handshake that never ends, bounded by the time-out, and not written when it would be possible later', async () => {
    const raw = await server({});
    const outcome = await channel({ timeoutMs: 1_000 }).send(
      message,
      providerAt(raw.port, { baseUrl: `https://127.0.0.1:${raw.port}` }),
    );
    expect(outcome).toMatchObject({ kind: 'retry', code: 'not_connected' });
    expect(raw.connections()).toBe(1);
  });

  test('the time until which the call may start has passed', async () => {
    const raw = await server({ onRequest: (socket) => socket.write(answer(200, ACCEPTED)) });
    const one = channel();
    const provider = providerAt(raw.port);
    expect(await one.send(message, provider, performance.now() - 1)).toMatchObject({ kind: 'retry', code: 'too_late' });
    expect(await one.send(message, provider, performance.now() + 60_000)).toMatchObject({ kind: 'accepted' });
    expect(raw.requests).toHaveLength(1);
  });

  test('no connection is free', async () => {
    const raw = await server({});
    const one = channel({ timeoutMs: 1_000 });
    const provider = providerAt(raw.port);
    expect(one.free(provider)).toBe(1);
    const first = one.send(message, provider);
    expect(one.free(provider)).toBe(0);
    expect(await one.send(message, provider)).toMatchObject({ kind: 'retry', code: 'no_free_connection' });
    expect(await first).toMatchObject({ kind: 'unknown', code: 'timeout' });
    expect(one.free(provider)).toBe(1);
  });

  test('a token that cannot stand in a header concerns the account', async () => {
    const raw = await server({});
    const outcome = await channel().send(message, providerAt(raw.port, { accessToken: 'a\nb' }));
    expect(outcome).toMatchObject({ kind: 'throttled', scope: 'account', code: 'invalid_provider' });
    expect(raw.requests).toHaveLength(0);
  });

  test.each(['', 'graph.facebook.com', 'ftp://example.com'])('base URL %j concerns the account', async (baseUrl) => {
    const outcome = await channel().send(message, providerAt(1, { baseUrl }));
    expect(outcome).toMatchObject({ kind: 'throttled', scope: 'account', code: 'invalid_provider' });
  });
});

describe('may have been written', () => {
  test('reset by a server that never read it', async () => {
    let drop = (): void => {};
    const raw = await server({
      onConnection: (socket) => {
        socket.pause();
        drop = () => socket.resetAndDestroy();
      },
    });
    // undici tells on this channel that it is about to write; the write follows in the same tick.
    const written = new Promise<void>((resolve) => {
      const onHeaders = (): void => {
        unsubscribe('undici:client:sendHeaders', onHeaders);
        setImmediate(resolve);
      };
      subscribe('undici:client:sendHeaders', onHeaders);
    });
    const outcome = channel().send(message, providerAt(raw.port));
    await written;
    drop();
    expect(await outcome).toMatchObject({ kind: 'unknown', code: 'connection_lost' });
    expect(raw.requests).toHaveLength(0);
    expect(raw.connections()).toBe(1);
  });

  test('reset after reading, and not repeated', async () => {
    const raw = await server({ onRequest: (socket) => socket.resetAndDestroy() });
    const one = channel();
    const provider = providerAt(raw.port);
    expect(await one.send(message, provider)).toMatchObject({ kind: 'unknown', code: 'connection_lost' });
    expect(await one.send(message, provider)).toMatchObject({ kind: 'unknown', code: 'connection_lost' });
    expect(raw.requests).toHaveLength(2);
  });

  test('closed in good order after reading, and not repeated', async () => {
    const raw = await server({ onRequest: (socket) => socket.end() });
    const one = channel();
    const provider = providerAt(raw.port);
    expect(await one.send(message, provider)).toMatchObject({ kind: 'unknown', code: 'connection_lost' });
    expect(await one.send(message, provider)).toMatchObject({ kind: 'unknown', code: 'connection_lost' });
    expect(raw.requests).toHaveLength(2);
  });

  test.each([
    ['half a head', 'HTTP/1.1 200 OK\r\ncontent-le'],
    ['half a body', 'HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{"messages":[{"id":"wamid.one"}]'],
    ['half a chunked body', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{"mes'],
  ])('%s, then the end', async (_name, text) => {
    const raw = await server({ onRequest: (socket) => socket.end(text) });
    const outcome = await channel().send(message, providerAt(raw.port));
    expect(outcome.kind).toBe('unknown');
    expect(raw.requests).toHaveLength(1);
  });

  test('an answer that is not HTTP', async () => {
    const raw = await server({ onRequest: (socket) => socket.write('220 smtp.example.com ESMTP\r\n') });
    const outcome = await channel().send(message, providerAt(raw.port));
    expect(outcome).toMatchObject({ kind: 'unknown', code: 'unreadable_answer' });
  });

  test.each([
    ['a page', '<html></html>'],
    ['nothing', ''],
    ['no id', '{"messages":[]}'],
    ['an id of another kind', '{"messages":[{"id":7}]}'],
    ['null', 'null'],
  ])('HTTP 200 with %s', async (_name, body) => {
    const raw = await server({ onRequest: (socket) => socket.write(answer(200, body)) });
    const outcome = await channel().send(message, providerAt(raw.port));
    expect(outcome).toMatchObject({ kind: 'unknown', code: 'unreadable_answer' });
  });

  test('an answer without end is cut off', async () => {
    const raw = await server({
      onRequest: (socket) => socket.write(`HTTP/1.1 200 OK\r\ncontent-length: 9000000\r\n\r\n${'x'.repeat(600_000)}`),
    });
    const outcome = await channel().send(message, providerAt(raw.port));
    expect(outcome).toMatchObject({ kind: 'unknown', code: 'unreadable_answer' });
  });

  test('silence until the time-out; the connection serves the next call, and the request went out once', async () => {
    const raw = await server({
      onRequest: (socket, index) => {
        if (index > 0) socket.write(answer(200, ACCEPTED));
      },
    });
    const one = channel({ timeoutMs: 1_000 });
    const provider = providerAt(raw.port);
    expect(await one.send(message, provider)).toMatchObject({ kind: 'unknown', code: 'timeout' });
    expect(await one.send(message, provider)).toMatchObject({ kind: 'accepted' });
    expect(raw.requests).toHaveLength(2);
    expect(raw.connections()).toBe(2);
  });

  test('bytes that trickle do not stretch the time-out', async () => {
    const timers: NodeJS.Timeout[] = [];
    const raw = await server({
      onRequest: (socket) => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n');
        timers.push(setInterval(() => socket.write(' '), 20));
      },
    });
    const started = performance.now();
    const outcome = await channel({ timeoutMs: 1_000 }).send(message, providerAt(raw.port));
    const took = performance.now() - started;
    for (const timer of timers) clearInterval(timer);
    expect(outcome).toMatchObject({ kind: 'unknown', code: 'timeout' });
    expect(took).toBeGreaterThan(250);
    expect(took).toBeLessThan(2_000);
  });
});

describe('an idle connection that the server closed', () => {
  test('is replaced before anything is written: the message goes out once, on a new one', async () => {
    const closed: Promise<unknown>[] = [];
    const raw = await server({
      onRequest: (socket) => {
        closed.push(once(socket, 'close'));
        // The answer promises to stay; the end comes with it.
        socket.end(answer(200, ACCEPTED));
      },
    });
    const one = channel({ keepAliveMs: 60_000 });
    const provider = providerAt(raw.port);
    expect(await one.send(message, provider)).toMatchObject({ kind: 'accepted' });
    await closed[0];
    expect(await one.send(message, provider)).toMatchObject({ kind: 'accepted' });
    expect(raw.requests).toHaveLength(2);
    expect(raw.connections()).toBe(2);
  });

  test('whenever the reset comes, no message is written twice', async () => {
    // Every second request meets a connection that is being reset: at once, or some turns of the loop later.
    let turns = 0;
    const raw = await server({
      onRequest: (socket) => {
        socket.write(answer(200, ACCEPTED));
        const later = (left: number): void => {
          if (left === 0) socket.resetAndDestroy();
          else setImmediate(later, left - 1);
        };
        later(turns++ % 12);
      },
    });
    const one = channel({ timeoutMs: 1_000 });
    const provider = providerAt(raw.port);
    const references: string[] = [];
    for (let i = 0; i < 300; i += 1) {
      const reference = `r.${i}.`;
      references.push(reference);
      const outcome = await one.send({ ...message, reference }, provider);
      const arrived = raw.requests.filter((request) => request.includes(`"${reference}"`)).length;
      if (outcome.kind === 'accepted') expect(arrived).toBe(1);
      if (outcome.kind === 'retry') expect(arrived).toBe(0);
    }
    for (const reference of references) {
      const arrived = raw.requests.filter((request) => request.includes(`"${reference}"`)).length;
      expect(arrived).toBeLessThanOrEqual(1);
    }
  });
});

describe('many at once', () => {
  test('every connection is used, never more, and all come back', async () => {
    const raw = await server({ onRequest: (socket) => setImmediate(() => socket.write(answer(200, ACCEPTED))) });
    const many = channel({ connections: 8 });
    const provider = providerAt(raw.port);
    for (let round = 0; round < 20; round += 1) {
      const outcomes = await Promise.all(
        Array.from({ length: many.free(provider) }, () => many.send(message, provider)),
      );
      expect(outcomes).toHaveLength(8);
      expect(outcomes.every(({ kind }) => kind === 'accepted')).toBe(true);
    }
    expect(raw.connections()).toBe(8);
  });

  test('closing waits for the calls in the air and refuses new ones', async () => {
    let release = (): void => {};
    const raw = await server({
      onRequest: (socket) => {
        release = () => socket.write(answer(200, ACCEPTED));
        received();
      },
    });
    let received = (): void => {};
    const arrival = new Promise<void>((resolve) => {
      received = resolve;
    });
    const one = channel();
    const provider = providerAt(raw.port);
    const inTheAir = one.send(message, provider);
    await arrival;
    const closing = one.close();
    expect(await one.send(message, provider)).toMatchObject({ kind: 'retry', code: 'channel_closed' });
    expect(one.free(provider)).toBe(0);
    release();
    expect(await inTheAir).toMatchObject({ kind: 'accepted' });
    await closing;
  });
});

/** Spans as a collector receives them: a real OTLP receiver on HTTP, and processes that share a trace by its text alone. */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { maskAddress } from '@carillon/core';
import { eventually } from '@carillon/testkit';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createLogger, noTracing, startTracing, type Tracer, type TracingOptions } from '../src/index.ts';

interface Received {
  readonly service: unknown;
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly attributes: Record<string, unknown>;
  readonly status: { readonly code?: number; readonly message?: string };
  readonly durationNs: bigint;
}

interface OtlpAttribute {
  readonly key: string;
  readonly value: Record<string, unknown>;
}

let collector: Server;
let endpoint: string;
let spans: Received[];
let answer: number;
const started: Tracer[] = [];

const valuesOf = (attributes: readonly OtlpAttribute[]) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));

beforeEach(async () => {
  spans = [];
  answer = 200;
  collector = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      if (request.url !== '/v1/traces' || request.method !== 'POST') response.statusCode = 404;
      else if (answer !== 200) response.statusCode = answer;
      else {
        for (const { resource, scopeSpans } of JSON.parse(body).resourceSpans)
          for (const scope of scopeSpans)
            for (const span of scope.spans)
              spans.push({
                ...span,
                service: valuesOf(resource.attributes)['service.name'],
                attributes: valuesOf(span.attributes),
                durationNs: BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano),
              });
      }
      response.setHeader('content-type', 'application/json');
      response.end('{}');
    });
  });
  collector.listen(0, '127.0.0.1');
  await once(collector, 'listening');
  endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((tracer) => tracer.close()));
  collector.closeAllConnections();
  await new Promise((resolve) => collector.close(resolve));
});

async function start(service: string, options: Partial<TracingOptions> = {}): Promise<Tracer> {
  const tracer = await startTracing({ service, endpoint, ...options });
  started.push(tracer);
  return tracer;
}

const named = (name: string) => {
  const found = spans.filter((span) => span.name === name);
  if (found.length !== 1) throw new Error(`${found.length} spans are named ${name}`);
  return found[0] as Received;
};

describe('a trace', () => {
  test('leads from the request through the job to the call, across processes', async () => {
    const api = await start('api');
    const sender = await start('sender');
    // What the api keeps in the job's row is all that the sender knows of the request.
    const kept = await api.span('POST /v1/jobs', { 'http.method': 'POST' }, async () => {
      await Promise.resolve();
      return api.span('create job', { 'carillon.job': 17 }, () => api.currentTraceparent());
    });
    expect(kept).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    await sender.spanFrom(kept, 'batch', { 'carillon.run': 3 }, () =>
      Promise.all(
        [1, 2].map((n) =>
          sender.span(`call ${n}`, {}, async (span) => {
            await Promise.resolve();
            span.set({ 'carillon.outcome': 'accepted' });
          }),
        ),
      ),
    );
    await api.close();
    await sender.close();
    expect(spans).toHaveLength(5);
    const [request, create, batch] = [named('POST /v1/jobs'), named('create job'), named('batch')];
    expect(new Set(spans.map((span) => span.traceId)).size).toBe(1);
    expect(request.parentSpanId).toBeUndefined();
    expect(create).toMatchObject({ service: 'api', parentSpanId: request.spanId, attributes: { 'carillon.job': 17 } });
    expect(batch).toMatchObject({ service: 'sender', parentSpanId: create.spanId });
    // Both at once, and each below the batch, not below the other.
    for (const n of [1, 2])
      expect(named(`call ${n}`)).toMatchObject({
        parentSpanId: batch.spanId,
        attributes: { 'carillon.outcome': 'accepted' },
      });
    expect(batch.durationNs).toBeGreaterThan(0n);
  });

  test.each([
    undefined,
    null,
    '',
    'nonsense',
    `00-${'0'.repeat(32)}-${'1'.repeat(16)}-01`,
    `00-${'a'.repeat(32)}-${'1'.repeat(16)}-01-more`,
  ])('begins anew where %p was kept', async (kept) => {
    const tracer = await start('sender');
    tracer.spanFrom(kept, 'batch', {}, () => {});
    await tracer.close();
    expect(named('batch').parentSpanId).toBeUndefined();
  });

  test('that its parent does not record is not recorded below either, but goes on', async () => {
    const tracer = await start('sender');
    const kept = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-00`;
    const below = tracer.spanFrom(kept, 'batch', {}, () => tracer.currentTraceparent());
    expect(below).toMatch(/^00-a{32}-[0-9a-f]{16}-00$/);
    await tracer.close();
    expect(spans).toEqual([]);
  });

  test('is recorded for as many of a hundred as was asked for', async () => {
    const none = await start('api', { samplePercent: 0 });
    const half = await start('api', { samplePercent: 50 });
    for (let n = 0; n < 400; n += 1) {
      none.span('none', {}, () => {});
      half.span('half', {}, () => {});
    }
    await none.close();
    await half.close();
    expect(spans.filter((span) => span.name === 'none')).toEqual([]);
    // Ten standard deviations to each side.
    expect(spans.length).toBeGreaterThan(100);
    expect(spans.length).toBeLessThan(300);
  });
});

describe('a span', () => {
  test('notes what was thrown, at once or later, and lets it go on', async () => {
    const tracer = await start('api');
    const error = new Error('refused for erika@example.org');
    expect(() =>
      tracer.span('thrown', {}, () => {
        throw error;
      }),
    ).toThrow(error);
    await expect(tracer.span('rejected', {}, () => Promise.reject(error))).rejects.toBe(error);
    tracer.span('refused', {}, (span) => span.fail('131026'));
    await tracer.close();
    for (const name of ['thrown', 'rejected'])
      expect(named(name).status).toMatchObject({ code: 2, message: `refused for ${maskAddress('erika@example.org')}` });
    expect(named('refused').status).toMatchObject({ code: 2, message: '131026' });
  });

  test('shows no secret and nobody’s address', async () => {
    const tracer = await start('sender');
    tracer.span('call', { address: '4915123456789', 'smtp.password': 'hidden' }, (span) =>
      span.set({ 'reply.text': 'no mailbox erika@example.org' }),
    );
    await tracer.close();
    expect(named('call').attributes).toEqual({
      address: '***6789',
      'smtp.password': '[redacted]',
      'reply.text': `no mailbox ${maskAddress('erika@example.org')}`,
    });
  });

  test('is delivered while the process runs, not only at its end', async () => {
    const tracer = await start('api');
    tracer.span('soon', {}, () => {});
    await eventually(() => spans.length === 1);
  });
});

test('a collector that refuses is told of once, and costs nothing but spans', async () => {
  const lines: string[] = [];
  const logger = createLogger({ service: 'api', level: 'info', destination: { write: (line) => lines.push(line) } });
  const tracer = await start('api', { logger });
  const told = (text: string) => lines.filter((line) => line.includes(text)).length;
  answer = 400;
  expect(tracer.span('lost', {}, () => 7)).toBe(7);
  await eventually(() => told('traces cannot be delivered') === 1);
  answer = 200;
  tracer.span('found', {}, () => {});
  await eventually(() => told('traces are delivered again') === 1);
  expect(spans.map((span) => span.name)).toEqual(['found']);
});

test('a collector that is away does not hold up the end of the process', async () => {
  const tracer = await start('api', { endpoint: 'http://127.0.0.1:9' });
  tracer.span('lost', {}, () => {});
  const beganMs = performance.now();
  await tracer.close();
  expect(performance.now() - beganMs).toBeLessThan(4_000);
});

describe('without an endpoint', () => {
  test.each([undefined, ''])('(%p) work is only called', async (endpoint) => {
    const tracer = await startTracing({ service: 'api', endpoint });
    expect(tracer).toBe(noTracing);
    expect(tracer.on).toBe(false);
    const promise = Promise.resolve(1);
    expect(tracer.span('x', {}, () => promise)).toBe(promise);
    expect(tracer.spanFrom(`00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`, 'x', {}, () => 2)).toBe(2);
    expect(tracer.span('x', {}, () => tracer.currentTraceparent())).toBeUndefined();
    await tracer.close();
  });

  test('nothing of the SDK is loaded', () => {
    // A process of its own, as modules that were loaded once stay. The hook says what is resolved.
    const runtime = join(import.meta.dirname, '../dist/index.js');
    const script = `
      import { createRequire } from 'node:module';
      const { startTracing } = await import(${JSON.stringify(runtime)});
      const loaded = () => Object.keys(createRequire(import.meta.url).cache).filter((path) => /opentelemetry.sdk-trace/.test(path)).length;
      await startTracing({ service: 'api', endpoint: undefined });
      const off = loaded();
      const tracer = await startTracing({ service: 'api', endpoint: 'http://127.0.0.1:9' });
      console.log(JSON.stringify({ off, on: loaded() }));
      await tracer.close();`;
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    expect(stderr).toBe('');
    const { off, on } = JSON.parse(stdout);
    expect(off).toBe(0);
    // That the count means something: turned on, it finds the SDK.
    expect(on).toBeGreaterThan(0);
  });
});

/** A call of a provider appears in the trace of the request that made its job, at a real collector. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApiKey } from '@carillon/db';
import { eventually, seedPeople } from '@carillon/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ADDRESS_PEPPER, announce, completed, type House, startHouse } from './house.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const REQUEST = '00f067aa0ba902b7';

interface Span {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly attributes: readonly { readonly key: string; readonly value: Record<string, unknown> }[];
  readonly status: { readonly code?: number };
}

let house: House;
let collector: Server;
const bodies: string[] = [];
const endpoint = (): string => `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
beforeAll(async () => {
  house = await startHouse();
  collector = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      bodies.push(body);
      response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  await Promise.all([
    house.start('sender', { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint() }),
    house.start('scheduler'),
    house.start('sweeper'),
  ]);
}, 360_000);
afterAll(async () => {
  await house?.stop();
  collector?.closeAllConnections();
  collector?.close();
});

const spans = (): Span[] =>
  bodies.flatMap((body) =>
    (JSON.parse(body) as { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] }).resourceSpans.flatMap(
      ({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans),
    ),
  );

test('each call is a span below the request, with ids and without addresses; a refusal is a failed one', async () => {
  const people = 20;
  const account = await house.account('traced', { phoneNumberId: '901' });
  const { audienceId } = await seedPeople(house.db.pool, account.accountId, {
    count: people,
    addressPepper: ADDRESS_PEPPER,
  });
  await house.control('rules', { rules: [{ match: { times: 3 }, does: { code: 131026 } }] });
  const { jobId, runId } = await announce(house, account, { target: { audienceIds: [audienceId] }, dueInMs: 1_000 });
  await house.db.pool.query('UPDATE jobs SET trace_context = $3 WHERE account_id = $1 AND id = $2', [
    account.accountId,
    jobId,
    `00-${TRACE}-${REQUEST}-01`,
  ]);
  expect(await completed(house, runId)).toMatchObject({ sent: people - 3, failed: 3 });
  const calls = await eventually(() => (spans().length >= people ? spans() : false), { what: 'the spans' });
  expect(calls).toHaveLength(people);
  expect(new Set(calls.map(({ name, traceId, parentSpanId }) => `${name} ${traceId} ${parentSpanId}`))).toEqual(
    new Set([`send whatsapp ${TRACE} ${REQUEST}`]),
  );
  const values = calls.map(({ attributes }) =>
    Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]])),
  );
  expect(new Set(values.map((value) => Number(value['carillon.number'])))).toHaveProperty('size', people);
  expect(values.every((value) => Number(value['carillon.run']) === runId)).toBe(true);
  expect(values.filter((value) => value['carillon.outcome'] === 'rejected')).toHaveLength(3);
  expect(calls.filter(({ status }) => status.code === 2)).toHaveLength(3);
  // No address; times in nanoseconds and ids may have such digits within.
  expect(bodies.join('')).not.toMatch(/(?<![\da-f])4915\d{6}/);
}, 360_000);

test("a portal's own trace goes through the api to the provider's call", async () => {
  const account = await house.account('traced portal', { phoneNumberId: '902' });
  await seedPeople(house.db.pool, account.accountId, { count: 1, addressPepper: ADDRESS_PEPPER });
  const { key } = await createApiKey(house.db.pool, { accountId: account.accountId, name: 'portal' });
  const api = await house.start('api', { API_PORT: '0', OTEL_EXPORTER_OTLP_ENDPOINT: endpoint() });
  const trace = 'abcdefabcdefabcdefabcdefabcdef01';
  const answer = await fetch(`${api.baseUrl}/v1/jobs`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${key}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': 'a trace',
      traceparent: `00-${trace}-00f067aa0ba902b7-01`,
    },
    body: JSON.stringify({
      kind: 'message',
      channel: 'whatsapp',
      name: 'traced',
      content: { text: 'Your parcel is here.' },
      trigger: { type: 'now' },
      audience: { recipients: ['person-1'] },
    }),
  });
  expect(answer.status).toBe(201);
  const own = await eventually(
    () => {
      const found = spans().filter((span) => span.traceId === trace);
      return found.length >= 2 ? found : false;
    },
    { what: 'the spans of request and call' },
  );
  const [request, call] = [
    own.find((span) => span.name === 'POST /v1/jobs'),
    own.find((span) => span.name === 'send whatsapp'),
  ];
  expect(request?.parentSpanId).toBe('00f067aa0ba902b7');
  expect(call?.parentSpanId).toBe(request?.spanId);
}, 360_000);

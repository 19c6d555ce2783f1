/**
 * Bad input on jobs, lists and headers: each case is answered with its status, code and field, in problem+json, and leaves
 * every table as it was.
 */

import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Answer, countRows, freshKey, jobBody, send, startApi, type TestApi } from './harness.ts';

let api: TestApi;
let before: Record<string, number>;
beforeAll(async () => {
  api = await startApi();
  before = await countRows(api.direct);
});
afterAll(async () => {
  await api?.stop();
});

/** A case: what it is, and the status, code and field expected. */
type Expected = readonly [name: string, status: number, code: string, field: string];

async function expectProblem(answer: Answer, [, status, code, field]: Expected): Promise<void> {
  const { body, headers } = answer;
  expect({ status: answer.status, code: body.code, field: body.field }).toEqual({ status, code, field });
  expect(headers.get('Content-Type')).toMatch(/^application\/problem\+json/);
  expect(body).toMatchObject({ status, type: `urn:carillon:error:${code}` });
  for (const text of [body.title, body.detail, body.advice, body.requestId]) expect(text).toMatch(/\S/);
  expect(await countRows(api.direct)).toEqual(before);
}

function post(body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}): Promise<Answer> {
  return send(api.url, 'POST', '/v1/jobs', {
    key: api.first.key,
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': freshKey(), ...headers },
    body,
  });
}

const at = (trigger: Record<string, unknown>) => ({ trigger: { type: 'at', ...trigger } });
const policy = (parts: Record<string, unknown>) => ({ policy: parts });

const JOBS: readonly (readonly [...Expected, parts: Record<string, unknown>])[] = [
  ['an unknown field', 400, 'validation_failed', 'sendAt', { sendAt: 'now' }],
  ['an unknown field further in', 400, 'validation_failed', 'policy.backoff.base', policy({ backoff: { base: 2 } })],
  ['no name', 400, 'validation_failed', 'name', { name: undefined }],
  ['an empty name', 400, 'validation_failed', 'name', { name: '  ' }],
  ['a name without end', 400, 'validation_failed', 'name', { name: 'x'.repeat(201) }],
  ['a name with line feeds', 400, 'validation_failed', 'name', { name: 'a\r\nBcc: b' }],
  ['a name that is a number', 400, 'validation_failed', 'name', { name: 7 }],
  ['another kind', 400, 'validation_failed', 'kind', { kind: 'poem' }],
  ['another channel', 400, 'validation_failed', 'channel', { channel: 'pigeon' }],
  ['NUL in the text', 400, 'validation_failed', 'content.text', { content: { text: 'a\0b' } }],
  ['half a surrogate pair', 400, 'validation_failed', 'content.text', { content: { text: 'a\ud800b' } }],
  ['an empty text', 400, 'validation_failed', 'content.text', { content: { text: '' } }],
  ['a text without end', 400, 'validation_failed', 'content.text', { content: { text: 'x'.repeat(4097) } }],
  ['neither text nor template', 400, 'validation_failed', 'content', { content: {} }],
  [
    'text and template',
    400,
    'validation_failed',
    'content',
    { content: { text: 'a', template: { name: 'a', language: 'de' } } },
  ],
  [
    'a wrong template name',
    400,
    'validation_failed',
    'content.template.name',
    { content: { template: { name: 'A b', language: 'de' } } },
  ],
  [
    'a wrong language',
    400,
    'validation_failed',
    'content.template.language',
    { content: { template: { name: 'a', language: 'german' } } },
  ],
  ['no trigger', 400, 'validation_failed', 'trigger', { trigger: undefined }],
  ['an unknown trigger', 400, 'validation_failed', 'trigger.type', { trigger: { type: 'whenever' } }],
  [
    'a trigger now with a time',
    400,
    'validation_failed',
    'trigger.at',
    { trigger: { type: 'now', at: '2027-01-01T00:00Z' } },
  ],
  ['no moment', 400, 'validation_failed', 'trigger.at', at({})],
  ['NaN as a moment', 400, 'invalid_wall_time', 'trigger.at', at({ at: 'NaN' })],
  ['a moment as a number', 400, 'validation_failed', 'trigger.at', at({ at: 1_800_000_000 })],
  ['a day that does not exist', 400, 'invalid_instant', 'trigger.at', at({ at: '2027-02-30T09:00:00Z' })],
  ['an offset nowhere on earth', 400, 'invalid_instant', 'trigger.at', at({ at: '2027-02-20T09:00:00+19:00' })],
  ['a wall time without zone', 400, 'invalid_zone', 'trigger.zone', at({ at: '2027-02-20T09:00' })],
  ['an unknown zone', 400, 'invalid_zone', 'trigger.zone', at({ at: '2027-02-20T09:00', zone: 'Europe/Atlantis' })],
  ['an offset as a zone', 400, 'invalid_zone', 'trigger.zone', at({ at: '2027-02-20T09:00', zone: '+02:00' })],
  ['an instant with a zone', 400, 'validation_failed', 'trigger.zone', at({ at: '2027-02-20T09:00Z', zone: 'UTC' })],
  ['24 o’clock', 400, 'invalid_wall_time', 'trigger.at', at({ at: '2027-02-20T24:00', zone: 'UTC' })],
  [
    'a wall time in a gap, with skip',
    422,
    'wall_time_in_gap',
    'trigger.at',
    at({ at: '2027-03-28T02:30', zone: 'Europe/Berlin', gap: 'skip' }),
  ],
  [
    'an unknown gap rule',
    400,
    'validation_failed',
    'trigger.gap',
    at({ at: '2027-03-28T02:30', zone: 'Europe/Berlin', gap: 'guess' }),
  ],
  [
    'two occurrences of a single moment',
    400,
    'validation_failed',
    'trigger.repeated',
    at({ at: '2027-10-31T02:30', zone: 'Europe/Berlin', repeated: 'both' }),
  ],
  ['a moment in the past', 422, 'moment_in_past', 'trigger.at', at({ at: '2020-01-01T00:00:00Z' })],
  ['two minutes ago', 422, 'moment_in_past', 'trigger.at', at({ at: new Date(Date.now() - 120_000).toISOString() })],
  ['before the year 2000', 422, 'moment_in_past', 'trigger.at', at({ at: '1999-12-31T23:59:59Z' })],
  ['the year 2040', 422, 'moment_too_far', 'trigger.at', at({ at: '2040-01-01T00:00:00Z' })],
  [
    'a local moment with Z',
    400,
    'invalid_wall_time',
    'trigger.at',
    { trigger: { type: 'local', at: '2027-06-01T09:00Z' } },
  ],
  [
    'a local moment over everywhere',
    422,
    'moment_in_past',
    'trigger.at',
    { trigger: { type: 'local', at: '2021-06-01T09:00' } },
  ],
  [
    'a local moment in 2041',
    422,
    'moment_too_far',
    'trigger.at',
    { trigger: { type: 'local', at: '2041-06-01T09:00' } },
  ],
  [
    'an unknown missing zone',
    400,
    'invalid_zone',
    'trigger.missingZone',
    { trigger: { type: 'local', at: '2027-06-01T09:00', missingZone: 'Mars' } },
  ],
  ['nobody', 400, 'validation_failed', 'audience', { audience: {} }],
  [
    'everyone set to no',
    400,
    'validation_failed',
    'audience',
    { audience: { everyone: false, exclude: { recipients: ['person-1'] } } },
  ],
  [
    'an unknown audience',
    422,
    'unknown_audience',
    'audience.audiences[1]',
    { audience: { audiences: ['everybody', 'nobody'] } },
  ],
  [
    'an unknown audience id',
    422,
    'unknown_audience',
    'audience.audiences[0]',
    { audience: { audiences: ['aud_999999'] } },
  ],
  ['an audience id that is none', 400, 'invalid_id', 'audience.audiences[0]', { audience: { audiences: ['aud_1e3'] } }],
  ['an unknown recipient', 422, 'unknown_recipient', 'audience.recipients[0]', { audience: { recipients: ['rcp_1'] } }],
  [
    'an unknown excluded recipient',
    422,
    'unknown_recipient',
    'audience.exclude.recipients[0]',
    { audience: { everyone: true, exclude: { recipients: ['ghost'] } } },
  ],
  [
    'too many recipients',
    400,
    'validation_failed',
    'audience.recipients',
    { audience: { recipients: Array.from({ length: 1001 }, (_, n) => `p${n}`) } },
  ],
  ['no attempts', 400, 'validation_failed', 'policy.attempts', policy({ attempts: 0 })],
  ['half an attempt', 400, 'validation_failed', 'policy.attempts', policy({ attempts: 1.5 })],
  ['a shrinking back-off', 400, 'validation_failed', 'policy.backoff.factor', policy({ backoff: { factor: 0.5 } })],
  [
    'a cap below the start',
    400,
    'validation_failed',
    'policy.backoff.maxSeconds',
    policy({ backoff: { initialSeconds: 60, maxSeconds: 5 } }),
  ],
  ['a duration in months', 400, 'invalid_duration', 'policy.expireAfter', policy({ expireAfter: 'P1M' })],
  ['a duration that is none', 400, 'invalid_duration', 'policy.unknown.after', policy({ unknown: { after: 'soon' } })],
  ['a negative duration', 400, 'invalid_duration', 'policy.expireAfter', policy({ expireAfter: -5 })],
  ['no time at all', 400, 'validation_failed', 'policy.expireAfter', policy({ expireAfter: 0 })],
  ['an unknown action', 400, 'validation_failed', 'policy.unknown.action', policy({ unknown: { action: 'pray' } })],
  ['an unknown dedupe rule', 400, 'validation_failed', 'policy.dedupeBy', policy({ dedupeBy: 'name' })],
  ['an unknown provider account', 422, 'unknown_provider', 'providerAccount', { providerAccount: 'pvd_99999999999' }],
  ['a provider id that is none', 400, 'invalid_id', 'providerAccount', { providerAccount: 'job_1' }],
];

describe('jobs', () => {
  test.each(JOBS)('%s: %i %s at %s', async (...row) => {
    await expectProblem(await post(JSON.stringify(jobBody(row[4]))), row as unknown as Expected);
  });

  test('several faults are all listed', async () => {
    const { body } = await post(JSON.stringify(jobBody({ name: '', trigger: { type: 'never' }, extra: 1 })));
    expect(body.errors.map((fault: { field: string }) => fault.field).sort()).toEqual([
      'extra',
      'name',
      'trigger.type',
    ]);
  });
});

const good = () => JSON.stringify(jobBody());
const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const BODIES: readonly (readonly [...Expected, send: () => Promise<Answer>])[] = [
  ['no JSON', 400, 'malformed_json', 'body', () => post('{"name":')],
  ['an empty body', 400, 'malformed_json', 'body', () => post('')],
  ['two documents', 400, 'malformed_json', 'body', () => post('{} {}')],
  ['NaN', 400, 'malformed_json', 'body', () => post('{"a":NaN}')],
  ['bytes that are not UTF-8', 400, 'malformed_json', 'body', () => post(Uint8Array.from([0x22, 0xff, 0x22]))],
  ['a list', 400, 'validation_failed', 'body', () => post('[]')],
  ['null', 400, 'validation_failed', 'body', () => post('null')],
  ['__proto__ as a key', 400, 'validation_failed', '__proto__', () => post('{"__proto__":{"everyone":true}}')],
  [
    'constructor as a key',
    400,
    'validation_failed',
    'constructor',
    () => post(good().replace('{', '{"constructor":1,')),
  ],
  ['deep JSON', 400, 'validation_failed', 'name[0][0]', () => post(`{"name":${nested(50_000)}}`)],
  ['huge JSON', 413, 'body_too_large', 'body', () => post(JSON.stringify(jobBody({ name: 'x'.repeat(1_000_001) })))],
  [
    'another media type',
    415,
    'unsupported_media_type',
    'Content-Type',
    () => post(good(), { 'Content-Type': 'text/plain' }),
  ],
  [
    'another charset',
    415,
    'unsupported_media_type',
    'Content-Type',
    () => post(good(), { 'Content-Type': 'application/json; charset=latin1' }),
  ],
  [
    'another encoding',
    415,
    'unsupported_media_type',
    'Content-Encoding',
    () => post(good(), { 'Content-Encoding': 'zebra' }),
  ],
  ['another answer wanted', 406, 'not_acceptable', 'Accept', () => post(good(), { Accept: 'application/xml' })],
  [
    'an Idempotency-Key of 256 characters',
    400,
    'idempotency_key_invalid',
    'Idempotency-Key',
    () => post(good(), { 'Idempotency-Key': 'k'.repeat(256) }),
  ],
  [
    'an empty Idempotency-Key',
    400,
    'idempotency_key_invalid',
    'Idempotency-Key',
    () => post(good(), { 'Idempotency-Key': '' }),
  ],
  [
    'an Idempotency-Key beyond ASCII',
    400,
    'idempotency_key_invalid',
    'Idempotency-Key',
    () => post(good(), { 'Idempotency-Key': 'kö' }),
  ],
  [
    'no Idempotency-Key',
    400,
    'idempotency_key_required',
    'Idempotency-Key',
    () =>
      send(api.url, 'POST', '/v1/jobs', {
        key: api.first.key,
        headers: { 'Content-Type': 'application/json' },
        body: good(),
      }),
  ],
];

test.each(BODIES)('body and headers, %s: %i %s at %s', async (...row) => {
  await expectProblem(await row[4](), row as unknown as Expected);
});

test('two Idempotency-Keys in one request are refused', async () => {
  const { hostname, port } = new URL(api.url);
  const body = good();
  const text = await new Promise<string>((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port) });
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk.toString();
    });
    socket.once('close', () => resolve(answer));
    socket.once('error', reject);
    socket.write(
      `POST /v1/jobs HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${api.first.key}\r\nContent-Type: application/json\r\n` +
        `Idempotency-Key: a\r\nIdempotency-Key: b\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
  });
  expect(text).toContain('"code":"idempotency_key_invalid"');
  expect(await countRows(api.direct)).toEqual(before);
});

const PATHS: readonly (readonly [...Expected, method: string, path: string])[] = [
  ['no such path', 404, 'not_found', 'path', 'GET', '/v1/bells'],
  ['a path with a slash too many', 404, 'not_found', 'path', 'GET', '/v1//jobs'],
  ['a method that the path does not take', 405, 'method_not_allowed', 'method', 'DELETE', '/v1/jobs'],
  ['PATCH of an action', 405, 'method_not_allowed', 'method', 'PATCH', '/v1/jobs/job_1/pause'],
  ['GET of an action', 405, 'method_not_allowed', 'method', 'GET', '/v1/jobs/job_1/pause'],
  ['an id that is none', 400, 'invalid_id', 'id', 'GET', '/v1/jobs/123'],
  ['an id of another kind', 400, 'invalid_id', 'id', 'GET', '/v1/jobs/run_1'],
  ['an id like a queue’s key', 400, 'invalid_id', 'id', 'GET', '/v1/jobs/job_1:2'],
  ['an id with a leading zero', 400, 'invalid_id', 'id', 'GET', '/v1/runs/run_01'],
  ['an id beyond all numbers', 400, 'invalid_id', 'id', 'POST', '/v1/jobs/job_99999999999999999999/cancel'],
  ['an id that nobody has', 404, 'not_found', 'id', 'GET', '/v1/jobs/job_9007199254740991'],
  ['a delivery on a day that is none', 400, 'invalid_id', 'id', 'GET', '/v1/deliveries/dlv_20260230_1_1'],
  ['a delivery beyond all numbers', 404, 'not_found', 'id', 'GET', '/v1/deliveries/dlv_20260220_1_99999999'],
  ['a delivery in the year 0', 404, 'not_found', 'id', 'GET', '/v1/deliveries/dlv_00000101_1_1'],
  ['percent signs that mean nothing', 400, 'validation_failed', 'path', 'GET', '/v1/jobs/%E0%A4%A'],
  ['NUL in an id', 400, 'invalid_id', 'id', 'GET', '/v1/jobs/job_1%00'],
  ['a limit of 0', 400, 'validation_failed', 'limit', 'GET', '/v1/jobs?limit=0'],
  ['a limit of 201', 400, 'validation_failed', 'limit', 'GET', '/v1/jobs?limit=201'],
  ['a limit of 1e2', 400, 'validation_failed', 'limit', 'GET', '/v1/jobs?limit=1e2'],
  ['a limit twice', 400, 'validation_failed', 'limit', 'GET', '/v1/jobs?limit=1&limit=2'],
  ['an unknown parameter', 400, 'validation_failed', 'offset', 'GET', '/v1/jobs?offset=10'],
  ['a parameter where none is', 400, 'validation_failed', 'expand', 'GET', '/v1/jobs/job_1?expand=all'],
  ['NUL in a parameter', 400, 'validation_failed', 'cursor', 'GET', '/v1/jobs?cursor=%00'],
  ['an unknown status', 400, 'validation_failed', 'status', 'GET', '/v1/jobs?status=happy'],
  ['an unknown state', 400, 'validation_failed', 'state', 'GET', '/v1/runs/run_1/deliveries?state=lost'],
  ['a cursor that is none', 400, 'invalid_cursor', 'cursor', 'GET', '/v1/jobs?cursor=AAAA'],
  [
    'a cursor of another list',
    400,
    'invalid_cursor',
    'cursor',
    'GET',
    `/v1/jobs?cursor=${Buffer.from('["runs/1",5]').toString('base64url')}`,
  ],
  [
    'a cursor with SQL in it',
    400,
    'invalid_cursor',
    'cursor',
    'GET',
    `/v1/jobs?cursor=${Buffer.from('["jobs/","1; DROP TABLE jobs"]').toString('base64url')}`,
  ],
  [
    'a cursor of other filters',
    400,
    'invalid_cursor',
    'cursor',
    'GET',
    `/v1/jobs?status=active&cursor=${Buffer.from('["jobs/",5]').toString('base64url')}`,
  ],
];

test.each(PATHS)('paths and lists, %s: %i %s at %s', async (...row) => {
  const answer = await send(api.url, row[4], row[5], { key: api.first.key });
  await expectProblem(answer, row as unknown as Expected);
  if (row[1] === 405) expect(answer.headers.get('Allow')).toMatch(/GET|POST/);
});

const CALLERS: readonly (readonly [name: string, authorization: string | undefined])[] = [
  ['no key', undefined],
  ['another scheme', 'Basic dXNlcjpwYXNz'],
  ['a key of another form', 'Bearer sk_live_12345678901234567890'],
  ['an unknown key', `Bearer ck_${'A'.repeat(32)}`],
  ['a truncated key', 'truncated'],
];

test.each(CALLERS)('%s: 401 unauthorized', async (_name, authorization) => {
  const value = authorization === 'truncated' ? `Bearer ${api.first.key.slice(0, -1)}` : authorization;
  const answer = await send(
    api.url,
    'GET',
    '/v1/jobs',
    value === undefined ? {} : { headers: { Authorization: value } },
  );
  expect(answer.headers.get('WWW-Authenticate')).toBe('Bearer');
  await expectProblem(answer, ['', 401, 'unauthorized', 'Authorization']);
});

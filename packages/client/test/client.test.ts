/** The client against the real api, with a front between them that loses replies and refuses on purpose. */
import { eventually } from '@carillon/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  type CarillonClient,
  CarillonConnectionError,
  CarillonError,
  type ClientOptions,
  createClient,
  type NewJob,
} from '../src/index.ts';
import { type Front, type RealApi, startFront, startRealApi } from './api.ts';

let api: RealApi;
let front: Front;
let client: CarillonClient;

const open = (options: Partial<ClientOptions> = {}): CarillonClient =>
  createClient({ baseUrl: front.url, apiKey: api.key, retries: { initialMs: 1, maxMs: 5 }, ...options });

beforeAll(async () => {
  api = await startRealApi();
  front = await startFront(api.url);
  client = open();
});
afterAll(async () => {
  await front?.stop();
  await api?.stop();
});
beforeEach(() => {
  front.requests.length = 0;
  front.faults = [];
});

function newJob(name: string): NewJob {
  return {
    kind: 'message',
    channel: 'whatsapp',
    name,
    content: { text: `About ${name}.` },
    trigger: { type: 'at', at: '2035-05-01T09:00:00Z' },
    audience: { everyone: true },
  };
}

async function jobsNamed(name: string): Promise<number> {
  const { rows } = await api.database.pool.query<{ n: number }>('SELECT count(*)::int AS n FROM jobs WHERE name = $1', [
    name,
  ]);
  return rows[0]?.n ?? 0;
}

const keysSent = () => front.requests.map(({ headers }) => headers['idempotency-key']);

/** What a call throws. */
async function thrownBy(call: Promise<unknown>): Promise<unknown> {
  return await call.then(
    () => {
      throw new Error('the call succeeded');
    },
    (error: unknown) => error,
  );
}

describe('repeating', () => {
  test('a job whose first answer was lost is created once, by one key', async () => {
    front.faults = ['lose reply'];
    const job = await client.post('/v1/jobs', { body: newJob('lost answer') });
    expect(await jobsNamed('lost answer')).toBe(1);
    const [first, second] = keysSent();
    expect(front.requests).toHaveLength(2);
    expect(first).toMatch(/^[0-9a-f-]{36}$/);
    expect(second).toBe(first);
    expect((await client.get('/v1/jobs/{id}', { path: { id: job.id } })).name).toBe('lost answer');
  });

  test('without the key the same loss would make two: two calls have two keys', async () => {
    await client.post('/v1/jobs', { body: newJob('twice meant') });
    await client.post('/v1/jobs', { body: newJob('twice meant') }).catch((error: unknown) => {
      // Where likeness is refused, the second is refused for that and not replayed.
      expect((error as CarillonError).status).toBe(409);
    });
    expect(new Set(keysSent()).size).toBe(2);
  });

  test('what gave up says by which key it can be repeated later', async () => {
    front.faults = ['lose reply', 'lose reply'];
    const patient = open({ retries: { limit: 1, initialMs: 1 } });
    const error = await thrownBy(patient.post('/v1/jobs', { body: newJob('given up') }));
    expect(error).toBeInstanceOf(CarillonConnectionError);
    const { tries, idempotencyKey } = error as CarillonConnectionError;
    expect(tries).toBe(2);
    const again = { body: newJob('given up'), ...(idempotencyKey !== undefined && { idempotencyKey }) };
    expect((await patient.post('/v1/jobs', again)).name).toBe('given up');
    expect(await jobsNamed('given up')).toBe(1);
    expect(new Set(keysSent())).toEqual(new Set([idempotencyKey]));
  });

  test.each([
    ['429', { status: 429, headers: { 'Retry-After': '0' } }],
    ['429 with RateLimit-Reset', { status: 429, headers: { 'RateLimit-Reset': '0' } }],
    ['502 of a proxy', { status: 502, body: '<html>Bad gateway</html>' }],
    ['503', { status: 503, body: '{"code":"unknown_outcome"}' }],
    ['504', { status: 504 }],
  ])('%s is tried again', async (name, fault) => {
    front.faults = [fault, fault];
    const job = await client.post('/v1/jobs', { body: newJob(`after ${name}`) });
    expect(job.name).toBe(`after ${name}`);
    expect(front.requests).toHaveLength(3);
    expect(new Set(keysSent()).size).toBe(1);
  });

  test('a pause is as long as the server asks, and a longer one than the caller bears ends the call', async () => {
    front.faults = [{ status: 429, headers: { 'Retry-After': '0.2' } }];
    const startedAt = performance.now();
    await client.get('/v1/jobs');
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(199);
    front.faults = [{ status: 429, headers: { 'Retry-After': '3600' }, body: '{"code":"too_many_requests"}' }];
    expect(await thrownBy(client.get('/v1/jobs'))).toMatchObject({ status: 429, code: 'too_many_requests' });
    expect(front.requests).toHaveLength(3);
  });

  test('what may not be done twice is not repeated, unless it was certainly not done', async () => {
    const rotate = () => client.post('/v1/webhooks/{id}/rotate', { path: { id: 'whk_999' }, body: {} });
    front.faults = ['lose reply'];
    expect(await thrownBy(rotate())).toMatchObject({ name: 'CarillonConnectionError', tries: 1 });
    front.faults = [{ status: 503, body: '{"code":"unknown_outcome"}' }];
    expect(await thrownBy(rotate())).toMatchObject({ code: 'unknown_outcome' });
    expect(front.requests).toHaveLength(2);
    front.faults = [{ status: 503, body: '{"code":"unavailable"}' }];
    expect(await thrownBy(rotate())).toMatchObject({ code: 'not_found' });
    expect(front.requests).toHaveLength(4);
  });

  test('pausing is repeated without a key', async () => {
    const { id } = await client.post('/v1/jobs', { body: newJob('to be paused') });
    front.requests.length = 0;
    front.faults = ['lose reply'];
    expect(await client.post('/v1/jobs/{id}/pause', { path: { id } })).toMatchObject({ id, status: 'paused' });
    expect(keysSent()).toEqual([undefined, undefined]);
  });

  test('a call that its caller ends is not repeated', async () => {
    const controller = new AbortController();
    front.faults = [{ status: 429, headers: { 'Retry-After': '30' } }];
    const call = client.get('/v1/jobs', { signal: controller.signal });
    const thrown = thrownBy(call);
    await eventually(() => front.requests.length === 1);
    controller.abort();
    expect(await thrown).toMatchObject({ name: 'AbortError' });
    expect(front.requests).toHaveLength(1);
  });
});

describe('errors', () => {
  test('a refusal has code, field, every fault and the id of the request', async () => {
    const wrong = { ...newJob('wrong'), trigger: { type: 'local' as const, at: 'noon' }, name: '' };
    const error = (await thrownBy(client.post('/v1/jobs', { body: wrong }))) as CarillonError;
    expect(error).toBeInstanceOf(CarillonError);
    expect(error.status).toBe(400);
    expect(error.errors.map(({ field }) => field).sort()).toEqual(['name', 'trigger.at']);
    expect([error.errors[0]?.code, error.errors[0]?.field]).toEqual([error.code, error.field]);
    expect(error.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(error.advice).toEqual(expect.any(String));
    expect(front.requests).toHaveLength(1);
  });

  test('a wrong key is refused, and shown in no message', async () => {
    const apiKey = `ck_${'x'.repeat(43)}`;
    const error = (await thrownBy(open({ apiKey }).get('/v1/jobs'))) as CarillonError;
    expect([error.status, error.code]).toEqual([401, 'unauthorized']);
    expect(JSON.stringify(error) + error.stack).not.toContain(apiKey);
  });

  test('what is no problem document has a code all the same', async () => {
    front.faults = [{ status: 418, body: '<p>' }];
    expect(await thrownBy(client.get('/v1/jobs'))).toMatchObject({ status: 418, code: 'http_418' });
  });

  test('a part of the path that is missing is told before anything is sent', async () => {
    expect(await thrownBy(client.get('/v1/jobs/{id}', { path: { id: '' } }))).toBeInstanceOf(TypeError);
    expect(front.requests).toHaveLength(0);
  });
});

describe('recipients, lists and files', () => {
  test('a list is read page by page, as far as it is read', async () => {
    const externalIds = ['a b', 'c/d', 'e?f', 'ü', 'z'];
    for (const externalId of externalIds) {
      const { externalId: stored } = await client.put('/v1/recipients/{externalId}', {
        path: { externalId },
        body: { phone: null, name: externalId },
      });
      expect(stored).toBe(externalId);
    }
    front.requests.length = 0;
    const found: string[] = [];
    for await (const recipient of client.list('/v1/recipients', { query: { limit: 2 } }))
      found.push(recipient.externalId);
    expect(found).toEqual(externalIds);
    expect(front.requests).toHaveLength(3);
    for await (const recipient of client.list('/v1/recipients', { query: { limit: 2 } })) {
      expect(recipient.externalId).toBe('a b');
      break;
    }
    expect(front.requests).toHaveLength(4);
    for (const externalId of externalIds) {
      expect(await client.delete('/v1/recipients/{externalId}', { path: { externalId } })).toBeUndefined();
    }
  });

  test('a file is sent from a text, and from a stream that a retry begins anew', async () => {
    const csv = 'externalId,phone\nE-1,+4915110200034\nE-2,nonsense\n';
    const asText = await client.post('/v1/imports', { query: { format: 'csv' }, contentType: 'text/csv', body: csv });
    expect([asText.rowsRead, asText.rowsKept, asText.rowsBad]).toEqual([2, 1, 1]);
    let begun = 0;
    front.requests.length = 0;
    front.faults = [{ status: 503, body: '{"code":"unavailable"}' }];
    const asStream = await client.post('/v1/imports', {
      query: { format: 'ndjson', audience: 'Streamed' },
      contentType: 'application/x-ndjson',
      body: async function* () {
        begun += 1;
        yield Buffer.from('{"externalId":"E-1","phone":"+4915110200034"}\n');
        yield Buffer.from('{"externalId":"E-3","phone":"+4915110200043"}\n');
      },
    });
    expect([begun, asStream.rowsKept, asStream.state]).toEqual([2, 2, 'completed']);
    expect(new Set(keysSent()).size).toBe(1);
  });
});

/** Never called: each line that should not compile is marked, and the compiler complains of a mark without a mistake. */
export async function typesHold(carillon: CarillonClient): Promise<void> {
  const { status } = await carillon.get('/v1/jobs/{id}', { path: { id: 'job_1' } });
  const known: string = status;
  // @ts-expect-error the path needs its id
  await carillon.get('/v1/jobs/{id}');
  // @ts-expect-error there is no such path
  await carillon.get('/v1/nothing');
  // @ts-expect-error the path does not take this method
  await carillon.put('/v1/jobs', { body: newJob(known) });
  // @ts-expect-error a job has a trigger
  await carillon.post('/v1/jobs', { body: { ...newJob('x'), trigger: undefined } });
  // @ts-expect-error what is no list has no items
  carillon.list('/v1/jobs/{id}', { path: { id: 'job_1' } });
}

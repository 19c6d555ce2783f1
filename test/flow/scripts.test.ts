/** Jobs of kind `script` from the API to the executor and back: real services, real isolation, and what is kept of a run. */
import { createApiKey } from '@carillon/db';
import { type AccountSeed, eventually, type SpawnedService } from '@carillon/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type House, startHouse, wrongBatches } from './house.ts';

let house: House;
let api: SpawnedService;
let account: AccountSeed;
let key: string;

beforeAll(async () => {
  house = await startHouse();
  account = await house.account('scripts');
  key = (await createApiKey(house.db.pool, { accountId: account.accountId, name: 'flow' })).key;
  [api] = await Promise.all([house.start('api', { API_PORT: '0' }), house.start('scheduler'), house.start('sweeper')]);
}, 360_000);
afterAll(async () => {
  await house?.stop();
});

let counter = 0;
async function ask(method: string, path: string, body?: unknown): Promise<Response> {
  counter += 1;
  return await fetch(`${api.baseUrl}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'idempotency-key': `flow-${counter}`,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
async function call(method: string, path: string, body?: unknown): Promise<any> {
  const response = await ask(method, path, body);
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}

const bodyOf = (script: Record<string, unknown>, parts: Record<string, unknown> = {}) => ({
  kind: 'script',
  name: `Script ${counter}`,
  script: { language: 'python', ...script },
  trigger: { type: 'now' },
  ...parts,
});
const create = (script: Record<string, unknown>, parts: Record<string, unknown> = {}) =>
  call('POST', '/v1/jobs', bodyOf(script, parts));

/** The run of a job, once it is over. */
// biome-ignore lint/suspicious/noExplicitAny: an answer of the API
const ended = (job: string): Promise<any> =>
  eventually(
    async () => {
      const [run] = (await call('GET', `/v1/jobs/${job}/runs`)).data;
      return run?.state === 'completed' ? run : false;
    },
    { timeoutMs: 120_000, what: `the end of ${job}` },
  );

/** Waits until it is claimed. */
const begun = (job: string) =>
  eventually(async () => {
    const [run] = (await call('GET', `/v1/jobs/${job}/runs`)).data;
    return run?.counts?.sending === 1;
  });

test('while no executor is alive scripts are refused, and nothing is stored', async () => {
  const response = await ask('POST', '/v1/jobs', bodyOf({ source: 'print(1)' }));
  expect(response.status).toBe(503);
  expect(response.headers.get('retry-after')).toBe('10');
  expect(await response.json()).toMatchObject({ code: 'executor_unavailable', field: 'script.language' });
  const { rows } = await house.db.pool.query(
    'SELECT (SELECT count(*) FROM scripts) + (SELECT count(*) FROM jobs) AS n',
  );
  expect(Number(rows[0]?.n)).toBe(0);
});

test('one that cannot isolate stays off and says why, and scripts go on being refused', async () => {
  const off = await house.start('executor', { SCRIPT_PATH: '/nowhere' });
  expect(off.ready).toMatchObject({ off: expect.stringContaining('bubblewrap') });
  expect((await ask('POST', '/v1/jobs', bodyOf({ source: 'print(1)' }))).status).toBe(503);
  await off.stop();
});

test('once there is one, a script runs with its parameters, and its result is kept', async () => {
  await house.start('executor', { SCRIPT_PLACES: '4' });
  const source =
    'import json, sys\ngiven = json.load(sys.stdin)\nprint("hello", given["name"])\nprint("noted", file=sys.stderr)\n';
  const job = await create({ source, parameters: { name: 'Ærø' } }, { userId: 'u-1', tags: ['nightly'] });
  expect(job).toMatchObject({
    kind: 'script',
    channel: 'script',
    script: { language: 'python', sha256: expect.stringMatching(/^[0-9a-f]{64}$/), parameters: { name: 'Ærø' } },
    policy: { attempts: 3 },
  });
  const run = await ended(job.id);
  expect(run).toMatchObject({ attempt: 1, deliveries: 1, counts: { sent: 1 } });
  expect(run.result).toMatchObject({
    exitCode: 0,
    status: null,
    output: 'hello Ærø\n',
    error: 'noted\n',
    truncated: false,
  });
  const [delivery] = (await call('GET', `/v1/runs/${run.id}/deliveries`)).data;
  expect(delivery).toMatchObject({
    address: `python:${job.script.sha256.slice(0, 12)}`,
    recipient: null,
    state: 'sent',
  });
  expect(await call('GET', `/v1/scripts/${job.script.sha256}`)).toMatchObject({ language: 'python', source });
  expect((await ask('GET', `/v1/scripts/${'0'.repeat(64)}`)).status).toBe(404);
});

test('JavaScript runs as well, at its time, and a source is stored once', async () => {
  const script = { language: 'javascript', source: 'console.log(new Date().toISOString())' };
  const atMs = Date.now() + 1_500;
  const trigger = { type: 'at', at: new Date(atMs).toISOString() };
  const [one, other] = await Promise.all([create(script, { trigger }), create(script, { trigger })]);
  for (const job of [one, other])
    expect(Date.parse((await ended(job.id)).result.output.trim())).toBeGreaterThanOrEqual(atMs - 5);
  expect(one.script.sha256).toBe(other.script.sha256);
  const { rows } = await house.db.pool.query('SELECT count(*)::int AS n FROM scripts WHERE sha256 = $1', [
    one.script.sha256,
  ]);
  expect(rows[0]?.n).toBe(1);
});

test('a failure is tried again while attempts are left, and keeps what it said', async () => {
  const source = 'import sys\nprint("half")\nraise ValueError("no such month")';
  const once = await ended((await create({ source }, { policy: { attempts: 1 } })).id);
  expect(once).toMatchObject({ attempt: 1, counts: { failed: 1 }, result: { exitCode: 1, output: 'half\n' } });
  expect(once.result.error).toContain('ValueError: no such month');
  const policy = { backoff: { initialSeconds: 0.1 } };
  const job = await create({ source: 'import os\nos.abort()' }, { policy });
  const run = await ended(job.id);
  expect(run).toMatchObject({ attempt: 3, counts: { failed: 1 }, result: { try: 3, exitCode: 134 } });
});

test('one that takes too long is ended, and the next one runs', async () => {
  const job = await create({ source: 'while True: print("and so on")' }, { policy: { attempts: 1 } });
  const run = await ended(job.id);
  expect(run).toMatchObject({ counts: { failed: 1 }, result: { truncated: true } });
  const [delivery] = (await call('GET', `/v1/runs/${run.id}/deliveries`)).data;
  expect(['script_output', 'script_time']).toContain(delivery.code);
  expect((await ended((await create({ source: 'print(1)' })).id)).result.output).toBe('1\n');
});

test('a cancel reaches one that runs, within seconds', async () => {
  const job = await create({ source: 'import time\nprint("begun")\ntime.sleep(600)' });
  await begun(job.id);
  const startedMs = performance.now();
  await call('POST', `/v1/jobs/${job.id}/cancel`);
  const run = await ended(job.id);
  expect(performance.now() - startedMs).toBeLessThan(9_000);
  expect(run).toMatchObject({ counts: { failed: 1 } });
  const [delivery] = (await call('GET', `/v1/runs/${run.id}/deliveries`)).data;
  expect(delivery).toMatchObject({ state: 'failed', code: 'cancelled' });
  await eventually(async () => (await call('GET', `/v1/jobs/${job.id}`)).status === 'cancelled');
});

test('what it does can change while it was not begun, and cannot become a call', async () => {
  const trigger = { type: 'at', at: new Date(Date.now() + 3_000).toISOString() };
  const job = await create({ source: 'print("before")' }, { trigger });
  const changed = await call('PATCH', `/v1/jobs/${job.id}`, {
    version: job.version,
    script: { language: 'javascript', source: 'console.log("after")' },
  });
  expect(changed).toMatchObject({ contentVersion: 2, script: { language: 'javascript' } });
  const refused = await ask('PATCH', `/v1/jobs/${job.id}`, {
    version: changed.version,
    webhook: { url: 'https://example.com' },
  });
  expect(refused.status).toBe(400);
  expect((await ended(job.id)).result.output).toBe('after\n');
});

test('bad scripts are refused with their field, and nothing is stored', async () => {
  const { rows: before } = await house.db.pool.query('SELECT count(*)::int AS n FROM jobs');
  const refusals: [string, Record<string, unknown>, Record<string, unknown>?][] = [
    ['script.language', { language: 'perl', source: 'print 1' }],
    ['script.source', { source: '' }],
    ['script.source', { source: 'é'.repeat(10_000) }],
    ['script.source', { source: 'print("\0")' }],
    ['script.parameters', { source: 'print(1)', parameters: 'x'.repeat(20_000) }],
    ['policy.unknown', { source: 'print(1)' }, { policy: { unknown: { action: 'fail' } } }],
    ['policy.dedupeBy', { source: 'print(1)' }, { policy: { dedupeBy: 'address' } }],
    ['audience', { source: 'print(1)' }, { audience: { everyone: true } }],
  ];
  for (const [field, script, parts] of refusals) {
    const response = await ask('POST', '/v1/jobs', bodyOf(script, parts));
    // biome-ignore lint/suspicious/noExplicitAny: an answer of the API
    const problem = (await response.json()) as any;
    expect([field, response.status, problem.code, problem.errors?.[0]?.field ?? problem.field]).toEqual([
      field,
      400,
      'validation_failed',
      field,
    ]);
  }
  const { rows: after } = await house.db.pool.query('SELECT count(*)::int AS n FROM jobs');
  expect(after).toEqual(before);
});

test('one whose executor is killed in the middle is run again, and its result is kept', async () => {
  // Its lease is short, so that the other has it soon.
  const lease = { SCRIPT_TIMEOUT_MS: '1000', SCRIPT_LEASE_MS: '10000', SCRIPT_PLACES: '1' };
  const victim = await house.start('executor', lease, 'after_write=kill');
  let isDead = false;
  void victim.exited.then(() => {
    isDead = true;
  });
  const jobs: string[] = [];
  while (!isDead && jobs.length < 200) jobs.push((await create({ source: 'print("done")' })).id);
  expect(isDead).toBe(true);
  for (const job of jobs) {
    // A run counts as over while what became of its script is not known, and goes on when it is run again.
    const result = await eventually(
      async () => {
        const [run] = (await call('GET', `/v1/jobs/${job}/runs`)).data;
        return run?.state === 'completed' && run.counts.sent === 1 && run.result;
      },
      { timeoutMs: 120_000, what: `the end of ${job}` },
    );
    expect(result).toMatchObject({ exitCode: 0, output: 'done\n' });
  }
  const { rows } = await house.db.pool.query('SELECT max(try) AS tries FROM results');
  expect(rows[0]?.tries).toBeGreaterThan(1);
});

test('counts add up', async () => {
  expect(await wrongBatches(house)).toEqual([]);
});

/** The three routes, as a container's health check and Prometheus see them. */
import { afterEach, expect, test } from '@jest/globals';
import { createMetrics, type HealthOptions, type HealthServer, startHealthServer } from '../src/index.ts';

let server: HealthServer | undefined;
afterEach(() => server?.close());

async function get(path: string): Promise<{ status: number; type: string | null; text: string }> {
  const response = await fetch(`http://127.0.0.1:${server?.port}${path}`);
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
}

async function start(options: HealthOptions) {
  server = await startHealthServer({ host: '127.0.0.1', port: 0, ...options });
}

test('healthz tells what does not get on', async () => {
  let since = 10;
  await start({
    progress: [
      { name: 'plan', sinceProgressMs: () => 5, patienceMs: 100 },
      { name: 'sweep', sinceProgressMs: () => since, patienceMs: 100 },
    ],
  });
  expect(await get('/healthz')).toMatchObject({ status: 200, type: 'application/json' });
  since = 101;
  const failing = await get('/healthz?verbose');
  expect(failing.status).toBe(503);
  expect(JSON.parse(failing.text)).toEqual({
    status: 'failing',
    checks: { plan: 'ok', sweep: 'no progress for 101 ms' },
  });
});

test('readyz names what is missing, does not wait for what hangs, and says no while draining', async () => {
  let postgresUp = false;
  await start({
    ready: [
      { name: 'postgres', check: () => (postgresUp ? Promise.resolve() : Promise.reject(new Error('ECONNREFUSED'))) },
      { name: 'redis', check: () => (postgresUp ? Promise.resolve() : new Promise(() => {})), timeoutMs: 20 },
    ],
  });
  const failing = await get('/readyz');
  expect(failing.status).toBe(503);
  expect(JSON.parse(failing.text).checks).toEqual({ postgres: 'ECONNREFUSED', redis: 'no answer within 20 ms' });
  postgresUp = true;
  expect((await get('/readyz')).status).toBe(200);
  server?.setDraining();
  expect(await get('/readyz')).toMatchObject({ status: 503, text: expect.stringContaining('draining') });
  expect((await get('/healthz')).status).toBe(200);
});

test('metrics hold Node’s own, ordinary and hot ones, labelled with the service', async () => {
  const metrics = createMetrics({ service: 'sender' });
  metrics.counter('carillon_rescues_total', 'Rescues', ['kind']).inc({ kind: 'lease' }, 2);
  const accepted = metrics.hotCounter('carillon_outcomes_total', 'Outcomes', { kind: 'accepted' });
  const unknown = metrics.hotCounter('carillon_outcomes_total', 'Outcomes', { kind: 'unknown' });
  accepted.add(3);
  metrics.hotCounter('carillon_outcomes_total', 'Outcomes', { kind: 'accepted' }).add();
  unknown.add();
  const call = metrics.hotHistogram('carillon_call_seconds', 'Calls', [0.1, 1], { channel: 'whatsapp' });
  for (const seconds of [0.05, 0.1, 0.5, 7]) call.observe(seconds);
  expect(accepted.value).toBe(4);
  await start({ metrics });
  const { status, text } = await get('/metrics');
  expect(status).toBe(200);
  const lines = text.split('\n');
  for (const line of [
    'carillon_rescues_total{kind="lease",service="sender"} 2',
    '# TYPE carillon_outcomes_total counter',
    'carillon_outcomes_total{kind="accepted",service="sender"} 4',
    'carillon_outcomes_total{kind="unknown",service="sender"} 1',
    '# TYPE carillon_call_seconds histogram',
    'carillon_call_seconds_bucket{channel="whatsapp",le="0.1",service="sender"} 2',
    'carillon_call_seconds_bucket{channel="whatsapp",le="1",service="sender"} 3',
    'carillon_call_seconds_bucket{channel="whatsapp",le="+Inf",service="sender"} 4',
    'carillon_call_seconds_sum{channel="whatsapp",service="sender"} 7.65',
    'carillon_call_seconds_count{channel="whatsapp",service="sender"} 4',
  ])
    expect(lines).toContain(line);
  expect(text).toContain('process_cpu_seconds_total{service="sender"}');
  // Asked twice it says the same: reading does not count.
  expect((await get('/metrics')).text).toContain('carillon_outcomes_total{kind="accepted",service="sender"} 4');
});

test('anything else is 404, and a taken port is one sentence', async () => {
  await start({});
  expect((await get('/metrics')).status).toBe(404);
  expect((await get('/')).status).toBe(404);
  await expect(startHealthServer({ host: '127.0.0.1', port: server?.port ?? 0 })).rejects.toThrow(
    `the health port 127.0.0.1:${server?.port} cannot be used; set HEALTH_PORT to a free one`,
  );
});

/** What each service, as the process that it is in production, tells Prometheus of itself. */
import {
  createTestDatabase,
  eventually,
  type SpawnedService,
  spawnService,
  type TestDatabase,
  testRedis,
} from '@carillon/testkit';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

const SERVICES = ['api', 'scheduler', 'sender', 'validator', 'sweeper', 'dashboard'] as const;
type Service = (typeof SERVICES)[number];

/** What only some of them tell; the names alone, as their values depend on what happens. */
const OWN: Readonly<Record<Service, readonly string[]>> = {
  api: ['carillon_http_request_seconds', 'carillon_callback_reports_total'],
  scheduler: ['carillon_duty_rounds_total', 'carillon_runs_planned_total'],
  sender: [
    'carillon_calls_total',
    'carillon_call_seconds',
    'carillon_due_to_sent_seconds',
    'carillon_window',
    'carillon_window_changes_total',
    'carillon_calls_in_flight',
  ],
  validator: [
    'carillon_calls_total',
    'carillon_window',
    'carillon_checks_total',
    'carillon_lookups_total',
    'carillon_duty_rounds_total',
  ],
  sweeper: [
    'carillon_checks_blocked_addresses',
    'carillon_due_unstarted',
    'carillon_oldest_late_seconds',
    'carillon_holds',
    'carillon_unknown_deliveries',
    'carillon_waiting_deliveries',
    'carillon_sending_deliveries',
    'carillon_upcoming_deliveries',
  ],
  dashboard: [],
};

let database: TestDatabase;
const running = new Map<Service, SpawnedService>();

beforeAll(async () => {
  database = await createTestDatabase();
  const redis = testRedis();
  const env = {
    DATABASE_URL: database.url,
    REDIS_URL: redis.url,
    REDIS_PREFIX: redis.prefix,
    CARILLON_SECRET: 'a secret for tests that is long enough',
    API_PORT: '0',
    DASHBOARD_PORT: '0',
    DASHBOARD_PASSWORD: 'correct horse battery',
  };
  await Promise.all(SERVICES.map(async (name) => running.set(name, await spawnService({ name, env }))));
}, 120_000);
afterAll(async () => {
  await Promise.all([...running.values()].map((service) => service.stop()));
  await database?.drop();
});

async function metricsOf(name: Service): Promise<string> {
  const ready = running.get(name)?.ready ?? {};
  const response = await fetch(`http://127.0.0.1:${ready.healthPort ?? ready.port}/metrics`);
  expect(response.status).toBe(200);
  return await response.text();
}

/** The value of the one series that begins so. */
function sampleOf(text: string, start: string): number {
  const lines = text.split('\n').filter((line) => line.startsWith(start));
  if (lines.length !== 1) throw new Error(`${lines.length} series begin with ${start}`);
  return Number(lines[0]?.split(' ').at(-1));
}

describe.each(SERVICES)('%s', (name) => {
  test('tells its CPU, memory, event-loop lag, connections and whether Redis answers', async () => {
    await eventually(async () => sampleOf(await metricsOf(name), 'carillon_redis_up{') === 1);
    // Asks Postgres, so that there is a connection to be counted.
    const ready = running.get(name)?.ready ?? {};
    await fetch(`http://127.0.0.1:${ready.healthPort ?? ready.port}/readyz`);
    const text = await metricsOf(name);
    expect(sampleOf(text, 'process_cpu_seconds_total{')).toBeGreaterThan(0);
    expect(sampleOf(text, 'process_resident_memory_bytes{')).toBeGreaterThan(0);
    expect(sampleOf(text, 'nodejs_eventloop_lag_p99_seconds{')).toBeGreaterThan(0);
    expect(sampleOf(text, 'carillon_pool_waiting{pool="main"')).toBe(0);
    expect(
      sampleOf(text, 'carillon_pool_connections{pool="main",state="busy"') +
        sampleOf(text, 'carillon_pool_connections{pool="main",state="idle"'),
    ).toBeGreaterThan(0);
    for (const line of text.split('\n'))
      if (line !== '' && !line.startsWith('#')) expect(line).toContain(`service="${name}"`);
  });

  test('tells what it alone knows', async () => {
    // Of the routes only those that were asked for have series.
    if (name === 'api') await fetch(`${running.get('api')?.baseUrl}/v1/jobs`);
    const missing = async () => {
      const text = await metricsOf(name);
      return OWN[name].filter((metric) => !new RegExp(`^${metric}[{_]`, 'm').test(text));
    };
    await eventually(async () => (await missing()).length === 0);
    expect(await missing()).toEqual([]);
  });
});

test('a series of the api has the route’s pattern for a label, never what was asked for', async () => {
  const { baseUrl } = running.get('api') as SpawnedService;
  for (const path of ['/v1/jobs/job_123456', '/nowhere/123456', '/v1/jobs?cursor=123456']) await fetch(baseUrl + path);
  await eventually(async () => /route="\/v1\/jobs\/:id".*status="401"/.test(await metricsOf('api')));
  expect(await metricsOf('api')).not.toContain('123456');
});

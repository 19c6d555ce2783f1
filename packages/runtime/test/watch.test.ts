/** Gauges say what is so at the moment when they are asked. */
import { expect, test } from '@jest/globals';
import { createMetrics, watchPool, watchRedis } from '../src/index.ts';

async function sample(metrics: { text(): Promise<string> }, series: string): Promise<number | undefined> {
  const line = (await metrics.text()).split('\n').find((one) => one.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length + 1));
}

test('pools of one process are told apart, and read anew each time', async () => {
  const metrics = createMetrics({ service: 'api' });
  const pool = { totalCount: 5, idleCount: 2, waitingCount: 7 };
  watchPool(metrics, pool);
  watchPool(metrics, { totalCount: 1, idleCount: 1, waitingCount: 0 }, 'tenants');
  expect(await sample(metrics, 'carillon_pool_connections{pool="main",state="busy",service="api"}')).toBe(3);
  expect(await sample(metrics, 'carillon_pool_connections{pool="main",state="idle",service="api"}')).toBe(2);
  expect(await sample(metrics, 'carillon_pool_waiting{pool="main",service="api"}')).toBe(7);
  expect(await sample(metrics, 'carillon_pool_connections{pool="tenants",state="busy",service="api"}')).toBe(0);
  pool.waitingCount = 0;
  expect(await sample(metrics, 'carillon_pool_waiting{pool="main",service="api"}')).toBe(0);
});

test('Redis is up when it answers, and down when it says no, fails or hangs', async () => {
  const metrics = createMetrics({ service: 'sender' });
  let ask: () => boolean | Promise<boolean> = () => true;
  watchRedis(metrics, () => ask(), { timeoutMs: 20 });
  const up = () => sample(metrics, 'carillon_redis_up{service="sender"}');
  expect(await up()).toBe(1);
  for (const no of [
    () => false,
    () => Promise.resolve(false),
    () => Promise.reject(new Error('ECONNREFUSED')),
    () => {
      throw new Error('not connected');
    },
    () => new Promise<boolean>(() => {}),
  ]) {
    ask = no;
    expect(await up()).toBe(0);
  }
  ask = () => Promise.resolve(true);
  expect(await up()).toBe(1);
});

test('every service tells its CPU time, memory and event-loop lag', async () => {
  const metrics = createMetrics({ service: 'scheduler' });
  for (const name of [
    'process_cpu_seconds_total',
    'process_resident_memory_bytes',
    'nodejs_heap_size_used_bytes',
    'nodejs_eventloop_lag_p99_seconds',
  ])
    expect(await sample(metrics, `${name}{service="scheduler"}`)).toBeGreaterThan(0);
});

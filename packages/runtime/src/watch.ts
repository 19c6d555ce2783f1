/**
 * Gauges that are read when Prometheus asks: how busy the connections to Postgres are, and whether Redis answers. CPU,
 * memory and the lag of the event loop are among Node's own metrics, which metrics.ts turns on.
 */
import { Gauge, type Registry } from 'prom-client';
import type { Metrics } from './metrics.ts';

/** What a pool of connections tells of itself; a `pg.Pool` is one. */
export interface PoolCounts {
  /** Open connections, busy or not. */
  readonly totalCount: number;
  /** Open connections that nobody uses. */
  readonly idleCount: number;
  /** Who waits for a connection. */
  readonly waitingCount: number;
}

/** A registry refuses a second metric of one name, so the pools of one process share theirs. */
const pools = new WeakMap<Registry, Map<string, PoolCounts>>();

/**
 * Registers `carillon_pool_connections` (by `state`: busy, idle) and `carillon_pool_waiting`.
 * @param name tells the pools of one process apart, as the label `pool`; a name that was watched before is taken over
 */
export function watchPool(metrics: Metrics, pool: PoolCounts, name = 'main'): void {
  const { registry } = metrics;
  const watched = pools.get(registry);
  if (watched !== undefined) {
    watched.set(name, pool);
    return;
  }
  const all = new Map([[name, pool]]);
  pools.set(registry, all);
  new Gauge({
    name: 'carillon_pool_connections',
    help: 'Open connections to Postgres by state',
    labelNames: ['pool', 'state'],
    registers: [registry],
    collect() {
      for (const [label, { totalCount, idleCount }] of all) {
        this.set({ pool: label, state: 'busy' }, totalCount - idleCount);
        this.set({ pool: label, state: 'idle' }, idleCount);
      }
    },
  });
  new Gauge({
    name: 'carillon_pool_waiting',
    help: 'Who waits for a connection to Postgres',
    labelNames: ['pool'],
    registers: [registry],
    collect() {
      for (const [label, { waitingCount }] of all) this.set({ pool: label }, waitingCount);
    },
  });
}

export interface WatchRedisOptions {
  /** No answer within this counts as down, so that a Redis that hangs does not take the metrics with it. Default 1,000. */
  readonly timeoutMs?: number;
}

/**
 * Registers `carillon_redis_up`: 1 when Redis answers, 0 when it does not.
 * @param isUp asked each time; a rejection counts as no
 */
export function watchRedis(
  metrics: Metrics,
  isUp: () => boolean | Promise<boolean>,
  { timeoutMs = 1_000 }: WatchRedisOptions = {},
): void {
  new Gauge({
    name: 'carillon_redis_up',
    help: 'Whether Redis answers: 1 or 0',
    registers: [metrics.registry],
    async collect() {
      this.set((await answers(isUp, timeoutMs)) ? 1 : 0);
    },
  });
}

async function answers(isUp: () => boolean | Promise<boolean>, timeoutMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), timeoutMs);
  });
  try {
    return await Promise.race([(async () => await isUp())().catch(() => false), late]);
  } finally {
    clearTimeout(timer);
  }
}

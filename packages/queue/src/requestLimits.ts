/**
 * How many requests an API key may make in a second, kept across processes: a window per key in Redis. A process takes
 * several at once and hands them out by itself, so that most requests cost no command; what it took and did not use ends
 * with the window. While Redis is away each process counts for itself, with the whole limit, and no request waits for it:
 * after one command that failed, Redis is only asked again beside the requests, until it answers.
 */
import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { connectFailFast, disconnect, keys, type RedisOptions } from './redis.ts';

/** Whether a request may go on, with what its answer tells. */
export interface RequestGrant {
  readonly granted: boolean;
  /** Requests per window. */
  readonly limit: number;
  /** As far as this process knows, and never more. */
  readonly remaining: number;
  /** When the window ends, and with it a refusal. */
  readonly resetMs: number;
}

export interface RequestLimitsOptions {
  readonly redis: RedisOptions;
  /** Milliseconds of a monotonic clock. */
  readonly monotonic: () => number;
  /** How long one request may wait for Redis; those after it do not wait at all. Default 50. */
  readonly patienceMs?: number;
}

export interface RequestLimits {
  /** Counts one request of a key. At once, without a promise, when the process has some in hand or was refused before. */
  take(keyId: number, perSecond: number): RequestGrant | Promise<RequestGrant>;
  /** Whether Redis is being asked; false while each process counts for itself. */
  readonly isShared: boolean;
  close(): void;
}

const WINDOW_SECONDS = 1;
/** The share of a limit that is taken at once: few enough that other processes find some, many enough to save commands. */
const PORTION = 0.05;
const PROBE_AFTER_MS = 250;
/** More keys than are in use at once; bounds the memory. */
const REMEMBERED_KEYS = 10_000;

interface Window {
  inHand: number;
  /** In the shared window, after what is in hand. */
  left: number;
  endsMs: number;
  asking: Promise<void> | undefined;
}

interface Limiters {
  readonly shared: RateLimiterRedis;
  readonly own: RateLimiterMemory;
}

/** Connects by itself; works with Redis down from the start. */
export function createRequestLimits(options: RequestLimitsOptions): RequestLimits {
  const { monotonic } = options;
  const redis: Redis = connectFailFast(options.redis, options.patienceMs ?? 50);
  const limiters = new Map<number, Limiters>();
  const windows = new Map<number, Window>();
  let isShared = true;
  let probe: NodeJS.Timeout | undefined;
  let closed = false;

  function limitersOf(perSecond: number): Limiters {
    let found = limiters.get(perSecond);
    if (found === undefined) {
      const common = { points: perSecond, duration: WINDOW_SECONDS, keyPrefix: keys.requests(options.redis.prefix) };
      found = {
        shared: new RateLimiterRedis({ ...common, storeClient: redis, rejectIfRedisNotReady: true }),
        own: new RateLimiterMemory(common),
      };
      limiters.set(perSecond, found);
    }
    return found;
  }

  /** Takes a portion into hand. */
  async function ask(window: Window, keyId: number, perSecond: number): Promise<void> {
    const { shared, own } = limitersOf(perSecond);
    const portion = Math.max(1, Math.floor(perSecond * PORTION));
    const askedMs = monotonic();
    let result: RateLimiterRes;
    try {
      result = await resultOf((isShared ? shared : own).consume(keyId, portion));
    } catch {
      leaveRedis();
      result = await resultOf(own.consume(keyId, portion));
    }
    const over = Math.max(0, result.consumedPoints - perSecond);
    window.inHand = Math.max(0, portion - over);
    window.left = Math.max(0, perSecond - result.consumedPoints);
    window.endsMs = askedMs + Math.max(1, result.msBeforeNext);
  }

  function leaveRedis(): void {
    isShared = false;
    if (closed) return;
    probe ??= setTimeout(() => {
      probe = undefined;
      redis.ping().then(
        () => {
          isShared = true;
        },
        () => leaveRedis(),
      );
    }, PROBE_AFTER_MS).unref();
  }

  function windowOf(keyId: number): Window {
    let window = windows.get(keyId);
    if (window === undefined) {
      if (windows.size >= REMEMBERED_KEYS) windows.delete(windows.keys().next().value as number);
      window = { inHand: 0, left: 0, endsMs: Number.NEGATIVE_INFINITY, asking: undefined };
      windows.set(keyId, window);
    }
    return window;
  }

  function spend(window: Window, perSecond: number): RequestGrant | undefined {
    const resetMs = window.endsMs - monotonic();
    if (resetMs <= 0 || (window.inHand === 0 && window.left > 0)) return undefined;
    const granted = window.inHand > 0;
    if (granted) window.inHand -= 1;
    return { granted, limit: perSecond, remaining: window.inHand + window.left, resetMs };
  }

  async function askAndSpend(window: Window, keyId: number, perSecond: number): Promise<RequestGrant> {
    for (;;) {
      window.asking ??= ask(window, keyId, perSecond).finally(() => {
        window.asking = undefined;
      });
      await window.asking;
      const grant = spend(window, perSecond);
      if (grant !== undefined) return grant;
    }
  }

  return {
    take(keyId, perSecond) {
      const window = windowOf(keyId);
      // Whoever comes while others wait for a portion waits with them: what is in hand is an earlier window's.
      const grant = window.asking === undefined ? spend(window, perSecond) : undefined;
      return grant ?? askAndSpend(window, keyId, perSecond);
    },
    get isShared() {
      return isShared;
    },
    close() {
      closed = true;
      clearTimeout(probe);
      disconnect(redis);
    },
  };
}

/** The library rejects with its result when the limit is reached, and with an Error when its store failed. */
async function resultOf(consumed: Promise<RateLimiterRes>): Promise<RateLimiterRes> {
  try {
    return await consumed;
  } catch (error) {
    if (error instanceof RateLimiterRes) return error;
    throw error;
  }
}

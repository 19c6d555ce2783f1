/**
 * Connections to Redis, and every key that we use there beside BullMQ's own. Producers fail fast: a request that waits for
 * Redis would break the promise that the API answers without it. Workers wait as long as it takes.
 */
import { Redis } from 'ioredis';

/** How to reach Redis; `prefix` keeps installations that share one server apart. */
export interface RedisOptions {
  readonly url: string;
  readonly prefix: string;
  readonly onError?: (error: Error) => void;
}

/** Key names, all below the prefix. */
export const keys = {
  marker: (prefix: string): string => `${prefix}:marker`,
  tokens: (prefix: string, providerAccountId: number): string => `${prefix}:tokens:${providerAccountId}`,
  requests: (prefix: string): string => `${prefix}:requests`,
};

/** Reconnects for ever, quickly at first, at most a second apart: Redis may be away for long and back at any moment. */
function retryDelay(times: number): number {
  return Math.min(50 * 2 ** Math.min(times, 5), 1_000);
}

/**
 * A line that fell silent for good tells nobody: commands would fail, or be waited for, until the kernel gives it up after many minutes. So
 * one on which an answer is missing for this long is cut, and made anew. A worker's may be missing for as long as BullMQ blocks, ten seconds.
 */
const SILENT_MS = { failFast: 5_000, patient: 30_000 };

/** A connection that refuses at once while Redis is away, and gives no command more than two seconds, or what is said. */
export function connectFailFast(
  options: RedisOptions,
  commandTimeoutMs = 2_000,
  silentMs: number = SILENT_MS.failFast,
): Redis {
  const redis = new Redis(options.url, {
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 2_000,
    commandTimeout: commandTimeoutMs,
    socketTimeout: silentMs,
    retryStrategy: retryDelay,
  });
  // Without a listener ioredis prints every refused connection to the console.
  redis.on('error', options.onError ?? (() => {}));
  return redis;
}

/** A connection as BullMQ's workers need it: commands wait for Redis. */
export function connectPatient(options: RedisOptions, silentMs: number = SILENT_MS.patient): Redis {
  const redis = new Redis(options.url, {
    maxRetriesPerRequest: null,
    connectTimeout: 2_000,
    socketTimeout: silentMs,
    retryStrategy: retryDelay,
    // A Redis that turned read-only or is loading is not the one to talk to; connect anew and ask again.
    reconnectOnError: (error) => (/^(READONLY|LOADING)/.test(error.message) ? 2 : false),
  });
  redis.on('error', options.onError ?? (() => {}));
  return redis;
}

/** Closes a connection without waiting for a Redis that is away. */
export function disconnect(redis: Redis): void {
  redis.disconnect();
}

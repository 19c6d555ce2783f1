/**
 * The sweeper's view of Redis: the marker by which a loss shows, and the queue settings that must stand there as Postgres
 * has them.
 */
import { QUEUES } from '@carillon/contracts';
import { Queue } from 'bullmq';
import { connectFailFast, disconnect, keys, type RedisOptions } from './redis.ts';

/** Marker and settings, read and written with a connection that fails fast. */
export interface RedisGuard {
  readMarker(): Promise<{ epoch: string; beat: number } | undefined>;
  writeMarker(marker: { epoch: string; beat: number }): Promise<void>;
  /** Makes each queue paused or not, as `settings` says; queues that it does not name run. Returns those it changed. */
  applySettings(settings: ReadonlyMap<string, { paused: boolean }>): Promise<string[]>;
  /** Whether the connection stands; while it does not, there is nothing to guard. */
  isReady(): boolean;
  close(): Promise<void>;
}

/** Connects lazily. */
export function createRedisGuard(options: RedisOptions): RedisGuard {
  const redis = connectFailFast(options);
  const queues = QUEUES.map((name) => {
    const queue = new Queue(name, {
      connection: redis,
      prefix: options.prefix,
      skipWaitingForReady: true,
      skipVersionCheck: true,
      skipMetasUpdate: true,
    });
    queue.on('error', options.onError ?? (() => {}));
    return queue;
  });
  const markerKey = keys.marker(options.prefix);
  return {
    async readMarker() {
      const text = await redis.get(markerKey);
      const match = text === null ? null : /^([0-9a-f-]{36}) (\d{1,15})$/.exec(text);
      return match?.[1] !== undefined ? { epoch: match[1], beat: Number(match[2]) } : undefined;
    },
    async writeMarker(marker) {
      await redis.set(markerKey, `${marker.epoch} ${marker.beat}`);
    },
    async applySettings(settings) {
      const changed: string[] = [];
      for (const queue of queues) {
        const wanted = settings.get(queue.name)?.paused ?? false;
        if ((await queue.isPaused()) === wanted) continue;
        await (wanted ? queue.pause() : queue.resume());
        changed.push(queue.name);
      }
      return changed;
    },
    isReady: () => redis.status === 'ready',
    async close() {
      await Promise.allSettled(queues.map((queue) => queue.close()));
      disconnect(redis);
    },
  };
}

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
  /** Sets the marker if it still is the expected one (`undefined` is none, or one that cannot be read); says whether it was. */
  replaceMarker(
    expected: { epoch: string; beat: number } | undefined,
    marker: { epoch: string; beat: number },
  ): Promise<boolean>;
  /** Makes each queue paused or not, as `settings` says; queues that it does not name run. Returns those it changed. */
  applySettings(settings: ReadonlyMap<string, { paused: boolean }>): Promise<string[]>;
  /** Whether the connection stands; while it does not, there is nothing to guard. */
  isReady(): boolean;
  close(): Promise<void>;
}

/**
 * KEYS[1] marker  ARGV: the expected marker ('' is none), the new one
 * Returns 1 if it was replaced. What is no marker at all counts as none.
 */
const REPLACE = `
local found = redis.call('GET', KEYS[1])
if ARGV[1] == '' then
  if found and string.match(found, '^[0-9a-f-]+ %d+$') then return 0 end
elseif found ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2])
return 1
`;

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
    async replaceMarker(expected, marker) {
      const replaced = await redis.eval(
        REPLACE,
        1,
        markerKey,
        expected === undefined ? '' : `${expected.epoch} ${expected.beat}`,
        `${marker.epoch} ${marker.beat}`,
      );
      return replaced === 1;
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

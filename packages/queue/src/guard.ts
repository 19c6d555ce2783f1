/**
 * The sweeper's view of Redis: the marker by which a loss shows, the queue settings that must stand there as Postgres has
 * them, and which wake-ups still wait there.
 */
import { type ChannelName, QUEUES, sendQueueName, type WakeBatch } from '@carillon/contracts';
import { Queue } from 'bullmq';
import { connectFailFast, disconnect, keys, type RedisOptions } from './redis.ts';
import { batchWakeUpId } from './wakes.ts';

/** The states in which a wake-up will come to a sender. One that is active has come: it can be left behind, and is worth another. */
const COMING: ReadonlySet<string> = new Set(['waiting', 'paused', 'prioritized']);
/** Questions to Redis at once. */
const ASKED_AT_ONCE = 32;

/** A batch by which its wake-up is known. */
export type WokenBatch = Pick<WakeBatch, 'accountId' | 'batchId' | 'generation'> & { readonly channel: ChannelName };

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
  /**
   * Of batches that are not single deliveries, those whose wake-up will not come any more: it stands in no list from which
   * workers take, be it that its data is still there. One that is delayed comes if its time is over; if it is not, though
   * the batch has been due for long, the clocks disagreed and it would come too late. Rejects when Redis does not answer.
   */
  withoutWakeUp<Batch extends WokenBatch>(batches: readonly Batch[]): Promise<Batch[]>;
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

export interface RedisGuardOptions extends RedisOptions {
  /** As the waker is told: for a negative control in tests. */
  readonly constantGeneration?: boolean;
  /** The process's clock, by which delays of wake-ups were reckoned; Date.now is the default. */
  readonly now?: () => number;
}

/** Connects lazily. */
export function createRedisGuard(options: RedisGuardOptions): RedisGuard {
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
  const now = options.now ?? Date.now;

  async function willCome(batch: WokenBatch): Promise<boolean> {
    const queue = queues.find(({ name }) => name === sendQueueName(batch.channel));
    const id = batchWakeUpId(batch, options.constantGeneration);
    const state = await queue?.getJobState(id);
    if (state !== 'delayed') return state !== undefined && COMING.has(state);
    const job = await queue?.getJob(id);
    return job !== undefined && job.timestamp + job.delay <= now();
  }

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
    async withoutWakeUp(batches) {
      const gone: (typeof batches)[number][] = [];
      for (let at = 0; at < batches.length; at += ASKED_AT_ONCE) {
        const asked = batches.slice(at, at + ASKED_AT_ONCE);
        const coming = await Promise.all(asked.map(willCome));
        gone.push(...asked.filter((_, n) => !coming[n]));
      }
      return gone;
    },
    isReady: () => redis.status === 'ready',
    async close() {
      await Promise.allSettled(queues.map((queue) => queue.close()));
      disconnect(redis);
    },
  };
}

/**
 * Enqueueing: Postgres chooses and marks, then Redis is told. The generation in a wake-up's id keeps BullMQ from taking it
 * for one that it still knows, since an id known in any state is ignored without an error.
 */
import {
  type ChannelName,
  QUEUES,
  type SendJob,
  sendQueueName,
  type WakeBatch,
  type WakeSource,
} from '@carillon/contracts';
import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { connectFailFast, disconnect, type RedisOptions } from './redis.ts';

/** Single deliveries go first, then small batches, then the bulk: a large run must not delay a small one. */
const PRIORITY_SMALL = 1;
const PRIORITY_BULK = 10;
const SMALL_BATCH = 100;
/** Wake-ups for one moment share an id while they certainly are still delayed; nearer ones get an id of their own. */
const SHARED_ID_MARGIN_MS = 2_000;

/** What a wake did: how many wake-ups were added, or that Redis was not to be reached (sweeps repeat it). */
export type WakeResult =
  | { readonly kind: 'ok'; readonly added: number }
  | { readonly kind: 'unavailable'; readonly error?: Error };

/** Tells the senders of a channel what is due. */
export interface Waker {
  /** Enqueues what belongs into the channel's windows now. Never throws; calls for one channel do not overlap. */
  wake(channel: ChannelName): Promise<WakeResult>;
  /** Whether Redis answers. */
  ping(): Promise<boolean>;
  close(): Promise<void>;
}

export interface WakerOptions {
  readonly redis: RedisOptions;
  readonly source: WakeSource;
  /** Makes ids of immediate wake-ups unlike each other. */
  readonly random: () => number;
  /** The process's clock; only used to tell wake-ups apart. */
  readonly now: () => number;
  /** For a negative control in tests: every wake-up of a batch gets the same id. */
  readonly constantGeneration?: boolean;
}

/**
 * The id of a batch's wake-up in its channel's queue.
 * @param constantGeneration for a negative control in tests: every wake-up of a batch gets the same id
 */
export function batchWakeUpId(
  batch: Pick<WakeBatch, 'accountId' | 'batchId' | 'generation'>,
  constantGeneration = false,
): string {
  return `b-${batch.accountId}-${batch.batchId}-g${constantGeneration ? 0 : batch.generation}`;
}

interface Wakeup {
  readonly name: string;
  readonly data: SendJob;
  readonly opts: { jobId: string; delay: number; priority: number };
}

/** Connects lazily; Redis may be down now and later. */
export function createWaker(options: WakerOptions): Waker {
  const redis: Redis = connectFailFast(options.redis);
  const queues = new Map(
    QUEUES.map((name) => {
      const queue = new Queue<SendJob>(name, {
        connection: redis,
        prefix: options.redis.prefix,
        skipWaitingForReady: true,
        // The version check would fail, and be logged, with Redis down.
        skipVersionCheck: true,
        skipMetasUpdate: true,
        defaultJobOptions: { removeOnComplete: true, removeOnFail: true, attempts: 1 },
      });
      queue.on('error', options.redis.onError ?? (() => {}));
      return [name, queue] as const;
    }),
  );
  const running = new Map<ChannelName, { again: boolean; promise: Promise<WakeResult> }>();

  async function wakeOnce(channel: ChannelName): Promise<WakeResult> {
    if (redis.status !== 'ready') return { kind: 'unavailable' };
    const queue = queues.get(sendQueueName(channel));
    if (!queue) return { kind: 'unavailable', error: new Error(`no queue for channel ${channel}`) };
    const { batches, singles } = await options.source.take(channel);
    const wakeups: Wakeup[] = [
      ...singles.map((moment) => ({
        name: 'singles',
        data: { wake: 'singles' as const, dueAtMs: Math.ceil(moment.dueAtMs) },
        opts: {
          jobId:
            moment.dueInMs > SHARED_ID_MARGIN_MS
              ? `s-${Math.ceil(moment.dueAtMs)}`
              : `s-${Math.ceil(moment.dueAtMs)}-${options.now().toString(36)}${options.random().toString(36).slice(2, 10)}`,
          delay: Math.ceil(moment.dueInMs),
          priority: 0,
        },
      })),
      ...batches.map((batch) => ({
        name: 'batch',
        data: {
          wake: 'batch' as const,
          accountId: batch.accountId,
          batchId: batch.batchId,
          generation: batch.generation,
        },
        opts: {
          jobId: batchWakeUpId(batch, options.constantGeneration),
          delay: Math.ceil(batch.dueInMs),
          priority: batch.size <= SMALL_BATCH ? PRIORITY_SMALL : PRIORITY_BULK,
        },
      })),
    ];
    if (wakeups.length === 0) return { kind: 'ok', added: 0 };
    try {
      await queue.addBulk(wakeups);
      return { kind: 'ok', added: wakeups.length };
    } catch (error) {
      // Some may have been added; a second wake-up is harmless, a missing one is not.
      await options.source.giveBack(channel, { batches, singles }).catch(() => {});
      return { kind: 'unavailable', error: error as Error };
    }
  }

  async function wake(channel: ChannelName): Promise<WakeResult> {
    const current = running.get(channel);
    if (current) {
      // What the running pass read may be older than what the caller just committed.
      current.again = true;
      return await current.promise;
    }
    const state: { again: boolean; promise: Promise<WakeResult> } = {
      again: false,
      promise: Promise.resolve({ kind: 'unavailable' }),
    };
    state.promise = (async () => {
      let result: WakeResult;
      do {
        state.again = false;
        result = await wakeOnce(channel).catch((error: Error): WakeResult => ({ kind: 'unavailable', error }));
      } while (state.again && result.kind === 'ok');
      running.delete(channel);
      return result;
    })();
    running.set(channel, state);
    return await state.promise;
  }

  return {
    wake,
    async ping() {
      try {
        return redis.status === 'ready' && (await redis.ping()) === 'PONG';
      } catch {
        return false;
      }
    },
    async close() {
      await Promise.allSettled([...queues.values()].map((queue) => queue.close()));
      disconnect(redis);
    },
  };
}

/** Every queue as BullMQ's own object, for who shows or measures them. */
import { QUEUES } from '@carillon/contracts';
import { Queue } from 'bullmq';
import { connectPatient, disconnect, type RedisOptions } from './redis.ts';

/** The queues of the catalogue over one connection. */
export interface QueueSet {
  readonly queues: readonly Queue[];
  isReady(): boolean;
  close(): Promise<void>;
}

/** Opens all queues for reading; nothing is added through them. */
export function createQueues(options: RedisOptions): QueueSet {
  const redis = connectPatient(options);
  const queues = QUEUES.map((name) => {
    const queue = new Queue(name, {
      connection: redis,
      prefix: options.prefix,
      skipVersionCheck: true,
      skipMetasUpdate: true,
    });
    queue.on('error', options.onError ?? (() => {}));
    return queue;
  });
  return {
    queues,
    isReady: () => redis.status === 'ready',
    async close() {
      await Promise.allSettled(queues.map((queue) => queue.close()));
      disconnect(redis);
    },
  };
}

/**
 * BullMQ's side of a sender: takes wake-ups and hands them on. The processor never throws to BullMQ, whose own retries
 * would only wake again what Postgres already looks after.
 */
import { type ChannelName, type SendJob, sendJobSchema, sendQueueName } from '@carillon/contracts';
import { Worker } from 'bullmq';
import { connectPatient, disconnect, type RedisOptions } from './redis.ts';

export interface SendWorkerOptions {
  readonly redis: RedisOptions;
  readonly channel: ChannelName;
  /** Wake-ups worked on at once; each is a leased batch. */
  readonly concurrency: number;
  readonly process: (job: SendJob) => Promise<void>;
  /** A wake-up that failed or could not be read. The sweeper will wake it again. */
  readonly onFailure: (error: Error) => void;
}

/** A running worker. `stopTaking` ends the intake at once; `close` waits for what is being worked on. */
export interface SendWorker {
  stopTaking(): Promise<void>;
  close(): Promise<void>;
}

/** Starts taking wake-ups of a channel; waits for Redis as long as it takes. */
export function createSendWorker(options: SendWorkerOptions): SendWorker {
  const redis = connectPatient(options.redis);
  const worker = new Worker<unknown>(
    sendQueueName(options.channel),
    async (job) => {
      const parsed = sendJobSchema.safeParse(job.data);
      if (!parsed.success) {
        options.onFailure(new Error(`a wake-up of ${options.channel} cannot be read`, { cause: parsed.error }));
        return;
      }
      try {
        await options.process(parsed.data);
      } catch (error) {
        options.onFailure(error as Error);
      }
    },
    {
      connection: redis,
      prefix: options.redis.prefix,
      concurrency: options.concurrency,
      removeOnComplete: { count: 0 },
      removeOnFail: { count: 0 },
      // Being stalled says nothing: the lease in Postgres decides who may act, so a stalled wake-up may run ever again.
      maxStalledCount: 1_000_000,
      // It must know the version: without, it takes Redis for one that waits whole seconds only, and what is delayed comes up to a second late.
      skipVersionCheck: false,
      runRetryDelay: 1_000,
    },
  );
  worker.on('error', options.redis.onError ?? (() => {}));
  return {
    async stopTaking() {
      await worker.pause(true);
    },
    async close() {
      // With Redis away a graceful close would wait for it; everything of worth is in Postgres.
      if (redis.status === 'ready') {
        await Promise.race([worker.close(), new Promise((resolve) => setTimeout(resolve, 2_000).unref())]);
      } else {
        await worker.close(true).catch(() => {});
      }
      disconnect(redis);
    },
  };
}

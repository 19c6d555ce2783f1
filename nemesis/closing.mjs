/**
 * A queue that an operator pauses in the middle of everything and opens again in the end: whatever becomes of Redis meanwhile, it stays paused
 * as Postgres has it. It is that of notices to endpoints, which may wait.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { sendQueueName } from '@carillon/contracts';
import { writeQueuePaused } from '@carillon/db';
import { createQueues } from '@carillon/queue';

const QUEUE = sendQueueName('webhook');
const AGAIN_MS = 200;
/** So long after all is well again a pause that was lost must stand again. */
const STANDS_MS = 15_000;

/**
 * @param atMs when it is paused, epoch ms of this machine
 * @returns `open`, to be called when all is well again: opens it, and resolves with what was wrong
 */
export function closeQueue({ pool, redis }, atMs) {
  const set = createQueues({ url: redis.url, prefix: 'carillon', onError: () => {} });
  const queue = set.queues.find(({ name }) => name === QUEUE);
  /** As the dashboard does it, in Postgres first, and by somebody who presses the button until it is done. */
  const put = async (isPaused) => {
    for (;;) {
      try {
        await writeQueuePaused(pool, QUEUE, isPaused);
        return void (await (isPaused ? queue.pause() : queue.resume()));
      } catch {
        await pause(AGAIN_MS);
      }
    }
  };
  const closed = pause(Math.max(0, atMs - Date.now())).then(() => put(true));

  async function stands() {
    const deadlineMs = performance.now() + STANDS_MS;
    for (;;) {
      const isPaused = await queue.isPaused().catch(() => false);
      if (isPaused || performance.now() > deadlineMs) return isPaused;
      await pause(AGAIN_MS);
    }
  }

  return {
    async open() {
      await closed;
      const violations = (await stands()) ? [] : [{ kind: 'setting_lost', who: QUEUE, evidence: { isPaused: false } }];
      await put(false);
      await set.close();
      return violations;
    },
  };
}

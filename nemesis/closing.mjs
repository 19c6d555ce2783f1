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
/** Far longer than either server takes. */
const GIVEN_UP_MS = 30_000;
/** So long after all is well again a pause that was lost must stand again. */
const STANDS_MS = 15_000;

/**
 * @param atMs when it is paused, epoch ms of this machine
 * @param options.givenUpMs how long after all is well again what cannot be done is given up
 * @param options.standsMs how long a pause may take to stand again
 * @param options.openQueues opens the queues; another one in tests
 * @returns `open`, to be called when all is well again: opens it, and resolves with what was wrong
 */
export function closeQueue(
  { pool, redis },
  atMs,
  { givenUpMs = GIVEN_UP_MS, standsMs = STANDS_MS, openQueues = createQueues } = {},
) {
  const set = openQueues({ url: redis.url, prefix: 'carillon', onError: () => {} });
  const queue = set.queues.find(({ name }) => name === QUEUE);
  /** Nobody gives up while everything is being broken. */
  let giveUpAtMs = Number.POSITIVE_INFINITY;
  /**
   * As the dashboard does it, in Postgres first, and by somebody who presses the button until it is done. A try may itself last for as long as
   * Redis is away; no other is begun before it ends, as it could overtake.
   * @returns what went wrong, if it was given up
   */
  const put = async (isPaused) => {
    let error = new Error('nothing came of it');
    let isGivenUp = false;
    const putting = (async () => {
      while (!isGivenUp) {
        try {
          await writeQueuePaused(pool, QUEUE, isPaused);
          await (isPaused ? queue.pause() : queue.resume());
          return true;
        } catch (failure) {
          error = failure;
          await pause(AGAIN_MS);
        }
      }
    })();
    while (performance.now() < giveUpAtMs) if (await Promise.race([putting, pause(AGAIN_MS)])) return undefined;
    isGivenUp = true;
    return error;
  };
  const closed = pause(Math.max(0, atMs - Date.now())).then(() => put(true));

  async function stands() {
    const deadlineMs = performance.now() + standsMs;
    for (;;) {
      const isPaused = await queue.isPaused().catch(() => false);
      if (isPaused || performance.now() > deadlineMs) return isPaused;
      await pause(AGAIN_MS);
    }
  }

  return {
    async open() {
      giveUpAtMs = performance.now() + givenUpMs;
      const violations = [];
      const refused = (isPaused, error) =>
        violations.push({ kind: 'setting_refused', who: QUEUE, evidence: { isPaused, error: String(error) } });
      const notClosed = await closed;
      if (notClosed !== undefined) refused(true, notClosed);
      else if (!(await stands())) violations.push({ kind: 'setting_lost', who: QUEUE, evidence: { isPaused: false } });
      giveUpAtMs = performance.now() + givenUpMs;
      const notOpened = await put(false);
      if (notOpened !== undefined) refused(false, notOpened);
      await set.close();
      return violations;
    },
  };
}

/** A queue that is paused in the middle of everything, with a Redis that forgets: what is told in the end. */
import { sendQueueName } from '@carillon/contracts';
import { expect, test } from '@jest/globals';
import { closeQueue } from '../../nemesis/closing.mjs';

const NAME = sendQueueName('webhook');

/** Redis forgets the pause, and somebody puts it back after so many looks. @returns what was told, and what became of the queue */
async function closed(putBackAfter: number) {
  let looks = 0;
  const acts: string[] = [];
  const queue = {
    name: NAME,
    pause: async () => acts.push('pause'),
    resume: async () => acts.push('resume'),
    isPaused: async () => looks++ >= putBackAfter,
  };
  const openQueues = () => ({ queues: [queue], close: async () => acts.push('close') });
  const pool = { query: async () => ({ rows: [] }) };
  const house = { pool, redis: { url: 'redis://127.0.0.1:1' } };
  const told = await closeQueue(house, Date.now(), { openQueues: openQueues as never, standsMs: 300 }).open();
  return { told: told.map(({ kind, who }: { kind: string; who: string }) => `${kind} of ${who}`), acts };
}

test('a pause that stands, or stands again soon, is well, and ends', async () => {
  const well = { told: [], acts: ['pause', 'resume', 'close'] };
  expect(await closed(0)).toEqual(well);
  expect(await closed(1)).toEqual(well);
});

test('one that nobody puts back is lost', async () => {
  expect((await closed(Number.POSITIVE_INFINITY)).told).toEqual([`setting_lost of ${NAME}`]);
});

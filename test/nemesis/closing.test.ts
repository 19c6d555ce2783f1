/** A queue that is paused in the middle of everything, with a Redis that forgets, refuses or does not answer: what is told in the end. */
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

type Answer = () => Promise<unknown>;

const done: Answer = async () => ({ rows: [] });
const never: Answer = () => new Promise(() => {});
const refused: Answer = () => Promise.reject(new Error('nobody there'));

/** Closes and opens the queue, with these answers of Postgres and Redis. @returns kinds of what was wrong, each with what was wanted */
async function broken({ query = done, pause = done }: { readonly query?: Answer; readonly pause?: Answer }) {
  const queue = { name: sendQueueName('webhook'), pause, resume: pause, isPaused: async () => true };
  const openQueues = () => ({ queues: [queue], close: done }) as never;
  const closed = closeQueue({ pool: { query }, redis: { url: '' } }, Date.now(), { givenUpMs: 300, openQueues });
  const violations: { kind: string; evidence: object }[] = await closed.open();
  return violations.map(({ kind, evidence }) => ({ kind, ...evidence }));
}

test('a queue that is closed and opened again is no violation', async () => {
  expect(await broken({})).toEqual([]);
});

test('one that Redis refuses for a while is closed all the same', async () => {
  let tries = 0;
  expect(await broken({ pause: () => (++tries < 2 ? refused() : done()) })).toEqual([]);
});

test.each([
  ['Postgres refuses', { query: refused }, 'Error: nobody there'],
  ['Redis refuses', { pause: refused }, 'Error: nobody there'],
  ['Redis does not answer', { pause: never }, 'Error: nothing came of it'],
])('one that %s is given up, and that is told', async (_what, answers, error) => {
  expect(await broken(answers)).toEqual([
    { kind: 'setting_refused', isPaused: true, error },
    { kind: 'setting_refused', isPaused: false, error },
  ]);
});

/** Whoever closes a queue and cannot is not waited for without end: it is told. */
import { sendQueueName } from '@carillon/contracts';
import { expect, test } from '@jest/globals';
import { closeQueue } from '../../nemesis/closing.mjs';

type Answer = () => Promise<unknown>;

const done: Answer = async () => ({ rows: [] });
const never: Answer = () => new Promise(() => {});
const refused: Answer = () => Promise.reject(new Error('nobody there'));

/** Closes and opens the queue, with these answers of Postgres and Redis. @returns kinds of what was wrong, each with what was wanted */
async function close({ query = done, pause = done }: { readonly query?: Answer; readonly pause?: Answer }) {
  const queue = { name: sendQueueName('webhook'), pause, resume: pause, isPaused: async () => true };
  const openQueues = () => ({ queues: [queue], close: done }) as never;
  const closed = closeQueue({ pool: { query }, redis: { url: '' } }, Date.now(), { givenUpMs: 300, openQueues });
  const violations: { kind: string; evidence: object }[] = await closed.open();
  return violations.map(({ kind, evidence }) => ({ kind, ...evidence }));
}

test('a queue that is closed and opened again is no violation', async () => {
  expect(await close({})).toEqual([]);
});

test('one that Redis refuses for a while is closed all the same', async () => {
  let tries = 0;
  expect(await close({ pause: () => (++tries < 2 ? refused() : done()) })).toEqual([]);
});

test.each([
  ['Postgres refuses', { query: refused }, 'Error: nobody there'],
  ['Redis refuses', { pause: refused }, 'Error: nobody there'],
  ['Redis does not answer', { pause: never }, 'Error: nothing came of it'],
])('one that %s is given up, and that is told', async (_what, answers, error) => {
  expect(await close(answers)).toEqual([
    { kind: 'setting_refused', isPaused: true, error },
    { kind: 'setting_refused', isPaused: false, error },
  ]);
});

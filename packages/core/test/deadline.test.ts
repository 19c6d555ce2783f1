/** What takes too long is ended, whatever the garbage collector does meanwhile. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, expect, test } from '@jest/globals';
import { withDeadline } from '../src/index.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

let timer: NodeJS.Timeout | undefined;
afterEach(() => clearInterval(timer));

/** Goes on until it is aborted, as a request to a server that does not answer. */
const endless = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

test('what does not end is ended after its time, also when garbage is collected meanwhile', async () => {
  const stopping = new AbortController();
  const ended = withDeadline(200, stopping.signal, endless);
  timer = setInterval(collectGarbage, 10);
  await expect(ended).rejects.toMatchObject({ name: 'TimeoutError', message: 'no answer within 200 ms' });
});

test('what does not end is ended by a stop, before it and meanwhile', async () => {
  const stopping = new AbortController();
  const ended = withDeadline(60_000, stopping.signal, endless);
  stopping.abort(new Error('stopping'));
  await expect(ended).rejects.toThrow('stopping');
  await expect(
    withDeadline(60_000, stopping.signal, async (signal) => {
      signal.throwIfAborted();
    }),
  ).rejects.toThrow('stopping');
});

test('what ends has its result, or its own error', async () => {
  const { signal } = new AbortController();
  expect(await withDeadline(60_000, signal, async () => 7)).toBe(7);
  await expect(withDeadline(60_000, signal, async () => Promise.reject(new Error('own')))).rejects.toThrow('own');
});

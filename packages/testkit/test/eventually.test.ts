/** The waiting itself, and what its failure tells. */
import { expect, test } from '@jest/globals';
import { eventually } from '../src/index.ts';

test('resolves with the first value that counts; 0 and the empty string do', async () => {
  const values = [undefined, null, false, 0, 5];
  expect(await eventually(() => values.shift(), { everyMs: 1 })).toBe(0);
  expect(await eventually(() => '', { everyMs: 1 })).toBe('');
});

test('a probe that throws is tried again', async () => {
  let tries = 0;
  const value = await eventually(
    () => {
      tries += 1;
      expect(tries).toBe(3);
      return 'done';
    },
    { everyMs: 1 },
  );
  expect(value).toBe('done');
});

test('the failure shows what was waited for and what was seen last', async () => {
  const options = { timeoutMs: 20, everyMs: 5, what: 'the run' };
  await expect(eventually(() => false, options)).rejects.toThrow(
    'the run did not come true within 20 ms; last seen: false',
  );
  const failing = eventually(() => {
    throw new Error('sent is 3');
  }, options);
  await expect(failing).rejects.toMatchObject({
    message: expect.stringContaining('last failure: sent is 3'),
    cause: expect.objectContaining({ message: 'sent is 3' }),
  });
});

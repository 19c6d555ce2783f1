/** Waiting before the start. */
import { expect, test } from '@jest/globals';
import { PreflightError, waitFor } from '../src/index.ts';

test('repeats until it is there', async () => {
  let tries = 0;
  const check = async () => {
    tries += 1;
    if (tries < 3) throw new Error('not yet');
  };
  await waitFor({ name: 'Postgres', check, timeoutMs: 5_000, everyMs: 1 });
  expect(tries).toBe(3);
});

test('gives up with the last reason, also when it is in the parts of an error', async () => {
  const refused = new AggregateError([new Error('ECONNREFUSED ::1'), new Error('ECONNREFUSED 127.0.0.1')]);
  const waiting = waitFor({ name: 'Postgres', check: () => Promise.reject(refused), timeoutMs: 10, everyMs: 2 });
  await expect(waiting).rejects.toMatchObject({
    name: 'PreflightError',
    message: 'Postgres was not ready within 10 ms: ECONNREFUSED ::1; ECONNREFUSED 127.0.0.1',
    cause: refused,
  });
});

test('what time will not mend ends the waiting', async () => {
  let tries = 0;
  const check = async () => {
    tries += 1;
    throw new PreflightError('Postgres 12 is too old');
  };
  await expect(waitFor({ name: 'Postgres', check, timeoutMs: 5_000 })).rejects.toThrow('Postgres 12 is too old');
  expect(tries).toBe(1);
});

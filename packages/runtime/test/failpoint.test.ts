/** What a failpoint does inside the process; the deadly ones are in service.test.ts. */
import { afterEach, expect, test } from '@jest/globals';
import { armFailpoints, failpoint } from '../src/index.ts';

afterEach(() => armFailpoints(''));

test('unarmed, and under another name, it is nothing', () => {
  expect(failpoint('after_claim')).toBeUndefined();
  armFailpoints('before_claim=delay:1');
  expect(failpoint('after_claim')).toBeUndefined();
});

test('a delay is a promise at every hit', async () => {
  armFailpoints('after_claim=delay:30');
  for (let hit = 0; hit < 2; hit += 1) {
    const startedAt = performance.now();
    await failpoint('after_claim');
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(29);
  }
});

test('an error comes at its hit only, beside other failpoints', () => {
  armFailpoints('after_claim=throw:2, before_settle=throw');
  expect(failpoint('after_claim')).toBeUndefined();
  expect(() => failpoint('after_claim')).toThrow('failpoint after_claim');
  expect(failpoint('after_claim')).toBeUndefined();
  expect(() => failpoint('before_settle')).toThrow('failpoint before_settle');
});

test.each(['after_claim', 'after_claim=', 'after_claim=kill:0', 'After=kill', 'a=delay', 'a=kill:x', 'a=kill:1:2'])(
  '%s is refused',
  (text) => {
    expect(() => armFailpoints(text)).toThrow('must look like');
  },
);

/** What is told of a run: all that matters in one object, and in lines for people. */
import { expect, test } from '@jest/globals';
import { jsonOf, linesOf } from '../../nemesis/telling.mjs';

const result = {
  ...{ seed: 7, seconds: 30, verdict: 'kept', deliveries: 12, violations: [], unseen: ['sender.1'], rates: [201, 203] },
  tries: { kill: { drawn: 3, done: 2, idle: 0, failed: 1 }, roll: { drawn: 1, done: 0, idle: 1, failed: 0 } },
  summary: { requests: { 'mail acknowledged': 3 }, states: { email: { sent: 36 } }, ledgers: { messages: 36 } },
  growth: {
    'memory of api.1 (pid 5)': { early: 90, late: 91, bound: 115 },
    'MiB of jobs': { early: 0.1, late: 0.2, bound: 12.1, rows: [1, 2] },
    'MiB of events': { early: 0.1, late: 1.2, bound: 12.1, rows: [1, 2] },
  },
};

test('programs are told the verdict, what each kind of fault came to, and what of a control was found', () => {
  const found = { control: 'fence', mechanism: 'off', expected: ['told_twice'], found: ['told_twice'], others: [] };
  expect(jsonOf(result)).toMatchObject({ seed: 7, verdict: 'kept', faults: { kill: 2 }, tries: result.tries });
  expect(jsonOf({ ...result, ...found })).toMatchObject(found);
  expect(jsonOf(result)).not.toHaveProperty('summary');
});

test.each([
  [{}, 'the promise was kept'],
  [{ verdict: 'violated', violations: [{ kind: 'denied', who: 'somebody', evidence: {} }] }, '1 violations'],
  [{ verdict: 'found', control: 'fence', found: ['told_twice'] }, 'FOUND told_twice, as it is to be'],
  [
    { verdict: 'not found', control: 'fence', expected: ['told_twice'], others: [] },
    'NOT FOUND: told_twice was to be, and nothing was',
  ],
  [
    { verdict: 'not found', control: 'fence', expected: ['told_twice'], others: ['denied'] },
    'NOT FOUND: told_twice was to be, and only denied was',
  ],
])('people are told %j at the end', (changes, sentence) => {
  expect(linesOf({ ...result, ...changes }).at(-1)).toBe(`\n  12 deliveries judged: ${sentence}\n`);
});

test('people are told what did not come about, and nothing of small tables', () => {
  const text = linesOf(result).join('\n');
  expect(text).toContain('kill: 3 drawn, 2 done, 0 idle, 1 failed');
  expect(text).toContain('roll: 1 drawn, 0 done, 1 idle, 0 failed');
  expect(text).toContain('deliveries a second, by minute: 201 203');
  expect(text).toContain('to be compared: sender.1');
  expect(text).toContain('MiB of events');
  expect(text).not.toContain('MiB of jobs');
});

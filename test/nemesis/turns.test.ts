/** The judge of a long run does not hold up the house: it lets everybody else go on between two judges, and walks through the acts once. */
import { expect, test } from '@jest/globals';
import { inTurn } from '../../nemesis/judge/index.mjs';
import { judgePlanned } from '../../nemesis/judge/planned.mjs';
import { act, entry, kinds, NOW_MS, TIMES, world } from './smallWorld.ts';

test('what came in while one judge compared is done before the next one is asked', async () => {
  const order: string[] = [];
  const judgeThat = (name: string) => () => {
    order.push(name);
    setImmediate(() => order.push(`after ${name}`));
    return [{ kind: name }];
  };
  const later = async () => [{ kind: 'later' }, { kind: 'last' }];
  expect(await inTurn([judgeThat('first'), judgeThat('second'), later])).toEqual([
    { kind: 'first' },
    { kind: 'second' },
    { kind: 'later' },
    { kind: 'last' },
  ]);
  expect(order).toEqual(['first', 'after first', 'second', 'after second']);
});

/** As many calls whose jobs have no run, and how often it is asked whose job the one act is about that somebody did. */
function callsOf(count: number) {
  const calls = Array.from({ length: count }, (_, n) => entry({ request: { n, kind: 'call' }, what: `call ${n}` }));
  let asked = 0;
  const cancel = Object.defineProperty(act(undefined, 'cancel', NOW_MS), 'job', {
    get() {
      asked += 1;
      return calls[0];
    },
  });
  const entries = [...calls, cancel];
  const found = kinds(judgePlanned(world({ runs: [], deliveries: [], journal: { entries } }), TIMES));
  return { found: found.length, asked };
}

test('whose job an act is about is asked once for all that was asked for, but to show it', () => {
  // The one that was cancelled may be without a run; whoever misses one shows what was done to it.
  expect(callsOf(1)).toEqual({ found: 0, asked: 1 });
  const { found, asked } = callsOf(9);
  expect(found).toBe(8);
  expect(asked).toBe(1 + found);
});

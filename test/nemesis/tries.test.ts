/** A kind of fault that can never be applied is seen, and one that found nothing to strike is not taken for it. */
import { expect, test } from '@jest/globals';
import { applyFaults } from '../../nemesis/faults/index.mjs';
import { countTries, judgeTries } from '../../nemesis/faults/tries.mjs';

const faults = ['kill', 'kill', 'kill', 'redis-away', 'redis-away', 'commit-unanswered', 'roll'].map((kind) => ({
  kind,
}));
const became = (kind: string, what: string) => ({
  ...{ kind, became: what, ...(what === 'failed' && { error: 'no such command' }) },
});

test('each kind is counted by what became of it', () => {
  const tries = [became('kill', 'done'), became('kill', 'failed'), became('commit-unanswered', 'idle')];
  expect(countTries(faults, tries)).toEqual({
    kill: { drawn: 3, done: 1, idle: 0, failed: 1 },
    'redis-away': { drawn: 2, done: 0, idle: 0, failed: 0 },
    'commit-unanswered': { drawn: 1, done: 0, idle: 1, failed: 0 },
    roll: { drawn: 1, done: 0, idle: 0, failed: 0 },
  });
});

test('only what failed and was never done is a violation', () => {
  const tries = [
    ...[became('kill', 'failed'), became('kill', 'done'), became('commit-unanswered', 'idle')],
    ...[became('redis-away', 'failed'), became('redis-away', 'idle')],
  ];
  expect(judgeTries(faults, tries)).toEqual([
    {
      ...{ kind: 'fault_never_done', who: 'redis-away' },
      evidence: { drawn: 2, done: 0, idle: 1, failed: 1, errors: ['no such command'] },
    },
  ]);
});

test('what throws is failed, with its reason, and what finds nobody is idle', async () => {
  const processes = { get: (name: string) => (name === 'gone' ? undefined : broken()), values: () => [] };
  const broken = () => {
    throw new Error('no such process');
  };
  const struck = ['sender.1', 'gone'].map((on) => ({ kind: 'kill', on, atMs: 0, forMs: 0 }));
  const faults = applyFaults(struck, {
    ...{ house: { processes, calm: async () => {} }, accounts: [], startMs: Date.now(), say: () => {} },
  });
  await new Promise((resolve) => setTimeout(resolve, 50));
  await faults.over();
  expect(faults.tries).toMatchObject([
    { kind: 'kill', on: 'sender.1', became: 'failed', error: 'no such process' },
    { kind: 'kill', on: 'gone', became: 'idle' },
  ]);
  for (const { fromMs, toMs } of faults.tries) expect(toMs).toBeGreaterThanOrEqual(fromMs);
});

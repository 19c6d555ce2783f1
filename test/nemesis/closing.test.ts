/** Whoever closes a queue and cannot is not waited for without end: it is told. */
import { expect, test } from '@jest/globals';
import { closeQueue } from '../../nemesis/closing.mjs';

const NOBODY = { url: 'redis://127.0.0.1:1' };

test.each([
  ['Postgres', () => Promise.reject(new Error('nobody there'))],
  ['Redis', () => Promise.resolve({ rows: [] })],
])('without %s it is given up, once everything should be well again', async (_what, query) => {
  const closed = closeQueue({ pool: { query }, redis: NOBODY }, Date.now(), 300);
  const violations = await closed.open();
  expect(
    violations.map(({ kind, evidence }: { kind: string; evidence: { isPaused: boolean } }) => [
      kind,
      evidence.isPaused,
    ]),
  ).toEqual([
    ['setting_refused', true],
    ['setting_refused', false],
  ]);
});

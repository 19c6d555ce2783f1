/** What the judge of scripts says of their records: small worlds, each with one that is wrong. Of their starts doings.test.ts tells. */
import { expect, test } from '@jest/globals';
import { judgeScripts } from '../../nemesis/judge/scripts.mjs';
import { indexed } from '../../nemesis/judge/world.mjs';

type Row = Record<string, unknown>;

const account = { name: 'north', accountId: 1 };
/** By its number one that may run as often as it takes. */
const N = 2;
const delivery = (changes: Row = {}) => ({
  ...{ account_id: 1, batch_id: 9, number: 1, run_id: 8, job_id: 7, channel: 'script', state: 'sent', try: 1 },
  ...changes,
});
const result = (changes: Row = {}) => ({
  ...{ batch_id: 9, number: 1, try: 1, exit_code: 0, output: `${N * 7}\n` },
  ...changes,
});

function judged(tables: { deliveries?: Row[]; results?: Row[]; starts?: number; isCancelled?: boolean }): string[] {
  const { deliveries = [delivery()], results = [result()], starts = 1, isCancelled = false } = tables;
  const request = { kind: 'script', n: N };
  const entry = { account, request, what: `script ${N}`, state: 'acknowledged', answer: { id: 'job_7' }, dueMs: 0 };
  const cancel = { account, act: 'cancel', job: entry, state: 'acknowledged', sentAtMs: 0 };
  const world = indexed({
    ...{
      deliveries,
      results,
      journal: { entries: [entry, ...(isCancelled ? [cancel] : [])] },
      attempts: [],
      reports: [],
      acceptances: [],
    },
    jobs: [{ account_id: 1, id: 7, kind: 'script' }],
    payments: [],
    runs: [{ account_id: 1, id: 8, job_id: 7 }],
    started: Array.from({ length: starts }, () => ({ account: 'north', n: N })),
  });
  return judgeScripts(world, { endMs: 1 }).map(({ kind }: { kind: string }) => kind);
}
const NEVER = { deliveries: [], results: [], starts: 0 };

test('one that ran is well, and one that was cancelled before it was planned', () => {
  expect(judged({})).toEqual([]);
  expect(judged({ ...NEVER, isCancelled: true })).toEqual([]);
});

test.each<[string, Parameters<typeof judged>[0], string]>([
  ['was never planned', NEVER, 'forgotten'],
  [
    'was planned twice',
    { deliveries: [delivery(), delivery({ number: 2, state: 'failed' })], starts: 1 },
    'planned_twice',
  ],
  [
    'has a result of a try that was never begun',
    { results: [result(), result({ try: 2 })], starts: 2 },
    'result_of_no_try',
  ],
])('one that %s', (_what, tables, kind) => {
  expect(judged(tables)).toContain(kind);
});

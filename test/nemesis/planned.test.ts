/** The judge misses jobs without runs, and runs without what they are for. */
import { expect, test } from '@jest/globals';
import { judgePayments, judgeSchedules } from '../../nemesis/judge/doings.mjs';
import { judgeMessages } from '../../nemesis/judge/messages.mjs';
import { judgePlanned } from '../../nemesis/judge/planned.mjs';
import { judgeScripts } from '../../nemesis/judge/scripts.mjs';
import { act, BODY, delivery, entry, job, kinds, NOW_MS, type Row, run, TIMES, world } from './smallWorld.ts';

type Tables = Record<string, unknown>;
/** A request of a kind, and what the judge says when there is nothing of it but its job. */
const request = (kind: string, body: Row = {}) => entry({ request: { n: 3, kind }, body: { ...BODY, ...body } });
const nothing = { deliveries: [], acceptances: [] };
const planned = (asked: Row, tables: Tables, ...acts: unknown[]) =>
  kinds(judgePlanned(world({ ...tables, journal: { entries: [asked, ...acts] } }), TIMES));

test('a job has its run, unless it was cancelled, or moved to a moment that is still to come', () => {
  const call = request('call');
  const lost = { ...nothing, runs: [] };
  expect(planned(call, lost)).toEqual(['run_lost']);
  expect(planned(call, { ...lost, jobs: [job({ status: 'cancelled' })] })).toEqual(['run_lost']);
  expect(planned(call, lost, act(call, 'cancel', NOW_MS))).toEqual([]);
  expect(planned(call, lost, act(call, 'move', NOW_MS, { dueMs: TIMES.endMs + 1 }))).toEqual([]);
  expect(planned(call, lost, act(call, 'move', NOW_MS, { dueMs: NOW_MS + 6_000 }))).toEqual(['run_lost']);
  expect(planned(call, { runs: [run(), run({ id: 10 })] })).toContain('run_doubled');
});

test.each(['call', 'every', 'cron', 'nightly'])('each run of a job of kind %s has its one delivery', (kind) => {
  expect(planned(request(kind), {})).toEqual([]);
  expect(planned(request(kind), nothing)).toEqual(['forgotten']);
  expect(planned(request(kind), { deliveries: [delivery(), delivery({ number: 2 })] })).toEqual(['planned_twice']);
  // Moments that were left out, and resends, are none of its runs.
  expect(planned(request(kind), { ...nothing, runs: [run(), run({ id: 9, left_out: 'missed' })] })).toEqual([
    'forgotten',
  ]);
});

test('a payment of which nothing is left is forgotten, unless somebody cancelled it', () => {
  const pay = request('payment');
  const judged = (tables: Tables, ...acts: unknown[]) =>
    kinds(judgePayments(world({ ...nothing, ...tables, journal: { entries: [pay, ...acts] } }), TIMES));
  const lost = { runs: [] };
  expect(judged(lost)).toEqual(['forgotten']);
  expect(judged({ ...lost, jobs: [job({ status: 'cancelled' })] })).toEqual(['forgotten']);
  expect(judged(lost, act(pay, 'cancel', NOW_MS))).toEqual([]);
});

test('a script of which nothing is left is forgotten, unless somebody cancelled it', () => {
  const script = request('script');
  const judged = (...acts: unknown[]) =>
    kinds(
      judgeScripts(
        world({ ...nothing, jobs: [job({ status: 'cancelled' })], journal: { entries: [script, ...acts] } }),
        TIMES,
      ),
    );
  expect(judged()).toEqual(['forgotten']);
  expect(judged(act(script, 'cancel', NOW_MS))).toEqual([]);
});

test('people of an announcement are forgotten, unless somebody cancelled it', () => {
  const asked = entry();
  const judged = (...acts: unknown[]) =>
    kinds(
      judgeMessages(
        world({ ...nothing, jobs: [job({ status: 'cancelled' })], journal: { entries: [asked, ...acts] } }),
        TIMES,
      ),
    );
  expect(judged()).toEqual(['forgotten']);
  expect(judged(act(asked, 'cancel', NOW_MS))).toEqual([]);
});

test('moments of a schedule are missing also when it is said to be cancelled', () => {
  const asked = entry({ request: { n: 3, kind: 'every', times: 2, everyMs: 3_000 } });
  const runs = [run({ occurrence_key: new Date(NOW_MS).toISOString() })];
  const tables = { runs, jobs: [job({ status: 'cancelled' })], journal: { entries: [asked] } };
  expect(kinds(judgeSchedules(world(tables)))).toEqual(['moments_missing']);
});

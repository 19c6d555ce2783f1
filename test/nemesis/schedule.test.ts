/** The nemesis's plan: the same of the same seed, of every kind, and nothing outside of its time. */
import { expect, test } from '@jest/globals';
import { ACTS, FAULTS, PROCESSES } from '../../nemesis/kinds.mjs';
import { bodyOf, greetingMs, requestsOf } from '../../nemesis/requests.mjs';
import { planOf, untilStartMs } from '../../nemesis/schedule.mjs';

type Fault = { atMs: number; kind: keyof typeof FAULTS; on: string; forMs: number; draw: number };

test('a seed gives the same plan and the same requests again, and another seed others', () => {
  const [seed, seconds] = [11, 60];
  expect(planOf({ seed, seconds })).toEqual(planOf({ seed, seconds }));
  expect(requestsOf({ seed, seconds })).toEqual(requestsOf({ seed, seconds }));
  expect(planOf({ seed: 12, seconds })).not.toEqual(planOf({ seed, seconds }));
  expect(requestsOf({ seed: 12, seconds })).not.toEqual(requestsOf({ seed, seconds }));
});

test('every kind of fault and every act is drawn, in order, within the time, where it may strike', () => {
  const seconds = 3_600;
  const plan = planOf({ seed: 5, seconds });
  const faults = plan.faults as Fault[];
  expect(new Set(faults.map(({ kind }) => kind))).toEqual(new Set(Object.keys(FAULTS)));
  expect(new Set(plan.acts.map(({ kind }) => kind))).toEqual(new Set(Object.keys(ACTS)));
  expect(faults.map(({ atMs }) => atMs)).toEqual(faults.map(({ atMs }) => atMs).sort((a, b) => a - b));
  for (const { atMs, kind, on, forMs } of faults) {
    const [least, most] = FAULTS[kind].forMs as [number, number];
    expect(FAULTS[kind].on).toContain(on);
    expect(atMs).toBeLessThan(seconds * 1_000);
    expect(forMs).toBeGreaterThanOrEqual(least);
    expect(forMs).toBeLessThanOrEqual(most);
  }
  const together = faults.filter(({ atMs }, n) => faults[n + 1]?.atMs === atMs);
  expect(together.length).toBeGreaterThan(0);
});

test('only the kinds that are asked for are drawn', () => {
  const { faults } = planOf({ seed: 5, seconds: 600, kinds: ['kill', 'redis-emptied'] });
  expect(new Set((faults as Fault[]).map(({ kind }) => kind))).toEqual(new Set(['kill', 'redis-emptied']));
  expect(planOf({ seed: 5, seconds: 600, kinds: [] }).faults).toEqual([]);
});

test('a kind that may strike nowhere is not drawn', () => {
  const kinds = ['kill', 'redis-emptied'];
  const { faults } = planOf({ seed: 5, seconds: 600, kinds, on: ['sender.1'] });
  expect(faults.length).toBeGreaterThan(100);
  for (const fault of faults as Fault[]) expect(fault).toMatchObject({ kind: 'kill', on: 'sender.1' });
  expect(planOf({ seed: 5, seconds: 600, kinds, on: ['nowhere'] }).faults).toEqual([]);
});

test('each process has a clock of its own, some ahead and some behind', () => {
  const { clocks } = planOf({ seed: 5, seconds: 60 }) as { clocks: Record<string, number> };
  const aheads = Object.values(clocks);
  expect(Object.keys(clocks)).toEqual(PROCESSES);
  expect(new Set(aheads).size).toBe(PROCESSES.length);
  expect(Math.min(...aheads)).toBeLessThan(-1_000);
  expect(Math.max(...aheads)).toBeGreaterThan(1_000);
  for (const aheadMs of aheads) expect(Math.abs(aheadMs)).toBeLessThanOrEqual(5_000);
  expect(planOf({ seed: 6, seconds: 60 }).clocks).not.toEqual(clocks);
});

test.each([
  [5, 10],
  [20, 10],
  [40, 20],
  [60, 30],
  [1_800, 30],
])('in a run of %i s people are greeted %i s after its start', (seconds, afterSeconds) => {
  for (const nowMs of [0, 1, 49_999, 50_000, 50_001, 1_794_843_435_955]) {
    const waitMs = untilStartMs(nowMs, seconds);
    expect(waitMs).toBeGreaterThanOrEqual(0);
    expect(waitMs).toBeLessThan(60_000);
    const startMs = nowMs + waitMs;
    expect(greetingMs(startMs) - startMs).toBe(afterSeconds * 1_000);
    // Whoever is asked a little later is greeted with the same minute.
    expect(greetingMs(startMs + 1_000)).toBe(greetingMs(startMs));
  }
});

test('the load has something of every kind, and nobody is paid by two requests', () => {
  const requests = requestsOf({ seed: 5, seconds: 60 });
  const kinds = new Set(requests.map(({ kind }) => kind));
  expect(kinds).toEqual(
    new Set([
      ...['announcement', 'mail', 'single', 'payment', 'call', 'script'],
      ...['every', 'cron', 'nightly', 'birthday', 'reminder'],
    ]),
  );
  const account = {
    people: [{ externalId: 'a' }],
    crowds: Array.from({ length: 8 }, (_, n) => ({ name: `crowd ${n}` })),
  };
  const bodies = requests.map((request: object) => bodyOf(request, { account, callUrl: 'http://a.example', nowMs: 0 }));
  const receivers = bodies.flatMap((body) => ('payment' in body ? body.payment.receiver : []));
  expect(receivers.length).toBeGreaterThan(10);
  expect(new Set(receivers).size).toBe(receivers.length);
});

/** The nemesis's plan: the same of the same seed, of every kind, and nothing outside of its time. */
import { expect, test } from '@jest/globals';
import { ACTS, FAULTS } from '../../nemesis/kinds.mjs';
import { bodyOf, requestsOf } from '../../nemesis/requests.mjs';
import { planOf } from '../../nemesis/schedule.mjs';

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

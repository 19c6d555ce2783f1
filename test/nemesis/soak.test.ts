/** The load of a soak is the same in each minute, and a minute that was too slow is seen unless something was done to it. */
import { describe, expect, test } from '@jest/globals';
import { requestsOf } from '../../nemesis/requests.mjs';
import { planOf } from '../../nemesis/schedule.mjs';
import { FAULT_SHOWS_MS } from '../../nemesis/settings.mjs';
import { judgeRates, SOAK } from '../../nemesis/soak.mjs';

const MINUTE_MS = 60_000;
const MINUTES = 30;

describe('the load', () => {
  const { seconds, requests, plan } = SOAK;

  test('has 120 people to tell at the same distance, in every minute of half an hour', () => {
    const all: { kind: string; atMs: number; dueInMs: number; crowds: [number, number] }[] = requestsOf({
      ...{ seed: 3, seconds, ...requests },
    });
    const announcements = all.filter(({ kind }) => kind === 'announcement');
    const inMinute = Array.from(
      { length: MINUTES },
      (_, minute) => announcements.filter(({ atMs }) => Math.floor(atMs / MINUTE_MS) === minute).length,
    );
    for (const count of inMinute) expect(Math.abs(count - MINUTE_MS / requests.every.announcement)).toBeLessThan(2);
    for (const { crowds, dueInMs } of announcements) {
      // Each has 60 people, and neighbours in the circle of eight overlap.
      const distance = Math.abs(crowds[0] - crowds[1]);
      expect(Math.min(distance, 8 - distance)).toBeGreaterThan(1);
      expect(dueInMs).toBe(0);
    }
    expect(requestsOf({ seed: 3, seconds, ...requests })).toEqual(all);
  });

  test('is not kept up by many faults, nor by many acts', () => {
    const { faults, acts } = planOf({ seed: 3, seconds, ...plan });
    expect(faults.length).toBeGreaterThan(4);
    expect(faults.length).toBeLessThan(30);
    expect(acts.length).toBeLessThan(120);
  });
});

describe('the rate', () => {
  const startMs = 1_000_000;
  const steady = Array.from({ length: MINUTES }, () => 203);
  const slowIn = (...minutes: number[]) => steady.map((rate, minute) => (minutes.includes(minute) ? 189 : rate));
  const kinds = (rates: number[], applied: { fromMs: number; toMs: number }[] = []) =>
    judgeRates(rates, { applied, startMs }).map(({ who }: { who: string }) => who);
  const fault = (fromMs: number, toMs: number) => ({ fromMs: startMs + fromMs, toMs: startMs + toMs });

  test('is kept, and what gets warm is no violation', () => {
    expect(kinds(steady)).toEqual([]);
    expect(kinds([40, ...steady.slice(1)])).toEqual([]);
  });

  test('is not kept in a minute without a fault', () => {
    expect(kinds(slowIn(7))).toEqual(['minute 8']);
    expect(kinds(slowIn(7), [fault(6 * MINUTE_MS, 7 * MINUTE_MS - FAULT_SHOWS_MS)])).toEqual(['minute 8']);
    expect(kinds(slowIn(7), [fault(8 * MINUTE_MS, 8 * MINUTE_MS + 500)])).toEqual(['minute 8']);
  });

  test.each([
    ['in it', fault(7.5 * MINUTE_MS, 7.6 * MINUTE_MS)],
    ['that still showed in it', fault(6 * MINUTE_MS, 7 * MINUTE_MS - FAULT_SHOWS_MS + 1)],
    ['all through it', fault(7 * MINUTE_MS, 8 * MINUTE_MS)],
  ])('may be less in a minute with a fault %s', (_when, applied) => {
    expect(kinds(slowIn(7), [applied])).toEqual([]);
  });

  test('must be kept by all minutes together, whatever was on', () => {
    const always = [fault(0, MINUTES * MINUTE_MS)];
    expect(kinds(steady, always)).toEqual([]);
    expect(
      kinds(
        Array.from({ length: MINUTES }, () => 180),
        always,
      ),
    ).toEqual(['all minutes']);
    // One fault may be most of a few minutes.
    expect(kinds([200, 150, 150], always)).toEqual([]);
  });
});

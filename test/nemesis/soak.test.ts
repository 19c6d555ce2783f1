/** The load of a soak is the same in each minute, and a minute that was too slow is seen unless something was done to it. */
import { describe, expect, test } from '@jest/globals';
import { checkedBy, requestsOf } from '../../nemesis/requests.mjs';
import { planOf } from '../../nemesis/schedule.mjs';
import { FAULT_SHOWS_MS } from '../../nemesis/settings.mjs';
import { judgeRates, SOAK } from '../../nemesis/soak.mjs';

const MINUTE_MS = 60_000;
const MINUTES = 30;

interface Announcement {
  readonly kind: string;
  readonly atMs: number;
  readonly dueInMs: number;
  readonly crowds: readonly [number, number];
}

type Asked = Omit<Announcement, 'dueInMs'> & { readonly n: number; readonly dueInMs?: number };

/** Notices of the end of a job to its owner, by the number of the user; the account's endpoint has one more. */
const OWNERS_TOLD = [1, 1, 3];

/** Deliveries of a request, with the checks of addresses that nobody asked for before. */
function ownOf(request: Asked, checked: Set<string>) {
  if (request.kind === 'announcement') return 120;
  if (request.kind !== 'mail') return 1;
  const addresses = checkedBy(request);
  const unknown = addresses.filter((address) => !checked.has(address));
  for (const address of unknown) checked.add(address);
  return addresses.length + unknown.length;
}

describe('the load', () => {
  const { seconds, requests, plan } = SOAK;

  test('has 120 people to tell at the same distance, in every minute of half an hour', () => {
    const all = requestsOf({ seed: 3, seconds, ...requests });
    const announcements = (all as object[] as Announcement[]).filter(({ kind }) => kind === 'announcement');
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

  test('comes to two hundred deliveries a second and a few more, in every minute', () => {
    const all = requestsOf({ seed: 3, seconds, ...requests }) as object[] as Asked[];
    const inMinute = Array.from({ length: MINUTES }, () => 0);
    const checked = new Set<string>();
    for (const request of all) {
      const minute = Math.floor((request.atMs + (request.dueInMs ?? 0)) / MINUTE_MS);
      // What comes again does so every three seconds, for two accounts.
      if (request.dueInMs === undefined || minute >= MINUTES) continue;
      inMinute[minute] = (inMinute[minute] ?? 0) + ownOf(request, checked) + 1 + (OWNERS_TOLD[request.n % 7] ?? 0);
    }
    for (const count of inMinute) {
      expect(count / 60 + 4).toBeGreaterThan(200);
      expect(count / 60 + 4).toBeLessThan(212);
    }
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

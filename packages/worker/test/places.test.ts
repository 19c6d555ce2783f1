import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Account } from '../src/balancer.ts';
import { createPlaces, type Place } from '../src/places.ts';

/** Counts what is taken of its window, as the balancer's does. */
function accountOf() {
  const counts = { reserved: 0, out: 0, air: 0 };
  const account = {
    take: (rows: number) => {
      counts.reserved += rows;
    },
    release: (rows: number) => {
      counts.reserved -= rows;
    },
    begun: () => {
      counts.reserved -= 1;
      counts.out += 1;
      counts.air += 1;
    },
    left: () => {
      counts.air -= 1;
    },
    stored: () => {
      counts.out -= 1;
    },
  } as unknown as Account;
  return { account, counts };
}

/** A call ends, and its outcome is stored. */
function end(places: ReturnType<typeof createPlaces>, account: Account, place: Place): void {
  places.ended(place);
  places.stored(account, place);
}

/** Begins calls, all at the same moment. */
function begin(places: ReturnType<typeof createPlaces>, account: Account, calls: number, nowMs: number): Place[] {
  places.take(account, calls);
  return Array.from({ length: calls }, () => places.begun(account, nowMs));
}

describe('a call that hangs', () => {
  test('gives its place, and that in its window, to another after a second, and no second one when it ends', () => {
    const { account, counts } = accountOf();
    const places = createPlaces({ connections: 40, hanging: 10, periodMs: 10_000 });
    const [first, ...others] = begin(places, account, 40, 0) as [Place, ...Place[]];
    for (const place of others) end(places, account, place);
    expect(places.look(400)).toBe(600);
    expect([places.free, counts.out]).toEqual([39, 1]);
    places.look(1_000);
    expect([places.free, places.aside, counts.out]).toEqual([40, 1, 0]);
    end(places, account, first);
    expect([places.free, places.aside, counts]).toEqual([40, 0, { reserved: 0, out: 0, air: 0 }]);
  });

  test('keeps it when it has ended, however long storing its outcome takes', () => {
    const { account } = accountOf();
    const places = createPlaces({ connections: 40, hanging: 10, periodMs: 10_000 });
    for (const place of begin(places, account, 40, 0)) places.ended(place);
    expect(places.look(5_000)).toBe(Number.POSITIVE_INFINITY);
    expect([places.free, places.aside]).toEqual([0, 0]);
  });

  test('keeps it when there are too many: a twentieth of the calls begun lately', () => {
    const { account } = accountOf();
    const places = createPlaces({ connections: 60, hanging: 1_000, periodMs: 10_000 });
    begin(places, account, 60, 0);
    expect(places.look(1_000)).toBe(Number.POSITIVE_INFINITY);
    expect([places.free, places.aside]).toEqual([3, 3]);
    // Twice the period later those do not count any more.
    begin(places, account, 1, 20_000);
    places.look(22_000);
    expect(places.aside).toBe(3);
  });

  test('keeps it when all connections at the side are taken', () => {
    const { account } = accountOf();
    const places = createPlaces({ connections: 200, hanging: 2, periodMs: 10_000 });
    begin(places, account, 200, 0);
    places.look(5_000);
    expect([places.free, places.aside]).toEqual([2, 2]);
  });

  test('keeps it where there are no connections at the side', () => {
    const { account } = accountOf();
    const places = createPlaces({ connections: 200, hanging: 0, periodMs: 10_000 });
    begin(places, account, 200, 0);
    expect(places.look(5_000)).toBe(Number.POSITIVE_INFINITY);
    expect([places.free, places.aside]).toEqual([0, 0]);
  });
});

test('whatever happens, calls never exceed the connections, and every place comes back', () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('begin' as const), calls: fc.integer({ min: 1, max: 60 }) }),
    fc.record({ kind: fc.constant('end' as const), which: fc.nat() }),
    fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 4_000 }) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), fc.nat({ max: 20 }), (steps, hanging) => {
      const { account, counts } = accountOf();
      const places = createPlaces({ connections: 50, hanging, periodMs: 3_000 });
      const air: Place[] = [];
      let nowMs = 0;
      for (const one of steps) {
        if (one.kind === 'begin') air.push(...begin(places, account, Math.min(one.calls, places.free), nowMs));
        else if (one.kind === 'wait') {
          nowMs += one.ms;
          places.look(nowMs);
        } else if (air.length > 0) end(places, account, air.splice(one.which % air.length, 1)[0] as Place);
        expect(air.length).toBe(50 - places.free + places.aside);
        expect(places.free).toBeGreaterThanOrEqual(0);
        expect(places.aside).toBeLessThanOrEqual(hanging);
        expect([counts.out, counts.air]).toEqual([50 - places.free, 50 - places.free]);
      }
      for (const place of air) end(places, account, place);
      expect([places.free, places.aside, counts.out, counts.air]).toEqual([50, 0, 0, 0]);
    }),
  );
});

/** The window of calls: what it never does, whatever happens, and what it does against simulated providers. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createWindow, type WindowReason } from '../src/window.ts';
import { type ProviderModel, simulate } from './providerModel.ts';

interface Step {
  readonly what: 'accepted' | 'refused' | 'failed' | 'begun';
  readonly callMs: number;
  readonly afterMs: number;
}
const steps = fc.array(
  fc.record<Step>({
    what: fc.constantFrom('accepted', 'accepted', 'accepted', 'refused', 'failed', 'begun'),
    callMs: fc.integer({ min: 0, max: 5_000 }),
    afterMs: fc.oneof(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 3_600_000 })),
  }),
  { maxLength: 400 },
);
const bounds = fc
  .record({ floor: fc.integer({ min: 1, max: 50 }), more: fc.integer({ min: 0, max: 500 }), first: fc.nat(600) })
  .map(({ floor, more, first }) => ({ floor, ceiling: floor + more, initial: first }));

interface Change {
  readonly reason: WindowReason;
  readonly from: number;
  readonly to: number;
  readonly atMs: number;
}

/** Plays steps through a window that is as full as can be. */
function play(limits: { floor: number; ceiling: number; initial: number }, taken: readonly Step[], full = true) {
  const changes: Change[] = [];
  let nowMs = 10_000;
  const window = createWindow({
    ...limits,
    onChange: (reason, from, to) => changes.push({ reason, from, to, atMs: nowMs }),
  });
  const sizes = [window.size];
  for (const { what, callMs, afterMs } of taken) {
    nowMs += afterMs;
    if (full) window.begun(window.size, nowMs - callMs);
    if (what !== 'begun') window[what](nowMs - callMs, nowMs);
    sizes.push(window.size);
  }
  return { window, changes, sizes };
}

describe('whatever happens', () => {
  test('the window is whole, between floor and ceiling, and tells each change once', () => {
    fc.assert(
      fc.property(bounds, steps, (limits, taken) => {
        const { sizes, changes } = play(limits, taken);
        for (const size of sizes) {
          expect(Number.isInteger(size)).toBe(true);
          expect(size).toBeGreaterThanOrEqual(limits.floor);
          expect(size).toBeLessThanOrEqual(limits.ceiling);
        }
        let last = sizes[0] as number;
        for (const { from, to } of changes) {
          expect(from).toBe(last);
          expect(to).not.toBe(from);
          last = to;
        }
        expect(last).toBe(sizes.at(-1));
      }),
    );
  });

  test('it grows only by what was accepted, and never while it is not what limits', () => {
    fc.assert(
      fc.property(bounds, steps, (limits, taken) => {
        const bad = taken.map((step): Step => (step.what === 'accepted' ? { ...step, what: 'refused' } : step));
        expect(play(limits, bad).changes.filter(({ reason }) => reason === 'grown')).toEqual([]);
        // Nobody fills it.
        expect(play(limits, taken, false).changes.filter(({ reason }) => reason === 'grown')).toEqual([]);
      }),
    );
  });

  test('of calls begun before a cut none cuts again', () => {
    fc.assert(
      fc.property(bounds, fc.integer({ min: 1, max: 500 }), (limits, calls) => {
        const { changes } = play(
          limits,
          // All were begun at once, and all are refused, one after the other.
          Array.from({ length: calls }, (_, n) => ({ what: 'refused', callMs: n + 1, afterMs: 1 }) as const),
        );
        expect(changes.length).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('a cut leaves seven tenths of what was in the air, rounded down, or the floor', () => {
    fc.assert(
      fc.property(bounds, (limits) => {
        const { sizes } = play(limits, [{ what: 'refused', callMs: 1, afterMs: 1 }]);
        const [before = 0, after = 0] = sizes;
        expect(after).toBe(Math.max(limits.floor, Math.floor(before * 0.7)));
      }),
    );
  });

  test('with floor and ceiling equal it is fixed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), steps, (size, taken) => {
        const { sizes, changes } = play({ floor: size, ceiling: size, initial: 1 }, taken);
        expect(new Set(sizes)).toEqual(new Set([size]));
        expect(changes).toEqual([]);
      }),
    );
  });

  test('an account that was idle comes back with the window that it had', () => {
    const one: Step = { what: 'accepted', callMs: 100, afterMs: 1 };
    const limits = { floor: 2, ceiling: 1_000, initial: 100 };
    const busy = [{ what: 'refused', callMs: 100, afterMs: 1 } as const, ...Array.from({ length: 50 }, () => one)];
    const size = play(limits, busy).window.size;
    const later = play(limits, [...busy, { ...one, afterMs: 3_600_000 }]).window.size;
    expect(later - size).toBeLessThanOrEqual(1);
  });
});

describe('an account that refuses the floor', () => {
  const limits = { floor: 2, ceiling: 10, initial: 2 };
  test('rests, twice as long each time and a second at most; what is accepted then shortens the next rest', () => {
    const window = createWindow(limits);
    let nowMs = 1_000;
    const rests: number[] = [];
    for (let round = 0; round < 5; round++) {
      window.begun(2, nowMs - 1);
      window.refused(nowMs - 1, nowMs);
      rests.push(window.restUntilMs - nowMs);
      nowMs = window.restUntilMs + 2;
    }
    expect(rests).toEqual([250, 500, 1_000, 1_000, 1_000]);
    window.begun(1, nowMs);
    window.accepted(nowMs, nowMs + 1);
    // One was accepted, so that the window is above its floor, and then two are refused.
    window.refused(nowMs + 2, nowMs + 3);
    window.refused(nowMs + 4, nowMs + 5);
    expect(window.restUntilMs - nowMs - 5).toBe(1_000);
  });

  test('does not rest for refusals of calls that were begun before', () => {
    const window = createWindow(limits);
    window.begun(2, 999);
    window.refused(999, 1_000);
    const until = window.restUntilMs;
    window.refused(998, 1_100);
    expect(window.restUntilMs).toBe(until);
  });
});

/** Numbers that look random (a linear congruential generator), the same each time. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
}

const settled = { floor: 2, ceiling: 400, initial: 32 };
const model = (over: Partial<ProviderModel> = {}): ProviderModel => ({
  perSecond: 2_000,
  queue: 50,
  latencyMs: 100,
  ...over,
});

describe('against a provider', () => {
  test('of unlimited capacity it reaches its ceiling within a second', () => {
    const { size, refused } =
      simulate(settled, [{ forMs: 1_000, provider: model({ perSecond: Number.POSITIVE_INFINITY }) }]).at(-1) ?? {};
    expect([size, refused]).toEqual([settled.ceiling, 0]);
  });

  test.each([
    [2_000, 500, 50],
    [400, 100, 20],
    [200, 50, 5],
    [3_000, 750, 20],
  ])(
    'of %d a second, cut to %d and restored, throughput follows and hardly anything is refused',
    (full, cut, queue) => {
      const phases = simulate({ ...settled, ceiling: 800 }, [
        { forMs: 30_000, provider: model({ perSecond: full, queue }) },
        { forMs: 10_000, provider: model({ perSecond: full, queue }) },
        { forMs: 30_000, provider: model({ perSecond: cut, queue }) },
        { forMs: 30_000, provider: model({ perSecond: cut, queue }) },
        { forMs: 30_000, provider: model({ perSecond: full, queue }) },
        { forMs: 10_000, provider: model({ perSecond: full, queue }) },
      ]);
      for (const [at, rate] of [
        [1, full],
        [3, cut],
        [5, full],
      ] as const) {
        const phase = phases[at];
        if (phase === undefined) throw new Error('no such phase');
        expect(phase.acceptedPerSecond).toBeGreaterThan(0.8 * rate);
        expect(phase.refused / (phase.refused + phase.accepted)).toBeLessThan(0.02);
      }
    },
  );

  test('that queues without end and never refuses, latency stays near its own', () => {
    const phases = simulate({ ...settled, ceiling: 4_000 }, [
      { forMs: 60_000, provider: model({ perSecond: 500, queue: 1e9 }) },
      { forMs: 120_000, provider: model({ perSecond: 500, queue: 1e9 }) },
    ]);
    const last = phases[1];
    expect(last?.acceptedPerSecond).toBeGreaterThan(450);
    expect(last?.meanLatencyMs).toBeLessThan(250);
  });

  test('that becomes slower for good, the window comes back to what it was', () => {
    const phases = simulate(settled, [
      { forMs: 5_000, provider: model({ perSecond: Number.POSITIVE_INFINITY, latencyMs: 5 }) },
      { forMs: 10_000, provider: model({ perSecond: Number.POSITIVE_INFINITY, latencyMs: 500 }) },
    ]);
    expect(phases.map(({ size }) => size)).toEqual([settled.ceiling, settled.ceiling]);
  });

  test('that answers nothing any more, it goes to the floor', () => {
    const [, last] = simulate(settled, [
      { forMs: 2_000, provider: model({ perSecond: Number.POSITIVE_INFINITY }) },
      { forMs: 10_000, provider: model({ away: true, latencyMs: 10 }) },
    ]);
    expect(last?.size).toBe(settled.floor);
  });

  test.each<[string, (random: () => number) => number]>([
    [
      'spreads widely',
      (random) => 300 * Math.exp(Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random())),
    ],
    ['is between a second and a minute', (random) => 1_000 + 59_000 * random()],
    ['is next to nothing for three in ten', (random) => (random() < 0.3 ? 1 : 20_000 * random())],
    ['is next to nothing for one in a hundred', (random) => (random() < 0.01 ? 2 : 200)],
  ])('whose latency %s, the window is not frightened', (_, latency) => {
    const random = seeded(20_261_129);
    const provider = model({ perSecond: Number.POSITIVE_INFINITY, latencyOf: () => latency(random) });
    const [, later] = simulate({ ...settled, ceiling: 100 }, [
      { forMs: 300_000, provider },
      { forMs: 300_000, provider },
    ]);
    expect(later?.meanSize).toBeGreaterThan(85);
  });

  test('with little to do, the window stays as it is', () => {
    const [phase] = simulate(settled, [{ forMs: 20_000, provider: model(), offeredPerSecond: 50 }]);
    expect(phase?.size).toBe(settled.initial);
  });
});

/**
 * Clocks and randomness as values, so that whoever needs the time or a die is handed one and tests can hand in their own.
 *
 * Two clocks, never mixed: `Clock` tells an instant that may be stored and may jump when the machine's clock is set;
 * `Monotonic` only measures how long something took and never runs backwards (leases and time-outs are checked on it).
 * Neither decides what is due: that is the database's clock.
 */

/** Tells the present instant. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00Z. */
  now(): number;
}

/** Measures elapsed time; its zero point means nothing. */
export interface Monotonic {
  /** Milliseconds since an arbitrary moment, with fractions, never decreasing. */
  now(): number;
}

/** A source of numbers in [0, 1), such as `Math.random`. */
export type Random = () => number;

/** The machine's own clock. */
export const systemClock: Clock = { now: () => Date.now() };

/** The process's own monotonic clock. */
export const systemMonotonic: Monotonic = { now: () => performance.now() };

/** The process's ordinary randomness, good enough for jitter and never for secrets. */
export const systemRandom: Random = () => Math.random();

/** What a number bears: its throughput limit, and its capacity. */

/** The throughput limit of a phone number, kept exactly: in no second, wherever it begins, are there more than allowed. */
export class RateWindow {
  readonly #times: Float64Array;
  #next = 0;

  constructor(readonly messagesPerSecond: number) {
    this.#times = new Float64Array(messagesPerSecond).fill(Number.NEGATIVE_INFINITY);
  }

  /** Whether one more may pass; if so it is counted. @param nowMs monotonic, ms */
  take(nowMs: number): boolean {
    const oldest = this.#times[this.#next] ?? 0;
    if (nowMs - oldest < 1_000) return false;
    this.#times[this.#next] = nowMs;
    this.#next = (this.#next + 1) % this.#times.length;
    return true;
  }
}

/** Messages served one after the other, each in the same time, with a queue of bounded length before them. */
export class Capacity {
  readonly #serviceMs: number;
  readonly #queue: number;
  /** When the last one that was taken will be served. */
  #servedAtMs = Number.NEGATIVE_INFINITY;

  constructor(messagesPerSecond: number, queue: number) {
    this.#serviceMs = 1_000 / messagesPerSecond;
    this.#queue = queue;
  }

  /** How long one that arrives now takes to be served, ms; undefined when the queue is full. @param nowMs monotonic, ms */
  take(nowMs: number): number | undefined {
    const beginsMs = Math.max(nowMs, this.#servedAtMs);
    // A hair's breadth for sums of fractions.
    if ((beginsMs - nowMs) / this.#serviceMs > this.#queue + 1e-6) return undefined;
    this.#servedAtMs = beginsMs + this.#serviceMs;
    return this.#servedAtMs - nowMs;
  }
}

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

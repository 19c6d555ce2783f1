/**
 * How many calls at once a provider account bears: a congestion window over calls instead of packets, pure and without a
 * clock of its own. CUBIC (RFC 9438) on refusals: cut by three tenths, then back along a cubic curve that is flat around
 * the size that was too much. Slow start at the beginning; latency that rises clearly over the provider's own stops the
 * growth and, if it goes on, cuts as well. docs/balancer.md explains the choices.
 */

/** RFC 9438, 4.6: what a cut leaves. */
const BETA = 0.7;
/** RFC 9438, 5: growth in calls per second cubed. */
const C = 0.4;
/** What a cut for latency leaves: a sign that is less sure than a refusal moves less. */
const LATENCY_BETA = 0.85;
/** Growth stops above so many times the provider's own latency and this many milliseconds of a busy machine. */
const HOLD_TIMES = 1.5;
const HOLD_SLACK_MS = 25;
/** Above these the window is cut at once, and not only when the growth was stopped for a while. */
const CUT_TIMES = 3;
const CUT_SLACK_MS = 100;
/** How long latency may keep the growth stopped before a cut tries whether it is ours. */
const HOLD_MS = 5_000;
/** After so many cuts that did not help, the latency is the provider's own, and the window is what it was. */
const CUTS_IN_VAIN = 3;
/** By how much the latency must have fallen for a cut to have helped. */
const HELPED = 0.95;
/**
 * A round looks at the first calls that are begun in it, and ends with the answers to so many of them, whichever come first. If
 * the quickest of eight is late, all are (RFC 9406); what a provider needs by itself is the median of its best round, because
 * a single answer may be quick by luck. Measured on latencies spread like e to the power of a normal variable, the window
 * stays where it is; with the quickest for both it went down to the floor.
 */
const ROUND_CALLS = 8;
const ROUND_ANSWERS = 6;
/** So many of these without an answer are no accident. */
const ROUND_FAILED = 5;
/** How long an account rests that refuses even the floor: first, and at most, doubling in between. */
const REST_FIRST_MS = 250;
const REST_MAX_MS = 1_000;

/** Why a window changed. */
export type WindowReason = 'grown' | 'refused' | 'errors' | 'latency' | 'restored';

export interface WindowOptions {
  /** Fewest calls at once, at least 1. */
  readonly floor: number;
  /** Most calls at once. */
  readonly ceiling: number;
  /** Calls at once to begin with. */
  readonly initial: number;
  /** Told of each change in whole calls. */
  readonly onChange?: (reason: WindowReason, from: number, to: number) => void;
}

/** All instants are milliseconds of one monotonic clock. */
export interface CallWindow {
  /** Calls that may be in the air at once. */
  readonly size: number;
  /** Before this instant nothing is to be begun: even the floor was refused. */
  readonly restUntilMs: number;
  /** A call begins. @param inFlight with this one, and with those whose place is not free again yet */
  begun(inFlight: number, nowMs: number): void;
  /** A call was accepted. */
  accepted(startedMs: number, nowMs: number): void;
  /** A call was refused because there are too many. */
  refused(startedMs: number, nowMs: number): void;
  /** A call got no answer, or no connection. */
  failed(startedMs: number, nowMs: number): void;
  /** A call ended in a way that says nothing about how much is borne. */
  ended(startedMs: number, nowMs: number): void;
}

/** A window in slow start. With floor and ceiling equal it never changes. */
export function createWindow(options: WindowOptions): CallWindow {
  return new CubicWindow(options);
}

class CubicWindow implements CallWindow {
  readonly #floor: number;
  readonly #ceiling: number;
  readonly #onChange: WindowOptions['onChange'];
  #size: number;
  #whole: number;

  /** Slow start ends here. */
  #threshold = Number.POSITIVE_INFINITY;
  /** The size that was too much, the seconds that the curve takes to come back to it, and how long it has grown. */
  #most = 0;
  #backSeconds = 0;
  #grownMs = 0;
  #lastGrowthMs = 0;
  #lastCutMs = Number.NEGATIVE_INFINITY;

  /** The calls that the round looks at: when the first and the last were begun, and how many; and how those ended that have. */
  #roundStartMs = Number.NEGATIVE_INFINITY;
  #roundLastMs = Number.NEGATIVE_INFINITY;
  #roundCalls = 0;
  #roundAnswers = 0;
  #roundFailed = 0;
  #roundAccepted = 0;
  /** Latencies of the accepted ones, the shortest first. */
  readonly #roundLatencies = new Float64Array(ROUND_ANSWERS);
  /** Most calls in flight in this round, and in the one before. */
  #peak = 0;
  #lastPeak = 0;
  /** Whether the window was full in them, so that it is what keeps more calls from being made. */
  #full = false;
  #lastFull = false;

  /** The median of the best round so far: what the provider needs when nobody waits. */
  #ownLatencyMs = Number.POSITIVE_INFINITY;
  #heldSinceMs = Number.NaN;
  /** While cuts try whether the latency is ours: the size before the first one, the latency at the last, and the vain ones. */
  #sizeBefore = 0;
  #latencyAtCutMs = 0;
  #vain = 0;

  #resting = false;
  #restMs = 0;
  restUntilMs = Number.NEGATIVE_INFINITY;

  constructor({ floor, ceiling, initial, onChange }: WindowOptions) {
    this.#ceiling = Math.max(1, ceiling);
    this.#floor = Math.min(Math.max(1, floor), this.#ceiling);
    this.#onChange = onChange;
    this.#size = Math.min(Math.max(initial, this.#floor), this.#ceiling);
    this.#whole = Math.floor(this.#size);
  }

  get size(): number {
    return this.#whole;
  }

  begun(inFlight: number, nowMs: number): void {
    if (this.#roundCalls < ROUND_CALLS) {
      if (this.#roundCalls === 0) this.#roundStartMs = nowMs;
      this.#roundCalls += 1;
      this.#roundLastMs = nowMs;
    }
    if (inFlight > this.#peak) this.#peak = inFlight;
    if (inFlight >= this.#whole) this.#full = true;
  }

  accepted(startedMs: number, nowMs: number): void {
    const callMs = nowMs - startedMs;
    // An account that is idle does not come back with a window that grew meanwhile (RFC 9438, 5.8).
    const passedMs = Math.min(nowMs - this.#lastGrowthMs, callMs);
    this.#lastGrowthMs = nowMs;
    if ((this.#full || this.#lastFull) && Number.isNaN(this.#heldSinceMs)) this.#grow(passedMs);
    if (this.#resting && startedMs >= this.restUntilMs) {
      this.#resting = false;
      this.#restMs = this.#restMs > REST_FIRST_MS ? this.#restMs / 2 : 0;
    }
    if (!this.#isOfRound(startedMs)) return;
    this.#remember(callMs);
    this.#answered(nowMs);
  }

  refused(startedMs: number, nowMs: number): void {
    // Begun before the last cut: it says nothing of the size since.
    if (startedMs > this.#lastCutMs) {
      if (this.#size <= this.#floor) this.#rest(nowMs);
      this.#cut('refused', BETA, nowMs);
      this.#beginRound();
      return;
    }
    this.ended(startedMs, nowMs);
  }

  failed(startedMs: number, nowMs: number): void {
    if (this.#isOfRound(startedMs)) this.#roundFailed += 1;
    this.ended(startedMs, nowMs);
  }

  ended(startedMs: number, nowMs: number): void {
    if (this.#isOfRound(startedMs)) this.#answered(nowMs);
  }

  #grow(passedMs: number): void {
    if (this.#size >= this.#ceiling) return;
    if (this.#size < this.#threshold) {
      this.#set('grown', this.#size + 1);
      return;
    }
    this.#grownMs += passedMs;
    // The curve as it will be a round trip from now (RFC 9438, 4.2), and never more than half as much again.
    const seconds = (this.#grownMs + passedMs) / 1_000 - this.#backSeconds;
    const target = Math.min(C * seconds ** 3 + this.#most, this.#size * 1.5);
    if (target > this.#size) this.#set('grown', this.#size + (target - this.#size) / this.#size);
  }

  #isOfRound(startedMs: number): boolean {
    return startedMs >= this.#roundStartMs && startedMs <= this.#roundLastMs;
  }

  /** Puts a latency in its place among the round's. */
  #remember(callMs: number): void {
    let place = this.#roundAccepted;
    for (; place > 0 && (this.#roundLatencies[place - 1] as number) > callMs; place--)
      this.#roundLatencies[place] = this.#roundLatencies[place - 1] as number;
    this.#roundLatencies[place] = callMs;
    this.#roundAccepted += 1;
  }

  /** A call of this round has its answer, or will have none. */
  #answered(nowMs: number): void {
    this.#roundAnswers += 1;
    if (this.#roundAnswers < ROUND_ANSWERS) return;
    if (this.#roundFailed >= ROUND_FAILED) this.#cut('errors', BETA, nowMs);
    // Where most were not accepted, latency is not what is wrong.
    else if (this.#roundAccepted > ROUND_ANSWERS / 2) this.#judge(nowMs);
    this.#beginRound();
  }

  #beginRound(): void {
    this.#roundStartMs = Number.POSITIVE_INFINITY;
    this.#roundCalls = 0;
    this.#roundAnswers = 0;
    this.#roundFailed = 0;
    this.#roundAccepted = 0;
    this.#lastPeak = this.#peak;
    this.#peak = 0;
    this.#lastFull = this.#full;
    this.#full = false;
  }

  /** Compares a round's latency with the provider's own. */
  #judge(nowMs: number): void {
    const latencyMs = this.#roundLatencies[0] as number;
    const medianMs = this.#roundLatencies[ROUND_ANSWERS / 2] as number;
    // Down by halves: one round of lucky calls is not what the provider can do.
    if (this.#ownLatencyMs === Number.POSITIVE_INFINITY) this.#ownLatencyMs = medianMs;
    else if (medianMs < this.#ownLatencyMs) this.#ownLatencyMs = (this.#ownLatencyMs + medianMs) / 2;
    const own = this.#ownLatencyMs;
    if (latencyMs <= own * HOLD_TIMES + HOLD_SLACK_MS) {
      this.#heldSinceMs = Number.NaN;
      this.#sizeBefore = 0;
      return;
    }
    if (Number.isNaN(this.#heldSinceMs)) {
      this.#heldSinceMs = nowMs;
      // RFC 9438, 4.10: out of slow start without a cut, the curve begins here.
      if (this.#size < this.#threshold) this.#leaveSlowStart();
    }
    const far = latencyMs > own * CUT_TIMES + CUT_SLACK_MS;
    if ((far || nowMs - this.#heldSinceMs >= HOLD_MS) && (this.#full || this.#lastFull))
      this.#tryLess(latencyMs, medianMs, nowMs);
  }

  /** Cuts, to see whether latency falls. If it does not, the provider became slower for another reason. */
  #tryLess(latencyMs: number, medianMs: number, nowMs: number): void {
    if (this.#sizeBefore === 0) {
      this.#sizeBefore = this.#size;
      this.#vain = 0;
    } else if (latencyMs <= this.#latencyAtCutMs * HELPED) {
      this.#sizeBefore = this.#size;
      this.#vain = 0;
    } else {
      this.#vain += 1;
    }
    this.#latencyAtCutMs = latencyMs;
    // At the floor nothing can be tried any more, and less would not be asked for.
    if (this.#vain >= CUTS_IN_VAIN || this.#size <= this.#floor) {
      this.#ownLatencyMs = medianMs;
      this.#heldSinceMs = Number.NaN;
      this.#set('restored', Math.max(this.#size, this.#sizeBefore));
      this.#sizeBefore = 0;
      return;
    }
    this.#cut('latency', LATENCY_BETA, nowMs);
    this.#heldSinceMs = nowMs;
  }

  #leaveSlowStart(): void {
    this.#threshold = this.#size;
    this.#most = this.#size;
    this.#backSeconds = 0;
    this.#grownMs = 0;
  }

  #cut(reason: WindowReason, beta: number, nowMs: number): void {
    // What was really in the air is what was too much (RFC 9438, 4.6).
    const flight = Math.max(1, Math.min(this.#size, Math.max(this.#peak, this.#lastPeak)));
    // Too much already below the size of the last time: make room for others (RFC 9438, 4.7).
    this.#most = flight < this.#most ? (flight * (1 + beta)) / 2 : flight;
    const size = Math.max(this.#floor, flight * beta);
    this.#threshold = size;
    this.#backSeconds = Math.cbrt(Math.max(0, this.#most - size) / C);
    this.#grownMs = 0;
    this.#lastCutMs = nowMs;
    if (reason !== 'latency') this.#sizeBefore = 0;
    this.#set(reason, Math.min(size, this.#size));
  }

  #rest(nowMs: number): void {
    this.#restMs = Math.min(REST_MAX_MS, Math.max(REST_FIRST_MS, this.#restMs * 2));
    this.restUntilMs = nowMs + this.#restMs;
    this.#resting = true;
  }

  #set(reason: WindowReason, size: number): void {
    this.#size = Math.min(Math.max(size, this.#floor), this.#ceiling);
    const whole = Math.floor(this.#size);
    if (whole === this.#whole) return;
    const from = this.#whole;
    this.#whole = whole;
    this.#onChange?.(reason, from, whole);
  }
}

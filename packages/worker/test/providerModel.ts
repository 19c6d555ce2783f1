/**
 * A provider on a clock of its own, and somebody who always fills the window: calls are served one after the other at a
 * rate, wait in a queue of bounded length, and are refused beyond it, after the latency that every answer has.
 */
import { createWindow, type WindowOptions } from '../src/window.ts';

export interface ProviderModel {
  readonly perSecond: number;
  /** Calls that may wait to be served. */
  readonly queue: number;
  readonly latencyMs: number;
  /** Of each call, instead. */
  readonly latencyOf?: () => number;
  /** No call reaches it. */
  readonly away?: boolean;
}

interface Phase {
  readonly forMs: number;
  readonly provider: ProviderModel;
  /** What there is to do; without end if not given. */
  readonly offeredPerSecond?: number;
}

export interface PhaseResult {
  readonly accepted: number;
  readonly refused: number;
  readonly acceptedPerSecond: number;
  readonly meanLatencyMs: number;
  /** At its end. */
  readonly size: number;
  readonly meanSize: number;
}

interface Call {
  readonly startedMs: number;
  readonly endsMs: number;
  readonly outcome: 'accepted' | 'refused' | 'failed';
}

/** Plays the phases one after the other, in steps of a millisecond. */
export function simulate(bounds: WindowOptions, phases: readonly Phase[]): PhaseResult[] {
  const window = createWindow(bounds);
  let calls: Call[] = [];
  let nowMs = 0;
  let freeAtMs = 0;

  function begin({ perSecond, queue, away, ...provider }: ProviderModel, startedMs: number): Call {
    const latencyMs = provider.latencyOf?.() ?? provider.latencyMs;
    if (away) return { startedMs, endsMs: nowMs + latencyMs, outcome: 'failed' };
    const serviceMs = 1_000 / perSecond;
    const beginsMs = Math.max(nowMs, freeAtMs);
    if ((beginsMs - nowMs) / serviceMs > queue) return { startedMs, endsMs: nowMs + latencyMs, outcome: 'refused' };
    freeAtMs = beginsMs + serviceMs;
    return { startedMs, endsMs: freeAtMs + latencyMs, outcome: 'accepted' };
  }

  return phases.map(({ forMs, provider, offeredPerSecond = Number.POSITIVE_INFINITY }) => {
    const counts = { accepted: 0, refused: 0, failed: 0 };
    let latencyMs = 0;
    let sizes = 0;
    let offered = 0;
    // What is queued is served at the new rate from here on.
    freeAtMs = Math.min(freeAtMs, nowMs + (provider.queue * 1_000) / provider.perSecond);
    for (const endMs = nowMs + forMs; nowMs < endMs; nowMs++) {
      const ended = calls.filter((call) => call.endsMs <= nowMs);
      calls = calls.filter((call) => call.endsMs > nowMs);
      for (const { startedMs, endsMs, outcome } of ended) {
        window[outcome](startedMs, Math.max(endsMs, startedMs));
        counts[outcome] += 1;
        if (outcome === 'accepted') latencyMs += nowMs - startedMs;
      }
      sizes += window.size;
      offered = Math.min(offered + offeredPerSecond / 1_000, 1e9);
      while (calls.length < window.size && offered >= 1 && window.restUntilMs <= nowMs) {
        offered -= 1;
        // As in a process, no two begin at the very same instant.
        const startedMs = nowMs + (calls.length % 1_000) / 1_000;
        calls.push(begin(provider, startedMs));
        window.begun(calls.length, startedMs);
      }
    }
    const { accepted, refused } = counts;
    const acceptedPerSecond = (accepted * 1_000) / forMs;
    const meanLatencyMs = latencyMs / accepted;
    return { accepted, refused, acceptedPerSecond, meanLatencyMs, size: window.size, meanSize: sizes / forMs };
  });
}

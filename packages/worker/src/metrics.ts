/**
 * What a worker counts: calls by outcome, how long they take, how late a delivery was claimed and was sent, and how much is
 * done at once.
 */
import type { SendOutcome } from '@carillon/contracts';
import type { ClaimedDelivery } from '@carillon/db';
import type { HotCounter, Metrics } from '@carillon/runtime';
import type { Balancer } from './balancer.ts';
import type { WindowReason } from './window.ts';

const CALL_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const LATENESS_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2, 4, 10, 30, 60, 300, 3_600];

export interface CallMetrics {
  observeCall(outcome: SendOutcome, callMs: number, row: ClaimedDelivery): void;
}

/** Registers the series of one channel. */
export function createCallMetrics(metrics: Metrics, channel: string): CallMetrics {
  const outcomes = (outcome: SendOutcome['kind']): HotCounter =>
    metrics.hotCounter('carillon_calls_total', 'Calls to providers by outcome', { channel, outcome });
  const counters: Record<SendOutcome['kind'], HotCounter> = {
    accepted: outcomes('accepted'),
    retry: outcomes('retry'),
    throttled: outcomes('throttled'),
    rejected: outcomes('rejected'),
    unknown: outcomes('unknown'),
  };
  const seconds = metrics.hotHistogram('carillon_call_seconds', 'Duration of calls to providers', CALL_SECONDS, {
    channel,
  });
  const lateness = metrics.hotHistogram(
    'carillon_due_to_claimed_seconds',
    "From a delivery's due time to its claim, by the database's clock",
    LATENESS_SECONDS,
    { channel },
  );
  const sentLateness = metrics.hotHistogram(
    'carillon_due_to_sent_seconds',
    "From a delivery's due time to the provider's acceptance; after a retry, from the retry's time",
    LATENESS_SECONDS,
    { channel },
  );
  return {
    observeCall(outcome, callMs, row) {
      counters[outcome.kind].add();
      seconds.observe(callMs / 1_000);
      const claimedAfterMs = Math.max(0, row.sendingAtMs - row.dueAtMs);
      lateness.observe(claimedAfterMs / 1_000);
      // The claim's moment is the database's and the call's length is ours, so no two clocks are mixed.
      if (outcome.kind === 'accepted') sentLateness.observe((claimedAfterMs + callMs) / 1_000);
    },
  };
}

/** The series of a channel's windows. `count` is told of each change; `watch` reads the balancer when Prometheus asks. */
export function createWindowMetrics(metrics: Metrics, channel: string) {
  const changes = (reason: WindowReason): HotCounter =>
    metrics.hotCounter('carillon_window_changes_total', 'Changes of windows of calls by reason', { channel, reason });
  const counters: Record<WindowReason, HotCounter> = {
    grown: changes('grown'),
    refused: changes('refused'),
    errors: changes('errors'),
    latency: changes('latency'),
    restored: changes('restored'),
  };
  return {
    count: (reason: WindowReason): void => counters[reason].add(),
    watch(balancer: Balancer): void {
      metrics.hotGauge(
        'carillon_window',
        'Calls that may be made at once: the windows of the provider accounts at work, summed',
        { channel },
        () => balancer.size,
      );
      metrics.hotGauge(
        'carillon_calls_in_flight',
        'Calls that wait for their answer',
        { channel },
        () => balancer.inFlight,
      );
    },
  };
}

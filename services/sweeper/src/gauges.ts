/**
 * What the sweeper tells Prometheus of the whole installation. Every sweeper measures the same and tells all of it, so
 * whoever reads them takes the greatest, not the sum.
 */
import { CHANNEL_NAMES, type ChannelName } from '@carillon/contracts';
import { type ChannelLoad, type InstallationGauges, UPCOMING_WITHIN } from '@carillon/db';
import type { Metrics } from '@carillon/runtime';

/** What a repair may be of; labels of `carillon_rescues_total`. */
export const RESCUE_KINDS = ['lease', 'wake_up', 'redis_lost', 'policy'] as const;

export interface Gauges {
  setLag(
    channel: ChannelName,
    lag: { readonly deliveries: number; readonly oldestMs: number; readonly longEnqueued: number },
  ): void;
  setMissing(missing: { readonly batches: number; readonly oldestMs: number }): void;
  setStanding(standing: InstallationGauges): void;
  setLoad(load: readonly ChannelLoad[]): void;
}

/**
 * Registers them. What is measured every second stands at 0 until then; the rest is not there before it is known, so that
 * nobody takes the first measurement for growth.
 */
export function createGauges(metrics: Metrics): Gauges {
  const due = metrics.gauge('carillon_due_unstarted', 'Due deliveries that nobody began with', ['channel']);
  const late = metrics.gauge('carillon_oldest_late_seconds', 'Age of the eldest due batch that nobody holds', [
    'channel',
  ]);
  const long = metrics.gauge(
    'carillon_long_enqueued_batches',
    'Due batches enqueued longer ago than LOST_AFTER_MS that nobody holds: their wake-ups wait or are lost',
    ['channel'],
  );
  const missing = metrics.gauge(
    'carillon_missing_from_redis_batches',
    'Of these, how many Redis did not know any more in the last full round; they are enqueued again',
  );
  const missingAge = metrics.gauge(
    'carillon_missing_from_redis_oldest_seconds',
    'How late the eldest batch missing from Redis was',
  );
  const unknown = metrics.gauge('carillon_unknown_deliveries', 'Deliveries whose outcome nobody knows', ['channel']);
  const blocked = metrics.gauge(
    'carillon_checks_blocked_addresses',
    'Addresses of planned messages that cannot be checked, by reason',
    ['reason'],
  );
  const holds = metrics.gauge('carillon_holds', 'Holds that stand, by whom they concern', ['scope']);
  const waiting = metrics.gauge(
    'carillon_waiting_deliveries',
    'Due deliveries that are not begun, in whosever hands; without what is paused or held',
    ['channel'],
  );
  const sending = metrics.gauge('carillon_sending_deliveries', 'Deliveries that are being sent', ['channel']);
  const upcoming = metrics.gauge(
    'carillon_upcoming_deliveries',
    'Planned deliveries that become due within so many hours',
    ['channel', 'within'],
  );
  const setLag: Gauges['setLag'] = (channel, { deliveries, oldestMs, longEnqueued }) => {
    due.set({ channel }, deliveries);
    late.set({ channel }, oldestMs / 1_000);
    long.set({ channel }, longEnqueued);
  };
  for (const channel of CHANNEL_NAMES) setLag(channel, { deliveries: 0, oldestMs: 0, longEnqueued: 0 });
  return {
    setLag,
    setMissing({ batches, oldestMs }) {
      missing.set(batches);
      missingAge.set(oldestMs / 1_000);
    },
    setLoad(load) {
      for (const one of load) {
        const { channel } = one;
        waiting.set({ channel }, one.waiting);
        sending.set({ channel }, one.sending);
        for (const within of Object.keys(UPCOMING_WITHIN) as (keyof typeof UPCOMING_WITHIN)[])
          upcoming.set({ channel, within }, one.upcoming[within]);
      }
    },
    setStanding(standing) {
      for (const channel of CHANNEL_NAMES) unknown.set({ channel }, standing.unknown.get(channel) ?? 0);
      for (const [scope, count] of Object.entries(standing.holds)) holds.set({ scope }, count);
      for (const [reason, count] of Object.entries(standing.checksBlocked)) blocked.set({ reason }, count);
    },
  };
}

/**
 * What this worker did, written every few seconds for the status page. Counting costs an addition; what is not written yet
 * when the process dies is lost, and nothing depends on it.
 */
import type { ChannelName } from '@carillon/contracts';
import { type DeliveryOutcome, LATENESS_BOUNDS_MS, type Queryable, writeSendStatistics } from '@carillon/db';
import type { Logger } from '@carillon/runtime';

export interface ChannelStatistics {
  /** Counts one outcome. @param latenessMs from the due time to the answer; looked at for `sent` only */
  observe(state: DeliveryOutcome['state'], latenessMs: number): void;
}

export interface Statistics {
  of(channel: ChannelName): ChannelStatistics;
  /** Writes what is left. */
  stop(): Promise<void>;
}

interface Counts {
  sent: number;
  failed: number;
  unknown: number;
  scheduled: number;
  skipped: number;
  lateness: number[];
}

const noCounts = (): Counts => ({
  sent: 0,
  failed: 0,
  unknown: 0,
  scheduled: 0,
  skipped: 0,
  lateness: new Array(LATENESS_BOUNDS_MS.length + 1).fill(0),
});

/** @param options.owner unique among the senders that live at the same time */
export function createStatistics(options: {
  db: Queryable;
  owner: string;
  intervalMs: number;
  logger: Logger;
}): Statistics {
  const { db, owner, intervalMs, logger } = options;
  const counts = new Map<ChannelName, Counts>();
  let writing: Promise<void> | undefined;

  async function write(): Promise<void> {
    const rows = [];
    for (const [channel, counted] of counts) {
      const { sent: accepted, failed, unknown, scheduled: retried, lateness } = counted;
      if (accepted + failed + unknown + retried === 0) continue;
      rows.push({ channel, owner, accepted, failed, unknown, retried, lateness });
      counts.set(channel, noCounts());
    }
    if (rows.length === 0) return;
    try {
      await writeSendStatistics(db, rows, intervalMs);
    } catch (error) {
      logger.warn({ err: error }, 'what was sent in the last seconds could not be written for the status page');
    }
  }

  const timer = setInterval(() => {
    writing ??= write().finally(() => {
      writing = undefined;
    });
  }, intervalMs);

  return {
    of(channel) {
      counts.set(channel, noCounts());
      return {
        observe(state, latenessMs) {
          const counted = counts.get(channel) as Counts;
          counted[state] += 1;
          if (state !== 'sent') return;
          let place = 0;
          while (latenessMs > (LATENESS_BOUNDS_MS[place] ?? Number.POSITIVE_INFINITY)) place += 1;
          counted.lateness[place] = (counted.lateness[place] as number) + 1;
        },
      };
    },
    async stop() {
      clearInterval(timer);
      await writing;
      await write();
    },
  };
}

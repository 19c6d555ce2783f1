/** The numbers of the status, before they are judged. */

import type { ChannelName } from '@carillon/contracts';
import type { CheckBlock } from './addressChecks.ts';
import type { RunOverview } from './overview.ts';
import type { SendSeries } from './sendStatistics.ts';

/** So many due batches of each channel and kind are looked at, the eldest first. */
export const LOOKED_AT = 2_000;

/** What waits in one channel. Ages are milliseconds; `oldestMs` is null when there is none. */
export interface ChannelStatus {
  readonly channel: ChannelName;
  /** Due, in no sender's hands, and neither paused, cancelled nor held: what should be begun. */
  readonly due: {
    readonly deliveries: number;
    readonly batches: number;
    readonly oldestMs: number | null;
    /** There may be more: no more than {@link LOOKED_AT} batches of a kind are looked at, the eldest first. */
    readonly more: boolean;
  };
  /** Of these, what no sender works towards: a large run that is being sent has much that is due, and is not late. */
  readonly late: { readonly deliveries: number; readonly oldestMs: number | null };
  /** Due deliveries that a hold keeps back. */
  readonly held: number;
  /** Of the late, enqueued long ago: their wake-ups wait behind others or Redis does not know them any more. */
  readonly missing: { readonly batches: number; readonly oldestMs: number | null };
  /** Leases that ran out and that no sweeper has taken back. */
  readonly expiredLeases: { readonly batches: number; readonly oldestMs: number | null };
  /** Deliveries whose outcome nobody knows. */
  readonly unknown: number;
  /** What was sent in the last minutes; null when nothing was, and for one account, whose share is not measured. */
  readonly series: SendSeries | null;
}

/** A hold that stands; null for account or channel means every. */
export interface StatusHold {
  readonly id: number;
  readonly accountId: number | null;
  readonly account: string | null;
  readonly channel: ChannelName | null;
  readonly reason: string;
  readonly createdBy: string | null;
  readonly sinceMs: number;
}

/** Repairs of one kind within the last hour. */
export interface Rescues {
  readonly kind: string;
  readonly rows: number;
  readonly lastAtMs: number;
}

/** A queue that wakes senders, as Postgres remembers it. */
export interface QueueStatus {
  readonly name: string;
  readonly channel: ChannelName;
  readonly paused: boolean;
  readonly sinceMs: number | null;
}

/** The numbers, before they are judged. Instants are epoch milliseconds on the database's clock. */
export interface StatusReading {
  readonly scope: 'account' | 'installation';
  readonly nowMs: number;
  readonly channels: readonly ChannelStatus[];
  /** Jobs and runs whose moment came and that no scheduler took up. For one account not read. */
  readonly unplanned: { readonly count: number; readonly oldestMs: number | null };
  /** For one account none are told. */
  readonly rescues: readonly Rescues[];
  readonly runs: readonly RunOverview[];
  readonly openRuns: number;
  readonly finishedRuns: readonly RunOverview[];
  readonly holds: readonly StatusHold[];
  readonly queues: readonly QueueStatus[];
  /** Addresses of planned messages that cannot be checked, by reason. */
  readonly checksBlocked: Readonly<Record<CheckBlock, number>>;
  /** When Redis was last found without its data. */
  readonly redisLostAtMs: number | null;
  /** A restore from a backup; until it is settled nothing may be released. */
  readonly restoredAtMs: number | null;
  readonly restoreSettledAtMs: number | null;
}

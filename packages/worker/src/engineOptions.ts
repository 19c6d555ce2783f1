/** What the engine of one channel is made of: the parts that it works with, its bounds, and whom it tells. */
import type { Channel } from '@carillon/channels';
import type { Provider } from '@carillon/contracts';
import type { Monotonic, Random } from '@carillon/core';
import type { Database, LeasedBatch } from '@carillon/db';
import type { Logger, Tracer } from '@carillon/runtime';
import type { Balancer } from './balancer.ts';
import type { Context } from './context.ts';
import type { Documents } from './documents.ts';
import type { LeaseKeeper } from './leaseKeeper.ts';
import type { ProviderLimits } from './limits.ts';
import type { CallMetrics } from './metrics.ts';
import type { OnJobRefused } from './refusals.ts';
import type { ChannelStatistics } from './statistics.ts';
import type { VerdictStore } from './verdicts.ts';

/** A link of the recipient with that key, for messages such as those of a batch. */
export type RecipientLink = (batch: LeasedBatch, addressKey: string) => string;

/** Durations are milliseconds. */
export interface EngineOptions {
  readonly db: Database['pool'];
  readonly channel: Channel;
  readonly context: Context;
  readonly limits: ProviderLimits;
  readonly balancer: Balancer;
  readonly leases: LeaseKeeper;
  readonly metrics: CallMetrics;
  readonly statistics: ChannelStatistics;
  readonly tracer: Tracer;
  readonly logger: Logger;
  readonly monotonic: Monotonic;
  readonly random: Random;
  readonly referenceKey: Uint8Array;
  readonly connections: number;
  /** Connections beyond these, for calls that hang. */
  readonly hanging: number;
  /** Of the connections, those for rows that are claimed ahead of their calls. */
  readonly ahead: number;
  /** Sources that are claimed from at once, at most; another is not asked for then. */
  readonly sources: number;
  readonly claimRows: number;
  readonly gatherMs: number;
  readonly timeoutMs: number;
  readonly leaseMarginMs: number;
  /** How long a lease is, and so how late a claim may be at a provider whose keys count. */
  readonly leaseMs: number;
  /**
   * For how long after its first try a row that may have been done before may be tried again, because the provider leaves a second one
   * out: its key is valid for longer than a claim made then could take to arrive, which is one lease. Undefined where there are no keys.
   */
  readonly keyUsableMs: (provider: Provider) => number | undefined;
  /** A provider refuses everything of this account's run until a person mends it. */
  readonly onAccountThrottled: (batch: LeasedBatch, reason: string) => void;
  /** The owner of a webhook's endpoint wants no more of anything. */
  readonly onEndpointRefused: (batch: LeasedBatch, reason: string) => void;
  /** Doing the same again is of no use: what becomes of the job is settled before the outcome is stored, so that it is not forgotten. */
  readonly onJobRefused: OnJobRefused;
  /** The link by which the recipient ends such messages, where there are such links. */
  readonly unsubscribeUrl?: RecipientLink | undefined;
  /** And the one by which the recipient confirms the address. */
  readonly confirmUrl?: RecipientLink | undefined;
  /** Makes what reports attach, for a channel that sends them. */
  readonly documents?: Documents | undefined;
  /** Keeps what calls find out about addresses, for a channel that checks them. */
  readonly verdicts?: VerdictStore | undefined;
}

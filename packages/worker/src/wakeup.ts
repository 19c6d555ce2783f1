/** What a wake-up leads to: leases are tried, and what they yield is run through the engine. A wake-up proves nothing. */
import { setTimeout as pause } from 'node:timers/promises';
import type { ChannelName, SendJob } from '@carillon/contracts';
import type { Monotonic } from '@carillon/core';
import { type Database, glanceAtBatch, type LeasedBatch, leaseBatch, leaseSingles, unmarkBatch } from '@carillon/db';
import type { NegativeControl } from './controls.ts';
import type { Engine } from './engine.ts';
import type { LeaseKeeper } from './leaseKeeper.ts';
import { batchSource, type Source, singlesSource } from './source.ts';

/** A wake-up that comes early (its worker's clock is ahead) is waited for if it is this near, else enqueued again. */
const WAIT_MAX_MS = 1_000;
/** One-row batches per lease statement. */
const SINGLES_PER_LEASE = 256;

export interface WakeupOptions {
  readonly db: Database['pool'];
  readonly channel: ChannelName;
  readonly engine: Engine;
  readonly leases: LeaseKeeper;
  readonly monotonic: Monotonic;
  readonly leaseMs: number;
  readonly owner: string;
  readonly control: NegativeControl;
  /** Whether claims bring the addresses' keys along, for links to unsubscribe. */
  readonly addressKeys: boolean;
  readonly awaitVerdictMs: number;
  /** Milliseconds until an instant by the database's clock. */
  readonly untilMs: (instantMs: number) => number;
  /** Takes back the mark of single deliveries due at that instant, so that the next wake enqueues them again. */
  readonly postponeSingles: (dueAtMs: number) => Promise<void>;
  /** Asks for what is to be enqueued next. */
  readonly wake: () => void;
}

/**
 * The processor of a channel's wake-ups. It is done with one when the engine wants another, not when the work is over: leases are
 * taken no faster than rows are claimed, so that other workers get their share.
 */
export function createWakeupHandler(options: WakeupOptions): (job: SendJob) => Promise<void> {
  const { db, engine, leases, monotonic, leaseMs, owner, control, addressKeys, awaitVerdictMs } = options;

  function run(source: Source, askedAtMs: number): void {
    leases.keep(source, askedAtMs);
    // The window has room as soon as a batch is claimed to its end, not only when its last answer is in. What is left open is woken again.
    void engine.run(source, options.wake).then((result) => {
      if (result.kind === 'refused' || result.open) options.wake();
    });
  }

  async function onBatch(wanted: { accountId: number; batchId: number }): Promise<void> {
    for (let tries = 0; ; tries++) {
      const askedAtMs = monotonic.now();
      const batch = await leaseBatch(db, wanted, { leaseMs, owner });
      if (batch) {
        run(batchSource(batch, { control, addressKeys, awaitVerdictMs }), askedAtMs);
        await engine.hungry();
        return;
      }
      const glance = await glanceAtBatch(db, wanted);
      if (!glance?.open || glance.leased || glance.dueInMs <= 0) return;
      if (glance.dueInMs > WAIT_MAX_MS || tries >= 3) {
        await unmarkBatch(db, wanted);
        options.wake();
        return;
      }
      await pause(Math.ceil(glance.dueInMs));
    }
  }

  async function onSingles(dueAtMs: number): Promise<void> {
    const earlyMs = options.untilMs(dueAtMs);
    if (earlyMs > WAIT_MAX_MS) {
      await options.postponeSingles(dueAtMs);
      options.wake();
      return;
    }
    if (earlyMs > 0) await pause(Math.ceil(earlyMs));
    // A worker that is leaving gives back what it leased, and must not lease it again.
    while (!engine.draining) {
      const askedAtMs = monotonic.now();
      const batches = await leaseSingles(db, { channel: options.channel, limit: SINGLES_PER_LEASE, leaseMs, owner });
      if (batches.length === 0) break;
      for (const [first, others] of groups(batches)) {
        run(singlesSource(first, others, { addressKeys, awaitVerdictMs }), askedAtMs);
      }
      await engine.hungry();
      if (batches.length < SINGLES_PER_LEASE) break;
    }
  }

  return (job) => (job.wake === 'batch' ? onBatch(job) : onSingles(job.dueAtMs));
}

/** One source per provider account and day. */
function groups(batches: readonly LeasedBatch[]): [LeasedBatch, LeasedBatch[]][] {
  const byKey = new Map<string, [LeasedBatch, LeasedBatch[]]>();
  for (const batch of batches) {
    const key = `${batch.providerAccountId}.${batch.day}`;
    const group = byKey.get(key);
    if (group) group[1].push(batch);
    else byKey.set(key, [batch, []]);
  }
  return [...byKey.values()];
}

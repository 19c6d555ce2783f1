/**
 * Keeps the leases that the engine works under: renews them together, and tells for each until when, on the monotonic
 * clock, it surely is ours. The count starts before the statement is sent, so that our view is never the longer one.
 */
import type { Monotonic } from '@carillon/core';
import { type LeasedBatch, type Queryable, renewLeases } from '@carillon/db';
import type { Logger } from '@carillon/runtime';
import type { Source } from './source.ts';

export interface LeaseKeeper {
  /** Takes charge of leases that were asked for at `askedAtMs` (monotonic). */
  keep(source: Source, askedAtMs: number): void;
  drop(source: Source): void;
  /** Whether none of the source's leases is known to be lost or has run out. */
  holds(source: Source): boolean;
  /** Monotonic ms until which the batch is ours; 0 when it is not. */
  deadlineOf(batch: LeasedBatch): number;
  /** Asks now, after a refusal that nothing explains. */
  verify(source: Source): Promise<void>;
  stop(): void;
}

/** Starts the renewals, three per lease. */
export function createLeaseKeeper(options: {
  db: Queryable;
  leaseMs: number;
  monotonic: Monotonic;
  logger: Logger;
  /** Negative control for tests: believe in every lease for ever. */
  unchecked?: boolean;
}): LeaseKeeper {
  const { db, leaseMs, monotonic, logger, unchecked } = options;
  const deadlines = new Map<LeasedBatch, number>();
  let renewing = false;

  async function renew(batches: readonly LeasedBatch[]): Promise<void> {
    const askedAtMs = monotonic.now();
    const ours = await renewLeases(db, batches, leaseMs);
    for (const batch of batches) {
      if (!deadlines.has(batch)) continue;
      if (ours.has(batch)) deadlines.set(batch, askedAtMs + leaseMs);
      else deadlines.set(batch, 0);
    }
  }

  const timer = setInterval(() => {
    const batches = [...deadlines].filter(([, deadlineMs]) => deadlineMs > 0).map(([batch]) => batch);
    if (renewing || batches.length === 0) return;
    renewing = true;
    renew(batches)
      .catch((error: Error) => logger.warn({ err: error, leases: batches.length }, 'leases could not be renewed'))
      .finally(() => {
        renewing = false;
      });
  }, leaseMs / 3);

  return {
    keep(source, askedAtMs) {
      for (const batch of source.batches) deadlines.set(batch, askedAtMs + leaseMs);
    },
    drop(source) {
      for (const batch of source.batches) deadlines.delete(batch);
    },
    holds(source) {
      if (unchecked) return source.batches.some((batch) => deadlines.has(batch));
      const now = monotonic.now();
      // One-row batches end one by one and lose their lease as they do; any that is held keeps the source alive.
      return source.batches.some((batch) => (deadlines.get(batch) ?? 0) > now);
    },
    deadlineOf: (batch) => (unchecked ? Number.POSITIVE_INFINITY : (deadlines.get(batch) ?? 0)),
    verify: (source) => renew(source.batches),
    stop() {
      clearInterval(timer);
    },
  };
}

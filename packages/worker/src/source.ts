/**
 * What the engine claims from: one leased batch, or several leased one-row batches of one provider account and day. Both
 * have the same life: claimed until nothing is left, sent, stored, and given back.
 */
import {
  type ClaimedDelivery,
  type ClaimGuard,
  claimDeliveries,
  claimSingles,
  type Database,
  type LeasedBatch,
  type Queryable,
  readClaim,
  releaseBatch,
  releaseSingles,
} from '@carillon/db';
import type { NegativeControl } from './controls.ts';

/**
 * How giving back went: `released` with whether something is left to do, or `refused`, because a row is `sending` whose
 * outcome we do not have, or because the lease is no longer ours.
 */
export type GivenBack = { readonly kind: 'released'; readonly open: boolean } | { readonly kind: 'refused' };

type Pool = Database['pool'];

export interface Source {
  readonly accountId: number;
  readonly providerAccountId: number;
  readonly day: string;
  readonly batches: readonly LeasedBatch[];
  /** Rows that may still be claimed, as far as we know; 0 ends the claiming. */
  readonly remaining: number;
  batchOf(row: ClaimedDelivery): LeasedBatch;
  /** Claims up to `limit` rows, of those in doubt only for `keyUsableMs` after their first try; what comes back is ours to send. Rows that the claim withheld are accounted for and left out. */
  claim(db: Pool, limit: number, neededLeaseMs: number, keyUsableMs?: number): Promise<ClaimedDelivery[]>;
  /** What is `sending` under our fence: after a claim whose answer was lost, and before giving back a refused lease. */
  readBack(db: Pool): Promise<ClaimedDelivery[]>;
  /** Ends the claiming. */
  exhaust(): void;
  giveBack(db: Pool): Promise<GivenBack>;
}

export interface SourceOptions {
  /** Whether claims bring the addresses' keys along. */
  readonly addressKeys?: boolean;
  /** When a row whose address is being checked is asked for again. */
  readonly awaitVerdictMs?: number;
  /** Switches a safety off, for tests that must turn red then. */
  readonly control?: NegativeControl;
}

/** Which guard of the claim a control switches off. */
const GUARDS: Readonly<Partial<Record<NegativeControl, ClaimGuard>>> = {
  no_fence: 'fence',
  no_suppression: 'suppressions',
  no_stop_check: 'stops',
};

/** One batch of a run. */
export function batchSource(
  batch: LeasedBatch,
  { addressKeys = false, awaitVerdictMs, control = 'none' }: SourceOptions = {},
): Source {
  let nextNumber = 1;
  let remaining = batch.scheduled;
  return {
    accountId: batch.accountId,
    providerAccountId: batch.providerAccountId,
    day: batch.day,
    batches: [batch],
    get remaining() {
      return remaining;
    },
    batchOf: () => batch,
    async claim(db, limit, neededLeaseMs, keyUsableMs) {
      const wanted = {
        fromNumber: nextNumber,
        limit,
        neededLeaseMs,
        addressKeys,
        ...(awaitVerdictMs !== undefined && { awaitVerdictMs }),
        keyUsableMs,
        without: GUARDS[control],
      };
      const rows = await (control === 'no_intent'
        ? uncommitted(db, (client) => claimDeliveries(client, batch, wanted))
        : claimDeliveries(db, batch, wanted));
      // Fewer than asked: paused, held, expired, or nothing due is left behind the last number. None may be left already,
      // when the claiming was ended while this claim was under way.
      remaining = rows.length < limit ? 0 : Math.max(0, remaining - rows.length);
      for (const row of rows) if (row.number >= nextNumber) nextNumber = row.number + 1;
      return rows.some((row) => row.withheld) ? rows.filter((row) => !row.withheld) : rows;
    },
    readBack: (db) => readClaim(db, batch, addressKeys),
    exhaust() {
      remaining = 0;
    },
    async giveBack(db) {
      const result = await releaseBatch(db, batch);
      return result.kind === 'refused' ? result : { kind: 'released', open: result.open };
    },
  };
}

/** Several one-row batches that share provider account and day. */
export function singlesSource(
  first: LeasedBatch,
  others: readonly LeasedBatch[],
  { addressKeys = false, awaitVerdictMs }: Omit<SourceOptions, 'control'> = {},
): Source {
  const batches = [first, ...others];
  const byId = new Map(batches.map((batch) => [batch.id, batch]));
  let next = 0;
  return {
    accountId: first.accountId,
    providerAccountId: first.providerAccountId,
    day: first.day,
    batches,
    get remaining() {
      return batches.length - next;
    },
    batchOf: (row) => byId.get(row.batchId) ?? first,
    async claim(db, limit, neededLeaseMs, keyUsableMs) {
      const chosen = batches.slice(next, next + limit);
      const rows = await claimSingles(db, chosen, neededLeaseMs, addressKeys, awaitVerdictMs, keyUsableMs);
      // Only after the answer: a claim that failed is read back and made again.
      next = Math.min(batches.length, next + chosen.length);
      return rows.filter((row) => !row.withheld);
    },
    async readBack(db) {
      const found: ClaimedDelivery[] = [];
      for (const batch of batches) found.push(...(await readClaim(db, batch, addressKeys)));
      return found;
    },
    exhaust() {
      next = batches.length;
    },
    async giveBack(db) {
      const { open, sending } = await releaseSingles(db, batches);
      return sending > 0 ? { kind: 'refused' } : { kind: 'released', open: open > 0 };
    },
  };
}

/** The negative control of "intent before effect": a claim that the provider sees and the database does not. */
async function uncommitted(
  pool: Pool,
  claim: (client: Queryable) => Promise<ClaimedDelivery[]>,
): Promise<ClaimedDelivery[]> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const rows = await claim(client);
    await client.query('ROLLBACK');
    return rows;
  } finally {
    client.release();
  }
}

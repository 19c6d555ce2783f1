/** Claims: the committed intent to send, for as many rows as have a free connection and not one more. */
import { systemMonotonic } from '@carillon/core';
import type pg from 'pg';
import type { LeasedBatch } from './leases.ts';
import { inTransaction, type Queryable } from './pool.ts';
import { type Statement, statement } from './statements.ts';

/** When a row whose address is being checked is looked at again, unless it is said: checks take a second to a minute. */
const AWAIT_VERDICT_MS = 10_000;

/** One delivery that a claim took: ours to send in this try, unless it is `withheld`. */
export interface ClaimedDelivery {
  readonly batchId: number;
  readonly number: number;
  readonly try: number;
  /** The retry budget used so far. */
  readonly attempts: number;
  readonly address: string;
  /** The key that suppressions know the address by; `null` unless it was asked for. */
  readonly addressKey: string | null;
  /** `null` for an address that belongs to no recipient. */
  readonly recipientId: number | null;
  readonly contentVersion: number;
  /** It must not be sent (now): the row was ended, put aside or put off instead of claimed. */
  readonly withheld: boolean;
  readonly dueAtMs: number;
  /** When the intent was written, by the database's clock. */
  readonly sendingAtMs: number;
  /**
   * Monotonic ms before which it was surely not claimed: when its claim was asked for, or, of one that was read back, as long before the
   * reading as the database says. Whatever the claim judged was true then, and may be no longer when the row is sent.
   */
  readonly notClaimedBeforeMs: number;
}

interface ClaimRow {
  batch_id?: number;
  number: number;
  try: number;
  attempts: number;
  address: string;
  address_key: string | null;
  recipient_id: number | null;
  content_version: number;
  withheld: boolean;
  due_at_ms: number;
  sending_at_ms: number;
}

/** Of one that is read back. */
interface ReadBackRow extends ClaimRow {
  claimed_ago_ms: number;
}

function toClaimed(row: ClaimRow, batchId: number, notClaimedBeforeMs: number): ClaimedDelivery {
  return {
    batchId,
    number: row.number,
    try: row.try,
    attempts: row.attempts,
    address: row.address,
    addressKey: row.address_key,
    recipientId: row.recipient_id,
    contentVersion: row.content_version,
    withheld: row.withheld,
    dueAtMs: row.due_at_ms,
    sendingAtMs: row.sending_at_ms,
    notClaimedBeforeMs,
  };
}

/**
 * What a claim checks, and a test may switch off: without `fence` whoever once held the batch may claim from it for ever,
 * without `suppressions` those who said no since the expansion are told all the same, without `stops` a pause or a cancel holds only for
 * what nobody leased yet.
 */
export type ClaimGuard = 'fence' | 'suppressions' | 'stops';

/**
 * Claims up to `limit` due deliveries of a leased batch, from `fromNumber` on. None when the lease is lost or too short,
 * or the batch is paused, cancelled, held or expired. Rows that are withheld count towards `limit`.
 * @param wanted `neededLeaseMs` of the lease must be left: the call's time-out and a margin. `addressKeys` asks for them.
 *   After `awaitVerdictMs` a row whose address is being checked is asked for again. A row that is in doubt is claimed only for
 *   `keyUsableMs` after its first try, and else unknown again; undefined is for ever. `without` a guard is for tests.
 */
export async function claimDeliveries(
  db: Queryable,
  batch: LeasedBatch,
  wanted: {
    fromNumber: number;
    limit: number;
    neededLeaseMs: number;
    addressKeys?: boolean;
    awaitVerdictMs?: number;
    keyUsableMs?: number | undefined;
    without?: ClaimGuard | undefined;
  },
): Promise<ClaimedDelivery[]> {
  const askedAtMs = systemMonotonic.now();
  const { rows } = await db.query<ClaimRow>({
    ...(wanted.without === undefined ? statement('claim', batch.day) : unguardedClaim(batch.day, wanted.without)),
    values: [
      batch.accountId,
      batch.id,
      batch.fence,
      wanted.neededLeaseMs,
      wanted.fromNumber,
      wanted.limit,
      wanted.addressKeys ?? false,
      wanted.awaitVerdictMs ?? AWAIT_VERDICT_MS,
      wanted.keyUsableMs ?? null,
    ],
  });
  return rows.map((row) => toClaimed(row, batch.id, askedAtMs));
}

/** What the claim's text is without each guard. */
const WITHOUT: Readonly<Record<ClaimGuard, (text: string) => string>> = {
  fence: (text) =>
    text
      .replace('b.fence = $3', '$3::int IS NOT NULL')
      .replace(/AND b\.lease_until > .*$/m, 'AND $4::float8 IS NOT NULL'),
  suppressions: (text) => text.replace('WHEN batch.guarded AND', 'WHEN false AND'),
  stops: (text) => text.replace('b.paused_at IS NULL AND b.cancelled_at IS NULL AND ', ''),
};

/** The claim without one guard, for a negative control. */
function unguardedClaim(day: string, guard: ClaimGuard): Statement {
  const { name, text } = statement('claim', day);
  const unguarded = WITHOUT[guard](text);
  if (unguarded === text) throw new Error('the claim has no guard to switch off');
  return { name: `without_${guard}_${name}`, text: unguarded };
}

/** Claims the one row of each of these leased one-row batches, as {@link claimDeliveries} does; all must be of the same day. */
export async function claimSingles(
  db: Queryable,
  batches: readonly LeasedBatch[],
  neededLeaseMs: number,
  addressKeys = false,
  awaitVerdictMs = AWAIT_VERDICT_MS,
  keyUsableMs?: number,
): Promise<ClaimedDelivery[]> {
  const day = batches[0]?.day;
  if (day === undefined) return [];
  const askedAtMs = systemMonotonic.now();
  const { rows } = await db.query<ClaimRow>({
    ...statement('claim_singles', day),
    values: [
      batches.map((batch) => batch.accountId),
      batches.map((batch) => batch.id),
      batches.map((batch) => batch.fence),
      day,
      neededLeaseMs,
      addressKeys,
      awaitVerdictMs,
      keyUsableMs ?? null,
    ],
  });
  return rows.map((row) => toClaimed(row, row.batch_id as number, askedAtMs));
}

/**
 * What is `sending` under our fence: read back after a claim whose answer was lost. A claim that is still under way is
 * waited for, as the batch's row is locked first.
 */
export async function readClaim(pool: pg.Pool, batch: LeasedBatch, addressKeys = false): Promise<ClaimedDelivery[]> {
  const askedAtMs = systemMonotonic.now();
  return await inTransaction(pool, async (client) => {
    const held = await client.query(
      'SELECT 1 FROM batches WHERE account_id = $1 AND id = $2 AND fence = $3 FOR UPDATE',
      [batch.accountId, batch.id, batch.fence],
    );
    if (held.rowCount === 0) return [];
    const { rows } = await client.query<ReadBackRow>({
      ...statement('read_claim', batch.day),
      values: [batch.accountId, batch.id, batch.day, addressKeys],
    });
    // A database's clock that was put back makes no row younger than it can be.
    return rows.map((row) => toClaimed(row, batch.id, askedAtMs - Math.max(0, row.claimed_ago_ms)));
  });
}

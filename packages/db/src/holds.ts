/** Holds: what stops new sends within seconds, on everything, one account, one channel, or one channel of an account. */
import type pg from 'pg';
import { recordAudit } from './audit.ts';
import { inTransaction, type Queryable } from './pool.ts';

/** A hold that stands; `accountId` and `channel` null mean every. */
export interface StoredHold {
  readonly id: number;
  readonly accountId: number | null;
  readonly channel: string | null;
  readonly reason: string;
  readonly createdAtMs: number;
  readonly createdBy: string | null;
}

interface HoldRow {
  id: number;
  account_id: number | null;
  channel: string | null;
  reason: string;
  created_at_ms: number;
  created_by: string | null;
}

const COLUMNS = `id, account_id, channel, reason, extract(epoch FROM created_at)::float8 * 1000 AS created_at_ms, created_by`;

function toHold(row: HoldRow): StoredHold {
  return {
    id: row.id,
    accountId: row.account_id,
    channel: row.channel,
    reason: row.reason,
    createdAtMs: row.created_at_ms,
    createdBy: row.created_by,
  };
}

/** Who acts, and in whose audit trail it stands. */
export interface HoldActor {
  readonly actor: string;
  readonly auditAccountId: number | undefined;
}

/** The holds that concern an account, or all that stand. */
export async function listHolds(db: Queryable, accountId: number | undefined): Promise<StoredHold[]> {
  const { rows } = await db.query<HoldRow>(
    `SELECT ${COLUMNS} FROM holds WHERE $1::int IS NULL OR account_id IS NULL OR account_id = $1 ORDER BY id`,
    [accountId ?? null],
  );
  return rows.map(toHold);
}

/** Places a hold; one that stands already stays as it is. Every claim from its commit on finds nothing to send. */
export async function placeHold(
  pool: pg.Pool,
  hold: { accountId: number | null; channel: string | null; reason: string },
  by: HoldActor,
): Promise<{ hold: StoredHold; isNew: boolean }> {
  return await inTransaction(pool, async (client) => {
    for (;;) {
      const { rows } = await client.query<HoldRow>(
        `INSERT INTO holds (account_id, channel, reason, created_at, created_by) VALUES ($1, $2, $3, carillon_now(), $4)
         ON CONFLICT (account_id, channel) DO NOTHING RETURNING ${COLUMNS}`,
        [hold.accountId, hold.channel, hold.reason, by.actor],
      );
      if (rows[0]) {
        await auditHold(client, 'hold.place', toHold(rows[0]), by);
        return { hold: toHold(rows[0]), isNew: true };
      }
      const standing = await client.query<HoldRow>(
        `SELECT ${COLUMNS} FROM holds WHERE account_id IS NOT DISTINCT FROM $1 AND channel IS NOT DISTINCT FROM $2`,
        [hold.accountId, hold.channel],
      );
      if (standing.rows[0]) return { hold: toHold(standing.rows[0]), isNew: false };
      // It was released in between, so that this one is the first again.
    }
  });
}

/**
 * Releases a hold.
 * @param accountId only a hold of this account; undefined is any, also of the installation
 * @returns `unsettled` when a restored database still has to be settled: releasing would send what was sent before.
 */
export async function releaseHold(
  pool: pg.Pool,
  wanted: { id: number; accountId: number | undefined; evenIfUnsettled?: boolean },
  by: HoldActor,
): Promise<{ kind: 'released'; hold: StoredHold } | { kind: 'not_found' } | { kind: 'unsettled' }> {
  return await inTransaction(pool, async (client) => {
    const { rows } = await client.query<HoldRow>(
      `SELECT ${COLUMNS} FROM holds WHERE id = $1 AND ($2::int IS NULL OR account_id = $2) FOR UPDATE`,
      [wanted.id, wanted.accountId ?? null],
    );
    if (!rows[0]) return { kind: 'not_found' };
    const hold = toHold(rows[0]);
    if (hold.accountId === null && hold.channel === null && !wanted.evenIfUnsettled) {
      const restored = await client.query<{ unsettled: boolean }>(
        'SELECT restored_at IS NOT NULL AND restore_settled_at IS NULL AS unsettled FROM installation',
      );
      if (restored.rows[0]?.unsettled) return { kind: 'unsettled' };
    }
    await client.query('DELETE FROM holds WHERE id = $1', [hold.id]);
    await auditHold(client, 'hold.release', hold, by);
    return { kind: 'released', hold };
  });
}

async function auditHold(client: Queryable, action: string, hold: StoredHold, by: HoldActor): Promise<void> {
  const accountId = hold.accountId ?? by.auditAccountId;
  // Nobody's account: what the installation does to itself at a start stands in the log and in the hold.
  if (accountId === undefined) return;
  await recordAudit(client, {
    accountId,
    actor: by.actor,
    action,
    subject: `hld_${hold.id}`,
    detail: { scope: hold.accountId === null ? 'installation' : 'account', channel: hold.channel, reason: hold.reason },
  });
}

/** How owners of jobs are told: what a job says of its own, and the contacts of an account's users. */
import { OWNER_EVENT_TYPES, type StoredNotify } from '@carillon/contracts';
import type pg from 'pg';
import { recordAudit } from './audit.ts';
import { inTransaction, type Queryable } from './pool.ts';

/** A user's contact. */
export interface UserContact {
  readonly userId: string;
  readonly notify: StoredNotify;
  readonly updatedAtMs: number;
}

const COLUMNS = `user_id AS "userId", notify, extract(epoch FROM updated_at)::float8 * 1000 AS "updatedAtMs"`;

/** How the owner of the job j is told: as the job says, or its user. */
export const OWNER = `coalesce(j.notify, (SELECT u.notify FROM user_contacts u WHERE u.account_id = j.account_id AND u.user_id = j.user_id))`;

/** Whether the owner of what it is about is told of events of this type. */
export function isForOwner(type: string): boolean {
  return (OWNER_EVENT_TYPES as readonly string[]).includes(type);
}

/** How the owner of a job is told; null when nobody said. */
export async function readOwner(db: Queryable, accountId: number, jobId: number): Promise<StoredNotify | null> {
  const { rows } = await db.query<{ owner: StoredNotify | null }>(
    `SELECT ${OWNER} AS owner FROM jobs j WHERE j.account_id = $1 AND j.id = $2`,
    [accountId, jobId],
  );
  return rows[0]?.owner ?? null;
}

/**
 * Notes that owners of the account's jobs are told from now on; to be called in the transaction that first says how. What ended before is
 * not told to anybody.
 */
export async function tellOwners(client: Queryable, accountId: number): Promise<void> {
  await client.query(
    'UPDATE accounts SET owners_told_since = carillon_now() WHERE id = $1 AND owners_told_since IS NULL',
    [accountId],
  );
}

/** Stores how a user is told, with its audit entry, which names the ways alone. */
export async function putContact(
  pool: pg.Pool,
  contact: { readonly accountId: number; readonly userId: string },
  prepare: (client: Queryable) => Promise<StoredNotify>,
  actor: string,
): Promise<UserContact> {
  const { accountId, userId } = contact;
  return await inTransaction(pool, async (client) => {
    const notify = await prepare(client);
    const { rows } = await client.query<UserContact>(
      `INSERT INTO user_contacts (account_id, user_id, notify, updated_at) VALUES ($1, $2, $3::jsonb, carillon_now())
       ON CONFLICT (account_id, user_id) DO UPDATE SET notify = excluded.notify, updated_at = excluded.updated_at
       RETURNING ${COLUMNS}`,
      [accountId, userId, JSON.stringify(notify)],
    );
    await tellOwners(client, accountId);
    const detail = { ways: Object.keys(notify) };
    await recordAudit(client, { accountId, actor, action: 'contact.put', subject: `user:${userId}`, detail });
    return rows[0] as UserContact;
  });
}

/** A user's contact, if there is one. */
export async function readContact(db: Queryable, accountId: number, userId: string): Promise<UserContact | undefined> {
  const { rows } = await db.query<UserContact>(
    `SELECT ${COLUMNS} FROM user_contacts WHERE account_id = $1 AND user_id = $2`,
    [accountId, userId],
  );
  return rows[0];
}

/** Deletes a user's contact, with its audit entry. @returns whether there was one */
export async function deleteContact(
  pool: pg.Pool,
  { accountId, userId }: { readonly accountId: number; readonly userId: string },
  actor: string,
): Promise<boolean> {
  return await inTransaction(pool, async (client) => {
    const { rowCount } = await client.query('DELETE FROM user_contacts WHERE account_id = $1 AND user_id = $2', [
      accountId,
      userId,
    ]);
    if (rowCount === 0) return false;
    await recordAudit(client, { accountId, actor, action: 'contact.delete', subject: `user:${userId}`, detail: {} });
    return true;
  });
}

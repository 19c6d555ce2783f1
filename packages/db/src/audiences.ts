/** Audiences and their members. Whoever inserts members holds the audience's row, because no foreign key watches them. */
import type pg from 'pg';
import { recordAudit } from './audit.ts';
import { inTransaction, type Queryable } from './pool.ts';
import { statement } from './statements.ts';

/** An audience with how many members it has now. */
export interface StoredAudience {
  readonly id: number;
  readonly name: string;
  readonly members: number;
  readonly createdAt: Date;
}

interface AudienceRow {
  id: number;
  name: string;
  members: number;
  created_at: Date;
}

const SELECT = `SELECT a.id, a.name, a.created_at,
    (SELECT count(*) FROM audience_members m WHERE m.account_id = a.account_id AND m.audience_id = a.id)::int AS members
  FROM audiences a`;

function toAudience(row: AudienceRow): StoredAudience {
  return { id: row.id, name: row.name, members: row.members, createdAt: row.created_at };
}

/** The audience of that name, made if there is none. */
export async function ensureAudience(
  pool: pg.Pool,
  accountId: number,
  name: string,
  actor: string,
): Promise<{ audience: StoredAudience; created: boolean }> {
  return inTransaction(pool, async (client) => {
    const created = (await createAudiences(client, accountId, [name], actor)).length === 1;
    const { rows } = await client.query<AudienceRow>(`${SELECT} WHERE a.account_id = $1 AND a.name = $2`, [
      accountId,
      name,
    ]);
    return { audience: toAudience(rows[0] as AudienceRow), created };
  });
}

/** Makes those that are missing, and returns only them. In a transaction; the order of names avoids deadlocks. */
async function createAudiences(
  client: Queryable,
  accountId: number,
  names: readonly string[],
  actor: string,
): Promise<{ id: number; name: string }[]> {
  const { rows } = await client.query<{ id: number; name: string }>(
    `INSERT INTO audiences (account_id, name, created_at)
     SELECT $1, n.name, (SELECT carillon_now()) FROM unnest($2::text[]) AS n (name) ORDER BY n.name COLLATE "C"
     ON CONFLICT (account_id, name) DO NOTHING RETURNING id, name`,
    [accountId, names],
  );
  for (const row of rows) {
    await recordAudit(client, { accountId, actor, action: 'audience.create', subject: `aud_${row.id}` });
  }
  return rows;
}

/**
 * The ids of the audiences of these names, made where they are missing, in one transaction of this client.
 * @param names each once
 */
export async function ensureAudiences(
  client: Queryable,
  accountId: number,
  names: readonly string[],
  actor: string,
): Promise<Map<string, number>> {
  await client.query('BEGIN');
  try {
    await createAudiences(client, accountId, names, actor);
    const { rows } = await client.query<{ id: number; name: string }>(
      'SELECT id, name FROM audiences WHERE account_id = $1 AND name = ANY ($2::text[])',
      [accountId, names],
    );
    await client.query('COMMIT');
    return new Map(rows.map((row) => [row.name, row.id]));
  } catch (error) {
    // The first error is the one that tells; a connection that cannot even roll back is destroyed by its owner.
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  }
}

/** One audience, or undefined. */
export async function readAudience(
  db: Queryable,
  accountId: number,
  audienceId: number,
): Promise<StoredAudience | undefined> {
  const { rows } = await db.query<AudienceRow>({
    name: 'read_audience',
    text: `${SELECT} WHERE a.account_id = $1 AND a.id = $2`,
    values: [accountId, audienceId],
  });
  return rows[0] && toAudience(rows[0]);
}

/** Up to `limit` audiences with an id above `afterId`, by id. */
export async function listAudiences(
  db: Queryable,
  accountId: number,
  wanted: { readonly afterId: number; readonly limit: number },
): Promise<StoredAudience[]> {
  const { rows } = await db.query<AudienceRow>({
    name: 'list_audiences',
    text: `${SELECT} WHERE a.account_id = $1 AND a.id > $2 ORDER BY a.id LIMIT $3`,
    values: [accountId, wanted.afterId, wanted.limit],
  });
  return rows.map(toAudience);
}

/** Removes an audience and its memberships, not the people. False when there is none. */
export async function deleteAudience(
  pool: pg.Pool,
  accountId: number,
  audienceId: number,
  actor: string,
): Promise<boolean> {
  return inTransaction(pool, async (client) => {
    const { rowCount } = await client.query('DELETE FROM audiences WHERE account_id = $1 AND id = $2', [
      accountId,
      audienceId,
    ]);
    if (rowCount !== 1) return false;
    // A statement of its own: it sees the members that were committed while the row's lock was waited for.
    await client.query('DELETE FROM audience_members WHERE account_id = $1 AND audience_id = $2', [
      accountId,
      audienceId,
    ]);
    await recordAudit(client, { accountId, actor, action: 'audience.delete', subject: `aud_${audienceId}` });
    return true;
  });
}

/**
 * What a change of members came to. `unknown_recipients` names positions in the two lists, at most 20 each; nothing was
 * changed then.
 */
export type MembersResult =
  | { readonly kind: 'changed'; readonly added: number; readonly removed: number }
  | { readonly kind: 'unknown_audience' }
  | { readonly kind: 'unknown_recipients'; readonly add: readonly number[]; readonly remove: readonly number[] };

/** Adds and removes members by external id: all of it or nothing. */
export async function changeMembers(
  pool: pg.Pool,
  accountId: number,
  audienceId: number,
  change: { readonly add: readonly string[]; readonly remove: readonly string[] },
  actor: string,
): Promise<MembersResult> {
  return inTransaction(pool, async (client) => {
    const audience = await client.query('SELECT FROM audiences WHERE account_id = $1 AND id = $2 FOR KEY SHARE', [
      accountId,
      audienceId,
    ]);
    if (audience.rowCount !== 1) return { kind: 'unknown_audience' };
    const { text } = statement('change_members');
    const { rows } = await client.query<{
      unknown_add: number[];
      unknown_remove: number[];
      added: number;
      removed: number;
      // Unnamed, so that it is planned for lists of this length.
    }>({ text, values: [accountId, audienceId, change.add, change.remove] });
    const row = rows[0] as (typeof rows)[number];
    if (row.unknown_add.length + row.unknown_remove.length > 0) {
      const fromZero = (positions: number[]) => positions.map((position) => position - 1);
      return { kind: 'unknown_recipients', add: fromZero(row.unknown_add), remove: fromZero(row.unknown_remove) };
    }
    if (row.added + row.removed > 0) {
      const detail = { added: row.added, removed: row.removed };
      await recordAudit(client, { accountId, actor, action: 'audience.members', subject: `aud_${audienceId}`, detail });
    }
    return { kind: 'changed', added: row.added, removed: row.removed };
  });
}

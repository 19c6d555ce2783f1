/**
 * API keys: random, shown once, kept as SHA-256. A slow hash would add nothing to 192 bits of randomness, and would be
 * paid at every request.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Queryable } from './pool.ts';

const RANDOM_BYTES = 24;
/** How much of a key is kept in the clear, so that its owner can tell keys apart. */
const PREFIX_LENGTH = 9;

/** Whose key it is, with the account's defaults. */
export interface ApiKeyOwner {
  readonly accountId: number;
  readonly keyId: number;
  /** IANA zone of recipients without one. */
  readonly zone: string;
  /** Country by which phone numbers without calling code are read. */
  readonly country: string;
}

/** SHA-256 of a key's text, under which it is stored. */
export function hashApiKey(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

/** Makes a key. `key` exists nowhere else: whoever loses it needs another. */
export async function createApiKey(
  db: Queryable,
  wanted: { accountId: number; name: string },
): Promise<{ id: number; key: string; prefix: string }> {
  const key = `ck_${randomBytes(RANDOM_BYTES).toString('base64url')}`;
  const prefix = key.slice(0, PREFIX_LENGTH);
  const { rows } = await db.query<{ id: number }>(
    `INSERT INTO api_keys (account_id, name, prefix, hash, created_at) VALUES ($1, $2, $3, $4, carillon_now()) RETURNING id`,
    [wanted.accountId, wanted.name, prefix, hashApiKey(key)],
  );
  return { id: (rows[0] as { id: number }).id, key, prefix };
}

/** The owner of a key that has not been revoked, by the key's hash. */
export async function findApiKey(db: Queryable, hash: Buffer): Promise<ApiKeyOwner | undefined> {
  const { rows } = await db.query<{ account_id: number; id: number; hash: Buffer; zone: string; country: string }>({
    name: 'find_api_key',
    text: `SELECT k.account_id, k.id, k.hash, a.zone, a.country FROM api_keys k JOIN accounts a ON a.id = k.account_id
           WHERE k.hash = $1 AND k.revoked_at IS NULL`,
    values: [hash],
  });
  const row = rows[0];
  if (row === undefined || !timingSafeEqual(row.hash, hash)) return undefined;
  return { accountId: row.account_id, keyId: row.id, zone: row.zone, country: row.country };
}

/** Ends a key; false when the account has no such key in force. */
export async function revokeApiKey(db: Queryable, key: { accountId: number; id: number }): Promise<boolean> {
  const { rowCount } = await db.query(
    'UPDATE api_keys SET revoked_at = carillon_now() WHERE account_id = $1 AND id = $2 AND revoked_at IS NULL',
    [key.accountId, key.id],
  );
  return rowCount === 1;
}

/** The account of that name, made if there is none; zone and country are set only then. */
export async function ensureAccount(
  db: Queryable,
  wanted: { name: string; zone: string; country: string },
): Promise<{ id: number; isNew: boolean }> {
  const { rows } = await db.query<{ id: number }>(
    `INSERT INTO accounts (name, zone, country, created_at) VALUES ($1, $2, $3, carillon_now())
     ON CONFLICT (name) DO NOTHING RETURNING id`,
    [wanted.name, wanted.zone, wanted.country],
  );
  if (rows[0] !== undefined) return { id: rows[0].id, isNew: true };
  const known = await db.query<{ id: number }>('SELECT id FROM accounts WHERE name = $1', [wanted.name]);
  return { id: (known.rows[0] as { id: number }).id, isNew: false };
}

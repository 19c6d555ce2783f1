/**
 * API keys: random, shown once, kept as SHA-256. A slow hash would add nothing to 192 bits of randomness, and would be
 * paid at every request.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Queryable } from './pool.ts';

const RANDOM_BYTES = 24;
/** How much of a key is kept in the clear, so that its owner can tell keys apart. */
const PREFIX_LENGTH = 9;

/** What a key may do, each role all that the one before it may; the API's routes say which they need. */
export const API_KEY_ROLES = ['read', 'write', 'operate', 'admin'] as const;
export type ApiKeyRole = (typeof API_KEY_ROLES)[number];

/** Whose key it is, with the account's defaults. */
export interface ApiKeyOwner {
  readonly accountId: number;
  readonly keyId: number;
  readonly role: ApiKeyRole;
  /** Whether the account's keys may see and hold the whole installation. */
  readonly operator: boolean;
  /** Requests a second that the key may make; null is the installation's default. */
  readonly requestsPerSecond: number | null;
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
  wanted: { accountId: number; name: string; role?: ApiKeyRole },
): Promise<{ id: number; key: string; prefix: string }> {
  const key = `ck_${randomBytes(RANDOM_BYTES).toString('base64url')}`;
  const prefix = key.slice(0, PREFIX_LENGTH);
  const { rows } = await db.query<{ id: number }>(
    `INSERT INTO api_keys (account_id, name, prefix, hash, role, created_at)
     VALUES ($1, $2, $3, $4, $5, carillon_now()) RETURNING id`,
    [wanted.accountId, wanted.name, prefix, hashApiKey(key), wanted.role ?? 'admin'],
  );
  return { id: (rows[0] as { id: number }).id, key, prefix };
}

/** The owner of a key that was neither revoked nor has expired, by the key's hash. Asked for all accounts: role `worker`. */
export async function findApiKey(db: Queryable, hash: Buffer): Promise<ApiKeyOwner | undefined> {
  const { rows } = await db.query<KeyRow>({
    name: 'find_api_key',
    text: `SELECT k.account_id, k.id, k.hash, k.role, a.zone, a.country, a.operator, a.requests_per_second
           FROM api_keys k JOIN accounts a ON a.id = k.account_id
           WHERE k.hash = $1 AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > carillon_now())`,
    values: [hash],
  });
  const row = rows[0];
  if (row === undefined || !timingSafeEqual(row.hash, hash)) return undefined;
  return {
    accountId: row.account_id,
    keyId: row.id,
    role: row.role,
    operator: row.operator,
    requestsPerSecond: row.requests_per_second,
    zone: row.zone,
    country: row.country,
  };
}

interface KeyRow {
  account_id: number;
  id: number;
  hash: Buffer;
  role: ApiKeyRole;
  zone: string;
  country: string;
  operator: boolean;
  requests_per_second: number | null;
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

/**
 * API keys: random, shown once, kept as SHA-256. A slow hash would add nothing to 192 bits of randomness, and would be
 * paid at every request.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { formatId } from '@carillon/core';
import type pg from 'pg';
import { recordAudit } from './audit.ts';
import { inTransaction, type Queryable } from './pool.ts';

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
  wanted: { accountId: number; name: string; role?: ApiKeyRole; expiresAt?: Date | null; rotatedFrom?: number },
): Promise<{ id: number; key: string; prefix: string }> {
  const key = `ck_${randomBytes(RANDOM_BYTES).toString('base64url')}`;
  const prefix = key.slice(0, PREFIX_LENGTH);
  const { rows } = await db.query<{ id: number }>(
    `INSERT INTO api_keys (account_id, name, prefix, hash, role, expires_at, rotated_from, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, carillon_now()) RETURNING id`,
    [
      wanted.accountId,
      wanted.name,
      prefix,
      hashApiKey(key),
      wanted.role ?? 'admin',
      wanted.expiresAt ?? null,
      wanted.rotatedFrom ?? null,
    ],
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

/** A key as it may be shown: all but what it is. */
export interface StoredApiKey {
  readonly id: number;
  readonly name: string;
  /** Its first characters. */
  readonly prefix: string;
  readonly role: ApiKeyRole;
  readonly createdAt: Date;
  /** When it ends, or ended, by itself. */
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  /** The key that it took the place of. */
  readonly rotatedFrom: number | null;
  /** Whether it was refused already when it was read. */
  readonly ended: boolean;
}

interface StoredKeyRow {
  id: number;
  name: string;
  prefix: string;
  role: ApiKeyRole;
  created_at: Date;
  expires_at: Date | null;
  revoked_at: Date | null;
  rotated_from: number | null;
  ended: boolean;
}

const STORED_COLUMNS = `id, name, prefix, role, created_at, expires_at, revoked_at, rotated_from,
  revoked_at IS NOT NULL OR coalesce(expires_at <= carillon_now(), false) AS ended`;

function toStoredKey(row: StoredKeyRow): StoredApiKey {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    role: row.role,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    rotatedFrom: row.rotated_from,
    ended: row.ended,
  };
}

/** The account's keys, those that ended too, in the order in which they were made. */
export async function listApiKeys(
  db: Queryable,
  accountId: number,
  options: { readonly afterId: number; readonly limit: number },
): Promise<StoredApiKey[]> {
  const { rows } = await db.query<StoredKeyRow>(
    `SELECT ${STORED_COLUMNS} FROM api_keys WHERE account_id = $1 AND id > $2 ORDER BY id LIMIT $3`,
    [accountId, options.afterId, options.limit],
  );
  return rows.map(toStoredKey);
}

/** A key that was just made; `key` is shown once. */
export interface IssuedApiKey {
  readonly key: string;
  readonly stored: StoredApiKey;
}

/** {@link createApiKey} with its audit entry. */
export async function issueApiKey(
  pool: pg.Pool,
  wanted: { accountId: number; name: string; role: ApiKeyRole; expiresAt: Date | null },
  actor: string,
): Promise<IssuedApiKey> {
  return await inTransaction(pool, async (client) => {
    const issued = await issue(client, wanted);
    await auditKey(client, wanted.accountId, actor, 'key.create', issued.stored.id, {
      name: wanted.name,
      role: wanted.role,
      expiresAt: wanted.expiresAt?.toISOString() ?? null,
    });
    return issued;
  });
}

/** What became of a rotation. */
export type KeyRotation =
  | { readonly kind: 'rotated'; readonly issued: IssuedApiKey; readonly previous: StoredApiKey }
  | { readonly kind: 'not_found' }
  | { readonly kind: 'ended' };

/**
 * Puts a new key in the place of one: same name, same role, same end. The old one ends now, or after `overlapSeconds`.
 */
export async function rotateApiKey(
  pool: pg.Pool,
  wanted: { accountId: number; id: number; overlapSeconds: number },
  actor: string,
): Promise<KeyRotation> {
  const { accountId, id, overlapSeconds } = wanted;
  return await inTransaction(pool, async (client): Promise<KeyRotation> => {
    const { rows } = await client.query<StoredKeyRow>(
      `SELECT ${STORED_COLUMNS} FROM api_keys WHERE account_id = $1 AND id = $2 FOR UPDATE`,
      [accountId, id],
    );
    if (rows[0] === undefined) return { kind: 'not_found' };
    if (rows[0].ended) return { kind: 'ended' };
    const { name, role, expires_at: expiresAt } = rows[0];
    const ended = await client.query<StoredKeyRow>(
      `UPDATE api_keys
       SET revoked_at = CASE WHEN $3 = 0 THEN carillon_now() ELSE revoked_at END,
           expires_at = CASE WHEN $3 = 0 THEN expires_at
                             ELSE least(expires_at, carillon_now() + $3 * interval '1 second') END
       WHERE account_id = $1 AND id = $2 RETURNING ${STORED_COLUMNS}`,
      [accountId, id, overlapSeconds],
    );
    const issued = await issue(client, { accountId, name, role, expiresAt, rotatedFrom: id });
    const detail = { next: formatId('key', issued.stored.id), overlapSeconds };
    await auditKey(client, accountId, actor, 'key.rotate', id, detail);
    return { kind: 'rotated', issued, previous: toStoredKey(ended.rows[0] as StoredKeyRow) };
  });
}

/** Ends a key, with its audit entry. `ended`: it had ended before, and nothing changed. */
export async function endApiKey(
  pool: pg.Pool,
  key: { accountId: number; id: number },
  actor: string,
): Promise<'revoked' | 'ended' | 'not_found'> {
  return await inTransaction(pool, async (client) => {
    if (await revokeApiKey(client, key)) {
      await auditKey(client, key.accountId, actor, 'key.revoke', key.id, {});
      return 'revoked';
    }
    const { rows } = await client.query('SELECT 1 FROM api_keys WHERE account_id = $1 AND id = $2', [
      key.accountId,
      key.id,
    ]);
    return rows.length > 0 ? 'ended' : 'not_found';
  });
}

async function issue(
  client: Queryable,
  wanted: { accountId: number; name: string; role: ApiKeyRole; expiresAt: Date | null; rotatedFrom?: number },
): Promise<IssuedApiKey> {
  const { id, key } = await createApiKey(client, wanted);
  const { rows } = await client.query<StoredKeyRow>(
    `SELECT ${STORED_COLUMNS} FROM api_keys WHERE account_id = $1 AND id = $2`,
    [wanted.accountId, id],
  );
  return { key, stored: toStoredKey(rows[0] as StoredKeyRow) };
}

async function auditKey(
  client: Queryable,
  accountId: number,
  actor: string,
  action: string,
  id: number,
  detail: Record<string, unknown>,
): Promise<void> {
  await recordAudit(client, { accountId, actor, action, subject: formatId('key', id), detail });
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

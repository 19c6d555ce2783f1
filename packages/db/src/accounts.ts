/** Accounts: the tenants, with the defaults that hold for all that is theirs. */
import { formatId, type QuietHours } from '@carillon/core';
import type pg from 'pg';
import { createApiKey } from './apiKeys.ts';
import { recordAudit } from './audit.ts';
import { inTransaction, type Queryable } from './pool.ts';

/** What an account may be given; what is absent takes the default, or stays. */
export interface AccountSettings {
  /** Unique in the installation. */
  readonly name?: string;
  /** IANA zone of recipients without one. */
  readonly zone?: string;
  /** Country by which phone numbers without calling code are read. */
  readonly country?: string;
  /** By each recipient's own clock; null is none. */
  readonly quietHours?: QuietHours | null;
  /** Of each key; null is the installation's default. */
  readonly requestsPerSecond?: number | null;
  /** What checks of addresses may cost on one day (UTC), in millionths; null is without a limit. */
  readonly checkBudget?: CheckBudgetMicros | null;
  /** For how many days what was sent is kept, and what failed, which is at least as long; null is the installation's default. */
  readonly keepDays?: number | null;
  readonly keepFailedDays?: number | null;
}

/** An amount of money for checks, in millionths of the currency's unit (ISO 4217). */
interface CheckBudgetMicros {
  readonly micros: number;
  readonly currency: string;
}

/** An account as it is stored. */
export interface StoredAccount extends Required<AccountSettings> {
  readonly id: number;
  /** Whether its keys may see and hold the whole installation. */
  readonly operator: boolean;
  /** Grows with each change. */
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

interface AccountRow {
  id: number;
  name: string;
  zone: string;
  country: string;
  operator: boolean;
  quiet_hours: QuietHours | null;
  requests_per_second: number | null;
  check_budget_micros: number | null;
  check_budget_currency: string | null;
  keep_days: number | null;
  keep_failed_days: number | null;
  version: number;
  created_at: Date;
  updated_at: Date;
}

const COLUMNS = `id, name, zone, country, operator, quiet_hours, requests_per_second, check_budget_micros, check_budget_currency,
  keep_days, keep_failed_days, version, created_at, updated_at`;
const UNIQUE_VIOLATION = '23505';

function toAccount(row: AccountRow): StoredAccount {
  return {
    id: row.id,
    name: row.name,
    zone: row.zone,
    country: row.country,
    operator: row.operator,
    quietHours: row.quiet_hours,
    requestsPerSecond: row.requests_per_second,
    checkBudget:
      row.check_budget_micros === null
        ? null
        : { micros: row.check_budget_micros, currency: row.check_budget_currency ?? '' },
    keepDays: row.keep_days,
    keepFailedDays: row.keep_failed_days,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

/** One account. */
export async function readAccount(db: Queryable, id: number): Promise<StoredAccount | undefined> {
  const { rows } = await db.query<AccountRow>(`SELECT ${COLUMNS} FROM accounts WHERE id = $1`, [id]);
  return rows[0] && toAccount(rows[0]);
}

/** One account by its name; for role `worker`, because names are those of others too. */
export async function findAccountByName(db: Queryable, name: string): Promise<StoredAccount | undefined> {
  const { rows } = await db.query<AccountRow>(`SELECT ${COLUMNS} FROM accounts WHERE name = $1`, [name]);
  return rows[0] && toAccount(rows[0]);
}

/** Every account of the installation, in the order in which they were made; for role `worker`. */
export async function listAccounts(
  db: Queryable,
  options: { readonly afterId: number; readonly limit: number },
): Promise<StoredAccount[]> {
  const { rows } = await db.query<AccountRow>(`SELECT ${COLUMNS} FROM accounts WHERE id > $1 ORDER BY id LIMIT $2`, [
    options.afterId,
    options.limit,
  ]);
  return rows.map(toAccount);
}

/** A new account with its first key, of role `admin`, which is shown here and nowhere else. */
export interface CreatedAccount {
  readonly account: StoredAccount;
  readonly keyId: number;
  readonly key: string;
}

/**
 * Makes an account and its first key, with the audit entries of the new account and (when another account asked) of that one.
 * @param pool of role `worker`
 * @returns undefined when the name is taken
 */
export async function createAccount(
  pool: pg.Pool,
  wanted: AccountSettings & { readonly name: string; readonly operator?: boolean; readonly keyName?: string },
  by: { readonly actor: string; readonly accountId?: number },
): Promise<CreatedAccount | undefined> {
  return await inTransaction(pool, async (client) => {
    const { rows } = await client.query<AccountRow>(
      `INSERT INTO accounts (name, zone, country, operator, quiet_hours, requests_per_second, check_budget_micros,
                             check_budget_currency, keep_days, keep_failed_days, created_at, updated_at)
       VALUES ($1, $2, $3, $4, $5::jsonb, $6, $7, $8, $9, $10, carillon_now(), carillon_now())
       ON CONFLICT (name) DO NOTHING RETURNING ${COLUMNS}`,
      [
        wanted.name,
        wanted.zone ?? 'UTC',
        wanted.country ?? 'US',
        wanted.operator ?? false,
        wanted.quietHours ? JSON.stringify(wanted.quietHours) : null,
        wanted.requestsPerSecond ?? null,
        wanted.checkBudget?.micros ?? null,
        wanted.checkBudget?.currency ?? null,
        wanted.keepDays ?? null,
        wanted.keepFailedDays ?? null,
      ],
    );
    if (rows[0] === undefined) return undefined;
    const account = toAccount(rows[0]);
    const name = wanted.keyName ?? 'first key';
    const { id: keyId, key } = await createApiKey(client, { accountId: account.id, name, role: 'admin' });
    const subject = formatId('acc', account.id);
    const detail = { name: account.name, key: formatId('key', keyId) };
    const concerned = new Set([account.id, by.accountId ?? account.id]);
    for (const accountId of concerned) {
      await recordAudit(client, { accountId, actor: by.actor, action: 'account.create', subject, detail });
    }
    return { account, keyId, key };
  });
}

/** What became of a change. */
export type AccountChange =
  | { readonly kind: 'changed'; readonly account: StoredAccount }
  | { readonly kind: 'not_found' }
  | { readonly kind: 'version_conflict'; readonly version: number }
  | { readonly kind: 'name_taken' };

/** Changes an account that is still at this version. */
export async function updateAccount(
  pool: pg.Pool,
  wanted: { readonly accountId: number; readonly version: number; readonly changes: AccountSettings },
  actor: string,
): Promise<AccountChange> {
  const { accountId, version, changes } = wanted;
  try {
    return await inTransaction(pool, async (client): Promise<AccountChange> => {
      const { rows } = await client.query<AccountRow>(`SELECT ${COLUMNS} FROM accounts WHERE id = $1 FOR UPDATE`, [
        accountId,
      ]);
      if (rows[0] === undefined) return { kind: 'not_found' };
      const now = toAccount(rows[0]);
      if (now.version !== version) return { kind: 'version_conflict', version: now.version };
      const next = { ...now, ...changes };
      const updated = await client.query<AccountRow>(
        `UPDATE accounts SET name = $2, zone = $3, country = $4, quiet_hours = $5::jsonb, requests_per_second = $6,
                check_budget_micros = $7, check_budget_currency = $8, keep_days = $9, keep_failed_days = $10,
                version = version + 1, updated_at = carillon_now()
         WHERE id = $1 RETURNING ${COLUMNS}`,
        [
          accountId,
          next.name,
          next.zone,
          next.country,
          next.quietHours === null ? null : JSON.stringify(next.quietHours),
          next.requestsPerSecond,
          next.checkBudget?.micros ?? null,
          next.checkBudget?.currency ?? null,
          next.keepDays,
          next.keepFailedDays,
        ],
      );
      const subject = formatId('acc', accountId);
      await recordAudit(client, { accountId, actor, action: 'account.change', subject, detail: { ...changes } });
      return { kind: 'changed', account: toAccount(updated.rows[0] as AccountRow) };
    });
  } catch (error) {
    if ((error as { code?: unknown }).code === UNIQUE_VIOLATION) return { kind: 'name_taken' };
    throw error;
  }
}

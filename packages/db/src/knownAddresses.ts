/** What an account knows of an e-mail address, says of it by itself, and spends on having it checked. */
import type pg from 'pg';
import { recordAudit } from './audit.ts';
import { confirmAddresses } from './dates.ts';
import { inTransaction, type Queryable } from './pool.ts';

/** A verdict that the account brought along, or that the owner confirmed the address to it. */
interface OwnVerdict {
  readonly verdict: 'confirmed' | 'deliverable' | 'undeliverable' | 'risky' | 'unknown';
  readonly reason: string | null;
  readonly source: string;
  readonly at: Date;
  /** Null is for ever. */
  readonly validUntil: Date | null;
}

/** A check that the account pays for, its own or one that it shares. */
interface PaidCheck {
  readonly state: 'pending' | 'done';
  /** Null before the first; of a check under way that of the one before. */
  readonly verdict: 'deliverable' | 'undeliverable' | 'risky' | 'unknown' | null;
  readonly reason: string | null;
  readonly checkedAt: Date | null;
  readonly checkedBy: string | null;
  readonly validUntil: Date | null;
  /** What the account paid, or may have to pay while it is under way. */
  readonly costMicros: number;
  readonly currency: string;
}

/** What is known of one address; `own` and `check` are null where there is none. */
export interface AddressKnowledge {
  readonly own: OwnVerdict | null;
  readonly check: PaidCheck | null;
  readonly nowMs: number;
}

/** Reads it. @param system of role `worker`, because verdicts of checks belong to no account; only paid ones are read */
export async function readAddressKnowledge(
  system: Queryable,
  accountId: number,
  addressKey: string,
): Promise<AddressKnowledge> {
  const { rows } = await system.query<{
    now: Date;
    own: boolean;
    own_verdict: OwnVerdict['verdict'];
    own_reason: string | null;
    source: string;
    at: Date;
    own_until: Date | null;
    state: PaidCheck['state'] | null;
    verdict: PaidCheck['verdict'];
    reason: string | null;
    checked_at: Date | null;
    checked_by: string | null;
    valid_until: Date | null;
    cost: number;
    currency: string;
  }>({
    name: 'read_address_knowledge',
    text: `SELECT n.now, a.account_id IS NOT NULL AS own, a.verdict AS own_verdict, a.reason AS own_reason, a.source, a.at,
                  a.valid_until AS own_until, c.state, c.verdict, c.reason, c.checked_at, c.checked_by, c.valid_until,
                  c.cost, c.currency
           FROM (SELECT carillon_now() AS now) n
           LEFT JOIN account_verdicts a ON a.account_id = $1 AND a.address_key = $2
           LEFT JOIN LATERAL (
             SELECT v.state, v.verdict, v.reason, v.checked_at, v.checked_by, v.valid_until,
                    coalesce(p.charged_micros, p.price_micros) AS cost, p.currency
             FROM address_verdicts v JOIN check_charges p ON p.address_key = v.address_key AND p.check_run_id = v.check_run_id
             WHERE v.address_key = $2 AND p.account_id = $1
           ) c ON true`,
    values: [accountId, addressKey],
  });
  const row = rows[0] as (typeof rows)[number];
  return {
    nowMs: row.now.getTime(),
    own: row.own
      ? { verdict: row.own_verdict, reason: row.own_reason, source: row.source, at: row.at, validUntil: row.own_until }
      : null,
    check:
      row.state === null
        ? null
        : {
            state: row.state,
            verdict: row.verdict,
            reason: row.reason,
            checkedAt: row.checked_at,
            checkedBy: row.checked_by,
            validUntil: row.valid_until,
            costMicros: row.cost,
            currency: row.currency,
          },
  };
}

/**
 * Notes that the owner of an address confirmed it, with an audit entry where that is new.
 * @returns false when there is no such account
 */
export async function confirmAddress(
  pool: pg.Pool,
  wanted: { readonly accountId: number; readonly addressKey: string; readonly source: string },
  actor: string,
): Promise<boolean> {
  const { accountId, addressKey, source } = wanted;
  return await inTransaction(pool, async (client) => {
    const account = await client.query('SELECT 1 FROM accounts WHERE id = $1', [accountId]);
    if (account.rowCount === 0) return false;
    const isNew = await confirmAddresses(client, accountId, [addressKey], source);
    const subject = subjectOf(addressKey);
    if (isNew > 0)
      await recordAudit(client, { accountId, actor, action: 'address.confirm', subject, detail: { source } });
    return true;
  });
}

/** Takes a confirmation back. @returns false when the address was not confirmed */
export async function withdrawConfirmation(
  pool: pg.Pool,
  wanted: { readonly accountId: number; readonly addressKey: string },
  actor: string,
): Promise<boolean> {
  const { accountId, addressKey } = wanted;
  return await inTransaction(pool, async (client) => {
    const { rowCount } = await client.query(
      `DELETE FROM account_verdicts WHERE account_id = $1 AND address_key = $2 AND verdict = 'confirmed'`,
      [accountId, addressKey],
    );
    if (rowCount === 0) return false;
    await recordAudit(client, { accountId, actor, action: 'address.withdraw', subject: subjectOf(addressKey) });
    return true;
  });
}

/** How the audit trail names an address: by its key, which says nothing about whose it is. */
const subjectOf = (addressKey: string): string => `address_${addressKey}`;

/** A verdict that an account brings along. */
export interface VerdictToImport {
  readonly addressKey: string;
  readonly verdict: 'deliverable' | 'undeliverable' | 'risky';
  readonly reason: string | null;
  /** When it was found out. */
  readonly at: Date;
  readonly validUntil: Date | null;
}

/**
 * Stores them, each address once, with one audit entry. A newer verdict stays, and so does what the owner confirmed.
 * @returns how many were stored
 */
export async function importVerdicts(
  pool: pg.Pool,
  accountId: number,
  verdicts: readonly VerdictToImport[],
  by: { readonly source: string; readonly actor: string },
): Promise<number> {
  if (verdicts.length === 0) return 0;
  return await inTransaction(pool, async (client) => {
    const { rowCount } = await client.query(
      `INSERT INTO account_verdicts AS v (account_id, address_key, verdict, reason, source, at, valid_until)
       SELECT $1, i.key, i.verdict, i.reason, $2, i.at, i.until
       FROM unnest($3::uuid[], $4::text[], $5::text[], $6::timestamptz[], $7::timestamptz[]) AS i (key, verdict, reason, at, until)
       ORDER BY i.key
       ON CONFLICT (account_id, address_key) DO UPDATE
       SET verdict = excluded.verdict, reason = excluded.reason, source = excluded.source, at = excluded.at,
           valid_until = excluded.valid_until
       WHERE v.verdict <> 'confirmed' AND v.at <= excluded.at`,
      [
        accountId,
        by.source,
        verdicts.map((one) => one.addressKey),
        verdicts.map((one) => one.verdict),
        verdicts.map((one) => one.reason),
        verdicts.map((one) => one.at),
        verdicts.map((one) => one.validUntil),
      ],
    );
    const stored = rowCount ?? 0;
    const detail = { given: verdicts.length, stored };
    await recordAudit(client, {
      accountId,
      actor: by.actor,
      action: 'address.import',
      subject: `acc_${accountId}`,
      detail,
    });
    return stored;
  });
}

/** What an account spent on checks on one day (UTC), in millionths of a currency. */
export interface DaySpend {
  readonly day: string;
  readonly currency: string;
  /** Of checks under way, which may still come back. */
  readonly reservedMicros: number;
  readonly chargedMicros: number;
  readonly asked: number;
  readonly shared: number;
}

/** The days of a span, newest first. @param span both included, `YYYY-MM-DD` */
export async function readCheckSpend(
  db: Queryable,
  accountId: number,
  span: { readonly from: string; readonly to: string },
): Promise<DaySpend[]> {
  const { rows } = await db.query<{
    day: string;
    currency: string;
    reserved: number;
    charged: number;
    asked: number;
    shared: number;
  }>(
    `SELECT day, currency, reserved_micros AS reserved, charged_micros AS charged, asked, shared FROM check_spend
     WHERE account_id = $1 AND day BETWEEN $2::date AND $3::date AND asked + shared > 0 ORDER BY day DESC, currency`,
    [accountId, span.from, span.to],
  );
  return rows.map(({ day, currency, reserved, charged, asked, shared }) => ({
    day,
    currency,
    reservedMicros: reserved,
    chargedMicros: charged,
    asked,
    shared,
  }));
}

/** An account's budget for checks on one day, and what is left of it today; in millionths. */
export interface CheckBudgetLeft {
  readonly micros: number;
  readonly currency: string;
  readonly leftMicros: number;
}

/** Reads it; null without a limit. */
export async function readCheckBudget(db: Queryable, accountId: number): Promise<CheckBudgetLeft | null> {
  const { rows } = await db.query<{ micros: number; currency: string; left: number }>(
    `SELECT a.check_budget_micros AS micros, a.check_budget_currency AS currency,
            a.check_budget_micros - coalesce(s.reserved_micros + s.charged_micros, 0) AS left
     FROM accounts a LEFT JOIN check_spend s ON s.account_id = a.id AND s.currency = a.check_budget_currency
       AND s.day = (carillon_now() AT TIME ZONE 'UTC')::date
     WHERE a.id = $1 AND a.check_budget_micros IS NOT NULL`,
    [accountId],
  );
  const row = rows[0];
  return row ? { micros: row.micros, currency: row.currency, leftMicros: Math.max(0, row.left) } : null;
}

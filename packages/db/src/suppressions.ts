/**
 * Suppressions: which addresses of an account are not to be written to, by which channel, why and on whose word. Expansion
 * and claim read the table (sql/is_suppressed.sql); what a provider's refusal adds is in suppressing.ts. Every change made
 * here writes its audit entry in the same statement or transaction.
 */

import { formatId } from '@carillon/core';
import type pg from 'pg';
import { currentAccount } from './accountScope.ts';
import { addressColumns } from './addresses.ts';
import { recordAudit } from './audit.ts';
import { inTransaction, type Queryable } from './pool.ts';
import { statement } from './statements.ts';

/** A suppression that stands. */
export interface StoredSuppression {
  readonly id: number;
  readonly channel: string;
  /** As it is written to: E.164 digits, or an e-mail address. Null when nobody knows it, or it was erased. */
  readonly address: string | null;
  readonly reason: string;
  readonly source: string;
  readonly createdAt: Date;
}

/** An address to be suppressed; `addressKey` as of core's function of that name. */
export interface AddressToSuppress {
  readonly channel: string;
  readonly addressKey: string;
  readonly address: string | null;
  readonly reason: string;
}

interface SuppressionRow {
  id: number;
  channel: string;
  address: string | null;
  reason: string;
  source: string;
  created_at: Date;
}

const COLUMNS = 'id, channel, address, reason, source, created_at';

function toStored(row: SuppressionRow): StoredSuppression {
  const { id, channel, address, reason, source } = row;
  return { id, channel, address, reason, source, createdAt: row.created_at };
}

async function insert(
  db: Queryable,
  accountId: number,
  addresses: readonly AddressToSuppress[],
  by: { source: string; actor: string; detail?: Readonly<Record<string, unknown>> },
): Promise<StoredSuppression[]> {
  const { origin, requestId } = currentAccount();
  const { rows } = await db.query<SuppressionRow>({
    ...statement('suppress'),
    values: [
      accountId,
      addresses.map((one) => one.channel),
      addresses.map((one) => one.addressKey),
      addresses.map((one) => one.address),
      addresses.map((one) => one.reason),
      addresses.map(() => by.source),
      by.actor,
      JSON.stringify(by.detail ?? {}),
      origin ?? null,
      requestId ?? null,
    ],
  });
  return rows.map(toStored);
}

/** How often somebody may remove a suppression in the very moment in which it is added again. */
const TRIES = 5;

/** Suppresses one address; one that is suppressed already stays as it is, with its reason, and is returned. */
export async function suppressAddress(
  db: Queryable,
  accountId: number,
  wanted: AddressToSuppress & { readonly source: string },
  actor: string,
): Promise<{ suppression: StoredSuppression; isNew: boolean }> {
  for (let tries = 1; tries <= TRIES; tries++) {
    const [added] = await insert(db, accountId, [wanted], { source: wanted.source, actor });
    if (added !== undefined) return { suppression: added, isNew: true };
    const standing = await findSuppression(db, accountId, wanted);
    if (standing !== undefined) return { suppression: standing, isNew: false };
  }
  throw new Error('a suppression was removed each time it was found standing');
}

/**
 * Suppresses whom a signed link names. Its address is looked up, because the link does not hold it; somebody who was erased
 * stays without. Needs a database of role `worker`.
 * @returns false when there is no such account
 */
export async function suppressByLink(
  db: Queryable,
  wanted: { accountId: number; channel: string; addressKey: string; runId: number },
): Promise<boolean> {
  const { accountId, channel, addressKey, runId } = wanted;
  const columns = addressColumns(channel);
  const { rows } = await db.query<{ address: string | null }>({
    name: `address_of_link_${channel}`,
    text: `SELECT (SELECT r.${columns.address} FROM recipients r
                   WHERE r.account_id = a.id AND r.${columns.key} = $2 AND r.deleted_at IS NULL ORDER BY r.id LIMIT 1) AS address
           FROM accounts a WHERE a.id = $1::bigint`,
    values: [accountId, addressKey],
  });
  if (rows[0] === undefined) return false;
  const address = { channel, addressKey, address: rows[0].address, reason: 'unsubscribed' };
  const by = { source: 'link', actor: 'recipient', detail: { run: formatId('run', runId) } };
  await insert(db, accountId, [address], by);
  return true;
}

/** What somebody asked for by replying. `saidAtMs` by the provider's clock. */
export interface ReplyWish {
  readonly addressKey: string;
  readonly address: string;
  readonly wish: 'stop' | 'start';
  readonly saidAtMs: number;
}

/**
 * Does what people asked for by reply: `stop` suppresses the address, `start` removes what a reply has suppressed (and
 * nothing else). Doubled and late ones change nothing: the last word of each person counts, and only once.
 */
export async function obeyReplies(
  pool: pg.Pool,
  accountId: number,
  channel: string,
  wishes: readonly ReplyWish[],
): Promise<{ suppressed: number; allowed: number }> {
  const last = new Map<string, ReplyWish>();
  for (const wish of wishes) {
    const known = last.get(wish.addressKey);
    const isLater = known === undefined || wish.saidAtMs > known.saidAtMs;
    if (isLater || (wish.saidAtMs === known.saidAtMs && wish.wish === 'stop')) last.set(wish.addressKey, wish);
  }
  if (last.size === 0) return { suppressed: 0, allowed: 0 };
  const asked = [...last.values()];
  return await inTransaction(pool, async (client) => {
    const { rows: news } = await client.query<{ address_key: string; wish: ReplyWish['wish'] }>({
      ...statement('remember_wishes'),
      values: [
        accountId,
        channel,
        asked.map((one) => one.addressKey),
        asked.map((one) => one.wish),
        asked.map((one) => one.saidAtMs),
      ],
    });
    // Statements of their own: they see what the wishes before these did, which were waited for.
    const stopping = news.flatMap((one) => (one.wish === 'stop' ? (last.get(one.address_key) ?? []) : []));
    const starting = news.filter((one) => one.wish === 'start').map((one) => one.address_key);
    let [suppressed, allowed] = [0, 0];
    if (stopping.length > 0) {
      const addresses = stopping.map((one) => ({ ...one, channel, reason: 'unsubscribed' }));
      suppressed = (await insert(client, accountId, addresses, { source: 'reply', actor: 'recipient' })).length;
    }
    if (starting.length > 0) {
      const { rowCount } = await client.query({
        ...statement('allow_by_reply'),
        values: [accountId, channel, starting],
      });
      allowed = rowCount ?? 0;
    }
    return { suppressed, allowed };
  });
}

/**
 * Suppresses a chunk of an import, at once or not at all, with one audit entry.
 * @returns how many are new
 */
export async function suppressChunk(
  db: Queryable,
  accountId: number,
  addresses: readonly AddressToSuppress[],
  by: { source: string; actor: string },
): Promise<number> {
  if (addresses.length === 0) return 0;
  const { rows } = await db.query<{ added: number }>({
    // Not prepared under a name: a plan that was made for few would be kept for many.
    text: statement('suppress_chunk').text,
    values: [
      accountId,
      addresses.map((one) => one.channel),
      addresses.map((one) => one.addressKey),
      addresses.map((one) => one.address),
      addresses.map((one) => one.reason),
      by.source,
      by.actor,
    ],
  });
  return rows[0]?.added ?? 0;
}

/** One suppression of the account by its id. */
export async function readSuppression(
  db: Queryable,
  accountId: number,
  id: number,
): Promise<StoredSuppression | undefined> {
  const { rows } = await db.query<SuppressionRow>({
    name: 'read_suppression',
    text: `SELECT ${COLUMNS} FROM suppressions WHERE account_id = $1 AND id = $2`,
    values: [accountId, id],
  });
  return rows[0] && toStored(rows[0]);
}

async function findSuppression(
  db: Queryable,
  accountId: number,
  wanted: { channel: string; addressKey: string },
): Promise<StoredSuppression | undefined> {
  const { rows } = await db.query<SuppressionRow>({
    name: 'find_suppression',
    text: `SELECT ${COLUMNS} FROM suppressions WHERE account_id = $1 AND channel = $2 AND address_key = $3`,
    values: [accountId, wanted.channel, wanted.addressKey],
  });
  return rows[0] && toStored(rows[0]);
}

/** Which suppressions are meant; what is absent does not matter. */
export interface SuppressionFilter {
  readonly channel?: string | undefined;
  readonly reason?: string | undefined;
  /** At most one for each channel. */
  readonly addressKey?: string | undefined;
}

/** Up to `limit` of the account's suppressions with an id above `afterId`, by id. */
export async function listSuppressions(
  db: Queryable,
  accountId: number,
  filter: SuppressionFilter,
  options: { readonly afterId: number; readonly limit: number },
): Promise<StoredSuppression[]> {
  const { rows } = await db.query<SuppressionRow>(
    `SELECT ${COLUMNS} FROM suppressions
     WHERE account_id = $1 AND id > $2 AND ($4::text IS NULL OR channel = $4) AND ($5::text IS NULL OR reason = $5)
       ${filter.addressKey === undefined ? 'AND $6::uuid IS NULL' : 'AND channel = $4 AND address_key = $6'}
     ORDER BY id LIMIT $3`,
    [
      accountId,
      options.afterId,
      options.limit,
      filter.channel ?? null,
      filter.reason ?? null,
      filter.addressKey ?? null,
    ],
  );
  return rows.map(toStored);
}

/** Removes a suppression: the address may be written to again. False when there is none. */
export async function deleteSuppression(pool: pg.Pool, accountId: number, id: number, actor: string): Promise<boolean> {
  return await inTransaction(pool, async (client) => {
    const { rows } = await client.query<SuppressionRow>(
      `DELETE FROM suppressions WHERE account_id = $1 AND id = $2 RETURNING ${COLUMNS}`,
      [accountId, id],
    );
    const row = rows[0];
    if (row === undefined) return false;
    const { channel, reason, source } = row;
    const subject = formatId('sup', row.id);
    await recordAudit(client, {
      accountId,
      actor,
      action: 'suppression.delete',
      subject,
      detail: { channel, reason, source },
    });
    return true;
  });
}

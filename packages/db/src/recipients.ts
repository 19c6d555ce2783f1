/**
 * Recipients: put, read, list, erase. Each change writes its audit entry in the same statement or transaction. Whom a job
 * named by address alone (`inline_job_id`) is nobody here: their external ids are a form that no account can give.
 */
import type pg from 'pg';
import { confirmAddresses, type DateToPut, replaceDates } from './dates.ts';
import { inTransaction, type Queryable } from './pool.ts';
import { statement } from './statements.ts';

/** A recipient that has not been deleted. */
export interface StoredRecipient {
  readonly id: number;
  readonly externalId: string;
  readonly name: string | null;
  /** E.164 digits, without plus sign. */
  readonly phone: string | null;
  /** As it is written to. */
  readonly email: string | null;
  readonly zone: string | null;
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
  /** Values by their names, in the order of these. */
  readonly dates: Readonly<Record<string, string>>;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What is put; all values checked and normalized. */
export interface RecipientToPut {
  readonly externalId: string;
  readonly name: string | null;
  readonly phone: string | null;
  /** `addressKey(pepper, 'whatsapp', phone)`; null without a phone. */
  readonly whatsappKey: string | null;
  readonly email: string | null;
  /** `addressKey(pepper, 'email', key)` of `normalizeEmail`'s key; null without an e-mail address. */
  readonly emailKey: string | null;
  readonly zone: string | null;
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
  /** All that the recipient has from now on, each name once. */
  readonly dates: readonly DateToPut[];
  /** Whether the owner is known to have confirmed the e-mail address; false says nothing about it. */
  readonly emailConfirmed: boolean;
}

interface RecipientRow {
  id: number;
  external_id: string;
  name: string | null;
  phone: string | null;
  email: string | null;
  zone: string | null;
  attributes: Record<string, string | number | boolean>;
  dates: Record<string, string> | null;
  created_at: Date;
  updated_at: Date;
}

const COLUMNS = `r.id, r.external_id, r.name, r.phone, r.email, r.zone, r.attributes, r.created_at, r.updated_at,
  (SELECT json_object_agg(d.name, d.value ORDER BY d.name) FROM recipient_dates d
   WHERE d.account_id = r.account_id AND d.recipient_id = r.id) AS dates`;

function toRecipient(row: RecipientRow): StoredRecipient {
  return {
    id: row.id,
    externalId: row.external_id,
    name: row.name,
    phone: row.phone,
    email: row.email,
    zone: row.zone,
    attributes: row.attributes,
    dates: row.dates ?? {},
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

/** Creates or replaces; `created` is also true for one that had been deleted. */
export async function putRecipient(
  pool: pg.Pool,
  accountId: number,
  recipient: RecipientToPut,
  actor: string,
): Promise<{ recipient: StoredRecipient; created: boolean }> {
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<Omit<RecipientRow, 'dates'> & { created: boolean; fresh: boolean }>({
      ...statement('put_recipient'),
      values: [
        accountId,
        recipient.externalId,
        recipient.name,
        recipient.phone,
        recipient.whatsappKey,
        recipient.email,
        recipient.emailKey,
        recipient.zone,
        JSON.stringify(recipient.attributes),
        actor,
        JSON.stringify(recipient.emailConfirmed ? { emailConfirmed: true } : {}),
      ],
    });
    const { created, fresh, ...row } = rows[0] as Omit<RecipientRow, 'dates'> & { created: boolean; fresh: boolean };
    const known = fresh ? [] : [row.id];
    const dates = recipient.dates.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    await replaceDates(client, accountId, {
      known,
      dates: dates.map(({ name, value }) => ({ recipientId: row.id, name, value })),
    });
    if (recipient.emailConfirmed && recipient.emailKey !== null) {
      await confirmAddresses(client, accountId, [recipient.emailKey], 'api');
    }
    const values = Object.fromEntries(dates.map(({ name, value }) => [name, value]));
    return { recipient: toRecipient({ ...row, dates: values }), created };
  });
}

/** The recipient of that external id, unless there is none or it was deleted. */
export async function readRecipient(
  db: Queryable,
  accountId: number,
  externalId: string,
): Promise<StoredRecipient | undefined> {
  const { rows } = await db.query<RecipientRow>({
    name: 'read_recipient',
    text: `SELECT ${COLUMNS} FROM recipients r WHERE r.account_id = $1 AND r.external_id = $2 AND r.deleted_at IS NULL
           AND r.inline_job_id IS NULL`,
    values: [accountId, externalId],
  });
  return rows[0] && toRecipient(rows[0]);
}

/** Up to `limit` recipients with an id above `afterId`, by id; of an audience, if one is given. */
export async function listRecipients(
  db: Queryable,
  accountId: number,
  wanted: { readonly afterId: number; readonly limit: number; readonly audienceId?: number },
): Promise<StoredRecipient[]> {
  const { rows } =
    wanted.audienceId === undefined
      ? await db.query<RecipientRow>({
          name: 'list_recipients',
          text: `SELECT ${COLUMNS} FROM recipients r
                 WHERE r.account_id = $1 AND r.id > $2 AND r.deleted_at IS NULL AND r.inline_job_id IS NULL
                 ORDER BY r.id LIMIT $3`,
          values: [accountId, wanted.afterId, wanted.limit],
        })
      : await db.query<RecipientRow>({
          name: 'list_members',
          text: `SELECT ${COLUMNS} FROM audience_members m
                 JOIN recipients r ON r.account_id = m.account_id AND r.id = m.recipient_id AND r.deleted_at IS NULL
                 WHERE m.account_id = $1 AND m.audience_id = $4 AND m.recipient_id > $2
                 ORDER BY m.recipient_id LIMIT $3`,
          values: [accountId, wanted.afterId, wanted.limit, wanted.audienceId],
        });
  return rows.map(toRecipient);
}

/** Erases a recipient, its dates and its memberships. False when there is none. */
export async function deleteRecipient(
  pool: pg.Pool,
  accountId: number,
  externalId: string,
  actor: string,
): Promise<boolean> {
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ id: number }>({
      ...statement('delete_recipient'),
      values: [accountId, externalId, actor],
    });
    const id = rows[0]?.id;
    if (id === undefined) return false;
    // Statements of their own: they see what was committed while the row's lock was waited for.
    await replaceDates(client, accountId, { known: [id], dates: [] });
    await client.query({
      name: 'delete_memberships',
      // By list, so that it is one look-up per audience and never a walk through all members.
      text: `DELETE FROM audience_members WHERE account_id = $1 AND recipient_id = $2
             AND audience_id = ANY (ARRAY(SELECT id FROM audiences WHERE account_id = $1))`,
      values: [accountId, id],
    });
    await client.query({
      name: 'delete_occasions',
      // By list, for the same reason. What waits for them is then no longer due.
      text: `DELETE FROM occasions WHERE account_id = $1 AND recipient_id = $2
             AND job_id = ANY (ARRAY(SELECT id FROM jobs WHERE account_id = $1 AND dated))`,
      values: [accountId, id],
    });
    return true;
  });
}

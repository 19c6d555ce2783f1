/**
 * Dates of recipients. Whoever writes them holds the lock of the recipient's row, so that a replacement leaves exactly what it
 * brought, whatever else happens to the same person at that moment.
 */
import type pg from 'pg';
import { recordAudit } from './audit.ts';
import { inTransaction, type Queryable } from './pool.ts';
import { statement } from './statements.ts';

/** A date by its name. */
export interface DateToPut {
  readonly name: string;
  /** In the one spelling that core reads it into. */
  readonly value: string;
}

/** A date of one recipient. */
interface DateOfRecipient extends DateToPut {
  readonly recipientId: number;
}

/**
 * Replaces the dates of recipients, whose rows the transaction has locked.
 *
 * @param known ids of those who may have dates already
 * @param dates all that the recipients have from now on, each name once
 */
export async function replaceDates(
  client: Queryable,
  accountId: number,
  { known, dates }: { readonly known: readonly number[]; readonly dates: readonly DateOfRecipient[] },
): Promise<void> {
  if (known.length === 0 && dates.length === 0) return;
  await client.query({
    text: statement('put_dates').text,
    values: [
      accountId,
      known,
      dates.map((date) => date.recipientId),
      dates.map((date) => date.name),
      dates.map((date) => date.value),
    ],
  });
}

/**
 * Notes that the owners of these addresses (by their keys for e-mail) have confirmed them.
 * @returns for how many that is new
 */
export async function confirmAddresses(
  client: Queryable,
  accountId: number,
  addressKeys: Iterable<string>,
  source: string,
): Promise<number> {
  const keys = [...new Set(addressKeys)];
  if (keys.length === 0) return 0;
  const { rowCount } = await client.query({
    text: statement('confirm_addresses').text,
    values: [accountId, keys, source],
  });
  return rowCount ?? 0;
}

/** What became of a wish to set a date. */
export type DatePut =
  | { readonly kind: 'put' }
  /** There is nobody of that external id. */
  | { readonly kind: 'nobody' }
  /** The recipient has as many other dates as there may be. */
  | { readonly kind: 'too_many' };

/** Sets one date; the others stay. @param wanted.most how many dates a recipient may have */
export async function putDate(
  pool: pg.Pool,
  accountId: number,
  wanted: DateToPut & { readonly externalId: string; readonly most: number },
  actor: string,
): Promise<DatePut> {
  return inTransaction(pool, async (client): Promise<DatePut> => {
    const { externalId, name, value, most } = wanted;
    const recipientId = await lockRecipient(client, accountId, externalId);
    if (recipientId === undefined) return { kind: 'nobody' };
    const { rowCount } = await client.query({
      ...statement('put_date'),
      values: [accountId, recipientId, name, value, most],
    });
    if (rowCount === 0) return { kind: 'too_many' };
    await noteChange(client, { accountId, recipientId, name, actor }, 'recipient.date.put');
    return { kind: 'put' };
  });
}

/** Takes one date away. False when there is no such recipient or date. */
export async function deleteDate(
  pool: pg.Pool,
  accountId: number,
  { externalId, name }: { readonly externalId: string; readonly name: string },
  actor: string,
): Promise<boolean> {
  return inTransaction(pool, async (client) => {
    const recipientId = await lockRecipient(client, accountId, externalId);
    if (recipientId === undefined) return false;
    const { rowCount } = await client.query({
      name: 'delete_date',
      text: 'DELETE FROM recipient_dates WHERE account_id = $1 AND recipient_id = $2 AND name = $3',
      values: [accountId, recipientId, name],
    });
    if (rowCount === 0) return false;
    await noteChange(client, { accountId, recipientId, name, actor }, 'recipient.date.delete');
    return true;
  });
}

/** Locks a recipient; its id, or undefined when there is nobody of that external id. */
async function lockRecipient(client: Queryable, accountId: number, externalId: string): Promise<number | undefined> {
  const { rows } = await client.query<{ id: number }>({
    name: 'lock_recipient',
    text: `SELECT id FROM recipients
           WHERE account_id = $1 AND external_id = $2 AND deleted_at IS NULL AND inline_job_id IS NULL
           FOR NO KEY UPDATE`,
    values: [accountId, externalId],
  });
  return rows[0]?.id;
}

/** On the recipient, and in the trail by the date's name alone: its value would outlive the person there. */
async function noteChange(
  client: Queryable,
  of: { readonly accountId: number; readonly recipientId: number; readonly name: string; readonly actor: string },
  action: string,
): Promise<void> {
  const { accountId, actor, recipientId, name } = of;
  await client.query({
    name: 'touch_recipient',
    text: 'UPDATE recipients SET updated_at = carillon_now() WHERE account_id = $1 AND id = $2',
    values: [accountId, recipientId],
  });
  await recordAudit(client, { accountId, actor, action, subject: `rcp_${recipientId}`, detail: { name } });
}

/**
 * Provider accounts: one account's access to a channel's provider. What is secret in it is encrypted at rest, with
 * AES-256-GCM under a key of the installation's secret, bound to its account and field.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { WhatsAppProvider } from '@carillon/contracts';
import { deriveKey } from '@carillon/core';
import type { Queryable } from './pool.ts';

const VERSION = 'v1';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** The key that provider secrets are sealed with. */
export function providerSecretKey(masterSecret: string): Uint8Array {
  return deriveKey(masterSecret, 'provider');
}

function seal(key: Uint8Array, text: string, boundTo: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(boundTo));
  const sealed = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return `${VERSION}.${sealed.toString('base64url')}`;
}

/** What is not sealed is taken as it is: settings may have been written by hand, or by a test. @throws Error when it was sealed with another key, for another account or field, or is damaged */
function open(key: Uint8Array, sealed: string, boundTo: string): string {
  if (!sealed.startsWith(`${VERSION}.`)) return sealed;
  const bytes = Buffer.from(sealed.slice(VERSION.length + 1), 'base64url');
  if (bytes.length < IV_BYTES + TAG_BYTES) throw new Error('not a sealed secret');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES)).setAAD(Buffer.from(boundTo));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  return decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
}

const FIELDS = ['baseUrl', 'apiVersion', 'phoneNumberId', 'accessToken', 'appSecret', 'verifyToken'] as const;
const SECRET_FIELDS = ['accessToken', 'appSecret', 'verifyToken'] as const;
type Settings = Record<(typeof FIELDS)[number], string>;

function settingsOf(value: unknown): Settings {
  const settings = {} as Settings;
  for (const field of FIELDS) {
    const text = (value as Record<string, unknown> | null)?.[field];
    if (typeof text !== 'string') throw new TypeError(`a provider account's settings lack ${field}`);
    settings[field] = text;
  }
  return settings;
}

interface ProviderRow {
  account_id: number;
  id: number;
  settings: unknown;
  messages_per_second: number;
}

function toProvider(row: ProviderRow, key: Uint8Array): WhatsAppProvider {
  const settings = settingsOf(row.settings);
  for (const field of SECRET_FIELDS) {
    try {
      settings[field] = open(key, settings[field], `${row.account_id}/${field}`);
    } catch (cause) {
      throw new Error(
        `the ${field} of provider account ${row.id} cannot be read: CARILLON_SECRET is not the one it was sealed with`,
        {
          cause,
        },
      );
    }
  }
  return {
    channel: 'whatsapp',
    id: row.id,
    accountId: row.account_id,
    messagesPerSecond: row.messages_per_second,
    ...settings,
  };
}

/**
 * Stores a WhatsApp provider account, or replaces the settings of the one with that name.
 * @param key of {@link providerSecretKey}
 */
export async function putWhatsAppProvider(
  db: Queryable,
  key: Uint8Array,
  provider: Omit<WhatsAppProvider, 'id' | 'channel'> & { name: string },
): Promise<number> {
  const { accountId, name, messagesPerSecond, ...settings } = provider;
  const stored = settingsOf(settings);
  for (const field of SECRET_FIELDS) stored[field] = seal(key, settings[field], `${accountId}/${field}`);
  const { rows } = await db.query<{ id: number }>(
    `INSERT INTO provider_accounts (account_id, channel, name, settings, messages_per_second, created_at, updated_at)
     VALUES ($1, 'whatsapp', $2, $3::jsonb, $4, carillon_now(), carillon_now())
     ON CONFLICT (account_id, channel, name) DO UPDATE
       SET settings = excluded.settings, messages_per_second = excluded.messages_per_second, updated_at = excluded.updated_at
     RETURNING id`,
    [accountId, name, JSON.stringify(stored), messagesPerSecond],
  );
  return (rows[0] as { id: number }).id;
}

/** One WhatsApp provider account by its id, whichever account it belongs to; its secrets in the clear. */
export async function findWhatsAppProvider(
  db: Queryable,
  key: Uint8Array,
  id: number,
): Promise<WhatsAppProvider | undefined> {
  const { rows } = await db.query<ProviderRow>({
    name: 'find_whatsapp_provider',
    text: `SELECT account_id, id, settings, messages_per_second FROM provider_accounts WHERE id = $1 AND channel = 'whatsapp'`,
    values: [id],
  });
  return rows[0] && toProvider(rows[0], key);
}

/** The provider account that a job of this account and channel uses: the one asked for, else the first that was made. */
export async function chooseProviderAccount(
  db: Queryable,
  wanted: { accountId: number; channel: string; id: number | undefined },
): Promise<number | undefined> {
  const { rows } = await db.query<{ id: number }>({
    name: 'choose_provider_account',
    text: `SELECT id FROM provider_accounts WHERE account_id = $1 AND channel = $2 AND ($3::int IS NULL OR id = $3)
           ORDER BY id LIMIT 1`,
    values: [wanted.accountId, wanted.channel, wanted.id ?? null],
  });
  return rows[0]?.id;
}

/** Which of these batches an account sends through this provider account. */
export async function batchesOfProvider(
  db: Queryable,
  provider: { accountId: number; id: number },
  batchIds: readonly number[],
): Promise<Set<number>> {
  const { rows } = await db.query<{ id: number }>({
    name: 'batches_of_provider',
    text: `SELECT id FROM batches WHERE account_id = $1 AND provider_account_id = $2 AND id = ANY($3::bigint[])`,
    values: [provider.accountId, provider.id, batchIds],
  });
  return new Set(rows.map((row) => row.id));
}

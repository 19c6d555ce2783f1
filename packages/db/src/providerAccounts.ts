/**
 * Provider accounts: one account's access to a channel's provider, an endpoint for notices among them. What is secret in
 * the settings is sealed (providerSettings.ts), and leaves this file in the clear only in what a channel sends with.
 */
import { type ChannelName, JOB_KINDS, type Provider, type WhatsAppProvider } from '@carillon/contracts';
import { formatId } from '@carillon/core';
import { recordAudit } from './audit.ts';
import { inTransaction, type Queryable } from './pool.ts';
import {
  type ChannelSettings,
  openSettings,
  type SettingsOf,
  sealSettings,
  secretFields,
  secretsInForce,
  type WhatsAppSettings,
} from './providerSettings.ts';

type Pool = Parameters<typeof inTransaction>[0];

/** A provider account to be stored. */
export type NewProvider = ChannelSettings & {
  readonly accountId: number;
  /** Unique per account and channel. */
  readonly name: string;
  readonly messagesPerSecond: number;
  /** People that the provider lets be reached in a moving day; null is without a limit. */
  readonly dailyLimit?: number | null;
};

/** A provider account as it may be shown: of its secrets only whether they are set. */
export interface StoredProvider {
  readonly id: number;
  readonly accountId: number;
  readonly channel: ChannelName;
  readonly name: string;
  /** Without the secrets. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** By the secret's field. */
  readonly secretsSet: Readonly<Record<string, boolean>>;
  readonly messagesPerSecond: number;
  readonly dailyLimit: number | null;
  readonly disabledAt: Date | null;
  readonly disabledReason: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Whether settings (SQL, jsonb) name somebody else to ask than those of the row do. */
const movedBy = (settings: string): string =>
  `(provider_accounts.settings->>'baseUrl' IS DISTINCT FROM (${settings})->>'baseUrl'
    OR provider_accounts.settings->>'verifier' IS DISTINCT FROM (${settings})->>'verifier')`;

const COLUMNS = `account_id, id, channel, name, settings, messages_per_second, daily_limit, disabled_at, disabled_reason,
  created_at, updated_at, moved_at`;

interface ProviderRow {
  account_id: number;
  id: number;
  channel: ChannelName;
  name: string;
  settings: Record<string, unknown>;
  messages_per_second: number;
  daily_limit: number | null;
  disabled_at: Date | null;
  disabled_reason: string | null;
  created_at: Date;
  updated_at: Date;
  moved_at: Date | null;
}

function toStored(row: ProviderRow): StoredProvider {
  const settings = { ...row.settings };
  const secretsSet: Record<string, boolean> = {};
  for (const field of secretFields(row.channel)) {
    secretsSet[field] = settings[field] !== undefined && settings[field] !== '';
    delete settings[field];
  }
  return {
    id: row.id,
    accountId: row.account_id,
    channel: row.channel,
    name: row.name,
    settings,
    secretsSet,
    messagesPerSecond: row.messages_per_second,
    dailyLimit: row.daily_limit,
    disabledAt: row.disabled_at,
    disabledReason: row.disabled_reason,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

/**
 * Stores a provider account, or replaces everything of the one with that channel and name, which is enabled again.
 * @param key of `providerSecretKey`
 */
export async function putProvider(db: Queryable, key: Uint8Array, provider: NewProvider): Promise<number> {
  const { rows } = await db.query<{ id: number }>(
    `INSERT INTO provider_accounts (account_id, channel, name, settings, messages_per_second, daily_limit, created_at, updated_at)
     VALUES ($1, $2, $3, $4::jsonb, $5, $6, carillon_now(), carillon_now())
     ON CONFLICT (account_id, channel, name) DO UPDATE
       SET settings = excluded.settings, messages_per_second = excluded.messages_per_second,
           daily_limit = excluded.daily_limit, disabled_at = NULL, disabled_reason = NULL, updated_at = excluded.updated_at,
           moved_at = CASE WHEN ${movedBy('excluded.settings')} THEN carillon_now() ELSE provider_accounts.moved_at END
     RETURNING id`,
    valuesOf(key, provider),
  );
  return (rows[0] as { id: number }).id;
}

/** {@link putProvider} for WhatsApp, with the settings spread beside the rest. */
export async function putWhatsAppProvider(
  db: Queryable,
  key: Uint8Array,
  provider: WhatsAppSettings & { accountId: number; name: string; messagesPerSecond: number },
): Promise<number> {
  const { accountId, name, messagesPerSecond, ...settings } = provider;
  return await putProvider(db, key, { channel: 'whatsapp', accountId, name, messagesPerSecond, settings });
}

/** Stores a new provider account, with its audit entry; undefined when the account has one of that channel and name. */
export async function createProvider(
  pool: Pool,
  key: Uint8Array,
  provider: NewProvider,
  actor: string,
): Promise<StoredProvider | undefined> {
  return await inTransaction(pool, async (client) => {
    const { rows } = await client.query<ProviderRow>(
      `INSERT INTO provider_accounts (account_id, channel, name, settings, messages_per_second, daily_limit, created_at, updated_at)
       VALUES ($1, $2, $3, $4::jsonb, $5, $6, carillon_now(), carillon_now())
       ON CONFLICT (account_id, channel, name) DO NOTHING RETURNING ${COLUMNS}`,
      valuesOf(key, provider),
    );
    if (rows[0] === undefined) return undefined;
    await audit(client, rows[0], actor, 'provider.create', { channel: provider.channel, name: provider.name });
    return toStored(rows[0]);
  });
}

function valuesOf(key: Uint8Array, provider: NewProvider): unknown[] {
  return [
    provider.accountId,
    provider.channel,
    provider.name,
    JSON.stringify(sealSettings(key, provider.accountId, provider)),
    provider.messagesPerSecond,
    provider.dailyLimit ?? null,
  ];
}

/** What {@link updateProvider} may change; what is absent stays. */
export interface ProviderChanges {
  readonly name?: string;
  readonly messagesPerSecond?: number;
  readonly dailyLimit?: number | null;
  /** Single fields of the settings, secrets in the clear. */
  readonly settings?: Partial<SettingsOf[ChannelName]>;
  readonly enabled?: boolean;
  /** Why it is disabled; for `enabled: false`. */
  readonly reason?: string;
}

/** What became of a change. */
export type ProviderChange =
  | { readonly kind: 'changed'; readonly provider: StoredProvider }
  | { readonly kind: 'not_found' }
  | { readonly kind: 'name_taken' };

/**
 * Changes a provider account, with its audit entry.
 * @param change is given what is there (secrets in the clear), under the row's lock, and says what changes; what it throws ends it all
 */
export async function updateProvider<Channel extends ChannelName>(
  pool: Pool,
  key: Uint8Array,
  wanted: { readonly accountId: number; readonly id: number; readonly channels: readonly Channel[] },
  change: (stored: StoredProvider, settings: SettingsOf[Channel]) => ProviderChanges,
  actor: string,
  action = 'provider.change',
): Promise<ProviderChange> {
  return await inTransaction(pool, async (client): Promise<ProviderChange> => {
    const { rows } = await client.query<ProviderRow>(
      `SELECT ${COLUMNS} FROM provider_accounts
       WHERE account_id = $1 AND id = $2 AND channel = ANY($3::text[]) FOR UPDATE`,
      [wanted.accountId, wanted.id, wanted.channels],
    );
    const row = rows[0];
    if (row === undefined) return { kind: 'not_found' };
    const { account_id: accountId, id, channel } = row;
    const opened = openSettings(key, { accountId, id, channel, settings: row.settings });
    const changes = change(toStored(row), opened as SettingsOf[Channel]);
    const settings = { ...opened, ...changes.settings };
    if (changes.name !== undefined && changes.name !== row.name) {
      const taken = await client.query(
        'SELECT 1 FROM provider_accounts WHERE account_id = $1 AND channel = $2 AND name = $3',
        [accountId, channel, changes.name],
      );
      if (taken.rows.length > 0) return { kind: 'name_taken' };
    }
    const changed = await client.query<ProviderRow>(
      `UPDATE provider_accounts
       SET name = $3, settings = $4::jsonb, messages_per_second = $5, daily_limit = $6, updated_at = carillon_now(),
           moved_at = CASE WHEN ${movedBy('$4::jsonb')} THEN carillon_now() ELSE moved_at END,
           disabled_at = CASE $7::boolean WHEN true THEN NULL WHEN false THEN coalesce(disabled_at, carillon_now()) ELSE disabled_at END,
           disabled_reason = CASE $7::boolean WHEN true THEN NULL WHEN false THEN coalesce(disabled_reason, $8) ELSE disabled_reason END
       WHERE account_id = $1 AND id = $2 RETURNING ${COLUMNS}`,
      [
        accountId,
        id,
        changes.name ?? row.name,
        JSON.stringify(
          changes.settings === undefined
            ? row.settings
            : sealSettings(key, accountId, { channel, settings } as ChannelSettings),
        ),
        changes.messagesPerSecond ?? row.messages_per_second,
        changes.dailyLimit === undefined ? row.daily_limit : changes.dailyLimit,
        changes.enabled ?? null,
        changes.reason ?? null,
      ],
    );
    const fields = [
      ...Object.keys(changes).filter((field) => field !== 'settings'),
      ...Object.keys(changes.settings ?? {}),
    ];
    await audit(client, row, actor, action, { fields });
    return { kind: 'changed', provider: toStored(changed.rows[0] as ProviderRow) };
  });
}

async function audit(
  client: Queryable,
  row: ProviderRow,
  actor: string,
  action: string,
  detail: Record<string, unknown>,
): Promise<void> {
  await recordAudit(client, { accountId: row.account_id, actor, action, subject: formatId('pvd', row.id), detail });
}

/** The account's provider accounts of these channels, in the order in which they were made. */
export async function listProviders(
  db: Queryable,
  accountId: number,
  options: { readonly channels: readonly ChannelName[]; readonly afterId: number; readonly limit: number },
): Promise<StoredProvider[]> {
  const { rows } = await db.query<ProviderRow>(
    `SELECT ${COLUMNS} FROM provider_accounts
     WHERE account_id = $1 AND channel = ANY($2::text[]) AND id > $3 ORDER BY id LIMIT $4`,
    [accountId, options.channels, options.afterId, options.limit],
  );
  return rows.map(toStored);
}

/** One provider account of the account, of one of these channels. */
export async function readProvider(
  db: Queryable,
  accountId: number,
  id: number,
  channels: readonly ChannelName[],
): Promise<StoredProvider | undefined> {
  const { rows } = await db.query<ProviderRow>(
    `SELECT ${COLUMNS} FROM provider_accounts WHERE account_id = $1 AND id = $2 AND channel = ANY($3::text[])`,
    [accountId, id, channels],
  );
  return rows[0] && toStored(rows[0]);
}

/**
 * One provider account by its id, whichever account and channel it belongs to; its secrets in the clear. Of those that are
 * disabled `disabled` is true; a webhook's `enabled` is false instead, and its secrets are those in force now.
 * @param key of `providerSecretKey`
 * @throws Error when a secret cannot be opened
 */
export async function findProvider(db: Queryable, key: Uint8Array, id: number): Promise<Provider | undefined> {
  const { rows } = await db.query<ProviderRow & { now: Date }>({
    name: 'find_provider',
    text: `SELECT ${COLUMNS}, carillon_now() AS now FROM provider_accounts WHERE id = $1`,
    values: [id],
  });
  const row = rows[0];
  if (row === undefined) return undefined;
  const { account_id: accountId, channel, settings } = row;
  const common = { id: row.id, accountId, messagesPerSecond: row.messages_per_second };
  const disabled = row.disabled_at === null ? {} : { disabled: true as const };
  const moved = row.moved_at === null ? {} : { movedAtMs: row.moved_at.getTime() };
  switch (channel) {
    case 'whatsapp':
      return { ...openSettings(key, { ...common, channel, settings }), ...common, channel, ...disabled };
    case 'email':
      return { ...openSettings(key, { ...common, channel, settings }), ...common, channel, ...disabled };
    case 'email_check':
      return { ...openSettings(key, { ...common, channel, settings }), ...common, channel, ...disabled, ...moved };
    case 'payment':
      return { ...openSettings(key, { ...common, channel, settings }), ...common, channel, ...disabled, ...moved };
    case 'webhook': {
      const { url, secrets } = openSettings(key, { ...common, channel, settings });
      return {
        ...common,
        channel,
        url,
        secrets: secretsInForce(secrets, row.now.getTime()),
        enabled: row.disabled_at === null,
      };
    }
    case 'script':
      return { ...common, channel, ...disabled };
    case 'call': {
      const { secrets } = openSettings(key, { ...common, channel, settings });
      return { ...common, channel, secrets: secretsInForce(secrets, row.now.getTime()), ...disabled };
    }
    default:
      throw new TypeError(`provider account ${row.id} is of an unknown channel: ${String(channel satisfies never)}`);
  }
}

/** {@link findProvider}, for those of WhatsApp only. */
export async function findWhatsAppProvider(
  db: Queryable,
  key: Uint8Array,
  id: number,
): Promise<WhatsAppProvider | undefined> {
  const provider = await findProvider(db, key, id);
  return provider?.channel === 'whatsapp' ? provider : undefined;
}

/** The provider account that a job of this account and channel uses: the one asked for, else the first that was made; never a disabled one. */
export async function chooseProviderAccount(
  db: Queryable,
  wanted: { accountId: number; channel: string; id: number | undefined },
): Promise<number | undefined> {
  const { rows } = await db.query<{ id: number }>({
    name: 'choose_provider_account',
    text: `SELECT id FROM provider_accounts
           WHERE account_id = $1 AND channel = $2 AND ($3::int IS NULL OR id = $3) AND disabled_at IS NULL
           ORDER BY id LIMIT 1`,
    values: [wanted.accountId, wanted.channel, wanted.id ?? null],
  });
  return rows[0]?.id;
}

/** Jobs of the account that would go on sending through this provider account. */
export async function activeJobsOfProvider(
  db: Queryable,
  provider: { accountId: number; id: number },
): Promise<number[]> {
  const { rows } = await db.query<{ id: number }>(
    `SELECT id FROM jobs
     WHERE account_id = $1 AND provider_account_id = $2 AND status = 'active' AND kind = ANY ($3::text[]) ORDER BY id`,
    [provider.accountId, provider.id, JOB_KINDS],
  );
  return rows.map((row) => row.id);
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

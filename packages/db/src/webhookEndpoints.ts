/**
 * Webhook endpoints: provider accounts of the channel `webhook`, with what only they have: which events they are told of, since
 * when, and several secrets that overlap. One that was deleted keeps its row, because deliveries name it, without URL
 * and secrets, and is found by nobody.
 */
import { randomUUID } from 'node:crypto';
import { formatId } from '@carillon/core';
import { recordAudit } from './audit.ts';
import { inTransaction, type Queryable } from './pool.ts';
import { openSettings, rotatedSecrets, sealSettings, type WebhookSettings } from './providerSettings.ts';

type Pool = Parameters<typeof inTransaction>[0];

/** The most endpoints that an account may have. */
export const ENDPOINTS_MAX = 20;
/** Notices a second to one endpoint: it is somebody's web server, not a provider. */
const NOTICES_PER_SECOND = 10;

/** An endpoint as it may be shown; instants are epoch milliseconds. */
export interface StoredEndpoint {
  readonly id: number;
  readonly url: string;
  /** Null is every type. */
  readonly eventTypes: readonly string[] | null;
  readonly description: string;
  readonly disabledAtMs: number | null;
  readonly disabledReason: string | null;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}

interface EndpointRow {
  id: number;
  settings: WebhookSettings & Record<string, unknown>;
  disabled_at_ms: number | null;
  disabled_reason: string | null;
  created_at_ms: number;
  updated_at_ms: number;
  now_ms: number;
}

const ms = (column: string, name: string) => `extract(epoch FROM ${column})::float8 * 1000 AS ${name}`;
const COLUMNS = `id, settings, ${ms('disabled_at', 'disabled_at_ms')}, disabled_reason, ${ms('created_at', 'created_at_ms')},
  ${ms('updated_at', 'updated_at_ms')}, ${ms('carillon_now()', 'now_ms')}`;
const IS_ENDPOINT = `channel = 'webhook' AND NOT settings ? 'deletedAt'`;

function toStored(row: EndpointRow): StoredEndpoint {
  return {
    id: row.id,
    url: row.settings.url,
    eventTypes: row.settings.eventTypes ?? null,
    description: row.settings.description ?? '',
    disabledAtMs: row.disabled_at_ms,
    disabledReason: row.disabled_reason,
    createdAtMs: row.created_at_ms,
    updatedAtMs: row.updated_at_ms,
  };
}

/** A new endpoint. */
export interface NewEndpoint {
  readonly accountId: number;
  readonly url: string;
  /** Null is every type. */
  readonly eventTypes: readonly string[] | null;
  readonly description: string;
  /** `whsec_` and base64. */
  readonly secret: string;
}

/**
 * Stores an endpoint, with its audit entry; undefined when the account has as many as it may.
 * @param key of `providerSecretKey`
 */
export async function createEndpoint(
  pool: Pool,
  key: Uint8Array,
  endpoint: NewEndpoint,
  actor: string,
): Promise<StoredEndpoint | undefined> {
  const { accountId } = endpoint;
  return await inTransaction(pool, async (client) => {
    // Two requests at once would both count one less than the limit.
    await client.query('SELECT pg_advisory_xact_lock(hashtext($1), $2)', ['carillon.webhooks', accountId]);
    const { rows: counted } = await client.query<{ count: number }>(
      `SELECT count(*) AS count FROM provider_accounts WHERE account_id = $1 AND ${IS_ENDPOINT}`,
      [accountId],
    );
    if ((counted[0]?.count ?? 0) >= ENDPOINTS_MAX) return undefined;
    const settings = sealed(key, accountId, {
      url: endpoint.url,
      description: endpoint.description,
      secrets: [{ secret: endpoint.secret }],
      ...(endpoint.eventTypes !== null && { eventTypes: endpoint.eventTypes }),
    });
    const { rows } = await client.query<EndpointRow>(
      // Provider accounts are told apart by name; nobody names an endpoint.
      `INSERT INTO provider_accounts (account_id, channel, name, settings, messages_per_second, created_at, updated_at)
       SELECT $1, 'webhook', $2, $3::jsonb || jsonb_build_object('since', n.now), $4, n.now, n.now
       FROM (SELECT carillon_now() AS now) n RETURNING ${COLUMNS}`,
      [accountId, randomUUID(), settings, NOTICES_PER_SECOND],
    );
    const row = rows[0] as EndpointRow;
    await audit(client, accountId, row.id, actor, 'webhook.create', { events: endpoint.eventTypes ?? ['*'] });
    return toStored(row);
  });
}

/** The account's endpoints in the order in which they were made, from above `afterId`. */
export async function listEndpoints(
  db: Queryable,
  accountId: number,
  page: { readonly afterId: number; readonly limit: number },
): Promise<StoredEndpoint[]> {
  const { rows } = await db.query<EndpointRow>(
    `SELECT ${COLUMNS} FROM provider_accounts WHERE account_id = $1 AND ${IS_ENDPOINT} AND id > $2 ORDER BY id LIMIT $3`,
    [accountId, page.afterId, page.limit],
  );
  return rows.map(toStored);
}

/** One endpoint of the account. */
export async function readEndpoint(db: Queryable, accountId: number, id: number): Promise<StoredEndpoint | undefined> {
  const { rows } = await db.query<EndpointRow>(
    `SELECT ${COLUMNS} FROM provider_accounts WHERE account_id = $1 AND id = $2 AND ${IS_ENDPOINT}`,
    [accountId, id],
  );
  return rows[0] && toStored(rows[0]);
}

/** What {@link changeEndpoint} may change; what is absent stays. */
export interface EndpointChanges {
  readonly url?: string | undefined;
  readonly eventTypes?: readonly string[] | null | undefined;
  readonly description?: string | undefined;
  readonly enabled?: boolean | undefined;
}

/**
 * Changes an endpoint, with its audit entry. What it is newly told of begins now: an endpoint that is switched on, or given
 * further types, is not told of what happened before.
 * @returns undefined when the account has none of this id
 */
export async function changeEndpoint(
  pool: Pool,
  key: Uint8Array,
  endpoint: { readonly accountId: number; readonly id: number },
  changes: EndpointChanges,
  actor: string,
): Promise<StoredEndpoint | undefined> {
  return await withEndpoint(pool, key, endpoint, async (client, row, settings) => {
    const { eventTypes: before, ...rest } = settings;
    const types = changes.eventTypes === undefined ? (before ?? null) : changes.eventTypes;
    const more = before !== undefined && (types === null || types.some((type) => !before.includes(type)));
    const begins = more || (changes.enabled === true && row.disabled_at_ms !== null);
    const changed: WebhookSettings = {
      ...rest,
      ...(changes.url !== undefined && { url: changes.url }),
      ...(changes.description !== undefined && { description: changes.description }),
      ...(types !== null && { eventTypes: types }),
    };
    const { rows } = await client.query<EndpointRow>(
      `UPDATE provider_accounts
       SET settings = $3::jsonb || CASE WHEN $4 THEN jsonb_build_object('since', carillon_now()) ELSE '{}' END,
           updated_at = carillon_now(),
           disabled_at = CASE $5::boolean WHEN true THEN NULL WHEN false THEN coalesce(disabled_at, carillon_now()) ELSE disabled_at END,
           disabled_reason = CASE $5::boolean WHEN true THEN NULL WHEN false THEN coalesce(disabled_reason, $6) ELSE disabled_reason END
       WHERE account_id = $1 AND id = $2 RETURNING ${COLUMNS}`,
      [
        endpoint.accountId,
        endpoint.id,
        sealed(key, endpoint.accountId, changed),
        begins,
        changes.enabled ?? null,
        `by ${actor}`,
      ],
    );
    const fields = Object.entries(changes).flatMap(([field, value]) => (value === undefined ? [] : [field]));
    await audit(client, endpoint.accountId, endpoint.id, actor, 'webhook.change', { fields });
    return toStored(rows[0] as EndpointRow);
  });
}

/** What became of a rotation. */
export type EndpointRotation =
  | { readonly kind: 'rotated'; readonly endpoint: StoredEndpoint }
  | { readonly kind: 'not_found' }
  | { readonly kind: 'too_many_secrets' };

/** Gives an endpoint a new secret; those in force go on signing for the overlap, at most as long as they would have. */
export async function rotateEndpoint(
  pool: Pool,
  key: Uint8Array,
  endpoint: { readonly accountId: number; readonly id: number },
  rotation: { readonly secret: string; readonly overlapSeconds: number },
  actor: string,
): Promise<EndpointRotation> {
  const result = await withEndpoint(pool, key, endpoint, async (client, row, settings): Promise<EndpointRotation> => {
    const secrets = rotatedSecrets(settings.secrets, rotation, row.now_ms);
    if (secrets === undefined) return { kind: 'too_many_secrets' };
    const { rows } = await client.query<EndpointRow>(
      `UPDATE provider_accounts SET settings = $3::jsonb, updated_at = carillon_now()
       WHERE account_id = $1 AND id = $2 RETURNING ${COLUMNS}`,
      [endpoint.accountId, endpoint.id, sealed(key, endpoint.accountId, { ...settings, secrets })],
    );
    const { overlapSeconds } = rotation;
    await audit(client, endpoint.accountId, endpoint.id, actor, 'webhook.rotate', { overlapSeconds });
    return { kind: 'rotated', endpoint: toStored(rows[0] as EndpointRow) };
  });
  return result ?? { kind: 'not_found' };
}

/** Deletes an endpoint, URL and secrets first; what still waits for it fails as `endpoint_disabled`. Whether there was one. */
export async function deleteEndpoint(
  pool: Pool,
  endpoint: { readonly accountId: number; readonly id: number },
  actor: string,
): Promise<boolean> {
  const { accountId, id } = endpoint;
  return await inTransaction(pool, async (client) => {
    const { rowCount } = await client.query(
      `UPDATE provider_accounts
       SET settings = jsonb_build_object('url', '', 'secrets', '[]', 'deletedAt', carillon_now()), updated_at = carillon_now(),
           disabled_at = coalesce(disabled_at, carillon_now()), disabled_reason = 'deleted'
       WHERE account_id = $1 AND id = $2 AND ${IS_ENDPOINT}`,
      [accountId, id],
    );
    if (rowCount === 0) return false;
    await audit(client, accountId, id, actor, 'webhook.delete', {});
    return true;
  });
}

/** Does `work` with the endpoint's row, locked, and its settings in the clear; undefined when there is none. */
async function withEndpoint<T>(
  pool: Pool,
  key: Uint8Array,
  endpoint: { readonly accountId: number; readonly id: number },
  work: (client: Queryable, row: EndpointRow, settings: WebhookSettings) => Promise<T>,
): Promise<T | undefined> {
  const { accountId, id } = endpoint;
  return await inTransaction(pool, async (client) => {
    const { rows } = await client.query<EndpointRow>(
      `SELECT ${COLUMNS} FROM provider_accounts WHERE account_id = $1 AND id = $2 AND ${IS_ENDPOINT} FOR UPDATE`,
      [accountId, id],
    );
    const row = rows[0];
    if (row === undefined) return undefined;
    return await work(client, row, openSettings(key, { accountId, id, channel: 'webhook', settings: row.settings }));
  });
}

function sealed(key: Uint8Array, accountId: number, settings: WebhookSettings): string {
  return JSON.stringify(sealSettings(key, accountId, { channel: 'webhook', settings }));
}

async function audit(
  client: Queryable,
  accountId: number,
  id: number,
  actor: string,
  action: string,
  detail: Record<string, unknown>,
): Promise<void> {
  await recordAudit(client, { accountId, actor, action, subject: formatId('whk', id), detail });
}

/** Stored templates: contents under a name. A change makes a further version; those that were stored never change. */
import type { Content } from '@carillon/contracts';
import type pg from 'pg';
import { recordAudit } from './audit.ts';
import { inTransaction, type Queryable } from './pool.ts';

/** A template in one of its versions. Instants are epoch milliseconds. */
export interface StoredTemplate {
  readonly id: number;
  readonly name: string;
  readonly channel: string;
  /** The newest version there is. */
  readonly version: number;
  /** The version of `body`. */
  readonly bodyVersion: number;
  readonly body: Content;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly versionCreatedAtMs: number;
  readonly versionCreatedBy: string;
}

interface Row {
  id: number;
  name: string;
  channel: string;
  version: number;
  body_version: number;
  body: Content;
  created_at_ms: number;
  updated_at_ms: number;
  version_created_at_ms: number;
  created_by: string;
}

const ms = (column: string): string => `extract(epoch FROM ${column})::float8 * 1000`;

const COLUMNS = `t.id, t.name, t.channel, t.version, v.version AS body_version, v.body, ${ms('t.created_at')} AS created_at_ms,
  ${ms('t.updated_at')} AS updated_at_ms, ${ms('v.created_at')} AS version_created_at_ms, v.created_by`;

function toStored(row: Row): StoredTemplate {
  return {
    id: row.id,
    name: row.name,
    channel: row.channel,
    version: row.version,
    bodyVersion: row.body_version,
    body: row.body,
    createdAtMs: row.created_at_ms,
    updatedAtMs: row.updated_at_ms,
    versionCreatedAtMs: row.version_created_at_ms,
    versionCreatedBy: row.created_by,
  };
}

/** Which template: by id or by name; and which of its versions, default the newest. */
export interface TemplateKey {
  readonly id?: number | undefined;
  readonly name?: string | undefined;
  readonly version?: number | undefined;
}

/** A template of an account; undefined when there is none, or not that version. Deleted ones are not found. */
export async function readTemplate(
  db: Queryable,
  accountId: number,
  key: TemplateKey,
): Promise<StoredTemplate | undefined> {
  const { rows } = await db.query<Row>({
    name: 'read_template',
    text: `SELECT ${COLUMNS} FROM templates t
           JOIN template_versions v ON v.account_id = t.account_id AND v.template_id = t.id AND v.version = coalesce($4, t.version)
           WHERE t.account_id = $1 AND t.deleted_at IS NULL AND ($2::bigint IS NULL OR t.id = $2) AND ($3::text IS NULL OR t.name = $3)
             AND ($2::bigint IS NOT NULL OR $3::text IS NOT NULL)`,
    values: [accountId, key.id ?? null, key.name ?? null, key.version ?? null],
  });
  return rows[0] && toStored(rows[0]);
}

/** Templates of an account in the order of their ids, in their newest versions. */
export async function listTemplates(
  db: Queryable,
  accountId: number,
  wanted: { afterId: number; limit: number; channel?: string | undefined },
): Promise<StoredTemplate[]> {
  const { rows } = await db.query<Row>({
    name: 'list_templates',
    text: `SELECT ${COLUMNS} FROM templates t
           JOIN template_versions v ON v.account_id = t.account_id AND v.template_id = t.id AND v.version = t.version
           WHERE t.account_id = $1 AND t.id > $2 AND t.deleted_at IS NULL AND ($4::text IS NULL OR t.channel = $4)
           ORDER BY t.id LIMIT $3`,
    values: [accountId, wanted.afterId, wanted.limit, wanted.channel ?? null],
  });
  return rows.map(toStored);
}

/** Versions of a template, the newest first, from below `beforeVersion` on; undefined when there is no such template. */
export async function listTemplateVersions(
  db: Queryable,
  accountId: number,
  wanted: { id: number; beforeVersion: number | undefined; limit: number },
): Promise<StoredTemplate[] | undefined> {
  const { rows } = await db.query<Row>({
    name: 'list_template_versions',
    text: `SELECT ${COLUMNS} FROM templates t JOIN template_versions v ON v.account_id = t.account_id AND v.template_id = t.id
           WHERE t.account_id = $1 AND t.id = $2 AND t.deleted_at IS NULL AND v.version < coalesce($3::int, 2147483647)
           ORDER BY v.version DESC LIMIT $4`,
    values: [accountId, wanted.id, wanted.beforeVersion ?? null, wanted.limit],
  });
  if (rows.length > 0) return rows.map(toStored);
  return (await readTemplate(db, accountId, { id: wanted.id })) === undefined ? undefined : [];
}

/** Stores a template in its first version; undefined when its name is taken. Pass the client of a transaction. */
export async function insertTemplate(
  client: Queryable,
  template: { accountId: number; name: string; channel: string; body: Content; actor: string },
): Promise<StoredTemplate | undefined> {
  const { accountId, name, channel, body, actor } = template;
  const { rows } = await client.query<{ id: number }>(
    `INSERT INTO templates (account_id, name, channel, created_at, updated_at)
     SELECT $1, $2, $3, n.now, n.now FROM (SELECT carillon_now() AS now) n
     ON CONFLICT (account_id, name) WHERE deleted_at IS NULL DO NOTHING RETURNING id`,
    [accountId, name, channel],
  );
  const id = rows[0]?.id;
  if (id === undefined) return undefined;
  await insertVersion(client, { accountId, id, version: 1, body, actor });
  const detail = { name, channel };
  await recordAudit(client, { accountId, actor, action: 'template.create', subject: `tpl_${id}`, detail });
  return await readTemplate(client, accountId, { id });
}

async function insertVersion(
  client: Queryable,
  version: { accountId: number; id: number; version: number; body: Content; actor: string },
): Promise<void> {
  await client.query(
    `INSERT INTO template_versions (account_id, template_id, version, body, created_at, created_by)
     VALUES ($1, $2, $3, $4::jsonb, carillon_now(), $5)`,
    [version.accountId, version.id, version.version, JSON.stringify(version.body), version.actor],
  );
}

/** What became of a change: the template as it is now, unchanged when it said the same already. */
export type TemplateChange =
  | { readonly kind: 'stored'; readonly template: StoredTemplate }
  | { readonly kind: 'not_found' }
  | { readonly kind: 'version_conflict'; readonly version: number };

/**
 * Stores the next version of a template.
 * @param change `bodyFor` makes the content once the channel is known; what it throws changes nothing. `basedOn` is the
 *   version that the change was made from, where that is asked
 */
export async function putTemplateVersion(
  pool: pg.Pool,
  change: {
    accountId: number;
    id: number;
    bodyFor: (channel: string) => Content;
    basedOn: number | undefined;
    actor: string;
  },
): Promise<TemplateChange> {
  const { accountId, id, actor } = change;
  return await inTransaction(pool, async (client) => {
    await client.query('SELECT 1 FROM templates WHERE account_id = $1 AND id = $2 FOR UPDATE', [accountId, id]);
    const present = await readTemplate(client, accountId, { id });
    if (present === undefined) return { kind: 'not_found' };
    const body = change.bodyFor(present.channel);
    if (change.basedOn !== undefined && change.basedOn !== present.version) {
      return { kind: 'version_conflict', version: present.version };
    }
    const { rows } = await client.query<{ same: boolean }>(
      `SELECT body = $4::jsonb AS same FROM template_versions WHERE account_id = $1 AND template_id = $2 AND version = $3`,
      [accountId, id, present.version, JSON.stringify(body)],
    );
    if (rows[0]?.same) return { kind: 'stored', template: present };
    const version = present.version + 1;
    await insertVersion(client, { accountId, id, version, body, actor });
    await client.query(
      'UPDATE templates SET version = $3, updated_at = carillon_now() WHERE account_id = $1 AND id = $2',
      [accountId, id, version],
    );
    await recordAudit(client, {
      accountId,
      actor,
      action: 'template.change',
      subject: `tpl_${id}`,
      detail: { version },
    });
    const template = await readTemplate(client, accountId, { id });
    if (template === undefined) throw new Error(`template ${id} is gone while its row is locked`);
    return { kind: 'stored', template };
  });
}

/** Deletes a template; jobs keep what they took from it, and its name is free again. @returns whether there was one */
export async function deleteTemplate(
  pool: pg.Pool,
  template: { accountId: number; id: number; actor: string },
): Promise<boolean> {
  const { accountId, id, actor } = template;
  return await inTransaction(pool, async (client) => {
    const { rowCount } = await client.query(
      'UPDATE templates SET deleted_at = carillon_now() WHERE account_id = $1 AND id = $2 AND deleted_at IS NULL',
      [accountId, id],
    );
    if (rowCount === 0) return false;
    await recordAudit(client, { accountId, actor, action: 'template.delete', subject: `tpl_${id}` });
    return true;
  });
}

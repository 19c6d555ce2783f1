/** The audit trail: who changed what, written in the transaction of the change itself. */
import { currentAccount } from './accountScope.ts';
import type { Queryable } from './pool.ts';

/** One entry. */
export interface AuditEntry {
  readonly accountId: number;
  /** Who, such as `key_3` or `dashboard`. */
  readonly actor: string;
  /** What, such as `job.create`. */
  readonly action: string;
  /** Public id of what was changed, such as `job_42`. */
  readonly subject: string;
  /** Further facts; nothing secret and no address. */
  readonly detail?: Readonly<Record<string, unknown>>;
}

/**
 * Writes an entry; pass the client of the change's transaction. Where it came from is taken from the current work's scope,
 * because a connection of role `worker` does not know it.
 */
export async function recordAudit(client: Queryable, entry: AuditEntry): Promise<void> {
  const { origin, requestId } = currentAccount();
  await client.query({
    name: 'record_audit',
    text: `INSERT INTO audit_entries (account_id, at, actor, action, subject, detail, origin, request_id)
           VALUES ($1, carillon_now(), $2, $3, $4, $5::jsonb,
                   coalesce($6, nullif(current_setting('carillon.origin', true), '')),
                   coalesce($7, nullif(current_setting('carillon.request_id', true), '')))`,
    values: [
      entry.accountId,
      entry.actor,
      entry.action,
      entry.subject,
      JSON.stringify(entry.detail ?? {}),
      origin ?? null,
      requestId ?? null,
    ],
  });
}

/** An entry as it is stored. */
export interface StoredAuditEntry {
  readonly id: number;
  readonly at: Date;
  readonly actor: string;
  /** The name of the key that acted, where one did. */
  readonly actorName: string | null;
  readonly action: string;
  readonly subject: string;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly origin: string | null;
  readonly requestId: string | null;
}

/** Which entries are meant; what is absent does not matter. */
export interface AuditFilter {
  readonly actor?: string | undefined;
  /** An action such as `job.create`, or with a dot at its end all of a kind, such as `job.`. */
  readonly action?: string | undefined;
  readonly subject?: string | undefined;
  /** From here on. */
  readonly since?: Date | undefined;
  /** Before this. */
  readonly until?: Date | undefined;
}

/** The account's entries, the newest first. @param options.beforeId of the last entry of the page before */
export async function listAudit(
  db: Queryable,
  accountId: number,
  filter: AuditFilter,
  options: { readonly beforeId: number; readonly limit: number },
): Promise<StoredAuditEntry[]> {
  const { rows } = await db.query<AuditRow>(
    `SELECT e.id, e.at, e.actor, k.name AS actor_name, e.action, e.subject, e.detail, e.origin, e.request_id
     FROM audit_entries e
     LEFT JOIN api_keys k
       ON k.account_id = e.account_id AND k.id = CASE WHEN e.actor ~ '^key_[0-9]{1,9}$' THEN substr(e.actor, 5)::int END
     WHERE e.account_id = $1 AND e.id < $2
       AND ($3::text IS NULL OR e.actor = $3)
       AND ($4::text IS NULL OR e.action = $4 OR (right($4, 1) = '.' AND starts_with(e.action, $4)))
       AND ($5::text IS NULL OR e.subject = $5)
       AND ($6::timestamptz IS NULL OR e.at >= $6) AND ($7::timestamptz IS NULL OR e.at < $7)
     ORDER BY e.id DESC LIMIT $8`,
    [
      accountId,
      options.beforeId,
      filter.actor ?? null,
      filter.action ?? null,
      filter.subject ?? null,
      filter.since ?? null,
      filter.until ?? null,
      options.limit,
    ],
  );
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    actor: row.actor,
    actorName: row.actor_name,
    action: row.action,
    subject: row.subject,
    detail: row.detail,
    origin: row.origin,
    requestId: row.request_id,
  }));
}

interface AuditRow {
  id: number;
  at: Date;
  actor: string;
  actor_name: string | null;
  action: string;
  subject: string;
  detail: Record<string, unknown>;
  origin: string | null;
  request_id: string | null;
}

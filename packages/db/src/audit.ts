/** The audit trail: who changed what, written in the transaction of the change itself. */
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

/** Writes an entry; pass the client of the change's transaction. */
export async function recordAudit(client: Queryable, entry: AuditEntry): Promise<void> {
  await client.query({
    name: 'record_audit',
    text: `INSERT INTO audit_entries (account_id, at, actor, action, subject, detail)
           VALUES ($1, carillon_now(), $2, $3, $4, $5::jsonb)`,
    values: [entry.accountId, entry.actor, entry.action, entry.subject, JSON.stringify(entry.detail ?? {})],
  });
}

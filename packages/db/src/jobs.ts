/** Creating jobs: from names to ids, and the job's row with its content and audit entry in one statement. */
import type { Content, StoredPolicy, StoredTrigger, Target } from '@carillon/contracts';
import type { Queryable } from './pool.ts';

/** Audiences by id or name and recipients by externalId, as a request names them. */
export interface NamedTarget {
  readonly audienceIds: readonly number[];
  readonly audienceNames: readonly string[];
  readonly externalIds: readonly string[];
}

/** The ids behind the names; what is missing from a map does not exist in the account. */
export interface ResolvedNames {
  readonly audienceIds: ReadonlySet<number>;
  readonly audiencesByName: ReadonlyMap<string, number>;
  readonly recipientsByExternalId: ReadonlyMap<string, number>;
}

/** Looks names up. Recipients that were deleted are not found. */
export async function resolveNames(db: Queryable, accountId: number, named: NamedTarget): Promise<ResolvedNames> {
  const audienceIds = new Set<number>();
  const audiencesByName = new Map<string, number>();
  const recipientsByExternalId = new Map<string, number>();
  if (named.audienceIds.length > 0 || named.audienceNames.length > 0) {
    const { rows } = await db.query<{ id: number; name: string }>({
      name: 'resolve_audiences',
      text: `SELECT id, name FROM audiences WHERE account_id = $1 AND (id = ANY ($2::bigint[]) OR name = ANY ($3::text[]))`,
      values: [accountId, named.audienceIds, named.audienceNames],
    });
    for (const { id, name } of rows) {
      audienceIds.add(id);
      audiencesByName.set(name, id);
    }
  }
  if (named.externalIds.length > 0) {
    const { rows } = await db.query<{ id: number; external_id: string }>({
      name: 'resolve_recipients',
      text: `SELECT id, external_id FROM recipients
             WHERE account_id = $1 AND external_id = ANY ($2::text[]) AND deleted_at IS NULL`,
      values: [accountId, named.externalIds],
    });
    for (const row of rows) recipientsByExternalId.set(row.external_id, row.id);
  }
  return { audienceIds, audiencesByName, recipientsByExternalId };
}

/** To whom as a request named them, kept beside the ids so that the answer can show it. */
export interface AskedAudience {
  readonly everyone: boolean;
  readonly audiences: readonly string[];
  readonly recipients: readonly string[];
  readonly exclude: { readonly audiences: readonly string[]; readonly recipients: readonly string[] };
}

export interface NewJob {
  readonly accountId: number;
  readonly name: string;
  readonly kind: 'message';
  readonly channel: string;
  readonly providerAccountId: number;
  readonly trigger: StoredTrigger;
  readonly target: Target;
  readonly asked: AskedAudience;
  readonly policy: StoredPolicy;
  readonly content: Content;
  /** When the scheduler is to plan its run; null when the caller plans it in this transaction. */
  readonly nextRunAtMs: number | null;
  readonly actor: string;
}

/** Inserts a job with its first content and its audit entry; returns its id. */
export async function insertJob(client: Queryable, job: NewJob): Promise<number> {
  const { rows } = await client.query<{ id: number }>({
    name: 'insert_job',
    text: `WITH job AS (
             INSERT INTO jobs (account_id, name, kind, channel, provider_account_id, trigger, audience, policy, next_run_at,
                               created_at, updated_at)
             SELECT $1, $2, $3, $4, $5, $6::jsonb, $7::jsonb, $8::jsonb, to_timestamp($9::float8 / 1000), n.now, n.now
             FROM (SELECT carillon_now() AS now) n
             RETURNING account_id, id, name, created_at
           ), content AS (
             INSERT INTO contents (account_id, job_id, version, body, created_at)
             SELECT account_id, id, 1, $10::jsonb, created_at FROM job
           ), audit AS (
             INSERT INTO audit_entries (account_id, at, actor, action, subject, detail)
             SELECT account_id, created_at, $11, 'job.create', 'job_' || id, jsonb_build_object('name', name) FROM job
           )
           SELECT id FROM job`,
    values: [
      job.accountId,
      job.name,
      job.kind,
      job.channel,
      job.providerAccountId,
      JSON.stringify(job.trigger),
      JSON.stringify({ ...job.target, asked: job.asked }),
      JSON.stringify(job.policy),
      job.nextRunAtMs,
      JSON.stringify(job.content),
      job.actor,
    ],
  });
  return (rows[0] as { id: number }).id;
}

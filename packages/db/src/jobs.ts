/** Creating jobs: from names to ids, and the job's row with its content and audit entry in one statement. */
import {
  type Content,
  isSchedule,
  isSingleTarget,
  type JobKind,
  type StoredNotify,
  type StoredPolicy,
  type StoredTrigger,
  type Target,
} from '@carillon/contracts';
import { scheduleChecks } from './aheadChecks.ts';
import { tellOwners } from './owners.ts';
import { verificationOf } from './plannable.ts';
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

/** Looks names up. Recipients that were deleted are not found, nor those that a job named by address alone. */
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
             WHERE account_id = $1 AND external_id = ANY ($2::text[]) AND deleted_at IS NULL AND inline_job_id IS NULL`,
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
  /** How many were named by address alone; they themselves are recipients of the job's own. */
  readonly inlineAddresses?: number;
  readonly exclude: { readonly audiences: readonly string[]; readonly recipients: readonly string[] };
  /** For the test of a job: which one. */
  readonly testOf?: number;
}

export interface NewJob {
  readonly accountId: number;
  /** Where something had to refer to the job before it was there (`insertInlineRecipients`). */
  readonly id?: number;
  readonly name: string;
  /** A `test` is listed only when asked for. */
  readonly kind: JobKind | 'test';
  readonly channel: string;
  readonly providerAccountId: number;
  readonly trigger: StoredTrigger;
  readonly target: Target;
  readonly asked: AskedAudience;
  readonly policy: StoredPolicy;
  readonly content: Content;
  /** When the scheduler is to plan its run, or to pass over its dates; null when the caller plans it in this transaction. */
  readonly nextRunAtMs: number | null;
  /** The moment that it is about; left out or null it is now, or when its run is planned. A job of dates has none. */
  readonly plannedAtMs?: number | null;
  /** W3C traceparent of the request; the sender's calls go on below it. */
  readonly traceContext?: string | undefined;
  /** The account's own id of the user that it belongs to. */
  readonly userId?: string | undefined;
  readonly tags?: readonly string[];
  /** How its owner is told; left out as the user's contact says. */
  readonly notify?: StoredNotify | undefined;
  readonly actor: string;
}

/**
 * Whether a job speaks to a crowd, and is compared with others like it: everyone, an audience, or more than one recipient. One that
 * comes again or follows dates is none: it has no moment that another one's could be near.
 */
export function isAnnouncement(kind: string, target: Target, trigger: StoredTrigger): boolean {
  if (kind !== 'message' || trigger.type === 'date' || isSchedule(trigger) || isSingleTarget(target)) return false;
  return target.everyone || target.audienceIds.length > 0 || target.recipientIds.length > 1;
}

/** Inserts a job with its first content and its audit entry; returns its id. */
export async function insertJob(client: Queryable, job: NewJob): Promise<number> {
  const { rows } = await client.query<{ id: number }>({
    name: 'insert_job',
    text: `WITH job AS (
             INSERT INTO jobs (id, account_id, name, kind, channel, provider_account_id, trigger, audience, policy, next_run_at,
                               planned_at, is_announcement, trace_context, created_at, updated_at, dated, dates_from, dates_looked_to,
                               user_id, tags, notify)
             SELECT coalesce($12::bigint, nextval(pg_get_serial_sequence('jobs', 'id'))), $1, $2, $3::text, $4, $5, $6::jsonb,
                    $7::jsonb, $8::jsonb, to_timestamp($9::float8 / 1000),
                    CASE WHEN NOT $17 THEN coalesce(to_timestamp($13::float8 / 1000), n.now) END,
                    $14, $16, n.now, n.now, $17, CASE WHEN $17 THEN n.now END, CASE WHEN $17 THEN n.now END,
                    $18, $19::text[], $20::jsonb
             FROM (SELECT carillon_now() AS now) n
             RETURNING account_id, id, name, kind, created_at
           ), content AS (
             INSERT INTO contents (account_id, job_id, version, body, created_at)
             SELECT account_id, id, 1, $10::jsonb, created_at FROM job
           ), audience AS (
             INSERT INTO job_audiences (account_id, audience_id, job_id)
             SELECT job.account_id, named.id, job.id FROM job, unnest($15::bigint[]) AS named (id)
           ), audit AS (
             INSERT INTO audit_entries (account_id, at, actor, action, subject, detail)
             SELECT account_id, created_at, $11, CASE kind WHEN 'test' THEN 'job.test' ELSE 'job.create' END, 'job_' || id,
                    jsonb_strip_nulls(jsonb_build_object('name', name, 'testOf', 'job_' || ($7::jsonb -> 'asked' ->> 'testOf')))
             FROM job
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
      job.id ?? null,
      job.plannedAtMs ?? job.nextRunAtMs,
      isAnnouncement(job.kind, job.target, job.trigger),
      job.kind === 'test' ? [] : [...new Set(job.target.audienceIds)],
      job.traceContext ?? null,
      job.trigger.type === 'date',
      job.userId ?? null,
      job.tags ?? [],
      job.notify === undefined ? null : JSON.stringify(job.notify),
    ],
  });
  const { id } = rows[0] as { id: number };
  if (job.notify !== undefined) await tellOwners(client, job.accountId);
  if (verificationOf(job)) await scheduleChecks(client, { accountId: job.accountId, jobId: id });
  return id;
}

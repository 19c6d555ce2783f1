/** A job as planning, expansion and preview read it. */
import {
  type Content,
  type StoredPolicy,
  type StoredTrigger,
  storedPolicySchema,
  storedTriggerSchema,
  type Target,
  targetSchema,
} from '@carillon/contracts';
import { parseQuietHours, type QuietHours } from '@carillon/core';
import type { Queryable } from './pool.ts';

/** What planning needs to know of a job. */
export interface PlannableJob {
  readonly accountId: number;
  readonly jobId: number;
  readonly channel: string;
  readonly providerAccountId: number;
  readonly trigger: StoredTrigger;
  readonly target: Target;
  readonly policy: StoredPolicy;
  readonly contentVersion: number;
}

/** The part of it that says who is told, and when; also of a job that was never stored. */
export type TargetedJob = Pick<PlannableJob, 'accountId' | 'channel' | 'trigger' | 'target' | 'policy'>;

/** What else decides about a job's deliveries: its content as it is now, and what its account has laid down. */
export interface PlanContext {
  /** Null when there is none, which gates nothing. */
  readonly content: Content | null;
  /** Of recipients who have none. */
  readonly zone: string;
  readonly quietHours: QuietHours | null;
}

/** Columns of `jobs` that {@link plannableOf} reads. */
export const PLANNABLE_COLUMNS = `account_id, id, channel, provider_account_id, trigger, audience, policy, content_version,
  extract(epoch FROM next_run_at)::float8 * 1000 AS next_run_at_ms`;

/** A row of {@link PLANNABLE_COLUMNS}. */
export interface PlannableRow {
  readonly account_id: number;
  readonly id: number;
  readonly channel: string;
  readonly provider_account_id: number;
  readonly trigger: unknown;
  readonly audience: unknown;
  readonly policy: unknown;
  readonly content_version: number;
  readonly next_run_at_ms: number;
}

/** A job's row, read. */
export function plannableOf(row: PlannableRow): PlannableJob {
  return {
    accountId: row.account_id,
    jobId: row.id,
    channel: row.channel,
    providerAccountId: row.provider_account_id,
    trigger: storedTriggerSchema.parse(row.trigger),
    target: targetSchema.parse(row.audience),
    policy: storedPolicySchema.parse(row.policy),
    contentVersion: row.content_version,
  };
}

/** How the addresses of a job are checked before it writes to them; undefined where they are not. */
export function verificationOf({ channel, policy }: Pick<TargetedJob, 'channel' | 'policy'>) {
  return channel === 'email' ? policy.addressCheck : undefined;
}

interface ContextRow {
  readonly body: Content | null;
  readonly zone: string;
  readonly quiet_hours: unknown;
}

/**
 * A job with its context, for a run that is planned.
 * @throws Error when the job is gone, or its account's quiet hours cannot be read
 */
export async function readPlannable(
  client: Queryable,
  accountId: number,
  jobId: number,
): Promise<{ readonly job: PlannableJob; readonly context: PlanContext }> {
  const { rows } = await client.query<PlannableRow & ContextRow>({
    name: 'read_plannable',
    text: `SELECT j.*, c.body, a.zone, a.quiet_hours
           FROM (SELECT ${PLANNABLE_COLUMNS} FROM jobs WHERE account_id = $1 AND id = $2) j
           JOIN accounts a ON a.id = j.account_id
           LEFT JOIN contents c ON c.account_id = j.account_id AND c.job_id = j.id AND c.version = j.content_version`,
    values: [accountId, jobId],
  });
  const row = rows[0];
  if (!row) throw new Error(`job ${jobId} of account ${accountId} is gone while its run is planned`);
  return { job: plannableOf(row), context: contextOf(row) };
}

/** The context of a job at hand. */
export async function readJobContext(client: Queryable, job: PlannableJob): Promise<PlanContext> {
  const { rows } = await client.query<ContextRow>({
    name: 'read_job_context',
    text: `SELECT c.body, a.zone, a.quiet_hours
           FROM accounts a LEFT JOIN contents c ON c.account_id = a.id AND c.job_id = $2 AND c.version = $3
           WHERE a.id = $1`,
    values: [job.accountId, job.jobId, job.contentVersion],
  });
  if (!rows[0]) throw new Error(`there is no account ${job.accountId}`);
  return contextOf(rows[0]);
}

/** What an account has laid down, with a content that need not be stored. */
export async function readPlanContext(
  client: Queryable,
  accountId: number,
  content: Content | null,
): Promise<PlanContext> {
  const { rows } = await client.query<Omit<ContextRow, 'body'>>(
    'SELECT zone, quiet_hours FROM accounts WHERE id = $1',
    [accountId],
  );
  if (!rows[0]) throw new Error(`there is no account ${accountId}`);
  return contextOf({ ...rows[0], body: content });
}

/** An account's and a content's columns, read. */
export function contextOf({ body, zone, quiet_hours }: ContextRow): PlanContext {
  return { content: body, zone, quietHours: readQuietHours(quiet_hours) };
}

function readQuietHours(stored: unknown): QuietHours | null {
  if (stored === null || stored === undefined) return null;
  const { from, to } = stored as { from?: unknown; to?: unknown };
  const read = parseQuietHours(String(from), String(to));
  // Not left out in silence: somebody would be woken at night.
  if (!read.ok) throw new Error(`the account's quiet hours cannot be read: ${JSON.stringify(stored).slice(0, 100)}`);
  return read.quietHours;
}

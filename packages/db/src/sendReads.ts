/** What a sender reads besides its claims and provider accounts. Contents and policies are cached by the caller. */
import { type Content, type StoredPolicy, storedPolicySchema } from '@carillon/contracts';
import type { Queryable } from './pool.ts';

/** One version of a job's content; versions never change. */
export async function readContent(
  db: Queryable,
  content: { accountId: number; jobId: number; version: number },
): Promise<Content> {
  const { rows } = await db.query<{ body: Content }>({
    name: 'read_content',
    text: 'SELECT body FROM contents WHERE account_id = $1 AND job_id = $2 AND version = $3',
    values: [content.accountId, content.jobId, content.version],
  });
  const row = rows[0];
  if (!row) throw new Error(`job ${content.jobId} has no content of version ${content.version}`);
  return row.body;
}

/** A job's policy as it is now. */
export async function readPolicy(db: Queryable, job: { accountId: number; jobId: number }): Promise<StoredPolicy> {
  const { rows } = await db.query<{ policy: unknown }>({
    name: 'read_policy',
    text: 'SELECT policy FROM jobs WHERE account_id = $1 AND id = $2',
    values: [job.accountId, job.jobId],
  });
  const row = rows[0];
  if (!row) throw new Error(`job ${job.jobId} of account ${job.accountId} is gone`);
  return storedPolicySchema.parse(row.policy);
}

/** What a job says in one version, and how it goes about it. */
export interface JobSaying {
  readonly content: Content;
  readonly policy: StoredPolicy;
  /** The trace that it was made in, as `traceparent`. */
  readonly traceparent: string | null;
}

/**
 * Of many jobs at once, in one statement: where every delivery is a job of its own, one by one would take longer than sending.
 * @returns in the order asked for; undefined for what is not there
 */
export async function readSayings(
  db: Queryable,
  wanted: readonly { readonly accountId: number; readonly jobId: number; readonly version: number }[],
): Promise<(JobSaying | undefined)[]> {
  const { rows } = await db.query<{ position: number; body: Content; policy: unknown; trace_context: string | null }>({
    name: 'read_sayings',
    text: `SELECT w.position, c.body, j.policy, j.trace_context
           FROM unnest($1::int[], $2::bigint[], $3::int[]) WITH ORDINALITY AS w (account_id, job_id, version, position)
           JOIN jobs j ON j.account_id = w.account_id AND j.id = w.job_id
           JOIN contents c ON c.account_id = w.account_id AND c.job_id = w.job_id AND c.version = w.version`,
    values: [
      wanted.map(({ accountId }) => accountId),
      wanted.map(({ jobId }) => jobId),
      wanted.map(({ version }) => version),
    ],
  });
  const found = new Map(rows.map((row) => [row.position, row]));
  return wanted.map((_, index) => {
    const row = found.get(index + 1);
    return row && { content: row.body, policy: storedPolicySchema.parse(row.policy), traceparent: row.trace_context };
  });
}

/** The trace in which a job was made, as `traceparent`. */
export async function readTraceContext(
  db: Queryable,
  job: { accountId: number; jobId: number },
): Promise<string | null> {
  const { rows } = await db.query<{ trace_context: string | null }>(
    'SELECT trace_context FROM jobs WHERE account_id = $1 AND id = $2',
    [job.accountId, job.jobId],
  );
  return rows[0]?.trace_context ?? null;
}

/** What the variables of a content stand for, of one recipient. */
export interface RecipientValues {
  readonly name: string | null;
  readonly externalId: string;
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
}

/** Of many recipients of an account at once, by id; who was deleted meanwhile is left out. */
export async function readRecipientValues(
  db: Queryable,
  accountId: number,
  ids: readonly number[],
): Promise<Map<number, RecipientValues>> {
  const { rows } = await db.query<{
    id: number;
    name: string | null;
    external_id: string;
    attributes: RecipientValues['attributes'];
  }>({
    name: 'read_recipient_values',
    text: `SELECT r.id, r.name, r.external_id, r.attributes
           FROM unnest($2::bigint[]) AS wanted (id) JOIN recipients r ON r.account_id = $1 AND r.id = wanted.id
           WHERE r.deleted_at IS NULL`,
    values: [accountId, ids],
  });
  return new Map(
    rows.map((row) => [row.id, { name: row.name, externalId: row.external_id, attributes: row.attributes }]),
  );
}

/** Why a batch could not be leased: what stands there now. */
export interface BatchGlance {
  readonly open: boolean;
  readonly leased: boolean;
  readonly dueInMs: number;
}

/** Looks at a batch without touching it; `undefined` when there is none. */
export async function glanceAtBatch(
  db: Queryable,
  batch: { accountId: number; batchId: number },
): Promise<BatchGlance | undefined> {
  const { rows } = await db.query<{ open: boolean; leased: boolean; due_in_ms: number }>(
    `SELECT open, lease_until IS NOT NULL AS leased, extract(epoch FROM due_at - carillon_now())::float8 * 1000 AS due_in_ms
     FROM batches WHERE account_id = $1 AND id = $2`,
    [batch.accountId, batch.batchId],
  );
  const row = rows[0];
  return row && { open: row.open, leased: row.leased, dueInMs: row.due_in_ms };
}

/** Takes back the mark of one enqueued batch, so that the next wake enqueues it again. */
export async function unmarkBatch(db: Queryable, batch: { accountId: number; batchId: number }): Promise<void> {
  await db.query(
    `UPDATE batches SET enqueued_at = NULL
     WHERE account_id = $1 AND id = $2 AND open AND enqueued_at IS NOT NULL AND lease_until IS NULL`,
    [batch.accountId, batch.batchId],
  );
}

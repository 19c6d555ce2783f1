/**
 * Whom a job names by address alone. They are rows of `recipients`, so that expansion, variables, zones and duplicates are
 * the same for them; but they belong to their job: no list shows them, no audience holds them, and `everyone` is not them.
 *
 * Their external id begins with a control character, which `externalIdProblem` lets no account write, so that no request can
 * name, change or meet them.
 */
import { addressColumns } from './addresses.ts';
import { INLINE_MARK } from './gates.ts';
import type { Queryable } from './pool.ts';
import { preparedText } from './statements.ts';

/** One person; all values checked and normalized. */
export interface InlinePerson {
  readonly address: string;
  /** `addressKey` of the job's channel. */
  readonly addressKey: string;
  readonly name?: string | null;
  readonly zone?: string | null;
  readonly attributes?: Readonly<Record<string, string | number | boolean>>;
}

/**
 * Stores them, in one statement. A job's own target then lists the ids (`recipientIds`).
 * @param inline.jobId their job; left out for one that is about to be inserted, which gets an id here
 * @returns the job's id, and theirs in the order given
 * @throws Error for a channel by which no recipient is reached, and for nobody
 */
export async function insertInlineRecipients(
  client: Queryable,
  inline: {
    readonly accountId: number;
    readonly jobId?: number | undefined;
    readonly channel: string;
    readonly people: readonly InlinePerson[];
  },
): Promise<{ readonly jobId: number; readonly recipientIds: number[] }> {
  const columns = addressColumns(inline.channel);
  const { people } = inline;
  const { rows } = await client.query<{ id: number; job_id: number }>({
    ...preparedText(`WITH job AS MATERIALIZED (
       SELECT coalesce($2::bigint, nextval(pg_get_serial_sequence('jobs', 'id'))) AS id
     ), numbered AS MATERIALIZED (
       SELECT nextval(pg_get_serial_sequence('recipients', 'id')) AS id, p.*
       FROM unnest($4::text[], $5::uuid[], $6::text[], $7::text[], $8::text[]) WITH ORDINALITY
            AS p (address, key, name, zone, attributes, position)
     ), kept AS (
       INSERT INTO recipients (account_id, id, external_id, name, ${columns.address}, ${columns.key}, zone, attributes,
                               inline_job_id, created_at, updated_at)
       SELECT $1, p.id, $3 || job.id || ':' || p.id, p.name, p.address, p.key, p.zone, p.attributes::jsonb, job.id, n.now, n.now
       FROM numbered p, job, (SELECT carillon_now() AS now OFFSET 0) n
     )
     SELECT p.id, job.id AS job_id FROM numbered p, job ORDER BY p.position`),
    values: [
      inline.accountId,
      inline.jobId ?? null,
      INLINE_MARK,
      people.map((person) => person.address),
      people.map((person) => person.addressKey),
      people.map((person) => person.name ?? null),
      people.map((person) => person.zone ?? null),
      people.map((person) => JSON.stringify(person.attributes ?? {})),
    ],
  });
  const [first] = rows;
  if (first === undefined) throw new Error('nobody is named by address');
  return { jobId: first.job_id, recipientIds: rows.map((row) => row.id) };
}

/**
 * Deletes those whose job ended longer ago than deliveries are kept. Past deliveries keep the address that they were planned with.
 * @returns how many, at most `limit`
 */
export async function dropInlineRecipients(
  client: Queryable,
  wanted: { readonly keepDays: number; readonly limit: number },
): Promise<number> {
  const { rowCount } = await client.query(
    `DELETE FROM recipients r USING (
       SELECT p.account_id, p.id FROM recipients p JOIN jobs j ON j.account_id = p.account_id AND j.id = p.inline_job_id
       WHERE p.inline_job_id IS NOT NULL AND j.status IN ('completed', 'cancelled')
         AND j.updated_at < carillon_now() - $1 * interval '1 day'
       LIMIT $2) old
     WHERE r.account_id = old.account_id AND r.id = old.id`,
    [wanted.keepDays, wanted.limit],
  );
  return rowCount ?? 0;
}

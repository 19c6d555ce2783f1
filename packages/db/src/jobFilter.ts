/** Which jobs of an account are meant: the conditions that lists, counts and changes of many share. How lists find these: jobLooks.ts. */
import type { JobKind } from '@carillon/contracts';
import type { JobState } from '@carillon/core';
import { Parameters } from './parameters.ts';
import type { Queryable } from './pool.ts';

/** Which jobs. Moments are epoch milliseconds, `After` included and `Before` not. */
export interface JobFilter {
  /** Left out all that the account made, without the tests of messages. */
  readonly kind?: JobKind | 'test' | undefined;
  readonly status?: JobState | undefined;
  readonly channel?: string | undefined;
  readonly userId?: string | undefined;
  readonly tag?: string | undefined;
  readonly namePrefix?: string | undefined;
  readonly audienceId?: number | undefined;
  readonly createdAfterMs?: number | undefined;
  readonly createdBeforeMs?: number | undefined;
  readonly plannedAfterMs?: number | undefined;
  readonly plannedBeforeMs?: number | undefined;
  readonly nextRunAfterMs?: number | undefined;
  readonly nextRunBeforeMs?: number | undefined;
}

/** What is on no list, or only when asked for; word for word as in the predicates of the indexes. */
export const shown = (alias: string): string => `${alias}.kind NOT IN ('test', 'notice', 'check')`;

/** Above every text that begins with the prefix, in the order of code points. */
function afterPrefix(prefix: string): string {
  return `${prefix}\u{10ffff}`;
}

/** A part of a filter; both ends of a window are one. */
export type FilterPart =
  | 'status'
  | 'kind'
  | 'channel'
  | 'userId'
  | 'tag'
  | 'audience'
  | 'name'
  | 'created'
  | 'planned'
  | 'nextRun';

/** Conditions on jobs `j`. */
export interface Conditions {
  /** The parameter of the account. */
  readonly account: string;
  /** Of every list. */
  readonly base: string;
  /** Those that were asked for. */
  readonly parts: ReadonlyMap<FilterPart, string>;
  /** All together. */
  readonly all: string;
}

/** What a filter says of jobs `j`. */
export function conditionsOf(parameters: Parameters, accountId: number, filter: JobFilter): Conditions {
  const account = parameters.add(accountId);
  const parts = new Map<FilterPart, string>();
  const given = <T>(part: FilterPart, value: T | undefined, condition: (value: T) => string): void => {
    if (value !== undefined) parts.set(part, condition(value));
  };
  // Kind and status come from fixed lists and stand in the text, so that the planner can tell which of the partial indexes has all that is
  // wanted.
  given('status', filter.status, (status) => `j.status = '${status}'`);
  given('kind', filter.kind, (kind) => `j.kind = '${kind}'`);
  given('channel', filter.channel, (channel) => `j.channel = ${parameters.add(channel)}`);
  given('userId', filter.userId, (user) => `j.user_id = ${parameters.add(user)}`);
  given('tag', filter.tag, (tag) => `${parameters.add(tag)}::text = ANY (j.tags)`);
  given(
    'audience',
    filter.audienceId,
    (audience) =>
      `EXISTS (SELECT 1 FROM job_audiences n
         WHERE n.account_id = ${account} AND n.audience_id = ${parameters.add(audience)}::bigint AND n.job_id = j.id)`,
  );
  given('name', filter.namePrefix, (prefix) => {
    return `j.name ~>=~ ${parameters.add(prefix)} AND j.name ~<~ ${parameters.add(afterPrefix(prefix))}`;
  });
  const window = (
    part: FilterPart,
    column: string,
    afterMs: number | undefined,
    beforeMs: number | undefined,
  ): void => {
    const ends = [];
    if (afterMs !== undefined) ends.push(`${column} >= ${momentSql(parameters, afterMs)}`);
    if (beforeMs !== undefined) ends.push(`${column} < ${momentSql(parameters, beforeMs)}`);
    if (ends.length > 0) parts.set(part, ends.join(' AND '));
  };
  window('created', 'j.created_at', filter.createdAfterMs, filter.createdBeforeMs);
  window('planned', 'j.planned_at', filter.plannedAfterMs, filter.plannedBeforeMs);
  window('nextRun', 'j.next_run_at', filter.nextRunAfterMs, filter.nextRunBeforeMs);
  const base = [`j.account_id = ${account}`, ...(filter.kind === 'test' ? [] : [shown('j')])].join(' AND ');
  return { account, base, parts, all: [base, ...parts.values()].join(' AND ') };
}

/** A moment given in epoch milliseconds. */
export function momentSql(parameters: Parameters, ms: number): string {
  return `to_timestamp(${parameters.add(ms)}::float8 / 1000)`;
}

/** How many jobs a filter means, counted up to `most`. It reads all that the filter means, and what it has to read to find these. */
export async function countJobs(db: Queryable, accountId: number, filter: JobFilter, most: number): Promise<number> {
  const parameters = new Parameters();
  const { account, all, parts } = conditionsOf(parameters, accountId, filter);
  // OFFSET keeps this a look by key for each row of the tag: a join would read all jobs of the account beside it.
  const from = parts.has('tag')
    ? `job_tags t CROSS JOIN LATERAL (SELECT 1 FROM jobs j WHERE j.id = t.job_id AND ${all} OFFSET 0) j
       WHERE t.account_id = ${account} AND t.tag = ${parameters.add(filter.tag)}`
    : `jobs j WHERE ${all}`;
  const { rows } = await db.query<{ count: number }>(
    `SELECT count(*) AS count FROM (SELECT 1 FROM ${from} LIMIT ${parameters.add(most)}) j`,
    parameters.values,
  );
  return rows[0]?.count ?? 0;
}

/** Whether a job, the job of a run, or that of a delivery's run, is a user's; what is not there is nobody's. */
export async function isOfUser(
  db: Queryable,
  accountId: number,
  what: { readonly kind: 'job' | 'run' | 'batch'; readonly id: number },
  userId: string,
): Promise<boolean> {
  const job = {
    job: '$2::bigint',
    run: '(SELECT job_id FROM runs WHERE account_id = $1 AND id = $2)',
    batch: '(SELECT job_id FROM batches WHERE account_id = $1 AND id = $2)',
  }[what.kind];
  const { rows } = await db.query<{ own: boolean }>({
    name: `is_of_user_${what.kind}`,
    text: `SELECT EXISTS (SELECT 1 FROM jobs WHERE account_id = $1 AND id = ${job} AND user_id = $3) AS own`,
    values: [accountId, what.id, userId],
  });
  return rows[0]?.own ?? false;
}

/** Which jobs of an account are meant: the conditions that lists, counts and changes of many share, each with an index behind it. */
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
const SHOWN = `j.kind NOT IN ('test', 'notice', 'check')`;

/** Above every text that begins with the prefix, in the order of code points. */
function afterPrefix(prefix: string): string {
  return `${prefix}\u{10ffff}`;
}

/**
 * `FROM` and `WHERE` of a select of jobs `j`, and the column by which they are ordered, newest first. Those with a tag are read from the
 * index of tags, in order, as a condition on an array has none.
 */
export function jobsSql(
  parameters: Parameters,
  accountId: number,
  filter: JobFilter & { readonly beforeId?: number | undefined },
): { readonly from: string; readonly key: string } {
  const account = parameters.add(accountId);
  const byTag = filter.tag !== undefined;
  const key = byTag ? 't.job_id' : 'j.id';
  // Kind, status and channel come from fixed lists and stand in the text, so that the planner can tell which of the
  // partial indexes has all that is wanted.
  const conditions = [`j.account_id = ${account}`];
  if (filter.kind !== undefined) conditions.push(`j.kind = '${filter.kind}'`);
  if (filter.kind !== 'test') conditions.push(SHOWN);
  if (filter.status !== undefined) conditions.push(`j.status = '${filter.status}'`);
  const add = (condition: (parameter: string) => string, value: unknown): void => {
    if (value !== undefined) conditions.push(condition(parameters.add(value)));
  };
  if (filter.channel === 'email') conditions.push(`j.channel = 'email'`);
  else add((channel) => `j.channel = ${channel}`, filter.channel);
  const before = filter.beforeId === undefined ? '' : `${key} < ${parameters.add(filter.beforeId)}::bigint`;
  add((user) => `j.user_id = ${user}`, filter.userId);
  add((prefix) => `j.name ~>=~ ${prefix}`, filter.namePrefix);
  add((end) => `j.name ~<~ ${end}`, filter.namePrefix === undefined ? undefined : afterPrefix(filter.namePrefix));
  const moment = (column: string, sign: '>=' | '<', ms: number | undefined) =>
    add((at) => `${column} ${sign} to_timestamp(${at}::float8 / 1000)`, ms);
  moment('j.created_at', '>=', filter.createdAfterMs);
  moment('j.created_at', '<', filter.createdBeforeMs);
  moment('j.planned_at', '>=', filter.plannedAfterMs);
  moment('j.planned_at', '<', filter.plannedBeforeMs);
  moment('j.next_run_at', '>=', filter.nextRunAfterMs);
  moment('j.next_run_at', '<', filter.nextRunBeforeMs);
  add(
    (audience) =>
      `j.id IN (SELECT n.job_id FROM job_audiences n WHERE n.account_id = ${account} AND n.audience_id = ${audience}::bigint)`,
    filter.audienceId,
  );
  const where = (parts: readonly string[]) => parts.filter((part) => part !== '').join(' AND ');
  if (!byTag) return { from: `jobs j WHERE ${where([...conditions, before])}`, key };
  // OFFSET keeps this a look by key for each row of the tag: a join would read all jobs of the account beside it.
  const jobs = `SELECT * FROM jobs j WHERE j.id = t.job_id AND ${where(conditions)} OFFSET 0`;
  const tagged = where([`t.account_id = ${account}`, `t.tag = ${parameters.add(filter.tag)}`, before]);
  return { from: `job_tags t CROSS JOIN LATERAL (${jobs}) j WHERE ${tagged}`, key };
}

/** How many jobs a filter means, counted up to `most`. */
export async function countJobs(db: Queryable, accountId: number, filter: JobFilter, most: number): Promise<number> {
  const parameters = new Parameters();
  const { from } = jobsSql(parameters, accountId, filter);
  const { rows } = await db.query<{ count: number }>(
    `SELECT count(*) AS count FROM (SELECT 1 FROM ${from} LIMIT ${parameters.add(most)}) j`,
    parameters.values,
  );
  return rows[0]?.count ?? 0;
}

/** Ids of jobs that a filter means, newest first, from below `beforeId` on, with their versions. */
export async function findJobs(
  db: Queryable,
  accountId: number,
  filter: JobFilter & { readonly beforeId?: number | undefined },
  limit: number,
): Promise<{ readonly id: number; readonly version: number }[]> {
  const parameters = new Parameters();
  const { from, key } = jobsSql(parameters, accountId, filter);
  const { rows } = await db.query<{ id: number; version: number }>(
    `SELECT j.id, j.version FROM ${from} ORDER BY ${key} DESC LIMIT ${parameters.add(limit)}`,
    parameters.values,
  );
  return rows;
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

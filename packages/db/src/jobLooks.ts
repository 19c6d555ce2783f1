/**
 * Finding the jobs that a filter means, newest first, whatever there is beside them. A page is filled by a look along one index: that of
 * one part of the filter, in the order of the page, while the other parts judge what is met. Where they turn nearly all down this could go
 * on through all jobs of the account, so a look ends after {@link LOOKED_AT} of them. Then the indexes of the other parts are tried; if no
 * look fills the page or comes to its end, the page is what the farthest one found, and the next page goes on from where that ended.
 */
import { type Conditions, conditionsOf, type FilterPart, type JobFilter, momentSql, shown } from './jobFilter.ts';
import { Parameters } from './parameters.ts';
import type { Queryable } from './pool.ts';
import { preparedText } from './statements.ts';

/** How many jobs, or entries of an index, one look goes along; each is read by its key as well. */
export const LOOKED_AT = 2_000;
/**
 * Jobs get their ids in the order of their creation, but for those that are made at the same moment and for a clock that is set back by
 * less than this. So a window of creation bounds ids as well, this far beyond its ends.
 */
const CREATION_SLACK = `interval '10 minutes'`;

/** Which jobs, from below an id on. */
export type WantedJobs = JobFilter & { readonly beforeId?: number | undefined };

/** A job that was found. */
interface FoundJob {
  readonly id: number;
  readonly version: number;
}

/** A page of what was found, perhaps short of its limit and even empty while there is more. */
export interface FoundJobs {
  readonly jobs: readonly FoundJob[];
  /** The `beforeId` of the next page; null when there is none. */
  readonly nextBeforeId: number | null;
}

/** Parts with an index in the order of ids. */
const IN_ORDER = ['tag', 'audience', 'userId', 'status', 'channel', 'kind'] as const satisfies readonly FilterPart[];
/** Parts with an index in an order of their own: of use where it has less than a look for them. */
const AS_SETS = { name: 'j.name USING ~<~', nextRun: 'j.next_run_at', planned: 'j.planned_at' } as const;
/** Of which an index has all that is wanted, without a look at anything else. */
const ALONE: readonly FilterPart[] = ['status', 'kind', 'channel', 'userId'];

/** Along what a look goes: all jobs that lists show, the index of a part in the order of ids, or all that the index of a part has. */
type Way = 'all' | (typeof IN_ORDER)[number] | keyof typeof AS_SETS;

/** The newest `limit` jobs that a filter means, below `beforeId`. */
export async function findJobs(
  db: Queryable,
  accountId: number,
  wanted: WantedJobs,
  limit: number,
): Promise<FoundJobs> {
  let farthest: { readonly jobs: FoundJob[]; readonly edge: number } | undefined;
  for (const way of waysOf(wanted)) {
    const { jobs, lookedAt, edge } = await look(db, accountId, wanted, way, limit + 1);
    const beyond = jobs[limit];
    if (beyond !== undefined) return { jobs: jobs.slice(0, limit), nextBeforeId: jobs[limit - 1]?.id ?? null };
    if (lookedAt < LOOKED_AT) return { jobs, nextBeforeId: null };
    // What an index in another order did not come to may be anything.
    if (way in AS_SETS || edge === null) continue;
    if (farthest === undefined || edge < farthest.edge) farthest = { jobs, edge };
  }
  return { jobs: farthest?.jobs ?? [], nextBeforeId: farthest?.edge ?? null };
}

/**
 * The condition by which one index has the page as it is, so that it can be read at once.
 * @returns undefined where it takes looks to find it
 */
export function pageSql(parameters: Parameters, accountId: number, wanted: WantedJobs): string | undefined {
  const { all, parts } = conditionsOf(parameters, accountId, wanted);
  if (parts.size > 1 || ![...parts.keys()].every((part) => ALONE.includes(part))) return undefined;
  return wanted.beforeId === undefined ? all : `${all} AND j.id < ${parameters.add(wanted.beforeId)}::bigint`;
}

/** The ways to what a filter means: first those along which the fewest jobs are to be expected. */
function waysOf(filter: JobFilter): Way[] {
  // All other indexes know of no tests.
  if (filter.kind === 'test') return ['kind'];
  const { parts } = conditionsOf(new Parameters(), 0, filter);
  const isOfMany = (way: Way): boolean =>
    (way === 'status' && filter.status === 'completed') || (way === 'kind' && filter.kind === 'message');
  const given = IN_ORDER.filter((part) => parts.has(part));
  const inOrder = [...given.filter((way) => !isOfMany(way)), ...given.filter(isOfMany)];
  const sets = (Object.keys(AS_SETS) as (keyof typeof AS_SETS)[]).filter((part) => parts.has(part));
  return inOrder.length > 0 ? [...inOrder, ...sets] : [...sets, 'all'];
}

/** What a look found: jobs, and when they are fewer than the limit how many it went along, and the last of them. */
interface Look {
  readonly jobs: FoundJob[];
  readonly lookedAt: number;
  readonly edge: number | null;
}

async function look(db: Queryable, accountId: number, wanted: WantedJobs, way: Way, limit: number): Promise<Look> {
  const parameters = new Parameters();
  const conditions = conditionsOf(parameters, accountId, wanted);
  const ids = idsAlong(parameters, conditions, wanted, way);
  const before = wanted.beforeId === undefined ? '' : `AND j.id < ${parameters.add(wanted.beforeId)}::bigint`;
  const most = Math.trunc(limit);
  // Where more than a look has is left in an index of another order, it is of no use, and nothing of it is looked up.
  const isUseful = way in AS_SETS ? `WHERE (SELECT count(*) FROM (${ids}) met) < ${LOOKED_AT}` : '';
  // OFFSET keeps this a look by key for each that is met, in order, and only until the page is full: an index of another part would be asked
  // for all that it has, each time. Only if the page is not full, the index is asked once more how far that was.
  const text = `WITH page AS MATERIALIZED (
      SELECT j.id, j.version FROM (${ids}) met
      CROSS JOIN LATERAL (
        SELECT j.id, j.version FROM (SELECT * FROM jobs j WHERE j.account_id = ${conditions.account} AND j.id = met.id OFFSET 0) j
        WHERE ${conditions.all} ${before} OFFSET 0
      ) j ${isUseful}
      ORDER BY met.id DESC LIMIT ${most}
    )
    SELECT id, version, 0 AS "lookedAt" FROM page
    UNION ALL
    SELECT min(met.id), NULL, count(*) FROM (${ids}) met WHERE (SELECT count(*) FROM page) < ${most}`;
  const { rows } = await db.query<{ id: number | null; version: number | null; lookedAt: number }>({
    ...preparedText(text),
    values: parameters.values,
  });
  const jobs = rows.filter((row): row is Look['jobs'][number] & { lookedAt: number } => row.version !== null);
  const end = rows.find((row) => row.version === null);
  return {
    jobs: jobs.map(({ id, version }) => ({ id, version })).toSorted((a, b) => b.id - a.id),
    lookedAt: end?.lookedAt ?? 0,
    edge: end?.id ?? null,
  };
}

/** Ids along a way, up to {@link LOOKED_AT}. */
function idsAlong(parameters: Parameters, conditions: Conditions, wanted: WantedJobs, way: Way): string {
  const { account, base, parts } = conditions;
  const select = (id: string, from: string, where: readonly (string | undefined)[], order: string): string =>
    `SELECT ${id} AS id FROM ${from} WHERE ${where.filter((part) => part !== undefined).join(' AND ')} ORDER BY ${order} LIMIT ${LOOKED_AT}`;
  if (way in AS_SETS) {
    const part = way as keyof typeof AS_SETS;
    return select('j.id', 'jobs j', [base, parts.get(part)], AS_SETS[part]);
  }
  const bounds = (id: string): string[] => idBounds(parameters, account, wanted, id);
  if (way === 'tag') {
    const where = [`t.account_id = ${account}`, `t.tag = ${parameters.add(wanted.tag)}`, ...bounds('t.job_id')];
    return select('t.job_id', 'job_tags t', where, 't.job_id DESC');
  }
  if (way === 'audience') {
    const audience = `n.audience_id = ${parameters.add(wanted.audienceId)}::bigint`;
    const where = [`n.account_id = ${account}`, audience, ...bounds('n.job_id')];
    return select('n.job_id', 'job_audiences n', where, 'n.job_id DESC');
  }
  const part = way === 'all' ? undefined : parts.get(way as FilterPart);
  return select('j.id', 'jobs j', [base, part, ...bounds('j.id')], 'j.id DESC');
}

/** Between which ids the page is: below the page before, and where jobs of about that time are. */
function idBounds(parameters: Parameters, account: string, wanted: WantedJobs, id: string): string[] {
  const { beforeId, createdAfterMs, createdBeforeMs } = wanted;
  // The default is within the subquery: row-level security keeps a condition with a coalesce of its own out of the index.
  const first = (condition: string, order: string, otherwise: string): string =>
    `(SELECT coalesce((SELECT c.id FROM jobs c WHERE c.account_id = ${account} AND ${shown('c')} AND ${condition} ORDER BY ${order} LIMIT 1), ${otherwise}))`;
  const bounds = [];
  if (beforeId !== undefined) bounds.push(`${id} < ${parameters.add(beforeId)}::bigint`);
  if (createdAfterMs !== undefined) {
    const older = `c.created_at < ${momentSql(parameters, createdAfterMs)} - ${CREATION_SLACK}`;
    bounds.push(`${id} > ${first(older, 'c.created_at DESC', '0')}`);
  }
  if (createdBeforeMs !== undefined) {
    const newer = `c.created_at >= ${momentSql(parameters, createdBeforeMs)} + ${CREATION_SLACK}`;
    bounds.push(`${id} < ${first(newer, 'c.created_at', '9223372036854775807')}`);
  }
  return bounds;
}

/**
 * Runs and jobs that were over long ago. Days of deliveries are dropped by rotation.ts, and leave their counts in the runs; after
 * years these are what a database is made of. What is asked for before it goes, and what has to stay, stands in drop_old_runs.sql and
 * drop_old_jobs.sql.
 *
 * A cycle goes over all accounts in pages, in the order in which things were made, by primary keys: no index has to be written for it in
 * planning or sending. Of each account it stops at the first page that ends with something young. Nothing is remembered but the place,
 * by each process for itself; what two find at once, one of them locks and the other skips.
 */
import type { Queryable } from './pool.ts';
import { statement } from './statements.ts';

/** Accounts that are looked at in one pass. */
const ACCOUNTS_PER_PASS = 100;
const OCCASIONS_PER_PASS = 5_000;

/** Where a cycle goes on: with the account, after what was looked at last of it. */
export interface OldPlace {
  readonly accountId: number;
  readonly afterId: number;
}

/** One page. */
export interface OldPage {
  /** Days for which they are kept after their end. */
  readonly keepDays: number;
  /** Rows that are looked at, at most. */
  readonly limit: number;
  /** `next` of the page before; undefined begins a cycle. */
  readonly at?: OldPlace | undefined;
}

/** What went. `next` is undefined when this was the last page. */
export interface OldDropped {
  readonly dropped: number;
  /** Of dates, which went beside them. */
  readonly occasions: number;
  readonly next: OldPlace | undefined;
}

/**
 * Forgets runs that were completed longer ago than they are kept, of which no batch is left and whose day was dropped. Of jobs that go
 * on there stays what keeps anybody from being told twice, and the latest.
 */
export async function dropOldRuns(db: Queryable, page: OldPage): Promise<OldDropped> {
  const { rows } = await db.query<{ day: string }>(
    `SELECT to_char(to_date(right(c.relname, 8), 'YYYYMMDD'), 'YYYY-MM-DD') AS day
     FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'deliveries'::regclass`,
  );
  const days = rows.map(({ day }) => day);
  return await dropPage(db, 'runs', page, ({ accountId, afterId }) => ({
    ...statement('drop_old_runs'),
    values: [accountId, afterId, page.keepDays, days, page.limit, OCCASIONS_PER_PASS],
  }));
}

/** Forgets jobs that were completed or cancelled longer ago than they are kept, and that have no run left, with all that is theirs. */
export async function dropOldJobs(db: Queryable, page: OldPage): Promise<OldDropped> {
  return await dropPage(db, 'jobs', page, ({ accountId, afterId }) => ({
    ...statement('drop_old_jobs'),
    values: [accountId, afterId, page.keepDays, page.limit, OCCASIONS_PER_PASS],
  }));
}

interface PageRow {
  readonly dropped: number;
  readonly occasions: number;
  readonly seen: number;
  readonly last: number | null;
  readonly last_is_old: boolean;
}

async function dropPage(
  db: Queryable,
  table: keyof typeof IS_OLD,
  { keepDays, limit, at = { accountId: 0, afterId: 0 } }: OldPage,
  remove: (place: OldPlace) => { readonly name: string; readonly text: string; readonly values: unknown[] },
): Promise<OldDropped> {
  const { place, next } = await findOld(db, table, keepDays, at);
  if (place === undefined) return { dropped: 0, occasions: 0, next };
  const { rows } = await db.query<PageRow>(remove(place));
  const { dropped, occasions, seen, last, last_is_old: isLastOld } = rows[0] as PageRow;
  // What occasions are left of goes once they have gone.
  if (occasions > 0) return { dropped, occasions, next: place };
  const goesOn = seen === limit && isLastOld && last !== null;
  return {
    dropped,
    occasions,
    next: goesOn ? { ...place, afterId: last } : { accountId: place.accountId + 1, afterId: 0 },
  };
}

/** Whether a row is of a time of which something may go, `$3` days before `n.now`. */
const IS_OLD = {
  runs: `t.day < (n.now AT TIME ZONE 'UTC')::date - $3::int`,
  jobs: `t.created_at < n.now - $3::int * interval '1 day'`,
} as const;

/** The next account in which something old follows, among some; `next` is where the ones after them begin. */
async function findOld(
  db: Queryable,
  table: keyof typeof IS_OLD,
  keepDays: number,
  at: OldPlace,
): Promise<{ readonly place?: OldPlace; readonly next: OldPlace | undefined }> {
  const { rows } = await db.query<{ id: number; after_id: number; is_old: boolean }>({
    name: `find_old_${table}`,
    text: `SELECT a.id, a.after_id, coalesce((
             SELECT ${IS_OLD[table]} FROM ${table} t, (SELECT carillon_now() AS now OFFSET 0) n
             WHERE t.account_id = a.id AND t.id > a.after_id ORDER BY t.id LIMIT 1), false) AS is_old
           FROM (SELECT id, CASE WHEN id = $1 THEN $2::bigint ELSE 0 END AS after_id
                 FROM accounts WHERE id >= $1::int ORDER BY id LIMIT $4) a
           ORDER BY a.id`,
    values: [at.accountId, at.afterId, keepDays, ACCOUNTS_PER_PASS],
  });
  const old = rows.find((row) => row.is_old);
  if (old !== undefined) return { place: { accountId: old.id, afterId: old.after_id }, next: undefined };
  const last = rows.length === ACCOUNTS_PER_PASS ? rows.at(-1) : undefined;
  return { next: last && { accountId: last.id + 1, afterId: 0 } };
}

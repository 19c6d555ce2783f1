/**
 * Checks ahead of the first message: jobs say by `next_check_at` when the addresses of whom they will tell are looked at. It only
 * saves waiting: whoever is planned has the check asked for at the latest then.
 */
import type pg from 'pg';
import { type CheckBlock, requestChecks } from './addressChecks.ts';
import { requiredVariables } from './gates.ts';
import { Parameters } from './parameters.ts';
import { cutKeys, fromTarget, measureTarget } from './people.ts';
import { PLANNABLE_COLUMNS, type PlannableJob, type PlannableRow, plannableOf, readJobContext } from './plannable.ts';
import { inTransaction, type Queryable } from './pool.ts';

/** People of one request. */
const PAGE_SIZE = 2_000;
/** A wall time comes within so many hours in all zones of the earth. */
const ZONES_SPAN_MS = 26 * 3_600_000;

/** Says anew when the addresses of a job are looked at ahead; never for one that checks none, or whose people are planned. */
export async function scheduleChecks(
  client: Queryable,
  { accountId, jobId }: { readonly accountId: number; readonly jobId: number },
): Promise<void> {
  await client.query(
    `UPDATE jobs SET next_check_at = CASE WHEN channel = 'email' AND policy ? 'addressCheck' AND next_run_at IS NOT NULL
       THEN next_run_at - coalesce((policy -> 'addressCheck' ->> 'aheadMs')::float8, 172800000) * interval '1 millisecond' END
     WHERE account_id = $1 AND id = $2`,
    [accountId, jobId],
  );
}

/** How a look at one job went. */
export interface AheadCheck {
  readonly accountId: number;
  readonly jobId: number;
  readonly asked: number;
  readonly shared: number;
  readonly blocked: CheckBlock | null;
}

/**
 * Looks at one job whose time for that has come, page by page. A job that could not be asked for in whole is looked at again after
 * `againMs`, as is one that fails or whose scheduler dies.
 * @returns undefined when there is none
 */
export async function checkAhead(
  pool: pg.Pool,
  wanted: { readonly againMs: number; readonly backoffMs?: number | undefined },
  signal?: AbortSignal,
): Promise<AheadCheck | undefined> {
  const taken = await takeJob(pool, wanted.againMs);
  if (!taken) return undefined;
  const { job, nextRunAtMs } = taken;
  const { accountId, jobId } = job;
  const result = { accountId, jobId, asked: 0, shared: 0, blocked: null as CheckBlock | null };
  const { content } = await readJobContext(pool, job);
  const variables = requiredVariables(content);
  const spanMs = job.trigger.type === 'local' ? ZONES_SPAN_MS : 0;
  const deadlineMs = nextRunAtMs + spanMs + (job.policy.addressCheck?.waitMs ?? 0);
  const { people } = await measureTarget(pool, job);
  for (const range of cutKeys(people, PAGE_SIZE)) {
    if (signal?.aborted) return result;
    const parameters = new Parameters();
    const source = fromTarget(job, range, variables);
    const { rows: addresses } = await pool.query<{ key: string; address: string }>(
      `SELECT DISTINCT ON (p.address_key) p.address_key AS key, p.address FROM (${source.people(parameters)}) p
       WHERE NOT p.incomplete AND NOT EXISTS (
         SELECT 1 FROM suppressions s WHERE s.account_id = ${parameters.add(accountId)} AND s.channel = 'email'
           AND s.address_key = p.address_key)
       ORDER BY p.address_key, p.id`,
      parameters.values,
    );
    const page = await inTransaction(pool, (client) =>
      requestChecks(client, { accountId, addresses, deadlineMs, backoffMs: wanted.backoffMs }),
    );
    result.asked += page.asked;
    result.shared += page.shared;
    result.blocked = page.blocked ?? result.blocked;
    // Nothing more can be asked for now; the rest waits for the next look.
    if (page.blocked) return result;
  }
  await pool.query(`UPDATE jobs SET next_check_at = NULL WHERE account_id = $1 AND id = $2 AND version = $3`, [
    accountId,
    jobId,
    taken.version,
  ]);
  return result;
}

interface TakenJob {
  readonly job: PlannableJob;
  readonly nextRunAtMs: number;
  readonly version: number;
}

/** Puts its next look off, so that nobody else takes it meanwhile. */
async function takeJob(pool: pg.Pool, againMs: number): Promise<TakenJob | undefined> {
  const { rows } = await pool.query<PlannableRow & { version: number }>(
    `UPDATE jobs SET next_check_at = carillon_now() + $1 * interval '1 millisecond'
     WHERE (account_id, id) IN (
       SELECT account_id, id FROM jobs
       WHERE status = 'active' AND next_check_at <= carillon_now() AND next_run_at IS NOT NULL
       ORDER BY next_check_at LIMIT 1 FOR UPDATE SKIP LOCKED)
     RETURNING ${PLANNABLE_COLUMNS}, version`,
    [againMs],
  );
  const row = rows[0];
  return row && { job: plannableOf(row), nextRunAtMs: row.next_run_at_ms, version: row.version };
}

/**
 * Checks ahead of the first message: jobs say by `next_check_at` when the addresses of whom they will tell are looked at. It only
 * saves waiting: whoever is planned has the check asked for at the latest then.
 */
import type pg from 'pg';
import { type AddressToCheck, type CheckBlock, requestChecks } from './addressChecks.ts';
import { readDatabaseTime } from './clock.ts';
import { readDatePeople } from './datePeople.ts';
import { type DateMoment, dateMomentIn, dateRuleOf, occurrencesWithin } from './dateRule.ts';
import { isIncomplete, requiredVariables } from './gates.ts';
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
       THEN CASE WHEN dated THEN carillon_now() ELSE next_run_at - coalesce((policy -> 'addressCheck' ->> 'aheadMs')::float8, 172800000) * interval '1 millisecond' END END
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
  const pages = job.trigger.type === 'date' ? pagesOfDates(pool, job) : pagesOfTarget(pool, job, nextRunAtMs);
  for await (const { addresses, deadlineMs } of pages) {
    const page = await inTransaction(pool, (client) =>
      requestChecks(client, { accountId, addresses, deadlineMs, backoffMs: wanted.backoffMs }),
    );
    result.asked += page.asked;
    result.shared += page.shared;
    // Nothing more can be asked for now; the rest waits for the next look.
    if (page.blocked || signal?.aborted) return { ...result, blocked: page.blocked };
  }
  // Dates come again and again; the people of any other job are looked at once.
  if (job.trigger.type !== 'date') {
    await pool.query('UPDATE jobs SET next_check_at = NULL WHERE account_id = $1 AND id = $2 AND version = $3', [
      accountId,
      jobId,
      taken.version,
    ]);
  }
  return result;
}

/** Addresses to be asked for together, and after which moment nobody needs to know. */
interface Page {
  readonly addresses: readonly AddressToCheck[];
  readonly deadlineMs: number;
}

/** Everybody of the target who would be told. */
async function* pagesOfTarget(pool: pg.Pool, job: PlannableJob, nextRunAtMs: number): AsyncGenerator<Page> {
  const { content } = await readJobContext(pool, job);
  const variables = requiredVariables(content);
  const spanMs = job.trigger.type === 'local' ? ZONES_SPAN_MS : 0;
  const deadlineMs = nextRunAtMs + spanMs + waitMsOf(job);
  const { people } = await measureTarget(pool, job);
  for (const range of cutKeys(people, PAGE_SIZE)) {
    const parameters = new Parameters();
    const addresses = await readAddresses(pool, job, parameters, fromTarget(job, range, variables).people(parameters));
    if (addresses.length > 0) yield { addresses, deadlineMs };
  }
}

/** Everybody whose date brings a message within the time ahead. */
async function* pagesOfDates(pool: pg.Pool, job: PlannableJob): AsyncGenerator<Page> {
  const context = await readJobContext(pool, job);
  const rule = dateRuleOf(job, context);
  const incomplete = (parameters: Parameters) => isIncomplete(parameters, requiredVariables(context.content));
  const nowMs = await readDatabaseTime(pool);
  const untilMs = nowMs + (job.policy.addressCheck?.aheadMs ?? 0);
  for (const occurrence of occurrencesWithin(rule, nowMs, untilMs)) {
    const moments = new Map<string, DateMoment>();
    for await (const people of readDatePeople(pool, { job, rule, occurrence, pageSize: PAGE_SIZE })) {
      let latestMs = 0;
      const ids = people.flatMap(({ zone, recipientId }) => {
        const moment = moments.get(zone) ?? dateMomentIn(rule, occurrence.day, zone);
        moments.set(zone, moment);
        if (moment.inGap || moment.dueAtMs < nowMs || moment.dueAtMs > untilMs) return [];
        latestMs = Math.max(latestMs, moment.dueAtMs);
        return [recipientId];
      });
      if (ids.length === 0) continue;
      const parameters = new Parameters();
      const addresses = await readAddresses(
        pool,
        job,
        parameters,
        `SELECT r.id, r.email AS address, r.email_key AS address_key, ${incomplete(parameters)} AS incomplete
         FROM recipients r WHERE r.account_id = ${parameters.add(job.accountId)} AND r.id = ANY (${parameters.add(ids)}::bigint[])
           AND r.deleted_at IS NULL AND r.email_key IS NOT NULL`,
      );
      if (addresses.length > 0) yield { addresses, deadlineMs: latestMs + waitMsOf(job) };
    }
  }
}

const waitMsOf = (job: PlannableJob): number => job.policy.addressCheck?.waitMs ?? 0;

/** The addresses of people who would be told: not of those who lack a variable, or must not be written to. */
async function readAddresses(
  pool: pg.Pool,
  { accountId, channel }: PlannableJob,
  parameters: Parameters,
  people: string,
): Promise<AddressToCheck[]> {
  const { rows } = await pool.query<AddressToCheck>(
    `SELECT DISTINCT ON (p.address_key) p.address_key AS key, p.address FROM (${people}) p
     WHERE NOT p.incomplete AND NOT EXISTS (
       SELECT 1 FROM suppressions s WHERE s.account_id = ${parameters.add(accountId)} AND s.channel = ${parameters.add(channel)}
         AND s.address_key = p.address_key)
     ORDER BY p.address_key, p.id`,
    parameters.values,
  );
  return rows;
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

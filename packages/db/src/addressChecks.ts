/**
 * Requests for checks of e-mail addresses. A check is a delivery of the channel `email_check`, so that limits, holds, retries and
 * crashes are those of every other delivery. Whatever number of jobs, processes and accounts want an address checked at the same
 * time, one check is made: who asks locks the addresses' rows, in one order for all, until its transaction ends.
 *
 * Money is spent under the lock of the account's day, so that no two requests spend the same; the lock of the addresses comes first.
 */
import { BATCH_SIZE_MAX, type StoredPolicy } from '@carillon/contracts';
import type pg from 'pg';
import { resumeJob } from './control.ts';
import { ensurePartitions } from './partitions.ts';
import type { Queryable } from './pool.ts';
import { statement } from './statements.ts';

/** How long the second try of a check waits that found nothing out; each one after it twice as long, up to an hour. */
export const CHECK_BACKOFF_MS = 60_000;
const BACKOFF_MAX_MS = 3_600_000;
/** More than fit into any deadline; the deadline ends a check. */
const ATTEMPTS = 50;

/** Whose word checks are taken on, and at which price. */
export interface Verifier {
  readonly providerAccountId: number;
  /** Of one verdict, in millionths of the currency's unit. */
  readonly priceMicros: number;
  /** ISO 4217. */
  readonly currency: string;
}

/** An address to be checked: normalized, and with its key in the channel `email`. */
export interface AddressToCheck {
  readonly key: string;
  readonly address: string;
}

/**
 * How an address stands with an account.
 * - `confirmed`, `deliverable`, `undeliverable`, `risky`: it is known.
 * - `pending`: a check of it is under way.
 * - `unknown`: its last check found nothing out, and the next has to wait a while.
 * - `unasked`: it should be checked and is not: nobody can, or the budget of the day is used up.
 */
export type Standing = 'confirmed' | 'deliverable' | 'undeliverable' | 'risky' | 'pending' | 'unknown' | 'unasked';

/** Why addresses stayed `unasked`. */
export type CheckBlock = 'no_verifier' | 'budget';

/** What a request came to. */
export interface ChecksRequested {
  /** By the address's key; `untilMs` is until when it is known, or rests (epoch ms), null for ever. */
  readonly standings: ReadonlyMap<string, { readonly standing: Standing; readonly untilMs: number | null }>;
  /** Checks that were made. */
  readonly asked: number;
  /** Checks of others that are used too. */
  readonly shared: number;
  readonly blocked: CheckBlock | null;
}

interface Known {
  readonly address_key: string;
  readonly standing: Standing | 'shareable' | 'joinable';
  readonly until_ms: number | null;
  readonly check_run_id: number | null;
  readonly verdict: string | null;
  readonly costs: boolean;
}

/** Who checks for an account: a verifier of its own, else one of an operator's; undefined when there is none. For role `worker`. */
export async function chooseVerifier(db: Queryable, accountId: number): Promise<Verifier | undefined> {
  const { rows } = await db.query<{ id: number; price: number; currency: string }>({
    name: 'choose_verifier',
    text: `SELECT p.id, (p.settings ->> 'priceMicros')::bigint AS price, p.settings ->> 'currency' AS currency
           FROM provider_accounts p JOIN accounts a ON a.id = p.account_id
           WHERE p.channel = 'email_check' AND p.disabled_at IS NULL AND (p.account_id = $1 OR a.operator)
           ORDER BY p.account_id <> $1, p.account_id, p.id LIMIT 1`,
    values: [accountId],
  });
  const row = rows[0];
  return row && { providerAccountId: row.id, priceMicros: row.price, currency: row.currency };
}

/**
 * Asks for what is not known of these addresses, at most a few thousand. Addresses whose owner confirmed them, and those with a
 * valid verdict, are left alone; a verdict or check of another account's is shared, at the price of one's own.
 * @param client within a transaction, of role `worker`
 * @param wanted.deadlineMs after it the checks are of no use any more (epoch ms)
 * @param wanted.backoffMs default {@link CHECK_BACKOFF_MS}; tests have less time
 */
export async function requestChecks(
  client: Queryable,
  wanted: {
    readonly accountId: number;
    readonly addresses: readonly AddressToCheck[];
    readonly deadlineMs: number;
    readonly backoffMs?: number | undefined;
  },
): Promise<ChecksRequested> {
  const { accountId } = wanted;
  const addressOf = new Map(wanted.addresses.map(({ key, address }) => [key, address]));
  const standings = new Map<string, { standing: Standing; untilMs: number | null }>();
  const keep = ({ address_key, until_ms }: Known, standing: Standing) =>
    standings.set(address_key, { standing, untilMs: until_ms });

  // Mostly all is known, or asked for already: then nothing is locked.
  const open: string[] = [];
  for (const row of await readKnown(client, accountId, [...addressOf.keys()])) {
    if (isOpen(row)) open.push(row.address_key);
    else keep(row, row.standing as Standing);
  }
  if (open.length === 0) return { standings, asked: 0, shared: 0, blocked: null };

  const verifier = await chooseVerifier(client, accountId);
  if (!verifier) {
    for (const key of open) standings.set(key, { standing: 'unasked', untilMs: null });
    return { standings, asked: 0, shared: 0, blocked: 'no_verifier' };
  }
  await client.query({ ...statement('lock_verdicts'), values: [accountId, open] });
  const wants: Known[] = [];
  for (const row of await readKnown(client, accountId, open)) {
    if (isOpen(row)) wants.push(row);
    else keep(row, row.standing as Standing);
  }
  const spend = await lockSpend(client, accountId, verifier.currency);
  const priced = wants
    .toSorted((one, other) => (one.address_key < other.address_key ? -1 : 1))
    .map((row) => ({
      row,
      price: row.standing !== 'shareable' || row.costs ? verifier.priceMicros : 0,
    }));
  let room = roomOf(spend, verifier);
  const paid = priced.filter(({ price }) => {
    const fits = price === 0 || price <= room;
    if (fits) room -= price;
    return fits;
  });
  const ask = paid.filter(({ row }) => row.standing === 'unasked').map(({ row }) => row.address_key);
  const checks = { deadlineMs: wanted.deadlineMs, backoffMs: wanted.backoffMs ?? CHECK_BACKOFF_MS };
  const runId = ask.length === 0 ? null : await planChecks(client, spend, verifier, checks, { keys: ask, addressOf });
  await charge(client, spend, runId, paid);
  for (const { row } of paid) keep(row, row.standing === 'shareable' ? (row.verdict as Standing) : 'pending');
  const left = wants.filter((row) => !standings.has(row.address_key)).map((row) => row.address_key);
  for (const key of left) standings.set(key, { standing: 'unasked', untilMs: null });
  // The rows that were made to be locked, and are not needed now.
  if (left.length > 0) {
    await client.query(`DELETE FROM address_verdicts WHERE address_key = ANY ($1::uuid[]) AND check_run_id = 0`, [
      left,
    ]);
  }
  return {
    standings,
    asked: ask.length,
    shared: paid.length - ask.length,
    blocked: left.length > 0 ? 'budget' : null,
  };
}

const isOpen = ({ standing }: Known): boolean =>
  standing === 'unasked' || standing === 'shareable' || standing === 'joinable';

async function readKnown(client: Queryable, accountId: number, keys: readonly string[]): Promise<Known[]> {
  const { rows } = await client.query<Known>({ ...statement('known_addresses'), values: [accountId, keys] });
  return rows;
}

/** An account's day of spending, locked. */
interface Spend {
  readonly accountId: number;
  readonly day: string;
  readonly currency: string;
  readonly jobId: number | null;
  /** Spent, and promised for checks under way. */
  readonly usedMicros: number;
  readonly budget: { readonly micros: number; readonly currency: string } | null;
}

async function lockSpend(client: Queryable, accountId: number, currency: string): Promise<Spend> {
  const { rows } = await client.query<{
    day: string;
    job_id: number | null;
    used: number;
    budget: number | null;
    budget_currency: string | null;
  }>({
    name: 'lock_check_spend',
    text: `WITH spend AS (
             INSERT INTO check_spend AS s (account_id, day, currency)
             SELECT $1, (carillon_now() AT TIME ZONE 'UTC')::date, $2
             ON CONFLICT (account_id, day, currency) DO UPDATE SET currency = s.currency
             RETURNING s.day, s.job_id, s.reserved_micros + s.charged_micros AS used)
           SELECT spend.*, a.check_budget_micros AS budget, a.check_budget_currency AS budget_currency
           FROM spend, accounts a WHERE a.id = $1`,
    values: [accountId, currency],
  });
  const row = rows[0];
  if (!row) throw new Error(`there is no account ${accountId}`);
  return {
    accountId,
    day: row.day,
    currency,
    jobId: row.job_id,
    usedMicros: row.used,
    budget: row.budget === null ? null : { micros: row.budget, currency: row.budget_currency ?? '' },
  };
}

/** What may still be spent. Nothing where the budget is in another currency than the price: nobody said what that is worth. */
function roomOf({ budget, usedMicros }: Spend, { currency }: Verifier): number {
  if (budget === null) return Number.POSITIVE_INFINITY;
  return budget.currency === currency ? budget.micros - usedMicros : 0;
}

/** Makes the checks. @returns their run */
async function planChecks(
  client: Queryable,
  spend: Spend,
  { providerAccountId }: Verifier,
  checks: { readonly deadlineMs: number; readonly backoffMs: number },
  asked: { readonly keys: readonly string[]; readonly addressOf: ReadonlyMap<string, string> },
): Promise<number> {
  const job = await lockJobOfDay(client, spend, providerAccountId, checks.backoffMs);
  await ensurePartitions(client, spend.day);
  const keys = [...asked.keys].sort();
  const { rows } = await client.query<{ run_id: number }>({
    ...statement('plan_checks', spend.day),
    values: [
      spend.accountId,
      job.id,
      spend.day,
      providerAccountId,
      keys,
      keys.map((key) => asked.addressOf.get(key)),
      BATCH_SIZE_MAX,
      new Date(checks.deadlineMs),
      ATTEMPTS,
      job.paused,
    ],
  });
  return (rows[0] as { run_id: number }).run_id;
}

/** The hidden job that an account's checks of a day belong to. One that was cancelled is over: the next begins. */
async function lockJobOfDay(
  client: Queryable,
  spend: Spend,
  providerAccountId: number,
  backoffMs: number,
): Promise<{ readonly id: number; readonly paused: boolean }> {
  const { accountId, day, currency } = spend;
  if (spend.jobId !== null) {
    const { rows } = await client.query<{ status: string }>(
      `SELECT status::text FROM jobs WHERE account_id = $1 AND id = $2 AND status <> 'cancelled' FOR UPDATE`,
      [accountId, spend.jobId],
    );
    if (rows[0]) return { id: spend.jobId, paused: rows[0].status === 'paused' };
  }
  const { rows } = await client.query<{ id: number }>(
    `WITH job AS (
       INSERT INTO jobs (account_id, name, kind, channel, provider_account_id, trigger, audience, policy, created_at, updated_at)
       SELECT $1, 'address checks ' || $2, 'check', 'email_check', $3, '{"type": "now"}', '{}', $4::jsonb, n.now, n.now
       FROM (SELECT carillon_now() AS now) n
       RETURNING id
     ), content AS (
       INSERT INTO contents (account_id, job_id, version, body) SELECT $1, job.id, 1, '{"type": "check"}' FROM job
     ), kept AS (
       UPDATE check_spend s SET job_id = job.id FROM job WHERE s.account_id = $1 AND s.day = $2::date AND s.currency = $5
     )
     SELECT id FROM job`,
    [accountId, day, providerAccountId, JSON.stringify(policyOf(backoffMs)), currency],
  );
  return { id: (rows[0] as { id: number }).id, paused: false };
}

/** What nobody knows is held, because a look-up settles it: a check that may have been paid for is not bought again. */
function policyOf(backoffMs: number): StoredPolicy {
  return {
    attempts: ATTEMPTS,
    backoff: { initialMs: backoffMs, factor: 2, maxMs: Math.max(backoffMs, BACKOFF_MAX_MS) },
    expireAfterMs: null,
    unknown: { action: 'hold', afterSeconds: 3_600 },
    dedupeBy: 'address',
    quietHours: 'ignore',
  };
}

async function charge(
  client: Queryable,
  { accountId, day, currency }: Spend,
  runId: number | null,
  paid: readonly { readonly row: Known; readonly price: number }[],
): Promise<void> {
  if (paid.length === 0) return;
  await client.query({
    ...statement('charge_checks'),
    values: [
      accountId,
      day,
      currency,
      paid.map(({ row }) => row.address_key),
      paid.map(({ row }) => (row.standing === 'unasked' ? runId : row.check_run_id)),
      paid.map(({ price }) => price),
      paid.map(({ row }) => row.standing === 'shareable'),
      paid.map(({ row }) => row.standing === 'unasked'),
      paid.map(({ row }) => row.until_ms),
    ],
  });
}

/**
 * Lets checks go on that were paused because their verifier refused everything or was disabled; of any account. For role `worker`.
 * @returns how many jobs were resumed
 */
export async function resumeChecks(pool: pg.Pool, providerAccountId: number, actor: string): Promise<number> {
  const { rows } = await pool.query<{ account_id: number; job_id: number }>(
    `SELECT DISTINCT account_id, job_id FROM batches
     WHERE channel = 'email_check' AND open AND paused_at IS NOT NULL AND provider_account_id = $1`,
    [providerAccountId],
  );
  for (const row of rows) await resumeJob(pool, { accountId: row.account_id, jobId: row.job_id, actor });
  return rows.length;
}

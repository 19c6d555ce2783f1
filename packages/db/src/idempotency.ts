/**
 * Once, however often it is asked for: the key's row is inserted first, in the transaction of what it guards. Whoever comes
 * second waits at that row until the first has committed, and is given the first one's answer; when the first rolled back,
 * or died, the second does the work. Within a process it waits before it takes a connection.
 */
import type pg from 'pg';
import { databaseFailure } from './failures.ts';
import { withKeyedMutex } from './keyedMutex.ts';
import type { Queryable } from './pool.ts';

/** A request that carries a key. */
export interface KeyedRequest {
  readonly accountId: number;
  readonly key: string;
  /** SHA-256 over method, path and body. */
  readonly requestHash: Buffer;
}

/** What the work answers with; it is stored with the key and replayed. Must survive JSON. */
export interface StoredAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** The job whose life the key shares. */
  readonly jobId?: number;
}

/**
 * What came of it.
 * - `done`: committed, now or (`replayed`) earlier.
 * - `reused`: the key belongs to another request.
 * - `in_progress`: the first request holds the key longer than we wait.
 * - `unknown_outcome`: the commit's answer was lost, and asking again failed too.
 */
export type KeyedResult =
  | { readonly kind: 'done'; readonly replayed: boolean; readonly answer: StoredAnswer }
  | { readonly kind: 'reused' }
  | { readonly kind: 'in_progress' }
  | { readonly kind: 'unknown_outcome'; readonly cause: unknown };

/** How long the second request waits for the first. */
const LOCK_TIMEOUT_MS = 10_000;
const COMMIT_TIMEOUT_MS = 5_000;
const LOCK_NOT_AVAILABLE = '55P03';

/**
 * Runs `work` once for its key, in one transaction with it.
 *
 * When the answer to COMMIT is lost, everything is asked again on a new connection: the key's row then either stands, and its
 * answer is the truth, or it is surely gone, since the insert would have waited for a transaction that is still open; then
 * the work is done anew.
 *
 * @param work gets the transaction's client and the database's time; what it throws rolls back, and the key stays unused
 */
export async function onceForKey(
  pool: pg.Pool,
  request: KeyedRequest,
  work: (client: pg.PoolClient, nowMs: number) => Promise<StoredAnswer>,
): Promise<KeyedResult> {
  const key = `${request.accountId}/${request.key}`;
  const result = await withKeyedMutex(pool, key, LOCK_TIMEOUT_MS, () => attemptTwice(pool, request, work));
  return result ?? { kind: 'in_progress' };
}

async function attemptTwice(
  pool: pg.Pool,
  request: KeyedRequest,
  work: (client: pg.PoolClient, nowMs: number) => Promise<StoredAnswer>,
): Promise<KeyedResult> {
  const first = await attempt(pool, request, work);
  if (first.kind !== 'commit_lost') return first;
  try {
    const second = await attempt(pool, request, work);
    if (second.kind === 'done') return { ...second, replayed: false };
    return second.kind === 'reused' ? second : { kind: 'unknown_outcome', cause: first.cause };
  } catch (cause) {
    // A refusal by the work proves that the first was not committed: the insert of the key came through.
    if (databaseFailure(cause) === undefined) throw cause;
    return { kind: 'unknown_outcome', cause };
  }
}

type Attempt = KeyedResult | { readonly kind: 'commit_lost'; readonly cause: unknown };

async function attempt(
  pool: pg.Pool,
  request: KeyedRequest,
  work: (client: pg.PoolClient, nowMs: number) => Promise<StoredAnswer>,
): Promise<Attempt> {
  const client = await pool.connect().catch((error: unknown) => {
    throw notCommitted(error);
  });
  let broken: Error | undefined;
  try {
    await client.query(`BEGIN; SET LOCAL lock_timeout = ${LOCK_TIMEOUT_MS}`);
    const result = await insideTransaction(client, request, work);
    try {
      await client.query({ text: 'COMMIT', query_timeout: COMMIT_TIMEOUT_MS } as pg.QueryConfig);
    } catch (cause) {
      broken = cause as Error;
      return { kind: 'commit_lost', cause };
    }
    return result;
  } catch (error) {
    await client
      .query({ text: 'ROLLBACK', query_timeout: COMMIT_TIMEOUT_MS } as pg.QueryConfig)
      .catch((failure: Error) => {
        broken = failure;
      });
    if ((error as { code?: unknown }).code === LOCK_NOT_AVAILABLE) return { kind: 'in_progress' };
    throw notCommitted(error);
  } finally {
    client.release(broken);
  }
}

async function insideTransaction(
  client: pg.PoolClient,
  request: KeyedRequest,
  work: (client: pg.PoolClient, nowMs: number) => Promise<StoredAnswer>,
): Promise<KeyedResult> {
  const { accountId, key, requestHash } = request;
  const inserted = await client.query<{ now_ms: number }>({
    name: 'claim_idempotency_key',
    text: `INSERT INTO idempotency_keys (account_id, key, request_hash, created_at) VALUES ($1, $2, $3, carillon_now())
           ON CONFLICT (account_id, key) DO NOTHING
           RETURNING extract(epoch FROM carillon_now())::float8 * 1000 AS now_ms`,
    values: [accountId, key, requestHash],
  });
  const row = inserted.rows[0];
  if (row === undefined) return await replay(client, request);
  const answer = await work(client, row.now_ms);
  await client.query({
    name: 'store_idempotent_answer',
    text: `UPDATE idempotency_keys SET status = $3, response = $4::jsonb, job_id = $5 WHERE account_id = $1 AND key = $2`,
    values: [
      accountId,
      key,
      answer.status,
      JSON.stringify({ body: answer.body ?? null, headers: answer.headers ?? {} }),
      answer.jobId ?? null,
    ],
  });
  return { kind: 'done', replayed: false, answer };
}

async function replay(client: Queryable, { accountId, key, requestHash }: KeyedRequest): Promise<KeyedResult> {
  const { rows } = await client.query<{
    request_hash: Buffer;
    status: number | null;
    response: { body: unknown; headers: Record<string, string> } | null;
  }>({
    name: 'read_idempotent_answer',
    text: 'SELECT request_hash, status, response FROM idempotency_keys WHERE account_id = $1 AND key = $2',
    values: [accountId, key],
  });
  const row = rows[0];
  // Reaped between the two statements: as good as never used, but this attempt has missed it.
  if (row === undefined || row.status === null || row.response === null) return { kind: 'in_progress' };
  if (!row.request_hash.equals(requestHash)) return { kind: 'reused' };
  const { body, headers } = row.response;
  return { kind: 'done', replayed: true, answer: { status: row.status, body, headers } };
}

/** A connection that broke before COMMIT was sent has surely changed nothing; say so to whoever reads the error. */
function notCommitted(error: unknown): unknown {
  if (databaseFailure(error) !== 'broken') return error;
  return Object.assign(new Error('the connection broke before anything was committed', { cause: error }), {
    code: '08006',
  });
}

/**
 * Deletes keys that have served: older than this, and of a job (if of one) that ended at least that long ago. Bounded; call
 * again while it returns `limit`.
 * @returns how many were deleted
 */
export async function reapIdempotencyKeys(db: Queryable, olderThanHours = 72, limit = 1_000): Promise<number> {
  const { rowCount } = await db.query(
    `DELETE FROM idempotency_keys WHERE (account_id, key) IN (
       SELECT k.account_id, k.key
       FROM idempotency_keys k LEFT JOIN jobs j ON j.account_id = k.account_id AND j.id = k.job_id
       WHERE k.created_at < carillon_now() - $1 * interval '1 hour'
         AND (j.id IS NULL
              OR j.status IN ('completed', 'cancelled') AND j.updated_at < carillon_now() - $1 * interval '1 hour')
       LIMIT $2)`,
    [olderThanHours, limit],
  );
  return rowCount ?? 0;
}

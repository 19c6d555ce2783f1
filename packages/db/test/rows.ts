/** A database of one's own, and a batch whose rows are in whatever state a test needs. */
import type { DeliveryState } from '@carillon/core';
import { type AccountSeed, createTestDatabase, seedAccount } from '@carillon/testkit';
import {
  createDatabase,
  type Database,
  type DeliveryOutcome,
  type DeliveryReport,
  type LeasedBatch,
  leaseBatch,
} from '../src/index.ts';

export const DAY = '2026-11-20';

export interface TestStore {
  readonly url: string;
  readonly db: Database;
  readonly account: AccountSeed;
  close(): Promise<void>;
}

export async function openStore(): Promise<TestStore> {
  const own = await createTestDatabase();
  const db = createDatabase({ url: own.url, max: 8, applicationName: 'db-test' });
  const account = await seedAccount(db.pool, 'db-test', { baseUrl: 'http://127.0.0.1:9' });
  await db.pool.query('SELECT ensure_partitions($1)', [DAY]);
  return {
    url: own.url,
    db,
    account,
    async close() {
      await db.close();
      await own.drop();
    },
  };
}

interface RowSeed {
  readonly state?: DeliveryState;
  readonly try?: number;
  readonly attempts?: number;
  readonly dueInMs?: number;
}

export interface BatchSeed {
  readonly rows: readonly RowSeed[];
  readonly runId?: number;
  readonly single?: boolean;
  readonly unknownAction?: 'hold' | 'fail' | 'resend';
  readonly unknownAfterSeconds?: number;
  readonly maxAttempts?: number;
  /** How long ago the unknown rows became so. */
  readonly settledAgoMs?: number;
  readonly expiresInMs?: number;
  readonly dueInMs?: number;
  readonly accountId?: number;
}

/** A job with a run that is `sending`; its batches are made one by one. */
export async function seedRun(
  store: TestStore,
  accountId = store.account.accountId,
): Promise<{ jobId: number; runId: number }> {
  const { rows } = await store.db.pool.query<{ job_id: number; id: number }>(
    `WITH job AS (
       INSERT INTO jobs (account_id, name, kind, channel, provider_account_id, trigger, audience, policy)
       VALUES ($1, 'job', 'message', 'whatsapp', $2, '{"type":"now"}', '{}', '{}') RETURNING id
     ), content AS (
       INSERT INTO contents (account_id, job_id, version, body) SELECT $1, id, 1, '{"type":"text","text":"Hello"}' FROM job
     )
     INSERT INTO runs (account_id, job_id, occurrence_key, day, due_at, state, expanded_at)
     SELECT $1, id, 'once', $3, carillon_now(), 'sending', carillon_now() FROM job RETURNING job_id, id`,
    [accountId, store.account.providerAccountId, DAY],
  );
  const row = rows[0] as { job_id: number; id: number };
  return { jobId: row.job_id, runId: row.id };
}

/** A batch with counts that agree with its rows; returns its id. */
export async function seedBatch(
  store: TestStore,
  seed: BatchSeed,
): Promise<{ batchId: number; runId: number; jobId: number }> {
  const accountId = seed.accountId ?? store.account.accountId;
  const run =
    seed.runId === undefined
      ? await seedRun(store, accountId)
      : {
          runId: seed.runId,
          jobId: (
            (await store.db.pool.query<{ job_id: number }>('SELECT job_id FROM runs WHERE id = $1', [seed.runId]))
              .rows[0] as {
              job_id: number;
            }
          ).job_id,
        };
  const count = (state: DeliveryState): number =>
    seed.rows.filter((row) => (row.state ?? 'scheduled') === state).length;
  const { rows } = await store.db.pool.query<{ id: number }>(
    `INSERT INTO batches (account_id, run_id, job_id, day, channel, provider_account_id, single, size, due_at, max_attempts,
                          unknown_action, unknown_after_seconds, settle_at, expires_at,
                          scheduled, sending, sent, delivered, failed, unknown, skipped, cancelled)
     SELECT $1, $2, $3, $4, 'whatsapp', $5, $6, $7, n.now + $8::float8 * interval '1 millisecond', $9, $10, $11,
            CASE WHEN $10 <> 'hold' AND $12::int > 0 THEN n.now END,
            n.now + $13::float8 * interval '1 millisecond', $14, $15, $16, $17, $18, $12, $19, $20
     FROM (SELECT carillon_now() AS now) n RETURNING id`,
    [
      accountId,
      run.runId,
      run.jobId,
      DAY,
      store.account.providerAccountId,
      seed.single ?? false,
      seed.rows.length,
      seed.dueInMs ?? 0,
      seed.maxAttempts ?? 5,
      seed.unknownAction ?? 'hold',
      seed.unknownAfterSeconds ?? 0,
      count('unknown'),
      seed.expiresInMs ?? null,
      count('scheduled'),
      count('sending'),
      count('sent'),
      count('delivered'),
      count('failed'),
      count('skipped'),
      count('cancelled'),
    ],
  );
  const batchId = (rows[0] as { id: number }).id;
  await store.db.pool.query(
    `INSERT INTO deliveries (batch_id, run_id, due_at, sending_at, settled_at, dedupe_key, account_id, day, state,
                             content_version, number, try, attempts, address)
     SELECT $1, $2, n.now + due * interval '1 millisecond', CASE WHEN try > 0 THEN n.now END,
            n.now - $9::float8 * interval '1 millisecond', gen_random_uuid(), $3, $4, state, 1, number, try, attempts,
            '4915200000' || number
     FROM unnest($5::delivery_state[], $6::int[], $7::int[], $8::float8[]) WITH ORDINALITY AS r (state, try, attempts, due, number),
          (SELECT carillon_now() AS now) n`,
    [
      batchId,
      run.runId,
      accountId,
      DAY,
      seed.rows.map((row) => row.state ?? 'scheduled'),
      seed.rows.map(
        (row) => row.try ?? (['scheduled', 'skipped', 'cancelled'].includes(row.state ?? 'scheduled') ? 0 : 1),
      ),
      seed.rows.map((row) => row.attempts ?? 0),
      seed.rows.map((row) => row.dueInMs ?? seed.dueInMs ?? 0),
      seed.settledAgoMs ?? 0,
    ],
  );
  return { batchId, ...run };
}

/** The lease of a batch that is known to be free. */
export async function leaseOf(store: TestStore, batchId: number, leaseMs = 60_000): Promise<LeasedBatch> {
  const batch = await leaseBatch(
    store.db.pool,
    { accountId: store.account.accountId, batchId },
    { leaseMs, owner: 'test' },
  );
  if (!batch) throw new Error(`batch ${batchId} was not leased`);
  return batch;
}

export interface DeliveryNow {
  readonly number: number;
  readonly state: DeliveryState;
  readonly try: number;
  readonly attempts: number;
  readonly code: string | null;
  readonly provider_message_id: string | null;
  readonly due_in_ms: number;
}

export async function deliveriesOf(store: TestStore, batchId: number): Promise<DeliveryNow[]> {
  const { rows } = await store.db.pool.query<DeliveryNow>(
    `SELECT number, state::text AS state, try, attempts, code, provider_message_id,
            extract(epoch FROM due_at - carillon_now())::float8 * 1000 AS due_in_ms
     FROM deliveries WHERE batch_id = $1 ORDER BY number`,
    [batchId],
  );
  return rows;
}

// biome-ignore lint/suspicious/noExplicitAny: a row of batches as it is
export async function batchRow(store: TestStore, batchId: number): Promise<any> {
  const { rows } = await store.db.pool.query('SELECT * FROM batches WHERE id = $1', [batchId]);
  return rows[0];
}

/** Whether the batch's counts are what its rows say. */
export async function countsAgree(store: TestStore, batchId: number): Promise<boolean> {
  const { rows } = await store.db.pool.query<{ agree: boolean }>(
    `SELECT (b.scheduled, b.sending, b.sent, b.delivered, b.failed, b.unknown, b.skipped, b.cancelled) = (
       SELECT count(*) FILTER (WHERE state = 'scheduled'), count(*) FILTER (WHERE state = 'sending'),
               count(*) FILTER (WHERE state = 'sent'), count(*) FILTER (WHERE state = 'delivered'),
               count(*) FILTER (WHERE state = 'failed'), count(*) FILTER (WHERE state = 'unknown'),
               count(*) FILTER (WHERE state = 'skipped'), count(*) FILTER (WHERE state = 'cancelled')
       FROM deliveries d WHERE d.batch_id = b.id) AS agree
     FROM batches b WHERE b.id = $1`,
    [batchId],
  );
  return rows[0]?.agree ?? false;
}

/** An outcome of a try; `accepted` unless said otherwise. */
/** A report about the first try of the batch's first row, but for what is changed. */
export function report(batchId: number, changes: Partial<DeliveryReport> = {}): DeliveryReport {
  return {
    day: DAY,
    batchId,
    number: 1,
    try: 1,
    status: 'delivered',
    code: null,
    providerMessageId: 'wamid.reported',
    reportedAtMs: 1e12,
    ...changes,
  };
}

export function outcome(
  store: TestStore,
  row: { batchId: number; number: number; try: number },
  changes: Partial<DeliveryOutcome> = {},
): DeliveryOutcome {
  return {
    accountId: store.account.accountId,
    day: DAY,
    state: 'sent',
    word: 'accepted',
    burnsAttempt: true,
    code: null,
    message: null,
    providerMessageId: `wamid.${row.batchId}.${row.number}`,
    retryInMs: 0,
    ...row,
    ...changes,
  };
}

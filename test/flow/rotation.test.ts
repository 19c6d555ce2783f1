/**
 * A sweeper drops days, deletes what one account keeps for a shorter time, and forgets audit entries, while a sender sends at a steady
 * rate and a transaction reads the tables: no send comes a second later for it. Of each message it is the time from when it was due to when its intent
 * was written that counts, by the database's clock, and how much the worst is later than the worst without rotation: a busy machine is
 * late by itself.
 */
import { ensurePartitions, hasPartition } from '@carillon/db';
import { type AccountSeed, eventually } from '@carillon/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type House, startHouse, wrongBatches } from './house.ts';

const KEEP_DAYS = 15;
/** What the second account keeps. */
const BRIEF_DAYS = 9;
/** Two days that go whole, and one of which the second account's part goes. */
const DAYS = [30, 20, 10] as const;
const BATCHES_A_DAY = 150;
const BATCH_SIZE = 40;
const AUDIT_ENTRIES = 5_000;
const READER_MS = 3_000;
/** Messages of one moment, and from one moment to the next: 50 a second. */
const AT_ONCE = 10;
const EVERY_MS = 200;
const PHASE_MS = 8_000;

let house: House;
let accounts: readonly [AccountSeed, AccountSeed];
let days: string[];

const sql = async (text: string, values: unknown[] = []) => (await house.db.pool.query(text, values)).rows;

beforeAll(async () => {
  house = await startHouse();
  accounts = [await house.account('long', { messagesPerSecond: 500 }), await house.account('brief')];
  await sql('UPDATE accounts SET keep_days = $2 WHERE id = $1', [accounts[1].accountId, BRIEF_DAYS]);
  days = [];
  for (const ago of DAYS) {
    const [row] = await sql(
      `SELECT to_char((carillon_now() AT TIME ZONE 'UTC')::date - $1::int, 'YYYY-MM-DD') AS day`,
      [ago],
    );
    days.push(row.day);
    await ensurePartitions(house.db.pool, row.day);
    for (const account of accounts) await fill(account, row.day);
  }
  await sql('ANALYZE');
  await Promise.all([house.start('scheduler'), house.start('sender')]);
}, 360_000);
afterAll(() => house?.stop());

/** A day's deliveries of an account, each with an attempt, a report and a result, and audit entries of years ago. */
async function fill({ accountId, providerAccountId }: AccountSeed, day: string): Promise<void> {
  await sql(
    `WITH job AS (
       INSERT INTO jobs (account_id, name, kind, channel, provider_account_id, trigger, audience, policy, status)
       VALUES ($1, 'old', 'message', 'whatsapp', $2, '{"type":"now"}', '{}', '{}', 'completed') RETURNING id
     ), run AS (
       INSERT INTO runs (account_id, job_id, occurrence_key, day, due_at, state, people, completed_at)
       SELECT $1, id, 'once', $3, $3::date, 'completed', $4::int * $5::int, $3::date FROM job RETURNING id, job_id
     ), batch AS (
       INSERT INTO batches (account_id, run_id, job_id, day, channel, provider_account_id, size, scheduled, sent, due_at)
       SELECT $1, run.id, run.job_id, $3, 'whatsapp', $2, $5, 0, $5, $3::date FROM run, generate_series(1, $4) RETURNING id, run_id
     )
     INSERT INTO deliveries (batch_id, run_id, due_at, dedupe_key, account_id, day, content_version, number, address, state)
     SELECT id, run_id, $3::date, gen_random_uuid(), $1, $3, 1, number, 'somebody', 'sent' FROM batch, generate_series(1, $5) AS number`,
    [accountId, providerAccountId, day, BATCHES_A_DAY, BATCH_SIZE],
  );
  const of = `FROM deliveries WHERE account_id = $1 AND day = $2`;
  await sql(
    `INSERT INTO attempts (account_id, batch_id, number, try, day, outcome, ended_at) SELECT account_id, batch_id, number, 1, day, 'accepted', day ${of}`,
    [accountId, day],
  );
  await sql(
    `INSERT INTO reports (account_id, batch_id, number, try, day, status, reported_at, received_at)
     SELECT account_id, batch_id, number, 1, day, 'sent', day, day ${of}`,
    [accountId, day],
  );
  await sql(
    `INSERT INTO results (account_id, batch_id, number, try, day, started_at, ended_at, output)
     SELECT account_id, batch_id, number, 1, day, day, day, repeat('x', 200) ${of}`,
    [accountId, day],
  );
  await sql(
    `INSERT INTO audit_entries (account_id, at, actor, action, subject)
     SELECT $1, carillon_now() - interval '900 days', 'test', 'test', 'test' FROM generate_series(1, $2)`,
    [accountId, AUDIT_ENTRIES],
  );
}

/** Messages that are due at a steady rate from soon on, for a while. @returns their run */
async function steady(forMs: number): Promise<number> {
  const { accountId, providerAccountId } = accounts[0];
  const moments = forMs / EVERY_MS;
  const [run] = await sql(
    `WITH job AS (
       INSERT INTO jobs (account_id, name, kind, channel, provider_account_id, trigger, audience, policy)
       VALUES ($1, 'steady', 'message', 'whatsapp', $2, '{"type":"now"}', '{}', '{}') RETURNING id
     ), content AS (
       INSERT INTO contents (account_id, job_id, version, body) SELECT $1, id, 1, '{"type":"text","text":"Hello"}' FROM job
     )
     INSERT INTO runs (account_id, job_id, occurrence_key, day, due_at, state, people, expanded_at)
     SELECT $1, id, 'once', (carillon_now() AT TIME ZONE 'UTC')::date, carillon_now(), 'sending', $3, carillon_now() FROM job
     RETURNING id, job_id, to_char(day, 'YYYY-MM-DD') AS day`,
    [accountId, providerAccountId, moments * AT_ONCE],
  );
  await ensurePartitions(house.db.pool, run.day);
  await sql(
    `WITH batch AS (
       INSERT INTO batches (account_id, run_id, job_id, day, channel, provider_account_id, size, scheduled, due_at, max_attempts)
       SELECT $1, $2, $3, $4, 'whatsapp', $5, $6, $6, carillon_now() + (2000 + n * $8::int) * interval '1 millisecond', 5
       FROM generate_series(0, $7 - 1) n RETURNING id, due_at
     )
     INSERT INTO deliveries (batch_id, run_id, due_at, dedupe_key, account_id, day, content_version, number, address, state)
     SELECT id, $2, due_at, gen_random_uuid(), $1, $4, 1, number, '49151' || lpad((id * 100 + number)::text, 8, '0'), 'scheduled'
     FROM batch, generate_series(1, $6) AS number`,
    [accountId, run.id, run.job_id, run.day, providerAccountId, AT_ONCE, moments, EVERY_MS],
  );
  return run.id;
}

/** How much later than it was due each message of a run was begun, ms, once all are sent; the largest. Of one that was given back its last try counts. */
async function worstLateness(runId: number, moments: number): Promise<number> {
  const read = async () =>
    (
      await sql(
        `SELECT count(*)::int AS begun, max(extract(epoch FROM sending_at - due_at))::float8 * 1000 AS worst
         FROM deliveries WHERE account_id = $1 AND run_id = $2 AND state = 'sent'`,
        [accounts[0].accountId, runId],
      )
    )[0] as { begun: number; worst: number };
  const all = moments * AT_ONCE;
  await eventually(async () => (await read()).begun === all, { timeoutMs: 60_000, what: 'all of them' });
  return (await read()).worst;
}

/** Does `work` beside a transaction that reads the tables for seconds. */
async function besideReader(work: () => Promise<void>): Promise<void> {
  const reader = await house.db.pool.connect();
  try {
    await reader.query('BEGIN');
    await reader.query(
      'SELECT (SELECT count(*) FROM deliveries), (SELECT count(*) FROM attempts), (SELECT count(*) FROM reports)',
    );
    const worked = work();
    await new Promise((resolve) => setTimeout(resolve, READER_MS));
    await reader.query('ROLLBACK');
    await worked;
  } finally {
    reader.release();
  }
}

const isRotated = async () => {
  const [{ left, audit }] = (await sql(
    `SELECT (SELECT count(*)::int FROM deliveries WHERE account_id = $1 AND day = $2) AS left, (SELECT count(*)::int FROM audit_entries WHERE action = 'test') AS audit`,
    [accounts[1].accountId, days[2]],
  )) as [{ left: number; audit: number }];
  const dropped = await Promise.all(days.slice(0, 2).map((day) => hasPartition(house.db.pool, day)));
  return left === 0 && audit === 0 && !dropped.includes(true);
};

const MOMENTS = PHASE_MS / EVERY_MS;

test('no send of a steady rate comes a second later while a sweeper rotates all there is', async () => {
  const controlMs = await worstLateness(await steady(PHASE_MS), MOMENTS);
  const runId = await steady(PHASE_MS);
  let rotatedAfterMs = 0;
  await besideReader(async () => {
    const begunMs = performance.now();
    await house.start('sweeper', { KEEP_DAYS: String(KEEP_DAYS), KEEP_AUDIT_DAYS: '800', ROTATION_INTERVAL_MS: '100' });
    await eventually(isRotated, { timeoutMs: 60_000, what: 'the rotation' });
    rotatedAfterMs = performance.now() - begunMs;
  });
  const worstMs = await worstLateness(runId, MOMENTS);
  process.stderr.write(
    `rotation: ${Math.round(rotatedAfterMs)} ms, latest ${worstMs.toFixed(0)} ms, without it ${controlMs.toFixed(0)} ms\n`,
  );
  // It could not be over before the reader was.
  expect(rotatedAfterMs).toBeGreaterThan(READER_MS / 2);
  expect(worstMs - controlMs).toBeLessThan(1_000);
  // The first account keeps what it has of the third day; and of what went, the counts stay.
  const left = await sql('SELECT count(*)::int AS n FROM deliveries WHERE account_id = $1 AND day = $2', [
    accounts[0].accountId,
    days[2],
  ]);
  expect(left).toEqual([{ n: BATCHES_A_DAY * BATCH_SIZE }]);
  expect(await sql(`SELECT sum((kept ->> 'sent')::int)::int AS sent FROM runs WHERE kept IS NOT NULL`)).toEqual([
    { sent: 5 * BATCHES_A_DAY * BATCH_SIZE },
  ]);
  expect(await wrongBatches(house)).toEqual([]);
}, 360_000);

test('the control: who waits behind the reader for what senders claim from, as long as it takes, makes sends late', async () => {
  const runId = await steady(PHASE_MS);
  const [{ day }] = (await sql(`SELECT to_char(day, 'YYYYMMDD') AS day FROM runs WHERE id = $1`, [runId])) as [
    { day: string },
  ];
  // Until the first are sent.
  await eventually(
    async () =>
      (await sql(`SELECT 1 FROM deliveries WHERE run_id = $1 AND state = 'sent' LIMIT 1`, [runId])).length > 0,
    { what: 'the first' },
  );
  await besideReader(async () => {
    const client = await house.db.pool.connect();
    try {
      await client.query('BEGIN');
      await client.query(`LOCK TABLE deliveries_${day} IN ACCESS EXCLUSIVE MODE`);
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
  });
  expect(await worstLateness(runId, MOMENTS)).toBeGreaterThan(1_000);
}, 360_000);

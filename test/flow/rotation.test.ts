/** Days are dropped while a sender is at work, with a transaction open that reads the table: no send comes a second later for it. */
import { ensurePartitions, hasPartition, rotateOldestDay } from '@carillon/db';
import { type AccountSeed, eventually, seedAnnouncement, seedPeople } from '@carillon/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ADDRESS_PEPPER, type House, startHouse, wrongBatches } from './house.ts';

const PEOPLE = 1_000;
const PER_SECOND = 100;
const KEEP_DAYS = 8;
const DAYS = [30, 20, 10];
const BATCHES_A_DAY = 3_000;
const READER_MS = 3_000;

let house: House;
let account: AccountSeed;
let audienceId: number;
let days: string[];

beforeAll(async () => {
  house = await startHouse();
  account = await house.account('rotation', { messagesPerSecond: PER_SECOND });
  const people = { count: PEOPLE, addressPepper: ADDRESS_PEPPER };
  ({ audienceId } = await seedPeople(house.db.pool, account.accountId, people));
  days = [];
  for (const ago of DAYS) {
    const { rows } = await house.db.pool.query<{ day: string }>(
      `SELECT to_char((carillon_now() AT TIME ZONE 'UTC')::date - $1::int, 'YYYY-MM-DD') AS day`,
      [ago],
    );
    const { day } = rows[0] as { day: string };
    days.push(day);
    await ensurePartitions(house.db.pool, day);
    await house.db.pool.query(
      `WITH job AS (
         INSERT INTO jobs (account_id, name, kind, channel, provider_account_id, trigger, audience, policy, status)
         VALUES ($1, 'old', 'message', 'whatsapp', $2, '{"type":"now"}', '{}', '{}', 'completed') RETURNING id
       ), run AS (
         INSERT INTO runs (account_id, job_id, occurrence_key, day, due_at, state, people, completed_at)
         SELECT $1, id, 'once', $3, $3::date, 'completed', $4, $3::date FROM job RETURNING id, job_id
       ), batch AS (
         INSERT INTO batches (account_id, run_id, job_id, day, channel, provider_account_id, single, size, scheduled, sent, due_at)
         SELECT $1, run.id, run.job_id, $3, 'whatsapp', $2, true, 1, 0, 1, $3::date FROM run, generate_series(1, $4) RETURNING id, run_id
       )
       INSERT INTO deliveries (batch_id, run_id, due_at, dedupe_key, account_id, day, content_version, number, address, state)
       SELECT id, run_id, $3::date, gen_random_uuid(), $1, $3, 1, 1, 'somebody', 'sent' FROM batch`,
      [account.accountId, account.providerAccountId, day, BATCHES_A_DAY],
    );
  }
  await Promise.all([house.start('scheduler'), house.start('sender')]);
}, 360_000);
afterAll(() => house?.stop());

/** When messages of a run were accepted, epoch ms, in order. */
const acceptedAt = async (runId: number): Promise<number[]> => {
  const entries = (await house.ledger.export(runId)) as { at: number; wamid?: string }[];
  return entries.flatMap(({ at, wamid }) => (wamid === undefined ? [] : [at])).sort((one, other) => one - other);
};

/** Rotates until all old days are gone, and begins beside a transaction that reads the table for seconds. */
async function rotateAll(): Promise<{ readonly beganMs: number; readonly endedMs: number; readonly busy: number }> {
  const beganMs = Date.now();
  const reader = await house.db.pool.connect();
  await reader.query('BEGIN');
  await reader.query('SELECT 1 FROM deliveries LIMIT 1');
  const reading = new Promise<void>((resolve) => setTimeout(resolve, READER_MS)).then(async () => {
    await reader.query('ROLLBACK');
    reader.release();
  });
  let busy = 0;
  for (;;) {
    const { kind } = await rotateOldestDay(house.db.pool, KEEP_DAYS);
    if (kind === 'nothing') break;
    if (kind === 'busy') busy += 1;
  }
  await reading;
  return { beganMs, endedMs: Date.now(), busy };
}

test('a sender sends on at its rate while three days are dropped', async () => {
  const { runId } = await seedAnnouncement(house.db.pool, account, { audienceId });
  // Some messages are out, so that the rate is that of a sender at work.
  await eventually(async () => (await acceptedAt(runId)).length >= PER_SECOND, { what: 'the first hundred' });
  const rotation = await rotateAll();
  await eventually(async () => (await acceptedAt(runId)).length >= PEOPLE, { timeoutMs: 60_000, what: 'all of them' });
  const times = await acceptedAt(runId);
  expect(times).toHaveLength(PEOPLE);
  expect(rotation.busy).toBeGreaterThan(0);
  for (const day of days) expect(await hasPartition(house.db.pool, day)).toBe(false);
  const meanwhile = times.filter((at) => at >= rotation.beganMs - 1_000 && at <= rotation.endedMs + 1_000);
  const gaps = meanwhile.slice(1).map((at, index) => at - (meanwhile[index] as number));
  expect(Math.max(...gaps)).toBeLessThan(1_000);
  const { rows } = await house.db.pool.query(
    `SELECT sum((kept ->> 'sent')::int) AS sent FROM runs WHERE kept IS NOT NULL`,
  );
  expect(rows).toEqual([{ sent: DAYS.length * BATCHES_A_DAY }]);
  expect(await wrongBatches(house)).toEqual([]);
}, 360_000);

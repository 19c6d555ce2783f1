/**
 * Reminders and birthdays with real services: Redis is emptied while today's and tomorrow's are planned, calls fail and are tried
 * again, subscriptions are renewed in between, and a job goes through pause, resend and cancel with many runs.
 */
import { addressKey } from '@carillon/core';
import { insertJob, moveClock, passDueDates, pauseJob, readMissed, resendMissed, resumeJob } from '@carillon/db';
import { type AccountSeed, eventually } from '@carillon/testkit';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { ADDRESS_PEPPER, type House, startHouse, wrongBatches } from './house.ts';

const HOUR_MS = 3_600_000;
const ZONES = ['Europe/Berlin', 'America/New_York', 'Asia/Tokyo', 'Pacific/Honolulu', null];

let house: House;
let account: AccountSeed;
let people = 0;

beforeAll(async () => {
  house = await startHouse({ ownRedis: true });
  account = await house.account('dates', { messagesPerSecond: 5_000 });
  // Wake-ups wait by the machine's clock, which is not moved: only what is due is enqueued.
  const quick = { ENQUEUE_HORIZON_MS: '1000', LOST_AFTER_MS: '1000' };
  await Promise.all(['scheduler', 'sweeper', 'sender'].map((name) => house.start(name, quick)));
}, 360_000);
afterAll(() => house?.stop());
beforeEach(async () => {
  await house.db.pool.query(`UPDATE jobs SET status = 'cancelled', next_run_at = NULL WHERE dated`);
  await house.db.pool.query('DELETE FROM recipient_dates');
  await setClock('2027-03-08T12:00:00Z');
});

let aheadMs = 0;
async function setClock(instant: string): Promise<void> {
  aheadMs = Date.parse(instant) - Date.now();
  await moveClock(house.db.pool, { aheadMs, speed: 1 });
}

/** People with a date; the number of each ends with `suffix`. Returns their ids. */
async function seed(count: number, dates: Record<string, string>, suffix = ''): Promise<number[]> {
  const phones = Array.from({ length: count }, () => {
    people += 1;
    return `4915${100_000 + people}00${suffix}`;
  });
  const { rows } = await house.db.pool.query<{ id: number }>(
    `INSERT INTO recipients (account_id, external_id, phone, whatsapp_key, zone)
     SELECT $1, 'p-' || phone, phone, key, zone FROM unnest($2::text[], $3::uuid[], $4::text[]) AS p (phone, key, zone) RETURNING id`,
    [
      account.accountId,
      phones,
      phones.map((phone) => addressKey(ADDRESS_PEPPER, 'whatsapp', phone)),
      phones.map((_, n) => ZONES[n % ZONES.length]),
    ],
  );
  const ids = rows.map(({ id }) => id);
  for (const [name, value] of Object.entries(dates)) await setDates(ids, name, value);
  return ids;
}

async function setDates(ids: readonly number[], name: string, value: string): Promise<void> {
  await house.db.pool.query(
    `INSERT INTO recipient_dates (account_id, recipient_id, name, value, anniversary, on_day)
     SELECT $1, id, $3, $4, '--' || right($4, 5), $4::date FROM unnest($2::bigint[]) AS id
     ON CONFLICT (account_id, recipient_id, name)
     DO UPDATE SET value = excluded.value, anniversary = excluded.anniversary, on_day = excluded.on_day`,
    [account.accountId, ids, name, value],
  );
}

async function dateJob(trigger: Record<string, unknown> = {}, policy: Record<string, unknown> = {}): Promise<number> {
  return await insertJob(house.db.pool, {
    accountId: account.accountId,
    name: 'dates',
    kind: 'message',
    channel: 'whatsapp',
    providerAccountId: account.providerAccountId,
    trigger: {
      type: 'date',
      date: 'birthday',
      offsets: [0],
      at: '09:00',
      zone: null,
      repeat: 'yearly',
      feb29: 'feb28',
      gap: 'later',
      repeated: 'first',
      missingZone: 'Europe/Berlin',
      lateness: { action: 'send' },
      ...trigger,
    },
    target: { everyone: true, audienceIds: [], recipientIds: [], excludedAudienceIds: [], excludedRecipientIds: [] },
    asked: { everyone: true, audiences: [], recipients: [], exclude: { audiences: [], recipients: [] } },
    policy: {
      attempts: 5,
      backoff: { initialMs: 5_000, factor: 2, maxMs: 3_600_000 },
      expireAfterMs: null,
      unknown: { action: 'hold', afterSeconds: 3_600 },
      dedupeBy: 'recipient',
      quietHours: 'respect',
      ...policy,
    },
    content: { type: 'text', text: 'It is your day.' },
    nextRunAtMs: 0,
    actor: 'test',
  });
}

interface Row {
  readonly recipient: number;
  readonly day: string;
  readonly state: string;
  readonly code: string | null;
  readonly attempts: number;
  readonly late_ms: number | null;
}

/** The job's deliveries by day and recipient; `late_ms` is how long after the planned moment the last try began. */
async function rowsOf(jobId: number): Promise<Row[]> {
  const { rows } = await house.db.pool.query<Row>(
    `SELECT d.recipient_id AS recipient, r.civil_day AS day, d.state::text, d.code, d.attempts,
            extract(epoch FROM d.sending_at - o.due_at)::float8 * 1000 AS late_ms
     FROM runs r JOIN deliveries d ON d.run_id = r.id AND d.day = r.day
     LEFT JOIN occasions o ON o.account_id = r.account_id AND o.job_id = r.job_id AND o.recipient_id = d.recipient_id AND o.run_id = r.id
     WHERE r.job_id = $1 AND r.civil_day IS NOT NULL ORDER BY 2, 1`,
    [jobId],
  );
  return rows;
}

const planned = async (jobId: number, count: number): Promise<Row[]> =>
  await eventually(
    async () => {
      const rows = await rowsOf(jobId);
      return rows.length === count && rows;
    },
    { what: `${count} planned` },
  );

/** Waits until so many of the job's deliveries are in a state. */
const reached = async (jobId: number, state: string, count: number): Promise<Row[]> =>
  await eventually(
    async () => {
      const rows = (await rowsOf(jobId)).filter((row) => row.state === state);
      return rows.length === count && rows;
    },
    { timeoutMs: 120_000, what: `${count} ${state}` },
  );

test('an emptied Redis keeps nobody from being told on time, today and tomorrow', async () => {
  const today = await seed(100, { birthday: '1990-03-09' });
  const tomorrow = await seed(100, { birthday: '1991-03-10' });
  const jobId = await dateJob();
  await planned(jobId, 200);
  await house.flushRedis();
  const moments = await house.db.pool.query<{ ms: number }>(
    `SELECT DISTINCT extract(epoch FROM due_at)::float8 * 1000 AS ms FROM batches WHERE job_id = $1 ORDER BY 1`,
    [jobId],
  );
  expect(moments.rows.length).toBeGreaterThanOrEqual(8);
  let sent = 0;
  for (const [place, { ms }] of moments.rows.entries()) {
    if (place % 3 === 1) await house.flushRedis();
    // A moment before, so that nobody may be early, and the wake-up waits in Redis.
    await setClock(new Date(ms - 300).toISOString());
    const { rows } = await house.db.pool.query<{ due: number }>(
      `SELECT sum(size)::int AS due FROM batches WHERE job_id = $1 AND due_at <= to_timestamp($2::float8 / 1000)`,
      [jobId, ms + 1],
    );
    sent = rows[0]?.due as number;
    await reached(jobId, 'sent', sent);
  }
  expect(sent).toBe(today.length + tomorrow.length);
  for (const { late_ms } of await rowsOf(jobId)) {
    expect(late_ms).toBeGreaterThanOrEqual(0);
    expect(late_ms).toBeLessThan(60_000);
  }
  expect(await wrongBatches(house)).toEqual([]);
}, 360_000);

test('a call that failed is tried again after five seconds, and after the last try the count and the error are told', async () => {
  await house.control('rules', { rules: [{ match: { toSuffix: '77' }, does: { code: 131016 } }] });
  const [failing] = await seed(1, { birthday: '1990-03-09' }, '77');
  const [fine] = await seed(1, { birthday: '1990-03-09' }, '11');
  const jobId = await dateJob({}, { attempts: 3 });
  await planned(jobId, 2);
  await setClock('2027-03-09T08:00:00Z');
  await reached(jobId, 'sent', 1);
  const retried = await eventually(
    async () => {
      const row = (await rowsOf(jobId)).find(({ recipient }) => recipient === failing);
      return row?.state === 'scheduled' && row.attempts === 1 && row;
    },
    { what: 'the first failure' },
  );
  expect(retried.code).toBe('131016');
  const { rows } = await house.db.pool.query<{ wait_ms: number }>(
    `SELECT extract(epoch FROM d.due_at - t.ended_at)::float8 * 1000 AS wait_ms FROM deliveries d JOIN attempts t USING (account_id, batch_id, number, day)
     WHERE d.recipient_id = $1 AND t.try = 1`,
    [failing],
  );
  // Chance takes up to a fifth of the five seconds off, so that rows which failed together do not return together.
  expect(rows[0]?.wait_ms).toBeGreaterThanOrEqual(4_000);
  expect(rows[0]?.wait_ms).toBeLessThanOrEqual(6_100);
  const [last] = await reached(jobId, 'failed', 1);
  expect(last).toMatchObject({ recipient: failing, attempts: 3, code: '131016' });
  expect((await rowsOf(jobId)).find(({ recipient }) => recipient === fine)?.state).toBe('sent');
  await house.control('rules', { rules: [] });
}, 360_000);

test('a renewed subscription brings no reminder of the old date, and one of the new', async () => {
  const [renewed, kept] = (await seed(2, { expires: '2027-03-12' })) as [number, number];
  await house.db.pool.query('UPDATE recipients SET zone = $2 WHERE id = ANY ($1::bigint[])', [
    [renewed, kept],
    'Europe/Berlin',
  ]);
  const jobId = await dateJob({ date: 'expires', repeat: 'once', offsets: [-3] });
  await planned(jobId, 2);
  await setDates([renewed], 'expires', '2027-04-12');
  await setClock('2027-03-09T08:00:01Z');
  const rows = await eventually(
    async () => {
      const found = await rowsOf(jobId);
      return found.every(({ state }) => state !== 'scheduled' && state !== 'sending') && found;
    },
    { what: 'the end of the reminders' },
  );
  expect(rows).toMatchObject([
    { recipient: renewed, state: 'skipped', code: 'no_longer_due' },
    { recipient: kept, state: 'sent' },
  ]);
  // Whose date was another was not missed, and is not sent to by hand either.
  expect(await readMissed(house.db.pool, { accountId: account.accountId, jobId })).toMatchObject({ people: 0 });
  await setClock('2027-04-08T12:00:00Z');
  await planned(jobId, 3);
  await setClock('2027-04-09T08:00:00Z');
  const again = await reached(jobId, 'sent', 2);
  expect(again).toMatchObject([
    { recipient: kept, day: '2027-03-09' },
    { recipient: renewed, day: '2027-04-09' },
  ]);
}, 360_000);

test('a pause holds all runs of the job, and those who failed are sent to by hand', async () => {
  await house.control('rules', { rules: [{ match: { toSuffix: '66' }, does: { code: 131026 } }] });
  const first = await seed(5, { birthday: '1990-03-09' });
  const refused = await seed(2, { birthday: '1990-03-09' }, '66');
  const second = await seed(5, { birthday: '1990-03-10' });
  const jobId = await dateJob();
  const request = { accountId: account.accountId, jobId, actor: 'test' };
  await planned(jobId, first.length + refused.length + second.length);
  await pauseJob(house.db.pool, request);
  await setClock('2027-03-09T21:00:00Z');
  expect(await passDueDates(house.db.pool, { aheadMs: HOUR_MS, intervalMs: HOUR_MS, pageSize: 10 })).toEqual({
    kind: 'nothing_due',
  });
  expect(new Set((await rowsOf(jobId)).map(({ state }) => state))).toEqual(new Set(['scheduled']));
  await resumeJob(house.db.pool, request);
  await reached(jobId, 'failed', refused.length);
  await reached(jobId, 'sent', first.length);
  await house.control('rules', { rules: [] });
  const resent = await resendMissed(house.db.pool, { ...request, includeFailedByReport: false });
  expect(resent).toMatchObject({ kind: 'created', people: refused.length });
  const runId = (resent as { runId: number }).runId;
  await eventually(async () => (await house.ledger.totals(runId)).acceptances === refused.length, {
    what: 'the resend',
  });
  // A corrected date brings nobody a second greeting who was sent to by hand.
  await setDates(refused, 'birthday', '1990-03-11');
  await setClock('2027-03-12T12:00:00Z');
  await reached(jobId, 'sent', first.length + second.length);
  expect((await rowsOf(jobId)).filter(({ recipient }) => refused.includes(recipient))).toHaveLength(refused.length);
  expect(await wrongBatches(house)).toEqual([]);
}, 360_000);

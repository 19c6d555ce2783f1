/**
 * A wall time in everybody's own zone: 30 zones across a change of the clocks, in both directions and with every rule. Each
 * due time is compared with another implementation of the calendar, and nothing is sent before it.
 */

import { addressKey, earliestInstantOf, parseWallTime } from '@carillon/core';
import { beginExpansions, expandStep, insertJob, moveClock, planDueJobs, readDatabaseTime } from '@carillon/db';
import { type AccountSeed, eventually } from '@carillon/testkit';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Temporal } from 'temporal-polyfill';
import { ADDRESS_PEPPER, completed, type House, startHouse, wrongBatches } from './house.ts';

/** Both hemispheres, half hours, a change by half an hour, none at all, and both edges of the day. */
const ZONES = [
  'Africa/Casablanca',
  'Africa/Johannesburg',
  'Africa/Lagos',
  'America/Anchorage',
  'America/Bogota',
  'America/Chicago',
  'America/Denver',
  'America/Halifax',
  'America/Havana',
  'America/Los_Angeles',
  'America/New_York',
  'America/Phoenix',
  'America/Santiago',
  'America/St_Johns',
  'Asia/Dubai',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Asia/Tehran',
  'Asia/Tokyo',
  'Atlantic/Azores',
  'Australia/Adelaide',
  'Australia/Brisbane',
  'Australia/Lord_Howe',
  'Australia/Sydney',
  'Europe/Berlin',
  'Europe/London',
  'Europe/Moscow',
  'Pacific/Auckland',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
];
const PER_ZONE = 3;
/** Where people without a zone are. */
const MISSING_ZONE = 'Europe/Berlin';

let house: House;
let account: AccountSeed;

beforeAll(async () => {
  house = await startHouse();
  account = await house.account('local');
  const people = [...ZONES.flatMap((zone) => Array<string | null>(PER_ZONE).fill(zone)), null, null];
  const phones = people.map((_, n) => `4915${200_000_001 + n}`);
  await house.db.pool.query(
    `INSERT INTO recipients (account_id, external_id, phone, whatsapp_key, zone)
     SELECT $1, 'p-' || phone, phone, key, zone FROM unnest($2::text[], $3::uuid[], $4::text[]) AS p (phone, key, zone)`,
    [account.accountId, phones, phones.map((phone) => addressKey(ADDRESS_PEPPER, 'whatsapp', phone)), people],
  );
}, 360_000);
afterAll(() => house?.stop());

interface Rules {
  readonly gap: 'later' | 'earlier' | 'skip';
  readonly repeated: 'first' | 'second';
}

/** A job as the API stores it: to be planned before it is this wall time anywhere. */
async function localJob(wallTime: string, rules: Rules): Promise<number> {
  const parsed = parseWallTime(wallTime);
  if (!parsed.ok) throw new Error(parsed.reason);
  return await insertJob(house.db.pool, {
    accountId: account.accountId,
    name: 'local',
    kind: 'message',
    channel: 'whatsapp',
    providerAccountId: account.providerAccountId,
    trigger: { type: 'local', wallTime, ...rules, missingZone: MISSING_ZONE },
    target: { everyone: true, audienceIds: [], recipientIds: [], excludedAudienceIds: [], excludedRecipientIds: [] },
    asked: { everyone: true, audiences: [], recipients: [], exclude: { audiences: [], recipients: [] } },
    policy: {
      attempts: 5,
      backoff: { initialMs: 5_000, factor: 2, maxMs: 3_600_000 },
      expireAfterMs: null,
      unknown: { action: 'hold', afterSeconds: 3_600 },
      dedupeBy: 'address',
      quietHours: 'respect',
    },
    content: { type: 'text', text: 'Good morning.' },
    nextRunAtMs: earliestInstantOf(parsed.wallTime),
    actor: 'test',
  });
}

/** The other calendar's answer, in our words. */
function byTemporal(wallTime: string, zone: string, rules: Rules): { dueAtMs: number; skipped: boolean } {
  const plain = Temporal.PlainDateTime.from(wallTime);
  const earlier = plain.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const later = plain.toZonedDateTime(zone, { disambiguation: 'later' });
  const exists = earlier.toPlainDateTime().equals(plain);
  if (exists) {
    const chosen = rules.repeated === 'second' ? later : earlier;
    return { dueAtMs: chosen.epochMilliseconds, skipped: false };
  }
  if (rules.gap === 'skip') return { dueAtMs: later.epochMilliseconds, skipped: true };
  return { dueAtMs: (rules.gap === 'earlier' ? earlier : later).epochMilliseconds, skipped: false };
}

interface PlannedRow {
  zone: string | null;
  due_at_ms: number;
  state: string;
  code: string | null;
  batch_id: number;
  batch_due_ms: number;
}

async function planned(jobId: number): Promise<{ runId: number; runDueMs: number; rows: PlannedRow[] }> {
  const run = await house.db.pool.query<{ id: number; due_ms: number }>(
    'SELECT id, extract(epoch FROM due_at)::float8 * 1000 AS due_ms FROM runs WHERE job_id = $1',
    [jobId],
  );
  const { id, due_ms } = run.rows[0] as { id: number; due_ms: number };
  const { rows } = await house.db.pool.query<PlannedRow>(
    `SELECT p.zone, extract(epoch FROM d.due_at)::float8 * 1000 AS due_at_ms, d.state::text, d.code, d.batch_id,
            extract(epoch FROM b.due_at)::float8 * 1000 AS batch_due_ms
     FROM deliveries d JOIN recipients p ON p.account_id = d.account_id AND p.id = d.recipient_id
     JOIN batches b ON b.account_id = d.account_id AND b.id = d.batch_id
     WHERE d.account_id = $1 AND d.run_id = $2`,
    [account.accountId, id],
  );
  return { runId: id, runDueMs: due_ms, rows };
}

async function setClock(instantMs: number): Promise<void> {
  await moveClock(house.db.pool, { aheadMs: instantMs - Date.now(), speed: 1 });
}

describe.each([
  // Clocks go forward in New York and most of America; 02:30 does not exist there.
  { wallTime: '2027-03-14T02:30:00', gapIn: 'America/New_York' },
  // Forward in Europe.
  { wallTime: '2027-03-28T02:30:00', gapIn: 'Europe/Berlin' },
  // Back in New York: 01:30 comes twice.
  { wallTime: '2027-11-07T01:30:00', twiceIn: 'America/New_York' },
  // Back in Europe.
  { wallTime: '2027-10-31T02:30:00', twiceIn: 'Europe/Berlin' },
  // The southern hemisphere: forward by half an hour on Lord Howe, by an hour in Sydney, then back.
  { wallTime: '2027-10-03T02:15:00', gapIn: 'Australia/Lord_Howe' },
  { wallTime: '2027-04-04T02:30:00', twiceIn: 'Australia/Sydney' },
])('$wallTime', ({ wallTime, gapIn, twiceIn }) => {
  test.each<Rules>([
    { gap: 'later', repeated: 'first' },
    { gap: 'earlier', repeated: 'second' },
    { gap: 'skip', repeated: 'first' },
  ])('with gap $gap and repeated $repeated agrees with another calendar in 30 zones', async (rules) => {
    const jobId = await localJob(wallTime, rules);
    const { rows: next } = await house.db.pool.query<{ ms: number }>(
      'SELECT extract(epoch FROM next_run_at)::float8 * 1000 AS ms FROM jobs WHERE id = $1',
      [jobId],
    );
    await setClock((next[0]?.ms ?? 0) - 60_000);
    expect(await planDueJobs(house.db.pool, { horizonMs: 300_000, limit: 10 })).toMatchObject({ planned: 1 });
    await beginExpansions(house.db.pool, 10);
    while (await expandStep(house.db.pool)) {
      // The next one.
    }
    const { runDueMs, rows } = await planned(jobId);
    expect(rows).toHaveLength(ZONES.length * PER_ZONE + 2);
    const seen = rows.map((row) => ({ zone: row.zone, dueAtMs: row.due_at_ms, skipped: row.state === 'skipped' }));
    expect(seen).toEqual(
      rows.map((row) => ({ zone: row.zone, ...byTemporal(wallTime, row.zone ?? MISSING_ZONE, rules) })),
    );
    for (const row of rows) {
      expect(row.code).toBe(row.state === 'skipped' ? 'wall_time_in_gap' : null);
      expect(row.state).toMatch(/^(scheduled|skipped)$/);
      // One due second per batch, and nothing is due before its run.
      expect(row.batch_due_ms).toBe(row.due_at_ms);
      expect(row.due_at_ms).toBeGreaterThanOrEqual(runDueMs);
    }
    expect(runDueMs).toBe(next[0]?.ms);
    // The change of the clocks is really there.
    const there = (zone: string) => byTemporal(wallTime, zone, rules).dueAtMs;
    if (gapIn && rules.gap === 'skip')
      expect(rows.some((row) => row.zone === gapIn && row.state === 'skipped')).toBe(true);
    if (twiceIn) {
      const first = byTemporal(wallTime, twiceIn, { gap: 'later', repeated: 'first' }).dueAtMs;
      expect(there(twiceIn) > first).toBe(rules.repeated === 'second');
    }
    expect(await wrongBatches(house)).toEqual([]);
  });
});

test('real services send in each zone when its moment has come, and not before', async () => {
  // What the tests above planned is out of the way.
  await house.db.pool.query('UPDATE batches SET cancelled_at = now()');
  const jobId = await localJob('2028-03-26T02:30:00', { gap: 'skip', repeated: 'first' });
  const { rows: next } = await house.db.pool.query<{ ms: number }>(
    'SELECT extract(epoch FROM next_run_at)::float8 * 1000 AS ms FROM jobs WHERE id = $1',
    [jobId],
  );
  await setClock((next[0]?.ms ?? 0) - 30_000);
  await Promise.all([
    house.start('scheduler'),
    house.start('sweeper', { LOST_AFTER_MS: '200' }),
    house.start('sender', { SEND_CONNECTIONS: '8' }),
  ]);
  const { runId, rows } = await eventually(
    async () => {
      const found = await planned(jobId).catch(() => undefined);
      return found?.rows.length === ZONES.length * PER_ZONE + 2 && found;
    },
    { what: 'the expansion' },
  );
  const open = rows.filter((row) => row.state === 'scheduled');
  expect(open.length).toBeLessThan(rows.length);
  const moments = [...new Set(open.map((row) => row.due_at_ms))].sort((a, b) => a - b);
  expect(moments.length).toBeGreaterThan(12);
  for (const [place, moment] of moments.entries()) {
    await setClock(moment + 1);
    const due = open.filter((row) => row.due_at_ms <= moment).length;
    await eventually(async () => (await house.ledger.totals(runId)).acceptances === due, {
      timeoutMs: 15_000,
      what: `moment ${place} of ${moments.length}: ${due} sent`,
    });
  }
  expect(await readDatabaseTime(house.db.pool)).toBeGreaterThan(moments.at(-1) as number);
  const counts = await completed(house, runId);
  expect(counts).toMatchObject({ sent: open.length, skipped: rows.length - open.length, failed: 0, unknown: 0 });
  expect(await house.ledger.totals(runId)).toMatchObject({ acceptances: open.length, duplicates: 0 });
  const { rows: early } = await house.db.pool.query(
    'SELECT batch_id, number, due_at, sending_at FROM deliveries WHERE run_id = $1 AND sending_at < due_at',
    [runId],
  );
  expect(early).toEqual([]);
}, 360_000);

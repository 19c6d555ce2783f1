/**
 * "Send to those missed", pressed by twenty people at once: one run is made, for whoever certainly has nothing, and over a
 * run and all its resends nobody is told twice. The ledger is the judge.
 */
import { applyReports, countMissed, readFamily, readMissed, resendMissed } from '@carillon/db';
import { type AccountSeed, eventually, seedPeople } from '@carillon/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ADDRESS_PEPPER, announce, completed, countsOf, type House, startHouse, wrongBatches } from './house.ts';

const PEOPLE = 600;
const CLICKS = 20;

let house: House;
let account: AccountSeed;
let run: { jobId: number; runId: number };

const ending = (digit: number) => (address: string) => address.endsWith(String(digit));
const REFUSED = ending(1);
const LOST = ending(2);
const SUPPRESSED = ending(3);
const REPORTED = ending(4);

beforeAll(async () => {
  house = await startHouse();
  account = await house.account('missed');
  const { audienceId } = await seedPeople(house.db.pool, account.accountId, {
    count: PEOPLE,
    addressPepper: ADDRESS_PEPPER,
  });
  await house.db.pool.query(
    `INSERT INTO suppressions (account_id, channel, address_key, address, reason, source)
     SELECT account_id, 'whatsapp', whatsapp_key, phone, 'manual', 'test' FROM recipients WHERE phone LIKE '%3'`,
  );
  await house.control('rules', {
    rules: [
      { match: { toSuffix: '1' }, does: { code: 131026 } },
      { match: { toSuffix: '2' }, does: { fault: 'accept_and_reset' } },
    ],
  });
  await Promise.all([house.start('scheduler'), house.start('sweeper'), house.start('sender'), house.start('sender')]);
  run = await announce(house, account, { target: { audienceIds: [audienceId] } });
  await completed(house, run.runId);
  await reportFailed();
}, 360_000);
afterAll(() => house?.stop());

/** The provider reports, later, that some of what it accepted did not arrive. */
async function reportFailed(): Promise<void> {
  const { rows } = await house.db.pool.query<{ batch_id: number; number: number; try: number; day: string }>(
    `SELECT batch_id, number, try, day FROM deliveries WHERE run_id = $1 AND address LIKE '%4'`,
    [run.runId],
  );
  const reports = rows.map((row) => ({
    day: row.day,
    batchId: row.batch_id,
    number: row.number,
    try: row.try,
    status: 'failed' as const,
    code: '131026',
    providerMessageId: 'wamid.reported',
    reportedAtMs: Date.now(),
  }));
  await applyReports(house.db.pool, account.accountId, reports, rows[0]?.day as string);
}

/** How often each address was accepted, over the whole family. */
async function told(): Promise<Map<string, number>> {
  const family = await readFamily(house.db.pool, account.accountId, run.runId);
  const counts = new Map<string, number>();
  for (const runId of family?.runIds ?? []) {
    for (const { to, acceptances } of await house.ledger.addresses(runId)) {
      counts.set(to, (counts.get(to) ?? 0) + acceptances);
    }
  }
  return counts;
}

async function addressesOf(runId: number): Promise<string[]> {
  const { rows } = await house.db.pool.query<{ address: string }>(
    'SELECT address FROM deliveries WHERE run_id = $1 ORDER BY address',
    [runId],
  );
  return rows.map((row) => row.address);
}

const click = (includeFailedByReport = false) =>
  resendMissed(house.db.pool, {
    accountId: account.accountId,
    jobId: run.jobId,
    includeFailedByReport,
    actor: 'test',
  });

test('of twenty clicks one makes a run, for those who certainly have nothing', async () => {
  const all = await addressesOf(run.runId);
  const counts = await countsOf(house, run.runId);
  expect(counts).toMatchObject({ unknown: all.filter(LOST).length, skipped: all.filter(SUPPRESSED).length });
  expect(counts.failed).toBe(all.filter((address) => REFUSED(address) || REPORTED(address)).length);
  const before = await told();
  // What a resend to everybody who is not `sent` would double: they have it, and only the ledger knows.
  expect(all.filter(LOST).map((address) => before.get(address))).toEqual(all.filter(LOST).map(() => 1));

  // The suppressed may be written to again; the refused have a number now.
  await house.db.pool.query('DELETE FROM suppressions WHERE account_id = $1', [account.accountId]);
  await house.control('rules', { rules: [] });
  const missed = all.filter((address) => REFUSED(address) || SUPPRESSED(address));
  expect(await readMissed(house.db.pool, { accountId: account.accountId, jobId: run.jobId })).toEqual({
    rootRunId: run.runId,
    people: missed.length,
    peopleWithFailedByReport: missed.length + all.filter(REPORTED).length,
    openRunId: null,
  });
  const results = await Promise.all(Array.from({ length: CLICKS }, () => click()));
  const created = results.flatMap((result) => (result.kind === 'created' ? [result] : []));
  expect(created).toHaveLength(1);
  const child = created[0] as { runId: number; people: number };
  expect(child.people).toBe(missed.length);
  expect(results.filter((result) => result.kind === 'open' && result.runId === child.runId)).toHaveLength(CLICKS - 1);

  expect(await completed(house, child.runId)).toMatchObject({ sent: missed.length, size: missed.length });
  expect(await addressesOf(child.runId)).toEqual(missed);
  const after = await told();
  expect([...after.values()].filter((times) => times > 1)).toEqual([]);
  expect(missed.every((address) => after.get(address) === 1)).toBe(true);
  expect(await wrongBatches(house)).toEqual([]);
});

test('a job that had ended goes on for it, and ends again', async () => {
  const status = async () =>
    (await house.db.pool.query<{ status: string }>('SELECT status::text FROM jobs WHERE id = $1', [run.jobId])).rows[0]
      ?.status;
  await eventually(async () => (await status()) === 'completed', { what: 'the end of the job' });
});

test('then nobody is missed, but on request those whom only a report failed', async () => {
  expect(await click()).toEqual({ kind: 'nobody' });
  const reported = (await addressesOf(run.runId)).filter(REPORTED);
  const result = await click(true);
  expect(result).toMatchObject({ kind: 'created', people: reported.length });
  const { runId } = result as { runId: number };
  await completed(house, runId);
  expect(await addressesOf(runId)).toEqual(reported);
  expect(await click(true)).toEqual({ kind: 'nobody' });
  const family = await readFamily(house.db.pool, account.accountId, run.runId);
  expect(family?.runIds).toHaveLength(3);
  // Whose outcome nobody knows stays out, whatever is asked.
  const everything = { accountId: account.accountId, family: family as NonNullable<typeof family> };
  expect(await countMissed(house.db.pool, { ...everything, options: { includeFailedByReport: true } })).toBe(0);
  expect((await countsOf(house, run.runId)).unknown).toBeGreaterThan(0);
});

test('what was missed before the database was restored is sent to on request only', async () => {
  const pool = house.db.pool;
  const missed = async () => {
    const found = await readMissed(pool, { accountId: account.accountId, jobId: run.jobId });
    return [found?.people, found?.peopleWithFailedByReport];
  };
  const { rows } = await pool.query<{ batch_id: number }>(
    `UPDATE deliveries SET state = 'failed', code = '131026', provider_message_id = NULL
     WHERE run_id = $1 AND address = (SELECT min(address) FROM deliveries WHERE run_id = $1 AND address LIKE '%5')
     RETURNING batch_id`,
    [run.runId],
  );
  await pool.query('UPDATE batches SET failed = failed + 1, sent = sent - 1 WHERE id = $1', [rows[0]?.batch_id]);
  expect(await missed()).toEqual([1, 1]);
  await pool.query('UPDATE installation SET restored_at = carillon_now(), restore_settled_at = carillon_now()');
  expect(await missed()).toEqual([0, 1]);
});

test("another account's job is not found", async () => {
  const other = await house.account('stranger');
  const result = await resendMissed(house.db.pool, {
    accountId: other.accountId,
    jobId: run.jobId,
    includeFailedByReport: false,
    actor: 'test',
  });
  expect(result).toEqual({ kind: 'not_found' });
});

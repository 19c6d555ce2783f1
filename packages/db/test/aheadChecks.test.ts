/** Checks ahead of the first message: for whom, when, and how often; for jobs of one moment and for those that follow dates. */
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { checkAhead, insertJob, planDueJobs } from '../src/index.ts';
import { addressOf, checksOf, PRICE, seedChecker, seedVerifier } from './checkRows.ts';
import { openStore, type TestStore } from './rows.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let store: TestStore;
let account: number;
let next = 1;
const sql = (text: string, values: unknown[] = []) => store.db.pool.query(text, values);
const look = () => checkAhead(store.db.pool, { againMs: HOUR_MS });
const asked = async (numbers: readonly number[]) =>
  (await Promise.all(numbers.map((n) => checksOf(store, n)))).map((checks) => checks.length);

beforeAll(async () => {
  store = await openStore();
  await seedVerifier(store, await seedChecker(store, 'operator', { operator: true }));
});
beforeEach(async () => {
  await sql('UPDATE jobs SET next_check_at = NULL');
  account = await seedChecker(store, `account ${next}`);
});
afterAll(() => store?.close());

/** People with addresses that nobody had before; returns their ids, and the numbers of their addresses. */
async function people(count: number): Promise<{ ids: number[]; numbers: number[] }> {
  const numbers = Array.from({ length: count }, () => next++);
  const { rows } = await sql(
    `INSERT INTO recipients (account_id, external_id, name, email, email_key)
     SELECT $1, 'p' || n, CASE WHEN n % 7 = 0 THEN NULL ELSE 'Somebody' END, address, key
     FROM unnest($2::int[], $3::text[], $4::uuid[]) AS p (n, address, key) RETURNING id`,
    [account, numbers, numbers.map((n) => addressOf(n).address), numbers.map((n) => addressOf(n).key)],
  );
  return { ids: rows.map(({ id }) => id), numbers };
}

const TARGET = { everyone: false, audienceIds: [], excludedAudienceIds: [], excludedRecipientIds: [] };

async function job(options: {
  ids: number[];
  trigger: Record<string, unknown>;
  dueMs: number;
  ahead?: number;
  text?: string;
}): Promise<number> {
  return await insertJob(store.db.pool, {
    accountId: account,
    name: 'Offers',
    kind: 'message',
    channel: 'email',
    providerAccountId: 1,
    trigger: options.trigger as never,
    target: { ...TARGET, recipientIds: options.ids },
    asked: { everyone: false, audiences: [], recipients: [], exclude: { audiences: [], recipients: [] } },
    policy: {
      attempts: 5,
      backoff: { initialMs: 5_000, factor: 2, maxMs: HOUR_MS },
      expireAfterMs: null,
      unknown: { action: 'hold', afterSeconds: 60 },
      dedupeBy: 'address',
      quietHours: 'ignore',
      addressCheck: { aheadMs: options.ahead ?? 2 * DAY_MS, waitMs: HOUR_MS, risky: 'send', unknown: 'skip' },
    },
    content: { type: 'email', subject: 'Offers', text: options.text ?? 'New ones.' },
    nextRunAtMs: options.dueMs,
    actor: 'test',
  });
}

const at = (dueMs: number) => ({ type: 'at', instantMs: dueMs });

test('nobody is asked for before the time, everybody then, and once', async () => {
  const { ids, numbers } = await people(3);
  const dueMs = Date.now() + 3 * DAY_MS;
  const jobId = await job({ ids, trigger: at(dueMs), dueMs });
  expect(await look()).toBeUndefined();
  await sql(`UPDATE jobs SET next_check_at = now() WHERE id = $1`, [jobId]);
  expect(await look()).toMatchObject({ jobId, asked: 3, blocked: null });
  expect(await asked(numbers)).toEqual([1, 1, 1]);
  expect(await look()).toBeUndefined();
  // A check is of no use after the message has waited for it.
  const [check] = await checksOf(store, numbers[0] as number);
  const { rows } = await sql('SELECT extract(epoch FROM expires_at)::float8 * 1000 AS ms FROM batches WHERE id = $1', [
    check?.batch_id,
  ]);
  expect(rows[0].ms).toBeCloseTo(dueMs + HOUR_MS, -3);
});

test('only those who would be told: nobody suppressed, without a value, or out of the target', async () => {
  const { ids, numbers } = await people(14);
  const nameless = numbers.filter((n) => n % 7 === 0);
  const suppressed = numbers.find((n) => n % 7 !== 0) as number;
  await sql(
    `INSERT INTO suppressions (account_id, channel, address_key, reason, source) VALUES ($1, 'email', $2, 'manual', 'test')`,
    [account, addressOf(suppressed).key],
  );
  const outside = numbers.at(-1) === nameless.at(-1) ? numbers.at(-2) : numbers.at(-1);
  const inside = ids.filter((_, index) => numbers[index] !== outside);
  const dueMs = Date.now() + DAY_MS;
  await job({ ids: inside, trigger: at(dueMs), dueMs, text: 'Dear {{name}}' });
  const left = new Set([suppressed, outside, ...nameless]);
  expect(await look()).toMatchObject({ asked: numbers.length - left.size });
  expect(await asked(numbers)).toEqual(numbers.map((n) => (left.has(n) ? 0 : 1)));
});

test('a job that the budget does not suffice for is looked at again, and one that is planned no more', async () => {
  await sql(`UPDATE accounts SET check_budget_micros = $2, check_budget_currency = 'EUR' WHERE id = $1`, [
    account,
    PRICE,
  ]);
  const { ids } = await people(2);
  const dueMs = Date.now() + DAY_MS;
  const jobId = await job({ ids, trigger: at(dueMs), dueMs });
  expect(await look()).toMatchObject({ asked: 1, blocked: 'budget' });
  const nextLook = async () => (await sql('SELECT next_check_at AS at FROM jobs WHERE id = $1', [jobId])).rows[0].at;
  expect((await nextLook()).getTime()).toBeGreaterThan(Date.now() + HOUR_MS / 2);
  await sql(`UPDATE accounts SET check_budget_micros = NULL, check_budget_currency = NULL WHERE id = $1`, [account]);
  await sql(`UPDATE jobs SET next_check_at = now() WHERE id = $1`, [jobId]);
  expect(await look()).toMatchObject({ asked: 1, blocked: null });
  await sql(`UPDATE jobs SET next_check_at = now() WHERE id = $1`, [jobId]);
  await planDueJobs(store.db.pool, { horizonMs: 2 * DAY_MS, limit: 10 });
  expect(await nextLook()).toBeNull();
});

test('people whose date brings a message within the time ahead are asked for, again and again, and nobody else', async () => {
  const { ids, numbers } = await people(4);
  const day = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);
  // Told three days before: of these the first within a day or two, the second in four, the third was told long ago.
  const dates = [day(4), day(7), day(1)];
  for (const [index, value] of dates.entries()) {
    await sql(
      `INSERT INTO recipient_dates (account_id, recipient_id, name, value, anniversary, on_day)
       VALUES ($1, $2, 'expires', $3, '-' || substr($3, 5), $3::date)`,
      [account, ids[index], value],
    );
  }
  const jobId = await job({
    ids,
    dueMs: Date.now(),
    trigger: {
      type: 'date',
      date: 'expires',
      offsets: [-3],
      at: '09:00',
      zone: 'UTC',
      repeat: 'once',
      feb29: 'feb28',
      gap: 'later',
      repeated: 'first',
      missingZone: 'UTC',
      lateness: { action: 'skip' },
    },
  });
  expect(await look()).toMatchObject({ jobId, asked: 1 });
  expect(await asked(numbers)).toEqual([1, 0, 0, 0]);
  expect(await look()).toBeUndefined();
  // The next pass finds who was added meanwhile, and asks for nobody twice.
  await sql(
    `INSERT INTO recipient_dates (account_id, recipient_id, name, value, anniversary, on_day)
     VALUES ($1, $2, 'expires', $3, '-' || substr($3, 5), $3::date)`,
    [account, ids[3], day(4)],
  );
  await sql(`UPDATE jobs SET next_check_at = now() WHERE id = $1`, [jobId]);
  expect(await look()).toMatchObject({ jobId, asked: 1 });
  expect(await asked(numbers)).toEqual([1, 0, 0, 1]);
});

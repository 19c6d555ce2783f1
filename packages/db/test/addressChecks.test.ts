/** Requests for checks: one check of an address whoever asks, what it costs whom, and what becomes of it. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  checkPlanned,
  closeChecks,
  dropEndedRows,
  findLostCalls,
  pauseRunForProvider,
  resumeChecks,
  storeVerdicts,
} from '../src/index.ts';
import {
  addressOf,
  checksOf,
  inAnHour,
  judge,
  PRICE,
  request,
  seedChecker,
  seedMessages,
  seedVerifier,
  spendOf,
  standingsOf,
} from './checkRows.ts';
import { batchRow, countsAgree, openStore, type TestStore } from './rows.ts';

let store: TestStore;
/** The next address that no test has used. */
let next = 1;
let account: number;
let other: number;
const sql = (text: string, values: unknown[] = []) => store.db.pool.query(text, values);
const fresh = (count: number): number[] => Array.from({ length: count }, () => next++);

beforeAll(async () => {
  store = await openStore();
  await seedVerifier(store, await seedChecker(store, 'operator', { operator: true }));
});
beforeEach(async () => {
  account = await seedChecker(store, `account ${next}`);
  other = await seedChecker(store, `other ${next}`);
  // What the tests before left waiting.
  await sql('UPDATE batches SET checks_done = true');
});
afterAll(() => store?.close());

describe('a request', () => {
  test('makes a check of each address, hidden and silent, and none a second time', async () => {
    const numbers = fresh(3);
    const result = await request(store, account, [...numbers, numbers[0] as number]);
    expect(result).toMatchObject({ asked: 3, shared: 0, blocked: null });
    expect(standingsOf(result, numbers)).toEqual(['pending', 'pending', 'pending']);
    expect(await request(store, account, numbers)).toMatchObject({ asked: 0, shared: 0, blocked: null });
    const checks = await Promise.all(numbers.map((n) => checksOf(store, n)));
    expect(checks.flat()).toHaveLength(3);
    const batchId = checks[0]?.[0]?.batch_id as number;
    expect(await batchRow(store, batchId)).toMatchObject({
      channel: 'email_check',
      scheduled: 3,
      unknown_action: 'hold',
    });
    expect(await countsAgree(store, batchId)).toBe(true);
    const { rows } = await sql(
      `SELECT j.kind, r.silent, b.expires_at > carillon_now() AS ends FROM batches b JOIN runs r ON r.id = b.run_id
       JOIN jobs j ON j.id = b.job_id WHERE b.id = $1`,
      [batchId],
    );
    expect(rows).toEqual([{ kind: 'check', silent: true, ends: true }]);
    expect(await spendOf(store, account)).toEqual({ reserved: 3 * PRICE, charged: 0, asked: 3, shared: 0 });
  });

  test('is cut into batches of a thousand, under one job a day', async () => {
    const numbers = fresh(1_001);
    await request(store, account, numbers);
    await request(store, account, fresh(1));
    const { rows } = await sql(
      `SELECT size, count(*)::int AS batches FROM batches WHERE account_id = $1 GROUP BY size ORDER BY size`,
      [account],
    );
    expect(rows).toEqual([
      { size: 1, batches: 2 },
      { size: 1_000, batches: 1 },
    ]);
    expect((await sql(`SELECT 1 FROM jobs WHERE account_id = $1`, [account])).rows).toHaveLength(1);
  });

  test('leaves out whom the account knows: confirmed, or with a verdict of its own that is valid', async () => {
    const numbers = fresh(4);
    const [confirmed, own, old] = numbers.map((n) => addressOf(n).key);
    await sql(
      `INSERT INTO account_verdicts (account_id, address_key, verdict, source, at, valid_until) VALUES
         ($1, $2, 'confirmed', 'test', now(), NULL), ($1, $3, 'undeliverable', 'test', now(), now() + interval '1 day'),
         ($1, $4, 'deliverable', 'test', now(), now() - interval '1 day')`,
      [account, confirmed, own, old],
    );
    const result = await request(store, account, numbers);
    expect(standingsOf(result, numbers)).toEqual(['confirmed', 'undeliverable', 'pending', 'pending']);
    // Another account knows nothing of that.
    expect(standingsOf(await request(store, other, numbers), numbers)).toEqual(Array(4).fill('pending'));
  });

  test('is answered by no verifier where there is none, and changes nothing', async () => {
    await sql(`UPDATE provider_accounts SET disabled_at = now() WHERE channel = 'email_check'`);
    const numbers = fresh(2);
    const result = await request(store, account, numbers);
    await sql(`UPDATE provider_accounts SET disabled_at = NULL WHERE channel = 'email_check'`);
    expect(result).toMatchObject({ asked: 0, blocked: 'no_verifier' });
    expect(standingsOf(result, numbers)).toEqual(['unasked', 'unasked']);
    expect(
      (await sql('SELECT 1 FROM address_verdicts WHERE address_key = $1', [addressOf(numbers[0] as number).key])).rows,
    ).toEqual([]);
  });

  test('goes to the verifier of the account itself before an operator’s', async () => {
    const own = await seedVerifier(store, account, 100);
    const numbers = fresh(1);
    await request(store, account, numbers);
    const [check] = await checksOf(store, numbers[0] as number);
    expect(await batchRow(store, check?.batch_id as number)).toMatchObject({ provider_account_id: own });
    expect(await spendOf(store, account)).toMatchObject({ reserved: 100 });
  });

  test('begins another job where the day’s was cancelled, and waits where it is paused', async () => {
    await request(store, account, fresh(1));
    await sql(`UPDATE jobs SET status = 'paused' WHERE account_id = $1`, [account]);
    const [paused] = fresh(1);
    await request(store, account, [paused as number]);
    const [check] = await checksOf(store, paused as number);
    expect(await batchRow(store, check?.batch_id as number)).toMatchObject({ paused_at: expect.any(Date) });
    await sql(`UPDATE jobs SET status = 'cancelled' WHERE account_id = $1`, [account]);
    const [again] = fresh(1);
    await request(store, account, [again as number]);
    const [later] = await checksOf(store, again as number);
    expect(await batchRow(store, later?.batch_id as number)).toMatchObject({ paused_at: null });
  });
});

describe('many at once', () => {
  test('requests of several accounts that overlap in all orders buy each address once, and nobody waits for ever', async () => {
    const numbers = fresh(300);
    const reversed = [...numbers].reverse();
    const results = await Promise.all(
      Array.from({ length: 8 }, (_, turn) =>
        request(store, turn % 2 === 0 ? account : other, turn % 3 === 0 ? numbers : reversed.slice(turn * 10)),
      ),
    );
    expect(results.reduce((sum, { asked }) => sum + asked, 0)).toBe(300);
    const { rows } = await sql(
      `SELECT count(*)::int AS checks, count(DISTINCT d.dedupe_key)::int AS addresses FROM deliveries d
       WHERE d.dedupe_key = ANY ($1::uuid[])`,
      [numbers.map((n) => addressOf(n).key)],
    );
    expect(rows).toEqual([{ checks: 300, addresses: 300 }]);
    const [mine, theirs] = await Promise.all([spendOf(store, account), spendOf(store, other)]);
    expect(mine).toMatchObject({ reserved: 300 * PRICE });
    expect(theirs).toMatchObject({ reserved: 300 * PRICE });
  });

  test('requests never spend more than the budget together', async () => {
    await sql(`UPDATE accounts SET check_budget_micros = $2, check_budget_currency = 'EUR' WHERE id = $1`, [
      account,
      25 * PRICE,
    ]);
    const results = await Promise.all(Array.from({ length: 6 }, () => request(store, account, fresh(10))));
    expect(results.reduce((sum, { asked }) => sum + asked, 0)).toBe(25);
    expect(results.filter(({ blocked }) => blocked === 'budget').length).toBeGreaterThan(0);
    expect(await spendOf(store, account)).toMatchObject({ reserved: 25 * PRICE, charged: 0 });
  });
});

describe('a verdict', () => {
  test('is stored once, with its cost and validity, and settles what was reserved', async () => {
    const [n] = fresh(1) as [number];
    await request(store, account, [n]);
    expect(await judge(store, n, 'deliverable')).toEqual([
      { verdict: 'deliverable', currency: 'EUR', costMicros: PRICE },
    ]);
    expect(await judge(store, n, 'undeliverable')).toEqual([]);
    expect(await spendOf(store, account)).toMatchObject({ reserved: 0, charged: PRICE });
    const { rows } = await sql(
      `SELECT state, verdict, reason, checked_by, cost_micros, round(extract(epoch FROM valid_until - checked_at) / 86400) AS days
       FROM address_verdicts WHERE address_key = $1`,
      [addressOf(n).key],
    );
    expect(rows).toMatchObject([{ state: 'done', verdict: 'deliverable', checked_by: 'http', cost_micros: PRICE }]);
    expect(Number(rows[0].days)).toBe(30);
    expect(standingsOf(await request(store, account, [n]), [n])).toEqual(['deliverable']);
  });

  test('is shared with another account, which pays for it once as if it had been made for it', async () => {
    const [n] = fresh(1) as [number];
    await seedVerifier(store, other, 7_000);
    await request(store, account, [n]);
    await judge(store, n, 'risky');
    const result = await request(store, other, [n]);
    expect(result).toMatchObject({ asked: 0, shared: 1 });
    expect(standingsOf(result, [n])).toEqual(['risky']);
    await request(store, other, [n]);
    expect(await spendOf(store, other)).toEqual({ reserved: 0, charged: 7_000, asked: 0, shared: 1 });
    expect(await spendOf(store, account)).toMatchObject({ charged: PRICE });
    expect(await checksOf(store, n)).toHaveLength(1);
  });

  test('of a check that another account joined is paid by both; one that cost nothing, or was none, by neither', async () => {
    const [paid, free, none] = fresh(3) as [number, number, number];
    await request(store, account, [paid, free, none]);
    expect(await request(store, other, [paid, free, none])).toMatchObject({ asked: 0, shared: 3 });
    expect(await spendOf(store, other)).toMatchObject({ reserved: 3 * PRICE });
    await judge(store, paid, 'undeliverable');
    await judge(store, free, 'undeliverable', 0);
    await judge(store, none, 'unknown');
    for (const id of [account, other]) expect(await spendOf(store, id)).toMatchObject({ reserved: 0, charged: PRICE });
  });

  test('that ended is asked for again, and what was paid for the old one counts no more', async () => {
    const [n] = fresh(1) as [number];
    await request(store, account, [n]);
    await judge(store, n, 'deliverable');
    await sql(`UPDATE address_verdicts SET valid_until = now() - interval '1 second' WHERE address_key = $1`, [
      addressOf(n).key,
    ]);
    expect(await request(store, account, [n])).toMatchObject({ asked: 1 });
    await judge(store, n, 'undeliverable');
    expect(await spendOf(store, account)).toMatchObject({ reserved: 0, charged: 2 * PRICE });
    expect(await checksOf(store, n)).toHaveLength(2);
    expect((await sql('SELECT 1 FROM check_charges WHERE account_id = $1', [account])).rows).toHaveLength(1);
  });

  test('of an older check that comes after the newer one changes nothing', async () => {
    const [n] = fresh(1) as [number];
    await request(store, account, [n]);
    const [old] = await checksOf(store, n);
    await judge(store, n, 'unknown');
    await sql(`UPDATE address_verdicts SET valid_until = now() WHERE address_key = $1`, [addressOf(n).key]);
    await request(store, account, [n]);
    await judge(store, n, 'deliverable');
    const late = await storeVerdicts(
      store.db.pool,
      [
        {
          accountId: account,
          batchId: old?.batch_id as number,
          number: old?.number as number,
          verdict: 'undeliverable',
          reason: 'late',
          checkedBy: 'http',
          costMicros: PRICE,
        },
      ],
      old?.day as string,
    );
    expect(late).toEqual([]);
    expect(standingsOf(await request(store, account, [n]), [n])).toEqual(['deliverable']);
  });

  test('that comes after the check was given up for unknown is the truth, and is paid', async () => {
    const [n] = fresh(1) as [number];
    await request(store, account, [n]);
    await judge(store, n, 'unknown');
    await judge(store, n, 'deliverable');
    expect(await spendOf(store, account)).toMatchObject({ reserved: 0, charged: PRICE });
    expect(standingsOf(await request(store, account, [n]), [n])).toEqual(['deliverable']);
  });

  test('of nothing rests for a while', async () => {
    const [n] = fresh(1) as [number];
    await request(store, account, [n]);
    await judge(store, n, 'unknown');
    const resting = await request(store, account, [n]);
    expect([resting.asked, ...standingsOf(resting, [n])]).toEqual([0, 'unknown']);
    await sql(`UPDATE address_verdicts SET valid_until = now() WHERE address_key = $1`, [addressOf(n).key]);
    expect(await request(store, account, [n])).toMatchObject({ asked: 1 });
  });
});

describe('the budget', () => {
  const limit = (id: number, micros: number, currency = 'EUR') =>
    sql(`UPDATE accounts SET check_budget_micros = $2, check_budget_currency = $3 WHERE id = $1`, [
      id,
      micros,
      currency,
    ]);

  test('bounds checks and shared results of a day; free ones go on; money that comes back is there again', async () => {
    await limit(account, 2 * PRICE);
    const numbers = fresh(3);
    const result = await request(store, account, numbers);
    expect(result).toMatchObject({ asked: 2, blocked: 'budget' });
    expect(standingsOf(result, numbers).filter((standing) => standing === 'unasked')).toHaveLength(1);
    const [pending] = numbers.filter((_, index) => standingsOf(result, numbers)[index] === 'pending');
    await request(store, other, numbers);
    for (const n of numbers) await judge(store, n, n === pending ? 'unknown' : 'deliverable');
    expect(await request(store, account, numbers)).toMatchObject({ asked: 0, shared: 1, blocked: null });
    expect(await spendOf(store, account)).toMatchObject({ reserved: 0, charged: 2 * PRICE });
  });

  test('leaves no trace of an address that it does not suffice for', async () => {
    await limit(account, 0);
    const [n] = fresh(1) as [number];
    await request(store, account, [n]);
    expect((await sql('SELECT 1 FROM address_verdicts WHERE address_key = $1', [addressOf(n).key])).rows).toEqual([]);
  });

  test('in another currency than the price buys nothing', async () => {
    await limit(account, 1_000_000, 'USD');
    expect(await request(store, account, fresh(1))).toMatchObject({ asked: 0, blocked: 'budget' });
  });

  test('is asked anew on the next day', async () => {
    await limit(account, PRICE);
    expect(await request(store, account, fresh(2))).toMatchObject({ asked: 1, blocked: 'budget' });
    await sql(`UPDATE check_spend SET day = day - 1 WHERE account_id = $1`, [account]);
    expect(await request(store, account, fresh(2))).toMatchObject({ asked: 1, blocked: 'budget' });
  });
});

describe('planned messages', () => {
  const round = () => checkPlanned(store.db.pool, { limit: 50, againMs: 0 });

  test('have their addresses asked for, are looked at until all is known, and then no more', async () => {
    const numbers = fresh(3);
    const batchId = await seedMessages(store, account, numbers);
    expect(await round()).toMatchObject({ asked: 3 });
    expect(await batchRow(store, batchId)).toMatchObject({
      checks: { pending: 3 },
      checks_done: false,
      checks_blocked: null,
    });
    await judge(store, numbers[0] as number, 'deliverable');
    await judge(store, numbers[1] as number, 'unknown');
    await judge(store, numbers[2] as number, 'risky');
    expect(await round()).toMatchObject({ asked: 0 });
    expect(await batchRow(store, batchId)).toMatchObject({
      checks: { deliverable: 1, unknown: 1, risky: 1 },
      checks_done: false,
    });
    // After its rest the address of which nothing is known is asked for again.
    await sql(`UPDATE address_verdicts SET valid_until = now() WHERE verdict = 'unknown'`);
    expect(await round()).toMatchObject({ asked: 1 });
    await judge(store, numbers[1] as number, 'undeliverable');
    await round();
    expect(await batchRow(store, batchId)).toMatchObject({
      checks: { deliverable: 1, undeliverable: 1, risky: 1 },
      checks_done: true,
    });
    expect(await round()).toMatchObject({ batches: 0 });
  });

  test('say so when the budget is used up, and go on when there is money again', async () => {
    await sql(`UPDATE accounts SET check_budget_micros = 0, check_budget_currency = 'EUR' WHERE id = $1`, [account]);
    const batchId = await seedMessages(store, account, fresh(2));
    expect((await round()).blocked.get(account)).toBe('budget');
    expect(await batchRow(store, batchId)).toMatchObject({ checks: { unasked: 2 }, checks_blocked: 'budget' });
    await sql(`UPDATE accounts SET check_budget_micros = $2 WHERE id = $1`, [account, 2 * PRICE]);
    expect(await round()).toMatchObject({ asked: 2 });
    expect(await batchRow(store, batchId)).toMatchObject({ checks: { pending: 2 }, checks_blocked: null });
  });

  test('whose verdict ends before they need it are looked at again as it ends', async () => {
    const numbers = fresh(1);
    const batchId = await seedMessages(store, account, numbers);
    await round();
    await judge(store, numbers[0] as number, 'deliverable');
    await sql(
      `UPDATE address_verdicts SET valid_until = carillon_now() + interval '10 minutes' WHERE address_key = $1`,
      [addressOf(numbers[0] as number).key],
    );
    await round();
    const row = await batchRow(store, batchId);
    expect(row.checks_done).toBe(false);
    expect(row.checks_next_at.getTime()).toBeGreaterThan(Date.now() + 500_000);
    expect(await round()).toMatchObject({ batches: 0 });
  });

  test('that are paused, cancelled or past their limit are left alone', async () => {
    const ids = [];
    for (const set of ['paused_at = now()', 'cancelled_at = now()', `verify_until = now() - interval '1 second'`]) {
      const batchId = await seedMessages(store, account, fresh(1));
      await sql(`UPDATE batches SET ${set} WHERE id = $1`, [batchId]);
      ids.push(batchId);
    }
    expect(await round()).toMatchObject({ batches: 0, asked: 0 });
    for (const id of ids) expect(await batchRow(store, id)).toMatchObject({ checks: null });
  });
});

describe('a check that is over without a verdict', () => {
  test.each([
    ['expired', `UPDATE batches SET expires_at = carillon_now() - interval '1 second' WHERE id = $1`],
    [
      'cancelled',
      `WITH b AS (UPDATE batches SET cancelled_at = carillon_now() WHERE id = $1 RETURNING run_id)
       UPDATE runs SET cancelled_at = carillon_now() WHERE id IN (SELECT run_id FROM b)`,
    ],
  ])('%s leaves the address unknown, with its money back', async (reason, end) => {
    const [n] = fresh(1) as [number];
    await request(store, account, [n]);
    const [check] = await checksOf(store, n);
    await sql(end, [check?.batch_id]);
    await dropEndedRows(store.db.pool, 100);
    expect(await closeChecks(store.db.pool, 100)).toBeGreaterThan(0);
    const { rows } = await sql('SELECT state, verdict, reason FROM address_verdicts WHERE address_key = $1', [
      addressOf(n).key,
    ]);
    expect(rows).toEqual([{ state: 'done', verdict: 'unknown', reason }]);
    expect(await spendOf(store, account)).toMatchObject({ reserved: 0, charged: 0 });
    expect(await batchRow(store, check?.batch_id as number)).toMatchObject({ checks_done: true });
  });

  test('is not over while nobody knows its outcome: the money may be spent', async () => {
    const [n] = fresh(1) as [number];
    await request(store, account, [n], inAnHour());
    const [check] = await checksOf(store, n);
    await sql(`UPDATE deliveries SET state = 'unknown', try = 1 WHERE batch_id = $1`, [check?.batch_id]);
    await sql('UPDATE batches SET scheduled = 0, unknown = 1 WHERE id = $1', [check?.batch_id]);
    await closeChecks(store.db.pool, 100);
    expect(standingsOf(await request(store, account, [n]), [n])).toEqual(['pending']);
    expect(await batchRow(store, check?.batch_id as number)).toMatchObject({ checks_done: false });
    // A person settles it.
    await sql(`UPDATE deliveries SET state = 'failed', code = 'by_hand' WHERE batch_id = $1`, [check?.batch_id]);
    await sql(`UPDATE batches SET unknown = 0, failed = 1, checks_next_at = '-infinity' WHERE id = $1`, [
      check?.batch_id,
    ]);
    await closeChecks(store.db.pool, 100);
    expect(standingsOf(await request(store, account, [n]), [n])).toEqual(['unknown']);
  });
});

test('checks that their verifier stopped go on when it is mended, and no others', async () => {
  const [stopped, other_] = fresh(2) as [number, number];
  await request(store, account, [stopped]);
  await request(store, other, [other_]);
  const batches = [];
  for (const [id, n] of [
    [account, stopped],
    [other, other_],
  ] as const) {
    const [check] = await checksOf(store, n);
    const batch = await batchRow(store, check?.batch_id as number);
    await pauseRunForProvider(store.db.pool, { accountId: id, runId: batch.run_id, reason: 'http_402' });
    batches.push(batch);
  }
  const elsewhere = await seedVerifier(store, account);
  expect(await resumeChecks(store.db.pool, elsewhere, 'test')).toBe(0);
  expect(await resumeChecks(store.db.pool, batches[0].provider_account_id, 'test')).toBeGreaterThanOrEqual(2);
  for (const { id } of batches) expect(await batchRow(store, id)).toMatchObject({ paused_at: null });
});

describe('a lost call', () => {
  /** The newest of the account. */
  const lost = async () =>
    (await findLostCalls(store.db.pool, { channel: 'email_check', settledMs: 0, limit: 100 }))
      .filter((one) => one.accountId === account)
      .at(-1);
  const set = async (n: number, row: string) => {
    const [check] = await checksOf(store, n);
    await sql(
      `UPDATE deliveries SET state = 'unknown', settled_at = now() - interval '1 minute', ${row} WHERE batch_id = $1`,
      [check?.batch_id],
    );
    await sql('UPDATE batches SET scheduled = 0, unknown = 1 WHERE id = $1', [check?.batch_id]);
  };

  test('is looked up by its try, and one that a restore forgot by those that may have followed', async () => {
    const [died] = fresh(1) as [number];
    await request(store, account, [died]);
    await set(died, `try = 2, code = 'lease_expired'`);
    expect((await lost())?.lostTries).toEqual([2]);
    const [forgotten] = fresh(1) as [number];
    await request(store, account, [forgotten]);
    await set(forgotten, `try = 0, code = 'restored'`);
    expect((await lost())?.lostTries).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
  });

  test('is left alone while its request may still be on its way', async () => {
    const [n] = fresh(1) as [number];
    await request(store, account, [n]);
    await set(n, 'try = 1');
    expect(await findLostCalls(store.db.pool, { channel: 'email_check', settledMs: 3_600_000, limit: 100 })).toEqual(
      [],
    );
  });
});

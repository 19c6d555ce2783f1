/** Accounts with a verifier, addresses, and messages that wait for verdicts: what tests of checks begin with. */
import { addressKey, deriveKey } from '@carillon/core';
import { type AddressToCheck, type FoundVerdict, inTransaction, requestChecks, storeVerdicts } from '../src/index.ts';
import { DAY, seedBatch, type TestStore } from './rows.ts';

const PEPPER = deriveKey('a secret of the tests of checks', 'address');
export const PRICE = 4_000;

/** The n-th address, with its key. */
export function addressOf(n: number): AddressToCheck {
  const address = `person-${n}@people.example`;
  return { address, key: addressKey(PEPPER, 'email', address) };
}

/** An account of its own. */
export async function seedChecker(
  store: TestStore,
  name: string,
  options: { operator?: boolean; budget?: number; budgetCurrency?: string } = {},
): Promise<number> {
  const { rows } = await store.db.pool.query<{ id: number }>(
    `INSERT INTO accounts (name, operator, check_budget_micros, check_budget_currency) VALUES ($1, $2, $3, $4) RETURNING id`,
    [
      name,
      options.operator ?? false,
      options.budget ?? null,
      options.budget === undefined ? null : (options.budgetCurrency ?? 'EUR'),
    ],
  );
  return (rows[0] as { id: number }).id;
}

/** A paid verifier of that account. */
export async function seedVerifier(store: TestStore, accountId: number, priceMicros = PRICE): Promise<number> {
  const { rows } = await store.db.pool.query<{ id: number }>(
    `INSERT INTO provider_accounts (account_id, channel, name, settings)
     VALUES ($1, 'email_check', 'verifier', $2) RETURNING id`,
    [
      accountId,
      JSON.stringify({
        verifier: 'http',
        baseUrl: 'http://127.0.0.1:9',
        apiKey: 'key',
        priceMicros,
        currency: 'EUR',
        validDays: 30,
      }),
    ],
  );
  return (rows[0] as { id: number }).id;
}

export const inAnHour = () => Date.now() + 3_600_000;

export function request(store: TestStore, accountId: number, numbers: readonly number[], deadlineMs = inAnHour()) {
  return inTransaction(store.db.pool, (client) =>
    requestChecks(client, { accountId, addresses: numbers.map(addressOf), deadlineMs }),
  );
}

/** What a request said of each address, by number. */
export function standingsOf(result: Awaited<ReturnType<typeof request>>, numbers: readonly number[]): string[] {
  return numbers.map((n) => result.standings.get(addressOf(n).key)?.standing ?? 'missing');
}

/** The checks under way or over of an address, which are deliveries. */
export async function checksOf(store: TestStore, n: number) {
  const { rows } = await store.db.pool.query<{
    account_id: number;
    batch_id: number;
    number: number;
    day: string;
    state: string;
  }>(
    `SELECT d.account_id, d.batch_id, d.number, d.day, d.state::text FROM deliveries d
     JOIN batches b ON b.account_id = d.account_id AND b.id = d.batch_id
     WHERE b.channel = 'email_check' AND d.dedupe_key = $1 ORDER BY d.batch_id`,
    [addressOf(n).key],
  );
  return rows;
}

/** Ends the newest check of an address with a verdict, as an outcome would. */
export async function judge(
  store: TestStore,
  n: number,
  verdict: FoundVerdict['verdict'],
  costMicros = verdict === 'unknown' ? 0 : PRICE,
) {
  const check = (await checksOf(store, n)).at(-1);
  if (!check) throw new Error(`nobody asked for a check of ${n}`);
  const { account_id: accountId, batch_id: batchId, number, day } = check;
  return await storeVerdicts(
    store.db.pool,
    [{ accountId, batchId, number, verdict, reason: 'because', checkedBy: 'http', costMicros }],
    day,
  );
}

export async function spendOf(store: TestStore, accountId: number) {
  const { rows } = await store.db.pool.query<{ reserved: number; charged: number; asked: number; shared: number }>(
    `SELECT coalesce(sum(reserved_micros), 0)::int AS reserved, coalesce(sum(charged_micros), 0)::int AS charged,
            coalesce(sum(asked), 0)::int AS asked, coalesce(sum(shared), 0)::int AS shared
     FROM check_spend WHERE account_id = $1`,
    [accountId],
  );
  return rows[0];
}

/** A planned batch of messages to these addresses, which waits for verdicts. */
export async function seedMessages(
  store: TestStore,
  accountId: number,
  numbers: readonly number[],
  untilMs = 3_600_000,
): Promise<number> {
  const { batchId } = await seedBatch(store, { accountId, rows: numbers.map(() => ({})) });
  await store.db.pool.query(
    `UPDATE batches SET channel = 'email', verify_until = carillon_now() + $2 * interval '1 millisecond',
            verify_risky = 'send', verify_unknown = 'skip' WHERE id = $1`,
    [batchId, untilMs],
  );
  for (const [index, n] of numbers.entries()) {
    const { key, address } = addressOf(n);
    await store.db.pool.query(
      'UPDATE deliveries SET dedupe_key = $3, address = $4 WHERE batch_id = $1 AND number = $2 AND day = $5',
      [batchId, index + 1, key, address, DAY],
    );
  }
  return batchId;
}

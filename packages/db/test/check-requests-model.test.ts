/**
 * Requests for checks against a simple model: random histories of requests of several accounts, verdicts, ends of validity,
 * confirmations, budgets and days. At every step the same addresses are known, asked for and left; nobody's is checked twice at
 * once or within its validity, each account pays for each verdict once, and no budget is overdrawn.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addressOf, checksOf, judge, PRICE, request, seedChecker, seedVerifier, standingsOf } from './checkRows.ts';
import { openStore, type TestStore } from './rows.ts';

const ACCOUNTS = 3;
const ADDRESSES = 6;
/** In prices; the third account has none. */
const BUDGETS = [5, 2, null] as const;

let store: TestStore;
let histories = 0;
beforeAll(async () => {
  store = await openStore();
  await seedVerifier(store, await seedChecker(store, 'operator', { operator: true }));
});
afterAll(() => store?.close());

const sql = (text: string, values: unknown[] = []) => store.db.pool.query(text, values);

type Step =
  | { readonly do: 'request'; readonly account: number; readonly addresses: readonly number[] }
  | {
      readonly do: 'judge';
      readonly address: number;
      readonly verdict: 'deliverable' | 'risky' | 'unknown';
      readonly free: boolean;
    }
  | { readonly do: 'end'; readonly address: number }
  | { readonly do: 'confirm'; readonly account: number; readonly address: number }
  | { readonly do: 'day' };

const account = fc.nat({ max: ACCOUNTS - 1 });
const address = fc.nat({ max: ADDRESSES - 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('request' as const),
      account,
      addresses: fc.uniqueArray(address, { minLength: 1 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('judge' as const),
      address,
      verdict: fc.constantFrom('deliverable' as const, 'risky' as const, 'unknown' as const),
      free: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('end' as const), address }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('confirm' as const), account, address }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('day' as const) }) },
);

/** What is known of an address to everybody: the check under way or the last verdict, and who pays for it. */
interface Check {
  verdict: 'pending' | 'deliverable' | 'risky' | 'unknown';
  valid: boolean;
  free: boolean;
  readonly by: number;
  readonly payers: Map<number, { price: number; day: number }>;
}

class Model {
  readonly checks = new Map<number, Check>();
  readonly confirmed = new Set<string>();
  readonly made = new Map<number, number>();
  /** What each account used on each day, in prices. */
  readonly used = new Map<string, number>();
  day = 0;

  #room(who: number): number {
    const budget = BUDGETS[who];
    return budget === null || budget === undefined
      ? Number.POSITIVE_INFINITY
      : budget - (this.used.get(`${who}.${this.day}`) ?? 0);
  }

  #use(who: number, day: number, price: number): void {
    const key = `${who}.${day}`;
    this.used.set(key, (this.used.get(key) ?? 0) + price);
  }

  /** @param order in which addresses are served, as the budget may end in between */
  request(who: number, order: readonly number[]): string[] {
    return order.map((n) => {
      if (this.confirmed.has(`${who}.${n}`)) return 'confirmed';
      const check = this.checks.get(n);
      const counts = check && (check.verdict === 'pending' || check.valid);
      if (counts && (check.payers.has(who) || check.verdict === 'unknown')) return check.verdict;
      const price = counts && check.verdict !== 'pending' && check.free ? 0 : 1;
      if (price > this.#room(who)) return 'unasked';
      this.#use(who, this.day, price);
      if (counts) {
        check.payers.set(who, { price, day: this.day });
        return check.verdict;
      }
      this.made.set(n, (this.made.get(n) ?? 0) + 1);
      const payers = new Map([[who, { price, day: this.day }]]);
      this.checks.set(n, { verdict: 'pending', valid: true, free: false, by: who, payers });
      return 'pending';
    });
  }

  judge(n: number, verdict: 'deliverable' | 'risky' | 'unknown', free: boolean): boolean {
    const check = this.checks.get(n);
    if (check?.verdict !== 'pending') return false;
    Object.assign(check, { verdict, free });
    if (verdict === 'unknown' || free) {
      for (const [who, { price, day }] of check.payers) this.#use(who, day, -price);
    }
    return true;
  }

  end(n: number): void {
    const check = this.checks.get(n);
    if (check && check.verdict !== 'pending') check.valid = false;
  }
}

test('a random history of requests, verdicts, validity and budgets is as the model has it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      histories += 1;
      const ids: number[] = [];
      for (const [index, budget] of BUDGETS.entries()) {
        const options = budget === null ? {} : { budget: budget * PRICE };
        ids.push(await seedChecker(store, `history ${histories}.${index}`, options));
      }
      const real = (n: number) => histories * 1_000 + n;
      // Requests serve addresses in the order of their keys.
      const inOrder = (numbers: readonly number[]) =>
        numbers.toSorted((a, b) => (addressOf(real(a)).key < addressOf(real(b)).key ? -1 : 1));
      const model = new Model();
      for (const one of steps) {
        switch (one.do) {
          case 'request': {
            const order = inOrder(one.addresses);
            const result = await request(store, ids[one.account] as number, order.map(real));
            expect(standingsOf(result, order.map(real))).toEqual(model.request(one.account, order));
            break;
          }
          case 'judge': {
            const isOpen = model.judge(one.address, one.verdict, one.free);
            if (isOpen) {
              const cost = one.verdict === 'unknown' || one.free ? 0 : PRICE;
              expect(await judge(store, real(one.address), one.verdict, cost)).toHaveLength(1);
            }
            break;
          }
          case 'end':
            model.end(one.address);
            await sql(
              `UPDATE address_verdicts SET valid_until = now() - interval '1 second' WHERE address_key = $1 AND state = 'done'`,
              [addressOf(real(one.address)).key],
            );
            break;
          case 'confirm':
            model.confirmed.add(`${one.account}.${one.address}`);
            await sql(
              `INSERT INTO account_verdicts (account_id, address_key, verdict, source, at) VALUES ($1, $2, 'confirmed', 'test', now())
               ON CONFLICT DO NOTHING`,
              [ids[one.account], addressOf(real(one.address)).key],
            );
            break;
          case 'day':
            model.day += 1;
            // In two steps, because days that follow each other would meet on the way.
            for (const days of [1_000, -999]) {
              await sql('UPDATE check_spend SET day = day - $2::int WHERE account_id = ANY ($1)', [ids, days]);
              await sql('UPDATE check_charges SET day = day - $2::int WHERE account_id = ANY ($1)', [ids, days]);
            }
            break;
        }
        const { rows } = await sql(
          `SELECT account_id, (carillon_now() AT TIME ZONE 'UTC')::date - day AS ago, reserved_micros + charged_micros AS used
           FROM check_spend WHERE account_id = ANY ($1)`,
          [ids],
        );
        for (const { account_id: id, ago, used } of rows) {
          const who = ids.indexOf(id);
          expect([who, ago, used / PRICE]).toEqual([who, ago, model.used.get(`${who}.${model.day - ago}`) ?? 0]);
        }
      }
      for (let n = 0; n < ADDRESSES; n++) expect(await checksOf(store, real(n))).toHaveLength(model.made.get(n) ?? 0);
    }),
    { numRuns: 60 },
  );
}, 120_000);

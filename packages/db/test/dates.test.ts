/** What Postgres reads out of a date's one spelling is what core does. */
import { parseRecipientDate } from '@carillon/core';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { putDate, putRecipient } from '../src/index.ts';
import { openStore, type TestStore } from './rows.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openStore();
});
afterAll(() => store?.close());

const nobody = { name: null, phone: null, whatsappKey: null, email: null, emailKey: null, zone: null, attributes: {} };

test('dates are looked up by what core reads them into, put together or alone', async () => {
  const { accountId } = store.account;
  const { pool } = store.db;
  const pad = (value: number, length = 2) => String(value).padStart(length, '0');
  const part = (min: number, max: number) => fc.integer({ min, max });
  const day = fc.tuple(part(1900, 2039), part(1, 12), part(1, 31)).map(([y, m, d]) => `${y}-${pad(m)}-${pad(d)}`);
  const text = fc.oneof(
    day,
    day.map((of) => `-${of.slice(4)}`),
    part(Date.UTC(2000, 0, 1), Date.UTC(2039, 8, 1)).map((ms) => new Date(ms).toISOString()),
    fc.constantFrom('--02-29', '2000-02-29', '2027-01-01T00:00:00.000Z', '2026-12-31T23:59:59.999Z'),
  );
  const date = text.map(parseRecipientDate).filter((read) => read.ok);
  const names = ['a', 'b', 'c'];
  await fc.assert(
    fc.asyncProperty(fc.tuple(date, date, date), async (three) => {
      const [a, b, c] = three.map(({ date }) => date);
      const values = [a, b, c].map((of, index) => ({ name: names[index] as string, value: of?.value ?? '' }));
      const put = { ...nobody, externalId: 'p', dates: values.slice(0, 2), emailConfirmed: false };
      const { recipient } = await putRecipient(pool, accountId, put, 'test');
      const alone = { externalId: 'p', name: 'c', value: c?.value ?? '', most: 20 };
      expect(await putDate(pool, accountId, alone, 'test')).toEqual({ kind: 'put' });
      const { rows } = await pool.query(
        `SELECT value, anniversary, on_day AS "onDay", at FROM recipient_dates
         WHERE account_id = $1 AND recipient_id = $2 ORDER BY name`,
        [accountId, recipient.id],
      );
      expect(rows.map((row) => ({ ...row, at: row.at?.toISOString() ?? null }))).toEqual([a, b, c]);
    }),
    { numRuns: 150 },
  );
});

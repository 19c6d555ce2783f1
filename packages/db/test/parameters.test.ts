/** Lists as Postgres reads them: whatever is in them comes back as it was. */

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { columnOf } from '../src/parameters.ts';
import { openStore, type TestStore } from './rows.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openStore();
});
afterAll(() => store?.close());

/** Postgres has no way to keep a NUL. */
const text = fc
  .oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: fc.constantFrom('"', '\\', '{', '}', ',', ' ', 'N', 'NULL', '\n') }),
  )
  .filter((value) => !value.includes('\0'));
const row = fc.record({
  text: fc.option(text),
  count: fc.option(fc.maxSafeInteger()),
  delay: fc.double({ noNaN: true }).map((value) => value + 0),
});

test('texts, numbers and nulls arrive as they are', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 20 }), async (given) => {
      const { rows } = await store.db.pool.query(
        'SELECT text, count, delay FROM unnest($1::text[], $2::bigint[], $3::float8[]) AS given (text, count, delay)',
        [columnOf(given, (one) => one.text), columnOf(given, (one) => one.count), columnOf(given, (one) => one.delay)],
      );
      expect(rows).toEqual(given);
    }),
  );
});

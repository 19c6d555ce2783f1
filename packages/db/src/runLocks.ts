/**
 * Steps of an expansion go on side by side, a pause or cancel of the run comes alone. Advisory locks and not the run's row:
 * shared row locks that overlap for ever never let somebody else in, while advisory ones are granted in the order asked.
 */
import type { Queryable } from './pool.ts';

/** Held to the end of the transaction. Taken before any row of the run, by whoever expands (`shared`) or stops it (`alone`). */
export async function lockExpansion(
  client: Queryable,
  runIds: readonly number[],
  mode: 'shared' | 'alone',
): Promise<void> {
  // Ids that meet in 31 bits wait for each other now and then, and no more.
  await client.query(
    `SELECT pg_advisory_xact_lock${mode === 'shared' ? '_shared' : ''}(hashtext('carillon.expansion'), (id & 2147483647)::int)
     FROM (SELECT unnest($1::bigint[]) AS id ORDER BY 1) run`,
    [runIds],
  );
}

/** What tries came to, of channels whose answer is worth keeping: written beside outcomes, and read with runs and deliveries. */
import type { TaskResult } from '@carillon/contracts';
import type { Queryable } from './pool.ts';
import { statement } from './statements.ts';

/** The result of one try of one delivery. */
export interface DeliveryResult {
  readonly accountId: number;
  readonly batchId: number;
  readonly number: number;
  readonly try: number;
  readonly result: TaskResult;
}

/** Keeps results of tries of one day's deliveries. Repeating it changes nothing. */
export async function storeResults(db: Queryable, results: readonly DeliveryResult[], day: string): Promise<void> {
  if (results.length === 0) return;
  await db.query({
    ...statement('store_results', day),
    values: [
      results.map((one) => one.accountId),
      results.map((one) => one.batchId),
      results.map((one) => one.number),
      results.map((one) => one.try),
      results.map(({ result }) => result.ms),
      results.map(({ result }) => result.status ?? null),
      results.map(({ result }) => result.exitCode ?? null),
      results.map(({ result }) => result.output ?? null),
      results.map(({ result }) => result.error ?? null),
      results.map(({ result }) => result.truncated ?? false),
      day,
    ],
  });
}

/** A stored result. Instants are epoch milliseconds. */
export interface ResultRow {
  readonly try: number;
  readonly started_at_ms: number;
  readonly ended_at_ms: number;
  readonly status: number | null;
  readonly exit_code: number | null;
  readonly output: string | null;
  readonly error: string | null;
  readonly truncated: boolean;
}

const ms = (column: string, name: string) => `extract(epoch FROM ${column})::float8 * 1000 AS ${name}`;

/** Columns of a {@link ResultRow}, of `results` under the name `t`. */
export const RESULT_COLUMNS = `t.try, ${ms('t.started_at', 'started_at_ms')}, ${ms('t.ended_at', 'ended_at_ms')}, t.status, t.exit_code,
  t.output, t.error, t.truncated`;

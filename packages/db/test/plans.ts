/** How Postgres carries statements out: which tables it reads, by which index, and how many rows of them it looks at. */
import { expect } from '@jest/globals';
import type pg from 'pg';
import type { TestStore } from './rows.ts';

/** A step of a plan that was carried out. */
export interface Node {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly Plans?: readonly Node[];
}

/** What is explained; anything else is about the transaction. */
const EXPLAINED = /^\s*(--|WITH|SELECT|INSERT|UPDATE|DELETE)/i;

const nodesOf = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

/** How a statement is carried out. Who calls it sees to it that nothing of that stays. */
async function explain(client: pg.ClientBase, text: string, values: readonly unknown[]): Promise<Node[]> {
  const { rows } = await client.query(`EXPLAIN (ANALYZE, FORMAT JSON) ${text}`, [...values]);
  return nodesOf(rows[0]['QUERY PLAN'][0].Plan as Node);
}

/** Rows of these tables that were looked at, and which of the tables were read in whole. Partitions count as their table. */
export function costOf(
  nodes: readonly Node[],
  tables: readonly string[],
): { readonly rows: number; readonly whole: string[] } {
  const tableOf = (node: Node): string => (node['Relation Name'] ?? '').replace(/_\d{8}$/, '');
  const isRead = (node: Node): boolean => node['Node Type'] !== 'ModifyTable' && tables.includes(tableOf(node));
  const read = nodes.filter(isRead);
  const rows = read.map(
    (node) =>
      (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0)) *
      node['Actual Loops'],
  );
  return {
    rows: rows.reduce((sum, one) => sum + one, 0),
    whole: read.filter((node) => node['Node Type'] === 'Seq Scan').map(tableOf),
  };
}

/** Works in a transaction of which nothing stays. */
async function inDiscarded<T>(store: TestStore, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await store.db.pool.connect();
  try {
    await client.query('BEGIN');
    return await work(client);
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
}

/**
 * The plans of the statements about these tables that something asks over a pool, each at the point at which it is asked; then it is
 * carried out, for those that follow. Nothing stays.
 * @param accountId whose rows alone may be seen, as the API asks; without it everybody's
 * @param byIndex as the connections of api and sweeper have it, which read whole tables only where no index serves
 * @param before statements of who may do anything, such as to see what is different without an index
 */
export async function plansOf(
  store: TestStore,
  tables: readonly string[],
  work: (pool: pg.Pool) => Promise<unknown>,
  accountId?: number,
  byIndex = accountId !== undefined,
  before: readonly string[] = [],
): Promise<{ text: string; nodes: Node[] }[]> {
  const plans: { text: string; nodes: Node[] }[] = [];
  const about = new RegExp(`\\b(${tables.join('|')})(_\\d{8})?\\b`);
  await inDiscarded(store, async (client) => {
    for (const text of before) await client.query(text);
    // The services' role: behind row-level security the planner does not see all that it sees for a superuser.
    await client.query(`SET LOCAL ROLE ${accountId === undefined ? 'carillon_worker' : 'carillon_app'}`);
    if (byIndex) await client.query('SET LOCAL enable_seqscan = off');
    if (accountId !== undefined) {
      await client.query(`SELECT set_config('carillon.account_id', $1, true)`, [String(accountId)]);
    }
    const query = async (first: string | { text: string; values?: unknown[] }, given: unknown[] = []) => {
      const { text, values = [] } = typeof first === 'string' ? { text: first, values: given } : first;
      if (/^\s*(BEGIN|COMMIT|ROLLBACK)/.test(text)) return { rows: [], rowCount: 0 };
      if (EXPLAINED.test(text) && about.test(text)) {
        await client.query('SAVEPOINT explained');
        plans.push({ text, nodes: await explain(client, text, values) });
        await client.query('ROLLBACK TO explained');
      }
      return await client.query(text, values);
    };
    const recorder = {
      query,
      release: () => undefined,
      on: () => undefined,
      off: () => undefined,
      removeListener: () => undefined,
    };
    await work({ query, connect: async () => recorder } as unknown as pg.Pool);
  });
  return plans;
}

/** Expects that there are plans, that none goes through a whole table of these, and that each looks at fewer than so many rows of them. */
export function expectFewRows(
  plans: readonly { readonly text: string; readonly nodes: readonly Node[] }[],
  tables: readonly string[],
  rowsMax: number,
): void {
  expect(plans.length).toBeGreaterThan(0);
  for (const { text, nodes } of plans) {
    const cost = costOf(nodes, tables);
    expect({ text, cost, isLittle: cost.rows < rowsMax }).toEqual({
      text,
      cost: { rows: cost.rows, whole: [] },
      isLittle: true,
    });
  }
}

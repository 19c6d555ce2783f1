/**
 * The real statements, done to many worlds in one exchange. Statements about one batch are looped over within the server, unchanged but
 * for where their parameters come from; statements about all there is see, by views of the same names, the batches and runs of the
 * chosen worlds only.
 */
import type pg from 'pg';
import { inTransaction, type Queryable } from '../../src/index.ts';
import { statement } from '../../src/statements.ts';
import { DAY } from '../rows.ts';

/** Changes the text of a statement, for a negative control; what it does not know comes back as it is. */
export type Change = (text: string) => string;

/** A statement that is looped over: the types of its parameters, those with `[]` differ from world to world. */
interface Looped {
  readonly day?: string;
  readonly parameters: readonly string[];
  /** Which parameter is the batch. */
  readonly batch: number;
}

const LOOPED = {
  lease_batch: { parameters: ['int', 'bigint[]', 'float8', 'text'], batch: 2 },
  claim: {
    day: DAY,
    parameters: ['int', 'bigint[]', 'int[]', 'float8', 'int[]', 'int[]', 'boolean', 'float8', 'float8'],
    batch: 2,
  },
  release_batch: { day: DAY, parameters: ['int', 'bigint[]', 'int[]', 'date'], batch: 2 },
} as const satisfies Record<string, Looped>;
export type LoopedName = keyof typeof LOOPED;

/** Makes the functions that loop, and the views. Once for a database. */
export async function installLoops(pool: pg.Pool, change: Change): Promise<void> {
  await pool.query(
    'CREATE SCHEMA model; CREATE UNLOGGED TABLE model.chosen (step int, run_id bigint, PRIMARY KEY (step, run_id))',
  );
  for (const [name, looped] of Object.entries(LOOPED) as [LoopedName, Looped][]) {
    const text = change(statement(name, looped.day).text);
    const body = text.replace(/\$(\d+)/g, (_, number: string) =>
      looped.parameters[Number(number) - 1]?.endsWith('[]') ? `p${number}[place]` : `p${number}`,
    );
    const parameters = looped.parameters.map((type, index) => `p${index + 1} ${type}`).join(', ');
    await pool.query(
      `CREATE FUNCTION model.each_${name} (${parameters}) RETURNS SETOF jsonb LANGUAGE plpgsql AS $loop$
       #variable_conflict use_column
       DECLARE answer record;
       BEGIN
         FOR place IN 1 .. cardinality(p${looped.batch}) LOOP
           FOR answer IN ${body} LOOP
             RETURN NEXT to_jsonb(answer) || jsonb_build_object('batch', p${looped.batch}[place]);
           END LOOP;
         END LOOP;
       END $loop$`,
    );
  }
  const isChosen = (column: string): string =>
    `EXISTS (SELECT 1 FROM model.chosen c WHERE c.step = current_setting('model.step')::int AND c.run_id = ${column})`;
  await pool.query(`CREATE VIEW model.batches AS SELECT * FROM public.batches b WHERE ${isChosen('b.run_id')}`);
  await pool.query(`CREATE VIEW model.runs AS SELECT * FROM public.runs r WHERE ${isChosen('r.id')}`);
}

/** Runs a looped statement; the answers in the order of the batches. */
export async function loop<Row>(db: Queryable, name: LoopedName, values: readonly unknown[]): Promise<Row[]> {
  const holders = values.map((_, index) => `$${index + 1}`).join(', ');
  const { rows } = await db.query<{ answer: Row }>({
    name: `each_${name}`,
    text: `SELECT model.each_${name}(${holders}) AS answer`,
    values: [...values],
  });
  return rows.map((row) => row.answer);
}

let steps = 0;

/** Does `work` on a connection that sees the batches and runs of these worlds only. */
export async function amongRuns<Result>(
  pool: pg.Pool,
  runIds: readonly number[],
  work: (db: pg.Pool) => Promise<Result>,
): Promise<Result> {
  steps += 1;
  const step = steps;
  return await inTransaction(pool, async (client) => {
    await client.query({
      name: 'choose_runs',
      text: `WITH named AS (SELECT set_config('model.step', $1::int::text, true), set_config('search_path', 'model, public', true))
             INSERT INTO model.chosen SELECT $1::int, run_id FROM unnest($2::bigint[]) AS run_id, named`,
      values: [step, runIds],
    });
    // Passes only ask it to query.
    return await work(client as unknown as pg.Pool);
  });
}

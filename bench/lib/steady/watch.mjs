/** What the services and the database take, looked at now and then while the load runs. */
import { setTimeout as pause } from 'node:timers/promises';
import { memoryMb, redisMemoryMb } from '../memory.mjs';

const MEBIBYTE = 1_048_576;
/** What a run writes to. Each with its partitions. */
const HOT_TABLES = ['jobs', 'runs', 'batches', 'deliveries', 'results'];

/**
 * @param stack of `startStack`
 * @param services that are running, by name
 * @returns `look`, which says what there is now
 */
export function createWatch({ pool, redis }, services) {
  return {
    async look() {
      const { rows } = await pool.query(
        `SELECT (SELECT count(*)::int FROM pg_stat_activity
                 WHERE datname = current_database() AND application_name LIKE 'carillon-%' AND application_name <> 'carillon-bench')
                  AS connections,
                (SELECT sum(n_dead_tup)::float8 FROM pg_stat_user_tables) AS dead_rows`,
      );
      const memory = Object.fromEntries(Object.values(services).map(({ name, pid }) => [name, memoryMb(pid)]));
      memory.redis = (await redisMemoryMb(redis)).now;
      return { memory, connections: rows[0].connections, deadRows: rows[0].dead_rows, tables: await readTables(pool) };
    },
  };
}

/** Size in MiB, with indexes, and rows, dead and not, of each hot table. */
async function readTables(pool) {
  const { rows } = await pool.query(
    `SELECT name, sum(pg_total_relation_size(s.relid))::float8 / $2 AS mb, sum(s.n_dead_tup)::float8 AS dead,
            sum(s.n_live_tup)::float8 AS live
     FROM unnest($1::text[]) AS wanted (name)
     JOIN pg_stat_user_tables s ON s.relid = name::regclass OR s.relid IN (SELECT relid FROM pg_partition_tree(name::regclass))
     GROUP BY name`,
    [HOT_TABLES, MEBIBYTE],
  );
  return Object.fromEntries(rows.map(({ name, ...table }) => [name, table]));
}

/** Looks every `everyMs` from `startMs` on, `count` times. @param tell is told each look as it was */
export async function lookAgain(watch, { startMs, everyMs, count }, tell) {
  const looks = [];
  for (let n = 1; n <= count; n++) {
    await pause(Math.max(0, startMs + n * everyMs - Date.now()));
    const look = await watch.look();
    looks.push(look);
    await tell(look, n);
  }
  return looks;
}

/** First, last and highest of what a look has. */
export function courseOf(looks, pick) {
  const values = looks.map(pick).map((value) => Math.round(value * 10) / 10);
  return { first: values[0], last: values.at(-1), max: Math.max(...values) };
}

/**
 * What the processes, the database and Redis take while the load goes on, looked at again and again. A long run must take no more
 * in the end than it took once caches were filled and code was compiled.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { memoryMb, redisMemoryMb } from '../bench/lib/memory.mjs';
import { median } from '../bench/lib/report.mjs';
import { COUNTS } from './kinds.mjs';
import { poolOf } from './settings.mjs';

const EVERY_MS = 10_000;
/** Tables change slowly, and are counted row by row. */
const TABLES_EVERY_MS = 60_000;
/** By then caches are filled and code is compiled: of a run, and of a process that is started in the middle of it. In a short run it is the half of it. */
const EARLY_MS = 300_000;
/** Looks of so long before a moment count for it: a single one is up to chance. */
const WINDOW_MS = 60_000;
/**
 * What is to last for less has hardly begun to grow, and is told but not judged; so has a process that lived for less. So is any run but a soak: where
 * something is broken all the time, what is taken at one moment says nothing of what is taken at another.
 */
const JUDGED_MS = 600_000;
/** Connections come and go with what is done to them; of so long before the end the least that there are most of the time is what stays. */
const STAYS_MS = EARLY_MS;
const QUARTER = 0.25;
const TENTH = 1.1;
const MEBIBYTE = 1_048_576;
const KIBIBYTES = 1_024;

/** Fewer rows do not fill the pages that a table has anyway, and say nothing about the room that each takes. */
const ROWS_MIN = 5_000;
/** No row of ours takes more, with its share of indexes. */
const ROW_KIB = 4;

/** What may come on top of a tenth, in MiB or in connections. */
const ALLOWED = {
  /** The last doubling of V8's young generation, from two halves of 8 MiB to two of 16, comes when there is most to do at once, which may be late. */
  memory: 16,
  /** BullMQ keeps the last ten thousand events of each queue, of a hundred bytes or so; whoever emptied Redis shortly before the first look finds that it fills again. */
  redis: 16,
  /** Pools open what they need when there is much to do, and keep it for half a minute; there are never more than all may have. */
  connections: 10,
  /** Nobody opens more than at the start; the nemesis itself comes now and then. Whoever loses Redis makes some sixty anew, and must not keep the old ones. */
  clients: 6,
  /** Versions of half a KiB, with indexes, which two hundred changes a second leave in the two minutes that autovacuum takes to come by, and to come once more. */
  table: 12,
};

/** What all pools may have together. */
const POOLS = Object.entries(COUNTS).reduce((sum, [name, count]) => sum + count * poolOf(name), 0);

/** Whether a run is judged, by how long it is to last: timers that are late make no difference. */
export function isJudged({ isSoak, seconds }) {
  return isSoak && seconds * 1_000 >= JUDGED_MS;
}

/**
 * Starts looking.
 * @param run whether it `isSoak`, and its `seconds`
 * @returns `end`, which resolves with what was seen: `looks`, each with its `atMs` since the start, `forMs`, and whether it `isJudged`. In each look
 *   `processes` have name, pid and MiB; `tables`, which only some have, MiB and rows; `clients` are Redis's
 */
export function watchGrowth(house, run) {
  const startMs = Date.now();
  const looks = [];
  const stopping = new AbortController();
  let tablesAtMs = Number.NEGATIVE_INFINITY;
  const watching = (async () => {
    while (!stopping.signal.aborted) {
      const atMs = Date.now() - startMs;
      const withTables = atMs - tablesAtMs >= TABLES_EVERY_MS;
      const seen = await look(house, withTables);
      if (seen !== undefined) looks.push({ ...seen, atMs });
      if (seen !== undefined && withTables) tablesAtMs = atMs;
      await pause(EVERY_MS, undefined, { signal: stopping.signal, ref: false }).catch(() => {});
    }
  })();
  return {
    async end() {
      const forMs = Date.now() - startMs;
      stopping.abort();
      await watching;
      // What there is in the end counts, however long ago the last look was.
      const last = await look(house, true);
      if (last !== undefined) looks.push({ ...last, atMs: forMs });
      return { looks, forMs, isJudged: isJudged(run) };
    },
  };
}

async function look({ pool, redis, processes }, withTables) {
  try {
    const { rows } = await pool.query(
      `SELECT count(*)::int AS connections FROM pg_stat_activity
       WHERE datname = current_database() AND application_name LIKE 'carillon-%' AND application_name <> 'carillon-bench'`,
    );
    return {
      processes: readProcesses(processes),
      redisMb: (await redisMemoryMb(redis)).now,
      connections: rows[0].connections,
      clients: await countClients(redis),
      ...(withTables && { tables: await readTables(pool) }),
    };
  } catch {
    // Postgres or Redis may be away.
    return undefined;
  }
}

/** Everybody who is connected to Redis, be it by a connection that its owner has forgotten; but for who asks. */
export async function countClients(redis) {
  const script = `return redis.status_reply(string.match(redis.call('INFO', 'clients'), 'connected_clients:(%d+)'))`;
  return Number(await redis.command('EVAL', script, '0')) - 1;
}

/** Those that are there. The simulator is left out: it is the judge, and remembers everything. */
function readProcesses(processes) {
  return [...processes.values()].flatMap(({ name, pid }) => {
    if (pid === undefined || name === 'simulator') return [];
    try {
      return [{ name, pid, mb: memoryMb(pid) }];
    } catch {
      // It has just gone.
      return [];
    }
  });
}

/** Of each table, its partitions together: MiB with indexes, and rows that are there. Statistics would not do: Postgres forgets them when it is dropped. */
async function readTables(pool) {
  const { rows: sizes } = await pool.query(
    `SELECT coalesce(pg_partition_root(c.oid), c.oid::regclass)::text AS name, sum(pg_total_relation_size(c.oid))::float8 / $1 AS mb
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p') AND n.nspname = 'public' GROUP BY 1`,
    [MEBIBYTE],
  );
  const counts = sizes.map(
    ({ name }) => `SELECT '${name.replaceAll("'", "''")}' AS name, count(*)::int AS rows FROM ${name}`,
  );
  const { rows } = await pool.query(counts.join(' UNION ALL '));
  const rowsOf = new Map(rows.map(({ name, rows: count }) => [name, count]));
  return Object.fromEntries(sizes.map(({ name, mb }) => [name, { mb, rows: rowsOf.get(name) }]));
}

/**
 * What was taken early and at the end: the medians of a minute, and of connections what stays.
 * @returns by name, such as `memory of sender.1 (pid 17)`, `connections`, `MiB of batches`: `early` and `late`, of tables with their rows, and the
 *   `bound` of what is late. What was not there at both times is left out; so is a process that did not live long enough
 */
export function growthOf({ looks, forMs }) {
  const earlyMs = Math.min(EARLY_MS, forMs / 2);
  const windowMs = Math.min(WINDOW_MS, forMs / 4);
  const ofRun = { fromMs: 0, earlyMs, lateMs: forMs, windowMs };
  return {
    ...growthOfProcesses(looks, ofRun),
    ...compare('memory of redis', looks, ofRun, ({ redisMb }) => redisMb, ALLOWED.redis),
    ...growthOfConnections('connections', looks, ofRun, ({ connections }) => connections, ALLOWED.connections, POOLS),
    ...growthOfConnections('clients of redis', looks, ofRun, ({ clients }) => clients, ALLOWED.clients),
    ...growthOfTables(looks, ofRun),
  };
}

/** Of each process by its pid: one that was started again begins anew, and needs as long to have its code compiled as the run did. */
function growthOfProcesses(looks, { earlyMs, windowMs, lateMs: forMs }) {
  const lives = new Map();
  for (const { atMs, processes } of looks) {
    for (const { name, pid, mb } of processes) {
      const key = `memory of ${name} (pid ${pid})`;
      lives.set(key, [...(lives.get(key) ?? []), { atMs, mb }]);
    }
  }
  const all = [...lives].map(([key, life]) => {
    const fromMs = life[0].atMs < EVERY_MS ? 0 : life[0].atMs;
    const lateMs = life.at(-1).atMs;
    if (lateMs - fromMs < Math.min(JUDGED_MS, forMs) - EVERY_MS) return {};
    return compare(key, life, { earlyMs: fromMs + earlyMs, lateMs, windowMs }, ({ mb }) => mb, ALLOWED.memory);
  });
  return Object.assign({}, ...all);
}

function compare(name, looks, { earlyMs, lateMs, windowMs }, amountOf, allowed) {
  const at = (momentMs) => medianOf(lookedAt(looks, momentMs, windowMs).map(amountOf));
  const [early, late] = [at(earlyMs), at(lateMs)];
  if (early === undefined || late === undefined) return {};
  return { [name]: { early, late, bound: rounded(early * TENTH + allowed) } };
}

/**
 * After a restart, and while somebody waits for locks, there are many for a while: of the late ones those are compared that there are at least, three
 * quarters of the time. What is leaked does not go away, and is in each of them.
 * @param most nobody may have more, however many there were early
 */
function growthOfConnections(
  name,
  looks,
  { earlyMs, lateMs, windowMs },
  countOf,
  allowed,
  most = Number.POSITIVE_INFINITY,
) {
  const early = medianOf(lookedAt(looks, earlyMs, windowMs).map(countOf));
  const last = lookedAt(looks, lateMs, Math.min(STAYS_MS, lateMs - earlyMs)).map(countOf);
  if (early === undefined || last.length === 0) return {};
  const late = last.sort((one, other) => one - other)[Math.floor(last.length * QUARTER)];
  return { [name]: { early, late, bound: rounded(Math.min(early * TENTH + allowed, most)) } };
}

/** A table may have as much more room as it has more rows. */
function growthOfTables(looks, { earlyMs, lateMs }) {
  const counted = looks.filter(({ tables }) => tables !== undefined);
  // They are looked at once a minute only, and do not go up and down.
  const early = counted.filter(({ atMs }) => atMs <= earlyMs).at(-1)?.tables ?? {};
  const late = counted.filter(({ atMs }) => atMs <= lateMs).at(-1)?.tables ?? {};
  const both = Object.keys(late).filter((name) => early[name] !== undefined);
  return Object.fromEntries(
    both.map((name) => [
      `MiB of ${name}`,
      {
        ...{ early: rounded(early[name].mb), late: rounded(late[name].mb) },
        ...{ rows: [early[name].rows, late[name].rows], bound: rounded(boundOf(early[name], late[name].rows)) },
      },
    ]),
  );
}

function boundOf({ mb, rows }, lateRows) {
  const more = Math.max(0, lateRows - rows);
  const moreMb = rows < ROWS_MIN ? (more * ROW_KIB) / KIBIBYTES : (more * mb) / rows;
  return (mb + moreMb) * TENTH + ALLOWED.table;
}

function lookedAt(looks, momentMs, windowMs) {
  return looks.filter(({ atMs }) => atMs <= momentMs && atMs > momentMs - windowMs);
}

function medianOf(values) {
  return values.length === 0 ? undefined : rounded(median(values));
}

function rounded(value) {
  return Math.round(value * 100) / 100;
}

/** A long soak ends within its bounds. */
export function judgeGrowth(seen) {
  if (!seen.isJudged) return [];
  return Object.entries(growthOf(seen))
    .filter(([, { late, bound }]) => late > bound)
    .map(([who, evidence]) => ({ kind: 'grown', who, evidence }));
}

/** The processes of a long soak of which none lived long enough to be compared, by the names of their places. */
export function unseenOf(seen) {
  if (!seen.isJudged) return [];
  const { looks } = seen;
  const compared = Object.keys(growthOf(seen));
  const names = new Set(looks.flatMap(({ processes }) => processes.map(({ name }) => name)));
  return [...names].filter((name) => !compared.some((what) => what.startsWith(`memory of ${name} (`)));
}

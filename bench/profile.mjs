/**
 * What does the processor do while messages are sent? One run of the benchmark `send`, with Node's profiler in sender and simulator and
 * pg_stat_statements in Postgres: what each process took a message, and what for. Profiling costs some percent of what it shows.
 */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { seedAccount, seedPeople } from '@carillon/testkit';
import { temporaryFolder } from '@carillon/testkit/servers';
import { sharesOfProfile } from './lib/cpu-profile.mjs';
import { CLAIMED_AHEAD, durableTurn } from './lib/durable.mjs';
import { processorSeconds, processorSecondsOfPostgres, processorSecondsOfRedis } from './lib/processor.mjs';
import { say } from './lib/report.mjs';
import { tellSimulator } from './lib/simulator.mjs';
import { startStack } from './lib/stack.mjs';
import { watchStolen } from './lib/stolen.mjs';

const LATENCY_MS = 50;
/** Microseconds between two samples. */
const INTERVAL_MICROS = 500;
const STATEMENTS = 8;

/** @param {{ json?: boolean, rows?: number }} options `rows` messages */
export async function run({ json = false, rows = 200_000 } = {}) {
  const folder = temporaryFolder('profile');
  const stack = await startStack({
    say,
    postgresFlags: ['shared_preload_libraries=pg_stat_statements', 'pg_stat_statements.track=top'],
  });
  try {
    await stack.pool.query('CREATE EXTENSION pg_stat_statements');
    const profiled = (name) => {
      const path = join(folder.path, name);
      mkdirSync(path);
      return ['--cpu-prof', `--cpu-prof-dir=${path}`, `--cpu-prof-interval=${INTERVAL_MICROS}`];
    };
    const simulator = await stack.startSimulator({}, profiled('simulator'));
    const account = await seedAccount(stack.pool, 'bench', { baseUrl: simulator.baseUrl });
    say(`seeding ${rows} people`);
    const { audienceId } = await seedPeople(stack.pool, account.accountId, {
      count: rows,
      addressPepper: stack.addressPepper,
    });
    await tellSimulator(simulator, 'latency', { fixedMs: LATENCY_MS });
    const stolenPercent = watchStolen();
    const used = { before: {}, after: {} };
    const read = async (when, sender) => {
      used[when] = {
        sender: processorSeconds(sender.pid),
        postgres: processorSecondsOfPostgres(stack.postgres),
        simulator: processorSeconds(simulator.pid),
        redis: await processorSecondsOfRedis(stack.redis),
      };
    };
    const perSecond = await durableTurn(stack, simulator, {
      account,
      audienceId,
      rows,
      env: CLAIMED_AHEAD,
      nodeFlags: profiled('sender'),
      onBegun: async (sender) => {
        await stack.pool.query('SELECT pg_stat_statements_reset()');
        await read('before', sender);
      },
      onSent: (sender) => read('after', sender),
    });
    const statements = await readStatements(stack.pool, rows);
    await simulator.stop(20_000);
    const answer = {
      perSecond: Math.round(perSecond),
      microsPerMessage: Object.fromEntries(
        Object.entries(used.after).map(([name, seconds]) => [
          name,
          Number(((1e6 * (seconds - used.before[name])) / rows).toFixed(1)),
        ]),
      ),
      sender: sharesOfProfile(join(folder.path, 'sender')),
      simulator: sharesOfProfile(join(folder.path, 'simulator')),
      statements,
      stolenPercent: stolenPercent(),
    };
    if (json) process.stdout.write(`${JSON.stringify(answer)}\n`);
    else print(answer);
    return answer;
  } finally {
    await stack.stop();
    folder.remove();
  }
}

/** The statements that took longest, with their share of all, and what they wrote to the log. */
async function readStatements(pool, rows) {
  const { rows: found } = await pool.query(
    `SELECT query, calls::int, rows::int, total_exec_time AS ms, total_plan_time AS planning, wal_bytes::float8 AS wal,
            100 * total_exec_time / sum(total_exec_time) OVER () AS percent
     FROM pg_stat_statements WHERE query !~* 'pg_stat_statements' ORDER BY total_exec_time DESC LIMIT $1`,
    [STATEMENTS],
  );
  const known = beginnings();
  return found.map(({ query, calls, rows: touched, ms, wal, percent }) => ({
    statement: labelOf(query, known),
    percent: Number(percent.toFixed(1)),
    calls,
    rowsPerCall: Number((touched / calls).toFixed(1)),
    msPerCall: Number((ms / calls).toFixed(3)),
    elapsedMicrosPerMessage: Number(((1_000 * ms) / rows).toFixed(1)),
    logBytesPerMessage: Math.round(wal / rows),
  }));
}

const SQL = new URL('../packages/db/sql/', import.meta.url);
/** Enough of a statement to know it by. */
const KNOWN_BY = 60;
const squeezed = (text) => text.replaceAll(/\s+/g, ' ').trim();

/** How the statements of the product begin, up to what is filled in, by their names. */
function beginnings() {
  return readdirSync(SQL).map((file) => {
    const text = readFileSync(new URL(file, SQL), 'utf8').replaceAll(/^\s*--.*$/gm, '');
    return { name: file.replace(/\.sql$/, ''), begins: squeezed(text.split(/\{\{|\$/)[0]) };
  });
}

/** A statement by its name, or by its first words. */
function labelOf(query, known) {
  const text = squeezed(query.replaceAll(/^\s*--.*$/gm, ''));
  const found = known
    .filter(({ begins }) => begins !== '' && text.startsWith(begins))
    .sort((one, other) => other.begins.length - one.begins.length)[0];
  return found?.name ?? text.slice(0, KNOWN_BY);
}

function print({ perSecond, microsPerMessage, sender, simulator, statements }) {
  process.stdout.write(`\n${perSecond} messages a second, profiled; processor time, µs a message:\n`);
  console.table([microsPerMessage]);
  process.stdout.write('the sender\n');
  console.table(sender);
  process.stdout.write('the simulator\n');
  console.table(simulator);
  process.stdout.write('Postgres\n');
  console.table(statements);
}

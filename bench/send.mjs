/**
 * How fast is sending that remembers, against a loop that does not, and against others that remember? One sender process as shipped, in turn
 * with a bare undici loop and with the job queues that people would take instead, over the same simulator, connections and bodies, the
 * same Postgres and the same Redis. Carillon is timed by the database: from the first claim to the last outcome stored.
 *
 * Two providers are simulated. One answers after some milliseconds, as a near and fast provider does: there the loop is
 * bound by its connections. The other answers at once, which no provider does: there loop and simulator have a core each
 * to themselves, while the durable side shares both with Postgres, and the ratio shows the whole price in processor time. The job
 * queues are asked the first alone.
 */
import { fileURLToPath } from 'node:url';
import { seedAccount, seedPeople } from '@carillon/testkit';
import { askChild } from './lib/child.mjs';
import { CALLS, CLAIMED_AHEAD, durableTurn } from './lib/durable.mjs';
import { median, say } from './lib/report.mjs';
import { judgeLedger, tellSimulator } from './lib/simulator.mjs';
import { startStack } from './lib/stack.mjs';
import { watchStolen } from './lib/stolen.mjs';

/** With 800 calls at once at most 16,000 answers a second. */
const LATENCY_MS = 50;
/** A connection is free for the next row when the outcome of its last one is stored: a kill leaves half as many rows `unknown`. */
const NOTHING_AHEAD = { SEND_CONNECTIONS: String(CALLS) };

const file = (name) => fileURLToPath(new URL(name, import.meta.url));
/** Each has a database of its own on the same server. */
const PEERS = {
  'graphile-worker': { file: file('./peers/graphile-worker.mjs'), database: 'peer_graphile' },
  'pg-boss': { file: file('./peers/pg-boss.mjs'), database: 'peer_pgboss' },
  bullmq: { file: file('./peers/bullmq.mjs'), database: 'peer_bullmq' },
  'bullmq with rows': { file: file('./peers/bullmq.mjs'), database: 'peer_bullmq', rowUpdates: true },
};

/** Runs the benchmark. `rows` messages per turn, `turns` of each side. */
export async function run({ json = false, rows = 200_000, turns = 5 } = {}) {
  const stack = await startStack({ say });
  try {
    const simulator = await stack.startSimulator();
    const account = await seedAccount(stack.pool, 'bench', { baseUrl: simulator.baseUrl });
    say(`seeding ${rows} people`);
    const { audienceId } = await seedPeople(stack.pool, account.accountId, {
      count: rows,
      addressPepper: stack.addressPepper,
    });
    for (const database of new Set(Object.values(PEERS).map((peer) => peer.database)))
      await stack.pool.query(`CREATE DATABASE ${database}`);
    const turnOf =
      (more = {}) =>
      () =>
        durableTurn(stack, simulator, { account, audienceId, rows, env: CLAIMED_AHEAD, ...more });
    const bare = () => childTurn(stack, simulator, rows, { file: file('./lib/bare.mjs') });
    const peers = Object.entries(PEERS).map(([name, peer]) => [name, () => childTurn(stack, simulator, rows, peer)]);
    const own = { bare, durable: turnOf(), 'nothing ahead': turnOf({ env: NOTHING_AHEAD }) };
    const others = { 'with reports': turnOf({ reports: true }), ...Object.fromEntries(peers) };
    const near = await inTurn(simulator, { ...own, ...others }, turns, LATENCY_MS);
    const atOnce = await inTurn(simulator, own, turns, 0);
    const result = answerOf(near, atOnce);
    if (json) process.stdout.write(`${JSON.stringify(result)}\n`);
    else print(result, { rows, turns });
    return result;
  } finally {
    await stack.stop();
  }
}

/** Turns of all sides, A B C C B A, and their medians. */
async function inTurn(simulator, sides, turns, latencyMs) {
  if (latencyMs > 0) await tellSimulator(simulator, 'latency', { fixedMs: latencyMs });
  else await tellSimulator(simulator, 'latency');
  const measured = Object.fromEntries(Object.keys(sides).map((name) => [name, []]));
  const stolenPercent = watchStolen();
  const all = Object.entries(sides);
  for (let turn = 1; turn <= turns; turn++) {
    // Every other time backwards, so that nobody always follows the same one.
    for (const [name, side] of turn % 2 === 1 ? all : all.toReversed()) {
      measured[name].push(await side());
      say(`latency ${latencyMs} ms, turn ${turn} of ${turns}: ${name} ${Math.round(measured[name].at(-1))}/s`);
    }
  }
  const medians = Object.entries(measured).map(([name, values]) => [name, Math.round(median(values))]);
  return { medians: Object.fromEntries(medians), stolenPercent: stolenPercent() };
}

let childTurns = 0;

/** One turn of a side that is a process of its own. */
async function childTurn(stack, simulator, rows, { file: program, database, rowUpdates }) {
  childTurns += 1;
  // Nothing of a run of Carillon's.
  const runId = 1_000_000 + childTurns;
  const { perSecond, accepted } = await askChild(program, {
    baseUrl: simulator.baseUrl,
    databaseUrl: database === undefined ? undefined : stack.postgres.urlFor(database),
    redisUrl: stack.redis.url,
    messages: rows,
    connections: CALLS,
    runId,
    rowUpdates,
  });
  if (accepted !== rows) throw new Error(`${accepted} of ${rows} were accepted`);
  await judgeLedger(simulator, rows, String(runId));
  return perSecond;
}

const share = (part, whole) => Number((part / whole).toFixed(3));

const answerOf = (near, atOnce) => ({ ...compared(near), answeringAtOnce: compared(atOnce) });

function compared({ medians, stolenPercent }) {
  const { bare, durable, 'nothing ahead': nothingAhead, 'with reports': withReports, ...peers } = medians;
  return {
    durable,
    bare,
    ratio: share(durable, bare),
    /** The same without `SEND_CALLS_MAX`, where each call waits for the statement that stores the last one's outcome. */
    nothingAhead: { perSecond: nothingAhead, ratio: share(nothingAhead, bare) },
    withReports,
    peers,
    /** How many times as fast as each of them. */
    aheadOf: Object.fromEntries(Object.entries(peers).map(([name, perSecond]) => [name, share(durable, perSecond)])),
    stolenPercent,
  };
}

function print({ answeringAtOnce, ...near }, { rows, turns }) {
  const out = (line) => process.stdout.write(`${line}\n`);
  out(`\n${rows} messages a turn, ${CALLS} calls at once, medians of ${turns} turns each\n`);
  out(`                       answers after ${LATENCY_MS} ms   at once`);
  const line = (name, ofSide) => {
    const [first, second] = [near, answeringAtOnce].map((side) => String(ofSide(side) ?? ''));
    out(`  ${name.padEnd(22)}${first.padStart(18)}${second.padStart(10)}`);
  };
  line('bare loop, /s', (side) => side.bare);
  line('durable, /s', (side) => side.durable);
  line('ratio', (side) => side.ratio);
  line('nothing ahead, /s', (side) => side.nothingAhead.perSecond);
  line('with reports, /s', (side) => side.withReports);
  for (const name of Object.keys(near.peers)) line(`${name}, /s`, (side) => side.peers[name]);
}

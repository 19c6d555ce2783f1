/**
 * How long does it take to recover from FLUSHALL? A run's deliveries, all of them due, are being sent by a scheduler, a sweeper and a sender as
 * shipped, and Redis is emptied: wake-ups, the marker, and what BullMQ keeps of work that was taken. Each turn has another moment for that: when the
 * first is claimed, half a second before they are due, when nobody has begun, and when the half is sent. From the first claim, or from the fault
 * where that is later, to the last stored outcome, in turn with runs of the same size without the fault; what the fault costs is the difference, and
 * its worst moment counts.
 *
 * The provider answers after 10 ms, so that the connections as shipped do not bound what is sent. The run is planned some seconds ahead, so
 * that it is expanded when it falls due and only the sending is timed, by the database's clock. That everybody was told once is
 * asked of the simulator's ledger.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { readDatabaseTime } from '@carillon/db';
import { seedAccount } from '@carillon/testkit';
import { Explained } from '../scripts/bootstrap.mjs';
import { announce, countsOf, seedCrowd, waitForCounts, waitUntilExpanded } from './lib/crowd.mjs';
import { watchProgress } from './lib/progress.mjs';
import { median, say } from './lib/report.mjs';
import { judgeLedger, tellSimulator } from './lib/simulator.mjs';
import { startStack } from './lib/stack.mjs';
import { watchStolen } from './lib/stolen.mjs';

const LATENCY_MS = 10;
/** Time to expand a run: for each of so many deliveries, and besides. */
const EXPANDED_PER_SECOND = 10_000;
const AHEAD_MS = 5_000;
const LOOK_MS = 5;
/** Before they are due: whatever was to wake somebody is in Redis by then. */
const BEFORE_MS = 500;
/** Of Redis being emptied, and how each is told. */
const NAMES = {
  first: 'emptied at the first claim',
  before: 'emptied before they are due',
  half: 'emptied when the half is sent',
};
const MOMENTS = Object.keys(NAMES);
const FLOOR_SECONDS = 60;
const AIM_SECONDS = 15;

/** @param {{ json?: boolean, rows?: number, turns?: number }} options `rows` deliveries of each run, `turns` of each side */
export async function run({ json = false, rows = 100_000, turns = 6 } = {}) {
  const stack = await startStack({ say });
  try {
    const { pool } = stack;
    const simulator = await stack.startSimulator();
    await tellSimulator(simulator, 'latency', { fixedMs: LATENCY_MS });
    const account = await seedAccount(pool, 'bench', { baseUrl: simulator.baseUrl });
    say(`seeding ${rows.toLocaleString('en')} people`);
    await seedCrowd(pool, account.accountId, { count: rows });
    for (const name of ['scheduler', 'sweeper', 'sender']) await stack.start(name);
    // Not counted: each process compiles what it does, and each connection makes its plans.
    await takeTurn(stack, simulator, account, { rows });
    const stolen = watchStolen();
    const seconds = { without: [], with: new Map() };
    for (let turn = 1; turn <= turns; turn++) {
      // What is later meets larger tables: each is the first one half of the time.
      for (const side of turn % 2 === 1 ? ['without', 'with'] : ['with', 'without']) {
        const moment = side === 'with' ? MOMENTS[(turn - 1) % MOMENTS.length] : undefined;
        const took = await takeTurn(stack, simulator, account, { rows, moment });
        if (moment === undefined) seconds.without.push(took);
        else seconds.with.set(moment, [...(seconds.with.get(moment) ?? []), took]);
        say(
          `turn ${turn} of ${turns}, ${moment === undefined ? 'without the fault' : NAMES[moment]}: ${took.toFixed(1)} s`,
        );
      }
    }
    await judgeLedger(simulator, (1 + 2 * turns) * rows);
    const rounded = (value) => Number(value.toFixed(1));
    const without = median(seconds.without);
    const byMoment = [...seconds.with].map(([moment, found]) => [moment, rounded(median(found))]);
    const recovered = Math.max(...byMoment.map(([, one]) => one));
    const answer = {
      seconds: recovered,
      secondsByMoment: Object.fromEntries(byMoment),
      withoutSeconds: rounded(without),
      costSeconds: rounded(recovered - without),
      floorSeconds: FLOOR_SECONDS,
      aimSeconds: AIM_SECONDS,
      held: recovered <= FLOOR_SECONDS,
      stolenPercent: stolen(),
    };
    if (json) process.stdout.write(`${JSON.stringify(answer)}\n`);
    else print(answer, { rows, turns });
    return answer;
  } finally {
    await stack.stop();
  }
}

/**
 * @param moment of `MOMENTS`, at which Redis is emptied; not at all without it
 * @returns the seconds from the fault to the last stored outcome, or from the first claim where that is later or there is no fault
 */
async function takeTurn({ pool, redis }, simulator, account, { rows, moment }) {
  const dueInMs = AHEAD_MS + (rows / EXPANDED_PER_SECOND) * 1_000;
  const { runId } = await announce(pool, account, { everyone: true }, { dueInMs });
  const dueMs = await readDueMs(pool, runId);
  await waitUntilExpanded(pool, [runId], rows);
  const { scheduled } = await countsOf(pool, [runId]);
  if (scheduled !== rows) throw new Explained('the run could not be expanded before it was due');
  await pool.query('CHECKPOINT');
  if (moment === 'before') {
    await pause(Math.max(0, dueMs - BEFORE_MS - (await readDatabaseTime(pool))));
    await redis.flushAll();
  }
  // From when they were due, if nobody is awake to claim any.
  const fromMs = moment === 'before' ? dueMs : await waitUntilBegun(pool, runId, moment === 'half' ? rows / 2 : 1);
  if (moment === 'first' || moment === 'half') await redis.flushAll();
  const counts = await waitForCounts(pool, [runId], ({ scheduled, sending }) => scheduled + sending === 0);
  if (counts.sent !== rows) throw new Explained(`of ${rows} deliveries ${JSON.stringify(counts)}`);
  await judgeLedger(simulator, rows, runId);
  const { rows: timed } = await pool.query(
    `SELECT extract(epoch FROM max(settled_at))::float8 * 1000 AS last_ms FROM deliveries WHERE account_id = $1 AND run_id = $2`,
    [account.accountId, runId],
  );
  return (timed[0].last_ms - fromMs) / 1_000;
}

/** Waits until so many are claimed. @returns when that was seen, by the database's clock */
async function waitUntilBegun(pool, runId, count) {
  const goesOn = watchProgress();
  for (;;) {
    const { rows } = await pool.query('SELECT sum(size - scheduled)::int AS begun FROM batches WHERE run_id = $1', [
      runId,
    ]);
    if (rows[0].begun >= count) return await readDatabaseTime(pool);
    goesOn(rows);
    await pause(LOOK_MS);
  }
}

async function readDueMs(pool, runId) {
  const { rows } = await pool.query(
    'SELECT extract(epoch FROM due_at)::float8 * 1000 AS due_ms FROM runs WHERE id = $1',
    [runId],
  );
  return rows[0].due_ms;
}

function print({ seconds, secondsByMoment, withoutSeconds, costSeconds, held, stolenPercent }, { rows, turns }) {
  const out = (line) => process.stdout.write(`${line}\n`);
  out(`\n${rows.toLocaleString('en')} deliveries due, ${turns} turns of each side, medians`);
  for (const [moment, found] of Object.entries(secondsByMoment)) out(`  ${NAMES[moment].padEnd(44)}${found} s`);
  out(`  the worst of these                          ${seconds} s`);
  out(`  the same without the fault                  ${withoutSeconds} s`);
  out(`  difference                                  ${costSeconds} s`);
  out(`  stolen                                      ${stolenPercent ?? 'an unknown'} %`);
  out(`  the floor of ${FLOOR_SECONDS} s is ${held ? '' : 'not '}held; the aim is ${AIM_SECONDS} s`);
}

/**
 * How long does it take to recover from FLUSHALL? A run's deliveries, all of them due, are being sent by a scheduler, a sweeper and a sender as
 * shipped, and as soon as the first is claimed Redis is emptied: wake-ups, the marker, and what BullMQ keeps of work that was taken. From that
 * moment to the last stored outcome, in turn with runs of the same size without the fault; what the fault costs is the difference.
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
import { median, say } from './lib/report.mjs';
import { judgeLedger, tellSimulator } from './lib/simulator.mjs';
import { startStack } from './lib/stack.mjs';
import { watchStolen } from './lib/stolen.mjs';

const LATENCY_MS = 10;
/** Time to expand a run: for each of so many deliveries, and besides. */
const EXPANDED_PER_SECOND = 10_000;
const AHEAD_MS = 5_000;
const LOOK_MS = 5;
const FLOOR_SECONDS = 60;
const AIM_SECONDS = 15;

/** @param {{ json?: boolean, rows?: number, turns?: number }} options `rows` deliveries of each run, `turns` of each side */
export async function run({ json = false, rows = 100_000, turns = 3 } = {}) {
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
    await takeTurn(stack, simulator, account, { rows, flush: false });
    const stolen = watchStolen();
    const seconds = { without: [], with: [] };
    for (let turn = 1; turn <= turns; turn++) {
      for (const side of ['without', 'with']) {
        seconds[side].push(await takeTurn(stack, simulator, account, { rows, flush: side === 'with' }));
        say(`turn ${turn} of ${turns}, ${side} the fault: ${seconds[side].at(-1).toFixed(1)} s`);
      }
    }
    await judgeLedger(simulator, (1 + 2 * turns) * rows);
    const rounded = (value) => Number(value.toFixed(1));
    const [without, recovered] = [median(seconds.without), median(seconds.with)];
    const answer = {
      seconds: rounded(recovered),
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

/** @returns the seconds from the fault, or from the first claim where there is none, to the last stored outcome */
async function takeTurn({ pool, redis }, simulator, account, { rows, flush }) {
  const dueInMs = AHEAD_MS + (rows / EXPANDED_PER_SECOND) * 1_000;
  const { runId } = await announce(pool, account, { everyone: true }, { dueInMs });
  await waitUntilExpanded(pool, [runId], rows);
  const { scheduled } = await countsOf(pool, [runId]);
  if (scheduled !== rows) throw new Explained('the run could not be expanded before it was due');
  await pool.query('CHECKPOINT');
  await waitUntilClaimed(pool, runId);
  const fromMs = await readDatabaseTime(pool);
  if (flush) await redis.flushAll();
  const counts = await waitForCounts(pool, [runId], ({ scheduled, sending }) => scheduled + sending === 0);
  if (counts.sent !== rows) throw new Explained(`of ${rows} deliveries ${JSON.stringify(counts)}`);
  await judgeLedger(simulator, rows, runId);
  const { rows: timed } = await pool.query(
    `SELECT extract(epoch FROM max(settled_at))::float8 * 1000 AS last_ms FROM deliveries WHERE account_id = $1 AND run_id = $2`,
    [account.accountId, runId],
  );
  return (timed[0].last_ms - fromMs) / 1_000;
}

async function waitUntilClaimed(pool, runId) {
  for (;;) {
    const { rows } = await pool.query('SELECT 1 FROM batches WHERE run_id = $1 AND scheduled < size LIMIT 1', [runId]);
    if (rows.length > 0) return;
    await pause(LOOK_MS);
  }
}

function print({ seconds, withoutSeconds, costSeconds, held, stolenPercent }, { rows, turns }) {
  const out = (line) => process.stdout.write(`${line}\n`);
  out(`\n${rows.toLocaleString('en')} deliveries due, medians of ${turns} turns each`);
  out(`  from FLUSHALL to the last one sent          ${seconds} s`);
  out(`  the same without FLUSHALL                   ${withoutSeconds} s`);
  out(`  difference                                  ${costSeconds} s`);
  out(`  stolen                                      ${stolenPercent ?? 'an unknown'} %`);
  out(`  the floor of ${FLOOR_SECONDS} s is ${held ? '' : 'not '}held; the aim is ${AIM_SECONDS} s`);
}

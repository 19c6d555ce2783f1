/**
 * What do recipients cost who let a call hang until its time-out? One in a hundred does; the run of the others is compared with the
 * same run in which nobody hangs, in turn. One sender, with the connections and the provider's 50 ms of the benchmark `send`,
 * and everything else as shipped, among it the time-out of 10 seconds.
 *
 * Timed is how fast the run gets on for those who do not hang, once as many calls hang as ever will: from a time-out after
 * the run's first claim, until its last. Earlier, hanging calls are only piling up, and a short run would look as if they cost
 * nothing; later, nothing is left to be claimed, and the last time-out would be timed instead of the sending. Both sides count the
 * same people, those who never hang. That each of them got one message is asked of the simulator's ledger; the calls that hang
 * must have ended as unknown outcomes, as many as there are such people.
 */
import { createHash } from 'node:crypto';
import { seedAccount, seededPhone } from '@carillon/testkit';
import { Explained } from '../scripts/bootstrap.mjs';
import { announce, seedCrowd, waitForCounts, waitUntilExpanded } from './lib/crowd.mjs';
import { median, say } from './lib/report.mjs';
import { judgeLedger, tellSimulator } from './lib/simulator.mjs';
import { startStack } from './lib/stack.mjs';
import { watchStolen } from './lib/stolen.mjs';

/** As many as `send` has calls at once. A call that hangs for a second goes on beyond them, as long as few do (`SEND_HANGING_CONNECTIONS`). */
const CONNECTIONS = 800;
const LATENCY_MS = 50;
const SHARE = 0.01;
/** SEND_TIMEOUT_MS as shipped, and a moment for the outcomes to be stored. */
const TIMEOUT_MS = 10_000;
const PILED_UP_MS = TIMEOUT_MS + 1_000;
/** Less of a steady run than this says nothing. */
const LEAST_SECONDS = 3;
const FLOOR = 0.9;
const AIM = 0.98;

/**
 * @param {{ json?: boolean, rows?: number, turns?: number, connections?: number }} options `rows` recipients of each run, `turns` of each side,
 *   `connections` of the sender
 */
export async function run({ json = false, rows = 300_000, turns = 5, connections = CONNECTIONS } = {}) {
  const hanging = countHanging(rows);
  if (hanging === 0) throw new Explained(`--rows is ${rows}: nobody of so few hangs`);
  const stack = await startStack({ say });
  try {
    const simulator = await stack.startSimulator();
    await tellSimulator(simulator, 'latency', { fixedMs: LATENCY_MS });
    const account = await seedAccount(stack.pool, 'bench', { baseUrl: simulator.baseUrl });
    say(`seeding ${rows.toLocaleString('en')} people, of whom ${hanging} will hang`);
    await seedCrowd(stack.pool, account.accountId, { count: rows });
    await stack.start('scheduler');
    const stolen = watchStolen();
    const sides = { without: [], with: [] };
    for (let turn = 1; turn <= turns; turn++) {
      // What is later meets larger tables: each is the first one half of the time.
      for (const side of turn % 2 === 1 ? ['without', 'with'] : ['with', 'without']) {
        const found = await takeTurn(stack, simulator, account, {
          rows,
          connections,
          hanging: side === 'with' ? hanging : 0,
          side,
        });
        // Of a run in which nobody hangs, the same people are counted.
        if (side === 'without') found.perSecond *= 1 - hanging / rows;
        sides[side].push(found);
        say(`turn ${turn} of ${turns}, ${side}: ${Math.round(found.perSecond)}/s over ${found.seconds.toFixed(1)} s`);
      }
    }
    const middle = (side, key) => Math.round(median(sides[side].map((one) => one[key])));
    const ratio = median(sides.with.map((one) => one.perSecond)) / median(sides.without.map((one) => one.perSecond));
    const answer = {
      without: middle('without', 'perSecond'),
      with: middle('with', 'perSecond'),
      ratio: Number(ratio.toFixed(3)),
      hangingAtOnce: middle('with', 'hangingAtOnce'),
      connections,
      floor: FLOOR,
      aim: AIM,
      held: ratio >= FLOOR,
      stolenPercent: stolen(),
    };
    if (json) process.stdout.write(`${JSON.stringify(answer)}\n`);
    else print(answer, { rows, turns });
    return answer;
  } finally {
    await stack.stop();
  }
}

/** How many of the seeded people the rule is for: the simulator places addresses by their hash. */
function countHanging(rows) {
  let hanging = 0;
  for (let n = 1; n <= rows; n++) {
    const place = createHash('sha256').update(seededPhone(n)).digest().readUInt32BE(0) / 2 ** 32;
    if (place < SHARE) hanging += 1;
  }
  return hanging;
}

async function takeTurn(stack, simulator, account, { rows, connections, hanging, side }) {
  const { pool } = stack;
  // A rule either way, so that the simulator has the same work.
  const does = hanging > 0 ? { fault: 'hang' } : { latencyMs: LATENCY_MS };
  await tellSimulator(simulator, 'rules', { match: { share: { from: 0, below: SHARE } }, does });
  const { runId } = await announce(pool, account, { everyone: true });
  await waitUntilExpanded(pool, [runId], rows);
  await pool.query('CHECKPOINT');
  const sender = await stack.start('sender', { SEND_CONNECTIONS: String(connections) });
  const counts = await waitForCounts(pool, [runId], ({ scheduled, sending }) => scheduled + sending === 0);
  const exit = await sender.stop(20_000);
  if (exit.code !== 0) say(`the sender ended with ${exit.code ?? exit.signal}\n${sender.logs()}`);
  const timedOut = counts.unknown - hanging;
  if (counts.sent + counts.unknown !== rows || timedOut < 0) {
    throw new Explained(`${side}: of ${rows} recipients ${JSON.stringify(counts)}, and ${hanging} were to hang`);
  }
  // A machine that stands still for so long lets other calls time out as well; nobody may have been told twice all the same.
  if (timedOut > 0)
    say(`${timedOut} calls timed out that were to be answered after ${LATENCY_MS} ms: the machine is busy`);
  await judgeLedger(simulator, [counts.sent, rows - hanging], runId);
  return await timeRun(pool, account, runId);
}

/** How fast the run got on while all of it that ever hangs at once did. */
async function timeRun(pool, { accountId }, runId) {
  const { rows } = await pool.query(
    `WITH d AS MATERIALIZED (
       SELECT state, sending_at, settled_at FROM deliveries WHERE account_id = $1 AND run_id = $2
     ), steady AS (
       SELECT min(sending_at) + $3 * interval '1 millisecond' AS from_at, max(sending_at) AS to_at FROM d
     )
     SELECT extract(epoch FROM to_at - from_at)::float8 AS seconds,
            (SELECT count(*)::int FROM d WHERE state = 'sent' AND settled_at BETWEEN from_at AND to_at) AS sent,
            (SELECT count(*)::int FROM d
             WHERE state = 'unknown' AND from_at + (to_at - from_at) / 2 BETWEEN sending_at AND settled_at) AS hanging_at_once
     FROM steady`,
    [accountId, runId, PILED_UP_MS],
  );
  const { seconds, sent, hanging_at_once: hangingAtOnce } = rows[0];
  if (seconds < LEAST_SECONDS) {
    throw new Explained(
      `--rows is too small: the run was over ${(seconds + PILED_UP_MS / 1_000).toFixed(1)} s after it began, and the first time-out is due after ${TIMEOUT_MS / 1_000} s`,
    );
  }
  return { seconds, perSecond: sent / seconds, hangingAtOnce };
}

function print({ without, with: hanging, ratio, hangingAtOnce, connections, stolenPercent }, { rows, turns }) {
  const out = (line) => process.stdout.write(`${line}\n`);
  out(`\n${rows.toLocaleString('en')} recipients a run, ${connections} connections, medians of ${turns} turns each`);
  out(`  nobody hangs                 ${without}/s`);
  out(`  one in a hundred hangs       ${hanging}/s, ${hangingAtOnce} calls hanging at once`);
  out(`  ratio                        ${ratio} (floor ${FLOOR}, aim ${AIM})`);
  out(`  stolen                       ${stolenPercent ?? 'an unknown'} %`);
}

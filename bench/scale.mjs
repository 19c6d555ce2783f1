/**
 * How many messages do one, two and four senders send a second, when the provider answers after 100 ms? Sender processes with the settings that are
 * shipped, all on this machine, so that from some rate on they wait for its processors and not for the provider: `cores` says how many there are.
 * One, two and four in turn, each time over a new account's run; medians, and the ratio to one sender.
 *
 * Counted are answers that said accepted, by the senders' own metrics, in steady state. Whether somebody was told twice is asked of the ledger.
 */
import { availableParallelism } from 'node:os';
import { ledgerReader } from '@carillon/testkit';
import { median, say } from './lib/report.mjs';
import { announceAnew, steadyRate } from './lib/senders.mjs';
import { tellSimulator } from './lib/simulator.mjs';
import { startStack } from './lib/stack.mjs';

const LATENCY_MS = 100;
const SENDERS = [1, 2, 4];
/** What `SEND_CONNECTIONS` is without a setting. */
const CONNECTIONS = 256;
/** A sender that has just begun takes so long to be as quick as it gets. */
const UNCOUNTED_SECONDS = 5;

/** Runs the benchmark. Each count of senders is measured `turns` times for `seconds`. */
export async function run({ json = false, turns = 3, seconds = 15 } = {}) {
  const stack = await startStack({ say });
  try {
    const simulator = await stack.startSimulator();
    await tellSimulator(simulator, 'latency', { fixedMs: LATENCY_MS });
    await stack.start('scheduler');
    const measured = new Map(SENDERS.map((count) => [count, []]));
    for (let turn = 1; turn <= turns; turn++) {
      say(`turn ${turn} of ${turns}`);
      for (const count of SENDERS) measured.get(count).push(await measure(stack, simulator, count, seconds));
    }
    const { duplicates } = await ledgerReader(simulator.baseUrl).totals();
    if (duplicates !== 0) throw new Error(`${duplicates} addresses were told twice`);
    const one = median(measured.get(1).map(({ perSecond }) => perSecond));
    const senders = SENDERS.map((count) => {
      const perSecond = Math.round(median(measured.get(count).map((turn) => turn.perSecond)));
      return {
        count,
        perSecond,
        ratio: Number((perSecond / one).toFixed(2)),
        stolenPercent: stolenOf(measured.get(count)),
      };
    });
    const answer = { latencyMs: LATENCY_MS, cores: availableParallelism(), senders };
    if (json) process.stdout.write(`${JSON.stringify(answer)}\n`);
    else print(answer, turns);
    return answer;
  } finally {
    await stack.stop();
  }
}

async function measure(stack, simulator, count, seconds) {
  // What connections and latency allow at most, for the seconds that are measured and those before.
  const people = Math.ceil(((count * CONNECTIONS * 1_000) / LATENCY_MS) * (seconds + UNCOUNTED_SECONDS + 5));
  const run = await announceAnew(stack, simulator, people);
  return await steadyRate(stack, { count, seconds, uncountedSeconds: UNCOUNTED_SECONDS, run });
}

function stolenOf(turns) {
  const known = turns.map(({ stolenPercent }) => stolenPercent).filter((percent) => percent !== null);
  return known.length === 0 ? null : median(known);
}

function print({ cores, senders }, turns) {
  const out = (line) => process.stdout.write(`${line}\n`);
  out(`\nprovider: answers after ${LATENCY_MS} ms; ${cores} cores for all of it; medians of ${turns} turns\n`);
  out('  senders  sends/s  ratio  stolen, %');
  for (const { count, perSecond, ratio, stolenPercent } of senders)
    out(
      `  ${String(count).padStart(7)}${String(perSecond).padStart(9)}${ratio.toFixed(2).padStart(7)}${String(stolenPercent ?? '').padStart(11)}`,
    );
}

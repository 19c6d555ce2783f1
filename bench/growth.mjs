/**
 * What does a delivery cost when there are more of them? With 10 thousand, 100 thousand, a million and ten million deliveries in the
 * tables, most of them in the very partition that is sent from (lib/standing.mjs says what stands by), all of one account, a run is planned, expanded and
 * sent by a real scheduler and a real sender, beside a real sweeper, all with the settings that are shipped. The simulator
 * answers without latency. They go on from one size to the next, as in production; the first run of each size is not counted.
 *
 * The cost is processor time of Postgres (all of its processes) and the three services, from the planned run to its last outcome, by
 * delivery. `ratio` is the cost at the largest size against the one at 100 thousand. Time on the wall goes from the first claim to the last outcome.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { seedAccount, seedAnnouncement, seedPeople } from '@carillon/testkit';
import { Explained } from '../scripts/bootstrap.mjs';
import { processorSeconds, processorSecondsOfPostgres } from './lib/processor.mjs';
import { watchProgress } from './lib/progress.mjs';
import { median, say } from './lib/report.mjs';
import { judgeLedger } from './lib/simulator.mjs';
import { startStack } from './lib/stack.mjs';
import { settle, standBy } from './lib/standing.mjs';
import { watchStolen } from './lib/stolen.mjs';

const SIZES = [10_000, 100_000, 1_000_000, 10_000_000];
/** Against which the largest is held. */
const BASE = 100_000;
/** Of a run; the first one is all that there is at the smallest size. */
const MESSAGES = SIZES[0];
const SERVICES = ['scheduler', 'sweeper', 'sender'];

/** Runs the benchmark. `rows` deliveries at most, `turns` runs at each size. */
export async function run({ json = false, rows = SIZES.at(-1), turns = 7 } = {}) {
  if (!(rows >= MESSAGES)) throw new Explained(`--rows is ${rows}: it must be at least ${MESSAGES}`);
  const stack = await startStack({ say });
  try {
    const simulator = await stack.startSimulator();
    const account = await seedAccount(stack.pool, 'bench', { baseUrl: simulator.baseUrl });
    const { audienceId } = await seedPeople(stack.pool, account.accountId, {
      count: MESSAGES,
      addressPepper: stack.addressPepper,
    });
    const services = {};
    for (const name of SERVICES) services[name] = await stack.start(name);
    const sizes = [];
    let there = 0;
    for (const size of [...SIZES.filter((one) => one < rows), rows]) {
      await grow(stack, account, there, size - MESSAGES);
      const measured = [];
      for (let turn = 0; turn <= turns; turn++) {
        const cost = await sendRun(stack, services, account, audienceId);
        if (turn > 0) measured.push(cost);
        say(
          `${size.toLocaleString('en')} rows, ${turn === 0 ? 'not counted' : `run ${turn} of ${turns}`}: ${describe(cost)}`,
        );
      }
      // Where the last size's runs made more than this one asks for, there are more.
      const counted = Math.max(size, there + MESSAGES);
      sizes.push({ rows: counted, ...mediansOf(measured) });
      there = counted + turns * MESSAGES;
    }
    await judgeLedger(simulator, sizes.length * (turns + 1) * MESSAGES);
    // Where the largest size is smaller, the first is what it is compared with.
    const base = rows > BASE ? sizes.find((size) => size.rows === BASE) : sizes[0];
    if (base === undefined) throw new Explained(`with ${turns} turns there is no size of ${BASE} rows: ask for fewer`);
    const answer = { sizes, ratio: Number((sizes.at(-1).cpuMicros / base.cpuMicros).toFixed(3)) };
    if (json) process.stdout.write(`${JSON.stringify(answer)}\n`);
    else print(answer, turns);
    return answer;
  } finally {
    await stack.stop();
  }
}

/** From so many deliveries to so many. */
async function grow({ pool }, account, from, to) {
  if (to > from) {
    say(`adding deliveries up to ${to.toLocaleString('en')}`);
    let toldMs = performance.now();
    await standBy(pool, account, to - from, (done) => {
      if (performance.now() - toldMs < 5_000) return;
      toldMs = performance.now();
      say(`${(from + done).toLocaleString('en')} of ${to.toLocaleString('en')}`);
    });
    say('clearing up after them');
  }
  await settle(pool);
}

/** Sends one run. @returns microseconds by delivery */
async function sendRun({ pool, postgres }, services, account, audienceId) {
  await pool.query('CHECKPOINT');
  const take = () => ({
    postgres: processorSecondsOfPostgres(postgres),
    ...Object.fromEntries(SERVICES.map((name) => [name, processorSeconds(services[name].pid)])),
  });
  const stolenPercent = watchStolen();
  const before = take();
  const { runId } = await seedAnnouncement(pool, account, { audienceId });
  await allSent(pool, runId);
  const after = take();
  const stolen = stolenPercent();
  const { rows } = await pool.query(
    `SELECT extract(epoch FROM max(settled_at) - min(sending_at))::float8 AS seconds FROM deliveries WHERE run_id = $1`,
    [runId],
  );
  const micros = (seconds) => (seconds * 1_000_000) / MESSAGES;
  const cpu = Object.fromEntries(Object.keys(before).map((name) => [name, micros(after[name] - before[name])]));
  return {
    cpu,
    cpuMicros: Object.values(cpu).reduce((sum, one) => sum + one, 0),
    wallMicros: micros(rows[0].seconds),
    stolenPercent: stolen,
  };
}

async function allSent(pool, runId) {
  const goesOn = watchProgress();
  for (;;) {
    const { rows } = await pool.query(
      'SELECT coalesce(sum(sent), 0)::int AS sent, coalesce(sum(size - scheduled - sending - sent), 0)::int AS otherwise FROM batches WHERE run_id = $1',
      [runId],
    );
    if (rows[0].otherwise > 0) throw new Error(`${rows[0].otherwise} deliveries were not sent`);
    if (rows[0].sent === MESSAGES) return;
    goesOn(rows);
    await pause(50);
  }
}

function mediansOf(measured) {
  const middle = (pick) => Math.round(median(measured.map(pick)) * 10) / 10;
  const stolen = measured.map((cost) => cost.stolenPercent).filter((percent) => percent !== null);
  return {
    cpuMicros: middle((cost) => cost.cpuMicros),
    wallMicros: middle((cost) => cost.wallMicros),
    cpu: Object.fromEntries(Object.keys(measured[0].cpu).map((name) => [name, middle((cost) => cost.cpu[name])])),
    stolenPercent: stolen.length === 0 ? null : median(stolen),
  };
}

function describe({ cpu, cpuMicros, wallMicros, stolenPercent }) {
  const parts = Object.entries(cpu).map(([name, micros]) => `${name} ${Math.round(micros)}`);
  return `${Math.round(cpuMicros)} µs of processor a delivery (${parts.join(', ')}), ${Math.round(wallMicros)} µs on the wall, ${stolenPercent ?? 'an unknown'} % stolen`;
}

function print({ sizes, ratio }, turns) {
  const out = (line) => process.stdout.write(`${line}\n`);
  out(`\nruns of ${MESSAGES} deliveries, medians of ${turns} at each size, µs by delivery\n`);
  out('        rows  processor  Postgres  scheduler  sweeper  sender    wall  stolen, %');
  for (const { rows, cpuMicros, wallMicros, cpu, stolenPercent } of sizes) {
    out(
      `${String(rows).padStart(12)}${String(cpuMicros).padStart(11)}${String(cpu.postgres).padStart(10)}${String(cpu.scheduler).padStart(11)}${String(cpu.sweeper).padStart(9)}${String(cpu.sender).padStart(8)}${String(wallMicros).padStart(8)}${String(stolenPercent ?? '').padStart(11)}`,
    );
  }
  out(`\n  ratio of the processor time at the largest to that at ${BASE}: ${ratio}`);
}
